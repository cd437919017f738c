"""Short reports in every script, and what is asked of them: {language: {name: (headline, standfirst, body)}} and {language: {question: names}}."""

from __future__ import annotations

REPORTS = {
    "en": {
        "press": ("Journalist arrested in Zürich", "Two families wait.", "Police policies changed. Nobody saw the church bell."),
        "church": ("Churches closed", "A journalist saw it.", "The arrests began in May. Families were told to leave."),
        "names": ("Jones and Hastings of Wales", "", "Uyghurs in Texas met Zoë Müller-Łukasz. COVID-19 and the U.S. ban."),
    },
    "es": {
        "detenciones": ("Detenciones de periodistas", "", "Los niños esperan a sus madres."),
        "iglesia": ("La iglesia cerrada", "Detención sin orden.", "El periodista fue detenido. ¿Dónde está?"),
    },
    "fr": {
        "eglise": ("L’État ferme des églises", "", "Les journalistes arrêtés à Besançon."),
        "cœur": ("Au cœur de la détention", "", "Un journaliste."),
    },
    "de": {
        "haft": ("Häftlinge in der Straße", "", "Die Kirchen schwiegen."),
        "kirche": ("Kirche geschlossen", "", "Ein Häftling aus München."),
    },
    "tr": {"gazete": ("Gazeteciler İstanbul’da", "", "Kiliseler kapandı."), "ilgi": ("ILGIN yolu", "", "Bir gazeteci.")},
    "ru": {"арест": ("Журналист арестован", "", "Ещё один арест в тюрьме."), "суд": ("Суд над журналистами", "", "Ёлка и ежи.")},
    "el": {"φυλακή": ("Στη φυλακή ο Σίσυφος", "", "Οι φυλακές της Αθήνας."), "δρόμος": ("ΔΡΟΜΟΣ ΤΗΣ ΑΘΗΝΑΣ", "", "Άνθρωποι.")},
    "ar": {
        "مدرسة": ("إغلاق المدرسة", "", "قال الجيران إنّ القرية فارغة."),
        "صحفي": ("اعتقال صحفيين", "", "مدرسة الإيمان في فلسطين. الـــقُرى بعيدة، والمعتقلون ٣٠."),
    },
    "fa": {"زندان": ("زندان‌های تهران", "", "آنها نمی‌توانند برگردند. کتابها."), "کتاب": ("كتاب و زندانی", "", "در زندان")},
    "he": {"עיתונאי": ("עיתונאי נעצר", "", "הָעִתּוֹן נסגר."), "שלום": ("שָׁלוֹם", "", "צה״ל")},
    "hi": {"पत्रकार": ("पत्रकारों की गिरफ़्तारी", "", "वह दिल्ली में है। कि की"), "क़ानून": ("क़ानून", "", "एक पत्रकार")},
    "zh-hans": {"北京": ("北京大学教师被捕", "", "他在家中被带走。李先生。"), "股": ("中国A股票市场", "", "京北的教师")},
    "ja": {"東京": ("東京タワーの記者", "", "ひらがなとｶﾀｶﾅ"), "京都": ("京都の記者逮捕", "", "カタカナ")},
    "ko": {"평양": ("평양에서 온 소식", "", "북한인권 보고서"), "서울": ("서울의 기자", "", "평양은 멀다")},
    "th": {"ไทย": ("ประเทศไทยจับนักข่าว", "", "แม่และลูก"), "แม้": ("แม้ฝนตก", "", "นักข่าวไทย")},
    "lo": {"ລາວ": ("ປະເທດລາວ", "", "ນັກຂ່າວ"), "ຂ່າວ": ("ຂ່າວ", "", "ເມືອງ")},
    "km": {"ភាសា": ("ភាសាខ្មែរ", "", "អ្នកកាសែត។"), "ខ្មែរ": ("ខ្មែរ", "", "ប្រទេស")},
    "my": {"မြန်မာ": ("မြန်မာနိုင်ငံ", "", "သတင်းထောက်။ ပြည်သူ"), "ပြည်": ("ပြည်သူများ", "", "မြန် မြင်")},
}

QUESTIONS = {
    "en": {
        "journalist": ["press", "church"], "journalists": ["press", "church"], '"journalist"': ["press", "church"], '"journalists"': [],
        "arrest": ["press", "church"], "arrested": ["press", "church"], '"arrests began"': ["church"], "family": ["press", "church"],
        "policies": ["press"], "police": ["press"], "church -closed": ["press"], "church -“bell”": ["church"], "church −bell": ["church"],
        'church -"closed churches"': ["church", "press"], "-church": [], "jones": ["names"], "Hastings": ["names"], "uyghur": ["names"],
        "zurich": ["press"], "ZÜRICH": ["press"], "mueller": [], "lukasz": ["names"], "covid 19": ["names"], "covid-19": ["names"], "US": ["names"],
        "the": ["church", "press", "names"], "the church": ["church", "press"], "wale": ["names"],
    },
    "es": {
        "detención": ["detenciones", "iglesia"], "DETENCION": ["detenciones", "iglesia"], "nino": ["detenciones"], "iglesias": ["iglesia"],
        "periodista": ["detenciones", "iglesia"], "“donde esta”": ["iglesia"],
    },
    "fr": {"etat": ["eglise"], "l'état": ["eglise"], "eglise": ["eglise"], "coeur": ["cœur"], "journalistes": ["eglise", "cœur"], "besancon": ["eglise"]},
    "de": {"haftling": ["haft", "kirche"], "strasse": ["haft"], "kirchen": ["kirche", "haft"], "Muenchen": ["kirche"], "munchen": ["kirche"]},
    "tr": {"istanbul": ["gazete"], "ISTANBUL": ["gazete"], "kilise": ["gazete"], "gazeteci": ["gazete", "ilgi"], "ılgın": ["ilgi"]},
    "ru": {"журналиста": ["суд", "арест"], "елка": ["суд"], "аресты": ["арест"]},
    "el": {"φυλακη": ["φυλακή"], "σισυφοσ": ["φυλακή"], "αθηνα": ["δρόμος", "φυλακή"], "ανθρωποι": ["δρόμος"]},
    "ar": {
        "قرية": ["صحفي", "مدرسة"], "المدرسه": ["مدرسة", "صحفي"], "ايمان": ["صحفي"], "صحفيون": ["صحفي"], "فلسطين": ["صحفي"], "30": ["صحفي"],
        "معتقل": ["صحفي"], '"القرية فارغة"': ["مدرسة"], "مدرسة -فلسطين": ["مدرسة"],
    },
    "fa": {"زندان": ["زندان", "کتاب"], "زندانها": ["زندان", "کتاب"], "نمیتوانند": ["زندان"], "کتاب": ["کتاب", "زندان"]},
    "he": {"שלום": ["שלום"], "העתון": ["עיתונאי"], 'צה"ל': ["שלום"]},
    "hi": {"गिरफ्तारी": ["पत्रकार"], "कानून": ["क़ानून"], "पत्रकार": ["पत्रकार", "क़ानून"], "दिल्ली": ["पत्रकार"], "कि": ["पत्रकार"]},
    "zh-hans": {
        "北京": ["北京"], "京": ["股", "北京"], "北京 教师": ["北京"], "教师": ["北京", "股"], "京北": ["股"], "“北京大学”": ["北京"], "股": ["股"],
        "A股": ["股"],         "教师 -李": ["股"], "带": ["北京"],
    },
    "ja": {"記者": ["京都", "東京"], "カタカナ": ["京都", "東京"], "京": ["京都", "東京"], "タワー": ["東京"], "逮捕": ["京都"]},
    "ko": {"평양": ["평양", "서울"], "인권": ["평양"], "북한": ["평양"], "기": ["서울"]},
    "th": {"ไทย": ["ไทย", "แม้"], "แม่": ["ไทย"], "แม้": ["แม้"], "นักข่าว": ["ไทย", "แม้"], "ฝ": ["แม้"]},
    "lo": {"ລາວ": ["ລາວ"], "ຂ່າວ": ["ຂ່າວ", "ລາວ"]},
    "km": {"ខ្មែរ": ["ខ្មែរ", "ភាសា"], "ភាសា": ["ភាសា"]},
    "my": {"မြန်မာ": ["မြန်မာ"], "ပြည်သူ": ["ပြည်", "မြန်မာ"], "မြင်": ["ပြည်"], "မြန်": ["မြန်မာ", "ပြည်"]},
}  # fmt: skip

"""The invented organisation: its words, menu, tags, contacts."""

from __future__ import annotations

from typing import Any

ORGANISATION: dict[str, Any] = {
    "organisation": "Threshold House",
    "short_name": "Threshold House",
    "founded": 1998,
    "licence": "CC BY 4.0",
    "licence_link": "https://creativecommons.org/licenses/by/4.0/",
}
TEXTS = {
    "en": {"name": "Threshold House", "tagline": "A light for people at the door", "footer": "Threshold House is invented; so is every person and event on these pages."},
    "es": {"name": "Threshold House", "tagline": "Una luz para quienes están a la puerta", "footer": "Threshold House es una organización inventada, como todo lo que aquí se cuenta."},
    "ar": {"name": "بيت العتبة", "short_name": "بيت العتبة", "tagline": "ضوء لمن يقفون بالباب", "footer": "«بيت العتبة» مؤسسة متخيَّلة، وكذلك كل ما يُروى في هذه الصفحات."},
    "fr": {"name": "Threshold House", "tagline": "Une lumière pour qui se tient à la porte", "footer": "Threshold House est inventée, comme toute personne et tout fait de ces pages."},
    "fa": {"name": "خانهٔ آستانه", "short_name": "خانهٔ آستانه", "tagline": "نوری برای آنان که پشت درند", "footer": "«خانهٔ آستانه» ساختگی است، و همهٔ اشخاص و رویدادهای این صفحه‌ها نیز."},
    "ko": {"name": "문턱의 집", "short_name": "문턱의 집", "tagline": "문 앞에 선 이들을 위한 빛", "footer": "문턱의 집은 지어낸 단체이며, 이 페이지의 모든 사람과 사건도 그렇습니다."},
    "zh-hans": {"name": "门槛之家", "short_name": "门槛之家", "tagline": "为门前的人点一盏灯", "footer": "“门槛之家”是虚构的，这些页面上的人物和事件也是。"},
    "my": {"name": "တံခါးခုံ အိမ်", "short_name": "တံခါးခုံ အိမ်", "tagline": "တံခါးဝရှိ လူများအတွက် အလင်း", "footer": "တံခါးခုံ အိမ်သည် စိတ်ကူးယဉ်ဖြစ်ပြီး ဤစာမျက်နှာများရှိ လူနှင့် ဖြစ်ရပ်အားလုံးလည်း ထိုသို့ပင်ဖြစ်သည်။"},
}  # fmt: skip
MENU = {
    "en": [("Reports", "reports/"), ("Regions", "regions/"), ("Tags", "tags/"), ("For journalists", "press/"), ("Search", "search/"), ("About us", "about/")],
    "es": [("Informes", "reports/"), ("Regiones", "regions/"), ("Temas", "tags/"), ("Prensa", "press/"), ("Buscar", "search/"), ("Quiénes somos", "about/")],
    "ar": [("التقارير", "reports/"), ("المناطق", "regions/"), ("الموضوعات", "tags/"), ("للصحفيين", "press/"), ("بحث", "search/"), ("من نحن", "about/")],
    "fr": [("Articles", "reports/"), ("Régions", "regions/"), ("Thèmes", "tags/"), ("Presse", "press/"), ("Rechercher", "search/")],
    "fa": [("گزارش‌ها", "reports/"), ("مناطق", "regions/"), ("موضوع‌ها", "tags/"), ("روزنامه‌نگاران", "press/"), ("جست‌وجو", "search/")],
    "ko": [("기사", "reports/"), ("지역", "regions/"), ("주제", "tags/"), ("언론인께", "press/"), ("검색", "search/")],
    "zh-hans": [("报道", "reports/"), ("地区", "regions/"), ("主题", "tags/"), ("记者专页", "press/"), ("搜索", "search/")],
    "my": [("သတင်းများ", "reports/"), ("ဒေသများ", "regions/"), ("အကြောင်းအရာများ", "tags/"), ("သတင်းထောက်များ", "press/"), ("ရှာဖွေရန်", "search/")],
}  # fmt: skip
FOOTER: dict[str, list[tuple[str, str]]] = {
    "en": [("Ethics and sources", "ethics/")],
    "es": [("Ética y fuentes", "ethics/")],
    "ar": [("الأخلاقيات والمصادر", "ethics/")],
    **{code: [] for code in ("fr", "fa", "ko", "zh-hans", "my")},  # no page of their own: they lead to the main language's
}
NAMES_OF_TAGS = {
    "displacement": {"fr": "Déplacements forcés", "fa": "آوارگی", "ko": "강제 이주", "zh-hans": "流离失所", "my": "နေရပ်စွန့်ခွာမှု"},
    "records": {
        "fr": "Registres et listes",
        "fa": "دفترها و فهرست‌ها",
        "ko": "명부와 목록",
        "zh-hans": "名册与名单",
        "my": "မှတ်တမ်းနှင့် စာရင်းများ",
    },
    "law": {"fr": "Tribunaux et lois", "fa": "دادگاه و قانون", "ko": "법원과 법", "zh-hans": "法院与法律", "my": "တရားရုံးနှင့် ဥပဒေ"},
}
"""Of those tags that stand under reports in these languages."""
TAGS = {
    "displacement": ("topic", "Displacement", "Desplazamiento", "النزوح"),
    "records": ("topic", "Records and lists", "Registros y listas", "السجلات والقوائم"),
    "assembly": ("violation", "Freedom of assembly", "Libertad de reunión", "حرية التجمع"),
    "law": ("topic", "Courts and law", "Tribunales y leyes", "المحاكم والقوانين"),
    "detention": ("violation", "Detention", "Detención", "الاحتجاز"),
    "schools": ("topic", "Schools", "Escuelas", "المدارس"),
    "memory": ("topic", "Memory", "Memoria", "الذاكرة"),
    "method": ("topic", "How we work", "Cómo trabajamos", "كيف نعمل"),
    "campaign-open-door": ("campaign", "Open Door", "Puerta Abierta", "الباب المفتوح"),
}  # fmt: skip
CONTACTS: dict[str, dict[str, Any]] = {
    "press": {"name": "Judith Notreal", "role": "Press desk", "phone": "+44 20 7946 0101", "languages": ["en", "es"], "duty": "Every day, 07:00–19:00", "zone": "Europe/London", "regions": []},
    "mena": {"name": "Rami Notreal", "role": "Middle East and North Africa", "phone": "+44 20 7946 0102", "languages": ["ar", "en"], "duty": "Sunday to Thursday, 09:00–17:00", "zone": "Asia/Beirut", "regions": ["western-asia", "northern-africa"]},
    "asia": {"name": "Salai Notreal", "role": "Asia", "phone": "+44 20 7946 0103", "languages": ["en"], "duty": "Monday to Friday, 08:00–16:00", "zone": "Asia/Bangkok", "regions": ["southeast-asia", "southern-asia", "central-asia"]},
    "americas": {"name": "Lucía Notreal", "role": "The Americas", "phone": "+1 202 555 0104", "languages": ["es", "en"], "duty": "Monday to Friday, 09:00–18:00", "zone": "America/Managua", "regions": ["americas"]},
    "west-africa": {"name": "Adaeze Notreal", "role": "West Africa", "phone": "+44 20 7946 0105", "languages": ["en"], "duty": "Monday to Saturday, 08:00–17:00", "zone": "Africa/Lagos", "regions": ["western-africa"]},
    "east-africa": {"name": "Yusuf Notreal", "role": "East Africa", "phone": "+44 20 7946 0106", "languages": ["en", "ar"], "duty": "Monday to Friday, 09:00–17:00", "zone": "Africa/Nairobi", "regions": ["eastern-africa"]},
}  # fmt: skip
ACCOUNTS = {
    "reporter": ("Rana", "Notreal", ["reporter"]),
    "translator": ("Tomás", "Notreal", ["translator"]),
    "editor": ("Edith", "Notreal", ["editor"]),
    "second-editor": ("Emeka", "Notreal", ["editor"]),
    "publisher": ("Pia", "Notreal", ["publisher"]),
    "safety-officer": ("Sami", "Notreal", ["safety officer"]),
    "press-officer": ("Judith", "Notreal", ["press officer"]),
    "auditor": ("Ada", "Notreal", ["auditor"]),
    "administrator": ("Anders", "Notreal", ["administrator"]),
}
INQUIRY = {
    "topic": "interview",
    "outlet": "The Lantern Gazette (invented)",
    "name": "Nora Notreal",
    "reach": "+44 20 7946 0199",
    "message": "We are preparing a piece on registers. Could somebody who has spoken with the families talk to us on the record before Friday noon?",
    "language": "en",
    "region": "nigeria",
    "report": "",
}

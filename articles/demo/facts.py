"""The invented organisation: its words, menu, tags, contacts."""

from __future__ import annotations

from typing import Any

ORGANISATION: dict[str, Any] = {"organisation": "Threshold House", "short_name": "Threshold House", "founded": 1998}
TEXTS = {
    "en": {"name": "Threshold House", "tagline": "A light for people at the door", "footer": "Threshold House is invented; so is every person and event on these pages."},
    "es": {"name": "Threshold House", "tagline": "Una luz para quienes están a la puerta", "footer": "Threshold House es una organización inventada, como todo lo que aquí se cuenta."},
    "ar": {"name": "بيت العتبة", "tagline": "ضوء لمن يقفون بالباب", "footer": "«بيت العتبة» مؤسسة متخيَّلة، وكذلك كل ما يُروى في هذه الصفحات."},
}  # fmt: skip
MENU = {
    "en": [("Reports", "reports/"), ("Regions", "regions/"), ("Tags", "tags/"), ("For journalists", "press/"), ("Search", "search/"), ("About us", "about/")],
    "es": [("Informes", "reports/"), ("Regiones", "regions/"), ("Temas", "tags/"), ("Prensa", "press/"), ("Buscar", "search/"), ("Quiénes somos", "about/")],
    "ar": [("التقارير", "reports/"), ("المناطق", "regions/"), ("الموضوعات", "tags/"), ("للصحفيين", "press/"), ("بحث", "search/"), ("من نحن", "about/")],
}  # fmt: skip
FOOTER = {"en": [("Ethics and sources", "ethics/")], "es": [("Ética y fuentes", "ethics/")], "ar": [("الأخلاقيات والمصادر", "ethics/")]}
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

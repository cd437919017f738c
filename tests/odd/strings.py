"""Five hundred odd inputs: what breaks forms, parsers, databases, templates and terminals."""

from __future__ import annotations

import random

KNOWN = [
    "", " ", "\t", "\n", "\r\n", "\x00", "a\x00b", "\x1b[31m", "\x7f", "\ufeff", "\u200b", "\u2028", "\u2029", "\u202e", "\u2066x\u2069", "\ufffe", "\U000e0041",
    "null", "None", "undefined", "NaN", "Infinity", "-1", "0", "1e309", "0x10", "1/0", "9" * 40, "-9223372036854775809", "1_000", "١٢٣", "½", "²",
    "true", "[]", "{}", "[[[[", "}}}}", '{"a":', "<!--", "-->", "]]>", "<![CDATA[", "&lt;", "&amp;amp;", "&#0;", "&#x110000;", "&bogus;",
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>", "<math><mi>", "<style>@import'//x'</style>", "<iframe srcdoc=x>",
    "javascript:alert(1)", "jav&#x09;ascript:alert(1)", "data:text/html,x", "//evil.example", "/\\evil.example", "https:evil", "\x01javascript:x",
    "{{ 7*7 }}", "{% debug %}", "{{ settings.SECRET_KEY }}", "${7*7}", "<%= 7 %>", "#{7}", "%s%s%s%n", "%(x)s", "{0}", "{x.__class__}",
    "' OR 1=1 --", "'; DROP TABLE articles_report; --", '" OR ""="', "1) UNION SELECT 1 --", "\\", "\\'", "%", "_", "%%", "*", '"', '""', '"a', "NEAR(a b)", "a NEAR/2 b",
    "col:term", "-term", "+term", "a*", "(a", "a)", "^a", "a AND", "OR", "NOT", "<->", "a & b", "a | !b", ":*", "'quoted'", "$$", "$1",
    "../../etc/passwd", "..\\..\\x", "%2e%2e%2f", "/dev/null", "con", "aux.txt", "file:///etc/passwd", "http://169.254.169.254/", "http://[::1]/", "http://localhost:22/",
    "a\r\nBcc: x@example.org", "=?utf-8?q?=0A?=@x.org", "a@b.co\u2028x", "a@b.c, v@x.org", "=cmd|'/c calc'!A0", "@SUM(1)", "+1+1", "-1+1", "\t=1", "＝1",
    "Pérez", "Straße", "ＦＵＬＬ", "ﷺ", "ﬀ", "İ", "ı", "ǅ", "ß", "Å", "Å", "é", "é", "ÀÉÎÕÜ" * 30, "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘",
    "العربية مع English و 123", "שלום", "हिन्दी", "မြန်မာ", "ไทย", "ខ្មែរ", "한국어", "日本語テスト", "中文字符" * 100, "😀", "👩‍👩‍👧‍👦", "🇰🇵", "\U0001f600" * 300, "\u0301" * 200,
    "2023-02-30", "0000-00-00", "9999-99-99", "2023-10-18T25:61", "-0001-01-01", "10/18/2023", "31/02/2023", "12:60", "24:00", "99999-01-01", "10000-01-01", "1899-12-31",
    "UTC", "Etc/Unknown", "Europe/../../etc", "America/Argentina/Buenos_Aires", "GMT+25", "en", "xx", "ar-XX", "x" * 50, "EN-us", "zh-Hant-TW-x-private",
    "a" * 255, "a" * 256, "a" * 401, "a" * 4001, "a" * 70_000, "word " * 2000, "<p>" * 2000, "<b>" * 500 + "x" + "</b>" * 500, "(" * 3000, "a,b," * 800, "[" * 2000, '"' * 999,
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", "https://" + "a." * 200 + "org", "a@" + "b" * 250 + ".org", "-" * 300, "." * 300, "/" * 300, "?" * 100, "&" * 100, "=" * 100,
    "20231018T000000000000-" + "0" * 32, "17000000000000000-" + "f" * 32, "99999999999999999999-" + "0" * 32, "0" * 17 + "-" + "0" * 32, "1_2_3", "__", "_nan_", "_inf_1", "1_1e400_1",
]  # fmt: skip


def odd_strings(number: int = 500) -> list[str]:
    """The known ones, then seeded mixtures of them and of code points from everywhere: the same each time."""
    rnd = random.Random(20260101)
    found = list(dict.fromkeys(KNOWN))
    while len(found) < number:
        kind = rnd.randrange(4)
        if kind == 0:
            text = rnd.choice(KNOWN)[:200] + rnd.choice(KNOWN)[:200]
        elif kind == 1:
            text = "".join(
                chr(
                    rnd.choice(
                        (
                            rnd.randrange(1, 0x250),
                            rnd.randrange(0x590, 0x1100),
                            rnd.randrange(0x2000, 0x2070),
                            rnd.randrange(0x4E00, 0x9FFF),
                        )
                    )
                )
                for _ in range(rnd.randrange(1, 60))
            )
        elif kind == 2:
            text = "".join(chr(rnd.randrange(0x10000, 0x10FFFF)) for _ in range(rnd.randrange(1, 20)))
        else:
            text = "".join(rnd.choice("\"'<>&%;:/\\()[]{}*^$#@!~`|?=+-_., \t\n0a") for _ in range(rnd.randrange(1, 120)))
        if text not in found:
            found.append(text)
    return found[:number]

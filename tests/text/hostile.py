"""Markup and links that would run or lead astray, written by us for this sanitiser."""

from __future__ import annotations

ATTACKS = [
    "<p>a<script>alert(1)</script>", "<scr<script>ipt>alert(1)</script>", "<script\n/x>alert(1)//",
    "<SCRIPT/SRC=//evil.test>", "<p onclick=alert(1) ONMOUSEOVER='x' on\x0cload=x>a</p>", "<p/onclick=alert(1)>a",
    '<p "onclick=alert(1)>a', "<b autofocus tabindex=1 onfocus=x>a", "<img src=x onerror=alert(1)>", "<img><p>a",
    "<image href=x onerror=alert(1)>", "<video><source onerror=alert(1)></video>a", "<audio src onloadstart=x>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>a",
    "<svg><p><style><g title='</style><img src=x onerror=alert(1)>'>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<math><annotation-xml encoding=text/html><p onclick=x>a", "<svg><a xlink:href=javascript:1>a",
    "<template><img src=x onerror=alert(1)></template>a", "<template><template><script>x</script></template></template>a",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>", "<title><a title='</title><img src=x onerror=1>'>",
    "<select><style></select><img src=x onerror=1>", "<textarea><a title='</textarea><img src=x onerror=1>'>",
    "<xmp><p title='</xmp><img src=x onerror=1>'>", "<iframe srcdoc='<script>x</script>'></iframe>a",
    "<!--><img src=x onerror=alert(1)>-->", "<!--- --!><img src=x onerror=alert(1)>", "<![CDATA[<img src=x onerror=1>]]>",
    "<?x <img src=x onerror=1>?>", "<style>@import '//evil.test'</style><p style='background:url(//evil.test)'>a",
    "<link rel=stylesheet href=//evil.test><base href=//evil.test><meta http-equiv=refresh>",
    "<form action=//evil.test><input name=a><button formaction=javascript:1>go</button></form>",
    "<object data=x></object><embed src=x>a", "<frameset><frame src=x>",
    '<abbr title="&quot;&gt;<img src=x onerror=alert(1)>">a</abbr>', "<span class='sic evil' id=x name=y data-x=z>a</span>",
    "<p class=sic lang=\"x'y\" dir=up>a", "<q cite=javascript:1>a</q><blockquote cite=//evil.test>b</blockquote>",
    "<a href=x ping=//evil.test target=_blank rel=opener download>a</a>", "<details open ontoggle=x>a",
    "<p>\x00<scr\x00ipt>alert(1)</scr\x00ipt>", "<a href='https://a.test' href='javascript:1'>a</a>",
    "<table><p><a href=javascript:1><tr><td>a", "<plaintext><script>x", "<a \u0338href=javascript:1>a</a>",
    "<p>\u2028<b onx\u00a0=1>a", "<ruby><rt><script>x</script>", "<p is=x-y slot=z part=q exportparts=r>a",
    "<isindex type=image src=1 onerror=1>",
]  # fmt: skip

FOREIGN = [
    "//evil", "/\\evil", "\\\\evil", "\\/evil", "///evil", "/\\/evil", "https:evil", "https:/evil", "https:///evil",
    "https:\\\\evil", "http:evil", "HTTPS:evil", "javascript:alert(1)", "JaVaScRiPt:alert(1)", "jav\tascript:alert(1)",
    "jav&#x09;ascript:alert(1)", "jav\nascript:1", "\x01javascript:1", "&#1;javascript:1", "javascript&colon;1",
    "data:text/html,x", "data:image/svg+xml;base64,x", "vbscript:1", "blob:x", "file:///etc/passwd", "view-source:x",
    "intent://x", "tel:+1", "ftp://a.test", "about:blank", "https://good.test@evil.test", "https://good.test:x@evil.test/",
    "https://good.test\\@evil.test", "https://good.test%5C@evil.test", "https://", "https://?x", "https://#x", "/\t/evil",
    "/%09/evil\u200b", "/a\\b", "https://a\u202eb.test", "https://a\u00adb.test", "https://a b.test", "\u00a0//evil", "evil",
    "evil/path", "?q=1", "../x", ".", "", "mailto:", "mailto:x", "mailto://a@b.test", "#a b", "#<x>",
]  # fmt: skip

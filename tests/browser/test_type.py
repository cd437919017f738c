"""Each script is set its own way, and a passage in another language its own way within it."""

from __future__ import annotations

import pytest

pytestmark = [pytest.mark.once, pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LOOK = """(codes) => Object.fromEntries(codes.map((code) => {
  const article = document.createElement("article");
  article.className = "prose"; article.lang = code;
  article.innerHTML = '<h2>a</h2><p>b <em>c</em> <span lang="en">d <em>e</em></span></p>';
  document.querySelector("main").append(article);
  const style = (name) => getComputedStyle(article.querySelector(name));
  const [head, text, stress, passage] = ["h2", "p", "p > em", "span em"].map(style);
  const leads = Math.round(parseFloat(text.lineHeight) / parseFloat(text.fontSize) * 100) / 100;
  const said = [head.letterSpacing === "normal" || head.letterSpacing === "0px", stress.fontStyle, stress.fontWeight, leads, text.wordBreak, text.textAlign,
    passage.fontStyle, passage.fontWeight];
  article.remove();
  return [code, said.join(" ")];
}))"""
OTHERS = "true normal 700 {} normal start italic 400"


def test_each_script_is_set_its_own_way(window, watch):
    watch.expected |= {(404, "/nothing/")}
    page = window()
    page.goto("/nothing/")
    alphabets = dict.fromkeys(("en", "es", "fr", "ru", "el"), "false italic 400 1.58 normal start italic 400")
    assert page.evaluate(LOOK, ["en", "es", "fr", "ru", "el", "ar", "fa", "ur", "he", "hi", "my", "ko", "zh", "zh-hans", "ja"]) == {
        **alphabets,
        "ar": OTHERS.format(1.85), "fa": OTHERS.format(1.85), "ur": OTHERS.format(2.3), "he": OTHERS.format(1.65), "hi": OTHERS.format(1.75),
        "my": OTHERS.format(2),
        "ko": "true normal 700 1.8 keep-all start italic 400",
        **dict.fromkeys(("zh", "zh-hans", "ja"), "true normal 700 1.8 normal justify italic 400"),
    }  # fmt: skip
    faces = "(code) => { document.body.lang = code; return getComputedStyle(document.body).fontFamily.split(',')[0]; }"
    assert {code: page.evaluate(faces, code) for code in ("ru", "zh-Hant", "my")} == {
        "ru": '"Source Serif 4"', "zh-Hant": '"Songti TC"', "my": '"Noto Serif Myanmar"',
    }  # fmt: skip

"""Nothing that a reader sees moves while the rest of the page still comes, wherever a bad line pauses."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from articles.identity.actions import change_identity, change_text
from articles.people.machines import COMMAND_LINE, machine
from tests import factories
from tests.browser.desk import with_key

pytestmark = [pytest.mark.once, pytest.mark.browser, pytest.mark.long, pytest.mark.django_db(transaction=True)]

PAGES = ("/", "{live}", "/reports/?kind=news", "/regions/", "/search/?q=families", "/press/", "/press/inquiry/", "/corrections/", "/ar/")
CUTS = 8  # in the text of each page, beside every one in its masthead
IN_TWO = """async ([first, rest]) => {
  const frames = async () => { for (let n = 0; n < 3; n++) await new Promise(requestAnimationFrame); };
  const found = [], seen = list => found.push(...list.map(each => [each.value, each.sources.map(one => one.node?.nodeName + " " +
    (one.node?.outerHTML ?? one.node?.nodeValue ?? "").slice(0, 90) + " " + JSON.stringify(one.previousRect) + " " + JSON.stringify(one.currentRect))]));
  const observer = new PerformanceObserver(list => seen(list.getEntries()));
  document.open();
  document.write(first);
  while (![...document.querySelectorAll("link[rel=stylesheet]")].every(each => each.sheet)) await new Promise(done => setTimeout(done, 5));
  await document.fonts.ready;
  await frames();
  observer.observe({type: "layout-shift"});
  document.write(rest);
  document.close();
  await frames();
  seen(observer.takeRecords());
  observer.disconnect();
  return found;
}"""


@pytest.fixture
def pages(reporter, editor, publisher):
    """The address of a page of each kind, with something on it, under a masthead with all that it can have."""
    by = machine(COMMAND_LINE)
    change_identity(by=by, organisation="Threshold House", short_name="TH", founded=1998)
    change_text("en", by=by, name="Threshold House", tagline="A light for people at the door", footer="")
    change_text("ar", by=by, name="بيت العتبة", tagline="ضوء لمن يقفون بالباب", footer="")
    with_key(duty="Monday to Friday, 09:00–18:00")
    lives = [
        factories.live(reporter, editor, publisher, headline=f"{count} families left their homes", regions=[factories.region(name)])
        for count, name in (("Four", "NG"), ("Ten", "MM"), ("Two", "NI"))
    ]
    return [page.format(live=lives[0].path) for page in PAGES]


def pieces(html, whole):
    """Where the page could pause: before each tag of the masthead of a few pages, and at some places of the text."""
    tags = [found.start() for found in re.finditer("<", html) if found.start() > html.index("<body>")]
    masthead = [at for at in tags if at < html.index("<main")]
    text = [at for at in tags if at > masthead[-1]]
    return (masthead if whole else masthead[-1:]) + text[:: max(1, len(text) // CUTS)]


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_moves_wherever_the_line_pauses(window, pages, width):
    page, moved = window(width=width, height=844), []
    for address in pages:
        html = Client().get(address).text
        for at in pieces(html, address in ("/", "/ar/", pages[1])):
            page.goto(address)
            moved += [(address, html[at - 40 : at + 20], *each) for each in page.evaluate(IN_TWO, [html[:at], html[at:]])]
    assert moved == []

"""A picture costs what its place on the screen needs, and moves nothing when it comes."""

from __future__ import annotations

import re

import pytest
from PIL import Image, ImageFilter

from articles.editions.models import EditionImage
from articles.images.actions import add
from articles.workflow.finishing import finish
from tests import factories
from tests.images import files

pytestmark = [pytest.mark.once, pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MOST_BYTES = 80_000
WIDTHS = (320, 390, 768, 1120, 1280)
SHIFTS = """() => new Promise(done => new PerformanceObserver(list => done(list.getEntries().map(each => each.value)))
  .observe({type: "layout-shift", buffered: true}) || setTimeout(() => done([]), 500))"""
CHOSEN = """picture => [picture.currentSrc, picture.getBoundingClientRect().width * devicePixelRatio,
  picture.getAttribute("width") / picture.getAttribute("height") / (picture.clientWidth / picture.clientHeight)]"""


@pytest.fixture
def detailed(reporter):
    """More detail than a photograph of a crowd has."""
    drawn = Image.effect_noise((1000, 666), 90).filter(ImageFilter.GaussianBlur(1.5)).convert("RGB")
    return add(files.saved(drawn, "PNG"), by=reporter, credit="Own drawing")


@pytest.fixture
def reports(reporter, editor, publisher):
    """The same report in two languages, a picture at its head and one in its text, before anything was made lighter."""
    roof, sky = (add(files.plain(size=(1300, 866), colour=colour), by=reporter) for colour in ("brown", "navy"))
    images = [{"image": roof, "alt": "A roof", "lead": True}, {"image": sky, "alt": "Sky", "caption": "Later."}]
    english = factories.live(reporter, editor, publisher, images=images)
    arabic = factories.live(
        reporter,
        editor,
        publisher,
        images=images,
        language="ar",
        translation_group=english.translation_group,
        headline="عائلتان",
        slug="ar",
    )
    return [english, arabic]


def chosen(page):
    """Of each picture in the page the file that the browser took, and what it would have had to do with."""
    found = []
    for picture in page.locator(".picture img").all():
        picture.scroll_into_view_if_needed()
        page.wait_for_function("picture => picture.complete && picture.naturalWidth", arg=picture.element_handle())
        address, needed, stretched = picture.evaluate(CHOSEN)
        assert stretched == pytest.approx(1, abs=0.01)
        offered = {each["file"]: each for image in EditionImage.objects.all() for each in image.renditions if each["format"] == "avif"}
        taken = offered[address.rpartition("/")[2]]["width_px"]
        found.append((taken, min([each["width_px"] for each in offered.values() if each["width_px"] >= needed - 1] or [1200])))
    return found


@pytest.mark.long
def test_the_browser_takes_the_smallest_file_that_suffices(window, reports):
    for report in reports:
        finish(report.uuid)
    wrong = []
    for dpr in (1, 2):
        for width in WIDTHS:
            for report in reports:
                page = window(width=width, device_scale_factor=dpr)
                page.goto(report.path)
                found = chosen(page)
                assert len(found) == 2
                wrong += [(report.language, width, dpr, taken, enough) for taken, enough in found if taken != enough]
                page.context.close()
    assert wrong == []


@pytest.mark.parametrize("dpr", [1, 2])
def test_a_report_with_a_picture_on_a_phone_weighs_little_and_nothing_jumps(window, reporter, editor, publisher, detailed, dpr):
    report = factories.live(reporter, editor, publisher, images=[{"image": detailed, "alt": "A crowd", "lead": True}])
    for kind in ("webp", "avif"):
        page = window(width=390, height=844, device_scale_factor=dpr)
        sent, bytes_ = [], []
        network = page.context.new_cdp_session(page)
        network.send("Network.enable")
        network.on("Network.responseReceived", lambda event, sent=sent: sent.append(event["response"]["url"]))
        network.on("Network.loadingFinished", lambda event, bytes_=bytes_: bytes_.append(event["encodedDataLength"]))
        page.goto(report.path, wait_until="networkidle")
        endings = [re.search(r"\.(\w+)$", address)[1] for address in sent if "/media/" in address]
        assert (endings, len(bytes_)) == ([kind], len(sent)), sent
        assert 20_000 < sum(bytes_) <= MOST_BYTES, bytes_
        assert page.evaluate(SHIFTS) == []
        finish(report.uuid)

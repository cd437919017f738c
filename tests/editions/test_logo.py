"""The logo: public while it is chosen, on every page at once, and gone with its file when it is replaced or removed."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from PIL import Image

from articles.audit.models import AuditEvent
from articles.editions import files
from articles.editions.logo import change_logo, remove_logo
from articles.editions.models import PublicFile
from articles.errands import queue
from articles.identity.actions import change_text
from articles.identity.models import Logo
from articles.images.intake import RefusedPicture
from articles.people.machines import COMMAND_LINE, machine
from articles.stamp.number import current
from newsroom.clock import HANDLERS
from tests.images import files as made

pytestmark = pytest.mark.django_db(transaction=True)
LIGHT, DARK = Logo.Ground.LIGHT, Logo.Ground.DARK


def drawn(colour, size=(900, 300)):
    picture = Image.new("RGBA", size, (0, 0, 0, 0))
    picture.paste(colour, (0, 0, size[0] - 40, size[1]))
    picture.paste(colour, (size[0] - 10, 0, size[0], size[1]))
    return made.saved(picture, "PNG", pnginfo=None)


def masthead(path="/"):
    return re.search(r'<p class="mast__name">(.*?)</p>', Client().get(path).text)[1].replace(' aria-current="page"', "")


def there():
    return {path.name for folder in ("private", "public") for path in Path(settings.VAR, folder).rglob("*") if path.is_file()}


def test_a_logo_stands_for_the_name_on_every_page_of_every_language():
    by, before = machine(COMMAND_LINE), current()
    change_text("ar", by=by, name="غرفة الأخبار")
    logo = change_logo(drawn("navy"), ground=LIGHT, by=by)
    assert current() == before + 2
    assert re.fullmatch(r"[0-9a-f]{40}\.png", logo.file) and (logo.width_px, logo.height_px) == (720, 240)
    img = f'<img class="mast__logo" src="/media/{logo.file}" width="720" height="240" alt="{{}}">'
    assert masthead() == f'<a href="/">{img.format("Newsroom")}</a>'
    assert masthead("/regions/") == masthead("/search/?q=x") == masthead("/nothing-here/") == masthead()
    assert masthead("/es/") == f'<a href="/es/" lang="en" dir="ltr">{img.format("Newsroom")}</a>'
    assert masthead("/ar/") == f'<a href="/ar/">{img.format("غرفة الأخبار")}</a>'
    answer = Client().get(f"/media/{logo.file}")
    assert (answer.status_code, answer["Content-Type"], answer["X-Content-Type-Options"]) == (200, "image/png", "nosniff")
    assert Image.open(io.BytesIO(answer.content)).mode == "RGBA"
    event = AuditEvent.objects.latest("seq")
    assert (event.verb, event.target, set(event.facts)) == ("change_logo", "logo:light", {"hash"})


def test_a_logo_of_its_own_for_dark_pages_stands_beside_it():
    by = machine(COMMAND_LINE)
    light, dark = (change_logo(drawn(colour), ground=ground, by=by) for colour, ground in (("navy", LIGHT), ("white", DARK)))
    assert masthead() == (
        f'<a href="/"><picture><source media="(prefers-color-scheme: dark)" srcset="/media/{dark.file}" width="720" height="240">'
        f'<img class="mast__logo" src="/media/{light.file}" width="720" height="240" alt="Newsroom"></picture></a>'
    )
    assert {Client().get(f"/media/{each.file}").status_code for each in (light, dark)} == {200}


def test_the_old_file_goes_with_the_old_logo():
    by = machine(COMMAND_LINE)
    first = change_logo(drawn("navy"), ground=LIGHT, by=by)
    second = change_logo(drawn("maroon"), ground=LIGHT, by=by)
    assert (Client().get(f"/media/{first.file}").status_code, Client().get(f"/media/{second.file}").status_code) == (404, 200)
    assert there() == {second.file} and set(PublicFile.objects.values_list("name", flat=True)) == {second.file}
    before = current()
    remove_logo(ground=LIGHT, by=by)
    assert (Client().get(f"/media/{second.file}").status_code, there(), masthead()) == (404, set(), '<a href="/">Newsroom</a>')
    assert (current(), AuditEvent.objects.latest("seq").verb) == (before + 1, "remove_logo")
    remove_logo(ground=LIGHT, by=by)
    assert current() == before + 1


def test_the_same_picture_on_both_grounds_lives_until_both_are_gone():
    by = machine(COMMAND_LINE)
    change_logo(drawn("navy"), ground=DARK, by=by)
    file = change_logo(drawn("navy"), ground=LIGHT, by=by).file
    change_logo(drawn("navy"), ground=LIGHT, by=by)
    remove_logo(ground=LIGHT, by=by)
    assert (Client().get(f"/media/{file}").status_code, there(), masthead()) == (200, {file}, '<a href="/">Newsroom</a>')
    remove_logo(ground=DARK, by=by)
    assert there() == set()


def test_a_refused_logo_changes_nothing():
    by = machine(COMMAND_LINE)
    logo = change_logo(drawn("navy"), ground=LIGHT, by=by)
    before = (current(), AuditEvent.objects.count(), there())
    for file in (made.moving("PNG"), io.BytesIO(b"<svg/>"), made.png_bomb(30_000, 30_000)):
        with pytest.raises(RefusedPicture):
            change_logo(file, ground=LIGHT, by=by)
    assert (current(), AuditEvent.objects.count(), there()) == before and Logo.objects.get() == logo


def test_a_sweep_leaves_the_logo_alone():
    logo = change_logo(drawn("navy"), ground=LIGHT, by=machine(COMMAND_LINE))
    queue.run(handlers=HANDLERS)
    files.unlink([logo.file])
    assert Client().get(f"/media/{logo.file}").status_code == 200

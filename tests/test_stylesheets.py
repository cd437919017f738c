"""One stylesheet from its parts: nothing lost, nothing changed but comments and idle space."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles.storage import StaticFilesStorage
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.test import override_settings

from newsroom.stylesheets import JoinedManifestStorage, part_names, squeeze, stylesheet_url

CSS = Path(settings.BASE_DIR, "static", "css")
PARTS = part_names((CSS / "site.list").read_text())
JOINED_STORAGE = {**settings.STORAGES, "staticfiles": {"BACKEND": "newsroom.stylesheets.JoinedManifestStorage"}}


@pytest.mark.parametrize(
    ("css", "squeezed"),
    [
        ("a { color : red ; }", "a{color :red}"),
        ("/* one */ a {}\n\n/* two */ b {}", "a{}b{}"),
        ("a :focus { margin: calc(1px + 2px) 0 }", "a :focus{margin:calc(1px + 2px) 0}"),
        ("a > b, c + d { x: y }", "a>b,c + d{x:y}"),
        ('a::after { content: " /* no */ { ; } " attr(href) ">"; }', 'a::after{content:" /* no */ { ; } " attr(href) ">"}'),
        ("a { background: url( x y.png ) }", "a{background:url( x y.png )}"),
        (r'a { content: "\"; b { " }', r'a{content:"\"; b { "}'),
        ("@media (min-width: 46rem) and (hover: hover) { a { b: c } }", "@media (min-width:46rem) and (hover:hover){a{b:c}}"),
        ("", ""),
    ],
)
def test_idle_space_goes_and_nothing_else(css, squeezed):
    assert squeeze(css) == squeezed


@pytest.mark.parametrize("name", PARTS)
def test_squeezing_a_part_keeps_every_selector_and_value(name):
    text = re.sub(r"/\*.*?\*/", " ", (CSS.parent / name).read_text(), flags=re.DOTALL)
    bare = lambda css: re.sub(r"\s+|;(?=\s*\})", "", css)  # noqa: E731 - a name for one line
    assert bare(squeeze(text)) == bare(text)
    assert squeeze(squeeze(text)) == squeeze(text)


def test_the_list_names_each_part_once_and_every_part_is_there():
    public = {f"css/{path.relative_to(CSS)}" for path in CSS.rglob("*.css")} - {"css/desk.css", "css/preview.css", "css/fonts.css"}
    named = {name for name in PARTS if name != "css/fonts.css"}
    extra = {name for name in public - named if not name.startswith("css/components/") and "desk" in name}
    assert public - named - extra == set() and named - public == set()
    assert len(PARTS) == len(set(PARTS))
    assert PARTS[0] == "css/tokens.css" and PARTS[-1] == "css/print.css"


def test_only_tokens_and_print_hold_colours():
    colour = re.compile(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsla?\(|\boklch\(")
    holding = [name for name in PARTS if colour.search(re.sub(r"/\*.*?\*/", "", (CSS.parent / name).read_text(), flags=re.DOTALL))]
    assert holding == ["css/tokens.css", "css/print.css"]


def test_collectstatic_makes_one_file_with_a_hash(tmp_path):
    with override_settings(STORAGES=JOINED_STORAGE, STATIC_ROOT=tmp_path):
        call_command("collectstatic", interactive=False, verbosity=0)
        url = stylesheet_url()
        again = stylesheet_url()
        call_command("collectstatic", interactive=False, verbosity=0)
        assert stylesheet_url() == url == again
    assert re.fullmatch(r"/static/css/site\.[0-9a-f]{12}\.css", url)
    css = (tmp_path / url.removeprefix("/static/")).read_text()
    assert css.startswith("@layer tokens,base,layout,parts,print;")
    assert all(word in css for word in (".mast__name", ".entry__head", ".notes", "@media print"))
    assert "/*" not in css
    packed = (tmp_path / f"{url.removeprefix('/static/')}.gz").read_bytes()
    assert gzip.decompress(packed).decode() == css
    assert len(packed) < 7_000


def test_a_part_that_is_not_there_stops_collectstatic(tmp_path):
    storage = JoinedManifestStorage(location=tmp_path)
    storage.save("css/site.list", ContentFile(b"tokens.css\nmissing.css\n"))
    storage.save("css/tokens.css", ContentFile(b"a{}"))
    paths = {name: (storage, name) for name in ("css/site.list", "css/tokens.css")}
    with pytest.raises(ValueError, match=r"css/missing\.css"):
        list(storage.post_process(paths))
    assert not (tmp_path / "css" / "site.css").exists()


def test_a_plain_storage_gives_the_plain_address():
    assert isinstance(StaticFilesStorage(), StaticFilesStorage)
    assert stylesheet_url() == "/static/css/site.css"

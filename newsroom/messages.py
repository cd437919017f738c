"""The texts to translate: collected from code and templates, compiled, checked. Babel does what needs gettext's programs elsewhere."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
WHOLE = ["es", "ar"]
"""Languages that the desk speaks too."""
READERS = ["fa", "fr", "ko", "my", "zh_Hans"]
"""Languages of the public side alone: at the desk what is not translated is English."""
LANGUAGES = [*WHOLE, *READERS]
SOURCES = ["articles", "newsroom", "templates"]
PUBLIC = (
    "articles/answers/", "articles/editions/", "articles/identity/seeds.py", "articles/inquiries/models.py", "articles/maps/",
    "articles/public/", "articles/search/", "articles/syndication/", "articles/taxonomy/models.py", "articles/taxonomy/names.py",
    "articles/templatetags/newsroom.py", "newsroom/languages.py", "templates/404.html", "templates/410.html", "templates/500.html", "templates/feeds/",
    "templates/public/",
)  # fmt: skip
"""Where the texts stand that readers see. The API's description is for programmers: where it is not translated it is English."""
FOR_PROGRAMMERS = ("articles/api/", "templates/public/api.html")
KEYWORDS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


def texts(path: Path) -> Iterator[tuple[str | tuple[str, ...], str | None]]:
    """The text (or singular and plural) and the context of each text to translate in that file."""
    source = path.read_text()
    if path.suffix != ".py":
        source = templatize(source, origin=str(path))
    found: Any
    for _line, function, found, _comments in extract_python(io.BytesIO(source.encode()), KEYWORDS, [], {"encoding": "utf-8"}):
        parts = found if isinstance(found, tuple) else (found,)
        places = KEYWORDS[str(function)] or (1,)
        words = [parts[place - 1] for place in places if isinstance(place, int) and len(parts) >= place]
        if words and all(isinstance(word, str) and word for word in words):
            context = next((parts[place[0] - 1] for place in places if isinstance(place, tuple)), None)
            yield words[0] if len(words) == 1 else tuple(words), context


def collect() -> Catalog:
    """Every text of code and templates, in the order of their files."""
    catalog = Catalog(project="Newsroom", version="", fuzzy=False, header_comment="# Collected by make messages.")
    for source in SOURCES:
        for path in sorted(Path(ROOT, source).rglob("*")):
            if path.suffix in {".py", ".html", ".txt", ".xml"} and path.is_file():
                for text, context in texts(path):
                    catalog.add(text, locations=[(str(path.relative_to(ROOT)), 0)], context=context)
    return catalog


def place(language: str) -> Path:
    """The folder of a language's catalogue."""
    return ROOT / "locale" / language / "LC_MESSAGES"


def load(language: str) -> Catalog:
    """The language's catalogue as it stands; an empty one where there is none."""
    path = place(language) / "django.po"
    if not path.exists():
        return Catalog(locale=language, project="Newsroom", version="", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def compiled(catalog: Catalog) -> bytes:
    """The catalogue as the `.mo` file that Django reads."""
    buffer = io.BytesIO()
    write_mo(buffer, catalog)
    return buffer.getvalue()


def write(language: str, template: Catalog) -> None:
    """Brings the language's catalogue up to the collected texts, keeps what is translated, and compiles it."""
    catalog = load(language)
    catalog.update(template, no_fuzzy_matching=True, update_header_comment=False)
    catalog.obsolete.clear()
    place(language).mkdir(parents=True, exist_ok=True)
    with (place(language) / "django.po").open("wb") as file:
        write_po(file, catalog, width=120, sort_by_file=False, include_lineno=False, ignore_obsolete=True)
    (place(language) / "django.mo").write_bytes(compiled(load(language)))


def for_readers(message: Message) -> bool:
    """Whether the text stands on the public side."""
    return any(path.startswith(PUBLIC) and not path.startswith(FOR_PROGRAMMERS) for path, _line in message.locations)


def complaints(language: str, template: Catalog) -> Iterator[str]:
    """What is untranslated, wrong or stale in the language's catalogue, a sentence each; of a language of READERS, in texts for readers."""
    catalog = load(language)
    for wanted in filter(lambda message: message.id and (language in WHOLE or for_readers(message)), template):
        message = found(catalog, wanted)
        name = f"{language}: {wanted.id!r} ({', '.join(sorted({path for path, _line in wanted.locations}))})"
        if message is None:
            yield f"{name} is not translated"
        elif message.fuzzy:
            yield f"{name} is marked doubtful (fuzzy)"
        else:
            yield from (f"{name}: {error}" for error in message.check(catalog))
    file = place(language) / "django.mo"
    if not file.exists() or file.read_bytes() != compiled(catalog):
        yield f"{language}: {file.relative_to(ROOT)} is older than its .po: run make messages and commit both"


def found(catalog: Catalog, wanted: Message) -> Message | None:
    """The wanted message where the catalogue has a text for each of its forms."""
    message = catalog.get(wanted.id if isinstance(wanted.id, str) else wanted.id[0], wanted.context)
    forms = (message.string if isinstance(message.string, tuple) else (message.string,)) if message else ()
    return message if forms and all(forms) else None


def main(words: list[str]) -> None:
    settings.configure()
    template = collect()
    if words == ["collect"]:
        for language in LANGUAGES:
            write(language, template)
    elif words == ["check"]:
        if wrong := [complaint for language in LANGUAGES for complaint in complaints(language, template)]:
            sys.exit("\n".join([*wrong, f"{len(wrong)} to mend in locale/*/LC_MESSAGES/django.po, then: make messages"]))
    else:
        sys.exit("python -m newsroom.messages collect | check")


if __name__ == "__main__":
    main(sys.argv[1:])

"""Front pages and pinned reports at the desk: one page a language or subject; every button is sent without a script, only “Save” writes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, re_path, reverse
from django.utils.translation import gettext as _

from articles.admin.acts import MOST_ROWS as MOST_ACTS
from articles.admin.acts import acts_on
from articles.admin.base import RoleAdmin
from articles.admin.names import TagsField, all_region_names, all_tag_names, language, region_named
from articles.admin.requests import who
from articles.admin.shaping_finding import about, found_for
from articles.admin.shaping_preview import preview_response
from articles.admin.shaping_rows import SHOWN, Row, move, rows_of, rows_sent, said_of, shapes_typed, tell, uuid_of
from articles.admin.site import desk
from articles.editions import addresses
from articles.editions.blocks import PICKS, UNSHAPED
from articles.editions.shaped import MOST_BLOCKS, Block, ShapedPage
from articles.editions.words import KINDS, PLAIN_KINDS
from articles.taxonomy.models import Region, Tag
from articles.taxonomy.names import region_names, tag_names
from articles.text.languages import direction
from articles.workflow.permissions import check_can_shape_pages
from articles.workflow.refusals import Conflict, Refused
from articles.workflow.shaping import LONGEST, LONGEST_LINK, page_for, reasons_against, shape, shapes_of

KEY = re.compile(r"\A(?P<language>[A-Za-z-]+?)(?:-(?P<what>tag|region)-(?P<pk>[0-9]{1,9}))?\Z")


@dataclass(frozen=True)
class Named:
    """A page in the words of the history; `pk` stands for it in addresses."""

    pk: str
    name: str

    def __str__(self) -> str:
        return self.name


@admin.register(ShapedPage, site=desk)
class ShapedPageAdmin(RoleAdmin):
    may = staticmethod(check_can_shape_pages)

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view
        return [
            path("", view(self.changelist_view), name="articles_shapedpage_changelist"),
            re_path(r"^(?P<key>[A-Za-z0-9-]+)/change/$", view(self.page_view), name="articles_shapedpage_change"),
            re_path(r"^(?P<object_id>[A-Za-z0-9-]+)/history/$", view(self.history_view), name="articles_shapedpage_history"),
        ]

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """The front pages beside each other, and the tags and regions with pinned reports; `?subject=` leads to the page of one."""
        self._check(request)
        said = ""
        if name := request.GET.get("subject", "").replace("\x00", "").strip()[:200]:
            try:
                return HttpResponseRedirect(_address(self._subject(name, request.GET.get("language", ""))))
            except forms.ValidationError as error:
                said = " ".join(error.messages)
        context = {
            "title": _("Front page and pinned reports"),
            "fronts": [
                {"page": page, "rows": rows_of(shapes_of(page)), **_facts(page)} for page in map(page_for, dict(settings.LANGUAGES))
            ],
            "pinned": [{"page": page, **_facts(page)} for page in self._pinned()],
            "languages": settings.LANGUAGES,
            "said": said,
            "typed": {"subject": request.GET.get("subject", ""), "language": request.GET.get("language", "")},
            "region_names": all_region_names(),
            "tag_names": all_tag_names(),
        }
        return self._page(request, "articles/shapedpage/pages", context, status=400 if said else 200)

    def page_view(self, request: HttpRequest, key: str) -> HttpResponse:
        """One page. A POST does what its button says to what is typed, and shows it again; “Save” puts it before readers."""
        page = self._found(request, key)
        if request.method != "POST":
            return self._shaping(request, page, rows_of(shapes_of(page)), version=page.version)
        rows = rows_sent(request.POST)
        sent = request.POST.get("version", "")
        version = int(sent) if sent.isascii() and sent.isdecimal() and len(sent) < 9 else -1
        verb, _space, rest = request.POST.get("_do", "").partition(" ")
        if verb == "preview":
            return self._preview(request, page, rows, version)
        if verb == "save":
            return self._save(request, page, rows, version)
        status, focus, finding = _press(page, rows, verb, rest, request.POST.get("add", ""))
        return self._shaping(request, page, rows, version=version, status_said=status, focus=focus, finding=finding)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        page = self._found(request, object_id)
        name = Named(page.key, _facts(page)["name"])
        context = {
            "title": _("History of “%(name)s”") % {"name": name},
            "object": name,
            "rows": acts_on(page.audit_code),
            "most": MOST_ACTS,
        }
        return self._page(request, "object_history", context)

    def _save(self, request: HttpRequest, page: ShapedPage, rows: list[Row], version: int) -> HttpResponse:
        shapes = shapes_typed(rows)
        try:
            shape(page, shapes, by=who(request), version=version)
        except Conflict as refusal:
            fresh = page_for(page.language, tag=page.tag, region=page.region)
            theirs = {"rows": rows_of(shapes_of(fresh)), "act": next(iter(acts_on(fresh.audit_code)), None)}
            return self._shaping(request, fresh, rows, version=fresh.version, said=[str(refusal)], theirs=theirs, code=409)
        except Refused as refusal:
            return self._shaping(request, page, rows, version=version, said=tell(rows, refusal.reasons), code=400, wrong=True)
        messages.success(request, _("Saved: readers see it at once."))
        return HttpResponseRedirect(_address(page))

    def _preview(self, request: HttpRequest, page: ShapedPage, rows: list[Row], version: int) -> HttpResponse:
        shapes = shapes_typed(rows)
        if reasons := list(reasons_against(page, shapes)):
            return self._shaping(request, page, rows, version=version, said=tell(rows, reasons), code=400, wrong=True)
        return preview_response(page, shapes)

    def _shaping(
        self, request: HttpRequest, page: ShapedPage, rows: list[Row], *, version: int, said: list[str] | None = None, wrong: bool = False,
        theirs: dict[str, Any] | None = None, status_said: str = "", focus: str = "", finding: int = 0, code: int = 200,
    ) -> HttpResponse:  # fmt: skip
        facts = _facts(page)
        chosen = about([uuid for row in [*rows, *(theirs or {}).get("rows", ())] for uuid in row.chosen], page)
        standing = [row for row in rows if not row.is_gone]
        context = {
            **facts,
            "title": facts["name"],
            "page": page,
            "version": version,
            "blocks": [
                {"row": row, "fields": _fields(row, page), "chosen": [chosen[uuid] for uuid in row.chosen],
                 "found": found_for(row, page) if row.number == finding else None, "place": place, "last": len(rows) - 1}
                for place, row in enumerate(rows)
            ],
            "is_unshaped": not rows and facts["is_front"],
            "kinds": Block.Kind.choices if facts["is_front"] else [(PICKS, Block.Kind.PICKS.label)],
            "may_add": len(standing) < (MOST_BLOCKS if facts["is_front"] else 1),
            "said": said or [],
            "wrong": wrong,
            "theirs": theirs and {**theirs, "rows": [{"row": row, "chosen": [chosen[uuid] for uuid in row.chosen]} for row in theirs["rows"]]},
            "status_said": status_said,
            "focus": focus,
            "region_names": all_region_names() if any(row.kind == "region" for row in rows) else [],
            "tag_names": all_tag_names() if any(row.kind == "tag" for row in rows) else [],
        }  # fmt: skip
        return self._page(request, "articles/shapedpage/page", context, status=code)

    def _found(self, request: HttpRequest, key: str) -> ShapedPage:
        self._check(request)
        match = KEY.match(key)
        if not match or match["language"] not in dict(settings.LANGUAGES):
            raise Http404
        if not match["what"]:
            return page_for(match["language"])
        model: Any = Tag if match["what"] == "tag" else Region
        subject = model.objects.filter(pk=match["pk"]).first()
        if subject is None or getattr(subject, "merged_into", None):
            raise Http404
        return page_for(match["language"], **{match["what"]: subject})

    def _subject(self, name: str, language_code: str) -> ShapedPage:
        """The page of the tag or region of that name; ValidationError when there is none."""
        code = language_code if language_code in dict(settings.LANGUAGES) else settings.MAIN_LANGUAGE
        try:
            return page_for(code, tag=TagsField().found(name))
        except forms.ValidationError:
            try:
                return page_for(code, region=region_named(name))
            except forms.ValidationError:
                raise forms.ValidationError(
                    _("There is no tag and no region “%(name)s”: choose one of the list.") % {"name": name[:100]}
                ) from None

    def _pinned(self) -> list[ShapedPage]:
        pages = ShapedPage.objects.filter(tag__isnull=True, region__isnull=False) | ShapedPage.objects.filter(tag__isnull=False)
        return list(pages.filter(blocks__isnull=False).distinct().select_related("tag", "region").order_by("language", "pk")[:200])


def _address(page: ShapedPage) -> str:
    return reverse("admin:articles_shapedpage_change", args=[page.key])


def _facts(page: ShapedPage) -> dict[str, Any]:
    """What the templates say of a page: its name, its public path, whether it is a front page."""
    tongue = str(dict(settings.LANGUAGES).get(page.language, page.language))
    public: str
    if page.tag:
        public, name = addresses.tag_path(page.language, page.tag.slug), tag_names([page.tag], language())[page.tag.pk]
    elif page.region:
        public, name = addresses.region_path(page.language, page.region.slug), region_names([page.region], language())[page.region.pk]
    else:
        public, name = addresses.home_path(page.language), _("Front page")
    is_front = page.tag is None and page.region is None
    return {
        "name": _("%(name)s, %(language)s") % {"name": name, "language": tongue}, "public": public, "is_front": is_front,
        "direction": direction(page.language),
    }  # fmt: skip


def _fields(row: Row, page: ShapedPage) -> list[dict[str, Any]]:
    """The inputs of one block."""
    labels = {
        "heading": _("Heading"), "how_many": _("How many reports"), "region": _("Region"), "tag": _("Tag"), "report_kind": _("Kind"),
        "text": _("What readers can do"), "link": _("Link"), "label": _("Words on the button"),
    }  # fmt: skip
    helps = {
        "heading": _("Without one it is the name of the section.") if row.kind in ("region", "tag", "kind") else _("Can be left empty."),
        "link": _("A path of this site, such as /press/, or an address that begins with https://."),
    }
    kinds = [(code, label) for code, label in KINDS.items() if code not in PLAIN_KINDS]
    return [
        {
            "name": f"b{row.number}-{name}", "label": labels[name], "value": row.words.get(name, "") or ("5" if name == "how_many" else ""),
            "help": helps.get(name, "") if not (name == "heading" and row.kind == "action") else "", "errors": row.errors.get(name, []),
            "options": kinds if name == "report_kind" else None, "list": {"region": "region-names", "tag": "tag-names"}.get(name, ""),
            "is_number": name == "how_many", "is_long": name == "text", "dir": "ltr" if name == "link" else "auto",
            "lang": page.language if name in ("heading", "text", "label") else "",
            "most": LONGEST.get(name, LONGEST_LINK),
        }
        for name in SHOWN[row.kind]
    ]  # fmt: skip


def _press(page: ShapedPage, rows: list[Row], verb: str, rest: str, adding: str) -> tuple[str, str, int]:
    """Does to the rows what a button says: (a sentence about it, the id of what is in focus then, the block whose finds are shown)."""
    if verb == "add":
        return _add(page, rows, adding)
    if verb == "begin" and not rows and not (page.tag_id or page.region_id):
        rows.extend(rows_of(UNSHAPED))
        return _("These are the two blocks that readers see now. Nothing is saved yet."), "b1-heading", 0
    number, _space, report = rest.partition(" ")
    place = next((place for place, row in enumerate(rows) if str(row.number) == number), None)
    if place is None:
        searching = next((row for row in rows if row.find), None)  # Enter in a field sends no button's word
        return ("", f"b{searching.number}-find", searching.number) if searching else ("", "", 0)
    row = rows[place]
    if verb in ("up", "down"):
        moved = move(rows, place, -1 if verb == "up" else 1)
        where = {"name": said_of(row), "place": rows.index(row) + 1, "all": len(rows)}
        back = (verb == "up" and rows[0] is row) or (verb == "down" and rows[-1] is row)
        said = _("%(name)s is now %(place)d of %(all)d. Nothing is saved yet.") % where if moved else ""
        return said, f"b{row.number}-{('down' if verb == 'up' else 'up') if back else verb}", 0
    if verb in ("remove", "restore"):
        row.is_gone = verb == "remove"
        said = _("%(name)s is taken out; it can be put back until you save.") if row.is_gone else _("%(name)s is back.")
        return said % {"name": said_of(row)}, f"b{row.number}-{'restore' if row.is_gone else 'remove'}", 0
    return _choose(row, verb, report)


def _add(page: ShapedPage, rows: list[Row], kind: str) -> tuple[str, str, int]:
    if page.tag_id or page.region_id:
        kind = PICKS
    if kind not in SHOWN or len([row for row in rows if not row.is_gone]) >= MOST_BLOCKS:
        return _("Choose what kind of block to add."), "add", 0
    row = Row(max((row.number for row in rows), default=0) + 1, kind)
    rows.append(row)
    first = f"b{row.number}-{SHOWN[kind][0]}"
    return _("%(name)s is added at the end. Nothing is saved yet.") % {"name": row.label}, first, row.number if row.chooses else 0


def _choose(row: Row, verb: str, report: str) -> tuple[str, str, int]:
    """What the buttons beside the reports of a block do."""
    uuid = uuid_of(report)
    find = f"b{row.number}-find"
    if verb == "choose" and uuid and uuid not in row.chosen:
        row.chosen = [uuid] if row.most == 1 else [*row.chosen, uuid]
        if len(row.chosen) > row.most:
            row.chosen.pop()
            return _("A block shows between 1 and %(number)d reports.") % {"number": row.most}, find, row.number
        return _("Chosen. Nothing is saved yet."), find, row.number
    if verb in ("earlier", "later") and uuid in row.chosen:
        move(row.chosen, row.chosen.index(uuid), -1 if verb == "earlier" else 1)
        place = row.chosen.index(uuid)
        said = _("Now %(place)d of %(all)d. Nothing is saved yet.") % {"place": place + 1, "all": len(row.chosen)}
        other = "later" if place == 0 else "earlier" if place == len(row.chosen) - 1 else verb
        return said, f"b{row.number}-{other}-{uuid}", 0
    if verb == "drop" and uuid in row.chosen:
        row.chosen.remove(uuid)
        return _("Taken out of the block. Nothing is saved yet."), find, row.number
    return "", find, row.number

"""Builds the demo newsroom, the way a newsroom is built: by the acts of its people."""

from __future__ import annotations

import datetime as dt
import os
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone
from pysequoia import Tsk

from articles.audit.chain import record
from articles.contacts.actions import save_contact
from articles.contacts.models import MediaContact
from articles.demo import facts
from articles.demo.front import shape_pages
from articles.demo.models import DemoMark
from articles.demo.pictures import ALT, DRAW, picture
from articles.editions.models import Edition
from articles.identity.actions import change_identity, change_menu, change_text
from articles.identity.models import MenuItem
from articles.identity.policies import change_policies
from articles.images.actions import add
from articles.images.models import Image
from articles.inquiries.actions import receive
from articles.inquiries.models import MediaInquiry
from articles.notices.models import Notice
from articles.people import sessions
from articles.people.accounts import new_password
from articles.people.machines import COMMAND_LINE, machine
from articles.people.models import Byline, User
from articles.reports.models import PublicState, Report
from articles.safety.models import Assurance
from articles.taxonomy.models import Region, Tag, TagName
from articles.taxonomy.slugs import propose_slug
from articles.workflow import actions, publication
from articles.workflow.translating import newest
from articles.workflow.vouching import vouch

TEXTS = Path(__file__).parent / "reports"


@dataclass(frozen=True)
class Built:
    """What the builder has to tell: username -> password of the accounts, stored nowhere else; where the press desk's key lies; what waits."""

    passwords: dict[str, str]
    secret_key: Path
    reference: str


def is_empty() -> bool:
    """Whether nothing but seeds stands in the database."""
    return not (Report.objects.exists() or User.objects.filter(is_machine=False).exists())


def is_demo() -> bool:
    """Whether the demo filled this database."""
    return DemoMark.objects.exists()


@transaction.atomic
def build(*, tell: Callable[[str], None] = lambda text: None) -> Built:
    """Fills an empty database, wholly or not at all. `tell` hears what is being done."""
    passwords = make_accounts()
    people = {person.username: person for person in User.objects.filter(username__in=facts.ACCOUNTS)}
    tell("identity, tags, contacts")
    _identity()
    tags = _tags()
    secret_key = Path(settings.VAR, "demo", "press-desk-secret-key.asc")
    contacts = _contacts(certificate=_certificate(secret_key))
    tell("pictures")
    images = {name: _picture(name, by=people["reporter"]) for name in DRAW}
    groups = sorted(TEXTS.glob("*.toml"))
    for number, file in enumerate(groups, start=1):
        _group(tomllib.loads(file.read_text(encoding="utf-8")), people=people, tags=tags, contacts=contacts, images=images)
        tell(f"reports {number}/{len(groups)}")
    shape_pages(TEXTS, by=people["editor"])
    _policies()
    inquiry = _inquiry()
    Notice.objects.exclude(report__in=Report.objects.exclude(public_state=PublicState.LIVE)).update(read_at=timezone.now())
    DemoMark.objects.create(made_at=timezone.now())
    return Built(passwords, secret_key, inquiry.reference)


def make_accounts() -> dict[str, str]:
    """Makes the demo's accounts where they are missing and gives each a new password; returns them."""
    passwords = {}
    for username, (first, last, roles) in facts.ACCOUNTS.items():
        person, _made = User.objects.get_or_create(
            username=username,
            defaults={
                "first_name": first, "last_name": last, "is_staff": True,
                "languages": ["es", "ar"] if username == "translator" else [],
                "email": "press-officer@example.org" if username == "press-officer" else "",
            },
        )  # fmt: skip
        person.groups.set(Group.objects.filter(name__in=roles))
        passwords[username] = new_password()
        person.set_password(passwords[username])
        person.save(update_fields=["password"])
        with transaction.atomic():
            record(by=machine(COMMAND_LINE), verb="set_password", target=person)
            sessions.end_all(person, by=machine(COMMAND_LINE), why=sessions.StaffSession.Why.PASSWORD)
    return passwords


def _picture(name: str, *, by: User) -> Image:
    facts_of = {"title": ALT[name]["en"].rstrip("."), "credit": "Drawing: Threshold House", "licence": "CC BY 4.0"}
    return add(picture(name), by=by, shared=True, reprintable=True, **facts_of)


def _identity() -> None:
    by = machine(COMMAND_LINE)
    change_identity(by=by, **facts.ORGANISATION)
    for language, _name in settings.LANGUAGES:
        prefix = "/" if language == settings.MAIN_LANGUAGE else f"/{language}/"
        change_text(language, by=by, **facts.TEXTS.get(language, facts.TEXTS["en"]))
        for place, items in ((MenuItem.Place.MENU, facts.MENU), (MenuItem.Place.FOOTER, facts.FOOTER)):
            rows = [{"label": label, "path": f"{prefix}{rest}"} for label, rest in items.get(language, items["en"])]
            change_menu(language, by=by, items=rows, place=place)


def _policies() -> None:
    """The page on ethics and sources tells of all that a newsroom of this size has policies for."""
    for uuid, language, path in Edition.objects.filter(kind="page", slug="ethics").values_list("uuid", "language", "path"):
        told = ("publishingPrinciples", "ethicsPolicy", "unnamedSourcesPolicy")
        change_policies(language, by=machine(COMMAND_LINE), pages=dict.fromkeys(told, (uuid, path)))


def _tags() -> dict[str, Tag]:
    made = {}
    for slug, (kind, english, spanish, arabic) in facts.TAGS.items():
        made[slug] = Tag.objects.create(slug=slug, name=english, kind=kind)
        TagName.objects.bulk_create(
            TagName(tag=made[slug], language=language, name=name)
            for language, name in {"es": spanish, "ar": arabic, **facts.NAMES_OF_TAGS.get(slug, {})}.items()
        )
    return made


def _certificate(secret_key: Path) -> str:
    """The certificate of the press desk; its secret key is made once, and lies on the demo's own computer, for its own mail."""
    secret_key.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not secret_key.exists():
        own = secret_key.with_name(f".{secret_key.name}.{os.getpid()}")
        with os.fdopen(os.open(own, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(str(Tsk.generate("Press desk of Threshold House (demo) <press@example.org>")))
        own.rename(secret_key)
    return str(Tsk.from_file(str(secret_key)).extract_certificate())


def _contacts(*, certificate: str) -> dict[str, MediaContact]:
    made = {}
    for order, (name, given) in enumerate(facts.CONTACTS.items()):
        rest = {field: value for field, value in given.items() if field != "regions"}
        made[name] = save_contact(
            MediaContact(), by=machine(COMMAND_LINE), order=order, regions=Region.objects.filter(slug__in=given["regions"]),
            certificate=certificate if name == "press" else "", reviewed_on=timezone.now().date(), **rest,
        )  # fmt: skip
    return made


def _group(
    given: dict[str, Any], *, people: dict[str, User], tags: dict[str, Tag], contacts: dict[str, MediaContact], images: dict[str, Image]
) -> None:
    """One report in its languages, the first as written, the others as its translations."""
    group = uuid4()
    bylines = [(Byline.objects.get_or_create(slug=propose_slug(name), defaults={"name": name})[0], role) for name, role in given["bylines"]]
    region = Region.objects.filter(iso_alpha2=given["region"]).first() if given["region"] else None
    now = timezone.now()
    at = now - dt.timedelta(days=given["days_ago"], hours=3)
    source: Report | None = None
    for language in [code for code, _name in settings.LANGUAGES if code in given]:
        text = given[language]
        image = images.get(given["picture"])
        report = actions.create(
            by=people["reporter"],
            language=language,
            translation_group=group,
            translated_from=newest(source) if source else None,
            at=min(at, now),
            kind=given["kind"],
            headline=text["headline"],
            slug=given.get("slug") or None,
            standfirst=text["standfirst"],
            body=_as_first_published(text),
            dateline_on=at.date(),
            dateline_place=text.get("place", given["place"]),
            dateline_region=region,
            dateline_mode=given["mode"],
            byline_mode=given.get("byline_mode") or ("named" if bylines else "organisation"),
            contact=contacts.get(given["contact"]),
            call_to_action=given.get("action", "") if language == "en" else "",
            backstory=text.get("backstory", ""),
            regions=[region] if region else [],
            tags=[tags[name] for name in given["tags"]],
            credits=[{"byline": byline, "role": role} for byline, role in bylines],
            citations=[
                {"kind": kind, "title": title, "publisher": publisher, "address": address, "published_on": dt.date.fromisoformat(on)}
                for kind, title, publisher, address, on in given.get("citations", [])
            ],
            images=[{"image": image, "alt": ALT[given["picture"]][language], "lead": True}] if image else [],
        )
        source = source or report
        if why := given.get("without_sources"):
            vouch(
                report, by=people["editor"], subject=Assurance.Subject.CITATIONS, answer=Assurance.Answer.WAIVED, text=why, at=min(at, now)
            )
        _bring_to_state(report, given, people=people, at=at)
        if "correction" in text:
            _correct(report, text, people=people)


def _as_first_published(text: dict[str, Any]) -> str:
    """The body with what its correction corrects later."""
    correction = text.get("correction")
    return str(text["body"].replace(correction["right"], correction["wrong"]) if correction else text["body"])


def _correct(report: Report, text: dict[str, Any], *, people: dict[str, User]) -> None:
    report = actions.save(Report.objects.get(pk=report.pk), by=people["reporter"], body=text["body"])
    report = actions.approve(actions.submit(report, by=people["reporter"]), by=people["second-editor"])
    publication.publish_update(report, by=people["publisher"], change="correction", correction=text["correction"]["text"])


def _bring_to_state(report: Report, given: dict[str, Any], *, people: dict[str, User], at: dt.datetime) -> None:
    state = given.get("state", "live")
    writer, editor, publisher = people["reporter"], people["editor"], people["publisher"]
    if state == "draft":
        return
    report = actions.submit(report, by=writer)
    if state == "in_review":
        return
    if state == "changes_requested":
        actions.request_changes(report, by=editor, comment=given["comment"])
        return
    if state == "embargoed":
        actions.approve(report, by=editor)
        Report.objects.filter(pk=report.pk).update(embargo_until=timezone.now() + dt.timedelta(days=12))
        return
    report = actions.approve(report, by=editor)
    if state == "scheduled":
        actions.schedule(report, by=publisher, publish_at=timezone.now() + dt.timedelta(days=5))
        return
    publication.publish(report, by=publisher, first_published_at=at)
    if state == "withdrawn":
        publication.withdraw(Report.objects.get(pk=report.pk), by=publisher, reason=given["reason"])


def _inquiry() -> MediaInquiry:
    deadline = timezone.now() + dt.timedelta(days=2)
    return receive(
        facts.INQUIRY,
        topic="interview",
        language="en",
        region=Region.objects.get(slug="nigeria"),
        deadline_at=deadline,
        deadline_zone="Europe/London",
    )

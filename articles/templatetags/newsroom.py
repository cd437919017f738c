"""Presentation only: dates, paths and words for the templates of the public side."""

from __future__ import annotations

import datetime as dt

from django import template

from articles.editions import addresses, dates, words
from articles.text.languages import direction, own_name
from newsroom.stylesheets import static_url, stylesheet_url

register = template.Library()

register.filter("day", dates.day)
register.filter("short_day", dates.short_day)
register.filter("day_of_year", dates.day_of_year)
register.filter("weekday", dates.weekday)
register.filter("month", dates.month)
register.filter("month_name", dates.month_name)
register.filter("short_month", dates.short_month)
register.filter("year", dates.year)
register.filter("moment", dates.moment)
register.filter("figures", lambda value, language: dates.digits(str(value), language))
register.filter("own_name", own_name)
register.filter("direction", direction)
register.simple_tag(words.comma, name="comma")


@register.filter
def iso_day(on: dt.date) -> str:
    """A date for machines."""
    return on.isoformat()


@register.filter
def iso_moment(at: dt.datetime) -> str:
    """A time for machines, in UTC, to the second."""
    return f"{at.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%SZ}"


@register.filter
def correction_kind(kind: str) -> str:
    """The word for a kind of correction."""
    return str(words.CORRECTIONS.get(kind, kind))


@register.filter
def region_path(slug: str, language: str) -> str:
    return addresses.region_path(language, slug)


@register.filter
def tag_path(slug: str, language: str) -> str:
    return addresses.tag_path(language, slug)


@register.filter
def author_path(slug: str, language: str) -> str:
    return addresses.author_path(language, slug)


@register.filter
def media(name: str) -> str:
    """The path of a public file."""
    return addresses.media_path(name)


@register.simple_tag
def stylesheet() -> str:
    """The address of the joined stylesheet."""
    return stylesheet_url()


@register.simple_tag
def icon() -> str:
    """The address of the site's icon."""
    return static_url("img/icon.svg")

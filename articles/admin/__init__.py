"""The desk's doors; imported here so that Django's admin finds them."""

from articles.admin import (  # noqa: F401 - importing registers
    audit,
    contacts,
    extra_reviews,
    facts,
    identity,
    images,
    inquiries,
    menus,
    people,
    reports,
    requirements,
    shaping,
    theme,
)

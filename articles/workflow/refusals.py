"""How an act says no: with sentences that a person can act on, and nothing written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Reason:
    """Why not, as a sentence that says what to do; `field` names the field of the form that it is about."""

    sentence: str | Promise
    field: str = ""

    def __str__(self) -> str:
        return str(self.sentence)


class Refused(Exception):
    """The act is not possible now. Nothing was written. `report_id`: of several reports, the one that it is about."""

    report_id: int | None = None

    def __init__(self, reasons: Iterable[Reason]) -> None:
        self.reasons = tuple(reasons)
        super().__init__(" ".join(str(reason) for reason in self.reasons))


class Forbidden(Refused):
    """This person may not do this (HTTP 403)."""


class Conflict(Refused):
    """Somebody else was first (HTTP 409)."""


def refuse_if(reasons: Iterable[Reason]) -> None:
    """Raises Refused when there is any reason."""
    if reasons := tuple(reasons):
        raise Refused(reasons)


CHANGED_MEANWHILE = Reason(_("Somebody else changed this report meanwhile. Open it again, look at what changed, and repeat the step."))

"""Consent of people who are named or can be recognised in pictures: a statement, without their names, about exactly these pictures."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from articles.safety.material import Material
from articles.safety.models import Assurance, Requirement
from articles.safety.requirements.base import Lack, Rule


class Consent(Rule):
    code = Requirement.Code.CONSENT
    levels = {"page": Requirement.Level.OFF}  # noqa: RUF012 - a constant

    def lacks(self, found: Material) -> Iterator[Lack]:
        given = found.assurance(self.code)
        if given is None:
            yield self.code, _("Record whether people who are named or can be recognised consent, or why that is not needed.")
        elif given.answer == Assurance.Answer.WITHHELD:
            yield self.code, _("Consent is withheld: take out who can be recognised, then record it anew.")
        elif given.pictures_hash != found.pictures_hash:
            yield self.code, _("The pictures changed after consent was recorded: record it anew.")

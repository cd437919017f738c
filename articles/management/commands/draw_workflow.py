"""Draws the workflow for the docs."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from articles.workflow.drawing import drawing


class Command(BaseCommand):
    help = "Print docs/workflow.md as the transition table has it now: manage.py draw_workflow > docs/workflow.md"
    requires_system_checks: list[str] = []  # noqa: RUF012 - as Django declares it

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(drawing(), ending="")

"""Brings the tables that a newsroom starts with to their state; what people changed stays."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from articles.identity import seeds as identity
from articles.notices import seeds as notices
from articles.people import seeds as people
from articles.reports import seeds as reports
from articles.safety import seeds as safety
from articles.stamp import seeds as stamp
from articles.taxonomy import seeds as taxonomy


class Command(BaseCommand):
    help = "Make roles, regions, rules and a first identity where they are missing. Can be run again at any time."

    def handle(self, *args: Any, **options: Any) -> None:
        for room in (people, stamp, taxonomy, reports, safety, notices, identity):
            room.seed()

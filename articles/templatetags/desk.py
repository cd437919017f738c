"""Presentation only: times for the templates of the desk."""

from __future__ import annotations

from django import template

from articles.text import moments

register = template.Library()

register.filter("when", moments.moment)
register.simple_tag(moments.zone_shown)

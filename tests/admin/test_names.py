"""Names typed for tags and regions: what PostgreSQL takes in no text is left out, on each database alike."""

from __future__ import annotations

import pytest
from django.forms import ValidationError

from articles.admin.names import RegionField, RegionsField, TagsField
from articles.taxonomy.models import Tag

pytestmark = pytest.mark.django_db


def test_a_nul_within_a_name_is_left_out(nigeria):
    law = Tag.objects.create(name="Law")

    assert TagsField(required=False).clean(["L\x00aw"]) == [law]
    assert RegionsField(required=False).clean(["Nige\x00ria, \x00"]) == [nigeria]
    assert RegionField(required=False).clean("\x00Nigeria") == nigeria
    assert RegionField(required=False).clean("\x00") is None


def test_a_name_of_nothing_is_a_sentence_with_the_name():
    with pytest.raises(ValidationError, match="There is no tag “Nothing”"):
        TagsField().clean(["No\x00thing"])

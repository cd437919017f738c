"""Reports that have to do with one: of its region and its topic first, then of either, newest first; in one statement."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from articles.editions.models import Edition

SHOWN = 3
LOOKED_AT = 60
"""So many of the newest of the region, and of the topic: what it costs does not grow with the archive."""
# A row is asked for with LIMIT 1, not with EXISTS: that PostgreSQL answers for all 120 at once, by reading the whole table.
READ = """
WITH own AS (SELECT
  (SELECT m.region_id FROM articles_editionregion m JOIN articles_region g ON g.id = m.region_id
   WHERE m.edition_id = %s AND m.is_primary AND g.kind <> 'world' LIMIT 1) AS region_id,
  (SELECT m.tag_id FROM articles_editiontag m WHERE m.edition_id = %s ORDER BY m."order", m.id LIMIT 1) AS tag_id)
SELECT e.path, e.headline, e.published_at FROM (
  SELECT each.edition_id, MAX(each.shared) AS shared FROM (
    SELECT near.edition_id, COALESCE((SELECT 2 FROM articles_editiontag o WHERE o.edition_id = near.edition_id
      AND o.tag_id IN (SELECT m.tag_id FROM articles_editiontag m WHERE m.edition_id = %s) LIMIT 1), 1) AS shared
    FROM (SELECT r.edition_id FROM articles_editionregion r WHERE r.region_id = (SELECT region_id FROM own) AND r.language = %s
      ORDER BY r.published_at DESC, r.uuid DESC LIMIT %s) near
    UNION ALL
    SELECT alike.edition_id, COALESCE((SELECT 2 FROM articles_editionregion o WHERE o.edition_id = alike.edition_id
      AND o.region_id = (SELECT region_id FROM own) LIMIT 1), 1) AS shared
    FROM (SELECT t.edition_id FROM articles_editiontag t WHERE t.tag_id = (SELECT tag_id FROM own) AND t.language = %s
      ORDER BY t.published_at DESC, t.uuid DESC LIMIT %s) alike
  ) each GROUP BY each.edition_id
) found JOIN articles_edition e ON e.uuid = found.edition_id
WHERE e.listed AND e.uuid <> %s
  AND NOT EXISTS (SELECT 1 FROM articles_editioncorrection k WHERE k.report_uuid = e.uuid AND k.kind = 'retraction')
ORDER BY found.shared DESC, e.published_at DESC, e.uuid DESC LIMIT %s
"""


@dataclass(frozen=True, slots=True)
class Related:
    path: str
    headline: str
    published_at: dt.datetime


def related(uuid: UUID, language: str) -> list[Related]:
    """At most three live reports in the same language; none that was retracted."""
    own = Edition._meta.pk.get_db_prep_value(uuid, connection)
    with connection.cursor() as cursor:
        cursor.execute(READ, [own, own, own, language, LOOKED_AT, language, LOOKED_AT, own, SHOWN])
        return [Related(path, headline, at if at.tzinfo else at.replace(tzinfo=dt.UTC)) for path, headline, at in cursor.fetchall()]

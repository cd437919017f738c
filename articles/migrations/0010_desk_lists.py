"""The desk at a million reports: a search index over all texts in place of the headlines' words, and indexes for its lists and calendar."""

from django.db import migrations, models

from articles.migrations import _invariants
from articles.migrations._tables import desk_words

BATCH = 500


def forwards(apps, schema_editor):
    for statement in desk_words.SQLITE if schema_editor.connection.vendor == "sqlite" else desk_words.POSTGRESQL:
        schema_editor.execute(statement, params=None)
    fill(apps)
    _invariants.apply(schema_editor.connection)


def fill(apps):
    """What there is already."""
    from articles.reports.words import words_of, write  # noqa: PLC0415 - the app's own modules are not loaded while migrations are

    report, tagged = apps.get_model("articles", "Report"), apps.get_model("articles", "TaggedReport")
    last = 0
    while rows := list(report.objects.filter(pk__gt=last).order_by("pk")[:BATCH]):
        last = rows[-1].pk
        tags = {}
        for key, tag in tagged.objects.filter(content_object__in=rows).values_list("content_object", "tag"):
            tags.setdefault(key, []).append(tag)
        write(
            (row.pk, words_of(row.headline, row.standfirst, row.body, language=row.language, tags=tags.get(row.pk, ()))) for row in rows
        )


def backwards(apps, schema_editor):
    _invariants.lift(schema_editor.connection)
    for statement in desk_words.SQLITE_DROP if schema_editor.connection.vendor == "sqlite" else desk_words.POSTGRESQL_DROP:
        schema_editor.execute(statement, params=None)
    _invariants.apply(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("articles", "0009_presence")]

    operations = [
        migrations.RunPython(forwards, backwards),
        migrations.DeleteModel("HeadlineWord"),
        *(
            migrations.AddIndex("report", models.Index(fields=[whose, each, "-saved_at", "-id"], name=f"report_{whose}_{each}"[:30]))
            for whose, each in (
                ("created_by", "public_state"), ("created_by", "kind"), ("created_by", "language"), ("assigned_to", "edit_state"),
                ("language", "edit_state"), ("language", "public_state"), ("language", "kind"),
            )
        ),
        migrations.AddIndex(
            "report",
            models.Index(
                fields=["edit_state", "public_state", "-saved_at", "-id"],
                condition=models.Q(("content_hash", models.F("live_hash")), _negated=True),
                name="report_differs",
            ),
        ),
        *(
            migrations.AddIndex(
                "report",
                models.Index(fields=[each, "id"], condition=models.Q((f"{each}__isnull", False)), name=f"report_day_of_{each}"[:30]),
            )
            for each in ("due_at", "embargo_until", "expire_at", "published_at")
        ),
    ]

"""A narrow row of each edition for sitemaps, written by triggers, and since when a report is news."""

import django.db.models.deletion
from django.db import migrations, models

from articles.migrations import _invariants

STANDING = (
    "INSERT INTO articles_sitemapentry (edition_id, path, language, translation_group, updated_at, part)"
    " SELECT uuid, path, language, translation_group, updated_at, 0 FROM articles_edition ORDER BY published_at, uuid"
)
IN_PARTS = "UPDATE articles_sitemapentry SET part = id / 2500"


def lift(apps, schema_editor):
    _invariants.lift(schema_editor.connection)


def apply(apps, schema_editor):
    _invariants.apply(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("articles", "0027_feeds")]

    operations = [
        migrations.RunPython(migrations.RunPython.noop, apply),
        migrations.CreateModel(
            name="NewsWindow",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("since", models.DateTimeField()),
            ],
            options={"constraints": [models.CheckConstraint(condition=models.Q(("id", 1)), name="one_news_window")]},
        ),
        migrations.CreateModel(
            name="SitemapEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("path", models.CharField(max_length=200)),
                ("language", models.CharField(max_length=16)),
                ("translation_group", models.UUIDField(db_index=True)),
                ("updated_at", models.DateTimeField()),
                ("part", models.PositiveIntegerField()),
                (
                    "edition",
                    models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name="sitemap_entry", to="articles.edition"),
                ),
            ],
            options={"indexes": [models.Index(fields=["part", "updated_at"], name="sitemap_parts")]},
        ),
        migrations.RunSQL(STANDING, migrations.RunSQL.noop),
        migrations.RunSQL(IN_PARTS, migrations.RunSQL.noop),
        migrations.RunPython(apply, lift),
    ]

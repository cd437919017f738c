"""The search's index with stems, facts and a vocabulary. What was indexed before is indexed anew by `manage.py prepare`, in batches."""

from django.db import migrations, models
from django.utils import timezone

from articles.migrations._tables import search_words


def forwards(apps, schema_editor):
    for statement in search_words.SQLITE if schema_editor.connection.vendor == "sqlite" else search_words.POSTGRESQL:
        schema_editor.execute(statement, params=None)


def ask_for_the_desk(apps, schema_editor):
    """The desk's words follow the same rules: the clock indexes them anew, as the errand `reports.words` knows."""
    if apps.get_model("articles", "Report").objects.exists():
        apps.get_model("articles", "Errand").objects.get_or_create(
            key="reindex desk", defaults={"kind": "reindex desk", "payload": {}, "run_at": timezone.now()}
        )


def backwards(apps, schema_editor):
    for statement in search_words.SQLITE_DROP if schema_editor.connection.vendor == "sqlite" else search_words.POSTGRESQL_DROP:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("articles", "0021_syndication")]

    operations = [
        migrations.AddField("searchentry", "format", models.PositiveSmallIntegerField(default=0)),
        migrations.AddField("searchentry", "facts", models.TextField(default="")),
        migrations.AddField("searchentry", "weights", models.TextField(default="")),
        migrations.AddIndex("searchentry", models.Index(fields=["format", "id"], name="search_by_format")),
        migrations.RunPython(forwards, backwards),
        migrations.RunPython(ask_for_the_desk, migrations.RunPython.noop),
    ]

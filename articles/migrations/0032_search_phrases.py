"""PostgreSQL looks for a phrase among the newest reports that hold its words, and stops when it has enough."""

from django.db import migrations

from articles.migrations._tables import search_words


def forwards(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(search_words.PHRASES, params=None)


def backwards(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION articles_searchphrases", params=None)


class Migration(migrations.Migration):
    dependencies = [("articles", "0031_backstory")]

    operations = [migrations.RunPython(forwards, backwards)]

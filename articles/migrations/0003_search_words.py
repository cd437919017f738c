"""The words of the search, in what each database has for it."""

from django.db import migrations

from articles.migrations._tables import search


def forwards(apps, schema_editor):
    for statement in search.SQLITE if schema_editor.connection.vendor == "sqlite" else search.POSTGRESQL:
        schema_editor.execute(statement, params=None)


def backwards(apps, schema_editor):
    for statement in search.SQLITE_DROP if schema_editor.connection.vendor == "sqlite" else search.POSTGRESQL_DROP:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("articles", "0002_invariants")]

    operations = [migrations.RunPython(forwards, backwards)]

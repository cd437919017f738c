"""What must never be false, as triggers on both databases."""

from django.db import migrations

from articles.migrations import _invariants


def forwards(apps, schema_editor):
    _invariants.apply(schema_editor.connection)


def backwards(apps, schema_editor):
    _invariants.lift(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("articles", "0001_initial")]

    operations = [migrations.RunPython(forwards, backwards)]

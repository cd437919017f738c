"""Nobody approves a text that carries their own byline, or what they wrote before a takedown made its approval void."""

from django.db import migrations

from articles.migrations import _invariants


def apply(apps, schema_editor):
    _invariants.apply(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("articles", "0004_risk")]

    operations = [migrations.RunPython(apply, migrations.RunPython.noop)]

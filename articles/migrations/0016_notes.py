"""A note that replaces another, once; and the index of what is gone, which SQLite uses only when it is whole."""

from django.db import migrations, models

from articles.migrations import _invariants


def apply(apps, schema_editor):
    _invariants.apply(schema_editor.connection)


def lift(apps, schema_editor):
    _invariants.lift(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("articles", "0015_notices")]

    operations = [
        migrations.RunPython(lift, apply),
        migrations.RemoveIndex("address", "address_gone"),
        migrations.AddIndex("address", models.Index(fields=["answer", "-since"], name="address_by_answer")),
        migrations.AddConstraint(
            "correction",
            models.UniqueConstraint(
                condition=models.Q(("supersedes__isnull", False)), fields=("supersedes",), name="superseded_once"
            ),
        ),
        migrations.RunPython(apply, lift),
    ]

"""The picture that stands for a report where it is shared. SQLite makes the table anew, without its triggers: they are put up again."""

from django.db import migrations, models

from articles.migrations import _invariants


def lift(apps, schema_editor):
    _invariants.lift(schema_editor.connection)


def apply(apps, schema_editor):
    _invariants.apply(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("articles", "0029_policies")]

    operations = [
        migrations.RunPython(lift, apply),
        migrations.AddField(model_name="edition", name="placard", field=models.CharField(blank=True, max_length=80)),
        migrations.AddField(model_name="edition", name="placard_of", field=models.CharField(blank=True, max_length=64)),
        migrations.RunPython(apply, lift),
    ]

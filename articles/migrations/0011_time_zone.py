"""The time zone in which each person's desk reads and shows times. SQLite makes the table anew, without its triggers: they are put up again."""

from django.db import migrations, models

from articles.migrations import _invariants


def lift(apps, schema_editor):
    _invariants.lift(schema_editor.connection)


def apply(apps, schema_editor):
    _invariants.apply(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("articles", "0010_desk_lists")]

    operations = [
        migrations.RunPython(lift, apply),
        migrations.AddField(
            model_name="user",
            name="time_zone",
            field=models.CharField(blank=True, max_length=64, verbose_name="time zone of the desk"),
        ),
        migrations.RunPython(apply, lift),
    ]

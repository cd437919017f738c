"""How a report was reported, at the desk and on its edition. SQLite makes the tables anew, without their triggers: they are put up again."""

from django.db import migrations, models

from articles.migrations import _invariants


def lift(apps, schema_editor):
    _invariants.lift(schema_editor.connection)


def apply(apps, schema_editor):
    _invariants.apply(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("articles", "0030_placards")]

    operations = [
        migrations.RunPython(lift, apply),
        migrations.AddField(
            model_name="report",
            name="backstory",
            field=models.CharField(
                blank=True,
                help_text="For readers: whom you spoke with, what you checked, what you could not. Nothing that leads to a source.",
                max_length=1000,
                verbose_name="how it was reported",
            ),
        ),
        migrations.AddField(model_name="edition", name="backstory", field=models.CharField(blank=True, max_length=1000)),
        migrations.RunPython(apply, lift),
    ]

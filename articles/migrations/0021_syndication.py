"""What others may take over: the licence of the site's reports, and pictures that may be printed elsewhere."""

from django.db import migrations, models

from articles.migrations import _invariants


def lift(apps, schema_editor):
    _invariants.lift(schema_editor.connection)


def apply(apps, schema_editor):
    _invariants.apply(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("articles", "0020_public_lists")]

    operations = [
        migrations.RunPython(lift, apply),
        migrations.AddField("editionimage", "reprint", models.JSONField(null=True)),
        migrations.AddField(
            "image",
            "reprintable",
            models.BooleanField(
                default=False,
                help_text="Tick it when its rights allow other newsrooms to print it: it then stands in press kits in full size, with credit and licence.",
                verbose_name="may be handed on for print",
            ),
        ),
        migrations.AddField(
            "siteidentity",
            "licence",
            models.CharField(
                blank=True,
                help_text="Under which others may republish reports, such as “CC BY 4.0”. Blank: they must ask.",
                max_length=80,
                verbose_name="licence",
            ),
        ),
        migrations.AddField(
            "siteidentity",
            "licence_link",
            models.CharField(
                blank=True, help_text="With https://, or a path of this site.", max_length=200, verbose_name="address of the licence"
            ),
        ),
        migrations.AddField(
            "sitetext",
            "terms",
            models.CharField(
                blank=True,
                help_text="In a few sentences. Blank: to name and link the original, and to carry its corrections.",
                max_length=1000,
                verbose_name="what is asked of those who republish",
            ),
        ),
        migrations.RunPython(apply, lift),
    ]

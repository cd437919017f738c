"""Which page tells of each policy, in each language."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0028_sitemap")]

    operations = [
        migrations.CreateModel(
            name="PolicyPage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("language", models.CharField(max_length=16)),
                (
                    "policy",
                    models.CharField(
                        choices=[
                            ("publishingPrinciples", "What we publish, and how"),
                            ("ethicsPolicy", "Ethics"),
                            ("correctionsPolicy", "Corrections"),
                            ("verificationFactCheckingPolicy", "How we check facts"),
                            ("unnamedSourcesPolicy", "Sources without a name"),
                            ("actionableFeedbackPolicy", "How to answer or complain"),
                            ("diversityPolicy", "Diversity"),
                            ("ownershipFundingInfo", "Who owns and funds us"),
                            ("masthead", "Who works here"),
                        ],
                        max_length=30,
                    ),
                ),
                ("report_uuid", models.UUIDField(db_index=True)),
                ("path", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("language", "policy"), name="policy_has_one_page_a_language")],
            },
        ),
    ]

"""Names the app."""

from django.apps import AppConfig
from django.core.checks import register

from articles.maps.checks import check_map_file


class ArticlesConfig(AppConfig):
    name = "articles"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register(check_map_file)

from django.apps import AppConfig


class DbConfig(AppConfig):
    name = "foundation.db"
    default_auto_field = "django.db.models.BigAutoField"

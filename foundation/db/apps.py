from django.apps import AppConfig
from django.db.backends.signals import connection_created


class DbConfig(AppConfig):
    name = "foundation.db"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from foundation.db import clock

        connection_created.connect(clock.read)

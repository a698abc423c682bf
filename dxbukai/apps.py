from django.apps import AppConfig
from django.conf import settings
from django.core.checks import Tags, register


class RoofConfig(AppConfig):
    name = "dxbukai"

    def ready(self) -> None:
        from dxbukai import letterpress, scanners

        if settings.SENTRY_DSN:
            from dxbukai import sentry

            sentry.start()

        register(scanners.check, Tags.security, deploy=True)
        register(letterpress.check, Tags.files, deploy=True)

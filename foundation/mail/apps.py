from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "foundation.mail"
    default_auto_field = "django.db.models.BigAutoField"

"""Django's PostgreSQL backend on the embedded server, which starts when somebody connects."""

from typing import Any

from django.conf import settings
from django.db import OperationalError
from django.db.backends.postgresql import base

from foundation.db import embedded


class DatabaseWrapper(base.DatabaseWrapper):
    def get_connection_params(self) -> dict[str, Any]:
        params = super().get_connection_params()
        server = embedded.server(params.pop("data_dir"), durable=settings.MODE != "test")
        try:
            socket_dir = server.enter()
        except (embedded.CannotStart, OSError) as error:
            raise OperationalError(str(error)) from error
        embedded.create_database(socket_dir, settings.DATABASES["default"]["NAME"])
        return {**params, "host": str(socket_dir), "port": embedded.PORT, "user": embedded.ROLE}

"""`check_csv FILE`: `python -m tablecheck` for those who know manage.py. It needs no database."""

from argparse import Namespace
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from tablecheck import cli


class Command(BaseCommand):
    help = cli.HELP
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        cli.add_arguments(parser)

    def handle(self, *_arguments: str, **options: Any) -> None:
        raise SystemExit(cli.run(Namespace(**options)))

"""Which command is asked about viruses, and what an operator is told where there is none."""

import shlex
import shutil
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Warning as Warned
from django.core.exceptions import ImproperlyConfigured
from environs import Env


def command(env: Env) -> list[str]:
    """In words, as a shell would divide them: there is no shell when it runs. None where nobody is to be asked."""
    try:
        return shlex.split(env.str("DXBUKAI_SCAN_COMMAND", ""))
    except ValueError as error:
        raise ImproperlyConfigured(
            "DXBUKAI_SCAN_COMMAND のコマンドを解釈できません。引用符（' や \"）が閉じているか確認してください"
            f"（{error}）。例：clamdscan --no-summary --fdpass -"
        ) from error


def check(**_options: Any) -> list[CheckMessage]:
    """For `check --deploy`."""
    if not settings.SCAN_COMMAND:
        return [
            Warned(
                "DXBUKAI_SCAN_COMMAND の指定がないため、届いたファイルのウイルス検査をしません。",
                hint="例：DXBUKAI_SCAN_COMMAND='clamdscan --no-summary --fdpass -'（docs/reference.md）",
                id="dxbukai.W001",
            )
        ]
    if not shutil.which(settings.SCAN_COMMAND[0]):
        return [
            Warned(
                f"DXBUKAI_SCAN_COMMAND の {settings.SCAN_COMMAND[0]} が見つかりません。"
                "このままでは、どのファイルも受け取りません。",
                id="dxbukai.W002",
            )
        ]
    return []

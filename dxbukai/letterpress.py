"""Whether this machine can print Japanese: PDF files need a Mincho font of its own."""

from typing import Any

from django.core.checks import CheckMessage, Warning as Warned

from foundation.documents import as_pdf


def check(**_options: Any) -> list[CheckMessage]:
    """For `check --deploy`."""
    if as_pdf.fonts():
        return []
    return [
        Warned(
            "日本語の書体（明朝体）がないため、PDFのファイルを作成できません。Wordのファイルは作成できます。",
            hint="例：apt-get install fonts-noto-cjk（docs/reference.md）",
            id="dxbukai.W003",
        )
    ]

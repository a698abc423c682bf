"""In which files a paper is handed out: by its suffix what writes it, and what a browser is told it is."""

from collections.abc import Callable

from foundation.documents import as_docx, as_pdf

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
WRITERS: dict[str, tuple[Callable[..., bytes], str]] = {
    "docx": (as_docx.render, DOCX),
    "pdf": (as_pdf.render, "application/pdf"),
}

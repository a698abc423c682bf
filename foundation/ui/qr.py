"""An address as a picture that a telephone reads from paper."""

from base64 import b64encode

import qrcode
from qrcode.constants import ERROR_CORRECT_M
from qrcode.image.svg import SvgPathImage


def picture(text: str) -> str:
    """A data URI of an SVG, for the source of an image: nothing is fetched."""
    drawn = qrcode.make(text, image_factory=SvgPathImage, error_correction=ERROR_CORRECT_M, border=2)
    return f"data:image/svg+xml;base64,{b64encode(drawn.to_string()).decode()}"

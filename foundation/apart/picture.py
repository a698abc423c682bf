"""A photo as it comes from a phone → a small JPEG in which nothing stands but the picture.

The file is read in a child (`python -m foundation.apart.picture KIND PROGRESS`, file on stdin), so that a bomb, or
a hole in a decoder, meets a process without database and secrets. What comes back was drawn anew from the pixels:
no place, no time, no camera, and nothing that somebody hid behind the picture.
"""

import io
import json
import re
import sys
from contextlib import suppress
from typing import IO, TYPE_CHECKING, Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from foundation.apart import Died, work
from foundation.apart.scan import on_disk

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise
    from PIL.Image import Image

# What phones of today send at most, and a little.
MOST_PIXELS = 50_000_000
# Of the longer side of what is kept.
SIDE = 800
QUALITY = 82
KINDS = ("JPEG", "PNG", "WEBP", "HEIF")
# How they begin: what does and cannot be opened is broken, and no other thing.
HEADS = re.compile(rb"\xff\xd8\xff|\x89PNG|RIFF....WEBP|....ftyp(hei|hev|mif|msf)", re.DOTALL)
BACKGROUND = (255, 255, 255)

SENTENCES: "dict[str, StrOrPromise]" = {
    "no-picture": _(
        "このファイルは写真として読み取れませんでした。"
        "写真（JPEG、PNG、HEIC、WebP）を選び直してください。登録済みの写真は変わっていません。"
    ),
    "broken": _(
        "写真のデータが途中で切れているか、壊れています。"
        "元の写真を開けるか確認し、もう一度選んでください。登録済みの写真は変わっていません。"
    ),
    "too-large": _(
        "写真が大きすぎます（%(width)s×%(height)s画素）。受け付けられるのは5,000万画素までです。"
        "縮小して保存した写真を選んでください。登録済みの写真は変わっていません。"
    ),
    "too-heavy": _(
        "この写真の読み取りには、決められた時間又はメモリでは足りませんでした。"
        "縮小するか、JPEGで保存し直した写真を選んでください。登録済みの写真は変わっていません。"
    ),
}


class NoPhoto(Exception):
    """Its text is the sentence for the sender."""


# Asking


def redrawn(file: UploadedFile, *, wait: float) -> bytes:
    """The JPEG. Raises NoPhoto, or Busy where no reader became free in so many seconds."""
    try:
        with on_disk(file) as given, work("foundation.apart.picture", "photo", given, wait=wait) as answer:
            said, picture = json.loads(answer.readline()), answer.read()
    except Died as death:
        raise NoPhoto(SENTENCES["broken" if death.reason == "unknown" else "too-heavy"]) from death
    if "refused" in said:
        raise NoPhoto(str(SENTENCES[said["refused"]]) % said)
    return picture


# The child's side


class NotDrawn(Exception):
    def __init__(self, code: str, **told: int) -> None:
        super().__init__(code)
        self.answer: dict[str, Any] = {"refused": code, **told}


def main() -> None:
    try:
        picture = redraw(sys.stdin.buffer)
    except NotDrawn as refused:
        picture, said = b"", refused.answer
    else:
        said = {}
    sys.stdout.buffer.write(json.dumps(said).encode() + b"\n" + picture)


def redraw(given: IO[bytes]) -> bytes:
    from PIL import ImageOps

    image = _opened(given)
    try:
        # Of a JPEG no more is decoded than that takes.
        small = _with_all_shades(image)
        small.thumbnail((SIDE, SIDE), reducing_gap=2.0)
        small = ImageOps.exif_transpose(small)
    # Each decoder breaks off in its own way.
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise NotDrawn("broken") from error
    out = io.BytesIO()
    _in_plain_colours(small).save(out, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return out.getvalue()


def _opened(given: IO[bytes]) -> "Image":
    """Its head alone is read: what would be too large is not drawn."""
    import pi_heif
    from PIL import Image

    pi_heif.register_heif_opener()
    # Ours are told in words; Pillow's own begin later.
    Image.MAX_IMAGE_PIXELS = None
    try:
        image: Image.Image = Image.open(given, formats=KINDS)
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        given.seek(0)
        raise NotDrawn("broken" if HEADS.match(given.read(16)) else "no-picture") from error
    width, height = image.size
    if width * height > MOST_PIXELS:
        raise NotDrawn("too-large", width=width, height=height)
    return image


def _with_all_shades(image: "Image") -> "Image":
    """What has a palette, or colours of a press, cannot be made smaller well."""
    return image if image.mode in {"RGB", "RGBA", "L"} else image.convert("RGBA")


def _in_plain_colours(image: "Image") -> "Image":
    """Those of a screen, on white: a phone's own are reckoned over before their profile goes.

    Without a profile, or with one that cannot be read or is of other colours, it stays as it is.
    """
    from PIL import Image, ImageCms

    with suppress(ImageCms.PyCMSError, OSError):
        own = ImageCms.ImageCmsProfile(io.BytesIO(image.info.get("icc_profile", b"")))
        image = ImageCms.profileToProfile(image, own, ImageCms.createProfile("sRGB")) or image
    clear = image.convert("RGBA")
    sheet = Image.new("RGB", clear.size, BACKGROUND)
    sheet.paste(clear, mask=clear.getchannel("A"))
    return sheet


if __name__ == "__main__":
    main()

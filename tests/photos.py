"""Photos as phones send them, drawn here: with a place in them, turned, large, broken."""

import io
import struct
import zlib

import pillow_heif
from PIL import Image, ImageCms, ImageDraw, ImageOps

# GPS, date and camera, as a phone writes them.
MAKER, MODEL, TURNED, WHEN, GPS = 0x010F, 0x0110, 0x0112, 0x0132, 0x8825
CAMERA = "見本カメラ"


def scene(width, height):
    """The upper half red, the lower blue: which side is up can be seen."""
    image = Image.new("RGB", (width, height), (0, 0, 220))
    ImageDraw.Draw(image).rectangle([0, 0, width, height // 2 - 1], fill=(220, 0, 0))
    return image


def told(turned=1):
    exif = Image.Exif()
    exif[MAKER], exif[MODEL], exif[WHEN], exif[TURNED] = "MIHON", "PHONE 4711", "2026:11:28 12:00:00", turned
    exif.get_ifd(GPS).update({1: "N", 2: (35.0, 41.0, 22.0), 3: "E", 4: (139.0, 41.0, 30.0)})
    return exif.tobytes()


def profile():
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def written(image, kind, **how):
    out = io.BytesIO()
    image.save(out, kind, **how)
    return out.getvalue()


def jpeg(width=400, height=300, **how):
    how = {"exif": told(), "icc_profile": profile(), "comment": b"PHONE 4711"} | how
    return written(scene(width, height), "JPEG", **how)


def turned_jpeg():
    """Held upright: the sensor's picture lies on its side, and EXIF says so."""
    return jpeg_of(ImageOps.exif_transpose(scene(300, 400)).rotate(90, expand=True), exif=told(turned=6))


def jpeg_of(image, **how):
    return written(image, "JPEG", **how)


def heic(width=400, height=300, **how):
    file = pillow_heif.from_pillow(scene(width, height))
    out = io.BytesIO()
    file.save(out, exif=told(), quality=50, **how)
    return out.getvalue()


def bomb(width=60_000, height=60_000):
    """A PNG of a few bytes whose head promises 3,600 million pixels."""

    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")

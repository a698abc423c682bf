"""Photos of people who do not exist: a head and shoulders in two colours."""

import io

from PIL import Image, ImageDraw

SIDE = 400
# Ground and figure by login; the others have registered none.
COLOURS = {
    "chief": ("#dfe7f5", "#34508c"),
    "hanako": ("#fbe6e0", "#a4483a"),
    "jiro": ("#e2f0e6", "#2f6b46"),
    "taro": ("#efe6f6", "#6a4590"),
}


def portrait(login: str) -> bytes:
    ground, figure = COLOURS[login]
    image = Image.new("RGB", (SIDE, SIDE), ground)
    draw = ImageDraw.Draw(image)
    draw.ellipse([130, 80, 270, 230], fill=figure)
    draw.ellipse([60, 255, 340, 600], fill=figure)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=80)
    return out.getvalue()

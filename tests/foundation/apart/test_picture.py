"""A photo becomes a small JPEG in which nothing stands but the picture; what is none is refused in words.

Slow: each is read by a process of its own, and one has 48 megapixels.
"""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from foundation.apart.picture import NoPhoto, redrawn
from tests import photos

pytestmark = pytest.mark.real_children

RED, BLUE = (220, 0, 0), (0, 0, 220)


def sent(data):
    return redrawn(SimpleUploadedFile("IMG_0001", data), wait=30)


def drawn(data):
    return Image.open(io.BytesIO(sent(data)))


def near(found, wanted):
    return all(abs(one - other) < 40 for one, other in zip(found, wanted, strict=True))


def sides(image):
    """Whether the red is above and the blue below."""
    middle = image.width // 2
    return near(image.getpixel((middle, 5)), RED) and near(image.getpixel((middle, image.height - 5)), BLUE)


@pytest.mark.parametrize("sender", [photos.jpeg, photos.heic])
def test_of_what_a_phone_knows_nothing_is_left(sender):
    data = sender()
    assert b"PHONE 4711" in data
    answer = sent(data)
    image = Image.open(io.BytesIO(answer))
    assert (image.format, image.size, sides(image)) == ("JPEG", (400, 300), True)
    assert (dict(image.getexif()), image.info.get("icc_profile"), image.info.get("comment")) == ({}, None, None)
    assert [word in answer for word in (b"PHONE", b"Exif", b"ICC_PROFILE", b"GPS")] == [False] * 4


def test_a_photo_that_was_held_upright_stands_upright():
    image = drawn(photos.turned_jpeg())
    assert (image.size, sides(image)) == ((300, 400), True)


@pytest.mark.parametrize("sender", [photos.jpeg, photos.heic])
def test_what_the_largest_phones_send_is_made_small(sender):
    image = drawn(sender(8064, 6048))
    assert (image.size, sides(image)) == ((800, 600), True)


def test_a_drawing_without_ground_stands_on_white():
    image = drawn(photos.written(Image.new("RGBA", (40, 40), (0, 0, 0, 0)), "PNG"))
    assert image.getpixel((20, 20)) == (255, 255, 255)


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_other_pictures_are_taken_too(kind):
    assert sides(drawn(photos.written(photos.scene(60, 60), kind)))


@pytest.mark.parametrize("mode", ["L", "P", "1", "CMYK", "LA"])
def test_few_colours_or_those_of_a_press_are_no_obstacle(mode):
    kind = "TIFF" if mode == "CMYK" else "PNG"
    data = photos.written(photos.scene(60, 60).convert(mode), "JPEG" if mode == "CMYK" else kind)
    assert drawn(data).mode == "RGB"


def test_fine_lines_of_few_colours_become_grey_as_an_eye_would_see_them():
    lines = Image.frombytes("1", (1600, 1600), b"\xaa" * 200 * 1600).convert("P")
    assert near(drawn(photos.written(lines, "PNG")).getpixel((400, 400)), (128, 128, 128))


def test_a_phones_own_colours_are_those_of_a_screen_afterwards():
    """In its profile the places of red and green are changed."""
    turned = photos.profile().replace(b"rXYZ", b"-XYZ").replace(b"gXYZ", b"rXYZ").replace(b"-XYZ", b"gXYZ")
    photo = photos.written(Image.new("RGB", (40, 40), RED), "JPEG", icc_profile=turned)
    red, green, blue = drawn(photo).getpixel((20, 20))
    assert (green > red, green > blue) == (True, True)


def refusal(data):
    with pytest.raises(NoPhoto) as refused:
        sent(data)
    return str(refused.value)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no photo",
        b"%PDF-1.7\n",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"GIF89a" + bytes(40),
        photos.written(photos.scene(8, 8), "TIFF"),
        photos.written(photos.scene(8, 8), "GIF"),
    ],
)
def test_what_is_no_photo_is_refused_in_words(data):
    assert refusal(data) == (
        "このファイルは写真として読み取れませんでした。"
        "写真（JPEG、PNG、HEIC、WebP）を選び直してください。登録済みの写真は変わっていません。"
    )


@pytest.mark.parametrize("sender", [photos.jpeg, photos.heic])
def test_a_photo_that_was_cut_off_is_refused_in_words(sender):
    data = sender(1200, 900)
    for rest in (data[: len(data) // 2], data[:24] + bytes(400)):
        assert refusal(rest).startswith("写真のデータが途中で切れているか、壊れています。")


def test_a_bomb_is_not_drawn():
    assert refusal(photos.bomb()).startswith("写真が大きすぎます（60000×60000画素）。")


def test_one_that_takes_too_much_memory_is_refused_in_words(settings):
    settings.READER_MEMORY_MB = 200
    assert refusal(photos.written(photos.scene(6000, 6000), "PNG")).startswith("この写真の読み取りには")

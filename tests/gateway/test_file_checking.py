"""What is kept of a file: the picture and nothing else (W4)."""

from __future__ import annotations

import io

import pytest
from pictures import PDF, PLACE, animated_gif, bomb, jpeg, png, webp
from PIL import Image

from bot.gateway.files.checking import FILE_BYTES, NotAcceptable, TooManyBytes, check_file, file_name


@pytest.mark.parametrize(("make", "media_type"), [(jpeg, "image/jpeg"), (png, "image/png"), (webp, "image/webp")])
def test_nothing_but_the_picture_is_kept(make, media_type) -> None:
    raw = make()
    assert PLACE in raw

    checked = check_file(io.BytesIO(raw), "billede.bin")

    assert checked.media_type == media_type
    assert PLACE not in checked.content
    with Image.open(io.BytesIO(checked.content)) as kept:
        kept.load()
        assert not kept.getexif() and "xmp" not in kept.info and "comment" not in kept.info
        assert not getattr(kept, "text", {})
        assert kept.size == (40, 60)  # it lay on its side, and was turned before that was forgotten
        red, green, blue = kept.convert("RGB").getpixel((20, 30))
        assert red > 150 and green < 80 and blue < 80


def test_a_large_photograph_becomes_smaller() -> None:
    checked = check_file(io.BytesIO(jpeg((6_000, 3_000))), "foto.jpg")
    with Image.open(io.BytesIO(checked.content)) as kept:
        assert max(kept.size) == 4_000


def test_a_picture_that_unpacks_to_too_much_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(TooManyBytes):
        check_file(io.BytesIO(bomb()), "bombe.png")


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"hello",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<!doctype html><script>alert(1)</script>",
        b"MZ\x90\x00",
        b"PK\x03\x04",
        animated_gif(),
        jpeg()[:200],
        png()[:60],
        b"\x89PNG\r\n\x1a\n" + b"\0" * 100,
        b"RIFF\0\0\0\0WEBPVP8 ",
        b"%PDF-1.4 without an end",
        b"GIF89a" + PDF,
    ],
)
def test_what_is_something_else_or_broken_is_refused(raw: bytes) -> None:
    with pytest.raises(NotAcceptable):
        check_file(io.BytesIO(raw), "billede.jpg")


def test_a_pdf_is_kept_as_it_is() -> None:
    checked = check_file(io.BytesIO(PDF), "test.pdf")
    assert (checked.media_type, checked.content) == ("application/pdf", PDF)


def test_more_than_ten_megabytes_are_refused() -> None:
    with pytest.raises(TooManyBytes):
        check_file(io.BytesIO(PDF + b" " * FILE_BYTES), "test.pdf")


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("skærm.JPG", "skærm.jpg"),
        ("skærm.jpeg", "skærm.jpeg"),
        ("../../etc/passwd", "passwd.jpg"),
        ("C:\\Users\\mig\\foto.jpg", "foto.jpg"),
        ("trick.jpg.exe", "trick.jpg.jpg"),
        ("evil\u202egpj.exe", "evilgpj.jpg"),
        ('a"b\r\nSet-Cookie: x=1.jpg', "a bSet-Cookie x=1.jpg"),
        ("", "upload.jpg"),
        ("....", "upload.jpg"),
        ("x" * 300 + ".jpg", "x" * 76 + ".jpg"),
    ],
)
def test_names_are_made_harmless(given: str, shown: str) -> None:
    assert file_name(given, "image/jpeg") == shown

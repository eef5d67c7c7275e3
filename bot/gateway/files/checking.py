"""What a file really is, whatever its name says, and the form in which it may be kept.

A picture is decoded and written anew, so nothing of the file that was sent is kept but its pixels: no place where it
was taken, no comments, nothing hidden behind the end. A PDF is kept as it is and never opened here.
"""

from __future__ import annotations

import io
import logging
import re
import threading
import unicodedata
from dataclasses import dataclass
from typing import IO

from PIL import Image, ImageOps

log = logging.getLogger(__name__)

FILE_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 50_000_000
"""A picture that unpacks to more is refused before it is unpacked."""
LONGEST_SIDE = 4_000
"""Pixels; a larger picture is scaled down to it. A serial number on a label stays legible."""
NAME_CHARACTERS = 80

_FORMATS = {"JPEG": ("image/jpeg", ".jpg"), "PNG": ("image/png", ".png"), "WEBP": ("image/webp", ".webp")}
_PDF = ("application/pdf", ".pdf")
_ENDINGS = {"image/jpeg": (".jpg", ".jpeg"), "image/png": (".png",), "image/webp": (".webp",), _PDF[0]: (".pdf",)}
_PDF_HEAD = re.compile(rb"%PDF-[12]\.\d")
_PDF_END_WITHIN = 2_048
_UNPACKING = threading.Semaphore(2)
"""Pictures unpacked at the same time: each takes up to 600 MB for a moment."""


class NotAcceptable(Exception):
    """No picture or PDF of the kinds we take, or one that is broken."""


class TooManyBytes(Exception):
    """Too large, as it is or unpacked."""


@dataclass(frozen=True)
class Checked:
    """What may be kept. `name` is fit to be shown and to be saved under."""

    name: str
    media_type: str
    content: bytes


def check_file(source: IO[bytes], name: str) -> Checked:
    """Read and clean a file. Blocks. Raises NotAcceptable or TooManyBytes."""
    raw = source.read(FILE_BYTES + 1)
    if len(raw) > FILE_BYTES:
        raise TooManyBytes
    if _PDF_HEAD.match(raw):
        if b"%%EOF" not in raw[-_PDF_END_WITHIN:]:
            raise NotAcceptable
        return Checked(file_name(name, _PDF[0]), _PDF[0], raw)
    if not _is_picture(raw):
        raise NotAcceptable
    with _UNPACKING:
        kind, content = _cleaned(raw)
    if len(content) > FILE_BYTES:
        raise TooManyBytes
    return Checked(file_name(name, kind), kind, content)


def _is_picture(raw: bytes) -> bool:
    webp = raw[:4] == b"RIFF" and raw[8:12] == b"WEBP"
    return webp or raw.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"))


def _cleaned(raw: bytes) -> tuple[str, bytes]:
    """Media type and bytes of the picture written anew. Raises NotAcceptable or TooManyBytes."""
    try:
        with Image.open(io.BytesIO(raw), formats=list(_FORMATS)) as picture:
            form = str(picture.format)
            if picture.width * picture.height > MOST_PIXELS:
                raise TooManyBytes
            picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            picture.load()
            picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            upright = ImageOps.exif_transpose(picture)
            bare = upright.convert(_mode(upright, form))
        bare.info = {}
        out = io.BytesIO()
        bare.save(out, form, **_QUALITY[form])
    except (TooManyBytes, Image.DecompressionBombError):
        raise TooManyBytes from None
    except Exception as error:  # whatever a broken or hostile picture makes of the decoder
        log.info("a picture was refused: %s", type(error).__name__)
        raise NotAcceptable from None
    return _FORMATS[form][0], out.getvalue()


_QUALITY: dict[str, dict[str, int]] = {"JPEG": {"quality": 88}, "PNG": {"compress_level": 6}, "WEBP": {"quality": 88}}


def _mode(picture: Image.Image, form: str) -> str:
    see_through = form != "JPEG" and ("A" in picture.getbands() or "transparency" in picture.info)
    if see_through:
        return "RGBA"
    return "L" if picture.mode in ("1", "L") and form != "WEBP" else "RGB"


def file_name(name: str, media_type: str) -> str:
    """The customer's name for a file without folders, invisible characters and foreign endings."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    plain = "".join(character for character in last if unicodedata.category(character)[0] != "C")
    plain = re.sub(r'[<>:"|?*;%\s]+', " ", plain).strip(" .")
    stem, dot, ending = plain.rpartition(".")
    kept = stem if dot and len(ending) <= 5 else plain
    ours = _ENDINGS[media_type]
    shown = f".{ending.lower()}" if f".{ending.lower()}" in ours else ours[0]
    return (kept.strip(" .")[: NAME_CHARACTERS - len(shown)].rstrip(" .") or "upload") + shown

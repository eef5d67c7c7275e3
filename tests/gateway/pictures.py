"""Files for upload tests: pictures with everything in them that must not be kept, and files that only pretend."""

from __future__ import annotations

import io
import struct
import zlib

from PIL import Image, PngImagePlugin

PLACE = b"SECRETPLACE"
"""Stands in every corner of a picture file where a place, a name or a comment can hide."""

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def _pixels(size: tuple[int, int] = (60, 40)) -> Image.Image:
    picture = Image.new("RGB", size, (200, 30, 30))
    picture.putpixel((0, 0), (0, 0, 255))
    return picture


def _exif() -> Image.Exif:
    exif = Image.Exif()
    exif[0x010E] = PLACE.decode()  # description
    exif[0x0112] = 6  # lies on its side
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (55.0, 40.0, 12.0)
    exif.get_ifd(0x8825)[29] = PLACE.decode()
    return exif


def jpeg(size: tuple[int, int] = (60, 40)) -> bytes:
    """EXIF with GPS, XMP, a comment, and bytes behind the end."""
    out = io.BytesIO()
    _pixels(size).save(out, "JPEG", exif=_exif(), comment=PLACE, xmp=b"<x:xmpmeta>" + PLACE + b"</x:xmpmeta>")
    return out.getvalue() + PLACE


def png() -> bytes:
    """Text chunks of all three kinds, EXIF, a chunk of its own, and bytes behind the end."""
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", PLACE.decode())
    info.add_text("Packed", PLACE.decode(), zip=True)
    info.add_itxt("XML:com.adobe.xmp", PLACE.decode())
    info.add(b"prVt", PLACE)
    out = io.BytesIO()
    _pixels().save(out, "PNG", pnginfo=info, exif=_exif())
    return out.getvalue() + PLACE


def webp() -> bytes:
    """EXIF and XMP chunks."""
    out = io.BytesIO()
    _pixels().save(out, "WEBP", exif=_exif().tobytes(), xmp=b"<x>" + PLACE + b"</x>")
    return out.getvalue()


def bomb() -> bytes:
    """A PNG of a few kilobytes that says it has 400 million pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 20_000, 20_000, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"\0" * 5_000_000, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def animated_gif() -> bytes:
    """A picture of a kind that is not taken."""
    out = io.BytesIO()
    _pixels().save(out, "GIF")
    return out.getvalue()

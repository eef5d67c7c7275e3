"""Files that are there whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path


def write_whole(file: Path, content: bytes) -> None:
    """Put the file there at once, whatever is killed meanwhile. Raises OSError.

    What a killed writer left is written over by the next try: it may hold an address, so nothing of it stays behind.
    """
    part = file.with_name(f"{file.name}.part")
    with part.open("wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    try:
        part.replace(file)
    except FileNotFoundError:
        if not file.exists():  # else another try of the same work was here first
            raise

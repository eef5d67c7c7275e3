"""Where files lie: below `OFFSITE_VAR`, which no address leads to, under names that nobody can guess."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

_NAME = re.compile(r"[A-Za-z0-9_-]{20,64}")


class FileFolder:
    """One file under each id. Calls block."""

    def __init__(self, var: Path) -> None:
        self._folder = var / "files"

    def write(self, file_id: str, content: bytes) -> None:
        """Keep it, whole or not at all, readable by us alone."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        part = self._folder / f"{file_id}.part"
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        part.replace(self._folder / file_id)

    def path(self, file_id: str) -> Path | None:
        """Where it lies; None where it does not."""
        path = self._folder / file_id
        return path if _NAME.fullmatch(file_id) and path.is_file() else None

    def remove(self, file_id: str) -> None:
        """Gone; a second time changes nothing."""
        if _NAME.fullmatch(file_id):
            (self._folder / file_id).unlink(missing_ok=True)

    def remove_strays(self, known: Collection[str], older_than_seconds: float = 3_600.0) -> int:
        """Remove what no conversation knows of (killed between writing and noting); returns how many."""
        removed = 0
        before = time.time() - older_than_seconds
        with suppress(FileNotFoundError):
            for path in self._folder.iterdir():
                if path.name not in known and path.stat().st_mtime < before:
                    path.unlink(missing_ok=True)
                    removed += 1
        return removed

"""Writes our domain as one plain file that stock Rasa reads: `python -m bench.export_domain OUT` (dialogue runtime)."""

from __future__ import annotations

import sys
from pathlib import Path

from bot.dialogue.importer import LanguageTreeImporter

if __name__ == "__main__":
    LanguageTreeImporter("config.yml").get_domain().persist(Path(sys.argv[1]))

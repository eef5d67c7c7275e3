"""Writes every text a customer can read on one page for review: key, Danish, English, where it is used.

make texts        # var/texts.html
"""

from __future__ import annotations

import html
import sys
from itertools import groupby
from pathlib import Path

from actions.casework.facts import Language
from actions.settings import ROOT
from scripts.customer_texts import CustomerText, customer_texts

_LOOKED_AT = ("actions", "bot", "data/rules")
_SUFFIXES = {".py", ".yml", ".ts"}
_LEFT_OUT = {"responses", "articles", "node_modules", "dist"}
_STYLE = (
    "body{font:15px/1.5 system-ui,sans-serif;margin:2rem}table{border-collapse:collapse;width:100%}"
    "td,th{border:1px solid #ccc;padding:.4rem .6rem;vertical-align:top;text-align:left}"
    "td:first-child,td:last-child{font:12px ui-monospace,monospace;color:#555}h2{margin-top:2rem}"
)


def main(out: Path) -> None:
    """Write the page."""
    english = {(text.place, text.key): text for text in customer_texts(Language.EN)}
    danish, sources = list(customer_texts(Language.DA)), _sources()
    parts = [f"<!doctype html><meta charset=utf-8><title>Texts</title><style>{_STYLE}</style><h1>Texts</h1>"]
    for place, texts in groupby(danish, key=lambda text: text.place):
        parts.append(f"<h2>{html.escape(place)}</h2><table><tr><th>key<th>dansk<th>English<th>used in</tr>")
        parts += [_row(text, english[text.place, text.key], sources) for text in texts]
        parts.append("</table>")
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text("\n".join(parts), encoding="utf-8")
    print(f"{len(danish)} texts: {out}")


def _row(danish: CustomerText, english: CustomerText, sources: dict[str, str]) -> str:
    used = [name for name, content in sources.items() if danish.key in content]
    cells = [danish.key, _shown(danish), _shown(english), "\n".join(used) or "by rule of its name"]
    return "<tr>" + "".join(f"<td>{html.escape(cell).replace(chr(10), '<br>')}" for cell in cells) + "</tr>"


def _shown(text: CustomerText) -> str:
    return "\n".join([text.text, *(f"[{title}]" for title in text.buttons)])


def _sources() -> dict[str, str]:
    """What may use a text: code and rules, not the files of texts themselves."""
    files = (file for place in _LOOKED_AT for file in (ROOT / place).rglob("*") if file.suffix in _SUFFIXES)
    return {
        str(file.relative_to(ROOT)): file.read_text(encoding="utf-8")
        for file in sorted(files)
        if not _LEFT_OUT & set(file.parts)
    }


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "var/texts.html")

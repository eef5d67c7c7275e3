"""Writes every text a customer can read on one page for review: key, Danish, English, where it is used.

make texts        # var/texts.html
"""

from __future__ import annotations

import html
import sys
from pathlib import Path

from actions.adapters.texts import ResponseTexts
from actions.casework.facts import Language
from actions.settings import ROOT

_LOOKED_AT = ("actions", "bot", "data/rules")
_SUFFIXES = {".py", ".yml"}
_STYLE = (
    "body{font:15px/1.5 system-ui,sans-serif;margin:2rem}table{border-collapse:collapse;width:100%}"
    "td,th{border:1px solid #ccc;padding:.4rem .6rem;vertical-align:top;text-align:left}"
    "td:first-child,td:last-child{font:12px ui-monospace,monospace;color:#555}h2{margin-top:2rem}"
)


def main(out: Path) -> None:
    """Write the page."""
    texts, sources = ResponseTexts(), _sources()
    by_file: dict[str, list[str]] = {}
    for key in sorted(texts.keys(Language.DA)):
        file = texts.file_of(key, Language.DA).relative_to(ROOT / "bot/dialogue/responses/da")
        by_file.setdefault(str(file), []).append(key)
    parts = [f"<!doctype html><meta charset=utf-8><title>Texts</title><style>{_STYLE}</style><h1>Texts</h1>"]
    for name, keys in sorted(by_file.items()):
        parts.append(f"<h2>{html.escape(name)}</h2><table><tr><th>key<th>dansk<th>English<th>used in</tr>")
        parts += [_row(key, texts, sources) for key in keys]
        parts.append("</table>")
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text("\n".join(parts), encoding="utf-8")
    print(f"{sum(map(len, by_file.values()))} texts: {out}")


def _row(key: str, texts: ResponseTexts, sources: dict[str, str]) -> str:
    used = [name for name, content in sources.items() if key in content]
    cells = [
        key,
        _text(texts, key, Language.DA),
        _text(texts, key, Language.EN),
        "\n".join(used) or "by rule of its name",
    ]
    return "<tr>" + "".join(f"<td>{html.escape(cell).replace(chr(10), '<br>')}" for cell in cells) + "</tr>"


def _text(texts: ResponseTexts, key: str, language: Language) -> str:
    shown = texts.text(key, language, **{name: f"{{{name}}}" for name in texts.placeholders(key, language)})
    return "\n".join([shown, *(f"[{button['title']}]" for button in texts.buttons(key, language))])


def _sources() -> dict[str, str]:
    """What may use a text: code and rules, not the response files themselves."""
    files = (file for place in _LOOKED_AT for file in (ROOT / place).rglob("*") if file.suffix in _SUFFIXES)
    return {
        str(file.relative_to(ROOT)): file.read_text(encoding="utf-8")
        for file in sorted(files)
        if "responses" not in file.parts
    }


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "var/texts.html")

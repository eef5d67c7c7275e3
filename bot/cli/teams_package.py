"""The app package for Microsoft Teams: a manifest in two languages and two icons, in a zip file."""

from __future__ import annotations

import io
import json
import zipfile
from importlib.metadata import version
from typing import Any
from urllib.parse import urlsplit

from PIL import Image, ImageDraw

from actions.ports import Language, Texts
from actions.settings import Settings

SCHEMA = "https://developer.microsoft.com/json-schemas/teams/v1.19"
ACCENT = "#0B5FFF"
_COMMANDS = ("fault", "status", "person")


def package(settings: Settings, texts: Texts) -> bytes:
    """The zip file. The same settings give the same bytes."""
    files = {
        "manifest.json": _json(manifest(settings, texts)),
        "en.json": _json(translation(texts, Language.EN)),
        "color.png": _png(color_icon()),
        "outline.png": _png(outline_icon()),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0)), content)
    return out.getvalue()


def manifest(settings: Settings, texts: Texts) -> dict[str, Any]:
    """The manifest, in Danish; `en.json` has the English words."""
    da = Language.DA

    def say(key: str) -> str:
        return texts.text(f"teams_{key}", da)

    scopes = ["personal", "team", "groupChat"]
    commands = [{"title": say(f"command_{name}"), "description": say(f"command_{name}_about")} for name in _COMMANDS]
    return {
        "$schema": f"{SCHEMA}/MicrosoftTeams.schema.json",
        "manifestVersion": "1.19",
        "version": version("hp-offsite-assistant"),
        "id": settings.teams_app_id,
        "developer": {
            "name": say("app_name"),
            "websiteUrl": settings.public_url,
            "privacyUrl": f"{settings.public_url}/privacy",
            "termsOfUseUrl": f"{settings.public_url}/privacy",
        },
        "name": {"short": say("app_name"), "full": say("app_full_name")},
        "description": {"short": say("app_short"), "full": say("app_long")},
        "icons": {"color": "color.png", "outline": "outline.png"},
        "accentColor": ACCENT,
        "localizationInfo": {
            "defaultLanguageTag": "da",
            "additionalLanguages": [{"languageTag": "en", "file": "en.json"}],
        },
        "bots": [
            {
                "botId": settings.teams_app_id,
                "scopes": scopes,
                "supportsFiles": False,
                "isNotificationOnly": False,
                "commandLists": [{"scopes": scopes, "commands": commands}],
            }
        ],
        "validDomains": [urlsplit(settings.public_url).netloc],
    }


def translation(texts: Texts, language: Language) -> dict[str, Any]:
    """The manifest's words in another language."""

    def say(key: str) -> str:
        return texts.text(f"teams_{key}", language)

    words = {
        "$schema": f"{SCHEMA}/MicrosoftTeams.Localization.schema.json",
        "name.short": say("app_name"),
        "name.full": say("app_full_name"),
        "description.short": say("app_short"),
        "description.full": say("app_long"),
    }
    for number, name in enumerate(_COMMANDS):
        command = f"bots[0].commandLists[0].commands[{number}]"
        words |= {f"{command}.title": say(f"command_{name}"), f"{command}.description": say(f"command_{name}_about")}
    return words


def color_icon() -> Image.Image:
    """192 × 192: a laptop with a tick, on the accent colour, inside Teams' safe area."""
    icon = Image.new("RGB", (768, 768), ACCENT)
    _laptop(ImageDraw.Draw(icon), 4, "white", ACCENT)
    return icon.resize((192, 192), Image.Resampling.LANCZOS)


def outline_icon() -> Image.Image:
    """32 × 32: the same in white on nothing."""
    icon = Image.new("RGBA", (768, 768), (255, 255, 255, 0))
    _laptop(ImageDraw.Draw(icon), 4, "white", None)
    return icon.resize((32, 32), Image.Resampling.LANCZOS)


def _laptop(draw: ImageDraw.ImageDraw, scale: int, ink: str, paper: str | None) -> None:
    """On a square of 192 units."""

    def at(*points: float) -> list[float]:
        return [point * scale for point in points]

    width = (8 if paper else 14) * scale
    draw.rounded_rectangle(at(48, 50, 144, 118), 8 * scale, outline=ink, width=width)
    draw.rounded_rectangle(at(34, 126, 158, 142), 8 * scale, fill=ink)
    draw.line(at(74, 84, 90, 99, 120, 68), fill=ink, width=width, joint="curve")


def _png(icon: Image.Image) -> bytes:
    out = io.BytesIO()
    icon.save(out, "PNG", optimize=True)
    return out.getvalue()


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=2).encode()

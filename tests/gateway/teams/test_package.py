"""The app package is what Microsoft's schema says, in both languages; `offsite teams check` names what is missing."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import httpx
import jsonschema
import pytest
from front_door import GatewayUnderTest
from PIL import Image
from typer.testing import CliRunner

from actions.settings import variable_names
from bot.cli.main import app
from bot.cli.teams import TIMEOUT, _endpoint
from tests.support.playground import FOLDER
from tests.support.postgres import missing
from tests.support.teams import APP_ID, Microsoft

SCHEMAS = FOLDER / "node_modules/@microsoft/app-manifest/build/json-schemas/teams/v1.19"
PUBLIC = "https://support.example.com"


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, microsoft: Microsoft) -> dict[str, str]:
    monkeypatch.chdir(tmp_path)
    variables = {field: variable for variable, field in variable_names().items()}
    for variable in variables.values():
        monkeypatch.delenv(variable, raising=False)
    settings = microsoft.settings() | {"public_url": PUBLIC}
    found = {variables[field]: value for field, value in settings.items()}
    for name, value in found.items():
        monkeypatch.setenv(name, value)
    return found


def packed(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def valid(value: Any, schema: str) -> None:
    if not SCHEMAS.is_dir():
        missing("npm packages of tests/playground")
    rules = json.loads((SCHEMAS / schema).read_text(encoding="utf-8"))
    jsonschema.Draft4Validator(rules, format_checker=jsonschema.FormatChecker()).validate(value)


def test_the_package_is_what_the_schema_says(environment: dict[str, str], tmp_path: Path):
    done = CliRunner().invoke(app, ["teams", "package", "--out", str(tmp_path / "app.zip")])
    assert done.exit_code == 0, done.output
    files = packed(tmp_path / "app.zip")
    manifest, english = json.loads(files["manifest.json"]), json.loads(files["en.json"])
    valid(manifest, "MicrosoftTeams.schema.json")
    valid(english, "MicrosoftTeams.Localization.schema.json")
    assert set(files) == {"manifest.json", "en.json", *manifest["icons"].values()}
    assert manifest["bots"][0]["botId"] == APP_ID
    assert {"personal", "team"} <= set(manifest["bots"][0]["scopes"])
    assert manifest["validDomains"] == ["support.example.com"]
    assert manifest["localizationInfo"]["defaultLanguageTag"] == "da"
    assert len(manifest["bots"][0]["commandLists"][0]["commands"]) == len(
        [key for key in english if key.endswith("title")]
    )
    assert english["description.short"] != manifest["description"]["short"]


def test_the_icons_have_the_size_and_colours_that_teams_asks_for(environment: dict[str, str], tmp_path: Path):
    CliRunner().invoke(app, ["teams", "package", "--out", str(tmp_path / "app.zip")])
    files = packed(tmp_path / "app.zip")
    color, outline = (Image.open(io.BytesIO(files[name])) for name in ("color.png", "outline.png"))
    assert color.size == (192, 192) and outline.size == (32, 32)
    assert {pixel[:3] for pixel in outline.getdata() if pixel[3] > 0} <= {(255, 255, 255)}
    assert any(pixel[3] == 0 for pixel in outline.getdata()) and any(pixel[3] == 255 for pixel in outline.getdata())
    assert len(set(color.getdata())) > 2


def test_the_same_settings_give_the_same_package(environment: dict[str, str], tmp_path: Path):
    for name in ("one.zip", "two.zip"):
        CliRunner().invoke(app, ["teams", "package", "--out", str(tmp_path / name)])
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("OFFSITE_TEAMS_APP_ID", "our-bot"),
        ("OFFSITE_PUBLIC_URL", ""),
        ("OFFSITE_PUBLIC_URL", "http://plain.example.com"),
    ],
)
def test_no_package_without_what_it_needs(
    environment: dict[str, str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, variable: str, value: str
):
    monkeypatch.setenv(variable, value)
    done = CliRunner().invoke(app, ["teams", "package", "--out", str(tmp_path / "app.zip")])
    assert done.exit_code == 2 and variable in done.stderr
    assert not (tmp_path / "app.zip").exists()


def findings(*arguments: str) -> dict[str, dict[str, Any]]:
    done = CliRunner().invoke(app, ["teams", "check", "--json", *arguments])
    found = {finding["check"]: finding for finding in json.loads(done.stdout)}
    assert done.exit_code == (0 if all(finding["ok"] for finding in found.values()) else 1)
    assert all(finding["ok"] or finding["advice"] for finding in found.values())
    return found


def test_check_sees_keys_and_sign_in(
    environment: dict[str, str], microsoft: Microsoft, monkeypatch: pytest.MonkeyPatch
):
    found = findings()
    assert found["signing keys"]["ok"] and found["sign-in"]["ok"]
    assert not found["messaging endpoint"]["ok"], "nobody is at that address"
    assert not found["OFFSITE_TEAMS_SERVICE_URLS"]["ok"], "the test's own connector is not https"
    microsoft.token_status = 401
    monkeypatch.setenv("OFFSITE_TEAMS_APP_SECRET", "an-old-one")
    assert "SECRET" in findings()["sign-in"]["advice"]
    microsoft.stop()
    found = findings()
    assert not found["signing keys"]["ok"] and not found["sign-in"]["ok"]
    assert "an-old-one" not in json.dumps(found)


def test_check_names_what_is_not_set(environment: dict[str, str], monkeypatch: pytest.MonkeyPatch):
    for variable in environment:
        monkeypatch.delenv(variable)
    found = findings()
    assert {name for name, finding in found.items() if not finding["ok"]} == {
        "OFFSITE_TEAMS_APP_ID",
        "OFFSITE_PUBLIC_URL",
    }


def test_half_a_registration_is_refused_at_start(environment: dict[str, str], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("OFFSITE_TEAMS_APP_SECRET")
    done = CliRunner().invoke(app, ["teams", "check"])
    assert done.exit_code == 2 and "OFFSITE_TEAMS_APP_SECRET" in done.stderr


def test_the_endpoint_is_there_and_lets_nobody_in(teams: GatewayUnderTest):
    settings = teams.settings.model_copy(update={"public_url": teams.base})
    with httpx.Client(timeout=TIMEOUT, trust_env=False) as client:
        assert _endpoint(settings, client).ok

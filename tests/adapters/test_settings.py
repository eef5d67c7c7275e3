"""Settings: each listed for operators, each checked with a message that names it."""

from pathlib import Path

import pytest

from actions.settings import ROOT, Settings, SettingsError, load_settings, variable_names


def example_file() -> dict[str, tuple[str, str]]:
    """Variable → (value, the comment line above it) of .env.example."""
    found: dict[str, tuple[str, str]] = {}
    above = ""
    for line in (ROOT / ".env.example").read_text(encoding="utf-8").splitlines():
        if "=" in line and not line.startswith("#"):
            name, _, value = line.partition("=")
            found[name] = (value, above)
        above = line
    return found


def test_every_setting_is_in_the_example_with_a_comment():
    example = example_file()
    assert set(example) == set(variable_names())
    assert all(comment.startswith("# ") for _, comment in example.values())


def test_the_example_shows_the_defaults(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    for name in variable_names():
        monkeypatch.delenv(name, raising=False)
    defaults = load_settings()
    (tmp_path / ".env").write_text((ROOT / ".env.example").read_text(encoding="utf-8"), encoding="utf-8")
    assert load_settings() == defaults


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("OFFSITE_PORT", "eighty"),
        ("OFFSITE_PORT", "70000"),
        ("DATABASE_URL", "mysql://somewhere/else"),
        ("REDIS_URL", "localhost"),
        ("OFFSITE_GATEWAY_URL", "localhost:8080"),
        ("OFFSITE_SMTP_SECURITY", "perhaps"),
    ],
)
def test_a_bad_value_is_refused_by_name(monkeypatch, tmp_path, name, value):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=name):
        load_settings()


def test_stores_are_files_in_var_unless_a_database_is_named(tmp_path: Path):
    here = Settings(_env_file=None, var=tmp_path, database_url="")
    assert here.database("chat") == f"sqlite:///{tmp_path}/chat.db"
    there = Settings(_env_file=None, var=tmp_path, database_url="postgresql://u:p@db/offsite")
    assert there.database("casework") == "postgresql+psycopg://u:p@db/offsite"


def test_secrets_do_not_show_when_settings_are_printed():
    shown = repr(Settings(_env_file=None, secret="hush-hush", smtp_password="sesame"))
    assert "hush-hush" not in shown and "sesame" not in shown


def test_every_setting_is_documented():
    page = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    assert [name for name in variable_names() if f"| `{name}` |" not in page] == []

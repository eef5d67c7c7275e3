"""`offsite chat`, piped: what a customer reads in a terminal."""

from __future__ import annotations

import typer
from stub_rasa import ask
from typer.testing import CliRunner

from bot.cli.chat import chat

app = typer.Typer()
app.command()(chat)


def test_a_piped_conversation(start, rasa):
    rasa.answer = lambda heard: {
        "/session_open": ask("Hent eller send?", "delivery", "choice", pickup="Afhentning", depot="Jeg sender selv"),
        '/choose{"choice": "depot"}': [
            {"text": "Labelen er klar."},
            {"custom": {"card": "booking", "data": {}}},
        ],
    }.get(heard["message"], [{"text": f"Tak for »{heard['message']}«"}])
    gateway = start()
    shown = CliRunner().invoke(app, ["--language", "da", "--url", gateway.base], input="2\n\n7\nfarvel\n")
    assert shown.exit_code == 0, shown.output
    assert shown.output.split("\n\n") == [
        "Hent eller send?\n  1) Afhentning\n  2) Jeg sender selv",
        "[booking]\nLabelen er klar.",
        "Tak for »7«",
        "Tak for »farvel«",
        "",
    ]


def test_nobody_there_is_said_on_stderr_with_exit_code_2(start):
    gateway = start()
    gateway.stop()
    shown = CliRunner().invoke(app, ["--url", gateway.base])
    assert shown.exit_code == 2 and gateway.base in shown.stderr and shown.stdout == ""


def test_a_refusal_is_told_in_words(start):
    shown = CliRunner().invoke(app, ["--url", start().base, "--language", "sv"])
    assert shown.exit_code == 2 and "We could not read" in shown.stderr

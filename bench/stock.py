"""The same bot on stock Rasa: our domain, data and action server; the pipeline, policies and channel of `rasa init`."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from pathlib import Path

import psutil
import yaml

from actions.settings import ROOT
from bench.stock_pipeline import stock_pipeline

PYTHON = ROOT / ".venv-rasa/bin/python"
EPOCHS = int(os.environ.get("BENCH_STOCK_EPOCHS", "5"))
"""Of the 100 that `rasa init` writes: more epochs cost training, not answering."""
_QUIET = {"RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3", "LOG_LEVEL": "WARNING"}

CONFIG = {
    "recipe": "default.v1",
    "assistant_id": "stock",
    "language": "da",
    "pipeline": [
        *stock_pipeline(EPOCHS),
        {"name": "ResponseSelector", "epochs": EPOCHS, "constrain_similarities": True},
    ],
    "policies": [
        {"name": "MemoizationPolicy"},
        {"name": "RulePolicy"},
        {"name": "UnexpecTEDIntentPolicy", "max_history": 5, "epochs": EPOCHS},
        {"name": "TEDPolicy", "max_history": 5, "epochs": EPOCHS, "constrain_similarities": True},
    ],
}
# `rasa init` comes with stories, and TED and UnexpecTED learn from nothing else: one that agrees with our rules.
STORY = """
version: "3.1"
stories:
- story: hello and thanks
  steps: [{intent: greet}, {action: utter_hello}, {intent: thank}, {action: utter_you_are_welcome}]
"""


def make_project(folder: Path) -> Path:
    """The stock project; its folder."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for part in ("nlu", "rules"):
        shutil.copytree(ROOT / "data" / part, folder / "data" / part)
    (folder / "config.yml").write_text(yaml.safe_dump(CONFIG, sort_keys=False), encoding="utf-8")
    (folder / "data/stories.yml").write_text(STORY, encoding="utf-8")
    (folder / "credentials.yml").write_text("rest:\n", encoding="utf-8")
    subprocess.run(
        [str(PYTHON), "-m", "bench.export_domain", str(folder / "domain.yml")], cwd=ROOT, check=True, env=_env()
    )
    return folder


def train(project: Path) -> None:
    """Train once; a model made from the same files is taken from the last run."""
    kept = ROOT / ".cache/bench" / f"{_content(project)}.tar.gz"
    if not kept.exists():
        command = [str(PYTHON), "-m", "rasa", "train", "--skip-validation", "--fixed-model-name", "stock"]
        subprocess.run(command, cwd=project, check=True, env=_env(), capture_output=True)
        kept.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(project / "models/stock.tar.gz", kept)
    (project / "models").mkdir(exist_ok=True)
    shutil.copy(kept, project / "models/stock.tar.gz")


def serve(project: Path, port: int, actions_url: str, secret: str) -> psutil.Popen:
    """Start stock Rasa on loopback, with the action server of the stack under test."""
    endpoints = {"action_endpoint": {"url": f"{actions_url}/webhook?secret={secret}"}}
    (project / "endpoints.yml").write_text(yaml.safe_dump(endpoints), encoding="utf-8")
    command = [str(PYTHON), "-m", "rasa", "run", "-i", "127.0.0.1", "-p", str(port), "--model", "models/stock.tar.gz"]
    with (project / "rasa.log").open("wb") as log:
        return psutil.Popen(
            [*command, "--endpoints", "endpoints.yml", "--credentials", "credentials.yml"],
            cwd=project,
            env=_env(),
            stdout=log,
            stderr=log,
        )


def _content(project: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(project.rglob("*.yml")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _env() -> dict[str, str]:
    return {**os.environ, **_QUIET, "PYTHONWARNINGS": "ignore"}

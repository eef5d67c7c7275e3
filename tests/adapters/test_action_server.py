"""`python -m actions` as a process: private, quiet, and gone when told to go."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from actions.settings import ROOT

SECRET = {"X-Offsite-Secret": "hush"}
CALL = {
    "next_action": "action_of_nobody",
    "sender_id": "c-1",
    "tracker": {"sender_id": "c-1", "slots": {}, "latest_message": {"text": "hemmelig besked"}, "events": []},
    "domain": {},
}


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[tuple[str, subprocess.Popen, Path]]:
    var = tmp_path_factory.mktemp("actions")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment |= {"OFFSITE_VAR": str(var), "OFFSITE_SECRET": "hush", "OFFSITE_ACTIONS_PORT": str(port)}
    log = var / "log"
    with log.open("w") as out:
        process = subprocess.Popen([sys.executable, "-m", "actions"], cwd=ROOT, env=environment, stdout=out, stderr=out)
    url = f"http://127.0.0.1:{port}"
    for _ in range(300):
        try:
            if requests.get(f"{url}/health", timeout=1).ok:
                break
        except requests.RequestException:
            assert process.poll() is None, log.read_text()
            time.sleep(0.1)
    yield url, process, log
    if process.poll() is None:
        process.kill()
        process.wait()


def test_only_who_knows_the_secret_may_call(server):
    url, _, _ = server
    assert requests.post(f"{url}/webhook", json=CALL, timeout=5).status_code == 401
    assert requests.get(f"{url}/actions", timeout=5).status_code == 401
    assert requests.get(f"{url}/actions", headers=SECRET, timeout=5).status_code == 200
    assert requests.get(f"{url}/actions?secret=hush", timeout=5).status_code == 200
    assert requests.post(f"{url}/webhook", json=CALL, headers=SECRET, timeout=5).status_code == 404


def test_every_action_of_the_domain_is_served(server):
    url, _, _ = server
    served = {action["name"] for action in requests.get(f"{url}/actions", headers=SECRET, timeout=5).json()}
    assert {"action_open_case", "action_book_shipment", "action_hand_over"} <= served


@pytest.mark.parametrize("body", [b"", b"[]", b"null", b"{", b'{"tracker": "hemmelig besked"}', b"\xff"])
def test_a_hostile_body_is_answered_briefly(server, body):
    url, _, _ = server
    answer = requests.post(f"{url}/webhook", data=body, headers=SECRET, timeout=5)
    assert answer.status_code in (200, 400, 404, 500)
    assert "hemmelig" not in answer.text


def test_it_logs_no_customer_text_and_stops_when_told(server):
    url, process, log = server
    requests.post(f"{url}/webhook", data=json.dumps(CALL), headers=SECRET, timeout=5)
    process.send_signal(signal.SIGTERM)
    assert process.wait(20) == 0
    written = log.read_text(encoding="utf-8")
    assert "action server on 127.0.0.1" in written
    assert "hemmelig" not in written


def test_without_a_secret_it_does_not_start(tmp_path):
    environment = {name: value for name, value in os.environ.items() if name != "OFFSITE_SECRET"}
    done = subprocess.run(
        [sys.executable, "-m", "actions"],
        cwd=ROOT,
        env=environment | {"OFFSITE_VAR": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 1
    assert "OFFSITE_SECRET" in done.stderr

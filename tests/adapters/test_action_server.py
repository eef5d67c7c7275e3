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
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import requests

from actions.adapters.remote_workflows import RemoteWorkflows
from actions.bootstrap import open_stores
from actions.casework.shipping.dates import free_dates
from actions.ports import Rejected, ShipmentBooked, Unavailable
from actions.settings import ROOT, Settings
from tests.support.examples import a_request, some_facts

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


def test_another_process_has_durable_work_done(server):
    url, _, log = server
    stores = open_stores(Settings(_env_file=None, var=log.parent))
    far = RemoteWorkflows(url, SECRET["X-Offsite-Secret"])
    now = datetime.now(ZoneInfo("Europe/Copenhagen"))
    case, _ = stores.desk.open(some_facts(conversation="c-9"), "key", now)
    far.after_opening(case.case_id)
    day, windows = free_dates(now)[3]
    request = a_request(case.case_id, pickup_date=day, pickup_window=windows[0])
    first, second = far.ship(request, 0, 8.0), far.ship(request, 0, 8.0)
    assert isinstance(first, ShipmentBooked) and first == second
    assert [booking.booking_id for booking in stores.courier.of_case(case.case_id)] == [first.booking.booking_id]
    far.after_change(case.case_id, "booking_cancelled", 1)
    with pytest.raises(Rejected):
        far.ship(a_request("HPO-NONE99"), 0, 0.0)
    with pytest.raises(Rejected):
        RemoteWorkflows(url, "wrong").after_opening(case.case_id)
    with pytest.raises(Unavailable):
        RemoteWorkflows("none", "hush").after_opening(case.case_id)
    with pytest.raises(Unavailable):
        RemoteWorkflows("http://127.0.0.1:9", "hush").after_opening(case.case_id)
    for path, body in (("ship", {}), ("ship", []), ("ship", {"request": {}, "attempt": "x", "wait": 1})):
        assert requests.post(f"{url}/workflows/{path}", json=body, headers=SECRET, timeout=5).status_code == 400
    assert requests.post(f"{url}/workflows/nothing", json={}, headers=SECRET, timeout=5).status_code == 404
    assert requests.post(f"{url}/workflows/ship", json={}, timeout=5).status_code == 401


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

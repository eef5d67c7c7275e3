"""The one file of the web chat: packed, cached, and the same as what its source gives."""

from __future__ import annotations

import gzip
import shutil
import subprocess

from bot.gateway.widget import BUILT
from tests.support.postgres import missing

SOURCE = BUILT.parents[1]


def test_the_widget_is_served_packed_and_asked_for_again_cheaply(start):
    gateway = start()
    answer = gateway.get("/widget.js")
    assert answer.status_code == 200 and answer.content == BUILT.read_bytes()
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["content-type"].startswith("text/javascript")
    assert "max-age" in answer.headers["cache-control"] and answer.headers["vary"] == "Accept-Encoding, Origin"
    again = gateway.get("/widget.js", headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304 and not again.content
    plain = gateway.get("/widget.js", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers and plain.content == BUILT.read_bytes()


def test_the_widget_keeps_its_budget():
    """channels.md: 20 KB packed."""
    assert len(gzip.compress(BUILT.read_bytes(), 9)) <= 20 * 1024


def test_the_built_file_is_what_its_source_gives(tmp_path):
    """`npm run build` in bot/widget makes it anew; `npm run types` says what is wrong."""
    if shutil.which("node") is None or not (SOURCE / "node_modules").is_dir():
        missing("the web chat's tools")
    rebuilt = tmp_path / "widget.js"
    for command in (["node", "node_modules/typescript/bin/tsc", "--noEmit"], ["node", "build.mjs", str(rebuilt)]):
        done = subprocess.run(command, cwd=SOURCE, capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stdout + done.stderr
    assert rebuilt.read_bytes() == BUILT.read_bytes(), "dist/widget.js is older than src/: npm run build"

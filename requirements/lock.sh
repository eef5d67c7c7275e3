#!/usr/bin/env bash
# Locks both runtimes (and uv itself) anew: exact versions and hashes, no download addresses. Run after editing a *.in file.
set -euo pipefail
cd "$(dirname "$0")"
compile() { uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --custom-compile-command "requirements/lock.sh" "$@"; }
compile --python-version 3.10 dialogue.in --overrides dialogue.overrides -o dialogue.txt
compile --python-version 3.11 app.in -o app.txt
compile --python-version 3.9 uv.in -o uv.txt

"""Tests of what Rasa loads: collected only in the dialogue runtime (`.venv-rasa`)."""

from importlib.util import find_spec

collect_ignore_glob = [] if find_spec("rasa") else ["*"]

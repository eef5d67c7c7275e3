"""Imported first: keeps what Rasa imports from using more of the machine than it needs, and from talking.

Rasa imports TensorFlow even where no component uses it; this makes that as cheap as it can be.
"""

from __future__ import annotations

import logging
import os
import sys
import warnings
from collections.abc import MutableMapping
from typing import Any

import structlog

for name, value in {
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "CUDA_VISIBLE_DEVICES": "-1",
    "TF_ENABLE_ONEDNN_OPTS": "0",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "TF_NUM_INTRAOP_THREADS": "1",
    "TF_NUM_INTEROP_THREADS": "1",
    "RASA_TELEMETRY_ENABLED": "false",
    "LOG_LEVEL": "WARNING",
    "LOG_LEVEL_LIBRARIES": "ERROR",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
}.items():
    os.environ.setdefault(name, value)

warnings.filterwarnings("ignore", category=DeprecationWarning)
warnings.filterwarnings("ignore", message="Slot auto-fill has been removed")
warnings.filterwarnings("ignore", message="'RulePolicy' is not included")  # LeanRulePolicy is one


def _without_words(_: object, __: str, event: MutableMapping[str, Any]) -> str:
    """Of Rasa's structured log only what happened: its fields hold what customers wrote."""
    return "\n".join(str(event[part]) for part in ("level", "event", "exception") if part in event)


# Unconfigured, structlog prints every debug line of Rasa, and draws each traceback with all its variables.
structlog.configure(
    processors=[structlog.stdlib.add_log_level, structlog.processors.format_exc_info, _without_words],
    wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING),
    logger_factory=structlog.PrintLoggerFactory(sys.stderr),
)
logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s %(message)s")

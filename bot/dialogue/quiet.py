"""Imported first: keeps what Rasa imports from using more of the machine than it needs, and from talking.

Rasa imports TensorFlow even where no component uses it; this makes that as cheap as it can be.
"""

from __future__ import annotations

import logging
import os
import warnings

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

# Unconfigured, structlog prints every debug line of Rasa, customers' words among them.
structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s %(message)s")

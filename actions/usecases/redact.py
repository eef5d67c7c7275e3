"""Redaction for the gateway, which reaches casework only through the use cases."""

from actions.casework.redaction import MARKS, Secret, redact

__all__ = ["MARKS", "Secret", "redact"]

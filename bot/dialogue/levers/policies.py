"""Rasa's rule policy without what it does only for its debug log."""

from __future__ import annotations

from typing import Any

from rasa.core.policies.rule_policy import RulePolicy
from rasa.engine.recipes.default_recipe import DefaultV1Recipe


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True)
class LeanRulePolicy(RulePolicy):
    """Decides as RulePolicy does. Every prediction used to format and deep-copy the whole past for a debug line."""

    @staticmethod
    def format_tracker_states(states: list[dict[str, Any]]) -> str:
        """Nothing: the debug line is all it was for."""
        return ""

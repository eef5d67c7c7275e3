"""The understanding pipeline that `rasa init` of 3.6 writes: ours is set beside it, in speed and in exactness."""

from __future__ import annotations

from typing import Any


def stock_pipeline(epochs: int) -> list[dict[str, Any]]:
    """Whole but for what answers (no responses to choose from); with a seed, so that two trainings are alike."""
    return [
        {"name": "WhitespaceTokenizer"},
        {"name": "RegexFeaturizer"},
        {"name": "LexicalSyntacticFeaturizer"},
        {"name": "CountVectorsFeaturizer"},
        {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
        {"name": "DIETClassifier", "epochs": epochs, "constrain_similarities": True, "random_seed": 1},
        {"name": "EntitySynonymMapper"},
        {"name": "FallbackClassifier", "threshold": 0.3, "ambiguity_threshold": 0.1},
    ]

"""What is measured: ours and three others, each with where to click and what to wait for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Chat:
    """A chat on the host page `name`. `opener` is clicked where it starts closed; `writing` is where one writes."""

    name: str
    title: str
    writing: str
    opener: str = ""


OURS = Chat("ours", "this widget", "#write", "#launch")
PEERS = (
    Chat("webchat", "botframework-webchat 4.18.1, minimal", ".webchat__send-box-text-box__input"),
    Chat("deepchat", "deep-chat 2.4.2", "#text-input"),
    Chat("rasa", "rasa-webchat 1.0.1", ".rw-new-message", ".rw-launcher"),
)
EMPTY = Chat("empty", "the page alone", "h1")
"""The floor: what the page costs without a chat."""

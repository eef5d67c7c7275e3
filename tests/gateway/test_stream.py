"""Server-sent events: replay, resumption, state, typing, the end."""

from __future__ import annotations

import json
import threading

from stub_rasa import until

from bot.gateway.channels.web import reading


class Stream(threading.Thread):
    """Reads a stream until it ends or `close`d; messages are (event name, id, data)."""

    def __init__(self, chat, path="/events", **headers):
        super().__init__(daemon=True)
        self.messages = []
        self.beats = 0
        self.headers = {}
        self._chat, self._path, self._closed = chat, path, False
        self._sent = {"Accept": "text/event-stream"} | {k.replace("_", "-"): v for k, v in headers.items()}
        self.start()

    def run(self):
        with self._chat.http.stream("GET", self._path, headers=self._sent) as answer:
            self.headers = dict(answer.headers)
            fields = {}
            for line in answer.iter_lines():
                if not line and fields:
                    data = json.loads(fields["data"]) if "data" in fields else None
                    self.messages.append((fields.get("event", "message"), fields.get("id"), data))
                    fields = {}
                elif line and not line.startswith(":"):
                    name, _, value = line.partition(": ")
                    fields[name] = value
                self.beats += line.startswith(":")
                if self._closed:
                    return

    def numbers(self):
        return [int(name) for _, name, _ in self.messages if name is not None]


def test_a_stream_replays_and_goes_on(gateway, rasa):
    chat = gateway.chat()
    chat.say("hej med dig")
    stream = Stream(chat)
    until(lambda: stream.numbers() == [1, 2, 3, 4])
    assert stream.headers["content-type"].startswith("text/event-stream")
    assert stream.messages[1][2] == chat.poll()["events"][1]
    assert until(lambda: stream.messages[4:])[0] == ("state", None, {"busy": False, "owner": "bot"})
    rasa.delay = lambda heard: 0.2
    chat.post(text="og nu")
    until(lambda: stream.numbers() == [1, 2, 3, 4, 5, 6, 7])
    until(lambda: stream.messages[-1][0] == "state")
    later = stream.messages[5:]
    states = [data for name, _, data in later if name == "state"]
    assert states == [{"busy": True, "owner": "bot"}, {"busy": False, "owner": "bot"}]
    typing = [data for name, number, data in later if number is None and name == "message"]
    assert typing == [{"from": {"role": "bot", "name": None}, "type": "typing"}]
    chat.http.delete("/session")
    stream.join(5)
    assert not stream.is_alive()
    assert stream.messages[-1] == ("state", None, {"busy": False, "owner": "closed"})


def test_the_last_event_id_beats_after(gateway):
    chat = gateway.chat()
    chat.say("hej med dig")
    resumed = Stream(chat, "/events?after=0", Last_Event_ID="3")
    until(lambda: resumed.numbers() == [4])
    from_start = Stream(chat, "/events?after=2")
    until(lambda: from_start.numbers() == [3, 4])
    refused = chat.http.get("/events", headers={"Accept": "text/event-stream", "Last-Event-ID": "x"})
    assert refused.status_code == 400
    chat.http.delete("/session")


def test_streams_of_one_conversation_are_limited_and_do_not_hear_another(gateway):
    mine, other = gateway.chat(), gateway.chat()
    streams = [Stream(mine) for _ in range(20)]
    until(lambda: all(stream.numbers() == [1] for stream in streams))
    assert mine.http.get("/events").status_code == 429
    other.say("hej med dig")
    assert all(stream.numbers() == [1] for stream in streams)
    mine.http.delete("/session")
    for stream in streams:
        stream.join(5)


def test_a_stream_without_news_beats_so_that_it_is_known_to_live(gateway, monkeypatch):
    """Every 15 s; the widget takes a line for dead after 40."""
    assert reading.HEARTBEAT == 15
    monkeypatch.setattr(reading, "HEARTBEAT", 0.2)
    chat = gateway.chat()
    stream = Stream(chat)
    until(lambda: stream.beats >= 3)
    assert stream.numbers() == [1]
    chat.http.delete("/session")
    stream.join(5)

"""Mails that can't be lost or doubled, and news that reach the gateway."""

from __future__ import annotations

import email
import socketserver
import threading
from collections.abc import Iterator
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import cast

import pytest

from actions.adapters.chat import ChatNotifier
from actions.adapters.mail import MailSpool, Smtp
from actions.ports import Mail, NotFound, Rejected, Unavailable, Unknown
from tests.support.chat_stub import chat_stub

MAIL = Mail(to="åse@example.com", subject="Din sag HPO-7K39QX", body="Kære Åse\n\nBlåbærgrød\n")
PLAIN = Mail(to="aase@example.com", subject="Din sag", body="Kære Åse\n")


def read(folder: Path) -> list[EmailMessage]:
    parsed = [email.message_from_bytes(file.read_bytes(), policy=default) for file in sorted(folder.glob("*.eml"))]
    return [cast(EmailMessage, message) for message in parsed]


def test_a_mail_is_kept_once_with_its_letters_and_its_label(tmp_path):
    (tmp_path / "labels").mkdir()
    (tmp_path / "labels" / "b.pdf").write_bytes(b"%PDF-1.4")
    spool = MailSpool(tmp_path / "mail", tmp_path, "us@example.com")
    mail = Mail(MAIL.to, MAIL.subject, MAIL.body, (("HPO-7K39QX.pdf", "application/pdf", "labels/b.pdf"),))
    spool.mail(mail, "k")
    spool.mail(mail, "k")
    (kept,) = read(tmp_path / "mail")
    assert (kept["To"], kept["Subject"]) == ("åse@example.com", "Din sag HPO-7K39QX")
    assert "Blåbærgrød" in kept.get_body().get_content()
    (label,) = kept.iter_attachments()
    assert (label.get_filename(), label.get_content()) == ("HPO-7K39QX.pdf", b"%PDF-1.4")
    assert [file.suffix for file in (tmp_path / "mail").iterdir()] == [".eml"]


def test_other_keys_are_other_mails(tmp_path):
    spool = MailSpool(tmp_path / "mail", tmp_path, "us@example.com")
    spool.mail(PLAIN, "a")
    spool.mail(PLAIN, "b")
    assert len({message["Message-ID"] for message in read(tmp_path / "mail")}) == 2


def test_a_folder_that_can_not_be_written_is_unavailable(tmp_path):
    (tmp_path / "mail").write_text("a file, not a folder")
    with pytest.raises(Unavailable):
        MailSpool(tmp_path / "mail", tmp_path, "us@example.com").mail(PLAIN, "k")


class MailServer(socketserver.StreamRequestHandler):
    """Just enough SMTP. `replies` changes the answer to a command."""

    received: list[bytes]
    replies: dict[str, bytes]

    def handle(self) -> None:
        self.wfile.write(b"220 here\r\n")
        for line in self.rfile:
            word = line[:4].strip().upper().decode()
            if word == "DATA":
                self._data()
                continue
            answer = self.replies.get(word, b"250 ok")
            if answer == b"":
                return
            self.wfile.write(answer + b"\r\n")
            if word == "QUIT":
                return

    def _data(self) -> None:
        self.wfile.write(b"354 go on\r\n")
        body = b""
        for line in self.rfile:
            if line == b".\r\n":
                break
            body += line
        answer = self.replies.get("DATA", b"250 taken")
        if answer:
            self.received.append(body)
            self.wfile.write(answer + b"\r\n")


@pytest.fixture
def server() -> Iterator[tuple[Smtp, type[MailServer]]]:
    handler = type("Handler", (MailServer,), {"received": [], "replies": {}})
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler) as made:
        made.daemon_threads = True
        threading.Thread(target=made.serve_forever, daemon=True).start()
        yield Smtp("127.0.0.1", made.server_address[1], "none"), handler
        made.shutdown()


def test_a_mail_goes_to_the_server_once(tmp_path, server):
    smtp, handler = server
    spool = MailSpool(tmp_path / "mail", tmp_path, "us@example.com", smtp)
    spool.mail(PLAIN, "k")
    spool.mail(PLAIN, "k")
    assert len(handler.received) == 1


@pytest.mark.parametrize(
    ("command", "reply", "error"),
    [
        ("RCPT", b"550 nobody here", Rejected),
        ("RCPT", b"451 come back later", Unavailable),
        ("DATA", b"554 no", Rejected),
        ("DATA", b"", Unknown),
    ],
)
def test_a_server_that_refuses_is_understood_and_tried_again(tmp_path, server, command, reply, error):
    smtp, handler = server
    spool = MailSpool(tmp_path / "mail", tmp_path, "us@example.com", smtp)
    handler.replies[command] = reply
    with pytest.raises(error):
        spool.mail(PLAIN, "k")
    handler.replies.clear()
    spool.mail(PLAIN, "k")
    assert len(handler.received) >= 1
    assert len(read(tmp_path / "mail")) == 1


def test_nobody_at_the_mail_server(tmp_path):
    spool = MailSpool(tmp_path / "mail", tmp_path, "us@example.com", Smtp("127.0.0.1", 1, "none"))
    with pytest.raises(Unavailable):
        spool.mail(PLAIN, "k")
    assert len(read(tmp_path / "mail")) == 1  # kept, to be sent later


def test_news_carry_key_and_secret():
    with chat_stub() as chat:
        notifier = ChatNotifier(chat.url, "secret")
        for _ in range(2):
            notifier.tell_chat("a/b", {"type": "text", "text": "hej"}, "k")
        assert chat.events == {"k": {"type": "text", "text": "hej"}}
        assert chat.paths == ["/internal/conversations/a%2Fb/events"] * 2
        assert set(chat.secrets) == {"secret"}


@pytest.mark.parametrize(
    ("status", "error"),
    [(404, NotFound), (410, NotFound), (429, Unavailable), (503, Unavailable), (400, Rejected), (401, Rejected)],
)
def test_a_gateway_that_refuses(status, error):
    with chat_stub() as chat:
        chat.answers.append(status)
        with pytest.raises(error):
            ChatNotifier(chat.url, "secret").tell_chat("c", {}, "k")


def test_nobody_at_the_gateway():
    with pytest.raises(Unavailable):
        ChatNotifier("http://127.0.0.1:1", "secret").tell_chat("c", {}, "k")

"""What the mail spool holds about a customer: the mails themselves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import parseaddr
from pathlib import Path
from typing import Any

from actions.ports import Subject, Unavailable


class MailPersonalData:
    """The .eml files of a spool."""

    name = "mails"

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def export(self, subject: Subject) -> Any:
        """Each mail with its words and the names of what was attached."""
        return [
            {
                "to": str(mail["To"]),
                "subject": str(mail["Subject"]),
                "date": str(mail["Date"]),
                "body": _words(mail),
                "attachments": [part.get_filename() for part in mail.iter_attachments()],
            }
            for _, mail in self._of(subject)
        ]

    def erase(self, subject: Subject, at: datetime) -> None:
        """The mail, and the mark that it was sent."""
        for file, _ in self._of(subject):
            file.with_suffix(".sent").unlink(missing_ok=True)
            file.unlink(missing_ok=True)

    def tidy(self, *, thorough: bool) -> None:
        """A file that is gone leaves nothing to rewrite."""

    def _of(self, subject: Subject) -> Iterator[tuple[Path, EmailMessage]]:
        """Mails to the customer's address or about one of the cases."""
        try:
            files = sorted(self._folder.glob("*.eml"))
            for file in files:
                mail = message_from_bytes(file.read_bytes(), policy=default)
                assert isinstance(mail, EmailMessage)
                told = f"{mail['Subject']}\n{_words(mail)}"
                to_them = bool(subject.email) and parseaddr(str(mail["To"]))[1].lower() == subject.email
                if to_them or any(case_id in told for case_id in subject.case_ids):
                    yield file, mail
        except OSError as error:
            raise Unavailable(f"mail folder: {error.strerror}") from error


def _words(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    return str(body.get_content()) if body is not None else ""

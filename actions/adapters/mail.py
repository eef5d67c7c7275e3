"""Mail that can't be lost: every message lies as an .eml file first, and goes to a mail server where one is set."""

from __future__ import annotations

import hashlib
import mimetypes
import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from email.utils import format_datetime
from pathlib import Path
from typing import Literal

from actions.adapters.whole_file import write_whole
from actions.ports import Mail, Rejected, Unavailable, Unknown

TIMEOUT_SECONDS = 8


@dataclass(frozen=True)
class Smtp:
    """A mail server. Without `user` there is no sign-in."""

    host: str
    port: int = 587
    security: Literal["starttls", "tls", "none"] = "starttls"
    user: str = ""
    password: str = ""


class MailSpool:
    """Keeps mails in `folder`, named by time and key, and sends each once.

    A mail that was handed to a mail server gets an empty file `….sent` beside it. Killed between the two, it is sent
    again with the same Message-ID, by which mail programs know it for the same message.
    """

    def __init__(self, folder: Path, var: Path, sender: str, smtp: Smtp | None = None) -> None:
        self._folder = folder
        self._var = var
        self._sender = sender
        self._smtp = smtp

    def mail(self, mail: Mail, key: str) -> None:
        """Send one mail, once for each key. Raises Unavailable, Unknown, or Rejected by the mail server."""
        name = hashlib.sha256(key.encode()).hexdigest()[:32]
        file = self._folder / f"{name}.eml"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            if not file.exists():
                write_whole(file, bytes(self._message(mail, name)))
        except OSError as error:
            raise Unavailable(f"mail folder: {error.strerror}") from error
        sent = file.with_suffix(".sent")
        if self._smtp is not None and not sent.exists():
            kept = message_from_bytes(file.read_bytes(), policy=SMTP_POLICY)
            self._send(self._smtp, kept, mail.to)
            sent.touch()

    def _message(self, mail: Mail, name: str) -> EmailMessage:
        message = EmailMessage()
        message["From"] = self._sender
        message["To"] = mail.to
        message["Subject"] = mail.subject
        message["Date"] = format_datetime(datetime.now(UTC))
        message["Message-ID"] = f"<{name}@{self._sender.rpartition('@')[2]}>"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(mail.body)
        for file_name, media_type, path in mail.attachments:
            kind, _, detail = (media_type or mimetypes.guess_type(file_name)[0] or "").partition("/")
            content = (self._var / path).read_bytes()
            message.add_attachment(
                content, maintype=kind or "application", subtype=detail or "octet-stream", filename=file_name
            )
        return message

    def _send(self, smtp: Smtp, message: EmailMessage, to: str) -> None:
        handed_over = False
        try:
            server = _connect(smtp)
            try:
                if smtp.user:
                    server.login(smtp.user, smtp.password)
                handed_over = True
                server.send_message(message, self._sender, [to])
            finally:
                with suppress(smtplib.SMTPException, OSError):  # a farewell that fails changes nothing
                    server.quit()
        except (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as error:
            raise (Rejected if _for_good(error) else Unavailable)("mail server refused the message") from error
        except smtplib.SMTPNotSupportedError as error:
            raise Rejected("mail server can't take such an address") from error
        except (smtplib.SMTPException, OSError) as error:
            raise (Unknown if handed_over else Unavailable)(f"mail server: {type(error).__name__}") from error


def _connect(smtp: Smtp) -> smtplib.SMTP:
    secure = ssl.create_default_context()
    if smtp.security == "tls":
        return smtplib.SMTP_SSL(smtp.host, smtp.port, timeout=TIMEOUT_SECONDS, context=secure)
    server = smtplib.SMTP(smtp.host, smtp.port, timeout=TIMEOUT_SECONDS)
    if smtp.security == "starttls":
        server.starttls(context=secure)
    return server


def _for_good(error: smtplib.SMTPException) -> bool:
    """Whether a mail server's no is final (5xx) rather than "come back later" (4xx)."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in error.recipients.values())
    return isinstance(error, smtplib.SMTPResponseException) and error.smtp_code >= 500

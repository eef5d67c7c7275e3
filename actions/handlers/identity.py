"""Which device it is and who owns it (R15)."""

from __future__ import annotations

from collections.abc import Sequence

from actions.casework.entitlement.questions import next_question
from actions.casework.facts import Language
from actions.casework.identity.dates import format_date
from actions.casework.identity.questions import next_contact_question
from actions.casework.notices.notice import Notice
from actions.handlers import story
from actions.handlers.turn import Events, Handler, Turn, set_slots
from actions.usecases.change_contact import ContactChanged, change_contact
from actions.usecases.device_notices import device_notices, is_recalled
from actions.usecases.look_up_device import Found, NotRegistered

#: A number that the registry does not know is asked for twice more.
_TRIES = 3


class ValidateDeviceForm(Handler):
    """Asks whether the number is right only where look-alike characters were mended."""

    name_ = "validate_device_form"

    def act(self, turn: Turn) -> Events:
        if turn.slot("serial_number") is None:
            return set_slots({"requested_slot": "serial_number"})
        unsure = turn.slot("serial_mended") and turn.slot("serial_confirmed") is None
        return set_slots({"requested_slot": "serial_confirmed" if unsure else None})


class ValidateContactForm(Handler):
    """Asks only what is missing: no company of a private customer, no country that changes nothing (R91)."""

    name_ = "validate_contact_form"

    def act(self, turn: Turn) -> Events:
        question = next_contact_question(turn.slots) or next_question(story.known(turn), "entitlement")
        return set_slots({"requested_slot": question})


class AskSerialConfirmed(Handler):
    """Reads the mended number back."""

    name_ = "action_ask_serial_confirmed"

    def act(self, turn: Turn) -> Events:
        text = turn.text("confirm_serial", serial_number=turn.slot("serial_number"))
        yes_no = [("/affirm", turn.text("title_yes")), ("/deny", turn.text("title_no"))]
        turn.ask("serial_confirmed", "choice", text, yes_no)
        return []


def say_notices(turn: Turn, notices: Sequence[Notice]) -> None:
    """Each notice as what it is, and whose."""
    for notice in notices:
        language = Language(turn.language)
        words = {"title": notice.title(language), "text": notice.text(language), "issuer": notice.issuer}
        day = format_date(notice.issued_on, language)
        turn.say(f"notice_{notice.kind}", **words, date=day, url=f" {notice.url}" if notice.url else "")


class LookUpDevice(Handler):
    """Looks the device up; unknown numbers are asked for again, twice (A2)."""

    name_ = "action_look_up_device"

    def act(self, turn: Turn) -> Events:
        found = story.look_up(turn)
        if isinstance(found, Found):
            known = turn.slot("registry") == "found"
            if not known:
                turn.say("device_found", product_name=found.device.product_name)
            notices = device_notices(turn.world.notices, found.device, turn.world.clock.now())
            recalled = is_recalled(notices)
            if not known or recalled:
                say_notices(turn, notices)
            if recalled:
                turn.say("notice_recalled")
                return set_slots({"device_lookup": "recall", "registry": "found", "handoff_reason": "safety_recall"})
            return set_slots({"device_lookup": "done", "registry": "found"})
        if not isinstance(found, NotRegistered):
            turn.say("registry_down")
            return set_slots({"device_lookup": "done", "registry": "unavailable"})
        return self._not_registered(turn)

    def on_trouble(self, turn: Turn) -> Events:
        return set_slots({"device_lookup": "done", "registry": "unavailable"})

    def _not_registered(self, turn: Turn) -> Events:
        number = story.said(turn, "serial_number")
        tries = int(turn.slot("serial_tries") or 0) + 1
        if number is None or tries >= _TRIES:
            turn.say("serial_given_up" if number else "serial_unknown")
            return set_slots({"device_lookup": "done", "registry": "not_found", "serial_tries": tries})
        turn.say("serial_not_found", serial_number=number)
        again = {"serial_number": None, "serial_mended": None, "serial_confirmed": None}
        return set_slots({**again, "device_lookup": "again", "serial_tries": tries})


class UpdateContact(Handler):
    """A corrected name, company, e-mail or number goes to the open case too."""

    name_ = "action_update_contact"

    def act(self, turn: Turn) -> Events:
        changed = change_contact(turn.world.desk, turn.slot("case_id"), story.contact(turn), turn.world.clock.now())
        if isinstance(changed, ContactChanged):
            turn.say("contact_updated", case_id=turn.slot("case_id"))
        else:
            turn.say("utter_technical_trouble")
        return []

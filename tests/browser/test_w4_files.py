"""W4: pictures and PDFs, chosen, dragged, pasted; progress, cancelling, refusals in words."""

from __future__ import annotations

import base64
import io
import threading

from PIL import Image
from playwright.sync_api import expect
from said import HELLO, asked


def picture(width: int = 60) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, 40), "teal").save(out, "PNG")
    return out.getvalue()


def payload(name: str, content: bytes, kind: str = "image/png") -> dict:
    return {"name": name, "mimeType": kind, "buffer": content}


HOLD = """([name, type, text]) => {
    const data = new DataTransfer();
    data.items.add(new File([Uint8Array.from(atob(text), letter => letter.charCodeAt(0))], name, {type}));
    return data;
}"""


def test_w4_a_chosen_picture_stands_in_the_conversation_and_can_be_fetched(visit, house):
    chat = visit().open()
    chat.dialog.locator("input[type=file]").set_input_files(payload("skærm.png", picture()))
    link = chat.log.get_by_role("link", name="skærm.png")
    expect(link).to_be_visible()
    with chat.page.expect_download() as fetched:
        link.click()
    assert fetched.value.suggested_filename == "skærm.png"
    with Image.open(fetched.value.path()) as shown:
        assert shown.size == (60, 40)


def test_w4_a_picture_chosen_before_the_greeting_is_sent_after_it(visit, house):
    house.rasa.delay = lambda heard: 1.0
    chat = visit()
    chat.launcher.click()
    chat.dialog.locator("input[type=file]").set_input_files(payload("straks.png", picture()))
    expect(chat.dialog.get_by_role("progressbar", name="Sender straks.png")).to_be_visible()
    assert not [request for request in chat.requests if request.url.endswith("/files")]
    expect(chat.log.get_by_role("link", name="straks.png")).to_be_visible()


def test_w4_dragged_and_pasted_files_are_sent(visit, house):
    chat = visit().open()
    held = [payload("trukket.png", picture()), payload("indsat.png", picture(61))]
    texts = [base64.b64encode(each["buffer"]).decode() for each in held]
    data = chat.page.evaluate_handle(HOLD, ["trukket.png", "image/png", texts[0]])
    chat.dialog.dispatch_event("dragover", {"dataTransfer": data})
    chat.sees("Slip filen her")
    chat.dialog.dispatch_event("drop", {"dataTransfer": data})
    expect(chat.log.get_by_role("link", name="trukket.png")).to_be_visible()
    expect(chat.dialog.get_by_text("Slip filen her")).to_have_count(0)
    data = chat.page.evaluate_handle(HOLD, ["indsat.png", "image/png", texts[1]])
    chat.box.evaluate(
        "(box, clipboardData) => box.dispatchEvent(new ClipboardEvent('paste', {clipboardData, bubbles: true}))", data
    )
    expect(chat.log.get_by_role("link", name="indsat.png")).to_be_visible()


def test_w4_a_question_for_a_picture_has_its_own_button_and_the_camera(visit, house):
    house.script([*HELLO, *asked("Send et billede af skærmen.", "picture", "file", cannot="Det kan jeg ikke")])
    chat = visit().open()
    chooser = chat.log.get_by_label("Vedhæft billede eller PDF")
    expect(chooser).to_have_attribute("accept", "image/jpeg,image/png,image/webp,application/pdf")
    assert chooser.get_attribute("multiple") is not None
    expect(chat.button("Det kan jeg ikke")).to_be_visible()
    with chat.page.expect_file_chooser() as asking:
        chat.log.locator("label.choose").click()
    asking.value.set_files(payload("a.png", picture()))
    expect(chat.log.get_by_role("link", name="a.png")).to_be_visible()


def test_w4_what_cannot_be_sent_is_refused_in_words(visit, house):
    chat = visit().open()
    box = chat.dialog.locator("input[type=file]")
    box.set_input_files(payload("virus.exe", b"MZ", "application/x-msdownload"))
    chat.sees("virus.exe kan ikke sendes.")
    box.set_input_files(payload("stor.pdf", b"%PDF-" + b"0" * (10 * 1024 * 1024), "application/pdf"))
    chat.sees("stor.pdf er for stor.")
    chat.expect_complaints("Failed to load resource")
    box.set_input_files(payload("forklædt.png", b"MZ not a picture at all", "image/png"))
    expect(chat.dialog.get_by_role("alert").last).to_contain_text("forklædt.png")
    for _ in range(3):
        chat.dialog.get_by_role("button", name="Fjern").first.click()
    expect(chat.dialog.get_by_role("alert")).to_have_count(0)


def test_w4_progress_is_shown_and_a_file_can_be_called_off(visit, house):
    chat = visit().open()
    chat.expect_complaints("Failed to load resource|net::")
    held = threading.Event()
    routes = []
    chat.intercept(r"/api/chat/files$", lambda route: (routes.append(route), held.set()))
    chat.dialog.locator("input[type=file]").set_input_files(payload("lang.png", picture()))
    expect(chat.dialog.get_by_role("progressbar", name="Sender lang.png")).to_be_visible()
    chat.dialog.get_by_role("button", name="Annullér").click()
    expect(chat.dialog.get_by_role("progressbar")).to_have_count(0)
    expect(chat.log.get_by_role("link", name="lang.png")).to_have_count(0)
    assert routes


def test_w4_a_file_that_did_not_arrive_can_be_sent_again(visit, house):
    chat = visit().open()
    chat.expect_complaints("Failed to load resource|net::")
    chat.intercept(r"/api/chat/files$", lambda route: route.abort())
    chat.dialog.locator("input[type=file]").set_input_files(payload("igen.png", picture()))
    chat.sees("igen.png blev ikke sendt.")
    chat.page.unroute_all()
    chat.button("Prøv igen").click()
    expect(chat.log.get_by_role("link", name="igen.png")).to_have_count(1)

"""Label PDFs in a folder below var/."""

from __future__ import annotations

from pathlib import Path

from actions.adapters.label_pdf import draw_label
from actions.adapters.whole_file import write_whole
from actions.casework.shipping.depot import repair_depot
from actions.ports import ShipmentRequest, Texts, Unavailable


class LabelFolder:
    """Draws labels into `var`/labels, one file a booking."""

    def __init__(self, var: Path, texts: Texts) -> None:
        self._var = var
        self._texts = texts

    def make(self, request: ShipmentRequest, booking_id: str, tracking_number: str) -> str:
        """The label's path below var/. Raises Unavailable where it can't be written."""
        path = Path("labels") / f"{booking_id}.pdf"
        content = draw_label(request, booking_id, tracking_number, repair_depot(), self._texts)
        try:
            (self._var / "labels").mkdir(parents=True, exist_ok=True)
            write_whole(self._var / path, content)
        except OSError as error:
            raise Unavailable(f"label folder: {error.strerror}") from error
        return str(path)

    def discard(self, path: str) -> None:
        """Remove the label of a booking that did not come about: it holds an address."""
        (self._var / path).unlink(missing_ok=True)

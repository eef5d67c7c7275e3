"""The contract of `Courier`, on the fake, SQLite and PostgreSQL."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from actions.adapters.fakes import FakeCourier
from actions.adapters.sql.courier import SqlCourier
from actions.ports import BookingKind, BookingStatus, Courier, NotFound, PickupSlot, Rejected
from tests.support.examples import TUESDAY, a_request

CAPACITY = 2
WANTED = PickupSlot(a_request("").pickup_date, a_request("").pickup_window)


class PaperLabels:
    """Labels that are only counted."""

    def __init__(self) -> None:
        self.kept: set[str] = set()

    def make(self, request, booking_id, tracking_number) -> str:
        self.kept.add(booking_id)
        return booking_id

    def discard(self, path) -> None:
        self.kept.remove(path)


def sql_courier(engine) -> SqlCourier:
    return SqlCourier(engine, FakeCourier().offer_slots, PaperLabels(), CAPACITY)


@pytest.fixture(params=["fake", "sqlite", "postgresql"])
def courier(request, make_engine) -> Courier:
    return FakeCourier() if request.param == "fake" else sql_courier(make_engine(request.param))


@pytest.fixture(params=["sqlite", "postgresql"])
def book(request, make_engine) -> SqlCourier:
    return sql_courier(make_engine(request.param))


def test_a_booking_is_what_was_asked_for(courier):
    booking = courier.book(a_request("HPO-A"), "k", TUESDAY)
    assert booking.booking_id.startswith("HPB-")
    assert (booking.case_id, booking.kind, booking.status) == ("HPO-A", BookingKind.PICKUP, BookingStatus.BOOKED)
    assert PickupSlot(booking.pickup_date, booking.pickup_window) == WANTED
    assert booking.tracking_number
    assert list(courier.of_case("HPO-A")) == [booking]
    assert list(courier.newest()) == [booking]


def test_one_key_books_once_whatever_is_asked_the_second_time(courier):
    first = courier.book(a_request("HPO-A"), "k", TUESDAY)
    assert courier.book(a_request("HPO-A"), "k", TUESDAY + timedelta(minutes=1)) == first
    assert courier.book(a_request("HPO-A", pickup_window="12:00-16:00"), "k", TUESDAY) == first
    assert len(courier.newest()) == 1


def test_a_date_that_is_not_driven_is_refused(courier):
    for days in (-1, 4, 30):  # yesterday, a Saturday, too far ahead
        with pytest.raises(Rejected):
            courier.book(a_request("HPO-A", pickup_date=TUESDAY.date() + timedelta(days=days)), "k", TUESDAY)
    with pytest.raises(Rejected):
        courier.book(a_request("HPO-A", pickup_date=None), "k", TUESDAY)
    with pytest.raises(Rejected):
        courier.book(a_request("HPO-A", pickup_window="23:00-24:00"), "k", TUESDAY)
    assert courier.newest() == ()


def test_a_pick_up_can_move_to_what_is_free_at_its_address(courier):
    booking = courier.book(a_request("HPO-A"), "k", TUESDAY)
    assert list(courier.offer_changes(booking.booking_id, TUESDAY)) == list(courier.offer_slots("8000", TUESDAY))
    with pytest.raises(NotFound):
        courier.offer_changes("HPB-NONE", TUESDAY)


def test_nothing_is_offered_where_nothing_is_collected(courier):
    assert list(courier.offer_slots("100", TUESDAY)) == []
    assert WANTED in courier.offer_slots("8000", TUESDAY)


def test_labels_and_parts_need_no_date(courier):
    for kind in (BookingKind.LABEL, BookingKind.CSR_PART):
        request = a_request("HPO-A", kind=kind, pickup_date=None, pickup_window="")
        booking = courier.book(request, kind.value, TUESDAY)
        assert (booking.kind, booking.pickup_date) == (kind, None)
    assert [booking.kind for booking in courier.of_case("HPO-A")] == [BookingKind.LABEL, BookingKind.CSR_PART]


def test_a_pickup_moves_and_keeps_its_id(courier):
    booking = courier.book(a_request("HPO-A"), "k", TUESDAY)
    there = replace(WANTED, window="12:00-16:00")
    moved = courier.change(booking.booking_id, there, TUESDAY)
    assert moved == replace(booking, pickup_window="12:00-16:00")
    with pytest.raises(Rejected):
        courier.change(booking.booking_id, replace(there, date=TUESDAY.date()), TUESDAY)
    with pytest.raises(NotFound):
        courier.change("HPB-NONE", there, TUESDAY)


def test_a_cancelled_booking_stays_and_stands_cancelled(courier):
    booking = courier.book(a_request("HPO-A"), "k", TUESDAY)
    for _ in range(2):
        assert courier.cancel(booking.booking_id, TUESDAY).status is BookingStatus.CANCELLED
    assert courier.of_case("HPO-A")[0].status is BookingStatus.CANCELLED
    with pytest.raises(Rejected):
        courier.change(booking.booking_id, WANTED, TUESDAY)
    with pytest.raises(NotFound):
        courier.cancel("HPB-NONE", TUESDAY)


def test_a_pickup_of_today_can_not_be_called_off(courier):
    booking = courier.book(a_request("HPO-A"), "k", TUESDAY)
    with pytest.raises(Rejected):
        courier.cancel(booking.booking_id, TUESDAY + timedelta(days=2))


def test_a_full_window_is_neither_offered_nor_booked_until_someone_cancels(book):
    held = [book.book(a_request(f"HPO-{n}"), f"k{n}", TUESDAY) for n in range(CAPACITY)]
    assert WANTED not in book.offer_slots("8000", TUESDAY)
    with pytest.raises(Rejected):
        book.book(a_request("HPO-Z"), "late", TUESDAY)
    book.cancel(held[0].booking_id, TUESDAY)
    assert WANTED in book.offer_slots("8000", TUESDAY)
    assert book.book(a_request("HPO-Z"), "late", TUESDAY).status is BookingStatus.BOOKED


def test_of_many_at_the_same_moment_no_more_than_fit_are_taken(book):
    def try_one(n: int) -> bool:
        try:
            book.book(a_request(f"HPO-{n}"), f"k{n}", TUESDAY)
        except Rejected:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(try_one, range(10))).count(True) == CAPACITY
    assert len(book.newest()) == CAPACITY


def test_the_same_key_at_the_same_moment_books_once(book):
    with ThreadPoolExecutor(8) as pool:
        booked = set(pool.map(lambda _: book.book(a_request("HPO-A"), "k", TUESDAY).booking_id, range(12)))
    assert len(booked) == 1
    assert len(book.newest()) == 1
    assert book._labels.kept == booked  # those of the others are gone
    assert WANTED in book.offer_slots("8000", TUESDAY)  # one place taken, not twelve


def test_numbers_do_not_look_like_a_cpr_or_telephone_number(book):
    for n in range(40):
        label = a_request("HPO-A", kind=BookingKind.LABEL, pickup_date=None, pickup_window="")
        booking = book.book(label, f"k{n}", TUESDAY)
        assert re.fullmatch(r"HPT[2-9B-DF-HJ-NP-TV-Z]{9}", booking.tracking_number)
        assert not re.search(r"\d{8}", booking.tracking_number)
        assert booking.label_file


def test_a_part_has_no_label(book):
    part = a_request("HPO-A", kind=BookingKind.CSR_PART, part="keyboard_external", pickup_date=None, pickup_window="")
    assert book.book(part, "k", TUESDAY).label_file == ""

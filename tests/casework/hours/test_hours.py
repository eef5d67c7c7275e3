"""When people answer (R13, table G): 08:00-17:00, Monday to Friday, Danish time, not on public holidays."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.casework.data_file import DataFileError
from actions.casework.facts import Language
from actions.casework.hours.calendar import COPENHAGEN, ClosingDays, is_business_day, is_public_holiday
from actions.casework.hours.hours import (
    OpeningHours,
    callback_due,
    describe_opening,
    is_open,
    next_opening,
    opening_hours,
)

PLAN = OpeningHours()
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2032, 1, 1)).map(lambda at: at.replace(tzinfo=UTC))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=COPENHAGEN)


# Counted by hand from Easter Sunday: 5 Apr 2026, 28 Mar 2027, 16 Apr 2028, 1 Apr 2029, 21 Apr 2030, 13 Apr 2031.
EASTER = [date(2026, 4, 5), date(2027, 3, 28), date(2028, 4, 16)]
EASTER += [date(2029, 4, 1), date(2030, 4, 21), date(2031, 4, 13)]
AFTER_EASTER = {"Maundy Thursday": -3, "Good Friday": -2, "Easter": 0, "Easter Monday": 1, "Ascension": 39,
                "Pentecost": 49, "Whit Monday": 50}  # fmt: skip
HOLIDAYS = {easter + timedelta(days=offset) for easter in EASTER for offset in AFTER_EASTER.values()} | {
    date(year, month, day) for year in range(2026, 2032) for month, day in [(1, 1), (12, 25), (12, 26)]
}


@pytest.mark.parametrize("day", sorted(HOLIDAYS), ids=str)
def test_closed_on_every_public_holiday(day):
    assert is_public_holiday(day)
    assert not is_open(datetime.combine(day, time(10), COPENHAGEN), PLAN)


def test_there_are_no_other_public_holidays():
    days = [date(2026, 1, 1) + timedelta(days=n) for n in range(6 * 365 + 1)]
    assert {day for day in days if is_public_holiday(day)} == HOLIDAYS


@pytest.mark.parametrize("month_day", [(5, 1), (6, 5), (12, 24), (12, 31)])
def test_half_holidays_close_only_where_configured(month_day):
    weekdays = [date(year, *month_day) for year in range(2026, 2032)]
    weekdays = [day for day in weekdays if day.weekday() < 5 and day not in HOLIDAYS]
    closing = ClosingDays.read([f"{month_day[0]:02}-{month_day[1]:02}"])
    assert weekdays
    assert all(is_business_day(day) and not is_business_day(day, closing) for day in weekdays)


def test_store_bededag_is_a_working_day_since_2024():
    assert is_open(at("2026-05-01T10:00"), PLAN)


@pytest.mark.parametrize(
    ("moment", "open_"),
    [
        ("2026-11-26T07:59", False), ("2026-11-26T07:59:59.999999", False), ("2026-11-26T08:00", True),
        ("2026-11-26T16:59", True), ("2026-11-26T16:59:59.999999", True), ("2026-11-26T17:00", False),
        ("2026-11-28T10:00", False), ("2026-11-29T10:00", False), ("2026-11-27T16:59", True),
    ],
)  # fmt: skip
def test_the_edges_of_a_day(moment, open_):
    assert is_open(at(moment), PLAN) is open_


@pytest.mark.parametrize(
    ("moment", "opening"),
    [
        ("2026-11-26T07:59", "2026-11-26T08:00"),  # Thursday morning
        ("2026-11-26T10:30", "2026-11-26T10:30"),  # while open: now
        ("2026-11-26T17:00", "2026-11-27T08:00"),
        ("2026-11-27T17:00", "2026-11-30T08:00"),  # Friday evening to Monday
        ("2026-11-28T03:00", "2026-11-30T08:00"),
        ("2026-04-01T17:00", "2026-04-07T08:00"),  # over Easter
        ("2026-12-24T18:00", "2026-12-28T08:00"),  # over Christmas
        ("2026-12-31T23:59", "2027-01-04T08:00"),
        ("2026-03-29T01:59", "2026-03-30T08:00"),  # the clock goes forward that Sunday
        ("2026-10-25T02:30", "2026-10-26T08:00"),  # and back
    ],
)
def test_next_opening(moment, opening):
    assert next_opening(at(moment), PLAN) == at(opening)


@pytest.mark.parametrize(
    ("utc", "open_"),
    [
        ("2026-03-27T06:59", False), ("2026-03-27T07:00", True), ("2026-03-27T15:59", True),
        ("2026-03-27T16:00", False),
        ("2026-03-30T05:59", False), ("2026-03-30T06:00", True), ("2026-03-30T14:59", True),
        ("2026-03-30T15:00", False),
        ("2026-10-23T06:00", True), ("2026-10-26T06:00", False), ("2026-10-26T07:00", True), ("2026-10-26T15:59", True),
    ],
)  # fmt: skip
def test_summer_time_moves_the_hours_in_utc(utc, open_):
    assert is_open(datetime.fromisoformat(utc).replace(tzinfo=UTC), PLAN) is open_


@pytest.mark.parametrize(
    ("moment", "due"),
    [
        ("2026-11-26T09:00", "2026-11-26T13:00"),
        ("2026-11-26T13:00", "2026-11-27T08:00"),
        ("2026-11-26T16:00", "2026-11-27T11:00"),
        ("2026-11-27T17:00", "2026-11-30T12:00"),
        ("2026-10-23T15:00", "2026-10-26T10:00"),  # over the night of the clock
    ],
)
def test_a_call_back_is_due_in_opening_time(moment, due):
    assert callback_due(at(moment), PLAN) == at(due)


def test_a_long_call_back_time_runs_over_several_days():
    plan = OpeningHours(callback_after=timedelta(hours=20))
    assert callback_due(at("2026-11-26T08:00"), plan) == at("2026-11-30T10:00")


@given(MOMENTS)
def test_the_next_opening_is_open_and_nothing_before_it_is(moment):
    opening = next_opening(moment, PLAN)
    assert is_open(opening, PLAN)
    assert opening >= moment
    just_before = opening - timedelta(microseconds=1)
    assert opening == moment or not is_open(just_before, PLAN)
    assert is_open(callback_due(moment, PLAN), PLAN)


def test_a_time_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="aware"):
        is_open(datetime(2026, 11, 26, 10))


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-11-26T07:00", ("hours_opening_today", "torsdag", "26. november", "8.00")),
        ("2026-11-26T17:30", ("hours_opening_tomorrow", "fredag", "27. november", "8.00")),
        ("2026-11-27T17:30", ("hours_opening_later", "mandag", "30. november", "8.00")),
    ],
)
def test_an_opening_in_danish_words(now, expected):
    words = describe_opening(next_opening(at(now), PLAN), Language.DA, at(now))
    assert (words["key"], words["weekday"], words["date"], words["time"]) == expected


def test_an_opening_in_english_words():
    words = describe_opening(at("2026-11-30T08:00"), Language.EN, at("2026-11-27T17:30"))
    assert words == {"key": "hours_opening_later", "weekday": "Monday", "date": "30 November", "time": "8:00"}


def test_the_file_of_the_repository_is_the_datasheets():
    assert opening_hours() == PLAN


@pytest.mark.parametrize(
    "change",
    ['open: "17:00"', 'open: "late"', "weekdays: [someday]", "weekdays: []", 'closing_days: ["24/12"]', "open: null"],
)
def test_a_bad_file_is_refused_by_name(tmp_path, change):
    file = tmp_path / "hours.yml"
    base = {"open": '"08:00"', "close": '"17:00"', "weekdays": "[monday]", "closing_days": "[]"}
    base["callback_minutes"] = "60"
    key, _, value = change.partition(": ")
    file.write_text("\n".join(f"{k}: {v}" for k, v in {**base, key: value}.items()))
    with pytest.raises(DataFileError, match=r"hours\.yml"):
        opening_hours(file)


def test_closing_days_of_one_year_and_of_every_year():
    closing = ClosingDays.read(["2026-12-24", "12-31", date(2027, 1, 4)])
    assert date(2026, 12, 24) in closing and date(2027, 12, 24) not in closing
    assert date(2026, 12, 31) in closing and date(2030, 12, 31) in closing
    assert date(2027, 1, 4) in closing

"""Which days a pick-up may be booked for: business days, a cut-off, at most ten days ahead."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.casework.data_file import DataFileError
from actions.casework.hours.calendar import COPENHAGEN, ClosingDays, is_business_day, is_public_holiday
from actions.casework.shipping.dates import PickupPlan, free_dates, is_free, pickup_plan

PLAN = PickupPlan()
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2032, 1, 1)).map(lambda at: at.replace(tzinfo=UTC))


def days(now: str, plan: PickupPlan = PLAN) -> list[str]:
    at = datetime.fromisoformat(now).replace(tzinfo=COPENHAGEN)
    return [day.isoformat()[5:] for day, _ in free_dates(at, plan)]


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        # Thursday 26 November 2026
        ("2026-11-26T14:59", ["11-27", "11-30", "12-01", "12-02", "12-03", "12-04"]),
        ("2026-11-26T15:00", ["11-30", "12-01", "12-02", "12-03", "12-04"]),
        ("2026-11-27T16:00", ["12-01", "12-02", "12-03", "12-04", "12-07"]),
        # at the weekend the courier has planned nothing yet
        ("2026-11-28T20:00", ["11-30", "12-01", "12-02", "12-03", "12-04", "12-07", "12-08"]),
        # Easter 2026: 2, 3 and 6 April are holidays
        ("2026-04-01T10:00", ["04-07", "04-08", "04-09", "04-10"]),
        ("2026-03-31T16:00", ["04-07", "04-08", "04-09", "04-10"]),
    ],
)
def test_days_on_offer(now, expected):
    assert days(now) == expected


def test_the_file_of_the_repository_leaves_out_the_days_before_christmas_and_new_year():
    assert days("2026-12-23T10:00", pickup_plan()) == ["12-28", "12-29", "12-30"]


@given(MOMENTS)
def test_every_day_on_offer_is_a_business_day_soon_enough(now):
    today = now.astimezone(COPENHAGEN).date()
    offered = free_dates(now, PLAN)
    assert [day for day, _ in offered] == sorted({day for day, _ in offered})
    for day, windows in offered:
        assert today < day <= today + timedelta(days=10)
        assert day.weekday() < 5 and not is_public_holiday(day)
        assert windows == PLAN.windows
        assert all(is_free(day, window, now, PLAN) for window in windows)


@given(MOMENTS)
def test_before_the_cut_off_the_next_business_day_is_first(now):
    local = now.astimezone(COPENHAGEN)
    following = [local.date() + timedelta(days=n) for n in range(1, 11)]
    following = [day for day in following if is_business_day(day)]
    late = local.time() >= time(15) and is_business_day(local.date())
    assert [day for day, _ in free_dates(now, PLAN)] == following[1 if late else 0 :]


def test_a_day_or_window_that_is_not_on_offer_is_not_free():
    now = datetime(2026, 11, 26, 10, tzinfo=COPENHAGEN)
    assert is_free(date(2026, 11, 27), "08:00-12:00", now, PLAN)
    for day, window in [
        (date(2026, 11, 26), "08:00-12:00"), (date(2026, 11, 28), "08:00-12:00"), (date(2026, 12, 7), "08:00-12:00"),
        (date(2026, 11, 27), "16:00-20:00"), (date(2026, 11, 27), ""), (date(2025, 11, 27), "08:00-12:00"),
    ]:  # fmt: skip
        assert not is_free(day, window, now, PLAN)


def test_the_cut_off_is_danish_time():
    before, after = (free_dates(datetime(2026, 11, 26, *at, tzinfo=UTC), PLAN) for at in [(13, 59), (14, 0)])
    assert before[0][0] == date(2026, 11, 27)
    assert after[0][0] == date(2026, 11, 30)
    with pytest.raises(ValueError, match="aware"):
        free_dates(datetime(2026, 11, 26), PLAN)


def test_closing_days_are_left_out():
    plan = PickupPlan(closing_days=ClosingDays.read(["2026-11-27", "12-01"]))
    assert days("2026-11-26T10:00", plan) == ["11-30", "12-02", "12-03", "12-04"]


@pytest.mark.parametrize(
    "change",
    [
        "days_ahead: 11",
        "days_ahead: 0",
        'windows: ["8-12"]',
        "windows: []",
        'cutoff: "noon"',
        'windows: ["12:00-08:00"]',
    ],
)
def test_a_bad_file_is_refused_by_name(tmp_path, change):
    file = tmp_path / "pickup.yml"
    base = {"cutoff": '"15:00"', "days_ahead": "10", "windows": '["08:00-12:00"]', "closing_days": "[]"}
    key, _, value = change.partition(": ")
    file.write_text("\n".join(f"{name}: {setting}" for name, setting in {**base, key: value}.items()))
    with pytest.raises(DataFileError, match=r"pickup\.yml"):
        pickup_plan(file)

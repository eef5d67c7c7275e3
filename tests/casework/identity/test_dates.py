"""Reading and writing dates in both languages."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.casework.facts import Language
from actions.casework.identity.dates import format_date, read_date

TODAY = date(2026, 11, 26)  # a Thursday
DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-12-03", "2026-12-03"), ("i dag", "2026-11-26"), ("idag", "2026-11-26"), ("today", "2026-11-26"),
        ("i morgen", "2026-11-27"), ("tomorrow, please", "2026-11-27"), ("i overmorgen", "2026-11-28"),
        ("day after tomorrow", "2026-11-28"), ("på tirsdag", "2026-12-01"), ("tirsdag", "2026-12-01"),
        ("next Monday", "2026-11-30"), ("næste mandag", "2026-11-30"), ("on friday", "2026-11-27"),
        ("torsdag", "2026-12-03"), ("Lørdag", "2026-11-28"), ("d. 3.", "2026-12-03"), ("den 3.", "2026-12-03"),
        ("den 30.", "2026-11-30"), ("the 1st", "2026-12-01"), ("3rd", "2026-12-03"), ("3/11", "2027-11-03"),
        ("3/12", "2026-12-03"), ("3.12.", "2026-12-03"), ("03-12-2026", "2026-12-03"), ("3.12.26", "2026-12-03"),
        ("3. december", "2026-12-03"), ("3 dec", "2026-12-03"), ("den 3. december 2026", "2026-12-03"),
        ("December 3rd", "2026-12-03"), ("3rd of December", "2026-12-03"), ("december 3 2026", "2026-12-03"),
        ("torsdag den 3. december", "2026-12-03"), ("om 3 dage", "2026-11-29"), ("in two days", "2026-11-28"),
        ("om en uge", "2026-12-03"), ("12/24", "2026-12-24"), ("26. november", "2026-11-26"), ("29. februar",
        "2028-02-29"),
        ("kan I komme på tirsdag mellem 8 og 12?", "2026-12-01"), ("i maj", None), ("en dag", None),
        ("", None), ("hvad som helst", None), ("31/2", None), ("32. december", None), ("5CG1234XYZ", None),
        ("kl. 14.30", None), ("3.2", "2027-02-03"), ("8", None), ("den blinker", None), ("1.2.3.4", None),
    ],
)  # fmt: skip
def test_days_to_come(text, day):
    assert read_date(text, TODAY, "future") == (date.fromisoformat(day) if day else None)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("i går", "2026-11-25"), ("igår", "2026-11-25"), ("yesterday", "2026-11-25"), ("i forgårs", "2026-11-24"),
        ("the day before yesterday", "2026-11-24"), ("sidste fredag", "2026-11-20"), ("i fredags", "2026-11-20"),
        ("last Friday", "2026-11-20"), ("torsdag", "2026-11-19"), ("two weeks ago", "2026-11-12"),
        ("for to uger siden", "2026-11-12"), ("for 3 dage siden", "2026-11-23"), ("a week ago", "2026-11-19"),
        ("for en måned siden", "2026-10-26"), ("2 years ago", "2024-11-26"), ("sidste uge", "2026-11-19"),
        ("3/11", "2026-11-03"), ("3/12", "2025-12-03"), ("3. november", "2026-11-03"), ("3. december", "2025-12-03"),
        ("den 3.", "2026-11-03"), ("d. 28", "2026-10-28"), ("den 31.", "2026-10-31"), ("15.08.2024", "2024-08-15"),
        ("den blev købt 15. august 2024", "2024-08-15"), ("this morning", "2026-11-26"), ("i aftes", "2026-11-25"),
        ("on Monday", "2026-11-23"), ("29. februar", "2024-02-29"),
    ],
)  # fmt: skip
def test_days_gone_by(text, day):
    assert read_date(text, TODAY, "past") == date.fromisoformat(day)


@given(DAYS, DAYS, st.sampled_from(["future", "past"]), st.sampled_from(list(Language)))
def test_a_date_in_full_reads_back_whatever_day_it_is(day, today, prefer, language):
    assert read_date(format_date(day, language), today, prefer) == day
    assert read_date(day.isoformat(), today, prefer) == day
    assert read_date(f"{day.day}/{day.month}-{day.year}", today, prefer) == day
    assert read_date(f"{day:%d.%m.%Y}", today, prefer) == day


@given(st.text(), DAYS)
def test_reading_never_fails(text, today):
    read_date(text, today, "future")
    read_date(text, today, "past")


@given(st.sampled_from(["mandag", "Tuesday", "onsdag", "den 31.", "3/11", "29. februar", "Friday"]), DAYS)
def test_the_preference_decides_the_direction(text, today):
    future, past = read_date(text, today, "future"), read_date(text, today, "past")
    assert future and past and past <= today <= future


def test_dates_are_written_as_people_write_them():
    assert format_date(TODAY, Language.DA) == "torsdag den 26. november 2026"
    assert format_date(TODAY, Language.EN) == "Thursday 26 November 2026"

"""The productions by the name that rules give them."""

from __future__ import annotations

from collections.abc import Mapping

from transforms.dates import calendar as date_calendar
from transforms.dates import days as date_days
from transforms.dates import lengths as date_lengths
from transforms.dates import periods as date_periods
from transforms.dates import years as date_years
from transforms.dates.words import Production

PRODUCTIONS: Mapping[str, Production] = {
    "day_of_running_month": date_days.day_of_running_month,
    "day_continued": date_calendar.day_continued,
    "ago": date_lengths.ago,
    "bare_part": date_days.bare_part,
    "bc": date_years.bc,
    "bc_bare": date_years.bc_bare,
    "calendar": date_calendar.calendar,
    "century": date_years.century,
    "clock": date_calendar.clock,
    "constant": date_days.constant,
    "counted_of": date_lengths.counted_of,
    "counted_window": date_lengths.counted_window,
    "decade": date_years.decade,
    "deictic": date_days.deictic,
    "duration": date_lengths.duration,
    "half": date_periods.half,
    "holiday": date_calendar.holiday,
    "month": date_calendar.month,
    "month_bare": date_calendar.month_bare,
    "month_number": date_calendar.month_number,
    "month_risky": date_calendar.month_risky,
    "numeric": date_calendar.numeric,
    "numeric_ambiguous": date_calendar.numeric_ambiguous,
    "numeric_time": date_calendar.numeric_time,
    "past_unit": date_periods.past_unit,
    "part_set": date_days.part_set,
    "quarter": date_periods.quarter,
    "reference": date_days.reference,
    "season": date_periods.season,
    "season_bare": date_periods.season_bare,
    "sets": date_days.sets,
    "shifted": date_lengths.shifted,
    "shifted_event": date_lengths.shifted_event,
    "small_hours": date_days.small_hours,
    "that_day": date_days.that_day,
    "that_part": date_days.that_part,
    "that_unit": date_periods.that_unit,
    "third_of_unit": date_periods.third_of_unit,
    "unit_set": date_lengths.unit_set,
    "weekend": date_periods.weekend,
    "weekday": date_days.weekday,
    "weekday_ago": date_days.weekday_ago,
    "weekday_of_week": date_days.weekday_of_week,
    "weekday_range": date_days.weekday_range,
    "weekday_range_end": date_days.weekday_range_end,
    "weekday_set": date_days.weekday_set,
    "weekday_week": date_days.weekday_week,
    "year": date_years.year,
    "year_ago": date_periods.year_ago,
    "year_bare": date_years.year_bare,
    "year_short": date_years.year_short,
}
"""Name in the rules to what makes the value of its parts."""

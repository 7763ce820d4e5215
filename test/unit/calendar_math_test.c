#include "read/calendar_math.h"
#include "tap.h"

static void is_week(int32_t y, int32_t m, int32_t d, int32_t want_year, int32_t want_week, const char *name)
{
  int32_t year = 0, week = 0;
  day_iso_week((struct day){y, m, d}, &year, &week);
  is_int(year * 100 + week, want_year * 100 + want_week, name);
}

int main(void)
{
  is_int(day_number((struct day){1970, 1, 1}), 0, "days are counted from 1970");
  is_int(day_number((struct day){2000, 3, 1}), 11017, "over a leap day of a century");
  bool back = true;
  for (int32_t n = -700000; n < 2900000; n += 17) {
    struct day d;
    back = back && day_of_number(n, &d) && day_valid(d) && day_number(d) == n;
  }
  ok(back, "there and back again");
  is_int(day_weekday((struct day){2024, 10, 28}), 1, "2024-10-28 was a Monday");
  is_int(day_weekday((struct day){1969, 7, 20}), 7, "1969-07-20 was a Sunday");
  ok(day_valid((struct day){2024, 2, 29}) && !day_valid((struct day){2023, 2, 29}) && !day_valid((struct day){1900, 2, 29}), "leap years");
  ok(!day_valid((struct day){2024, 13, 1}) && !day_valid((struct day){0, 1, 1}) && !day_valid((struct day){10000, 1, 1}), "ranges");
  is_week(2024, 10, 28, 2024, 44, "a week in the middle of the year");
  is_week(2021, 1, 3, 2020, 53, "the first days may belong to the last week of the year before");
  is_week(2024, 12, 30, 2025, 1, "and the last ones to the first of the next");
  struct day d = {2024, 1, 31};
  ok(day_add_months(&d, 1) && d.month == 2 && d.day == 29, "a month on, the day is cut");
  ok(day_add_months(&d, -14) && d.year == 2022 && d.month == 12, "months back over a year");
  d = (struct day){1, 1, 1};
  ok(!day_add(&d, -1) && d.year == 1, "nothing before the year 1, and the day stays");
  ok(!day_add(&d, INT32_MAX) && !day_add_months(&d, INT32_MIN), "steps beyond the calendar are refused");
  return tap_end();
}

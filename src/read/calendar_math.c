#include "read/calendar_math.h"

#define YEAR_MOST 9999
#define STEP_MOST 4000000 /* days; more than all the calendar holds */

static bool leap(int32_t y) { return (y % 4 == 0 && y % 100 != 0) || y % 400 == 0; }

int month_days(int32_t year, int32_t month)
{
  static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (month < 1 || month > 12) return 0;
  return month == 2 && leap(year) ? 29 : days[month - 1];
}

bool day_valid(struct day d)
{
  return d.year >= 1 && d.year <= YEAR_MOST && d.month >= 1 && d.month <= 12 && d.day >= 1 && d.day <= month_days(d.year, d.month);
}

/* Years are counted from March, so that the leap day comes last; 400 years are 146097 days. */
int32_t day_number(struct day d)
{
  int32_t y = d.year - (d.month <= 2), era = (y >= 0 ? y : y - 399) / 400, year_of_era = y - era * 400;
  int32_t day_of_year = (153 * (d.month + (d.month > 2 ? -3 : 9)) + 2) / 5 + d.day - 1;
  int32_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146097 + day_of_era - 719468;
}

bool day_of_number(int32_t number, struct day *to)
{
  if (number < -STEP_MOST || number > STEP_MOST) return false;
  int32_t z = number + 719468, era = (z >= 0 ? z : z - 146096) / 146097, day_of_era = z - era * 146097;
  int32_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  int32_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100), month = (5 * day_of_year + 2) / 153;
  struct day d = {.day = day_of_year - (153 * month + 2) / 5 + 1, .month = month < 10 ? month + 3 : month - 9};
  d.year = year_of_era + era * 400 + (d.month <= 2);
  if (!day_valid(d)) return false;
  *to = d;
  return true;
}

int day_weekday(struct day d)
{
  int32_t n = (day_number(d) + 3) % 7; /* 1970-01-01 was a Thursday */
  return (int)(n < 0 ? n + 7 : n) + 1;
}

bool day_add(struct day *d, int32_t days)
{
  if (days < -STEP_MOST || days > STEP_MOST) return false;
  return day_of_number(day_number(*d) + days, d);
}

bool day_add_months(struct day *d, int32_t months)
{
  if (months < -12 * YEAR_MOST || months > 12 * YEAR_MOST) return false;
  int32_t all = d->year * 12 + d->month - 1 + months;
  struct day to = {all / 12, all % 12 + 1, d->day};
  if (all < 12 || to.year > YEAR_MOST) return false;
  if (to.day > month_days(to.year, to.month)) to.day = month_days(to.year, to.month);
  *d = to;
  return true;
}

/* A week belongs to the year of its Thursday. */
void day_iso_week(struct day d, int32_t *year, int32_t *week)
{
  int32_t thursday = day_number(d) + 4 - day_weekday(d);
  struct day t = d;
  (void)day_of_number(thursday, &t);
  struct day first = {t.year, 1, 1};
  *year = t.year;
  *week = (day_number(t) - day_number(first)) / 7 + 1;
}

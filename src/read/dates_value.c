/* dates_value.c: points of the calendar, how they are written as TIMEX3, and which one a phrase without all its parts means. */
#include "read/dates.h"
#include <stdio.h>

static void put_time(const struct when *w, char value[VALUE_MOST])
{
  size_t n = strlen(value);
  if (w->hour >= 0) snprintf(value + n, VALUE_MOST - n, "T%02d:%02d%s", w->hour % 100, w->minute % 100, w->utc ? "Z" : "");
  else if (w->part.n) snprintf(value + n, VALUE_MOST - n, "T%.*s", (int)(w->part.n > 2 ? 2 : w->part.n), w->part.at);
}

void when_write(const struct when *w, char value[VALUE_MOST])
{
  int y = w->day.year, m = w->day.month;
  const char *era = w->bc ? "BC" : "";
  int32_t week_year, week;
  value[0] = '\0';
  switch (w->grain) {
  case GRAIN_NONE: return;
  case GRAIN_DECADE: snprintf(value, VALUE_MOST, "%s%03d", era, y / 10); return;
  case GRAIN_CENTURY: snprintf(value, VALUE_MOST, "%s%02d", era, y / 100); return;
  case GRAIN_YEAR: snprintf(value, VALUE_MOST, "%s%04d", era, y); return;
  case GRAIN_SEASON: snprintf(value, VALUE_MOST, "%s%04d-%.*s", era, y, (int)(w->season.n > 2 ? 2 : w->season.n), w->season.at); return;
  case GRAIN_QUARTER: snprintf(value, VALUE_MOST, "%s%04d-Q%d", era, y, w->quarter); return;
  case GRAIN_MONTH: snprintf(value, VALUE_MOST, "%s%04d-%02d", era, y, m); return;
  case GRAIN_WEEK:
  case GRAIN_WEEKEND:
    day_iso_week(w->day, &week_year, &week);
    snprintf(value, VALUE_MOST, "%04d-W%02d%s", week_year, week, w->grain == GRAIN_WEEKEND ? "-WE" : "");
    return;
  case GRAIN_DAY:
    snprintf(value, VALUE_MOST, "%s%04d-%02d-%02d", era, y, m, w->day.day);
    put_time(w, value);
    return;
  }
}

bool dates_base(const struct dates *d, bool anaphoric, struct day *to)
{
  if (!anaphoric && !d->has_published) return false; /* "last month" is of a day that is not told */
  if ((anaphoric || d->narrative) && d->anchor.grain != GRAIN_NONE && !d->anchor.bc) {
    *to = d->anchor.day;
    return true;
  }
  *to = d->published;
  return d->has_published && !(d->narrative && !anaphoric);
}

bool when_shift(struct day base, struct slice unit, int32_t steps, struct when *to)
{
  struct when w = {.day = base, .hour = -1};
  if (steps > 100000 || steps < -100000) return false;
  bool good = true;
  if (slice_is(unit, "D")) w.grain = GRAIN_DAY, good = day_add(&w.day, steps);
  else if (slice_is(unit, "W")) w.grain = GRAIN_WEEK, good = day_add(&w.day, steps * 7);
  else if (slice_is(unit, "FN")) w.grain = GRAIN_WEEK, good = day_add(&w.day, steps * 14);
  else if (slice_is(unit, "WE")) w.grain = GRAIN_WEEKEND, good = day_add(&w.day, steps * 7);
  else if (slice_is(unit, "M")) w.grain = GRAIN_MONTH, good = day_add_months(&w.day, steps);
  else if (slice_is(unit, "Q")) {
    good = day_add_months(&w.day, steps * 3);
    w.grain = GRAIN_QUARTER;
    w.quarter = (w.day.month - 1) / 3 + 1;
  } else if (slice_is(unit, "Y")) w.grain = GRAIN_YEAR, good = day_add_months(&w.day, steps * 12);
  else if (slice_is(unit, "DE")) w.grain = GRAIN_DECADE, good = day_add_months(&w.day, steps * 120);
  else if (slice_is(unit, "CE")) w.grain = GRAIN_CENTURY, good = steps > -90 && steps < 90 && day_add_months(&w.day, steps * 1200);
  else return false;
  if (good) *to = w;
  return good;
}

#define NEAR (3 * 32) /* a date so little ahead (in months of 32 days) may be meant where the verb tells no tense; one that lies a few
                      days ahead of a past verb is no year old either */

/* A history goes on from the last date told: a month somewhat before it is told in retrospect, one far before it is next year's.  News
 * tells of the nearest past, or of the nearest future where the verb says so. */
bool dates_year(const struct dates *d, int32_t i, int32_t month, int32_t day, int32_t *year)
{
  struct day base;
  if (d->narrative || !d->has_published) {
    if (d->anchor.grain == GRAIN_NONE) return false;
    *year = d->anchor.day.year;
    if (d->anchor.grain >= GRAIN_MONTH && d->anchor.day.month - month > 7 && !d->anchor.bc) *year += 1;
    return true;
  }
  base = d->published;
  int32_t then = month * 32 + day, now = base.month * 32 + (day ? base.day : 0);
  *year = base.year;
  int tense = dates_tense(d, i);
  if (tense > 0) {
    if (then < now) *year += 1;
  } else if (then - now > (tense < 0 ? 31 : NEAR)) *year -= 1;
  return true;
}

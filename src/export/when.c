#include "export/when.h"
#include "ledger/ledger_item.h"
#include "read/calendar_math.h"

/* Two digits at *at, which then stands behind them; -1: there are none. */
static int two(struct slice s, size_t *at)
{
  if (*at + 2 > s.n || s.at[*at] < '0' || s.at[*at] > '9' || s.at[*at + 1] < '0' || s.at[*at + 1] > '9') return -1;
  const int value = (s.at[*at] - '0') * 10 + s.at[*at + 1] - '0';
  *at += 2;
  return value;
}

static bool skip(struct slice s, size_t *at, char c)
{
  const bool is = *at < s.n && s.at[*at] == c;
  *at += is;
  return is;
}

bool when_read(struct slice published, struct when *to)
{
  enum { MINUTES = 24 * 60 };
  int32_t number;
  struct day day;
  size_t at = 10;
  int hour = 0, minute = 0, second = 0, zone = 0;
  if (!item_day(published, &number)) return false;
  if (skip(published, &at, 'T')) {
    hour = two(published, &at);
    if (skip(published, &at, ':')) minute = two(published, &at);
    if (skip(published, &at, ':')) second = two(published, &at);
    const bool behind = skip(published, &at, '-');
    if (behind || skip(published, &at, '+')) {
      const int hours = two(published, &at);
      skip(published, &at, ':');
      zone = hours * 60 + two(published, &at);
      if (behind) zone = -zone;
    }
    if (hour < 0 || minute < 0 || second < 0) hour = minute = second = zone = 0;
  }
  if (second > 59) second = 59; /* a leap second */
  int minutes = hour * 60 + minute - zone;
  if (minutes < 0) number--;
  if (minutes >= MINUTES) number++;
  minutes = (minutes + MINUTES) % MINUTES;
  if (!day_of_number(number, &day)) return false;
  *to = (struct when){day.year, day.month, day.day, minutes / 60, minutes % 60, second};
  return true;
}

void when_digits(struct buf *to, const struct when *w)
{
  buf_printf(to, "%04d%02d%02d%02d%02d%02d", w->year, w->month, w->day, w->hour, w->minute, w->second);
}

void when_rfc3339(struct buf *to, const struct when *w)
{
  buf_printf(to, "%04d-%02d-%02dT%02d:%02d:%02d.000Z", w->year, w->month, w->day, w->hour, w->minute, w->second);
}

void when_ical(struct buf *to, const struct when *w)
{
  buf_printf(to, "%04d%02d%02dT%02d%02d%02dZ", w->year, w->month, w->day, w->hour, w->minute, w->second);
}

#include "intake/iso_date.h"
#include <stdio.h>

/* n digits off the front; -1 when they are not there */
static int digits(struct slice *s, size_t n)
{
  int v = 0;
  if (s->n < n) return -1;
  for (size_t i = 0; i < n; i++) {
    if (s->at[i] < '0' || s->at[i] > '9') return -1;
    v = v * 10 + (s->at[i] - '0');
  }
  *s = slice_sub(*s, n, s->n);
  return v;
}

static bool take(struct slice *s, char c)
{
  if (s->n == 0 || s->at[0] != c) return false;
  *s = slice_sub(*s, 1, s->n);
  return true;
}

static int days_in(int year, int month)
{
  static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return days[month - 1] + (month == 2 && leap);
}

/* hh:mm[:ss[.f]], or without colons; -1 in *second when it is not told */
static bool time_of_day(struct slice *s, int *hour, int *minute, int *second)
{
  *hour = digits(s, 2);
  bool colon = take(s, ':');
  *minute = digits(s, 2);
  *second = -1;
  if (colon ? take(s, ':') : s->n > 0 && s->at[0] >= '0' && s->at[0] <= '9') {
    *second = digits(s, 2);
    if (*second < 0) return false;
    if (take(s, '.') || take(s, ',')) {
      if (digits(s, 1) < 0) return false;
      while (digits(s, 1) >= 0) continue;
    }
  }
  return *hour >= 0 && *hour <= 23 && *minute >= 0 && *minute <= 59 && *second <= 60;
}

/* Z, +hh:mm, +hhmm, +hh or nothing */
static bool zone(struct slice *s, char to[8])
{
  to[0] = '\0';
  if (s->n == 0) return true;
  if (take(s, 'Z') || take(s, 'z')) {
    memcpy(to, "Z", 2);
    return s->n == 0;
  }
  char sign = s->at[0];
  if (!take(s, '+') && !take(s, '-')) return false;
  int hour = digits(s, 2), minute = 0;
  if (s->n > 0) {
    take(s, ':');
    minute = digits(s, 2);
  }
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || s->n > 0) return false;
  snprintf(to, 8, "%c%02d:%02d", sign, hour % 100, minute % 100);
  return true;
}

bool iso_date_normal(struct slice s, char to[ISO_DATE_SIZE])
{
  s = slice_trim(s);
  int year = digits(&s, 4);
  bool dash = take(&s, '-');
  int month = digits(&s, 2);
  if (dash && !take(&s, '-')) return false;
  int day = digits(&s, 2);
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > days_in(year, month)) return false;
  int n = snprintf(to, ISO_DATE_SIZE, "%04d-%02d-%02d", year, month, day);
  if (s.n == 0) return true;
  if (!take(&s, 'T') && !take(&s, 't') && !take(&s, ' ')) return false;
  int hour, minute, second;
  char where[8];
  if (!time_of_day(&s, &hour, &minute, &second)) return false;
  take(&s, ' '); /* "14:05 +0200", as some feeds write it */
  if (!zone(&s, where)) return false;
  n += snprintf(to + n, (size_t)(ISO_DATE_SIZE - n), "T%02d:%02d", hour, minute);
  if (second >= 0) n += snprintf(to + n, (size_t)(ISO_DATE_SIZE - n), ":%02d", second);
  snprintf(to + n, (size_t)(ISO_DATE_SIZE - n), "%s", where);
  return true;
}

/* calendar_math.h: arithmetic on days of the proleptic Gregorian calendar (algorithms: Howard Hinnant, "chrono-compatible low-level date
 * algorithms") and ISO 8601 weeks.  Years 1 to 9999; everything outside is refused by returning false, never wrapped. */
#ifndef READ_CALENDAR_MATH_H
#define READ_CALENDAR_MATH_H
#include <stdbool.h>
#include <stdint.h>

struct day { int32_t year, month, day; };

bool day_valid(struct day d);
int month_days(int32_t year, int32_t month);        /* 28 to 31 */
int32_t day_number(struct day d);                   /* days since 1970-01-01 */
bool day_of_number(int32_t number, struct day *to);
int day_weekday(struct day d);                      /* 1 = Monday ... 7 = Sunday */
bool day_add(struct day *d, int32_t days);
bool day_add_months(struct day *d, int32_t months); /* the day is cut to the month's last */
void day_iso_week(struct day d, int32_t *year, int32_t *week);

#endif

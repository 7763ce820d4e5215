/* when.h: times of publication as other forms write them.  A day without a time is its midnight in UTC; a time without a zone is taken for UTC. */
#ifndef EXPORT_WHEN_H
#define EXPORT_WHEN_H
#include "base/buf.h"

struct when {
  int32_t year, month, day, hour, minute, second; /* UTC */
};
/* "2024-10-28", "2024-10-28T14:05:30+02:00"; false for what is no day of the calendar. */
bool when_read(struct slice published, struct when *to);
void when_digits(struct buf *to, const struct when *when);   /* 20241028120530 */
void when_rfc3339(struct buf *to, const struct when *when);  /* 2024-10-28T12:05:30.000Z, as STIX has it */
void when_ical(struct buf *to, const struct when *when);     /* 20241028T120530Z */

#endif

/* iso_date.h: dates of publication, ISO 8601, on the calendar: "2024-10-28", "20241028", each with or without a time of day
 * ("T14:05", " 14:05:30.25Z", "T140530+0200"). */
#ifndef INTAKE_ISO_DATE_H
#define INTAKE_ISO_DATE_H
#include "base/slice.h"

#define ISO_DATE_SIZE 40

/* Writes the long form ("2024-10-28", "2024-10-28T14:05:30Z"; a fraction of a second is dropped), ended by NUL.  False for what is no
 * such date, or a day that the calendar does not have. */
bool iso_date_normal(struct slice s, char to[ISO_DATE_SIZE]);

#endif

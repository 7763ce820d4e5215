/* plover.h: events as PLOVER's records (plover.c). */
#ifndef EXPORT_PLOVER_H
#define EXPORT_PLOVER_H
#include "base/buf.h"
#include "know/plover.h"
#include <jansson.h>

/* Appends the record of an event of a reading (in JSON, with its text), and a line feed; nothing for one that PLOVER leaves out. */
void plover_put(struct buf *to, const struct plover *plover, const json_t *reading, const json_t *event);
/* The same of all events of a reading. */
void plover_put_all(struct buf *to, const struct plover *plover, const json_t *reading);

#endif

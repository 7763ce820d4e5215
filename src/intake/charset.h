/* charset.h: text in any charset becomes UTF-8 (uchardet tells which, iconv converts). */
#ifndef INTAKE_CHARSET_H
#define INTAKE_CHARSET_H
#include "base/arena.h"
#include "base/slice.h"
#include "base/status.h"

/* The UTF-16 or UTF-32 that a byte order mark tells, as iconv names it; NULL for none. */
const char *charset_of_mark(struct slice bytes);
/* Without the byte order mark of UTF-8 in front. */
struct slice charset_skip_mark(struct slice bytes);

/* *to = the bytes as UTF-8 in the arena, NUL behind; at most `most` bytes.  `charset` may be NULL: then it is guessed.
 * `name` and `what` go into the message.  ST_REFUSED: no charset fits, text too long, no memory. */
enum status charset_convert(struct slice bytes, const char *charset, size_t most, struct arena *arena, const char *name, struct slice *to,
                            struct error *error);

#endif

/* read.h: one document's analysis becomes its reading. */
#ifndef READ_READ_H
#define READ_READ_H
#include "read/reading.h"
#include <stdbool.h>

/* Are texts in this language (languages.h) read?  Those in no known one are. */
bool language_is_read(struct slice language);

/* `published` is an ISO date or date-time, or empty.  A text in a language that is not read gives its language and no records.
 * Names in *a that run into each other are parted first (names_part.h).  Everything in *to lives in `arena`.  Deterministic; thread-safe (know is only
 * read). */
enum status read_document(struct analysis *a, const struct know *know, struct slice published, struct arena *arena, struct reading *to,
                          struct error *error);

#endif

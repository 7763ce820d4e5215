/* words.h: the words of the record format for the enumerations of a reading, and small helps for showing one. */
#ifndef SHOW_WORDS_H
#define SHOW_WORDS_H
#include "base/buf.h"
#include "read/reading.h"

const char *show_entity_kind(enum entity_kind kind);
const char *show_place_kind(enum place_kind kind);
const char *show_place_use(enum place_use use);
const char *show_date_type(enum date_type type);
const char *show_status(enum event_status status);
const char *show_bound(enum bound bound);
const char *show_sort(enum figure_sort sort);
const char *show_move(enum figure_move move);
const char *show_source_kind(enum source_kind kind);
const char *show_quote(enum quote quote);
const char *show_stance(enum stance stance);
const char *show_certainty(enum certainty certainty);
const char *show_shift(enum shift shift);

/* Index of the sentence in which `offset` lies (of the last one that begins before it); 0 where there is none.  Logarithmic. */
uint32_t show_sentence(const struct analysis *a, uint32_t offset);

/* Text for a terminal: runs of white space become one blank, control characters and those that turn the direction of writing are left out, so
 * that no document can steer the reader's terminal.  Cut after `most` columns with "…" (0: not cut). */
void show_clean(struct buf *to, struct slice text, unsigned most);
/* The same for text that is laid out already: line ends and tabs stay. */
void show_safe(struct buf *text);

#endif

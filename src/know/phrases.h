/* phrases.h: phrases of one or more words as keys, matched on the tokens of a text.
 *
 * A key is the phrase in lower case, its words parted by one blank ("more than").  One phrase may have several rows, one after the
 * other in a chain kept by the owner (see phrases_add).  ASCII letters only are put in lower case (the keys of a table are written in
 * lower case already), and the typographic apostrophe counts as the plain one.  Built once, then immutable: any thread may look up. */
#ifndef KNOW_PHRASES_H
#define KNOW_PHRASES_H
#include "base/map.h"
#include "lang/analysis.h"

#define PHRASE_BYTES 96 /* a longer key is refused; longer words of a text match nothing */
#define PHRASE_WORDS 8

struct phrases { /* private */
  struct map map;
};

/* Adds `phrase` with `value`.  ST_OK and *older = the value it had (MAP_NONE when new; the map then holds `value`), ST_MEMORY, or ST_USAGE
 * when the phrase is empty, too long, or not in lower case. */
enum status phrases_add(struct phrases *p, struct arena *arena, struct slice phrase, uint32_t value, uint32_t *older);
/* The value of a phrase as written in any case, or MAP_NONE. */
uint32_t phrases_find(const struct phrases *p, struct slice phrase);
/* Of the longest phrase that begins at token `first` and ends at or before `end` (by forms, or by lemmas); *length = its tokens. */
uint32_t phrases_at(const struct phrases *p, const struct analysis *a, int32_t first, int32_t end, bool lemmas, int32_t *length);
/* Of the longest phrase that ends before token `end` and begins at or behind `first`. */
uint32_t phrases_before(const struct phrases *p, const struct analysis *a, int32_t first, int32_t end, int32_t *length);

#endif

/* word_classes.h: a table of two columns, a word and one of a few classes, as a map for each class: data/en/place_words.tsv, data/en/entity_words.tsv.
 * A word may stand in several classes, once in each.  Immutable once loaded; any thread. */
#ifndef KNOW_WORD_CLASSES_H
#define KNOW_WORD_CLASSES_H
#include "base/map.h"
#include "know/source.h"

#define WORD_CLASSES_MOST 8

struct word_classes {
  struct map lines[WORD_CLASSES_MOST];
  uint16_t table;
};

/* `names` are the classes as the table writes them, n of them.  ST_TABLE with file and line for a wrong row. */
enum status word_classes_load(struct word_classes *to, struct know_source *src, const char *table, const char *const *names, size_t n);
/* The line that gives the word this class, its ASCII capitals read as small letters; table 0 when there is none. */
struct know_line word_classes_find(const struct word_classes *words, struct slice word, size_t class);

#endif

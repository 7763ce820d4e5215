/* ledger_item.h: inside of the ledger: one reading in its JSON form, taken apart and checked, before anything is written. */
#ifndef LEDGER_LEDGER_ITEM_H
#define LEDGER_LEDGER_ITEM_H
#include "base/arena.h"
#include "base/slice.h"
#include "base/status.h"
#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

/* A word of a document and how much it tells, as a part of 1 / TERM_ONE; the squares of a document's weights add up to TERM_ONE squared. */
#define TERM_ONE 10000
struct term {
  uint32_t word; /* hash of the stem and of where it stands: see ledger_terms.c */
  uint16_t weight;
};
struct terms {
  struct term *at; /* in order of `word`, each once */
  uint32_t n;
};

#define TERM_VIEWS 4    /* word % TERM_VIEWS: where it stands, or what it is */
#define TERMS_TOP 24    /* words by which documents like it are found */
#define SKETCH_SIZE 48  /* smallest hashes of its runs of five words (Broder 1997, bottom-k) */

struct ledger_item {
  struct arena arena;
  json_t *root;
  struct slice json;       /* all of it, as given, until it is packed */
  struct slice packed, packed_terms, packed_sketch; /* as they are kept (ledger_group.c) */
  struct slice words;      /* of title and text, each once: for full text (ledger_terms.c) */
  struct slice id, title, publisher, url, published, sha256, text;
  int32_t day;             /* of publication, since 1970-01-01 */
  bool has_day;
  int32_t told;            /* the day of publication, else the first one that the head of the text names */
  bool has_told;
  const json_t *entities, *places, *dates, *events, *claims, *figures, *positions, *sentences;
  struct terms terms;
  uint32_t top[TERMS_TOP];
  uint32_t n_top;
  uint32_t sketch[SKETCH_SIZE]; /* ascending */
  uint32_t n_sketch;
};

/* Everything lives in the item (slices point into its JSON tree) until item_release, which is due in any case.  ST_REFUSED: not a whole reading. */
enum status item_read(struct ledger_item *item, struct slice json, struct error *error);
enum status item_read_tree(struct ledger_item *item, struct slice json, json_t *tree, struct error *error); /* tree: of json; NULL: it is made */
void item_release(struct ledger_item *item);

/* The document's title, else its first line, cut at a blank (ledger_add.c). */
struct slice item_headline(const struct ledger_item *item);

/* The member as a string, or empty. */
struct slice item_string(const json_t *object, const char *member);
/* The member as a whole number, or `absent`. */
int64_t item_int(const json_t *object, const char *member, int64_t absent);
bool item_number(const json_t *object, const char *member, double *to);
/* The record that member `member` of `record` points at in `records`; NULL. */
const json_t *item_at(const json_t *records, const json_t *record, const char *member);
/* "2024-10-28T.." or "2024-10-28" as days since 1970-01-01; false for what names no day. */
bool item_day(struct slice date, int32_t *to);

/* Fills terms, top, sketch and told (ledger_terms.c). */
struct sb_stemmer;
struct word_documents;
struct word_memo; /* stems and weights of words met before; of one thread at a time */
struct word_memo *word_memo_new(void); /* NULL: no memory */
void word_memo_free(struct word_memo *memo); /* NULL is nothing */
enum status item_weigh(struct ledger_item *item, struct sb_stemmer *stemmer, struct word_memo *memo, const struct word_documents *words,
                       struct error *error);
/* Fills `words`. */
enum status item_words(struct ledger_item *item, struct error *error);
/* The stem of the last word of the text, in lower case, in the arena. */
struct slice item_stem(struct ledger_item *item, struct sb_stemmer *stemmer, struct slice text);
/* The stems of the text's first `most` words that tell anything, with a blank between them, in the arena; that of a capital word begins with '^'. */
struct slice item_topic(struct ledger_item *item, struct sb_stemmer *stemmer, const struct word_documents *words, struct slice text, unsigned most);

#endif

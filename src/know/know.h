/* know.h: all that the program knows about the world, compiled once from the tables of data/; immutable, shared by all threads. */
#ifndef KNOW_KNOW_H
#define KNOW_KNOW_H
#include "know/anaphors.h"
#include "know/cues.h"
#include "know/calendar.h"
#include "know/entity_words.h"
#include "know/gdelt.h"
#include "know/given_names.h"
#include "know/languages.h"
#include "know/leaders.h"
#include "know/names.h"
#include "know/nouns.h"
#include "know/petrarch.h"
#include "know/place_words.h"
#include "know/numbers.h"
#include "know/rules.h"
#include "know/running_totals.h"
#include "know/status_cues.h"
#include "know/word_documents.h"
#include "know/word_list.h"

struct know {
  struct arena arena;
  const struct table *tables; /* tables[where.table - 1] */
  uint16_t n_tables;
  const struct anaphors *anaphors;
  const struct names *names;
  const struct nouns *nouns;
  const struct calendar *calendar;
  const struct entity_words *entity_words;
  const struct given_names *given_names;
  const struct languages *languages;
  const struct leaders *leaders;
  const struct numbers *numbers;
  const struct cues *cues;
  const struct place_words *place_words;
  const struct rules *rules;
  const struct status_cues *status_cues;
  const struct running_totals *running_totals; /* these three by know_open_words alone */
  const struct word_documents *word_documents;
  const struct word_list *denial_ends;         /* data/en/denial_ends.tsv */
  const struct plover *plover; /* these two by know_open_export alone; rules_plover has the first too */
  const struct gdelt *gdelt;
  const struct petrarch *petrarch; /* dictionaries that the user laid over ours; NULL */
  bool keep_ours;                  /* our event rules and names stand beside them, not behind */
  /* a member for each further kind of table, set by its own loader: see know.c */
};

/* Loads the embedded tables; those in the folder or file `path` (may be NULL) are laid over them.  *to is released with know_free
 * whether it worked or not.  ST_TABLE with file and line for a wrong line. */
enum status know_open(struct know *to, const char *path, struct error *error);
/* The same with `n` folders or files, a later one over an earlier one. */
enum status know_open_all(struct know *to, const char *const *paths, size_t n, struct error *error);
/* The same with the table of languages alone, for who reads nothing. */
enum status know_open_languages(struct know *to, const char *const *paths, size_t n, struct error *error);
/* The same with running totals, shifts of stance and the weights of words alone, for the ledger. */
enum status know_open_words(struct know *to, const char *const *paths, size_t n, struct error *error);
/* The same with what exports need alone. */
enum status know_open_export(struct know *to, const char *const *paths, size_t n, struct error *error);
void know_free(struct know *know);
/* The text of the line, for `tocsin why`; empty for nowhere. */
struct slice know_text(const struct know *know, struct know_line where);

#endif

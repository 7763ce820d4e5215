/* numbers.h: what the tables know of numbers: number words, units and currencies, the words that bound or hedge a number, what befell
 * the people counted, and how one number follows another.
 *
 * From data/en/numbers.tsv, units.tsv, hedges.tsv, states.tsv, changes.tsv; each table's head says what its columns mean.
 * Immutable, shared by all threads.  Look-ups by token take the longest phrase. */
#ifndef KNOW_NUMBERS_H
#define KNOW_NUMBERS_H
#include "know/phrases.h"
#include "know/sector.h"
#include "know/table.h"

enum number_kind { NUMBER_CARDINAL, NUMBER_HUNDRED, NUMBER_MAGNITUDE, NUMBER_GLUED, NUMBER_GROUP, NUMBER_FRACTION, NUMBER_VAGUE, NUMBER_ARTICLE, NUMBER_MINUS,
                   NUMBER_EVERY, NUMBER_ORDINAL };
struct number_word {
  enum number_kind kind;
  double value;
  const void *next; /* struct number_word: the same phrase in another sense, or NULL */
  struct know_line where;
};

enum unit_kind { UNIT_CURRENCY, UNIT_SYMBOL, UNIT_PERCENT, UNIT_MEASURE, UNIT_TIME, UNIT_AGE, UNIT_SCORE, UNIT_PERSON, UNIT_BAND };
struct unit {
  enum unit_kind kind;
  struct slice code; /* "USD", "%", "km" */
  const void *next; /* struct unit: the same phrase in another sense, or NULL */
  struct know_line where;
};

#define BOUND_WORDS(X)                                                                                                        \
  X(EXACT, "exact") X(ABOUT, "about") X(AT_LEAST, "at_least") X(MORE_THAN, "more_than") X(AT_MOST, "at_most") X(LESS_THAN, "less_than") \
  X(BETWEEN, "between") X(VAGUE, "vague")
enum bound {
#define BOUND_ENUM(name, text) BOUND_##name,
  BOUND_WORDS(BOUND_ENUM)
#undef BOUND_ENUM
};

enum hedge_kind {
  HEDGE_BEFORE, HEDGE_AFTER, HEDGE_DOUBT, HEDGE_RANGE, HEDGE_LINK, HEDGE_CLOSE, HEDGE_INCREMENT, HEDGE_RATE, HEDGE_PART, HEDGE_LABEL, HEDGE_WHOLE, HEDGE_AGE,
  HEDGE_LENGTH, HEDGE_RATIO, HEDGE_YEAR, HEDGE_CLOCK
};
struct hedge {
  enum hedge_kind kind;
  enum bound bound; /* of HEDGE_BEFORE and HEDGE_AFTER */
  bool flag;        /* HEDGE_BEFORE: also given among the figure's hedges; HEDGE_RANGE: opens the way of a movement too ("from 12 to 27");
                       HEDGE_RATE: needs no noun behind it ("apiece"); HEDGE_RATIO: of numbers in words alone */
  const void *next; /* struct hedge: the same phrase in another sense, or NULL */
  struct know_line where;
};

enum state_role { STATE_OBJECT, STATE_SUBJECT, STATE_NOUN, STATE_ADJECTIVE };
struct state {
  enum state_role role;
  struct slice state; /* "killed" */
  enum sector only;   /* says so of people of this sector alone; SECTOR_NONE: of all */
  const void *next; /* struct state: the same phrase in another sense, or NULL */
  struct know_line where;
};

enum figure_move { MOVE_NONE, MOVE_UP, MOVE_DOWN, MOVE_SAME };
enum change_kind { CHANGE_MOVE, CHANGE_CAUSE, CHANGE_NOUN, CHANGE_BEATS, CHANGE_FROM, CHANGE_BESIDE, CHANGE_TOTAL, CHANGE_ANAPHOR, CHANGE_WAY,
                   CHANGE_CONTRAST, CHANGE_EARLIER, CHANGE_MULTIPLE, CHANGE_AGAINST, CHANGE_WRONG };
struct change {
  enum change_kind kind;
  enum figure_move move;
  const void *next; /* struct change: the same phrase in another sense, or NULL */
  struct know_line where;
};

struct numbers; /* opaque */
struct know_source;

enum status numbers_load(const struct numbers **to, struct know_source *src);
enum status numbers_load_states(const struct numbers **to, struct know_source *src); /* numbers_is_state alone may be asked of it */

/* Each gives the row of this word or phrase with this kind (role), or NULL. */
const struct number_word *numbers_word(const struct numbers *n, struct slice word, enum number_kind kind);
const struct number_word *numbers_any(const struct numbers *n, struct slice word); /* the first row but NUMBER_GLUED, _MINUS, _EVERY, _ORDINAL */
/* A unit that begins at token `first`, never UNIT_SCORE, _PERSON or _BAND; symbols only when `symbol`, all others only when not. */
const struct unit *numbers_unit(const struct numbers *n, const struct analysis *a, int32_t first, int32_t end, bool symbol, int32_t *length);
const struct unit *numbers_unit_word(const struct numbers *n, struct slice word, bool symbol);
const struct unit *numbers_age(const struct numbers *n);                              /* the first unit of UNIT_AGE, for a bare age; or NULL */
const struct unit *numbers_person(const struct numbers *n, struct slice lemma);       /* a noun that names people, or NULL */
const struct unit *numbers_band(const struct numbers *n, struct slice lemma);         /* a noun that names many people as one, or NULL */
const struct unit *numbers_score(const struct numbers *n, struct slice lemma);        /* what "2-1" is beside this word, or NULL */
const struct hedge *numbers_hedge_at(const struct numbers *n, const struct analysis *a, int32_t first, int32_t end, enum hedge_kind kind, int32_t *length);
const struct hedge *numbers_hedge_before(const struct numbers *n, const struct analysis *a, int32_t first, int32_t end, enum hedge_kind kind,
                                         int32_t *length);
const struct hedge *numbers_hedge_word(const struct numbers *n, struct slice word, enum hedge_kind kind);
const struct state *numbers_state(const struct numbers *n, struct slice lemma, enum state_role role);
bool numbers_is_state(const struct numbers *n, struct slice word); /* "killed": does a row of the states say it? */
const struct change *numbers_change(const struct numbers *n, struct slice lemma, enum change_kind kind);
const struct change *numbers_change_before(const struct numbers *n, const struct analysis *a, int32_t first, int32_t end, enum change_kind kind,
                                           int32_t *length);

#endif

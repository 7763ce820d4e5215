/* ledger_alerts.h: what a person wants to be told of.
 *
 * Rules stand in a file, one a line, columns parted by tabs: a name, what to look for, and conditions, words with '=' and a blank between them; what
 * stands behind '=' may stand in quotes.
 * Comments begin with '#'.  doc/alerts.md explains them; here with blanks for tabs:
 *
 *     Pyongyang's troops  figure  state=deployed over=5000
 *     Moscow turns  turn  who=RUS turn=softening */
#ifndef LEDGER_LEDGER_ALERTS_H
#define LEDGER_LEDGER_ALERTS_H
#include "base/arena.h"
#include "know/numbers.h"
#include "know/plover.h"
#include "ledger/ledger.h"
#include <jansson.h>

#define ALERT_CONDITIONS(X) \
  X(TYPE, "type") X(MODE, "mode") X(STATUS, "status") X(ACTOR, "actor") X(RECIPIENT, "recipient") X(PARTY, "party") X(PLACE, "place") \
  X(PUBLISHER, "publisher") X(GRADE, "grade") X(SINCE, "since") X(UNTIL, "until") X(STORY, "story") X(STATE, "state") X(UNIT, "unit") X(OVER, "over") \
  X(RISES, "rises") X(WHO, "who") X(TURN, "turn") X(KIND, "kind") X(STANCE, "stance") X(WORDS, "words") X(WEEKS, "weeks") X(EVENTS, "events")
enum alert_condition {
#define ALERT_ENUM(name, word) ALERT_##name,
  ALERT_CONDITIONS(ALERT_ENUM)
#undef ALERT_ENUM
  ALERT_CONDITION_COUNT
};
#define ALERT_KINDS(X) \
  X(EVENT, "event") X(FIRST, "first") X(PLANNED, "planned") X(FIGURE, "figure") X(TURNED, "turn") X(CONTRADICTION, "contradiction") X(CLAIM, "claim") \
  X(POSITION, "position") X(FIND, "find") X(RISE, "rise")
enum alert_kind {
#define ALERT_ENUM(name, word) ALERT_##name##_KIND,
  ALERT_KINDS(ALERT_ENUM)
#undef ALERT_ENUM
  ALERT_KIND_COUNT
};

struct alert_rule {
  enum alert_kind kind;
  struct slice name, value[ALERT_CONDITION_COUNT]; /* empty: not asked for */
  double over, rises;                              /* over=N; rises=N or rises=N% */
  bool percent;
  int64_t number[ALERT_CONDITION_COUNT]; /* of story, weeks, events; of since and until the day */
};
struct alert_rules {
  struct alert_rule *at;
  size_t n;
  const struct plover *plover; /* as given */
};

/* Slices point into `bytes`.  ST_TABLE with file and line for a wrong line; types and modes are looked up in `plover`, states in `numbers`, which live
 * as long. */
enum status alert_rules_read(struct alert_rules *to, struct arena *arena, struct slice bytes, const char *file, const struct plover *plover,
                             const struct numbers *numbers, struct error *error);
const char *alert_kind_word(enum alert_kind kind);
const char *alert_condition_word(enum alert_condition condition);

struct alert_question {
  /* Which alerts are told: of documents by since, until, publisher, story, of which as_of, how many; with a sentence that tells an event of this actor,
   * type, status, place.  Nothing is kept of an answer as of a day. */
  struct ledger_question filter;
  bool dry_run;       /* nothing is kept */
  struct slice today; /* the day by which planned ones are due; empty: the newest day of publication */
};

struct alert {
  struct slice id, json; /* one JSON object, without a line feed */
  const json_t *told;    /* the same, taken apart */
};

/* Where alerts go.  Each gets an alert once: `take` gives ST_OK when it has gone there for good, ST_REFUSED (with *error set) when it has not and is to
 * be tried again next time (a message already said may be empty), anything else to end the telling. */
struct alert_output {
  struct slice name; /* what is kept of who was told: "stdout"; empty: told all that rang, each time */
  bool newest_first;
  enum status (*take)(void *context, const struct alert *alert, struct error *error);
  void (*first)(void *context, struct slice id); /* told, before them, which alert rang first of all; or NULL */
  void *context;
};

/* Looks for what rings now, keeps it, and tells each output what it was not told yet.  ST_REFUSED: some alerts were not delivered; why was told to
 * `said`, and the others were. */
enum status ledger_alerts(struct ledger *ledger, const struct alert_rules *rules, const struct alert_question *question, const struct alert_output *outputs,
                          size_t n_outputs, void (*said)(const char *message), struct error *error);
/* Appends lines for a person. */
void alert_say(const struct alert *alert, struct buf *to);

#endif

/* ledger_alerts.h: what a person wants to be told of.
 *
 * Rules stand in a file, one a line, columns parted by tabs: a name, what to look for, and conditions, words with '=' and a blank between them.
 * Comments begin with '#'.  doc/alerts.md explains them; here with blanks for tabs:
 *
 *     Pyongyang's troops  figure  state=deployed over=5000
 *     Moscow turns  turn  who=RUS turn=softening */
#ifndef LEDGER_LEDGER_ALERTS_H
#define LEDGER_LEDGER_ALERTS_H
#include "base/arena.h"
#include "ledger/ledger.h"

#define ALERT_CONDITIONS(X) \
  X(TYPE, "type") X(MODE, "mode") X(STATUS, "status") X(ACTOR, "actor") X(RECIPIENT, "recipient") X(PLACE, "place") X(PUBLISHER, "publisher") \
  X(STORY, "story") X(STATE, "state") X(UNIT, "unit") X(OVER, "over") X(RISES, "rises") X(WHO, "who") X(TURN, "turn") X(KIND, "kind")
enum alert_condition {
#define ALERT_ENUM(name, word) ALERT_##name,
  ALERT_CONDITIONS(ALERT_ENUM)
#undef ALERT_ENUM
  ALERT_CONDITION_COUNT
};
enum alert_kind { ALERT_EVENT, ALERT_FIRST, ALERT_PLANNED, ALERT_FIGURE, ALERT_TURNED, ALERT_CONTRADICTION };

struct alert_rule {
  enum alert_kind kind;
  struct slice name, value[ALERT_CONDITION_COUNT]; /* empty: not asked for */
  double over, rises;                              /* over=N; rises=N or rises=N% */
  bool percent;
  int64_t story;
};
struct alert_rules {
  struct alert_rule *at;
  size_t n;
};

/* Slices point into `bytes`.  ST_TABLE with file and line for a wrong line. */
enum status alert_rules_read(struct alert_rules *to, struct arena *arena, struct slice bytes, const char *file, struct error *error);

struct alert_question {
  bool json, all, dry_run; /* all: those that rang before too; dry_run: nothing is kept */
  struct slice today;      /* the day by which planned ones are due; empty: the newest day of publication */
};
/* Appends the alerts that ring now to *to, one JSON object a line or lines for a person, and keeps them, so that each rings once. */
enum status ledger_alerts(struct ledger *ledger, const struct alert_rules *rules, const struct alert_question *question, struct buf *to, struct error *error);

#endif

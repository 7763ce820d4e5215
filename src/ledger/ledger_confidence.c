/* ledger_confidence.c: the rules of doc/confidence.md.
 *
 *   1  three or more independent publishers tell it as a fact; nobody denies it
 *   2  two do
 *   3  one does; or two or more, and somebody denies it
 *   4  one does, and somebody denies it; or nobody tells more than that it may be so
 *   5  nobody tells it as a fact, and somebody denies it
 *   6  it is no fact yet: planned, asked for, or hanging on an if
 *
 * Near-copies are no tellings of their own.  A publisher who is not named counts as one. */
#include "ledger/ledger_confidence.h"
#include "ledger/ledger_correct.h"
#include <stdarg.h>
#include <stdio.h>

enum { PUBLISHERS = 16 };

struct tally {
  struct { char name[64]; size_t n; } seen[PUBLISHERS]; /* cut where longer */
  unsigned facts, copies, maybe, denied, conflicts, own_words;
  char grade;
};

__attribute__((format(printf, 2, 3)))
static void because(struct confidence *c, const char *format, ...)
{
  va_list args;
  if (c->n_why == CONFIDENCE_REASONS) return;
  va_start(args, format);
  vsnprintf(c->why[c->n_why++], sizeof c->why[0], format, args);
  va_end(args);
}

/* A publisher tells it as a fact. */
static enum status count_fact(struct ask *ask, struct tally *t, struct slice publisher)
{
  char grade = 'F';
  const size_t n = publisher.n < sizeof t->seen[0].name ? publisher.n : sizeof t->seen[0].name;
  for (unsigned i = 0; i < t->facts && i < PUBLISHERS; i++)
    if (slice_eq((struct slice){t->seen[i].name, t->seen[i].n}, slice_sub(publisher, 0, n))) return ST_OK;
  if (t->facts == PUBLISHERS) return ST_OK;
  if (n) memcpy(t->seen[t->facts].name, publisher.at, n);
  t->seen[t->facts++].n = n;
  enum status status = publisher.n ? ledger_grade(ask->ledger, publisher, &grade, ask->error) : ST_OK;
  if (grade < t->grade) t->grade = grade;
  return status;
}

static const char *count_word(unsigned n)
{
  static const char *const words[] = {"no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"};
  return n < sizeof words / sizeof *words ? words[n] : "ten or more";
}

static void judge(const struct tally *t, const char *denied, struct confidence *to)
{
  const bool against = t->conflicts > 0;
  *to = (struct confidence){.source = t->grade};
  if (t->facts) {
    because(to, "%s independent publisher%s", count_word(t->facts), t->facts == 1 ? "" : "s");
    to->credibility = against ? (t->facts >= 2 ? 3 : 4) : t->facts >= 3 ? 1 : t->facts == 2 ? 2 : 3;
    if (t->copies) because(to, "near-copies not counted: %u", t->copies);
    because(to, against ? "%s" : t->denied ? "denied of another time alone" : "nobody denies it", denied);
    if (t->own_words) because(to, "a source goes back on its own word");
  } else if (t->denied || against) {
    to->credibility = 5;
    because(to, "nobody tells it as a fact");
    because(to, "somebody denies it");
  } else if (t->maybe) {
    to->credibility = 4;
    because(to, "nobody tells more than that it may be so");
  } else {
    to->credibility = 6;
    because(to, "no fact yet: planned, asked for or hanging on an if");
  }
}

#define TELLINGS "SELECT d.publisher, d.copy_of IS NOT NULL, r.status FROM event r JOIN document d ON d.seq = r.doc WHERE r.chain = ?1 AND r.doc <= ?2"
#define AGAINST "SELECT kind FROM contradiction WHERE of = ?1 AND kind IN ('denial', 'own word') AND doc <= ?2"

enum status confidence_of_event(struct ask *ask, int64_t chain, struct confidence *to)
{
  struct tally t = {.grade = 'F'};
  sqlite3_stmt *rows = ask_use(ask, ASK_TELLINGS, TELLINGS, chain, ask->horizon);
  if (!rows) return ask->error->code;
  while (sql_row(ask->ledger, rows, ask->error)) {
    const struct slice status = sql_text(rows, 2);
    const bool fact = slice_is(status, "actual");
    if (sqlite3_column_int(rows, 1)) t.copies += fact;
    else if (fact) count_fact(ask, &t, sql_text(rows, 0));
    else if (slice_is(status, "possible")) t.maybe++;
    else if (slice_is(status, "denied") || slice_is(status, "negated")) t.denied++;
  }
  sqlite3_reset(rows);
  rows = ask_use(ask, ASK_AGAINST, AGAINST, chain, ask->horizon);
  while (rows && sql_row(ask->ledger, rows, ask->error))
    if (slice_is(sql_text(rows, 0), "denial")) t.conflicts++;
    else t.own_words++;
  sqlite3_reset(rows);
  judge(&t, "somebody denies it", to);
  return ask->error->code;
}

/* The figure's series, and how each other reading's number stands to its own. */
#define NUMBERS                                                                                                                                       \
  "SELECT d.publisher, d.copy_of IS NOT NULL, r.real, coalesce(r.value, r.low, 0) <= coalesce(f.value, f.high, 9e999) AND"                             \
  " coalesce(r.value, r.high, 9e999) >= coalesce(f.value, f.low, 0), r.bound FROM figure f JOIN figure r ON r.series = f.series"                       \
  " JOIN document d ON d.seq = r.doc WHERE f.key = ?1 AND r.doc <= ?2 AND r.real = f.real AND r.date IS f.date"
#define DISPUTES                                                                                                                                      \
  "SELECT 1 FROM figure f JOIN contradiction c ON c.of = f.series AND c.kind = 'figures' WHERE f.key = ?1 AND c.doc <= ?2"                             \
  " AND ((c.doc = f.doc AND c.n = f.n) OR (c.other_doc = f.doc AND c.other_n = f.n))"

enum status confidence_of_figure(struct ask *ask, int64_t key, struct confidence *to)
{
  struct tally t = {.grade = 'F'};
  sqlite3_stmt *rows = ask_use(ask, ASK_NUMBERS, NUMBERS, key, ask->horizon);
  if (!rows) return ask->error->code;
  while (sql_row(ask->ledger, rows, ask->error)) {
    if (!sqlite3_column_int(rows, 2) || !sqlite3_column_int(rows, 3)) continue;
    if (sqlite3_column_int(rows, 1)) t.copies++;
    else count_fact(ask, &t, sql_text(rows, 0));
  }
  sqlite3_reset(rows);
  rows = ask_use(ask, ASK_DISPUTES, DISPUTES, key, ask->horizon);
  while (rows && sql_row(ask->ledger, rows, ask->error)) t.conflicts++;
  sqlite3_reset(rows);
  judge(&t, "another source gives a number that excludes it", to);
  return ask->error->code;
}

void confidence_put(struct json_out *j, const struct confidence *c)
{
  json_key(j, "confidence");
  json_begin(j, '{');
  json_kstr(j, "source", (struct slice){&c->source, 1});
  json_kint(j, "credibility", c->credibility);
  json_key(j, "why");
  json_begin(j, '[');
  for (unsigned i = 0; i < c->n_why; i++) json_str(j, slice_of(c->why[i]));
  json_end(j, ']');
  json_end(j, '}');
}

void confidence_say(struct buf *to, const struct confidence *c)
{
  buf_printf(to, "%c%d (", c->source, c->credibility);
  for (unsigned i = 0; i < c->n_why; i++) buf_printf(to, "%s%s", i ? "; " : "", c->why[i]);
  buf_char(to, ')');
}

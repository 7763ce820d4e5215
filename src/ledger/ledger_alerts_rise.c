/* ledger_alerts_rise.c: a rise of the conflict between two countries against its own past.
 *
 * Weight of an event: its type's and mode's score in data/plover.tsv, from 10 (cooperation) to -10 (conflict), turned round; what is no conflict weighs
 * nothing.  An event counts once, with its first telling as `actual` that passes the rule's conditions, in the week (from Monday) of that telling's
 * publication, for each pair of a country that acts and a country that it acts on (the first three letters of the codes; a country with itself too).
 *
 *     S  = sum of the weights of the pair in this week so far        n = events in it
 *     m, s = mean and standard deviation (of the population) of the sums of the `weeks` weeks before (8), weeks without an event being 0;
 *            fewer where the ledger is younger, and at least 4 or `weeks`; the week in which its documents begin is not whole and left out
 *     rings when n >= `events` (3) and S >= m + `over` * max(s, 5)
 *
 * once a pair and week, at the event with which it came about.  5 is about the weight of one violent protest: what lay quiet needs more than a word to rise.
 * Events come in the order in which the ledger got them, so that what rings does not hang on later documents. */
#include "base/map.h"
#include "base/vec.h"
#include "ledger/ledger_alerts_ring.h"
#include <math.h>
#include <stdio.h>

enum { WEEKS = 8, WEEKS_LEAST = 4, EVENTS = 3, PLACES = 8, SIDES = 8, PAIR_SIZE = 8 };
#define SPREAD_LEAST 5.0

struct week {
  int64_t number, n;
  double sum;
  bool rang;
  struct alert_place places[PLACES]; /* of its first events */
};
struct pair {
  VEC(struct week) weeks; /* in order of their numbers */
};
struct rise {
  struct ringing *r;
  const struct plover *plover;
  struct arena arena;
  struct map names;
  VEC(struct pair) pairs;
  sqlite3_stmt *days; /* documents from which on the first day of all is an earlier one */
  int64_t next, next_day, first_day;
};

/* Monday's; days count from a Thursday. */
static int64_t week_of(int64_t day) { return day >= -3 ? (day + 3) / 7 : (day - 3) / 7; }

static enum status no_memory(struct rise *a) { return error_set(a->r->ask->error, ST_MEMORY, "not enough memory for a rule of the kind rise: free some"); }

/* The first day of the documents up to this one. */
static void go_to(struct rise *a, int64_t doc)
{
  while (a->next <= doc) {
    if (a->next > 0 && a->next_day < a->first_day) a->first_day = a->next_day;
    const bool more = sql_row(a->r->ask->ledger, a->days, a->r->ask->error);
    a->next = more ? sqlite3_column_int64(a->days, 0) : INT64_MAX;
    if (more) a->next_day = sqlite3_column_int64(a->days, 1);
  }
}

static struct week *find_week(struct rise *a, struct pair *p, int64_t number)
{
  size_t at = p->weeks.n;
  while (at > 0 && p->weeks.at[at - 1].number > number) at--;
  if (at > 0 && p->weeks.at[at - 1].number == number) return &p->weeks.at[at - 1];
  if (!vec_push(&p->weeks, &a->arena, (struct week){.number = number})) return NULL;
  const struct week fresh = p->weeks.at[p->weeks.n - 1];
  memmove(p->weeks.at + at + 1, p->weeks.at + at, (p->weeks.n - 1 - at) * sizeof *p->weeks.at);
  p->weeks.at[at] = fresh;
  return &p->weeks.at[at];
}

/* Mean and deviation of the weeks before; false: they are too few. */
static bool past(const struct rise *a, const struct pair *p, const struct week *now, double *mean, double *spread, int64_t *weeks)
{
  const struct alert_rule *rule = a->r->rule;
  const int64_t asked = rule->value[ALERT_WEEKS].n ? rule->number[ALERT_WEEKS] : WEEKS, there = now->number - week_of(a->first_day) - 1;
  *weeks = asked < there ? asked : there;
  if (*weeks < (asked < WEEKS_LEAST ? asked : WEEKS_LEAST)) return false;
  double sum = 0, squares = 0;
  for (size_t i = (size_t)(now - p->weeks.at); i > 0 && p->weeks.at[i - 1].number >= now->number - *weeks; i--) {
    sum += p->weeks.at[i - 1].sum;
    squares += p->weeks.at[i - 1].sum * p->weeks.at[i - 1].sum;
  }
  *mean = sum / (double)*weeks;
  const double variance = squares / (double)*weeks - *mean * *mean;
  *spread = variance > 0 ? sqrt(variance) : 0;
  return true;
}

static enum status ring_week(struct rise *a, const struct week *w, const char *pair, double mean, int64_t weeks)
{
  struct alert_place at[PLACES];
  const size_t n = w->n < PLACES ? (size_t)w->n : PLACES;
  struct buf says;
  for (size_t i = 0; i < n; i++) at[i] = w->places[n - 1 - i]; /* what is new is the first */
  buf_init(&says, 1 << 10);
  buf_printf(&says, "%.3s > %s: conflict %.15g in this week (%lld events), %.1f a week in the %lld before", pair, pair + 4, w->sum, (long long)w->n, mean,
             (long long)weeks);
  enum status status = ring(a->r, at, n, at->b, buf_get(&says));
  buf_release(&says);
  return status;
}

/* One event between two countries. */
static enum status count(struct rise *a, const char *name, double weight, int64_t day, const struct alert_place *at)
{
  const struct alert_rule *rule = a->r->rule;
  double mean, spread;
  int64_t weeks;
  const struct slice key = slice_copy(&a->arena, slice_of(name));
  const uint32_t *which = key.at ? map_add(&a->names, &a->arena, key, (uint32_t)a->pairs.n) : NULL;
  if (!which || (*which == a->pairs.n && !vec_push(&a->pairs, &a->arena, (struct pair){{0}}))) return no_memory(a);
  struct pair *p = &a->pairs.at[*which];
  struct week *w = find_week(a, p, week_of(day));
  if (!w) return no_memory(a);
  w->sum += weight;
  if (w->n < PLACES) w->places[w->n] = *at;
  else w->places[PLACES - 1] = *at;
  w->n++;
  if (w->rang || w->n < (rule->value[ALERT_EVENTS].n ? rule->number[ALERT_EVENTS] : EVENTS) || !past(a, p, w, &mean, &spread, &weeks)) return ST_OK;
  if (w->sum < mean + rule->over * (spread > SPREAD_LEAST ? spread : SPREAD_LEAST)) return ST_OK;
  w->rang = true;
  return ring_week(a, w, name, mean, weeks);
}

/* The countries of a side, each once. */
static size_t countries(struct slice codes, char to[SIDES][4])
{
  size_t n = 0;
  while (codes.n && n < SIDES) {
    const struct slice code = slice_cut(&codes, ' ');
    size_t i = 0;
    if (code.n < 3) continue;
    while (i < n && memcmp(to[i], code.at, 3) != 0) i++;
    if (i < n) continue;
    memcpy(to[n], code.at, 3);
    to[n++][3] = '\0';
  }
  return n;
}

static enum status take(struct rise *a, sqlite3_stmt *row)
{
  const struct alert_place at = {sqlite3_column_int64(row, 0), sqlite3_column_int64(row, 1)};
  const struct plover_act *act = plover_act(a->plover, sql_text(row, 2), sql_text(row, 3));
  char actors[SIDES][4], recipients[SIDES][4], pair[PAIR_SIZE];
  if (!act || act->score >= 0) return ST_OK;
  const size_t n = countries(sql_text(row, 4), actors), m = countries(sql_text(row, 5), recipients);
  enum status status = ST_OK;
  go_to(a, at.doc);
  for (size_t i = 0; i < n && status == ST_OK; i++)
    for (size_t k = 0; k < m && status == ST_OK; k++) {
      snprintf(pair, sizeof pair, "%s %s", actors[i], recipients[k]);
      status = count(a, pair, -act->score, sqlite3_column_int64(row, 6), &at);
    }
  return status;
}

enum status ring_rises(struct ringing *r, const struct plover *plover)
{
  struct rise a = {.r = r, .plover = plover, .first_day = INT64_MAX};
  arena_init(&a.arena, (size_t)1 << 30);
  a.days = ring_prepare(r, "SELECT seq, day FROM document WHERE day IS NOT NULL ORDER BY seq");
  sqlite3_stmt *rows = ring_prepare_rule(r, "SELECT r.doc, r.b, r.type, r.mode, r.actor, r.recipient, (SELECT day FROM document WHERE seq = r.doc) FROM event r"
                                            " WHERE r.key IN (SELECT min(r.key) FROM event r JOIN document d ON d.seq = r.doc WHERE" RING_EVENTS
                                            " AND r.actor IS NOT NULL AND r.recipient IS NOT NULL AND d.day IS NOT NULL GROUP BY r.chain) ORDER BY r.key");
  if (rows) ring_bind(rows, ":status", SLICE("actual"));
  enum status status = r->ask->error->code;
  while (a.days && rows && status == ST_OK && sql_row(r->ask->ledger, rows, r->ask->error)) status = take(&a, rows);
  sqlite3_finalize(a.days);
  sqlite3_finalize(rows);
  arena_release(&a.arena);
  return r->ask->error->code != ST_OK ? r->ask->error->code : status;
}

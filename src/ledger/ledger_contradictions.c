/* ledger_contradictions.c: what cannot both hold.
 *
 *   denial     a source denies an act that another affirms: both told of one event of the story (ledger_chains.c), with a party in common and no
 *              party, place or day told otherwise
 *   own word   the same of one holder: he goes back on what he said before
 *   figures    two sources give numbers that exclude each other, of one series, state and day (ledger_series.c)
 *
 * A denial speaks of what was until its day.  So one that comes behind the affirmation contradicts it; one that comes before does when the act is
 * dated no later than it, or is told within DENIAL_DAYS.  "They had not yet fought" is a denial in form alone: it contradicts what was told before
 * it, not what comes.  Who holds that something may be or will be affirms nothing; a denial of what nobody affirmed contradicts nothing; a number
 * that revises another is news, no contradiction.  Of one holder's word against another's on one event only the first pair is kept.
 *
 * Like all that is derived, found when a document is added, from it and those before it. */
#include "ledger/ledger_corrected.h"
#include "base/vec.h"
#include "ledger/ledger_ask.h"
#include "ledger/ledger_derive.h"

enum { DENIAL_DAYS = 10, DENIALS = 200, TELLINGS = 64 };

/* Somebody's word on an act: that it is so, or that it is not. */
struct word {
  int64_t doc, n, chain, b, day;
  bool has_day, proper; /* proper: he denies, where else he tells that it is not so */
  struct slice who, source;
};

/* The parts of an event that tell whether two tellings can mean one act. */
struct act {
  struct slice actor, recipient, place, country, date, doers, others;
};

/* A reading's arrays; the document at hand, or an earlier one. */
struct told {
  const json_t *claims, *entities;
  struct slice publisher, text;
};

static struct slice copy(const struct derive *d, struct slice s) { return s.n ? slice_copy(&d->item->arena, s) : s; }

static struct slice source_name(const struct told *t, const json_t *claim)
{
  const json_t *source = json_object_get(claim, "source");
  const struct slice text = item_string(source, "text"), name = item_string(item_at(t->entities, source, "entity"), "name");
  return !text.n || (name.n && slice_is(item_string(source, "kind"), "pronoun")) ? name : text;
}

/* What has no name of its own is known by its code and what it is, however its country is told ("the Syrian defense ministry", "Syria's defense
 * ministry"): "SYRMIL ministry".  Empty: it is no such thing. */
static struct slice office_key(const struct derive *d, const json_t *entity)
{
  const struct slice name = item_string(entity, "name"), code = item_string(entity, "code");
  size_t from = name.n;
  while (from > 0 && name.at[from - 1] != ' ') from--;
  if (code.n <= 3 || from == 0 || from == name.n || !slice_is(item_string(entity, "kind"), "organization")) return (struct slice){NULL, 0};
  const struct slice last = slice_lower(&d->item->arena, slice_sub(name, from, name.n));
  char *to = arena_alloc(&d->item->arena, code.n + 1 + last.n);
  if (!to || !last.n) return (struct slice){NULL, 0};
  memcpy(to, code.at, code.n);
  to[code.n] = ' ';
  memcpy(to + code.n + 1, last.at, last.n);
  return (struct slice){to, code.n + 1 + last.n};
}

/* Whose word it is: the claim's source, else the publisher's own. */
static void sign(const struct derive *d, const struct told *t, const json_t *claim, struct word *w)
{
  const json_t *source = json_object_get(claim, "source"), *entity = item_at(t->entities, source, "entity");
  w->source = claim ? copy(d, source_name(t, claim)) : copy(d, t->publisher);
  w->who = entity ? holder_key(d, entity) : (struct slice){NULL, 0};
  if (!w->who.n && entity) w->who = office_key(d, entity);
  if (!w->who.n) w->who = slice_lower(&d->item->arena, w->source);
  w->who = w->who.n ? copy(d, w->who) : SLICE("author");
}

static bool is_stance(const json_t *claim, const char *stance) { return slice_is(item_string(claim, "stance"), stance); }

/* The claim around the event that satisfies: of stance `denies`, or simply with a source; NULL. */
static const json_t *claim_around(const struct told *t, const json_t *event, bool denies)
{
  const json_t *claim = item_at(t->claims, event, "claim");
  for (int depth = 0; claim && depth < 8; depth++, claim = item_at(t->claims, claim, "parent"))
    if (denies ? is_stance(claim, "denies") : json_object_get(claim, "source") != NULL) return claim;
  return NULL;
}

static void place_word(const struct derive *d, const json_t *event, size_t n, struct word *w)
{
  w->doc = d->seq;
  w->n = (int64_t)n;
  w->chain = d->chains[n];
  w->b = json_integer_value(json_array_get(json_object_get(event, "trigger"), 0));
  w->day = d->item->day;
  w->has_day = d->item->has_day;
}

/* Is the act what the content says, and not something told by the way: the first act in it, and no word between that leads elsewhere? */
static bool is_said(const struct derive *d, const json_t *claim, const json_t *event)
{
  size_t i;
  json_t *other;
  const json_t *content = json_array_get(json_object_get(json_object_get(claim, "content"), "spans"), 0);
  const json_int_t from = json_integer_value(json_array_get(content, 0)), to = json_integer_value(json_array_get(content, 1));
  const json_int_t at = json_integer_value(json_array_get(json_object_get(event, "trigger"), 0));
  if (!content || from < 0 || at < from || at >= to || (uint64_t)to > d->item->text.n) return false;
  json_array_foreach(d->item->events, i, other) {
    const json_int_t b = json_integer_value(json_array_get(json_object_get(other, "trigger"), 0));
    if (b >= from && b < at) return false;
  }
  return !word_list_told(d->ledger->know.denial_ends, slice_sub(d->item->text, (size_t)from, (size_t)at));
}

/* Who denies the act?  False: nobody whose word it would be. */
static bool denier(const struct derive *d, const struct told *t, const json_t *event, struct word *w)
{
  const json_t *claim = claim_around(t, event, true);
  w->proper = claim != NULL;
  if (!claim) claim = claim_around(t, event, false);
  if (!json_object_get(claim, "source") || (!w->proper && !is_stance(claim, "affirms")) || !is_said(d, claim, event)) return false;
  sign(d, t, claim, w);
  return true;
}

/* Is the act told by the way: "demands such as the release", "after being freed"?  The two words before it tell. */
static bool by_the_way(const struct derive *d, struct slice text, const json_t *event)
{
  const json_int_t at = json_integer_value(json_array_get(json_object_get(event, "trigger"), 0));
  size_t from = at > 0 && (uint64_t)at <= text.n ? (size_t)at : 0;
  for (int word = 0; word < 2; word++) {
    while (from > 0 && text.at[from - 1] == ' ') from--;
    while (from > 0 && text.at[from - 1] != ' ' && text.at[from - 1] != '\n') from--;
  }
  return word_list_told(d->ledger->know.denial_ends, slice_sub(text, from, at > 0 && (uint64_t)at <= text.n ? (size_t)at : from));
}

/* Who affirms it?  The publisher in his own voice, or a source who commits himself. */
static bool affirmer(const struct derive *d, const struct told *t, const json_t *event, struct word *w)
{
  const json_t *own = item_at(t->claims, event, "claim"), *claim = claim_around(t, event, false);
  if (by_the_way(d, t->text, event)) return false;
  if (own && (!claim || slice_is(item_string(own, "certainty"), "possible"))) return false;
  if (claim && !is_stance(claim, "affirms") && !is_stance(claim, "reports") && !is_stance(claim, "claims_responsibility")) return false;
  sign(d, t, claim, w);
  return true;
}

static enum status act_of(const struct derive *d, int64_t doc, int64_t n, struct act *to)
{
  *to = (struct act){0};
  sqlite3_stmt *get = sql_use(d->ledger, SQL_EVENT_ROW, d->error);
  if (!get) return d->error->code;
  sqlite3_bind_int64(get, 1, doc);
  sqlite3_bind_int64(get, 2, n);
  if (sql_row(d->ledger, get, d->error))
    *to = (struct act){copy(d, sql_text(get, 0)), copy(d, sql_text(get, 1)), copy(d, sql_text(get, 2)), copy(d, sql_text(get, 3)),
                       copy(d, sql_text(get, 4)), copy(d, sql_text(get, 5)), copy(d, sql_text(get, 6))};
  sqlite3_reset(get);
  return d->error->code;
}

/* Is one of the codes of the one list the beginning of one of the other's: PRK and PRKMIL, but neither USAGOV and USACVL nor people of any kind? */
static bool codes_agree(struct slice a, struct slice b)
{
  while (a.n) {
    const struct slice one = slice_cut(&a, ' ');
    for (struct slice rest = b; rest.n;) {
      const struct slice other = slice_cut(&rest, ' ');
      if (slice_ends(one, SLICE("CVL")) || slice_ends(other, SLICE("CVL"))) continue;
      if (slice_starts(one, other) || slice_starts(other, one)) return true;
    }
  }
  return false;
}

/* 1: the same party, -1: another, 0: one of them is not told, or may be anybody. */
static int same_party(struct slice codes_a, struct slice codes_b, struct slice names_a, struct slice names_b)
{
  if (names_a.n && names_b.n) return words_meet(names_a, names_b) ? 1 : -1;
  if (!codes_a.n || !codes_b.n) return names_a.n || names_b.n ? -1 : 0;
  if (!codes_meet(codes_a, codes_b)) return -1;
  return codes_agree(codes_a, codes_b) ? 1 : 0;
}

static bool may_be_one(const struct act *a, const struct act *b)
{
  const int actor = same_party(a->actor, b->actor, a->doers, b->doers), recipient = same_party(a->recipient, b->recipient, a->others, b->others);
  int32_t x, y;
  if (actor < 0 || recipient < 0 || actor + recipient == 0) return false;
  if (a->country.n && b->country.n && !slice_eq(a->country, b->country)) return false;
  if (item_day(a->date, &x) && item_day(b->date, &y)) return x - y <= 1 && y - x <= 1;
  const size_t n = a->date.n < b->date.n ? a->date.n : b->date.n;
  return !n || memcmp(a->date.at, b->date.at, n) == 0;
}

/* Does the denial speak of what the other affirms, as far as their days tell? */
static bool speaks_of(const struct word *no, const struct word *yes, struct slice date)
{
  int32_t act;
  if (no->doc > yes->doc && (!no->has_day || !yes->has_day || no->day >= yes->day)) return true;
  if (no->has_day && yes->has_day && no->day == yes->day) return true;
  if (!no->proper || !no->has_day || !yes->has_day) return false;
  if (no->day > yes->day) return true;
  return (item_day(date, &act) && act <= no->day) || yes->day - no->day <= DENIAL_DAYS;
}

struct pair {
  const char *kind, *what;
  const struct word *later, *earlier;
  int64_t of;
};

static enum status add_pair(const struct derive *d, const struct pair *p)
{
  sqlite3_stmt *add = sql_use(d->ledger, SQL_CONTRADICTION_ADD, d->error);
  if (!add) return d->error->code;
  sql_bind(add, 1, slice_of(p->kind));
  sqlite3_bind_int64(add, 2, p->later->doc);
  sqlite3_bind_int64(add, 3, d->story);
  sql_bind(add, 4, slice_of(p->what));
  const struct word *sides[] = {p->later, p->earlier};
  int at = 5;
  for (int i = 0; i < 2; i++) {
    if (i) sqlite3_bind_int64(add, at++, sides[i]->doc);
    sqlite3_bind_int64(add, at++, sides[i]->n);
    sqlite3_bind_int64(add, at++, sides[i]->b);
    sql_bind(add, at++, sides[i]->who);
    sql_bind(add, at++, sides[i]->source);
  }
  sqlite3_bind_int64(add, at, p->of);
  return sql_done(d->ledger, add, d->error);
}

/* One of the two is of the document at hand. */
static enum status hold_against(const struct derive *d, const struct word *no, const struct word *yes)
{
  struct act a, b;
  const bool own = slice_eq(no->who, yes->who);
  if (own && (!no->proper || no->doc == yes->doc)) return ST_OK;
  enum status status = act_of(d, no->doc, no->n, &a);
  if (status == ST_OK) status = act_of(d, yes->doc, yes->n, &b);
  if (status != ST_OK || !may_be_one(&a, &b) || !speaks_of(no, yes, b.date)) return status;
  const bool later = no->doc > yes->doc || (no->doc == yes->doc && no->b > yes->b);
  const struct pair p = {own ? "own word" : "denial", "event", later ? no : yes, later ? yes : no, no->chain};
  return add_pair(d, &p);
}

static enum status add_denial(const struct derive *d, const struct word *w)
{
  sqlite3_stmt *add = sql_use(d->ledger, SQL_DENIAL_ADD, d->error);
  if (!add) return d->error->code;
  const int64_t numbers[] = {w->doc, w->n, d->story, w->chain, w->b};
  for (int i = 0; i < 5; i++) sqlite3_bind_int64(add, i + 1, numbers[i]);
  sql_bind(add, 6, w->who);
  sql_bind(add, 7, w->source);
  sqlite3_bind_int(add, 8, w->proper);
  if (w->has_day) sqlite3_bind_int64(add, 9, w->day);
  return sql_done(d->ledger, add, d->error);
}

/* The denial against each earlier telling of the act as a fact. */
static enum status against_told(const struct derive *d, const struct word *no)
{
  struct { int64_t doc, n; } at[TELLINGS];
  int n = 0;
  enum status status = ST_OK;
  struct act denied, told;
  struct ask ask = {.ledger = d->ledger, .error = d->error};
  sqlite3_stmt *rows = sql_use(d->ledger, SQL_EVENT_TOLD, d->error);
  if (!rows) return d->error->code;
  sqlite3_bind_int64(rows, 1, no->chain);
  sqlite3_bind_int64(rows, 2, d->seq);
  sqlite3_bind_int(rows, 3, TELLINGS);
  while (n < TELLINGS && sql_row(d->ledger, rows, d->error)) {
    if (sqlite3_column_type(rows, 2) != SQLITE_NULL) continue;
    at[n].doc = sqlite3_column_int64(rows, 0);
    at[n++].n = sqlite3_column_int64(rows, 1);
  }
  sqlite3_reset(rows);
  if (n) status = act_of(d, no->doc, no->n, &denied);
  for (int i = 0; i < n && status == ST_OK; i++) {
    status = act_of(d, at[i].doc, at[i].n, &told); /* most are ruled out without their reading */
    if (status != ST_OK || !may_be_one(&denied, &told)) continue;
    const json_t *reading = ask_reading(&ask, at[i].doc);
    const json_t *event = json_array_get(json_object_get(reading, "events"), (size_t)at[i].n), *document = json_object_get(reading, "document");
    const struct told t = {json_object_get(reading, "claims"), json_object_get(reading, "entities"), item_string(document, "publisher"),
                           item_string(document, "text")};
    struct word yes = {.doc = at[i].doc, .n = at[i].n, .chain = no->chain, .b = json_integer_value(json_array_get(json_object_get(event, "trigger"), 0))};
    int32_t day = 0;
    if (!event) break;
    yes.has_day = item_day(item_string(document, "published"), &day);
    yes.day = day;
    if (affirmer(d, &t, event, &yes)) status = hold_against(d, no, &yes);
  }
  ask_release(&ask);
  return status == ST_OK ? d->error->code : status;
}

typedef VEC(struct word) words;

/* The story's denials before this document, the newest first. */
static enum status earlier_denials(const struct derive *d, words *to)
{
  sqlite3_stmt *rows = sql_use(d->ledger, SQL_DENIAL_GET, d->error);
  if (!rows) return d->error->code;
  sqlite3_bind_int64(rows, 1, d->story);
  sqlite3_bind_int64(rows, 2, d->seq);
  sqlite3_bind_int(rows, 3, DENIALS);
  while (sql_row(d->ledger, rows, d->error)) {
    if (sqlite3_column_type(rows, 8) != SQLITE_NULL) continue;
    struct word w = {.doc = sqlite3_column_int64(rows, 0), .n = sqlite3_column_int64(rows, 1), .chain = sqlite3_column_int64(rows, 2),
                     .b = sqlite3_column_int64(rows, 3), .who = copy(d, sql_text(rows, 4)), .source = copy(d, sql_text(rows, 5)),
                     .proper = sqlite3_column_int(rows, 6), .day = sqlite3_column_int64(rows, 7),
                     .has_day = sqlite3_column_type(rows, 7) != SQLITE_NULL};
    if (!vec_push(to, &d->item->arena, w)) error_set(d->error, ST_REFUSED, "not enough memory for what it contradicts: free some");
  }
  sqlite3_reset(rows);
  return d->error->code;
}

static enum status one_event(const struct derive *d, const struct told *t, size_t n, const json_t *event, words *no)
{
  struct word w = {0};
  enum status status = ST_OK;
  place_word(d, event, n, &w);
  if (slice_is(item_string(event, "status"), "denied")) {
    if (!denier(d, t, event, &w)) return ST_OK;
    status = add_denial(d, &w);
    if (status == ST_OK) status = against_told(d, &w);
    if (status == ST_OK && !vec_push(no, &d->item->arena, w)) status = error_set(d->error, ST_REFUSED, "not enough memory for its denials: free some");
    return status;
  }
  return status;
}

static enum status figures(const struct derive *d)
{
  words later = {0}, earlier = {0};
  VEC(int64_t) series = {0};
  sqlite3_stmt *rows = sql_use(d->ledger, SQL_FIGURE_DISPUTED, d->error);
  if (!rows) return d->error->code;
  sqlite3_bind_int64(rows, 1, d->keys[KEYS_FIGURES]);
  sqlite3_bind_int64(rows, 2, d->keys[KEYS_FIGURES] + (int64_t)json_array_size(d->item->figures));
  while (sql_row(d->ledger, rows, d->error)) {
    const struct word a = {.doc = d->seq, .n = sqlite3_column_int64(rows, 0), .b = sqlite3_column_int64(rows, 1), .source = copy(d, sql_text(rows, 2)),
                           .who = copy(d, sql_text(rows, 3))};
    const struct word b = {.doc = sqlite3_column_int64(rows, 4), .n = sqlite3_column_int64(rows, 5), .b = sqlite3_column_int64(rows, 6),
                           .source = copy(d, sql_text(rows, 7)), .who = copy(d, sql_text(rows, 8))};
    if (!a.source.n || !b.source.n) continue;
    if (!vec_push(&later, &d->item->arena, a) || !vec_push(&earlier, &d->item->arena, b) ||
        !vec_push(&series, &d->item->arena, sqlite3_column_int64(rows, 9)))
      error_set(d->error, ST_REFUSED, "not enough memory for its numbers: free some");
  }
  sqlite3_reset(rows);
  enum status status = d->error->code;
  for (size_t i = 0; i < series.n && status == ST_OK; i++) {
    const struct pair p = {"figures", "figure", &later.at[i], &earlier.at[i], series.at[i]};
    status = add_pair(d, &p);
  }
  return status;
}

static bool is_copy(const struct derive *d, enum status *status)
{
  sqlite3_stmt *get = sql_use(d->ledger, SQL_DOCUMENT_COPY, d->error);
  if (get) sqlite3_bind_int64(get, 1, d->seq);
  const bool copied = get && sql_row(d->ledger, get, d->error);
  sqlite3_reset(get);
  *status = d->error->code;
  return copied;
}

enum status derive_contradictions(const struct derive *d)
{
  const struct told t = {d->item->claims, d->item->entities, d->item->publisher, d->item->text};
  words no = {0};
  size_t i;
  json_t *event;
  enum status status = ST_OK;
  if (is_copy(d, &status) || status != ST_OK) return status; /* it says nothing of its own */
  status = earlier_denials(d, &no);
  json_array_foreach(d->item->events, i, event)
    if (status == ST_OK) status = one_event(d, &t, i, event, &no);
  json_array_foreach(d->item->events, i, event) {
    struct word w = {0};
    if (status != ST_OK || no.n == 0 || !slice_is(item_string(event, "status"), "actual")) continue;
    place_word(d, event, i, &w);
    bool any = false;
    for (size_t k = 0; k < no.n && !any; k++) any = no.at[k].chain == w.chain;
    if (!any || !affirmer(d, &t, event, &w)) continue;
    for (size_t k = 0; k < no.n && status == ST_OK; k++)
      if (no.at[k].chain == w.chain) status = hold_against(d, &no.at[k], &w);
  }
  return status == ST_OK ? figures(d) : status;
}

/* ---- answers ---- */

/* whose act it is that they speak of, or whom the numbers count */
#define EVENT_KEY(doc, n) "coalesce((SELECT m.events FROM placing m WHERE m.doc = " doc " - 1), 0) + " n " + 1"
#define OF_ACTOR                                                                                                                                       \
  "CASE r.what WHEN 'event' THEN EXISTS (SELECT 1 FROM event a WHERE a.key IN (" EVENT_KEY("r.doc", "r.n") ", " EVENT_KEY("r.other_doc", "r.other_n") ")" \
  " AND instr(' ' || coalesce(a.actor, '') || ' ' || coalesce(a.recipient, ''), ' ' || ?10) > 0)"                                                     \
  " ELSE EXISTS (SELECT 1 FROM figure f WHERE f.series = r.of AND f.doc IN (r.doc, r.other_doc)"                                                       \
  " AND instr(' ' || f.countries, ' ' || ?6) > 0) END"
#define ROWS(which)                                                                                                                                   \
  "SELECT r.key, r.kind, r.story, r.what, r.doc, r.n, d.id, d.published, d.publisher, r.source, r.other_doc, r.other_n, o.id, o.published,"          \
  " o.publisher, r.other_source, (coalesce(d.day, -1), d.seq, r.b) < (coalesce(o.day, -1), o.seq, r.other_b) FROM contradiction r"                   \
  " JOIN document d ON d.seq = r.doc JOIN document o ON o.seq = r.other_doc WHERE r.doc <= ?1" which                                                       \
  " AND (?5 IS NULL OR d.publisher = ?5 OR o.publisher = ?5)"  \
  " AND (?6 IS NULL OR substr(r.who, 1, 3) = ?6 OR substr(r.other_who, 1, 3) = ?6 OR " OF_ACTOR ")"                                                   \
  " AND (?9 IS NULL OR " GRADED("d", "?9") " OR " GRADED("o", "?9") ")"                             \
  " ORDER BY r.key LIMIT ?7 OFFSET ?8"
/* of a story; of days, which are looked up in an index before the documents themselves are */
#define OF_STORY " AND r.story = ?2 AND (?3 IS NULL OR d.day >= ?3) AND (?4 IS NULL OR d.day <= ?4)"
#define OF_DAYS                                                                                                                                        \
  " AND ((?3 IS NULL AND ?4 IS NULL) OR +r.doc IN (SELECT m.seq FROM document m WHERE (?3 IS NULL OR m.day >= ?3)"                                     \
  " AND (?4 IS NULL OR m.day <= ?4)))"
enum { AT_KEY, AT_KIND, AT_STORY, AT_WHAT, AT_LATER, AT_EARLIER = 10, AT_SWAPPED = 16 };
enum { SIDE_SEQ, SIDE_N, SIDE_DOC, SIDE_PUBLISHED, SIDE_PUBLISHER, SIDE_SOURCE };

/* The statement is the question's, and is reset when its rows were read. */
static enum status prepare(struct ask *ask, int64_t story, int64_t limit, int64_t offset, sqlite3_stmt **to)
{
  const struct ledger_question *q = ask->question;
  sqlite3_stmt **kept = &ask->kept[story ? ASK_CONTRADICTIONS_OF : ASK_CONTRADICTIONS_ALL];
  int32_t day;
  *to = NULL;
  if (!*kept && sqlite3_prepare_v2(ask->ledger->db, story ? ROWS(OF_STORY) : ROWS(OF_DAYS), -1, kept, NULL) != SQLITE_OK)
    return sql_failed(ask->ledger, ask->error);
  *to = *kept;
  sqlite3_reset(*to);
  sqlite3_clear_bindings(*to);
  sqlite3_bind_int64(*to, 1, ask->horizon);
  if (story) sqlite3_bind_int64(*to, 2, story);
  if (item_day(q->since, &day)) sqlite3_bind_int(*to, 3, day);
  if (item_day(q->until, &day)) sqlite3_bind_int(*to, 4, day);
  sql_bind(*to, 5, q->publisher);
  sql_bind(*to, 6, q->actor.n > 3 ? slice_sub(q->actor, 0, 3) : q->actor);
  sqlite3_bind_int64(*to, 7, limit > 0 ? limit : -1);
  sqlite3_bind_int64(*to, 8, offset);
  sql_bind(*to, 9, q->grade);
  sql_bind(*to, 10, q->actor);
  return ST_OK;
}

/* The side that was published first, or second. */
static int side_at(sqlite3_stmt *row, int which) { return (which == 0) == (sqlite3_column_int(row, AT_SWAPPED) != 0) ? AT_LATER : AT_EARLIER; }

static const json_t *side_span(struct ask *ask, sqlite3_stmt *row, int side, struct slice *sentence)
{
  const bool event = slice_is(sql_text(row, AT_WHAT), "event");
  const json_t *reading = ask_reading(ask, sqlite3_column_int64(row, side + SIDE_SEQ));
  const json_t *record = json_array_get(json_object_get(reading, event ? "events" : "figures"), (size_t)sqlite3_column_int64(row, side + SIDE_N));
  const json_t *span = json_object_get(record, event ? "trigger" : "span");
  *sentence = ask_sentence(reading, json_integer_value(json_array_get(span, 0)));
  return span;
}

/* brief: without what stands in the readings alone. */
static void put_contradiction(struct ask *ask, struct json_out *j, sqlite3_stmt *row, bool brief)
{
  json_begin(j, '{');
  json_kint(j, "id", sqlite3_column_int64(row, AT_KEY));
  json_kstr(j, "kind", sql_text(row, AT_KIND));
  json_kint(j, "story", sqlite3_column_int64(row, AT_STORY));
  json_key(j, "sides");
  json_begin(j, '[');
  for (int i = 0; i < 2; i++) {
    const int side = side_at(row, i);
    struct slice sentence;
    const json_t *span = brief ? NULL : side_span(ask, row, side, &sentence);
    if (brief) sentence = (struct slice){NULL, 0};
    json_begin(j, '{');
    json_kstr(j, "doc", sql_text(row, side + SIDE_DOC));
    json_kstr_opt(j, "published", sql_text(row, side + SIDE_PUBLISHED));
    json_kstr_opt(j, "publisher", sql_text(row, side + SIDE_PUBLISHER));
    json_kstr_opt(j, "source", sql_text(row, side + SIDE_SOURCE));
    json_kint(j, slice_is(sql_text(row, AT_WHAT), "event") ? "event" : "figure", sqlite3_column_int64(row, side + SIDE_N));
    if (span) json_key(j, "span");
    if (span) ask_put(j, span);
    json_kstr_opt(j, "sentence", sentence);
    json_end(j, '}');
  }
  json_end(j, ']');
  json_end(j, '}');
}

enum { COLUMN = 37 };

/* Cuts a line of at most COLUMN characters off the text, after a blank where there is one, and writes it; to_width: with blanks behind it. */
static void put_piece(struct buf *to, struct slice *text, bool to_width)
{
  size_t n = 0, cut = 0, at = 0;
  while (at < text->n && n < COLUMN) {
    if (text->at[at] == ' ' || text->at[at] == '\n') cut = at;
    do at++;
    while (at < text->n && ((unsigned char)text->at[at] & 0xc0) == 0x80);
    n++;
  }
  if (at < text->n && text->at[at] != ' ' && text->at[at] != '\n' && cut) {
    for (size_t i = cut; i < at; i++) n -= ((unsigned char)text->at[i] & 0xc0) != 0x80;
    at = cut;
  }
  for (size_t i = 0; i < at; i++) {
    const bool blank = text->at[i] == '\n' || text->at[i] == '\r' || text->at[i] == '\t';
    buf_char(to, blank ? ' ' : text->at[i]);
  }
  for (; to_width && n < COLUMN; n++) buf_char(to, ' ');
  *text = slice_trim(slice_sub(*text, at, text->n));
}

static void put_head(struct buf *to, sqlite3_stmt *row, int side)
{
  const struct slice date = sql_text(row, side + SIDE_PUBLISHED), source = sql_text(row, side + SIDE_SOURCE);
  if (date.n >= 10) buf_printf(to, "%.10s  ", date.at);
  buf_slice(to, source.n ? source : SLICE("(not told)"));
}

static void person_contradiction(struct ask *ask, sqlite3_stmt *row)
{
  struct buf text[2];
  struct slice rest[2];
  buf_printf(ask->to, "%.*s  [%.*s] [%.*s]\n", SLICE_ARG(sql_text(row, AT_KIND)), SLICE_ARG(sql_text(row, side_at(row, 0) + SIDE_DOC)),
             SLICE_ARG(sql_text(row, side_at(row, 1) + SIDE_DOC)));
  for (int part = 0; part < 2; part++) { /* who, then the sentences */
    for (int i = 0; i < 2; i++) {
      struct slice sentence;
      buf_init(&text[i], 1 << 20);
      if (part == 0) put_head(&text[i], row, side_at(row, i));
      else if (side_span(ask, row, side_at(row, i), &sentence)) buf_slice(&text[i], sentence);
      rest[i] = buf_get(&text[i]);
    }
    while (rest[0].n || rest[1].n) {
      buf_text(ask->to, "  ");
      put_piece(ask->to, &rest[0], rest[1].n > 0);
      if (rest[1].n) buf_text(ask->to, " | ");
      put_piece(ask->to, &rest[1], false);
      buf_char(ask->to, '\n');
    }
    for (int i = 0; i < 2; i++) buf_release(&text[i]);
  }
}

enum status ask_contradictions(struct ask *ask)
{
  sqlite3_stmt *rows;
  enum status status = prepare(ask, ask->question->story, ask->question->limit, ask->question->offset, &rows);
  while (status == ST_OK && sql_row(ask->ledger, rows, ask->error)) {
    struct json_out j;
    json_init(&j, ask->to);
    if (ask->question->json) put_contradiction(ask, &j, rows, false);
    else person_contradiction(ask, rows);
    if (ask->question->json) buf_char(ask->to, '\n');
    buf_spill(ask->to);
  }
  sqlite3_reset(rows);
  return ask->error->code;
}

enum status ask_put_contradictions(struct ask *ask, struct json_out *j, int64_t story)
{
  const bool brief = ask->question->what == ASK_STORIES && !ask->question->story; /* of a list of stories */
  sqlite3_stmt *rows;
  enum status status = prepare(ask, story, 0, 0, &rows);
  json_key(j, "contradictions");
  json_begin(j, '[');
  while (status == ST_OK && sql_row(ask->ledger, rows, ask->error)) put_contradiction(ask, j, rows, brief);
  json_end(j, ']');
  sqlite3_reset(rows);
  return ask->error->code;
}

/* ledger_chains.c: one event told in many documents.
 *
 * A telling joins the event of the story whose earlier tellings speak most for it: the same word, or at least the same act, the same mode,
 * parties, names, place and day; what both tell and tell otherwise speaks against it.  Points are counted for each earlier telling of the same
 * type, and the best one decides (cf. the pairwise features of Bagga and Baldwin, "Cross-document event coreference", 1999). */
#include "ledger/ledger_derive.h"
#include "ledger/ledger_recent.h"
#include <stddef.h>

enum {
  TELLINGS = 400,  /* earlier ones of the story that are looked at, the newest first */
  SAME_WORD = 6, SAME_ACT = 4, SAME_MODE = 1, SAME_PARTY = 1, OTHER_PARTY = -1, SAME_NAME = 1, OTHER_NAME = -3, SAME_PLACE = 1, OTHER_PLACE = -1,
  SAME_DAY = 1, OTHER_DAY = -1, NEEDED = 4
};

struct telling {
  int64_t chain;
  struct slice type, mode, status, cameo, stem, act, actor, recipient, place, country, date, doers, others; /* doers, others: names */
};

struct slice parties_codes(const struct derive *d, const json_t *parties)
{
  size_t i, n = 0;
  json_t *party;
  json_array_foreach(parties, i, party) n += item_string(party, "code").n + 1;
  char *to = arena_alloc(&d->item->arena, n + 1);
  if (!to) return (struct slice){NULL, 0};
  n = 0;
  json_array_foreach(parties, i, party) {
    struct slice code = item_string(party, "code");
    if (!code.n) continue;
    if (n) to[n++] = ' ';
    memcpy(to + n, code.at, code.n);
    n += code.n;
  }
  return (struct slice){to, n};
}

bool codes_meet(struct slice a, struct slice b)
{
  while (a.n) {
    struct slice one = slice_cut(&a, ' '), rest = b;
    while (rest.n) {
      struct slice other = slice_cut(&rest, ' ');
      const size_t n = one.n < 3 || other.n < 3 ? 0 : 3;
      if (n && memcmp(one.at, other.at, n) == 0) return true;
    }
  }
  return false;
}

void bind_span(sqlite3_stmt *to, int at, const json_t *span)
{
  sqlite3_bind_int64(to, at, json_integer_value(json_array_get(span, 0)));
  sqlite3_bind_int64(to, at + 1, json_integer_value(json_array_get(span, 1)));
}

static struct slice span_text(const struct ledger_item *item, const json_t *span)
{
  const json_int_t b = json_integer_value(json_array_get(span, 0)), e = json_integer_value(json_array_get(span, 1));
  return b >= 0 && e >= b && (uint64_t)e <= item->text.n ? slice_sub(item->text, (size_t)b, (size_t)e) : (struct slice){NULL, 0};
}

/* Rules are named for the act, and what stands behind a hyphen is their own: "kill" and "killing" by "kill-by" are one act. */
static struct slice act_of(const struct derive *d, struct slice rule) { return item_stem(d->item, d->ledger->stemmer, slice_cut(&rule, '-')); }

/* The last words of the parties' names, which are what later texts call them by, with a blank between them; unnamed parties give none. */
static struct slice parties_names(const struct derive *d, const json_t *parties)
{
  size_t i, n = 0;
  json_t *party;
  json_array_foreach(parties, i, party) n += item_string(item_at(d->item->entities, party, "entity"), "name").n + 1;
  char *to = arena_alloc(&d->item->arena, n + 1);
  if (!to) return (struct slice){NULL, 0};
  n = 0;
  json_array_foreach(parties, i, party) {
    const json_t *entity = item_at(d->item->entities, party, "entity");
    struct slice name = item_string(entity, "name"), kind = item_string(entity, "kind");
    size_t from = name.n;
    while (from > 0 && name.at[from - 1] != ' ') from--;
    if (from == name.n || name.at[from] < 'A' || name.at[from] > 'Z' || slice_is(kind, "country")) continue;
    if (n) to[n++] = ' ';
    memcpy(to + n, name.at + from, name.n - from);
    n += name.n - from;
  }
  return (struct slice){to, n};
}

bool words_meet(struct slice a, struct slice b)
{
  while (a.n) {
    struct slice one = slice_cut(&a, ' '), rest = b;
    while (rest.n)
      if (slice_eq(slice_cut(&rest, ' '), one)) return true;
  }
  return false;
}

static int name_points(struct slice a, struct slice b)
{
  if (!a.n || !b.n) return 0;
  return words_meet(a, b) ? SAME_NAME : OTHER_NAME;
}

static struct telling telling_of(const struct derive *d, const json_t *event)
{
  const json_t *place = item_at(d->item->places, event, "place");
  struct telling t = {.type = item_string(event, "type"), .mode = item_string(event, "mode"), .status = item_string(event, "status"),
                      .stem = item_stem(d->item, d->ledger->stemmer, span_text(d->item, json_object_get(event, "trigger"))),
                      .cameo = item_string(event, "cameo"), .act = act_of(d, item_string(event, "rule")),
                      .actor = parties_codes(d, json_object_get(event, "actor")), .recipient = parties_codes(d, json_object_get(event, "recipient")),
                      .date = item_string(json_object_get(event, "date"), "value"),
                      .doers = parties_names(d, json_object_get(event, "actor")), .others = parties_names(d, json_object_get(event, "recipient"))};
  if (!place) return t;
  t.place = item_string(place, "name");
  t.country = item_string(place, "country");
  return t;
}

static int party_points(struct slice a, struct slice b)
{
  if (!a.n || !b.n) return 0;
  return codes_meet(a, b) ? SAME_PARTY : OTHER_PARTY;
}

static int place_points(const struct telling *t, struct slice place, struct slice country)
{
  if (!t->place.n || !place.n) return 0;
  if (slice_eq(t->place, place)) return SAME_PLACE;
  if (t->country.n && country.n && !slice_eq(t->country, country)) return OTHER_PLACE;
  return slice_eq(t->place, t->country) || slice_eq(place, country) ? 0 : OTHER_PLACE;
}

/* Values of TIMEX3: the shorter of two that begin alike names the longer span that holds the other. */
static int date_points(struct slice a, struct slice b)
{
  if (!a.n || !b.n) return 0;
  const size_t n = a.n < b.n ? a.n : b.n;
  if (n >= 4 && memcmp(a.at, b.at, n < 10 ? n : 10) == 0) return SAME_DAY;
  int32_t x, y;
  if (item_day(a, &x) && item_day(b, &y)) return x - y <= 1 && y - x <= 1 ? 0 : OTHER_DAY; /* a day's difference is often the other side of midnight */
  return a.n >= 4 && b.n >= 4 && memcmp(a.at, b.at, 4) != 0 ? OTHER_DAY : 0;
}

static int points(const struct telling *t, const struct telling *o)
{
  const bool word = t->stem.n && slice_eq(t->stem, o->stem), act = t->act.n && slice_eq(t->act, o->act), mode = t->mode.n && slice_eq(t->mode, o->mode);
  return (word ? SAME_WORD : act ? SAME_ACT : 0) + (mode ? SAME_MODE : 0) + party_points(t->actor, o->actor) + party_points(t->recipient, o->recipient) +
         place_points(t, o->place, o->country) + date_points(t->date, o->date) + name_points(t->doers, o->doers) + name_points(t->others, o->others);
}

static bool keep_telling(struct ledger *ledger, struct recent_list *list, const struct telling *t, bool older)
{
  static const size_t at[] = {offsetof(struct telling, mode), offsetof(struct telling, stem), offsetof(struct telling, act),
                              offsetof(struct telling, actor), offsetof(struct telling, recipient), offsetof(struct telling, place),
                              offsetof(struct telling, country), offsetof(struct telling, date), offsetof(struct telling, doers),
                              offsetof(struct telling, others)};
  struct telling own = *t;
  own.type = own.status = own.cameo = (struct slice){NULL, 0}; /* nothing asks for them */
  return recent_keep(ledger->recent, list, &own, sizeof own, at, sizeof at / sizeof *at, TELLINGS, older);
}

/* The story's earlier tellings of the type, as they are remembered, else out of the table; NULL with the error set. */
static struct recent_list *tellings(const struct derive *d, struct slice type, int64_t before)
{
  struct recent_list *list = recent_find(d->ledger->recent, RECENT_EVENTS, d->story, slice_hash(type));
  if (list) return list;
  list = recent_make(&d->ledger->recent, RECENT_EVENTS, d->story, slice_hash(type));
  sqlite3_stmt *near = list ? sql_use(d->ledger, SQL_EVENT_NEAR, d->error) : NULL;
  if (near) {
    sqlite3_bind_int64(near, 1, d->story);
    sqlite3_bind_int(near, 2, TELLINGS);
    sql_bind(near, 3, type);
    sqlite3_bind_int64(near, 4, before);
    while (list && sql_row(d->ledger, near, d->error)) {
      const struct telling t = {.chain = sqlite3_column_int64(near, 0), .mode = sql_text(near, 1), .stem = sql_text(near, 2), .actor = sql_text(near, 3),
                                .recipient = sql_text(near, 4), .place = sql_text(near, 5), .country = sql_text(near, 6), .date = sql_text(near, 7),
                                .act = sql_text(near, 8), .doers = sql_text(near, 9), .others = sql_text(near, 10)};
      if (!keep_telling(d->ledger, list, &t, true)) list = NULL;
    }
    sqlite3_reset(near);
  }
  if (!list) error_set(d->error, ST_REFUSED, "not enough memory for the events of its story: free some");
  if (d->error->code == ST_OK) return list;
  if (list) recent_drop(d->ledger->recent, list);
  return NULL;
}

/* The event that the telling joins; 0: a new one. */
static int64_t find_chain(const struct recent_list *earlier, const struct telling *t)
{
  int64_t to = 0;
  int best = NEEDED - 1;
  const size_t n = recent_count(earlier);
  for (size_t i = 0; i < n; i++) {
    const struct telling *o = recent_row(earlier, i);
    const int got = points(t, o);
    if (got <= best) continue;
    best = got;
    to = o->chain;
  }
  return to;
}

static enum status add_parties(const struct derive *d, struct slice codes, int64_t key)
{
  while (codes.n) {
    sqlite3_stmt *add = sql_use(d->ledger, SQL_PARTY_ADD, d->error);
    if (!add) return d->error->code;
    sql_bind(add, 1, slice_cut(&codes, ' '));
    sqlite3_bind_int64(add, 2, key);
    enum status status = sql_done(d->ledger, add, d->error);
    if (status != ST_OK) return status;
  }
  return ST_OK;
}

static enum status add_event(const struct derive *d, const json_t *event, size_t n)
{
  struct telling t = telling_of(d, event);
  int32_t day;
  const int64_t key = d->keys[KEYS_EVENTS] + (int64_t)n + 1;
  struct recent_list *earlier = tellings(d, t.type, key);
  sqlite3_stmt *add = earlier ? sql_use(d->ledger, SQL_EVENT_ADD, d->error) : NULL;
  if (!add) return d->error->code;
  const int64_t chain = find_chain(earlier, &t);
  t.chain = d->chains[n] = chain ? chain : key;
  sqlite3_bind_int64(add, 1, d->seq);
  sqlite3_bind_int64(add, 2, (int64_t)n);
  sqlite3_bind_int64(add, 3, d->story);
  sqlite3_bind_int64(add, 4, t.chain);
  const struct slice texts[] = {t.type, t.mode, t.cameo, t.status, t.stem, t.act, t.actor, t.recipient, t.place, t.country, t.date, t.doers, t.others};
  for (int i = 0; i < (int)(sizeof texts / sizeof *texts); i++) sql_bind(add, 5 + i, texts[i]);
  if (item_day(t.date, &day)) sqlite3_bind_int(add, 18, day);
  bind_span(add, 19, json_object_get(event, "trigger"));
  sqlite3_bind_int64(add, 21, key);
  enum status status = sql_done(d->ledger, add, d->error);
  if (status == ST_OK) (void)keep_telling(d->ledger, earlier, &t, false); /* without memory the list is gone, and made again when it is needed */
  if (status == ST_OK) status = add_parties(d, t.actor, key);
  if (status == ST_OK) status = add_parties(d, t.recipient, key);
  return status;
}

enum status derive_events(struct derive *d)
{
  size_t i;
  json_t *event;
  d->chains = arena_array(&d->item->arena, int64_t, json_array_size(d->item->events) + 1);
  if (!d->chains) return error_set(d->error, ST_REFUSED, "not enough memory for its events: free some");
  json_array_foreach(d->item->events, i, event) {
    d->chains[i] = 0;
    if (json_is_null(event)) continue;
    enum status status = add_event(d, event, i);
    if (status != ST_OK) return status;
  }
  return ST_OK;
}

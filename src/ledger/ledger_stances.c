/* ledger_stances.c: who stood how toward one matter, over documents.
 *
 * A position joins the line of the newest earlier position of the same holder in the story that was about the same matter:
 *   within a document, the one that the reading says it comes after;
 *   over documents, a position toward the same event of the story, or toward an act of the same type with a country in common; approval or
 *   disapproval of the same entity; or, where neither demands, promises or threatens, a content of which half the words are the same, one of
 *   them no name.
 * Who speaks for a country is one holder with it: Moscow, the Kremlin and Putin; others go by name, and the unnamed have no line.
 *
 * Whether a position is a turn is found when it is asked for, from the position before it in the line by day of publication (data/shifts.tsv);
 * near-copies neither turn nor are turned from. */
#include "ledger/ledger_ask.h"
#include "ledger/ledger_derive.h"

enum { LOOK_BACK = 64, TOPIC_WORDS = 16 };

struct matter {
  enum stance stance;
  int64_t chain; /* 0: no event */
  struct slice type, parties, entity, topic;
};

static bool has_sector(const json_t *entity, const char *sector)
{
  size_t i;
  json_t *one;
  json_array_foreach(json_object_get(entity, "sectors"), i, one)
    if (slice_is((struct slice){json_string_value(one), json_string_length(one)}, sector)) return true;
  return false;
}

struct slice holder_key(const struct derive *d, const json_t *entity)
{
  const struct slice kind = item_string(entity, "kind"), country = item_string(entity, "country");
  struct slice name = item_string(entity, "name");
  if (country.n == 3 && (slice_is(kind, "country") || slice_is(kind, "place") || has_sector(entity, "GOV"))) return country;
  size_t from = name.n;
  while (from > 0 && name.at[from - 1] != ' ') from--;
  if (from == name.n || name.at[from] < 'A' || name.at[from] > 'Z' || slice_is(kind, "group")) return (struct slice){NULL, 0};
  return slice_lower(&d->item->arena, slice_is(kind, "person") ? slice_sub(name, from, name.n) : name);
}

/* The event that the position's claim, or a claim quoted in it, tells; -1. */
static int64_t event_of(const struct derive *d, const json_t *position, int64_t claim)
{
  size_t i;
  json_t *other;
  const int64_t event = item_int(json_object_get(position, "toward"), "event", -1);
  if (event >= 0) return event;
  const json_t *own = json_object_get(json_array_get(d->item->claims, (size_t)claim), "events");
  if (json_array_size(own)) return json_integer_value(json_array_get(own, 0));
  json_array_foreach(d->item->claims, i, other)
    if (item_int(other, "parent", -1) == claim && json_array_size(json_object_get(other, "events")))
      return json_integer_value(json_array_get(json_object_get(other, "events"), 0));
  return -1;
}

static struct slice parties_of(const struct derive *d, const json_t *event)
{
  const struct slice a = parties_codes(d, json_object_get(event, "actor")), b = parties_codes(d, json_object_get(event, "recipient"));
  char *to = arena_alloc(&d->item->arena, a.n + b.n + 1);
  if (!to) return (struct slice){NULL, 0};
  if (a.n) memcpy(to, a.at, a.n);
  to[a.n] = ' ';
  if (b.n) memcpy(to + a.n + 1, b.at, b.n);
  return slice_trim((struct slice){to, a.n + b.n + 1});
}

static struct matter matter_of(const struct derive *d, const json_t *position, enum stance stance)
{
  struct matter m = {.stance = stance};
  const int64_t claim = item_int(position, "claim", -1);
  const json_t *record = claim < 0 ? NULL : json_array_get(d->item->claims, (size_t)claim);
  const json_t *span = json_array_get(json_object_get(json_object_get(record, "content"), "spans"), 0);
  const json_int_t b = json_integer_value(json_array_get(span, 0)), e = json_integer_value(json_array_get(span, 1));
  const int64_t event = claim < 0 ? -1 : event_of(d, position, claim);
  const json_t *act = event < 0 ? NULL : json_array_get(d->item->events, (size_t)event);
  if (act) {
    m.chain = d->chains[event];
    m.type = item_string(act, "type");
    m.parties = parties_of(d, act);
  }
  m.entity = holder_key(d, item_at(d->item->entities, json_object_get(position, "toward"), "entity"));
  if (span && b >= 0 && e >= b && (uint64_t)e <= d->item->text.n)
    m.topic = item_topic(d->item, d->ledger->stemmer, d->ledger->know.word_documents, slice_sub(d->item->text, (size_t)b, (size_t)e), TOPIC_WORDS);
  return m;
}

static bool judges(enum stance s) { return s == STANCE_SUPPORTS || s == STANCE_CONDEMNS || s == STANCE_DEFENDS; }
static bool binds(enum stance s) { return s == STANCE_DEMANDS || s == STANCE_PROMISES || s == STANCE_THREATENS; }

static bool same_words(struct slice a, struct slice b)
{
  unsigned common = 0, n_a = 0, n_b = 0;
  bool word = false;
  for (struct slice rest = b; rest.n; n_b++) slice_cut(&rest, ' ');
  while (a.n) {
    const struct slice one = slice_cut(&a, ' ');
    n_a++;
    for (struct slice rest = b; rest.n;) {
      if (!slice_eq(slice_cut(&rest, ' '), one)) continue;
      common++;
      word |= one.at[0] != '^';
      break;
    }
  }
  return word && common > 1 && common * 2 >= (n_a < n_b ? n_a : n_b);
}

static bool same_matter(const struct matter *a, const struct matter *b)
{
  if (a->chain && a->chain == b->chain) return true;
  if (a->chain && b->chain && slice_eq(a->type, b->type) && codes_meet(a->parties, b->parties)) return true;
  if (a->entity.n && slice_eq(a->entity, b->entity) && judges(a->stance) && judges(b->stance)) return true;
  return !binds(a->stance) && !binds(b->stance) && same_words(a->topic, b->topic);
}

/* The line of the newest earlier position on the same matter; 0: none. */
static enum status find_line(const struct derive *d, struct slice who, const struct matter *m, int64_t *to)
{
  sqlite3_stmt *near = sql_use(d->ledger, SQL_STANCE_NEAR, d->error);
  if (!near) return d->error->code;
  sqlite3_bind_int64(near, 1, d->story);
  sql_bind(near, 2, who);
  sqlite3_bind_int64(near, 3, d->seq);
  sqlite3_bind_int(near, 4, LOOK_BACK);
  while (sql_row(d->ledger, near, d->error)) {
    struct matter b = {.chain = sqlite3_column_int64(near, 2), .type = sql_text(near, 3), .parties = sql_text(near, 4), .entity = sql_text(near, 5),
                       .topic = sql_text(near, 6)};
    if (!cues_stance(sql_text(near, 1), &b.stance) || !same_matter(m, &b)) continue;
    *to = sqlite3_column_int64(near, 0);
    break;
  }
  sqlite3_reset(near);
  return d->error->code;
}

static enum status add_stance(const struct derive *d, const json_t *position, int64_t key, int64_t *line)
{
  const json_t *holder = json_object_get(position, "holder");
  const struct slice who = holder_key(d, item_at(d->item->entities, holder, "entity")), stance = item_string(position, "stance");
  enum stance is;
  if (!who.n || !cues_stance(stance, &is)) return ST_OK;
  const struct matter m = matter_of(d, position, is);
  enum status status = *line ? ST_OK : find_line(d, who, &m, line);
  if (!*line) *line = key;
  sqlite3_stmt *add = status == ST_OK ? sql_use(d->ledger, SQL_STANCE_ADD, d->error) : NULL;
  if (!add) return d->error->code;
  sqlite3_bind_int64(add, 1, key);
  sqlite3_bind_int64(add, 2, d->seq);
  sqlite3_bind_int64(add, 3, d->story);
  sqlite3_bind_int64(add, 4, *line);
  sql_bind(add, 5, who);
  sql_bind(add, 6, stance);
  if (d->item->has_day) sqlite3_bind_int(add, 7, d->item->day);
  if (m.chain) sqlite3_bind_int64(add, 8, m.chain);
  sql_bind(add, 9, m.type);
  sql_bind(add, 10, m.parties);
  sql_bind(add, 11, m.entity);
  sql_bind(add, 12, m.topic);
  return sql_done(d->ledger, add, d->error);
}

enum status derive_stances(const struct derive *d)
{
  size_t i;
  json_t *position;
  int64_t *lines = arena_array(&d->item->arena, int64_t, json_array_size(d->item->positions) + 1);
  if (!lines) return error_set(d->error, ST_REFUSED, "not enough memory for its positions: free some");
  json_array_foreach(d->item->positions, i, position) {
    sqlite3_stmt *add = sql_use(d->ledger, SQL_POSITION_ADD, d->error);
    if (!add) return d->error->code;
    if (json_is_null(position)) continue; /* a person called it wrong */
    const int64_t key = d->keys[KEYS_POSITIONS] + (int64_t)i + 1;
    sqlite3_bind_int64(add, 1, d->seq);
    sqlite3_bind_int64(add, 2, (int64_t)i);
    sqlite3_bind_int64(add, 4, key);
    sql_bind(add, 3, item_string(json_object_get(position, "holder"), "code"));
    enum status status = sql_done(d->ledger, add, d->error);
    const int64_t after = item_int(position, "after", -1);
    if (after >= 0 && (size_t)after < i) lines[i] = lines[after];
    if (status == ST_OK) status = add_stance(d, position, key, &lines[i]);
    if (status != ST_OK) return status;
  }
  return ST_OK;
}

/* ---- turns ---- */

#define TURN_SQL                                                                                                                                     \
  "SELECT s.stance, e.stance, o.id, o.published, p.n, s.line FROM stance s JOIN document d ON d.seq = s.doc JOIN stance e ON e.line = s.line"         \
  " JOIN document o ON o.seq = e.doc JOIN position p ON p.key = e.position WHERE s.position = ?1 AND d.copy_of IS NULL AND o.copy_of IS NULL"         \
  " AND e.doc <= ?2 AND (coalesce(e.day, -1), e.position) < (coalesce(s.day, -1), s.position)"                                                       \
  " ORDER BY e.day DESC, e.position DESC LIMIT 1"

enum status ask_turn(struct ask *ask, int64_t position, struct turn *to)
{
  *to = (struct turn){.shift = SHIFT_NONE};
  sqlite3_stmt **get = &ask->kept[ASK_TURN];
  if (!*get && sqlite3_prepare_v2(ask->ledger->db, TURN_SQL, -1, get, NULL) != SQLITE_OK) return sql_failed(ask->ledger, ask->error);
  sqlite3_reset(*get);
  sqlite3_bind_int64(*get, 1, position);
  sqlite3_bind_int64(*get, 2, ask->horizon);
  enum stance now, before;
  struct know_line where;
  if (!sql_row(ask->ledger, *get, ask->error)) return ask->error->code;
  if (!cues_stance(sql_text(*get, 0), &now) || !cues_stance(sql_text(*get, 1), &before)) return ST_OK;
  *to = (struct turn){cues_shift(ask->ledger->know.cues, before, now, &where), sqlite3_column_int64(*get, 4), sqlite3_column_int64(*get, 5),
                      sql_text(*get, 1), sql_text(*get, 2), sql_text(*get, 3)};
  return ST_OK;
}

/* ledger_reread.c: new readings in the place of the old ones, and what changed by it. */
#include "ledger/ledger_reread.h"
#include "ledger/ledger_ask.h"
#include "ledger/ledger_corrected.h"
#include "ledger/ledger_derive.h"
#include "ledger/ledger_recent.h"

#define READING_MOST ((size_t)1 << 31)
enum { KINDS = 4, GONE = 0, NEW, CHANGED, CHANGES };
static const char *const kinds[KINDS] = {"event", "claim", "figure", "position"};
static const char *const changes[CHANGES] = {"gone", "new", "changed"};

struct reread {
  struct ledger *ledger;
  struct error *error;
  struct buf *to;
  bool diff, json;
  int64_t documents, count[KINDS][CHANGES];
};

static enum status old_reading(struct ledger *ledger, int64_t seq, struct buf *to, struct error *error)
{
  struct ask ask = {.ledger = ledger, .error = error};
  return ask_reading_json(&ask, seq, to);
}

enum status ledger_reread_get(struct ledger *ledger, int64_t *seq, struct buf *to, struct error *error)
{
  int64_t next = 0;
  const char *sql = "SELECT d.seq FROM document d WHERE d.seq > ?1 AND NOT EXISTS (SELECT 1 FROM reread n WHERE n.seq = d.seq) ORDER BY d.seq LIMIT 1";
  enum status status = sql_number(ledger, sql, *seq, &next, error);
  if (status != ST_OK || !next) return status;
  *seq = next;
  return old_reading(ledger, next, to, error);
}

enum status ledger_reread_begin(struct ledger *ledger, struct slice stamp, int64_t *done, struct error *error)
{
  sqlite3_stmt *other = NULL;
  if (sqlite3_prepare_v2(ledger->db, "DELETE FROM reread WHERE stamp <> ?1", -1, &other, NULL) != SQLITE_OK) return sql_failed(ledger, error);
  sql_bind(other, 1, stamp);
  enum status status = sql_done(ledger, other, error);
  sqlite3_finalize(other);
  return status == ST_OK ? sql_number(ledger, "SELECT count(*) FROM reread WHERE ?1", 1, done, error) : status;
}

enum status ledger_reread_put(struct ledger *ledger, struct slice stamp, struct slice json, struct error *error)
{
  struct ledger_item item;
  sqlite3_stmt *put = NULL;
  enum status status = item_read(&item, json, error);
  const char *sql = "INSERT OR REPLACE INTO reread SELECT seq, ?3, ?2 FROM document WHERE id = ?1";
  if (status == ST_OK && sqlite3_prepare_v2(ledger->db, sql, -1, &put, NULL) != SQLITE_OK)
    status = sql_failed(ledger, error);
  if (put) {
    sql_bind(put, 1, item.id);
    sql_bind_blob(put, 2, json);
    sql_bind(put, 3, stamp);
    status = sql_done(ledger, put, error);
  }
  sqlite3_finalize(put);
  item_release(&item);
  return status;
}

/* Without the numbers of other records, which move with what stands before them. */
static void strip(json_t *value)
{
  const char *key;
  void *next;
  size_t i;
  json_t *member;
  json_array_foreach(value, i, member) strip(member);
  json_object_foreach_safe(value, next, key, member) {
    const bool numbers = strcmp(key, "events") == 0 || strcmp(key, "figures") == 0 || strcmp(key, "conflicts_with") == 0;
    if (numbers) json_object_del(value, key);
    else if (json_is_integer(member) && strcmp(key, "value") != 0 && strcmp(key, "low") != 0 && strcmp(key, "high") != 0) json_object_del(value, key);
    else strip(member);
  }
}

static bool same(const json_t *a, const json_t *b)
{
  json_t *x = json_deep_copy(a), *y = json_deep_copy(b);
  strip(x);
  strip(y);
  const bool equal = x && y && json_equal(x, y);
  json_decref(x);
  json_decref(y);
  return equal;
}

static void put_change(struct reread *r, int kind, int change, const json_t *reading, const json_t *record)
{
  const struct slice doc = item_string(json_object_get(reading, "document"), "id");
  const struct subject *subject = subject_of(slice_of(kinds[kind]));
  const struct slice sentence = ask_sentence(reading, json_integer_value(json_array_get(json_object_get(record, subject->span), 0)));
  r->count[kind][change]++;
  if (!r->diff) return;
  if (!r->json) {
    buf_slice(r->to, doc);
    buf_printf(r->to, ": %s %s ", kinds[kind], changes[change]);
    buf_slice(r->to, item_string(record, "type"));
    buf_text(r->to, "\n    ");
    buf_slice(r->to, sentence);
    buf_char(r->to, '\n');
    return;
  }
  struct json_out j;
  json_init(&j, r->to);
  json_begin(&j, '{');
  json_kstr(&j, "doc", doc);
  json_kstr(&j, "kind", slice_of(kinds[kind]));
  json_kstr(&j, "change", slice_of(changes[change]));
  json_kstr_opt(&j, "sentence", sentence);
  json_key(&j, "record");
  ask_put(&j, record);
  json_end(&j, '}');
  buf_char(r->to, '\n');
}

/* Records of `a` that `b` does not have, or with both ways has otherwise. */
static void compare(struct reread *r, const json_t *a, const json_t *b, int absent)
{
  for (int kind = 0; kind < KINDS; kind++) {
    const struct subject *subject = subject_of(slice_of(kinds[kind]));
    size_t i;
    json_t *record;
    json_array_foreach(json_object_get(a, subject->array), i, record) {
      const struct address address = address_of(a, subject, i);
      const int64_t n = address_find(b, subject, &address);
      if (n < 0) put_change(r, kind, absent, a, record);
      else if (absent == NEW && !same(record, json_array_get(json_object_get(b, subject->array), (size_t)n))) put_change(r, kind, CHANGED, a, record);
    }
  }
}

static enum status take_one(struct reread *r, int64_t seq, struct slice fresh)
{
  struct ledger_item was = {0}, item = {0};
  struct buf old;
  struct derive d = {.ledger = r->ledger, .item = &item, .seq = seq, .error = r->error};
  buf_init(&old, READING_MOST);
  enum status status = old_reading(r->ledger, seq, &old, r->error);
  if (status == ST_OK) status = item_read(&was, buf_get(&old), r->error);
  if (status == ST_OK) status = item_read(&item, fresh.n ? fresh : buf_get(&old), r->error);
  if (status == ST_OK) {
    compare(r, was.root, item.root, GONE);
    compare(r, item.root, was.root, NEW);
    status = derive_document(&d, true);
    recent_trim(r->ledger->recent);
    r->documents++;
  }
  item_release(&was);
  item_release(&item);
  buf_release(&old);
  return status;
}

static enum status take_all(struct reread *r)
{
  static const char clear[] = "DELETE FROM contradiction; DELETE FROM denial; DELETE FROM stance;"
                              "DELETE FROM conflict; DELETE FROM party; DELETE FROM figure; DELETE FROM position; DELETE FROM claim; DELETE FROM event;"
                              "DELETE FROM posting; DELETE FROM fresh; DELETE FROM placing; DELETE FROM story";
  sqlite3_stmt *rows = NULL;
  enum status status = ST_OK;
  if (sqlite3_exec(r->ledger->db, clear, NULL, NULL, NULL) != SQLITE_OK ||
      sqlite3_prepare_v2(r->ledger->db, "SELECT d.seq, n.reading FROM (SELECT seq FROM document) d LEFT JOIN reread n ON n.seq = d.seq ORDER BY d.seq", -1,
                         &rows, NULL) != SQLITE_OK)
    return sql_failed(r->ledger, r->error);
  while (status == ST_OK && sql_row(r->ledger, rows, r->error)) status = take_one(r, sqlite3_column_int64(rows, 0), sql_blob(rows, 1));
  sqlite3_finalize(rows);
  if (r->error->code == ST_OK) status = corrected_replay(r->ledger, r->error);
  if (status == ST_OK && sqlite3_exec(r->ledger->db, "DELETE FROM reread", NULL, NULL, NULL) != SQLITE_OK) status = sql_failed(r->ledger, r->error);
  return status;
}

static void put_counts(struct reread *r)
{
  struct json_out j;
  json_init(&j, r->to);
  if (r->json) json_begin(&j, '{');
  if (r->json) json_kint(&j, "documents", r->documents);
  else buf_printf(r->to, "%lld documents read anew\n", (long long)r->documents);
  for (int kind = 0; kind < KINDS; kind++) {
    if (r->json) json_key(&j, kinds[kind]);
    if (r->json) json_begin(&j, '{');
    else buf_printf(r->to, "%-9s", kinds[kind]);
    for (int i = 0; i < CHANGES; i++) {
      if (r->json) json_kint(&j, changes[i], r->count[kind][i]);
      else buf_printf(r->to, "  %lld %s", (long long)r->count[kind][i], changes[i]);
    }
    if (r->json) json_end(&j, '}');
    else buf_char(r->to, '\n');
  }
  if (r->json) json_end(&j, '}');
  if (r->json) buf_char(r->to, '\n');
}

/* A correction whose record no reading has now. */
static void lost(void *context, const struct correction_target *t)
{
  struct reread *r = context;
  struct json_out j;
  const struct span span = {(uint32_t)t->address.b, (uint32_t)t->address.e};
  if (!r->json) {
    buf_printf(r->to, "correction %lld (%.*s %.*s) has no record now: bytes %u to %u of ", (long long)t->correction, SLICE_ARG(t->kind), SLICE_ARG(t->subject),
               (unsigned)span.begin, (unsigned)span.end);
    buf_slice(r->to, t->doc);
    buf_char(r->to, '\n');
    return;
  }
  json_init(&j, r->to);
  json_begin(&j, '{');
  json_kint(&j, "correction", t->correction);
  json_kstr(&j, "change", SLICE("lost"));
  json_kstr(&j, "kind", t->kind);
  json_kstr(&j, "subject", t->subject);
  json_kstr(&j, "doc", t->doc);
  json_kspan(&j, "span", span);
  json_end(&j, '}');
  buf_char(r->to, '\n');
}

enum status ledger_reread_finish(struct ledger *ledger, bool diff, bool json, struct buf *to, struct error *error)
{
  struct reread r = {.ledger = ledger, .error = error, .to = to, .diff = diff, .json = json};
  error_clear(error);
  enum status status = corrected_begin(ledger, error);
  ledger->restoried = false; /* first as if there were no corrections; corrected_replay sees to them */
  if (status == ST_OK) status = take_all(&r);
  status = corrected_end(ledger, status, error);
  if (status == ST_OK) put_counts(&r);
  return status == ST_OK ? corrections_lost(ledger, lost, &r, error) : status;
}

/* ledger_add.c: the rows of one document, within the transaction that is open. */
#include "ledger/ledger_derive.h"
#include "ledger/ledger_postings.h"
#include "ledger/ledger_recent.h"
#include "ledger/ledger_stories.h"
#include "ledger/ledger_write.h"

/* Is the id in the ledger?  With another text it is refused. */
enum status document_look_up(struct ledger *ledger, const struct ledger_item *item, bool *known, struct error *error)
{
  sqlite3_stmt *get = sql_use(ledger, SQL_DOCUMENT_BY_ID, error);
  if (!get) return error->code;
  sql_bind(get, 1, item->id);
  *known = sql_row(ledger, get, error);
  const bool same = *known && slice_eq(sql_text(get, 1), item->sha256);
  if (sql_end(ledger, get, error) != ST_OK) return error->code;
  if (*known && !same)
    return error_set(error, ST_REFUSED, "the ledger holds another text under this id: give it an id of its own");
  return ST_OK;
}

static enum status add_document(const struct derive *d, const struct story_choice *choice, bool again)
{
  const struct ledger_item *item = d->item;
  sqlite3_stmt *add = sql_use(d->ledger, again ? SQL_DOCUMENT_AGAIN : SQL_DOCUMENT_ADD, d->error);
  if (!add) return d->error->code;
  sqlite3_bind_int64(add, 1, d->seq);
  const struct slice texts[] = {item->id, item->sha256, item->title, item->publisher, item->url, item->published};
  for (int i = 0; i < (int)(sizeof texts / sizeof *texts); i++) sql_bind(add, 2 + i, texts[i]);
  if (item->has_day) sqlite3_bind_int(add, 8, item->day);
  sqlite3_bind_int64(add, 9, (int64_t)item->text.n);
  sqlite3_bind_int64(add, 10, d->story);
  if (choice->copy_of) sqlite3_bind_int64(add, 11, choice->copy_of);
  sql_bind_blob(add, 12, item->packed_terms);
  sql_bind_blob(add, 13, item->packed_sketch);
  sql_bind_blob(add, 14, item->packed);
  if (item->has_told) sqlite3_bind_int(add, 15, item->told);
  return sql_done(d->ledger, add, d->error);
}

static enum status add_placing(const struct derive *d, const struct story_choice *choice)
{
  const json_t *kinds[KEYS] = {d->item->events, d->item->claims, d->item->figures, d->item->positions};
  sqlite3_stmt *add = sql_use(d->ledger, SQL_PLACING_ADD, d->error);
  if (!add) return d->error->code;
  sqlite3_bind_int64(add, 1, d->seq);
  sqlite3_bind_int64(add, 2, choice->story ? choice->story : d->seq);
  if (choice->nearest) sqlite3_bind_int64(add, 3, choice->nearest);
  if (choice->beside) sqlite3_bind_int64(add, 4, choice->beside);
  for (int i = 0; i < KEYS; i++) sqlite3_bind_int64(add, 5 + i, d->keys[i] + (int64_t)json_array_size(kinds[i]));
  return sql_done(d->ledger, add, d->error);
}

/* The document's title, else its first line, cut at a blank. */
struct slice item_headline(const struct ledger_item *item)
{
  enum { MOST = 160 };
  struct slice rest = item->text;
  struct slice line = item->title.n ? item->title : slice_trim(slice_cut(&rest, '\n'));
  size_t n = line.n;
  if (n <= MOST) return line;
  for (n = MOST; n > 0 && line.at[n] != ' ';) n--;
  return slice_sub(line, 0, n);
}

static enum status add_story(const struct derive *d, int64_t joined, bool fresh)
{
  const enum sql steps[] = {SQL_STORY_ADD, SQL_STORY_GROW};
  for (int i = fresh ? 0 : 1; i < 2; i++) {
    sqlite3_stmt *step = sql_use(d->ledger, steps[i], d->error);
    if (!step) return d->error->code;
    sqlite3_bind_int64(step, 1, joined);
    if (i == 0) sql_bind(step, 2, item_headline(d->item));
    enum status status = sql_done(d->ledger, step, d->error);
    if (status != ST_OK) return status;
  }
  return ST_OK;
}

/* One row for each claim: whose it is. */
static enum status add_claims(const struct derive *d)
{
  size_t i;
  json_t *claim;
  json_array_foreach(d->item->claims, i, claim) {
    if (json_is_null(claim)) continue;
    sqlite3_stmt *add = sql_use(d->ledger, SQL_CLAIM_ADD, d->error);
    if (!add) return d->error->code;
    sqlite3_bind_int64(add, 1, d->seq);
    sqlite3_bind_int64(add, 2, (int64_t)i);
    sql_bind(add, 3, item_string(item_at(d->item->entities, json_object_get(claim, "source"), "entity"), "code"));
    sqlite3_bind_int64(add, 4, d->keys[KEYS_CLAIMS] + (int64_t)i + 1);
    enum status status = sql_done(d->ledger, add, d->error);
    if (status != ST_OK) return status;
  }
  return ST_OK;
}

enum status derive_begin(struct derive *d)
{
  if (d->ledger->changes != sqlite3_total_changes64(d->ledger->db)) { /* somebody else wrote */
    recent_forget(&d->ledger->recent);
    postings_forget(d->ledger);
  }
  sqlite3_stmt *get = sql_use(d->ledger, SQL_PLACING_KEYS, d->error);
  if (!get) return d->error->code;
  sqlite3_bind_int64(get, 1, d->seq - 1);
  const bool any = sql_row(d->ledger, get, d->error);
  for (int i = 0; i < KEYS; i++) d->keys[i] = any ? sqlite3_column_int64(get, i) : 0;
  return sql_end(d->ledger, get, d->error);
}

enum status derive_records(struct derive *d)
{
  enum status status = derive_events(d);
  if (status == ST_OK) status = add_claims(d);
  if (status == ST_OK) status = derive_stances(d);
  if (status == ST_OK) status = derive_figures(d);
  if (status == ST_OK) status = derive_contradictions(d);
  return status;
}

/* The story in which a document stands now. */
static enum status story_now(struct ledger *ledger, int64_t seq, int64_t *to, struct error *error)
{
  sqlite3_stmt *get = sql_use(ledger, SQL_DOCUMENT_STORY, error);
  if (!get) return error->code;
  sqlite3_bind_int64(get, 1, seq);
  if (sql_row(ledger, get, error)) *to = sqlite3_column_int64(get, 0);
  sqlite3_reset(get);
  return error->code;
}

/* Where a person split or merged stories, a document follows the one that it is most like. */
static enum status follow(struct derive *d, const struct story_choice *choice)
{
  d->story = choice->story ? choice->story : d->seq;
  d->beside = choice->beside;
  if (!d->ledger->restoried) return ST_OK;
  enum status status = choice->nearest ? story_now(d->ledger, choice->nearest, &d->story, d->error) : ST_OK;
  if (status == ST_OK && choice->beside) status = story_now(d->ledger, choice->beside, &d->beside, d->error);
  return status;
}

enum status derive_document(struct derive *d, bool again)
{
  struct story_choice choice = {0};
  struct ledger *ledger = d->ledger;
  enum status status = d->item->packed.at ? ST_OK : item_make_ready(ledger, d->item, d->error);
  arena_clear(&ledger->scratch);
  if (status == ST_OK) status = derive_begin(d);
  if (status == ST_OK) status = story_choose(ledger, d->item, &choice, d->error);
  if (status == ST_OK) status = follow(d, &choice);
  const int64_t joined = choice.story ? choice.story : d->seq;
  if (status == ST_OK) status = add_story(d, joined, choice.story == 0);
  if (status == ST_OK) status = add_document(d, &choice, again);
  if (status == ST_OK) status = add_placing(d, &choice);
  if (status == ST_OK) status = postings_add(ledger, d->item, d->seq, d->error);
  if (status == ST_OK && !again) status = derive_records(d);
  if (status == ST_OK) status = story_remember(ledger, d->item, d->seq, joined, choice.copy_of, d->error);
  if (status == ST_OK && d->item->arena.full) status = error_set(d->error, ST_REFUSED, "not enough memory to add it: free some");
  if (status == ST_OK) ledger->changes = sqlite3_total_changes64(ledger->db);
  return status;
}

/* A reading that was exported says how its publisher was graded there; that holds here where nobody ever graded it. */
static enum status take_grade(struct ledger *ledger, const struct ledger_item *item, struct error *error)
{
  const json_t *grade = json_object_get(item->root, "grade");
  const struct slice value = item_string(grade, "value"), at = item_string(grade, "at");
  int32_t day;
  if (ledger->lock < 0 || !item->publisher.n || value.n != 1 || value.at[0] < 'A' || value.at[0] > 'F' || !item_day(at, &day)) return ST_OK;
  sqlite3_stmt *ever = sql_use(ledger, SQL_GRADE_EVER, error);
  if (!ever) return error->code;
  sql_bind(ever, 1, item->publisher);
  const bool graded = sql_row(ledger, ever, error);
  if (sql_end(ledger, ever, error) != ST_OK || graded) return error->code;
  sqlite3_stmt *add = sql_use(ledger, SQL_CORRECTION_ADD, error);
  if (!add) return error->code;
  const struct slice texts[] = {SLICE("grade"), SLICE("publisher"), item_string(grade, "by"), at, item_string(grade, "reason"), value};
  for (int i = 0; i < (int)(sizeof texts / sizeof *texts); i++) sql_bind(add, 1 + i, texts[i]);
  if (sql_done(ledger, add, error) != ST_OK) return error->code;
  const int64_t number = sqlite3_last_insert_rowid(ledger->db);
  sqlite3_stmt *target = sql_use(ledger, SQL_TARGET_ADD, error);
  if (!target) return error->code;
  sqlite3_bind_int64(target, 1, number);
  sqlite3_bind_int(target, 2, 0);
  sqlite3_bind_int(target, 3, 0);
  sql_bind(target, 4, item->publisher);
  return sql_done(ledger, target, error);
}

enum status document_write(struct ledger *ledger, struct ledger_ready *ready, struct error *error)
{
  struct derive d = {.ledger = ledger, .item = &ready->item, .seq = ledger->last_document + 1, .error = error};
  enum status status = derive_document(&d, false);
  if (status == ST_OK) status = take_grade(ledger, &ready->item, error);
  if (status != ST_OK) return status;
  ledger->changes = sqlite3_total_changes64(ledger->db);
  ready->seq = ++ledger->last_document;
  return ST_OK;
}

enum status document_write_words(struct ledger *ledger, const struct ledger_ready *ready, struct error *error)
{
  sqlite3_stmt *find = sql_use(ledger, SQL_FIND_ADD, error);
  if (!find) return error->code;
  sqlite3_bind_int64(find, 1, ready->seq);
  sql_bind(find, 2, ready->item.words);
  return sql_done(ledger, find, error);
}

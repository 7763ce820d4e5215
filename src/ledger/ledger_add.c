/* ledger_add.c: one document, one transaction. */
#include "ledger/ledger_derive.h"
#include "ledger/ledger_stories.h"

enum { PACK_LEVEL = 6 };

/* Is the id in the ledger?  With another text it is refused. */
static enum status look_up(struct ledger *ledger, const struct ledger_item *item, bool *known, struct error *error)
{
  sqlite3_stmt *get = sql_use(ledger, SQL_DOCUMENT_BY_ID, error);
  if (!get) return error->code;
  sql_bind(get, 1, item->id);
  *known = sql_row(ledger, get, error);
  const bool same = *known && slice_eq(sql_text(get, 1), item->sha256);
  sqlite3_reset(get);
  if (error->code != ST_OK) return error->code;
  if (*known && !same)
    return error_set(error, ST_REFUSED, "the ledger holds another text under this id: give it an id of its own");
  return ST_OK;
}

static enum status next_seq(struct ledger *ledger, int64_t *to, struct error *error)
{
  sqlite3_stmt *get = sql_use(ledger, SQL_DOCUMENT_NEXT, error);
  if (!get) return error->code;
  if (sql_row(ledger, get, error)) *to = sqlite3_column_int64(get, 0);
  sqlite3_reset(get);
  return error->code;
}

static enum status pack(struct ledger *ledger, struct ledger_item *item, struct slice *to, struct error *error)
{
  const size_t most = ZSTD_compressBound(item->json.n);
  char *bytes = arena_alloc(&item->arena, most);
  const size_t n = bytes ? ZSTD_compressCCtx(ledger->pack, bytes, most, item->json.at, item->json.n, PACK_LEVEL) : 0;
  if (!bytes || ZSTD_isError(n)) return error_set(error, ST_REFUSED, "not enough memory to pack it: free some");
  *to = (struct slice){bytes, n};
  return ST_OK;
}

static enum status add_document(const struct derive *d, const struct story_choice *choice, struct slice packed)
{
  struct ledger_item *item = d->item;
  const struct slice terms = terms_pack(&item->arena, &item->terms), sketch = sketch_pack(&item->arena, item->sketch, item->n_sketch);
  if (!terms.at || !sketch.at) return error_set(d->error, ST_REFUSED, "not enough memory to add it: free some");
  sqlite3_stmt *add = sql_use(d->ledger, SQL_DOCUMENT_ADD, d->error);
  if (!add) return d->error->code;
  sqlite3_bind_int64(add, 1, d->seq);
  const struct slice texts[] = {item->id, item->sha256, item->title, item->publisher, item->url, item->published};
  for (int i = 0; i < (int)(sizeof texts / sizeof *texts); i++) sql_bind(add, 2 + i, texts[i]);
  if (item->has_day) sqlite3_bind_int(add, 8, item->day);
  sqlite3_bind_int64(add, 9, (int64_t)item->text.n);
  sqlite3_bind_int64(add, 10, d->story);
  if (choice->copy_of) sqlite3_bind_int64(add, 11, choice->copy_of);
  sql_bind_blob(add, 12, terms);
  sql_bind_blob(add, 13, sketch);
  sql_bind_blob(add, 14, packed);
  return sql_done(d->ledger, add, d->error);
}

static enum status add_placing(const struct derive *d, const struct story_choice *choice)
{
  const json_t *kinds[] = {d->item->events, d->item->claims, d->item->figures, d->item->positions};
  sqlite3_stmt *add = sql_use(d->ledger, SQL_PLACING_ADD, d->error);
  if (!add) return d->error->code;
  sqlite3_bind_int64(add, 1, d->seq);
  sqlite3_bind_int64(add, 2, choice->story ? choice->story : d->seq);
  if (choice->nearest) sqlite3_bind_int64(add, 3, choice->nearest);
  if (choice->beside) sqlite3_bind_int64(add, 4, choice->beside);
  for (int i = 0; i < 4; i++) sqlite3_bind_int64(add, 5 + i, (int64_t)json_array_size(kinds[i]));
  return sql_done(d->ledger, add, d->error);
}

/* The document's title, else its first line, cut at a blank. */
static struct slice headline(const struct ledger_item *item)
{
  enum { MOST = 160 };
  struct slice rest = item->text;
  struct slice line = item->title.n ? item->title : slice_trim(slice_cut(&rest, '\n'));
  size_t n = line.n;
  if (n <= MOST) return line;
  for (n = MOST; n > 0 && line.at[n] != ' ';) n--;
  return slice_sub(line, 0, n);
}

static enum status add_story(const struct derive *d, bool fresh)
{
  const enum sql steps[] = {SQL_STORY_ADD, SQL_STORY_GROW};
  for (int i = fresh ? 0 : 1; i < 2; i++) {
    sqlite3_stmt *step = sql_use(d->ledger, steps[i], d->error);
    if (!step) return d->error->code;
    sqlite3_bind_int64(step, 1, d->story);
    if (i == 0) sql_bind(step, 2, headline(d->item));
    enum status status = sql_done(d->ledger, step, d->error);
    if (status != ST_OK) return status;
  }
  return ST_OK;
}

static enum status add_words(const struct derive *d)
{
  sqlite3_stmt *find = sql_use(d->ledger, SQL_FIND_ADD, d->error);
  if (!find) return d->error->code;
  sqlite3_bind_int64(find, 1, d->seq);
  sql_bind(find, 2, d->item->title);
  sql_bind(find, 3, d->item->text);
  enum status status = sql_done(d->ledger, find, d->error);
  for (uint32_t i = 0; i < d->item->n_top && status == ST_OK; i++) {
    if (i && d->item->top[i] == d->item->top[i - 1]) continue;
    sqlite3_stmt *post = sql_use(d->ledger, SQL_POSTING_ADD, d->error);
    if (!post) return d->error->code;
    sqlite3_bind_int64(post, 1, d->item->top[i]);
    sqlite3_bind_int64(post, 2, d->seq);
    status = sql_done(d->ledger, post, d->error);
  }
  return status;
}

/* One row for each claim or position: whose it is. */
static enum status add_claims(const struct derive *d)
{
  size_t i;
  json_t *claim;
  json_array_foreach(d->item->claims, i, claim) {
    sqlite3_stmt *add = sql_use(d->ledger, SQL_CLAIM_ADD, d->error);
    if (!add) return d->error->code;
    sqlite3_bind_int64(add, 1, d->seq);
    sqlite3_bind_int64(add, 2, (int64_t)i);
    sqlite3_bind_int64(add, 3, d->story);
    sql_bind(add, 4, item_string(item_at(d->item->entities, json_object_get(claim, "source"), "entity"), "code"));
    enum status status = sql_done(d->ledger, add, d->error);
    if (status != ST_OK) return status;
  }
  json_array_foreach(d->item->positions, i, claim) {
    sqlite3_stmt *add = sql_use(d->ledger, SQL_POSITION_ADD, d->error);
    if (!add) return d->error->code;
    sqlite3_bind_int64(add, 1, d->seq);
    sqlite3_bind_int64(add, 2, (int64_t)i);
    sqlite3_bind_int64(add, 3, d->story);
    sql_bind(add, 4, item_string(json_object_get(claim, "holder"), "code"));
    enum status status = sql_done(d->ledger, add, d->error);
    if (status != ST_OK) return status;
  }
  return ST_OK;
}

static enum status write_all(struct derive *d, const struct story_choice *choice, struct slice packed)
{
  enum status status = sql_simple(d->ledger, SQL_BEGIN, d->error);
  if (status != ST_OK) return status;
  status = add_story(d, choice->story == 0);
  if (status == ST_OK) status = add_document(d, choice, packed);
  if (status == ST_OK) status = add_placing(d, choice);
  if (status == ST_OK) status = add_words(d);
  if (status == ST_OK) status = derive_events(d);
  if (status == ST_OK) status = add_claims(d);
  if (status == ST_OK) status = derive_figures(d);
  if (status == ST_OK) status = sql_simple(d->ledger, SQL_COMMIT, d->error);
  if (status != ST_OK && !sqlite3_get_autocommit(d->ledger->db)) {
    struct error ignored = {ST_OK, ""}; /* the error above is the one to tell; a rollback that fails leaves the journal to undo it */
    sql_simple(d->ledger, SQL_ROLLBACK, &ignored);
  }
  return status;
}

enum status ledger_add(struct ledger *ledger, struct slice json, enum ledger_added *added, struct error *error)
{
  struct ledger_item item;
  struct slice packed = {NULL, 0};
  struct story_choice choice = {0};
  struct derive d = {.ledger = ledger, .item = &item, .error = error};
  bool known = false;
  enum status status = item_read(&item, json, error);
  if (status == ST_OK) status = look_up(ledger, &item, &known, error);
  if (status == ST_OK && known) *added = LEDGER_KNOWN;
  if (status == ST_OK && !known) {
    *added = LEDGER_NEW;
    status = item_weigh(&item, ledger->stemmer, ledger->know.word_documents, error);
    if (status == ST_OK) status = pack(ledger, &item, &packed, error);
    if (status == ST_OK) status = story_choose(ledger, &item, &choice, error);
    if (status == ST_OK) status = next_seq(ledger, &d.seq, error);
    d.story = choice.story ? choice.story : d.seq;
    d.beside = choice.beside;
    if (status == ST_OK) status = write_all(&d, &choice, packed);
  }
  item_release(&item);
  return status;
}

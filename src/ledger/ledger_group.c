/* ledger_group.c: documents on their way in: made ready on any thread, then written in groups that share one transaction.
 *
 * A commit costs much the same for one document as for hundreds, so documents that come fast are written together.  When one of a group cannot be
 * written, all of the group are undone and written again each in a transaction of its own: then only that one is missing.  Full text is written last,
 * at the commit, since FTS5 then makes one segment of the whole group. */
#include "ledger/ledger_derive.h"
#include "ledger/ledger_postings.h"
#include "ledger/ledger_recent.h"
#include "ledger/ledger_stories.h"
#include "ledger/ledger_write.h"
#include "base/sys.h"
#include <libstemmer.h>

enum { PACK_LEVEL = 3, FIRST_PENDING = 16, WASTE_A_TURN = 2 };

struct kit {
  struct kit *next;
  struct sb_stemmer *stemmer;
  struct word_memo *memo;
  ZSTD_CCtx *pack;
};

enum pending_is { PENDING_OPEN, PENDING_IN, PENDING_FAILED };

struct ledger_pending {
  struct ledger_ready *ready;
  enum pending_is is;
  bool refused; /* before anything of it was written */
  enum ledger_added added;
  struct error error;
};

/* ---- making ready ---- */

static void kit_free(struct kit *kit)
{
  sb_stemmer_delete(kit->stemmer);
  word_memo_free(kit->memo);
  ZSTD_freeCCtx(kit->pack);
  sys_free(kit, sizeof *kit);
}

static struct kit *kit_take(struct ledger *ledger)
{
  pthread_mutex_lock(&ledger->kits.lock);
  struct kit *kit = ledger->kits.rest;
  if (kit) ledger->kits.rest = kit->next;
  pthread_mutex_unlock(&ledger->kits.lock);
  if (kit) return kit;
  kit = sys_alloc(sizeof *kit);
  if (!kit) return NULL;
  *kit = (struct kit){NULL, sb_stemmer_new("english", NULL), word_memo_new(), ZSTD_createCCtx()};
  if (kit->stemmer && kit->memo && kit->pack) return kit;
  kit_free(kit);
  return NULL;
}

static void kit_give(struct ledger *ledger, struct kit *kit)
{
  pthread_mutex_lock(&ledger->kits.lock);
  kit->next = ledger->kits.rest;
  ledger->kits.rest = kit;
  pthread_mutex_unlock(&ledger->kits.lock);
}

/* What was written is freed by the threads that make ready, not by the one that writes. */
static void waste(struct kits *kits, struct ledger_ready *ready)
{
  pthread_mutex_lock(&kits->lock);
  ready->next = kits->waste;
  kits->waste = ready;
  pthread_mutex_unlock(&kits->lock);
}

static void waste_free(struct kits *kits, size_t most)
{
  for (size_t i = 0; i < most; i++) {
    pthread_mutex_lock(&kits->lock);
    struct ledger_ready *ready = kits->waste;
    if (ready) kits->waste = ready->next;
    pthread_mutex_unlock(&kits->lock);
    if (!ready) return;
    ledger_ready_free(ready);
  }
}

void kits_free(struct kits *kits)
{
  for (struct kit *kit = kits->rest, *next; kit; kit = next) {
    next = kit->next;
    kit_free(kit);
  }
  kits->rest = NULL;
  waste_free(kits, SIZE_MAX);
}

static enum status pack(struct ledger_item *item, const struct kit *kit, struct error *error)
{
  const size_t most = ZSTD_compressBound(item->json.n);
  char *bytes = sys_alloc(most);
  const size_t n = bytes ? ZSTD_compressCCtx(kit->pack, bytes, most, item->json.at, item->json.n, PACK_LEVEL) : 0;
  if (bytes && !ZSTD_isError(n)) item->packed = slice_copy(&item->arena, (struct slice){bytes, n});
  if (bytes) sys_free(bytes, most);
  item->packed_terms = terms_pack(&item->arena, &item->terms);
  item->packed_sketch = sketch_pack(&item->arena, item->sketch, item->n_sketch);
  if (item->packed.at && item->packed_terms.at && item->packed_sketch.at) return ST_OK;
  return error_set(error, ST_REFUSED, "not enough memory to pack it: free some");
}

enum status item_make_ready(struct ledger *ledger, struct ledger_item *item, struct error *error)
{
  struct kit *kit = kit_take(ledger);
  if (!kit) return error_set(error, ST_REFUSED, "not enough memory to add it: free some");
  enum status status = item_weigh(item, kit->stemmer, kit->memo, ledger->know.word_documents, error);
  if (status == ST_OK) status = item_words(item, error);
  if (status == ST_OK) status = pack(item, kit, error);
  kit_give(ledger, kit);
  return status;
}

enum status ledger_prepare(struct ledger *ledger, struct slice json, void *tree, struct ledger_ready **to, struct error *error)
{
  struct ledger_ready *ready = sys_alloc(sizeof *ready);
  *to = NULL;
  waste_free(&ledger->kits, WASTE_A_TURN);
  if (!ready) return error_set(error, ST_REFUSED, "not enough memory to add it: free some");
  ready->seq = 0;
  ready->bytes = json.n;
  enum status status = item_read_tree(&ready->item, json, tree, error);
  if (status == ST_OK) status = item_make_ready(ledger, &ready->item, error);
  ready->item.json = (struct slice){NULL, 0}; /* it need not live longer */
  if (status == ST_OK) *to = ready;
  else ledger_ready_free(ready);
  return status;
}

void ledger_ready_free(struct ledger_ready *ready)
{
  if (!ready) return;
  item_release(&ready->item);
  sys_free(ready, sizeof *ready);
}

size_t ledger_ready_bytes(const struct ledger_ready *ready) { return ready->bytes; }

/* ---- writing ---- */

/* Takes back what is open, and all that was remembered of it. */
static void undo(struct ledger *ledger)
{
  struct error ignored = {ST_OK, ""}; /* another error is the one to tell; a rollback that fails leaves the journal to undo it */
  if (!sqlite3_get_autocommit(ledger->db)) sql_simple(ledger, SQL_ROLLBACK, &ignored);
  recent_forget(&ledger->recent);
  postings_forget(ledger);
  ledger->changes = -1;
}

static enum status begin(struct ledger *ledger, struct error *error)
{
  if (!sqlite3_get_autocommit(ledger->db)) return ST_OK;
  enum status status = sql_simple(ledger, SQL_BEGIN, error);
  sqlite3_stmt *get = status == ST_OK ? sql_use(ledger, SQL_DOCUMENT_LAST, error) : NULL;
  if (!get) return error->code;
  if (sql_row(ledger, get, error)) ledger->last_document = sqlite3_column_int64(get, 0);
  return sql_end(ledger, get, error);
}

/* Writes it all but for its words; a document that is there already writes nothing. */
static enum status write_one(struct ledger *ledger, struct ledger_pending *p)
{
  bool known = false;
  enum status status = begin(ledger, &p->error);
  if (status == ST_OK) status = document_look_up(ledger, &p->ready->item, &known, &p->error);
  p->added = known ? LEDGER_KNOWN : LEDGER_NEW;
  p->refused = status == ST_REFUSED;
  if (status == ST_OK && !known) status = document_write(ledger, p->ready, &p->error);
  recent_trim(ledger->recent);
  return status;
}

static enum status write_words(struct ledger *ledger, struct ledger_pending *p)
{
  return p->added == LEDGER_KNOWN ? ST_OK : document_write_words(ledger, p->ready, &p->error);
}

/* After a group was undone: those still open, each for itself; ends at the first that failed for more than its own sake. */
static enum status write_each(struct ledger *ledger, struct error *error)
{
  enum status worst = ST_OK;
  for (size_t i = 0; i < ledger->n_pending; i++) {
    struct ledger_pending *p = &ledger->pending[i];
    if (p->is != PENDING_OPEN) continue;
    error_clear(&p->error);
    if (worst != ST_OK) error_set(&p->error, worst, "%s", error->message);
    else if (write_one(ledger, p) == ST_OK && write_words(ledger, p) == ST_OK) sql_simple(ledger, SQL_COMMIT, &p->error);
    ledger->changes = sqlite3_total_changes64(ledger->db);
    p->is = p->error.code == ST_OK ? PENDING_IN : PENDING_FAILED;
    if (p->error.code == ST_OK) continue;
    undo(ledger);
    if (p->error.code > ST_USAGE && worst == ST_OK) worst = error_set(error, p->error.code, "%s", p->error.message);
  }
  return worst;
}

static enum status pending_add(struct ledger *ledger, struct ledger_ready *ready, struct error *error)
{
  if (ledger->n_pending == ledger->pending_room) {
    const size_t room = ledger->pending_room ? ledger->pending_room * 2 : FIRST_PENDING;
    struct ledger_pending *more = sys_realloc(ledger->pending, ledger->pending_room * sizeof *more, room * sizeof *more);
    if (!more) return error_set(error, ST_REFUSED, "not enough memory to add it: free some");
    ledger->pending = more;
    ledger->pending_room = room;
  }
  ledger->pending[ledger->n_pending++] = (struct ledger_pending){.ready = ready};
  return ST_OK;
}

enum status ledger_put(struct ledger *ledger, struct ledger_ready *ready, struct error *error)
{
  enum status status = pending_add(ledger, ready, error);
  if (status != ST_OK) {
    ledger_ready_free(ready);
    return status;
  }
  const size_t at = ledger->n_pending - 1;
  struct ledger_pending *p = &ledger->pending[at];
  if (write_one(ledger, p) == ST_OK) return ST_OK;
  if (!p->refused) {
    undo(ledger);
    (void)write_each(ledger, error);
  }
  p = &ledger->pending[at];
  if (p->error.code == ST_OK) return ST_OK; /* alone it went well */
  error_set(error, p->error.code, "%s", p->error.message);
  ledger_ready_free(p->ready);
  ledger->n_pending--;
  return error->code;
}

enum status ledger_commit(struct ledger *ledger, void (*told)(void *context, enum ledger_added added, const struct error *why), void *context,
                          struct error *error)
{
  struct error own = {ST_OK, ""};
  enum status status = ST_OK;
  const bool open = !sqlite3_get_autocommit(ledger->db);
  bool any = false;
  for (size_t i = 0; i < ledger->n_pending && status == ST_OK; i++) {
    if (ledger->pending[i].is != PENDING_OPEN) continue;
    any = true;
    if (open) status = write_words(ledger, &ledger->pending[i]);
  }
  if (open && status == ST_OK) status = sql_simple(ledger, SQL_COMMIT, &own);
  if (open && status == ST_OK) ledger->changes = sqlite3_total_changes64(ledger->db);
  if (status != ST_OK || (any && !open)) { /* a transaction that SQLite itself took back leaves none of it in */
    undo(ledger);
    status = write_each(ledger, error);
  }
  for (size_t i = 0; i < ledger->n_pending; i++) {
    struct ledger_pending *p = &ledger->pending[i];
    if (told) told(context, p->added, &p->error);
    waste(&ledger->kits, p->ready);
  }
  ledger->n_pending = 0;
  return status;
}

void pending_free(struct ledger *ledger)
{
  for (size_t i = 0; i < ledger->n_pending; i++) ledger_ready_free(ledger->pending[i].ready);
  if (ledger->pending) sys_free(ledger->pending, ledger->pending_room * sizeof *ledger->pending);
  ledger->pending = NULL;
  ledger->n_pending = ledger->pending_room = 0;
}

struct alone { enum ledger_added *added; struct error *error; };

static void tell_alone(void *context, enum ledger_added added, const struct error *why)
{
  const struct alone *alone = context;
  *alone->added = added;
  if (why->code != ST_OK) error_set(alone->error, why->code, "%s", why->message);
}

enum status ledger_add(struct ledger *ledger, struct slice json, enum ledger_added *added, struct error *error)
{
  struct ledger_ready *ready = NULL;
  struct alone alone = {added, error};
  enum status status = ledger_prepare(ledger, json, NULL, &ready, error);
  if (status == ST_OK) status = ledger_put(ledger, ready, error);
  if (status != ST_OK) return status;
  status = ledger_commit(ledger, tell_alone, &alone, error);
  return status == ST_OK ? error->code : status;
}

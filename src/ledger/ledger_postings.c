/* ledger_postings.c: words of the newest documents, by word: a table of the words (open addressing), each with a chain of its documents, the newest first. */
#include "ledger/ledger_postings.h"
#include "base/sys.h"
#include <stdlib.h>

enum { FRESH_LEAST = 1024, FRESH_SHARE = 16, FIRST_ENTRIES = 4096 };
#define NONE UINT32_MAX

struct entry {
  int64_t doc;
  uint32_t term, older; /* older: of the same word; NONE */
};

struct slot {
  uint32_t term, newest; /* newest: NONE where the slot is free */
};

struct postings {
  struct entry *entries; /* document by document */
  struct slot *slots;    /* twice as many as `room` */
  uint32_t n, room;
  int64_t documents;
};

static enum status lacking(struct error *error) { return error_set(error, ST_REFUSED, "not enough memory for the words of the ledger: free some"); }

void postings_forget(struct ledger *ledger)
{
  struct postings *p = ledger->postings;
  if (!p) return;
  if (p->entries) sys_free(p->entries, p->room * sizeof *p->entries);
  if (p->slots) sys_free(p->slots, (size_t)p->room * 2 * sizeof *p->slots);
  sys_free(p, sizeof *p);
  ledger->postings = NULL;
}

static struct slot *slot_of(const struct postings *p, uint32_t term)
{
  const uint32_t mask = p->room * 2 - 1;
  uint32_t at = (uint32_t)(term * 0x9e3779b97f4a7c15u >> 32) & mask;
  while (p->slots[at].newest != NONE && p->slots[at].term != term) at = (at + 1) & mask;
  return &p->slots[at];
}

static void link_entry(struct postings *p, uint32_t i)
{
  struct slot *slot = slot_of(p, p->entries[i].term);
  p->entries[i].older = slot->newest;
  *slot = (struct slot){p->entries[i].term, i};
}

static bool make_room(struct postings *p)
{
  if (p->n < p->room) return true;
  if (p->room > UINT32_MAX / 8) return false;
  const uint32_t room = p->room ? p->room * 2 : FIRST_ENTRIES;
  struct slot *slots = sys_alloc((size_t)room * 2 * sizeof *slots);
  struct entry *entries = slots ? sys_realloc(p->entries, p->room * sizeof *entries, room * sizeof *entries) : NULL;
  if (!entries) {
    if (slots) sys_free(slots, (size_t)room * 2 * sizeof *slots);
    return false;
  }
  if (p->slots) sys_free(p->slots, (size_t)p->room * 2 * sizeof *p->slots);
  p->entries = entries;
  p->slots = slots;
  p->room = room;
  for (size_t i = 0; i < (size_t)room * 2; i++) slots[i].newest = NONE;
  for (uint32_t i = 0; i < p->n; i++) link_entry(p, i);
  return true;
}

static bool keep(struct postings *p, uint32_t term, int64_t doc)
{
  if (!make_room(p)) return false;
  p->entries[p->n] = (struct entry){.doc = doc, .term = term};
  link_entry(p, p->n++);
  return true;
}

static struct slice pack(const struct ledger_item *item, unsigned char *to)
{
  size_t n = 0;
  for (uint32_t i = 0; i < item->n_top; i++) {
    if (i && item->top[i] == item->top[i - 1]) continue;
    for (int k = 0; k < 4; k++) to[n++] = (unsigned char)(item->top[i] >> (8 * k));
  }
  return (struct slice){(const char *)to, n};
}

static bool keep_all(struct postings *p, struct slice packed, int64_t doc)
{
  const unsigned char *at = (const unsigned char *)packed.at;
  for (size_t i = 0; i + 4 <= packed.n; i += 4)
    if (!keep(p, (uint32_t)at[i] | (uint32_t)at[i + 1] << 8 | (uint32_t)at[i + 2] << 16 | (uint32_t)at[i + 3] << 24, doc)) return false;
  p->documents++;
  return true;
}

/* What is in memory, out of the table where it is not there yet. */
static struct postings *loaded(struct ledger *ledger, struct error *error)
{
  if (ledger->postings) return ledger->postings;
  struct postings *p = sys_alloc(sizeof *p);
  sqlite3_stmt *rows = p ? sql_use(ledger, SQL_FRESH_ALL, error) : NULL;
  if (!p) lacking(error);
  if (!p) return NULL;
  *p = (struct postings){.n = 0};
  ledger->postings = p;
  bool good = make_room(p);
  while (rows && good && sql_row(ledger, rows, error)) good = keep_all(p, sql_blob(rows, 1), sqlite3_column_int64(rows, 0));
  if (rows) sql_end(ledger, rows, error);
  if (!good) lacking(error);
  if (good && error->code == ST_OK) return p;
  postings_forget(ledger);
  return NULL;
}

static int by_term(const void *a, const void *b)
{
  const struct entry *x = a, *y = b;
  if (x->term != y->term) return x->term < y->term ? -1 : 1;
  return x->doc < y->doc ? -1 : x->doc > y->doc;
}

/* All that is fresh goes among the others, in their order. */
static enum status merge(struct ledger *ledger, struct error *error)
{
  struct postings *p = ledger->postings;
  enum status status = ST_OK;
  qsort(p->entries, p->n, sizeof *p->entries, by_term);
  for (uint32_t i = 0; i < p->n && status == ST_OK; i++) {
    sqlite3_stmt *post = sql_use(ledger, SQL_POSTING_ADD, error);
    if (!post) return error->code;
    sqlite3_bind_int64(post, 1, p->entries[i].term);
    sqlite3_bind_int64(post, 2, p->entries[i].doc);
    status = sql_done(ledger, post, error);
  }
  if (status == ST_OK) status = sql_simple(ledger, SQL_FRESH_CLEAR, error);
  postings_forget(ledger);
  return status;
}

enum status postings_add(struct ledger *ledger, const struct ledger_item *item, int64_t doc, struct error *error)
{
  unsigned char bytes[TERMS_TOP * 4];
  const struct slice packed = pack(item, bytes);
  struct postings *p = loaded(ledger, error);
  sqlite3_stmt *add = p ? sql_use(ledger, SQL_FRESH_ADD, error) : NULL;
  if (!add) return error->code;
  sqlite3_bind_int64(add, 1, doc);
  sql_bind_blob(add, 2, packed);
  enum status status = sql_done(ledger, add, error);
  if (status == ST_OK && !keep_all(p, packed, doc)) status = lacking(error);
  return status == ST_OK && p->documents >= FRESH_LEAST && p->documents >= doc / FRESH_SHARE ? merge(ledger, error) : status;
}

enum status postings_newest(struct ledger *ledger, uint32_t term, int64_t *docs, uint32_t most, uint32_t *n, struct error *error)
{
  const struct postings *p = loaded(ledger, error);
  *n = 0;
  if (!p) return error->code;
  for (uint32_t i = slot_of(p, term)->newest; i != NONE && *n < most; i = p->entries[i].older) docs[(*n)++] = p->entries[i].doc;
  if (*n == most) return ST_OK;
  sqlite3_stmt *get = sql_use(ledger, SQL_POSTING_GET, error);
  if (!get) return error->code;
  sqlite3_bind_int64(get, 1, term);
  sqlite3_bind_int64(get, 2, most - *n);
  while (*n < most && sql_row(ledger, get, error)) docs[(*n)++] = sqlite3_column_int64(get, 0);
  return sql_end(ledger, get, error);
}

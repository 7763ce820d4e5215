/* ledger_recent.c: a hash table of lists, chained, and the order in which they were used.
 *
 * Rows live long and go one by one; among what each document takes and gives back they would tear the heap to pieces.  So they are cut from blocks,
 * and what is given back waits for the next of its size. */
#include "ledger/ledger_recent.h"
#include "base/sys.h"
#include <stddef.h>

enum { FIRST_BUCKETS = 1024, FIRST_ROWS = 4, PIECE = 16, PIECE_SIZES = 256, BLOCK_BYTES = 1 << 20 };

struct row {
  size_t bytes; /* of all of it */
  _Alignas(max_align_t) unsigned char is[];
};

struct recent_list {
  struct recent_list *next;           /* of the bucket */
  struct recent_list *newer, *older;  /* used after this one, before it */
  enum recent_kind kind;
  int64_t a;
  uint64_t b;
  struct row **rows;                  /* a ring of `cap` places: `first` is the newest */
  size_t first, n, cap;
};

struct piece {
  struct piece *next; /* of those of its size that were given back */
};

struct block {
  struct block *next;
  _Alignas(max_align_t) unsigned char is[];
};

struct recent {
  struct piece *pieces[PIECE_SIZES];
  struct block *blocks;
  size_t cut; /* of the first block */
  struct recent_list **buckets;
  size_t n_buckets, n, bytes;
  struct recent_list *newest, *oldest;
};

/* Which size it is of, in pieces; PIECE_SIZES and more: memory of its own. */
static size_t size_of(size_t n) { return (n + PIECE - 1) / PIECE; }

static size_t taken(size_t n) { return size_of(n) < PIECE_SIZES ? size_of(n) * PIECE : n; }

static void *piece_cut(struct recent *recent, size_t n)
{
  const size_t size = size_of(n);
  if (size >= PIECE_SIZES) return sys_alloc(n);
  struct piece *piece = recent->pieces[size];
  if (piece) {
    recent->pieces[size] = piece->next;
    return piece;
  }
  if (!recent->blocks || recent->cut + size * PIECE > BLOCK_BYTES) {
    struct block *block = sys_alloc(sizeof *block + BLOCK_BYTES);
    if (!block) return NULL;
    block->next = recent->blocks;
    recent->blocks = block;
    recent->cut = 0;
  }
  recent->cut += size * PIECE;
  return recent->blocks->is + recent->cut - size * PIECE;
}

static void *piece_take(struct recent *recent, size_t n)
{
  void *to = piece_cut(recent, n);
  if (to) recent->bytes += taken(n);
  return to;
}

static void piece_give(struct recent *recent, void *at, size_t n)
{
  const size_t size = size_of(n);
  struct piece *piece = at;
  if (at) recent->bytes -= taken(n);
  if (size >= PIECE_SIZES) sys_free(at, n);
  else if (piece) {
    piece->next = recent->pieces[size];
    recent->pieces[size] = piece;
  }
}

static uint64_t hash_of(enum recent_kind kind, int64_t a, uint64_t b)
{
  uint64_t h = (uint64_t)a * 0x9e3779b97f4a7c15u ^ b * 0xc2b2ae3d27d4eb4fu ^ (uint64_t)kind;
  h ^= h >> 31;
  h *= 0xd6e8feb86659fd93u;
  return h ^ h >> 32;
}

static struct recent_list **bucket_of(const struct recent *recent, enum recent_kind kind, int64_t a, uint64_t b)
{
  return &recent->buckets[hash_of(kind, a, b) & (recent->n_buckets - 1)];
}

static void unlink_use(struct recent *recent, struct recent_list *list)
{
  if (list->newer) list->newer->older = list->older;
  else recent->newest = list->older;
  if (list->older) list->older->newer = list->newer;
  else recent->oldest = list->newer;
}

static void link_use(struct recent *recent, struct recent_list *list)
{
  list->newer = NULL;
  list->older = recent->newest;
  if (recent->newest) recent->newest->newer = list;
  else recent->oldest = list;
  recent->newest = list;
}

struct recent_list *recent_find(struct recent *recent, enum recent_kind kind, int64_t a, uint64_t b)
{
  if (!recent) return NULL;
  struct recent_list *list = *bucket_of(recent, kind, a, b);
  while (list && (list->kind != kind || list->a != a || list->b != b)) list = list->next;
  if (!list || recent->newest == list) return list;
  unlink_use(recent, list);
  link_use(recent, list);
  return list;
}

static struct recent *recent_new(void)
{
  struct recent *recent = sys_alloc(sizeof *recent);
  if (!recent) return NULL;
  *recent = (struct recent){.n_buckets = FIRST_BUCKETS, .bytes = sizeof *recent + FIRST_BUCKETS * sizeof *recent->buckets};
  recent->buckets = sys_alloc(FIRST_BUCKETS * sizeof *recent->buckets);
  if (!recent->buckets) {
    sys_free(recent, sizeof *recent);
    return NULL;
  }
  memset(recent->buckets, 0, FIRST_BUCKETS * sizeof *recent->buckets);
  return recent;
}

/* Twice as many buckets; without memory for them the chains grow longer. */
static void widen(struct recent *recent)
{
  const size_t old_n = recent->n_buckets, old_bytes = old_n * sizeof *recent->buckets;
  struct recent_list **old = recent->buckets, **wide = sys_alloc(old_bytes * 2);
  if (!wide) return;
  memset(wide, 0, old_bytes * 2);
  recent->buckets = wide;
  recent->n_buckets = old_n * 2;
  recent->bytes += old_bytes;
  for (size_t i = 0; i < old_n; i++)
    for (struct recent_list *list = old[i], *next; list; list = next) {
      struct recent_list **to = bucket_of(recent, list->kind, list->a, list->b);
      next = list->next;
      list->next = *to;
      *to = list;
    }
  sys_free(old, old_bytes);
}

struct recent_list *recent_make(struct recent **at, enum recent_kind kind, int64_t a, uint64_t b)
{
  if (!*at) *at = recent_new();
  struct recent *recent = *at;
  struct recent_list *list = recent ? piece_take(recent, sizeof *list) : NULL;
  if (!list) return NULL;
  if (recent->n >= recent->n_buckets) widen(recent);
  struct recent_list **bucket = bucket_of(recent, kind, a, b);
  *list = (struct recent_list){.next = *bucket, .kind = kind, .a = a, .b = b};
  *bucket = list;
  link_use(recent, list);
  recent->n++;
  return list;
}

static void free_row(struct recent *recent, struct row *row)
{
  piece_give(recent, row, row->bytes);
}

void recent_drop(struct recent *recent, struct recent_list *list)
{
  struct recent_list **at = bucket_of(recent, list->kind, list->a, list->b);
  while (*at != list) at = &(*at)->next;
  *at = list->next;
  unlink_use(recent, list);
  for (size_t i = 0; i < list->n; i++) free_row(recent, list->rows[(list->first + i) % list->cap]);
  recent->n--;
  if (list->rows) piece_give(recent, list->rows, list->cap * sizeof(struct row *));
  piece_give(recent, list, sizeof *list);
}

static bool room(struct recent *recent, struct recent_list *list)
{
  if (list->n < list->cap) return true;
  const size_t cap = list->cap ? list->cap * 2 : FIRST_ROWS;
  struct row **rows = piece_take(recent, cap * sizeof *rows);
  if (!rows) return false;
  for (size_t i = 0; i < list->n; i++) rows[i] = list->rows[(list->first + i) % list->cap];
  if (list->rows) piece_give(recent, list->rows, list->cap * sizeof *rows);
  list->rows = rows;
  list->first = 0;
  list->cap = cap;
  return true;
}

bool recent_keep(struct recent *recent, struct recent_list *list, const void *row, size_t size, const size_t *at, size_t n, size_t most, bool older)
{
  struct slice string;
  size_t bytes = sizeof(struct row) + size;
  if (older && list->n == most) return true;
  for (size_t i = 0; i < n; i++) {
    memcpy(&string, (const char *)row + at[i], sizeof string);
    bytes += string.n;
  }
  struct row *copy = room(recent, list) ? piece_take(recent, bytes) : NULL;
  if (!copy) {
    recent_drop(recent, list);
    return false;
  }
  copy->bytes = bytes;
  memcpy(copy->is, row, size);
  char *to = (char *)copy->is + size;
  for (size_t i = 0; i < n; i++) {
    memcpy(&string, (const char *)row + at[i], sizeof string);
    if (string.n) memcpy(to, string.at, string.n);
    string.at = to;
    memcpy(copy->is + at[i], &string, sizeof string);
    to += string.n;
  }
  if (!older && list->n == most) free_row(recent, list->rows[(list->first + --list->n) % list->cap]);
  if (!older) list->first = (list->first + list->cap - 1) % list->cap;
  list->rows[older ? (list->first + list->n) % list->cap : list->first] = copy;
  list->n++;
  return true;
}

size_t recent_count(const struct recent_list *list) { return list ? list->n : 0; }
void *recent_row(const struct recent_list *list, size_t i) { return list->rows[(list->first + i) % list->cap]->is; }

void recent_drop_story(struct recent *recent, int64_t story)
{
  for (struct recent_list *list = recent ? recent->newest : NULL, *older; list; list = older) {
    older = list->older;
    if (list->a == story && (list->kind == RECENT_EVENTS || list->kind == RECENT_FIGURES)) recent_drop(recent, list);
  }
}

void recent_trim(struct recent *recent)
{
  while (recent && recent->oldest && recent->bytes > RECENT_BYTES) recent_drop(recent, recent->oldest);
}

void recent_forget(struct recent **at)
{
  struct recent *recent = *at;
  if (!recent) return;
  while (recent->oldest) recent_drop(recent, recent->oldest);
  for (struct block *block = recent->blocks, *next; block; block = next) {
    next = block->next;
    sys_free(block, sizeof *block + BLOCK_BYTES);
  }
  sys_free(recent->buckets, recent->n_buckets * sizeof *recent->buckets);
  sys_free(recent, sizeof *recent);
  *at = NULL;
}

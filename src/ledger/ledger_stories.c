/* ledger_stories.c: a document joins the story whose documents are most like it, or begins one; documents are looked at once, in the order of
 * adding (single-pass clustering: Allan, Papka and Lavrenko, "On-line new event detection and tracking", SIGIR 1998).
 *
 *   likeness of a document to a story = mean cosine to its three documents most like it (fewer documents: the missing ones count as 0, but
 *                                       a story of one or two is judged by those it has)
 *   it joins when likeness >= bar;     bar = NEAR where both are dated and the days between them are few, rising to FAR with them, and FAR
 *                                       where a date is missing
 *
 * Only documents that share one of the weightiest words are looked at, the newest POSTINGS of each word, and of those the CANDIDATES that share
 * most: the cost of adding does not grow with the ledger.
 *
 * A near-copy shares half of its runs of five words with an earlier document (Broder, "On the resemblance and containment of documents", 1997). */
#include "ledger/ledger_stories.h"
#include "base/vec.h"
#include <stdlib.h>

enum { POSTINGS = 48, CANDIDATES = 64, LIKE_MOST = 3 };
static const double bar_near = 0.20, bar_far = 0.33, bar_days = 30, copy_share = 0.5, bar_beside = -0.1;

struct candidate {
  int64_t doc, story, copy_of;
  uint32_t shared;
  double like;
  bool copy, dated;
  int32_t day;
};

struct slice terms_pack(struct arena *arena, const struct terms *terms)
{
  unsigned char *to = arena_alloc(arena, (size_t)terms->n * 6 + 1);
  if (!to) return (struct slice){NULL, 0};
  for (uint32_t i = 0; i < terms->n; i++) {
    const struct term t = terms->at[i];
    for (int k = 0; k < 4; k++) to[i * 6 + (uint32_t)k] = (unsigned char)(t.word >> (8 * k));
    to[i * 6 + 4] = (unsigned char)(t.weight & 0xff);
    to[i * 6 + 5] = (unsigned char)(t.weight >> 8);
  }
  return (struct slice){(const char *)to, (size_t)terms->n * 6};
}

struct slice sketch_pack(struct arena *arena, const uint32_t *sketch, uint32_t n)
{
  unsigned char *to = arena_alloc(arena, (size_t)n * 4 + 1);
  if (!to) return (struct slice){NULL, 0};
  for (uint32_t i = 0; i < n; i++)
    for (int k = 0; k < 4; k++) to[i * 4 + (uint32_t)k] = (unsigned char)(sketch[i] >> (8 * k));
  return (struct slice){(const char *)to, (size_t)n * 4};
}

static uint32_t number_at(struct slice packed, size_t at)
{
  const unsigned char *p = (const unsigned char *)packed.at + at;
  return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

static double cosine(const struct terms *terms, struct slice packed)
{
  uint64_t sum = 0;
  size_t k = 0;
  for (uint32_t i = 0; i < terms->n; i++) {
    while (k + 6 <= packed.n && number_at(packed, k) < terms->at[i].word) k += 6;
    if (k + 6 > packed.n) break;
    if (number_at(packed, k) != terms->at[i].word) continue;
    const unsigned char *w = (const unsigned char *)packed.at + k + 4;
    sum += (uint64_t)terms->at[i].weight * ((uint64_t)w[0] | (uint64_t)w[1] << 8);
  }
  return (double)sum / ((double)TERM_ONE * TERM_ONE);
}

/* The share of common runs, estimated from the smallest hashes of both. */
static double resemblance(const struct ledger_item *item, struct slice packed)
{
  uint32_t i = 0, k = 0, seen = 0, both = 0;
  const uint32_t n = (uint32_t)(packed.n / 4);
  while (seen < SKETCH_SIZE && i < item->n_sketch && k < n) {
    const uint32_t a = item->sketch[i], b = number_at(packed, (size_t)k * 4);
    if (a == b) both++;
    if (a <= b) i++;
    if (b <= a) k++;
    seen++;
  }
  return seen < 8 ? 0 : (double)both / seen; /* a text of a dozen words resembles too easily */
}

static int by_doc(const void *a, const void *b)
{
  const struct candidate *x = a, *y = b;
  return x->doc < y->doc ? -1 : x->doc > y->doc;
}

static int by_shared(const void *a, const void *b)
{
  const struct candidate *x = a, *y = b;
  if (x->shared != y->shared) return x->shared > y->shared ? -1 : 1;
  return x->doc > y->doc ? -1 : x->doc < y->doc; /* the newer first */
}

static int by_story(const void *a, const void *b)
{
  const struct candidate *x = a, *y = b;
  if (x->story != y->story) return x->story < y->story ? -1 : 1;
  if (x->like != y->like) return x->like > y->like ? -1 : 1;
  return by_doc(a, b);
}

typedef VEC(struct candidate) candidates;

static enum status find_candidates(struct ledger *ledger, struct ledger_item *item, candidates *to, struct error *error)
{
  for (uint32_t i = 0; i < item->n_top; i++) {
    sqlite3_stmt *get = sql_use(ledger, SQL_POSTING_GET, error);
    if (!get) return error->code;
    sqlite3_bind_int64(get, 1, item->top[i]);
    sqlite3_bind_int(get, 2, POSTINGS);
    while (sql_row(ledger, get, error))
      if (!vec_push(to, &item->arena, (struct candidate){.doc = sqlite3_column_int64(get, 0), .shared = 1}))
        return error_set(error, ST_REFUSED, "not enough memory to find its story: free some");
    sqlite3_reset(get);
    if (error->code != ST_OK) return error->code;
  }
  if (to->n == 0) return ST_OK;
  qsort(to->at, to->n, sizeof *to->at, by_doc);
  size_t n = 0;
  for (size_t i = 0; i < to->n; i++) {
    if (n && to->at[n - 1].doc == to->at[i].doc) to->at[n - 1].shared++;
    else to->at[n++] = to->at[i];
  }
  to->n = n;
  qsort(to->at, to->n, sizeof *to->at, by_shared);
  if (to->n > CANDIDATES) to->n = CANDIDATES;
  return ST_OK;
}

static enum status compare(struct ledger *ledger, const struct ledger_item *item, struct candidate *c, struct error *error)
{
  sqlite3_stmt *get = sql_use(ledger, ledger->restoried ? SQL_DOCUMENT_JOINED : SQL_DOCUMENT_TERMS, error); /* the story before corrections */
  if (!get) return error->code;
  sqlite3_bind_int64(get, 1, c->doc);
  if (sql_row(ledger, get, error)) {
    c->story = sqlite3_column_int64(get, 0);
    c->dated = sqlite3_column_type(get, 1) != SQLITE_NULL;
    c->day = sqlite3_column_int(get, 1);
    c->like = cosine(&item->terms, sql_blob(get, 2));
    c->copy = resemblance(item, sql_blob(get, 3)) >= copy_share;
    c->copy_of = sqlite3_column_type(get, 4) == SQLITE_NULL ? c->doc : sqlite3_column_int64(get, 4);
  }
  sqlite3_reset(get);
  return error->code;
}

static enum status story_size(struct ledger *ledger, int64_t story, int64_t *to, struct error *error)
{
  sqlite3_stmt *get = sql_use(ledger, SQL_STORY_SIZE, error);
  if (!get) return error->code;
  sqlite3_bind_int64(get, 1, story);
  if (sql_row(ledger, get, error)) *to = sqlite3_column_int64(get, 0);
  sqlite3_reset(get);
  return error->code;
}

/* How far above its bar the document is like the story of these n candidates, most like first. */
static double above_bar(const struct ledger_item *item, const struct candidate *c, size_t n, int64_t size)
{
  const int64_t of = size < LIKE_MOST ? size : LIKE_MOST;
  double sum = 0, days = -1;
  for (size_t i = 0; i < n; i++) {
    if ((int64_t)i < of) sum += c[i].like;
    if (!item->has_day || !c[i].dated) continue;
    const double apart = c[i].day > item->day ? (double)c[i].day - item->day : (double)item->day - c[i].day;
    if (days < 0 || apart < days) days = apart;
  }
  const double bar = days < 0 ? bar_far : bar_near + (bar_far - bar_near) * days / (days + bar_days);
  return sum / (double)(of ? of : 1) - bar;
}

enum status story_choose(struct ledger *ledger, struct ledger_item *item, struct story_choice *to, struct error *error)
{
  candidates all = {0};
  *to = (struct story_choice){0};
  enum status status = find_candidates(ledger, item, &all, error);
  for (size_t i = 0; i < all.n && status == ST_OK; i++) status = compare(ledger, item, &all.at[i], error);
  if (status != ST_OK || all.n == 0) return status;
  qsort(all.at, all.n, sizeof *all.at, by_story);
  double best = 0, next = bar_beside;
  int64_t copy = INT64_MAX;
  for (size_t i = 0, end; i < all.n; i = end) {
    int64_t size = 0;
    for (end = i; end < all.n && all.at[end].story == all.at[i].story; end++)
      if (all.at[end].copy && all.at[end].copy_of < copy) {
        copy = all.at[end].copy_of;
        to->story = all.at[end].story;
        to->nearest = all.at[end].doc;
      }
    status = story_size(ledger, all.at[i].story, &size, error);
    if (status != ST_OK) return status;
    const double above = above_bar(item, &all.at[i], end - i, size);
    if (copy == INT64_MAX && above >= best) {
      if (to->story) next = best, to->beside = to->story;
      best = above;
      to->story = all.at[i].story;
      to->nearest = all.at[i].doc;
    } else if (above >= next && all.at[i].story != to->story) {
      next = above;
      to->beside = all.at[i].story;
    }
  }
  if (copy != INT64_MAX) to->copy_of = copy; /* its story goes with it */
  return ST_OK;
}

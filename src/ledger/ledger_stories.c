/* ledger_stories.c: a document joins the story whose documents are most like it, or begins one; documents are looked at once, in the order of
 * adding (single-pass clustering: Allan, Papka and Lavrenko, "On-line new event detection and tracking", SIGIR 1998).
 *
 *   likeness of a document to a story = mean cosine to its three documents most like it (fewer documents: the missing ones count as 0, but
 *                                       a story of one or two is judged by those it has)
 *   it joins when likeness >= bar;     bar = NEAR where both are dated and the days between them are few, rising to OLD with them, and FAR
 *                                       where a date is missing; a document without a date of its own has the one that its head tells
 *
 * Only documents that share one of the weightiest words are looked at, the newest POSTINGS of each word, and of those the CANDIDATES that share
 * most: the cost of adding does not grow with the ledger.
 *
 * A near-copy shares half of its runs of five words with an earlier document (Broder, "On the resemblance and containment of documents", 1997). */
#include "ledger/ledger_stories.h"
#include "ledger/ledger_postings.h"
#include "ledger/ledger_recent.h"
#include <stddef.h>
#include <stdlib.h>

enum { POSTINGS = 48, CANDIDATES = 64, LIKE_MOST = 3 };
static const double bar_near = 0.17, bar_old = 0.26, bar_far = 0.30, bar_days = 30, copy_share = 0.5, bar_beside = -0.1;

struct candidate {
  int64_t doc, story, copy_of;
  uint32_t shared;
  double like;
  bool copy, dated;
  int32_t day;
};

static size_t put_number(unsigned char *to, uint64_t n)
{
  size_t i = 0;
  for (; n >= 0x80; n >>= 7) to[i++] = (unsigned char)(n | 0x80);
  to[i++] = (unsigned char)n;
  return i;
}

static bool get_number(struct slice *from, uint64_t *to)
{
  *to = 0;
  for (unsigned shift = 0; from->n && shift < 63; shift += 7) {
    const unsigned char byte = (unsigned char)*from->at;
    *from = slice_sub(*from, 1, from->n);
    *to |= (uint64_t)(byte & 0x7f) << shift;
    if (byte < 0x80) return true;
  }
  return false;
}

struct slice terms_pack(struct arena *arena, const struct terms *terms)
{
  enum { TERM_BYTES_MOST = 5 + 3 };
  unsigned char *to = arena_alloc(arena, (size_t)terms->n * TERM_BYTES_MOST + 1);
  size_t n = 0;
  uint32_t before = 0;
  if (!to) return (struct slice){NULL, 0};
  for (uint32_t i = 0, end; i < terms->n; i = end) {
    const uint32_t stem = terms->at[i].word / TERM_VIEWS;
    uint64_t views = 0;
    for (end = i; end < terms->n && terms->at[end].word / TERM_VIEWS == stem; end++) views |= (uint64_t)1 << terms->at[end].word % TERM_VIEWS;
    n += put_number(to + n, (uint64_t)(stem - before) << TERM_VIEWS | views);
    for (uint32_t k = i; k < end; k++) n += put_number(to + n, terms->at[k].weight);
    before = stem;
  }
  return (struct slice){(const char *)to, n};
}

bool terms_unpack(struct arena *arena, struct slice packed, struct terms *to)
{
  uint64_t stem = 0, n, weight;
  *to = (struct terms){arena_array(arena, struct term, packed.n + 1), 0}; /* a term has a byte and more */
  if (!to->at) return false;
  while (packed.n) {
    if (!get_number(&packed, &n)) return false;
    stem += n >> TERM_VIEWS;
    if (stem >= UINT32_MAX / TERM_VIEWS) return false;
    for (uint32_t view = 0; view < TERM_VIEWS; view++) {
      if (!(n >> view & 1)) continue;
      if (!get_number(&packed, &weight) || weight > UINT16_MAX) return false;
      to->at[to->n++] = (struct term){(uint32_t)stem * TERM_VIEWS + view, (uint16_t)weight};
    }
  }
  return true;
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

static double cosine(const struct terms *a, const struct term *b, size_t n)
{
  uint64_t sum = 0;
  for (size_t i = 0, k = 0; i < a->n && k < n;) {
    const uint32_t x = a->at[i].word, y = b[k].word;
    if (x == y) sum += (uint64_t)a->at[i].weight * b[k].weight;
    i += x <= y;
    k += y <= x;
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

static int by_story(const void *a, const void *b)
{
  const struct candidate *x = a, *y = b;
  if (x->story != y->story) return x->story < y->story ? -1 : 1;
  if (x->like != y->like) return x->like > y->like ? -1 : 1;
  return by_doc(a, b);
}

/* ---- what is remembered ---- */

struct known_document {
  int64_t story, copy_of; /* copy_of: itself when it is none */
  struct slice terms, sketch; /* terms: struct term, which stand first behind the row, and so are aligned */
  int32_t day;
  bool dated;
};

struct known_term {
  int64_t docs[POSTINGS]; /* the newest first */
  uint32_t n;
};

struct known_story { int64_t documents; };

static enum status lacking(struct error *error) { return error_set(error, ST_REFUSED, "not enough memory to find its story: free some"); }

/* A list of one row; NULL with the error set. */
static void *keep_one(struct ledger *ledger, enum recent_kind kind, int64_t key, const void *row, size_t size, const size_t *at, size_t n, struct error *error)
{
  struct recent_list *list = recent_make(&ledger->recent, kind, key, 0);
  if (list && recent_keep(ledger->recent, list, row, size, at, n, 1, false)) return recent_row(list, 0);
  lacking(error);
  return NULL;
}

static struct slice terms_bytes(const struct terms *terms) { return (struct slice){(const char *)terms->at, terms->n * sizeof *terms->at}; }

static struct known_document *keep_document(struct ledger *ledger, int64_t doc, const struct known_document *known, struct error *error)
{
  static const size_t at[] = {offsetof(struct known_document, terms), offsetof(struct known_document, sketch)};
  return keep_one(ledger, RECENT_DOCUMENT, doc, known, sizeof *known, at, sizeof at / sizeof *at, error);
}

static const struct known_document *document_of(struct ledger *ledger, int64_t doc, struct error *error)
{
  const struct recent_list *list = recent_find(ledger->recent, RECENT_DOCUMENT, doc, 0);
  if (list) return recent_row(list, 0);
  sqlite3_stmt *get = sql_use(ledger, ledger->restoried ? SQL_DOCUMENT_JOINED : SQL_DOCUMENT_TERMS, error); /* the story before corrections */
  const struct known_document *to = NULL;
  if (!get) return NULL;
  sqlite3_bind_int64(get, 1, doc);
  if (sql_row(ledger, get, error)) {
    struct terms terms;
    if (terms_unpack(&ledger->scratch, sql_blob(get, 2), &terms)) {
      const struct known_document known = {.story = sqlite3_column_int64(get, 0), .dated = sqlite3_column_type(get, 1) != SQLITE_NULL,
                                           .day = sqlite3_column_int(get, 1), .terms = terms_bytes(&terms), .sketch = sql_blob(get, 3),
                                           .copy_of = sqlite3_column_type(get, 4) == SQLITE_NULL ? doc : sqlite3_column_int64(get, 4)};
      to = keep_document(ledger, doc, &known, error);
    } else error_set(error, ST_LEDGER, "%s: the words of a document cannot be read: the ledger is damaged: take a copy of it made before", ledger->path);
  } else sql_failed(ledger, error);
  return sql_end(ledger, get, error) == ST_OK ? to : NULL;
}

static struct known_term *term_of(struct ledger *ledger, uint32_t term, struct error *error)
{
  const struct recent_list *list = recent_find(ledger->recent, RECENT_TERM, term, 0);
  struct known_term known = {.n = 0};
  if (list) return recent_row(list, 0);
  enum status status = postings_newest(ledger, term, known.docs, POSTINGS, &known.n, error);
  return status == ST_OK ? keep_one(ledger, RECENT_TERM, term, &known, sizeof known, NULL, 0, error) : NULL;
}

static struct known_story *story_of(struct ledger *ledger, int64_t story, struct error *error)
{
  const struct recent_list *list = recent_find(ledger->recent, RECENT_STORY, story, 0);
  struct known_story known = {0};
  if (list) return recent_row(list, 0);
  sqlite3_stmt *get = sql_use(ledger, SQL_STORY_SIZE, error);
  if (!get) return NULL;
  sqlite3_bind_int64(get, 1, story);
  if (sql_row(ledger, get, error)) known.documents = sqlite3_column_int64(get, 0);
  return sql_end(ledger, get, error) == ST_OK ? keep_one(ledger, RECENT_STORY, story, &known, sizeof known, NULL, 0, error) : NULL;
}

enum status story_remember(struct ledger *ledger, const struct ledger_item *item, int64_t doc, int64_t story, int64_t copy_of, struct error *error)
{
  const struct known_document known = {.story = story, .copy_of = copy_of ? copy_of : doc, .terms = terms_bytes(&item->terms), .sketch = item->packed_sketch,
                                       .day = item->told, .dated = item->has_told};
  const struct recent_list *of = recent_find(ledger->recent, RECENT_STORY, story, 0); /* the table has it right already */
  if (of) ((struct known_story *)recent_row(of, 0))->documents++;
  if (!keep_document(ledger, doc, &known, error)) return error->code;
  for (uint32_t i = 0; i < item->n_top; i++) {
    if (i && item->top[i] == item->top[i - 1]) continue;
    struct known_term *term = term_of(ledger, item->top[i], error);
    if (!term) return error->code;
    if (term->n && term->docs[0] == doc) continue; /* the table had it already */
    if (term->n < POSTINGS) term->n++;
    memmove(term->docs + 1, term->docs, (term->n - 1) * sizeof *term->docs);
    term->docs[0] = doc;
  }
  return ST_OK;
}

/* ---- candidates ---- */

enum { SLOTS = 4096 }; /* more than twice TERMS_TOP * POSTINGS, a power of two */

struct shared {
  int64_t doc; /* 0: none */
  uint32_t by; /* words */
};

/* The `most` newest documents, the oldest of them first: a heap. */
struct newest {
  int64_t at[CANDIDATES];
  size_t n, most;
};

static void keep_newest(struct newest *h, int64_t doc)
{
  size_t i = 0;
  if (h->n < h->most) {
    for (i = h->n++; i > 0 && h->at[(i - 1) / 2] > doc; i = (i - 1) / 2) h->at[i] = h->at[(i - 1) / 2];
    h->at[i] = doc;
    return;
  }
  if (h->n == 0 || doc < h->at[0]) return;
  for (size_t next; (next = i * 2 + 1) < h->n; i = next) {
    if (next + 1 < h->n && h->at[next + 1] < h->at[next]) next++;
    if (h->at[next] >= doc) break;
    h->at[i] = h->at[next];
  }
  h->at[i] = doc;
}

/* Counts in how many of the item's words each document shares; of those that share most, the newer first, CANDIDATES remain. */
static enum status find_candidates(struct ledger *ledger, const struct ledger_item *item, struct candidate **to, size_t *n, struct error *error)
{
  struct shared *slots = arena_array(&ledger->scratch, struct shared, SLOTS);
  uint32_t sharing[TERMS_TOP + 2] = {0}, least = TERMS_TOP, more = 0, n_used = 0;
  uint16_t used[TERMS_TOP * POSTINGS];
  *n = 0;
  *to = arena_array(&ledger->scratch, struct candidate, CANDIDATES);
  if (!slots || !*to) return lacking(error);
  for (uint32_t i = 0; i < item->n_top; i++) {
    const struct known_term *term = term_of(ledger, item->top[i], error);
    if (!term) return error->code;
    for (uint32_t k = 0; k < term->n; k++) {
      size_t at = (uint64_t)term->docs[k] * 0x9e3779b97f4a7c15u >> 52;
      while (slots[at].doc && slots[at].doc != term->docs[k]) at = (at + 1) % SLOTS;
      if (!slots[at].doc) used[n_used++] = (uint16_t)at;
      slots[at].doc = term->docs[k];
      slots[at].by++;
    }
  }
  for (uint32_t i = 0; i < n_used; i++) sharing[slots[used[i]].by]++;
  while (least > 1 && more + sharing[least] < CANDIDATES) more += sharing[least--];
  struct newest newest = {.most = CANDIDATES - more}; /* all that share more than `least`, then the newest of those that share so many */
  for (uint32_t i = 0; i < n_used; i++) {
    const struct shared *s = &slots[used[i]];
    if (s->by > least) (*to)[(*n)++] = (struct candidate){.doc = s->doc, .shared = s->by};
    else if (s->by == least) keep_newest(&newest, s->doc);
  }
  for (size_t i = 0; i < newest.n; i++) (*to)[(*n)++] = (struct candidate){.doc = newest.at[i], .shared = least};
  return ST_OK;
}

static enum status compare(struct ledger *ledger, const struct ledger_item *item, struct candidate *c, struct error *error)
{
  const struct known_document *known = document_of(ledger, c->doc, error);
  if (!known) return error->code;
  c->story = known->story;
  c->dated = known->dated;
  c->day = known->day;
  c->like = cosine(&item->terms, (const struct term *)(const void *)known->terms.at, known->terms.n / sizeof(struct term));
  c->copy = resemblance(item, known->sketch) >= copy_share;
  c->copy_of = known->copy_of;
  return ST_OK;
}

/* How far above its bar the document is like the story of these n candidates, most like first. */
static double above_bar(const struct ledger_item *item, const struct candidate *c, size_t n, int64_t size)
{
  const int64_t of = size < LIKE_MOST ? size : LIKE_MOST;
  double sum = 0, days = -1;
  for (size_t i = 0; i < n; i++) {
    if ((int64_t)i < of) sum += c[i].like;
    if (!item->has_told || !c[i].dated) continue;
    const double apart = c[i].day > item->told ? (double)c[i].day - item->told : (double)item->told - c[i].day;
    if (days < 0 || apart < days) days = apart;
  }
  const double bar = days < 0 ? bar_far : bar_near + (bar_old - bar_near) * days / (days + bar_days);
  return sum / (double)(of ? of : 1) - bar;
}

enum status story_choose(struct ledger *ledger, struct ledger_item *item, struct story_choice *to, struct error *error)
{
  struct candidate *all = NULL;
  size_t n = 0;
  *to = (struct story_choice){0};
  enum status status = find_candidates(ledger, item, &all, &n, error);
  for (size_t i = 0; i < n && status == ST_OK; i++) status = compare(ledger, item, &all[i], error);
  if (status != ST_OK || n == 0) return status;
  qsort(all, n, sizeof *all, by_story);
  double best = 0, next = bar_beside;
  int64_t copy = INT64_MAX;
  for (size_t i = 0, end; i < n; i = end) {
    for (end = i; end < n && all[end].story == all[i].story; end++)
      if (all[end].copy && all[end].copy_of < copy) {
        copy = all[end].copy_of;
        to->story = all[end].story;
        to->nearest = all[end].doc;
      }
    const struct known_story *of = story_of(ledger, all[i].story, error);
    if (!of) return error->code;
    const double above = above_bar(item, &all[i], end - i, of->documents);
    if (copy == INT64_MAX && above >= best) {
      if (to->story) next = best, to->beside = to->story;
      best = above;
      to->story = all[i].story;
      to->nearest = all[i].doc;
    } else if (above >= next && all[i].story != to->story) {
      next = above;
      to->beside = all[i].story;
    }
  }
  if (copy != INT64_MAX) to->copy_of = copy; /* its story goes with it */
  return ST_OK;
}

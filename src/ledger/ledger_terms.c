/* ledger_terms.c: what a document is about, as weighted words.
 *
 * Four views of a document stand side by side in one vector: all words, the words of its title and first LEAD bytes, the words that occur in its
 * names, and its numbers and the words of its dates, which tell two quakes or two arrests of one place apart.  The last has a seventh of the
 * vector's square, each other two.  The weight of a word is (1 + ln tf) times its rarity in ordinary text (word_documents.h),
 * Salton and Buckley's "ltc" (1988); the cosine of two documents is then the weighted mean of the cosines of the views.  Weights are rounded to
 * whole numbers, so that sums of their products are the same on every machine. */
#include "base/map.h"
#include "base/sys.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "know/word_documents.h"
#include "ledger/ledger_item.h"
#include <libstemmer.h>
#include <math.h>
#include <stdlib.h>
#include <utf8proc.h>

enum { LEAD = 600, TITLE_COUNTS = 2, WORD_MOST = 60, RUN = 5 };
enum { COMMON = 1, TERM_LEAST = 150 }; /* a word in more than one piece in e tells nothing; lighter words are not kept */

enum view { VIEW_ALL, VIEW_LEAD, VIEW_NAMES, VIEW_COUNTS, VIEWS = TERM_VIEWS };
static const double shares[VIEWS] = {2 / 7., 2 / 7., 2 / 7., 1 / 7.}; /* of the square */

struct counted {
  struct slice stem;
  uint32_t count[VIEW_NAMES]; /* VIEW_ALL, VIEW_LEAD */
  bool name, date;
  double weight; /* rarity */
};

struct weigher {
  struct ledger_item *item;
  struct sb_stemmer *stemmer;
  struct word_memo *memo;
  const struct word_documents *words;
  struct map of;
  VEC(struct counted) counted;
  VEC(uint32_t) order; /* the text's words in order, for the sketch */
  bool full;
};

static bool is_word(uint32_t code)
{
  if (code == UTF8_BAD) return false;
  const utf8proc_category_t is = utf8proc_category((utf8proc_int32_t)code);
  return (is >= UTF8PROC_CATEGORY_LU && is <= UTF8PROC_CATEGORY_MC) || is == UTF8PROC_CATEGORY_ND;
}

/* The next word from *at on, with apostrophes inside it but without a closing 's; empty at the end. */
static struct slice next_word(struct slice text, size_t *at)
{
  size_t i = *at, begin = text.n, end = text.n;
  bool in = false;
  while (i < text.n) {
    const size_t here = i;
    const uint32_t code = utf8_next(text, &i);
    if (is_word(code)) {
      if (!in) begin = here;
      in = true;
      end = i;
    } else if (in) {
      size_t next = i;
      const bool apostrophe = code == '\'' || code == 0x2019;
      if (!apostrophe || i >= text.n) break;
      const uint32_t letter = utf8_next(text, &next);
      if (!is_word(letter)) break;
      size_t behind = next;
      const bool last = next >= text.n || !is_word(utf8_next(text, &behind));
      if ((letter == 's' || letter == 'S') && last) {
        i = next;
        break;
      }
    }
  }
  *at = i;
  return in ? slice_sub(text, begin, end) : (struct slice){NULL, 0};
}

static struct slice stem_of(struct arena *arena, struct sb_stemmer *stemmer, struct slice word)
{
  struct slice low = slice_lower(arena, word);
  if (!low.at) return low;
  const sb_symbol *stem = sb_stemmer_stem(stemmer, (const sb_symbol *)low.at, (int)low.n);
  if (!stem) return (struct slice){NULL, 0};
  return slice_copy(arena, (struct slice){(const char *)stem, (size_t)sb_stemmer_length(stemmer)});
}

struct slice item_stem(struct ledger_item *item, struct sb_stemmer *stemmer, struct slice text)
{
  struct slice word = {NULL, 0}, last = {NULL, 0};
  for (size_t at = 0; (word = next_word(text, &at)).n > 0;) last = word;
  return last.n && last.n <= WORD_MOST ? stem_of(&item->arena, stemmer, last) : (struct slice){NULL, 0};
}

struct slice item_topic(struct ledger_item *item, struct sb_stemmer *stemmer, const struct word_documents *words, struct slice text, unsigned most)
{
  char *to = arena_alloc(&item->arena, text.n * 2 + 2);
  struct slice word;
  size_t n = 0;
  if (!to) return (struct slice){NULL, 0};
  for (size_t at = 0; most > 0 && (word = next_word(text, &at)).n > 0;) {
    const struct slice stem = word.n <= WORD_MOST ? stem_of(&item->arena, stemmer, word) : (struct slice){NULL, 0};
    if (stem.n < 2 || stem.n > word.n || word_weight(words, stem) < COMMON) continue;
    if (n) to[n++] = ' ';
    if (word.at[0] >= 'A' && word.at[0] <= 'Z') to[n++] = '^';
    memcpy(to + n, stem.at, stem.n);
    n += stem.n;
    most--;
  }
  return (struct slice){to, n};
}

/* ---- what is remembered of words ---- */

enum { MEMO_WORDS = 8192, MEMO_WORD_MOST = 40, STEM_MOST = WORD_MOST * 4 };

struct remembered {
  uint32_t n_word, n_stem; /* n_word 0: nothing */
  double weight;
  char word[MEMO_WORD_MOST], stem[STEM_MOST];
};

struct word_memo {
  struct remembered at[MEMO_WORDS]; /* where the word's hash points: a word takes the place of another one */
};

struct word_memo *word_memo_new(void)
{
  struct word_memo *memo = sys_alloc(sizeof *memo);
  for (size_t i = 0; memo && i < MEMO_WORDS; i++) memo->at[i].n_word = 0;
  return memo;
}

void word_memo_free(struct word_memo *memo)
{
  if (memo) sys_free(memo, sizeof *memo);
}

static struct remembered *remembered_at(struct word_memo *memo, struct slice word)
{
  struct remembered *at = memo && word.n <= MEMO_WORD_MOST ? &memo->at[slice_hash(word) % MEMO_WORDS] : NULL;
  return at && slice_eq((struct slice){at->word, at->n_word}, word) ? at : NULL;
}

static void remember(struct word_memo *memo, struct slice word, const struct remembered *what)
{
  if (!memo || word.n > MEMO_WORD_MOST) return;
  struct remembered *at = &memo->at[slice_hash(word) % MEMO_WORDS];
  *at = *what;
  at->n_word = (uint32_t)word.n;
  memcpy(at->word, word.at, word.n);
}

/* A word's stem and weight, reckoned; false, and w->full set, when it has none for lack of memory. */
static bool stem_once(struct weigher *w, struct slice word, struct remembered *to)
{
  const struct slice stem = stem_of(&w->item->arena, w->stemmer, word);
  if (!stem.at || stem.n > STEM_MOST) {
    w->full = true;
    return false;
  }
  to->weight = word_weight(w->words, stem);
  to->n_stem = (uint32_t)stem.n;
  if (stem.n) memcpy(to->stem, stem.at, stem.n);
  return true;
}

/* The word's place in w->counted; UINT32_MAX when it is too long, or the arena is full. */
static uint32_t count_at(struct weigher *w, struct slice word)
{
  struct arena *arena = &w->item->arena;
  if (word.n > WORD_MOST) return UINT32_MAX;
  struct remembered *known = remembered_at(w->memo, word), other = {.n_word = 0};
  if (!known) {
    known = &other;
    if (!stem_once(w, word, known)) return UINT32_MAX;
    remember(w->memo, word, known);
  }
  struct slice stem = {known->stem, known->n_stem};
  const uint32_t there = map_get(&w->of, stem);
  if (there != MAP_NONE) return there;
  stem = slice_copy(arena, stem);
  const uint32_t at = (uint32_t)w->counted.n;
  if (stem.at && map_add(&w->of, arena, stem, at) && vec_push(&w->counted, arena, (struct counted){.stem = stem, .weight = known->weight})) return at;
  w->full = true;
  return UINT32_MAX;
}

static void count_words(struct weigher *w, struct slice text, uint32_t times, bool lead, bool order)
{
  struct slice word;
  for (size_t at = 0; !w->full && (word = next_word(text, &at)).n > 0;) {
    const uint32_t i = count_at(w, word);
    if (i == UINT32_MAX) continue;
    w->counted.at[i].count[VIEW_ALL] += times;
    if (lead || (size_t)(word.at - text.at) < LEAD) w->counted.at[i].count[VIEW_LEAD] += 1;
    if (order && !vec_push(&w->order, &w->item->arena, i)) w->full = true;
  }
}

static void mark_words(struct weigher *w, const json_t *records, const char *member, bool capital, bool date)
{
  size_t i;
  json_t *record;
  json_array_foreach(records, i, record) {
    struct slice name = item_string(record, member), word;
    if (!name.n || (capital && !(name.at[0] >= 'A' && name.at[0] <= 'Z'))) continue;
    for (size_t at = 0; !w->full && (word = next_word(name, &at)).n > 0;) {
      const uint32_t k = count_at(w, word);
      if (k != UINT32_MAX) *(date ? &w->counted.at[k].date : &w->counted.at[k].name) = true;
    }
  }
}

static int by_word(const void *a, const void *b)
{
  const uint32_t x = ((const struct term *)a)->word, y = ((const struct term *)b)->word;
  return x < y ? -1 : x > y;
}

static double weight_in(const struct counted *c, enum view view)
{
  const bool in = view == VIEW_NAMES ? c->name : view == VIEW_COUNTS ? c->date || (c->stem.n && c->stem.at[0] >= '0' && c->stem.at[0] <= '9') : true;
  const uint32_t n = !in ? 0 : c->count[view == VIEW_LEAD ? VIEW_LEAD : VIEW_ALL];
  return n == 0 || c->weight < COMMON || c->stem.n < 2 ? 0 : (1 + log(n)) * c->weight;
}

static enum status make_terms(struct weigher *w)
{
  struct ledger_item *item = w->item;
  struct terms *terms = &item->terms;
  double square[VIEWS] = {0};
  terms->at = arena_array(&item->arena, struct term, w->counted.n * VIEWS + 1);
  if (!terms->at) return ST_MEMORY;
  double (*weights)[VIEWS] = arena_alloc(&item->arena, (w->counted.n + 1) * sizeof *weights);
  if (!weights) return ST_MEMORY;
  for (size_t i = 0; i < w->counted.n; i++)
    for (int v = 0; v < VIEWS; v++) {
      weights[i][v] = weight_in(&w->counted.at[i], (enum view)v);
      square[v] += weights[i][v] * weights[i][v];
    }
  for (size_t i = 0; i < w->counted.n; i++)
    for (int v = 0; v < VIEWS; v++) {
      const double weight = weights[i][v];
      if (weight <= 0) continue;
      const double part = weight / sqrt(square[v] / shares[v]) * TERM_ONE;
      const uint16_t rounded = (uint16_t)(part + 0.5);
      const uint64_t hash = slice_hash(w->counted.at[i].stem);
      if (rounded >= TERM_LEAST) terms->at[terms->n++] = (struct term){(uint32_t)((hash ^ hash >> 32) % (UINT32_MAX / VIEWS)) * VIEWS + (uint32_t)v, rounded};
    }
  if (terms->n) qsort(terms->at, terms->n, sizeof *terms->at, by_word);
  uint32_t n = 0;
  for (uint32_t i = 0; i < terms->n; i++) /* two words of one hash become one */
    if (n == 0 || terms->at[n - 1].word != terms->at[i].word) terms->at[n++] = terms->at[i];
  terms->n = n;
  return ST_OK;
}

/* Fills item->top with the words that weigh most; of those that weigh the same, the first ones of the alphabet. */
static void make_top(struct weigher *w)
{
  struct { double weight; uint32_t at; } best[TERMS_TOP];
  struct ledger_item *item = w->item;
  uint32_t n = 0;
  for (uint32_t i = 0; i < w->counted.n; i++) {
    const struct counted *own = &w->counted.at[i];
    const double weight = weight_in(own, VIEW_ALL);
    uint32_t at = n;
    if (weight <= 0) continue;
    while (at > 0 && (best[at - 1].weight < weight || (best[at - 1].weight <= weight && slice_cmp(own->stem, w->counted.at[best[at - 1].at].stem) < 0))) at--;
    if (at == TERMS_TOP) continue;
    if (n < TERMS_TOP) n++;
    memmove(best + at + 1, best + at, (n - 1 - at) * sizeof *best);
    best[at].weight = weight;
    best[at].at = i;
  }
  for (uint32_t i = 0; i < n; i++) {
    const uint64_t hash = slice_hash(w->counted.at[best[i].at].stem);
    item->top[item->n_top++] = (uint32_t)(hash ^ hash >> 32);
  }
}

static int by_number(const void *a, const void *b)
{
  const uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
  return x < y ? -1 : x > y;
}

/* Keeps the SKETCH_SIZE smallest hashes of runs of RUN words, each once. */
static void make_sketch(struct weigher *w)
{
  struct ledger_item *item = w->item;
  for (size_t i = 0; i + RUN <= w->order.n; i++) {
    uint64_t hash = 1469598103934665603u; /* FNV-1a over the words' hashes */
    for (size_t k = i; k < i + RUN; k++) hash = (hash ^ slice_hash(w->counted.at[w->order.at[k]].stem)) * 1099511628211u;
    const uint32_t h = (uint32_t)(hash >> 32);
    uint32_t at = 0;
    while (at < item->n_sketch && item->sketch[at] < h) at++;
    if (at == SKETCH_SIZE || (at < item->n_sketch && item->sketch[at] == h)) continue;
    uint32_t move = item->n_sketch < SKETCH_SIZE ? item->n_sketch++ : SKETCH_SIZE - 1;
    for (; move > at; move--) item->sketch[move] = item->sketch[move - 1];
    item->sketch[at] = h;
  }
}

static bool in_word(char c)
{
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
}

/* SQLite's unicode61 cuts words at all that is neither letter nor digit; here it is cut at those of ASCII alone, which parts no word of its own. */
enum status item_words(struct ledger_item *item, struct error *error)
{
  struct map seen = {0};
  const struct slice parts[] = {item->title, item->text};
  char *to = arena_alloc(&item->arena, item->title.n + item->text.n + 2);
  size_t n = 0;
  for (int part = 0; to && part < 2; part++)
    for (size_t at = 0; at < parts[part].n;) {
      const size_t begin = at;
      while (at < parts[part].n && in_word(parts[part].at[at])) at++;
      const struct slice word = slice_sub(parts[part], begin, at);
      if (at == begin) at++;
      if (!word.n || map_get(&seen, word) != MAP_NONE) continue;
      if (!map_add(&seen, &item->arena, word, 1)) return error_set(error, ST_REFUSED, "not enough memory for the words of it: free some");
      if (n) to[n++] = ' ';
      memcpy(to + n, word.at, word.n);
      n += word.n;
    }
  item->words = (struct slice){to, n};
  return to ? ST_OK : error_set(error, ST_REFUSED, "not enough memory for the words of it: free some");
}

/* A text without a day of publication is of the first day that its head names in full: "Published: March 14, 2013". */
static void tell_day(struct ledger_item *item)
{
  size_t i;
  json_t *date;
  int64_t first = LEAD;
  item->has_told = item->has_day;
  item->told = item->day;
  if (item->has_day) return;
  json_array_foreach(item->dates, i, date) {
    int32_t day;
    const json_t *begin = json_array_get(json_object_get(date, "span"), 0);
    if (!json_is_integer(begin) || json_integer_value(begin) >= first || !item_day(item_string(date, "value"), &day)) continue;
    first = json_integer_value(begin);
    item->told = day;
    item->has_told = true;
  }
}

enum status item_weigh(struct ledger_item *item, struct sb_stemmer *stemmer, struct word_memo *memo, const struct word_documents *words,
                       struct error *error)
{
  struct weigher w = {.item = item, .stemmer = stemmer, .memo = memo, .words = words};
  count_words(&w, item->text, 1, false, true);
  count_words(&w, item->title, TITLE_COUNTS, true, false);
  mark_words(&w, item->entities, "name", true, false);
  mark_words(&w, item->places, "text", false, false);
  mark_words(&w, item->dates, "text", false, true);
  tell_day(item);
  if (!w.full && make_terms(&w) == ST_OK) {
    make_sketch(&w);
    make_top(&w);
    if (item->n_top) qsort(item->top, item->n_top, sizeof *item->top, by_number);
    return ST_OK;
  }
  return error_set(error, ST_REFUSED, "not enough memory for the words of it: free some");
}

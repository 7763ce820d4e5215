/* ud_score.c: the measures of the CoNLL 2018 shared task (Zeman et al. 2018, section 5).
 *
 * Both sides are laid over the same line of characters, the text without white space; tokens, words and sentences are ranges of it:
 *
 *     text      K i m d o e s n ' t a g r e e .
 *     gold      [Kim] [do|n't     ] [agree    ] .       do and n't share a range: a multiword token
 *     system    [Kim] [does ][n't ] [agree    ] .
 *
 * Words of plain tokens are mates when their ranges are equal.  A stretch in which either side has a multiword token runs to the end of
 * the last one that overlaps it; in it words are mates along the longest common subsequence of their lower-case forms. */
#include "lang/conllu.h"
#include "base/utf8.h"
#include <stdlib.h>

struct word { /* numbered like the tokens of its analysis */
  struct span range;
  int32_t mate; /* the other side's word, or TOKEN_NONE */
};

struct side {
  const struct analysis *a;
  char *chars; /* the text without white space */
  size_t n_chars;
  struct word *words;
  struct span *tokens, *sentences;
  size_t n_tokens, n_sentences;
};

#define STRETCH_CELLS ((size_t)16 << 20)
#define NEARBY 20 /* bytes of text shown where the texts part */

/* White space of Unicode (White_Space, and U+001C to U+001F as the evaluation script takes them). */
static bool is_space(uint32_t c)
{
  return (c >= 9 && c <= 13) || (c >= 0x1C && c <= 0x20) || c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 ||
         c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

static enum status full(struct error *error)
{
  return error_set(error, ST_REFUSED, "no memory to compare so large a parse: split the file");
}

/* Appends the surface form to the line of characters. */
static struct span squeeze(struct side *side, struct slice form)
{
  size_t begin = side->n_chars;
  for (size_t i = 0; i < form.n;) {
    size_t from = i;
    uint32_t c = utf8_next(form, &i);
    if (is_space(c)) continue;
    memcpy(side->chars + side->n_chars, form.at + from, i - from);
    side->n_chars += i - from;
  }
  return (struct span){(uint32_t)begin, (uint32_t)side->n_chars};
}

static enum status lay_out(struct side *side, const struct analysis *a, struct arena *arena, struct error *error)
{
  side->a = a;
  size_t n = (size_t)a->n_tokens;
  side->chars = arena_alloc(arena, a->text.n);
  side->words = arena_array(arena, struct word, n);
  side->tokens = arena_array(arena, struct span, n);
  side->sentences = arena_array(arena, struct span, a->n_sentences);
  if (!side->chars || !side->words || !side->tokens || !side->sentences) return full(error);
  for (uint32_t k = 0; k < a->n_sentences; k++) {
    struct span sentence = {(uint32_t)side->n_chars, 0}, range = {0, 0};
    for (int32_t i = a->sentences[k].first; i < a->sentences[k].end; i++) {
      const struct token *t = &a->tokens[i];
      if (!t->in_mwt || t->mwt_begins) {
        range = squeeze(side, slice_span(a->text, t->span));
        if (range.begin == range.end) return error_set(error, ST_REFUSED, "token %d is white space alone: it cannot be scored", (int)i + 1);
        side->tokens[side->n_tokens++] = range;
      }
      side->words[i] = (struct word){range, TOKEN_NONE};
    }
    sentence.end = (uint32_t)side->n_chars;
    side->sentences[side->n_sentences++] = sentence;
  }
  return ST_OK;
}

static struct slice nearby(const struct side *side, size_t at)
{
  size_t end = at + NEARBY < side->n_chars ? at + NEARBY : side->n_chars;
  return (struct slice){side->chars + at, end - at};
}

static enum status same_text(const struct side *gold, const struct side *system, struct error *error)
{
  size_t n = gold->n_chars < system->n_chars ? gold->n_chars : system->n_chars, at = 0;
  while (at < n && gold->chars[at] == system->chars[at]) at++;
  if (at == gold->n_chars && at == system->n_chars) return ST_OK;
  while (at > 0 && at < gold->n_chars && ((unsigned char)gold->chars[at] & 0xC0) == 0x80) at--;
  return error_set(error, ST_REFUSED, "the texts differ from byte %zu (white space not counted): gold \"%.*s\", system \"%.*s\"", at,
                   SLICE_ARG(nearby(gold, at)), SLICE_ARG(nearby(system, at)));
}

static uint64_t common(const struct span *a, size_t n_a, const struct span *b, size_t n_b)
{
  uint64_t n = 0;
  for (size_t i = 0, j = 0; i < n_a && j < n_b;) {
    if (a[i].begin == b[j].begin && a[i].end == b[j].end) n++, i++, j++;
    else if (a[i].end < b[j].end || (a[i].end == b[j].end && a[i].begin < b[j].begin)) i++;
    else j++;
  }
  return n;
}

static const struct token *token_of(const struct side *side, size_t word) { return &side->a->tokens[word]; }

static void pair(struct side *gold, size_t g, struct side *system, size_t s)
{
  gold->words[g].mate = (int32_t)s;
  system->words[s].mate = (int32_t)g;
}

struct run {
  size_t begin, end;
};

/* Aligns two short runs of words by their longest common subsequence; best[i][j] is its length for the runs without their first i and j words. */
static enum status pair_by_form(struct side *gold, struct run g, struct side *system, struct run s, struct arena *arena, struct error *error)
{
  size_t rows = g.end - g.begin, columns = s.end - s.begin, width = columns + 1;
  if (rows == 0 || columns == 0) return ST_OK;
  if (rows > STRETCH_CELLS / width) return error_set(error, ST_REFUSED, "multiword tokens overlap over %zu words: too many to align", rows);
  uint32_t *best = arena_array(arena, uint32_t, (rows + 1) * width);
  struct slice *a = arena_array(arena, struct slice, rows), *b = arena_array(arena, struct slice, columns);
  if (!best || !a || !b) return full(error);
  for (size_t i = 0; i < rows; i++)
    if (!(a[i] = slice_lower(arena, token_of(gold, g.begin + i)->form)).at) return full(error);
  for (size_t j = 0; j < columns; j++)
    if (!(b[j] = slice_lower(arena, token_of(system, s.begin + j)->form)).at) return full(error);
  for (size_t i = rows; i-- > 0;)
    for (size_t j = columns; j-- > 0;) {
      uint32_t down = best[(i + 1) * width + j], right = best[i * width + j + 1];
      best[i * width + j] = slice_eq(a[i], b[j]) ? best[(i + 1) * width + j + 1] + 1 : down > right ? down : right;
    }
  for (size_t i = 0, j = 0; i < rows && j < columns;) {
    if (slice_eq(a[i], b[j])) pair(gold, g.begin + i++, system, s.begin + j++);
    else if (best[(i + 1) * width + j] >= best[i * width + j + 1]) i++;
    else j++;
  }
  return ST_OK;
}

static bool is_mwt(const struct side *side, size_t word) { return token_of(side, word)->in_mwt; }

/* Does the word belong to a stretch that runs up to `end`? */
static bool inside(const struct side *side, size_t word, uint32_t end)
{
  struct span range = side->words[word].range;
  return is_mwt(side, word) ? range.begin < end : range.end <= end;
}

/* The stretch around the multiword token at gold word *g or system word *s; both are moved behind it. */
static void take_stretch(const struct side *gold, size_t *g, const struct side *system, size_t *s)
{
  size_t n_g = (size_t)gold->a->n_tokens, n_s = (size_t)system->a->n_tokens;
  uint32_t end = is_mwt(gold, *g) ? gold->words[*g].range.end : system->words[*s].range.end;
  for (;;) {
    bool more_g = *g < n_g && inside(gold, *g, end), more_s = *s < n_s && inside(system, *s, end);
    if (!more_g && !more_s) return;
    const struct side *side = gold;
    size_t word;
    if (*s == n_s || (*g < n_g && gold->words[*g].range.begin <= system->words[*s].range.begin)) {
      word = (*g)++;
    } else {
      side = system;
      word = (*s)++;
    }
    if (is_mwt(side, word) && side->words[word].range.end > end) end = side->words[word].range.end;
  }
}

static enum status align(struct side *gold, struct side *system, struct arena *arena, struct error *error)
{
  size_t g = 0, s = 0, n_g = (size_t)gold->a->n_tokens, n_s = (size_t)system->a->n_tokens;
  while (g < n_g && s < n_s) {
    struct span a = gold->words[g].range, b = system->words[s].range;
    bool mwt_g = is_mwt(gold, g), mwt_s = is_mwt(system, s);
    if (!mwt_g && !mwt_s && a.begin == b.begin && a.end == b.end) {
      pair(gold, g++, system, s++);
    } else if (!mwt_g && !mwt_s) {
      if (a.begin <= b.begin) g++;
      else s++;
    } else if (!mwt_g && a.begin < b.begin) {
      g++; /* a plain word that begins before the other side's multiword token has no mate */
    } else if (!mwt_s && b.begin < a.begin) {
      s++;
    } else {
      struct run run_g = {g, 0}, run_s = {s, 0};
      take_stretch(gold, &g, system, &s);
      run_g.end = g;
      run_s.end = s;
      enum status status = pair_by_form(gold, run_g, system, run_s, arena, error);
      if (status) return status;
    }
  }
  return ST_OK;
}

/* ---- what is right of two mates ---- */

static const char *const universal_features[] = {"PronType", "NumType", "Poss",     "Reflex", "Foreign", "Abbr",   "Gender",  "Animacy", "Number",   "Case",
                                                 "Definite", "Degree",  "VerbForm", "Mood",   "Tense",   "Aspect", "Voice",   "Evident", "Polarity", "Person",
                                                 "Polite"};

static int by_slice(const void *a, const void *b) { return slice_cmp(*(const struct slice *)a, *(const struct slice *)b); }

/* The universal features, sorted; those beyond the limit that conllu_read keeps are left out. */
static size_t features_of(struct slice text, struct slice to[CONLLU_FEATURES])
{
  size_t n = 0;
  while (text.n && n < CONLLU_FEATURES) {
    struct slice feature = slice_cut(&text, '|'), rest = feature, key = slice_cut(&rest, '=');
    for (size_t k = 0; k < sizeof universal_features / sizeof *universal_features; k++)
      if (slice_is(key, universal_features[k])) {
        to[n++] = feature;
        break;
      }
  }
  qsort(to, n, sizeof *to, by_slice);
  return n;
}

static bool same_features(struct slice a, struct slice b)
{
  if (slice_eq(a, b)) return true;
  struct slice x[CONLLU_FEATURES], y[CONLLU_FEATURES];
  size_t n = features_of(a, x);
  if (n != features_of(b, y)) return false;
  for (size_t k = 0; k < n; k++)
    if (!slice_eq(x[k], y[k])) return false;
  return true;
}

static bool same_lemma(struct slice gold, struct slice system)
{
  return gold.n == 0 || slice_is(gold, "_") || slice_eq(gold, system);
}

static bool same_head(const struct side *gold, const struct token *g, const struct token *s)
{
  if (g->head == TOKEN_NONE || s->head == TOKEN_NONE) return g->head == s->head;
  return gold->words[g->head].mate == s->head;
}

/* The content relations of CLAS (Nivre and Fang 2017). */
static bool is_content(const struct token *t)
{
  switch (deprel_base((enum deprel)t->deprel)) {
  case DEP_AUX: case DEP_COP: case DEP_MARK: case DEP_DET: case DEP_CLF: case DEP_CASE: case DEP_CC: case DEP_PUNCT: return false;
  default: return true;
  }
}

static uint64_t count_content(const struct analysis *a)
{
  uint64_t n = 0;
  for (int32_t i = 0; i < a->n_tokens; i++) n += is_content(&a->tokens[i]);
  return n;
}

static struct ud_measure measure(uint64_t correct, uint64_t gold, uint64_t system)
{
  struct ud_measure m = {.correct = correct, .gold = gold, .system = system};
  if (system) m.precision = 100.0 * (double)correct / (double)system;
  if (gold) m.recall = 100.0 * (double)correct / (double)gold;
  if (gold + system) m.f1 = 100.0 * (double)(2 * correct) / (double)(gold + system);
  return m;
}

static void count_words(const struct side *gold, const struct side *system, uint64_t correct[UD_METRICS])
{
  for (int32_t i = 0; i < gold->a->n_tokens; i++) {
    if (gold->words[i].mate == TOKEN_NONE) continue;
    const struct token *g = &gold->a->tokens[i], *s = &system->a->tokens[gold->words[i].mate];
    bool head = same_head(gold, g, s), las = head && deprel_base((enum deprel)g->deprel) == deprel_base((enum deprel)s->deprel);
    correct[UD_WORDS]++;
    correct[UD_UPOS] += g->upos == s->upos;
    correct[UD_UFEATS] += same_features(g->feats_text, s->feats_text);
    correct[UD_LEMMA] += same_lemma(g->lemma, s->lemma);
    correct[UD_UAS] += head;
    correct[UD_LAS] += las;
    correct[UD_CLAS] += las && is_content(g);
  }
}

enum status ud_score(const struct analysis *gold, const struct analysis *system, struct arena *arena, struct ud_measure to[UD_METRICS], struct error *error)
{
  struct side g = {0}, s = {0};
  enum status status = lay_out(&g, gold, arena, error);
  if (!status) status = lay_out(&s, system, arena, error);
  if (!status) status = same_text(&g, &s, error);
  if (!status) status = align(&g, &s, arena, error);
  if (status) return status;
  uint64_t correct[UD_METRICS] = {0};
  count_words(&g, &s, correct);
  to[UD_TOKENS] = measure(common(g.tokens, g.n_tokens, s.tokens, s.n_tokens), g.n_tokens, s.n_tokens);
  to[UD_SENTENCES] = measure(common(g.sentences, g.n_sentences, s.sentences, s.n_sentences), g.n_sentences, s.n_sentences);
  for (int m = UD_WORDS; m < UD_METRICS; m++) {
    bool content = m == UD_CLAS;
    to[m] = measure(correct[m], content ? count_content(gold) : (uint64_t)gold->n_tokens, content ? count_content(system) : (uint64_t)system->n_tokens);
  }
  return ST_OK;
}

const char *ud_metric_name(enum ud_metric m)
{
  static const char *const names[UD_METRICS] = {"Tokens", "Sentences", "Words", "UPOS", "UFeats", "Lemma", "UAS", "LAS", "CLAS"};
  return names[m];
}

/* lang_lemma.c: the twin of apply_script in train/data.py. */
#include "base/utf8.h"
#include "lang/lang_char.h"
#include "lang/lang_run.h"
#include <stdio.h>

#define LEMMA_FORM 512   /* bytes; a longer form is its own lemma */
#define LEMMA_ROOM (2 * LEMMA_FORM + 160)
#define LEMMA_TRIES 5    /* scripts that are tried for a known word */
#define LEMMA_LOG2_MOST 31 /* of the times that the texts have a lemma */
#define LEMMA_ENDINGS 100 /* a lexicon with fewer endings says nothing of what is usual */
#define LEXICON_FORM 96  /* bytes; a form longer than half of it is in no lexicon */

/* What is added to a script's score for the lemma that it makes of a word which is not in the lexicon: chosen on the dev treebank in steps of a half or one,
 * where the neighbours differ by a handful of words. */
#define LEMMA_KNOWN 4.0f   /* it is a word of this class */
#define LEMMA_OFTEN 0.5f   /* ... for each time that the number of its uses doubles */
#define LEMMA_OTHER 2.0f   /* it is a word of another class */
#define LEMMA_ENDS 0.5f    /* for each doubling of the lexicon's words with these last letters that are treated so */

static size_t put_cased(const char *from, size_t n, char *to, bool upper)
{
  size_t length = 0;
  struct slice s = {from, n};
  for (size_t at = 0; at < n;) {
    uint32_t code = utf8_next(s, &at);
    if (upper) code = code >= 'a' && code <= 'z' ? code - 32 : code;
    else code = char_lower(code);
    length += utf8_put(code, to + length);
  }
  return length;
}

/* Writes the lemma into out[LEMMA_ROOM]; returns its length, at least 1 for a form that is not empty. */
static size_t make_lemma(const struct lemma_script *script, struct slice form, char *out)
{
  size_t n = 0;
  if (script->whole) {
    if (script->letter_case == 'u' || script->letter_case == 't') n = put_cased(script->add.at, script->add.n, out, script->letter_case == 'u');
    else {
      memcpy(out, script->add.at, script->add.n);
      n = script->add.n;
    }
  } else {
    size_t keep = form.n;
    for (uint32_t k = 0; k < script->strip && keep > 0; k++) utf8_prev(form, &keep);
    if (script->letter_case == 'k') {
      memcpy(out, form.at, keep);
      n = keep;
    } else n = put_cased(form.at, keep, out, script->letter_case == 'u');
    if (script->letter_case == 'n') {
      size_t kept = 0;
      for (size_t i = 0; i < n; i++)
        if (out[i] != ',') out[kept++] = out[i];
      n = kept;
    }
    n += script->letter_case == 'u' ? put_cased(script->add.at, script->add.n, out + n, true)
                                    : (memcpy(out + n, script->add.at, script->add.n), script->add.n);
  }
  if (script->letter_case == 't' && n > 0 && out[0] >= 'a' && out[0] <= 'z') out[0] = (char)(out[0] - 32);
  return n;
}

struct slice lang_lemma(const struct lemma_script *script, struct slice form, struct arena *arena)
{
  char out[LEMMA_ROOM];
  if (form.n > LEMMA_FORM) return form;
  size_t n = make_lemma(script, form, out);
  if (n == form.n && memcmp(out, form.at, n) == 0) return form;
  return n ? slice_copy(arena, (struct slice){out, n}) : form;
}

uint32_t lang_lemma_seen(const struct model *m, struct slice lemma, enum upos upos)
{
  char key[LEXICON_FORM + 16];
  if (m->lemma_words.n == 0) return recase_find(&m->recase, lemma).n > 0;
  const int n = lemma.n <= LEXICON_FORM / 2 ? snprintf(key, sizeof key, "%.*s\t%s\t", SLICE_ARG(lemma), upos_name(upos)) : 0;
  const struct slice all = m->lemma_words, want = {key, (size_t)n};
  for (size_t low = 0, high = n > 0 ? all.n : 0; low < high;) { /* both at the begin of a line, or the end */
    size_t begin = low + (high - low) / 2, end = begin;
    while (begin > low && all.at[begin - 1] != '\n') begin--;
    while (end < high && all.at[end] != '\n') end++;
    const struct slice line = slice_sub(all, begin, end);
    const int order = memcmp(line.at, want.at, line.n < want.n ? line.n : want.n);
    int64_t times;
    if (order == 0 && line.n > want.n) {
      const bool sound = slice_to_i64(slice_sub(line, want.n, line.n), &times) && times > 0 && times <= LEMMA_LOG2_MOST;
      return sound ? (uint32_t)times : 0;
    }
    if (order < 0 || (order == 0 && line.n <= want.n)) low = end + 1 < high ? end + 1 : high;
    else high = begin;
  }
  return 0;
}

/* How many words of the lexicon with this class and these last letters have this script. */
static uint32_t support(const struct model *m, uint32_t script, struct slice form, enum upos upos, size_t ending)
{
  char key[LEMMA_ENDING + 32], digits[10];
  if (form.n < ending) return 0;
  for (size_t k = 0; k < ending; k++)
    if ((unsigned char)form.at[form.n - 1 - k] >= 0x80) return 0; /* the lexicon holds plain letters alone */
  size_t n = put_cased(form.at + form.n - ending, ending, key, false), k = 0;
  key[n++] = '\t';
  for (const char *u = upos_name(upos); *u; u++) key[n++] = *u;
  key[n++] = '\t';
  for (uint32_t rest = script; k == 0 || rest > 0; rest /= 10) digits[k++] = (char)('0' + rest % 10);
  while (k > 0) key[n++] = digits[--k];
  const uint32_t seen = map_get(&m->endings, (struct slice){key, n});
  return seen == MAP_NONE ? 0 : seen;
}

static uint32_t log2_of(uint32_t n)
{
  uint32_t bits = 0;
  for (; n > 0; n >>= 1) bits++;
  return bits;
}

/* How well a script fits a form beside its score: is what it makes a word, and do words with this ending lose it so?  False when it leaves the form. */
static bool fits(const struct model *m, uint32_t script, struct slice form, enum upos upos, float *value)
{
  char out[LEMMA_ROOM], low[LEMMA_ROOM], low_lemma[2 * LEMMA_ROOM];
  const bool name = upos == UPOS_PROPN;
  struct slice lemma = {out, make_lemma(&m->lemmas[script], form, out)}, plain = {low, put_cased(form.at, form.n, low, false)};
  *value = 0;
  if (name) lemma = (struct slice){low_lemma, put_cased(lemma.at, lemma.n, low_lemma, false)};
  if (slice_eq(lemma, plain) || slice_eq(lemma, form)) return false;
  *value = LEMMA_ENDS * (float)log2_of(support(m, script, form, upos, LEMMA_ENDING));
  if (lemma.n < 2 || plain.n < 2 || memcmp(lemma.at, low, 2) != 0) return true;
  const uint32_t times = lang_lemma_seen(m, lemma, name ? UPOS_NOUN : upos);
  if (times > 0) *value += LEMMA_KNOWN + LEMMA_OFTEN * (float)times;
  else if (lang_lemma_seen(m, lemma, UPOS_NOUN) || lang_lemma_seen(m, lemma, UPOS_VERB) || lang_lemma_seen(m, lemma, UPOS_ADJ)) *value += LEMMA_OTHER;
  return true;
}

/* The next script by score behind those tried, or UINT32_MAX. */
static uint32_t next_script(const struct model *m, struct slice form, const float *scores, const uint32_t *tried, uint32_t n)
{
  uint32_t next = UINT32_MAX;
  for (uint32_t k = 0; k < m->n_lemmas; k++) {
    if (m->lemmas[k].strip > form.n || (next != UINT32_MAX && scores[k] <= scores[next])) continue;
    bool again = false;
    for (uint32_t i = 0; i < n; i++) again = again || tried[i] == k;
    if (!again) next = k;
  }
  return next;
}

/* Does a script take off what no two words of the lexicon with this class lose so? */
static bool takes_off_odd(const struct model *m, uint32_t script, struct slice form, enum upos upos)
{
  const uint32_t cut = m->lemmas[script].strip;
  return m->endings.n >= LEMMA_ENDINGS && cut > 0 && !m->lemmas[script].whole && cut <= LEMMA_ENDING && support(m, script, form, upos, cut) < 2;
}

/* The script of the best score; for a word that is inflected, of those that take off a usual ending: the first when it leaves the form, else the one
 * whose score and lemma fit best together: "hoping" is of "hope", not of "hop", and "footag" gives way to "footage". */
static uint32_t best_script(const struct model *m, struct slice form, enum upos upos, const float *scores)
{
  uint32_t tried[LEMMA_TRIES], n = 0, best = UINT32_MAX;
  float most = 0;
  const bool name = upos == UPOS_PROPN, inflected = upos == UPOS_VERB || upos == UPOS_NOUN || upos == UPOS_ADJ || upos == UPOS_ADV || name;
  while (n < LEMMA_TRIES) {
    const uint32_t next = next_script(m, form, scores, tried, n);
    if (next == UINT32_MAX) break;
    tried[n++] = next;
    if (!inflected || form.n > LEMMA_FORM) return next;
    if (!name && takes_off_odd(m, next, form, upos)) continue;
    float value;
    const bool changes = fits(m, next, form, upos, &value);
    if (!changes && best == UINT32_MAX) return next;
    if (!changes) continue;
    value += scores[next];
    if (best == UINT32_MAX || value > most) {
      best = next;
      most = value;
    }
  }
  return best != UINT32_MAX ? best : n > 0 ? tried[0] : 0;
}

const struct lemma_script *lang_script(const struct model *m, struct slice form, enum upos upos, const float *scores)
{
  char key[LEXICON_FORM + 16];
  size_t n = form.n <= LEXICON_FORM / 2 ? word_plain(form, key, LEXICON_FORM) : 0;
  if (n > 0) {
    key[n++] = '\t';
    for (const char *u = upos_name(upos); *u && n < sizeof key; u++) key[n++] = *u;
    uint32_t known = map_get(&m->lexicon, (struct slice){key, n});
    if (known != MAP_NONE) return &m->lemmas[known];
  }
  return &m->lemmas[best_script(m, form, upos, scores)];
}

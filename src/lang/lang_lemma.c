/* lang_lemma.c: the twin of apply_script in train/data.py. */
#include "base/utf8.h"
#include "lang/lang_char.h"
#include "lang/lang_run.h"

#define LEMMA_FORM 512   /* bytes; a longer form is its own lemma */
#define LEMMA_ROOM (2 * LEMMA_FORM + 160)
#define LEMMA_TRIES 5    /* scripts that are tried for a known word */
#define LEMMA_SEEN 3     /* words of the lexicon that make an ending a rule */
#define LEMMA_ENDINGS 100 /* a lexicon with fewer endings says nothing of what is usual */
#define LEXICON_FORM 96  /* bytes; a form longer than half of it is in no lexicon */

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

/* A lemma that treebank or raw text had; where the model has no list of them, a word of the table of usual forms. */
static bool known_word(const struct model *m, struct slice word)
{
  return recase_find(m->known.lines.n ? &m->known : &m->recase, word).n > 0;
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

/* What a script makes of a form: the form itself, a word that the model has met, or neither. */
enum made { MADE_FORM, MADE_WORD, MADE_OTHER };

static enum made made_by(const struct model *m, const struct lemma_script *script, struct slice form)
{
  char out[LEMMA_ROOM], low[LEMMA_ROOM];
  struct slice lemma = {out, make_lemma(script, form, out)}, plain = {low, put_cased(form.at, form.n, low, false)};
  if (slice_eq(lemma, plain) || slice_eq(lemma, form)) return MADE_FORM;
  const bool begins = lemma.n >= 2 && plain.n >= 2 && memcmp(out, low, 2) == 0;
  return begins && known_word(m, lemma) ? MADE_WORD : MADE_OTHER;
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

/* The script of the best score; for a word that is inflected, of those that take off a usual ending: the first when it makes a known word or leaves
 * the form, else the next that makes a known word, else the one that most words with its ending have: "footag" gives way to "footage". */
static uint32_t best_script(const struct model *m, struct slice form, enum upos upos, const float *scores)
{
  uint32_t tried[LEMMA_TRIES], n = 0, first = UINT32_MAX, best = UINT32_MAX, most = 0;
  const bool inflected = upos == UPOS_VERB || upos == UPOS_NOUN || upos == UPOS_ADJ || upos == UPOS_ADV;
  while (n < LEMMA_TRIES) {
    const uint32_t next = next_script(m, form, scores, tried, n);
    if (next == UINT32_MAX) break;
    tried[n++] = next;
    if (!inflected || form.n > LEMMA_FORM) return next;
    const uint32_t cut = m->lemmas[next].strip;
    if (m->endings.n >= LEMMA_ENDINGS && cut > 0 && !m->lemmas[next].whole && cut <= LEMMA_ENDING && support(m, next, form, upos, cut) < 2) continue;
    const enum made made = made_by(m, &m->lemmas[next], form);
    if (made == MADE_WORD || (made == MADE_FORM && first == UINT32_MAX)) return next;
    if (first == UINT32_MAX) first = next;
    const uint32_t seen = support(m, next, form, upos, LEMMA_ENDING);
    if (seen > most) {
      most = seen;
      best = next;
    }
  }
  if (most >= LEMMA_SEEN) return best;
  return first != UINT32_MAX ? first : n > 0 ? tried[0] : 0;
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

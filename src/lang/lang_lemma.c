/* lang_lemma.c: the twin of apply_script in train/data.py. */
#include "base/utf8.h"
#include "lang/lang_char.h"
#include "lang/lang_run.h"

#define LEMMA_FORM 512   /* bytes; a longer form is its own lemma */
#define LEMMA_ROOM (2 * LEMMA_FORM + 160)
#define LEMMA_TRIES 5    /* scripts that are tried for a known word */
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

/* The script of the best score, or, when it inflects a word to none that is known, the next one that makes one: "withdrawe" gives way to "withdraw". */
static uint32_t best_script(const struct model *m, struct slice form, enum upos upos, const float *scores)
{
  uint32_t best = 0, tried[LEMMA_TRIES];
  for (uint32_t k = 1; k < m->n_lemmas; k++)
    if (scores[k] > scores[best] && m->lemmas[k].strip <= form.n) best = k;
  const bool inflected = upos == UPOS_VERB || upos == UPOS_NOUN || upos == UPOS_ADJ || upos == UPOS_ADV;
  if (!inflected || form.n > LEMMA_FORM || made_by(m, &m->lemmas[best], form) != MADE_OTHER) return best;
  tried[0] = best;
  for (uint32_t n = 1; n < LEMMA_TRIES; n++) {
    uint32_t next = UINT32_MAX;
    for (uint32_t k = 0; k < m->n_lemmas; k++) {
      bool again = m->lemmas[k].strip > form.n;
      for (uint32_t i = 0; i < n; i++) again = again || tried[i] == k;
      if (!again && (next == UINT32_MAX || scores[k] > scores[next])) next = k;
    }
    if (next == UINT32_MAX) break;
    if (made_by(m, &m->lemmas[next], form) == MADE_WORD) return next;
    tried[n] = next;
  }
  return best;
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

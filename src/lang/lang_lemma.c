/* lang_lemma.c: the twin of apply_script in train/data.py. */
#include "base/utf8.h"
#include "lang/lang_char.h"
#include "lang/lang_run.h"

#define LEMMA_FORM 512   /* bytes; a longer form is its own lemma */
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

struct slice lang_lemma(const struct lemma_script *script, struct slice form, struct arena *arena)
{
  char out[2 * LEMMA_FORM + 160];
  size_t n = 0;
  if (form.n > LEMMA_FORM) return form;
  if (script->whole) {
    if (script->letter_case == 'l' || script->letter_case == 'k') return script->add;
    n = put_cased(script->add.at, script->add.n, out, script->letter_case == 'u');
  } else {
    size_t keep = form.n;
    for (uint32_t k = 0; k < script->strip && keep > 0; k++) utf8_prev(form, &keep);
    if (script->letter_case == 'k' && script->add.n == 0) return slice_sub(form, 0, keep);
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
  if (n == form.n && memcmp(out, form.at, n) == 0) return form;
  return n ? slice_copy(arena, (struct slice){out, n}) : form;
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
  uint32_t best = 0;
  for (uint32_t k = 1; k < m->n_lemmas; k++)
    if (scores[k] > scores[best] && m->lemmas[k].strip <= form.n) best = k;
  return &m->lemmas[best];
}

/* lang_names.c: from scores of name tags to names.
 *
 * Taking the best tag of each word would break names apart; the treebank's names are whole runs of proper nouns, so one decision is made for each
 * run, from the mean of its words' probabilities. */
#include "lang/lang_run.h"

enum { NAME_GAP = 2, NAME_TAGS = 16 };

/* e^x for x <= 0 by halving: (1 + x / 1024 + ...)^1024; the same bits everywhere, and good to four digits, which a mean of probabilities needs */
static float soft_exp(float x)
{
  if (x < -30.0f) return 0.0f;
  float y = x * (1.0f / 1024.0f);
  float e = 1.0f + y * (1.0f + y * (0.5f + y * (1.0f / 6.0f)));
  for (int k = 0; k < 10; k++) e = e * e;
  return e;
}

struct name_mass {
  float type[NAME_OTHER + 1]; /* summed probability of each type; [NAME_NONE]: no name */
  float inside;               /* of all I- tags */
};

static struct name_mass mass_of(const struct model *m, const float *scores)
{
  const float *s = scores + m->n_upos + m->feats.n + m->n_lemmas;
  struct name_mass mass = {{0}, 0};
  const uint32_t n = m->n_names < NAME_TAGS ? m->n_names : NAME_TAGS;
  float most = s[0], sum = 0, p[NAME_TAGS];
  for (uint32_t k = 1; k < n; k++)
    if (s[k] > most) most = s[k];
  for (uint32_t k = 0; k < n; k++) {
    p[k] = soft_exp(s[k] - most);
    sum += p[k];
  }
  for (uint32_t k = 0; k < n; k++) {
    mass.type[m->name_type[k]] += p[k] / sum;
    if (m->name_type[k] != NAME_NONE && !m->name_begins[k]) mass.inside += p[k] / sum;
  }
  return mass;
}

void lang_names(const struct model *m, const float *scores, size_t stride, struct token *tokens, uint32_t n)
{
  for (uint32_t i = 0; i < n; i++) {
    tokens[i].name = NAME_NONE;
    tokens[i].name_begins = false;
  }
  for (uint32_t i = 0; i < n;) {
    if (tokens[i].upos != UPOS_PROPN) {
      i++;
      continue;
    }
    struct name_mass sum = {{0}, 0};
    uint32_t end = i;
    for (;;) {
      for (; end < n && tokens[end].upos == UPOS_PROPN; end++) {
        struct name_mass one = mass_of(m, scores + end * stride);
        for (int t = 0; t <= NAME_OTHER; t++) sum.type[t] += one.type[t];
      }
      uint32_t next = end;
      bool on = true;
      while (on && next < n && next - end < NAME_GAP && tokens[next].upos != UPOS_PROPN) on = mass_of(m, scores + next++ * stride).inside > 0.5f;
      if (!on || next == end || next >= n || tokens[next].upos != UPOS_PROPN) break;
      end = next;
    }
    int best = NAME_PERSON;
    for (int t = NAME_PERSON; t <= NAME_OTHER; t++)
      if (sum.type[t] > sum.type[best]) best = t;
    if (sum.type[best] > sum.type[NAME_NONE])
      for (uint32_t k = i; k < end; k++) {
        tokens[k].name = (uint8_t)best;
        tokens[k].name_begins = k == i;
      }
    i = end;
  }
}

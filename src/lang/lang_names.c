/* lang_names.c: from scores of name tags to names.
 *
 * Taking the best tag of each word would break names apart; the treebank's names are whole runs of proper nouns, so one decision is made for each
 * run, from the mean of its words' probabilities.  What a name is, its document says in many places: to the run's own probabilities those of
 * the same name further up are added, so that a school named once in passing stays what it was.  Only what stands before counts, so that a
 * text read in parts gives the same. */
#include "lang/lang_char.h"
#include "lang/lang_run.h"
#include "base/utf8.h"

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

/* A hash of the words [i, end) in lower case. */
static uint64_t name_key(const struct token *tokens, uint32_t i, uint32_t end)
{
  uint64_t key = 14695981039346656037u;
  for (; i < end; i++) {
    for (size_t at = 0; at < tokens[i].form.n;) key = (key ^ char_lower(char_normal(utf8_next(tokens[i].form, &at)))) * 1099511628211u;
    key = (key ^ ' ') * 1099511628211u;
  }
  return key ^ key >> 29;
}

/* Adds what the document said of this name before, and keeps what is said now. */
static void remember(struct lang *lang, uint64_t key, float type[NAME_OTHER + 1])
{
  struct name_memory *at = &lang->names[key % NAME_MEMORY];
  if (at->document != lang->document || at->key != key) *at = (struct name_memory){.key = key, .document = lang->document};
  for (int t = NAME_PERSON; t <= NAME_OTHER; t++) {
    at->type[t] += type[t];
    type[t] = at->type[t];
  }
}

/* The run of proper nouns from i on, with what the model reads on across; *sum = its words' probabilities. */
static uint32_t end_of_run(const struct model *m, const float *scores, size_t stride, const struct token *tokens, uint32_t i, uint32_t n, struct name_mass *sum)
{
  for (uint32_t end = i;;) {
    for (; end < n && tokens[end].upos == UPOS_PROPN; end++) {
      struct name_mass one = mass_of(m, scores + end * stride);
      for (int t = 0; t <= NAME_OTHER; t++) sum->type[t] += one.type[t];
    }
    uint32_t next = end;
    bool on = true;
    while (on && next < n && next - end < NAME_GAP && tokens[next].upos != UPOS_PROPN) on = mass_of(m, scores + next++ * stride).inside > 0.5f;
    if (!on || next == end || next >= n || tokens[next].upos != UPOS_PROPN) return end;
    end = next;
  }
}

static int best_type(const float type[NAME_OTHER + 1])
{
  int best = NAME_PERSON;
  for (int t = NAME_PERSON; t <= NAME_OTHER; t++)
    if (type[t] > type[best]) best = t;
  return best;
}

void lang_names(struct lang *lang, const float *scores, size_t stride, struct token *tokens, uint32_t n)
{
  for (uint32_t i = 0; i < n; i++) {
    tokens[i].name = NAME_NONE;
    tokens[i].name_begins = false;
  }
  for (uint32_t i = 0, end; i < n; i = end) {
    end = i + 1;
    if (tokens[i].upos != UPOS_PROPN) continue;
    struct name_mass sum = {{0}, 0};
    end = end_of_run(lang->model, scores, stride, tokens, i, n, &sum);
    if (sum.type[best_type(sum.type)] <= sum.type[NAME_NONE]) continue;
    for (int t = 0; t <= NAME_OTHER; t++) sum.type[t] /= (float)(end - i);
    remember(lang, name_key(tokens, i, end), sum.type);
    const int best = best_type(sum.type);
    for (uint32_t k = i; k < end; k++) {
      tokens[k].name = (uint8_t)best;
      tokens[k].name_begins = k == i;
    }
  }
}

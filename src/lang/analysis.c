#include "lang/analysis.h"

const char *upos_name(enum upos u)
{
#define UPOS_TEXT(u) #u,
  static const char *const names[UPOS_COUNT] = {UPOS_LIST(UPOS_TEXT)};
#undef UPOS_TEXT
  return names[u];
}

const char *deprel_name(enum deprel d)
{
#define DEPREL_TEXT(name, text) text,
  static const char *const names[DEPREL_COUNT] = {DEPREL_LIST(DEPREL_TEXT)};
#undef DEPREL_TEXT
  return names[d];
}

bool upos_find(struct slice name, enum upos *to)
{
  for (int u = 0; u < UPOS_COUNT; u++)
    if (slice_is(name, upos_name((enum upos)u))) {
      *to = (enum upos)u;
      return true;
    }
  return false;
}

static bool deprel_exact(struct slice name, enum deprel *to)
{
  for (int d = 0; d < DEPREL_COUNT; d++)
    if (slice_is(name, deprel_name((enum deprel)d))) {
      *to = (enum deprel)d;
      return true;
    }
  return false;
}

bool deprel_find(struct slice name, enum deprel *to)
{
  return deprel_exact(name, to) || deprel_exact(slice_cut(&name, ':'), to);
}

/* The list puts each subtype somewhere behind its base, so the base is the last entry before it without a colon. */
enum deprel deprel_base(enum deprel d)
{
  int base = (int)d;
  while (base > 0 && strchr(deprel_name((enum deprel)base), ':')) base--;
  return (enum deprel)base;
}

uint32_t feats_bits(struct slice feats_text)
{
#define FEAT_TEXT(name, text) text,
  static const char *const names[FEAT_BIT_COUNT] = {FEAT_LIST(FEAT_TEXT)};
#undef FEAT_TEXT
  uint32_t bits = 0;
  while (feats_text.n) {
    struct slice feature = slice_cut(&feats_text, '|');
    for (int b = 0; b < FEAT_BIT_COUNT; b++)
      if (slice_is(feature, names[b])) bits |= (uint32_t)1 << b;
  }
  return bits;
}

/* Children in order of the text: prepending them from the right. */
static enum status link_children(struct analysis *a, struct sentence *s, struct error *error)
{
  s->root = TOKEN_NONE;
  for (int32_t i = s->end; i-- > s->first;) {
    struct token *t = &a->tokens[i];
    t->first_child = t->next_sibling = TOKEN_NONE;
    t->left = t->right = i;
  }
  for (int32_t i = s->end; i-- > s->first;) {
    struct token *t = &a->tokens[i];
    if (t->head == TOKEN_NONE) {
      if (s->root != TOKEN_NONE) return error_set(error, ST_REFUSED, "two roots in one sentence (tokens %d and %d)", (int)i, (int)s->root);
      s->root = i;
      continue;
    }
    if (t->head < s->first || t->head >= s->end) return error_set(error, ST_REFUSED, "the head of token %d lies outside its sentence", (int)i);
    t->next_sibling = a->tokens[t->head].first_child;
    a->tokens[t->head].first_child = i;
  }
  return s->root != TOKEN_NONE ? ST_OK : error_set(error, ST_REFUSED, "no root in the sentence of tokens %d to %d", (int)s->first, (int)s->end - 1);
}

/* Post-order without a stack: down to the first leaf, then sideways or up.  What the walk does not reach lies on a cycle. */
static enum status find_extents(struct analysis *a, const struct sentence *s, struct error *error)
{
  struct token *t = a->tokens;
  int32_t reached = 0, at = s->root;
  while (t[at].first_child != TOKEN_NONE) at = t[at].first_child;
  for (;;) {
    reached++;
    int32_t head = t[at].head;
    if (head == TOKEN_NONE) break;
    if (t[at].left < t[head].left) t[head].left = t[at].left;
    if (t[at].right > t[head].right) t[head].right = t[at].right;
    if (t[at].next_sibling == TOKEN_NONE) {
      at = head;
      continue;
    }
    at = t[at].next_sibling;
    while (t[at].first_child != TOKEN_NONE) at = t[at].first_child;
  }
  return reached == s->end - s->first
             ? ST_OK
             : error_set(error, ST_REFUSED, "the heads of the sentence of tokens %d to %d run in a circle", (int)s->first, (int)s->end - 1);
}

enum status analysis_finish(struct analysis *a, struct error *error)
{
  for (uint32_t k = 0; k < a->n_sentences; k++) {
    enum status status = link_children(a, &a->sentences[k], error);
    if (!status) status = find_extents(a, &a->sentences[k], error);
    if (status) return status;
  }
  return ST_OK;
}

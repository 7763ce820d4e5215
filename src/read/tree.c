/* tree.c: questions about a dependency tree.  Children are linked in order of the text, so each answer is one walk over a list; climbs
 * are bounded by the length of the sentence, since analysis_finish refused every cycle. */
#include "read/tree.h"

int32_t tree_child(const struct analysis *a, int32_t token, enum deprel deprel)
{
  for (int32_t c = a->tokens[token].first_child; c != TOKEN_NONE; c = a->tokens[c].next_sibling) {
    enum deprel d = (enum deprel)a->tokens[c].deprel;
    if (d == deprel || deprel_base(d) == deprel) return c;
  }
  return TOKEN_NONE;
}

bool tree_has(const struct analysis *a, int32_t token, enum deprel deprel, const char *lemma)
{
  for (int32_t c = a->tokens[token].first_child; c != TOKEN_NONE; c = a->tokens[c].next_sibling) {
    enum deprel d = (enum deprel)a->tokens[c].deprel;
    if ((d == deprel || deprel_base(d) == deprel) && slice_is(a->tokens[c].lemma, lemma)) return true;
  }
  return false;
}

bool tree_dominates(const struct analysis *a, int32_t ancestor, int32_t token)
{
  for (int32_t t = token; t != TOKEN_NONE; t = a->tokens[t].head)
    if (t == ancestor) return true;
  return false;
}

int32_t tree_case(const struct analysis *a, int32_t nominal)
{
  for (int32_t c = a->tokens[nominal].first_child; c != TOKEN_NONE; c = a->tokens[c].next_sibling)
    if (c < nominal && a->tokens[c].deprel == DEP_CASE) return c; /* a case child behind its noun is the possessive 's */
  for (int32_t c = a->tokens[nominal].first_child; c != TOKEN_NONE && c < nominal; c = a->tokens[c].next_sibling) {
    if (a->tokens[c].deprel != DEP_NMOD_DESC) continue; /* "of | former minister | Ana Duarte": it may hang on the title */
    for (int32_t k = a->tokens[c].first_child; k != TOKEN_NONE && k < c; k = a->tokens[k].next_sibling)
      if (a->tokens[k].deprel == DEP_CASE) return k;
  }
  return TOKEN_NONE;
}

int32_t tree_first_conjunct(const struct analysis *a, int32_t token)
{
  while (a->tokens[token].deprel == DEP_CONJ && a->tokens[token].head != TOKEN_NONE) token = a->tokens[token].head;
  return token;
}

struct span tree_span(const struct analysis *a, int32_t first, int32_t end)
{
  struct span span = {0, 0};
  if (first >= end) return span;
  span.begin = token_span(a, first).begin;
  span.end = token_span(a, end - 1).end;
  return span;
}

/* Does a child in front of its head with this relation belong to the head's mention? */
static bool premodifies(enum deprel d)
{
  switch (d) {
  case DEP_DET: case DEP_DET_PREDET: case DEP_AMOD: case DEP_COMPOUND: case DEP_NUMMOD: case DEP_NMOD_POSS: case DEP_NMOD_DESC:
  case DEP_NMOD_UNMARKED: case DEP_FLAT: case DEP_CC_PRECONJ: case DEP_GOESWITH:
    return true;
  default:
    return false;
  }
}

static bool bracket_or_comma(const struct analysis *a, int32_t token)
{
  struct slice form = a->tokens[token].form;
  return a->tokens[token].upos == UPOS_PUNCT && (slice_is(form, ",") || slice_is(form, "(") || slice_is(form, "[") || slice_is(form, ";"));
}

/* Behind the last bracket that closes between `begin` and `head` and opens before them: "[note] two guards". */
static int32_t behind_bracket(const struct analysis *a, int32_t begin, int32_t head)
{
  int open = 0;
  for (int32_t t = begin; t < head; t++) {
    struct slice form = a->tokens[t].form;
    if (a->tokens[t].upos != UPOS_PUNCT) continue;
    if (slice_is(form, "(") || slice_is(form, "[")) open++;
    if (!slice_is(form, ")") && !slice_is(form, "]")) continue;
    if (open == 0) begin = t + 1;
    else open--;
  }
  return begin;
}

/* The first token of the mention: the leftmost premodifier's extent.  What stands between must hang on the head too, except for a hyphen
 * or quotation mark, so that a badly drawn tree cannot stretch a mention over a clause; a comma ends it unless adjectives stand on
 * both sides ("a long, bitter war"). */
static int32_t mention_begin(const struct analysis *a, int32_t head)
{
  int32_t begin = head, first = a->sentences[a->tokens[head].sentence].first;
  for (int32_t c = a->tokens[head].first_child; c != TOKEN_NONE && c < head; c = a->tokens[c].next_sibling) {
    enum deprel d = (enum deprel)a->tokens[c].deprel;
    if (!premodifies(d)) continue;
    int32_t left = a->tokens[c].left < first ? c : a->tokens[c].left;
    bool cut = false;
    for (int32_t t = c + 1; t < head && !cut; t++)
      cut = bracket_or_comma(a, t) && a->tokens[t].head == head && d != DEP_AMOD && d != DEP_DET && d != DEP_NUMMOD && d != DEP_NMOD_POSS;
    if (cut) continue;
    begin = left;
    break;
  }
  begin = behind_bracket(a, begin, head);
  while (begin < head && (a->tokens[begin].upos == UPOS_PUNCT || a->tokens[begin].deprel == DEP_CC)) begin++;
  return begin;
}

/* One past the last token: flat and compound parts behind the head, and the words and hyphens between them. */
static int32_t mention_end(const struct analysis *a, int32_t head)
{
  int32_t end = head + 1, last = a->sentences[a->tokens[head].sentence].end;
  for (int32_t c = a->tokens[head].first_child; c != TOKEN_NONE; c = a->tokens[c].next_sibling) {
    if (c < head) continue;
    enum deprel d = (enum deprel)a->tokens[c].deprel;
    bool part = d == DEP_FLAT || d == DEP_FIXED || d == DEP_GOESWITH || d == DEP_COMPOUND ||
                (d == DEP_NUMMOD && c == end && a->tokens[head].upos == UPOS_PROPN);
    if (!part) {
      if (d == DEP_PUNCT && !bracket_or_comma(a, c)) continue;
      break;
    }
    if (a->tokens[c].right + 1 > end && a->tokens[c].right < last) end = a->tokens[c].right + 1;
  }
  while (end > head + 1 && (a->tokens[end - 1].upos == UPOS_PUNCT || a->tokens[end - 1].deprel == DEP_CASE)) end--;
  return end;
}

void tree_mention_tokens(const struct analysis *a, int32_t head, int32_t *first, int32_t *end)
{
  *first = mention_begin(a, head);
  *end = mention_end(a, head);
}

struct span tree_mention(const struct analysis *a, int32_t head)
{
  int32_t first, end;
  tree_mention_tokens(a, head, &first, &end);
  return tree_span(a, first, end);
}

struct span tree_extent(const struct analysis *a, int32_t token)
{
  int32_t first = a->tokens[token].left, last = a->tokens[token].right;
  while (first < last && a->tokens[first].upos == UPOS_PUNCT) first++;
  while (last > first && a->tokens[last].upos == UPOS_PUNCT) last--;
  return tree_span(a, first, last + 1);
}

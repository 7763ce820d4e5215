/* figures_item.c: what a number counts or measures, from the tree around it and where the tree errs from the words behind it. */
#include "read/figures.h"
#include "read/tree.h"

static bool nominal(const struct token *t) { return t->upos == UPOS_NOUN || t->upos == UPOS_PROPN || t->upos == UPOS_SYM; }

/* A noun that hangs on `head` with a preposition directly behind it: "of people", and where `any` preposition will do "in aid"; TOKEN_NONE when none. */
static int32_t complement(const struct reader *r, int32_t head, int32_t behind, bool any)
{
  const struct analysis *a = r->a;
  int32_t length;
  for (int32_t c = a->tokens[head].first_child; c != TOKEN_NONE; c = a->tokens[c].next_sibling) {
    if (c < behind || (deprel_base((enum deprel)a->tokens[c].deprel) != DEP_NMOD && a->tokens[c].deprel != DEP_OBL)) continue;
    int32_t with = tree_case(a, c);
    if (with == TOKEN_NONE || with > behind + 1 || a->tokens[c].upos == UPOS_PRON || a->tokens[c].upos == UPOS_NUM) continue;
    if (numbers_hedge_at(r->know->numbers, a, with, with + 1, HEDGE_RATE, &length)) continue; /* "cents per share" are not of shares */
    if (any || numbers_hedge_at(r->know->numbers, a, with, with + 1, HEDGE_WHOLE, &length)) return c;
  }
  return TOKEN_NONE;
}

/* The subject of the clause in which `token` stands, or TOKEN_NONE. */
static int32_t clause_subject(const struct analysis *a, int32_t token)
{
  for (int up = 0; up < 4 && token != TOKEN_NONE; up++, token = a->tokens[token].head) {
    int32_t subject = tree_child(a, token, DEP_NSUBJ);
    if (subject != TOKEN_NONE && !tree_dominates(a, subject, token)) return subject;
  }
  return TOKEN_NONE;
}

/* The plural noun that follows the number with nothing but its adjectives, names and compounds between: what it counts, whatever the tree says. */
static int32_t noun_behind(const struct analysis *a, const struct number *n, int32_t from)
{
  int32_t end = a->sentences[a->tokens[n->token].sentence].end;
  for (int32_t t = from; t < end && t < from + 7; t++) {
    uint8_t upos = a->tokens[t].upos;
    bool last = t + 1 == end || (!nominal(&a->tokens[t + 1]) && !(is_hyphen(a, t + 1) && glued_to_next(a, t)));
    if (upos == UPOS_NOUN && (a->tokens[t].feats & FEAT_PLUR) && last) return t;
    bool hyphen = is_hyphen(a, t) && glued_to_next(a, t) && t > from;
    uint8_t next = t + 1 < end ? a->tokens[t + 1].upos : UPOS_X;
    bool and = upos == UPOS_CCONJ && t > from && (next == UPOS_PROPN || next == UPOS_ADJ); /* "two security and diplomatic officials" */
    if (upos != UPOS_ADJ && upos != UPOS_PROPN && upos != UPOS_NOUN && !hyphen && !and) return TOKEN_NONE;
  }
  return TOKEN_NONE;
}

/* The noun (or "dead", an adjective that stands for people) in front of which the number stands as its modifier; for "3 million listings" above the
 * phrase's own words.  TOKEN_NONE when the number modifies nothing.  *inside = the last of the phrase's own words on the way. */
static int32_t modified(const struct analysis *a, const struct number *n, int32_t *inside)
{
  int32_t t = n->token, h = a->tokens[t].head;
  *inside = t;
  for (int up = 0; up < 4; up++) {
    enum deprel d = deprel_base((enum deprel)a->tokens[t].deprel);
    bool modifies = d == DEP_NUMMOD || d == DEP_AMOD || d == DEP_DET || d == DEP_COMPOUND || (d == DEP_NMOD && tree_case(a, t) == TOKEN_NONE);
    if (h == TOKEN_NONE || h < t || !modifies) return TOKEN_NONE;
    if (h >= n->end) break;
    *inside = t = h;
    h = a->tokens[t].head;
  }
  if (h == TOKEN_NONE || h < n->end || (n->moved && (a->tokens[h].feats & FEAT_CMP))) return TOKEN_NONE; /* "six fewer than" */
  const bool participle = a->tokens[h].upos == UPOS_VERB && a->tokens[h].deprel == DEP_AMOD && a->tokens[h].head > h; /* "2 previously injured soldiers" */
  if (participle) h = a->tokens[h].head;
  return nominal(&a->tokens[h]) || a->tokens[h].upos == UPOS_ADJ ? h : TOKEN_NONE;
}

/* "dozens of people", "5% of voters", "$3m in aid": a complement of any word of the phrase. */
static int32_t complement_of_any(const struct reader *r, const struct number *n)
{
  for (int32_t k = n->digits_first; k < n->end; k++) {
    int32_t of = complement(r, k, n->end - 1, n->unit != NULL);
    if (of != TOKEN_NONE && of >= n->end) return of;
  }
  return TOKEN_NONE;
}

/* "casualties exceeding 600,000": what a bound word that is a verb says it of. */
static int32_t item_of_bound(const struct analysis *a, const struct number *n, int32_t verb)
{
  int32_t first = a->sentences[a->tokens[verb].sentence].first, over = n->first;
  while (over > first && a->tokens[over - 1].upos == UPOS_ADV) over--;
  if (over > first && a->tokens[over - 1].upos == UPOS_NOUN) return over - 1; /* right in front */
  over = clause_subject(a, verb);
  if (over == TOKEN_NONE && deprel_base((enum deprel)a->tokens[verb].deprel) == DEP_ACL) over = a->tokens[verb].head;
  return over != TOKEN_NONE && nominal(&a->tokens[over]) ? over : TOKEN_NONE;
}

/* What a measure is told of: the subject of its clause ("Prices rose 5%"). */
static int32_t item_of_measure(const struct analysis *a, const struct number *n, int32_t inside)
{
  bool money = n->unit->kind == UNIT_CURRENCY || n->unit->kind == UNIT_SYMBOL;
  if (money && a->tokens[inside].deprel == DEP_OBJ) return TOKEN_NONE; /* who pays is not what is paid for */
  int32_t subject = clause_subject(a, inside);
  bool outside = subject != TOKEN_NONE && (subject < n->first || subject >= n->end);
  return outside && nominal(&a->tokens[subject]) ? subject : TOKEN_NONE;
}

int32_t figures_item(const struct reader *r, const struct number *n, int32_t *token)
{
  const struct analysis *a = r->a;
  int32_t inside, item = modified(a, n, &inside), h = a->tokens[n->token].head;
  *token = n->token;
  if (item != TOKEN_NONE && r->date_at[item] != ID_NONE && r->dates.at[r->date_at[item]].type == DATE_DATE) item = TOKEN_NONE; /* "180 last week" */
  if (item != TOKEN_NONE && !n->unit && !(a->tokens[item].feats & FEAT_PLUR) && (!n->has_value || n->value != 1)) { /* many are counted */
    int32_t many = noun_behind(a, n, n->end);
    if (many > item) item = many;
  }
  if (item != TOKEN_NONE) return *token = item;
  if (n->unit && (n->unit->kind == UNIT_TIME || n->unit->kind == UNIT_SCORE)) return TOKEN_NONE;
  item = complement_of_any(r, n);
  if (item != TOKEN_NONE) return item;
  item = n->unit ? TOKEN_NONE : noun_behind(a, n, n->end);
  if (item != TOKEN_NONE) return *token = item;
  if (n->part_end) return noun_behind(a, n, n->part_end); /* "a third of them children" */
  if (n->unit) return item_of_measure(a, n, inside);
  bool bound = h != TOKEN_NONE && h >= n->first && h < n->digits_first && a->tokens[h].upos == UPOS_VERB;
  return bound ? item_of_bound(a, n, h) : TOKEN_NONE;
}

struct span figures_item_span(const struct analysis *a, const struct number *n, int32_t item)
{
  int32_t first = item, end = item + 1;
  for (int32_t c = a->tokens[item].first_child; c != TOKEN_NONE; c = a->tokens[c].next_sibling) {
    enum deprel d = (enum deprel)a->tokens[c].deprel;
    bool within = a->tokens[c].left >= n->end || c < n->first;
    if (deprel_base(d) == DEP_COMPOUND && c < first && within && a->tokens[c].left >= (c < n->first ? 0 : n->end)) first = a->tokens[c].left;
    if ((d == DEP_COMPOUND || d == DEP_FLAT) && c == end) end = a->tokens[c].right + 1;
    if (c > item && d == DEP_NMOD && tree_case(a, c) == end && a->tokens[c].left == end && c == end + 1 && a->tokens[c].upos == UPOS_NOUN) /* a bare noun */
      end = c + 1;
  }
  if (item >= n->end && first < n->end) first = n->end;
  while (first < item && a->tokens[first].upos == UPOS_PUNCT) first++;
  return tree_span(a, first, end);
}

/* The end of the phrases with a preposition that follow `item`, each up to its noun: no clause belongs to it. */
static int32_t phrases_behind(const struct analysis *a, int32_t item, int32_t end)
{
  for (int32_t at = item; at != TOKEN_NONE;) {
    int32_t next = TOKEN_NONE;
    for (int32_t c = a->tokens[at].first_child; c != TOKEN_NONE && next == TOKEN_NONE; c = a->tokens[c].next_sibling) {
      int32_t from, to;
      if (deprel_base((enum deprel)a->tokens[c].deprel) != DEP_NMOD || a->tokens[c].left != end || !nominal(&a->tokens[c])) continue;
      tree_mention_tokens(a, c, &from, &to);
      if (to <= end) continue;
      end = to;
      next = c;
    }
    at = next;
  }
  return end;
}

void figures_about(const struct analysis *a, const struct number *n, int32_t item, int32_t *first, int32_t *end)
{
  *first = item;
  *end = item + 1;
  for (int32_t c = a->tokens[item].first_child; c != TOKEN_NONE; c = a->tokens[c].next_sibling) {
    enum deprel d = deprel_base((enum deprel)a->tokens[c].deprel);
    bool number = a->tokens[c].left <= n->token && n->token <= a->tokens[c].right;
    if (c < item && !number && (d == DEP_AMOD || d == DEP_COMPOUND || d == DEP_NMOD || d == DEP_FLAT) && a->tokens[c].left < *first) *first = a->tokens[c].left;
    if (c > item && (d == DEP_FLAT || d == DEP_COMPOUND) && a->tokens[c].left == *end) *end = a->tokens[c].right + 1;
  }
  *end = phrases_behind(a, item, *end);
  if (item >= n->end && *first < n->end) *first = n->end;
  if (item < n->first && *end > n->first) *end = n->first;
  while (*first < item && a->tokens[*first].upos == UPOS_PUNCT) ++*first;
  while (*end > item + 1 && (a->tokens[*end - 1].upos == UPOS_PUNCT || a->tokens[*end - 1].upos == UPOS_ADP)) --*end;
}

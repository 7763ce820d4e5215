/* claims_tree.c: cues in trees, and where each holds its content.
 *
 * Patterns are tried in the order of cue_fits, for each the cue's rows in the order of the table; the first that is there makes the draft.
 * Content is one or more runs of bytes: a clause that the cue interrupts ("The report, he said, is wrong") has two. */
#include "read/claims.h"

static const struct token *tok(const struct analysis *a, int32_t t) { return &a->tokens[t]; }
static enum deprel rel(const struct analysis *a, int32_t t) { return (enum deprel)tok(a, t)->deprel; }
static bool has_child(const struct analysis *a, int32_t t, enum deprel d) { return tree_child(a, t, d) != TOKEN_NONE; }

void draft_add(struct draft *d, struct span span)
{
  uint32_t n = 0;
  if (span.begin >= span.end) return;
  for (uint32_t i = 0; i < d->n_spans; i++) { /* those that it meets become part of it */
    struct span old = d->spans[i];
    if (span.begin <= old.end && old.begin <= span.end) {
      if (old.begin < span.begin) span.begin = old.begin;
      if (old.end > span.end) span.end = old.end;
    } else
      d->spans[n++] = old;
  }
  d->n_spans = n;
  if (n == CONTENT_SPANS) return;
  uint32_t at = d->n_spans++;
  for (; at > 0 && d->spans[at - 1].begin > span.begin; at--) d->spans[at] = d->spans[at - 1];
  d->spans[at] = span;
}

void draft_relay(struct draft *d, int32_t cue, const struct cue *row, int32_t source, int32_t within)
{
  d->cue = cue;
  d->row = row;
  d->stance = row->stance;
  d->certainty = row->certainty;
  d->source = source;
  d->antecedent = TOKEN_NONE;
  d->within = within;
}

void draft_tokens(const struct analysis *a, struct draft *d, int32_t first, int32_t end)
{
  while (first < end && tok(a, first)->upos == UPOS_PUNCT) first++;
  while (end > first && tok(a, end - 1)->upos == UPOS_PUNCT) end--;
  if (first < end) draft_add(d, tree_span(a, first, end));
}

/* The subtree of `content` but for what lies in the extent of `hole` (the clause of the cue, or TOKEN_NONE). */
static void add_around(const struct analysis *a, struct draft *d, int32_t content, int32_t hole)
{
  int32_t first = tok(a, content)->left, end = tok(a, content)->right + 1;
  d->content = content;
  if (hole == TOKEN_NONE || tok(a, hole)->right < first || tok(a, hole)->left >= end) {
    draft_tokens(a, d, first, end);
    return;
  }
  draft_tokens(a, d, first, tok(a, hole)->left);
  draft_tokens(a, d, tok(a, hole)->right + 1, end);
}

#define CLAUSE_MOST 160 /* tokens looked through */

/* Does a coordinated verb go on the cue: one without a subject, or with one that speaks itself? */
static bool goes_on_cue(const struct reader *r, int32_t cue, int32_t t)
{
  const struct analysis *a = r->a;
  if (tok(a, t)->upos != UPOS_VERB || rel(a, t) != DEP_CONJ || tok(a, t)->head == cue || frame_coordinated(a, t) != cue) return false;
  if (!has_child(a, t, DEP_NSUBJ) && !has_child(a, t, DEP_NSUBJ_PASS)) return true;
  if (has_child(a, t, DEP_MARK)) return false;
  for (const struct cue *row = cue_rows(r, t); row; row = cues_next(row))
    if (row->patterns & CUE_QUOTE) return true;
  return false;
}

int32_t claims_clause_end(const struct reader *r, int32_t cue, int32_t first, int32_t end)
{
  const struct analysis *a = r->a;
  if (first <= cue) return end;
  for (int32_t t = first + 1; t < end && t < first + CLAUSE_MOST; t++)
    if (goes_on_cue(r, cue, t)) {
      int32_t cut = tok(a, t)->left;
      while (cut > first && (tok(a, cut - 1)->upos == UPOS_PUNCT || tok(a, cut - 1)->upos == UPOS_CCONJ)) cut--;
      return cut > first ? cut : end;
    }
  return end;
}

/* What goes on behind a clause that ends at token `end`: a colon and what it announces, or a word that no comma parts from it, which the tree has cut
 * off ("said [raising] rates would hurt").  The end of that. */
static int32_t clause_goes_on(const struct reader *r, int32_t cue, int32_t clause, int32_t end)
{
  const struct analysis *a = r->a;
  int32_t stop = a->sentences[tok(a, clause)->sentence].end;
  if (end >= stop || rel(a, clause) != DEP_CCOMP) return end;
  uint8_t u = tok(a, end)->upos;
  int32_t next = end;
  while (tok(a, next)->head != TOKEN_NONE && tok(a, next)->head != cue) next = tok(a, next)->head;
  bool second = next > clause && tok(a, next)->head == cue && rel(a, next) == DEP_CCOMP; /* "reports [it has] [so far found three]" */
  bool word = second || u == UPOS_AUX || u == UPOS_VERB || u == UPOS_NOUN || u == UPOS_PROPN || u == UPOS_PRON;
  if (!slice_is(tok(a, end)->form, ":") && (!word || r->date_at[end] != ID_NONE || !tree_dominates(a, cue, end))) return end;
  while (stop > end && tok(a, stop - 1)->upos == UPOS_PUNCT) stop--;
  return stop;
}

/* A clause below the cue: behind it, in front of it, or around it. */
static void add_clause(const struct reader *r, struct draft *d, int32_t clause)
{
  const struct analysis *a = r->a;
  int32_t first = tok(a, clause)->left, end = claims_clause_end(r, d->cue, first, tok(a, clause)->right + 1);
  d->content = clause;
  bool hung = d->source > clause && d->source < d->cue && tree_dominates(a, clause, d->source); /* on the clause's verb */
  if (hung && end > tok(a, d->source)->left) end = tok(a, d->source)->left;
  if (d->cue >= first && d->cue < end) { /* around: what is not of the clause falls out by the extent of the cue's own words */
    int32_t from = d->cue, to = d->cue + 1;
    for (int32_t c = tok(a, d->cue)->first_child; c != TOKEN_NONE; c = tok(a, c)->next_sibling) {
      if (c == clause || tok(a, c)->left < first || tok(a, c)->right >= end) continue;
      if (tok(a, c)->left < from) from = tok(a, c)->left;
      if (tok(a, c)->right >= to) to = tok(a, c)->right + 1;
    }
    draft_tokens(a, d, first, from);
    draft_tokens(a, d, to, end);
    return;
  }
  draft_tokens(a, d, first, first > d->cue && end == tok(a, clause)->right + 1 ? clause_goes_on(r, d->cue, clause, end) : end);
}

static bool is_clause(const struct analysis *a, int32_t t)
{
  return tree_child(a, t, DEP_NSUBJ) != TOKEN_NONE || tree_child(a, t, DEP_CSUBJ) != TOKEN_NONE || tree_child(a, t, DEP_EXPL) != TOKEN_NONE ||
         (tok(a, t)->feats & FEAT_FIN) || tree_child(a, t, DEP_MARK) != TOKEN_NONE || tree_child(a, t, DEP_COP) != TOKEN_NONE;
}

/* "the claim that it sank"; "the claim by the army that it sank", with the clause hung on the army. */
static bool try_noun_clause(const struct reader *r, struct draft *d)
{
  const struct analysis *a = r->a;
  for (int32_t c = tok(a, d->cue)->first_child; c != TOKEN_NONE; c = tok(a, c)->next_sibling) {
    if (deprel_base(rel(a, c)) == DEP_ACL && c > d->cue && has_child(a, c, DEP_MARK) && (has_child(a, c, DEP_NSUBJ) || (tok(a, c)->feats & FEAT_FIN))) {
      add_clause(r, d, c);
      return true;
    }
    int32_t clause = c == d->source && c > d->cue ? tree_child(a, c, DEP_ACL) : TOKEN_NONE;
    if (clause != TOKEN_NONE && has_child(a, clause, DEP_MARK) && (has_child(a, clause, DEP_NSUBJ) || has_child(a, clause, DEP_NSUBJ_PASS))) {
      add_clause(r, d, clause);
      return true;
    }
  }
  return false;
}

/* A finite clause without subject and "that": its subject hangs elsewhere. */
static bool lacks_subject(const struct analysis *a, int32_t clause)
{
  static const enum deprel begins[] = {DEP_NSUBJ, DEP_NSUBJ_PASS, DEP_MARK, DEP_EXPL};
  bool bare = true;
  for (size_t i = 0; i < sizeof begins / sizeof *begins; i++) bare &= !has_child(a, clause, begins[i]);
  return bare && (has_child(a, clause, DEP_AUX) || has_child(a, clause, DEP_COP) || (tok(a, clause)->feats & FEAT_FIN));
}

/* The subject of a clause that the cue interrupts, which the tree has hung on the cue beside its own: "[The truce], Kyiv said, [is over]". */
static void add_interrupted(const struct analysis *a, struct draft *d, int32_t clause)
{
  if (d->source == TOKEN_NONE || has_child(a, clause, DEP_NSUBJ)) return;
  for (int32_t c = tok(a, d->cue)->first_child; c != TOKEN_NONE && c < clause && clause < d->cue; c = tok(a, c)->next_sibling)
    if (rel(a, c) == DEP_NSUBJ && c != d->source && tok(a, c)->right + 1 == tok(a, clause)->left) /* "[Ten of them] [are in Nice], he said" */
      draft_tokens(a, d, tok(a, c)->left, tok(a, clause)->right + 1);
  if (d->source > d->cue || clause < d->cue) return;
  for (int32_t c = tok(a, d->cue)->first_child; c != TOKEN_NONE && c < d->source; c = tok(a, c)->next_sibling)
    if (rel(a, c) == DEP_NSUBJ && (tok(a, tok(a, c)->right)->upos == UPOS_PUNCT || tok(a, tok(a, c)->right + 1)->upos == UPOS_PUNCT))
      draft_tokens(a, d, tok(a, c)->left, tok(a, c)->right < d->source ? tok(a, c)->right + 1 : tok(a, d->source)->left);
}

/* "left open [whether it would come]": no circumstance, though the tree takes it for one. */
static bool is_whether(const struct analysis *a, int32_t verb, int32_t c)
{
  int32_t mark = rel(a, c) == DEP_ADVCL && c > verb ? tree_child(a, c, DEP_MARK) : TOKEN_NONE;
  return mark != TOKEN_NONE && mark == tok(a, c)->left && slice_is(tok(a, mark)->lemma, "whether");
}

/* A clause beside the cue's without a conjunction: "The report, he said, is wrong", "He said: it is wrong". */
static bool try_paratactic(const struct reader *r, struct draft *d)
{
  const struct analysis *a = r->a;
  int32_t v = d->cue, h = tok(a, v)->head;
  bool busy = tree_child(a, v, DEP_XCOMP) != TOKEN_NONE;
  int32_t subject = tree_child(a, v, DEP_NSUBJ);
  if (subject == TOKEN_NONE && rel(a, v) == DEP_PARATAXIS && d->source != TOKEN_NONE && d->source > h && tok(a, d->source)->head == h) { /* hung on that verb */
    d->content = h;
    draft_tokens(a, d, tok(a, h)->left, tok(a, d->source)->left);
    draft_tokens(a, d, tok(a, v)->right + 1, tok(a, h)->right + 1);
    return d->n_spans > 0;
  }
  int32_t left = tok(a, v)->left;
  bool apart = slice_is(tok(a, left)->form, ";") || (left > 0 && slice_is(tok(a, left - 1)->form, ";")); /* another sentence */
  if (rel(a, v) == DEP_PARATAXIS && h != TOKEN_NONE && subject != TOKEN_NONE && !busy && !apart) { /* "The report, he said, is wrong" */
    add_around(a, d, h, v);
    return d->n_spans > 0;
  }
  for (int32_t c = tok(a, v)->first_child; c != TOKEN_NONE; c = tok(a, c)->next_sibling)
    if (rel(a, c) == DEP_PARATAXIS && subject != TOKEN_NONE && is_clause(a, c) && !busy && tree_child(a, v, DEP_OBJ) == TOKEN_NONE) { /* "He said: ..." */
      add_clause(r, d, c);
      return true;
    }
  return false;
}

static bool try_that(const struct reader *r, struct draft *d)
{
  const struct analysis *a = r->a;
  int32_t v = d->cue;
  for (int32_t c = tok(a, v)->first_child; c != TOKEN_NONE; c = tok(a, c)->next_sibling)
    if ((rel(a, c) == DEP_CCOMP && !claim_of_another(r, v, c) && !elsewhere_asked(a, v, c)) || is_whether(a, v, c) ||
        (rel(a, c) == DEP_XCOMP && c > v && (tok(a, c)->feats & FEAT_FIN))) { /* no infinitive: "report [more than 30 died]" */
      int32_t object = tree_child(a, v, DEP_OBJ);
      add_clause(r, d, c);
      add_interrupted(a, d, c);
      bool parted = object > v && object < c && lacks_subject(a, c); /* "announced [two men] [had been killed]" */
      if (parted) draft_tokens(a, d, tok(a, object)->left, tok(a, c)->right + 1);
      return true;
    }
  if (elsewhere_stray(r, d) || elsewhere_shared(r, d)) return true;
  if (tok(a, v)->upos == UPOS_NOUN) return try_noun_clause(r, d) || elsewhere_copula(r, d) || elsewhere_colon(r, d);
  if (tok(a, v)->upos == UPOS_ADJ) return false;
  return try_paratactic(r, d);
}

/* What stands right behind the verb without a preposition is its object, whatever the tree calls it: "report over 30 cases". */
static int32_t bare_oblique(const struct reader *r, int32_t verb)
{
  const struct analysis *a = r->a;
  for (int32_t c = tok(a, verb)->first_child; c != TOKEN_NONE; c = tok(a, c)->next_sibling)
    if (c > verb && rel(a, c) == DEP_OBL && tok(a, c)->left == verb + 1 && tree_case(a, c) == TOKEN_NONE && r->date_at[c] == ID_NONE &&
        tree_child(a, c, DEP_NUMMOD) != TOKEN_NONE)
      return c;
  return TOKEN_NONE;
}

/* The phrase in front of "as X says" that the writer sets against what is so: "3 died, not [30] as X says".  False when there is none. */
static bool add_contrasted(const struct reader *r, struct draft *d, int32_t before)
{
  const struct analysis *a = r->a;
  int32_t first = a->sentences[tok(a, d->cue)->sentence].first, length;
  while (before > first && tok(a, before - 1)->upos == UPOS_PUNCT) before--;
  for (int32_t c = before - 1, step = 0; c > first && step < 4; c = tok(a, c)->head, step++) { /* the phrases that end there, from the smallest */
    if (c >= before || tok(a, c)->upos == UPOS_VERB) return false;
    for (int32_t t = c; t > tok(a, c)->left; t--) {
      if (!numbers_change_before(r->know->numbers, a, tok(a, c)->left, t, CHANGE_CONTRAST, &length)) continue;
      d->content = c;
      draft_tokens(a, d, t, before);
      return d->n_spans > 0;
    }
  }
  return false;
}

/* "as he said": the clause around it is the content. */
static bool try_as_clause(const struct reader *r, struct draft *d)
{
  const struct analysis *a = r->a;
  int32_t v = d->cue, h = tok(a, v)->head, mark = tree_child(a, v, DEP_MARK), length;
  if (deprel_base(rel(a, v)) != DEP_ADVCL || h == TOKEN_NONE || mark == TOKEN_NONE || tree_child(a, v, DEP_NSUBJ) == TOKEN_NONE) return false;
  if (tree_child(a, v, DEP_OBJ) != TOKEN_NONE || tree_child(a, v, DEP_XCOMP) != TOKEN_NONE || bare_oblique(r, v) != TOKEN_NONE) return false;
  if (!cues_at(r->know->cues, a, mark, mark + 1, CUE_AROUND, &length)) return false;
  if (add_contrasted(r, d, tok(a, v)->left)) return true;
  add_around(a, d, h, v);
  return d->n_spans > 0;
}

/* An infinitive or gerund, with the object that is its subject: "urged [Russia to leave]", "vowed [to stay]". */
static bool try_infinitive(const struct reader *r, struct draft *d)
{
  const struct analysis *a = r->a;
  int32_t v = d->cue, passive = d->source == TOKEN_NONE ? tree_child(a, v, DEP_NSUBJ_PASS) : TOKEN_NONE;
  for (int32_t c = tok(a, v)->first_child; c != TOKEN_NONE; c = tok(a, c)->next_sibling) {
    enum deprel l = rel(a, c);
    bool noun = tok(a, v)->upos == UPOS_NOUN;
    bool verbal = tok(a, c)->upos == UPOS_VERB || tree_child(a, c, DEP_MARK) != TOKEN_NONE;
    bool purpose = !noun && l == DEP_ADVCL && (tok(a, c)->feats & FEAT_INF) && tree_child(a, c, DEP_MARK) == tok(a, c)->left && !has_child(a, v, DEP_OBJ);
    if (c < v || !verbal || !(l == DEP_XCOMP || (noun && l == DEP_ACL) || purpose)) continue;
    if (noun && !(tok(a, c)->feats & FEAT_INF) && tree_child(a, c, DEP_MARK) == TOKEN_NONE) continue;
    int32_t object = tree_child(a, v, DEP_OBJ);
    if (object == TOKEN_NONE) object = tree_child(a, v, DEP_IOBJ);
    add_clause(r, d, c);
    if (passive != TOKEN_NONE) draft_tokens(a, d, tok(a, passive)->left, tok(a, passive)->right + 1); /* "[Rates] are expected [to rise]" */
    if (object != TOKEN_NONE && object > v && object < c) draft_tokens(a, d, tok(a, object)->left, tok(a, c)->right + 1);
    return true;
  }
  return false;
}

/* Does the phrase of `t` begin with "as"? */
static bool begins_as(const struct reader *r, int32_t t)
{
  int32_t first = tok(r->a, t)->left, length;
  return first < t && cues_at(r->know->cues, r->a, first, first + 1, CUE_AROUND, &length) != NULL;
}

/* Does the phrase of `t`, right behind `object`, begin with a mark of quotation: "called the plan “a hoax”"? */
static bool begins_quoted(const struct analysis *a, int32_t object, int32_t t)
{
  int32_t first = tok(a, t)->left, sentence = a->sentences[tok(a, t)->sentence].first;
  struct slice text = a->text;
  uint32_t at = tok(a, first)->upos == UPOS_PUNCT || first <= sentence ? tok(a, first)->span.begin : tok(a, first - 1)->span.begin;
  if (first <= object || at + 2 >= text.n || at < tok(a, object)->span.end) return false;
  for (int32_t b = object + 1; b < first; b++)
    if (tok(a, b)->upos == UPOS_PUNCT && tok(a, b)->span.begin < at) return false; /* "called the mayor, “Big Jim” Lee," */
  unsigned char c = (unsigned char)text.at[at];
  return c == '"' || c == '`' || (c == 0xE2 && (unsigned char)text.at[at + 1] == 0x80 && (unsigned char)text.at[at + 2] >= 0x98);
}

static int32_t quoted_apposition(const struct analysis *a, int32_t object)
{
  for (int32_t c = tok(a, object)->first_child; c != TOKEN_NONE; c = tok(a, c)->next_sibling)
    if (c > object && deprel_base(rel(a, c)) == DEP_APPOS && begins_quoted(a, object, c)) return c;
  return TOKEN_NONE;
}

/* What the object is called: a second object or a nominal predicate behind the verb, or with `as` a phrase that begins so. */
static int32_t name_given(const struct reader *r, int32_t verb, int32_t object, bool as)
{
  const struct analysis *a = r->a;
  for (int32_t c = tok(a, verb)->first_child; c != TOKEN_NONE; c = tok(a, c)->next_sibling) {
    enum deprel l = deprel_base(rel(a, c));
    if (c < verb || c == object) continue;
    if (!as && (l == DEP_XCOMP || l == DEP_OBJ) && tok(a, c)->upos != UPOS_VERB) return c;
    if (as && (l == DEP_OBL || l == DEP_ADVCL || l == DEP_XCOMP || l == DEP_NMOD) && begins_as(r, c)) return c;
  }
  if (object == TOKEN_NONE) return TOKEN_NONE;
  if (!as) return quoted_apposition(a, object);
  for (int32_t c = tok(a, object)->first_child; c != TOKEN_NONE; c = tok(a, c)->next_sibling) /* "labeled the plan as ..." with the phrase on the noun */
    if (c > object && deprel_base(rel(a, c)) == DEP_NMOD && begins_as(r, c)) return c;
  return TOKEN_NONE;
}

/* Object and what it is called: "called [it a hoax]", "described [the plan as a hoax]". */
static bool try_called(const struct reader *r, struct draft *d, bool as)
{
  const struct analysis *a = r->a;
  int32_t v = d->cue, object = tree_child(a, v, DEP_OBJ), name = name_given(r, v, object, as);
  if (name == TOKEN_NONE) return false;
  d->content = name;
  if (object != TOKEN_NONE && object > v && object < name) {
    draft_tokens(a, d, tok(a, object)->left, tok(a, name)->right + 1);
    return true;
  }
  if (object == TOKEN_NONE && deprel_base(rel(a, v)) == DEP_ACL && tok(a, v)->head < v && d->source != tok(a, v)->head)
    draft_add(d, tree_mention(a, tok(a, v)->head)); /* "[a claim] the hospital called [false]" */
  int32_t passive = tree_child(a, v, DEP_NSUBJ_PASS);
  if (passive != TOKEN_NONE) draft_tokens(a, d, tok(a, passive)->left, tok(a, passive)->right + 1);
  draft_tokens(a, d, tok(a, name)->left, tok(a, name)->right + 1);
  return true;
}

/* The last word of an infinitive that goes on behind token `t`: "called on Kyiv [to withdraw]". */
static int32_t infinitive_behind(const struct analysis *a, int32_t cue, int32_t t)
{
  for (int32_t c = tok(a, cue)->first_child; c != TOKEN_NONE; c = tok(a, c)->next_sibling) {
    int32_t mark = tree_child(a, c, DEP_MARK);
    bool clause = rel(a, c) == DEP_XCOMP || rel(a, c) == DEP_ADVCL || rel(a, c) == DEP_CCOMP;
    if (clause && c > t && mark == t + 1 && tok(a, mark)->upos == UPOS_PART) return tok(a, c)->right;
  }
  return t;
}

static bool holds_number(const struct reader *r, int32_t t)
{
  for (int32_t k = tok(r->a, t)->left; k <= t; k++)
    if (r->figure_at[k] != ID_NONE) return true;
  return false;
}

/* A phrase or gerund below `on` with one of the row's prepositions. */
static int32_t phrase_find(const struct reader *r, const struct cue *row, int32_t on, int32_t *marker)
{
  const struct analysis *a = r->a;
  for (int32_t c = tok(a, on)->first_child; c != TOKEN_NONE; c = tok(a, c)->next_sibling) {
    enum deprel l = deprel_base(rel(a, c));
    bool number = (row->patterns & CUE_NUMBER) != 0;
    if (c < on || (l != DEP_OBL && l != DEP_NMOD && l != DEP_ADVCL && l != DEP_ACL && !(number && l == DEP_OBJ))) continue;
    if (number && !holds_number(r, c)) continue;
    *marker = tree_case(a, c);
    if (*marker == TOKEN_NONE) *marker = tree_child(a, c, DEP_MARK);
    if (*marker == TOKEN_NONE && l == DEP_ADVCL && tok(a, tok(a, c)->left)->upos == UPOS_ADP) *marker = tok(a, c)->left; /* "drawn on [when it would be]" */
    if (*marker != TOKEN_NONE && *marker < c && cue_takes(row, tok(a, *marker)->lemma)) return c;
  }
  return TOKEN_NONE;
}

/* Whose phrases belong to the cue beside its own: "kept silent [on it]", "declined to be drawn [on it]"; TOKEN_NONE. */
static int32_t phrase_owner(const struct reader *r, int32_t cue)
{
  const struct analysis *a = r->a;
  if (rel(a, cue) == DEP_XCOMP && tok(a, cue)->upos == UPOS_ADJ) return tok(a, cue)->head;
  return cue_has_word(r, cue) ? tree_child(a, cue, DEP_XCOMP) : TOKEN_NONE;
}

/* One past the second of two numbers that a cue tells, which end at `end`: "the dead at [31 and the injured at 200]". */
static int32_t second_number(const struct reader *r, const struct cue *row, int32_t cue, int32_t object, int32_t end)
{
  const struct analysis *a = r->a;
  int32_t second = object != TOKEN_NONE ? tree_child(a, object, DEP_CONJ) : TOKEN_NONE, with;
  if (second == TOKEN_NONE) second = tree_child(a, cue, DEP_CONJ);
  if (second == TOKEN_NONE || second < end || tok(a, second)->right < end) return end;
  bool nominal = tok(a, second)->upos != UPOS_VERB || (has_child(a, second, DEP_DET) && phrase_find(r, row, second, &with) != TOKEN_NONE);
  return nominal ? tok(a, second)->right + 1 : end; /* no verb of its own */
}

/* The preposition goes to the cue ("called for [talks]"); an object between them belongs to the content ("accused [Kyiv of lying]"). */
static bool try_preposition(const struct reader *r, const struct cue *row, struct draft *d, int32_t *preposition)
{
  const struct analysis *a = r->a;
  int32_t marker, object = tree_child(a, d->cue, DEP_OBJ), c = phrase_find(r, row, d->cue, &marker);
  if (object == TOKEN_NONE) object = tree_child(a, d->cue, DEP_IOBJ);
  bool has = (row->patterns & (CUE_OBJECT | CUE_NUMBER)) || (tok(a, d->cue)->upos == UPOS_VERB && cue_has_word(r, d->cue));
  bool through = object != TOKEN_NONE && object > d->cue && has; /* "accused [Kyiv of lying]", not "welcomed the visit of" */
  if (c == TOKEN_NONE && through) c = phrase_find(r, row, object, &marker);
  const int32_t those = c == TOKEN_NONE && through && (row->patterns & CUE_NUMBER) ? tree_child(a, object, DEP_ACL) : TOKEN_NONE;
  if (those != TOKEN_NONE) c = phrase_find(r, row, those, &marker); /* "put the number of injured [at 12]" */
  int32_t owner = c == TOKEN_NONE ? phrase_owner(r, d->cue) : TOKEN_NONE;
  if (owner != TOKEN_NONE) c = phrase_find(r, row, owner, &marker);
  if (c == TOKEN_NONE || r->date_at[c] != ID_NONE) return false; /* "his remarks on Saturday" */
  int32_t end = infinitive_behind(a, d->cue, tok(a, c)->right) + 1;
  if (row->patterns & CUE_NUMBER) end = second_number(r, row, d->cue, object, end);
  d->content = c;
  if (object != TOKEN_NONE && object > d->cue && object < marker && (row->patterns & CUE_OBJECT)) {
    draft_tokens(a, d, tok(a, object)->left, end);
    return true;
  }
  draft_tokens(a, d, marker + 1, end);
  *preposition = marker;
  return true;
}

/* A nominal object; in a relative clause the noun that it hangs on, in a passive its subject. */
static bool try_object(const struct reader *r, const struct cue *row, struct draft *d)
{
  const struct analysis *a = r->a;
  struct frame f;
  if (elsewhere_which(r, row, d) || elsewhere_noun(r, row, d)) return true;
  int32_t own = tree_child(a, d->cue, DEP_OBJ);
  if (own == TOKEN_NONE) own = bare_oblique(r, d->cue);
  const int32_t second = own == TOKEN_NONE && cue_has_word(r, d->cue) ? tree_child(a, d->cue, DEP_XCOMP) : TOKEN_NONE;
  if (second > d->cue) own = tree_child(a, second, DEP_OBJ); /* "refused to accept [the ruling]" */
  if (own != TOKEN_NONE && (tok(a, own)->feats & FEAT_REL)) own = TOKEN_NONE; /* the noun that it stands for */
  frame_of(a, d->cue, &f);
  int32_t object = own != TOKEN_NONE && !f.passive ? own : frame_argument(a, &f, ROLE_OBJECT, NULL);
  if (object == TOKEN_NONE || object == d->source) return false;
  bool below = tree_dominates(a, d->cue, object);
  d->content = object;
  if (!below || (tok(a, object)->left <= d->cue && tok(a, object)->right >= d->cue)) {
    draft_add(d, tree_mention(a, object));
    return true;
  }
  draft_tokens(a, d, tok(a, object)->left, tok(a, object)->right + 1);
  return true;
}

static bool begins_content(const struct analysis *a, int32_t t)
{
  uint8_t u = tok(a, t)->upos;
  return u != UPOS_PUNCT && u != UPOS_ADP && u != UPOS_CCONJ && u != UPOS_PART;
}

/* An object of a verb that takes none, with a finite verb behind it: the subject of the clause that the tree has not drawn ("says [only two cases, with
 * one death, are known]"). */
static bool object_begins_clause(const struct analysis *a, const struct cue *rows, int32_t verb)
{
  int32_t object = tree_child(a, verb, DEP_OBJ), end = a->sentences[tok(a, verb)->sentence].end;
  for (const struct cue *row = rows; row; row = cues_next(row))
    if (row->patterns & CUE_OBJECT) return false;
  if (object < verb) return false;
  for (int32_t t = tok(a, object)->right + 1; t < end; t++)
    if (tok(a, t)->feats & FEAT_FIN) return tok(a, t)->upos == UPOS_AUX;
  return false;
}

/* A cue of speech whose tree gives it no content: the words themselves do.  "X says [the rest]"; "[what comes before], X says"; "[The report],
 * X says, [is wrong]". */
static bool try_words(const struct analysis *a, const struct cue *rows, struct draft *d)
{
  int32_t v = d->cue, subject = tree_child(a, v, DEP_NSUBJ);
  const struct sentence *s = &a->sentences[tok(a, v)->sentence];
  int32_t end = s->end;
  if (subject == TOKEN_NONE || (tok(a, subject)->feats & FEAT_REL)) return false;
  if ((has_child(a, v, DEP_OBJ) && !object_begins_clause(a, rows, v)) || has_child(a, v, DEP_IOBJ) || has_child(a, v, DEP_XCOMP)) return false;
  while (end > v && tok(a, end - 1)->upos == UPOS_PUNCT) end--;
  /* source and cue: tokens [from, to) */
  int32_t from = tok(a, subject)->left < v ? tok(a, subject)->left : v;
  int32_t to = subject > v ? tok(a, subject)->right + 1 : v + 1;
  if (from > v || to <= v) return false;
  bool comma = from > s->first + 1 && tok(a, from - 1)->upos == UPOS_PUNCT;
  bool aside = comma && (to >= end || (tok(a, to)->upos == UPOS_PUNCT && to - from <= 12));
  d->content = aside ? s->root : to;
  if (aside) {
    draft_tokens(a, d, s->first, from);
    draft_tokens(a, d, to, end);
    return d->n_spans > 0;
  }
  if (subject > v || end - to < 3 || !begins_content(a, to)) return false;
  draft_tokens(a, d, to, end);
  return true;
}

/* One pattern of one row; fills content, and the cue's preposition. */
static bool pattern_fits(const struct reader *r, const struct cue *row, enum cue_pattern pattern, struct draft *d, int32_t *preposition)
{
  switch (pattern) {
  case CUE_THAT: return try_that(r, d) || try_as_clause(r, d);
  case CUE_PREDICATE: return try_called(r, d, false);
  case CUE_AS: return try_called(r, d, true);
  case CUE_INFINITIVE: return try_infinitive(r, d);
  case CUE_PREPOSITION: return try_preposition(r, row, d, preposition);
  case CUE_OBJECT: return try_object(r, row, d);
  default: return false; /* CUE_QUOTE: see claims.c */
  }
}

const struct cue *cue_fits(const struct reader *r, const struct cue *rows, struct draft *d, int32_t *preposition)
{
  static const enum cue_pattern tries[] = {CUE_THAT, CUE_PREDICATE, CUE_AS, CUE_INFINITIVE, CUE_PREPOSITION, CUE_OBJECT};
  *preposition = TOKEN_NONE;
  for (size_t i = 0; i < sizeof tries / sizeof *tries; i++)
    for (const struct cue *row = rows; row; row = cues_next(row))
      if ((row->patterns & (uint32_t)tries[i]) && pattern_fits(r, row, tries[i], d, preposition)) return row;
  for (const struct cue *row = rows; row; row = cues_next(row))
    if (row->class == CUE_VERB && (row->patterns & CUE_THAT) && (row->patterns & CUE_QUOTE) && (try_words(r->a, rows, d) || elsewhere_object(r, d))) return row;
  return NULL;
}

/* Does a word that ends at `head`, or hangs on it, call a thing untrue, or true where it is negated? */
static bool word_untrue(const struct reader *r, int32_t first, int32_t head, bool negated)
{
  int32_t length;
  for (int32_t t = first; t <= head; t++) {
    const struct cue *untrue = cues_at(r->know->cues, r->a, t, head + 1, CUE_UNTRUE, &length);
    if (untrue && (t + length == head + 1 || tok(r->a, t)->head == head)) return negated == (untrue->negated == STANCE_DENIES);
  }
  return false;
}

/* Is what the object is called, or what is said of a report, that it is not so: "called it a hoax", "said the reports were false", "was not true"? */
static bool told_untrue(const struct reader *r, const struct draft *d)
{
  const struct analysis *a = r->a;
  int32_t head = d->content;
  bool noun = head != TOKEN_NONE && tok(a, head)->upos == UPOS_NOUN;
  for (int32_t c = noun ? tok(a, d->cue)->first_child : TOKEN_NONE; c != TOKEN_NONE; c = tok(a, c)->next_sibling)
    if (c > head && rel(a, c) == DEP_CCOMP && has_child(a, c, DEP_COP)) head = c; /* "said [reports of a raid] [were false]" */
  int32_t subject = head == TOKEN_NONE ? TOKEN_NONE : tree_child(a, head, DEP_NSUBJ);
  if (subject == TOKEN_NONE && head != d->content) subject = d->content;
  if (head == TOKEN_NONE || tok(a, head)->upos == UPOS_VERB) return false;
  if (rel(a, head) == DEP_CCOMP || rel(a, head) == DEP_PARATAXIS) { /* of a report, or of what "it" is */
    if (subject == TOKEN_NONE || !has_child(a, head, DEP_COP)) return false;
    bool back = tok(a, subject)->upos == UPOS_PRON || cues_find(r->know->cues, tok(a, subject)->lemma, CUE_BACK);
    if (!back) return false;
  } else if (!(d->row->patterns & (CUE_PREDICATE | CUE_AS)))
    return false;
  return word_untrue(r, subject != TOKEN_NONE && subject < head ? tok(a, subject)->right + 1 : tok(a, head)->left, head, cue_negated(r, head));
}

/* Does the content say what somebody else is to do: "insists that Moscow has to leave", "said the rebels must disarm"? */
static bool told_to(const struct reader *r, const struct draft *d)
{
  const struct analysis *a = r->a;
  int32_t head = d->content;
  if (head == TOKEN_NONE || tok(a, head)->upos != UPOS_VERB || (rel(a, head) != DEP_CCOMP && rel(a, head) != DEP_PARATAXIS)) return false;
  int32_t subject = tree_child(a, head, DEP_NSUBJ), infinitive = tree_child(a, head, DEP_XCOMP);
  if (subject == TOKEN_NONE) subject = tree_child(a, head, DEP_NSUBJ_PASS);
  if (subject == TOKEN_NONE || r->entity_at[subject] == ID_NONE || r->entities.at[r->entity_at[subject]].kind == KIND_OTHER) return false;
  if (d->source != TOKEN_NONE && r->entity_at[d->source] == r->entity_at[subject]) return false;
  const struct rule_class *duty = rules_class(r->know->rules, "duty");
  bool must = false, perfect = false, was = (tok(a, head)->feats & FEAT_PAST) && !(tok(a, d->cue)->feats & FEAT_PAST);
  for (int32_t c = tok(a, head)->first_child; c != TOKEN_NONE; c = tok(a, c)->next_sibling) {
    bool aux = deprel_base(rel(a, c)) == DEP_AUX;
    must |= aux && rule_class_word(duty, tok(a, c)->lemma);
    perfect |= aux && slice_is(tok(a, c)->lemma, "have");
  }
  bool has_to = slice_is(tok(a, head)->lemma, "have") && infinitive != TOKEN_NONE && has_child(a, infinitive, DEP_MARK) && !was;
  return !cue_negated(r, head) && ((must && !perfect) || has_to);
}

static void fill(const struct reader *r, const struct cue *row, struct draft *d)
{
  bool negated = cue_negated(r, d->cue);
  d->row = row;
  d->stance = negated && row->negated != STANCE_COUNT ? row->negated : row->stance;
  d->certainty = negated && row->negated != STANCE_COUNT ? CERTAINTY_UNSPECIFIED : row->certainty;
  if (cue_nobody(r, d->cue)) d->stance = row->stance == STANCE_DENIES || row->stance == STANCE_CONDEMNS ? STANCE_EVADES : STANCE_WITHHOLDS;
  if (d->stance == STANCE_WITHHOLDS && cue_outright(r, d->cue)) d->stance = STANCE_EVADES;
  if (negated || row->stance != STANCE_AFFIRMS) return;
  if (told_untrue(r, d)) d->stance = STANCE_DENIES;
  else if (told_to(r, d)) d->stance = STANCE_DEMANDS;
}

/* The verb that lends its subject to a noun cue: "issued a warning that". */
static int32_t light_verb(const struct reader *r, int32_t noun, struct know_line *where)
{
  int32_t h = tok(r->a, noun)->head;
  if (h == TOKEN_NONE || tok(r->a, h)->upos != UPOS_VERB) return TOKEN_NONE;
  const int32_t in = rel(r->a, noun) == DEP_OBL ? tree_case(r->a, noun) : TOKEN_NONE;
  const struct cue *row = in != TOKEN_NONE && h < noun && slice_is(tok(r->a, in)->lemma, "in") ? cue_rows(r, noun) : NULL;
  if (row && (row->stance == STANCE_SUPPORTS || row->stance == STANCE_CONDEMNS || row->stance == STANCE_DEFENDS)) return h; /* "voted in favour of" */
  if (rel(r->a, noun) != DEP_OBJ) return TOKEN_NONE;
  const struct cue *light = cues_find(r->know->cues, tok(r->a, h)->lemma, CUE_LIGHT);
  if (!light) return TOKEN_NONE;
  *where = light->where;
  return h;
}

/* A cue without a source still tells of speech when it has a clause ("It was reported that", "reports that"); nothing else does. */
static bool sourceless_fits(const struct analysis *a, const struct draft *d)
{
  if (d->row->stance == STANCE_ESTIMATES && (d->row->patterns & CUE_INFINITIVE) && tree_child(a, d->cue, DEP_AUX_PASS) != TOKEN_NONE) return true;
  bool clause = d->content != TOKEN_NONE && (rel(a, d->content) == DEP_CCOMP || rel(a, d->content) == DEP_ACL || rel(a, d->content) == DEP_CSUBJ);
  if (!clause || !(d->row->patterns & CUE_THAT)) return false;
  enum stance s = d->row->stance;
  if (tok(a, d->cue)->upos == UPOS_NOUN) return d->row->certainty != CERTAINTY_UNSPECIFIED || s == STANCE_REPORTS || s == STANCE_WARNS;
  bool passive = tree_child(a, d->cue, DEP_AUX_PASS) != TOKEN_NONE || (tok(a, d->cue)->feats & FEAT_PASS);
  return passive && tok(a, d->cue)->upos == UPOS_VERB;
}

/* Is the content a clause, or only a thing that the cue is about? */
static bool clausal(const struct analysis *a, const struct draft *d)
{
  enum deprel l = d->content == TOKEN_NONE ? DEP_DEP : rel(a, d->content);
  return l == DEP_CCOMP || l == DEP_PARATAXIS || l == DEP_ROOT || tok(a, d->content)->head != d->cue;
}

/* "to support": what somebody may do, not what he says. */
static bool is_infinitive(const struct reader *r, int32_t t)
{
  const struct analysis *a = r->a;
  const struct cue *above = rel(a, t) == DEP_XCOMP ? cues_find(r->know->cues, tok(a, tok(a, t)->head)->lemma, CUE_TIME) : NULL;
  if (above && cue_takes(above, SLICE("inf"))) return false; /* "used to support it", "has come to support it": he does or did */
  int32_t mark = tree_child(a, t, DEP_MARK);
  return tok(a, t)->upos == UPOS_VERB && mark != TOKEN_NONE && mark < t && tok(a, mark)->upos == UPOS_PART;
}

/* An adjective holds content only as a predicate. */
static bool is_predicate(const struct analysis *a, int32_t t)
{
  return tok(a, t)->upos != UPOS_ADJ || has_child(a, t, DEP_COP) || rel(a, t) == DEP_XCOMP || rel(a, t) == DEP_CONJ;
}

/* The cue's words; for a noun with a light verb near by from the verb on: "issued a warning". */
static void set_cue(const struct reader *r, struct draft *d, int32_t preposition, int32_t light)
{
  cue_tokens(r, d->cue, preposition, &d->cue_first, &d->cue_end);
  if (light == TOKEN_NONE || d->cue - light > 6) return;
  int32_t end = d->cue_end;
  cue_tokens(r, light, TOKEN_NONE, &d->cue_first, &d->cue_end);
  d->cue_end = end;
}

/* Source of the cue, or for a noun without one that of its light verb, which *light then names. */
static void set_source(const struct reader *r, const struct drafts *drafts, struct draft *d, int32_t *light)
{
  *light = TOKEN_NONE;
  d->source = source_find(r, d->cue, &d->antecedent);
  if (tok(r->a, d->cue)->upos != UPOS_NOUN || d->source != TOKEN_NONE) return;
  struct know_line where = {0};
  int32_t verb = light_verb(r, d->cue, &where);
  if (verb == TOKEN_NONE || drafts->at[verb] != ID_NONE) return;
  *light = verb;
  d->extra = where;
  d->source = source_find(r, verb, &d->antecedent);
}

/* Is what was found worth a claim? */
static bool is_claim(const struct reader *r, const struct draft *d, bool by_hold)
{
  const struct analysis *a = r->a;
  if (d->n_spans == 0) return false;
  if (d->source == TOKEN_NONE) {
    if (!sourceless_fits(a, d)) return false;
  } else if (d->content == d->source)
    return false;
  if (by_hold || clausal(a, d)) return true;
  const bool words = d->content != TOKEN_NONE && tok(a, d->content)->upos == UPOS_NOUN && cues_find(r->know->cues, tok(a, d->content)->lemma, CUE_BACK) &&
                     cues_find(r->know->cues, tok(a, d->content)->lemma, CUE_NOUN); /* who denies charges is somebody */
  return !is_infinitive(r, d->cue) && (d->source == TOKEN_NONE || words || source_is_agent(r, d->source, d->antecedent));
}

/* A cue that is one by what hangs on it: it leaves unsaid what another would say, or gives up a stance. */
static bool special(const struct reader *r, struct drafts *drafts, struct draft *d, const struct cue **rows, const struct cue *mute)
{
  const struct cue *hold = cue_holds(r, d->cue);
  if (mute && cue_takes(mute, SLICE("say"))) hold = mute;
  else if (mute) *rows = mute;
  int32_t passive = mute && d->source == TOKEN_NONE ? tree_child(r->a, d->cue, DEP_NSUBJ_PASS) : TOKEN_NONE; /* "could not be reached for comment" */
  if (passive != TOKEN_NONE) d->source = passive;
  if (d->source == TOKEN_NONE) return false;
  return unsaid_held(r, drafts, d, hold) || (*rows && unsaid_neither(r, drafts, d, *rows)) || cue_turn(r, drafts, d);
}

static bool cue_at(struct reader *r, struct drafts *drafts, int32_t t)
{
  const struct analysis *a = r->a;
  const struct cue *rows = cue_rows(r, t), *mute = cue_negated(r, t) ? cue_mute(r, t) : NULL;
  struct draft d = {.cue = t, .source = TOKEN_NONE, .antecedent = TOKEN_NONE, .content = TOKEN_NONE, .within = TOKEN_NONE};
  bool any = rows || mute || cue_holds(r, t) || cue_turns(r, t);
  if (!any || drafts->at[t] != ID_NONE || !is_predicate(a, t)) return true;
  int32_t light, preposition;
  set_source(r, drafts, &d, &light);
  bool by_hold = special(r, drafts, &d, &rows, mute);
  const struct cue *row = by_hold ? NULL : cue_fits(r, rows, &d, &preposition);
  if (row) {
    fill(r, row, &d);
    turn_former(r, &d);
    set_cue(r, &d, preposition, light);
    by_hold = row->class == CUE_MUTE; /* who returns no calls is somebody */
  } else if (!by_hold)
    by_hold = unsaid_none(r, rows, &d, light);
  if ((!row && !by_hold) || !is_claim(r, &d, by_hold)) return true;
  drafts->at[t] = (int32_t)drafts->list.n;
  return vec_push(&drafts->list, r->arena, d);
}

/* "..., according to X": the clause around is the content; so with "by X's count", whose `owner` is X. */
static bool source_phrase(struct reader *r, struct drafts *drafts, int32_t t, int32_t length, const struct cue *row, int32_t owner)
{
  const struct analysis *a = r->a;
  int32_t noun = tok(a, t)->head;
  if (noun == TOKEN_NONE || noun < t) return true;
  int32_t h = tok(a, noun)->head;
  if (h == TOKEN_NONE) return true;
  const struct sentence *s = &a->sentences[tok(a, t)->sentence];
  bool aside = t > 0 && tok(a, t - 1)->upos == UPOS_PUNCT;
  if (aside || tok(a, noun)->left == s->first)
    while (tok(a, h)->upos != UPOS_VERB && tok(a, h)->head != TOKEN_NONE && tree_child(a, h, DEP_COP) == TOKEN_NONE) h = tok(a, h)->head;
  bool last = tok(a, noun)->right + 1 >= s->end || (tok(a, noun)->right + 2 >= s->end && tok(a, s->end - 1)->upos == UPOS_PUNCT);
  if (aside && last) /* at the end it speaks for all that is coordinated */
    while (tok(a, h)->head != TOKEN_NONE && (rel(a, h) == DEP_CONJ || rel(a, h) == DEP_XCOMP || rel(a, h) == DEP_ADVCL || rel(a, h) == DEP_PARATAXIS ||
                                             rel(a, h) == DEP_CCOMP || deprel_base(rel(a, h)) == DEP_ACL))
      h = tok(a, h)->head;
  struct draft d = {.cue = t, .cue_first = t, .cue_end = t + length, .row = row, .stance = row->stance, .certainty = row->certainty,
                    .source = owner != TOKEN_NONE ? owner : noun, .antecedent = TOKEN_NONE, .content = TOKEN_NONE, .within = TOKEN_NONE};
  if (owner != TOKEN_NONE) {
    d.cue_first = noun;
    d.cue_end = noun + 1;
  }
  add_around(a, &d, h, noun);
  if (d.n_spans == 0) return true;
  drafts->at[t] = (int32_t)drafts->list.n;
  return vec_push(&drafts->list, r->arena, d);
}

/* "Reuters, citing two officials, said ...": what Reuters says, the officials said; their claim stands in its.  *full: no memory. */
static void relayed(struct reader *r, struct drafts *drafts, int32_t t, bool *full)
{
  const struct analysis *a = r->a;
  const int32_t above = tok(a, t)->head, object = tree_child(a, t, DEP_OBJ);
  const struct cue *row = cues_find(r->know->cues, tok(a, t)->lemma, CUE_RELAY);
  if (!row || object < t || above == TOKEN_NONE || (tok(a, t)->feats & FEAT_FIN) || !source_is_agent(r, object, TOKEN_NONE)) return;
  enum deprel l = deprel_base(rel(a, t));
  int32_t verb = l == DEP_ACL ? tok(a, above)->head : l == DEP_ADVCL ? above : TOKEN_NONE;
  if (verb != TOKEN_NONE && l == DEP_ADVCL && !elsewhere_relay(r, drafts, t, verb)) *full = true;
  if (verb == TOKEN_NONE || drafts->at[verb] < 0 || *full) return;
  const struct draft *said = &drafts->list.at[drafts->at[verb]];
  if (!said->row || !(said->row->patterns & CUE_QUOTE) || said->source == TOKEN_NONE || (l == DEP_ACL && said->source != above)) return;
  struct draft d = *said;
  draft_relay(&d, t, row, object, verb);
  uint32_t n = 0;
  for (uint32_t i = 0; i < d.n_spans; i++)
    if (!span_holds(d.spans[i], tok(a, t)->span)) d.spans[n++] = d.spans[i];
  d.n_spans = n;
  cue_tokens(r, t, TOKEN_NONE, &d.cue_first, &d.cue_end);
  if (drafts->at[t] >= 0) { /* it was read as a cue with them as what it tells */
    drafts->list.at[drafts->at[t]] = d;
    return;
  }
  drafts->at[t] = (int32_t)drafts->list.n;
  *full = !vec_push(&drafts->list, r->arena, d);
}

bool claims_from_trees(struct reader *r, struct drafts *drafts)
{
  for (uint32_t s = 0; s < r->a->n_sentences; s++)
    for (int32_t t = r->a->sentences[s].first, end = r->a->sentences[s].end; t < end; t++) {
      int32_t length;
      const struct cue *phrase = cues_at(r->know->cues, r->a, t, end, CUE_SOURCE, &length);
      int32_t owner = TOKEN_NONE;
      if (!phrase) phrase = count_of_owner(r, t, &owner, &length);
      if (phrase ? !source_phrase(r, drafts, t, length, phrase, owner) : !(cue_at(r, drafts, t) && elsewhere_side(r, drafts, t))) return false;
    }
  bool full = false;
  for (int32_t t = 0; t < r->a->n_tokens && !full; t++)
    if (tok(r->a, t)->upos == UPOS_VERB && !(tok(r->a, t)->feats & FEAT_FIN)) {
      relayed(r, drafts, t, &full);
      full |= !elsewhere_saying(r, drafts, t);
    }
  return !full;
}

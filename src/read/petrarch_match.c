/* petrarch_match.c: patterns of PETRARCH's dictionaries against a sentence.
 *
 * P1 (TABARI, PETRARCH): the words before '*' are sought leftwards from the verb, those behind it rightwards, each at its first place
 * behind the one before; a tied word ('_') stands at once beside it.  $ and + are the next actor phrase and name source and target.
 * P2 (PETRARCH2): each part is a noun phrase by its head, alone or behind its preposition, that hangs on the verb.
 * Of a block's patterns the longest that fits counts. */
#include "read/petrarch.h"

#define STEPS 600    /* that one pattern may take; a longer search is no fit */
#define REACH 100    /* tokens on each side of a verb that its patterns see */
#define SYNSETS 6    /* synsets within synsets */

struct walk {
  const struct petr_scene *s;
  const bool *may;       /* [token - first]: the pattern may see it */
  int dir;               /* 1: rightwards */
  uint32_t steps;
  int32_t source, target, both;
};

/* ---- what a verb's patterns may see ---- */

static bool closes_clause(const struct analysis *a, int32_t t)
{
  enum deprel d = (enum deprel)a->tokens[t].deprel, base = deprel_base(d);
  return d == DEP_ACL_RELCL || base == DEP_CCOMP || base == DEP_CSUBJ || base == DEP_PARATAXIS || base == DEP_ADVCL;
}

/* The topmost verb that what stands left of this one may belong to: a parenthesis, and a conjunct with a subject of its own, keep to
 * themselves.  Marks the way up. */
static void mark_path(struct petr_scene *s, int32_t verb, bool mark)
{
  const struct analysis *a = s->r->a;
  int32_t t = verb;
  for (int climb = 0; climb < REACH; climb++) {
    enum deprel d = deprel_base((enum deprel)a->tokens[t].deprel);
    s->path[t - s->first] = mark;
    if (a->tokens[t].head == TOKEN_NONE || d == DEP_PARATAXIS || (d == DEP_CONJ && tree_child(a, t, DEP_NSUBJ) != TOKEN_NONE)) break;
    t = a->tokens[t].head;
  }
}

static bool in_upper(const struct petr_scene *s, int32_t t)
{
  const struct analysis *a = s->r->a;
  for (int climb = 0; climb < REACH && t != TOKEN_NONE; climb++) {
    if (s->path[t - s->first]) return true;
    if (closes_clause(a, t)) return false;
    t = a->tokens[t].head;
  }
  return false;
}

static bool in_lower(const struct petr_scene *s, int32_t t, int32_t top)
{
  const struct analysis *a = s->r->a;
  for (int climb = 0; climb < REACH && t != TOKEN_NONE; climb++) {
    enum deprel d = deprel_base((enum deprel)a->tokens[t].deprel);
    if (t == top) return true;
    if (a->tokens[t].head == top && (d == DEP_PARATAXIS || d == DEP_CONJ)) return false;
    t = a->tokens[t].head;
  }
  return false;
}

/* "... attacked Gondor, an official said": where the subject begins, when it stands behind a comma and a verb before that. */
static int32_t own_clause(const struct analysis *a, int32_t verb, int32_t from)
{
  int32_t subject = TOKEN_NONE;
  for (int32_t c = a->tokens[verb].first_child; c != TOKEN_NONE && c < verb; c = a->tokens[c].next_sibling)
    if (deprel_base((enum deprel)a->tokens[c].deprel) == DEP_NSUBJ) subject = c;
  if (subject == TOKEN_NONE) return from;
  int32_t begin = a->tokens[subject].left;
  if (begin <= from || !slice_is(a->tokens[begin - 1].form, ",")) return from;
  for (int32_t t = begin - 1; t >= from; t--)
    if (a->tokens[t].upos == UPOS_VERB) return begin;
  return from;
}

/* A sentence's tokens are few, but a document may be one sentence: only REACH tokens on each side count, and climbs are as long. */
void petr_reach(struct petr_scene *s, int32_t verb, struct petr_reach *to)
{
  const struct analysis *a = s->r->a;
  int32_t from = verb - REACH > s->first ? verb - REACH : s->first, end = verb + REACH < s->end ? verb + REACH : s->end;
  for (int32_t t = s->reached - REACH; s->reached != TOKEN_NONE && t < s->reached + REACH; t++)
    if (t >= s->first && t < s->end) s->upper[t - s->first] = s->lower[t - s->first] = false;
  s->reached = verb;
  int32_t cut = own_clause(a, verb, from);
  if (cut > from) from = cut;
  mark_path(s, verb, true);
  for (int32_t t = from; t < verb; t++) s->upper[t - s->first] = in_upper(s, t);
  mark_path(s, verb, false);
  *to = (struct petr_reach){.verb = verb, .from = from, .last = verb, .upper = s->upper, .lower = s->lower};
  for (int32_t t = verb + 1; t < end; t++)
    if ((s->lower[t - s->first] = in_lower(s, t, verb))) to->last = t;
}

/* ---- P1 ---- */

static bool seen(const struct walk *w, int32_t word)
{
  return word >= 0 && word < (int32_t)w->s->n_words && w->may[w->s->words[word].token - w->s->first];
}

/* The next word in the direction that the pattern may see, from `word` on; -1: none. */
static int32_t next_seen(const struct walk *w, int32_t word)
{
  while (word >= 0 && word < (int32_t)w->s->n_words && !seen(w, word)) word += w->dir;
  return word >= 0 && word < (int32_t)w->s->n_words ? word : -1;
}

static bool synset_fits(const struct walk *w, const struct petr_synset *set, int32_t at, int depth, int32_t *next);

/* The member's words, in the order of the text or from its end; *next = the word beyond it. */
static bool member_fits(const struct walk *w, const struct petr_member *m, int32_t at, int depth, int32_t *next)
{
  for (uint32_t i = 0; i < m->n; i++) {
    uint32_t k = w->dir > 0 ? i : m->n - 1 - i;
    const struct petr_element *e = &m->at[k];
    if (i > 0) at = next_seen(w, at);
    if (!seen(w, at)) return false;
    if (e->item == PETR_SYNSET) {
      if (!synset_fits(w, &w->s->p->synsets.at[e->id], at, depth + 1, &at)) return false;
      continue;
    }
    uint32_t id = w->s->words[at].id;
    if (id != e->id && !(k == m->n - 1 && m->plural && id == m->plural)) return false;
    at += w->dir;
  }
  *next = at;
  return true;
}

/* The longest member that stands there. */
static bool synset_fits(const struct walk *w, const struct petr_synset *set, int32_t at, int depth, int32_t *next)
{
  bool any = false;
  int32_t best = at, end;
  for (size_t i = 0; depth < SYNSETS && i < set->members.n; i++) {
    if (!member_fits(w, &set->members.at[i], at, depth, &end)) continue;
    if (!any || (w->dir > 0 ? end > best : end < best)) best = end;
    any = true;
  }
  *next = best;
  return any;
}

/* The group at the word, and the word beyond it. */
static int32_t group_at(const struct walk *w, int32_t at, int32_t *next)
{
  const struct petr_scene *s = w->s;
  int32_t id = s->group_at[s->words[at].token - s->first];
  if (id == PETR_NONE) return PETR_NONE;
  const struct petr_group *g = &s->groups.at[id];
  *next = w->dir > 0 ? s->word_of[g->last + 1 - s->first] : s->word_of[g->first - s->first] - 1;
  return id;
}

/* Does the element stand at this word? */
static bool one_fits(struct walk *w, const struct petr_element *e, int32_t at, int32_t *next)
{
  const struct petr_scene *s = w->s;
  if (e->item == PETR_WORD) {
    *next = at + w->dir;
    return s->words[at].id == e->id;
  }
  if (e->item == PETR_SYNSET) return synset_fits(w, &s->p->synsets.at[e->id], at, 0, next);
  int32_t id = group_at(w, at, next);
  if (id == PETR_NONE) return false;
  uint32_t n = s->groups.at[id].n;
  if (e->item == PETR_SKIP) return true;
  if (n < (e->item == PETR_COMPOUND ? 2u : 1u)) return false;
  if (e->item == PETR_SOURCE) w->source = id;
  else if (e->item == PETR_TARGET) w->target = id;
  else if (w->dir < 0) w->both = id;
  else w->target = id;
  return true;
}

static bool all_fit(struct walk *w, const struct petr_element *e, uint32_t n, int32_t at)
{
  if (n == 0) return true;
  for (at = next_seen(w, at); at >= 0; at = next_seen(w, at + w->dir)) {
    int32_t next = at, source = w->source, target = w->target, both = w->both;
    if (++w->steps > STEPS) return false;
    if (one_fits(w, e, at, &next) && all_fit(w, e + 1, n - 1, next)) return true;
    w->source = source;
    w->target = target;
    w->both = both;
    if (e->adjacent) return false;
  }
  return false;
}

static bool p1_fits(const struct petr_scene *s, const struct petr_reach *reach, const struct petr_pattern *pattern, struct petr_match *to)
{
  struct walk w = {.s = s, .may = reach->upper, .dir = -1, .source = PETR_NONE, .target = PETR_NONE, .both = PETR_NONE};
  if (!all_fit(&w, pattern->before, pattern->n_before, s->word_of[to->first - s->first] - 1)) return false;
  w.may = reach->lower;
  w.dir = 1;
  if (!all_fit(&w, pattern->after, pattern->n_after, s->word_of[to->end - s->first])) return false;
  to->source = w.source;
  to->target = w.target;
  to->both = w.both;
  return true;
}

/* ---- P2 ---- */

/* Does the token hang on the verb without a clause between? */
static bool hangs_on(const struct analysis *a, int32_t t, int32_t verb)
{
  for (int climb = 0; climb < REACH && t != TOKEN_NONE && t != verb; climb++) {
    enum deprel d = deprel_base((enum deprel)a->tokens[t].deprel);
    if (closes_clause(a, t) || d == DEP_ACL || (d == DEP_CONJ && a->tokens[t].upos == UPOS_VERB)) return false;
    t = a->tokens[t].head;
  }
  return t == verb;
}

/* Does the element stand at some word of the tokens [first, last]?  *at: a word to begin with. */
static bool element_in(const struct petr_scene *s, const struct petr_element *e, int32_t first, int32_t last, const bool *may, int32_t *token)
{
  struct walk w = {.s = s, .may = may, .dir = -1};
  for (int32_t at = s->word_of[last + 1 - s->first] - 1; at >= s->word_of[first - s->first]; at--) {
    int32_t next;
    if (!seen(&w, at)) continue;
    if (e->item == PETR_WORD ? s->words[at].id == e->id : e->item == PETR_SYNSET && synset_fits(&w, &s->p->synsets.at[e->id], at, 0, &next)) {
      *token = s->words[at].token;
      return true;
    }
  }
  return false;
}

static bool has_preposition(const struct petr_scene *s, int32_t t, uint32_t id)
{
  const struct analysis *a = s->r->a;
  for (int32_t c = a->tokens[t].first_child; c != TOKEN_NONE; c = a->tokens[c].next_sibling) {
    enum deprel d = (enum deprel)a->tokens[c].deprel;
    if ((d == DEP_CASE || d == DEP_MARK) && s->words[s->word_of[c - s->first]].id == id && s->word_of[c - s->first] < s->word_of[c + 1 - s->first]) return true;
  }
  return false;
}

/* Is the token the head of this part? */
static bool part_at(const struct petr_scene *s, const struct petr_part *part, int32_t t, const bool *may)
{
  const struct analysis *a = s->r->a;
  int32_t found, first = a->tokens[t].left, last = a->tokens[t].right;
  if (part->has_preposition && !has_preposition(s, t, part->preposition)) return false;
  if (part->n == 0) return true;
  if (!element_in(s, &part->at[part->n - 1], t, t, may, &found)) return false;
  for (uint32_t i = 0; i + 1 < part->n; i++) /* modifiers, wherever they stand in the phrase */
    if (!element_in(s, &part->at[i], first < s->first ? t : first, last >= s->end ? t : last, may, &found)) return false;
  return true;
}

static int32_t group_of(const struct petr_scene *s, int32_t from, int32_t end, int step, const bool *may)
{
  for (int32_t t = from; t != end; t += step) {
    int32_t id = s->group_at[t - s->first];
    if (may[t - s->first] && id != PETR_NONE && s->groups.at[id].n) return id;
  }
  return PETR_NONE;
}

/* $, + or % as a part of its own: the nearest phrase with an actor on that side. */
static bool special_fits(const struct petr_scene *s, const struct petr_reach *reach, const struct petr_part *part, struct petr_match *to)
{
  int32_t id = part->before_verb ? group_of(s, to->first - 1, reach->from - 1, -1, reach->upper) : group_of(s, to->end, reach->last + 1, 1, reach->lower);
  if (part->at[0].item == PETR_SOURCE) to->source = id;
  else if (part->at[0].item == PETR_TARGET) to->target = id;
  else if (part->at[0].item == PETR_COMPOUND) to->both = id;
  return id != PETR_NONE && (part->at[0].item != PETR_COMPOUND || s->groups.at[id].n > 1);
}

/* The doer of a passive stands behind it. */
static bool doer_fits(const struct petr_scene *s, const struct petr_reach *reach, const struct petr_part *part, struct petr_match *to)
{
  const struct analysis *a = s->r->a;
  for (int32_t t = to->end; t <= reach->last; t++) {
    int32_t marker = tree_case(a, t);
    if (marker == TOKEN_NONE || !(slice_is(a->tokens[marker].lemma, "by") || slice_is(a->tokens[marker].lemma, "from"))) continue;
    if (hangs_on(a, t, reach->verb) && part_at(s, part, t, reach->lower)) return true;
  }
  return false;
}

static bool part_fits(const struct petr_scene *s, const struct petr_reach *reach, const struct petr_part *part, bool passive, struct petr_match *to)
{
  const bool *may = part->before_verb ? reach->upper : reach->lower;
  int32_t from = part->before_verb ? reach->from : to->end, end = part->before_verb ? to->first : reach->last + 1;
  if (part->n == 1 && part->at[0].item >= PETR_SOURCE) return special_fits(s, reach, part, to);
  for (int32_t t = from; t < end; t++)
    if (may[t - s->first] && (part->before_verb || hangs_on(s->r->a, t, reach->verb)) && part_at(s, part, t, may)) return true;
  return part->before_verb && passive && doer_fits(s, reach, part, to);
}

static bool p2_fits(const struct petr_scene *s, const struct petr_reach *reach, const struct petr_pattern *pattern, struct petr_match *to)
{
  bool passive = (s->r->a->tokens[reach->verb].feats & FEAT_PASS) != 0;
  to->source = to->target = to->both = PETR_NONE;
  for (uint32_t i = 0; i < pattern->n_parts; i++)
    if (!part_fits(s, reach, &pattern->parts[i], passive, to)) return false;
  return true;
}

/* ---- verbs ---- */

/* Do the form's other words stand beside the one at `word`? */
static bool form_fits(const struct petr_scene *s, const struct petr_form *form, int32_t word, struct petr_match *to)
{
  int32_t first = word - (int32_t)form->head, end = first + (int32_t)form->n;
  if (first < 0 || end > (int32_t)s->n_words) return false;
  for (uint32_t i = 0; i < form->n; i++)
    if (s->words[first + (int32_t)i].id != form->words[i]) return false;
  to->first = s->words[first].token;
  to->end = s->words[end - 1].token + 1;
  return true;
}

bool petr_block_has(const struct petrarch *p, uint32_t block, struct slice name)
{
  for (size_t i = 0; i < p->verbs.n; i++)
    if (p->verbs.at[i].block == block && slice_eq(p->verbs.at[i].name, name)) return true;
  return false;
}

/* The longest pattern of the verb's block that fits. */
static bool pattern_fits(const struct petr_scene *s, const struct petr_reach *reach, struct petr_match *to)
{
  const struct petr_block *block = &s->p->blocks.at[to->verb->block];
  to->p2 = block->p2;
  for (size_t i = 0; i < block->patterns.n; i++) {
    const struct petr_pattern *pattern = &block->patterns.at[i];
    if (!(block->p2 ? p2_fits(s, reach, pattern, to) : p1_fits(s, reach, pattern, to))) continue;
    to->pattern = pattern;
    to->act = pattern->act;
    return true;
  }
  to->source = to->target = to->both = PETR_NONE;
  return false;
}

/* A verb may stand in several blocks: one whose pattern fits goes before one with a code of its own. */
bool petr_match(const struct petr_scene *s, const struct petr_reach *reach, struct petr_match *to)
{
  int32_t word = s->word_of[reach->verb - s->first];
  uint32_t id = word < (int32_t)s->n_words && s->words[word].token == reach->verb ? s->words[word].id : 0, longest = 0;
  struct petr_match best = {.source = PETR_NONE, .target = PETR_NONE, .both = PETR_NONE};
  for (uint32_t link = id ? s->p->form_of.at[id] : 0; link; link = s->p->forms.at[link - 1].next) {
    const struct petr_form *form = &s->p->forms.at[link - 1];
    struct petr_match one = {.source = PETR_NONE, .target = PETR_NONE, .both = PETR_NONE};
    if (form->n < longest || !form_fits(s, form, word, &one)) continue;
    longest = form->n;
    one.verb = &s->p->verbs.at[form->verb];
    one.act = one.verb->act;
    if (pattern_fits(s, reach, &one)) {
      *to = one;
      return true;
    }
    if (!best.verb || (best.act.first.n + best.act.second.n == 0 && one.act.first.n + one.act.second.n)) best = one;
  }
  *to = best;
  return best.verb != NULL;
}

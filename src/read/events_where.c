/* events_where.c: where and when an act happened, and what the sentence is about. */
#include "read/events.h"

#define CONTEXT_WINDOW 40 /* tokens on each side */
#define CLIMB 3

/* The place that a phrase names: at its head, or at a name inside it ("the city of Qaim", "the capital, Kyiv").  Not one that stands for a
 * government or a nationality. */
static int32_t place_in(const struct reader *r, int32_t token)
{
  const struct analysis *a = r->a;
  char room[64];
  int32_t id = r->place_at[token];
  if (id != ID_NONE && (r->places.at[id].use == USE_LITERAL || r->places.at[id].use == USE_MODIFIER)) return id;
  for (int32_t c = a->tokens[token].first_child; c != TOKEN_NONE; c = a->tokens[c].next_sibling) {
    enum deprel d = deprel_base((enum deprel)a->tokens[c].deprel);
    bool within = d == DEP_APPOS || d == DEP_COMPOUND || d == DEP_FLAT || d == DEP_CONJ || a->tokens[c].deprel == DEP_NMOD_POSS;
    if (d == DEP_NMOD && tree_case(a, c) != TOKEN_NONE)
      within = rule_class_word(rules_class(r->know->rules, "of-place"), events_lemma(r, tree_case(a, c), room));
    id = within ? r->place_at[c] : ID_NONE;
    if (id != ID_NONE && (r->places.at[id].use == USE_LITERAL || r->places.at[id].use == USE_MODIFIER)) return id;
  }
  return ID_NONE;
}

/* Sets what the adposition of the phrase tells. */
static void by_marker(const struct reader *r, int32_t token, int32_t marker, struct event *e)
{
  char room[64];
  if (marker == TOKEN_NONE) return;
  const struct rules *rules = r->know->rules;
  struct slice lemma = events_lemma(r, marker, room);
  int32_t *to = rule_class_word(rules_class(rules, "at-place"), lemma)      ? &e->place
                : rule_class_word(rules_class(rules, "from-place"), lemma) ? &e->origin
                : rule_class_word(rules_class(rules, "to-place"), lemma)   ? &e->destination
                                                                           : NULL;
  if (to && *to == ID_NONE) *to = place_in(r, token);
}

static void below(const struct reader *r, int32_t head, struct event *e)
{
  const struct analysis *a = r->a;
  for (int32_t c = a->tokens[head].first_child; c != TOKEN_NONE; c = a->tokens[c].next_sibling) {
    enum deprel d = deprel_base((enum deprel)a->tokens[c].deprel);
    if (d == DEP_OBL || d == DEP_NMOD) by_marker(r, c, tree_case(a, c), e);
  }
}

void events_where(struct reader *r, const struct match *m, struct event *e)
{
  const struct analysis *a = r->a;
  e->place = e->origin = e->destination = ID_NONE;
  for (uint32_t i = 0; i < m->frame.n; i++) {
    const struct argument *arg = &m->frame.arguments[i];
    if (arg->role == ROLE_OBLIQUE) by_marker(r, arg->token, arg->marker, e);
  }
  for (uint32_t i = 0; i < m->frame.n; i++)
    if (m->frame.arguments[i].role == ROLE_OBJECT || m->frame.arguments[i].role == ROLE_OBLIQUE) below(r, m->frame.arguments[i].token, e);
  for (uint32_t i = 0; i < m->frame.n && m->frame.nominal && e->place == ID_NONE; i++) { /* "the Gaza attack" */
    const struct argument *arg = &m->frame.arguments[i];
    int32_t id = arg->role == ROLE_MODIFIER ? r->place_at[arg->token] : ID_NONE;
    if (id != ID_NONE && (r->places.at[id].use == USE_MODIFIER || (r->places.at[id].kind == PLACE_CITY && r->places.at[id].use == USE_METONYM))) e->place = id;
  }
  /* the clause that it is part of: "killing five in Gaza" hangs on what happened there */
  int32_t t = m->frame.predicate;
  for (int step = 0; step < CLIMB && e->place == ID_NONE; step++) {
    enum deprel d = (enum deprel)a->tokens[t].deprel;
    if (a->tokens[t].head == TOKEN_NONE || d == DEP_CCOMP || d == DEP_ACL_RELCL || d == DEP_PARATAXIS || d == DEP_ACL ||
        (d == DEP_CONJ && tree_child(a, t, DEP_NSUBJ) != TOKEN_NONE))
      return;
    t = a->tokens[t].head;
    if (a->tokens[t].upos == UPOS_VERB) below(r, t, e);
  }
}

/* A date that hangs on the token. */
static int32_t date_below(const struct reader *r, int32_t head)
{
  const struct analysis *a = r->a;
  for (int32_t c = a->tokens[head].first_child; c != TOKEN_NONE; c = a->tokens[c].next_sibling) {
    int32_t id = r->date_at[c];
    if (id == ID_NONE || r->date_at[head] == id) continue;
    if (r->dates.at[id].type == DATE_DATE || r->dates.at[id].type == DATE_TIME) return id;
  }
  return ID_NONE;
}

void events_when(struct reader *r, const struct match *m, struct event *e)
{
  const struct analysis *a = r->a;
  e->date.id = ID_NONE;
  int32_t t = m->frame.predicate;
  for (int step = 0; step <= CLIMB && e->date.id == ID_NONE; step++) {
    e->date.id = date_below(r, t);
    for (uint32_t i = 0; step == 0 && i < m->frame.n && e->date.id == ID_NONE; i++) {
      enum frame_role role = m->frame.arguments[i].role;
      if (role == ROLE_OBJECT || role == ROLE_OBLIQUE || role == ROLE_MODIFIER) {
        int32_t arg = m->frame.arguments[i].token;
        int32_t id = r->date_at[arg];
        if (id != ID_NONE && r->dates.at[id].type <= DATE_TIME) e->date.id = id;
        else if (!m->frame.arguments[i].shared && role != ROLE_MODIFIER) e->date.id = date_below(r, arg);
      }
    }
    enum deprel d = (enum deprel)a->tokens[t].deprel;
    if (a->tokens[t].head == TOKEN_NONE || d == DEP_CCOMP || d == DEP_ACL_RELCL || d == DEP_PARATAXIS || d == DEP_ACL || d == DEP_ADVCL) break;
    t = a->tokens[t].head;
  }
  if (e->date.id != ID_NONE) e->date.value = r->dates.at[e->date.id].value;
}

void events_contexts(struct reader *r, int32_t token, struct event *e)
{
  const struct analysis *a = r->a;
  const struct sentence *s = &a->sentences[a->tokens[token].sentence];
  int32_t first = token - CONTEXT_WINDOW > s->first ? token - CONTEXT_WINDOW : s->first;
  int32_t end = token + CONTEXT_WINDOW < s->end ? token + CONTEXT_WINDOW : s->end;
  size_t n;
  const struct rule_context *contexts = rules_contexts(r->know->rules, &n);
  for (size_t i = 0; i < n && e->n_contexts < EVENT_CONTEXTS; i++)
    for (int32_t t = first; t < end; t++) {
      uint8_t u = a->tokens[t].upos;
      if (u != UPOS_NOUN && u != UPOS_VERB && u != UPOS_ADJ && u != UPOS_PROPN) continue;
      if (!events_in_class(r, t, contexts[i].class)) continue;
      e->contexts[e->n_contexts++] = contexts[i].context;
      trace_add(&e->trace, contexts[i].where);
      break;
    }
}

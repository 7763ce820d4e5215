/* events_elsewhere.c: parties that stand at none of a rule's places: a recipient anywhere in what the clause tells, and whoever a nominal act was
 * held with, told as the subject of its clause.  Both are guesses, of the types that the rules name for them. */
#include "read/events.h"

/* The country, or the group that leads the code of who has none ("IGO"). */
static struct slice country_code(const struct party *p)
{
  if (p->country.n || p->code.n == 0) return p->country;
  return slice_sub(p->code, 0, p->code.n < 3 ? p->code.n : 3);
}

/* How good a recipient somebody named elsewhere makes: of another country than who acts, of theirs, or none. */
static int elsewhere_rank(const struct event *e, const struct party *p)
{
  if (p->country.n == 0 && p->code.n == 0) return 0;
  bool own = false;
  for (uint32_t i = 0; i < e->actor.n; i++) {
    const struct party *actor = &e->actor.at[i];
    if (actor->token == p->token || (p->entity != ID_NONE && actor->entity == p->entity)) return 0;
    own |= slice_eq(country_code(actor), country_code(p));
  }
  return own ? 1 : 2;
}

/* Does the child belong to what its head tells, not to a clause of its own or to who acts? */
static bool tells_more(const struct analysis *a, int32_t child)
{
  enum deprel exact = (enum deprel)a->tokens[child].deprel, d = deprel_base(exact);
  if (d == DEP_NSUBJ) return exact == DEP_NSUBJ_PASS;
  if (d == DEP_CONJ) return a->tokens[child].upos != UPOS_VERB;
  if (d == DEP_ADVCL) return tree_child(a, child, DEP_MARK) == TOKEN_NONE || (a->tokens[child].feats & FEAT_INF);
  return d != DEP_PARATAXIS && d != DEP_PUNCT && d != DEP_APPOS;
}

#define ELSEWHERE_DEPTH 6
#define ELSEWHERE_TOKENS 60
struct elsewhere {
  struct party best;
  int rank, seen;
};

/* "expressed outrage over the attack *in Paris*": words are not said to where it was. */
static bool is_setting(const struct reader *r, const struct event *e, int32_t place)
{
  const struct rule_class *acts = rules_class(r->know->rules, "said-of-acts");
  const int32_t marker = tree_case(r->a, place);
  char room[64];
  if (marker == TOKEN_NONE || !acts || !rule_class_act(r->know->rules, acts, e->type, e->mode)) return false;
  return rule_class_word(rules_class(r->know->rules, "scene"), events_lemma(r, marker, room));
}

static bool is_told_by(const struct reader *r, int32_t token)
{
  char room[64];
  const int32_t marker = tree_case(r->a, token);
  return marker != TOKEN_NONE && rule_class_word(rules_class(r->know->rules, "told-by"), events_lemma(r, marker, room));
}

static void look_below(const struct reader *r, const struct event *e, int32_t head, int depth, struct elsewhere *at)
{
  const struct analysis *a = r->a;
  for (int32_t c = a->tokens[head].first_child; c != TOKEN_NONE && at->rank < 2 && at->seen < ELSEWHERE_TOKENS; c = a->tokens[c].next_sibling) {
    if (depth == 0 ? !tells_more(a, c) : a->tokens[c].deprel == DEP_ACL_RELCL || a->tokens[c].deprel == DEP_PARATAXIS) continue;
    if (is_told_by(r, c)) continue;
    at->seen++;
    struct party p;
    const int32_t whose = r->entity_at[head]; /* "Ana Li *of Texas*" */
    const bool person = whose != ID_NONE && r->entities.at[whose].kind == KIND_PERSON;
    bool somebody = events_somebody(r, c, &p) || (!person && !is_setting(r, e, c) && events_somewhere(r, c, &p));
    int rank = somebody && p.sectors[0] != SECTOR_JRN ? elsewhere_rank(e, &p) : 0; /* who is told of it in an interview does not suffer it */
    if (rank == 1 && depth == 0 && a->tokens[c].deprel == DEP_OBJ) rank = 0; /* "sent two of its teams": what is sent */
    if (rank > at->rank) {
      at->best = p;
      at->rank = rank;
    }
    if (depth < ELSEWHERE_DEPTH) look_below(r, e, c, depth + 1, at);
  }
}

bool events_elsewhere(struct reader *r, const struct match *m, struct event *e)
{
  const struct know_line where = rules_elsewhere(r->know->rules, ELSEWHERE_RECIPIENT, rules_type(r->know->rules, e->type));
  if (e->recipient.n || m->rule->recipient.n == 0 || e->actor.n == 0 || where.table == 0) return true;
  struct elsewhere at = {.rank = 0};
  look_below(r, e, m->frame.predicate, 0, &at);
  if (at.rank == 0 && m->light != TOKEN_NONE) look_below(r, e, m->light, 0, &at);
  if (at.rank == 0) return true;
  trace_add(&e->trace, where);
  return events_add_party(r, &e->recipient, &at.best);
}

#define ATTEND_STEPS 3 /* clauses above: "speaking after talks with B, A said" */

/* The predicate of the nearest clause above the noun that has a subject of its own: "after talks with B, A said". */
static int32_t clause_of_subject(const struct analysis *a, int32_t noun)
{
  int32_t verb = a->tokens[noun].head;
  for (int i = 0; i < ATTEND_STEPS && verb != TOKEN_NONE; i++) {
    if (tree_child(a, verb, DEP_NSUBJ) != TOKEN_NONE || tree_child(a, verb, DEP_NSUBJ_PASS) != TOKEN_NONE) return verb;
    const enum deprel d = deprel_base((enum deprel)a->tokens[verb].deprel);
    if (d != DEP_ADVCL && d != DEP_XCOMP && d != DEP_CONJ) return TOKEN_NONE;
    verb = a->tokens[verb].head;
  }
  return TOKEN_NONE;
}

bool events_attended(struct reader *r, const struct match *m, struct event *e)
{
  const struct analysis *a = r->a;
  const int32_t t = m->frame.predicate;
  const struct know_line where = rules_elsewhere(r->know->rules, ELSEWHERE_ACTOR, rules_type(r->know->rules, e->type));
  if (where.table == 0 || e->actor.n != 1 || e->recipient.n || m->light != TOKEN_NONE || deprel_base((enum deprel)a->tokens[t].deprel) != DEP_OBL) return true;
  const int32_t marker = tree_case(a, e->actor.at[0].token), verb = clause_of_subject(a, t);
  /* only who stands behind the act: "talks with B" */
  if (marker == TOKEN_NONE || marker < t || verb == TOKEN_NONE || e->actor.at[0].sectors[0] == SECTOR_JRN) return true;
  int32_t subject = tree_child(a, verb, DEP_NSUBJ);
  if (subject == TOKEN_NONE) subject = tree_child(a, verb, DEP_NSUBJ_PASS);
  struct party p;
  if (!events_somebody(r, subject, &p) || p.sectors[0] == SECTOR_JRN || elsewhere_rank(e, &p) != 2) return true;
  trace_add(&e->trace, where);
  return events_add_party(r, &e->actor, &p);
}

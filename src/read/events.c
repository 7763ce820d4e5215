/* events.c: the events of a document: for each token that fires a rule, who did what to whom, where, when, and how real it is.
 *
 * An event needs somebody codable (contract: a country, a sector or a code).  A nominal told by a verb that is an event of the same type
 * ("condemned ... in a condemnation", "struck with strikes") is that event and no second one. */
#include "read/events.h"
#include "read/petrarch.h"
#include <stdlib.h>

/* "with", "using": what the act was done with, by the instrument words of the rules. */
static bool is_means(const struct reader *r, const struct argument *arg)
{
  char room[64];
  if (arg->role == ROLE_SUBJECT || arg->role == ROLE_MODIFIER) return true;
  if (arg->role != ROLE_OBLIQUE || arg->marker == TOKEN_NONE) return false;
  return rule_class_word(rules_class(r->know->rules, "means"), events_lemma(r, arg->marker, room));
}

static bool put_instrument(struct reader *r, struct event *e, int32_t token)
{
  struct span span = events_thing(r, events_inside(r, token)); /* of "20 kg of dynamite" the dynamite */
  for (uint32_t i = 0; i < e->instrument.n; i++)
    if (span_meets(e->instrument.at[i], span)) return true;
  struct span *grown = arena_grow(r->arena, e->instrument.at, e->instrument.n * sizeof *grown, (e->instrument.n + 1) * sizeof *grown);
  if (!grown) return false;
  grown[e->instrument.n++] = span;
  e->instrument.at = grown;
  return true;
}

/* Is the noun an act itself ("bomb attack"), or what comes out of a weapon ("machine-gun fire")?  A charge that explodes is none. */
static bool is_act(const struct reader *r, int32_t token)
{
  char room[64];
  struct slice lemma = events_lemma(r, token, room);
  if (rule_class_word(rules_class(r->know->rules, "explosive"), lemma)) return false;
  return rules_at(r->know->rules, TRIGGER_NOUN, lemma) != NULL || rule_class_word(rules_class(r->know->rules, "discharge"), lemma);
}

/* The thing that it was done with: no gunman; of an act the weapon that is told in front of it. */
static bool add_instrument(struct reader *r, struct event *e, int32_t token)
{
  const struct analysis *a = r->a;
  int32_t entity = r->entity_at[token];
  if (entity != ID_NONE && (r->entities.at[entity].kind == KIND_PERSON || r->entities.at[entity].kind == KIND_GROUP)) return true;
  if (!is_act(r, token)) return put_instrument(r, e, token);
  size_t n;
  const struct rule_finer *finer = rules_instruments(r->know->rules, &n);
  for (int32_t c = a->tokens[token].first_child; c != TOKEN_NONE && c < token; c = a->tokens[c].next_sibling) {
    if (deprel_base((enum deprel)a->tokens[c].deprel) != DEP_COMPOUND || is_act(r, c)) continue;
    for (size_t f = 0; f < n; f++)
      if (slice_eq(finer[f].type, e->type) && events_in_class(r, c, finer[f].class)) return put_instrument(r, e, c);
  }
  return true;
}

static void refine(struct event *e, const struct rule_finer *finer)
{
  if (e->mode.n) return;
  e->mode = finer->mode;
  if (e->cameo.n == 3 && e->cameo.at[2] == '0') e->cameo = finer->cameo; /* a rule's own finer code stays */
  e->score = finer->score;
  trace_add(&e->trace, finer->where);
}

/* What is used for the act: "used mortars to | attack", "| attacked them using mortars". */
static int32_t used_for(const struct reader *r, int32_t verb)
{
  const struct analysis *a = r->a;
  const struct rule_class *use = rules_class(r->know->rules, "use");
  char room[64];
  enum deprel d = deprel_base((enum deprel)a->tokens[verb].deprel);
  int32_t head = a->tokens[verb].head;
  if ((d == DEP_ADVCL || d == DEP_XCOMP) && rule_class_word(use, events_lemma(r, head, room))) return tree_child(a, head, DEP_OBJ);
  for (int32_t c = a->tokens[verb].first_child; c != TOKEN_NONE; c = a->tokens[c].next_sibling)
    if (a->tokens[c].deprel == DEP_ADVCL && rule_class_word(use, events_lemma(r, c, room))) return tree_child(a, c, DEP_OBJ);
  return TOKEN_NONE;
}

/* What a word says of the means: itself, or, of a deed ("in a bomb attack"), what stands before it. */
static int32_t means_at(const struct reader *r, int32_t token, const struct rule_class *class)
{
  const struct analysis *a = r->a;
  char room[64];
  if (events_in_class(r, token, class)) return token;
  if (a->tokens[token].upos != UPOS_NOUN || !rule_class_word(rules_class(r->know->rules, "deed"), events_lemma(r, token, room))) return TOKEN_NONE;
  for (int32_t c = a->tokens[token].first_child; c != TOKEN_NONE && c < token; c = a->tokens[c].next_sibling) {
    enum deprel d = deprel_base((enum deprel)a->tokens[c].deprel);
    if ((d == DEP_COMPOUND || d == DEP_AMOD) && events_in_class(r, c, class)) return c;
  }
  return TOKEN_NONE;
}

/* Who acts may be told with what they carry ("gunmen armed with machetes", "aircraft using bombs"): the tokens of it. */
static void carried(const struct reader *r, const struct match *m, struct slot_tokens *to)
{
  const struct analysis *a = r->a;
  char room[64];
  to->n = 0;
  for (uint32_t i = 0; i < m->frame.n; i++) {
    if (m->frame.arguments[i].role != ROLE_SUBJECT) continue;
    for (int32_t c = a->tokens[m->frame.arguments[i].token].first_child; c != TOKEN_NONE; c = a->tokens[c].next_sibling) {
      bool carries = rule_class_word(rules_class(r->know->rules, "carry"), events_lemma(r, c, room));
      if (!carries || deprel_base((enum deprel)a->tokens[c].deprel) != DEP_ACL) continue;
      for (int32_t k = a->tokens[c].first_child; k != TOKEN_NONE && to->n < SLOT_TOKENS; k = a->tokens[k].next_sibling)
        if (k > c && a->tokens[k].deprel != DEP_PUNCT) to->at[to->n++] = k;
    }
  }
}

/* The mode by what the act was done with. */
static bool by_instrument(struct reader *r, const struct match *m, struct event *e)
{
  size_t n;
  const struct rule_finer *finer = rules_instruments(r->know->rules, &n);
  struct slot_tokens means, own;
  carried(r, m, &means);
  for (uint32_t i = 0; i < m->frame.n; i++)
    if (is_means(r, &m->frame.arguments[i]) && means.n < SLOT_TOKENS) means.at[means.n++] = m->frame.arguments[i].token;
  for (uint32_t i = 0; i < m->rule->instrument.n; i++) {
    events_slot(r, m, &m->rule->instrument.slot[i], &own);
    for (uint32_t k = 0; k < own.n && means.n < SLOT_TOKENS; k++) {
      memmove(means.at + k + 1, means.at + k, (means.n - k) * sizeof *means.at); /* what the rule names is asked first */
      means.at[k] = own.at[k];
      means.n++;
    }
  }
  int32_t used = m->frame.nominal ? TOKEN_NONE : used_for(r, m->frame.predicate);
  if (used != TOKEN_NONE && means.n < SLOT_TOKENS) means.at[means.n++] = used;
  for (int32_t c = used == TOKEN_NONE ? TOKEN_NONE : r->a->tokens[used].first_child; c != TOKEN_NONE && means.n < SLOT_TOKENS; c = r->a->tokens[c].next_sibling)
    if (r->a->tokens[c].deprel == DEP_CONJ) means.at[means.n++] = c;
  for (uint32_t i = 0; i < means.n; i++)
    for (size_t f = 0; f < n; f++) {
      int32_t at = slice_eq(finer[f].type, e->type) ? means_at(r, means.at[i], finer[f].class) : TOKEN_NONE;
      if (at == TOKEN_NONE) continue;
      refine(e, &finer[f]);
      if (!add_instrument(r, e, at)) return false;
      break;
    }
  for (size_t f = 0; f < n && e->mode.n == 0; f++)
    if (slice_eq(finer[f].type, e->type) && events_in_class(r, m->frame.predicate, finer[f].class)) refine(e, &finer[f]);
  return true;
}

/* The mode of a request, refusal or threat by what it is about: a clause, an object or "for". */
static void by_content(struct reader *r, const struct match *m, struct event *e)
{
  size_t n;
  const struct rule_finer *finer = rules_contents(r->know->rules, &n);
  int32_t about[2 * FRAME_ARGUMENTS + SLOT_TOKENS + 1];
  uint32_t n_about = 0;
  for (uint32_t i = 0; i < m->frame.n; i++) {
    enum frame_role role = m->frame.arguments[i].role;
    if (role == ROLE_CLAUSE || role == ROLE_OBJECT || role == ROLE_OBLIQUE) about[n_about++] = m->frame.arguments[i].token;
    int32_t within = role == ROLE_CLAUSE   ? tree_child(r->a, m->frame.arguments[i].token, DEP_OBJ)
                     : role == ROLE_OBJECT ? tree_child(r->a, m->frame.arguments[i].token, DEP_ACL)
                                           : TOKEN_NONE;
    if (within != TOKEN_NONE) about[n_about++] = within; /* "refused to hold an *election*", "rejected calls to *withdraw*" */
  }
  struct slot_tokens below; /* "appealed to the donors for aid", as some trees have it */
  events_slot(r, m, &(struct rule_slot){.slot = SLOT_ADPOSITION, .word = SLICE("for")}, &below);
  for (uint32_t i = 0; i < below.n; i++) about[n_about++] = below.at[i];
  int32_t purpose = tree_child(r->a, m->frame.predicate, DEP_ADVCL); /* "called on him to resign" */
  if (purpose != TOKEN_NONE && (r->a->tokens[purpose].feats & FEAT_INF)) about[n_about++] = purpose;
  for (size_t f = 0; f < n && e->mode.n == 0; f++) {
    if (!slice_eq(finer[f].type, e->type)) continue;
    for (uint32_t i = 0; i < n_about && e->mode.n == 0; i++)
      if (events_in_class(r, events_inside(r, about[i]), finer[f].class) || events_tells(r, about[i], finer[f].class)) refine(e, &finer[f]);
  }
}

/* The mode of a meeting by where it was held: in a country of none of those who met. */
static void by_venue(struct reader *r, struct event *e)
{
  size_t n;
  const struct rule_finer *venue = rules_venues(r->know->rules, &n);
  if (e->place == ID_NONE || e->actor.n + e->recipient.n < 2) return;
  struct slice country = r->places.at[e->place].country;
  for (uint32_t i = 0; i < e->actor.n + e->recipient.n; i++) {
    const struct party *p = i < e->actor.n ? &e->actor.at[i] : &e->recipient.at[i - e->actor.n];
    if (p->country.n == 0 || slice_eq(p->country, country)) return;
  }
  for (size_t i = 0; i < n; i++)
    if (slice_eq(venue[i].type, e->type)) refine(e, &venue[i]);
}

#define CLAIMS_BACK 8 /* claims that begin before the act and may hold it */

/* "Israel strikes Beirut, killing 12: ministry": who is named beside a mark tells of it, whatever the tree makes of him. */
static void no_teller(const struct reader *r, int32_t act, struct parties *p)
{
  const struct analysis *a = r->a;
  const struct span at = a->tokens[act].span;
  const size_t low = p->n ? reader_claims_until(r, at.begin) : 0;
  for (size_t i = low; p->n && i-- > 0 && low - i <= CLAIMS_BACK;) {
    const struct claim *c = &r->claims.at[i];
    const uint8_t cue = c->cue.token == TOKEN_NONE ? UPOS_X : a->tokens[c->cue.token].upos;
    if ((cue != UPOS_PUNCT && cue != UPOS_SYM) || !span_holds(c->span, at)) continue;
    uint32_t kept = 0;
    for (uint32_t k = 0; k < p->n; k++)
      if (p->at[k].token != c->source.token) p->at[kept++] = p->at[k];
    p->n = kept;
  }
}

/* Takes out of the recipients who is an actor too. */
static void no_self(struct event *e)
{
  uint32_t kept = 0;
  for (uint32_t i = 0; i < e->recipient.n; i++) {
    const struct party *p = &e->recipient.at[i];
    bool both = false;
    for (uint32_t k = 0; k < e->actor.n && !both; k++)
      both = e->actor.at[k].token == p->token || (p->entity != ID_NONE && e->actor.at[k].entity == p->entity);
    if (!both) e->recipient.at[kept++] = *p;
  }
  e->recipient.n = kept;
}

/* The event of the verb that tells the nominal, when it is of the same type; ID_NONE when there is none. */
static int32_t told_by_verb(const struct reader *r, const struct match *m, const int32_t *event_at)
{
  const struct analysis *a = r->a;
  int32_t t = m->frame.predicate;
  if (!m->frame.nominal) return ID_NONE;
  for (int32_t c = a->tokens[t].first_child; c != TOKEN_NONE && !m->rule->things; c = a->tokens[c].next_sibling) /* "sanctions *imposed* by" */
    if (a->tokens[c].deprel == DEP_ACL && event_at[c] != ID_NONE && slice_eq(r->events.at[event_at[c]].type, m->rule->type)) return event_at[c];
  int32_t head = a->tokens[t].head;
  const bool held = head != TOKEN_NONE && a->tokens[t].deprel == DEP_NMOD && a->tokens[head].deprel == DEP_OBJ;
  if (held && events_inside(r, head) == t) { /* "approved a *round* of sanctions" */
    t = head;
    head = a->tokens[t].head;
  }
  if (head == TOKEN_NONE) return ID_NONE;
  int32_t id = event_at[head];
  enum deprel d = deprel_base((enum deprel)a->tokens[t].deprel);
  if (id == ID_NONE || !slice_eq(r->events.at[id].type, m->rule->type)) return ID_NONE;
  return d == DEP_OBJ || d == DEP_OBL || d == DEP_NSUBJ || d == DEP_NMOD || d == DEP_CONJ ? id : ID_NONE;
}

/* Who did the nominal act did what the verb tells of it: "two guards were hurt in the attack *by rebels* on the palace".  What else it was done to
 * makes an event of its own: then true. */
static bool told_apart(struct reader *r, const struct match *m, struct event *verb, struct event *e)
{
  if (!m->rule->things || deprel_base((enum deprel)r->a->tokens[m->frame.predicate].deprel) != DEP_OBL) return false;
  if (verb->actor.n == 0 && e->actor.n) {
    verb->actor = e->actor;
    no_self(verb);
    trace_add(&verb->trace, m->rule->where);
  }
  if (e->recipient.n == 0) return false;
  for (uint32_t i = 0; i < e->recipient.n; i++)
    for (uint32_t k = 0; k < verb->recipient.n; k++)
      if (e->recipient.at[i].entity != ID_NONE && e->recipient.at[i].entity == verb->recipient.at[k].entity) return false;
  return true;
}

/* What a protest demands is part of it and no act of its own (PLOVER): a clause of the protest, or of the verb that tells it. */
static bool is_demand(const struct reader *r, const struct match *m)
{
  const struct rules *rules = r->know->rules;
  const struct rule_class *demands = rules_class(rules, "protest-demands");
  int32_t t = m->frame.predicate;
  if (!demands || !rule_class_act(rules, demands, m->rule->type, m->rule->mode)) return false;
  for (int step = 0; step < 3; step++) {
    int32_t head = r->a->tokens[t].head;
    enum deprel d = deprel_base((enum deprel)r->a->tokens[t].deprel);
    if (head == TOKEN_NONE || (d != DEP_ADVCL && d != DEP_ACL && d != DEP_OBL && d != DEP_OBJ && d != DEP_NMOD)) return false;
    if (events_tells(r, head, rules_class(rules, "protests"))) return true;
    t = head;
  }
  return false;
}

static bool future(const struct reader *r, const struct event *e, int32_t token)
{
  struct slice value = e->date.value;
  if (e->date.id == ID_NONE || value.n != 10 || r->published.n != 10) return false;
  for (int step = 0; step < 3 && token != TOKEN_NONE; step++, token = r->a->tokens[token].head) /* "flew there, conducting exercises" */
    if (r->a->tokens[token].feats & FEAT_PAST) return false;
  return slice_cmp(value, r->published) > 0;
}

/* Remembers why the word became no event. */
static bool near_event(struct reader *r, int32_t token, const struct rule *rule, enum near_why why, struct slice part)
{
  struct near_event near = {.token = token, .why = why, .rule = rule->name, .part = part};
  near.trace.rule = rule->name;
  trace_add(&near.trace, rule->where);
  return vec_push(&r->near, r->arena, near);
}

/* A newspaper or agency only tells of such acts: "AP | Troops patrol the town".  People of theirs may act. */
static void no_onlooker(const struct reader *r, const struct rule *rule, struct parties *actor)
{
  const struct rules *rules = r->know->rules;
  const struct rule_class *acts = rules_class(rules, "onlooker-acts");
  if (!acts || !rule_class_act(rules, acts, rule->type, rule->mode)) return;
  uint32_t kept = 0;
  for (uint32_t i = 0; i < actor->n; i++) {
    const struct party *p = &actor->at[i];
    bool body = p->entity != ID_NONE && r->entities.at[p->entity].kind == KIND_ORGANIZATION;
    if (!body || p->sectors[0] != SECTOR_JRN) actor->at[kept++] = *p;
  }
  actor->n = kept;
}

/* A firm neither fights nor arrests, and a body of many countries tests no missiles.  True when none but such were told to. */
static bool no_bodies(const struct reader *r, const struct rule *rule, struct parties *actor)
{
  const struct rules *rules = r->know->rules;
  const struct rule_class *firm = rules_class(rules, "firm-acts"), *arms = rules_class(rules, "own-arms");
  const bool of_firm = firm && rule_class_act(rules, firm, rule->type, rule->mode), of_arms = arms && rule_class_act(rules, arms, rule->type, rule->mode);
  uint32_t kept = 0;
  for (uint32_t i = 0; i < actor->n && (of_firm || of_arms); i++) {
    const struct party *p = &actor->at[i];
    const bool body = p->entity != ID_NONE && r->entities.at[p->entity].kind == KIND_ORGANIZATION;
    const bool is_firm = p->sectors[0] == SECTOR_BUS || slice_starts(p->code, SLICE("MNC"));
    const bool is_world = slice_starts(p->code, SLICE("IGO")) && p->sectors[0] != SECTOR_MIL && !slice_is(p->code, "IGONAT");
    if (!body || ((!of_firm || !is_firm) && (!of_arms || !is_world))) actor->at[kept++] = *p;
  }
  const bool none = actor->n && kept == 0 && (of_firm || of_arms);
  if (of_firm || of_arms) actor->n = kept;
  return none;
}

/* "the attack in Nice": where it was is nobody to whom it was done, save to those who act from abroad ("Israeli strikes in Gaza"). */
static void no_scene(const struct reader *r, struct event *e)
{
  const struct rule_class *scene = rules_class(r->know->rules, "scene");
  char room[64];
  uint32_t kept = 0;
  for (uint32_t i = 0; i < e->recipient.n; i++) {
    const struct party *p = &e->recipient.at[i];
    int32_t marker = tree_case(r->a, p->token);
    const int32_t who = p->entity, over = r->a->tokens[p->token].head;
    const bool in_scene = marker != TOKEN_NONE && rule_class_word(scene, events_lemma(r, marker, room));
    const bool part = over != TOKEN_NONE && r->a->tokens[p->token].deprel == DEP_NMOD && r->a->tokens[over].upos == UPOS_NOUN;
    if (!in_scene && part && !is_act(r, over)) marker = tree_case(r->a, over); /* "in the city *of Nice*" */
    bool place = r->place_at[p->token] != ID_NONE && p->sectors[0] == SECTOR_NONE && marker != TOKEN_NONE;
    place = place && (who == ID_NONE || r->entities.at[who].kind == KIND_PLACE || r->entities.at[who].kind == KIND_COUNTRY);
    place = place && rule_class_word(scene, events_lemma(r, marker, room));
    bool abroad = false;
    for (uint32_t k = 0; k < e->actor.n && place; k++) abroad |= e->actor.at[k].country.n && !slice_eq(e->actor.at[k].country, p->country);
    if (!place || abroad) e->recipient.at[kept++] = *p;
  }
  e->recipient.n = kept;
}

/* In a place of one's own country one meets nobody of another, and acts against nobody: "returned to Paris", "deployed in Hokkaido".  Violence
 * may be done to one's own. */
static void no_own_place(const struct reader *r, const struct rule *rule, struct event *e)
{
  const struct rules *rules = r->know->rules;
  const struct rule_class *acts = rules_class(rules, "own-place");
  if (!acts || e->actor.n == 0 || !rule_class_act(rules, acts, rule->type, rule->mode)) return;
  uint32_t kept = 0;
  for (uint32_t i = 0; i < e->recipient.n; i++) {
    const struct party *p = &e->recipient.at[i];
    bool place = r->place_at[p->token] != ID_NONE && p->sectors[0] == SECTOR_NONE, own = false;
    for (uint32_t k = 0; k < e->actor.n && place; k++) own |= slice_eq(e->actor.at[k].country, p->country);
    if (!own) e->recipient.at[kept++] = *p;
  }
  e->recipient.n = kept;
}

/* Are those who act of two countries? */
static bool of_nations(const struct parties *actor)
{
  for (uint32_t i = 1; i < actor->n; i++)
    for (uint32_t k = 0; k < i; k++)
      if (actor->at[i].country.n && actor->at[k].country.n && !slice_eq(actor->at[i].country, actor->at[k].country)) return true;
  return false;
}

/* "stabbed himself": what the rule tells is done to others, and nobody else is at its object. */
static bool to_himself(const struct reader *r, const struct match *m)
{
  const struct rule_class *self = rules_class(r->know->rules, "self");
  char room[64];
  bool object = false;
  for (uint32_t i = 0; i < m->rule->recipient.n; i++) object |= m->rule->recipient.slot[i].slot == SLOT_OBJECT;
  for (uint32_t i = 0; i < m->frame.n && object; i++) {
    const struct argument *arg = &m->frame.arguments[i];
    if (arg->role == ROLE_OBJECT && rule_class_word(self, events_lemma(r, arg->token, room))) return true;
  }
  return false;
}

/* Has the rule whom it needs?  Else *lacks says what it lacks.  Of those who do it to each other all are doers. */
static bool needs_met(const struct match *m, const struct event *e, enum near_why *lacks)
{
  const struct rule *rule = m->rule;
  *lacks = e->actor.n + e->recipient.n == 0 ? NEAR_NOBODY : rule->needs_actor && !e->actor.n ? NEAR_ACTOR : NEAR_RECIPIENT;
  return e->actor.n + e->recipient.n > 0 && (e->actor.n || !rule->needs_actor) && (e->recipient.n || !rule->needs_recipient || m->mutual) &&
         (!rule->needs_nations || of_nations(&e->actor));
}

enum choice { CHOICE_NONE, CHOICE_RULE, CHOICE_FULL };

/* The first rule of the match whose needs are met, with its parties; when none is, a rule that needs nobody ("a bomb exploded": the means may be
 * enough).  Without one *unmet tells what the first lacks. */
static enum choice choose_rule(struct reader *r, struct match *m, struct event *e, const int32_t *event_at, enum near_why *unmet)
{
  const struct match start = *m;
  enum near_why lacks = NEAR_NOBODY;
  for (; m->rule; events_match_next(r, m)) {
    int32_t verb = told_by_verb(r, m, event_at);
    if (verb != ID_NONE && !m->rule->things) {
      *unmet = NEAR_TOLD;
      return CHOICE_NONE;
    }
    if (!events_parties(r, m, &m->rule->actor, &e->actor) || !events_parties(r, m, &m->rule->recipient, &e->recipient)) return CHOICE_FULL;
    no_teller(r, e->token, &e->actor);
    no_teller(r, e->token, &e->recipient);
    no_self(e);
    no_onlooker(r, m->rule, &e->actor);
    if (no_bodies(r, m->rule, &e->actor)) continue;
    if (m->rule->things && !m->rule->instrument.n) no_scene(r, e);
    no_own_place(r, m->rule, e);
    if (verb != ID_NONE && !told_apart(r, m, &r->events.at[verb], e)) {
      *unmet = NEAR_TOLD;
      return CHOICE_NONE;
    }
    /* who has no code meets a need only beside who has one, so that a rule that tells what he is can come next */
    if (to_himself(r, m)) continue;
    if (needs_met(m, e, &lacks) && (m->rule->things || events_codable(e))) return CHOICE_RULE;
    if (m->rule == start.rule) *unmet = lacks;
  }
  *m = start;
  e->actor.n = e->recipient.n = 0;
  return m->rule->things && !m->rule->needs_actor && !m->rule->needs_recipient ? CHOICE_RULE : CHOICE_NONE;
}

/* Are all sectors of the party of the class?  Who has no code is too; of whom only the country is known may be anybody. */
static bool is_private(const struct party *p, const struct rule_class *private)
{
  if (p->country.n == 0 && p->code.n == 0 && p->sectors[0] == SECTOR_NONE) return true;
  if (p->sectors[0] == SECTOR_NONE) return false;
  for (int i = 0; i < SECTORS_MAX; i++)
    if (p->sectors[i] != SECTOR_NONE && !(private->sectors & (uint64_t)1 << p->sectors[i])) return false;
  return true;
}

/* "She asked her coach for advice": what private persons of one country do among themselves, where the act is of the class
 * public-acts, is no act of politics. */
static bool among_private(const struct reader *r, const struct event *e)
{
  const struct rules *rules = r->know->rules;
  const struct rule_class *acts = rules_class(rules, "public-acts"), *private = rules_class(rules, "private");
  if (!acts || !private || !rule_class_act(rules, acts, e->type, e->mode)) return false;
  struct slice country = {0};
  for (uint32_t i = 0; i < e->actor.n + e->recipient.n; i++) {
    const struct party *p = i < e->actor.n ? &e->actor.at[i] : &e->recipient.at[i - e->actor.n];
    if (!is_private(p, private)) return false;
    if (country.n && p->country.n && !slice_eq(country, p->country)) return false;
    if (p->country.n) country = p->country;
  }
  return true;
}

static bool one_event(struct reader *r, int32_t token, int32_t *event_at)
{
  struct match m;
  events_match(r, token, &m);
  if (!m.rule) return !m.near || near_event(r, token, m.near, m.near_word ? NEAR_WORD : NEAR_CONDITION, m.near_part);
  struct event e = {.token = token, .claim = ID_NONE, .place_from = ID_NONE, .date_from = ID_NONE};
  const struct rule *first = m.rule;
  enum near_why unmet = NEAR_NOBODY;
  enum choice choice = choose_rule(r, &m, &e, event_at, &unmet);
  if (choice == CHOICE_RULE && is_demand(r, &m)) return near_event(r, token, m.rule, NEAR_TOLD, (struct slice){0});
  if (choice != CHOICE_RULE) return choice == CHOICE_NONE && near_event(r, token, first, unmet, (struct slice){0});
  e.type = m.rule->type;
  e.mode = m.rule->mode;
  e.cameo = m.rule->cameo;
  e.score = m.rule->score;
  e.trace.rule = m.rule->name;
  trace_add(&e.trace, m.rule->where);
  if (!events_elsewhere(r, &m, &e) || !events_attended(r, &m, &e) || !by_instrument(r, &m, &e)) return false;
  by_content(r, &m, &e);
  events_where(r, &m, &e);
  by_venue(r, &e);
  if (!events_uncoded(r, m.rule, &e)) return false;
  if (!events_codable(&e)) return near_event(r, token, m.rule, NEAR_NOBODY, (struct slice){0});
  if (among_private(r, &e)) return near_event(r, token, m.rule, NEAR_PRIVATE, (struct slice){0});
  events_when(r, &m, &e);
  events_contexts(r, token, &e);
  e.trigger = token_span(r->a, token);
  e.span = tree_extent(r->a, m.light != TOKEN_NONE ? m.light : token);
  if (!span_holds(e.span, e.trigger)) e.span = e.trigger;
  e.status = status_of(r, token, &e.trace);
  if (e.status == EVENT_ACTUAL && future(r, &e, token)) e.status = EVENT_PLANNED;
  if (!vec_push(&r->events, r->arena, e)) return false;
  event_at[token] = (int32_t)r->events.n - 1;
  return true;
}

static int by_token(const void *a, const void *b)
{
  const struct near_event *x = a, *y = b;
  return x->token < y->token ? -1 : x->token > y->token;
}

static int by_span(const void *a, const void *b)
{
  const struct event *x = a, *y = b;
  if (x->span.begin != y->span.begin) return x->span.begin < y->span.begin ? -1 : 1;
  if (x->token != y->token) return x->token < y->token ? -1 : 1;
  int codes = slice_cmp(x->cameo, y->cameo); /* a dictionary's verb may tell several */
  for (int side = 0; side < 2 && codes == 0; side++) {
    const struct parties *p = side ? &x->recipient : &x->actor, *q = side ? &y->recipient : &y->actor;
    if (p->n && q->n) codes = slice_cmp(p->at[0].code, q->at[0].code);
  }
  return codes;
}

/* Events by the user's dictionaries stand in the place of those by our rules, or beside them. */
static enum status by_dictionary(struct reader *r, bool *ours)
{
  const struct petrarch *p = r->know->petrarch;
  *ours = !p || p->verbs.n == 0 || r->know->keep_ours;
  return p && p->verbs.n ? petrarch_events(r) : ST_OK;
}

enum status events_read(struct reader *r)
{
  const struct analysis *a = r->a;
  bool ours;
  enum status status = by_dictionary(r, &ours);
  if (status != ST_OK) return status;
  int32_t *event_at = arena_array(r->arena, int32_t, (size_t)a->n_tokens + 1);
  if (!event_at) return reader_full(r);
  r->rule_at = arena_array(r->scratch, const struct rule *, (size_t)a->n_tokens + 1);
  r->rule_known = arena_array(r->scratch, uint8_t, (size_t)a->n_tokens + 1);
  r->asking = arena_new(r->scratch, uint32_t);
  r->context_at = arena_array(r->scratch, uint64_t, (size_t)a->n_tokens + 1);
  if (!r->rule_at || !r->rule_known || !r->asking || !r->context_at) return reader_full(r);
  for (int32_t t = 0; t < a->n_tokens; t++) event_at[t] = ID_NONE;
  for (size_t i = 0; i < r->events.n; i++) event_at[r->events.at[i].token] = (int32_t)i;
  /* verbs first, so that a nominal can see the verb that tells it */
  for (int pass = 0; ours && pass < 2; pass++)
    for (int32_t t = 0; t < a->n_tokens; t++)
      if (event_at[t] == ID_NONE && (a->tokens[t].upos == UPOS_VERB) == (pass == 0) && !one_event(r, t, event_at)) return reader_full(r);
  if (r->near.n) qsort(r->near.at, r->near.n, sizeof *r->near.at, by_token);
  if (r->events.n) qsort(r->events.at, r->events.n, sizeof *r->events.at, by_span);
  return ours && !events_same(r) ? reader_full(r) : ST_OK;
}

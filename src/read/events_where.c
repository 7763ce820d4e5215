/* events_where.c: where and when an act happened, and what the sentence is about. */
#include "read/events.h"

#define CONTEXT_WINDOW 40 /* tokens on each side */
#define CLIMB 3
#define DEED_BACK 8 /* tokens */
#define WITHIN 3 /* phrases within phrases */

/* A smaller place within the one that stands at `token`, told beside it: "Nice, southern France", "the Hokkaido island of Japan". */
static int32_t nearer_place(const struct reader *r, int32_t token, int32_t id)
{
  const struct analysis *a = r->a;
  const struct place *whole = &r->places.at[id];
  if (whole->kind != PLACE_COUNTRY && whole->kind != PLACE_ADMIN1) return id;
  for (int32_t c = a->tokens[token].first_child; c != TOKEN_NONE; c = a->tokens[c].next_sibling) {
    const enum deprel d = deprel_base((enum deprel)a->tokens[c].deprel);
    const int32_t other = d == DEP_AMOD || d == DEP_COMPOUND || d == DEP_APPOS || d == DEP_NMOD ? r->place_at[c] : ID_NONE;
    if (other == ID_NONE || other == id || r->places.at[other].use != USE_LITERAL) continue;
    const struct place *part = &r->places.at[other];
    if (slice_eq(part->country, whole->country) && part->kind != PLACE_COUNTRY && part->kind != whole->kind) return other;
  }
  return id;
}

/* Does the place tell where something is, and neither a government nor a nationality? */
static bool is_there(const struct reader *r, int32_t id)
{
  return id != ID_NONE && (r->places.at[id].use == USE_LITERAL || r->places.at[id].use == USE_MODIFIER);
}

/* The place that a phrase names: at its head, or at a name inside it ("the city of Qaim", "the capital, Kyiv").  Not one that stands for a
 * government or a nationality. */
static int32_t place_in(const struct reader *r, int32_t token)
{
  const struct analysis *a = r->a;
  char room[64];
  int32_t id = r->place_at[token], before = ID_NONE;
  if (is_there(r, id)) return nearer_place(r, token, id);
  for (int32_t c = a->tokens[token].first_child; c != TOKEN_NONE; c = a->tokens[c].next_sibling) {
    enum deprel d = deprel_base((enum deprel)a->tokens[c].deprel);
    bool within = d == DEP_APPOS || d == DEP_COMPOUND || d == DEP_FLAT || d == DEP_CONJ || a->tokens[c].deprel == DEP_NMOD_POSS;
    if (d == DEP_NMOD && tree_case(a, c) != TOKEN_NONE)
      within = rule_class_word(rules_class(r->know->rules, "of-place"), events_lemma(r, tree_case(a, c), room));
    id = within ? r->place_at[c] : ID_NONE;
    if (!is_there(r, id)) continue;
    if (c > token || r->places.at[id].kind != PLACE_COUNTRY) return id;
    if (before == ID_NONE) before = id; /* "the *U.S.* territory of Guam": what stands behind tells it nearer */
  }
  if (before != ID_NONE) return before;
  /* "in the Chadian capital N'Djamena", wherever the parser hangs the name */
  const int32_t behind = token + 1;
  id = behind < a->sentences[a->tokens[token].sentence].end && a->tokens[token].upos == UPOS_NOUN ? r->place_at[behind] : ID_NONE;
  return id != ID_NONE && r->places.at[id].use == USE_LITERAL && r->places.at[id].first == behind && a->tokens[behind].upos == UPOS_PROPN ? id : ID_NONE;
}

/* Stands it behind a word that leads to another time and place: "in retaliation *for* strikes in Aden last week"? */
static bool is_elsewhen(const struct reader *r, int32_t marker)
{
  char room[64];
  return marker != TOKEN_NONE && rule_class_word(rules_class(r->know->rules, "elsewhen"), events_lemma(r, marker, room));
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

/* Does the relation lead from a predicate or noun to where and when it was? */
static bool is_circumstance(uint8_t deprel)
{
  const enum deprel d = deprel_base((enum deprel)deprel);
  return d == DEP_OBL || d == DEP_NMOD;
}

/* Does a word that leads to another deed stand before what stands at the token: "carried out the attack in retaliation *for* strikes last week in
 * Aden"?  Not when the act is that deed. */
static bool after_other_deed(const struct reader *r, int32_t act, int32_t token)
{
  const struct analysis *a = r->a;
  char room[64];
  for (int32_t t = token - 1; t >= 0 && t > token - DEED_BACK && a->tokens[t].upos != UPOS_PUNCT && a->tokens[t].upos != UPOS_VERB; t--) {
    if (a->tokens[t].upos != UPOS_ADP || a->tokens[t].head == act || a->tokens[t].head == TOKEN_NONE) continue;
    if (!rule_class_word(rules_class(r->know->rules, "reason"), events_lemma(r, t, room))) continue;
    return rule_class_word(rules_class(r->know->rules, "deed"), events_lemma(r, a->tokens[t].head, room));
  }
  return false;
}

/* "said *on Monday* it had fired": right behind a verb and before the subject of what it tells stands a phrase of that verb, wherever the tree hangs it. */
static bool of_teller(const struct analysis *a, int32_t phrase)
{
  const int32_t verb = a->tokens[phrase].head, teller = verb == TOKEN_NONE ? TOKEN_NONE : a->tokens[verb].head;
  if (teller == TOKEN_NONE || a->tokens[verb].deprel != DEP_CCOMP || a->tokens[phrase].left != teller + 1 || a->tokens[teller].upos != UPOS_VERB) return false;
  int32_t subject = tree_child(a, verb, DEP_NSUBJ);
  if (subject == TOKEN_NONE) subject = tree_child(a, verb, DEP_NSUBJ_PASS);
  const int32_t mark = tree_child(a, verb, DEP_MARK);
  return subject != TOKEN_NONE && a->tokens[phrase].right < a->tokens[subject].left && (mark == TOKEN_NONE || mark > phrase);
}

/* Phrases below `head`, and below those ("at the scene of the attack on the bridge"), that stand behind the token `behind`. */
static void below(const struct reader *r, int32_t head, int32_t behind, int depth, struct event *e)
{
  const struct analysis *a = r->a;
  for (int32_t c = a->tokens[head].first_child; c != TOKEN_NONE; c = a->tokens[c].next_sibling) {
    if (!is_circumstance(a->tokens[c].deprel) || c <= behind || of_teller(a, c) || after_other_deed(r, e->token, c)) continue;
    by_marker(r, c, tree_case(a, c), e);
    if (depth > 1 && !is_elsewhen(r, tree_case(a, c))) below(r, c, behind, depth - 1, e);
  }
}

/* Is the act one of deeds, so that where and when its object was is where and when it happened?  What words are about may lie elsewhere. */
static bool is_material(const struct reader *r, const struct event *e)
{
  const struct plover_act *act = plover_act(rules_plover(r->know->rules), e->type, (struct slice){0});
  return act && (act->quad == 2 || act->quad == 4);
}

/* Does what hangs on the argument tell of the act itself?  Of deeds; of words not where the argument is what they are about ("accused of an attack
 * in", "called for a truce in"). */
static bool where_it_was(const struct reader *r, const struct argument *arg, bool material)
{
  char room[64];
  if (arg->role == ROLE_OBLIQUE && is_elsewhen(r, arg->marker)) return false;
  if (arg->role == ROLE_SUBJECT && material) /* "the *attack* in Nice on Thursday killed" */
    return rule_class_word(rules_class(r->know->rules, "deed"), events_lemma(r, arg->token, room));
  if (arg->role != ROLE_OBLIQUE || material) return material && (arg->role == ROLE_OBJECT || arg->role == ROLE_OBLIQUE);
  return arg->marker != TOKEN_NONE && !rule_class_word(rules_class(r->know->rules, "about"), events_lemma(r, arg->marker, room));
}

/* The clause in the tree above that happened at the same place and time, or TOKEN_NONE.  *behind: only what stands behind this token counts there:
 * in "said they fired a missile on Friday" the day may hang on either verb, and is of the nearer one. */
static int32_t clause_above(const struct reader *r, int32_t predicate, int32_t t, int32_t *behind)
{
  const struct analysis *a = r->a;
  const int32_t head = a->tokens[t].head, mark = tree_child(a, t, DEP_MARK);
  const enum deprel d = (enum deprel)a->tokens[t].deprel;
  char room[64];
  if (head == TOKEN_NONE || d == DEP_ACL_RELCL || d == DEP_PARATAXIS || d == DEP_ACL || d == DEP_AMOD) return TOKEN_NONE;
  if (d == DEP_CONJ && tree_child(a, t, DEP_NSUBJ) != TOKEN_NONE) return TOKEN_NONE;
  const enum deprel above = (enum deprel)a->tokens[head].deprel;
  const bool argument = above == DEP_NSUBJ || above == DEP_NSUBJ_PASS || above == DEP_OBJ; /* "the toll *of the attack* rose on Friday" */
  if (d == DEP_NMOD && argument && a->tokens[head].upos == UPOS_NOUN && events_inside(r, head) == head) return TOKEN_NONE;
  const bool other = mark != TOKEN_NONE && !rule_class_word(rules_class(r->know->rules, "same-time"), events_lemma(r, mark, room));
  if (d == DEP_ADVCL && other && !(a->tokens[t].feats & FEAT_INF)) return TOKEN_NONE; /* "after", "because" */
  if (d == DEP_CCOMP) {
    if (head > predicate) return TOKEN_NONE;
    *behind = predicate;
  }
  return head;
}

/* Is the act what a purpose is about ("met *to discuss* an | attack"), which may be meant elsewhere? */
static bool is_purpose(const struct reader *r, const struct match *m, int32_t t)
{
  const struct token *token = &r->a->tokens[t];
  return t != m->frame.predicate && t != m->light && token->deprel == DEP_ADVCL && (token->feats & FEAT_INF) && token->upos == UPOS_VERB;
}

/* "killing", with no conjunction before it */
static bool is_present_participle(const struct analysis *a, int32_t t)
{
  const bool ing = (a->tokens[t].feats & FEAT_GER) || ((a->tokens[t].feats & FEAT_PART) && (a->tokens[t].feats & FEAT_PRES));
  return ing && tree_child(a, t, DEP_MARK) == TOKEN_NONE && tree_case(a, t) == TOKEN_NONE;
}

/* A clause beside that tells the same moment: "killed when a bomb went off in the market"; TOKEN_NONE when there is none. */
static int32_t clause_beside(const struct reader *r, int32_t predicate)
{
  const struct analysis *a = r->a;
  char room[64];
  for (int32_t c = a->tokens[predicate].first_child; c != TOKEN_NONE; c = a->tokens[c].next_sibling) {
    const enum deprel d = (enum deprel)a->tokens[c].deprel;
    if (d == DEP_ACL_RELCL && a->tokens[predicate].upos != UPOS_VERB) return c; /* "an attack that killed two in Gaza" */
    if (d == DEP_ADVCL && c > predicate && is_present_participle(a, c)) return c; /* "rammed the fence, killing two in Gaza" */
    const int32_t mark = d == DEP_ADVCL || d == DEP_ADVCL_RELCL ? tree_child(a, c, DEP_MARK) : TOKEN_NONE;
    const int32_t adverb = mark == TOKEN_NONE && (d == DEP_ADVCL || d == DEP_ADVCL_RELCL) ? tree_child(a, c, DEP_ADVMOD) : mark;
    if (adverb != TOKEN_NONE && rule_class_word(rules_class(r->know->rules, "same-time"), events_lemma(r, adverb, room))) return c;
  }
  return TOKEN_NONE;
}

/* The clause that tells where what it was done with went ("fired a missile *that flew over Japan on Monday*"), or TOKEN_NONE; of people it may tell
 * where they live. */
static int32_t clause_of_thing(const struct reader *r, const struct match *m)
{
  for (uint32_t i = 0; i < m->frame.n; i++) {
    const struct argument *arg = &m->frame.arguments[i];
    const int32_t clause = arg->role == ROLE_OBJECT ? tree_child(r->a, arg->token, DEP_ACL_RELCL) : TOKEN_NONE;
    const int32_t who = r->entity_at[arg->token];
    const bool thing = r->a->tokens[arg->token].upos == UPOS_NOUN && (who == ID_NONE || r->entities.at[who].kind == KIND_OTHER);
    if (clause != TOKEN_NONE && thing) return clause;
  }
  return TOKEN_NONE;
}

/* "moved from Sousse, *where* 38 people were killed" */
static void by_where(const struct reader *r, int32_t predicate, struct event *e)
{
  const struct analysis *a = r->a;
  char room[64];
  const enum deprel d = (enum deprel)a->tokens[predicate].deprel;
  if (d != DEP_ACL_RELCL && d != DEP_ADVCL_RELCL) return;
  const int32_t adverb = tree_child(a, predicate, DEP_ADVMOD);
  if (adverb != TOKEN_NONE && rule_class_word(rules_class(r->know->rules, "which-place"), events_lemma(r, adverb, room)))
    e->place = place_in(r, a->tokens[predicate].head);
}

/* To whom it was done is a place: where it happened. */
static void by_recipient(const struct reader *r, struct event *e)
{
  for (uint32_t i = 0; i < e->recipient.n && e->place == ID_NONE; i++) {
    const int32_t who = e->recipient.at[i].entity;
    const bool people = who != ID_NONE && (r->entities.at[who].kind == KIND_PERSON || r->entities.at[who].kind == KIND_GROUP);
    int32_t id = r->place_at[e->recipient.at[i].token];
    for (int32_t c = r->a->tokens[e->recipient.at[i].token].first_child; !people && c != TOKEN_NONE && id == ID_NONE; c = r->a->tokens[c].next_sibling) {
      const int32_t part = c < e->recipient.at[i].token ? r->place_at[c] : ID_NONE; /* "struck *Paris* nightclubs" */
      if (part != ID_NONE && r->places.at[part].use == USE_MODIFIER && r->places.at[part].kind != PLACE_COUNTRY) id = part;
    }
    if (id == ID_NONE || id == e->origin || id == e->destination) continue; /* "sent troops to Russia" happens on the way */
    if (r->places.at[id].use == USE_LITERAL || r->places.at[id].use == USE_MODIFIER) e->place = id;
  }
}

/* The clauses around and beside it. */
static void by_clause(const struct reader *r, const struct match *m, struct event *e)
{
  /* the clause that it is part of: "killing five in Gaza" hangs on what happened there */
  int32_t behind = TOKEN_NONE, t = m->frame.predicate;
  for (int step = 0; step < CLIMB && e->place == ID_NONE && !is_purpose(r, m, t); step++) {
    t = clause_above(r, m->frame.predicate, t, &behind);
    if (t == TOKEN_NONE) break;
    if (r->a->tokens[t].upos == UPOS_VERB) below(r, t, behind, 1, e);
    else if (tree_child(r->a, t, DEP_COP) != TOKEN_NONE) by_marker(r, t, tree_case(r->a, t), e); /* "she *was in Dallas* when two guards were shot" */
  }
  t = e->place == ID_NONE ? clause_beside(r, m->frame.predicate) : TOKEN_NONE;
  if (t != TOKEN_NONE) below(r, t, TOKEN_NONE, WITHIN, e);
}

/* "called for peace | on the peninsula": a place right behind what words are about is that of what they are about. */
static bool is_of_content(const struct reader *r, const struct match *m, const struct argument *place)
{
  char room[64];
  for (uint32_t i = 0; i < m->frame.n; i++) {
    const struct argument *arg = &m->frame.arguments[i];
    if (arg->role != ROLE_OBLIQUE || arg->marker == TOKEN_NONE || arg->token >= place->token || arg->marker == place->marker) continue;
    if (r->a->tokens[arg->token].right + 1 != r->a->tokens[place->token].left || r->place_at[arg->token] != ID_NONE) continue;
    if (!rule_class_word(rules_class(r->know->rules, "content-of"), events_lemma(r, arg->marker, room))) continue;
    return true;
  }
  return false;
}

/* Is the country at the place one of those who act? */
static bool acts_there(const struct event *e, int32_t place, const struct reader *r)
{
  const struct place *p = &r->places.at[place];
  for (uint32_t i = 0; i < e->actor.n && p->kind == PLACE_COUNTRY; i++)
    if (slice_eq(e->actor.at[i].country, p->country)) return true;
  return false;
}

/* "the *Gaza* attack" */
static void by_modifier(const struct reader *r, const struct match *m, struct event *e)
{
  for (uint32_t i = 0; i < m->frame.n && e->place == ID_NONE; i++) {
    const struct argument *arg = &m->frame.arguments[i];
    int32_t id = arg->role == ROLE_MODIFIER ? r->place_at[arg->token] : ID_NONE;
    if (id != ID_NONE && acts_there(e, id, r)) continue; /* "joint *South Korea*-US drills": who, not where */
    if (id != ID_NONE && (r->places.at[id].use == USE_MODIFIER || (r->places.at[id].kind == PLACE_CITY && r->places.at[id].use == USE_METONYM))) e->place = id;
  }
}

/* The place of a telling verb that hangs on what it tells. */
static void place_told(const struct reader *r, int32_t told, struct event *e)
{
  for (int32_t c = r->a->tokens[told].first_child; c != TOKEN_NONE && c < told; c = r->a->tokens[c].next_sibling)
    if (is_circumstance(r->a->tokens[c].deprel) && of_teller(r->a, c)) by_marker(r, c, tree_case(r->a, c), e);
}

/* "a report of the test | in Tokyo", where the tree hangs the place of who watches it on what is shown: of acts on one's own ground a place abroad. */
static void no_shown_place(const struct reader *r, struct event *e)
{
  const struct analysis *a = r->a;
  const struct rule_class *acts = rules_class(r->know->rules, "own-arms");
  char room[64];
  if (e->place == ID_NONE || !acts || !rule_class_act(r->know->rules, acts, e->type, e->mode)) return;
  const struct place *p = &r->places.at[e->place];
  for (uint32_t i = 0; i < e->actor.n; i++)
    if (p->country.n == 0 || slice_eq(e->actor.at[i].country, p->country)) return;
  const int32_t marker = tree_case(a, p->first), head = a->tokens[e->token].head;
  if (marker != TOKEN_NONE && !rule_class_word(rules_class(r->know->rules, "scene"), events_lemma(r, marker, room))) return;
  for (int32_t t = head, step = 0; t != TOKEN_NONE && step < CLIMB; t = a->tokens[t].head, step++)
    if (rule_class_word(rules_class(r->know->rules, "shown"), events_lemma(r, t, room))) e->place = ID_NONE;
}

void events_where(struct reader *r, const struct match *m, struct event *e)
{
  const bool material = is_material(r, e) && r->a->tokens[m->frame.predicate].deprel != DEP_AMOD; /* "met with the *freed* girls in Abuja" */
  e->place = e->origin = e->destination = ID_NONE;
  for (uint32_t i = 0; i < m->frame.n; i++) {
    const struct argument *arg = &m->frame.arguments[i];
    if (arg->role == ROLE_OBLIQUE && !of_teller(r->a, arg->token) && (material || !is_of_content(r, m, arg))) by_marker(r, arg->token, arg->marker, e);
    if (arg->role == ROLE_CLAUSE) place_told(r, arg->token, e);
  }
  for (uint32_t i = 0; i < m->frame.n; i++) {
    const struct argument *arg = &m->frame.arguments[i];
    if (where_it_was(r, arg, material)) below(r, arg->token, TOKEN_NONE, WITHIN, e);
  }
  if (m->frame.nominal) by_modifier(r, m, e);
  if (material) by_recipient(r, e);
  const int32_t clause = material && e->place == ID_NONE ? clause_of_thing(r, m) : TOKEN_NONE;
  if (clause != TOKEN_NONE) below(r, clause, TOKEN_NONE, 1, e);
  if (e->place == ID_NONE) by_where(r, m->frame.predicate, e);
  if (e->place == ID_NONE) by_clause(r, m, e);
  if (m->frame.nominal) no_shown_place(r, e);
}

/* Does a word before it tell that the day is not the act's own: "the first *since* 2009"? */
static bool is_apart(const struct reader *r, int32_t token)
{
  char room[64];
  const int32_t marker = tree_case(r->a, token), date = r->date_at[token];
  if (date != ID_NONE && r->dates.at[date].first <= marker) return false; /* "shortly | after noon on Monday" */
  return marker != TOKEN_NONE && rule_class_word(rules_class(r->know->rules, "apart"), events_lemma(r, marker, room));
}

/* A day, a month, a year; not "now" nor "recently". */
static bool is_dated(const struct reader *r, int32_t id)
{
  const struct date *d = &r->dates.at[id];
  return (d->type == DATE_DATE || d->type == DATE_TIME) && !slice_ends(d->value, SLICE("_REF"));
}

/* The day of a telling verb that hangs on what it tells. */
static int32_t date_told(const struct reader *r, int32_t told)
{
  for (int32_t c = r->a->tokens[told].first_child; c != TOKEN_NONE && c < told; c = r->a->tokens[c].next_sibling)
    if (r->date_at[c] != ID_NONE && is_dated(r, r->date_at[c]) && of_teller(r->a, c)) return r->date_at[c];
  return ID_NONE;
}

/* A date that hangs on the token, or on a phrase that does, behind the token `behind`. */
static int32_t date_below(const struct reader *r, int32_t act, int32_t head, int32_t behind, int depth)
{
  const struct analysis *a = r->a;
  for (int32_t c = a->tokens[head].first_child; c != TOKEN_NONE; c = a->tokens[c].next_sibling) {
    const int32_t id = r->date_at[c];
    if (a->tokens[c].deprel == DEP_CCOMP && depth == WITHIN) {
      const int32_t told = date_told(r, c);
      if (told != ID_NONE) return told;
    }
    if (id == ID_NONE || r->date_at[head] == id || c <= behind || is_apart(r, c) || of_teller(a, c)) continue;
    if (is_dated(r, id) && !after_other_deed(r, act, r->dates.at[id].first)) return id;
  }
  for (int32_t c = a->tokens[head].first_child; c != TOKEN_NONE && depth > 1; c = a->tokens[c].next_sibling) {
    /* a day at the end of a list of places hangs on the last of them */
    const enum deprel d = deprel_base((enum deprel)a->tokens[c].deprel);
    const bool listed = (d == DEP_APPOS || d == DEP_CONJ) && a->tokens[c].upos != UPOS_VERB;
    if (!listed && (!is_circumstance(a->tokens[c].deprel) || is_elsewhen(r, tree_case(a, c)))) continue;
    const int32_t id = date_below(r, act, c, behind, depth - (listed ? 0 : 1));
    if (id != ID_NONE) return id;
  }
  return ID_NONE;
}

/* The date of an argument: itself, or what hangs on it. */
static int32_t date_of(const struct reader *r, int32_t act, const struct argument *arg, bool material)
{
  const bool within = where_it_was(r, arg, material);
  if (!within && arg->role != ROLE_MODIFIER && arg->role != ROLE_OBLIQUE) return ID_NONE;
  const int32_t id = r->date_at[arg->token];
  if (id != ID_NONE && (is_apart(r, arg->token) || of_teller(r->a, arg->token))) return ID_NONE;
  if (id != ID_NONE && is_dated(r, id)) return after_other_deed(r, act, r->dates.at[id].first) ? ID_NONE : id;
  return arg->shared || !within ? ID_NONE : date_below(r, act, arg->token, TOKEN_NONE, WITHIN);
}

/* The day between subject and verb hangs on the subject: "a court *on Monday* indicted". */
static int32_t date_before_verb(const struct reader *r, const struct match *m)
{
  const struct analysis *a = r->a;
  const int32_t verb = m->light != TOKEN_NONE ? m->light : m->frame.predicate;
  const int32_t subject = a->tokens[verb].upos == UPOS_VERB ? tree_child(a, verb, DEP_NSUBJ) : TOKEN_NONE;
  int32_t t = verb - 1;
  while (subject != TOKEN_NONE && t > subject && (a->tokens[t].head == verb || a->tokens[t].upos == UPOS_PUNCT)) t--;
  if (subject == TOKEN_NONE || t <= subject || r->date_at[t] == ID_NONE || !is_dated(r, r->date_at[t])) return ID_NONE;
  const int32_t id = r->date_at[t];
  while (t != subject && t != TOKEN_NONE && a->tokens[t].upos != UPOS_VERB) t = a->tokens[t].head; /* not of a clause on the subject */
  return t == subject ? id : ID_NONE;
}

/* "*November 2014:* rebels seize the town": the day that heads the sentence; ID_NONE. */
static int32_t date_heading(const struct reader *r, int32_t act)
{
  const struct sentence *s = &r->a->sentences[r->a->tokens[act].sentence];
  const int32_t id = r->date_at[s->first];
  if (id == ID_NONE || !is_dated(r, id) || r->dates.at[id].first != s->first || r->dates.at[id].end >= s->end) return ID_NONE;
  return slice_is(r->a->tokens[r->dates.at[id].end].form, ":") ? id : ID_NONE;
}

void events_when(struct reader *r, const struct match *m, struct event *e)
{
  const bool material = is_material(r, e) && r->a->tokens[m->frame.predicate].deprel != DEP_AMOD;
  int32_t t = m->frame.predicate, behind = TOKEN_NONE;
  e->date.id = date_below(r, e->token, t, behind, WITHIN);
  for (uint32_t i = 0; i < m->frame.n && e->date.id == ID_NONE; i++) e->date.id = date_of(r, e->token, &m->frame.arguments[i], material);
  if (e->date.id == ID_NONE) e->date.id = date_before_verb(r, m);
  const int32_t clause = material && e->date.id == ID_NONE ? clause_of_thing(r, m) : TOKEN_NONE;
  if (clause != TOKEN_NONE) e->date.id = date_below(r, e->token, clause, TOKEN_NONE, 1);
  for (int step = 0; step < CLIMB && e->date.id == ID_NONE && !is_purpose(r, m, t); step++) {
    t = clause_above(r, m->frame.predicate, t, &behind);
    if (t == TOKEN_NONE) break;
    e->date.id = date_below(r, e->token, t, behind, r->a->tokens[t].upos == UPOS_VERB ? 2 : 1);
  }
  t = e->date.id == ID_NONE ? clause_beside(r, m->frame.predicate) : TOKEN_NONE;
  if (t != TOKEN_NONE) e->date.id = date_below(r, e->token, t, TOKEN_NONE, WITHIN);
  if (e->date.id == ID_NONE) e->date.id = date_heading(r, m->frame.predicate);
  if (e->date.id == ID_NONE && !material) e->date.id = date_told(r, m->frame.predicate); /* words are of the day on which they are told */
  if (e->date.id != ID_NONE) e->date.value = r->dates.at[e->date.id].value;
}

static bool add_context(struct event *e, struct slice context)
{
  for (uint32_t i = 0; i < e->n_contexts; i++)
    if (slice_eq(e->contexts[i], context)) return true;
  if (e->n_contexts == EVENT_CONTEXTS) return false;
  e->contexts[e->n_contexts++] = context;
  return true;
}

/* Is it done between parties of two countries or international bodies? */
static bool between_nations(const struct event *e)
{
  struct slice first = {0};
  for (uint32_t i = 0; i < e->actor.n + e->recipient.n; i++) {
    const struct party *p = i < e->actor.n ? &e->actor.at[i] : &e->recipient.at[i - e->actor.n];
    struct slice code = p->country.n ? p->country : slice_sub(p->code, 0, p->code.n < 3 ? p->code.n : 3);
    if (code.n == 0) continue;
    if (first.n == 0) first = code;
    else if (!slice_eq(first, code)) return true;
  }
  return false;
}

#define CONTEXT_KNOWN ((uint64_t)1 << 63)
#define CONTEXTS_MOST 63

/* The contexts that a word tells, as bits by their lines; asked once a word. */
static uint64_t told_by(const struct reader *r, int32_t t, const struct rule_context *contexts, size_t n)
{
  uint8_t u = r->a->tokens[t].upos;
  if (u != UPOS_NOUN && u != UPOS_VERB && u != UPOS_ADJ && u != UPOS_PROPN) return 0;
  if (r->context_at && r->context_at[t]) return r->context_at[t];
  uint64_t told = CONTEXT_KNOWN;
  for (size_t i = 0; i < n && i < CONTEXTS_MOST; i++)
    if (!contexts[i].between && events_in_class(r, t, contexts[i].class)) told |= (uint64_t)1 << i;
  if (r->context_at) r->context_at[t] = told; /* not when a foreign dictionary reads the events */
  return told;
}

/* The contexts told by the words around the token. */
static uint64_t told_around(const struct reader *r, int32_t token, const struct rule_context *contexts, size_t n)
{
  const struct analysis *a = r->a;
  const struct sentence *s = &a->sentences[a->tokens[token].sentence];
  int32_t first = token - CONTEXT_WINDOW > s->first ? token - CONTEXT_WINDOW : s->first;
  int32_t end = token + CONTEXT_WINDOW < s->end ? token + CONTEXT_WINDOW : s->end;
  uint64_t told = 0;
  for (int32_t t = first; t < end; t++) told |= told_by(r, t, contexts, n);
  return told;
}

/* By the act itself and the words around it; what none of them tells, by the act's CAMEO code. */
void events_contexts(struct reader *r, int32_t token, struct event *e)
{
  const struct rules *rules = r->know->rules;
  size_t n;
  const struct rule_context *contexts = rules_contexts(rules, &n);
  uint64_t told = told_around(r, token, contexts, n);
  for (size_t i = 0; i < n && i < CONTEXTS_MOST && e->n_contexts < EVENT_CONTEXTS; i++) {
    bool act = rule_class_act(rules, contexts[i].class, e->type, e->mode);
    if (contexts[i].between ? !act || !between_nations(e) : !act && !(told >> i & 1)) continue;
    add_context(e, contexts[i].context);
    trace_add(&e->trace, contexts[i].where);
  }
  if (e->n_contexts) return;
  struct slice rest = plover_cameo_contexts(rules_plover(rules), e->cameo);
  while (rest.n) add_context(e, slice_trim(slice_cut(&rest, ';')));
}

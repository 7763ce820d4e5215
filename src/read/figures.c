/* figures.c: numbers become figures: what is counted, what befell it, where, since when, and how sure.
 *
 * One pass over each sentence finds the numbers (figures_number.c); the tree above and below each says what it counts (figures_item.c).
 * Comparisons follow when all stand (figures_compare.c). */
#include "read/figures.h"
#include "read/tree.h"
#include "know/phrases.h"
#include <stdio.h>

#define AS_OF_CLAUSES 3
#define VAGUE_LEAST 10 /* "several", "a few": a figure only of people or with a unit */

/* The governing word of a nominal: climbs conjuncts to the first one, and out of "dozens of people" to the dozens' place. */
static int32_t governor(const struct analysis *a, int32_t nominal)
{
  return a->tokens[tree_first_conjunct(a, nominal)].head;
}

static void add_country(struct figure *f, struct slice country)
{
  if (country.n != 3) return;
  for (uint32_t i = 0; i < f->n_countries; i++)
    if (slice_eq(f->countries[i], country)) return;
  if (f->n_countries < sizeof f->countries / sizeof *f->countries) f->countries[f->n_countries++] = country;
}

/* "soldiers to Russia" are not Russia's. */
static bool whither(const struct reader *r, int32_t token)
{
  const int32_t with = tree_case(r->a, token);
  return with != TOKEN_NONE && rule_class_word(rules_class(r->know->rules, "to-place"), r->a->tokens[with].lemma);
}

static void countries_find(const struct reader *r, int32_t first, int32_t end, struct figure *f)
{
  for (int32_t t = first; t < end; t++) {
    if (whither(r, t)) continue;
    if (r->place_at[t] != ID_NONE) add_country(f, r->places.at[r->place_at[t]].country);
    else if (r->entity_at[t] != ID_NONE && r->a->tokens[t].upos == UPOS_PROPN) add_country(f, r->entities.at[r->entity_at[t]].country);
  }
}

/* The country of the party or place at a token. */
static struct slice country_at(const struct reader *r, int32_t token)
{
  if (r->place_at[token] != ID_NONE) return r->places.at[r->place_at[token]].country;
  return r->entity_at[token] != ID_NONE ? r->entities.at[r->entity_at[token]].country : (struct slice){0};
}

/* "Mexico, *whose* toll": what stands right before; else the token itself. */
static int32_t antecedent(const struct reader *r, int32_t token)
{
  const struct token *tokens = r->a->tokens;
  int32_t t = token - 1;
  if (!(tokens[token].feats & FEAT_REL) || token <= r->a->sentences[tokens[token].sentence].first + 1) return token;
  if (tokens[t].upos == UPOS_PUNCT) t--;
  return tokens[t].upos == UPOS_PROPN || tokens[t].upos == UPOS_NOUN ? t : token;
}

/* "300 of *its* troops", "11 of *Ukraine's* sailors" */
static void owners_find(const struct reader *r, int32_t item, struct figure *f)
{
  for (int32_t c = r->a->tokens[item].first_child; c != TOKEN_NONE; c = r->a->tokens[c].next_sibling)
    if (r->a->tokens[c].deprel == DEP_NMOD_POSS) add_country(f, country_at(r, antecedent(r, c)));
}

/* "*Russia* lost 60 soldiers", "*France* posted 40 soldiers": who loses people or things, or sends them, had them. */
static void loser_find(const struct reader *r, int32_t token, struct figure *f)
{
  const int32_t head = tree_first_conjunct(r->a, token), verb = r->a->tokens[head].head;
  if (f->n_countries || f->item_token == TOKEN_NONE || verb == TOKEN_NONE || deprel_base((enum deprel)r->a->tokens[head].deprel) != DEP_OBJ) return;
  const struct change *c = numbers_change(r->know->numbers, r->a->tokens[verb].lemma, CHANGE_MOVE);
  if (!slice_is(f->state, "deployed") && !(c && c->move == MOVE_DOWN)) return;
  const int32_t subject = tree_child(r->a, verb, DEP_NSUBJ);
  if (subject != TOKEN_NONE) add_country(f, country_at(r, subject));
}

/* What is counted is of this sector, by its noun: troops, soldiers. */
static bool of_sector(const struct reader *r, int32_t item, enum sector sector)
{
  const struct noun *noun = item == TOKEN_NONE ? NULL : nouns_find(r->know->nouns, r->a->tokens[item].lemma);
  return noun && noun->sectors[0] == sector;
}

static bool state_set(const struct reader *r, struct figure *f, const struct state *s)
{
  if (!s || (s->only != SECTOR_NONE && !of_sector(r, f->item_token, s->only))) return false;
  f->state = s->state;
  trace_add(&f->trace, s->where);
  return true;
}

/* The state that a verb tells with another word of its own: "seek refuge", "drive from home", "gun down". */
static const struct state *state_of_phrase(const struct reader *r, int32_t verb, enum state_role role)
{
  const struct token *tokens = r->a->tokens;
  for (int32_t c = tokens[verb].first_child; c != TOKEN_NONE; c = tokens[c].next_sibling) {
    enum deprel d = deprel_base((enum deprel)tokens[c].deprel);
    int32_t with = d == DEP_OBJ || d == DEP_OBL ? tree_case(r->a, c) : TOKEN_NONE;
    char both[PHRASE_BYTES];
    const bool particle = tokens[c].deprel == DEP_COMPOUND_PRT;
    if (c < verb || (!particle && d != DEP_OBJ && d != DEP_OBL) || (d == DEP_OBL && with == TOKEN_NONE)) continue;
    int n = snprintf(both, sizeof both, "%.*s%s%.*s %.*s", SLICE_ARG(tokens[verb].lemma), with == TOKEN_NONE ? "" : " ",
                     SLICE_ARG(with == TOKEN_NONE ? (struct slice){0} : tokens[with].lemma), SLICE_ARG(tokens[c].lemma));
    const struct state *s = n < 0 || (size_t)n >= sizeof both ? NULL : numbers_state(r->know->numbers, (struct slice){both, (size_t)n}, role);
    if (s) return s;
  }
  return NULL;
}

/* What a phrase with a preposition says of those before it: "without power". */
static const struct state *state_of_case(const struct reader *r, int32_t noun)
{
  const struct token *tokens = r->a->tokens;
  const int32_t with = tree_case(r->a, noun);
  char both[PHRASE_BYTES];
  if (with == TOKEN_NONE) return NULL;
  int n = snprintf(both, sizeof both, "%.*s %.*s", SLICE_ARG(tokens[with].lemma), SLICE_ARG(tokens[noun].lemma));
  return n < 0 || (size_t)n >= sizeof both ? NULL : numbers_state(r->know->numbers, (struct slice){both, (size_t)n}, STATE_ADJECTIVE);
}

/* A verb that has `t` as its object (or passive subject), or as its subject. */
static bool state_of_verb(const struct reader *r, int32_t verb, enum deprel d, struct figure *f)
{
  const struct token *v = &r->a->tokens[verb];
  bool object = d == DEP_OBJ || d == DEP_NSUBJ_PASS, subject = d == DEP_NSUBJ;
  bool passive = tree_child(r->a, verb, DEP_AUX_PASS) != TOKEN_NONE || (v->feats & FEAT_PASS);
  if (subject && passive) object = true;
  if (subject != object && state_set(r, f, state_of_phrase(r, verb, object ? STATE_OBJECT : STATE_SUBJECT))) return true;
  if (object && state_set(r, f, numbers_state(r->know->numbers, v->lemma, STATE_OBJECT))) return true;
  if (subject && !object && state_set(r, f, numbers_state(r->know->numbers, v->lemma, STATE_SUBJECT))) return true;
  if (subject && state_set(r, f, numbers_state(r->know->numbers, v->lemma, STATE_ADJECTIVE))) return true; /* "were missing", "are dead" */
  if (subject && (v->feats & FEAT_PART) && state_set(r, f, numbers_state(r->know->numbers, v->form, STATE_ADJECTIVE))) return true; /* the same as a verb */
  if (!object) return false;
  for (int32_t c = v->first_child; c != TOKEN_NONE; c = r->a->tokens[c].next_sibling)
    if (c > verb && state_set(r, f, state_of_case(r, c))) return true; /* "left ten homes without power" */
  int32_t x = tree_child(r->a, verb, DEP_XCOMP); /* "left five people dead" */
  if (x == TOKEN_NONE) return false;
  return state_set(r, f, numbers_state(r->know->numbers, r->a->tokens[x].lemma, STATE_ADJECTIVE)) ||
         state_set(r, f, numbers_state(r->know->numbers, r->a->tokens[x].lemma, STATE_OBJECT));
}

/* "people killed in the raid", "people missing since Monday" */
static bool state_of_participle(const struct reader *r, int32_t verb, struct figure *f)
{
  const struct token *k = &r->a->tokens[verb];
  const struct numbers *numbers = r->know->numbers;
  bool past = (k->feats & FEAT_PAST) || (k->feats & FEAT_PASS);
  if (past && state_set(r, f, state_of_phrase(r, verb, STATE_OBJECT))) return true;
  return state_set(r, f, numbers_state(numbers, k->lemma, past ? STATE_OBJECT : STATE_SUBJECT)) ||
         state_set(r, f, numbers_state(numbers, k->lemma, STATE_ADJECTIVE));
}

/* "people who died" */
static bool state_of_relative(const struct reader *r, int32_t clause, struct figure *f)
{
  const struct token *tokens = r->a->tokens;
  const int32_t who = tree_child(r->a, clause, DEP_NSUBJ);
  return who != TOKEN_NONE && (tokens[who].feats & FEAT_REL) && state_of_verb(r, clause, (enum deprel)tokens[who].deprel, f);
}

/* What the words around the item say: "injured people", "the death toll", "people killed in", "people who died". */
static bool state_of_modifiers(const struct reader *r, int32_t item, struct figure *f)
{
  const struct analysis *a = r->a;
  const struct numbers *numbers = r->know->numbers;
  if (a->tokens[item].upos == UPOS_ADJ || a->tokens[item].upos == UPOS_VERB) {
    if (state_set(r, f, numbers_state(numbers, a->tokens[item].lemma, STATE_ADJECTIVE))) return true;
    if (state_set(r, f, numbers_state(numbers, a->tokens[item].form, STATE_ADJECTIVE))) return true; /* "the missing", the same as a verb */
    return state_set(r, f, numbers_state(numbers, a->tokens[item].lemma, STATE_OBJECT));
  }
  for (int32_t c = a->tokens[item].first_child; c != TOKEN_NONE; c = a->tokens[c].next_sibling) {
    const struct token *k = &a->tokens[c];
    enum deprel d = (enum deprel)k->deprel;
    if (d == DEP_AMOD && (state_set(r, f, numbers_state(numbers, k->lemma, STATE_ADJECTIVE)) ||
                          ((k->feats & FEAT_PAST || k->feats & FEAT_PASS) && state_set(r, f, numbers_state(numbers, k->lemma, STATE_OBJECT)))))
      return true;
    if (d == DEP_NMOD && c > item && state_set(r, f, state_of_case(r, c))) return true;
    if (d == DEP_COMPOUND && state_set(r, f, numbers_state(numbers, k->lemma, STATE_NOUN))) return true;
    if (d == DEP_ACL && state_of_participle(r, c, f)) return true;
    if (d == DEP_ACL_RELCL && state_of_relative(r, c, f)) return true;
  }
  return false;
}

/* "ten deaths", "ten refugees" */
static bool state_of_noun(const struct reader *r, int32_t item, struct figure *f)
{
  return state_set(r, f, numbers_state(r->know->numbers, r->a->tokens[item].lemma, STATE_NOUN));
}

static bool state_of_item(const struct reader *r, int32_t item, struct figure *f) { return state_of_modifiers(r, item, f) || state_of_noun(r, item, f); }

/* "hundreds wounded", "around 20 injured": the word behind a number that stands alone. */
static bool state_behind(const struct reader *r, const struct number *n, struct figure *f)
{
  const struct analysis *a = r->a;
  if (n->end >= a->sentences[a->tokens[n->token].sentence].end) return false;
  const struct token *k = &a->tokens[n->end];
  if (k->upos == UPOS_ADJ || (k->feats & FEAT_PASS) || (k->feats & FEAT_PAST))
    return state_set(r, f, numbers_state(r->know->numbers, k->lemma, STATE_ADJECTIVE)) ||
           ((k->feats & FEAT_PART) && state_set(r, f, numbers_state(r->know->numbers, k->lemma, STATE_OBJECT)));
  return false;
}

/* What the verb or noun says on which the figure hangs; false when it says nothing. */
static bool state_above(const struct reader *r, int32_t token, struct figure *f)
{
  const struct analysis *a = r->a;
  for (int step = 0; step < 3; step++) {
    int32_t head = tree_first_conjunct(a, token), up = a->tokens[head].head;
    if (up == TOKEN_NONE) return state_of_item(r, head, f); /* "five dead" as a headline's root */
    enum deprel d = (enum deprel)a->tokens[head].deprel;
    if (a->tokens[up].upos == UPOS_VERB || a->tokens[up].upos == UPOS_ADJ) {
      if (state_of_verb(r, up, d, f)) return true;
      int32_t subject = d == DEP_OBL && f->item.n == 0 ? tree_child(a, up, DEP_NSUBJ) : TOKEN_NONE; /* "the toll rose to 27" */
      return subject != TOKEN_NONE && state_of_item(r, subject, f);
    }
    if (state_set(r, f, numbers_state(r->know->numbers, a->tokens[up].lemma, STATE_NOUN))) return true; /* "the death of 20 people" */
    if (d == DEP_NSUBJ && state_set(r, f, state_of_case(r, up))) return true; /* "20 people were without water" */
    if (deprel_base(d) != DEP_NMOD && d != DEP_APPOS) return false;
    token = up;
  }
  return false;
}

static bool is_people(const struct reader *r, int32_t item)
{
  const struct token *t = &r->a->tokens[item];
  const struct unit *person = numbers_person(r->know->numbers, t->lemma);
  if (person) return true;
  if (numbers_band(r->know->numbers, t->lemma)) return false;
  const struct noun *noun = nouns_find(r->know->nouns, t->lemma);
  if (noun) { /* bands of armed men count as men; communities, states and other groups do not */
    bool band = (noun->flags & NOUN_GROUP) && noun->sectors[0] != SECTOR_NONE && noun->sectors[0] != SECTOR_CVL;
    return band || (noun->flags & (NOUN_PERSON | NOUN_EXPERT)) != 0;
  }
  if (r->entity_at[item] != ID_NONE && r->entities.at[r->entity_at[item]].kind == KIND_GROUP) return true;
  if (!(t->feats & FEAT_PLUR)) return false;
  for (const struct sense *s = names_find(r->know->names, t->form); s; s = s->next)
    if (s->kind == SENSE_PEOPLE) return true;
  return false;
}

/* True when the verb (or noun) says it of which the figure is a part, false when what is counted says it itself or nothing does.  Of people the verb
 * says more than their name and what was with them before: "12 kidnapped girls were freed". */
static bool state_find(const struct reader *r, const struct number *n, int32_t item, int32_t token, struct figure *f)
{
  const struct analysis *a = r->a;
  bool people = item != TOKEN_NONE && (numbers_person(r->know->numbers, a->tokens[item].lemma) || is_people(r, item));
  int32_t head = tree_first_conjunct(a, token), up = a->tokens[head].head;
  if (people && up != TOKEN_NONE && a->tokens[up].upos == UPOS_VERB && state_of_verb(r, up, (enum deprel)a->tokens[head].deprel, f)) return true;
  if (item != TOKEN_NONE && (state_of_modifiers(r, item, f) || (!people && state_of_noun(r, item, f)))) return false;
  if (item == TOKEN_NONE && state_behind(r, n, f)) return false;
  if (state_above(r, token, f)) return true;
  if (people) state_of_noun(r, item, f);
  return false;
}

/* A doubt word that hangs on one of these tokens, in the order of the text. */
static bool doubts(const struct reader *r, int32_t t, const int32_t *on, size_t n_on, struct know_line *where)
{
  int32_t length;
  const struct hedge *h = numbers_hedge_at(r->know->numbers, r->a, t, t + 1, HEDGE_DOUBT, &length);
  if (!h) return false;
  *where = h->where;
  for (size_t i = 0; i < n_on; i++)
    if (on[i] != TOKEN_NONE && r->a->tokens[t].head == on[i]) return true;
  return false;
}

static void add_hedge(struct figure *f, struct slice text)
{
  for (uint32_t i = 0; i < f->n_hedges; i++)
    if (f->hedges[i].at <= text.at && text.at + text.n <= f->hedges[i].at + f->hedges[i].n) return; /* "estimated" of "an estimated" */
  if (f->n_hedges < sizeof f->hedges / sizeof *f->hedges) f->hedges[f->n_hedges++] = text;
}

static void hedges_find(const struct reader *r, const struct number *n, int32_t item, int32_t token, struct figure *f)
{
  const struct analysis *a = r->a;
  struct sentence *s = &a->sentences[a->tokens[n->token].sentence];
  if (n->hedge.n) add_hedge(f, n->hedge);
  int32_t up = governor(a, token);
  int32_t on[] = {n->token, item, token, up, n->first < n->digits_first ? n->first : TOKEN_NONE, n->digits_first};
  if (up != TOKEN_NONE && a->tokens[up].upos != UPOS_VERB && a->tokens[up].upos != UPOS_ADJ) on[3] = a->tokens[up].upos == UPOS_NOUN ? up : TOKEN_NONE;
  int32_t first = s->first > n->first - 40 ? s->first : n->first - 40, end = s->end < n->end + 20 ? s->end : n->end + 20;
  for (int32_t t = first; t < end; t++) {
    struct know_line where;
    if (t >= n->digits_first && t < n->digits_end) continue;
    if (a->tokens[t].upos != UPOS_ADV && a->tokens[t].upos != UPOS_ADJ && a->tokens[t].upos != UPOS_VERB) continue;
    if (!doubts(r, t, on, sizeof on / sizeof *on, &where) && !(t + 1 == n->first && doubts(r, t, (int32_t[]){a->tokens[t].head}, 1, &where))) continue;
    if (a->tokens[t].upos == UPOS_VERB && a->tokens[t].deprel != DEP_AMOD) continue;
    add_hedge(f, slice_span(a->text, token_span(a, t)));
    trace_add(&f->trace, where);
  }
}

/* "rose to 27", not "rose by 27": *way = the row of the preposition. */
static bool arrives_with(const struct reader *r, int32_t with, const struct change **way)
{
  *way = with == TOKEN_NONE ? NULL : numbers_change(r->know->numbers, r->a->tokens[with].lemma, CHANGE_WAY);
  return with != TOKEN_NONE && !(*way && (*way)->move == MOVE_NONE);
}

/* "rose above 150": a preposition that tells where the number arrived is its bound word. */
static bool arrives_over(const struct reader *r, const struct number *n)
{
  const struct token *first = &r->a->tokens[n->first];
  const struct change *way = first->upos == UPOS_ADP ? numbers_change(r->know->numbers, first->lemma, CHANGE_WAY) : NULL;
  return way && way->move == MOVE_SAME;
}

/* "rose 5%", "rose by 5%", "a rise of 5%": by the word that the figure hangs on. */
static const struct change *move_above(const struct reader *r, const struct number *n, int32_t token, bool has_unit)
{
  const struct analysis *a = r->a;
  const struct numbers *numbers = r->know->numbers;
  int32_t up = governor(a, token), with = tree_case(a, token);
  if (with == TOKEN_NONE) with = tree_case(a, tree_first_conjunct(a, token)); /* "fell in fields and five in gardens" */
  if (arrives_over(r, n)) return NULL;
  enum deprel d = deprel_base((enum deprel)a->tokens[tree_first_conjunct(a, token)].deprel);
  if (up == TOKEN_NONE || (with != TOKEN_NONE && with < n->first && !numbers_change(numbers, a->tokens[with].lemma, CHANGE_WAY))) return NULL;
  struct slice lemma = a->tokens[up].lemma;
  if (a->tokens[up].upos != UPOS_VERB) return d == DEP_NMOD && up < n->first ? numbers_change(numbers, lemma, CHANGE_NOUN) : NULL;
  if (d != DEP_OBJ && d != DEP_OBL) return NULL;
  const struct change *way;
  bool arrives = arrives_with(r, d == DEP_OBL ? with : TOKEN_NONE, &way);
  bool counted = !has_unit || (!n->unit && way && way->move == MOVE_SAME); /* "rose to 96 people" */
  const struct change *c = arrives && counted ? NULL : figures_change(r, up, CHANGE_MOVE);
  if (!c && d == DEP_OBL && with != TOKEN_NONE && n->unit) c = numbers_change(numbers, lemma, CHANGE_CAUSE);
  return c && c->move != MOVE_SAME ? c : NULL;
}

/* People or things that are counted, as against points, percents and money: who loses them has lost so many, and nothing fell by their number. */
static bool counted_thing(const struct reader *r, const struct number *n, int32_t item, const struct figure *f)
{
  if (slice_is(f->unit, "person")) return true;
  return !n->unit && f->unit.n == 0 && item >= n->end && r->a->tokens[item].upos == UPOS_NOUN;
}

/* How much something moved: also "a 5% rise", "up 5%", "+5%". */
static void moves_find(const struct reader *r, const struct number *n, int32_t item, int32_t token, struct figure *f)
{
  const struct analysis *a = r->a;
  const struct numbers *numbers = r->know->numbers;
  int32_t length;
  if (n->unit && n->unit->kind == UNIT_SCORE) return;
  if (n->moved) {
    f->moves = n->moved->move;
    trace_add(&f->trace, n->moved->where);
    return;
  }
  const struct change *c = numbers_change_before(numbers, a, a->sentences[a->tokens[n->token].sentence].first, n->first, CHANGE_BESIDE, &length);
  int32_t beside = c ? n->first - length : TOKEN_NONE; /* "called up 10,000" */
  if (c && !n->unit && a->tokens[beside].deprel == DEP_COMPOUND_PRT && !figures_change(r, a->tokens[beside].head, CHANGE_MOVE)) c = NULL;
  if (!c && item != TOKEN_NONE && item >= n->end) c = numbers_change(numbers, a->tokens[item].lemma, CHANGE_NOUN);
  if (!c && !(n->unit && item >= n->end)) c = move_above(r, n, token, f->unit.n > 0); /* a "20-year marriage" moves nothing */
  if (n->plus) f->moves = MOVE_UP;
  bool lost = c && c->kind == CHANGE_MOVE && c->move == MOVE_DOWN && counted_thing(r, n, item, f); /* "lost 12 men" */
  if (!c || (lost && deprel_base((enum deprel)a->tokens[token].deprel) == DEP_OBJ)) return;
  f->moves = c->move;
  trace_add(&f->trace, c->where);
}

/* The day, or longer, of the date that hangs on the token: "on Sunday", "by Sunday evening"; empty. */
static struct slice date_below(const struct reader *r, int32_t token)
{
  const struct token *tokens = r->a->tokens;
  for (int32_t c = token == TOKEN_NONE ? TOKEN_NONE : tokens[token].first_child; c != TOKEN_NONE; c = tokens[c].next_sibling) {
    const int32_t id = r->date_at[c];
    if (id == ID_NONE || (r->dates.at[id].type != DATE_DATE && r->dates.at[id].type != DATE_TIME)) continue;
    struct slice rest = r->dates.at[id].value, day = slice_cut(&rest, 'T');
    if (day.n && is_digit(day.at[0])) return day;
  }
  return (struct slice){0};
}

/* A day, or longer, that the text gives for the number, in its own clause or in those above that it is told in; else the day of publication. */
static void as_of_find(const struct reader *r, int32_t item, int32_t token, struct figure *f)
{
  const struct token *tokens = r->a->tokens;
  int32_t up = governor(r->a, token), spots[AS_OF_CLAUSES + 2] = {item, token};
  for (size_t i = 0; i < AS_OF_CLAUSES; i++) {
    spots[i + 2] = up;
    if (up == TOKEN_NONE) continue;
    const enum deprel d = deprel_base((enum deprel)tokens[up].deprel);
    up = d == DEP_CCOMP || d == DEP_XCOMP || d == DEP_CONJ ? tokens[up].head : TOKEN_NONE;
  }
  f->as_of = r->published;
  for (size_t i = 0; i < sizeof spots / sizeof *spots; i++) {
    const struct slice day = date_below(r, spots[i]);
    if (day.n == 0) continue;
    f->as_of = day;
    return;
  }
}

/* The item of an earlier figure of the sentence, for a number that stands alone ("11 cases: seven in California"). */
static bool inherit(const struct reader *r, uint32_t sentence, struct figure *f)
{
  for (size_t n = r->figures.n, i = n; i-- > 0 && n - i <= FIGURES_LOOK_BACK;) {
    const struct figure *g = &r->figures.at[i];
    if (r->a->tokens[g->token].sentence != sentence) return false;
    if (g->item.n == 0 || (g->unit.n && !slice_is(g->unit, "person"))) continue;
    f->item = g->item;
    f->unit = g->unit;
    if (f->about.n == 0) f->about = g->about;
    if (f->state.n == 0) f->state = g->state;
    return true;
  }
  return false;
}

static void unit_set(const struct reader *r, const struct number *n, int32_t item, struct figure *f)
{
  const struct analysis *a = r->a;
  if (n->unit) {
    f->unit = n->unit->code;
    f->unit_text = slice_span(a->text, n->unit_span);
    trace_add(&f->trace, n->unit->where);
    return;
  }
  if (item == TOKEN_NONE) return;
  f->unit_text = slice_span(a->text, token_span(a, item));
  int32_t length, end = a->sentences[a->tokens[item].sentence].end;
  bool whole = item == n->end + 1 && numbers_hedge_at(r->know->numbers, a, n->end, item, HEDGE_WHOLE, &length);
  const struct unit *of = whole || item >= n->end ? numbers_unit(r->know->numbers, a, item, end, false, &length) : NULL;
  if (of && of->kind != UNIT_AGE) { /* "hundreds of billions of dollars", "two long days", the first of "12, 8 and 5 dollars" */
    f->unit = of->code;
    f->unit_text = slice_span(a->text, tree_span(a, item, item + length));
    f->item = f->about = (struct slice){0};
    trace_add(&f->trace, of->where);
    return;
  }
  if (n->fraction) return;
  const struct state *noun = numbers_state(r->know->numbers, a->tokens[item].lemma, STATE_NOUN);
  bool toll = f->state.n && numbers_change(r->know->numbers, a->tokens[item].lemma, CHANGE_ANAPHOR); /* "the death toll" */
  if (noun || toll || is_people(r, item) || ((a->tokens[item].upos == UPOS_ADJ || a->tokens[item].upos == UPOS_VERB) && f->state.n)) f->unit = SLICE("person");
}

/* "500 cars per day": the end of the words that make it a rate, behind the number or what it counts; TOKEN_NONE when there are none. */
static int32_t rate_find(const struct reader *r, const struct number *n, int32_t item)
{
  int32_t end = r->a->sentences[r->a->tokens[n->token].sentence].end, behind = item >= n->end ? item + 1 : n->end;
  int32_t to = rate_end(r, n->end, end);
  if (to > n->end) return to;
  to = rate_end(r, behind, end);
  return to > behind ? to : TOKEN_NONE;
}

/* The unit with the words of its rate: "cents per share", and around the number "$ per share". */
static struct slice rate_unit(struct reader *r, const struct number *n, int32_t end)
{
  const struct analysis *a = r->a;
  struct span span = {n->unit_span.begin, token_span(a, end - 1).end};
  if (n->unit->kind != UNIT_SYMBOL) return slice_span(a->text, span);
  struct slice sign = slice_span(a->text, n->unit_span), rate = slice_span(a->text, tree_span(a, n->end, end));
  char *joined = arena_alloc(r->arena, sign.n + 1 + rate.n);
  if (!joined) return sign;
  memcpy(joined, sign.at, sign.n);
  joined[sign.n] = ' ';
  memcpy(joined + sign.n + 1, rate.at, rate.n);
  return (struct slice){joined, sign.n + 1 + rate.n};
}

/* "homes *without power*": the phrase that tells their state belongs to what the number is about, wherever the tree hangs it. */
static void about_goes_on(const struct reader *r, int32_t item, struct figure *f)
{
  const struct analysis *a = r->a;
  const int32_t with = item + 1;
  if (item == TOKEN_NONE || with >= a->sentences[a->tokens[item].sentence].end || a->tokens[with].deprel != DEP_CASE || a->tokens[with].head < with) return;
  const int32_t noun = a->tokens[with].head;
  if (!state_of_case(r, noun)) return;
  f->about = slice_span(a->text, (struct span){(uint32_t)(f->about.at - a->text.at), token_span(a, noun).end});
}

/* Item, what it is about, state and unit. */
static void counted_find(const struct reader *r, const struct number *n, int32_t item, int32_t token, struct figure *f, struct figure_note *note)
{
  const struct analysis *a = r->a;
  const struct change *change;
  bool total = item == TOKEN_NONE && !n->unit && (item = figures_total(r, n->token, &change)) != TOKEN_NONE;
  f->item_token = item;
  if (item != TOKEN_NONE) {
    int32_t first, end;
    f->item = slice_span(a->text, figures_item_span(a, n, item));
    figures_about(a, n, item, &first, &end);
    f->about = slice_span(a->text, tree_span(a, first, end));
    countries_find(r, first, end, f);
    if (!n->unit) owners_find(r, item, f);
  }
  if (!n->unit || n->unit->kind == UNIT_PERCENT) note->state_above = state_find(r, n, item, token, f);
  unit_set(r, n, item, f);
  if (n->unit) return;
  about_goes_on(r, item, f);
  loser_find(r, token, f);
  bool last = total && f->state.n == 0 && numbers_change(r->know->numbers, a->tokens[item].lemma, CHANGE_ANAPHOR);
  if (last) f->item = f->about = f->unit = (struct slice){0}; /* "the total": of what was told just before */
  if (item == TOKEN_NONE || last) note->inherited = inherit(r, a->tokens[n->token].sentence, f) && !last;
  if (item == TOKEN_NONE && f->state.n && f->unit.n == 0) f->unit = SLICE("person");
}

/* False when memory is out.  A vague count of things is no figure. */
static bool figure_make(struct reader *r, const struct number *n, struct figure_note *note)
{
  const struct analysis *a = r->a;
  struct figure f = {.value = n->value, .low = n->low, .high = n->high, .has_value = n->has_value, .has_low = n->has_low, .has_high = n->has_high,
                     .bound = n->bound, .status = EVENT_ACTUAL, .claim = ID_NONE, .event = ID_NONE, .part_of = ID_NONE, .revises = ID_NONE,
                     .trace = n->trace};
  int32_t token, item = figures_item(r, n, &token);
  f.span = tree_span(a, n->first, n->end);
  if (n->unit && n->unit_span.end > f.span.end) f.span.end = n->unit_span.end;
  f.token = n->token;
  f.trace.rule = SLICE("number");
  counted_find(r, n, item, token, &f, note);
  item = f.item_token;
  if (n->bound == BOUND_VAGUE && n->low < VAGUE_LEAST && f.unit.n == 0) return true; /* "several innovations" say no number */
  hedges_find(r, n, item, token, &f);
  moves_find(r, n, item, token, &f);
  as_of_find(r, item, token, &f);
  int32_t rate = rate_find(r, n, item);
  bool count = f.moves != MOVE_NONE && !n->unit && !n->fraction; /* "rose by nine" */
  f.sort = rate != TOKEN_NONE ? SORT_RATE : n->increment || count ? SORT_INCREMENT : SORT_TOTAL;
  if (rate > n->end && n->unit && item < n->end && rate_end(r, n->end, rate) == rate) f.unit_text = rate_unit(r, n, rate);
  if (n->from) f.change = n->from_move; /* figures_compare moves it to the later figure */
  int32_t id = (int32_t)r->figures.n;
  for (int32_t t = n->digits_first; t < n->digits_end; t++) r->figure_at[t] = id;
  return vec_push(&r->figures, r->arena, f);
}

/* "12,000, 8,000 and 5,000 dollars": bare numbers before one with a unit have it too, when nothing but commas, conjunctions and prepositions
 * stands between. */
static void share_units(struct reader *r)
{
  const struct analysis *a = r->a;
  for (size_t i = r->figures.n; i-- > 1;) {
    struct figure *f = &r->figures.at[i - 1];
    const struct figure *g = &r->figures.at[i];
    if (f->unit.n && !slice_is(f->unit, "person")) continue; /* "up 0.5% to $1.10" */
    if ((f->unit_text.n || f->unit.n) && f->item_token != g->token) continue;
    if (!g->unit.n || slice_is(g->unit, "person") || a->tokens[f->token].sentence != a->tokens[g->token].sentence) continue;
    bool list = g->token - f->token <= 8 && g->token - f->token > 1, linked = false;
    for (int32_t t = f->token + 1; list && t < g->token; t++) {
      uint8_t upos = a->tokens[t].upos;
      list = r->figure_at[t] != ID_NONE || upos == UPOS_PUNCT || upos == UPOS_CCONJ || upos == UPOS_ADP || upos == UPOS_SYM;
      linked = linked || r->figure_at[t] == ID_NONE;
    }
    if (!list || !linked) continue;
    f->unit = g->unit;
    f->unit_text = g->unit_text;
    f->item = g->item;
    f->about = g->about;
    f->item_token = g->item_token;
    f->state = (struct slice){0};
  }
}

enum status figures_read(struct reader *r)
{
  VEC(struct figure_note) notes = {0};
  for (uint32_t s = 0; s < r->a->n_sentences; s++) {
    int32_t begin = r->a->sentences[s].first, end = r->a->sentences[s].end;
    for (int32_t t = begin, next; t < end; t = next) {
      struct number n;
      if (!number_read(r, begin, t, end, &n, &next)) continue;
      size_t before = r->figures.n;
      struct figure_note note = {.earlier = n.from, .contrast = n.contrast, .against = n.against, .part = n.part, .first = n.first, .end = n.end};
      if (!figure_make(r, &n, &note)) return reader_full(r);
      if (r->figures.n > before && !vec_push(&notes, r->arena, note)) return reader_full(r);
      begin = next;
    }
  }
  share_units(r);
  figures_part(r, notes.at);
  figures_compare(r, notes.at);
  return ST_OK;
}

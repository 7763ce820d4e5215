/* events_party.c: who stands at an argument: the entity read at its head, the country of a nationality before a nominal, what a container
 * holds ("thousands of troops"), or, where the rule allows it, the country of a place or a name that nobody knows.
 * Somebody without country, sector and code is nobody. */
#include "read/entities.h"
#include "read/events.h"

static bool codable(const struct party *p) { return p->code.n || p->country.n || p->sectors[0]; }

/* Does the word in front of a noun only count it or point at it: "at least three", "several", "this", "his"? */
static bool counts(const struct reader *r, int32_t child)
{
  char room[64];
  switch (r->a->tokens[child].deprel) {
  case DEP_DET: case DEP_DET_PREDET: case DEP_NUMMOD: return true;
  case DEP_NMOD_POSS: return r->a->tokens[child].upos == UPOS_PRON;
  case DEP_AMOD: /* "several", "second", "alleged" */
    return rule_class_word(rules_class(r->know->rules, "container"), events_lemma(r, child, room)) ||
           rule_class_word(rules_class(r->know->rules, "ordinal"), events_lemma(r, child, room)) ||
           status_cues_at(r->know->status_cues, STATUS_CUE_MODIFIER, events_lemma(r, child, room));
  default: return false;
  }
}

/* The noun phrase at the token without number and determiner: "at least three houses" -> "houses". */
static struct span uncounted(const struct reader *r, int32_t token)
{
  const struct token *tokens = r->a->tokens;
  struct span span = tree_mention(r->a, token);
  int32_t first = TOKEN_NONE;
  for (int32_t c = tokens[token].first_child; c != TOKEN_NONE && c < token; c = tokens[c].next_sibling) {
    if (counts(r, c)) first = tokens[c].right + 1;
    else if (tokens[c].deprel != DEP_CASE && tokens[c].deprel != DEP_PUNCT && tokens[c].deprel != DEP_CC) break;
  }
  if (first != TOKEN_NONE && first <= token && span.begin < token_span(r->a, first).begin) span.begin = token_span(r->a, first).begin;
  return span;
}

/* The entity read at the token, codable or not. */
static bool of_anybody(const struct reader *r, int32_t token, struct party *to)
{
  int32_t id = r->entity_at[token];
  if (id == ID_NONE && r->a->tokens[token].upos == UPOS_NOUN && r->mention_at[token] != ID_NONE && r->entities.at[r->mention_at[token]].kind == KIND_PERSON)
    id = r->mention_at[token]; /* a title that the tree takes for the head: "former minister | Ana Duarte" */
  if (id == ID_NONE) return false;
  const struct entity *e = &r->entities.at[id];
  if (e->kind == KIND_PLACE) return false;
  *to = (struct party){.span = tree_mention(r->a, token), .entity = id, .code = e->code, .country = e->country, .token = token};
  memcpy(to->sectors, e->sectors, sizeof to->sectors);
  for (uint32_t i = 0; i < e->mentions.n; i++) /* as the entity reader cut it */
    if (span_holds(e->mentions.at[i], r->a->tokens[token].span)) to->span = e->mentions.at[i];
  bool pronoun = r->a->tokens[token].upos == UPOS_PRON;
  if (e->named.begin < e->named.end && (e->kind == KIND_PERSON || pronoun)) to->span = e->named;
  else if (pronoun && r->a->tokens[e->first_token].upos == UPOS_NOUN) to->span = uncounted(r, e->first_token);
  else if (r->a->tokens[token].upos == UPOS_NOUN) to->span = uncounted(r, token);
  return true;
}

static bool of_entity(const struct reader *r, int32_t token, struct party *to) { return of_anybody(r, token, to) && codable(to); }

static bool of_place(const struct reader *r, int32_t token, struct party *to)
{
  int32_t id = r->place_at[token];
  if (id == ID_NONE || r->places.at[id].country.n == 0) return false;
  const struct place *p = &r->places.at[id];
  *to = (struct party){.span = p->span, .entity = r->entity_at[token], .code = p->country, .country = p->country, .token = token};
  return true;
}

/* A country under its own name may act where other places only tell where. */
static bool of_country(const struct reader *r, int32_t token, struct party *to)
{
  int32_t id = r->place_at[token];
  return id != ID_NONE && r->places.at[id].kind == PLACE_COUNTRY && r->places.at[id].use == USE_LITERAL && of_place(r, token, to);
}

#define ENTITIES_LOOKED_AT 512

/* The group that the text speaks of by this noun, nearest before the token, else the first behind it: "the guerrillas ... a guerrilla attack". */
static int32_t group_called(const struct reader *r, int32_t token, struct slice lemma)
{
  char room[64];
  int32_t found = ID_NONE;
  for (size_t i = r->entities.n, looked = 0; i-- > 0 && looked < ENTITIES_LOOKED_AT; looked++) { /* in the order of their first mentions */
    const struct entity *e = &r->entities.at[i];
    if (e->kind != KIND_GROUP || r->a->tokens[e->first_token].upos != UPOS_NOUN || !slice_eq(events_lemma(r, e->first_token, room), lemma)) continue;
    found = (int32_t)i;
    if (e->first_token < token) break;
  }
  return found;
}

/* A word before a nominal act: a nationality, a name or an actor noun. */
static bool of_modifier(const struct reader *r, int32_t token, struct party *to)
{
  int32_t at = r->place_at[token];
  if (at != ID_NONE && r->places.at[at].kind == PLACE_CITY) return false; /* "the Paris attacks": where, not who */
  char word[64];
  const struct slice sort = events_lemma(r, token, word);
  if (rule_class_word(rules_class(r->know->rules, "act-sort"), sort)) return false;
  if (rule_class_word(rules_class(r->know->rules, "act-sort-alone"), sort) && group_called(r, token, sort) == ID_NONE) return false;
  if (of_entity(r, token, to)) return true;
  int32_t id = r->place_at[token];
  if (id != ID_NONE) {
    const struct place *p = &r->places.at[id];
    if (p->use == USE_DEMONYM || p->use == USE_METONYM) return of_place(r, token, to);
  }
  if (id != ID_NONE) return false;
  char room[64];
  if (r->a->tokens[token].upos != UPOS_NOUN) return false;
  const struct noun *noun = nouns_find(r->know->nouns, events_lemma(r, token, room));
  if (!noun || !noun->sectors[0] || (noun->flags & NOUN_DOCUMENT)) return false;
  *to = (struct party){.span = r->a->tokens[token].span, .entity = ID_NONE, .token = token};
  memcpy(to->sectors, noun->sectors, sizeof to->sectors);
  int32_t group = group_called(r, token, events_lemma(r, token, word));
  if (group == ID_NONE) return true;
  const struct entity *e = &r->entities.at[group];
  *to = (struct party){.span = uncounted(r, e->first_token), .entity = group, .code = e->code, .country = e->country, .token = token};
  memcpy(to->sectors, e->sectors, sizeof to->sectors);
  return true;
}

/* The nearest word before the noun that is somebody. */
static bool before_noun(const struct reader *r, int32_t noun, struct party *to)
{
  const struct analysis *a = r->a;
  bool found = false;
  for (int32_t c = a->tokens[noun].first_child; c != TOKEN_NONE && c < noun; c = a->tokens[c].next_sibling) {
    enum deprel d = deprel_base((enum deprel)a->tokens[c].deprel);
    struct party one;
    if ((d == DEP_AMOD || d == DEP_COMPOUND || d == DEP_NMOD) && of_modifier(r, c, &one)) {
      *to = one;
      found = true;
    }
  }
  return found;
}

/* Whom a clause is about: its own subject ("demanded that Iran leave"), else, when that is shared, to whom it is done ("agreed to send Kyiv aid"). */
static bool of_clause(const struct reader *r, int32_t verb, struct party *to)
{
  struct frame f;
  frame_of(r->a, verb, &f);
  for (int own = 1; own >= 0; own--)
    for (uint32_t i = 0; i < f.n; i++) {
      const struct argument *arg = &f.arguments[i];
      if (arg->shared || (arg->role == ROLE_SUBJECT) != (own == 1) || arg->role == ROLE_CLAUSE) continue;
      if (of_entity(r, arg->token, to)) return true;
      if (own == 0 && of_country(r, arg->token, to)) return true;
    }
  return false;
}

/* Who does or has the noun: "Russia's attack", "the Russian attack", "the attack by Russia" */
static bool of_owner(const struct reader *r, int32_t noun, struct party *to)
{
  struct frame f;
  if (r->a->tokens[noun].upos == UPOS_VERB) return of_clause(r, noun, to);
  if (r->a->tokens[noun].upos != UPOS_NOUN) return false;
  frame_of(r->a, noun, &f);
  for (uint32_t i = 0; i < f.n; i++)
    if (f.arguments[i].role == ROLE_SUBJECT && of_entity(r, f.arguments[i].token, to)) return true;
  return before_noun(r, noun, to);
}

/* The place itself, or one that hangs on the word ("Gaza's hospitals"). */
static bool of_place_near(const struct reader *r, int32_t token, struct party *to)
{
  const struct token *tokens = r->a->tokens;
  if (of_place(r, token, to)) return true;
  for (int32_t c = tokens[token].first_child; c != TOKEN_NONE; c = tokens[c].next_sibling) {
    enum deprel d = (enum deprel)tokens[c].deprel;
    if ((d == DEP_NMOD_POSS || d == DEP_NMOD || d == DEP_AMOD || d == DEP_COMPOUND) && of_place(r, c, to)) return true;
  }
  return false;
}

/* A people told by its country ("Iraqi Kurds"): a plural name. */
static bool of_people(const struct reader *r, int32_t token, const struct party *country, struct party *to)
{
  if (!(r->a->tokens[events_inside(r, token)].feats & FEAT_PLUR)) return false;
  *to = *country;
  to->span = tree_mention(r->a, token);
  to->token = token;
  return true;
}

/* What a document says, says who issued it: its owner ("the ministry's statement"), else who does what is done with it ("issued a declaration
 * demanding"). */
static bool of_issuer(const struct reader *r, int32_t document, struct party *to)
{
  const struct analysis *a = r->a;
  if (of_owner(r, document, to)) return true;
  int32_t head = a->tokens[document].head;
  enum deprel d = deprel_base((enum deprel)a->tokens[document].deprel);
  if (head == TOKEN_NONE || a->tokens[head].upos != UPOS_VERB || (d != DEP_OBJ && d != DEP_OBL)) return false;
  struct frame f;
  frame_of(a, head, &f);
  for (uint32_t i = 0; i < f.n; i++)
    if (f.arguments[i].role == ROLE_SUBJECT && of_entity(r, f.arguments[i].token, to)) return true;
  return false;
}

/* "some of the Russian fleet": a thing of somebody's stands for them only by its nationality, and only when people or bodies.  `inside` is what
 * the container at the token holds, or the token. */
static bool of_noun(const struct reader *r, int32_t token, int32_t inside, struct party *to)
{
  uint8_t u = r->a->tokens[inside].upos;
  if (u != UPOS_NOUN && u != UPOS_PROPN) return false;
  char room[64];
  const struct noun *noun = u == UPOS_NOUN ? nouns_find(r->know->nouns, events_lemma(r, inside, room)) : NULL;
  struct party country = {0};
  bool named = before_noun(r, inside, &country);
  if (u == UPOS_PROPN) return named && country.country.n && of_people(r, token, &country, to); /* "Iraqi Kurds" */
  if (noun && (noun->flags & NOUN_DOCUMENT) && of_issuer(r, inside, to)) return true;
  if (!noun || (noun->flags & NOUN_DOCUMENT)) {
    if (!named || !country.country.n || !events_in_class(r, inside, rules_class(r->know->rules, "of-nation"))) return false;
    *to = country;
    to->span = tree_mention(r->a, token);
    to->token = token;
    return true;
  }
  *to = (struct party){
      .span = uncounted(r, token), .entity = r->entity_at[token], .token = token, .country = named ? country.country : (struct slice){0}};
  memcpy(to->sectors, noun->sectors, sizeof to->sectors);
  return codable(to);
}

/* One past the phrase at the token with what it is of, and the names behind it: "homes of leaders of parties", "vehicle of newsman Ana Duarte". */
static uint32_t phrase_end(const struct reader *r, int32_t token, int depth)
{
  const struct token *tokens = r->a->tokens;
  uint32_t end = (uint32_t)tree_mention(r->a, token).end;
  if (depth == 3) return end;
  for (int32_t c = tokens[token].first_child; c != TOKEN_NONE; c = tokens[c].next_sibling) {
    if (c < token) continue;
    if (tokens[c].deprel == DEP_APPOS && tokens[c].name == NAME_PERSON && token_span(r->a, c).begin <= end + 1) {
      uint32_t name = (uint32_t)tree_mention(r->a, c).end;
      if (name > end) end = name;
    }
    int32_t marker = tokens[c].deprel == DEP_NMOD ? tree_case(r->a, c) : TOKEN_NONE;
    if (marker == TOKEN_NONE || !rule_class_word(rules_class(r->know->rules, "thing-of"), tokens[marker].lemma)) continue;
    uint32_t of = phrase_end(r, c, depth + 1);
    return of > end ? of : end;
  }
  return end;
}

/* A thing is told apart by what hangs on it: "houses of the judge". */
struct span events_thing(const struct reader *r, int32_t token)
{
  struct span span = uncounted(r, token);
  uint32_t end = phrase_end(r, token, 0);
  if (end > span.end) span.end = end;
  return span;
}

/* Something that can be damaged: a building, a vehicle, a line. */
static bool of_thing(const struct reader *r, int32_t token, const struct rule_class *things, struct party *to)
{
  if ((r->a->tokens[token].upos != UPOS_NOUN && r->a->tokens[token].upos != UPOS_PROPN) || !events_in_class(r, token, things)) return false;
  struct party near = {0};
  bool whose = of_place_near(r, token, &near); /* "the office of the Peruvian police" */
  for (int32_t c = r->a->tokens[token].first_child; !whose && c != TOKEN_NONE; c = r->a->tokens[c].next_sibling) {
    enum deprel d = deprel_base((enum deprel)r->a->tokens[c].deprel);
    whose = (d == DEP_NMOD || d == DEP_COMPOUND) && of_entity(r, c, &near) && near.country.n;
  }
  *to = (struct party){.span = events_thing(r, token), .entity = r->entity_at[token], .token = token}; /* "the Oak Street Bridge" has a name */
  if (whose) to->code = to->country = near.country;
  return true;
}

/* A name of which nothing is known is of the sector that the act tells: who buys a firm is a firm, who is shot a civilian.  Bodies are no
 * civilians. */
static bool of_name(struct reader *r, int32_t token, uint8_t sector, struct party *to)
{
  int32_t id = r->entity_at[token];
  if (sector == SECTOR_NONE || id == ID_NONE) return false;
  const struct entity *e = &r->entities.at[id];
  bool fits = e->kind == KIND_PERSON || (e->kind == KIND_ORGANIZATION && sector != SECTOR_CVL);
  if (!fits || codable(&(struct party){.code = e->code, .country = e->country})) return false;
  *to = (struct party){.span = tree_mention(r->a, token), .entity = id, .token = token, .sectors = {sector}};
  for (uint32_t i = 0; i < e->mentions.n; i++)
    if (span_holds(e->mentions.at[i], r->a->tokens[token].span)) to->span = e->mentions.at[i];
  return entities_compose(r->arena, (struct slice){0}, to->sectors, &to->code);
}

static bool owner_name(struct reader *r, int32_t noun, uint8_t sector, struct party *to)
{
  int32_t owner = sector == SECTOR_NONE ? TOKEN_NONE : tree_child(r->a, noun, DEP_NMOD_POSS);
  return owner != TOKEN_NONE && of_name(r, owner, sector, to);
}

/* Whose life it is: "the life *of the judge*", "*his* life"; TOKEN_NONE of other nouns. */
static int32_t whose_life(const struct reader *r, int32_t noun)
{
  char room[64];
  if (!rule_class_word(rules_class(r->know->rules, "life"), events_lemma(r, noun, room))) return TOKEN_NONE;
  int32_t who = tree_child(r->a, noun, DEP_NMOD_POSS);
  for (int32_t c = r->a->tokens[noun].first_child; c != TOKEN_NONE && who == TOKEN_NONE; c = r->a->tokens[c].next_sibling) {
    int32_t marker = c > noun && r->a->tokens[c].deprel == DEP_NMOD ? tree_case(r->a, c) : TOKEN_NONE;
    if (marker != TOKEN_NONE && rule_class_word(rules_class(r->know->rules, "thing-of"), r->a->tokens[marker].lemma)) who = c;
  }
  return who;
}

/* Somebody with a name of whom no table and no title tells anything: "lauded Mr. Clarke". */
static bool of_person(const struct reader *r, int32_t token, struct party *to)
{
  if (!of_anybody(r, token, to)) return false;
  const struct entity *e = &r->entities.at[to->entity];
  return e->kind == KIND_PERSON && e->named.begin < e->named.end;
}

/* "killing two people and wounding | 90": a number alone counts those of whom the verb before it tells. */
static bool of_number(const struct reader *r, int32_t number, struct party *to)
{
  const struct analysis *a = r->a;
  const int32_t verb = a->tokens[number].head;
  if (a->tokens[number].upos != UPOS_NUM || verb == TOKEN_NONE || a->tokens[verb].deprel != DEP_CONJ || a->tokens[verb].upos != UPOS_VERB) return false;
  struct frame f;
  frame_of(a, a->tokens[verb].head, &f);
  const int32_t counted = frame_argument(a, &f, ROLE_OBJECT, NULL);
  if (counted == TOKEN_NONE || counted == number || !of_anybody(r, counted, to)) return false;
  if (r->entities.at[to->entity].kind != KIND_GROUP) return false;
  to->span = a->tokens[number].span;
  to->token = number;
  return true;
}

/* Somebody without a code, or with that of a nationality before it: "Belgian Islamists". */
static bool of_uncoded(const struct reader *r, int32_t token, int32_t inside, struct party *to)
{
  struct party nation;
  if (!of_anybody(r, token, to) && !of_anybody(r, inside, to)) return false;
  const bool people = r->a->tokens[inside].upos == UPOS_PROPN && (r->a->tokens[inside].feats & FEAT_PLUR);
  if (!codable(to) && people && before_noun(r, inside, &nation)) to->code = to->country = nation.country;
  return true;
}

/* A thing, or a number of people, in the types that are done to anybody. */
static bool of_harmed(const struct reader *r, int32_t token, int32_t inside, const struct rule *rule, struct party *to)
{
  return rule->things && (of_thing(r, inside, rule->things, to) || of_number(r, token, to));
}

/* Whoever is surest first: an entity, a country, where the rule allows it any place, at last a noun without a name. */
static bool party_at(struct reader *r, int32_t token, const struct rule *rule, const struct rule_slot *slot, bool acts,
                     struct party *to)
{
  int32_t alive = slot->owner && rule->things ? whose_life(r, token) : TOKEN_NONE;
  if (alive != TOKEN_NONE) return of_anybody(r, alive, to);
  if (slot->owner) return of_owner(r, token, to) || owner_name(r, token, slot->otherwise, to);
  if (slot->slot == SLOT_MODIFIER) return of_modifier(r, token, to) || of_name(r, token, slot->otherwise, to);
  if (of_entity(r, token, to)) return true;
  int32_t inside = events_inside(r, token);
  if (inside != token && of_entity(r, inside, to)) return true;
  if (of_country(r, token, to)) return true;
  bool anybody = rule->things && of_uncoded(r, token, inside, to);
  if (anybody && !(acts && r->entities.at[to->entity].kind == KIND_OTHER)) return true;
  if (!acts && of_harmed(r, token, inside, rule, to)) return true;
  if (slot->place && of_place_near(r, token, to)) return true;
  return of_noun(r, token, inside, to) || of_name(r, token, slot->otherwise, to) || of_person(r, token, to);
}

static bool push(struct reader *r, struct parties *to, const struct party *p)
{
  for (uint32_t i = 0; i < to->n; i++)
    if (to->at[i].token == p->token || (p->entity != ID_NONE && to->at[i].entity == p->entity)) return true;
  struct party *grown = arena_grow(r->arena, to->at, to->n * sizeof *grown, (to->n + 1) * sizeof *grown);
  if (!grown) return false;
  grown[to->n++] = *p;
  to->at = grown;
  return true;
}

/* The body in front of those who act for it is a party of its own: "Shining Path | guerrillas". */
static void without_body(const struct reader *r, struct parties *to, int32_t token, const struct party *body)
{
  const struct token *tokens = r->a->tokens;
  int32_t first = tokens[body->token].right + 1;
  while (first < token && (tokens[first].upos == UPOS_PUNCT || token_span(r->a, first).begin < body->span.end)) first++;
  for (uint32_t i = 0; i < to->n; i++)
    if (to->at[i].token == token && to->at[i].span.begin < token_span(r->a, first).begin && token_span(r->a, first).begin < to->at[i].span.end)
      to->at[i].span.begin = token_span(r->a, first).begin;
}

/* The body that a word names, with or without a code. */
static bool of_body(const struct reader *r, int32_t token, struct party *to)
{
  return of_anybody(r, token, to) && r->entities.at[to->entity].kind == KIND_ORGANIZATION;
}

/* What hangs on those who act: a body before them, behind "of" or "belonging to", or the name of theirs in apposition. */
static bool names_body(const struct reader *r, int32_t head, int32_t c)
{
  const struct token *tokens = r->a->tokens;
  enum deprel d = deprel_base((enum deprel)tokens[c].deprel);
  if (tokens[c].upos == UPOS_PRON) return false;
  if (d == DEP_APPOS) return c > head;
  if (d != DEP_NMOD || c < head) return d == DEP_COMPOUND || d == DEP_NMOD;
  int32_t marker = tree_case(r->a, c);
  return marker != TOKEN_NONE && rule_class_word(rules_class(r->know->rules, "member-of"), tokens[marker].lemma);
}

#define BODY_DEPTH 3

/* "Shining Path guerrillas", "members of the FMLN", "rebels belonging to a front of the FMLN", "the group Shining Path": what those without a name
 * belong to acts through them.  `head` is the word whose children are looked at. */
static bool push_bodies(struct reader *r, struct parties *to, int32_t token, int32_t head, int depth)
{
  const struct token *tokens = r->a->tokens;
  char room[64];
  for (int32_t c = tokens[head].first_child; c != TOKEN_NONE; c = tokens[c].next_sibling) {
    bool belongs = tokens[c].deprel == DEP_ACL && rule_class_word(rules_class(r->know->rules, "member-of"), events_lemma(r, c, room));
    for (int32_t k = belongs ? tokens[c].first_child : TOKEN_NONE; k != TOKEN_NONE; k = tokens[k].next_sibling) {
      struct party of;
      if (tokens[k].deprel == DEP_OBL && of_body(r, k, &of) && !push(r, to, &of)) return false;
    }
    struct party body;
    if (!names_body(r, head, c) || !of_body(r, c, &body) || (c < head && !codable(&body))) continue;
    if (c < token && head == token) without_body(r, to, token, &body);
    if (!push(r, to, &body)) return false;
    if (c > head && depth < BODY_DEPTH && !push_bodies(r, to, token, c, depth + 1)) return false;
  }
  return true;
}

static bool push_body(struct reader *r, struct parties *to, int32_t token)
{
  const struct entity *who = r->entity_at[token] == ID_NONE ? NULL : &r->entities.at[r->entity_at[token]];
  if (r->a->tokens[token].upos != UPOS_NOUN || (who && (who->kind == KIND_ORGANIZATION || who->kind == KIND_COUNTRY))) return true;
  return push_bodies(r, to, token, token, 0);
}

/* Pushes the person at the token and those coordinated with or apposed to him or her; bounded in depth. */
static bool push_persons(struct reader *r, struct parties *to, int32_t token, int depth)
{
  struct party who;
  if (!of_anybody(r, token, &who) || r->entities.at[who.entity].kind != KIND_PERSON) return true;
  if (!push(r, to, &who)) return false;
  for (int32_t c = r->a->tokens[token].first_child; c != TOKEN_NONE && depth < 4; c = r->a->tokens[c].next_sibling)
    if (r->a->tokens[c].deprel == DEP_CONJ && !push_persons(r, to, c, depth + 1)) return false;
  return true;
}

/* Who the dead are: "the dead are | Ana Duarte and Juan Rey", "one of the wounded is | Ana Duarte", "among the injured was | Ana Duarte". */
static bool push_stated(struct reader *r, struct parties *to, int32_t adjective)
{
  const struct token *tokens = r->a->tokens;
  char room[64];
  int32_t at = adjective, marker = tree_case(r->a, at);
  bool among = marker != TOKEN_NONE && rule_class_word(rules_class(r->know->rules, "including"), events_lemma(r, marker, room));
  if (!among && tokens[at].deprel == DEP_NMOD && tokens[at].head != TOKEN_NONE) at = tokens[at].head; /* "one of the wounded" */
  int32_t head = tokens[at].head;
  if (head == TOKEN_NONE || (!among && tokens[at].deprel != DEP_NSUBJ) || tree_child(r->a, head, DEP_COP) == TOKEN_NONE) return true;
  return push_persons(r, to, head, 0);
}

/* The name that the tree hangs beside its title: "the murder of analyst | Ana Duarte"; TOKEN_NONE when there is none. */
static int32_t name_beside(const struct analysis *a, int32_t title)
{
  int32_t name = a->tokens[title].right + 1;
  if (name >= a->n_tokens || a->tokens[title].head == TOKEN_NONE || a->tokens[name].head != a->tokens[title].head) return TOKEN_NONE;
  bool same = a->tokens[name].name == NAME_PERSON && a->tokens[name].deprel == a->tokens[title].deprel;
  return same && tree_case(a, name) == TOKEN_NONE ? name : TOKEN_NONE;
}

/* The persons behind a verb of naming: "identified as | Luis Prado", no matter who identified them. */
static bool push_called(struct reader *r, struct parties *to, int32_t verb)
{
  const struct token *tokens = r->a->tokens;
  char room[64];
  if (!rule_class_word(rules_class(r->know->rules, "named"), events_lemma(r, verb, room))) return true;
  for (int32_t c = tokens[verb].first_child; c != TOKEN_NONE; c = tokens[c].next_sibling)
    if (c > verb && tokens[c].deprel != DEP_OBL_AGENT && !push_persons(r, to, c, 0)) return false;
  return true;
}

/* The persons who are named behind a noun: "the priests | Ana Duarte, Luis Prado and Juan Rey", "a man named | Luis Prado", "the students killed
 * were | Ana Duarte and Juan Rey", "the victim was identified as | Luis Prado". */
static bool push_named(struct reader *r, struct parties *to, int32_t token)
{
  const struct token *tokens = r->a->tokens;
  if (tokens[token].upos == UPOS_ADJ) return push_stated(r, to, token);
  if (tokens[token].upos != UPOS_NOUN && !(tokens[token].feats & FEAT_PLUR)) return true;
  int32_t beside = name_beside(r->a, token);
  if (beside != TOKEN_NONE && !push_persons(r, to, beside, 0)) return false;
  for (int32_t c = tokens[token].first_child; c != TOKEN_NONE; c = tokens[c].next_sibling) {
    if (c < token) continue;
    if ((tokens[c].deprel == DEP_APPOS || tokens[c].deprel == DEP_FLAT) && !push_persons(r, to, c, 0)) return false;
    if (tokens[c].deprel == DEP_ACL && !push_called(r, to, c)) return false;
  }
  int32_t head = tokens[token].head;
  if (head == TOKEN_NONE) return true;
  if (tokens[token].deprel == DEP_NSUBJ && tree_child(r->a, head, DEP_COP) != TOKEN_NONE) return push_persons(r, to, head, 0);
  return tokens[token].deprel != DEP_NSUBJ_PASS || push_called(r, to, head);
}

/* "the *murdered* judge": what is done to whom is no part of their name. */
static void without_trigger(const struct reader *r, struct party *p, int32_t trigger)
{
  if (r->a->tokens[trigger].head != p->token || trigger > p->token) return;
  struct span next = token_span(r->a, trigger + 1);
  if (span_holds(p->span, token_span(r->a, trigger)) && next.begin < p->span.end) p->span.begin = next.begin;
}

/* One person told by a noun and by name is one party: "a priest, Ana Duarte".  From `first` on stand those who were named behind the noun. */
static void without_noun(const struct reader *r, struct parties *to, int32_t token, uint32_t first)
{
  if (to->n == first || (r->a->tokens[token].feats & FEAT_PLUR)) return;
  const struct span named = r->entities.at[to->at[first].entity].named;
  if (named.begin >= named.end) return;
  for (uint32_t i = 0; i < first; i++) {
    const struct party *p = &to->at[i];
    const struct entity *e = p->entity == ID_NONE ? NULL : &r->entities.at[p->entity];
    if (p->token != token || !e || e->kind != KIND_PERSON || e->named.begin < e->named.end) continue;
    memmove(&to->at[i], &to->at[i + 1], (to->n - i - 1) * sizeof *to->at);
    to->n--;
    return;
  }
}

/* The things among many: "ten homes, including | the house of the judge"; behind a container those beside the first: "in front of a church and | a
 * bank". */
static bool push_thing(struct reader *r, const struct rule *rule, struct parties *to, int32_t token)
{
  struct party p;
  int32_t inside = events_inside(r, token);
  return !rule->things || !of_thing(r, inside, rule->things, &p) || push(r, to, &p);
}

static bool push_beside(struct reader *r, const struct rule *rule, struct parties *to, int32_t token)
{
  const struct token *tokens = r->a->tokens;
  int32_t inside = events_inside(r, token);
  if (inside == token) return true;
  for (int32_t c = tokens[inside].first_child; c != TOKEN_NONE; c = tokens[c].next_sibling)
    if (tokens[c].deprel == DEP_CONJ && !push_thing(r, rule, to, c)) return false;
  return true;
}

/* The persons among many: "nine people, including the teacher | Ana Duarte"; `head` is the noun, or the verb behind which they are told. */
static bool push_among(struct reader *r, const struct rule *rule, struct parties *to, int32_t head)
{
  const struct token *tokens = r->a->tokens;
  char room[64];
  for (int32_t c = tokens[head].first_child; c != TOKEN_NONE; c = tokens[c].next_sibling) {
    int32_t marker = c > head ? tree_case(r->a, c) : TOKEN_NONE;
    if (marker == TOKEN_NONE || !rule_class_word(rules_class(r->know->rules, "including"), events_lemma(r, marker, room))) continue;
    if (!push_persons(r, to, c, 0) || !push_named(r, to, c) || !push_thing(r, rule, to, c)) return false;
  }
  return true;
}

/* Those who are told with the word at a slot: the body of who acts, the names of who suffers. */
static bool push_with(struct reader *r, const struct match *m, bool acts, int32_t token, struct parties *to)
{
  if (acts && !push_body(r, to, token)) return false;
  uint32_t before = to->n;
  if (!push_named(r, to, token)) return false;
  without_noun(r, to, token, before);
  return acts || (push_beside(r, m->rule, to, token) && push_among(r, m->rule, to, token) && push_among(r, m->rule, to, m->frame.predicate));
}

/* Does nothing but "and", a comma, a hyphen or a possessive mark stand between the names of two countries? */
static bool side_by_side(const struct reader *r, int32_t end, int32_t next)
{
  bool tied = false;
  for (int32_t t = end; t < next; t++) {
    const struct token *token = &r->a->tokens[t];
    if (token->upos != UPOS_CCONJ && token->upos != UPOS_PUNCT && token->upos != UPOS_SYM && token->upos != UPOS_PART) return false;
    tied |= token->upos != UPOS_PART;
  }
  return tied;
}

#define NATIONS_MOST 4

/* "U.S. and South Korean forces", "Chad's and Niger's envoys", "a US-Japanese exercise": of every nation that is named before the noun somebody
 * acts.  One person has two nationalities and is one. */
static bool push_nations(struct reader *r, struct parties *to, int32_t noun, const struct party *p)
{
  const struct entity *who = p->entity == ID_NONE || p->token != noun ? NULL : &r->entities.at[p->entity];
  if (p->country.n != 3 || r->a->tokens[noun].upos == UPOS_VERB || (who && who->kind == KIND_PERSON)) return true;
  int32_t nation[NATIONS_MOST];
  uint32_t n = 0;
  int32_t end = TOKEN_NONE;
  bool own = false;
  for (int32_t t = r->a->tokens[noun].left; t < noun; t++) {
    int32_t id = r->place_at[t];
    const struct place *place = id == ID_NONE ? NULL : &r->places.at[id];
    if (!place || place->first != t || place->country.n != 3 || (place->use != USE_DEMONYM && place->kind != PLACE_COUNTRY)) continue;
    if (n && !side_by_side(r, end, t)) n = 0, own = false;
    if (n == NATIONS_MOST) break;
    nation[n++] = id;
    own |= slice_eq(place->country, p->country);
    end = place->end;
  }
  for (uint32_t i = 0; i < n && own; i++) {
    const struct place *place = &r->places.at[nation[i]];
    if (slice_eq(place->country, p->country)) continue;
    struct party other = {.span = place->span, .entity = ID_NONE, .country = place->country, .token = place->first};
    memcpy(other.sectors, p->sectors, sizeof other.sectors);
    if (!entities_compose(r->arena, other.country, other.sectors, &other.code) || !push(r, to, &other)) return false;
  }
  return true;
}

/* "welcomed the release *of the girls*": to whom the act is done of which the words are said. */
static bool is_patient(const struct reader *r, const struct match *m, const struct rule_slot *slot, int32_t token)
{
  const struct rule_class *acts = rules_class(r->know->rules, "said-of-acts");
  const int32_t noun = r->a->tokens[token].head;
  char room[64];
  if (slot->slot != SLOT_ADPOSITION || !acts || !rule_class_act(r->know->rules, acts, m->rule->type, m->rule->mode)) return false;
  if (noun == TOKEN_NONE || noun == m->frame.predicate || r->a->tokens[noun].upos != UPOS_NOUN || r->a->tokens[token].deprel != DEP_NMOD) return false;
  const int32_t marker = tree_case(r->a, token);
  if (marker == TOKEN_NONE || !rule_class_word(rules_class(r->know->rules, "thing-of"), r->a->tokens[marker].lemma)) return false;
  const struct rule_trigger *trigger = rules_at(r->know->rules, TRIGGER_NOUN, events_lemma(r, noun, room));
  while (trigger && trigger->with.n) trigger = trigger->next;
  return trigger && rule_class_act(r->know->rules, rules_class(r->know->rules, "done-to"), trigger->rule->type, trigger->rule->mode);
}

/* "expressed outrage in an interview *with a newspaper*": who only hears it. */
static bool is_hearer(const struct reader *r, const struct match *m, const struct rule_slot *slot, const struct party *p)
{
  const struct rule_class *acts = rules_class(r->know->rules, "said-of-acts");
  if (slot->slot != SLOT_ADPOSITION || p->sectors[0] != SECTOR_JRN || !acts) return false;
  if (!rule_class_act(r->know->rules, acts, m->rule->type, m->rule->mode)) return false;
  return rule_class_word(rules_class(r->know->rules, "heard-by"), slot->word);
}

/* "the delegations of Cyprus, Greece and Italy": of each country that is named behind the noun somebody acts. */
static bool push_of_nations(struct reader *r, struct parties *to, int32_t noun, const struct party *p)
{
  const struct token *tokens = r->a->tokens;
  if (tokens[noun].upos != UPOS_NOUN || !(tokens[noun].feats & FEAT_PLUR) || p->country.n != 3 || p->sectors[0] == SECTOR_NONE) return true;
  for (int32_t c = tokens[noun].first_child; c != TOKEN_NONE; c = tokens[c].next_sibling) {
    const int32_t marker = c > noun && tokens[c].deprel == DEP_NMOD ? tree_case(r->a, c) : TOKEN_NONE;
    if (marker == TOKEN_NONE || !rule_class_word(rules_class(r->know->rules, "member-of"), tokens[marker].lemma)) continue;
    const int32_t named = r->place_at[c] != ID_NONE ? c : tree_child(r->a, c, DEP_NMOD); /* "the heads of the armies *of Chad and Niger*" */
    if (named == TOKEN_NONE || r->place_at[named] == ID_NONE || r->places.at[r->place_at[named]].kind != PLACE_COUNTRY) continue;
    for (int32_t k = tokens[named].first_child; k != TOKEN_NONE; k = tokens[k].next_sibling) {
      const struct place *place = tokens[k].deprel == DEP_CONJ && r->place_at[k] != ID_NONE ? &r->places.at[r->place_at[k]] : NULL;
      if (!place || place->kind != PLACE_COUNTRY || slice_eq(place->country, p->country)) continue;
      struct party other = {.span = place->span, .entity = ID_NONE, .country = place->country, .token = place->first};
      memcpy(other.sectors, p->sectors, sizeof other.sectors);
      if (!entities_compose(r->arena, other.country, other.sectors, &other.code) || !push(r, to, &other)) return false;
    }
  }
  return true;
}

static bool push_all_nations(struct reader *r, struct parties *to, int32_t noun, int32_t token, const struct party *p)
{
  return push_nations(r, to, noun, p) && push_of_nations(r, to, token, p);
}

/* "The two sides agreed": both are parties, each told by these words; the second stands at the word before the noun. */
static bool push_sides(struct reader *r, struct parties *to, int32_t token, const struct party *const two[2])
{
  for (int i = 0; i < 2; i++) {
    struct party p = *two[i];
    p.token = i == 0 ? token : r->a->tokens[token].left;
    p.span = tree_mention(r->a, token);
    if (!push(r, to, &p)) return false;
  }
  return true;
}

/* Who stands at the token of a slot; *last: no other of the slot counts. */
static bool push_party(struct reader *r, const struct match *m, const struct rule_slot *slot, bool acts, int32_t token, struct parties *to, bool *last)
{
  struct party p;
  const struct party *two[2];
  const bool self = slot->slot == SLOT_SELF, before = slot->slot == SLOT_MODIFIER;
  if (!acts && is_patient(r, m, slot, token)) return true;
  if (!slot->owner && events_sides(r, token, two)) return push_sides(r, to, token, two);
  bool found = (acts || !self) && party_at(r, token, m->rule, slot, acts, &p);
  if (found) without_trigger(r, &p, m->frame.predicate);
  found = found && (acts || !is_hearer(r, m, slot, &p));
  if (found && !push(r, to, &p)) return false;
  if (found && !slot->owner && !push_all_nations(r, to, before ? m->frame.predicate : token, token, &p)) return false;
  *last = found && before;
  return !m->rule->things || slot->owner || push_with(r, m, acts, token, to);
}

bool events_parties(struct reader *r, const struct match *m, const struct rule_part *part, struct parties *to)
{
  to->at = NULL;
  to->n = 0;
  for (uint32_t i = 0; i < part->n; i++) {
    if (part->begins[i] && to->n) return true; /* an earlier alternative gave somebody */
    const struct rule_slot *slot = &part->slot[i];
    struct slot_tokens tokens;
    events_slot(r, m, slot, &tokens);
    bool last = false;
    for (uint32_t k = 0; k < tokens.n && !last; k++) { /* the nearest modifier first */
      const int32_t token = slot->slot == SLOT_MODIFIER ? tokens.at[tokens.n - 1 - k] : tokens.at[k];
      if (!push_party(r, m, slot, part == &m->rule->actor, token, to, &last)) return false;
    }
  }
  return true;
}

/* The place with a country that the text named last before the token, else next in its sentence; SIZE_MAX when there is none near. */
static size_t place_before(const struct reader *r, int32_t token)
{
  size_t low = 0, high = r->places.n; /* places stand in the order of the text */
  while (low < high) {
    size_t mid = low + (high - low) / 2;
    if (r->places.at[mid].first < token) low = mid + 1;
    else high = mid;
  }
  for (size_t i = low, tries = 0; i-- > 0 && tries < 8; tries++)
    if (r->places.at[i].country.n) return i;
  bool behind = low < r->places.n && r->a->tokens[r->places.at[low].first].sentence == r->a->tokens[token].sentence && r->places.at[low].country.n;
  return behind ? low : SIZE_MAX;
}

/* A thing becomes an entity only when something happens to it. */
static bool thing_entity(struct reader *r, struct party *p)
{
  struct span *mention = arena_array(r->arena, struct span, 1);
  if (!mention) return false;
  *mention = p->span;
  struct entity e = {.name = slice_span(r->a->text, p->span), .kind = KIND_OTHER, .country = p->country, .mentions = {mention, 1}, .first_token = p->token};
  e.trace.rule = SLICE("thing");
  if (r->entities.n >= INT32_MAX || !vec_push(&r->entities, r->arena, e)) return false;
  p->entity = r->entity_at[p->token] = (int32_t)r->entities.n - 1;
  return true;
}

#define COUNTRY_NEAR 10 /* sentences */

static uint32_t sentences_between(const struct reader *r, int32_t from, int32_t to)
{
  const uint32_t x = r->a->tokens[from].sentence, y = r->a->tokens[to].sentence;
  return x < y ? y - x : x - y;
}

/* Something exploded, and nobody is told of: it was done to the country where it happened. */
static bool to_country(struct reader *r, struct event *e)
{
  size_t low = e->place != ID_NONE ? (size_t)e->place : place_before(r, e->token);
  if (low == SIZE_MAX || sentences_between(r, r->places.at[low].first, e->token) > COUNTRY_NEAR) return true;
  const struct place *p = &r->places.at[low];
  struct party where = {.span = p->span, .entity = ID_NONE, .code = p->country, .country = p->country, .token = p->first};
  for (int i = 0; i < TRACE_LINES; i++) trace_add(&e->trace, p->trace.lines[i]);
  return push(r, &e->recipient, &where);
}

/* "the *police* killing of": those under arms without a code are of the country where it happened. */
static bool armed_of(struct reader *r, const struct event *e, struct slice country)
{
  for (uint32_t i = 0; i < e->actor.n; i++) {
    struct party *p = &e->actor.at[i];
    const bool armed = p->sectors[0] == SECTOR_COP || p->sectors[0] == SECTOR_MIL || p->sectors[0] == SECTOR_REB || p->sectors[0] == SECTOR_UAF;
    if (p->entity != ID_NONE || p->code.n || !armed) continue;
    p->country = country;
    if (!entities_compose(r->arena, country, p->sectors, &p->code)) return false;
  }
  return true;
}

/* To whom it was done without a code is of the country where it happened, people its civilians. */
static bool sufferers_of(struct reader *r, const struct event *e, struct slice country)
{
  for (uint32_t i = 0; i < e->recipient.n; i++) {
    struct party *p = &e->recipient.at[i];
    const struct entity *who = p->entity == ID_NONE ? NULL : &r->entities.at[p->entity];
    if (codable(p)) continue;
    p->country = p->code = country;
    if (!who || (who->kind != KIND_PERSON && who->kind != KIND_GROUP)) continue;
    p->sectors[0] = SECTOR_CVL;
    if (!entities_compose(r->arena, country, p->sectors, &p->code)) return false;
  }
  return true;
}

bool events_uncoded(struct reader *r, const struct rule *rule, struct event *e)
{
  if (!rule->things) return true;
  const struct rule_class *alone = rules_class(r->know->rules, "to-country");
  const bool blind = alone && e->instrument.n && rule_class_act(r->know->rules, alone, e->type, e->mode);
  if (blind && e->recipient.n == 0 && e->actor.n == 0 && !to_country(r, e)) return false;
  struct slice country = e->place != ID_NONE ? r->places.at[e->place].country : (struct slice){0};
  size_t before = country.n ? SIZE_MAX : place_before(r, e->token);
  if (before != SIZE_MAX) country = r->places.at[before].country;
  if (!armed_of(r, e, country) || !sufferers_of(r, e, country)) return false;
  for (uint32_t i = 0; i < e->recipient.n && events_codable(e); i++) {
    struct party *p = &e->recipient.at[i];
    bool nothing = p->entity == ID_NONE && r->entity_at[p->token] == ID_NONE && r->place_at[p->token] == ID_NONE;
    if (nothing && events_in_class(r, p->token, rule->things) && !thing_entity(r, p)) return false;
  }
  return true;
}

bool events_somebody(const struct reader *r, int32_t token, struct party *to) { return of_entity(r, token, to); }
bool events_somewhere(const struct reader *r, int32_t token, struct party *to) { return of_place(r, token, to); }
bool events_add_party(struct reader *r, struct parties *to, const struct party *p) { return push(r, to, p); }

bool events_codable(const struct event *e)
{
  for (uint32_t i = 0; i < e->actor.n; i++)
    if (codable(&e->actor.at[i])) return true;
  for (uint32_t i = 0; i < e->recipient.n; i++)
    if (codable(&e->recipient.at[i])) return true;
  return false;
}

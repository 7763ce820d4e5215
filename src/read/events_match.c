/* events_match.c: which rule a trigger fires.
 *
 * The frame of a nominal trigger that is the object or subject of a light verb ("launched an attack on", "talks were held by") takes the verb's
 * arguments too.  Rules are tried in their order (more conditions first); the first whose conditions hold is the match. */
#include "read/events.h"
#include "read/tree.h"

#define SENTENCE_WINDOW 60 /* tokens on each side that count as its sentence */
#define PASSAGE_BEFORE 3   /* sentences before it that belong to its passage */

struct slice events_lemma(const struct reader *r, int32_t token, char room[64])
{
  struct slice lemma = r->a->tokens[token].lemma;
  if (lemma.n == 0) lemma = r->a->tokens[token].form;
  if (lemma.n > 64) return (struct slice){0};
  for (size_t i = 0; i < lemma.n; i++) room[i] = lemma.at[i] >= 'A' && lemma.at[i] <= 'Z' ? (char)(lemma.at[i] + 32) : lemma.at[i];
  return (struct slice){room, lemma.n};
}

struct slice events_other_lemma(const struct reader *r, int32_t token, enum trigger_pos pos, size_t *next, char room[64])
{
  size_t n;
  const struct rule_ending *endings = rules_endings(r->know->rules, &n);
  struct slice form = r->a->tokens[token].form;
  for (; *next < n; ++*next) {
    const struct rule_ending *e = &endings[*next];
    if (e->pos != pos || form.n > 60 || (e->ending.n + 2 > form.n && e->ending.n != form.n) || e->instead.n > e->ending.n + 1) continue;
    for (size_t i = 0; i < form.n; i++) room[i] = form.at[i] >= 'A' && form.at[i] <= 'Z' ? (char)(form.at[i] + 32) : form.at[i];
    struct slice low = {room, form.n};
    if (!slice_ends(low, e->ending)) continue;
    memcpy(room + form.n - e->ending.n, e->instead.at ? e->instead.at : "", e->instead.n);
    ++*next;
    return (struct slice){room, form.n - e->ending.n + e->instead.n};
  }
  return (struct slice){0};
}

static bool class_has_kind(const struct rule_class *class, enum entity_kind kind) { return class->kinds & ((uint32_t)1 << kind); }

/* Is one of somebody's sectors (0: none) in the set? */
static bool any_sector(const uint8_t *sectors, uint64_t set)
{
  for (int i = 0; i < SECTORS_MAX; i++)
    if (sectors[i] && (set & ((uint64_t)1 << sectors[i]))) return true;
  return false;
}

/* Does the class list the word: its lemma, another lemma that its form may have, or the pair it makes with a word before it ("air strike")? */
static bool listed_in_class(const struct reader *r, int32_t token, struct slice lemma, const struct rule_class *class)
{
  const struct analysis *a = r->a;
  char room[64];
  if (rule_class_word(class, lemma)) return true;
  if (a->tokens[token].upos == UPOS_NOUN) {
    size_t next = 0;
    for (struct slice word; (word = events_other_lemma(r, token, TRIGGER_NOUN, &next, room)).n;)
      if (rule_class_word(class, word)) return true;
  }
  for (int32_t c = a->tokens[token].first_child; c != TOKEN_NONE; c = a->tokens[c].next_sibling)
    if (c < token && rule_class_pair(class, events_lemma(r, c, room), lemma)) return true;
  return false;
}

/* A nationality stands for its country, whatever entity was read at it. */
static bool demonym_in_class(const struct reader *r, int32_t token, const struct rule_class *class)
{
  int32_t place = r->place_at[token];
  return class_has_kind(class, KIND_COUNTRY) && place != ID_NONE && r->places.at[place].use == USE_DEMONYM;
}

/* A sector that the class excludes outweighs the kind and the other sectors. */
static bool entity_in_class(const struct entity *entity, const struct rule_class *class)
{
  if (any_sector(entity->sectors, class->without)) return false;
  bool speaks = entity->kind == KIND_PERSON || entity->kind == KIND_GROUP; /* who has the code of an international body speaks for it */
  if (speaks && class_has_kind(class, KIND_ORGANIZATION) && (slice_starts(entity->code, SLICE("IGO")) || slice_starts(entity->code, SLICE("NGO")))) return true;
  return class_has_kind(class, entity->kind) || any_sector(entity->sectors, class->sectors);
}

/* Somebody without a name: the sectors come from the noun. */
static bool noun_in_class(const struct reader *r, int32_t token, struct slice lemma, const struct rule_class *class)
{
  if (!class->sectors || r->a->tokens[token].upos != UPOS_NOUN) return false;
  const struct noun *noun = nouns_find(r->know->nouns, lemma);
  return noun && any_sector(noun->sectors, class->sectors);
}

static bool plain_in_class(const struct reader *r, int32_t token, const struct rule_class *class)
{
  char room[64];
  struct slice lemma = events_lemma(r, token, room);
  if (listed_in_class(r, token, lemma, class) || demonym_in_class(r, token, class)) return true;
  int32_t e = r->entity_at[token];
  const struct party *two[2];
  if (events_sides(r, token, two)) {
    if (two[0]->entity == ID_NONE) return class_has_kind(class, KIND_COUNTRY);
    e = two[0]->entity;
  }
  return e != ID_NONE ? entity_in_class(&r->entities.at[e], class) : noun_in_class(r, token, lemma, class);
}

int32_t events_inside(const struct reader *r, int32_t token)
{
  const struct analysis *a = r->a;
  const struct rule_class *containers = rules_class(r->know->rules, "container");
  for (int step = 0; step < 3; step++) {
    char room[64];
    bool container = containers && rule_class_word(containers, events_lemma(r, token, room));
    size_t next = 0;
    for (struct slice word; containers && !container && (word = events_other_lemma(r, token, TRIGGER_NOUN, &next, room)).n;)
      container = rule_class_word(containers, word);
    if (!container && a->tokens[token].upos != UPOS_NUM && a->tokens[token].upos != UPOS_SYM) return token; /* "15% of the firm" */
    int32_t inside = TOKEN_NONE;
    for (int32_t c = a->tokens[token].first_child; c != TOKEN_NONE && inside == TOKEN_NONE; c = a->tokens[c].next_sibling)
      if (c > token && a->tokens[c].deprel == DEP_NMOD && tree_case(a, c) != TOKEN_NONE) inside = c;
    if (inside == TOKEN_NONE) return token;
    token = inside;
  }
  return token;
}

bool events_in_class(const struct reader *r, int32_t token, const struct rule_class *class)
{
  if (!class) return false;
  if (plain_in_class(r, token, class)) return true;
  int32_t inside = events_inside(r, token);
  return inside != token && plain_in_class(r, inside, class);
}

static void put(struct slot_tokens *to, int32_t token)
{
  for (uint32_t i = 0; i < to->n; i++)
    if (to->at[i] == token) return;
  if (to->n < SLOT_TOKENS) to->at[to->n++] = token;
}

/* Nouns behind the preposition below the token, and below what hangs on it with any preposition ("tons of aid to refugees"). */
static void put_nouns(const struct reader *r, const struct match *m, int32_t token, struct slice preposition, int depth, struct slot_tokens *to)
{
  const struct analysis *a = r->a;
  for (int32_t c = a->tokens[token].first_child; c != TOKEN_NONE; c = a->tokens[c].next_sibling) {
    int32_t marker = a->tokens[c].deprel == DEP_NMOD && c != m->frame.predicate ? tree_case(a, c) : TOKEN_NONE;
    if (marker == TOKEN_NONE) continue;
    if (!slice_eq(a->tokens[marker].lemma, preposition)) {
      if (depth > 0) put_nouns(r, m, c, preposition, depth - 1, to);
      continue;
    }
    put(to, c);
    for (int32_t k = a->tokens[c].first_child; k != TOKEN_NONE; k = a->tokens[k].next_sibling)
      if (a->tokens[k].deprel == DEP_CONJ) put(to, k);
  }
}

/* Nouns behind the preposition that hang on an argument instead of the predicate ("signed a pact with Pyongyang"). */
static void put_below(const struct reader *r, const struct match *m, struct slice preposition, struct slot_tokens *to)
{
  for (uint32_t i = 0; i < m->frame.n; i++) {
    const struct argument *arg = &m->frame.arguments[i];
    if (arg->role == ROLE_OBJECT || arg->role == ROLE_OBLIQUE) put_nouns(r, m, arg->token, preposition, 2, to);
  }
}

static bool is_infinitive(const struct analysis *a, int32_t t)
{
  return (a->tokens[t].feats & FEAT_INF) && tree_child(a, t, DEP_MARK) != TOKEN_NONE && tree_child(a, t, DEP_NSUBJ) == TOKEN_NONE;
}

/* The infinitive that completes a verb or adjective but hangs beside it, as for a purpose, or on a time between them ("threatened on Monday to
 * break off talks"). */
static int32_t loose_clause(const struct analysis *a, int32_t predicate)
{
  for (int32_t c = a->tokens[predicate].first_child; c != TOKEN_NONE; c = a->tokens[c].next_sibling) {
    if (c < predicate) continue;
    enum deprel d = deprel_base((enum deprel)a->tokens[c].deprel);
    if (d == DEP_ADVCL && is_infinitive(a, c)) return c;
    for (int32_t k = d == DEP_OBL ? a->tokens[c].first_child : TOKEN_NONE; k != TOKEN_NONE; k = a->tokens[k].next_sibling)
      if (a->tokens[k].deprel == DEP_ACL && is_infinitive(a, k)) return k;
  }
  return TOKEN_NONE;
}

/* Is the word the preposition, or the second of two ("out of the talks")? */
static bool is_marker(const struct analysis *a, int32_t marker, struct slice word)
{
  if (marker == TOKEN_NONE) return false;
  int32_t next = a->tokens[marker].next_sibling;
  return slice_eq(a->tokens[marker].lemma, word) || (next == marker + 1 && a->tokens[next].deprel == DEP_CASE && slice_eq(a->tokens[next].lemma, word));
}

/* Does argument `i` of the match stand at the slot?  Who is only told to have done a nominal act stands at "by" too, and is no possessor. */
static bool slot_has(const struct reader *r, const struct match *m, const struct rule_slot *slot, uint32_t i)
{
  static const enum frame_role roles[] = {[SLOT_SUBJECT] = ROLE_SUBJECT, [SLOT_OBJECT] = ROLE_OBJECT,     [SLOT_IOBJECT] = ROLE_IOBJECT,
                                          [SLOT_CLAUSE] = ROLE_CLAUSE,   [SLOT_MODIFIER] = ROLE_MODIFIER, [SLOT_POSSESSOR] = ROLE_SUBJECT};
  const struct argument *arg = &m->frame.arguments[i];
  bool told = arg->role == ROLE_SUBJECT && i >= m->joined;
  if (slot->slot == SLOT_POSSESSOR && told) return false;
  if (slot->slot != SLOT_ADPOSITION) return arg->role == roles[slot->slot];
  if (told && slice_is(slot->word, "by")) return true;
  if (r->date_at[arg->token] != ID_NONE) return false; /* "on Friday" is when, and nobody */
  return arg->role != ROLE_CLAUSE && is_marker(r->a, arg->marker, slot->word);
}

void events_slot(const struct reader *r, const struct match *m, const struct rule_slot *slot, struct slot_tokens *to)
{
  to->n = 0;
  if (slot->slot == SLOT_SELF) {
    put(to, m->frame.predicate);
    return;
  }
  for (uint32_t i = 0; i < m->frame.n; i++)
    if (slot_has(r, m, slot, i)) put(to, m->frame.arguments[i].token);
  if (slot->slot == SLOT_ADPOSITION && to->n == 0) put_below(r, m, slot->word, to);
  if (slot->slot == SLOT_CLAUSE && to->n == 0 && !m->frame.nominal) {
    int32_t clause = loose_clause(r->a, m->frame.predicate);
    if (clause != TOKEN_NONE) put(to, clause);
  }
}

/* Has the token a word of the class hanging on it ("that China *must* drop barriers")? */
static bool bears(const struct reader *r, int32_t token, const struct rule_class *class)
{
  for (int32_t c = r->a->tokens[token].first_child; c != TOKEN_NONE; c = r->a->tokens[c].next_sibling)
    if (plain_in_class(r, c, class)) return true;
  return false;
}

/* Who does what the verb at the token tells: is it somebody of the trigger's own subject ("Russia said it would")? */
static bool same_subject(const struct reader *r, const struct match *m, int32_t token)
{
  struct frame f;
  frame_of(r->a, token, &f);
  bool any = false;
  for (uint32_t i = 0; i < f.n; i++) {
    if (f.arguments[i].role != ROLE_SUBJECT) continue;
    any = true;
    int32_t mine = f.arguments[i].token;
    for (uint32_t k = 0; k < m->frame.n; k++) {
      int32_t theirs = m->frame.arguments[k].token;
      if (m->frame.arguments[k].role != ROLE_SUBJECT) continue;
      if (mine == theirs || (r->entity_at[mine] != ID_NONE && r->entity_at[mine] == r->entity_at[theirs])) return true;
    }
  }
  return !any && !f.passive;
}

/* "to go", "that he went": does a word of the class begin the clause? */
static bool marked(const struct reader *r, int32_t clause, const struct rule_class *class)
{
  char room[64];
  for (int32_t k = r->a->tokens[clause].first_child; k != TOKEN_NONE && k < clause; k = r->a->tokens[k].next_sibling)
    if (r->a->tokens[k].deprel == DEP_MARK && rule_class_word(class, events_lemma(r, k, room))) return true;
  return false;
}

/* Is the auxiliary finite, and neither one of duty nor of what may be: "has", "were", "did"? */
static bool tells_auxiliary(const struct analysis *a, int32_t t)
{
  static const char *const plain[] = {"have", "be", "do"};
  for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
    if (slice_is(a->tokens[t].lemma, plain[i])) return (a->tokens[t].feats & FEAT_FIN) != 0;
  return false;
}

/* "that he go", "that he be freed", "for him to go": no finite verb tells that it is so.  A plain present is a subjunctive when its subject is one person or
 * the trigger is in the past. */
static bool asked(const struct reader *r, const struct match *m, int32_t clause, const struct rule_class *class)
{
  const struct analysis *a = r->a;
  const struct token *v = &a->tokens[clause];
  bool auxiliary = false, plural = true, subject = false;
  if (bears(r, clause, class)) return true;
  for (int32_t c = v->first_child; c != TOKEN_NONE; c = a->tokens[c].next_sibling) {
    enum deprel d = deprel_base((enum deprel)a->tokens[c].deprel);
    if (d == DEP_AUX || d == DEP_COP) {
      if (tells_auxiliary(a, c)) return false;
      auxiliary = true;
    }
    if (d != DEP_NSUBJ) continue;
    subject = true;
    plural &= ((a->tokens[c].feats & FEAT_PLUR) && a->tokens[c].upos != UPOS_PROPN) || tree_child(a, c, DEP_CONJ) != TOKEN_NONE;
  }
  if (auxiliary) return (v->feats & FEAT_PASS) || tree_child(a, clause, DEP_COP) != TOKEN_NONE; /* "be freed", "be free"; no "may go" */
  if (!(v->feats & FEAT_FIN) || (v->feats & FEAT_SUBJUNCTIVE)) return !subject || !(v->feats & FEAT_PAST); /* "fired" may be taken for a participle */
  bool present = (v->feats & FEAT_PRES) && slice_eq_ascii_case(v->form, v->lemma);
  return present && subject && (!plural || (a->tokens[m->frame.predicate].feats & FEAT_PAST));
}

/* Has the verb an infinitive of its own ("China *has* to drop barriers", not "China has a role to play")? */
static bool leads(const struct reader *r, int32_t verb, const struct rule_class *class)
{
  for (int32_t c = r->a->tokens[verb].first_child; c != TOKEN_NONE; c = r->a->tokens[c].next_sibling)
    if (r->a->tokens[c].deprel == DEP_XCOMP && marked(r, c, class)) return true;
  return false;
}

/* Does a noun or verb of the sentence, or of the `before` sentences before it, stand in the class? */
static bool sentence_in_class(const struct reader *r, int32_t token, int32_t before, const struct rule_class *class)
{
  const struct analysis *a = r->a;
  const int32_t own = (int32_t)a->tokens[token].sentence, window = SENTENCE_WINDOW * (before + 1);
  const struct sentence *s = &a->sentences[own], *from = &a->sentences[own > before ? own - before : 0];
  char room[64];
  const int32_t first = token - window > from->first ? token - window : from->first;
  const int32_t end = token + SENTENCE_WINDOW < s->end ? token + SENTENCE_WINDOW : s->end;
  for (int32_t t = first; t < end; t++) {
    const uint8_t u = a->tokens[t].upos;
    if ((u == UPOS_NOUN || u == UPOS_VERB || u == UPOS_PROPN) && listed_in_class(r, t, events_lemma(r, t, room), class)) return true;
  }
  return false;
}

static bool condition_holds(const struct reader *r, const struct match *m, const struct rule_condition *c)
{
  struct slot_tokens tokens;
  if (c->slot.slot == SLOT_SENTENCE) return sentence_in_class(r, m->frame.predicate, 0, c->class) == (c->test == TEST_IS);
  if (c->slot.slot == SLOT_PASSAGE) return sentence_in_class(r, m->frame.predicate, PASSAGE_BEFORE, c->class) == (c->test == TEST_IS);
  events_slot(r, m, &c->slot, &tokens);
  if (c->test == TEST_ANY) return tokens.n > 0;
  if (c->test == TEST_NONE) return tokens.n == 0;
  bool found = false;
  if (c->test == TEST_MARKED) {
    for (uint32_t i = 0; i < tokens.n && !found; i++) found = marked(r, tokens.at[i], c->class);
    return found;
  }
  if (c->test == TEST_LEADS) {
    for (uint32_t i = 0; i < tokens.n && !found; i++) found = leads(r, tokens.at[i], c->class);
    return found;
  }
  for (uint32_t i = 0; i < tokens.n && !found; i++)
    found = c->test == TEST_SAME    ? same_subject(r, m, tokens.at[i])
            : c->test == TEST_ASKED ? asked(r, m, tokens.at[i], c->class)
            : c->test == TEST_WITH  ? bears(r, tokens.at[i], c->class)
                                    : events_in_class(r, tokens.at[i], c->class) || events_tells(r, tokens.at[i], c->class);
  return found == (c->test != TEST_NOT);
}

/* Is the word behind the verb a particle that the tree has as a preposition ("pulled out of Mali", "sealed off the city")? */
static bool is_particle(const struct analysis *a, int32_t verb)
{
  if (a->tokens[verb].upos != UPOS_VERB || verb + 1 >= a->n_tokens || a->tokens[verb + 1].deprel != DEP_CASE) return false;
  int32_t noun = a->tokens[verb + 1].head;
  return noun != TOKEN_NONE && a->tokens[noun].head == verb && deprel_base((enum deprel)a->tokens[noun].deprel) == DEP_OBL;
}

/* Does the phrase tell of something before or after ("following mass *protests*"), and not what the verb is about? */
static bool other_time(const struct reader *r, int32_t token)
{
  char room[64];
  int32_t marker = tree_case(r->a, token);
  if (marker == TOKEN_NONE) return false;
  struct slice word = events_lemma(r, marker, room);
  return rule_class_word(rules_class(r->know->rules, "elsewhen"), word) && !rule_class_word(rules_class(r->know->rules, "about"), word);
}

/* Does a word with this lemma hang on the trigger: particle, object or, of a noun, a modifier? */
static bool has_word(const struct reader *r, int32_t token, struct slice word)
{
  const struct analysis *a = r->a;
  char room[64];
  for (int32_t c = a->tokens[token].first_child; c != TOKEN_NONE; c = a->tokens[c].next_sibling) {
    enum deprel exact = (enum deprel)a->tokens[c].deprel, d = deprel_base(exact);
    if (d == DEP_CASE || d == DEP_CONJ || d == DEP_PUNCT || (d == DEP_NSUBJ && exact != DEP_NSUBJ_PASS)) continue;
    if (d == DEP_ADVCL || d == DEP_PARATAXIS || (d == DEP_OBL && other_time(r, c))) continue; /* "held a drill after they *fired*" */
    if (slice_eq(events_lemma(r, c, room), word)) return true;
  }
  return is_particle(a, token) && slice_eq(events_lemma(r, token + 1, room), word);
}

/* What stands behind such a particle alone is the verb's object ("sealed off the city"), where rules know the verb with it. */
static void take_particle(const struct reader *r, struct match *m, const struct rule_trigger *trigger)
{
  const struct analysis *a = r->a;
  char room[64];
  int32_t particle = m->frame.predicate + 1;
  if (!is_particle(a, m->frame.predicate)) return;
  bool known = false;
  for (const struct rule_trigger *t = trigger; t && !known; t = t->next) known = t->with.n && slice_eq(t->with, events_lemma(r, particle, room));
  for (uint32_t i = 0; i < m->frame.n; i++)
    if (m->frame.arguments[i].role == ROLE_OBJECT) return;
  int32_t second = a->tokens[particle].next_sibling;
  bool alone = second == TOKEN_NONE || a->tokens[second].deprel != DEP_CASE;
  for (uint32_t i = 0; i < m->frame.n && known && alone; i++) {
    struct argument *arg = &m->frame.arguments[i];
    if (arg->role == ROLE_OBLIQUE && arg->token == a->tokens[particle].head) *arg = (struct argument){ROLE_OBJECT, arg->token, TOKEN_NONE, arg->shared};
  }
}

static void add_shared(struct match *m, enum frame_role role, int32_t token)
{
  for (uint32_t i = 0; i < m->frame.n; i++)
    if (m->frame.arguments[i].token == token) return;
  if (m->frame.n < FRAME_ARGUMENTS && token != m->frame.predicate) m->frame.arguments[m->frame.n++] = (struct argument){role, token, TOKEN_NONE, true};
}

static bool in_list(const struct reader *r, const char *class, int32_t token)
{
  char room[64];
  return rule_class_word(rules_class(r->know->rules, class), events_lemma(r, token, room));
}

/* "China opposed | installing the missiles": others do what it opposes. */
static bool is_of_others(const struct reader *r, int32_t verb)
{
  const struct token *t = &r->a->tokens[verb];
  return (t->feats & FEAT_GER) && (t->deprel == DEP_XCOMP || t->deprel == DEP_CCOMP) && t->head != TOKEN_NONE && in_list(r, "no-control", t->head);
}

/* Joins what the verb has beside the act: its subject, unless the act has its own or is the subject, and its phrases. */
static void join_verb(const struct reader *r, struct match *m, int32_t verb, bool subject)
{
  struct frame f;
  frame_of(r->a, verb, &f);
  for (uint32_t i = 0; i < m->frame.n; i++) subject = subject && m->frame.arguments[i].role != ROLE_SUBJECT;
  for (uint32_t i = 0; i < f.n && m->frame.n < FRAME_ARGUMENTS; i++) {
    struct argument arg = f.arguments[i];
    if (arg.token == m->frame.predicate || arg.token == tree_first_conjunct(r->a, m->frame.predicate)) continue;
    if (arg.role == ROLE_CLAUSE || arg.role == ROLE_OBJECT || (arg.role == ROLE_SUBJECT && !subject)) continue;
    if (arg.role == ROLE_SUBJECT && arg.shared && is_of_others(r, verb)) continue;
    arg.shared = true;
    m->frame.arguments[m->frame.n++] = arg;
  }
}

/* "cancelled his visit | to Tehran": what stands right behind an object may hang on the verb in the tree. */
static void join_next(const struct reader *r, struct match *m)
{
  const struct analysis *a = r->a;
  int32_t t = m->frame.predicate, head = a->tokens[t].head;
  if (a->tokens[t].deprel != DEP_OBJ || head == TOKEN_NONE || a->tokens[head].upos != UPOS_VERB) return;
  for (int32_t c = a->tokens[head].first_child; c != TOKEN_NONE; c = a->tokens[c].next_sibling) {
    int32_t marker = c > t && a->tokens[c].deprel == DEP_OBL ? tree_case(a, c) : TOKEN_NONE;
    if (marker == TOKEN_NONE || marker != a->tokens[t].right + 1 || m->frame.n == FRAME_ARGUMENTS) continue;
    m->frame.arguments[m->frame.n++] = (struct argument){ROLE_OBLIQUE, c, marker, true};
  }
}

/* "engaged *in* talks", "gathered *for* a protest"; but "took the incident *as* an attack", "engaged in fraud, *according to* a complaint" */
static bool is_joined(const struct reader *r, int32_t noun)
{
  const int32_t marker = tree_case(r->a, noun);
  return marker != TOKEN_NONE && in_list(r, "light-in-by", marker);
}

/* "in *what* police declared an attack": what it is called, nobody does. */
static bool is_called(const struct analysis *a, int32_t verb)
{
  for (int32_t c = a->tokens[verb].first_child; c != TOKEN_NONE && c < verb; c = a->tokens[c].next_sibling)
    if (a->tokens[c].upos == UPOS_PRON && (a->tokens[c].feats & (FEAT_REL | FEAT_INT)) && deprel_base((enum deprel)a->tokens[c].deprel) != DEP_NSUBJ)
      return true;
  const int32_t over = a->tokens[verb].head;
  return over != TOKEN_NONE && a->tokens[verb].deprel == DEP_ACL_RELCL && a->tokens[over].upos == UPOS_PRON;
}

/* Joins the arguments of the light verb that the nominal is the object or subject of ("launched an attack"), or that hangs on it ("an attack
 * launched by X"). */
static void join_light(const struct reader *r, struct match *m)
{
  const struct analysis *a = r->a;
  int32_t t = tree_first_conjunct(a, m->frame.predicate), head = a->tokens[t].head;
  enum deprel exact = (enum deprel)a->tokens[t].deprel, d = deprel_base(exact);
  bool object = d == DEP_OBJ || exact == DEP_NSUBJ_PASS || d == DEP_OBL;
  m->light = TOKEN_NONE;
  if (head != TOKEN_NONE && a->tokens[head].upos == UPOS_VERB) {
    const char *class = d == DEP_OBL ? "light-in" : object ? "light" : d == DEP_NSUBJ ? "occur" : NULL;
    if (d == DEP_OBL && !is_joined(r, t)) class = NULL;
    if (is_called(a, head)) class = NULL;
    if (class && in_list(r, class, head)) {
      m->light = head;
      join_verb(r, m, head, object);
      return;
    }
  }
  for (int32_t c = a->tokens[t].first_child; c != TOKEN_NONE; c = a->tokens[c].next_sibling) {
    if (deprel_base((enum deprel)a->tokens[c].deprel) != DEP_ACL || a->tokens[c].upos != UPOS_VERB || !in_list(r, "done-by", c)) continue;
    join_verb(r, m, c, true);
    return;
  }
}

/* Adds what the frame of `word` has in the role, and what stands behind one of its adpositions of the class. */
static void add_from(const struct reader *r, struct match *m, int32_t word, enum frame_role from, const char *behind, enum frame_role to)
{
  struct frame f;
  frame_of(r->a, word, &f);
  for (uint32_t i = 0; i < f.n; i++) {
    const struct argument *arg = &f.arguments[i];
    bool fits = behind ? arg->role == ROLE_OBLIQUE && arg->marker != TOKEN_NONE && in_list(r, behind, arg->marker) : arg->role == from;
    if (fits && arg->token != m->frame.predicate) add_shared(m, to, arg->token);
  }
}

static bool denies(const struct reader *r, int32_t verb)
{
  char room[64];
  const struct status_cue *cue = status_cues_at(r->know->status_cues, STATUS_CUE_VERB, events_lemma(r, verb, room));
  return cue && cue->effect == EFFECT_DENIED;
}

/* "is responsible | for the attack", "claimed responsibility | for the attack", and the phrase may hang on the verb or the noun. */
static void answers_for(const struct reader *r, struct match *m, int32_t head)
{
  const struct analysis *a = r->a;
  if (!in_list(r, "answers-for", head)) {
    head = a->tokens[head].upos == UPOS_VERB ? tree_child(a, head, DEP_OBJ) : TOKEN_NONE;
    if (head == TOKEN_NONE || !in_list(r, "answers-for", head)) return;
  }
  int32_t above = a->tokens[head].head;
  if (above != TOKEN_NONE && a->tokens[head].deprel == DEP_OBJ && denies(r, above)) return; /* "denied responsibility": the act is told, not its doer */
  add_from(r, m, head, ROLE_SUBJECT, NULL, ROLE_SUBJECT);
  if (above == TOKEN_NONE || a->tokens[above].upos != UPOS_VERB) return;
  if (a->tokens[head].deprel == DEP_OBJ) add_from(r, m, above, ROLE_SUBJECT, NULL, ROLE_SUBJECT);
  else if (in_list(r, "blamed-for", above)) add_from(r, m, above, ROLE_OBJECT, NULL, ROLE_SUBJECT); /* "suspected of involvement | in the attack" */
}

/* "X was behind | the attack", "X is believed to be behind | the attack", "those behind | the attack". */
static bool stands_behind(const struct reader *r, struct match *m, int32_t t, int32_t head)
{
  const struct analysis *a = r->a;
  int32_t marker = tree_case(a, t);
  if (marker == TOKEN_NONE || !in_list(r, "behind", marker)) return false;
  if (a->tokens[t].deprel == DEP_NMOD) {
    add_shared(m, ROLE_SUBJECT, head);
    return true;
  }
  if (tree_child(a, t, DEP_COP) == TOKEN_NONE) return false;
  int32_t subject = tree_child(a, t, DEP_NSUBJ);
  if (subject == TOKEN_NONE && a->tokens[t].deprel == DEP_XCOMP) {
    subject = tree_child(a, head, DEP_NSUBJ_PASS);
    if (subject == TOKEN_NONE) subject = tree_child(a, head, DEP_NSUBJ);
  }
  if (subject != TOKEN_NONE) add_shared(m, ROLE_SUBJECT, subject);
  return subject != TOKEN_NONE;
}

/* "charged two men | with the murder", where the tree hangs the act on them; "the murder was the work | of two men"; "the attack was claimed | by two
 * men": true when one of these was there. */
static bool told_of(const struct reader *r, struct match *m, int32_t t, int32_t head)
{
  const struct analysis *a = r->a;
  enum deprel exact = (enum deprel)a->tokens[t].deprel, d = deprel_base(exact);
  int32_t above = a->tokens[head].head;
  if (stands_behind(r, m, t, head)) return true;
  bool verb = a->tokens[head].upos == UPOS_VERB, done = a->tokens[head].deprel == DEP_OBJ || a->tokens[head].deprel == DEP_NSUBJ_PASS;
  if (d == DEP_NMOD && done && tree_case(a, t) != TOKEN_NONE && in_list(r, "blamed-for", above) && !in_list(r, "answers-for", head)) {
    add_shared(m, ROLE_SUBJECT, head);
    return true;
  }
  if (exact == DEP_NSUBJ && in_list(r, "work-of", head) && tree_child(a, head, DEP_COP) != TOKEN_NONE) {
    add_from(r, m, head, ROLE_OBJECT, NULL, ROLE_SUBJECT);
    return true;
  }
  if ((d != DEP_OBJ && exact != DEP_NSUBJ_PASS) || !verb || !in_list(r, "claimed", head)) return false;
  add_from(r, m, head, ROLE_SUBJECT, NULL, ROLE_SUBJECT);
  return true;
}

/* "was *arrested in* a *raid*": who is seized in it has not done it. */
static bool is_seized_in(const struct reader *r, int32_t act, int32_t verb)
{
  return in_list(r, "seized", verb) && in_list(r, "seizing", act) && in_list(r, "scene", tree_case(r->a, act));
}

/* Who did the act that hangs on `head` behind a preposition, or whom it hit. */
static void join_behind(const struct reader *r, struct match *m, int32_t t, int32_t head)
{
  const bool verb = r->a->tokens[head].upos == UPOS_VERB;
  if (tree_case(r->a, t) == TOKEN_NONE || (verb && is_seized_in(r, t, head))) return;
  if (verb && in_list(r, "blamed-for", head)) add_from(r, m, head, ROLE_OBJECT, NULL, ROLE_SUBJECT);
  else if (in_list(r, "author", head)) add_shared(m, ROLE_SUBJECT, head);
  else if (in_list(r, "sufferer", head)) add_from(r, m, head, ROLE_SUBJECT, NULL, ROLE_OBJECT);
  else if (verb && in_list(r, "escape-from", head)) add_from(r, m, head, ROLE_SUBJECT, NULL, ROLE_OBJECT);
  else answers_for(r, m, head);
}

/* Who is said to have done a nominal act, or whom it hit, by what it hangs on: "X was blamed for the attack", "the attack was attributed to X",
 * "X claimed responsibility for the attack", "X is responsible for the attack", "the authors of the attack", "X was a victim of the attack". */
static void join_told(const struct reader *r, struct match *m)
{
  const struct analysis *a = r->a;
  int32_t t = tree_first_conjunct(a, m->frame.predicate), head = a->tokens[t].head;
  for (uint32_t i = 0; i < m->frame.n; i++)
    if (m->frame.arguments[i].role == ROLE_SUBJECT) return;
  if (head == TOKEN_NONE) {
    stands_behind(r, m, t, head);
    return;
  }
  enum deprel exact = (enum deprel)a->tokens[t].deprel, d = deprel_base(exact);
  bool verb = a->tokens[head].upos == UPOS_VERB;
  if (told_of(r, m, t, head)) return;
  if (d == DEP_OBL || d == DEP_NMOD) {
    if (tree_case(a, t) == TOKEN_NONE) return;
    join_behind(r, m, t, head);
  }
  if (d == DEP_OBJ && verb && in_list(r, "escape", head)) add_from(r, m, head, ROLE_SUBJECT, NULL, ROLE_OBJECT);
  if ((d == DEP_OBJ || exact == DEP_NSUBJ_PASS) && verb && in_list(r, "laid-to", head)) add_from(r, m, head, ROLE_OBLIQUE, "to-doer", ROLE_SUBJECT);
  for (int32_t c = a->tokens[m->frame.predicate].first_child; c != TOKEN_NONE; c = a->tokens[c].next_sibling) /* "an attack attributed to X" */
    if (a->tokens[c].deprel == DEP_ACL && in_list(r, "laid-to", c)) add_from(r, m, c, ROLE_OBLIQUE, "to-doer", ROLE_SUBJECT);
}

/* "pressure on Israel to withdraw", "the ultimatum to Iraq to withdraw": who is asked is to do it, not who asks. */
static void turn_noun(const struct reader *r, struct match *m)
{
  const struct analysis *a = r->a;
  int32_t noun = a->tokens[m->frame.predicate].head, asked = TOKEN_NONE;
  char room[64];
  const struct status_cue *cue = noun == TOKEN_NONE ? NULL : status_cues_at(r->know->status_cues, STATUS_CUE_NOUN, events_lemma(r, noun, room));
  if (!cue || cue->effect != EFFECT_REQUESTED) return;
  for (int32_t c = a->tokens[noun].first_child; c != TOKEN_NONE && c < m->frame.predicate; c = a->tokens[c].next_sibling)
    if (c > noun && a->tokens[c].deprel == DEP_NMOD && tree_case(a, c) != TOKEN_NONE) asked = c;
  if (asked == TOKEN_NONE) return;
  enum frame_role role = m->frame.passive ? ROLE_OBJECT : ROLE_SUBJECT;
  for (uint32_t i = 0; i < m->frame.n; i++)
    if (m->frame.arguments[i].role == role) {
      if (m->frame.arguments[i].shared) m->frame.arguments[i] = (struct argument){role, asked, TOKEN_NONE, true};
      return;
    }
  if (m->frame.n < FRAME_ARGUMENTS) m->frame.arguments[m->frame.n++] = (struct argument){role, asked, TOKEN_NONE, true};
}

/* "each other", "one another", in front of its noun too ("recognized each other's borders"). */
static bool is_reciprocal(const struct reader *r, int32_t token)
{
  const struct analysis *a = r->a;
  const int32_t second = tree_child(a, token, DEP_FIXED);
  if (second != TOKEN_NONE) return in_list(r, "reciprocal", token) && in_list(r, "reciprocal-behind", second);
  const int32_t first = tree_child(a, token, DEP_DET); /* as some trees have it */
  return first != TOKEN_NONE && first + 1 == token && in_list(r, "reciprocal", first) && in_list(r, "reciprocal-behind", token);
}

/* "accused each other", "shot at each other": to whom it is done is who does it. */
static void turn_reciprocal(const struct reader *r, struct match *m)
{
  const uint32_t n = m->frame.n;
  for (uint32_t i = 0; i < n && !m->mutual; i++) {
    const struct argument other = m->frame.arguments[i];
    if (other.role == ROLE_SUBJECT || other.role == ROLE_CLAUSE || !is_reciprocal(r, other.token)) continue;
    for (uint32_t k = 0; k < n; k++) {
      if (m->frame.arguments[k].role != ROLE_SUBJECT) continue;
      const struct argument same = {other.role, m->frame.arguments[k].token, other.marker, true};
      if (!m->mutual) m->frame.arguments[i] = same;
      else if (m->frame.n < FRAME_ARGUMENTS) m->frame.arguments[m->frame.n++] = same;
      m->mutual = true;
    }
  }
}

/* "called on Ethiopia to free the men": Ethiopia is to free them, not who calls. */
static void turn_control(const struct reader *r, struct match *m)
{
  const struct analysis *a = r->a;
  const struct token *t = &a->tokens[m->frame.predicate];
  char room[64];
  if ((t->feats & FEAT_INF) && t->deprel == DEP_ACL) turn_noun(r, m);
  if (!(t->feats & FEAT_INF) || (t->deprel != DEP_ADVCL && t->deprel != DEP_XCOMP) || t->head == TOKEN_NONE || a->tokens[t->head].upos != UPOS_VERB) return;
  const struct status_cue *cue = status_cues_at(r->know->status_cues, STATUS_CUE_VERB, events_lemma(r, t->head, room));
  if (!cue || cue->effect != EFFECT_REQUESTED) return;
  int32_t asked = TOKEN_NONE;
  for (int32_t c = a->tokens[t->head].first_child; c != TOKEN_NONE && c < m->frame.predicate; c = a->tokens[c].next_sibling)
    if (c > t->head && a->tokens[c].deprel == DEP_OBL && tree_case(a, c) != TOKEN_NONE) asked = c;
  for (uint32_t i = 0; i < m->frame.n && asked != TOKEN_NONE; i++) {
    struct argument *arg = &m->frame.arguments[i];
    if (!arg->shared || arg->role != (m->frame.passive ? ROLE_OBJECT : ROLE_SUBJECT)) continue;
    *arg = (struct argument){arg->role, asked, TOKEN_NONE, true};
    asked = TOKEN_NONE;
  }
}

/* "the arrest of two officers for | killing": somebody whom a gerund hangs on does it; a thing does not ("charges of killing"). */
static void turn_gerund(const struct reader *r, struct match *m)
{
  const struct analysis *a = r->a;
  const int32_t t = m->frame.predicate, noun = a->tokens[t].head;
  if (a->tokens[t].deprel != DEP_ACL || noun == TOKEN_NONE || (a->tokens[t].feats & FEAT_INF) || m->frame.passive) return;
  if (tree_child(a, t, DEP_MARK) == TOKEN_NONE) return;
  const int32_t who = r->entity_at[noun];
  if (who == ID_NONE || r->entities.at[who].kind == KIND_PLACE || r->entities.at[who].kind == KIND_OTHER) return;
  for (uint32_t i = 0; i < m->frame.n; i++)
    if (m->frame.arguments[i].role == ROLE_SUBJECT) {
      if (m->frame.arguments[i].shared) m->frame.arguments[i] = (struct argument){ROLE_SUBJECT, noun, TOKEN_NONE, true};
      return;
    }
  add_shared(m, ROLE_SUBJECT, noun);
}

static void turn_no_control(const struct reader *r, struct match *m)
{
  if (!is_of_others(r, m->frame.predicate)) return;
  uint32_t kept = 0;
  for (uint32_t i = 0; i < m->frame.n; i++)
    if (m->frame.arguments[i].role != ROLE_SUBJECT || !m->frame.arguments[i].shared) m->frame.arguments[kept++] = m->frame.arguments[i];
  m->frame.n = kept;
}

/* "*American* threats to | hit the North": a nationality before a noun that is nobody tells who does what the noun is about. */
static void turn_nationality(const struct reader *r, struct match *m)
{
  const struct analysis *a = r->a;
  const struct token *t = &a->tokens[m->frame.predicate];
  if (!(t->feats & FEAT_INF) || t->deprel != DEP_ACL || m->frame.passive || t->head == TOKEN_NONE || r->entity_at[t->head] != ID_NONE) return;
  if (tree_child(a, t->head, DEP_NMOD_POSS) != TOKEN_NONE) return;
  int32_t nation = TOKEN_NONE;
  for (int32_t c = a->tokens[t->head].first_child; c != TOKEN_NONE && c < t->head; c = a->tokens[c].next_sibling) {
    const enum deprel d = deprel_base((enum deprel)a->tokens[c].deprel);
    if ((d == DEP_AMOD || d == DEP_COMPOUND) && r->place_at[c] != ID_NONE && r->places.at[r->place_at[c]].use == USE_DEMONYM) nation = c;
  }
  if (nation == TOKEN_NONE) return;
  for (uint32_t i = 0; i < m->frame.n; i++)
    if (m->frame.arguments[i].role == ROLE_SUBJECT) {
      if (m->frame.arguments[i].shared) m->frame.arguments[i] = (struct argument){ROLE_SUBJECT, nation, TOKEN_NONE, true};
      return;
    }
  if (m->frame.n < FRAME_ARGUMENTS) m->frame.arguments[m->frame.n++] = (struct argument){ROLE_SUBJECT, nation, TOKEN_NONE, true};
}

static bool trigger_pos(const struct token *t, enum trigger_pos *pos)
{
  if (t->upos == UPOS_VERB) *pos = TRIGGER_VERB;
  else if (t->upos == UPOS_NOUN || (t->upos == UPOS_PROPN && t->name == NAME_NONE)) *pos = TRIGGER_NOUN;
  else if (t->upos == UPOS_ADJ) *pos = TRIGGER_ADJ;
  else return false;
  return true;
}

/* Keeps the rule that most holds of; among equals the first. */
static void came_near(struct match *to, const struct rule *rule, uint32_t held, struct slice part, bool word)
{
  if (to->near && held <= to->near_held) return;
  to->near = rule;
  to->near_held = held;
  to->near_part = part;
  to->near_word = word;
}

void events_match_next(const struct reader *r, struct match *m)
{
  m->rule = NULL;
  while (m->next && !m->rule) {
    const struct rule_trigger *trigger = m->next;
    m->next = trigger->next;
    if (trigger->with.n && !has_word(r, m->frame.predicate, trigger->with)) {
      came_near(m, trigger->rule, 0, trigger->with, true);
      continue;
    }
    uint32_t held = 0;
    while (held < trigger->rule->n_conditions && condition_holds(r, m, &trigger->rule->condition[held])) held++;
    if (held == trigger->rule->n_conditions) m->rule = trigger->rule;
    else came_near(m, trigger->rule, held + 1, rule_slot_name(&trigger->rule->condition[held].slot), false);
  }
}

/* May one of the rules tell what is done to things and people? */
static bool of_things(const struct rule_trigger *trigger)
{
  while (trigger && !trigger->rule->things) trigger = trigger->next;
  return trigger != NULL;
}

static void match(const struct reader *r, int32_t token, struct match *to)
{
  char room[64];
  enum trigger_pos pos;
  to->rule = to->near = NULL;
  to->near_held = 0;
  to->next = NULL;
  if (!trigger_pos(&r->a->tokens[token], &pos)) return;
  const struct rule_trigger *trigger = rules_at(r->know->rules, pos, events_lemma(r, token, room));
  size_t next = 0;
  for (struct slice word; !trigger && pos != TRIGGER_ADJ && (word = events_other_lemma(r, token, pos, &next, room)).n;)
    trigger = rules_at(r->know->rules, pos, word);
  if (!trigger) return;
  if (pos == TRIGGER_NOUN && (r->a->tokens[token].deprel == DEP_COMPOUND || r->a->tokens[token].deprel == DEP_FLAT)) return;
  frame_of(r->a, token, &to->frame);
  to->light = TOKEN_NONE;
  to->mutual = false;
  to->joined = to->frame.nominal ? to->frame.n : FRAME_ARGUMENTS;
  if (to->frame.nominal) {
    join_light(r, to);
    if (to->light == TOKEN_NONE) join_next(r, to);
    if (of_things(trigger)) join_told(r, to);
  } else {
    turn_control(r, to);
    turn_gerund(r, to);
    turn_no_control(r, to);
    turn_nationality(r, to);
    turn_reciprocal(r, to);
    take_particle(r, to, trigger);
  }
  to->next = trigger;
  events_match_next(r, to);
}

#define ASKING_MOST 12
enum { RULE_UNKNOWN, RULE_ASKED, RULE_KNOWN }; /* reader.rule_known */

void events_match(const struct reader *r, int32_t token, struct match *to)
{
  r->rule_known[token] = RULE_ASKED;
  match(r, token, to);
  r->rule_at[token] = to->rule;
  r->rule_known[token] = RULE_KNOWN;
}

/* What a verb that tells no act has for a clause or object may tell one: "to resume *shelling*", "to carry out *attacks*". */
static int32_t carried_act(const struct reader *r, int32_t verb)
{
  const struct analysis *a = r->a;
  char room[64];
  if (a->tokens[verb].upos != UPOS_VERB || !rule_class_word(rules_class(r->know->rules, "light"), events_lemma(r, verb, room))) return TOKEN_NONE;
  int32_t clause = tree_child(a, verb, DEP_XCOMP);
  return clause != TOKEN_NONE ? clause : tree_child(a, verb, DEP_OBJ);
}

bool events_tells(const struct reader *r, int32_t token, const struct rule_class *class)
{
  if (!class || (class->types == 0 && class->n_acts == 0)) return false;
  int32_t inside = events_inside(r, token), carried = carried_act(r, inside);
  if (*r->asking == ASKING_MOST) return false; /* clauses within clauses without end */
  ++*r->asking;
  bool carries = carried != TOKEN_NONE && !r->rule_known[carried] && events_tells(r, carried, class);
  if (!carries && r->rule_known[inside] == RULE_UNKNOWN) { /* an act asked about while it asks others is none */
    struct match m;
    events_match(r, inside, &m);
  }
  --*r->asking;
  if (carries) return true;
  const struct rule *rule = r->rule_known[inside] == RULE_KNOWN ? r->rule_at[inside] : NULL;
  return rule && rule_class_act(r->know->rules, class, rule->type, rule->mode);
}

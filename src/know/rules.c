/* rules.c: reads the rule language (doc/rules.md) and builds the index from lemmas to rules.
 *
 * A statement is a line and the lines behind it that begin with a blank.  Its first word says what it is (class, roles, anybody, instrument,
 * content, context, rule), its name ends at ':', and its parts are parted by ';'.  Files are read in the order of their names; a class or roles pattern
 * must stand before what uses it.  Every fault names the statement's file and line. */
#include "know/rules.h"
#include "base/map.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "know/source.h"
#include <stdio.h>
#include <stdlib.h>

#define WORD_MOST 80
#define TYPES_MOST 32

struct named_roles {
  struct slice name;
  struct rule_part actor, recipient, instrument;
};

struct pending { /* a trigger before it is chained */
  struct slice key, with;
  const struct rule *rule;
  uint32_t order;
};

struct rules {
  const struct plover *plover;
  struct map index;                       /* "v attack" -> first of `triggers` */
  struct rule_trigger *triggers;
  VEC(const struct rule_class *) classes;
  VEC(struct named_roles) roles;
  VEC(struct rule_finer) instruments;
  VEC(struct rule_finer) contents;
  VEC(struct rule_finer) venues;
  VEC(struct rule_anybody) anybody;
  VEC(struct rule_context) contexts;
  VEC(struct rule_ending) endings;
  VEC(const struct rule *) rules;
  VEC(struct pending) pending;
  struct slice types[TYPES_MOST];
  uint32_t n_types;
  struct know_line elsewhere[ELSEWHERE_PARTS][TYPES_MOST]; /* the line that names the type; table 0: none */
};

/* What a statement's reader needs. */
struct parser {
  struct rules *to;
  struct know_source *src;
  const struct plover *plover;
  const struct table *table;
  struct know_line where;
};

#define FAULT(p, ...) table_error((p)->src->error, (p)->table, (p)->where, __VA_ARGS__)

/* The next word (up to a blank), cut from *rest. */
static struct slice word_of(struct slice *rest)
{
  *rest = slice_trim(*rest);
  struct slice word = slice_cut(rest, ' ');
  *rest = slice_trim(*rest);
  return slice_trim(word);
}

const struct rule_class *rules_class(const struct rules *rules, const char *name)
{
  for (size_t i = 0; i < rules->classes.n; i++)
    if (slice_is(rules->classes.at[i]->name, name)) return rules->classes.at[i];
  return NULL;
}

static const struct rule_class *find_class(const struct rules *rules, struct slice name)
{
  for (size_t i = 0; i < rules->classes.n; i++)
    if (slice_eq(rules->classes.at[i]->name, name)) return rules->classes.at[i];
  return NULL;
}

bool rule_class_word(const struct rule_class *class, struct slice word)
{
  if (!class) return false;
  if (map_get(&class->words, word) != MAP_NONE) return true;
  for (uint32_t i = 0; i < class->n_includes; i++) /* a class includes earlier ones only: this ends */
    if (rule_class_word(class->includes[i], word)) return true;
  return false;
}

bool rule_class_pair(const struct rule_class *class, struct slice child, struct slice word)
{
  char room[2 * WORD_MOST];
  if (!class || child.n == 0 || child.n + word.n + 1 > sizeof room) return false;
  memcpy(room, child.at, child.n);
  room[child.n] = ' ';
  memcpy(room + child.n + 1, word.at, word.n);
  if (map_get(&class->pairs, (struct slice){room, child.n + 1 + word.n}) != MAP_NONE) return true;
  for (uint32_t i = 0; i < class->n_includes; i++)
    if (rule_class_pair(class->includes[i], child, word)) return true;
  return false;
}

bool rule_class_act(const struct rules *rules, const struct rule_class *class, struct slice type, struct slice mode)
{
  uint32_t t = rules_type(rules, type);
  if (t != UINT32_MAX && (class->types & ((uint32_t)1 << t))) return true;
  for (uint32_t i = 0; i < class->n_acts; i++)
    if (slice_eq(class->acts[i].type, type) && slice_eq(class->acts[i].mode, mode)) return true;
  return false;
}

static bool kind_find(struct slice name, uint32_t *bit)
{
  static const struct { const char *name; enum entity_kind kind; } kinds[] = {
    {"person", KIND_PERSON}, {"organization", KIND_ORGANIZATION}, {"country", KIND_COUNTRY}, {"group", KIND_GROUP}, {"place", KIND_PLACE}};
  for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
    if (slice_is(name, kinds[i].name)) {
      *bit = (uint32_t)1 << kinds[i].kind;
      return true;
    }
  return false;
}

/* The number of a type; a new one is numbered when `add`. */
static uint32_t type_number(struct rules *rules, struct slice type, bool add)
{
  for (uint32_t i = 0; i < rules->n_types; i++)
    if (slice_eq(rules->types[i], type)) return i;
  if (!add || rules->n_types == TYPES_MOST) return UINT32_MAX;
  rules->types[rules->n_types] = type;
  return rules->n_types++;
}

uint32_t rules_type(const struct rules *rules, struct slice type)
{
  for (uint32_t i = 0; i < rules->n_types; i++)
    if (slice_eq(rules->types[i], type)) return i;
  return UINT32_MAX;
}

/* One member of a class: word, "two words", @sector or @kind, !@sector, %class. */
static enum status add_member(struct parser *p, struct rule_class *class, struct slice member)
{
  if (member.at[0] == '@') {
    struct slice name = slice_sub(member, 1, member.n);
    enum sector sector;
    uint32_t bit;
    if (sector_find(name, &sector)) class->sectors |= (uint64_t)1 << sector;
    else if (kind_find(name, &bit)) class->kinds |= bit;
    else return FAULT(p, "\"%.*s\" is neither a sector (@MIL) nor a kind of entity (@person)", SLICE_ARG(member));
    return ST_OK;
  }
  if (member.at[0] == '!') {
    enum sector sector;
    if (member.n < 3 || member.at[1] != '@' || !sector_find(slice_sub(member, 2, member.n), &sector))
      return FAULT(p, "\"%.*s\": only sectors (!@BUS) can be left out", SLICE_ARG(member));
    class->without |= (uint64_t)1 << sector;
    return ST_OK;
  }
  if (member.at[0] == '%') {
    const struct rule_class *other = find_class(p->to, slice_sub(member, 1, member.n));
    if (slice_eq(slice_sub(member, 1, member.n), class->name)) return FAULT(p, "the class \"%.*s\" holds itself: take it out", SLICE_ARG(class->name));
    if (!other) return FAULT(p, "no class \"%.*s\" stands above: write its \"class\" line first", SLICE_ARG(member));
    if (class->n_includes == RULE_INCLUDES) return FAULT(p, "more than %d classes in one", RULE_INCLUDES);
    class->includes[class->n_includes++] = other;
    class->sectors |= other->sectors;
    class->kinds |= other->kinds;
    class->types |= other->types;
    for (uint32_t i = 0; i < other->n_acts && class->n_acts < RULE_ACTS; i++) class->acts[class->n_acts++] = other->acts[i];
    class->without |= other->without;
    return ST_OK;
  }
  if (member.n >= WORD_MOST) return FAULT(p, "a word of more than %d bytes", WORD_MOST - 1);
  struct slice own = slice_lower(p->src->arena, member);
  if (!own.at) return know_full(p->src);
  bool two = memchr(own.at, ' ', own.n) != NULL;
  return map_add(two ? &class->pairs : &class->words, p->src->arena, own, 1) ? ST_OK : know_full(p->src);
}

/* "AID", "COERCE/arrest": what a word tells; *known = false when the member names no act. */
static enum status add_act(struct parser *p, struct rule_class *class, struct slice member, bool *known)
{
  struct slice rest = member, type = slice_cut(&rest, '/');
  *known = plover_act(p->plover, type, rest) != NULL;
  if (!*known) return ST_OK;
  uint32_t t = type_number(p->to, type, true);
  if (t == UINT32_MAX) return FAULT(p, "more than %d types", TYPES_MOST);
  if (rest.n == 0) class->types |= (uint32_t)1 << t;
  else if (class->n_acts == RULE_ACTS) return FAULT(p, "more than %d acts with a mode in one class", RULE_ACTS);
  else class->acts[class->n_acts++] = (struct rule_act){type, rest};
  return ST_OK;
}

/* Members parted by commas. */
static enum status read_members(struct parser *p, struct slice list, struct rule_class *class)
{
  while (list.n) {
    struct slice member = slice_trim(slice_cut(&list, ','));
    if (member.n == 0) return FAULT(p, "an empty member between commas");
    bool act;
    enum status status = add_act(p, class, member, &act);
    if (status == ST_OK && !act) status = add_member(p, class, member);
    if (status != ST_OK) return status;
  }
  return ST_OK;
}

static enum status new_class(struct parser *p, struct slice name, struct slice list, const struct rule_class **to)
{
  struct rule_class *class = arena_new(p->src->arena, struct rule_class);
  if (!class) return know_full(p->src);
  class->name = name;
  class->where = p->where;
  *to = class;
  return read_members(p, list, class);
}

/* "TYPE/mode CAMEO" */
static enum status read_act(struct parser *p, struct slice text, struct slice *type, struct slice *mode, struct slice *cameo, double *score)
{
  struct slice rest = slice_trim(text), head = word_of(&rest);
  *type = slice_cut(&head, '/');
  *mode = head;
  *cameo = slice_trim(rest);
  const struct plover_act *act = plover_act(p->plover, *type, *mode);
  if (!act) {
    bool known = plover_act(p->plover, *type, (struct slice){0}) != NULL;
    return known ? FAULT(p, "type %.*s has no mode \"%.*s\" (see plover.tsv)", SLICE_ARG(*type), SLICE_ARG(*mode))
                 : FAULT(p, "\"%.*s\" is no event type (see plover.tsv)", SLICE_ARG(*type));
  }
  *score = act->score;
  if (type_number(p->to, *type, true) == UINT32_MAX) return FAULT(p, "more than %d types", TYPES_MOST);
  if (!plover_has_cameo(p->plover, *cameo)) return FAULT(p, "\"%.*s\" is no CAMEO code (see cameo.tsv)", SLICE_ARG(*cameo));
  return ST_OK;
}

static const char *const slot_names[SLOT_ADPOSITION] = {
  [SLOT_SUBJECT] = "subject", [SLOT_OBJECT] = "object", [SLOT_IOBJECT] = "iobject", [SLOT_CLAUSE] = "clause",
  [SLOT_MODIFIER] = "modifier", [SLOT_SELF] = "self", [SLOT_SENTENCE] = "sentence", [SLOT_PASSAGE] = "passage",
  [SLOT_POSSESSOR] = "possessor"};

/* Is it any word of what the text says there? */
static bool in_words(const struct rule_slot *slot) { return slot->slot == SLOT_SENTENCE || slot->slot == SLOT_PASSAGE; }

struct slice rule_slot_name(const struct rule_slot *slot)
{
  return slot->slot == SLOT_ADPOSITION ? slot->word : slice_of(slot_names[slot->slot]);
}

static enum status read_slot(struct parser *p, struct slice text, struct rule_slot *to)
{
  *to = (struct rule_slot){.slot = SLOT_ADPOSITION};
  struct slice whole = text, name = slice_cut(&text, ':');
  if (text.n) {
    enum sector sector;
    if (!sector_find(text, &sector)) return FAULT(p, "\"%.*s\" ends in no sector", SLICE_ARG(whole));
    to->otherwise = (uint8_t)sector;
  }
  text = name;
  if (slice_ends(text, SLICE("'s"))) {
    to->owner = true;
    text.n -= 2;
  } else if (slice_ends(text, SLICE(".place"))) {
    to->place = true;
    text.n -= 6;
  }
  if (text.n == 0) return FAULT(p, "a role without a name");
  for (int slot = 0; slot < SLOT_ADPOSITION; slot++)
    if (slice_is(text, slot_names[slot])) {
      to->slot = (enum place_kind_of_slot)slot;
      return ST_OK;
    }
  for (size_t i = 0; i < text.n; i++)
    if (text.at[i] < 'a' || text.at[i] > 'z')
      return FAULT(p, "\"%.*s\" is no place in a frame: subject, object, iobject, clause, modifier, self or a preposition", SLICE_ARG(text));
  to->word = text;
  return ST_OK;
}

/* "subject | modifier", "subject + with" */
static enum status read_part(struct parser *p, struct slice text, struct rule_part *part)
{
  part->n = 0;
  if (slice_is(slice_trim(text), "none")) return ST_OK;
  while (text.n) {
    struct slice alternative = slice_cut(&text, '|');
    bool begins = true;
    while (alternative.n) {
      struct slice one = slice_trim(slice_cut(&alternative, '+'));
      if (part->n == RULE_SLOTS) return FAULT(p, "more than %d places for one role", RULE_SLOTS);
      enum status status = read_slot(p, one, &part->slot[part->n]);
      if (status != ST_OK) return status;
      if (in_words(&part->slot[part->n])) return FAULT(p, "\"%s\" is for conditions: nobody's role is a whole sentence", slot_names[part->slot[part->n].slot]);
      part->begins[part->n++] = begins;
      begins = false;
    }
  }
  return ST_OK;
}

/* "actor = PART" into the right one; *known = false when the key is none of these. */
static enum status read_role(struct parser *p, struct slice text, struct rule_part *actor, struct rule_part *recipient, struct rule_part *instrument)
{
  struct slice key = slice_trim(slice_cut(&text, '='));
  if (slice_is(key, "actor")) return read_part(p, text, actor);
  if (slice_is(key, "recipient")) return read_part(p, text, recipient);
  if (slice_is(key, "instrument")) return read_part(p, text, instrument);
  return FAULT(p, "unknown key \"%.*s\": actor, recipient, instrument, as, if or needs", SLICE_ARG(key));
}

/* The alternatives of a condition, parted by '/' since ',' parts conditions. */
static enum status read_alternatives(struct parser *p, struct slice text, const struct rule_class **to)
{
  if (memchr(text.at, '/', text.n)) {
    char *at = arena_alloc(p->src->arena, text.n);
    if (!at) return know_full(p->src);
    for (size_t k = 0; k < text.n; k++) at[k] = text.at[k] == '/' ? ',' : text.at[k];
    text.at = at;
  }
  return new_class(p, (struct slice){0}, text, to);
}

static enum status read_condition(struct parser *p, struct slice text, struct rule *rule)
{
  static const struct { const char *word; enum rule_test test; bool members; } tests[] = {
    {"any", TEST_ANY, false}, {"none", TEST_NONE, false}, {"same", TEST_SAME, false}, {"is", TEST_IS, true}, {"not", TEST_NOT, true}, {"with", TEST_WITH, true},
    {"marked", TEST_MARKED, true}, {"asked", TEST_ASKED, true}, {"leads", TEST_LEADS, true}};
  if (rule->n_conditions == RULE_CONDITIONS) return FAULT(p, "more than %d conditions", RULE_CONDITIONS);
  struct rule_condition *c = &rule->condition[rule->n_conditions++];
  struct slice rest = slice_trim(text), slot = word_of(&rest), test = word_of(&rest);
  enum status status = read_slot(p, slot, &c->slot);
  if (status != ST_OK) return status;
  for (size_t k = 0; k < sizeof tests / sizeof *tests; k++) {
    if (!slice_is(test, tests[k].word) || tests[k].members != (rest.n > 0)) continue;
    c->test = tests[k].test;
    if (in_words(&c->slot) && c->test != TEST_IS && c->test != TEST_NOT) return FAULT(p, "\"%s\" goes with is and not alone", slot_names[c->slot.slot]);
    return tests[k].members ? read_alternatives(p, rest, &c->class) : ST_OK;
  }
  return FAULT(p,
               "\"%.*s\": a condition is \"object is word/%%class/@MIL\", \"object not ...\", \"object with ...\", \"object any\", \"object none\", "
               "\"clause same\", \"clause asked %%class\", \"clause marked to\" or \"clause leads to\"",
               SLICE_ARG(text));
}

/* "verb attack, open fire" */
static enum status read_triggers(struct parser *p, struct slice text, const struct rule *rule)
{
  struct slice rest = slice_trim(text), pos = word_of(&rest);
  char letter = slice_is(pos, "verb") ? 'v' : slice_is(pos, "noun") ? 'n' : slice_is(pos, "adj") ? 'a' : '?';
  if (letter == '?') return FAULT(p, "\"%.*s\": triggers begin with verb, noun or adj", SLICE_ARG(pos));
  if (rest.n == 0) return FAULT(p, "no trigger");
  while (rest.n) {
    struct slice words = slice_trim(slice_cut(&rest, ',')), first = words, second = {0};
    if (memchr(words.at, ' ', words.n)) {
      first = word_of(&words);
      second = words;
    }
    struct slice head = letter == 'n' && second.n ? second : first; /* "air strike": the last word is the head of a noun */
    struct slice with = letter == 'n' && second.n ? first : second;
    if (head.n == 0 || head.n >= WORD_MOST || memchr(with.at ? with.at : "", ' ', with.n))
      return FAULT(p, "a trigger is one word, or a word and one that hangs on it");
    char *key = arena_alloc(p->src->arena, head.n + 2);
    if (!key) return know_full(p->src);
    key[0] = letter;
    key[1] = ' ';
    memcpy(key + 2, head.at, head.n);
    struct pending one = {{key, head.n + 2}, with, rule, (uint32_t)p->to->pending.n};
    if (!vec_push(&p->to->pending, p->src->arena, one)) return know_full(p->src);
  }
  return ST_OK;
}

/* "as NAME" takes over the roles of a pattern */
static enum status use_roles(struct parser *p, struct slice name, struct rule *rule)
{
  for (size_t i = 0; i < p->to->roles.n; i++)
    if (slice_eq(p->to->roles.at[i].name, name)) {
      rule->actor = p->to->roles.at[i].actor;
      rule->recipient = p->to->roles.at[i].recipient;
      rule->instrument = p->to->roles.at[i].instrument;
      return ST_OK;
    }
  return FAULT(p, "no roles \"%.*s\" stand above", SLICE_ARG(name));
}

static enum status read_clause(struct parser *p, struct slice text, struct rule *rule)
{
  struct slice rest = slice_trim(text), before = rest, word = word_of(&rest);
  if (slice_is(word, "as")) return use_roles(p, rest, rule);
  if (slice_is(word, "needs")) {
    if (slice_is(rest, "actor")) rule->needs_actor = true;
    else if (slice_is(rest, "recipient")) rule->needs_recipient = true;
    else if (slice_is(rest, "both")) rule->needs_actor = rule->needs_recipient = true;
    else if (slice_is(rest, "nations")) rule->needs_actor = rule->needs_nations = true;
    else return FAULT(p, "needs actor, recipient, both or nations");
    return ST_OK;
  }
  if (slice_is(word, "if")) {
    while (rest.n) {
      enum status status = read_condition(p, slice_trim(slice_cut(&rest, ',')), rule);
      if (status != ST_OK) return status;
    }
    return ST_OK;
  }
  return read_role(p, before, &rule->actor, &rule->recipient, &rule->instrument);
}

static enum status read_rule(struct parser *p, struct slice name, struct slice text)
{
  size_t arrow = slice_find(text, SLICE("->"));
  if (arrow == SIZE_MAX) return FAULT(p, "a rule needs \"triggers -> TYPE/mode CAMEO\"");
  struct rule *rule = arena_new(p->src->arena, struct rule);
  if (!rule) return know_full(p->src);
  rule->name = name;
  rule->where = p->where;
  struct slice left = slice_sub(text, 0, arrow), right = slice_sub(text, arrow + 2, text.n);
  enum status status = read_act(p, slice_cut(&right, ';'), &rule->type, &rule->mode, &rule->cameo, &rule->score);
  for (size_t i = 0; i < p->to->anybody.n; i++)
    if (slice_eq(p->to->anybody.at[i].type, rule->type)) rule->things = p->to->anybody.at[i].things;
  while (status == ST_OK && slice_trim(right).n) status = read_clause(p, slice_cut(&right, ';'), rule);
  while (status == ST_OK && slice_trim(left).n) status = read_triggers(p, slice_cut(&left, ';'), rule);
  if (status == ST_OK && rule->actor.n + rule->recipient.n == 0) return FAULT(p, "the rule names neither actor nor recipient");
  if (status == ST_OK && !vec_push(&p->to->rules, p->src->arena, rule)) return know_full(p->src);
  return status;
}

static enum status read_finer(struct parser *p, struct slice act, struct slice list, bool content)
{
  struct rule_finer finer = {.where = p->where};
  enum status status = read_act(p, act, &finer.type, &finer.mode, &finer.cameo, &finer.score);
  if (status == ST_OK) status = new_class(p, finer.mode, list, &finer.class);
  if (status != ST_OK) return status;
  bool good = content ? vec_push(&p->to->contents, p->src->arena, finer) : vec_push(&p->to->instruments, p->src->arena, finer);
  return good ? ST_OK : know_full(p->src);
}

/* "third CONSULT/third-party 044: held in a country of none of the parties" */
static enum status read_venue(struct parser *p, struct slice act)
{
  struct rule_finer finer = {.where = p->where};
  enum status status = read_act(p, act, &finer.type, &finer.mode, &finer.cameo, &finer.score);
  if (status != ST_OK) return status;
  return vec_push(&p->to->venues, p->src->arena, finer) ? ST_OK : know_full(p->src);
}

static enum status read_roles(struct parser *p, struct slice name, struct slice text)
{
  struct named_roles roles = {.name = name};
  while (slice_trim(text).n) {
    enum status status = read_role(p, slice_cut(&text, ';'), &roles.actor, &roles.recipient, &roles.instrument);
    if (status != ST_OK) return status;
  }
  return vec_push(&p->to->roles, p->src->arena, roles) ? ST_OK : know_full(p->src);
}

/* "ed = , ed = e" */
static enum status read_endings(struct parser *p, struct slice pos, struct slice list)
{
  if (!slice_is(pos, "verb") && !slice_is(pos, "noun")) return FAULT(p, "endings are of verb or noun");
  while (slice_trim(list).n) {
    struct slice one = slice_cut(&list, ','), ending = slice_trim(slice_cut(&one, '='));
    if (ending.n == 0) return FAULT(p, "an empty ending");
    struct rule_ending e = {ending, slice_trim(one), slice_is(pos, "verb") ? TRIGGER_VERB : TRIGGER_NOUN};
    if (!vec_push(&p->to->endings, p->src->arena, e)) return know_full(p->src);
  }
  return ST_OK;
}

/* "elsewhere recipient: AGREE, REQUEST" */
static enum status read_elsewhere(struct parser *p, struct slice head, struct slice list)
{
  const enum elsewhere_part part = slice_is(head, "actor") ? ELSEWHERE_ACTOR : ELSEWHERE_RECIPIENT;
  if (part == ELSEWHERE_RECIPIENT && !slice_is(head, "recipient")) return FAULT(p, "elsewhere \"%.*s\": actor or recipient", SLICE_ARG(head));
  while (slice_trim(list).n) {
    struct slice type = slice_trim(slice_cut(&list, ','));
    uint32_t number = plover_act(p->plover, type, (struct slice){0}) ? type_number(p->to, type, true) : UINT32_MAX;
    if (number == UINT32_MAX) return FAULT(p, "\"%.*s\" is no type (see plover.tsv)", SLICE_ARG(type));
    p->to->elsewhere[part][number] = p->where;
  }
  return ST_OK;
}

static enum status read_statement(struct parser *p, struct slice text)
{
  if (!memchr(text.at, ':', text.n)) return FAULT(p, "a statement is KIND NAME: PARTS");
  struct slice head = slice_cut(&text, ':'), kind = word_of(&head);
  if (head.n == 0) return FAULT(p, "a statement without a name");
  if (slice_is(kind, "rule")) return read_rule(p, head, text);
  if (slice_is(kind, "endings")) return read_endings(p, head, text);
  if (slice_is(kind, "elsewhere")) return read_elsewhere(p, head, text);
  if (slice_is(kind, "roles")) return read_roles(p, head, text);
  if (slice_is(kind, "instrument")) return read_finer(p, head, text, false);
  if (slice_is(kind, "third")) return read_venue(p, head);
  if (slice_is(kind, "content")) return read_finer(p, head, text, true);
  if (slice_is(kind, "anybody")) {
    struct rule_anybody anybody = {.type = head};
    if (!plover_act(p->plover, head, (struct slice){0})) return FAULT(p, "\"%.*s\" is no event type (see plover.tsv)", SLICE_ARG(head));
    enum status status = new_class(p, head, text, &anybody.things);
    return status == ST_OK && !vec_push(&p->to->anybody, p->src->arena, anybody) ? know_full(p->src) : status;
  }
  if (slice_is(kind, "class")) {
    const struct rule_class *class;
    if (find_class(p->to, head)) return FAULT(p, "class \"%.*s\" stands above already", SLICE_ARG(head));
    enum status status = new_class(p, head, text, &class);
    if (status == ST_OK && !vec_push(&p->to->classes, p->src->arena, class)) return know_full(p->src);
    return status;
  }
  if (slice_is(kind, "context") || slice_is(kind, "between")) {
    struct rule_context context = {.context = head, .between = slice_is(kind, "between"), .where = p->where};
    if (!plover_has_context(p->plover, head)) return FAULT(p, "\"%.*s\" is no context (see plover.tsv)", SLICE_ARG(head));
    enum status status = new_class(p, head, text, &context.class);
    if (status == ST_OK && !vec_push(&p->to->contexts, p->src->arena, context)) return know_full(p->src);
    return status;
  }
  return FAULT(p,
               "unknown statement \"%.*s\": class, roles, anybody, instrument, content, third, "
               "context, between, endings, elsewhere or rule",
               SLICE_ARG(kind));
}

/* Joins a line with those behind it that begin with a blank, and reads them as one statement. */
static enum status read_file(struct parser *p, uint16_t index)
{
  struct slice rest = p->table->bytes;
  uint32_t line = 0;
  char *joined = arena_alloc(p->src->arena, rest.n + 1);
  if (!joined) return know_full(p->src);
  size_t n = 0;
  enum status status = ST_OK;
  if (utf8_valid(rest) < rest.n) return error_set(p->src->error, ST_TABLE, "%.*s: is not UTF-8: save it as UTF-8", SLICE_ARG(p->table->name));
  char *begin = joined;
  while (status == ST_OK && (rest.n || n)) {
    struct slice text = {0};
    bool more = rest.n > 0;
    if (more) {
      text = slice_cut(&rest, '\n');
      line++;
    }
    if (more && (text.n == 0 || text.at[0] == '#')) continue;
    bool blank = text.n && (text.at[0] == ' ' || text.at[0] == '\t');
    if (!blank && n) {
      status = read_statement(p, slice_trim((struct slice){begin, n}));
      begin += n;
      n = 0;
    }
    if (status != ST_OK || !more) continue;
    if (n == 0) p->where = (struct know_line){index, line};
    for (size_t i = 0; i < text.n; i++) begin[n++] = text.at[i] == '\t' || text.at[i] == '\r' ? ' ' : text.at[i];
    if (rest.n) begin[n++] = ' ';
  }
  return status;
}

/* By key, then more conditions, then as they stand. */
static int by_key(const void *a, const void *b)
{
  const struct pending *x = a, *y = b;
  int c = slice_cmp(x->key, y->key);
  if (c) return c;
  uint32_t cx = x->rule->n_conditions + (x->with.n ? 1 : 0), cy = y->rule->n_conditions + (y->with.n ? 1 : 0);
  if (cx != cy) return cx > cy ? -1 : 1;
  return x->order < y->order ? -1 : x->order > y->order;
}

static enum status build_index(struct rules *rules, struct know_source *src)
{
  size_t n = rules->pending.n;
  rules->triggers = arena_array(src->arena, struct rule_trigger, n + 1);
  if (!rules->triggers) return know_full(src);
  if (n) qsort(rules->pending.at, n, sizeof *rules->pending.at, by_key);
  for (size_t i = 0; i < n; i++) {
    const struct pending *one = &rules->pending.at[i];
    bool same = i + 1 < n && slice_eq(one->key, rules->pending.at[i + 1].key);
    rules->triggers[i] = (struct rule_trigger){one->rule, one->with, same ? &rules->triggers[i + 1] : NULL};
    bool first = i == 0 || !slice_eq(one->key, rules->pending.at[i - 1].key);
    if (first && !map_add(&rules->index, src->arena, one->key, (uint32_t)i)) return know_full(src);
  }
  return ST_OK;
}

enum status rules_load(const struct rules **to, struct know_source *src)
{
  struct rules *rules = arena_new(src->arena, struct rules);
  if (!rules) return know_full(src);
  struct parser p = {.to = rules, .src = src};
  enum status status = plover_load(&p.plover, src);
  rules->plover = p.plover;
  uint16_t index = 0;
  while (status == ST_OK && know_table_next(src, "en/events/", &p.table, &index)) status = read_file(&p, index);
  if (status == ST_OK) status = build_index(rules, src);
  *to = rules;
  return status;
}

const struct rule_trigger *rules_at(const struct rules *rules, enum trigger_pos pos, struct slice lemma)
{
  char key[WORD_MOST + 2];
  if (lemma.n == 0 || lemma.n >= WORD_MOST) return NULL;
  key[0] = pos == TRIGGER_VERB ? 'v' : pos == TRIGGER_NOUN ? 'n' : 'a';
  key[1] = ' ';
  memcpy(key + 2, lemma.at, lemma.n);
  uint32_t at = map_get(&rules->index, (struct slice){key, lemma.n + 2});
  return at == MAP_NONE ? NULL : &rules->triggers[at];
}

const struct rule_finer *rules_instruments(const struct rules *rules, size_t *n)
{
  *n = rules->instruments.n;
  return rules->instruments.at;
}

const struct rule_finer *rules_contents(const struct rules *rules, size_t *n)
{
  *n = rules->contents.n;
  return rules->contents.at;
}

const struct rule_finer *rules_venues(const struct rules *rules, size_t *n)
{
  *n = rules->venues.n;
  return rules->venues.at;
}

const struct rule_ending *rules_endings(const struct rules *rules, size_t *n)
{
  *n = rules->endings.n;
  return rules->endings.at;
}

const struct rule_context *rules_contexts(const struct rules *rules, size_t *n)
{
  *n = rules->contexts.n;
  return rules->contexts.at;
}

const struct plover *rules_plover(const struct rules *rules) { return rules->plover; }
struct know_line rules_elsewhere(const struct rules *rules, enum elsewhere_part part, uint32_t type)
{
  return type < TYPES_MOST ? rules->elsewhere[part][type] : (struct know_line){0, 0};
}

size_t rules_count(const struct rules *rules) { return rules->pending.n; }

/* entities_link.c: which mentions are one entity.
 *
 * Keys, all in one spelling: a full name in lower case; "=CODE" of a government or body that the tables know; "NOUN|COUNTRY|n" of a noun
 * phrase (n: s singular, p plural; a country left out is any).  The latest entity holds a key, since the latest is the one meant. */
#include "read/entities.h"

static struct slice keep(const struct cast *c, const char *text, size_t n) { return slice_copy(c->r->arena, (struct slice){text, n}); }

enum status entities_put(struct cast *c, struct map *map, struct slice key, int32_t entity)
{
  if (!key.n) return ST_OK;
  if (map_get(map, key) == MAP_NONE) key = keep(c, key.at, key.n);
  uint32_t *slot = key.at ? map_add(map, c->r->scratch, key, (uint32_t)entity) : NULL;
  if (!slot) return reader_full(c->r);
  *slot = (uint32_t)entity;
  return ST_OK;
}

int32_t entities_get(const struct map *map, struct slice key)
{
  uint32_t entity = key.n ? map_get(map, key) : MAP_NONE;
  return entity == MAP_NONE ? ID_NONE : (int32_t)entity;
}

/* The words [first, end) joined by blanks, ASCII in lower case; empty when too long. */
struct slice entities_name_key(const struct cast *c, char prefix, int32_t first, int32_t end, char key[KEY_MOST])
{
  size_t n = 0;
  key[n++] = prefix;
  for (int32_t t = first; t < end; t++) {
    struct slice form = c->r->a->tokens[t].form;
    if (n + form.n + 1 > KEY_MOST) return (struct slice){0};
    if (t > first && c->r->a->tokens[t].upos != UPOS_PUNCT) key[n++] = ' ';
    for (size_t i = 0; i < form.n; i++) key[n++] = form.at[i] >= 'A' && form.at[i] <= 'Z' ? (char)(form.at[i] + 32) : form.at[i];
  }
  return (struct slice){key, n};
}

struct slice entities_phrase_key(const struct noun *noun, struct slice country, bool plural, char key[KEY_MOST])
{
  if (noun->lemma.n + country.n + 4 > KEY_MOST) return (struct slice){0};
  size_t n = 0;
  memcpy(key, noun->lemma.at, n = noun->lemma.n);
  key[n++] = '|';
  if (country.n) memcpy(key + n, country.at, country.n);
  n += country.n;
  key[n++] = '|';
  key[n++] = plural ? 'p' : 's';
  return (struct slice){key, n};
}

/* One entity for each code of a government; one for each name of any other known body. */
static struct slice sense_key(const struct mention *m, char key[KEY_MOST])
{
  const struct actor *actor = m->sense ? m->sense->actor : NULL;
  if (!actor || m->kind == KIND_PLACE || m->kind == KIND_PERSON) return (struct slice){0};
  struct slice what = m->sense->kind == SENSE_ORGANIZATION ? actor->name : actor->code;
  if (!what.n || what.n + 2 > KEY_MOST) return (struct slice){0};
  size_t n = 0;
  key[n++] = m->sense->kind == SENSE_ORGANIZATION ? '+' : '=';
  if (m->sense->kind == SENSE_PEOPLE) key[n++] = '*';
  memcpy(key + n, what.at, what.n);
  return (struct slice){key, n + what.n};
}

/* ---- names ---- */

static bool initial_of(struct slice a, struct slice b)
{
  return a.n > 0 && b.n > 0 && a.at[0] == b.at[0] && (a.n == 1 || (a.n == 2 && a.at[1] == '.'));
}

/* Is the word, or its initial, one of the name's? */
static bool in_name(struct slice name, struct slice word)
{
  while (name.n) {
    struct slice other = slice_cut(&name, ' ');
    if (slice_eq(word, other) || initial_of(word, other) || initial_of(other, word)) return true;
  }
  return false;
}

static size_t words_of(struct slice name)
{
  size_t n = 0;
  for (; name.n; n++) slice_cut(&name, ' ');
  return n;
}

/* Does the name tell father and son apart? */
static bool tells_generation(const struct cast *c, struct slice name)
{
  size_t last = name.n;
  while (last > 0 && name.at[last - 1] != ' ') last--;
  return last > 0 && entity_words_is(c->r->know->entity_words, slice_sub(name, last, name.n), ENTITY_WORD_GENERATION);
}

/* May the name be another form of the person's name?  Each word of the shorter must be in the longer one, or be its initial. */
static bool same_person(const struct cast *c, const struct mention *m, int32_t entity)
{
  const struct entity *e = &c->r->entities.at[entity];
  if (e->kind != KIND_PERSON) return false;
  struct slice name = entities_text(c, m->name_first, m->name_end), rest = m->name_end - m->name_first <= c->known.at[entity].name_words ? name : e->name;
  struct slice longer = rest.at == name.at ? e->name : name;
  if (words_of(rest) > 1 && tells_generation(c, rest) != tells_generation(c, longer)) return false;
  while (rest.n) {
    struct slice word = slice_cut(&rest, ' ');
    if (word.n && !in_name(longer, word)) return false;
  }
  enum gender a = m->gender, b = c->known.at[entity].gender;
  return a == GENDER_UNKNOWN || b == GENDER_UNKNOWN || a == b;
}

static int32_t find_person(const struct cast *c, const struct mention *m)
{
  const struct token *tokens = c->r->a->tokens;
  for (int32_t t = m->name_end - 1; t >= m->name_first; t--) {
    if (tokens[t].upos == UPOS_PUNCT) continue;
    int32_t entity = entities_get(&c->by_part, tokens[t].form);
    if (entity != ID_NONE && same_person(c, m, entity)) return entity;
    if (m->name_end - m->name_first > 1 && t < m->name_end - 1) break; /* family and given name: two tries */
  }
  return ID_NONE;
}

/* May the mention be told of the entity in apposition? */
static bool may_tell(const struct cast *c, const struct mention *m, int32_t entity)
{
  const struct entity *e = &c->r->entities.at[entity];
  const struct known *known = &c->known.at[entity];
  if (known->plural != m->plural) return false;
  bool person = e->kind == KIND_PERSON, other = m->kind == KIND_PERSON;
  return person == other && !(m->form == MENTION_NAME && known->form == MENTION_NAME && !person);
}

/* A name in apposition to a noun phrase, or a noun phrase to a name: what it hangs on, be it over a phrase in between ("the president of the
 * region, Roberto Maroni"). */
int32_t entities_apposed(const struct cast *c, const struct mention *m)
{
  const struct token *tokens = c->r->a->tokens;
  if (tokens[m->head].deprel != DEP_APPOS) return ID_NONE;
  int32_t over = tokens[m->head].head;
  bool comma = m->first > 0 && (slice_is(tokens[m->first - 1].form, ",") || slice_is(tokens[m->first - 1].form, "("));
  for (int up = 0; up < (comma ? 3 : 1) && over != TOKEN_NONE; up++) {
    int32_t entity = c->r->entity_at[over];
    if (entity != ID_NONE && may_tell(c, m, entity)) return entity;
    if (tokens[over].deprel != DEP_NMOD) break;
    over = tokens[over].head;
  }
  return ID_NONE;
}

/* "European Aeronautic Defence and Space Company (EADS)": the name just in front of the bracket. */
static int32_t bracketed(const struct cast *c, const struct mention *m)
{
  const struct analysis *a = c->r->a;
  if (m->name_first < 2 || !slice_is(a->tokens[m->name_first - 1].form, "(")) return ID_NONE;
  if (m->name_end >= a->n_tokens || !slice_is(a->tokens[m->name_end].form, ")")) return ID_NONE;
  struct slice acronym = a->tokens[m->name_first].form;
  for (int32_t t = m->name_first - 2; t >= 0 && t > m->name_first - 12; t--) {
    int32_t entity = c->r->entity_at[t];
    if (entity == ID_NONE) continue;
    const struct entity *e = &c->r->entities.at[entity];
    bool fits = (e->kind == KIND_PERSON) == (m->kind == KIND_PERSON) && e->name.n > acronym.n && acronym.n > 1 && e->name.at[0] == acronym.at[0];
    return fits ? entity : ID_NONE;
  }
  return ID_NONE;
}

/* Capital letters that begin the words of a name: "International Criminal Court" -> "ICC". */
static struct slice initials(const struct cast *c, const struct mention *m, char key[KEY_MOST])
{
  size_t n = 0;
  key[n++] = ' ';
  for (int32_t t = m->name_first; t < m->name_end && n + 1 < KEY_MOST; t++) {
    struct slice form = c->r->a->tokens[t].form;
    if (form.n && form.at[0] >= 'A' && form.at[0] <= 'Z') key[n++] = (char)(form.at[0] + 32);
  }
  return n > 3 ? (struct slice){key, n} : (struct slice){0};
}

#define SHORT_MOST 8 /* words of a body's name whose parts are kept */

static bool capital(struct slice form) { return form.n && ((form.at[0] >= 'A' && form.at[0] <= 'Z') || (unsigned char)form.at[0] >= 0xC3); }

/* What a body may be called afterwards: the begin or the end of its name ("Harvard" of "Harvard University", "Scientology" of "Church of
 * Scientology").  A full name of another keeps its key. */
static enum status register_short(struct cast *c, const struct mention *m, int32_t entity)
{
  const struct token *tokens = c->r->a->tokens;
  char key[KEY_MOST];
  if (m->name_end - m->name_first > SHORT_MOST) return ST_OK;
  for (int32_t cut = m->name_first + 1; cut < m->name_end; cut++) {
    struct slice parts[2] = {{0}, {0}};
    if (capital(tokens[cut - 1].form)) parts[0] = entities_name_key(c, '~', m->name_first, cut, key);
    enum status status = entities_put(c, &c->by_name, parts[0], entity);
    if (capital(tokens[cut].form)) parts[1] = entities_name_key(c, '~', cut, m->name_end, key);
    if (status == ST_OK) status = entities_put(c, &c->by_name, parts[1], entity);
    if (status != ST_OK) return status;
  }
  return ST_OK;
}

/* A body called by a part of its name. */
static int32_t find_short(const struct cast *c, const struct mention *m)
{
  char key[KEY_MOST];
  if (m->kind == KIND_PERSON || m->kind == KIND_COUNTRY || m->kind == KIND_GROUP || m->sense) return ID_NONE;
  return entities_get(&c->by_name, entities_name_key(c, '~', m->name_first, m->name_end, key));
}

/* The words that head a name: "Square" of "Naqsh-e Jahan Square", "Church" of "Church of Scientology": "the square", "the church". */
static enum status register_heads(struct cast *c, const struct mention *m, int32_t entity)
{
  const struct token *tokens = c->r->a->tokens;
  char key[KEY_MOST];
  for (int32_t t = m->name_first; t < m->name_end; t++) {
    bool head = t == m->name_end - 1 || t == m->head || (tokens[t + 1].upos == UPOS_ADP && t + 2 < m->name_end);
    if (!head || !capital(tokens[t].form)) continue;
    enum status status = entities_put(c, &c->by_phrase, entities_name_key(c, '^', t, t + 1, key), entity);
    if (status != ST_OK) return status;
  }
  return ST_OK;
}

#define FAMILY_TIMES 3 /* so many times as often spoken of, somebody keeps a family name when a relative is named */

/* The parts of a person's name that stand for it; of those between the first and the last the first that nobody has: "Luis Carlos | Galan | Sarmiento". */
static enum status register_parts(struct cast *c, const struct mention *m, int32_t entity)
{
  const struct token *tokens = c->r->a->tokens;
  enum status status = ST_OK;
  if (m->name_end - m->name_first > 1) status = entities_put(c, &c->by_part, tokens[m->name_first].form, entity);
  const int32_t bearer = entities_get(&c->by_part, tokens[m->name_end - 1].form);
  const bool kept = bearer != ID_NONE && bearer != entity && c->known.at[bearer].n_mentions > FAMILY_TIMES * c->known.at[entity].n_mentions;
  if (status == ST_OK && !kept) status = entities_put(c, &c->by_part, tokens[m->name_end - 1].form, entity);
  for (int32_t t = m->name_first + 1; t < m->name_end - 1 && status == ST_OK; t++)
    if (tokens[t].form.n > 2 && entities_get(&c->by_part, tokens[t].form) == ID_NONE) status = entities_put(c, &c->by_part, tokens[t].form, entity);
  return status;
}

static enum status register_name(struct cast *c, const struct mention *m, int32_t entity)
{
  char key[KEY_MOST];
  enum status status = entities_put(c, &c->by_name, entities_name_key(c, m->kind == KIND_PLACE ? '@' : ' ', m->name_first, m->name_end, key), entity);
  if (status == ST_OK) status = entities_put(c, &c->by_name, sense_key(m, key), entity);
  if (status == ST_OK && (m->kind == KIND_ORGANIZATION || m->kind == KIND_OTHER)) {
    struct slice short_form = initials(c, m, key);
    if (short_form.n && entities_get(&c->by_name, short_form) == ID_NONE) status = entities_put(c, &c->by_name, short_form, entity);
  }
  if ((m->kind == KIND_ORGANIZATION || m->kind == KIND_COUNTRY) && status == ST_OK) status = register_short(c, m, entity);
  if (m->kind != KIND_PERSON && m->name_end - m->name_first > 1 && status == ST_OK) status = register_heads(c, m, entity);
  if (m->kind == KIND_PERSON && status == ST_OK) status = register_parts(c, m, entity);
  if (m->kind == KIND_PERSON && m->noun && !(m->noun->flags & NOUN_HONORIFIC) && status == ST_OK) {
    status = entities_put(c, &c->by_phrase, entities_phrase_key(m->noun, m->standing.country, false, key), entity);
    if (status == ST_OK) status = entities_put(c, &c->by_phrase, entities_phrase_key(m->noun, (struct slice){0}, false, key), entity);
  }
  return status;
}

/* The entity that has this very name, or the code that the tables give it. */
static int32_t find_same(const struct cast *c, const struct mention *m)
{
  char key[KEY_MOST];
  int32_t entity = entities_get(&c->by_name, sense_key(m, key));
  if (entity == ID_NONE && !(m->sense && m->sense->actor && m->kind != KIND_PLACE && m->kind != KIND_PERSON)) {
    bool long_name = m->name_end - m->name_first > 1; /* the engine may tag one name now as this, now as that */
    char own = m->kind == KIND_PLACE ? '@' : ' ', other = m->kind == KIND_PLACE ? ' ' : '@';
    entity = entities_get(&c->by_name, entities_name_key(c, own, m->name_first, m->name_end, key));
    if (entity == ID_NONE && (long_name || m->kind != KIND_PERSON))
      entity = entities_get(&c->by_name, entities_name_key(c, other, m->name_first, m->name_end, key));
  }
  if (entity == ID_NONE || m->name_end - m->name_first > 1) return entity;
  return (m->kind == KIND_PERSON) == (c->r->entities.at[entity].kind == KIND_PERSON) ? entity : ID_NONE;
}

/* "the Cruise video": one word that is the family name of somebody told of, whatever the engine took it for. */
static int32_t find_family(const struct cast *c, struct mention *m)
{
  if (m->name_end - m->name_first != 1 || m->kind == KIND_PERSON || m->sense) return ID_NONE;
  int32_t entity = entities_get(&c->by_part, c->r->a->tokens[m->name_first].form);
  if (entity == ID_NONE || c->known.at[entity].name_words < 2) return ID_NONE;
  m->kind = KIND_PERSON;
  return entity;
}

#define FORETOLD_BACK 2 /* sentences */
#define FORETOLD_MENTIONS 40

static bool is_sufferer(const struct analysis *a, int32_t token)
{
  return a->tokens[token].deprel == DEP_OBJ || a->tokens[token].deprel == DEP_NSUBJ_PASS;
}

/* Is the mention somebody private, told of without a name? */
static bool is_unnamed(const struct cast *c, const struct mention *o)
{
  if (o->entity == ID_NONE || o->kind != KIND_PERSON || o->form != MENTION_NOMINAL || o->plural || o->definite) return false;
  const bool private = o->standing.sectors[0] == SECTOR_CVL || o->standing.sectors[0] == SECTOR_EDU;
  return private && c->known.at[o->entity].form != MENTION_NAME;
}

/* "A court jailed a Turkish student on Monday.  Ana Li was | arrested in May": who is told of without a name, and named in the next sentences.
 * Both suffer what is told, nothing else is known of the name, and nobody else is told of so. */
static int32_t foretold(const struct cast *c, const struct mention *m)
{
  const struct analysis *a = c->r->a;
  const size_t at = (size_t)(m - c->mentions.at), least = at > FORETOLD_MENTIONS ? at - FORETOLD_MENTIONS : 0;
  int32_t found = ID_NONE;
  if (m->kind != KIND_PERSON || m->noun || m->standing.code.n || m->name_end - m->name_first < 2 || !is_sufferer(a, m->head)) return ID_NONE;
  for (size_t i = at; i-- > least;) {
    const struct mention *o = &c->mentions.at[i];
    if (a->tokens[m->head].sentence - a->tokens[o->head].sentence > FORETOLD_BACK) break;
    if (!is_unnamed(c, o) || o->entity == found) continue;
    if (found != ID_NONE || a->tokens[o->head].sentence == a->tokens[m->head].sentence) return ID_NONE;
    const enum gender known = c->known.at[o->entity].gender;
    const bool same = m->gender == GENDER_UNKNOWN || known == GENDER_UNKNOWN || m->gender == known;
    if (!o->own_country || !is_sufferer(a, o->head) || !same) return ID_NONE;
    found = o->entity;
  }
  return found;
}

static enum status link_name(struct cast *c, struct mention *m)
{
  if (m->type == NAME_PERSON && m->sense && m->kind != KIND_PERSON && entities_get(&c->by_part, c->r->a->tokens[m->name_first].form) != ID_NONE) {
    m->kind = KIND_PERSON; /* "Jordan" where somebody of that name was told of */
    m->gender = GENDER_UNKNOWN;
    m->sense = NULL;
    m->standing = (struct standing){0};
  }
  int32_t entity = find_same(c, m);
  if (entity == ID_NONE && m->kind == KIND_PERSON) entity = find_person(c, m);
  if (entity == ID_NONE) entity = find_family(c, m);
  if (entity == ID_NONE) entity = entities_apposed(c, m);
  if (entity == ID_NONE && m->kind != KIND_PERSON) entity = bracketed(c, m);
  if (entity == ID_NONE) entity = find_short(c, m);
  if (entity == ID_NONE) entity = foretold(c, m);
  enum status status = entity == ID_NONE ? entities_new(c, m) : entities_join(c, m, entity);
  return status == ST_OK ? register_name(c, m, m->entity) : status;
}

/* ---- names within names ---- */

/* The entity whose full name, or a person whose family name, the tokens are; not `whole` itself. */
static int32_t named_by(const struct cast *c, int32_t first, int32_t end, int32_t whole)
{
  char key[KEY_MOST];
  for (int i = 0; i < 2; i++) {
    int32_t entity = entities_get(&c->by_name, entities_name_key(c, " @"[i], first, end, key));
    if (entity != ID_NONE && entity != whole) return entity;
  }
  if (end - first != 1) return ID_NONE;
  int32_t entity = entities_get(&c->by_part, c->r->a->tokens[first].form);
  return entity != ID_NONE && entity != whole && c->known.at[entity].name_words > 1 ? entity : ID_NONE;
}

/* "the Volgograd Arena" speaks of Volgograd too, "the Warhol Foundation" of Warhol, where the text names them by themselves: mentions that
 * change nothing else. */
static enum status link_inside(struct cast *c, const struct mention *m)
{
  const struct token *tokens = c->r->a->tokens;
  if (m->kind == KIND_PERSON || m->kind == KIND_COUNTRY || m->name_end - m->name_first > SHORT_MOST) return ST_OK;
  for (int32_t first = m->name_first; first < m->name_end;) {
    /* the end of a name heads it ("Hotel"), unless it hangs on a preposition ("Gulf of Mexico") */
    bool behind = first > m->name_first && tokens[first - 1].upos == UPOS_ADP;
    int32_t end = behind ? m->name_end : m->name_end - 1, entity = ID_NONE;
    for (; end > first && entity == ID_NONE; end--)
      if (capital(tokens[first].form)) entity = named_by(c, first, end, m->entity);
    if (entity != ID_NONE && !entities_mention(c, entity, tree_span(c->r->a, first, end + 1))) return reader_full(c->r);
    first = entity != ID_NONE ? end + 1 : first + 1;
  }
  return ST_OK;
}

static enum status link_names_inside(struct cast *c)
{
  for (size_t i = 0; i < c->mentions.n; i++) {
    const struct mention *m = &c->mentions.at[i];
    if (m->form != MENTION_NAME || m->name_end - m->name_first < 2 || m->entity == ID_NONE) continue;
    enum status status = link_inside(c, m);
    if (status != ST_OK) return status;
  }
  return ST_OK;
}

enum status entities_link(struct cast *c)
{
  enum status status = entities_home(c);
  for (size_t i = 0; i < c->mentions.n && status == ST_OK; i++) {
    struct mention *m = &c->mentions.at[i];
    status = entities_describe(c, m);
    if (status == ST_OK && m->form == MENTION_NAME) status = link_name(c, m);
    if (status == ST_OK && m->form == MENTION_NAME) status = entities_link_governor(c, i);
    if (status == ST_OK && m->form == MENTION_NOMINAL) status = entities_link_nominal(c, i);
    if (status == ST_OK && m->form == MENTION_PRONOUN && m->person == 3) {
      int32_t entity = entities_antecedent(c, i);
      if (entity != ID_NONE) status = entities_join(c, m, entity);
    }
  }
  if (status == ST_OK) status = entities_voices(c); /* "I" is known only once the words behind the quotation are read */
  return status == ST_OK ? link_names_inside(c) : status;
}

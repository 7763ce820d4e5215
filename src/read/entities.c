/* entities.c: finds and links the mentions of a document and keeps the records of its entities. */
#include "read/entities.h"

bool entities_mention(struct cast *c, int32_t entity, struct span span)
{
  struct known *known = &c->known.at[entity];
  struct entity *e = &c->r->entities.at[entity];
  if (known->n_mentions == known->cap_mentions) {
    uint32_t cap = known->cap_mentions ? known->cap_mentions * 2 : 4;
    struct span *grown = arena_grow(c->r->arena, e->mentions.at, known->cap_mentions * sizeof *grown, cap * sizeof *grown);
    if (!grown) return false;
    e->mentions.at = grown;
    known->cap_mentions = cap;
  }
  /* in order of the text: what is said in the first person is linked late */
  uint32_t at = e->mentions.n;
  while (at > 0 && e->mentions.at[at - 1].begin > span.begin) at--;
  if ((at > 0 && span_meets(e->mentions.at[at - 1], span)) || (at < e->mentions.n && span_meets(e->mentions.at[at], span))) return true;
  memmove(e->mentions.at + at + 1, e->mentions.at + at, (e->mentions.n - at) * sizeof *e->mentions.at);
  e->mentions.at[at] = span;
  known->n_mentions = ++e->mentions.n;
  return true;
}

/* "South Korean President" of "the South Korean President Yoon Suk-yeol": the words up to the title, without the article. */
static struct slice role_of(const struct cast *c, const struct mention *m)
{
  if (m->form != MENTION_NAME || m->kind != KIND_PERSON || !m->noun || (m->noun->flags & NOUN_HONORIFIC) || m->noun_head == TOKEN_NONE)
    return (struct slice){0};
  int32_t first = m->noun_head < m->head ? m->first : m->noun_first, end;
  if (m->noun_head > m->head) {
    tree_mention_tokens(c->r->a, m->noun_head, &first, &end);
    int32_t whose = tree_child(c->r->a, m->noun_head, DEP_NMOD_POSS); /* "Russia's foreign minister" */
    if (whose != TOKEN_NONE && whose < m->noun_head) first = c->r->a->tokens[whose].right + 1;
  }
  while (first < m->noun_first && (c->r->a->tokens[first].deprel == DEP_DET || c->r->a->tokens[first].upos == UPOS_PUNCT)) first++;
  return entities_text(c, first, m->noun_end);
}

/* What the given name tells of the sex of a person. */
static enum gender given_gender(const struct cast *c, const struct mention *m)
{
  if (m->form != MENTION_NAME || m->kind != KIND_PERSON || m->name_first >= m->name_end) return GENDER_UNKNOWN;
  enum sex sex = given_names_sex(c->r->know->given_names, c->r->a->tokens[m->name_first].form);
  return sex == SEX_MALE ? GENDER_MALE : sex == SEX_FEMALE ? GENDER_FEMALE : GENDER_UNKNOWN;
}

/* The mention's words make the record fuller: a longer name, a role, a country told instead of guessed. */
static void enrich(struct cast *c, const struct mention *m, int32_t entity)
{
  struct entity *e = &c->r->entities.at[entity];
  struct known *known = &c->known.at[entity];
  int32_t words = m->name_end - m->name_first;
  if (m->form == MENTION_NAME && (known->form != MENTION_NAME || words > known->name_words)) {
    bool actor = m->sense && m->sense->actor && m->kind != KIND_PLACE;
    if (!actor) e->name = entities_text(c, m->name_first, m->name_end);
    else if (known->form != MENTION_NAME) e->name = m->sense->actor->name;
    if (known->form != MENTION_NAME) e->kind = m->kind;
    e->named = tree_span(c->r->a, m->name_first, m->name_end);
    known->form = MENTION_NAME;
    known->name_words = words;
  }
  if (!e->role.n) e->role = role_of(c, m);
  if (known->gender == GENDER_UNKNOWN) known->gender = m->gender;
  if (known->gender == GENDER_UNKNOWN && words > 1) known->gender = given_gender(c, m);
  bool better = m->own_country && !known->own_country && m->form != MENTION_PRONOUN;
  if (m->standing.code.n && (!e->code.n || (better && m->standing.country.n))) {
    e->code = m->standing.code;
    e->country = m->standing.country;
    memcpy(e->sectors, m->standing.sectors, sizeof e->sectors);
    for (int i = 0; i < TRACE_LINES; i++) trace_add(&e->trace, m->standing.trace.lines[i]);
  }
  if (!e->country.n) e->country = m->standing.country;
  known->own_country = known->own_country || m->own_country;
}

enum status entities_join(struct cast *c, struct mention *m, int32_t entity)
{
  m->entity = entity;
  if (m->form == MENTION_NAME) {
    if (m->sense || m->noun) c->known.at[entity].from_table = true;
    c->known.at[entity].votes[m->kind]++;
  }
  struct span span = tree_span(c->r->a, m->first, m->end);
  if (!entities_mention(c, entity, span)) return reader_full(c->r);
  if (m->form != MENTION_PRONOUN) enrich(c, m, entity);
  else if (c->known.at[entity].gender == GENDER_UNKNOWN) c->known.at[entity].gender = m->gender;
  c->known.at[entity].latest = span;
  int32_t place = m->form == MENTION_NAME && m->kind == KIND_PLACE ? c->r->place_at[m->name_first] : ID_NONE;
  if (place != ID_NONE) c->known.at[entity].place = (int8_t)c->r->places.at[place].kind;
  c->r->entity_at[m->head] = entity;
  return ST_OK;
}

enum status entities_new(struct cast *c, struct mention *m)
{
  struct entity e = {.kind = m->kind, .first_token = m->head};
  struct known known = {.place = -1, .gender = m->gender, .plural = m->plural, .form = m->form, .own_country = m->own_country,
                        .name_words = m->name_end - m->name_first};
  bool name = m->form == MENTION_NAME;
  if (known.gender == GENDER_UNKNOWN) known.gender = given_gender(c, m);
  e.name = name ? entities_text(c, m->name_first, m->name_end) : entities_text(c, m->first, m->end);
  if (name && m->sense && m->sense->actor && m->kind != KIND_PLACE && m->sense->kind != SENSE_PEOPLE) e.name = m->sense->actor->name;
  if (name) e.named = tree_span(c->r->a, m->name_first, m->name_end);
  e.role = role_of(c, m);
  e.code = m->standing.code;
  e.country = m->standing.country;
  memcpy(e.sectors, m->standing.sectors, sizeof e.sectors);
  e.trace = m->standing.trace;
  e.trace.rule = !name ? SLICE("actor-noun") : e.role.n ? SLICE("title-and-name") : m->sense ? SLICE("known-name") : SLICE("tagged-name");
  if (c->r->entities.n >= INT32_MAX || !vec_push(&c->r->entities, c->r->arena, e) || !vec_push(&c->known, c->r->scratch, known))
    return reader_full(c->r);
  return entities_join(c, m, (int32_t)c->r->entities.n - 1);
}

/* A name that no table knows is what most of its mentions were taken for; of equals the first. */
static void decide_kinds(struct cast *c)
{
  for (size_t i = 0; i < c->known.n; i++) {
    const struct known *known = &c->known.at[i];
    struct entity *e = &c->r->entities.at[i];
    if (known->from_table || known->form != MENTION_NAME || e->code.n) continue;
    for (int kind = 0; kind <= KIND_OTHER; kind++)
      if (known->votes[kind] > known->votes[e->kind]) e->kind = (enum entity_kind)kind;
  }
}

/* A headline gives a family name alone, and the engine takes it for a town: "Petrova resigns".  Whose name the text gives in full, or with a title,
 * is meant by it, unless a table knows a place of that name. */
static bool name_families(struct cast *c)
{
  struct map families = {0};
  for (size_t i = 0; i < c->mentions.n; i++) {
    const struct mention *m = &c->mentions.at[i];
    if (m->form != MENTION_NAME || m->kind != KIND_PERSON || m->sense || (m->name_end - m->name_first < 2 && !m->noun)) continue;
    if (!map_add(&families, c->r->scratch, c->r->a->tokens[m->name_end - 1].form, 1)) return false;
  }
  for (size_t i = 0; i < c->mentions.n; i++) {
    struct mention *m = &c->mentions.at[i];
    const bool open = (m->type == NAME_PLACE || m->type == NAME_OTHER) && !m->sense && c->r->place_at[m->head] == ID_NONE;
    if (m->form != MENTION_NAME || !open || m->name_end - m->name_first != 1) continue;
    if (map_get(&families, c->r->a->tokens[m->name_first].form) == MAP_NONE) continue;
    m->type = NAME_PERSON;
    m->kind = KIND_PERSON;
    m->gender = GENDER_UNKNOWN;
  }
  return true;
}

enum status entities_read(struct reader *r)
{
  struct cast c = {.r = r};
  enum status status = entities_find(&c);
  if (status == ST_OK && !name_families(&c)) status = reader_full(r);
  if (status == ST_OK) status = entities_link(&c);
  if (status != ST_OK) return status;
  decide_kinds(&c);
  for (size_t i = 0; i < c.mentions.n; i++) { /* an outer mention before those inside it: the innermost stays */
    const struct mention *m = &c.mentions.at[i];
    if (m->entity == ID_NONE) continue;
    for (int32_t t = m->first; t < m->end; t++) r->mention_at[t] = m->entity;
  }
  return ST_OK;
}

/* entities_nominal.c: what noun phrases point back at, or are told of.
 *
 * In this order, the first that fits: apposition and predicate ("Norton was a merchant", "served as mayor"); a noun phrase with the same noun
 * ("the troops"); a name that the noun heads ("the square" of Naqsh-e Jahan Square); a name of the sort that the table of anaphors tells
 * ("the city").  A noun of the table of political nouns that points at nothing is an actor of its own; any other noun is then no mention. */
#include "read/entities.h"
#include "read/frame.h"

#define NAMES_BACK 40 /* mentions that are looked through for a name */

/* Does the name's own last word tell another sort of thing ("Ali Qapu Palace" is no square)? */
static bool of_other_sort(const struct cast *c, struct slice name, const struct anaphor *sort)
{
  char low[40];
  size_t from = name.n;
  while (from > 0 && name.at[from - 1] != ' ') from--;
  if (from == 0 || name.n - from > sizeof low) return false;
  for (size_t i = from; i < name.n; i++) low[i - from] = name.at[i] >= 'A' && name.at[i] <= 'Z' ? (char)(name.at[i] + 32) : name.at[i];
  const struct anaphor *own = anaphors_find(c->r->know->anaphors, (struct slice){low, name.n - from});
  return own && own != sort;
}

/* The latest entity that the noun may mean by the table of anaphors, the one most spoken of before the others; bounded. */
static int32_t named_sort(const struct cast *c, size_t before, const struct anaphor *sort)
{
  size_t least = before > NAMES_BACK ? before - NAMES_BACK : 0;
  int32_t best = ID_NONE;
  uint32_t most = 0;
  for (size_t i = before; i-- > least;) {
    const struct mention *m = &c->mentions.at[i];
    if (m->entity == ID_NONE || m->form != MENTION_NAME || m->entity == best) continue;
    const struct entity *e = &c->r->entities.at[m->entity];
    const struct known *known = &c->known.at[m->entity];
    if (e->kind != sort->kind || known->plural || of_other_sort(c, e->name, sort)) continue;
    bool site = sort->kind == KIND_PLACE && sort->what == (uint32_t)1 << PLACE_FACILITY; /* too many of them to believe the noun */
    if (known->place < 0 ? site : sort->what && sort->kind == KIND_PLACE && !(sort->what >> known->place & 1)) continue;
    if (sort->what && sort->kind == KIND_ORGANIZATION && e->sectors[0] != SECTOR_NONE && !(sort->what >> e->sectors[0] & 1)) continue;
    if (sort->kind == KIND_COUNTRY) return m->entity;
    if (known->n_mentions > most) {
      most = known->n_mentions;
      best = m->entity;
    }
  }
  return best;
}

/* "there": the latest place of this sentence or the one before; bounded. */
static int32_t latest_sort(const struct cast *c, size_t before, const struct anaphor *sort)
{
  uint32_t sentence = c->r->a->tokens[c->mentions.at[before].head].sentence;
  for (size_t i = before, n = 0; i-- > 0 && n < NAMES_BACK; n++) {
    const struct mention *m = &c->mentions.at[i];
    if (sentence - c->r->a->tokens[m->head].sentence > 1) break;
    if (m->entity == ID_NONE) continue;
    enum entity_kind kind = c->r->entities.at[m->entity].kind;
    if (kind == sort->kind || kind == KIND_COUNTRY) return m->entity;
  }
  return ID_NONE;
}

/* "these soldiers": the latest group of the same sector; bounded. */
static int32_t latest_group(const struct cast *c, size_t before, const struct mention *m)
{
  size_t least = before > 24 ? before - 24 : 0;
  uint32_t sentence = c->r->a->tokens[m->head].sentence;
  for (size_t i = before; i-- > least;) {
    const struct mention *o = &c->mentions.at[i];
    if (sentence - c->r->a->tokens[o->head].sentence > 2) break;
    if (o->entity == ID_NONE || o->head >= m->first || o->form == MENTION_PRONOUN) continue;
    const struct entity *e = &c->r->entities.at[o->entity];
    if (e->kind == KIND_GROUP && c->known.at[o->entity].plural && e->sectors[0] == m->standing.sectors[0] && o->standing.country.n) return o->entity;
  }
  return ID_NONE;
}

/* ---- what somebody is said to be ---- */

/* May the noun phrase be told of the entity at the token? */
static int32_t told_at(const struct cast *c, const struct mention *m, int32_t token)
{
  int32_t entity = token == TOKEN_NONE ? ID_NONE : c->r->entity_at[token];
  if (entity == ID_NONE || c->known.at[entity].plural != m->plural) return ID_NONE;
  enum entity_kind kind = c->r->entities.at[entity].kind;
  if (!m->noun) return entity;
  return (m->kind == KIND_PERSON) == (kind == KIND_PERSON) ? entity : ID_NONE;
}

static bool denied(const struct analysis *a, int32_t token)
{
  for (int32_t k = a->tokens[token].first_child; k != TOKEN_NONE; k = a->tokens[k].next_sibling)
    if (a->tokens[k].feats & FEAT_NEG) return true;
  return false;
}

/* Of whom the noun phrase is told: "Norton was a merchant", "became mayor", "named him mayor", "served as mayor". */
static int32_t told_of(const struct cast *c, const struct mention *m)
{
  const struct analysis *a = c->r->a;
  int32_t base = tree_first_conjunct(a, m->head), verb = a->tokens[base].head;
  if (denied(a, base)) return ID_NONE;
  if (tree_child(a, base, DEP_COP) != TOKEN_NONE && tree_case(a, base) == TOKEN_NONE) {
    int32_t subject = tree_child(a, base, DEP_NSUBJ);
    if (subject != TOKEN_NONE) return told_at(c, m, subject);
  }
  if (verb == TOKEN_NONE || a->tokens[verb].upos != UPOS_VERB || denied(a, verb)) return ID_NONE;
  int32_t marker = tree_case(a, base);
  bool as = m->noun && a->tokens[base].deprel == DEP_OBL && entities_word(c, marker, ENTITY_WORD_AS);
  if (!as && (a->tokens[base].deprel != DEP_XCOMP || marker != TOKEN_NONE)) return ID_NONE;
  struct frame f;
  frame_of(a, verb, &f);
  int32_t entity = told_at(c, m, frame_argument(a, &f, ROLE_OBJECT, NULL));
  return entity != ID_NONE ? entity : told_at(c, m, frame_argument(a, &f, ROLE_SUBJECT, NULL));
}

static int32_t told(const struct cast *c, const struct mention *m)
{
  int32_t entity = entities_apposed(c, m);
  return entity != ID_NONE ? entity : told_of(c, m);
}

/* ---- what is pointed back at ---- */

/* Is something more said of the noun than its name's words: "the new museum", "the city of York", "the town where he lived"? */
static bool told_apart(const struct cast *c, const struct mention *m, struct slice name)
{
  const struct analysis *a = c->r->a;
  for (int32_t k = a->tokens[m->head].first_child; k != TOKEN_NONE; k = a->tokens[k].next_sibling) {
    const struct token *t = &a->tokens[k];
    switch (deprel_base((enum deprel)t->deprel)) {
    case DEP_AMOD: case DEP_COMPOUND: case DEP_NUMMOD:
      if (!name.n || slice_find(name, t->form) == SIZE_MAX) return true;
      break;
    case DEP_ACL: /* "the group, which formed in May": said beside */
      if (a->tokens[k].left > 0 && (slice_is(a->tokens[a->tokens[k].left].form, ",") || slice_is(a->tokens[a->tokens[k].left - 1].form, ","))) break;
      return true;
    case DEP_NMOD: case DEP_APPOS: return true;
    default: break;
    }
  }
  return false;
}

/* The name that the noun heads, or one of the sort that the noun tells. */
static int32_t pointed_at(const struct cast *c, size_t i)
{
  const struct mention *m = &c->mentions.at[i];
  const struct token *t = &c->r->a->tokens[m->head];
  char key[KEY_MOST];
  int32_t entity = entities_get(&c->by_phrase, entities_name_key(c, '^', m->head, m->head + 1, key));
  if (entity != ID_NONE && told_apart(c, m, c->r->entities.at[entity].name)) entity = ID_NONE;
  const struct anaphor *sort = m->plural ? NULL : anaphors_find(c->r->know->anaphors, t->lemma);
  if (sort && t->upos == UPOS_ADV) return latest_sort(c, i, sort);
  if (!sort || told_apart(c, m, (struct slice){0})) return entity;
  /* "the city" is rather the city spoken of than Kansas City */
  int32_t other = named_sort(c, i, sort);
  if (entity == ID_NONE || (other != ID_NONE && c->known.at[other].n_mentions > 2 * c->known.at[entity].n_mentions)) return other;
  return entity;
}

/* "the government" of a text about one country is that country's, and not another's that was named in passing. */
static int32_t of_home(const struct cast *c, const struct mention *m, int32_t entity)
{
  char key[KEY_MOST];
  const struct slice country = c->r->entities.at[entity].country;
  if (!c->home.n || !country.n || slice_eq(country, c->home)) return entity;
  const int32_t home = entities_get(&c->by_phrase, entities_phrase_key(m->noun, c->home, m->plural, key));
  return home != ID_NONE && c->known.at[home].n_mentions >= 2 * c->known.at[entity].n_mentions ? home : entity;
}

/* The entity of a noun phrase with this noun that the mention may mean. */
static int32_t same_noun(const struct cast *c, size_t i)
{
  const struct mention *m = &c->mentions.at[i];
  char key[KEY_MOST];
  bool counted = tree_child(c->r->a, m->head, DEP_NUMMOD) != TOKEN_NONE;
  bool bare = m->plural && tree_child(c->r->a, m->head, DEP_DET) == TOKEN_NONE && !counted;
  if (!m->definite && !bare) return ID_NONE;
  int32_t det = tree_child(c->r->a, m->head, DEP_DET);
  if (m->plural && !m->own_country && !counted && det != TOKEN_NONE && (c->r->a->tokens[det].feats & FEAT_DEM)) {
    int32_t entity = latest_group(c, i, m);
    if (entity != ID_NONE) return entity;
  }
  struct slice country = m->own_country || bare ? m->standing.country : (struct slice){0};
  int32_t entity = entities_get(&c->by_phrase, entities_phrase_key(m->noun, country, m->plural, key));
  if (entity == ID_NONE) return ID_NONE;
  if (m->kind == KIND_ORGANIZATION && !m->own_country) entity = of_home(c, m, entity);
  /* "his wife" is not the wife spoken of before, unless she is whose wife she was */
  bool possessed = tree_child(c->r->a, m->head, DEP_NMOD_POSS) != TOKEN_NONE;
  return possessed && !m->own_country && c->known.at[entity].form == MENTION_NAME ? ID_NONE : entity;
}

static bool points(const struct cast *c, const struct mention *m)
{
  if (c->r->a->tokens[m->head].upos == UPOS_ADV) return true;
  int32_t det = tree_child(c->r->a, m->head, DEP_DET);
  return det != TOKEN_NONE && (c->r->a->tokens[det].feats & (FEAT_DEF | FEAT_DEM)) && !m->own_country;
}

/* A noun that names no actor is a mention only where it means one. */
static enum status link_plain(struct cast *c, size_t i)
{
  struct mention *m = &c->mentions.at[i];
  int32_t entity = told(c, m), before = c->r->entity_at[m->head];
  enum status status = ST_OK;
  if (entity != ID_NONE) {
    status = entities_join(c, m, entity);
    c->r->entity_at[m->head] = before; /* what one is told to be does not act */
  } else if (points(c, m) && (entity = pointed_at(c, i)) != ID_NONE) {
    status = entities_join(c, m, entity);
  }
  return status;
}

/* "the city of Philadelphia", "the philosopher Richard Joyce": a noun phrase in front of the name that it means. */
enum status entities_link_governor(struct cast *c, size_t i)
{
  const struct analysis *a = c->r->a;
  const struct mention *m = &c->mentions.at[i];
  const struct token *t = &a->tokens[m->head];
  bool of = t->deprel == DEP_NMOD && entities_word(c, tree_case(a, m->head), ENTITY_WORD_OF), apposed = t->deprel == DEP_APPOS;
  if ((!of && !apposed) || t->head == TOKEN_NONE || t->head >= m->head) return ST_OK;
  const struct anaphor *sort = anaphors_find(c->r->know->anaphors, a->tokens[t->head].lemma);
  if (sort ? sort->kind != c->r->entities.at[m->entity].kind : of) return ST_OK;
  if (of && sort->kind != KIND_PLACE) return ST_OK;
  for (size_t k = i; k-- > 0 && a->tokens[c->mentions.at[k].head].sentence == t->sentence;) {
    struct mention *over = &c->mentions.at[k];
    if (over->head != t->head) continue;
    if (over->form != MENTION_NOMINAL || over->noun || over->entity != ID_NONE || over->plural != m->plural) return ST_OK;
    int32_t entity = c->r->entity_at[over->head];
    enum status status = entities_join(c, over, m->entity);
    c->r->entity_at[over->head] = entity;
    return status;
  }
  return ST_OK;
}

enum status entities_link_nominal(struct cast *c, size_t i)
{
  struct mention *m = &c->mentions.at[i];
  char key[KEY_MOST];
  if (!m->noun) return link_plain(c, i);
  int32_t entity = told(c, m);
  if (entity == ID_NONE) entity = same_noun(c, i);
  if (entity == ID_NONE && m->kind == KIND_ORGANIZATION && points(c, m)) entity = pointed_at(c, i);
  enum status status = entity == ID_NONE ? entities_new(c, m) : entities_join(c, m, entity);
  /* "3,000 troops" of somebody is a number of them, not those that "the troops" means later */
  bool counted = tree_child(c->r->a, m->head, DEP_NUMMOD) != TOKEN_NONE && !m->own_country;
  struct slice own = entities_phrase_key(m->noun, m->standing.country, m->plural, key);
  if (status == ST_OK && !(counted && entities_get(&c->by_phrase, own) != ID_NONE)) status = entities_put(c, &c->by_phrase, own, m->entity);
  struct slice any = entities_phrase_key(m->noun, (struct slice){0}, m->plural, key);
  if (status == ST_OK && !(counted && entities_get(&c->by_phrase, any) != ID_NONE)) status = entities_put(c, &c->by_phrase, any, m->entity);
  return status;
}

/* entities_find.c: the mentions of a text.
 *
 * Names are runs of tokens that the language engine tagged, or that the tables know; where both speak the longer run wins, so that
 * "Bank of Georgia" is no Georgia.  A name that heads a noun phrase takes the phrase in front of it into the mention ("Pentagon
 * spokesperson Sabrina Singh"); one that stands inside another's phrase ("Pentagon" there) is a mention of its own. */
#include "read/entities.h"
#include <stdlib.h>

static bool is_nounish(const struct token *t) { return t->upos == UPOS_NOUN || t->upos == UPOS_PROPN; }

/* The token of [first, end) whose head lies outside it: what the run hangs on. */
static int32_t run_head(const struct analysis *a, int32_t first, int32_t end)
{
  for (int32_t t = first; t < end; t++) {
    int32_t head = a->tokens[t].head;
    if ((head < first || head >= end) && a->tokens[t].upos != UPOS_PUNCT && a->tokens[t].deprel != DEP_CASE && a->tokens[t].deprel != DEP_DET)
      return t;
  }
  return end - 1;
}

static int32_t sentence_end(const struct analysis *a, int32_t token) { return a->sentences[a->tokens[token].sentence].end; }

/* One past the tagged name that begins at `first`. */
static int32_t tagged_end(const struct analysis *a, int32_t first)
{
  int32_t end = first + 1, most = sentence_end(a, first);
  while (end < most && a->tokens[end].name == a->tokens[first].name && !a->tokens[end].name_begins) end++;
  while (end > first + 1 && (a->tokens[end - 1].upos == UPOS_PART || a->tokens[end - 1].upos == UPOS_PUNCT)) end--;
  return end;
}

static const struct sense *actor_sense(const struct sense *senses)
{
  for (const struct sense *s = senses; s; s = s->next)
    if (s->actor) return s;
  return NULL;
}

/* The sense that suits the engine's tag and the place reader's choice: an organization, a government, or a place. */
static const struct sense *choose_sense(const struct cast *c, const struct sense *senses, int32_t first, enum name_type type, bool *metonym)
{
  const struct reader *r = c->r;
  int32_t place = r->place_at[first];
  enum place_use use = place == ID_NONE ? USE_EMBEDDED : r->places.at[place].use;
  *metonym = use == USE_METONYM;
  if (*metonym)
    for (const struct sense *s = senses; s; s = s->next)
      if (s->actor && (s->kind == SENSE_SEAT || s->kind == SENSE_COUNTRY || s->kind == SENSE_ORGANIZATION)) return s;
  if (type == NAME_ORGANIZATION)
    for (const struct sense *s = senses; s; s = s->next)
      if (s->actor && (s->kind == SENSE_ORGANIZATION || s->kind == SENSE_SEAT)) return s;
  if (place != ID_NONE)
    for (const struct sense *s = senses; s; s = s->next)
      if (s->toponym && s->toponym->has_point && slice_eq(s->toponym->country, r->places.at[place].country)) return s;
  const struct sense *actor = actor_sense(senses);
  /* a seat that is no city ("the Kremlin") is never only a place */
  if (actor && actor->kind == SENSE_SEAT && !entities_city(actor)) return actor;
  if (actor && actor->kind != SENSE_SEAT) return actor;
  return senses;
}

static bool country_add(struct cast *c, int32_t token, struct slice country)
{
  if (country.n != 3 || !names_country(c->r->know->names, country)) return true; /* IGO, MNC ... are no country */
  return vec_push(&c->countries, c->r->scratch, (struct country_at){token, country});
}

/* A body's country, unless it only tells of what happens elsewhere: "(AP)" makes nothing American. */
static bool body_country_add(struct cast *c, int32_t token, const struct actor *actor)
{
  return actor->sectors[0] == SECTOR_JRN || country_add(c, token, actor->country);
}

static enum entity_kind kind_of(const struct mention *m)
{
  if (m->sense) {
    switch (m->sense->kind) {
    case SENSE_COUNTRY: return KIND_COUNTRY;
    case SENSE_PEOPLE: return KIND_GROUP;
    case SENSE_PLACE: return KIND_PLACE;
    case SENSE_SEAT: return m->metonym || !entities_city(m->sense) || m->type == NAME_ORGANIZATION ? KIND_ORGANIZATION : KIND_PLACE;
    default: return m->sense->actor ? m->sense->actor->kind : KIND_ORGANIZATION;
    }
  }
  switch (m->type) {
  case NAME_PERSON: return KIND_PERSON;
  case NAME_ORGANIZATION: return KIND_ORGANIZATION;
  case NAME_PLACE: return KIND_PLACE;
  default: return KIND_OTHER;
  }
}

/* Of titles in a row the first tells the office: "Prime Minister | Sheikh Hasina", "Army chief | General Ali". */
static void first_title(const struct cast *c, struct mention *m, int32_t least)
{
  const struct reader *r = c->r;
  while (m->noun_first > least) {
    const int32_t t = m->noun_first - 1;
    int32_t first = t, end = t + 1;
    const struct noun *noun = nouns_match(r->know->nouns, r->a, t, &first, &end);
    if (!noun || !(noun->flags & NOUN_OFFICE) || end != m->noun_first) return;
    m->noun = noun;
    m->noun_head = t;
    m->noun_first = first;
  }
}

/* The title in front of a name: the nearest office noun among the words of its phrase ("Pentagon spokesperson", "former Foreign
 * Minister"), or the one that ends just in front of it, however the tree has it; then its phrase joins the mention. */
static void title_before(const struct cast *c, struct mention *m)
{
  const struct reader *r = c->r;
  const struct sentence *s = &r->a->sentences[r->a->tokens[m->name_first].sentence];
  for (int32_t t = m->name_first - 1; t >= s->first && (t >= m->first || t == m->name_first - 1); t--) {
    if (!is_nounish(&r->a->tokens[t]) && r->a->tokens[t].upos != UPOS_ADJ) continue;
    int32_t first = t, end = t + 1;
    const struct noun *noun = nouns_match(r->know->nouns, r->a, t, &first, &end);
    if (!noun || !(noun->flags & (NOUN_OFFICE | NOUN_PERSON | NOUN_HONORIFIC)) || end > m->name_first) continue;
    if (t < m->first && (end != m->name_first || !(noun->flags & (NOUN_OFFICE | NOUN_HONORIFIC)))) return;
    m->noun = noun;
    m->noun_head = t;
    m->noun_first = first;
    m->noun_end = end;
    first_title(c, m, s->first);
    if (m->noun_first < m->first) {
      int32_t from, to;
      tree_mention_tokens(r->a, m->noun_head, &from, &to);
      m->first = from < m->noun_first ? from : m->noun_first;
    }
    if (m->noun_first < m->first) m->first = m->noun_first;
    break;
  }
  /* a tree gone wrong may reach over a coordination */
  for (int32_t t = m->name_first - 1; t > m->first; t--)
    if (r->a->tokens[t].upos == UPOS_CCONJ || (r->a->tokens[t].upos == UPOS_PUNCT && slice_is(r->a->tokens[t].form, ","))) {
      if (!m->noun || t < m->noun_first) m->first = t + 1;
      break;
    }
}

/* What the engine took for a name is part of the title: "U.S. Defense | Secretary", "Secretary of | State". */
static void clear_title(struct cast *c, const struct mention *m)
{
  while (c->mentions.n) {
    struct mention *last = &c->mentions.at[c->mentions.n - 1];
    if (last->end <= m->noun_first || last->first >= m->noun_end || last->head >= m->name_first) return;
    int32_t length = 0;
    const struct sense *senses = names_match(c->r->know->names, c->r->a, last->name_first, m->noun_first, &length);
    if (!senses || last->name_first >= m->noun_first) {
      c->mentions.n--;
      continue;
    }
    last->name_end = last->end = last->name_first + length;
    last->head = run_head(c->r->a, last->name_first, last->name_end);
    last->sense = choose_sense(c, senses, last->name_first, NAME_NONE, &last->metonym);
    last->type = NAME_PLACE;
    last->kind = kind_of(last);
    if (last->sense->kind == SENSE_DEMONYM) c->mentions.n--;
    return;
  }
}

/* "Yoon Suk | -yeol", "Sergey | Lavrov": the rest of a name that the tree knows of. */
static int32_t whole_name(const struct analysis *a, int32_t first, int32_t end)
{
  int32_t most = sentence_end(a, first);
  while (end < most && a->tokens[end].upos != UPOS_CCONJ && a->tokens[end].name == NAME_NONE) {
    const struct token *t = &a->tokens[end];
    bool hyphen = t->upos == UPOS_PUNCT && slice_is(t->form, "-") && end + 1 < most && !t->space_after && !a->tokens[end - 1].space_after;
    bool flat = t->upos == UPOS_PROPN && t->deprel == DEP_FLAT && t->head >= first && t->head < end;
    if (!hyphen && !flat) break;
    end += hyphen ? 2 : 1;
  }
  return end;
}

/* "Gagnon- | Tremblay": what a hyphen joins in front. */
static int32_t hyphen_first(const struct cast *c, int32_t first)
{
  const struct token *tokens = c->r->a->tokens;
  int32_t least = c->r->a->sentences[tokens[first].sentence].first;
  if (c->mentions.n && c->mentions.at[c->mentions.n - 1].end > least) least = c->mentions.at[c->mentions.n - 1].end;
  while (first - 2 >= least && slice_is(tokens[first - 1].form, "-") && !tokens[first - 1].space_after && !tokens[first - 2].space_after &&
         tokens[first - 2].upos == UPOS_PROPN)
    first -= 2;
  return first;
}

/* The name behind a country and an office that were tagged with it: "U.S. Defense Secretary Lloyd Austin"; `first` when there is no such thing. */
static int32_t behind_title(const struct cast *c, int32_t first, int32_t end)
{
  const struct reader *r = c->r;
  int32_t known = 0, name = first, from, to;
  if (!names_match(r->know->names, r->a, first, end, &known)) return first;
  int32_t at = first + known;
  for (int32_t head = at; head < end - 1 && head < at + 4; head++) {
    const struct noun *noun = nouns_match(r->know->nouns, r->a, head, &from, &to);
    if (noun && (noun->flags & NOUN_OFFICE) && from <= at && to < end) name = to;
  }
  return name;
}

/* The name behind what the tree takes for a title in it: "Newsman | Ana Duarte". */
static int32_t behind_described(const struct analysis *a, int32_t first, int32_t end)
{
  int32_t name = first;
  for (int32_t t = first; t < end - 1; t++)
    if (a->tokens[t].deprel == DEP_NMOD_DESC && a->tokens[t].head > t && a->tokens[t].head < end) name = t + 1;
  return name;
}

/* "the singer Prince": one word that the engine takes for a name, without "the", is a name where it could be a title of one sex too. */
static bool is_called_so(const struct cast *c, int32_t first, int32_t end)
{
  const struct analysis *a = c->r->a;
  int32_t from, to;
  if (end - first != 1 || a->tokens[first].upos != UPOS_PROPN || tree_child(a, first, DEP_DET) != TOKEN_NONE) return false;
  const struct noun *noun = nouns_match(c->r->know->nouns, a, first, &from, &to);
  return noun && (noun->flags & NOUN_OFFICE) && (noun->flags & (NOUN_MALE | NOUN_FEMALE)) && from == first && to == end;
}

/* Does the entry at `head` reach over `token` as a title?  Any word for a person may be one where `any` ("Attorney | Ana Duarte"). */
static bool is_title(const struct cast *c, int32_t head, int32_t token, bool any, int32_t *from, int32_t *to)
{
  const struct noun *noun = nouns_match(c->r->know->nouns, c->r->a, head, from, to);
  const uint32_t titles = NOUN_OFFICE | NOUN_HONORIFIC | (any ? NOUN_PERSON : 0);
  return noun && (noun->flags & titles) && *to > token;
}

/* The engine may take a title into a name, or break a name at one: "President | Yoon", "Secretary of | State Antony Blinken".  What an
 * office noun covers at the begin of a person's name, or at the end of a body's ("NATO Secretary"), is no name.  False when nothing stays. */
static bool strip_titles(const struct cast *c, int32_t *first, int32_t *end, enum name_type type)
{
  const struct reader *r = c->r;
  int32_t name = type == NAME_PERSON ? behind_described(r->a, behind_title(c, *first, *end), *end) : *first;
  if (name > *first) {
    *first = name;
    return true;
  }
  for (int32_t t = *first; t < *end; t++) {
    int32_t from = t, to = t + 1;
    bool title = false;
    for (int32_t head = t; head >= t - 3 && head >= 0 && !title; head--) /* an entry may begin in front of the name */
      title = is_title(c, head, t, type == NAME_PERSON && t == name && head == t, &from, &to);
    if (title && type == NAME_ORGANIZATION && t > *first && to >= *end) {
      *end = from > *first ? from : t;
      return *end > *first;
    }
    if (title && type == NAME_PERSON && (t == name || from <= name) && to > name) name = to;
    if (type == NAME_PERSON && name <= t) break;
  }
  if (type == NAME_PERSON && (name < *end || !is_called_so(c, *first, *end))) *first = name;
  return *first < *end;
}

/* A title that begins in front of the name and ends within it tells that what follows is a person, whatever the engine took it for:
 * "Secretary of | State Antony Blinken". */
static bool title_runs_into(const struct cast *c, int32_t *first, int32_t end)
{
  const struct reader *r = c->r;
  for (int32_t head = *first - 1; head >= *first - 3 && head >= 0 && r->a->tokens[head].sentence == r->a->tokens[*first].sentence; head--) {
    int32_t from = head, to = head + 1;
    const struct noun *noun = nouns_match(r->know->nouns, r->a, head, &from, &to);
    if (!noun || !(noun->flags & NOUN_OFFICE) || to <= *first || to >= end) continue;
    *first = to;
    return true;
  }
  return false;
}

/* Does the word belong to a number: "up to 500", "at least 3,000"? */
static bool before_number(const struct analysis *a, int32_t token)
{
  const int32_t on = a->tokens[token].head;
  if (a->tokens[token + 1].upos == UPOS_NUM) return true;
  if (on <= token) return false;
  return a->tokens[on].upos == UPOS_NUM || (on == token + 1 && a->tokens[on].head > on && a->tokens[a->tokens[on].head].upos == UPOS_NUM);
}

/* A tree gone wrong may hang a preposition or "both" on the first word of a noun phrase: neither belongs to it. */
static int32_t clean_first(const struct analysis *a, int32_t first, int32_t most)
{
  while (first < most) {
    const struct token *t = &a->tokens[first];
    bool stray = t->upos == UPOS_ADP || t->upos == UPOS_CCONJ || t->upos == UPOS_SCONJ || t->upos == UPOS_AUX || t->upos == UPOS_PUNCT ||
                 t->deprel == DEP_CC_PRECONJ || (t->upos == UPOS_PART && t->deprel != DEP_ADVMOD);
    if (!stray || before_number(a, first)) break;
    first++;
  }
  return first;
}

/* The words of the whole mention around its name.  "The Pentagon" keeps its article, "rival Samsung" not its neighbours. */
static void name_extent(const struct analysis *a, struct mention *m)
{
  tree_mention_tokens(a, m->head, &m->first, &m->end);
  if (m->first > m->name_first) m->first = m->name_first;
  if (m->end < m->name_end || m->type == NAME_PERSON || a->tokens[m->end - 1].name_begins) m->end = m->name_end;
}

static void only_article(const struct analysis *a, struct mention *m)
{
  int32_t before = m->name_first - 1;
  if (m->first >= m->name_first) return;
  while (before > m->first && a->tokens[before].upos == UPOS_ADJ && a->tokens[before].head == m->head && a->tokens[before].form.at[0] >= 'A' &&
         a->tokens[before].form.at[0] <= 'Z')
    before--;
  m->first = a->tokens[before].deprel == DEP_DET && a->tokens[before].head == m->head ? before : before + 1;
  if (m->first > m->name_first) m->first = m->name_first;
}

/* "Hunter Services Inc." is a firm, whatever its words look like. */
static bool firm(const struct cast *c, const struct mention *m)
{
  int32_t first, end;
  const struct noun *noun = m->sense || m->name_end - m->name_first < 2 ? NULL : nouns_match(c->r->know->nouns, c->r->a, m->name_end - 1, &first, &end);
  return noun && (noun->flags & NOUN_FIRM);
}

static void name_kind(struct cast *c, struct mention *m)
{
  if (firm(c, m)) m->type = NAME_ORGANIZATION;
  m->kind = kind_of(m);
  m->plural = (c->r->a->tokens[m->head].feats & FEAT_PLUR) && m->kind == KIND_GROUP;
  m->gender = m->kind == KIND_PERSON ? GENDER_UNKNOWN : GENDER_NEUTER;
  if (m->kind == KIND_PERSON || m->kind == KIND_OTHER) title_before(c, m);
  if (m->noun && m->kind == KIND_OTHER && m->type != NAME_OTHER && (m->noun->flags & NOUN_OFFICE)) m->kind = KIND_PERSON;
  if (m->noun) clear_title(c, m);
  if (m->kind != KIND_PERSON) only_article(c->r->a, m);
  m->first = clean_first(c->r->a, m->first, m->name_first);
}

/* What the name tells of the context: its country, of a place the one that the place reader chose. */
static bool name_country(struct cast *c, const struct mention *m)
{
  const int32_t place = c->r->place_at[m->name_first];
  if (m->kind == KIND_PLACE && place != ID_NONE) return country_add(c, m->name_first, c->r->places.at[place].country);
  if (!m->sense) return true;
  if (m->sense->actor) return m->kind == KIND_PERSON || body_country_add(c, m->name_first, m->sense->actor);
  return !m->sense->toponym || country_add(c, m->name_first, m->sense->toponym->country);
}

/* "Civic | Party", "Creative | Commons": capital words in front of a tagged name that hang on it as compounds and that the engine left out. */
static int32_t extended_first(const struct cast *c, int32_t first, int32_t end)
{
  const struct analysis *a = c->r->a;
  const struct sentence *s = &a->sentences[a->tokens[first].sentence];
  int32_t least = c->mentions.n && c->mentions.at[c->mentions.n - 1].end > s->first ? c->mentions.at[c->mentions.n - 1].end : s->first;
  int32_t from = first;
  while (from > least) {
    const struct token *t = &a->tokens[from - 1];
    int32_t length = 0, noun_first, noun_end;
    bool capital = t->form.n && t->form.at[0] >= 'A' && t->form.at[0] <= 'Z' && from - 1 > s->first;
    enum deprel d = deprel_base((enum deprel)t->deprel);
    bool hangs = t->head >= from && t->head < end && (d == DEP_COMPOUND || d == DEP_FLAT || d == DEP_AMOD || t->deprel == DEP_NMOD_DESC);
    if (t->name != NAME_NONE || !hangs || !(t->upos == UPOS_PROPN || (t->upos == UPOS_ADJ && capital))) break;
    const struct sense *sense = names_match(c->r->know->names, a, from - 1, end, &length);
    const struct noun *noun = nouns_match(c->r->know->nouns, a, from - 1, &noun_first, &noun_end);
    if (sense && (sense->actor || sense->kind == SENSE_DEMONYM)) break;
    if (noun && noun_end <= from && (noun->flags & (NOUN_OFFICE | NOUN_PERSON | NOUN_HONORIFIC))) break;
    from--;
  }
  return from;
}

/* What the noun at the token tells of a name that it heads: a body ("Foundation"), a place ("Mosque"), or nothing (NAME_NONE). */
static enum name_type told_by(const struct cast *c, int32_t token, int32_t *first)
{
  char low[NOUN_LEMMA_MOST];
  int32_t end;
  struct slice form = c->r->a->tokens[token].form;
  const struct noun *noun = nouns_match(c->r->know->nouns, c->r->a, token, first, &end);
  if (noun) return (noun->flags & NOUN_BODY) && !(noun->flags & (NOUN_OFFICE | NOUN_PERSON)) && end == token + 1 ? NAME_ORGANIZATION : NAME_NONE;
  *first = token;
  if (form.n > sizeof low) return NAME_NONE;
  for (size_t i = 0; i < form.n; i++) low[i] = form.at[i] >= 'A' && form.at[i] <= 'Z' ? (char)(form.at[i] + 32) : form.at[i];
  const struct anaphor *sort = anaphors_find(c->r->know->anaphors, (struct slice){low, form.n});
  return !sort || sort->kind == KIND_COUNTRY ? NAME_NONE : sort->kind == KIND_ORGANIZATION ? NAME_ORGANIZATION : NAME_PLACE;
}

/* "Andy Warhol Foundation", "Sheikh Lotf Mosque": whatever the engine took it for, a name that ends in such a noun is what the noun tells. */
static void type_by_noun(const struct cast *c, int32_t first, int32_t end, enum name_type *type)
{
  int32_t from;
  if (end - first < 2) return;
  enum name_type told = told_by(c, end - 1, &from);
  /* but people are called Church and Hill */
  bool called = *type == NAME_PERSON && (end - first == 2 || given_names_sex(c->r->know->given_names, c->r->a->tokens[first].form) != SEX_UNKNOWN);
  if (called && (told == NAME_PLACE || given_names_sex(c->r->know->given_names, c->r->a->tokens[first].form) != SEX_UNKNOWN)) return;
  if (told != NAME_NONE && from > first && (told == NAME_ORGANIZATION || *type == NAME_PERSON || *type == NAME_OTHER)) *type = told;
}

/* Finds out where the name of a tagged run really begins and ends, and what it is; *senses where the tables know what is left.  False when
 * no name is left. */
static bool settle_name(const struct cast *c, int32_t *first, int32_t *end, enum name_type *type, const struct sense **senses)
{
  if (*type != NAME_PERSON && *type != NAME_NONE) *first = extended_first(c, *first, *end);
  if ((*type == NAME_PLACE || *type == NAME_OTHER) && title_runs_into(c, first, *end)) *type = NAME_PERSON;
  if (*type == NAME_PERSON) {
    *end = whole_name(c->r->a, *first, *end);
    *first = hyphen_first(c, *first);
  }
  if (*type == NAME_PERSON || *type == NAME_ORGANIZATION) {
    int32_t length = 0;
    if (!strip_titles(c, first, end, *type)) return false;
    if (*type == NAME_ORGANIZATION) *senses = names_match(c->r->know->names, c->r->a, *first, *end, &length);
    if (*first + length != *end) *senses = NULL;
  }
  if (!*senses) type_by_noun(c, *first, *end, type);
  return true;
}

static bool name_mention(struct cast *c, int32_t first, int32_t end, const struct sense *senses, enum name_type type)
{
  const struct analysis *a = c->r->a;
  if (!senses && (!settle_name(c, &first, &end, &type, &senses) || a->tokens[first].upos == UPOS_PUNCT)) return true;
  struct mention m = {.form = MENTION_NAME, .type = type, .name_first = first, .name_end = end, .entity = ID_NONE, .noun_head = TOKEN_NONE,
                      .definite = true};
  m.head = run_head(a, first, end);
  m.sense = senses ? choose_sense(c, senses, first, type, &m.metonym) : NULL;
  int32_t over = a->tokens[m.head].head; /* older trees hang a name on its title */
  if (type == NAME_PERSON && a->tokens[m.head].deprel == DEP_FLAT && over >= first - 2 && over < first) m.head = over;
  if (m.sense && m.sense->kind == SENSE_DEMONYM) /* an adjective: a country is spoken of, but nobody is mentioned */
    return !m.sense->actor || country_add(c, first, m.sense->actor->country);
  name_extent(a, &m);
  name_kind(c, &m);
  return name_country(c, &m) && vec_push(&c->mentions, c->r->scratch, m);
}

/* Is the token a title or another word in front of a name in a name's mention? */
static bool inside_name(const struct cast *c, int32_t token)
{
  for (size_t i = c->mentions.n; i-- > 0;) {
    const struct mention *m = &c->mentions.at[i];
    if (c->r->a->tokens[m->head].sentence != c->r->a->tokens[token].sentence) break;
    if (m->form == MENTION_NAME && m->first <= token && token < m->end) return true;
  }
  return false;
}

/* Can the token head a noun phrase?  An adjective only where a noun stands: "the wounded were taken away". */
static bool heads_phrase(const struct token *t)
{
  enum deprel d = deprel_base((enum deprel)t->deprel);
  if (t->upos == UPOS_ADJ) return d == DEP_NSUBJ || d == DEP_OBJ || t->deprel == DEP_OBL_AGENT;
  return d != DEP_COMPOUND && d != DEP_FLAT && d != DEP_FIXED && t->deprel != DEP_NMOD_DESC && d != DEP_AMOD && d != DEP_GOESWITH;
}

/* A noun that names no actor counts where it may point back at one ("the city") or tells what one is ("is a city", "the city of", "as a port"). */
static bool worth_a_look(const struct cast *c, int32_t token, bool definite)
{
  const struct analysis *a = c->r->a;
  bool one = a->tokens[token].upos == UPOS_NUM && tree_child(a, token, DEP_NMOD) != TOKEN_NONE && entities_word(c, token, ENTITY_WORD_ONE);
  if (a->tokens[token].upos != UPOS_NOUN && !one) return false;
  if (definite || tree_child(a, token, DEP_APPOS) != TOKEN_NONE) return true;
  const struct token *t = &a->tokens[tree_first_conjunct(a, token)];
  switch (t->deprel) {
  case DEP_APPOS: case DEP_XCOMP: return true;
  case DEP_OBL: return entities_word(c, tree_case(a, token), ENTITY_WORD_AS);
  default: return tree_child(a, tree_first_conjunct(a, token), DEP_COP) != TOKEN_NONE;
  }
}

/* Does the entry end with the form, whatever its letters? */
static bool slice_ends_plain(struct slice entry, struct slice form)
{
  if (form.n > entry.n) return false;
  for (size_t i = 0; i < form.n; i++)
    if ((form.at[i] | 32) != (entry.at[entry.n - form.n + i] | 32)) return false;
  return true;
}

static bool nominal_mention(struct cast *c, int32_t token)
{
  const struct reader *r = c->r;
  const struct token *t = &r->a->tokens[token];
  if (!heads_phrase(t)) return true;
  struct mention m = {.form = MENTION_NOMINAL, .head = token, .entity = ID_NONE, .noun_head = token, .kind = KIND_OTHER};
  int32_t det = tree_child(r->a, token, DEP_DET);
  bool pointed = det != TOKEN_NONE && (r->a->tokens[det].feats & (FEAT_DEF | FEAT_DEM));
  m.definite = pointed || tree_child(r->a, token, DEP_NMOD_POSS) != TOKEN_NONE;
  m.plural = (t->feats & FEAT_PLUR) != 0;
  if (t->upos != UPOS_NUM) m.noun = nouns_match(r->know->nouns, r->a, token, &m.noun_first, &m.noun_end);
  if (m.noun && !(m.noun->flags & (NOUN_PERSON | NOUN_GROUP | NOUN_BODY | NOUN_OFFICE))) m.noun = NULL;
  if (!m.noun && !worth_a_look(c, token, pointed)) return true;
  if (inside_name(c, token)) return true;
  tree_mention_tokens(r->a, token, &m.first, &m.end);
  m.first = clean_first(r->a, m.first, token);
  m.name_first = m.name_end = m.first;
  if (!m.noun) return vec_push(&c->mentions, r->scratch, m);
  if (m.end < m.noun_end) m.end = m.noun_end;
  bool person = (m.noun->flags & (NOUN_PERSON | NOUN_OFFICE)) != 0;
  bool several = m.plural && !(m.noun->flags & NOUN_BODY && slice_ends_plain(m.noun->lemma, t->form)); /* "armed forces" are one body */
  m.kind = several || !(person || (m.noun->flags & NOUN_BODY)) ? KIND_GROUP : person ? KIND_PERSON : KIND_ORGANIZATION;
  if (m.kind == KIND_GROUP && !m.plural && (t->feats & FEAT_SING) == 0) m.plural = true;
  if (m.kind != KIND_PERSON) m.gender = GENDER_NEUTER;
  if (m.noun->flags & NOUN_MALE) m.gender = GENDER_MALE;
  if (m.noun->flags & NOUN_FEMALE) m.gender = GENDER_FEMALE;
  return vec_push(&c->mentions, r->scratch, m);
}

/* "there" */
static bool adverb_mention(struct cast *c, int32_t token)
{
  struct mention m = {.form = MENTION_NOMINAL, .head = token, .first = token, .end = token + 1, .name_first = token, .name_end = token,
                      .entity = ID_NONE, .noun_head = token, .kind = KIND_OTHER, .definite = true};
  return vec_push(&c->mentions, c->r->scratch, m);
}

/* "It" that stands for nobody; beside an active verb of speech or thought it does stand for somebody, whatever the tree says ("It expects that"). */
static bool is_empty(const struct cast *c, int32_t token)
{
  const struct analysis *a = c->r->a;
  const int32_t verb = a->tokens[token].head;
  if (a->tokens[token].deprel != DEP_EXPL) return false;
  if (verb == TOKEN_NONE || verb < token || a->tokens[verb].upos != UPOS_VERB || !(a->tokens[verb].feats & FEAT_FIN)) return true;
  static const enum deprel others[] = {DEP_AUX_PASS, DEP_NSUBJ, DEP_CSUBJ};
  for (size_t i = 0; i < sizeof others / sizeof *others; i++)
    if (tree_child(a, verb, others[i]) != TOKEN_NONE) return true;
  return tree_child(a, verb, DEP_CCOMP) == TOKEN_NONE || !cues_find(c->r->know->cues, a->tokens[verb].lemma, CUE_VERB);
}

static bool pronoun_mention(struct cast *c, int32_t token)
{
  const struct token *t = &c->r->a->tokens[token];
  const bool clipped = t->form.at[0] == '\'' || t->form.at[0] == '\xE2'; /* the 's of "let's" */
  if (!(t->feats & FEAT_PRS) || is_empty(c, token) || clipped || entities_word(c, token, ENTITY_WORD_ONE)) return true;
  struct mention m = {.form = MENTION_PRONOUN, .head = token, .first = token, .end = token + 1, .name_first = token, .name_end = token,
                      .entity = ID_NONE, .noun_head = TOKEN_NONE, .kind = KIND_OTHER, .definite = true};
  m.person = t->feats & FEAT_P1 ? 1 : t->feats & FEAT_P2 ? 2 : 3;
  m.plural = (t->feats & FEAT_PLUR) != 0;
  m.gender = t->feats & FEAT_MASC ? GENDER_MALE : t->feats & FEAT_FEM ? GENDER_FEMALE : t->feats & FEAT_NEUT ? GENDER_NEUTER : GENDER_UNKNOWN;
  if (m.gender == GENDER_MALE || m.gender == GENDER_FEMALE) m.kind = KIND_PERSON;
  return vec_push(&c->mentions, c->r->scratch, m);
}

/* "University | of Southern Indiana", "Ministry | of Foreign Affairs": a name that a body's noun heads goes on behind its "of"; one past it. */
static int32_t of_end(const struct cast *c, int32_t first, int32_t end)
{
  const struct analysis *a = c->r->a;
  int32_t most = sentence_end(a, first), from, next = end + 1;
  if (next >= most || a->tokens[end].upos != UPOS_ADP || !entities_word(c, end, ENTITY_WORD_OF) || a->tokens[end - 1].upos != UPOS_PROPN) return end;
  if (told_by(c, end - 1, &from) != NAME_ORGANIZATION) return end;
  if (a->tokens[next].deprel == DEP_DET) next++;
  int32_t to = next;
  while (to < most && (a->tokens[to].upos == UPOS_PROPN || (a->tokens[to].upos == UPOS_ADJ && to + 1 < most && a->tokens[to + 1].upos == UPOS_PROPN)) &&
         a->tokens[to].form.at[0] >= 'A' && a->tokens[to].form.at[0] <= 'Z')
    to++;
  if (to == next) return end;
  int32_t left = run_head(a, first, end), right = run_head(a, next, to);
  return a->tokens[right].head == left && a->tokens[right].deprel == DEP_NMOD ? to : end;
}

/* The engine decides word by word and may break a name: "Westchester | Reform | Temple".  A tagged name that follows at once and hangs
 * together with this one as a compound or flat name is its rest, unless the tables know this one, or a person follows something else.
 * What heads the whole gives its type. */
static int32_t joined_end(const struct cast *c, int32_t first, int32_t end, enum name_type *type)
{
  const struct analysis *a = c->r->a;
  int32_t most = sentence_end(a, first), length = 0;
  while (end < most && a->tokens[end].name != NAME_NONE && a->tokens[end].name_begins && a->tokens[end].upos == UPOS_PROPN) {
    if (names_match(c->r->know->names, a, first, end, &length) && first + length == end) break;
    enum name_type next = (enum name_type)a->tokens[end].name;
    if (next == NAME_PERSON && *type != NAME_PERSON) break;
    int32_t to = tagged_end(a, end), left = run_head(a, first, end), right = run_head(a, end, to);
    bool behind = a->tokens[left].head >= end && a->tokens[left].head < to && a->tokens[left].deprel == DEP_COMPOUND;
    bool front = a->tokens[right].head >= first && a->tokens[right].head < end && a->tokens[right].deprel == DEP_FLAT;
    if (!behind && !front) break;
    if (behind) *type = next;
    end = to;
  }
  return end;
}

/* What a name is that only the tables know. */
static enum name_type type_of(const struct sense *senses)
{
  if (!senses) return NAME_NONE;
  if (senses->kind == SENSE_COUNTRY || senses->kind == SENSE_PLACE) return NAME_PLACE;
  return senses->kind == SENSE_ORGANIZATION ? NAME_ORGANIZATION : NAME_NONE;
}

/* Can a known name begin with the word?  "Since" and "Nice!" are no towns. */
static bool names_word(const struct token *t)
{
  return t->upos != UPOS_PUNCT && t->upos != UPOS_PRON && t->upos != UPOS_SCONJ && t->upos != UPOS_INTJ && t->upos != UPOS_AUX && t->upos != UPOS_CCONJ;
}

/* One past the name that the engine tagged at the token, and what it is; the token itself when it tagged none. */
static int32_t tagged_name(const struct cast *c, int32_t token, enum name_type *type)
{
  const struct token *t = &c->r->a->tokens[token];
  *type = NAME_NONE;
  if (t->name == NAME_NONE || !t->name_begins) return token;
  *type = (enum name_type)t->name;
  const int32_t end = joined_end(c, token, tagged_end(c->r->a, token), type), further = of_end(c, token, end);
  if (further > end) *type = NAME_ORGANIZATION;
  return further;
}

/* The longest name at the token, tagged or known; *end is one past it (the token itself when there is none). */
static bool name_at(struct cast *c, int32_t token, int32_t *end)
{
  const struct analysis *a = c->r->a;
  *end = token;
  int32_t length = 0, known = token;
  const struct sense *senses = names_word(&a->tokens[token]) ? names_match(c->r->know->names, a, token, sentence_end(a, token), &length) : NULL;
  if (senses) known = token + length;
  enum name_type type;
  int32_t tagged = tagged_name(c, token, &type);
  /* "Boko Haram | suspects": a name of several words that the tables know is better cut than the engine's */
  if (type == NAME_PERSON && senses && length > 1 && tagged > known && senses->kind == SENSE_ORGANIZATION) tagged = known;
  if (tagged > known) senses = NULL;
  if (tagged > known || senses) *end = tagged > known ? tagged : known;
  if (*end == token || (c->r->date_at[token] != ID_NONE && c->r->date_at[*end - 1] != ID_NONE)) return true; /* "DHAKA, Aug 5" is a day, no name */
  /* a person is never a place of the same name */
  if (type == NAME_PERSON && senses && !actor_sense(senses)) senses = NULL;
  if (type == NAME_NONE) type = type_of(senses);
  if (!name_mention(c, token, *end, senses, type)) return false;
  const struct mention *last = c->mentions.n ? &c->mentions.at[c->mentions.n - 1] : NULL;
  if (last && last->name_first >= token && last->name_end > *end) *end = last->name_end; /* what a hyphen joins behind it is of it */
  return true;
}

/* A place or country inside a longer tagged name ("Ukrainian Foreign Ministry") is context for its code and no mention. */
static bool countries_inside(struct cast *c, int32_t first, int32_t end)
{
  for (int32_t t = first; t < end;) {
    int32_t length = 0;
    const struct sense *s = names_match(c->r->know->names, c->r->a, t, end, &length);
    if (s && s->actor && !body_country_add(c, t, s->actor)) return false;
    t += s && length > 0 ? length : 1;
  }
  return true;
}

static int by_token(const void *x, const void *y)
{
  const struct country_at *a = x, *b = y;
  if (a->token != b->token) return a->token < b->token ? -1 : 1;
  return slice_cmp(a->country, b->country);
}

static int by_place(const void *x, const void *y)
{
  const struct mention *a = x, *b = y;
  if (a->first != b->first) return a->first < b->first ? -1 : 1;
  if (a->end != b->end) return a->end > b->end ? -1 : 1;
  return a->head < b->head ? -1 : a->head > b->head;
}

enum status entities_find(struct cast *c)
{
  const struct analysis *a = c->r->a;
  for (uint32_t s = 0; s < a->n_sentences; s++) {
    const struct sentence *sentence = &a->sentences[s];
    for (int32_t t = sentence->first; t < sentence->end;) { /* names first: nouns in front of them belong to them */
      int32_t end = t;
      if (!name_at(c, t, &end)) return reader_full(c->r);
      if (end > t + 1 && !countries_inside(c, t, end)) return reader_full(c->r);
      t = end > t ? end : t + 1;
    }
    for (int32_t t = sentence->first; t < sentence->end; t++) {
      const struct token *token = &a->tokens[t];
      bool good = true;
      if (token->upos == UPOS_PRON) good = pronoun_mention(c, t);
      else if (is_nounish(token) || token->upos == UPOS_ADJ || token->upos == UPOS_NUM) good = nominal_mention(c, t);
      else if (token->upos == UPOS_ADV && token->deprel == DEP_ADVMOD && anaphors_find(c->r->know->anaphors, token->lemma)) good = adverb_mention(c, t);
      if (!good) return reader_full(c->r);
    }
  }
  if (!quotes_find(c->r->scratch, a, &c->quotes)) return reader_full(c->r);
  for (size_t i = 0; i < c->mentions.n; i++) {
    const struct quotation *q = quotes_over(&c->quotes, a, c->mentions.at[i].head);
    c->mentions.at[i].quote = q ? (int32_t)(q - c->quotes.at) : -1;
  }
  if (c->mentions.n) qsort(c->mentions.at, c->mentions.n, sizeof *c->mentions.at, by_place);
  if (c->countries.n) qsort(c->countries.at, c->countries.n, sizeof *c->countries.at, by_token);
  return ST_OK;
}

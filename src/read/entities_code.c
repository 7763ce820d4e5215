/* entities_code.c: whom a mention stands for.
 *
 * The words of the mention speak first: a body ("Pentagon officials"), then a nationality or country ("Russian troops", "Russia's foreign
 * minister"), then what hangs on the noun ("a spokesman for the Interior Ministry") or whom a pronoun before it means ("its troops"); what they
 * leave open is taken from the context: the countries named near, and the one that the whole text is about.
 * A head noun gives the primary sector; a noun without one of its own ("leader", "spokesman") takes that of the body or noun it belongs to. */
#include "read/entities.h"
#include "read/petrarch.h"

#define PHRASE_MOST 16 /* tokens of a prepositional phrase that are looked at */

/* What the modifiers of a noun tell. */
struct belongs {
  const struct actor *body;
  struct know_line body_where;
  struct slice country;
  struct know_line country_where;
  const struct noun *noun; /* of a phrase behind: "ministry" */
  const uint8_t *owner;     /* sectors of the body that a pronoun in front means: "its fighters"; NULL */
};

bool entities_compose(struct arena *arena, struct slice country, const uint8_t sectors[SECTORS_MAX], struct slice *code)
{
  char text[3 * (SECTORS_MAX + 1) + 1];
  size_t n = 0;
  *code = (struct slice){0};
  if (country.n > 3) country.n = 3;
  if (country.n) memcpy(text, country.at, n = country.n);
  for (int i = 0; i < SECTORS_MAX; i++) {
    const char *group = sectors[i] == SECTOR_NONE ? "" : sector_cameo((enum sector)sectors[i]);
    size_t width = strlen(group);
    if (width != 3) continue;
    bool there = false;
    for (size_t at = 0; at + 3 <= n; at += 3) there = there || memcmp(text + at, group, 3) == 0;
    if (there) continue;
    memcpy(text + n, group, 3);
    n += 3;
  }
  if (n == 0) return true;
  *code = slice_copy(arena, (struct slice){text, n});
  return code->at != NULL;
}

/* ---- the context ---- */

static size_t first_at(const struct cast *c, int32_t token)
{
  size_t low = 0, high = c->countries.n;
  while (low < high) {
    size_t mid = low + (high - low) / 2;
    if (c->countries.at[mid].token < token) low = mid + 1;
    else high = mid;
  }
  return low;
}

#define CONTEXT_WIDE 96 /* names back that decide between equals */

#define PLACE_WORTH 3 /* names that a place told in the same sentence is worth: "was in Dallas when officers were shot" */

/* What the names of the country in countries[from, to) are worth; places from the token `near` on are more. */
static size_t times_named(const struct cast *c, size_t from, size_t to, int32_t near, struct slice country)
{
  size_t n = 0;
  for (size_t k = from; k < to; k++) {
    if (!slice_eq(c->countries.at[k].country, country)) continue;
    int32_t token = c->countries.at[k].token, place = token < near ? ID_NONE : c->r->place_at[token];
    n += place != ID_NONE && c->r->places.at[place].use == USE_LITERAL ? PLACE_WORTH : 1;
  }
  return n;
}

#define HOME_LEAST 4 /* names that make a country the home of the text */
#define HOME_TIMES 2 /* as often as any other country */

enum status entities_home(struct cast *c)
{
  struct map times = {0};
  uint32_t best = 0, second = 0;
  struct slice home = {0};
  for (size_t i = 0; i < c->countries.n; i++) {
    struct slice country = c->countries.at[i].country;
    if (c->one_country == i && slice_eq(country, c->countries.at[0].country)) c->one_country++;
    uint32_t *n = map_add(&times, c->r->scratch, country, 0);
    if (!n) return reader_full(c->r);
    ++*n;
    if (slice_eq(country, home)) best = *n;
    else if (*n > best) {
      second = best;
      best = *n;
      home = country;
    } else if (*n > second) second = *n;
  }
  if (best < HOME_LEAST || best < HOME_TIMES * second) return ST_OK;
  c->home = home;
  c->home_share = (uint32_t)((uint64_t)best * 100 / c->countries.n);
  return ST_OK;
}

#define HOME_WORTH 3 /* names in a paragraph that the home of a text that names no other country is worth */

/* The most frequent country of countries[from, to), where the home of the text counts more the more of its names are its; of equals the one most
 * named in the text before, and of those the latest. */
static struct slice most_named(const struct cast *c, size_t from, size_t to, int32_t near)
{
  struct slice best = c->home;
  size_t most = HOME_WORTH * c->home_share, most_wide = SIZE_MAX, wide = to > CONTEXT_WIDE ? to - CONTEXT_WIDE : 0;
  for (size_t i = to; i-- > from;) {
    struct slice country = c->countries.at[i].country;
    size_t n = 100 * times_named(c, from, to, near, country);
    if (slice_eq(country, c->home)) n += HOME_WORTH * c->home_share;
    if (n < most || slice_eq(country, best)) continue;
    size_t n_wide = times_named(c, wide, to, INT32_MAX, country);
    if (n == most && n_wide <= most_wide) continue;
    most = n;
    most_wide = n_wide;
    best = country;
  }
  return best;
}

/* Do the names of countries[from, to) all stand for governments?  "The alliance criticised China" tells to whom it was done, not whose alliance it is. */
static bool only_governments(const struct cast *c, size_t from, size_t to)
{
  for (; from < to; from++) {
    const int32_t place = c->r->place_at[c->countries.at[from].token];
    if (place == ID_NONE || c->r->places.at[place].use != USE_METONYM) return false;
  }
  return true;
}

#define ONE_COUNTRY_LEAST 2 /* names */

/* Does the text name one country alone before countries[end], and more than once? */
static bool one_country(const struct cast *c, size_t end) { return end >= ONE_COUNTRY_LEAST && end <= c->one_country; }

#define CONTEXT_SENTENCES 8
#define CONTEXT_NAMES 24

struct slice entities_context(const struct cast *c, int32_t token, bool private)
{
  const struct analysis *a = c->r->a;
  uint32_t s = a->tokens[token].sentence, from = s;
  while (from > 0 && !a->sentences[from].new_paragraph && s - from < CONTEXT_SENTENCES) from--;
  /* "the 84 people killed when a Tunisian drove into crowds in Nice": what happened to whom has the country where it did */
  size_t end = first_at(c, private ? a->sentences[s].end : token), begin = first_at(c, a->sentences[from].first);
  if (end - begin > CONTEXT_NAMES) begin = end - CONTEXT_NAMES;
  if (end > begin) return most_named(c, begin, end, a->sentences[s].first);
  /* nothing in the paragraph: behind the token in its own sentence, then what the text was about before */
  size_t own = first_at(c, a->sentences[s].end);
  if (own > end && !only_governments(c, end, own)) return most_named(c, end, own - end > CONTEXT_NAMES ? end + CONTEXT_NAMES : own, a->sentences[s].first);
  if (private && !c->home.n && !one_country(c, end)) return (struct slice){0}; /* a name dropped somewhere tells nothing of who has no office */
  return most_named(c, end > CONTEXT_NAMES ? end - CONTEXT_NAMES : 0, end, INT32_MAX);
}

/* ---- the words themselves ---- */

/* Day of publication, as table_day; 0 when it is not told. */
static int32_t published_day(const struct cast *c)
{
  int32_t day = 0;
  table_day(c->r->published, &day);
  return day;
}

/* The country of the person whose name begins at `first`: "the Trump administration".  *length: tokens of the name. */
static void person_in(const struct cast *c, int32_t first, int32_t end, int32_t *length, struct belongs *b)
{
  const struct token *tokens = c->r->a->tokens;
  int32_t behind = first + 1;
  while (behind < end && tokens[behind].name == NAME_PERSON && !tokens[behind].name_begins) behind++;
  *length = behind - first;
  for (int32_t t = first; t < behind && !b->country.n; t++) {
    const uint32_t known = map_get(&c->by_part, tokens[t].form);
    if (known != MAP_NONE) b->country = c->r->entities.at[known].country;
  }
  if (b->country.n) return;
  const struct slice name = entities_text(c, first, behind);
  const int32_t day = published_day(c);
  const struct leader *leader = leaders_named(c->r->know->leaders, name, day);
  if (!leader && behind == first + 1) leader = leaders_family(c->r->know->leaders, name, day);
  if (!leader) return;
  b->country = leader->country;
  b->country_where = leader->where;
}

/* "the George W. Bush administration": a town may be called like somebody. */
static bool only_town(const struct sense *sense)
{
  return !sense->next && !sense->actor && sense->toponym && sense->toponym->kind == PLACE_CITY;
}

/* Reads the names among the tokens [first, end) into *b; what is there already stays. */
static void names_in(const struct cast *c, int32_t first, int32_t end, struct belongs *b)
{
  const struct reader *r = c->r;
  for (int32_t t = first; t < end;) {
    int32_t length = 0;
    const struct sense *sense = names_match(r->know->names, r->a, t, end, &length);
    const bool person = r->a->tokens[t].name == NAME_PERSON && (!sense || only_town(sense));
    for (const struct sense *s = sense; s && !person; s = s->next) {
      const struct actor *actor = s->actor;
      struct slice country = actor ? actor->country : s->toponym ? s->toponym->country : (struct slice){0};
      bool body = actor && (s->kind == SENSE_ORGANIZATION || (s->kind == SENSE_SEAT && !entities_city(s)));
      if (body && !b->body) {
        b->body = actor;
        b->body_where = s->where;
      } else if (!body && country.n == 3 && !b->country.n) {
        b->country = country;
        b->country_where = s->where;
      }
      break;
    }
    if (person && !b->country.n) person_in(c, t, end, &length, b);
    t += (sense || person) && length > 0 ? length : 1;
  }
}

/* The country that the text calls so: "the South" of South Korea. */
static struct slice called_country(const struct cast *c, int32_t token)
{
  char key[KEY_MOST];
  const int32_t called = entities_get(&c->by_name, entities_name_key(c, '~', token, token + 1, key));
  return called != ID_NONE && c->r->entities.at[called].kind == KIND_COUNTRY ? c->r->entities.at[called].country : (struct slice){0};
}

/* Phrases behind a noun: "spokesman for the Russian Foreign Ministry", "leader of the rebels". */
static void phrases_behind(const struct cast *c, int32_t noun, struct belongs *b)
{
  const struct reader *r = c->r;
  for (int32_t k = r->a->tokens[noun].first_child; k != TOKEN_NONE; k = r->a->tokens[k].next_sibling) {
    if (k < noun || deprel_base((enum deprel)r->a->tokens[k].deprel) != DEP_NMOD) continue;
    int32_t marker = tree_case(r->a, k);
    const struct noun *link = marker == TOKEN_NONE ? NULL : nouns_find(r->know->nouns, r->a->tokens[marker].lemma);
    if (!link || !(link->flags & NOUN_LINK)) continue;
    int32_t first = r->a->tokens[k].left, end = r->a->tokens[k].right + 1;
    if (end - first > PHRASE_MOST) end = first + PHRASE_MOST;
    names_in(c, first, end, b);
    if (!b->body && !b->country.n && r->a->tokens[k].upos == UPOS_PROPN) b->country = called_country(c, k);
    int32_t from, to;
    if (!b->noun) b->noun = nouns_match(r->know->nouns, r->a, k, &from, &to);
  }
}

/* Who has a nationality serves it at a body of many countries, save who speaks for that: "a North Korean diplomat | at the United Nations". */
static void phrases_behind_noun(const struct cast *c, int32_t head, const struct noun *noun, struct belongs *b)
{
  const bool own = b->country.n && !b->body && noun && !(noun->flags & NOUN_SPOKES);
  phrases_behind(c, head, b);
  if (own && b->body && !names_country(c->r->know->names, b->body->country)) b->body = NULL;
}

static bool has_former(const struct cast *c, int32_t first, int32_t end)
{
  char low[16];
  for (int32_t t = first; t < end; t++) {
    struct slice form = c->r->a->tokens[t].form;
    if (form.n > sizeof low) continue;
    for (size_t i = 0; i < form.n; i++) low[i] = form.at[i] >= 'A' && form.at[i] <= 'Z' ? (char)(form.at[i] + 32) : form.at[i];
    const struct noun *noun = nouns_find(c->r->know->nouns, (struct slice){low, form.n});
    if (noun && (noun->flags & NOUN_FORMER)) return true;
  }
  return false;
}

/* What the actor was on the day of publication. */
static void take_actor(const struct cast *c, struct standing *to, const struct actor *actor, struct know_line where)
{
  const int32_t day = actor->terms ? published_day(c) : 0;
  const struct actor_term *term = day ? actor->terms : NULL;
  while (term && (day < term->from || day > term->to)) term = term->next;
  to->code = term ? term->code : actor->code;
  to->country = actor->country;
  memcpy(to->sectors, term ? term->sectors : actor->sectors, sizeof to->sectors);
  trace_add(&to->trace, where);
  trace_add(&to->trace, term ? term->where : actor->where);
}

/* "Associated Press | Nigeria's security forces": the credit of a picture is no body of who is seen on it. */
static struct belongs without_credit(const struct belongs *b, const struct noun *noun)
{
  struct belongs own = *b;
  if (b->body && b->body->sectors[0] == SECTOR_JRN && b->country.n && noun->sectors[0] != SECTOR_JRN) own.body = NULL;
  return own;
}

/* Keeps the country that the words of a noun tell: what the text says once of its soldiers ("Israeli soldiers") it means by the bare word, too. */
static enum status keep_country(struct cast *c, const struct noun *noun, struct slice country)
{
  uint32_t *at = map_add(&c->by_noun, c->r->scratch, noun->lemma, (uint32_t)c->noun_countries.n);
  if (!at) return reader_full(c->r);
  if (*at == c->noun_countries.n) return vec_push(&c->noun_countries, c->r->scratch, country) ? ST_OK : reader_full(c->r);
  if (!slice_eq(c->noun_countries.at[*at], country)) c->noun_countries.at[*at] = (struct slice){0};
  return ST_OK;
}

/* The one country that the noun was told with so far; empty when there is none, or several. */
static struct slice kept_country(const struct cast *c, const struct noun *noun)
{
  uint32_t at = map_get(&c->by_noun, noun->lemma);
  return at == MAP_NONE ? (struct slice){0} : c->noun_countries.at[at];
}

/* Is it nobody who serves a country: "women", "the former studio head"? */
static bool is_private(const struct standing *s) { return s->sectors[0] == SECTOR_CVL || s->sectors[0] == SECTOR_ELI || s->sectors[0] == SECTOR_BUS; }

#define COUNTED_BACK 60 /* mentions */

/* "at least 3,000 soldiers" of whom "about 3,000 soldiers" were told before: as many of the same sort are the same. */
static struct slice counted_before(const struct cast *c, const struct mention *m)
{
  const struct analysis *a = c->r->a;
  const int32_t number = tree_child(a, m->head, DEP_NUMMOD);
  const size_t at = (size_t)(m - c->mentions.at);
  if (number == TOKEN_NONE || a->tokens[number].form.n < 2) return (struct slice){0};
  for (size_t i = at; i-- > 0 && at - i <= COUNTED_BACK;) {
    const struct mention *o = &c->mentions.at[i];
    if (o->form != MENTION_NOMINAL || o->noun != m->noun || !o->standing.country.n) continue;
    const int32_t other = tree_child(a, o->head, DEP_NUMMOD);
    if (other != TOKEN_NONE && slice_eq(a->tokens[other].form, a->tokens[number].form)) return o->standing.country;
  }
  return (struct slice){0};
}

/* "Pyongyang will deploy (a total of) 10,000 troops": who sends soldiers sends his own. */
static struct slice of_sender(const struct cast *c, const struct mention *m)
{
  const struct analysis *a = c->r->a;
  int32_t noun = m->head, subject;
  int32_t above = a->tokens[noun].head;
  if (a->tokens[noun].deprel == DEP_NMOD && above != TOKEN_NONE && above < noun && a->tokens[above].upos == UPOS_NOUN) noun = above;
  const int32_t verb = a->tokens[noun].head;
  if (verb == TOKEN_NONE || a->tokens[verb].upos != UPOS_VERB || a->tokens[noun].deprel != DEP_OBJ) return (struct slice){0};
  const struct state *state = numbers_state(c->r->know->numbers, a->tokens[verb].lemma, STATE_OBJECT);
  if (!state || state->only != SECTOR_NONE || !slice_is(state->state, "deployed")) return (struct slice){0};
  subject = tree_child(a, verb, DEP_NSUBJ);
  if (subject == TOKEN_NONE || c->r->place_at[subject] == ID_NONE) return (struct slice){0};
  return c->r->places.at[c->r->place_at[subject]].country;
}

/* The country of a noun phrase by who sends those whom it names, or by as many of them told before; empty. */
static struct slice of_others(const struct cast *c, const struct mention *m, enum sector sector)
{
  if (m->form != MENTION_NOMINAL) return (struct slice){0};
  struct slice country = sector == SECTOR_MIL ? of_sender(c, m) : (struct slice){0};
  return country.n ? country : counted_before(c, m);
}

/* The country of a noun that tells none: of whom it is coordinated with, of who sends it, of as many told before, of the noun told before, else the
 * context's. */
static struct slice country_around(const struct cast *c, const struct mention *m)
{
  const int32_t conjunct = tree_first_conjunct(c->r->a, m->head), beside = conjunct == m->head ? ID_NONE : c->r->entity_at[conjunct];
  struct slice country = beside != ID_NONE ? c->r->entities.at[beside].country : (struct slice){0};
  if (!country.n) country = of_others(c, m, (enum sector)m->standing.sectors[0]);
  if (!country.n && m->standing.sectors[0] != SECTOR_CVL) country = kept_country(c, m->noun);
  return country.n ? country : entities_context(c, m->head, is_private(&m->standing));
}

/* "*parliament* members": the noun before one that tells no sector of its own. */
static const struct noun *noun_before(const struct cast *c, int32_t head)
{
  const struct analysis *a = c->r->a;
  if (head == 0 || a->tokens[head - 1].head != head || a->tokens[head - 1].deprel != DEP_COMPOUND || a->tokens[head - 1].upos != UPOS_NOUN) return NULL;
  const struct noun *noun = nouns_find(c->r->know->nouns, a->tokens[head - 1].lemma);
  return noun && (noun->flags & NOUN_BODY) && noun->sectors[0] != SECTOR_NONE ? noun : NULL;
}

/* "its spokesman", "its fighters": who has no sector of his own, and who is under arms, is what those are whose he is. */
static bool of_owner(const struct belongs *b, const struct noun *noun)
{
  const bool armed = noun->sectors[0] == SECTOR_MIL || noun->sectors[0] == SECTOR_UAF;
  if (!b->owner || b->owner[0] == SECTOR_NONE) return false;
  return noun->sectors[0] == SECTOR_NONE ? (noun->flags & (NOUN_OFFICE | NOUN_SPOKES)) != 0 : armed && b->owner[0] == SECTOR_REB;
}

static const uint8_t *sectors_of(const struct belongs *b, const struct noun *noun)
{
  if (noun->sectors[0] == SECTOR_NONE && b->noun) return b->noun->sectors;
  return of_owner(b, noun) ? b->owner : noun->sectors;
}

/* Country and sectors of a noun and of what it belongs to, as one code. */
static enum status compose_noun(struct cast *c, struct mention *m, const struct belongs *from)
{
  struct belongs own = without_credit(from, m->noun);
  const struct belongs *b = &own;
  if (m->noun->sectors[0] == SECTOR_NONE && !own.noun && m->form == MENTION_NOMINAL) own.noun = noun_before(c, m->head);
  struct standing *to = &m->standing;
  const struct noun *noun = m->noun;
  trace_add(&to->trace, noun->where);
  bool plain = noun->sectors[0] == SECTOR_NONE;
  const uint8_t *sectors = sectors_of(b, noun);
  if (plain && b->noun) trace_add(&to->trace, b->noun->where);
  if (b->body) {
    take_actor(c, to, b->body, b->body_where);
    m->own_country = true;
    if (to->sectors[0] == SECTOR_NONE) memcpy(to->sectors, sectors, sizeof to->sectors);
    if (!m->former) return ST_OK;
  } else {
    memcpy(to->sectors, sectors, sizeof to->sectors);
    to->country = b->country;
    m->own_country = b->country.n != 0;
    trace_add(&to->trace, b->country_where);
    /* who leads or speaks for a country, of no body told, is its government */
    if (plain && to->sectors[0] == SECTOR_NONE && b->country.n && (noun->flags & NOUN_OFFICE)) to->sectors[0] = SECTOR_GOV;
  }
  if (m->former && m->kind != KIND_ORGANIZATION) {
    memset(to->sectors, 0, sizeof to->sectors);
    to->sectors[0] = SECTOR_ELI;
  }
  if (!to->country.n && to->sectors[0] != SECTOR_NONE && !(noun->flags & (NOUN_EXPERT | NOUN_FIRM))) to->country = country_around(c, m);
  else if (b->country.n && !m->former && keep_country(c, noun, b->country) != ST_OK) return reader_full(c->r);
  return entities_compose(c->r->arena, to->country, to->sectors, &to->code) ? ST_OK : reader_full(c->r);
}

/* A title told in apposition: "Lavrov, Russia's foreign minister". */
static void title_behind(const struct cast *c, struct mention *m, int32_t *first)
{
  const struct reader *r = c->r;
  for (int32_t k = r->a->tokens[m->head].first_child; k != TOKEN_NONE; k = r->a->tokens[k].next_sibling) {
    if (r->a->tokens[k].deprel != DEP_APPOS || r->a->tokens[k].upos == UPOS_NUM) continue;
    int32_t from, to, end;
    const struct noun *noun = nouns_match(r->know->nouns, r->a, k, &from, &to);
    if (!noun || !(noun->flags & (NOUN_OFFICE | NOUN_PERSON))) continue;
    m->noun = noun;
    m->noun_head = k;
    m->noun_first = from;
    m->noun_end = to;
    tree_mention_tokens(r->a, k, first, &end);
    return;
  }
}

/* The institution that ends an unknown name: "Ukrainian Foreign Ministry". */
static const struct noun *body_noun(const struct cast *c, const struct mention *m)
{
  for (int32_t t = m->name_end - 1; t >= m->name_first; t--) {
    int32_t first, end;
    const struct noun *noun = nouns_match(c->r->know->nouns, c->r->a, t, &first, &end);
    if (noun && (noun->flags & (NOUN_BODY | NOUN_GROUP)) && first >= m->name_first && end == m->name_end) return noun;
    if (t < m->name_end - 3) break;
  }
  return NULL;
}

/* The person as the table of offices knows him or her; a family name alone only behind a title ("President Obama"). */
static const struct leader *find_leader(const struct cast *c, const struct mention *m)
{
  int32_t day = published_day(c);
  struct slice name = entities_text(c, m->name_first, m->name_end);
  const struct leader *leader = leaders_named(c->r->know->leaders, name, day);
  if (leader || m->name_end - m->name_first != 1 || !m->noun || !(m->noun->flags & NOUN_OFFICE)) return leader;
  return leaders_family(c->r->know->leaders, name, day);
}

/* The office on the day of publication; before and afterwards one of the elite. */
static enum status take_leader(struct cast *c, struct mention *m, const struct leader *leader)
{
  struct standing *to = &m->standing;
  int32_t day = published_day(c);
  bool over = (leader->to != LEADER_STILL && (day == 0 || leader->to < day)) || leader->from > day;
  trace_add(&to->trace, leader->where);
  to->country = leader->country;
  m->own_country = true;
  memcpy(to->sectors, leader->sectors, sizeof to->sectors);
  if (over && day) {
    memset(to->sectors, 0, sizeof to->sectors);
    to->sectors[0] = SECTOR_ELI;
  }
  if (leader->code.n && !(over && day)) to->code = leader->code;
  else if (!entities_compose(c->r->arena, to->country, to->sectors, &to->code)) return reader_full(c->r);
  return ST_OK;
}

static enum status describe_place(struct cast *c, struct mention *m)
{
  const struct toponym *toponym = m->sense ? m->sense->toponym : NULL;
  int32_t place = c->r->place_at[m->name_first];
  m->standing.country = place != ID_NONE ? c->r->places.at[place].country : toponym ? toponym->country : (struct slice){0};
  if (m->sense) trace_add(&m->standing.trace, m->sense->where);
  return ST_OK;
}

static enum status describe_body(struct cast *c, struct mention *m)
{
  struct belongs b = {0};
  int32_t first, end;
  m->noun = body_noun(c, m);
  if (!m->noun) return ST_OK;
  tree_mention_tokens(c->r->a, m->head, &first, &end);
  names_in(c, first < m->name_first ? first : m->name_first, m->name_end, &b);
  b.body = NULL;
  phrases_behind(c, m->head, &b);
  return compose_noun(c, m, &b);
}

static enum status describe_person(struct cast *c, struct mention *m)
{
  struct belongs b = {0};
  int32_t first = m->first;
  if (!m->noun) title_behind(c, m, &first);
  const struct leader *leader = find_leader(c, m);
  if (m->noun && (m->noun->flags & NOUN_MALE)) m->gender = GENDER_MALE;
  if (m->noun && (m->noun->flags & NOUN_FEMALE)) m->gender = GENDER_FEMALE;
  if (!m->noun || (m->noun->flags & NOUN_HONORIFIC)) return leader ? take_leader(c, m, leader) : ST_OK;
  m->former = has_former(c, first, m->noun_head);
  names_in(c, first, m->noun_end, &b);
  phrases_behind_noun(c, m->noun_head, m->noun, &b);
  /* "Associated Press | French Prime Minister Paul Dorn": the credit of a picture is nobody's office */
  if (b.body && b.body->sectors[0] == SECTOR_JRN && m->noun->sectors[0] == SECTOR_GOV) b.body = NULL;
  if (leader && !b.body && !b.country.n) {
    if (leader->code.n) return take_leader(c, m, leader);
    b.country = leader->country;
    b.country_where = leader->where;
  }
  return compose_noun(c, m, &b);
}

/* A user's dictionary of actors goes before our tables; a title in the text goes before it. */
static bool describe_by_dictionary(struct cast *c, struct mention *m)
{
  struct know_line where;
  if (!c->r->know->petrarch || (m->kind == KIND_PERSON && m->noun)) return false;
  if (!petr_named(c->r, m->name_first, m->name_end, &m->standing.code, &where)) return false;
  petr_read_code(m->standing.code, &m->standing.country, m->standing.sectors);
  trace_add(&m->standing.trace, where);
  if (m->kind == KIND_PLACE || m->kind == KIND_OTHER) m->kind = m->standing.code.n == 3 ? KIND_COUNTRY : KIND_ORGANIZATION;
  m->own_country = true;
  return true;
}

/* "the Belarusian KGB": a nationality before the name of one country's body tells that another's is meant. */
static enum status of_another_country(struct cast *c, struct mention *m)
{
  struct standing *to = &m->standing;
  struct belongs b = {0};
  if (m->sense->kind != SENSE_ORGANIZATION || to->country.n != 3 || to->sectors[0] == SECTOR_NONE || m->first >= m->name_first) return ST_OK;
  names_in(c, m->first, m->name_first, &b);
  if (b.country.n != 3 || b.body || slice_eq(b.country, to->country)) return ST_OK;
  to->country = b.country;
  trace_add(&to->trace, b.country_where);
  return entities_compose(c->r->arena, to->country, to->sectors, &to->code) ? ST_OK : reader_full(c->r);
}

static enum status describe_name(struct cast *c, struct mention *m)
{
  if (describe_by_dictionary(c, m)) return ST_OK;
  if (m->kind == KIND_PLACE) return describe_place(c, m);
  if (m->sense && m->sense->actor) {
    take_actor(c, &m->standing, m->sense->actor, m->sense->where);
    m->own_country = true;
    return of_another_country(c, m);
  }
  if (m->kind == KIND_ORGANIZATION) return describe_body(c, m);
  return m->kind == KIND_PERSON ? describe_person(c, m) : ST_OK;
}

/* "its troops", "his government": the country of whom the pronoun in front of the noun means.  Who is somebody's ally or rival is of another. */
static void whose(const struct cast *c, const struct mention *m, struct belongs *b)
{
  const struct reader *r = c->r;
  int32_t owner = tree_child(r->a, m->head, DEP_NMOD_POSS);
  if (b->body || b->country.n || owner == TOKEN_NONE || (m->noun->flags & NOUN_EXPERT)) return;
  if (r->a->tokens[owner].upos == UPOS_PROPN) { /* "the South's foreign ministry" */
    b->country = called_country(c, owner);
    return;
  }
  if (r->a->tokens[owner].upos != UPOS_PRON) return;
  for (size_t i = (size_t)(m - c->mentions.at); i < c->mentions.n && c->mentions.at[i].first <= owner; i++) {
    const struct mention *pronoun = &c->mentions.at[i];
    if (pronoun->head != owner || pronoun->form != MENTION_PRONOUN || pronoun->person != 3) continue;
    int32_t entity = entities_antecedent(c, i);
    if (entity == ID_NONE) return;
    b->country = r->entities.at[entity].country;
    b->owner = r->entities.at[entity].kind == KIND_ORGANIZATION ? r->entities.at[entity].sectors : NULL;
    for (int k = 0; k < TRACE_LINES && !b->country_where.table; k++) b->country_where = r->entities.at[entity].trace.lines[k];
    return;
  }
}

/* "the army and people *of Kenya*": what stands behind the last of two bare nouns is told of both. */
static void shared_phrases(const struct cast *c, int32_t head, struct belongs *b)
{
  const struct analysis *a = c->r->a;
  for (int32_t k = a->tokens[head].first_child; k != TOKEN_NONE; k = a->tokens[k].next_sibling)
    if (a->tokens[k].deprel == DEP_CONJ && a->tokens[k].upos == UPOS_NOUN && tree_child(a, k, DEP_DET) == TOKEN_NONE && a->tokens[k].left == k - 1)
      phrases_behind(c, k, b);
}

enum status entities_describe(struct cast *c, struct mention *m)
{
  if (m->form == MENTION_NAME) return describe_name(c, m);
  if (m->form == MENTION_PRONOUN || !m->noun) return ST_OK;
  struct belongs b = {0};
  m->former = has_former(c, m->first, m->head);
  names_in(c, m->first, m->noun_end > m->end ? m->noun_end : m->end, &b);
  phrases_behind_noun(c, m->head, m->noun, &b);
  if (!b.body && !b.country.n) shared_phrases(c, m->head, &b);
  whose(c, m, &b);
  return compose_noun(c, m, &b);
}

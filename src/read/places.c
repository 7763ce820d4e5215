/* places.c: names of places in the text, which place each means, and what it is used for.
 *
 * Two passes.  The first walks over the tokens and gathers candidates: names of the tables (longest match) and places that the language
 * engine found.  A name inside a longer name is a candidate only as embedded; inside a person's name it is none.  The second chooses
 * among the senses of each by what stands behind it ("Paris, Texas"), by the countries and regions that the rest of the text names,
 * and by population, and reads its use from the tree.
 *
 * Cost: linear in the tokens; a candidate has the senses of its spelling, and a name looks at NEAR tokens around it at most. */
#include "base/utf8.h"
#include "know/nouns.h"
#include "know/place_words.h"
#include "read/reader.h"
#include "read/tree.h"
#include <math.h>

struct candidate {
  int32_t first, end;         /* tokens */
  int32_t head;               /* the token among them that hangs on one outside */
  const struct sense *senses; /* of the name within it; NULL for one that only the engine knows */
  const struct sense *chosen;
  bool vouched;               /* something but the name says that it is a place */
  bool embedded;              /* inside a longer name */
  bool wider;                 /* the engine's name is longer than the one of the tables: "Idlib province" */
};

struct finder {
  struct reader *r;
  const struct analysis *a;
  VEC(struct candidate) found;
  struct map nations; /* country or region name -> mentions in this text */
  struct map vouched; /* names that something vouches for somewhere in the text */
  struct map persons; /* each word of persons' names of two words or more */
};

#define OFFICIALS (NOUN_OFFICE | NOUN_BODY | NOUN_SPOKES)
#define AGENTS (OFFICIALS | NOUN_PERSON | NOUN_GROUP)

/* ---- tokens ---- */

static const struct token *token(const struct finder *f, int32_t t) { return &f->a->tokens[t]; }

/* The token of [first, end) whose head lies outside. */
static int32_t head_of(const struct finder *f, int32_t first, int32_t end)
{
  for (int32_t t = first; t < end; t++) {
    int32_t h = token(f, t)->head;
    if (h < first || h >= end) return t;
  }
  return first;
}

/* End of the engine's name that begins at t; t when none does. */
static int32_t name_end(const struct finder *f, int32_t t, int32_t end)
{
  if (token(f, t)->name == NAME_NONE) return t;
  int32_t e = t + 1;
  while (e < end && token(f, e)->name == token(f, t)->name && !token(f, e)->name_begins) e++;
  return e;
}

static bool proper(const struct finder *f, int32_t first, int32_t end)
{
  for (int32_t t = first; t < end; t++)
    if (token(f, t)->upos == UPOS_PROPN) return true;
  return false;
}

/* Joined to a proper noun outside as one flat name: "Michael Jordan", "Paris Hilton". */
static bool in_flat_name(const struct finder *f, int32_t first, int32_t end)
{
  int32_t head = head_of(f, first, end);
  const struct token *h = token(f, head);
  if (h->deprel == DEP_FLAT && h->head != TOKEN_NONE && token(f, h->head)->upos == UPOS_PROPN) return true;
  for (int32_t c = h->first_child; c != TOKEN_NONE; c = token(f, c)->next_sibling)
    if (c == end && token(f, c)->deprel == DEP_FLAT && token(f, c)->upos == UPOS_PROPN) return true;
  return false;
}

/* An adjective or noun in front of the noun that it hangs on ("Russian troops", "Russian and Chinese troops"). */
static bool premodifies(const struct finder *f, int32_t t)
{
  int32_t first = tree_first_conjunct(f->a, t);
  enum deprel d = deprel_base((enum deprel)token(f, first)->deprel);
  return (d == DEP_AMOD || d == DEP_COMPOUND || d == DEP_NMOD || d == DEP_FLAT) && token(f, first)->head > t && tree_case(f->a, first) == TOKEN_NONE;
}

static bool is_word(const struct finder *f, int32_t t, enum place_word as, struct trace *trace)
{
  if (t == TOKEN_NONE) return false;
  struct know_line line = place_words_find(f->r->know->place_words, token(f, t)->lemma, as);
  if (trace) trace_add(trace, line);
  return line.table != 0;
}

/* Behind a preposition of place: "in Nenagh", "the town of Nenagh". */
static bool located(const struct finder *f, int32_t head)
{
  int32_t first = tree_first_conjunct(f->a, head), marker = tree_case(f->a, first), of = token(f, first)->head;
  if (marker == TOKEN_NONE || is_word(f, marker, PLACE_WORD_PARTNER, NULL)) return false;
  return !is_word(f, marker, PLACE_WORD_WHOLE, NULL) || is_word(f, of, PLACE_WORD_SITE, NULL);
}

/* Does the name say itself that it is a place: "Idlib province", "Lake Chad"? */
static bool says_place(const struct finder *f, int32_t first, int32_t end)
{
  return is_word(f, first, PLACE_WORD_SITE, NULL) || is_word(f, end - 1, PLACE_WORD_SITE, NULL);
}

/* ---- senses ---- */

/* Small towns alone: nobody means them without saying where they lie. */
static bool minor_only(const struct sense *s)
{
  while (s && s->toponym && s->toponym->minor) s = s->next;
  return !s;
}

static const struct sense *sense_of(const struct sense *s, enum sense_kind kind)
{
  while (s && s->kind != kind) s = s->next;
  return s;
}

static bool has_place(const struct sense *s)
{
  for (; s; s = s->next)
    if (s->toponym && s->kind != SENSE_PEOPLE && s->kind != SENSE_ORGANIZATION) return true;
  return false;
}

/* The first sense counts most: "EU" or "Congress" as a name of a body is no place. */
static bool names_body(const struct sense *s) { return s && (s->kind == SENSE_ORGANIZATION || (s->kind == SENSE_SEAT && !s->toponym)); }

/* May these tokens be read as the name?  Common words are spelled like towns; a pronoun in capitals like a country. */
static bool readable(const struct finder *f, int32_t first, int32_t end, const struct sense *s)
{
  enum upos u = (enum upos)token(f, head_of(f, first, end))->upos;
  if (proper(f, first, end)) return true;
  if (sense_of(s, SENSE_DEMONYM) || sense_of(s, SENSE_COUNTRY)) return u == UPOS_ADJ || u == UPOS_NOUN || u == UPOS_X;
  bool region = s->toponym && s->toponym->kind != PLACE_CITY; /* "the Pacific islands" */
  return (region || end - first > 1) && (u == UPOS_NOUN || u == UPOS_ADJ);
}

static bool note(struct finder *f, struct slice name, uint32_t n)
{
  if (name.n == 0) return true;
  uint32_t *count = map_add(&f->nations, f->r->arena, name, 0);
  if (count) *count += n;
  return count != NULL;
}

/* What the text is about: the countries and regions of names that have one sense alone. */
static bool note_context(struct finder *f, const struct sense *s)
{
  const struct toponym *t = s->toponym;
  if (t && t->minor) return true;
  if (!t) return !s->actor || note(f, s->actor->country, 1);
  if (s->kind != SENSE_COUNTRY && s->kind != SENSE_DEMONYM && s->next) return true;
  return note(f, t->country, s->kind == SENSE_COUNTRY ? 2 : 1) && note(f, t->admin1, 2);
}

static bool add(struct finder *f, struct candidate c)
{
  c.head = head_of(f, c.first, c.end);
  return vec_push(&f->found, f->r->arena, c) && (!c.senses || note_context(f, c.senses));
}

/* ---- first pass ---- */

static bool note_persons(struct finder *f)
{
  for (int32_t t = 0; t < f->a->n_tokens; t++) {
    int32_t end = token(f, t)->name == NAME_PERSON ? name_end(f, t, f->a->n_tokens) : t;
    for (int32_t i = t; end - t > 1 && i < end; i++)
      if (!map_add(&f->persons, f->r->arena, token(f, i)->form, 1)) return false;
    if (end > t) t = end - 1;
  }
  return true;
}

/* Would a reader see the place within a longer name?  A country, region or capital yes; a town only when it is big ("Ilocos Sur", "Tampa Bay"). */
#define BIG_TOWN 250000
static bool stands_out(const struct sense *s)
{
  for (; s; s = s->next)
    if (s->toponym && (s->kind != SENSE_PLACE || s->toponym->kind == PLACE_ADMIN1 || s->toponym->population >= BIG_TOWN)) return true;
  return false;
}

/* Names of places within [first, end), a longer name. */
static bool gather_embedded(struct finder *f, int32_t first, int32_t end)
{
  for (int32_t t = first; t < end;) {
    int32_t n;
    const struct sense *s = names_match_towns(f->r->know->names, f->a, t, end, &n);
    if (n > 1 && names_body(s)) { /* "Malaysia" of Malaysia Airlines, but no nation's adjective: "European Union" */
      s = names_match_towns(f->r->know->names, f->a, t, t + n - 1, &n);
      if (sense_of(s, SENSE_DEMONYM) && !sense_of(s, SENSE_COUNTRY)) s = NULL;
    }
    if (s && (n == end - first || (n == 1 && token(f, t)->form.n <= 2 && !sense_of(s, SENSE_COUNTRY)))) s = NULL;
    if (s && has_place(s) && !names_body(s) && stands_out(s) && (s->kind != SENSE_PEOPLE || sense_of(s, SENSE_DEMONYM))) {
      if (!add(f, (struct candidate){.first = t, .end = t + n, .senses = s, .embedded = true})) return false;
      t += n;
    } else t++;
  }
  return true;
}

/* Is there an office or the like among the next words of a person's name: "Indianapolis [Mayor Greg Ballard]"? */
#define TITLE_WORDS 4
static bool title_in(const struct finder *f, int32_t t, int32_t end)
{
  for (int32_t i = t; i < end && i < t + TITLE_WORDS; i++) {
    int32_t first, last;
    const struct noun *n = nouns_match(f->r->know->nouns, f->a, i, &first, &last);
    if (n && n->flags & AGENTS) return true;
  }
  return false;
}

/* Places in front of the title that a person's name begins with, or behind "of" in it: they are no part of the name. */
static bool gather_titled(struct finder *f, int32_t first, int32_t end)
{
  for (int32_t t = first; t < end;) {
    int32_t n;
    const struct sense *s = names_match_towns(f->r->know->names, f->a, t, end, &n);
    bool outside = s && has_place(s) && !names_body(s) && readable(f, t, t + n, s) &&
                   ((t > first && token(f, t - 1)->upos == UPOS_ADP) || title_in(f, t + n, end));
    if (outside && !add(f, (struct candidate){.first = t, .end = t + n, .senses = s})) return false;
    t += outside ? n : 1;
  }
  return true;
}

/* The name of the tables that tells where a wider name lies: at its begin, or at its end behind words that say what it is ("Lake Chad"). */
static const struct sense *part_known(const struct finder *f, int32_t first, int32_t end, int32_t *length)
{
  int32_t n;
  const struct sense *s = names_match_towns(f->r->know->names, f->a, first, end, length);
  if (s && !minor_only(s) && has_place(s) && !names_body(s)) return s;
  for (int32_t t = first + 1; t < end; t++) {
    s = names_match_towns(f->r->know->names, f->a, t, end, &n);
    if (s && !minor_only(s) && t + n == end && has_place(s) && !names_body(s) && (stands_out(s) || is_word(f, first, PLACE_WORD_SITE, NULL))) {
      *length = n;
      return s;
    }
  }
  *length = 0;
  return NULL;
}

/* A place that the engine found and that the tables know in part or not at all.  What they know of it tells where it lies, if it is a place
 * by its own words; else ("New Zealand Herald") it is but a name within. */
static bool gather_wider(struct finder *f, int32_t first, int32_t end)
{
  int32_t n;
  while (first < end - 1 && (token(f, first)->upos == UPOS_DET || token(f, first)->upos == UPOS_PUNCT)) first++;
  const struct sense *s = part_known(f, first, end, &n);
  if (end - first == 1 && !s && (token(f, first)->upos != UPOS_PROPN || says_place(f, first, end))) return true;
  if (end - first == 1 && !s && map_get(&f->persons, token(f, first)->form) != MAP_NONE) return true; /* "Jacob Smith ... to Smith" */
  if (s && n < end - first && !says_place(f, first, end)) return gather_embedded(f, first, end);
  if (s && n < end - first && s->kind == SENSE_PLACE && s->toponym->kind == PLACE_CITY && is_word(f, end - 1, PLACE_WORD_APART, NULL)) s = NULL;
  return add(f, (struct candidate){.first = first, .end = end, .senses = s, .wider = true});
}

/* A name of the tables that stands for itself. */
static bool gather_match(struct finder *f, int32_t first, int32_t end, const struct sense *s)
{
  if (names_body(s)) return gather_embedded(f, first, end);
  if (!has_place(s)) return true;
  return add(f, (struct candidate){.first = first, .end = end, .senses = s});
}

/* What begins at t; *next = where to go on. */
static bool gather_at(struct finder *f, int32_t t, int32_t end, int32_t *next)
{
  int32_t n, named = name_end(f, t, end);
  const struct sense *s = names_match_towns(f->r->know->names, f->a, t, end, &n);
  enum name_type type = (enum name_type)token(f, t)->name;
  bool known = s && readable(f, t, t + n, s);
  bool nation = known && (sense_of(s, SENSE_COUNTRY) || sense_of(s, SENSE_SEAT) || sense_of(s, SENSE_DEMONYM) || names_body(s));
  *next = t + 1;
  if (named > t && !(known && t + n >= named)) { /* a name longer than what the tables know */
    *next = named;
    if (type == NAME_PLACE) return gather_wider(f, t, named);
    return type == NAME_PERSON ? gather_titled(f, t, named) : gather_embedded(f, t, named);
  }
  if (!known) return true;
  if (named > t && type == NAME_PERSON && !nation && !located(f, head_of(f, t, t + n))) return true;
  if (n == 1 && type != NAME_PLACE && !sense_of(s, SENSE_COUNTRY) && !sense_of(s, SENSE_DEMONYM) &&
      map_get(&f->persons, token(f, t)->form) != MAP_NONE)
    return true; /* "Paris Smith ... Paris" */
  if (in_flat_name(f, t, t + n) && type != NAME_PLACE) return true;
  *next = t + n;
  return gather_match(f, t, t + n, s);
}

/* ---- second pass: which ---- */

static uint32_t noted(const struct finder *f, struct slice name)
{
  uint32_t n = name.n ? map_get(&f->nations, name) : MAP_NONE;
  return n == MAP_NONE ? 0 : n;
}

/* Is `larger` the country or region that holds `place`? */
static bool lies_in(const struct toponym *place, const struct toponym *larger)
{
  if (place == larger) return false;
  if (larger->kind == PLACE_COUNTRY) return slice_eq(place->country, larger->country);
  return larger->kind == PLACE_ADMIN1 && slice_eq(place->country, larger->country) && slice_eq(place->admin1, larger->name);
}

static bool any_in(const struct sense *senses, const struct toponym *larger)
{
  for (; senses; senses = senses->next)
    if (senses->toponym && lies_in(senses->toponym, larger)) return true;
  return false;
}

/* The candidate that follows `i` behind a comma ("Paris, Texas"), or precedes it so; NULL: none. */
static const struct candidate *beside(const struct finder *f, size_t i, bool behind)
{
  if (behind ? i + 1 >= f->found.n : i == 0) return NULL;
  const struct candidate *left = &f->found.at[behind ? i : i - 1], *right = left + 1;
  if (right->first != left->end + 1 || !slice_is(token(f, left->end)->form, ",")) return NULL;
  return behind ? right : left;
}

/* Another region of the same country */
static bool region_beside(const struct candidate *c, const struct toponym *t)
{
  const struct toponym *o = c && c->senses ? c->senses->toponym : NULL;
  return o && o != t && o->kind == PLACE_ADMIN1 && slice_eq(o->country, t->country);
}

/* How likely the sense is; the scale is that of log10 of population. */
static double likely(const struct finder *f, size_t i, const struct sense *s)
{
  const struct toponym *t = s->toponym;
  double score = log10(1.0 + t->population);
  if (s->kind == SENSE_COUNTRY) score += 2.5;
  if (s->kind == SENSE_SEAT) score += 1.3;
  if (t->kind == PLACE_ADMIN1) score -= 0.5;
  const struct candidate *right = beside(f, i, true), *left = beside(f, i, false);
  for (const struct sense *o = right ? right->senses : NULL; o; o = o->next)
    if (o->toponym && lies_in(t, o->toponym)) score += 10;
  if (left && (t->kind == PLACE_COUNTRY || t->kind == PLACE_ADMIN1) && any_in(left->senses, t)) score += 6;
  if (t->kind == PLACE_ADMIN1 && region_beside(left, t)) score += 2; /* "Illinois, New York, Ohio" */
  if (t->kind == PLACE_ADMIN1 && region_beside(right, t)) score += 2;
  uint32_t country = noted(f, t->country), region = t->kind == PLACE_ADMIN1 ? 0 : noted(f, t->admin1);
  score += country > 4 ? 0.8 : country > 0 ? 0.5 : 0;
  score += region > 4 ? 2.5 : region > 0 ? 1.5 : 0;
  return score;
}

/* A town that few know shares its name with people and things: it needs a preposition of place, a region beside it, or the engine's word.
 * A place that the tables do not know needs the first or the second, or a word in it that says so. */
#define WELL_KNOWN 6.3 /* log10 of population: two million people, or a tenth of that in a country that the text names */
static bool vouched(const struct finder *f, size_t i)
{
  const struct candidate *c = &f->found.at[i];
  const struct sense *s = c->chosen;
  if (located(f, c->head)) return true;
  const struct candidate *right = beside(f, i, true), *left = beside(f, i, false);
  if (!s) return (right && right->senses) || (left && left->senses) || (c->end - c->first > 1 && says_place(f, c->first, c->end));
  if (s->kind != SENSE_PLACE || s->toponym->kind != PLACE_CITY || token(f, c->head)->name == NAME_PLACE) return true;
  if (log10(1.0 + s->toponym->population) + (noted(f, s->toponym->country) > 0 ? 1 : 0) >= WELL_KNOWN) return true;
  for (const struct sense *o = right ? right->senses : NULL; o; o = o->next)
    if (o->toponym && lies_in(s->toponym, o->toponym)) return true;
  return false;
}

static struct slice text_of(const struct finder *f, const struct candidate *c) { return slice_span(f->a->text, tree_span(f->a, c->first, c->end)); }

/* A small town is meant only where the text speaks of where it lies. */
static bool supported(const struct finder *f, size_t i, const struct toponym *t)
{
  const struct candidate *right = beside(f, i, true);
  for (const struct sense *o = right ? right->senses : NULL; o; o = o->next)
    if (o->toponym && lies_in(t, o->toponym)) return true;
  const struct candidate *c = &f->found.at[i];
  if (!located(f, c->head) && token(f, c->head)->name != NAME_PLACE) return false;
  return t->admin1.n ? noted(f, t->admin1) > 0 : noted(f, t->country) > 0;
}

/* As if no table had the name. */
static void unknown(const struct finder *f, struct candidate *c)
{
  const struct token *first = token(f, c->first);
  bool person = c->end - c->first == 1 && map_get(&f->persons, first->form) != MAP_NONE;
  c->senses = NULL;
  c->wider = first->name == NAME_PLACE && first->name_begins && name_end(f, c->first, c->end) == c->end && !person &&
             !(c->end - c->first == 1 && (first->upos != UPOS_PROPN || says_place(f, c->first, c->end)));
}

static void choose(const struct finder *f, size_t i)
{
  struct candidate *c = &f->found.at[i];
  double best = -1;
  for (const struct sense *s = c->senses; s; s = s->next) {
    if (!s->toponym || s->kind == SENSE_PEOPLE || s->kind == SENSE_DEMONYM || s->kind == SENSE_ORGANIZATION) continue;
    if (s->toponym->minor && !supported(f, i, s->toponym)) continue;
    double score = likely(f, i, s);
    if (score > best) {
      best = score;
      c->chosen = s;
    }
  }
  if (!c->chosen && minor_only(c->senses)) unknown(f, c);
  const struct sense *demonym = sense_of(c->senses, SENSE_DEMONYM);
  if (!demonym || c->wider) {
    if (!c->chosen) c->chosen = demonym;
    return;
  }
  if (c->embedded || premodifies(f, c->head)) {
    if (!sense_of(c->senses, SENSE_COUNTRY)) c->chosen = demonym; /* "U.S." is a noun in "U.S. troops" too */
  }
  else if (sense_of(c->senses, SENSE_PEOPLE) || !c->chosen) c->chosen = NULL; /* its people, or its language */
}

/* ---- second pass: what for ---- */

/* Its premodified noun is one who acts: "Pentagon spokesperson", "Russia's government". */
static bool modifies_actor(const struct finder *f, int32_t noun, uint32_t flags, struct trace *trace)
{
  int32_t first, end;
  const struct noun *n = nouns_match(f->r->know->nouns, f->a, noun, &first, &end);
  if (!n || !(n->flags & flags)) return false;
  trace_add(trace, n->where);
  return true;
}

/* A country, capital or seat that may act. */
static bool may_act(const struct sense *s) { return s && s->actor && (s->kind == SENSE_COUNTRY || s->kind == SENSE_SEAT); }

static enum place_use use_with_case(const struct finder *f, int32_t t, int32_t marker, struct trace *trace)
{
  int32_t head = token(f, t)->head;
  if (is_word(f, head, PLACE_WORD_REACH, NULL)) return USE_LITERAL; /* "left for the US" */
  if (is_word(f, marker, PLACE_WORD_PARTNER, trace)) return USE_METONYM;
  if (head != TOKEN_NONE && token(f, t)->deprel == DEP_NMOD && is_word(f, marker, PLACE_WORD_WHOLE, trace) &&
      modifies_actor(f, head, OFFICIALS, trace))
    return USE_METONYM;
  return USE_LITERAL;
}

static bool is_dash(const struct finder *f, int32_t t)
{
  struct slice form = token(f, t)->form;
  size_t at = 0;
  if (token(f, t)->upos != UPOS_PUNCT && token(f, t)->upos != UPOS_SYM) return false;
  while (at < form.n) {
    uint32_t c = utf8_next(form, &at);
    if (c != '-' && c != 0x2012 && c != 0x2013 && c != 0x2014 && c != 0x2015) return false;
  }
  return form.n > 0;
}

/* "BOGOTA, 22 Sep (Radio Caracol) -- ": at the begin of a paragraph, with a bracket or dash behind it before any verb. */
#define DATELINE 12 /* tokens it takes at most */
static bool in_dateline(const struct finder *f, const struct candidate *c)
{
  const struct sentence *s = &f->a->sentences[token(f, c->first)->sentence];
  if (!s->new_paragraph) return false;
  for (int32_t t = s->first; t < c->first; t++)
    if (c->first - t > DATELINE || token(f, t)->upos == UPOS_VERB || token(f, t)->upos == UPOS_AUX || token(f, t)->upos == UPOS_ADP) return false;
  for (int32_t t = c->end; t < s->end && t < c->end + DATELINE; t++) {
    if (token(f, t)->upos == UPOS_VERB || token(f, t)->upos == UPOS_AUX || token(f, t)->upos == UPOS_ADP) return false;
    if (t == c->end && token(f, t)->upos != UPOS_PUNCT) return false;
    if (is_dash(f, t) && token(f, t)->space_after) return true;
    if (slice_is(token(f, t)->form, "(")) return true;
  }
  return false;
}

/* The first half of a word with a hyphen: "U.S.-led". */
static bool before_hyphen(const struct finder *f, const struct candidate *c)
{
  return c->end < f->a->n_tokens && is_dash(f, c->end) && !token(f, c->end - 1)->space_after && !token(f, c->end)->space_after;
}

/* Use of a name that may act, by its relation to its head. */
static enum place_use use_of_actor(const struct finder *f, int32_t t, const struct sense *s, struct trace *trace)
{
  int32_t first = tree_first_conjunct(f->a, t), head = token(f, first)->head, marker = tree_case(f->a, first);
  enum deprel d = (enum deprel)token(f, first)->deprel;
  if (head == TOKEN_NONE) return USE_LITERAL;
  bool verb = token(f, head)->upos == UPOS_VERB;
  switch (deprel_base(d)) {
  case DEP_NSUBJ:
    return verb || token(f, head)->upos == UPOS_ADJ ? USE_METONYM : is_word(f, head, PLACE_WORD_SITE, trace) ? USE_LITERAL : USE_METONYM;
  case DEP_IOBJ: case DEP_CSUBJ: case DEP_VOCATIVE:
    return USE_METONYM;
  case DEP_OBJ:
    return is_word(f, head, PLACE_WORD_REACH, trace) ? USE_LITERAL : USE_METONYM;
  case DEP_COMPOUND: case DEP_AMOD: case DEP_FLAT:
    if (s->kind == SENSE_COUNTRY && s->next && sense_of(s->next, SENSE_DEMONYM)) /* "U.S. strikes": an adjective in all but form */
      return is_word(f, head, PLACE_WORD_SITE, trace) ? USE_MODIFIER : USE_METONYM;
    return is_word(f, head, PLACE_WORD_SITE, trace) ? USE_MODIFIER : modifies_actor(f, head, AGENTS, trace) ? USE_METONYM : USE_MODIFIER;
  case DEP_NMOD:
    if (d == DEP_NMOD_POSS || marker == TOKEN_NONE)
      return is_word(f, head, PLACE_WORD_SITE, trace) ? USE_LITERAL : d == DEP_NMOD_POSS ? USE_METONYM : USE_LITERAL;
    return use_with_case(f, first, marker, trace);
  case DEP_OBL:
    if (d == DEP_OBL_AGENT) return USE_METONYM;
    return marker == TOKEN_NONE ? USE_LITERAL : use_with_case(f, first, marker, trace);
  default:
    return USE_LITERAL;
  }
}

/* "in the Chadian capital N'Djamena", wherever the name hangs */
static bool names_a_site(const struct finder *f, const struct candidate *c, struct trace *trace)
{
  const int32_t before = c->first - 1;
  if (c->first <= f->a->sentences[token(f, c->first)->sentence].first || token(f, before)->upos != UPOS_NOUN) return false;
  return tree_case(f->a, before) != TOKEN_NONE && is_word(f, before, PLACE_WORD_SITE, trace);
}

static enum place_use use_of(const struct finder *f, const struct candidate *c, struct trace *trace)
{
  if (c->embedded) return USE_EMBEDDED;
  if (names_a_site(f, c, trace)) return USE_LITERAL;
  if (c->chosen && c->chosen->kind == SENSE_DEMONYM && !c->wider) return USE_DEMONYM;
  if (in_dateline(f, c)) return USE_LITERAL;
  int32_t head = token(f, c->head)->head;
  if (may_act(c->chosen) && before_hyphen(f, c) && head >= c->end && (token(f, head)->upos == UPOS_VERB || token(f, head)->upos == UPOS_ADJ))
    return is_word(f, head, PLACE_WORD_REACH, trace) ? USE_LITERAL : USE_METONYM;
  if (may_act(c->chosen) && !c->wider) return use_of_actor(f, c->head, c->senses, trace);
  return premodifies(f, c->head) && token(f, c->head)->deprel != DEP_FLAT ? USE_MODIFIER : USE_LITERAL;
}

/* ---- records ---- */

static bool record(struct finder *f, const struct candidate *c)
{
  struct reader *r = f->r;
  const struct toponym *t = c->chosen ? c->chosen->toponym : NULL;
  struct place p = {.span = tree_span(f->a, c->first, c->end), .kind = PLACE_OTHER, .first = c->first, .end = c->end};
  static const char *const rules[] = {[USE_LITERAL] = "place-literal", [USE_MODIFIER] = "place-modifier", [USE_DEMONYM] = "place-demonym",
                                      [USE_METONYM] = "place-metonym", [USE_EMBEDDED] = "place-embedded"};
  if (t) {
    p.kind = c->wider ? PLACE_OTHER : t->kind;
    p.name = c->wider ? slice_span(f->a->text, p.span) : t->name;
    p.country = t->country;
    p.admin1 = t->admin1;
    p.lat = t->lat;
    p.lon = t->lon;
    p.has_point = t->has_point;
    trace_add(&p.trace, c->chosen->where);
    trace_add(&p.trace, t->where);
  } else p.name = slice_span(f->a->text, p.span);
  p.use = use_of(f, c, &p.trace);
  p.trace.rule = slice_of(rules[p.use]);
  int32_t id = (int32_t)r->places.n;
  if (!vec_push(&r->places, r->arena, p)) return false;
  for (int32_t i = c->first; i < c->end; i++) r->place_at[i] = id;
  return true;
}

enum status places_read(struct reader *r)
{
  struct finder finder = {.r = r, .a = r->a}, *f = &finder;
  if (!note_persons(f)) return reader_full(r);
  for (uint32_t s = 0; s < f->a->n_sentences; s++) {
    const struct sentence *sentence = &f->a->sentences[s];
    for (int32_t t = sentence->first; t < sentence->end;)
      if (!gather_at(f, t, sentence->end, &t)) return reader_full(r);
  }
  for (size_t i = 0; i < f->found.n; i++) {
    choose(f, i);
    struct candidate *c = &f->found.at[i];
    c->vouched = vouched(f, i);
    if (c->vouched && !map_add(&f->vouched, r->arena, text_of(f, c), 1)) return reader_full(r);
  }
  for (size_t i = 0; i < f->found.n; i++) {
    struct candidate *c = &f->found.at[i];
    if (!c->chosen && !(c->wider && !c->senses)) continue;
    if (!c->embedded && !c->vouched && map_get(&f->vouched, text_of(f, c)) == MAP_NONE) continue;
    if (!record(f, c)) return reader_full(r);
  }
  return ST_OK;
}

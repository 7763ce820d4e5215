/* figures_free.c: does a number tell how many or how much?  Many do not: dates and clock times, years, ordinals, the numbers of lists, flights,
 * models, houses and clauses, pieces of names and addresses, of formulas and identifiers, and "one" as a pronoun.
 *
 * What cannot be told safely is no figure: a wild value is worse than none. */
#include "read/figures.h"
#include "read/tree.h"

/* A capital anywhere in the word: "Boeing", "iPhone" */
static bool is_capital(const struct token *t)
{
  for (size_t i = 0; i < t->form.n; i++)
    if (t->form.at[i] >= 'A' && t->form.at[i] <= 'Z') return true;
  return false;
}

/* Is `t` a part of the phrase of `head`, with no preposition of its own? */
static bool within(const struct analysis *a, int32_t t, int32_t head)
{
  enum deprel d = deprel_base((enum deprel)a->tokens[t].deprel);
  return a->tokens[t].head == head && (d == DEP_COMPOUND || d == DEP_FLAT || d == DEP_AMOD || (d == DEP_NMOD && tree_case(a, t) == TOKEN_NONE));
}

/* A number between a name's first word and its head: "the HIV 2 drug", "the Kick Six win", but not "20 Israeli troops". */
static bool inside_a_name(const struct analysis *a, const struct operand *o, int32_t t)
{
  const struct token *before = &a->tokens[t - 1];
  int32_t h = a->tokens[t].head;
  if (h <= t || !is_capital(before) || !within(a, t - 1, h)) return false;
  return o->digits ? !o->glued && before->upos == UPOS_PROPN && o->end == t + 1 : is_capital(&a->tokens[t]) && !is_capital(&a->tokens[h]);
}

/* "in Aleppo 12, in Homs 7", "in Homs 7 men died": the count of what happened at the place right before it, which has a preposition. */
static bool place_then_count(const struct reader *r, const struct operand *o, int32_t t)
{
  const struct token *tokens = r->a->tokens;
  const int32_t place = r->place_at[t - 1], end = r->a->sentences[tokens[t].sentence].end;
  if (place == ID_NONE || !o->digits || o->glued || o->end != t + 1 || r->places.at[place].use != USE_LITERAL) return false;
  const int32_t first = r->places.at[place].first;
  if (first <= r->a->sentences[tokens[t].sentence].first || tokens[first - 1].upos != UPOS_ADP) return false;
  if (o->end >= end || (tokens[o->end].upos == UPOS_NOUN && (tokens[o->end].feats & FEAT_PLUR))) return true;
  return tokens[o->end].upos == UPOS_PUNCT || tokens[o->end].upos == UPOS_CCONJ;
}

/* Behind a name or noun that it belongs to: "Boeing 737", "Article 5", "S&P 500", "iPhone 11 Pro", "the Big 12". */
static bool numbers_a_name(const struct reader *r, const struct operand *o, int32_t t)
{
  const struct analysis *a = r->a;
  const struct token *k = &a->tokens[t], *before = &a->tokens[t - 1];
  int32_t h = k->head;
  enum deprel d = deprel_base((enum deprel)k->deprel);
  bool part = d == DEP_NUMMOD || d == DEP_FLAT || d == DEP_COMPOUND || d == DEP_DEP || d == DEP_NMOD;
  if (o->end == t + 1 && is_capital(before) && within(a, t - 1, t) && t - 1 > a->sentences[k->sentence].first) return true;
  if (h == TOKEN_NONE) return false;
  if (inside_a_name(a, o, t)) return true;
  if (h == t - 1 && part && (before->upos == UPOS_PROPN || (before->upos == UPOS_NOUN && o->digits))) return true;
  if (!o->digits || o->glued || before->upos != UPOS_PROPN || o->end != t + 1) return false;
  return h < t ? part : a->tokens[h].upos == UPOS_PROPN && !(a->tokens[h].feats & FEAT_PLUR);
}

/* Of a noun that an earlier number counts: "two new 737 Max jets". */
static bool second_number(const struct analysis *a, int32_t t, int32_t noun)
{
  int32_t first = a->sentences[a->tokens[t].sentence].first, c = t - 1;
  if (c < first || a->tokens[c].upos != UPOS_ADJ) return false;
  while (c > first && c > t - 8 && a->tokens[c].upos == UPOS_ADJ) c--;
  return a->tokens[c].upos == UPOS_NUM && a->tokens[c].deprel == DEP_NUMMOD && a->tokens[c].head == noun;
}

/* Does a plural noun end the phrase that begins behind `t`: "460 Ford and Fiat cars", "20 Model 3 sedans"? */
static bool plural_ahead(const struct analysis *a, int32_t t)
{
  int32_t end = a->sentences[a->tokens[t].sentence].end;
  for (int32_t c = t + 1; c < end && c < t + 8; c++) {
    uint8_t upos = a->tokens[c].upos;
    if (upos == UPOS_NOUN && (a->tokens[c].feats & FEAT_PLUR)) return true;
    if (upos != UPOS_NOUN && upos != UPOS_PROPN && upos != UPOS_ADJ && upos != UPOS_NUM && upos != UPOS_CCONJ) return false;
  }
  return false;
}

/* In front of a name that it begins: "the 787 Dreamliner", "49 Baker Street", "the 90049 ZIP Code", but "50 Taliban" and "20 Police". */
static bool begins_a_name(const struct reader *r, const struct operand *o, int32_t t)
{
  const struct analysis *a = r->a;
  int32_t h = a->tokens[t].head;
  if (!o->digits || o->glued || o->end != t + 1 || h < t || a->tokens[t].deprel == DEP_CONJ) return false;
  if (memchr(a->tokens[t].form.at, ',', a->tokens[t].form.n)) return false; /* "800,000 Tutsis": no label is grouped */
  if (second_number(a, t, h)) return true;
  const struct token *name = &a->tokens[h];
  bool proper = name->form.n >= 3 && is_capital(name) && is_capital(&a->tokens[t + 1]) && (name->upos == UPOS_PROPN || name->upos == UPOS_NOUN);
  if (o->value == 1 || !proper || (name->feats & FEAT_PLUR) || plural_ahead(a, t)) return false;
  enum entity_kind kind = r->entity_at[h] == ID_NONE ? KIND_OTHER : r->entities.at[r->entity_at[h]].kind;
  if (kind == KIND_ORGANIZATION || kind == KIND_GROUP || names_find(r->know->names, name->form)) return false;
  return !numbers_person(r->know->numbers, name->lemma) && !nouns_find(r->know->nouns, name->lemma);
}

/* A year, a number with leading zeros, or the number of a list's item. */
static bool is_ordinal_like(const struct reader *r, const struct operand *o, int32_t t)
{
  const struct analysis *a = r->a;
  const struct token *k = &a->tokens[t];
  int32_t first = a->sentences[k->sentence].first, end = a->sentences[k->sentence].end, length;
  if (!o->digits) return false;
  if (k->form.n > 1 && k->form.at[0] == '0' && is_digit(k->form.at[1])) return true; /* "007" */
  if (t == first && o->end < end && a->tokens[o->end].upos == UPOS_PUNCT && k->deprel != DEP_NUMMOD && !k->space_after) return true; /* "1. First" */
  bool year = o->end == t + 1 && !o->glued && k->form.n == 4 && o->value >= 1500 && o->value <= 2100;
  if (year && k->head > t && numbers_hedge_word(r->know->numbers, a->tokens[k->head].lemma, HEDGE_YEAR)) return true; /* "below 2005 levels" */
  if (!year || (k->deprel == DEP_NUMMOD && k->head > t && (a->tokens[k->head].feats & FEAT_PLUR))) return false;
  return !numbers_hedge_before(r->know->numbers, a, first, t, HEDGE_BEFORE, &length) || length < 3; /* "an average of 1500" */
}

/* A letter or word glued on with a hyphen: "T-72", "COVID-19"; "two-10" and "sub-500" are none. */
static bool behind_hyphen(const struct reader *r, const struct operand *o, int32_t t)
{
  const struct analysis *a = r->a;
  int32_t first = a->sentences[a->tokens[t].sentence].first, length;
  if (t <= first + 1 || !o->digits || o->sign_word || !is_hyphen(a, t - 1) || !glued_to_next(a, t - 1) || !glued_to_next(a, t - 2)) return false;
  struct slice before = a->tokens[t - 2].form;
  if (before.n == 0 || is_digit(before.at[0]) || numbers_any(r->know->numbers, before)) return false;
  return a->tokens[t - 2].upos != UPOS_SYM && !numbers_hedge_before(r->know->numbers, a, first, t, HEDGE_BEFORE, &length);
}

/* Is the number at `t` a label, a year, a part of a name? */
static bool is_label(const struct reader *r, const struct operand *o, int32_t t, bool measured)
{
  const struct analysis *a = r->a;
  int32_t first = a->sentences[a->tokens[t].sentence].first, length;
  if (behind_hyphen(r, o, t)) return true;
  if (o->end < a->sentences[a->tokens[t].sentence].end && numbers_hedge_word(r->know->numbers, a->tokens[o->end].form, HEDGE_CLOCK)) return true;
  if (o->symbol) return false;
  if (is_ordinal_like(r, o, t)) return true;
  if (measured) return false;
  if (begins_a_name(r, o, t)) return true;
  if (t == first) return false;
  if (numbers_hedge_before(r->know->numbers, a, t - 1, t, HEDGE_LABEL, &length)) return true;
  if (place_then_count(r, o, t)) return false;
  if (a->tokens[t].name && a->tokens[t - 1].name && !a->tokens[t].name_begins) return true;
  return numbers_a_name(r, o, t);
}

/* "one of the men", "one of Smith's sons" */
static bool one_of(const struct analysis *a, int32_t one, int32_t end)
{
  if (one + 2 >= end || a->tokens[one + 1].deprel != DEP_CASE || a->tokens[one].upos != UPOS_NUM) return false;
  int32_t of = a->tokens[one + 1].head;
  if (of <= one || a->tokens[of].head != one || a->tokens[of].upos != UPOS_NOUN || !(a->tokens[of].feats & FEAT_PLUR)) return false;
  for (int32_t c = a->tokens[of].first_child; c != TOKEN_NONE && c < of; c = a->tokens[c].next_sibling)
    if (a->tokens[c].deprel == DEP_DET || deprel_base((enum deprel)a->tokens[c].deprel) == DEP_NMOD) return true;
  return false;
}

/* Does a plain "one" count something, or is it a pronoun?  "One to two years" and "one or two" do. */
static bool counts(const struct reader *r, const struct operand *o, int32_t at, int32_t end)
{
  const struct analysis *a = r->a;
  const struct token *k = &a->tokens[o->last];
  int32_t length, t = o->end;
  if (o->digits || o->value != 1 || t > at + 1 || o->fraction || o->vague) return true;
  if ((k->deprel == DEP_NUMMOD && k->head > o->last) || one_of(a, o->last, end)) return true;
  if (t + 1 >= end || !numbers_hedge_at(r->know->numbers, a, t, end, HEDGE_LINK, &length) || t + length >= end) return false;
  const struct number_word *second = numbers_word(r->know->numbers, a->tokens[t + length].form, NUMBER_CARDINAL);
  return second && second->value > 1;
}

/* Is token `t` inside a point in time (no figure), as against a duration (a figure)? */
static bool in_date(const struct reader *r, int32_t t)
{
  int32_t id = r->date_at[t];
  return id != ID_NONE && (r->dates.at[id].type == DATE_DATE || r->dates.at[id].type == DATE_TIME);
}

/* A second day or year behind a date: "January 1 and 2", "February 7 to 14". */
static bool continues_date(const struct reader *r, const struct operand *o, int32_t at)
{
  const struct analysis *a = r->a;
  if (!o->digits || o->symbol || o->end != at + 1 || o->value < 1 || o->value > 31 || at < a->sentences[a->tokens[at].sentence].first + 2) return false;
  uint8_t link = a->tokens[at - 1].upos;
  if (link != UPOS_CCONJ && link != UPOS_ADP && !is_hyphen(a, at - 1)) return false;
  bool counts_noun = a->tokens[at].deprel == DEP_NUMMOD && a->tokens[at].head > at;
  return in_date(r, at - 2) && is_digit(a->tokens[at - 2].form.at[0]) && !counts_noun;
}

/* Beside another number, with nothing between: a telephone number. */
static bool in_row(const struct reader *r, const struct operand *o, int32_t at, int32_t end)
{
  const struct analysis *a = r->a;
  int32_t first = a->sentences[a->tokens[at].sentence].first;
  if (!o->digits || o->symbol || o->end != at + 1) return false;
  for (int side = 0; side < 2; side++) {
    int32_t t = side ? o->end : at - 1;
    if (t < first || t >= end || in_date(r, t) || a->tokens[t].form.n < 3) continue;
    bool digits = true;
    for (size_t i = 0; i < a->tokens[t].form.n; i++) digits = digits && is_digit(a->tokens[t].form.at[i]);
    if (digits) return true;
  }
  return false;
}

/* Letters glued on that are neither magnitude nor unit: "9to5Mac", "1080p". */
static bool letters_behind(const struct analysis *a, const struct operand *o)
{
  uint32_t at = token_span(a, o->end - 1).end;
  return o->digits && at < a->text.n && (a->text.at[at] | 32) >= 'a' && (a->text.at[at] | 32) <= 'z';
}

/* Alone between brackets, or with other numbers: "(3)", "(14, 15)", the number of a note. */
static bool in_brackets(const struct reader *r, const struct operand *o, int32_t at, int32_t end)
{
  const struct analysis *a = r->a;
  int32_t first = a->sentences[a->tokens[at].sentence].first, from = at - 1, to = o->end;
  if (!o->digits || o->symbol || o->end != at + 1 || o->value > 999) return false;
  while (from > first && from > at - 9 && (is_digit(a->tokens[from].form.at[0]) || slice_is(a->tokens[from].form, ","))) from--;
  while (to + 1 < end && to < at + 9 && (is_digit(a->tokens[to].form.at[0]) || slice_is(a->tokens[to].form, ","))) to++;
  return from >= first && to < end && slice_is(a->tokens[from].form, "(") && slice_is(a->tokens[to].form, ")");
}

/* Bytes of an apostrophe or of two points, where digits go on behind it ("1’200", "3..5"), at `at`; 0 when there is none. */
static uint32_t digits_go_on(struct slice text, uint32_t at)
{
  static const struct slice marks[] = {{"\xE2\x80\x99", 3}, {"'", 1}, {"..", 2}};
  for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
    uint32_t n = (uint32_t)marks[i].n;
    if (at + n < text.n && memcmp(text.at + at, marks[i].at, n) == 0 && is_digit(text.at[at + n])) return n;
  }
  return 0;
}

/* The same to the left of `begin`. */
static bool digits_before(struct slice text, uint32_t begin)
{
  for (uint32_t back = 1; back <= 3 && back < begin; back++)
    if (digits_go_on(text, begin - back) == back && is_digit(text.at[begin - back - 1])) return true;
  return false;
}

/* Does a formula go on behind the number: "10^400", "2.998×10", "9e999", "$7/$9", "1/2"? */
static bool formula_behind(const struct analysis *a, int32_t end_token)
{
  struct slice text = a->text;
  uint32_t at = token_span(a, end_token - 1).end;
  if (at + 1 >= text.n || text.at[at] == ' ') return false;
  char c = text.at[at], d = text.at[at + 1];
  if (digits_go_on(text, at)) return true;
  if (c == '^' || c == '*' || ((unsigned char)c == 0xC3 && (unsigned char)d == 0x97)) return true;
  return ((c == '/' || (c | 32) == 'e') && is_digit(d)) || (c == '/' && d == '$');
}

/* Does the number go on to the left without a blank ("1:36.6", "2014-15")?  Then it is a part of something else. */
static bool glued_left(const struct reader *r, int32_t at)
{
  const struct analysis *a = r->a;
  uint32_t begin = token_span(a, at).begin;
  if (begin == 0) return false;
  char c = a->text.at[begin - 1];
  if (is_digit(c) || ((c | 32) >= 'a' && (c | 32) <= 'z') || c == ':' || c == '.' || c == ',' || c == '/' || c == '^' || c == '*' || c == '+')
    return true;
  if (digits_before(a->text, begin)) return true;
  if (c == '[' && begin > 1 && a->text.at[begin - 2] != ' ' && a->text.at[begin - 2] != '\n') return true; /* "map[3]": a note */
  if (begin > 1 && (unsigned char)a->text.at[begin - 2] == 0xC3 && (unsigned char)c == 0x97) return true; /* the sign of multiplication */
  return at > 1 && is_hyphen(a, at - 1) && begin > 1 && is_digit(a->text.at[begin - 2]) && glued_to_next(a, at - 1);
}

/* A sign in front: a number below zero, or a way up, needs a unit, or to count nothing.  "COVID -19 tests", "+44 20", "minus two players" are other
 * things. */
static bool sign_holds(const struct analysis *a, const struct operand *o, int32_t at, const struct unit *unit)
{
  if (o->sign == 0 || unit) return true;
  int32_t h = a->tokens[o->last].head;
  bool name = at > 0 && a->tokens[at - 1].sentence == a->tokens[at].sentence && is_capital(&a->tokens[at - 1]);
  return o->sign < 0 && !o->sign_word && !name && (h < o->end || a->tokens[o->last].deprel != DEP_NUMMOD);
}

/* Do the digits go on beyond the operand, or belong to a row, a note, a date, a word? */
static bool piece_of_more(const struct reader *r, const struct operand *o, int32_t at, int32_t end, bool measured)
{
  const struct analysis *a = r->a;
  if (o->end < end && numbers_word(r->know->numbers, a->tokens[o->end].form, NUMBER_HUNDRED)) return true;
  if (o->end < end && numbers_word(r->know->numbers, a->tokens[o->end].form, NUMBER_MAGNITUDE)) return true; /* "a million million million" */
  if (o->digits && (glued_left(r, at) || formula_behind(a, o->end))) return true;
  if (!measured && (continues_date(r, o, at) || in_row(r, o, at, end) || in_brackets(r, o, at, end) || letters_behind(a, o))) return true;
  bool goes_on = o->end + 1 < end && glued_to_next(a, o->end - 1) && glued_to_next(a, o->end) && !is_hyphen(a, o->end);
  return goes_on && a->tokens[o->end].upos == UPOS_PUNCT && is_digit(a->tokens[o->end + 1].form.at[0]); /* "1, 2", "10:30" */
}

bool number_is_free(const struct reader *r, int32_t at, int32_t end, const struct operand *o, const struct unit *unit)
{
  int32_t number = o->digits && o->end == o->last + 1 ? o->last : at; /* behind its sign */
  if (in_date(r, at) || in_date(r, o->last) || !counts(r, o, at, end) || !sign_holds(r->a, o, at, unit)) return false;
  if (piece_of_more(r, o, at, end, unit != NULL)) return false;
  return (unit && unit->kind == UNIT_PERCENT) || !is_label(r, o, number, unit != NULL);
}

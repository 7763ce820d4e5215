/* figures_number.c: from tokens to one number with its bound and unit.
 *
 * A phrase is read from left to right: [bound words] [currency sign] number [unit] [link number [unit]] [bound words behind].  The number is
 * digits ("10,000", "3.5", "2.5m"), words ("two hundred and fifty", "a dozen") or a vague count ("tens of thousands", "several").
 * What cannot be read safely is no figure: a wild value is worse than none. */
#include "read/figures.h"
#include "base/utf8.h"
#include "read/tree.h"

#define DIGITS_MOST 15 /* a longer run of digits is an identifier, not a count (and a double could not hold it) */
#define VALUE_MOST 1e16

/* One operand: "3.5 million" */
struct operand {
  int32_t end;        /* token behind it */
  int32_t last;       /* the word that the tree counts with */
  double value;
  double scale;       /* the magnitude that closed it, 1 when none: "5 to 7 million" */
  bool vague, fraction, digits;
  const struct unit *symbol; /* sign before it or glued to it */
  struct span symbol_span;
  const struct unit *glued;  /* unit glued behind: "40min" */
  struct span glued_span;
  const struct hedge *after; /* "100+" */
};

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

static bool glued_to_next(const struct analysis *a, int32_t t)
{
  return t + 1 < a->n_tokens && !a->tokens[t].space_after && a->tokens[t].sentence == a->tokens[t + 1].sentence;
}

static bool is_hyphen(const struct analysis *a, int32_t t)
{
  struct slice f = a->tokens[t].form;
  return slice_is(f, "-") || slice_is(f, "–") || slice_is(f, "‑");
}

/* Digits with commas between groups of three and one decimal point; *n = bytes read; false for anything malformed or too long. */
static bool digits_read(struct slice s, double *to, size_t *n)
{
  size_t i = 0, digits = 0, group = 0;
  bool commas = false;
  double value = 0, unit = 1;
  for (; i < s.n; i++) {
    if (is_digit(s.at[i])) {
      value = value * 10 + (s.at[i] - '0');
      group++;
      if (++digits > DIGITS_MOST) return false;
    } else if (s.at[i] == ',' && i + 1 < s.n && is_digit(s.at[i + 1])) {
      if (commas ? group != 3 : group == 0 || group > 3) return false;
      commas = true;
      group = 0;
    } else
      break;
  }
  if (digits == 0 && !(s.n > 1 && s.at[0] == '.' && is_digit(s.at[1]))) return false;
  if (commas && group != 3) return false;
  if (i + 1 < s.n && s.at[i] == '.' && is_digit(s.at[i + 1])) {
    for (i++; i < s.n && is_digit(s.at[i]); i++) {
      if (++digits > DIGITS_MOST) return false;
      unit /= 10;
      value += unit * (s.at[i] - '0');
    }
    /* decimal digits are summed in binary; read them again as a whole to get the nearest double */
    char plain[2 * DIGITS_MOST + 2];
    size_t k = 0;
    for (size_t j = 0; j < i && k < sizeof plain; j++)
      if (s.at[j] != ',') plain[k++] = s.at[j];
    struct slice text = {plain, k};
    if (k < sizeof plain && plain[0] != '.') slice_to_double(text, &value);
  }
  *to = value;
  *n = i;
  return true;
}

/* A digit token: sign, digits, glued magnitude or unit; false when it is something else ("T72", "20th", "10:30", "1,2,3"). */
static bool digit_token(const struct reader *r, int32_t t, struct operand *o)
{
  const struct numbers *numbers = r->know->numbers;
  struct slice form = r->a->tokens[t].form;
  struct span span = token_span(r->a, t);
  size_t prefix = 0, n = 0;
  while (prefix < form.n && !is_digit(form.at[prefix]) && form.at[prefix] != '.') prefix++;
  if (prefix == form.n) return false;
  if (prefix) {
    o->symbol = numbers_unit_word(numbers, slice_sub(form, 0, prefix), true);
    if (!o->symbol) return false;
    o->symbol_span = (struct span){span.begin, span.begin + (uint32_t)prefix};
  }
  struct slice rest = slice_sub(form, prefix, form.n);
  if (!digits_read(rest, &o->value, &n)) return false;
  o->digits = true;
  o->scale = 1;
  o->end = t + 1;
  o->last = t;
  rest = slice_sub(rest, n, rest.n);
  if (rest.n == 0) return true;
  const struct number_word *magnitude = numbers_word(numbers, rest, NUMBER_GLUED);
  if (magnitude) {
    o->value *= magnitude->value;
    o->scale = magnitude->value;
    return true;
  }
  const struct number_word *fraction = numbers_word(numbers, rest, NUMBER_FRACTION);
  if (fraction && (unsigned char)rest.at[0] >= 0x80) { /* "1½" */
    o->value += fraction->value;
    return true;
  }
  if (rest.n > 1 || (unsigned char)rest.at[0] >= 0x80 || rest.at[0] == '%') o->glued = numbers_unit_word(numbers, rest, false);
  if (o->glued) {
    o->glued_span = (struct span){span.end - (uint32_t)rest.n, span.end};
    return true;
  }
  o->after = numbers_hedge_word(numbers, rest, HEDGE_AFTER);
  return o->after != NULL;
}

/* Multiplies by magnitudes that follow: "3.5 million", "100 thousand", "5 m" where "m" is glued. */
static void magnitudes(const struct reader *r, int32_t end, struct operand *o)
{
  const struct analysis *a = r->a;
  while (o->end < end) {
    int32_t t = o->end;
    if (is_hyphen(a, t) && t + 1 < end && glued_to_next(a, t) && glued_to_next(a, t - 1)) t++; /* "3-million" */
    const struct number_word *w = numbers_word(r->know->numbers, a->tokens[t].form, NUMBER_MAGNITUDE);
    if (!w) w = numbers_word(r->know->numbers, a->tokens[t].form, NUMBER_HUNDRED);
    if (!w && t == o->end && o->digits && glued_to_next(a, t - 1)) w = numbers_word(r->know->numbers, a->tokens[t].form, NUMBER_GLUED);
    if (!w && !o->digits && t == o->end) w = numbers_word(r->know->numbers, a->tokens[t].form, NUMBER_GROUP);
    double by = w ? w->value : 0;
    if (!w && t == o->end && (w = numbers_word(r->know->numbers, a->tokens[t].form, NUMBER_VAGUE)) != NULL) by = w->value / 2; /* "300 millions" */
    if (!w || by < 10 || o->scale * by > VALUE_MOST) return;
    o->value *= by;
    o->scale *= by;
    o->last = t;
    o->end = t + 1;
  }
}

/* Number words: cardinals are added up, a hundred multiplies, a magnitude closes a group. */
static bool words_read(const struct reader *r, int32_t at, int32_t end, struct operand *o)
{
  const struct analysis *a = r->a;
  const struct numbers *numbers = r->know->numbers;
  double total = 0, group = 0, closed = VALUE_MOST;
  bool any = false, tens = false, units = false;
  o->scale = 1;
  int32_t t = at;
  while (t < end) {
    int32_t word = t;
    if (any && is_hyphen(a, t) && t + 1 < end && glued_to_next(a, t) && glued_to_next(a, t - 1)) word = t + 1;
    else if (any && !tens && !units && a->tokens[t].upos == UPOS_CCONJ && t + 1 < end) word = t + 1; /* "two hundred and fifty" */
    const struct number_word *w = numbers_any(numbers, a->tokens[word].form);
    if (!w) break;
    if (w->kind == NUMBER_CARDINAL) {
      bool ten = w->value >= 20;
      if (units || (tens && (ten || w->value >= 10 || w->value == 0))) break;
      if (word > t && word + 1 < end && a->tokens[t].upos == UPOS_CCONJ) { /* "two hundred and three hundred" are two numbers */
        const struct number_word *next = numbers_any(numbers, a->tokens[word + 1].form);
        if (next && next->kind == NUMBER_HUNDRED) break;
      }
      group += w->value;
      tens = tens || ten;
      units = !ten;
    } else if ((w->kind == NUMBER_HUNDRED || w->kind == NUMBER_GROUP) && any && word == t) {
      if (group >= 100) break;
      group *= w->value;
      o->scale = w->value;
      tens = units = false;
    } else if (w->kind == NUMBER_MAGNITUDE && any && group > 0 && w->value < closed) {
      total += group * w->value;
      closed = w->value;
      o->scale = w->value;
      group = 0;
      tens = units = false;
    } else
      break;
    any = true;
    o->last = word;
    t = word + 1;
  }
  o->value = total + group;
  o->end = t;
  return any && o->value <= VALUE_MOST;
}

/* "a dozen", "a million", "half a million", "a third of", "several", "tens of thousands" */
static bool special_read(const struct reader *r, const struct number_word *w, int32_t at, int32_t end, struct operand *o)
{
  const struct analysis *a = r->a;
  const struct numbers *numbers = r->know->numbers;
  const struct number_word *next = at + 1 < end ? numbers_any(numbers, a->tokens[at + 1].form) : NULL;
  o->scale = 1;
  o->end = at + 1;
  o->last = at;
  o->value = w->value;
  if (w->kind == NUMBER_ARTICLE) {
    if (!next || next->kind == NUMBER_CARDINAL || next->kind == NUMBER_ARTICLE) return false;
    if (next->kind == NUMBER_VAGUE || next->kind == NUMBER_FRACTION) return special_read(r, next, at + 1, end, o);
    o->value = next->value;
    o->scale = next->value;
    o->last = at + 1;
    o->end = at + 2;
    magnitudes(r, end, o);
    return true;
  }
  if (w->kind == NUMBER_GROUP || w->kind == NUMBER_HUNDRED || w->kind == NUMBER_MAGNITUDE) /* "the dozen men" counts; a bare "hundred" does not */
    return w->kind == NUMBER_GROUP && a->tokens[at].upos == UPOS_NUM;
  if (w->kind == NUMBER_FRACTION) {
    if (a->tokens[at].feats & FEAT_ORD && !(at > 0 && numbers_any(numbers, a->tokens[at - 1].form))) return false;
    if (next && next->kind == NUMBER_ARTICLE && at + 2 < end) { /* "half a million" */
      const struct number_word *big = numbers_any(numbers, a->tokens[at + 2].form);
      if (big && (big->kind == NUMBER_MAGNITUDE || big->kind == NUMBER_GROUP)) {
        o->value *= big->value;
        o->scale = big->value;
        o->last = at + 2;
        o->end = at + 3;
        return true;
      }
    }
    /* a fraction is of something, or leads it ("half the city"); "the second half" and "a third man" are none */
    bool leads = a->tokens[at].deprel == DEP_DET_PREDET || a->tokens[at].deprel == DEP_NUMMOD;
    bool of = at + 1 < end && a->tokens[at + 1].deprel == DEP_CASE && tree_dominates(a, at, at + 1);
    bool ordinal = at > 0 && (a->tokens[at - 1].feats & FEAT_ORD || a->tokens[at - 1].upos == UPOS_ADJ);
    if (a->tokens[at].feats & FEAT_ORD && !of) return false;
    o->fraction = true;
    return (leads || of) && !ordinal;
  }
  o->vague = true;
  if (next && (next->kind == NUMBER_HUNDRED || next->kind == NUMBER_MAGNITUDE || next->kind == NUMBER_GROUP)) { /* "several hundred" */
    magnitudes(r, end, o);
    if (next->kind == NUMBER_GROUP && o->end == at + 1) {
      o->value *= next->value;
      o->last = at + 1;
      o->end = at + 2;
    }
    return true;
  }
  if (at + 2 < end && a->tokens[at + 1].upos == UPOS_ADP) { /* "tens of thousands": the second counts whole */
    const struct number_word *second = numbers_any(numbers, a->tokens[at + 2].form);
    if (second && second->kind == NUMBER_VAGUE && second->value >= 20) {
      o->value *= second->value / 2;
      o->last = at;
      o->end = at + 3;
      return true;
    }
  }
  if (w->value < 20) { /* "several", "few": only before what they count */
    enum deprel d = (enum deprel)a->tokens[at].deprel;
    return (d == DEP_AMOD || d == DEP_NUMMOD || d == DEP_DET) && a->tokens[at].head > at;
  }
  if (at > 0 && a->tokens[at - 1].sentence == a->tokens[at].sentence && !a->tokens[at].name) { /* "test scores" is none */
    uint8_t upos = a->tokens[at - 1].upos;
    if (upos == UPOS_NOUN || upos == UPOS_PROPN) return a->tokens[at - 1].head != at;
  }
  return a->tokens[at].upos == UPOS_NOUN || a->tokens[at].upos == UPOS_NUM;
}

/* One operand that begins at `at`, with its currency sign. */
static bool operand_read(const struct reader *r, int32_t at, int32_t end, struct operand *o)
{
  const struct analysis *a = r->a;
  *o = (struct operand){.scale = 1};
  int32_t t = at, length;
  const struct unit *symbol = numbers_unit(r->know->numbers, a, t, end, true, &length);
  if (symbol && t + length < end) {
    o->symbol = symbol;
    o->symbol_span = tree_span(a, t, t + length);
    t += length;
  }
  struct slice form = a->tokens[t].form;
  bool digits = false;
  for (size_t i = 0; i < form.n && !digits; i++) digits = is_digit(form.at[i]);
  if (digits) {
    const struct unit *before = o->symbol;
    struct span span = o->symbol_span;
    if (!digit_token(r, t, o)) return false;
    if (before) {
      o->symbol = before;
      o->symbol_span = span;
    }
    if (!o->glued) magnitudes(r, end, o);
  } else {
    const struct number_word *w = numbers_any(r->know->numbers, form);
    if (!w) return false;
    if (w->kind == NUMBER_CARDINAL ? !words_read(r, t, end, o) : !special_read(r, w, t, end, o)) return false;
  }
  /* "two thirds", "two and a half million" */
  if (o->end < end && !o->vague && !o->fraction) {
    int32_t f = o->end;
    if (is_hyphen(a, f) && f + 1 < end && glued_to_next(a, f)) f++;
    const struct number_word *w = numbers_word(r->know->numbers, a->tokens[f].form, NUMBER_FRACTION);
    if (w && o->value < 100 && (f == o->end || !o->digits) && (!(a->tokens[f].feats & FEAT_ORD) || o->value == 1 || a->tokens[f].upos == UPOS_NOUN)) {
      o->value *= w->value;
      o->fraction = true;
      o->last = f;
      o->end = f + 1;
    } else if (f + 2 < end && a->tokens[f].upos == UPOS_CCONJ && numbers_word(r->know->numbers, a->tokens[f + 1].form, NUMBER_ARTICLE)) {
      w = numbers_word(r->know->numbers, a->tokens[f + 2].form, NUMBER_FRACTION);
      if (w) {
        o->value += w->value * o->scale;
        o->last = f + 2;
        o->end = f + 3;
        magnitudes(r, end, o);
      }
    }
  }
  return o->value <= VALUE_MOST;
}

/* Is the number at `t` a label, a year, a part of a name? */
static bool is_label(const struct reader *r, const struct operand *o, int32_t t)
{
  const struct analysis *a = r->a;
  const struct token *k = &a->tokens[t];
  int32_t first = a->sentences[k->sentence].first, end = a->sentences[k->sentence].end, length;
  if (t > first && is_hyphen(a, t - 1) && glued_to_next(a, t - 1) && t - 1 > first && glued_to_next(a, t - 2) && o->digits) {
    uint8_t upos = a->tokens[t - 2].upos; /* "T-72", "COVID-19" */
    if (upos != UPOS_NUM && upos != UPOS_SYM) return true;
  }
  if (o->symbol) return false;
  if (t > first && numbers_hedge_before(r->know->numbers, a, t - 1, t, HEDGE_LABEL, &length)) return true;
  if (k->name && t > first && a->tokens[t - 1].name && !k->name_begins) return true;
  int32_t h = k->head;
  enum deprel d = (enum deprel)k->deprel;
  if (h != TOKEN_NONE && h < t && h == t - 1 && (a->tokens[h].upos == UPOS_PROPN || (a->tokens[h].upos == UPOS_NOUN && o->digits)) &&
      (d == DEP_NUMMOD || d == DEP_FLAT || d == DEP_COMPOUND || d == DEP_DEP || deprel_base(d) == DEP_NMOD))
    return true; /* "Boeing 737", "Article 5" */
  if (o->digits && !o->glued && t > first && a->tokens[t - 1].upos == UPOS_PROPN && o->end == t + 1 && h != TOKEN_NONE) {
    bool inside = h < t && (d == DEP_NUMMOD || d == DEP_FLAT || deprel_base(d) == DEP_NMOD || d == DEP_COMPOUND || d == DEP_DEP);
    bool name = h > t && a->tokens[h].upos == UPOS_PROPN && !(a->tokens[h].feats & FEAT_PLUR);
    if (inside || name) return true; /* "S&P 500", "iPhone 11 Pro" */
  }
  if (t == first && o->digits && o->end < end && a->tokens[o->end].upos == UPOS_PUNCT && d != DEP_NUMMOD && a->tokens[t].space_after == false)
    return true; /* "1. First item" */
  bool year = o->digits && o->end == t + 1 && !o->glued && k->form.n == 4 && o->value >= 1500 && o->value <= 2100;
  if (year && !(d == DEP_NUMMOD && h > t && (a->tokens[h].feats & FEAT_PLUR))) return true;
  if (o->digits && k->form.n > 1 && k->form.at[0] == '0' && is_digit(k->form.at[1])) return true; /* "007" */
  return false;
}

/* Does a plain "one" count something, or is it a pronoun? */
static bool counts(const struct analysis *a, const struct operand *o, int32_t at)
{
  const struct token *k = &a->tokens[o->last];
  if (o->digits || o->value != 1 || o->end > at + 1 || o->fraction || o->vague) return true;
  return k->deprel == DEP_NUMMOD && k->head > o->last;
}

/* Bound words before: the nearest one that is more than "about" wins. */
static void bounds_before(const struct reader *r, int32_t begin, struct number *to)
{
  const struct analysis *a = r->a;
  for (int round = 0; round < 3; round++) {
    int32_t length;
    const struct hedge *h = numbers_hedge_before(r->know->numbers, a, begin, to->first, HEDGE_BEFORE, &length);
    if (!h) break;
    int32_t word = to->first - length;
    bool preposition = length == 1 && a->tokens[word].deprel == DEP_CASE;
    bool duration = to->unit && (to->unit->kind == UNIT_TIME || to->unit->kind == UNIT_AGE);
    if (preposition && (h->bound == BOUND_ABOUT || duration)) break; /* "talks about two men", "over three days" */
    if (to->bound == BOUND_EXACT || to->bound == BOUND_ABOUT) to->bound = h->bound;
    if (h->flag && to->hedge.n == 0) to->hedge = slice_span(a->text, tree_span(a, word, to->first));
    trace_add(&to->trace, h->where);
    to->first = word;
  }
  int32_t length;
  const struct hedge *more = numbers_hedge_before(r->know->numbers, a, begin, to->first, HEDGE_INCREMENT, &length);
  if (more) {
    to->increment = true;
    to->first -= length;
    trace_add(&to->trace, more->where);
  }
  const struct hedge *part = numbers_hedge_before(r->know->numbers, a, begin, to->first, HEDGE_PART, &length);
  if (part) {
    to->part = true;
    trace_add(&to->trace, part->where);
  }
  const struct change *from = numbers_change_before(r->know->numbers, a, begin, to->first, CHANGE_FROM, &length);
  if (from) {
    to->from = true;
    to->from_move = from->move;
    trace_add(&to->trace, from->where);
  }
}

static void bounds_behind(const struct reader *r, int32_t end, const struct hedge *glued, struct number *to)
{
  int32_t length = 0, other;
  const struct hedge *h = glued ? glued : numbers_hedge_at(r->know->numbers, r->a, to->end, end, HEDGE_AFTER, &length);
  if (h) {
    if (to->bound == BOUND_EXACT || to->bound == BOUND_ABOUT) to->bound = h->bound;
    to->end += length;
    trace_add(&to->trace, h->where);
    return;
  }
  h = numbers_hedge_at(r->know->numbers, r->a, to->end, end, HEDGE_INCREMENT, &length);
  if (!h) return;
  numbers_hedge_at(r->know->numbers, r->a, to->end, end, HEDGE_BEFORE, &other); /* "two more than ten" */
  if (other > length) return;
  to->increment = true;
  to->end += length;
  trace_add(&to->trace, h->where);
}

/* Takes the unit behind the operand, if any; a hyphen may stand between ("5-year"). */
static void unit_behind(const struct reader *r, int32_t end, const struct operand *o, struct number *to)
{
  const struct analysis *a = r->a;
  if (o->symbol && !to->unit) {
    to->unit = o->symbol;
    to->unit_span = o->symbol_span;
  }
  if (o->glued && !to->unit) {
    to->unit = o->glued;
    to->unit_span = o->glued_span;
  }
  if (to->unit && to->unit->kind != UNIT_SYMBOL) return;
  int32_t t = o->end, length;
  if (t + 1 < end && is_hyphen(a, t) && glued_to_next(a, t) && glued_to_next(a, t - 1)) t++;
  if (t >= end) return;
  const struct unit *unit = numbers_unit(r->know->numbers, a, t, end, false, &length);
  if (!unit || a->tokens[t].upos == UPOS_VERB || a->tokens[t].upos == UPOS_AUX || a->tokens[t].upos == UPOS_ADP) return;
  if (to->unit && unit->kind != UNIT_CURRENCY) return; /* "$5 a day" is money */
  to->end = t + length;
  if (!to->unit) {
    to->unit = unit;
    to->unit_span = tree_span(a, t, t + length);
  }
  trace_add(&to->trace, unit->where);
}

/* The second number of a range behind `o`: "10-12", "between 5 and 7", "$3 billion to $5 billion", "two or three". */
static bool range_read(const struct reader *r, int32_t end, bool opened, struct operand *low, struct number *to, struct operand *high)
{
  const struct analysis *a = r->a;
  int32_t length;
  if (low->vague || low->fraction || to->end >= end) return false;
  const struct hedge *link = numbers_hedge_at(r->know->numbers, a, to->end, end, HEDGE_LINK, &length);
  if (!link && opened) link = numbers_hedge_at(r->know->numbers, a, to->end, end, HEDGE_CLOSE, &length);
  if (!link || to->end + length >= end) return false;
  int32_t t = to->end + length;
  if (!operand_read(r, t, end, high) || high->vague || high->fraction || high->digits != low->digits) return false;
  if (r->date_at[t] != ID_NONE && r->dates.at[r->date_at[t]].type == DATE_DATE) return false;
  if (low->scale == 1 && high->scale > 1 && low->value * high->scale < high->value) {
    low->value *= high->scale;
  }
  if (low->value >= high->value) return false;
  if (to->unit && to->unit->kind != UNIT_SYMBOL) { /* "9 percent to $84" are two figures */
    const struct unit *other = high->glued ? high->glued : numbers_unit(r->know->numbers, a, high->end, end, false, &length);
    if (!other || !slice_eq(other->code, to->unit->code)) return false;
  }
  if ((low->symbol != NULL) && high->symbol && low->symbol->code.at != high->symbol->code.at && !slice_eq(low->symbol->code, high->symbol->code)) return false;
  trace_add(&to->trace, link->where);
  return true;
}

static void value_set(struct number *to, const struct operand *o)
{
  if (o->vague) {
    to->low = o->value;
    to->has_low = true;
    if (to->bound == BOUND_EXACT || to->bound == BOUND_ABOUT) to->bound = BOUND_VAGUE;
    return;
  }
  switch (to->bound) {
  case BOUND_AT_LEAST: case BOUND_MORE_THAN:
    to->low = o->value;
    to->has_low = true;
    break;
  case BOUND_AT_MOST: case BOUND_LESS_THAN:
    to->high = o->value;
    to->has_high = true;
    break;
  default:
    to->value = o->value;
    to->has_value = true;
  }
}

/* Is token `t` inside a point in time (no figure), as against a duration (a figure)? */
static bool in_date(const struct reader *r, int32_t t)
{
  int32_t id = r->date_at[t];
  return id != ID_NONE && (r->dates.at[id].type == DATE_DATE || r->dates.at[id].type == DATE_TIME);
}

/* "Jimmy Tompkins, 31, tossed": an age. */
static bool is_age(const struct analysis *a, const struct operand *o, int32_t at, int32_t end)
{
  if (!o->digits || o->end != at + 1 || o->value < 1 || o->value > 120 || at == 0 || !slice_is(a->tokens[at - 1].form, ",")) return false;
  if (o->end < end && a->tokens[o->end].upos != UPOS_PUNCT) return false;
  int32_t h = a->tokens[at].head;
  return h != TOKEN_NONE && h < at && a->tokens[h].upos == UPOS_PROPN && a->tokens[at - 1].sentence == a->tokens[at].sentence && at >= 2 &&
         a->tokens[at - 2].upos == UPOS_PROPN;
}

/* The verb or noun of movement that the nominal of `number` depends on ("rose from 12"), or NULL. */
static const struct change *movement(const struct reader *r, int32_t number)
{
  const struct analysis *a = r->a;
  static const enum change_kind kinds[] = {CHANGE_MOVE, CHANGE_CAUSE, CHANGE_NOUN};
  int32_t h = a->tokens[number].head;
  for (int up = 0; up < 3 && h != TOKEN_NONE; up++, h = a->tokens[h].head)
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
      const struct change *c = numbers_change(r->know->numbers, a->tokens[h].lemma, kinds[k]);
      if (c && (a->tokens[h].upos == UPOS_VERB || a->tokens[h].upos == UPOS_NOUN)) return c;
    }
  return NULL;
}

/* Does a formula go on behind the number: "10^400", "2.998×10", "$7/$9", "1/2"? */
static bool formula_behind(const struct analysis *a, int32_t end_token)
{
  struct slice text = a->text;
  uint32_t at = token_span(a, end_token - 1).end;
  if (at + 1 >= text.n || text.at[at] == ' ') return false;
  char c = text.at[at], d = text.at[at + 1];
  if (c == '^' || c == '*' || ((unsigned char)c == 0xC3 && (unsigned char)d == 0x97)) return true;
  return c == '/' && (is_digit(d) || d == '$');
}

/* The word of the phrase [first, end) that hangs on the rest of the sentence. */
static int32_t count_token(const struct analysis *a, int32_t first, int32_t end)
{
  for (int32_t t = first; t < end; t++)
    if (a->tokens[t].upos != UPOS_PUNCT && (a->tokens[t].head < first || a->tokens[t].head >= end)) return t;
  return first;
}

/* Does the number go on to the left without a blank ("1:36.6", "AUD1.5m", "2014-15")?  Then it is a part of something else. */
static bool glued_left(const struct reader *r, int32_t at)
{
  const struct analysis *a = r->a;
  uint32_t begin = token_span(a, at).begin;
  if (begin == 0) return false;
  char c = a->text.at[begin - 1];
  if (is_digit(c) || ((c | 32) >= 'a' && (c | 32) <= 'z') || c == ':' || c == '.' || c == ',' || c == '/' || c == '^' || c == '*') return true;
  if (begin > 1 && (unsigned char)a->text.at[begin - 2] == 0xC3 && (unsigned char)c == 0x97) return true; /* the sign of multiplication */
  return at > 1 && is_hyphen(a, at - 1) && begin > 1 && is_digit(a->text.at[begin - 2]) && glued_to_next(a, at - 1);
}

/* A part of a compound with a hyphen that is no measure: "four-cylinder", "2-1", "5-star". */
static bool glued_right(const struct analysis *a, const struct operand *o, const struct number *n, int32_t end)
{
  if (n->unit || o->end + 1 >= end || n->end != o->end) return false;
  return is_hyphen(a, o->end) && glued_to_next(a, o->end - 1) && glued_to_next(a, o->end);
}

bool number_read(const struct reader *r, int32_t begin, int32_t at, int32_t end, struct number *to, int32_t *next)
{
  const struct analysis *a = r->a;
  struct operand o, high;
  *next = at + 1;
  if (in_date(r, at)) return false;
  if (!operand_read(r, at, end, &o)) return false;
  int32_t digits = o.symbol && !(o.last == at) && o.digits ? o.last : at;
  if (o.end > at + 1) *next = o.end;
  if (in_date(r, o.last) || (o.digits && (glued_left(r, at) || formula_behind(a, o.end)))) return false;
  if (is_label(r, &o, o.digits && o.end == digits + 1 ? digits : at) || !counts(a, &o, at)) return false;
  *to = (struct number){.first = at, .end = o.end, .token = o.last, .digits_first = at, .digits_end = o.end, .fraction = o.fraction};
  /* a clock time, an IP address, a list "1, 2, 3": glued punctuation and more digits */
  if (glued_to_next(a, o.end - 1) && o.end < end && !is_hyphen(a, o.end) && o.end + 1 < end && a->tokens[o.end].upos == UPOS_PUNCT &&
      glued_to_next(a, o.end) && is_digit(a->tokens[o.end + 1].form.at[0]))
    return false;
  unit_behind(r, end, &o, to);
  if (!to->unit && is_age(a, &o, at, end)) to->unit = numbers_age(r->know->numbers);
  int32_t length;
  const struct hedge *opened = numbers_hedge_before(r->know->numbers, a, begin, at, HEDGE_RANGE, &length);
  const struct change *moved = opened && opened->flag ? movement(r, o.last) : NULL; /* "rose from 12 to 27" are two figures */
  if (moved) {
    to->from = true;
    to->from_move = moved->move;
  }
  if (!moved && range_read(r, end, opened != NULL, &o, to, &high)) {
    to->bound = BOUND_BETWEEN;
    to->low = o.value;
    to->high = high.value;
    to->has_low = to->has_high = true;
    to->end = high.end;
    to->digits_end = high.end;
    if (opened) to->first = at - length;
    unit_behind(r, end, &high, to);
    to->token = count_token(a, at, to->end);
    *next = to->end;
    return true;
  }
  if (glued_right(a, &o, to, end)) return false;
  to->token = count_token(a, at, to->end);
  if (at > begin && o.digits && is_hyphen(a, at - 1) && glued_to_next(a, at - 1) && !glued_to_next(a, at - 2 < 0 ? at - 1 : at - 2)) { /* "-5" */
    o.value = -o.value;
    to->first = at - 1;
  }
  bounds_before(r, begin, to);
  bounds_behind(r, end, o.after, to);
  value_set(to, &o);
  *next = to->end > at ? to->end : at + 1;
  return true;
}

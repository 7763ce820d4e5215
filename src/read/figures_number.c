/* figures_number.c: from tokens to one number with its bound and unit.
 *
 * A phrase is read from left to right: [bound words] [currency sign] number [unit] [link number [unit]] [bound words behind].  The number is
 * an operand (figures_operand.c).
 * What cannot be read safely is no figure: a wild value is worse than none. */
#include "read/figures.h"
#include "read/tree.h"

/* Behind a name or noun that it belongs to: "Boeing 737", "Article 5", "S&P 500", "iPhone 11 Pro". */
static bool numbers_a_name(const struct analysis *a, const struct operand *o, int32_t t)
{
  const struct token *k = &a->tokens[t], *before = &a->tokens[t - 1];
  int32_t h = k->head;
  enum deprel d = deprel_base((enum deprel)k->deprel);
  bool part = d == DEP_NUMMOD || d == DEP_FLAT || d == DEP_COMPOUND || d == DEP_DEP || d == DEP_NMOD;
  if (h == TOKEN_NONE) return false;
  if (h == t - 1 && part && (before->upos == UPOS_PROPN || (before->upos == UPOS_NOUN && o->digits))) return true;
  if (!o->digits || o->glued || before->upos != UPOS_PROPN || o->end != t + 1) return false;
  return h < t ? part : a->tokens[h].upos == UPOS_PROPN && !(a->tokens[h].feats & FEAT_PLUR);
}

/* A year, a number with leading zeros, or the number of a list's item. */
static bool is_ordinal_like(const struct analysis *a, const struct operand *o, int32_t t)
{
  const struct token *k = &a->tokens[t];
  int32_t first = a->sentences[k->sentence].first, end = a->sentences[k->sentence].end;
  if (!o->digits) return false;
  if (k->form.n > 1 && k->form.at[0] == '0' && is_digit(k->form.at[1])) return true; /* "007" */
  if (t == first && o->end < end && a->tokens[o->end].upos == UPOS_PUNCT && k->deprel != DEP_NUMMOD && !k->space_after) return true; /* "1. First" */
  bool year = o->end == t + 1 && !o->glued && k->form.n == 4 && o->value >= 1500 && o->value <= 2100;
  return year && !(k->deprel == DEP_NUMMOD && k->head > t && (a->tokens[k->head].feats & FEAT_PLUR));
}

/* Is the number at `t` a label, a year, a part of a name? */
static bool is_label(const struct reader *r, const struct operand *o, int32_t t)
{
  const struct analysis *a = r->a;
  int32_t first = a->sentences[a->tokens[t].sentence].first, length;
  if (t > first + 1 && o->digits && is_hyphen(a, t - 1) && glued_to_next(a, t - 1) && glued_to_next(a, t - 2)) {
    uint8_t upos = a->tokens[t - 2].upos; /* "T-72", "COVID-19" */
    if (upos != UPOS_NUM && upos != UPOS_SYM) return true;
  }
  if (o->symbol) return false;
  if (is_ordinal_like(a, o, t)) return true;
  if (t == first) return false;
  if (numbers_hedge_before(r->know->numbers, a, t - 1, t, HEDGE_LABEL, &length)) return true;
  if (a->tokens[t].name && a->tokens[t - 1].name && !a->tokens[t].name_begins) return true;
  return numbers_a_name(a, o, t);
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

/* Do both numbers of a range have one unit?  "9 percent to $84" are two figures. */
static bool same_measure(const struct reader *r, int32_t end, const struct operand *low, const struct operand *high, const struct number *to)
{
  int32_t length;
  if (low->symbol && high->symbol) return slice_eq(low->symbol->code, high->symbol->code);
  if (!to->unit || to->unit->kind == UNIT_SYMBOL) return true;
  const struct unit *other = high->glued ? high->glued : numbers_unit(r->know->numbers, r->a, high->end, end, false, &length);
  return other && slice_eq(other->code, to->unit->code);
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
  if (!same_measure(r, end, low, high, to)) return false;
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

/* Is the operand a number by itself: no date, label, pronoun or piece of a clock time, an address, a formula? */
static bool is_free(const struct reader *r, int32_t at, int32_t end, const struct operand *o)
{
  const struct analysis *a = r->a;
  int32_t number = o->digits && o->end == o->last + 1 ? o->last : at; /* behind its sign */
  if (in_date(r, o->last) || !counts(a, o, at)) return false;
  if (o->digits && (glued_left(r, at) || formula_behind(a, o->end))) return false;
  bool goes_on = o->end + 1 < end && glued_to_next(a, o->end - 1) && glued_to_next(a, o->end) && !is_hyphen(a, o->end);
  if (goes_on && a->tokens[o->end].upos == UPOS_PUNCT && is_digit(a->tokens[o->end + 1].form.at[0])) return false; /* "1, 2", "10:30" */
  return !is_label(r, o, number);
}

/* "-5": a hyphen glued to the number and to nothing before it. */
static bool is_negative(const struct analysis *a, int32_t begin, int32_t at, const struct operand *o)
{
  if (at <= begin || !o->digits || !is_hyphen(a, at - 1) || !glued_to_next(a, at - 1)) return false;
  return at < 2 || !glued_to_next(a, at - 2);
}

bool number_read(const struct reader *r, int32_t begin, int32_t at, int32_t end, struct number *to, int32_t *next)
{
  const struct analysis *a = r->a;
  struct operand o, high;
  *next = at + 1;
  if (in_date(r, at) || !operand_read(r, at, end, &o)) return false;
  if (o.end > at + 1) *next = o.end;
  if (!is_free(r, at, end, &o)) return false;
  *to = (struct number){.first = at, .end = o.end, .token = o.last, .digits_first = at, .digits_end = o.end, .fraction = o.fraction};
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
  if (is_negative(a, begin, at, &o)) {
    o.value = -o.value;
    to->first = at - 1;
  }
  bounds_before(r, begin, to);
  bounds_behind(r, end, o.after, to);
  value_set(to, &o);
  *next = to->end > at ? to->end : at + 1;
  return true;
}

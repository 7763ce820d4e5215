/* figures_number.c: from tokens to one number with its bound and unit.
 *
 * A phrase is read from left to right: [bound words] [currency sign] number [unit] [link number [unit]] [bound words behind].  The number is
 * an operand (figures_operand.c) that tells how many or how much (figures_free.c). */
#include "read/figures.h"
#include "read/tree.h"

#define SCORE_MOST 199
#define AGE_MOST 120
#define RATIO_MOST 10 /* "3 in 10"; "five in 40 towns" is a count */
#define RATIO_WORDS_MOST 5 /* "two out of three"; "two out of nine" are two */

/* "was revised up to 67": the first of the bound words [first, end) says which way the number went. */
static bool after_revision(const struct reader *r, int32_t begin, int32_t first, int32_t end)
{
  const struct token *tokens = r->a->tokens;
  const struct numbers *numbers = r->know->numbers;
  if (end - first != 2 || first <= begin || tokens[first - 1].upos != UPOS_VERB || !numbers_change(numbers, tokens[first].lemma, CHANGE_BESIDE)) return false;
  const struct change *verb = numbers_change(numbers, tokens[first - 1].lemma, CHANGE_CAUSE);
  return verb && verb->move == MOVE_NONE; /* "raised up to 5 million" is a bound */
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
    if (preposition && (h->bound == BOUND_ABOUT || (duration && h->bound == BOUND_MORE_THAN))) break; /* "talks about two men", "over three days" */
    if (after_revision(r, begin, word, to->first)) break;
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
  int32_t before = to->first > begin && a->tokens[to->first - 1].upos == UPOS_DET ? to->first - 1 : to->first; /* "instead of the 20" */
  const struct change *from = numbers_change_before(r->know->numbers, a, begin, before, CHANGE_FROM, &length);
  if (!from) {
    from = numbers_change_before(r->know->numbers, a, begin, before, CHANGE_AGAINST, &length);
    to->against = from != NULL;
  }
  if (!from) {
    from = numbers_change_before(r->know->numbers, a, begin, before, CHANGE_CONTRAST, &length);
    to->contrast = from != NULL;
  }
  if (from) {
    to->from = true;
    to->from_move = from->move;
    trace_add(&to->trace, from->where);
  }
}

/* "six fewer than on Monday", "nine more than the 22": the number is how much something is more or less than something else. */
static bool difference_behind(const struct reader *r, int32_t end, struct number *to)
{
  const struct token *tokens = r->a->tokens;
  int32_t length, t = to->end + 2;
  if (to->unit || t >= end || !(tokens[to->end].feats & FEAT_CMP) || tokens[t].upos == UPOS_VERB) return false;
  const struct change *c = numbers_change_before(r->know->numbers, r->a, to->end, t, CHANGE_AGAINST, &length);
  if (!c || length != 2 || c->move == MOVE_NONE) return false;
  to->increment = true;
  to->moved = c;
  return true;
}

static void bounds_behind(const struct reader *r, int32_t end, const struct hedge *glued, struct number *to)
{
  int32_t length = 0, other;
  if (difference_behind(r, end, to)) return;
  const struct hedge *part = numbers_hedge_at(r->know->numbers, r->a, to->end, end, HEDGE_PART, &length); /* "five of them" */
  if (part) {
    to->part = true;
    to->part_end = to->end + length;
    trace_add(&to->trace, part->where);
  }
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
  int32_t t = o->end, length;
  if (t + 1 < end && is_hyphen(a, t) && glued_to_next(a, t) && glued_to_next(a, t - 1)) t++;
  if (t >= end) return;
  const struct unit *unit = numbers_unit(r->know->numbers, a, t, end, false, &length);
  if (!unit || a->tokens[t].upos == UPOS_VERB || a->tokens[t].upos == UPOS_AUX || a->tokens[t].upos == UPOS_ADP) return;
  bool told = to->unit && to->unit->kind != UNIT_SYMBOL; /* "5 percent to 7 percent" */
  if (told ? !slice_eq(unit->code, to->unit->code) : to->unit && unit->kind != UNIT_CURRENCY) return; /* "$5 a day" is money */
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

/* The verb of movement right before the number at `at` ("rose by 12", "rose 14"): its row, or NULL. */
static const struct change *moving_verb(const struct reader *r, int32_t at)
{
  const struct analysis *a = r->a;
  const int32_t first = a->sentences[a->tokens[at].sentence].first;
  int32_t verb = at - 1;
  const struct change *way = verb > first ? numbers_change(r->know->numbers, a->tokens[verb].lemma, CHANGE_WAY) : NULL;
  if (way && way->move == MOVE_NONE) verb--;
  if (verb > first && a->tokens[verb].head == verb - 1 && (a->tokens[verb].deprel == DEP_COMPOUND_PRT || a->tokens[verb].deprel == DEP_ADVMOD)) verb--;
  const struct change *beside = way && verb >= first ? numbers_change(r->know->numbers, a->tokens[verb].lemma, CHANGE_BESIDE) : NULL;
  if (beside && a->tokens[verb].upos == UPOS_ADV) return beside; /* "revised it down by four to 96" */
  if (verb < first || a->tokens[verb].upos != UPOS_VERB) return NULL;
  const struct change *move = figures_change(r, verb, CHANGE_MOVE);
  return move && (move->move == MOVE_UP || move->move == MOVE_DOWN) ? move : NULL;
}

/* Is something counted or measured at token `t`, behind a number? */
static bool counted_behind(const struct reader *r, int32_t t, int32_t end)
{
  int32_t length;
  if (t >= end || r->date_at[t] != ID_NONE) return false; /* "to 130 last year" */
  uint8_t upos = r->a->tokens[t].upos;
  return upos == UPOS_NOUN || upos == UPOS_ADJ || upos == UPOS_SYM || numbers_unit(r->know->numbers, r->a, t, end, false, &length);
}

/* "rose by 12 to 96", "rose 14 to 130": by how much the subject moved and where it arrived, when the second number is far from the first and
 * nothing is counted behind it ("lost 10 to 30 seats" and "rose 5 to 7 percent" are ranges).  The verb's row, or NULL. */
static const struct change *moved_by(const struct reader *r, int32_t at, int32_t end, const struct operand *o, const struct number *to)
{
  const int32_t link = to->end;
  struct operand high;
  const bool money = to->unit && o->symbol && to->unit == o->symbol; /* "fell $2 to $71" */
  if (link + 1 >= end || (to->unit && !money) || o->vague || o->fraction) return NULL;
  const struct change *way = numbers_change(r->know->numbers, r->a->tokens[link].lemma, CHANGE_WAY);
  if (!way || way->move != MOVE_SAME || !operand_read(r, link + 1, end, &high)) return NULL;
  if (high.vague || high.fraction || high.glued || high.value < 2 * o->value) return NULL;
  if (money ? !high.symbol || !slice_eq(high.symbol->code, to->unit->code) : high.symbol != NULL) return NULL;
  return !money && counted_behind(r, high.end, end) ? NULL : moving_verb(r, at);
}

/* "one in five", "3 in 10": a share, which the operand is then. */
static bool ratio_read(const struct reader *r, int32_t end, struct operand *o)
{
  int32_t length;
  struct operand of;
  if (o->end >= end || o->symbol || o->glued || o->vague || o->fraction || o->value < 1) return false;
  const struct hedge *h = numbers_hedge_at(r->know->numbers, r->a, o->end, end, HEDGE_RATIO, &length);
  if (!h || (h->flag && o->digits) || o->end + length >= end) return false;
  int32_t t = o->end + length;
  if (r->date_at[t] != ID_NONE || !operand_read(r, t, end, &of) || of.symbol || of.glued || of.vague || of.fraction) return false;
  bool small = o->value < of.value && (of.value <= (h->flag ? RATIO_WORDS_MOST : RATIO_MOST) || (o->value < 2 && !h->flag));
  if (!small || numbers_unit(r->know->numbers, r->a, of.end, end, false, &length)) return false;
  o->value /= of.value;
  o->fraction = true;
  o->end = of.end;
  return true;
}

/* "2-3-4": a row of numbers, no range. */
static bool row_goes_on(const struct analysis *a, const struct operand *o, int32_t end)
{
  if (!o->digits || o->end + 1 >= end || !is_hyphen(a, o->end)) return false;
  return glued_to_next(a, o->end - 1) && glued_to_next(a, o->end) && is_digit(a->tokens[o->end + 1].form.at[0]);
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
  if (!operand_read(r, t, end, high) || high->vague || high->fraction || (high->digits != low->digits && !to->unit && !opened)) return false;
  if (r->date_at[t] != ID_NONE && r->dates.at[r->date_at[t]].type == DATE_DATE) return false;
  if (low->scale == 1 && high->scale > 1 && low->value * high->scale < high->value) {
    low->value = scaled(low->value, high->scale);
  }
  if (low->value >= high->value) return false;
  if (row_goes_on(a, high, end)) return false;
  if (!same_measure(r, end, low, high, to)) return false;
  trace_add(&to->trace, link->where);
  return true;
}

/* Between two numbers, or their value when they are one. */
static void range_set(struct number *to, const struct operand *low, const struct operand *high)
{
  to->has_value = low->value == high->value;
  to->has_low = to->has_high = !to->has_value;
  to->bound = to->has_value ? BOUND_EXACT : BOUND_BETWEEN;
  to->value = to->low = low->value;
  to->high = high->value;
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

/* "Anna Novak, 31, won", "a brother, 22, was": an age between commas. */
static bool stands_as_age(const struct reader *r, int32_t at, int32_t end)
{
  const struct analysis *a = r->a;
  int32_t h = a->tokens[at].head;
  if (at < 2 || !slice_is(a->tokens[at - 1].form, ",") || a->tokens[at - 1].sentence != a->tokens[at].sentence) return false;
  if ((at + 1 < end && a->tokens[at + 1].upos != UPOS_PUNCT) || h == TOKEN_NONE || h >= at) return false;
  if (a->tokens[h].upos == UPOS_PROPN) return a->tokens[at - 2].upos == UPOS_PROPN;
  const struct noun *noun = nouns_find(r->know->nouns, a->tokens[h].lemma);
  return h == at - 2 && a->tokens[at].deprel == DEP_APPOS && (a->tokens[h].feats & FEAT_SING) &&
         (numbers_person(r->know->numbers, a->tokens[h].lemma) || (noun && (noun->flags & NOUN_PERSON)));
}

/* Is the number an age that has no unit: "aged 41", "the age of 7", "the ages of 14 and 18"? */
static bool is_age(const struct reader *r, const struct operand *o, int32_t begin, int32_t at, int32_t end)
{
  const struct analysis *a = r->a;
  int32_t length, from = at;
  if (o->value < 0 || o->value > AGE_MOST || o->symbol || o->vague || o->fraction || o->end != at + 1) return false;
  if (o->digits && stands_as_age(r, at, end)) return true;
  if (r->figures.n && at - 2 >= a->sentences[a->tokens[at].sentence].first && a->tokens[at - 1].upos == UPOS_CCONJ) {
    const struct figure *last = &r->figures.at[r->figures.n - 1];
    const struct unit *age = numbers_age(r->know->numbers);
    if (last->token == at - 2 && age && slice_eq(last->unit, age->code) && last->unit_text.n == 0) return true;
  }
  if (numbers_hedge_before(r->know->numbers, a, begin, at, HEDGE_BEFORE, &length) ||
      numbers_hedge_before(r->know->numbers, a, begin, at, HEDGE_RANGE, &length))
    from = at - length; /* "aged over 60", "aged between 20 and 35" */
  return numbers_hedge_before(r->know->numbers, a, begin, from, HEDGE_AGE, &length) != NULL;
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

/* The word of the phrase [first, end) that hangs on the rest of the sentence. */
static int32_t count_token(const struct analysis *a, int32_t first, int32_t end)
{
  for (int32_t t = first; t < end; t++)
    if (a->tokens[t].upos != UPOS_PUNCT && (a->tokens[t].head < first || a->tokens[t].head >= end)) return t;
  return first;
}

/* A part of a compound with a hyphen that is no measure: "four-cylinder", "2-1", "5-star". */
static bool glued_right(const struct reader *r, const struct operand *o, const struct number *n, int32_t end)
{
  const struct analysis *a = r->a;
  int32_t length;
  if (n->unit || o->end + 1 >= end || n->end != o->end) return false;
  if (numbers_hedge_at(r->know->numbers, a, o->end, end, HEDGE_AFTER, &length)) return false; /* "1,000-plus" */
  return is_hyphen(a, o->end) && glued_to_next(a, o->end - 1) && glued_to_next(a, o->end);
}

int32_t rate_end(const struct reader *r, int32_t at, int32_t end)
{
  const struct analysis *a = r->a;
  const struct numbers *numbers = r->know->numbers;
  int32_t length;
  if (at >= end) return at;
  const struct hedge *h = numbers_hedge_at(numbers, a, at, end, HEDGE_RATE, &length);
  if (h && h->flag) return at + length; /* "apiece" */
  bool date = r->date_at[at] != ID_NONE && r->dates.at[r->date_at[at]].type == DATE_DATE; /* "a year ago" */
  bool article = !h && !date && a->tokens[at].upos == UPOS_DET && numbers_word(numbers, a->tokens[at].form, NUMBER_ARTICLE);
  if (!h && !article) return at;
  int32_t t = h ? at + length : at + 1;
  if (t >= end) return at;
  const struct unit *unit = numbers_unit(numbers, a, t, end, false, &length);
  if (article) return unit && (unit->kind == UNIT_TIME || unit->kind == UNIT_MEASURE) ? t + length : at; /* "$5 a day", "an ounce" */
  if (unit) return t + length;
  while (t + 1 < end && a->tokens[t].upos == UPOS_ADJ) t++;
  while (t + 1 < end && a->tokens[t].upos == UPOS_NOUN && a->tokens[t + 1].upos == UPOS_NOUN) t++;
  return a->tokens[t].upos == UPOS_NOUN || a->tokens[t].upos == UPOS_PROPN ? t + 1 : at;
}

/* Stands a hyphen or "to" between the numbers of a score?  *to: "to" ("by 52 to 48"; "lost 12 to 10 seats" is none). */
static bool score_joined(const struct reader *r, const struct operand *o, int32_t end, bool *to)
{
  const struct analysis *a = r->a;
  const int32_t second = o->end + 1;
  int32_t length;
  const bool glued = is_hyphen(a, o->end) && glued_to_next(a, o->end - 1) && glued_to_next(a, o->end);
  *to = !glued && slice_is(a->tokens[o->end].lemma, "to") && numbers_hedge_at(r->know->numbers, a, o->end, o->end + 1, HEDGE_LINK, &length);
  const bool counts = second + 1 < end && (a->tokens[second + 1].upos == UPOS_NOUN || a->tokens[second + 1].upos == UPOS_SYM);
  return glued || (*to && !counts);
}

/* The unit of a score at `o`: "won 2-1", "a 5-4 vote", "at 2-0 down"; NULL when it is none.  *second = its other number. */
static const struct unit *score_read(const struct reader *r, const struct operand *o, int32_t end, struct operand *second)
{
  const struct analysis *a = r->a;
  int32_t t = o->end + 1, h = o->last;
  if (!o->digits || o->end != o->last + 1 || o->value > SCORE_MOST || o->value != (int)o->value || t >= end) return NULL;
  bool to;
  if (!score_joined(r, o, end, &to)) return NULL;
  if (!operand_read(r, t, end, second) || !second->digits || second->end != t + 1 || second->value != (int)second->value) return NULL;
  if (second->value > o->value || second->glued || second->after || (t + 1 < end && is_hyphen(a, t + 1))) return NULL;
  const struct unit *unit = t + 1 < end ? numbers_score(r->know->numbers, a->tokens[t + 1].lemma) : NULL;
  for (int up = 0; up < 3 && !unit; up++) {
    h = a->tokens[h].head;
    if (h == TOKEN_NONE) break;
    unit = to && a->tokens[h].upos != UPOS_VERB ? NULL : numbers_score(r->know->numbers, a->tokens[h].lemma);
  }
  return unit;
}

/* "49m": a length before words that tell one ("high", "hurdles"), a count before a plural; money has been seen before.  False when neither is told. */
static bool letter_settled(const struct reader *r, int32_t end, struct operand *o, struct number *to)
{
  const struct analysis *a = r->a;
  int32_t t = o->end, length;
  if (!o->maybe || to->unit) return true;
  if (t + 1 < end && is_hyphen(a, t) && glued_to_next(a, t - 1)) t++;
  if (t < end && numbers_hedge_at(r->know->numbers, a, t, end, HEDGE_LENGTH, &length)) {
    uint32_t letter_at = token_span(a, o->end - 1).end - 1; /* the letter ends the operand */
    o->value = o->plain;
    o->scale = 1;
    to->unit = o->maybe;
    to->unit_span = (struct span){letter_at, letter_at + 1};
    return true;
  }
  bool of = o->end < end && numbers_hedge_at(r->know->numbers, a, o->end, end, HEDGE_WHOLE, &length);
  for (int32_t k = o->end + (of ? length : 0); k < end && k < o->end + 7; k++) {
    const struct token *w = &a->tokens[k];
    if (w->upos == UPOS_NOUN && (w->feats & FEAT_PLUR)) return true;
    bool inside = w->upos == UPOS_ADJ || w->upos == UPOS_NOUN || w->upos == UPOS_PROPN || w->upos == UPOS_CCONJ || (w->feats & FEAT_PART);
    if (!inside && !(of && (w->upos == UPOS_DET || w->upos == UPOS_PRON))) break;
  }
  return false;
}

bool number_read(const struct reader *r, int32_t begin, int32_t at, int32_t end, struct number *to, int32_t *next)
{
  const struct analysis *a = r->a;
  struct operand o, high;
  *next = at + 1;
  if (!operand_read(r, at, end, &o)) return false;
  const bool ratio = ratio_read(r, end, &o);
  if (o.end > at + 1 && !o.sign_word) *next = o.end;
  *to = (struct number){.first = at, .end = o.end, .token = o.last, .digits_first = at, .digits_end = o.end, .fraction = o.fraction};
  if (!ratio) unit_behind(r, end, &o, to);
  if (!letter_settled(r, end, &o, to)) return false;
  const struct unit *age = !to->unit && is_age(r, &o, begin, at, end) ? numbers_age(r->know->numbers) : NULL;
  if (!number_is_free(r, at, end, &o, age ? age : to->unit)) return false;
  to->plus = o.sign > 0;
  int32_t length;
  const struct hedge *opened = numbers_hedge_before(r->know->numbers, a, begin, at, HEDGE_RANGE, &length);
  const struct change *moved = opened && opened->flag ? movement(r, o.last) : NULL; /* "rose from 12 to 27" are two figures */
  if (moved) {
    to->from = true;
    to->from_move = moved->move;
  }
  to->moved = moved_by(r, at, end, &o, to);
  if (!moved && !to->moved && range_read(r, end, opened != NULL, &o, to, &high)) {
    range_set(to, &o, &high);
    to->end = to->digits_end = high.end;
    if (opened) to->first = at - length;
    unit_behind(r, end, &high, to);
    to->token = count_token(a, at, to->end);
    if (!to->unit) to->unit = age;
    *next = to->end;
    return true;
  }
  const struct unit *score = to->unit || opened ? NULL : score_read(r, &o, end, &high);
  if (score) {
    range_set(to, &high, &o);
    to->end = to->digits_end = high.end;
    to->token = count_token(a, at, to->end);
    to->unit = score;
    trace_add(&to->trace, score->where);
    *next = to->end;
    return true;
  }
  if (glued_right(r, &o, to, end)) return false;
  to->token = count_token(a, at, to->end);
  bounds_before(r, begin, to);
  bounds_behind(r, end, o.after, to);
  value_set(to, &o);
  if (!to->unit) to->unit = age;
  *next = to->end > at ? to->end : at + 1;
  return true;
}

/* dates_relative.c: dates told by their distance from another one, spans of time, and what comes back. */
#include "read/dates.h"
#include <stdio.h>

static bool same_line(const struct dates *d, int32_t i) { return dates_joined(d, i) && !dates_sign(d, i, ','); }

static void point(struct found *to, int32_t end, const struct when *w, const struct calendar_word *word)
{
  to->end = end;
  to->type = DATE_DATE;
  to->when = *w;
  when_write(w, to->value);
  if (word) trace_add(&to->trace, word->where);
}

static bool tight_digits(const struct dates *d, int32_t sign_at, char sign)
{
  return sign_at + 1 < d->n && dates_sign(d, sign_at, sign) && !d->at[sign_at].space && !d->at[sign_at + 1].space && d->at[sign_at + 1].kind == PIECE_DIGITS;
}

/* "25", "1,500", "2.5" */
static bool digit_amount(const struct dates *d, int32_t i, int32_t *end, double *n)
{
  const struct piece *p = &d->at[i];
  int32_t at = i + 1;
  if (p->kind != PIECE_DIGITS || p->number < 0) return false;
  *n = (double)p->number;
  while (tight_digits(d, at, ',') && d->at[at + 1].span.end - d->at[at + 1].span.begin == 3 && *n < 1e9) {
    *n = *n * 1000 + (double)d->at[at + 1].number;
    at += 2;
  }
  if (tight_digits(d, at, '.') && d->at[at + 1].number < 10) {
    *n += (double)d->at[at + 1].number / 10;
    at += 2;
  }
  *end = at;
  return true;
}

/* "three", "twenty-five", "two hundred", "dozen of" */
static bool word_amount(const struct dates *d, int32_t i, int32_t *end, double *n)
{
  int32_t at = i + 1;
  if (d->at[i].count < 0) return false;
  *n = d->at[i].count;
  int32_t next = dates_sign(d, at, '-') ? at + 1 : at;
  if (*n >= 20 && *n < 100 && next < d->n && d->at[next].count > 0 && d->at[next].count < 10) {
    *n += d->at[next].count;
    at = next + 1;
  } else if (at < d->n && d->at[at].count == 100) {
    *n *= 100;
    at++;
  }
  *end = dates_word(d, at, CALENDAR_OF) && *n != 1 ? at + 1 : at;
  return true;
}

/* A number, or "a", "a few", "several", "half a"; *n < 0: some. */
static bool amount(const struct dates *d, int32_t i, int32_t *end, double *n)
{
  if (i >= d->n) return false;
  if (digit_amount(d, i, end, n) || word_amount(d, i, end, n)) return true;
  const struct calendar_word *count = dates_word(d, i, CALENDAR_COUNT);
  if (!count) return false;
  int32_t at = i + 1;
  bool half = slice_is(count->value, "0.5");
  *n = slice_is(count->value, "X") ? -1 : half ? 0.5 : (double)count->number;
  const struct calendar_word *more = same_line(d, at) && slice_is(count->value, "1") ? dates_word(d, at, CALENDAR_COUNT) : NULL;
  if (more) { /* "a few", "a couple of" */
    *n = slice_is(more->value, "X") ? -1 : slice_is(more->value, "0.5") ? 0.5 : (double)more->number;
    at++;
  }
  if (dates_word(d, at, CALENDAR_OF)) at++;
  else if (half && dates_word(d, at, CALENDAR_COUNT)) at++; /* "half a year" */
  *end = at;
  return true;
}

static const struct calendar_word *unit_at(const struct dates *d, int32_t i, bool *plural)
{
  const struct calendar_word *unit = dates_word(d, i, CALENDAR_UNIT);
  *plural = !unit;
  return unit ? unit : dates_word(d, i, CALENDAR_UNITS);
}

static void duration(struct found *to, int32_t end, double n, struct slice unit, const struct calendar_word *word)
{
  char amount_text[24];
  bool time = unit.n == 2 && unit.at[0] == 'T';
  if (slice_is(unit, "FN")) {
    n *= 2;
    unit = SLICE("W");
  }
  if (n < 0) snprintf(amount_text, sizeof amount_text, "X");
  else if (n == (double)(int64_t)n) snprintf(amount_text, sizeof amount_text, "%lld", (long long)n);
  else snprintf(amount_text, sizeof amount_text, "%lld.%d", (long long)n, (int)((n - (double)(int64_t)n) * 10 + 0.5) % 10);
  snprintf(to->value, VALUE_MOST, "P%s%s%.*s", time ? "T" : "", amount_text, (int)(time ? 1 : unit.n), unit.at + (time ? 1 : 0));
  to->end = end;
  to->type = DATE_DURATION;
  to->when = (struct when){.hour = -1};
  trace_add(&to->trace, word->where);
}

/* "today", "yesterday morning", "tonight", "now" */
static bool deictic(const struct dates *d, int32_t i, struct found *to)
{
  const struct calendar_word *word = dates_word(d, i, CALENDAR_REFERENCE);
  if (word && slice_is(word->value, "FUTURE_REF") && dates_tense(d, i) < 0) word = NULL; /* "he soon left" */
  if (word) {
    to->end = i + 1;
    to->type = DATE_DATE;
    to->when = (struct when){.hour = -1};
    snprintf(to->value, VALUE_MOST, "%.*s", SLICE_ARG(word->value));
    trace_add(&to->trace, word->where);
    return true;
  }
  const struct calendar_word *tonight = dates_word(d, i, CALENDAR_TONIGHT);
  word = tonight ? tonight : dates_word(d, i, CALENDAR_DAY);
  if (!word) return false;
  struct when w = {.hour = -1};
  int32_t end = i + 1;
  if (d->has_published) {
    w.day = d->published;
    if (day_add(&w.day, (int32_t)word->number)) w.grain = GRAIN_DAY;
  }
  const struct calendar_word *part = same_line(d, end) ? dates_word(d, end, CALENDAR_PART) : NULL;
  if (tonight) w.part = SLICE("NI");
  else if (part) w.part = part->value, end++;
  point(to, end, &w, word);
  if (w.part.n) to->type = DATE_TIME;
  return true;
}

static bool shifted_weekday(const struct dates *d, const struct calendar_word *shift, int32_t at, const struct day *base, struct found *to)
{
  const struct calendar_word *weekday = dates_word(d, at, CALENDAR_WEEKDAY);
  if (!weekday) return false;
  struct when w = {.day = *base, .hour = -1};
  int32_t diff = (int32_t)weekday->number - day_weekday(*base);
  if (shift->number < 0 && diff >= 0) diff -= 7;
  if (shift->number > 0 && diff <= 0) diff += 7;
  if (!day_add(&w.day, diff)) return false;
  w.grain = GRAIN_DAY;
  const struct calendar_word *part = same_line(d, at + 1) ? dates_word(d, at + 1, CALENDAR_PART) : NULL;
  if (part) w.part = part->value;
  point(to, at + 1 + (part != NULL), &w, shift);
  if (part) to->type = DATE_TIME;
  return true;
}

static bool shifted_month(const struct dates *d, const struct calendar_word *shift, int32_t at, const struct day *base, struct found *to)
{
  const struct calendar_word *month = dates_word(d, at, CALENDAR_MONTH), *season = dates_word(d, at, CALENDAR_SEASON);
  if (!month && !season) return false;
  static const char *const seasons = "WISPSUFA";
  int32_t number = month ? (int32_t)month->number : 1;
  for (int32_t k = 0; season && k < 4; k++)
    if (memcmp(seasons + 2 * k, season->value.at, 2) == 0) number = 3 * k + 1;
  struct when w = {.grain = month ? GRAIN_MONTH : GRAIN_SEASON, .day = {base->year, number, 1}, .hour = -1};
  if (season) w.season = season->value;
  if (shift->number < 0 && number >= base->month) w.day.year--;
  if (shift->number > 0 && number <= base->month) w.day.year++;
  point(to, at + 1, &w, shift);
  return true;
}

/* "this morning", "last night" */
static bool shifted_part(const struct dates *d, const struct calendar_word *shift, int32_t at, const struct day *base, struct found *to)
{
  const struct calendar_word *part = dates_word(d, at, CALENDAR_PART);
  if (!part) return false;
  struct when w = {.day = *base, .part = part->value, .hour = -1};
  if (base->year > 0 && day_add(&w.day, (int32_t)shift->number)) w.grain = GRAIN_DAY;
  point(to, at + 1, &w, shift);
  to->type = DATE_TIME;
  return true;
}

/* "last week", "the next day", "that year", "the past year" (up to now), "the last week of August", "recent years" */
static bool shifted_unit(const struct dates *d, const struct calendar_word *shift, int32_t at, const struct day *base, struct found *to)
{
  bool plural;
  const struct calendar_word *unit = unit_at(d, at, &plural);
  if (!unit || (plural && shift->number == 0)) return false;
  if (plural) {
    duration(to, at + 1, -1, unit->value, unit);
    return true;
  }
  if (unit->value.at[0] == 'T') return false;
  if (shift->flags & CALENDAR_SPAN) {
    bool decade = slice_is(unit->value, "DE");
    duration(to, at + 1, decade ? 10 : 1, decade ? SLICE("Y") : unit->value, unit);
    return true;
  }
  if (dates_word(d, at + 1, CALENDAR_OF) && (dates_word(d, at + 2, CALENDAR_MONTH) || (at + 2 < d->n && d->at[at + 2].number > 1000))) {
    duration(to, at + 3, 1, unit->value, unit);
    return true;
  }
  struct when w = {.hour = -1};
  if (base->year > 0 && !when_shift(*base, unit->value, (int32_t)shift->number, &w)) w.grain = GRAIN_NONE;
  point(to, at + 1, &w, shift);
  trace_add(&to->trace, unit->where);
  return true;
}

/* What a shift counts from; year 0 when there is nothing.  "The next day" follows the day told before, "next week" follows today. */
static struct day shift_base(const struct dates *d, const struct calendar_word *shift, int32_t at, bool article)
{
  bool anaphoric = (shift->flags & CALENDAR_ANCHOR) || (article && shift->number > 0);
  const struct calendar_word *fine = dates_word(d, at, CALENDAR_UNIT);
  bool day = dates_word(d, at, CALENDAR_PART) || (fine && slice_is(fine->value, "D"));
  if (day && !d->narrative && d->has_published && d->anchor.grain < GRAIN_WEEK) anaphoric = false; /* a year told in passing has no morning */
  struct day base;
  return dates_base(d, anaphoric, &base) ? base : (struct day){0, 0, 0};
}

/* "last week", "this morning", "that year", "the past five years", "last Monday", "last June" */
static bool shifted(const struct dates *d, int32_t i, struct found *to)
{
  const struct calendar_word *shift = dates_word(d, i, CALENDAR_SHIFT);
  int32_t at = i + 1, end;
  if (!shift || !same_line(d, at)) return false;
  to->article = true;
  const struct calendar_word *second = dates_word(d, at, CALENDAR_SHIFT); /* "that same day" */
  if (second && shift->number == 0) {
    if (second->number) shift = second;
    at++;
  }
  bool plural;
  double n;
  if (shift->number != 0 && amount(d, at, &end, &n) && same_line(d, end)) { /* "the last three months" */
    const struct calendar_word *units = unit_at(d, end, &plural);
    if (!units || !plural) return false;
    duration(to, end + 1, n, units->value, units);
    trace_add(&to->trace, shift->where);
    return true;
  }
  struct day base = shift_base(d, shift, at, i > 0 && dates_word(d, i - 1, CALENDAR_ARTICLE));
  if (base.year > 0 && (shifted_weekday(d, shift, at, &base, to) || shifted_month(d, shift, at, &base, to))) return true;
  return shifted_part(d, shift, at, &base, to) || shifted_unit(d, shift, at, &base, to);
}

/* The unit behind an amount, "six straight days" with a word between; *at is moved to it. */
static const struct calendar_word *measured_unit(const struct dates *d, int32_t *at, bool hyphen, bool *plural)
{
  const struct calendar_word *unit = unit_at(d, *at, plural);
  if (unit || hyphen || !same_line(d, *at + 1)) return unit;
  const struct piece *p = &d->at[*at];
  if (p->kind != PIECE_WORD || p->words || d->r->a->tokens[p->token].upos != UPOS_ADJ) return NULL;
  return unit_at(d, ++*at, plural);
}

/* The word behind a measure that makes a point of it: "ago", "later"; NULL when there is none, or it governs what follows ("before dawn"). */
static const struct calendar_word *direction(const struct dates *d, int32_t at, double n, bool hyphen, bool plural)
{
  const struct calendar_word *after = same_line(d, at) && !hyphen ? dates_word(d, at, CALENDAR_AFTER) : NULL;
  if (!after) return NULL;
  if ((after->flags & CALENDAR_FINAL) && at + 1 < d->n && d->at[at + 1].kind != PIECE_SIGN) return NULL;
  return after->number == 1 && !plural && n != 1 ? NULL : after;
}

static void distance(const struct dates *d, int32_t at, double n, const struct calendar_word *unit, const struct calendar_word *after, struct found *to)
{
  struct day base;
  struct when w = {.hour = -1};
  bool known = dates_base(d, (after->flags & CALENDAR_ANCHOR) != 0, &base);
  if (known && n >= 0 && n < 100000 && n == (double)(int32_t)n) (void)when_shift(base, unit->value, (int32_t)n * (int32_t)after->number, &w);
  point(to, at + 1, &w, after);
  trace_add(&to->trace, unit->where);
  if (!to->value[0] && unit->value.at[0] != 'T') snprintf(to->value, VALUE_MOST, "%s", after->number < 0 ? "PAST_REF" : "FUTURE_REF");
}

/* An amount of a unit, which ends before piece `at`, that is no span of time: "15 a day", "a second attack", "about a quarter", "three quarters of". */
static bool is_other(const struct dates *d, int32_t i, int32_t at, double n, bool article, const struct calendar_word *unit)
{
  const struct token *noun = &d->r->a->tokens[d->at[at - 1].token];
  bool in = i > 0 && dates_word(d, i - 1, CALENDAR_SINCE);
  if (!in && slice_is(unit->value, "Q") && (article || n < 0 || dates_word(d, at, CALENDAR_OF))) return true;
  if (!article) return false;
  if (unit->value.at[0] == 'T' && (noun->upos == UPOS_ADJ || (noun->feats & FEAT_ORD) || noun->deprel == DEP_AMOD)) return true;
  return i > 0 && same_line(d, i) && (d->at[i - 1].kind == PIECE_DIGITS || dates_sign(d, i - 1, '%'));
}

/* "two days ago", "a week earlier", "three months later"; "five years", "10-day"; no ages, no rates ("5 a day") */
static bool measured(const struct dates *d, int32_t i, struct found *to)
{
  int32_t at;
  double n;
  bool plural;
  if (!amount(d, i, &at, &n)) return false;
  bool hyphen = dates_sign(d, at, '-') && !d->at[at].space;
  if (hyphen) at++;
  else if (!same_line(d, at)) return false;
  const struct calendar_word *unit = measured_unit(d, &at, hyphen, &plural);
  if (!unit) return false;
  if (!plural && !hyphen && n != 1 && n != 0.5 && (n < 0 || unit->value.at[0] == 'T')) return false;
  at++;
  const struct calendar_word *after = direction(d, at, n, hyphen, plural);
  if (after) {
    distance(d, at, n, unit, after, to);
    return true;
  }
  if (dates_word(d, dates_sign(d, at, '-') ? at + 1 : at, CALENDAR_OLD)) return false;
  bool article = n == 1 && !hyphen && d->at[i].kind == PIECE_WORD && dates_word(d, i, CALENDAR_COUNT);
  if (is_other(d, i, at, n, article, unit)) return false;
  duration(to, at, n, unit->value, unit);
  return true;
}

/* "every Monday", "each year", "daily", "Mondays" */
static bool repeated(const struct dates *d, int32_t i, struct found *to)
{
  const struct calendar_word *set = dates_word(d, i, CALENDAR_SET), *each = dates_word(d, i, CALENDAR_EACH);
  const struct calendar_word *days = dates_word(d, i, CALENDAR_WEEKDAYS);
  to->when = (struct when){.hour = -1};
  to->type = DATE_SET;
  if (set || days) {
    to->end = i + 1;
    if (set) snprintf(to->value, VALUE_MOST, "%.*s", SLICE_ARG(set->value));
    else snprintf(to->value, VALUE_MOST, "XXXX-WXX-%d", (int)days->number);
    trace_add(&to->trace, (set ? set : days)->where);
    return true;
  }
  if (!each || !same_line(d, i + 1)) return false;
  const struct calendar_word *day = dates_word(d, i + 1, CALENDAR_WEEKDAY);
  if (day) {
    to->end = i + 2;
    snprintf(to->value, VALUE_MOST, "XXXX-WXX-%d", (int)day->number);
    trace_add(&to->trace, each->where);
    return true;
  }
  int32_t at = i + 1;
  double n = 1;
  bool plural;
  const struct calendar_word *unit = unit_at(d, at, &plural);
  if (!unit && amount(d, at, &at, &n)) unit = unit_at(d, at, &plural);
  if (!unit || d->r->a->tokens[d->at[at].token].upos == UPOS_ADJ) return false; /* "every second child" */
  duration(to, at + 1, n, unit->value, unit);
  to->type = DATE_SET;
  trace_add(&to->trace, each->where);
  return true;
}

/* "month-long", "decades-long" */
static bool long_unit(const struct dates *d, int32_t i, struct found *to)
{
  bool plural;
  const struct calendar_word *unit = unit_at(d, i, &plural);
  if (!unit || !dates_sign(d, i + 1, '-') || !dates_word(d, i + 2, CALENDAR_LONG)) return false;
  duration(to, i + 3, plural ? -1 : 1, unit->value, unit);
  return true;
}

/* "the end of the month", "finished the day": that of the last date told. */
static bool same_unit(const struct dates *d, int32_t i, struct found *to)
{
  const struct calendar_word *unit = dates_word(d, i, CALENDAR_UNIT);
  if (!unit || i < 2 || !same_line(d, i) || !dates_word(d, i - 1, CALENDAR_ARTICLE) || unit->value.at[0] == 'T') return false;
  const struct calendar_word *of = dates_word(d, i - 2, CALENDAR_OF);
  bool edge = of && slice_is(of->value, "of") && i > 2 && dates_word(d, i - 3, CALENDAR_EDGE);
  const struct token *t = &d->r->a->tokens[d->at[i].token];
  bool ended = t->deprel == DEP_OBJ && calendar_find(d->calendar, d->r->a->tokens[t->head].lemma, CALENDAR_EDGE); /* "to end the day" */
  if (!edge && !ended && t->deprel != DEP_OBL_UNMARKED) return false;
  struct day base;
  struct when w = {.hour = -1};
  if (dates_base(d, true, &base)) (void)when_shift(base, unit->value, 0, &w);
  point(to, i + 1, &w, unit);
  to->article = true;
  return true;
}

/* "for years", "in decades" */
static bool bare_units(const struct dates *d, int32_t i, struct found *to)
{
  const struct calendar_word *units = dates_word(d, i, CALENDAR_UNITS);
  if (!units || i == 0 || !same_line(d, i) || !dates_word(d, i - 1, CALENDAR_SINCE)) return false;
  const struct calendar_word *after = same_line(d, i + 1) ? dates_word(d, i + 1, CALENDAR_AFTER) : NULL;
  if (after) return false;
  duration(to, i + 1, -1, units->value, units);
  return true;
}

bool dates_relative(struct dates *d, int32_t i, struct found *to)
{
  bool (*const patterns[])(const struct dates *, int32_t, struct found *) = {deictic, shifted, measured, repeated, bare_units, long_unit, same_unit};
  struct found best = {.end = i};
  for (size_t k = 0; k < sizeof patterns / sizeof patterns[0]; k++) {
    struct found one = {.end = i};
    if (patterns[k](d, i, &one) && one.end > best.end) best = one;
  }
  if (best.end > i) *to = best;
  return best.end > i;
}

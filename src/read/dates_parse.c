/* dates_parse.c: dates told by the parts of the calendar: days, months, years, seasons, quarters, centuries, weekdays and clock times. */
#include "read/dates.h"
#include "read/tree.h"

static bool digits(const struct dates *d, int32_t i, uint32_t width, int64_t least, int64_t most)
{
  if (i < 0 || i >= d->n || d->at[i].kind != PIECE_DIGITS) return false;
  const struct piece *p = &d->at[i];
  return (width == 0 || p->span.end - p->span.begin == width) && p->number >= least && p->number <= most;
}

static bool tight(const struct dates *d, int32_t i) { return i < d->n && !d->at[i].space && !d->at[i].line; }

static struct when point(enum grain grain, int64_t year, int64_t month, int64_t day)
{
  return (struct when){.grain = grain, .day = {(int32_t)year, (int32_t)month, (int32_t)day}, .hour = -1};
}

static void told(struct found *to, int32_t end, struct when when, const struct calendar_word *word)
{
  to->end = end;
  to->type = DATE_DATE;
  to->when = when;
  when_write(&when, to->value);
  if (word) trace_add(&to->trace, word->where);
}

/* A day of the month at i: "28", "28th", "the 28th"; *end behind it. */
static bool month_day(const struct dates *d, int32_t i, int32_t *end, int64_t *day)
{
  if (!digits(d, i, 0, 1, 31) || d->at[i].span.end - d->at[i].span.begin > 2) return false;
  *day = d->at[i].number;
  *end = i + 1;
  if (tight(d, i + 1) && dates_word(d, i + 1, CALENDAR_SUFFIX)) *end = i + 2;
  else if (tight(d, i + 1) && d->at[i + 1].kind == PIECE_WORD) return false;
  if (tight(d, *end) && dates_sign(d, *end, ':')) return false; /* a clock */
  return true;
}

/* Behind a month or a day: ", 2024", "of 2024", "2024"; *year stays when there is none. */
static int32_t year_behind(const struct dates *d, int32_t i, int64_t *year)
{
  int32_t at = i;
  struct day base;
  int32_t shift_at = dates_word(d, at, CALENDAR_OF) ? at + 1 : at; /* "of that year", "of the same year", "this year" */
  if (shift_at > at && dates_word(d, shift_at, CALENDAR_ARTICLE)) shift_at++;
  const struct calendar_word *shift = dates_joined(d, shift_at) ? dates_word(d, shift_at, CALENDAR_SHIFT) : NULL;
  const struct calendar_word *unit = shift ? dates_word(d, shift_at + 1, CALENDAR_UNIT) : NULL;
  if (unit && slice_is(unit->value, "Y") && dates_base(d, (shift->flags & CALENDAR_ANCHOR) != 0, &base)) {
    *year = base.year + shift->number;
    return shift_at + 2;
  }
  if (dates_joined(d, at) && dates_sign(d, at, ',')) at++;
  else if (dates_joined(d, at) && dates_word(d, at, CALENDAR_OF)) at++;
  if (!dates_joined(d, at) || !digits(d, at, 4, 1000, 2200)) return i;
  if (tight(d, at + 1) && d->at[at + 1].kind == PIECE_WORD) return i;
  *year = d->at[at].number;
  return at + 1;
}

static bool settle(const struct dates *d, int32_t i, int64_t month, int64_t day, int64_t *year)
{
  int32_t y;
  if (*year >= 0) return true;
  if (!dates_year(d, i, (int32_t)month, (int32_t)day, &y)) return false;
  *year = y;
  return true;
}

static bool finish_day(const struct dates *d, int32_t i, int32_t end, int64_t month, int64_t day, int64_t year, const struct calendar_word *word,
                       struct found *to)
{
  bool known = settle(d, i, month, day, &year);
  struct when w = point(GRAIN_DAY, known ? year : 2000, month, day);
  if (!day_valid(w.day)) return false;
  if (!known) w.grain = GRAIN_NONE;
  w.bc = known && d->anchor.bc && year == d->anchor.day.year && d->anchor.grain != GRAIN_NONE;
  told(to, end, w, word);
  return true;
}

/* "BC", "B.C." at piece `at`; *end behind it. */
static const struct calendar_word *era_at(const struct dates *d, int32_t at, int32_t *end)
{
  if (!dates_joined(d, at)) return NULL;
  *end = at + 1;
  const struct calendar_word *era = dates_word(d, at, CALENDAR_ERA);
  if (era || at + 3 >= d->n || !dates_sign(d, at + 1, '.') || !dates_sign(d, at + 3, '.')) return era;
  struct slice b = slice_span(d->r->a->text, d->at[at].span), c = slice_span(d->r->a->text, d->at[at + 2].span);
  if (b.n != 1 || c.n != 1) return NULL;
  char two[2] = {(char)(b.at[0] | 32), (char)(c.at[0] | 32)};
  *end = at + 4;
  return calendar_find(d->calendar, (struct slice){two, 2}, CALENDAR_ERA);
}

/* "480 BC", "of 480 BC" at piece `at`; *year stays when there is none. */
static int32_t bc_behind(const struct dates *d, int32_t at, int64_t *year)
{
  int32_t end, i = dates_joined(d, at) && dates_word(d, at, CALENDAR_OF) ? at + 1 : at;
  const struct calendar_word *era = dates_joined(d, i) && digits(d, i, 0, 1, 9999) ? era_at(d, i + 1, &end) : NULL;
  if (!era || !slice_is(era->value, "BC")) return at;
  *year = d->at[i].number;
  return end;
}

/* A later day of the same month behind a day that ends before piece `at`: "-14", " and 5"; *end behind it, at itself when there is none. */
static int32_t later_day(const struct dates *d, int32_t at, int64_t day, int64_t *later)
{
  int32_t end, i = at + 1;
  bool link = dates_joined(d, at) && (dates_sign(d, at, '-') || dates_word(d, at, CALENDAR_AND) || dates_word(d, at, CALENDAR_TO));
  if (!link || !dates_joined(d, i)) return at;
  if (dates_word(d, i, CALENDAR_ARTICLE)) i++;
  if (!month_day(d, i, &end, later) || *later <= day || (tight(d, end) && d->at[end].kind != PIECE_SIGN)) return at;
  return end;
}

/* A month's name that is a noun of its own: "the Long March", "Women's March", "the \"March to the Sea\"".  It has an article or a word of
 * its own in front that is none of time. */
static bool is_noun(const struct dates *d, int32_t i)
{
  const struct analysis *a = d->r->a;
  int32_t t = d->at[i].token;
  if (i > 0 && tight(d, i) && dates_sign(d, i - 1, '"')) return true;
  for (int32_t c = a->tokens[t].first_child; c != TOKEN_NONE && c < t; c = a->tokens[c].next_sibling) {
    enum deprel r = deprel_base((enum deprel)a->tokens[c].deprel);
    if (a->tokens[c].deprel == DEP_NMOD_POSS) return true;
    if (r == DEP_DET && !calendar_any(d->calendar, a->tokens[c].lemma)) return true;
    if (r == DEP_DET && i > 0 && dates_word(d, i - 1, CALENDAR_ARTICLE)) return true;
    bool capital = (a->tokens[c].form.at[0] & 32) == 0;
    if ((r == DEP_AMOD || r == DEP_COMPOUND) && c == t - 1 && capital && !calendar_any(d->calendar, a->tokens[c].lemma)) return true;
  }
  return false;
}

/* "October", "Oct. 28", "October 28, 2024", "October 2024", "October of 2024" */
static bool month_first(const struct dates *d, int32_t i, struct found *to)
{
  const struct calendar_word *month = dates_word(d, i, CALENDAR_MONTH);
  if (!month) return false;
  int32_t at = i + 1, end;
  int64_t day, year = -1;
  if ((month->flags & CALENDAR_POINT) && dates_sign(d, at, '.') && tight(d, at)) at++;
  int32_t dot = at;
  int64_t later;
  int32_t bc = bc_behind(d, at, &year);
  if (bc == at && dates_joined(d, at) && month_day(d, at, &end, &day)) {
    int32_t both = later_day(d, end, day, &later);
    int32_t behind = year_behind(d, both, &year); /* "March 5-9, 1918" */
    return finish_day(d, i, both > end ? end : behind, month->number, day, year, month, to);
  }
  if (bc > at) {
    struct when w = point(GRAIN_MONTH, year, month->number, 1);
    w.bc = true;
    told(to, bc, w, month);
    return true;
  }
  at = year_behind(d, at, &year);
  if (year < 0 && is_noun(d, i)) return false;
  if (at == dot && dot > i + 1) at = dot; /* "Oct." keeps its point */
  bool known = settle(d, i, month->number, 0, &year);
  struct when w = point(known ? GRAIN_MONTH : GRAIN_NONE, year, month->number, 1);
  w.bc = known && d->anchor.bc && year == d->anchor.day.year;
  told(to, at, w, month);
  return true;
}

/* "28 October 2024", "the 28th of October", "3rd March" */
static bool day_first(const struct dates *d, int32_t i, struct found *to)
{
  int32_t at;
  int64_t day, year = -1;
  if (!month_day(d, i, &at, &day)) return false;
  const struct calendar_word *of = dates_joined(d, at) ? dates_word(d, at, CALENDAR_OF) : NULL;
  if (of && (at > i + 1 || !slice_is(of->value, "in"))) at++; /* "8 in May" is a count */
  const struct calendar_word *month = dates_joined(d, at) ? dates_word(d, at, CALENDAR_MONTH) : NULL;
  if (!month) return false;
  at++;
  if ((month->flags & CALENDAR_POINT) && tight(d, at) && dates_sign(d, at, '.') && digits(d, at + 1, 4, 1000, 2200)) at++;
  at = year_behind(d, at, &year);
  to->article = true;
  return finish_day(d, i, at, month->number, day, year, month, to);
}

/* The first day of "6-7 January 1916", "22 to 25 April", "the 28 and 29 August": its month stands behind the second. */
static bool earlier_day(const struct dates *d, int32_t i, struct found *to)
{
  int32_t at, second;
  int64_t day, later;
  if (!month_day(d, i, &at, &day)) return false;
  second = later_day(d, at, day, &later);
  if (second == at) return false;
  struct found last = {0};
  int32_t from = second;
  while (from > at && d->at[from].kind != PIECE_DIGITS) from--;
  if (!day_first(d, from, &last) || last.when.grain != GRAIN_DAY) return false;
  bool opened = i > 0 && (dates_word(d, i - 1, CALENDAR_ARTICLE) || d->r->a->tokens[d->at[i - 1].token].upos == UPOS_ADP);
  if (dates_word(d, at, CALENDAR_AND) && !opened) return false;
  to->article = true;
  return finish_day(d, i, at, last.when.day.month, day, last.when.day.year, NULL, to);
}

/* The second day of "April 6-7", "May 4 and 5": its month stands with the day told just before it. */
static bool second_day(const struct dates *d, int32_t i, struct found *to)
{
  int64_t later, year = -1;
  if (i < 2 || d->anchor.grain != GRAIN_DAY || d->behind != i - 1) return false;
  int32_t end = later_day(d, i - 1, d->anchor.day.day, &later);
  if (end == i - 1) return false;
  end = year_behind(d, end, &year);
  to->article = true;
  return finish_day(d, i, end, d->anchor.day.month, later, d->anchor.day.year, NULL, to);
}

/* The second year of "1915-17". */
static bool second_year(const struct dates *d, int32_t i, struct found *to)
{
  if (i < 2 || !digits(d, i, 2, 1, 99) || !tight(d, i) || !tight(d, i - 1) || !dates_sign(d, i - 1, '-') || d->behind != i - 1) return false;
  if (!digits(d, i - 2, 4, 1400, 2100) || (tight(d, i + 1) && d->at[i + 1].kind != PIECE_SIGN)) return false;
  int64_t year = d->at[i - 2].number / 100 * 100 + d->at[i].number;
  if (year <= d->at[i - 2].number || (tight(d, i + 1) && dates_sign(d, i + 1, '-'))) return false;
  told(to, i + 1, point(GRAIN_YEAR, year, 1, 1), NULL);
  return true;
}

/* "2024-10-28", "10/28/2024", "28.10.2024" */
static bool numeric(const struct dates *d, int32_t i, struct found *to)
{
  for (int32_t k = 1; k < 5; k++)
    if (i + k >= d->n || !tight(d, i + k)) return false;
  bool dash = dates_sign(d, i + 1, '-') && dates_sign(d, i + 3, '-');
  bool slash = dates_sign(d, i + 1, '/') && dates_sign(d, i + 3, '/'), dot = dates_sign(d, i + 1, '.') && dates_sign(d, i + 3, '.');
  if (dash && digits(d, i, 4, 1000, 2200) && digits(d, i + 2, 2, 1, 12) && digits(d, i + 4, 2, 1, 31))
    return finish_day(d, i, i + 5, d->at[i + 2].number, d->at[i + 4].number, d->at[i].number, NULL, to);
  if (!(slash || dot || dash) || !digits(d, i, 0, 1, 31) || !digits(d, i + 2, 0, 1, 31)) return false;
  int64_t year;
  if (digits(d, i + 4, 4, 1000, 2200)) year = d->at[i + 4].number;
  else if (slash && digits(d, i + 4, 2, 0, 99)) year = d->at[i + 4].number + (d->at[i + 4].number < 50 ? 2000 : 1900);
  else return false;
  int64_t a = d->at[i].number, b = d->at[i + 2].number;
  bool day_leads = dot || a > 12; /* with points the day stands first; else the month, unless it cannot be one */
  return finish_day(d, i, i + 5, day_leads ? b : a, day_leads ? a : b, year, NULL, to);
}

/* Does the number count what follows ("1945 soldiers")? */
static bool counts(const struct dates *d, int32_t i)
{
  const struct token *t = &d->r->a->tokens[d->at[i].token];
  if (t->deprel != DEP_NUMMOD || t->head == TOKEN_NONE) return false;
  const struct token *head = &d->r->a->tokens[t->head];
  return head->upos == UPOS_NOUN && (head->feats & FEAT_PLUR) && t->head > d->at[i].token;
}

/* "'99", "the '90s" */
static bool short_year(const struct dates *d, int32_t i, struct found *to)
{
  if (!dates_sign(d, i, '\'') || !tight(d, i + 1) || !digits(d, i + 1, 2, 0, 99)) return false;
  int64_t n = d->at[i + 1].number, year = n + (n < 40 ? 2000 : 1900);
  if (d->narrative && d->anchor.grain != GRAIN_NONE) { /* of the century before the last date */
    year = d->anchor.day.year / 100 * 100 + n;
    if (year > d->anchor.day.year + 10) year -= 100;
  }
  bool decade = tight(d, i + 2) && slice_is(slice_span(d->r->a->text, d->at[i + 2].span), "s");
  if (tight(d, i + 2) && !decade && d->at[i + 2].kind != PIECE_SIGN) return false;
  told(to, i + (decade ? 3 : 2), point(decade ? GRAIN_DECADE : GRAIN_YEAR, year, 1, 1), NULL);
  return true;
}

/* "490 BC" */
static bool era_year(const struct dates *d, int32_t i, struct found *to)
{
  int32_t end;
  const struct calendar_word *era = digits(d, i, 0, 1, 9999) ? era_at(d, i + 1, &end) : NULL;
  if (!era) return false;
  struct when w = point(GRAIN_YEAR, d->at[i].number, 1, 1);
  w.bc = slice_is(era->value, "BC");
  told(to, end, w, era);
  return true;
}

/* Does something in front of or behind the four digits make them a part of something else: "$1945", "1945th", "1945.5"? */
static bool part_of_more(const struct dates *d, int32_t i)
{
  int32_t at = i + 1;
  bool opens = dates_sign(d, i - 1, '-') || dates_sign(d, i - 1, '(') || dates_sign(d, i - 1, '"') || dates_sign(d, i - 1, '/');
  if (i > 0 && tight(d, i) && !opens) return true;
  if (dates_sign(d, at, '%') || counts(d, i)) return true;
  if (!tight(d, at)) return false;
  bool more = tight(d, at + 1) && d->at[at + 1].kind == PIECE_DIGITS; /* "1,500.25" */
  return d->at[at].kind != PIECE_SIGN || (more && !dates_sign(d, at, '-') && !dates_sign(d, at, '/'));
}

/* "2024", "the 1990s" */
static bool year_alone(const struct dates *d, int32_t i, struct found *to)
{
  if (!digits(d, i, 4, 1000, 2150)) return false;
  int64_t n = d->at[i].number;
  int32_t at = i + 1;
  if (tight(d, at) && slice_is(slice_span(d->r->a->text, d->at[at].span), "s")) {
    told(to, at + 1, point(GRAIN_DECADE, n, 1, 1), NULL);
    to->article = true;
    return true;
  }
  if (part_of_more(d, i)) return false;
  if (n < 1400 || n > 2100) { /* such a number is a count more often than a year */
    enum deprel base = deprel_base((enum deprel)d->r->a->tokens[d->at[i].token].deprel);
    if (base != DEP_OBL && base != DEP_NMOD) return false;
  }
  told(to, at, point(GRAIN_YEAR, n, 1, 1), NULL);
  return true;
}

/* "spring", "the summer of 1998", "winter 2023" */
static bool season(const struct dates *d, int32_t i, struct found *to)
{
  const struct calendar_word *word = dates_word(d, i, CALENDAR_SEASON);
  if (!word) return false;
  int64_t year = -1;
  int32_t end = bc_behind(d, i + 1, &year), base_year;
  bool bc = end > i + 1;
  if (!bc) end = year_behind(d, i + 1, &year);
  if (year < 0 && dates_word(d, i + 1, CALENDAR_OF) && !dates_word(d, i + 2, CALENDAR_SHIFT)) return false; /* "the fall of Berlin" */
  bool article = i > 0 && (d->r->a->tokens[d->at[i - 1].token].upos == UPOS_ADP || dates_word(d, i - 1, CALENDAR_ARTICLE) ||
                           dates_word(d, i - 1, CALENDAR_OF) || dates_word(d, i - 1, CALENDAR_EDGE));
  if (year < 0 && !article && i > 0) return false; /* "a spring breeze" */
  static const int32_t month_of[] = {4, 7, 10, 1};
  int32_t k = slice_is(word->value, "SP") ? 0 : slice_is(word->value, "SU") ? 1 : slice_is(word->value, "FA") ? 2 : 3;
  if (year < 0 && dates_year(d, i, month_of[k], 0, &base_year)) year = base_year;
  struct when w = point(year >= 0 ? GRAIN_SEASON : GRAIN_NONE, year, month_of[k], 1);
  w.season = word->value;
  w.bc = bc;
  const struct token *t = &d->r->a->tokens[d->at[i].token]; /* "the Spring Offensive" has an article of its own */
  to->article = t->deprel != DEP_COMPOUND && t->deprel != DEP_AMOD;
  told(to, end, w, word);
  return true;
}

/* "third quarter of 2006", "Q3 2006", "nineteenth century", "20th century" */
static bool ordinal_unit(const struct dates *d, int32_t i, struct found *to)
{
  const struct calendar_word *ordinal = dates_word(d, i, CALENDAR_ORDINAL);
  int32_t at = i + 1;
  int64_t n = ordinal ? ordinal->number : 0, year = -1;
  if (!ordinal && digits(d, i, 0, 1, 30) && tight(d, at) && dates_word(d, at, CALENDAR_SUFFIX)) n = d->at[i].number, at++;
  if (n == 0) return false;
  if (dates_sign(d, at, '-')) at++;
  const struct calendar_word *unit = dates_word(d, at, CALENDAR_UNIT);
  if (!unit || !dates_joined(d, at)) return false;
  if (slice_is(unit->value, "CE")) {
    bool bc = dates_word(d, at + 1, CALENDAR_ERA) && slice_is(dates_word(d, at + 1, CALENDAR_ERA)->value, "BC");
    struct when w = point(GRAIN_CENTURY, (n - 1) * 100, 1, 1);
    w.bc = bc;
    told(to, at + 1 + bc, w, unit);
    to->article = true;
    return true;
  }
  if (!slice_is(unit->value, "Q") || n > 4) return false;
  int32_t end = year_behind(d, at + 1, &year);
  struct when w = point(GRAIN_QUARTER, year, (int32_t)n * 3 - 2, 1);
  w.quarter = (int32_t)n;
  struct day base;
  if (year < 0 && dates_base(d, false, &base)) /* the last that is over */
    w.day.year = base.month > n * 3 ? base.year : base.year - 1;
  else if (year < 0) w.grain = GRAIN_NONE;
  to->article = true;
  told(to, end, w, unit);
  return true;
}

#define NEWS_DAYS 31 /* what is told of the days before the publication is news, in a history too */

static int32_t days_apart(struct day a, struct day b)
{
  const int32_t days = day_number(a) - day_number(b);
  return days < 0 ? -days : days;
}

#define EAST 60 /* degrees: what is farther has the next day before the evening is over in Europe and America */

/* Does the sentence of the date name a place so far in the east? */
static bool is_eastern(const struct dates *d, int32_t i)
{
  const struct reader *r = d->r;
  const struct sentence *s = &r->a->sentences[r->a->tokens[d->at[i].token].sentence];
  for (int32_t t = s->first; t < s->end; t++) {
    const struct place *p = r->place_at[t] == ID_NONE ? NULL : &r->places.at[r->place_at[t]];
    if (p && p->has_point && p->lon > EAST) return true;
  }
  return false;
}

/* Days to the weekday meant: what was done on the day after the publication was done where that day had begun. */
static int32_t to_weekday(const struct dates *d, int32_t i, int32_t days, bool forward)
{
  if (forward) return days < 0 ? days + 7 : days;
  if (days == 1 && dates_tense(d, i) < 0 && is_eastern(d, i)) return days;
  return days > 0 ? days - 7 : days;
}

/* "Monday", "Monday night", "Monday, Oct. 28", "last Monday", "next Monday" (the shift by the caller) */
static bool weekday(const struct dates *d, int32_t i, struct found *to)
{
  const struct calendar_word *word = dates_word(d, i, CALENDAR_WEEKDAY);
  if (!word) return false;
  int32_t at = i + 1;
  if ((word->flags & CALENDAR_POINT) && dates_sign(d, at, '.')) at++;
  int32_t comma = dates_sign(d, at, ',') ? at + 1 : at;
  struct found date = {0};
  if (dates_joined(d, comma) && (month_first(d, comma, &date) || day_first(d, comma, &date)) && date.when.grain != GRAIN_MONTH) {
    *to = date;
    trace_add(&to->trace, word->where);
    return true;
  }
  struct day base;
  struct when w = {.hour = -1};
  bool narrative_anchor = d->narrative && d->anchor.grain == GRAIN_DAY && !(d->has_published && days_apart(d->anchor.day, d->published) < NEWS_DAYS);
  /* of a year or month alone no weekday can be told: "in 1948 ... on Wednesday" is the Wednesday before the publication */
  const bool coarse = d->narrative && !narrative_anchor;
  base = d->published;
  if (coarse ? d->has_published : dates_base(d, narrative_anchor, &base)) {
    int32_t diff = (int32_t)word->number - day_weekday(base);
    bool forward = narrative_anchor || dates_future(d, i);
    diff = to_weekday(d, i, diff, forward);
    w.day = base;
    if (day_add(&w.day, diff)) w.grain = GRAIN_DAY;
  }
  const struct calendar_word *part = dates_joined(d, at) ? dates_word(d, at, CALENDAR_PART) : NULL;
  if (part) w.part = part->value;
  told(to, at + (part != NULL), w, word);
  if (part) to->type = DATE_TIME;
  return true;
}

static bool holiday(const struct dates *d, int32_t i, struct found *to)
{
  const struct calendar_word *word = dates_word(d, i, CALENDAR_HOLIDAY);
  if (!word || word->value.n != 5) return false;
  int64_t month = 0, day = 0, year = -1;
  if (!slice_to_i64(slice_sub(word->value, 0, 2), &month) || !slice_to_i64(slice_sub(word->value, 3, 5), &day)) return false;
  const struct calendar_word *unit = dates_word(d, i + 1, CALENDAR_UNIT);
  int32_t end = year_behind(d, i + 1 + (unit && slice_is(unit->value, "D")), &year);
  return finish_day(d, i, end, month, day, year, word, to);
}

/* "night of April 18", "morning of the 31st of January", "Christmas night" */
static bool part_of_day(const struct dates *d, int32_t i, struct found *to)
{
  const struct calendar_word *part = dates_word(d, i, CALENDAR_PART), *of = dates_word(d, i + 1, CALENDAR_OF);
  struct found date = {0};
  if (part && of && slice_is(of->value, "of") && dates_joined(d, i + 1)) {
    int32_t at = dates_word(d, i + 2, CALENDAR_ARTICLE) ? i + 3 : i + 2;
    if (!dates_joined(d, at) || !(numeric(d, at, &date) || month_first(d, at, &date) || day_first(d, at, &date) || holiday(d, at, &date))) return false;
  } else {
    if (part || !holiday(d, i, &date)) return false;
    part = dates_joined(d, date.end) ? dates_word(d, date.end, CALENDAR_PART) : NULL;
    date.end++;
  }
  if (!part || date.when.grain != GRAIN_DAY) return false;
  date.when.part = part->value;
  told(to, date.end, date.when, part);
  to->type = DATE_TIME;
  to->article = true;
  return true;
}

/* Does the piece go on a number before it: "46" of "2:05:46", "10" of "6.10am"? */
static bool goes_on(const struct dates *d, int32_t i)
{
  return i >= 2 && tight(d, i) && tight(d, i - 1) && d->at[i - 2].kind == PIECE_DIGITS && (dates_sign(d, i - 1, ':') || dates_sign(d, i - 1, '.'));
}

/* The hour and minute at i, up to *end: "9:30", "0800" before a zone, "noon", or an hour alone or with a point ("6.10am"), which *half_needed. */
static bool clock_digits(const struct dates *d, int32_t i, struct when *w, int32_t *end, bool *half_needed)
{
  int32_t at = i + 1;
  const struct calendar_word *named = dates_word(d, i, CALENDAR_CLOCK);
  *half_needed = false;
  *end = at;
  if (named && named->value.n == 5) {
    w->hour = (named->value.at[0] - '0') * 10 + named->value.at[1] - '0';
    return true;
  }
  if (goes_on(d, i)) return false;
  bool colon = tight(d, at) && dates_sign(d, at, ':') && tight(d, at + 1);
  if (digits(d, i, 0, 0, 24) && colon && digits(d, at + 1, 2, 0, 59)) {
    w->hour = (int32_t)d->at[i].number;
    w->minute = (int32_t)d->at[at + 1].number;
    *end = at + 2;
    return !(tight(d, *end) && dates_sign(d, *end, ':')); /* else a span of time, or a score */
  }
  if (digits(d, i, 4, 0, 2359) && d->at[i].number % 100 < 60 && dates_word(d, at, CALENDAR_ZONE)) {
    w->hour = (int32_t)d->at[i].number / 100;
    w->minute = (int32_t)d->at[i].number % 100;
    return true;
  }
  if (!digits(d, i, 0, 1, 12)) return false;
  w->hour = (int32_t)d->at[i].number;
  *half_needed = true;
  if (tight(d, at) && dates_sign(d, at, '.') && tight(d, at + 1) && digits(d, at + 1, 2, 0, 59)) {
    w->minute = (int32_t)d->at[at + 1].number;
    *end = at + 2;
  }
  return true;
}

/* "pm", "p.m." at piece `at`; *end behind it. */
static const struct calendar_word *half_at(const struct dates *d, int32_t at, int32_t *end)
{
  if (!dates_joined(d, at)) return NULL;
  const struct calendar_word *half = dates_word(d, at, CALENDAR_HALF);
  if (half) {
    *end = at + 1;
    return half;
  }
  if (at + 3 >= d->n || d->at[at].kind != PIECE_WORD || !dates_sign(d, at + 1, '.') || !tight(d, at + 2)) return NULL;
  if (d->at[at].span.end - d->at[at].span.begin != 1) return NULL;
  char two[2] = {(char)(d->r->a->text.at[d->at[at].span.begin] | 32), (char)(d->r->a->text.at[d->at[at + 2].span.begin] | 32)};
  half = calendar_find(d->calendar, (struct slice){two, 2}, CALENDAR_HALF);
  if (half) *end = at + 3 + (dates_sign(d, at + 3, '.') ? 1 : 0);
  return half;
}

/* The day that a clock time belongs to: told behind it, else the last one told, else that of publication. */
static int32_t clock_day(struct dates *d, int32_t at, struct when *w)
{
  struct found date = {0};
  struct day base;
  bool with = dates_joined(d, at) && (month_first(d, at, &date) || day_first(d, at, &date) || weekday(d, at, &date) || dates_relative(d, at, &date));
  if (with && date.when.grain == GRAIN_DAY && !date.when.part.n) {
    w->day = date.when.day;
    w->grain = GRAIN_DAY;
    return date.end;
  }
  if (dates_base(d, d->anchor.grain == GRAIN_DAY, &base)) {
    w->day = base;
    w->grain = GRAIN_DAY;
  }
  return at;
}

/* "9:30 a.m.", "8 p.m.", "0800 UTC", "14:05", "noon"; a date behind it belongs to it. */
static bool clock_time(struct dates *d, int32_t i, struct found *to)
{
  struct when w = {.hour = -1, .minute = 0};
  int32_t at;
  bool half_needed;
  if (!clock_digits(d, i, &w, &at, &half_needed)) return false;
  const struct calendar_word *half = half_at(d, at, &at);
  if (half_needed && !half) return false;
  if (half) {
    if (w.hour > 12) return false;
    if (slice_is(half->value, "pm") && w.hour < 12) w.hour += 12;
    if (slice_is(half->value, "am") && w.hour == 12) w.hour = 0;
  }
  const struct calendar_word *zone = dates_joined(d, at) ? dates_word(d, at, CALENDAR_ZONE) : NULL;
  if (zone) {
    w.utc = slice_is(zone->value, "Z");
    at++;
  }
  at = clock_day(d, at, &w);
  told(to, at, w, half ? half : zone ? zone : dates_word(d, i, CALENDAR_CLOCK));
  to->type = DATE_TIME;
  return true;
}

bool dates_parse(struct dates *d, int32_t i, struct found *to)
{
  struct found best = {.end = i}, one;
  static bool (*const patterns[])(const struct dates *, int32_t, struct found *) = {
    numeric, month_first, day_first, earlier_day, second_day, weekday, holiday, season, ordinal_unit, short_year, era_year, year_alone, second_year,
    part_of_day,
  };
  for (size_t k = 0; k < sizeof patterns / sizeof patterns[0]; k++) {
    one = (struct found){.end = i};
    if (patterns[k](d, i, &one) && one.end > best.end) best = one;
  }
  one = (struct found){.end = i};
  if (clock_time(d, i, &one) && one.end > best.end) best = one;
  one = (struct found){.end = i};
  if (dates_relative(d, i, &one) && one.end > best.end) best = one;
  best.first = i;
  *to = best;
  return best.end > i;
}

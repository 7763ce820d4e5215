/* dates.c: finds the dates of a document from its begin to its end, keeps the last date told, and makes the records. */
#include "read/dates.h"
#include "read/tree.h"

static bool day_read(struct slice text, struct day *to)
{
  int64_t y, m, d;
  if (text.n < 10 || !slice_to_i64(slice_sub(text, 0, 4), &y) || !slice_to_i64(slice_sub(text, 5, 7), &m) || !slice_to_i64(slice_sub(text, 8, 10), &d))
    return false;
  *to = (struct day){(int32_t)y, (int32_t)m, (int32_t)d};
  return day_valid(*to);
}

#define HISTORY_YEARS 5 /* so many years told at least */
#define HISTORY_KINDS 3 /* and so many of them different: news may tell of one past year again and again */

/* Do most of the years told lie more than a year before the publication?  A story of the day has few of them.  Without a publication date a text can
 * only be a history. */
static bool is_narrative(const struct dates *d)
{
  if (!d->has_published) return true;
  size_t far = 0, near = 0, kinds = 0;
  int64_t told[HISTORY_KINDS];
  for (int32_t i = 0; i < d->n; i++) {
    const struct piece *p = &d->at[i];
    if (p->kind != PIECE_DIGITS || p->span.end - p->span.begin != 4 || p->number < 1000 || p->number > 2150) continue;
    if (p->number >= d->published.year - 1) {
      near++;
      continue;
    }
    far++;
    size_t k = 0;
    while (k < kinds && told[k] != p->number) k++;
    if (k == kinds && kinds < HISTORY_KINDS) told[kinds++] = p->number;
  }
  return kinds == HISTORY_KINDS && far >= HISTORY_YEARS && far > 1 * near;
}

/* What stands in front and belongs to the expression: "the end of", "early", "early in", "mid-", "later", and the article that goes with it. */
static int32_t widen(const struct dates *d, const struct found *f)
{
  int32_t at = f->first;
  bool article = f->article;
  for (int step = 0; step < 3 && at > 0 && dates_joined(d, at); step++) {
    const struct calendar_word *the = dates_word(d, at - 1, CALENDAR_ARTICLE), *of = dates_word(d, at - 1, CALENDAR_OF);
    const struct calendar_word *edge = f->type == DATE_DATE ? dates_word(d, at - 1, CALENDAR_EDGE) : NULL;
    const struct calendar_word *far = f->type == DATE_DATE && at > 1 && dates_joined(d, at - 1) ? dates_word(d, at - 2, CALENDAR_EDGE) : NULL;
    if (dates_sign(d, at - 1, '-') && far) at -= 2;
    else if (edge && !slice_is(edge->value, "of")) at--;
    else if (of && far && (slice_is(far->value, "of") || slice_is(far->value, "in")) && (slice_is(of->value, "of") || slice_eq(far->value, of->value))) at -= 2;
    else if (the && (article || at < f->first)) {
      at--;
      if (!dates_word(d, at - 1, CALENDAR_OF)) break;
      continue;
    } else break;
    article = true;
  }
  return at;
}

#define DAY_LETTERS 10 /* "2016-07-14" */

/* A clock before its day, "10:45 p.m. on Thursday, July 14", is of that day, and was taken for one of the day told before. */
static bool clock_of_day(struct reader *r, const struct date *day)
{
  if (r->dates.n == 0 || day->type != DATE_DATE || day->value.n != DAY_LETTERS) return true;
  struct date *clock = &r->dates.at[r->dates.n - 1];
  const bool told = clock->type == DATE_TIME && clock->value.n > DAY_LETTERS && clock->value.at[DAY_LETTERS] == 'T';
  if (!told || day->first < clock->end || day->first - clock->end > 1 || slice_eq(slice_sub(clock->value, 0, DAY_LETTERS), day->value)) return true;
  if (r->a->tokens[day->first].sentence != r->a->tokens[clock->first].sentence) return true;
  const struct slice value = clock->value;
  char *at = arena_array(r->arena, char, value.n);
  if (!at) return false;
  memcpy(at, day->value.at, DAY_LETTERS);
  memcpy(at + DAY_LETTERS, value.at + DAY_LETTERS, value.n - DAY_LETTERS);
  clock->value = (struct slice){.at = at, .n = value.n};
  return true;
}

static enum status record(struct dates *d, const struct found *f)
{
  struct reader *r = d->r;
  int32_t first = widen(d, f);
  struct date date = {.span = {d->at[first].span.begin, d->at[f->end - 1].span.end}, .type = f->type, .trace = f->trace};
  if (r->dates.n && r->dates.at[r->dates.n - 1].span.end > date.span.begin) date.span.begin = d->at[f->first].span.begin;
  date.first = d->at[first].token;
  date.end = d->at[f->end - 1].token + 1;
  if (f->value[0]) {
    date.value = slice_copy(r->arena, slice_of(f->value));
    if (!date.value.at) return reader_full(r);
  }
  if (!clock_of_day(r, &date)) return reader_full(r);
  date.trace.rule = f->type == DATE_DURATION ? SLICE("duration") : f->type == DATE_SET ? SLICE("set") : SLICE("date");
  for (int32_t t = date.first; t < date.end; t++) r->date_at[t] = (int32_t)r->dates.n;
  return vec_push(&r->dates, r->arena, date) ? ST_OK : reader_full(r);
}

/* Does the text go on from this date?  A year that a noun has ("the plan for 1976") says when that was; a season without a year is vague. */
static bool moves_on(const struct dates *d, const struct found *f)
{
  if (f->when.grain == GRAIN_NONE || f->when.grain == GRAIN_CENTURY || f->when.grain == GRAIN_DECADE) return false;
  if (!d->narrative || d->anchor.grain == GRAIN_NONE) return true;
  const struct token *t = &d->r->a->tokens[d->at[f->end - 1].token];
  enum deprel base = deprel_base((enum deprel)t->deprel);
  if (f->when.grain == GRAIN_YEAR && base == DEP_NMOD && f->when.day.year != d->anchor.day.year) return false;
  return f->when.grain != GRAIN_SEASON || d->at[f->end - 1].kind == PIECE_DIGITS;
}

enum status dates_read(struct reader *r)
{
  struct dates d = {.r = r, .calendar = r->know->calendar, .anchor = {.hour = -1}};
  d.has_published = day_read(r->published, &d.published);
  if (!dates_pieces(&d)) return reader_full(r);
  d.narrative = is_narrative(&d);
  for (int32_t i = 0; i < d.n;) {
    struct found f;
    if (!dates_parse(&d, i, &f)) {
      i++;
      continue;
    }
    enum status status = record(&d, &f);
    if (status != ST_OK) return status;
    if (moves_on(&d, &f)) d.anchor = f.when;
    d.behind = i = f.end;
  }
  return ST_OK;
}

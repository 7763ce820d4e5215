/* ledger_series.c: figures of one thing over time.
 *
 * Most numbers of a story count what one event did, and stand alone; a running total counts all until now ("the toll rose to 27") and goes on.
 *
 *   running totals are of one series when state, unit and whole or part agree, neither is many times the other, and what else is told of what
 *   they count speaks for it: whose, the thing counted, the place
 *   other numbers are of one series when they tell what one event did (ledger_chains.c), to the same, or when one that is not round is told again
 *
 * Looked for is what the document's own story tells, and the one beside it (ledger_stories.h): what is counted does not end where a story does.
 *
 * A running total may also go on from what one event did, told within days, where the story tells of one such event alone: the first report
 * says "killed 20", the next "the toll rose to 27".  A number that the text itself sets against an earlier one ("up from 1,500 last week") goes on
 * where that one was told.  What is planned, asked for or denied stands apart from what is.
 *
 * The newest number of a series speaks for it; one that another side tells lets the one before it speak too.  Of the totals of one text the greatest
 * goes first: the parts are told beside it.
 *
 * What one event did is also counted on by a later document, as great or greater, where the story counts one such event alone (or the ledger knows
 * that both tell one), and the text tells neither another event nor another day.  A number that the text itself lowers goes on from a greater one.
 *
 * The newest earlier running total of the same side that says another number is the one that a running total revises; a near-copy revises nothing.
 * Another side's other number, of about the same days, contradicts it. */
#include "ledger/ledger_derive.h"
#include "ledger/ledger_recent.h"
#include <math.h>
#include <stddef.h>
#include <stdlib.h>

enum { FIGURES = 400, AROUND = 32, BEHIND = 64, NEAR_DAYS = 2, FIRST_DAYS = 3 };
enum { SAME_STATE = 1, SAME_WHOSE = 2, SAME_ITEM = 2, OTHER_ITEM = -1, SAME_PLACE = 1, OTHER_PLACE = -4, NEEDED = 2 };
static const double least_share = 0.8, least_suspected = 0.5; /* of the number before; what is suspected may turn out not to be so */
static const double most_times = 6, small_more = 10;          /* what starts small may grow by more */

/* What of a figure decides; from the record, or from a row of the ledger. */
struct count {
  int64_t key, series, n, doc, chain;
  double value, low, high;
  bool has_value, has_low, has_high, has_day, part, running, real, total; /* total: what is counted is called one ("toll") */
  bool spoken; /* nothing but who speaks of them tells whose they are */
  bool copy;                         /* its document is a near-copy */
  bool less, lowered, anew, dated;   /* of a new one: it is less than another in the text; the text lowers it, tells another such event, names its day */
  struct slice bound, unit, item, state, about, sort, countries, place, source, side, whose, date;
  struct slice stem, degree; /* of the item's head; how sure what is counted is */
  int32_t day;
};

struct slice claim_source(const struct derive *d, const json_t *claim)
{
  const json_t *source = json_object_get(claim, "source");
  struct slice text = item_string(source, "text"), name = item_string(item_at(d->item->entities, source, "entity"), "name");
  return !text.n || (name.n && slice_is(item_string(source, "kind"), "pronoun")) ? name : text;
}

static struct slice joined(const struct derive *d, const json_t *strings)
{
  size_t i, n = 0;
  json_t *string;
  json_array_foreach(strings, i, string) n += json_string_length(string) + 1;
  char *to = arena_alloc(&d->item->arena, n + 1);
  if (!to) return (struct slice){NULL, 0};
  n = 0;
  json_array_foreach(strings, i, string) {
    if (n) to[n++] = ' ';
    const size_t more = json_string_length(string);
    if (more) memcpy(to + n, json_string_value(string), more);
    n += more;
  }
  return (struct slice){to, n};
}

static struct span span_of(const json_t *record)
{
  const json_t *span = json_object_get(record, "span");
  return (struct span){(uint32_t)json_integer_value(json_array_get(span, 0)), (uint32_t)json_integer_value(json_array_get(span, 1))};
}

/* Where the words behind figure n that are its own end, at `to` at the latest: at the first comma, where another figure stands not far behind it. */
static json_int_t words_until(const struct derive *d, size_t n, json_int_t from, json_int_t to)
{
  const json_t *next = json_array_get(d->item->figures, n + 1);
  const json_int_t other = next ? span_of(next).begin : 0;
  if (other <= from || other > to + AROUND) return to;
  for (json_int_t t = from; t < other && t < to; t++)
    if (d->item->text.at[t] == ',') return t;
  return to;
}

/* The figure's sentence, empty when there is none, and the text about the figure: at most AROUND bytes before it and BEHIND behind it in its sentence, none of
 * it behind or before another figure. */
static struct slice around(const struct derive *d, const json_t *figure, size_t n, struct span *whole)
{
  size_t i;
  json_t *sentence;
  const json_int_t at = span_of(figure).begin, behind = span_of(figure).end;
  const json_int_t before = n > 0 ? span_of(json_array_get(d->item->figures, n - 1)).end : 0;
  json_array_foreach(d->item->sentences, i, sentence) {
    const json_t *span = json_object_get(sentence, "span");
    const json_int_t b = json_integer_value(json_array_get(span, 0)), e = json_integer_value(json_array_get(span, 1));
    if (at < b || at >= e || (uint64_t)e > d->item->text.n) continue;
    *whole = (struct span){(uint32_t)b, (uint32_t)e};
    json_int_t from = b > at - AROUND ? b : at - AROUND, to = e < behind + BEHIND ? e : behind + BEHIND;
    if (before > from && before <= at) from = before;
    return slice_sub(d->item->text, (size_t)from, (size_t)words_until(d, n, behind, to));
  }
  return (struct slice){NULL, 0};
}

/* The one country that the text names in this span; empty when it names none, or several. */
static struct slice only_country(const struct derive *d, struct span in)
{
  size_t i;
  json_t *place;
  struct slice one = {NULL, 0};
  json_array_foreach(d->item->places, i, place) {
    const json_int_t at = json_integer_value(json_array_get(json_object_get(place, "span"), 0));
    const struct slice country = item_string(place, "country");
    if (at < in.begin || at >= in.end || !country.n || slice_eq(country, one)) continue;
    if (one.n) return (struct slice){NULL, 0};
    one = country;
  }
  return one;
}

/* The place named right before the figure ("in *Homs* 7"), else the first one behind it, close by and before the next figure ("seven in *California*, two
 * in Texas"); empty when there is none. */
static struct slice place_beside(const struct derive *d, size_t n, struct span sentence)
{
  const json_t *own = json_array_get(d->item->figures, n), *next = json_array_get(d->item->figures, n + 1);
  const uint32_t from = span_of(own).end;
  uint32_t to = from + AROUND + AROUND / 2;
  size_t i;
  json_t *place;
  struct slice behind = {NULL, 0};
  if (sentence.end && to > sentence.end) to = sentence.end;
  if (next && span_of(next).begin < to) to = span_of(next).begin;
  json_array_foreach(d->item->places, i, place) {
    const struct span at = span_of(place);
    const struct slice use = item_string(place, "use");
    if (!slice_is(use, "literal") && !slice_is(use, "modifier")) continue;
    if (at.end + 1 == span_of(own).begin) return item_string(place, "name");
    if (!behind.n && at.begin >= from && at.begin < to) behind = item_string(place, "name");
  }
  return behind;
}

/* The one place, no country, that is named in what the number is of ("the toll in the city of *Van* rose"); empty when there is none, or several. */
static struct slice place_within(const struct derive *d, struct slice about, struct span sentence)
{
  size_t i;
  json_t *place;
  struct slice one = {NULL, 0};
  json_array_foreach(d->item->places, i, place) {
    const struct span at = span_of(place);
    const struct slice name = item_string(place, "name");
    if (at.begin < sentence.begin || at.end > sentence.end || slice_is(item_string(place, "kind"), "country")) continue;
    if (!slice_is(item_string(place, "use"), "literal") || slice_eq(name, one)) continue;
    if (slice_find(about, slice_sub(d->item->text, at.begin, at.end)) == SIZE_MAX) continue;
    if (one.n) return (struct slice){NULL, 0};
    one = name;
  }
  return one;
}

/* Does the sentence name a day? */
static bool names_day(const struct derive *d, struct span sentence)
{
  size_t i;
  json_t *date;
  int32_t day;
  json_array_foreach(d->item->dates, i, date) {
    const struct span at = span_of(date);
    const struct slice value = item_string(date, "value");
    if (at.begin >= sentence.begin && at.end <= sentence.end && value.n >= 10 && item_day(value, &day)) return true;
  }
  return false;
}

/* What the text says of a figure that stands in `sentence`: whether it lowers an earlier number, and whether another such event did it. */
static void read_marks(const struct derive *d, const json_t *figure, size_t n, struct span sentence, struct count *c)
{
  const uint32_t at = span_of(figure).begin, before = n > 0 ? span_of(json_array_get(d->item->figures, n - 1)).end : 0;
  const uint32_t from = before > sentence.begin && before <= at ? before : sentence.begin;
  if (from > at || sentence.end < at) return;
  const struct slice lead = slice_sub(d->item->text, from, at);
  c->lowered = running_total_marked(d->ledger->know.running_totals, lead, "lowered");
  c->less = slice_is(item_string(figure, "change"), "down");
  c->anew = running_total_marked(d->ledger->know.running_totals, lead, "another");
}

/* Whose dead, troops or cases they are: as told, else those to whom the event was done or by whom, the one country of the sentence, who speaks of them. */
static struct slice whose(const struct derive *d, const struct count *c, const json_t *event, const json_t *source, struct span sentence)
{
  if (c->countries.n) return c->countries;
  struct slice codes = parties_codes(d, json_object_get(event, slice_is(c->state, "deployed") ? "actor" : "recipient"));
  if (codes.n >= 3 && !slice_is(codes, "CVL")) return codes;
  codes = only_country(d, sentence);
  return codes.n ? codes : item_string(source, "country");
}

static struct count count_of(const struct derive *d, const json_t *figure, size_t n)
{
  const json_t *event = item_at(d->item->events, figure, "event"), *place = item_at(d->item->places, event, "place");
  const json_t *claim = item_at(d->item->claims, figure, "claim");
  const json_t *speaker = item_at(d->item->entities, json_object_get(claim, "source"), "entity");
  struct count c = {.n = (int64_t)n, .doc = d->seq, .bound = item_string(figure, "bound"), .unit = item_string(figure, "unit"),
                    .item = item_string(figure, "item"), .state = item_string(figure, "state"), .about = item_string(figure, "about"),
                    .sort = item_string(figure, "sort"), .countries = joined(d, json_object_get(figure, "countries")),
                    .place = item_string(place, "name"), .source = claim_source(d, claim), .date = item_string(figure, "as_of")};
  const int64_t told = item_int(figure, "event", -1);
  struct span sentence = {0, 0};
  const struct slice about = around(d, figure, n, &sentence);
  c.chain = event && told >= 0 ? d->chains[told] : 0;
  c.side = item_string(speaker, "code");
  if (!c.side.n) c.side = c.source;
  c.degree = running_total_degree(d->ledger->know.running_totals, c.about);
  if (!c.degree.n) c.degree = running_total_degree(d->ledger->know.running_totals, about);
  const struct slice where = place_beside(d, n, sentence);
  if (where.n) c.place = where;
  if (!c.place.n) c.place = place_within(d, c.about, sentence);
  read_marks(d, figure, n, sentence, &c);
  c.whose = whose(d, &c, event, speaker, sentence);
  c.spoken = !event && c.countries.n == 0 && slice_eq(c.whose, item_string(speaker, "country"));
  c.stem = item_stem(d->item, d->ledger->stemmer, c.item);
  c.total = running_total_told(d->ledger->know.running_totals, c.item);
  c.has_value = item_number(figure, "value", &c.value);
  c.has_low = item_number(figure, "low", &c.low);
  c.has_high = item_number(figure, "high", &c.high);
  c.part = item_int(figure, "part_of", -1) >= 0;
  c.running = slice_is(c.sort, "total") && (json_object_get(figure, "moves") || json_object_get(figure, "revises") ||
                                            running_total_told(d->ledger->know.running_totals, about) ||
                                            running_total_told(d->ledger->know.running_totals, c.state));
  c.running = c.running || (c.total && c.lowered && slice_is(c.sort, "total"));
  const struct slice day = item_string(json_object_get(event, "date"), "value");
  c.dated = event ? day.n >= 10 : names_day(d, sentence) && !(claim && slice_eq(c.date, d->item->published)); /* that may be the day of his word */
  const struct slice status = item_string(figure, "status");
  c.real = !status.n || slice_is(status, "actual");
  if (!c.date.n) c.date = d->item->published;
  c.has_day = item_day(c.date, &c.day);
  return c;
}

static struct count count_from(sqlite3_stmt *row)
{
  struct count c = {.key = sqlite3_column_int64(row, 0), .series = sqlite3_column_int64(row, 1), .value = sqlite3_column_double(row, 2),
                    .low = sqlite3_column_double(row, 3), .high = sqlite3_column_double(row, 4), .unit = sql_text(row, 5), .state = sql_text(row, 6),
                    .whose = sql_text(row, 7), .place = sql_text(row, 8), .side = sql_text(row, 9), .day = sqlite3_column_int(row, 10),
                    .doc = sqlite3_column_int64(row, 11), .chain = sqlite3_column_int64(row, 12), .stem = sql_text(row, 13),
                    .total = sqlite3_column_int(row, 14), .degree = sql_text(row, 15), .running = sqlite3_column_int(row, 16)};
  c.has_value = sqlite3_column_type(row, 2) != SQLITE_NULL;
  c.has_low = sqlite3_column_type(row, 3) != SQLITE_NULL;
  c.has_high = sqlite3_column_type(row, 4) != SQLITE_NULL;
  c.has_day = sqlite3_column_type(row, 10) != SQLITE_NULL;
  return c;
}

/* Figures of a story that are compared with each other are one list in memory: running totals or not, parts or not, what is or not, of one sort. */
static uint64_t group_of(const struct count *c, bool running)
{
  return slice_hash(c->sort) << 3 | (uint64_t)running << 2 | (uint64_t)c->part << 1 | (uint64_t)c->real;
}

static bool keep_count(struct ledger *ledger, struct recent_list *list, const struct count *c, bool older)
{
  static const size_t at[] = {offsetof(struct count, unit), offsetof(struct count, state), offsetof(struct count, place), offsetof(struct count, side),
                              offsetof(struct count, whose), offsetof(struct count, stem), offsetof(struct count, degree)};
  struct count own = *c;
  own.bound = own.item = own.about = own.sort = own.countries = own.source = own.date = (struct slice){NULL, 0}; /* nothing asks for them */
  return recent_keep(ledger->recent, list, &own, sizeof own, at, sizeof at / sizeof *at, FIGURES, older);
}

/* The story's earlier figures of c's group, as they are remembered, else out of the table; NULL with the error set. */
static struct recent_list *figures_of(const struct derive *d, int64_t story, const struct count *c, bool running)
{
  const uint64_t group = group_of(c, running);
  struct recent_list *list = recent_find(d->ledger->recent, RECENT_FIGURES, story, group);
  if (list) return list;
  list = recent_make(&d->ledger->recent, RECENT_FIGURES, story, group);
  sqlite3_stmt *near = list ? sql_use(d->ledger, SQL_FIGURE_NEAR, d->error) : NULL;
  if (near) {
    sqlite3_bind_int64(near, 1, story);
    sqlite3_bind_int(near, 2, FIGURES);
    sqlite3_bind_int(near, 3, running);
    sqlite3_bind_int(near, 4, c->part);
    sql_bind(near, 5, c->sort);
    sqlite3_bind_int(near, 6, c->real);
    sqlite3_bind_int64(near, 7, c->key);
    while (list && sql_row(d->ledger, near, d->error)) {
      const struct count one = count_from(near);
      if (!keep_count(d->ledger, list, &one, true)) list = NULL;
    }
    sqlite3_reset(near);
  }
  if (!list) error_set(d->error, ST_REFUSED, "not enough memory for the figures of its story: free some");
  if (d->error->code == ST_OK) return list;
  if (list) recent_drop(d->ledger->recent, list);
  return NULL;
}

/* Earlier figures of the story and of the one beside it, the newest first, FIGURES at most. */
struct earlier {
  const struct recent_list *own, *beside; /* NULL: none */
  size_t at_own, at_beside;
};

static bool earlier_open(const struct derive *d, const struct count *c, bool running, struct earlier *to)
{
  *to = (struct earlier){0};
  to->own = figures_of(d, d->story, c, running);
  if (to->own && d->beside && d->beside != d->story) {
    to->beside = figures_of(d, d->beside, c, running);
    if (!to->beside) return false;
  }
  return to->own;
}

static const struct count *earlier_next(struct earlier *e)
{
  const bool own = e->at_own < recent_count(e->own), beside = e->at_beside < recent_count(e->beside);
  const struct count *a = own ? recent_row(e->own, e->at_own) : NULL, *b = beside ? recent_row(e->beside, e->at_beside) : NULL;
  if (e->at_own + e->at_beside == FIGURES || (!a && !b)) return NULL;
  if (!b || (a && a->key > b->key)) {
    e->at_own++;
    return a;
  }
  e->at_beside++;
  return b;
}

static bool differ(struct slice a, struct slice b) { return a.n && b.n && !slice_eq(a, b); }

static double amount(const struct count *c) { return c->has_value ? c->value : c->has_low ? c->low : c->has_high ? c->high : 0; }

/* What speaks for two figures counting one thing; below 0: they do not. */
static int likeness(const struct count *a, const struct count *b)
{
  if (differ(a->unit, b->unit) || differ(a->state, b->state) || differ(a->degree, b->degree)) return -1;
  if (a->whose.n && b->whose.n && !codes_meet(a->whose, b->whose)) return -1;
  int points = a->state.n && b->state.n ? SAME_STATE : 0;
  if (a->whose.n && b->whose.n) points += SAME_WHOSE;
  if (a->stem.n && b->stem.n && !a->total && !b->total) points += slice_eq(a->stem, b->stem) ? SAME_ITEM : OTHER_ITEM;
  if (a->place.n && b->place.n) points += slice_eq(a->place, b->place) ? SAME_PLACE : OTHER_PLACE;
  return points;
}

static bool same_number(const struct count *a, const struct count *b)
{
  return a->has_value == b->has_value && a->has_low == b->has_low && a->has_high == b->has_high && (!a->has_value || a->value == b->value) &&
         (!a->has_low || a->low == b->low) && (!a->has_high || a->high == b->high);
}

/* Can both be true at the same time? */
static bool exclude(const struct count *a, const struct count *b)
{
  const double least = a->has_value ? a->value : a->has_low ? a->low : 0, most = a->has_value ? a->value : a->has_high ? a->high : 1e300;
  const double from = b->has_value ? b->value : b->has_low ? b->low : 0, to = b->has_value ? b->value : b->has_high ? b->high : 1e300;
  return least > to || from > most;
}

/* A number that is told again: of two digits and more that are not noughts, as 52 or 1,250, two counts rarely have it by chance; round ones do. */
static bool told_again(const struct count *a, const struct count *b)
{
  if (!same_number(a, b) || a->doc == b->doc) return false;
  double n = amount(a);
  while (n >= 10 && fmod(n, 10) == 0) n /= 10;
  return n > 10;
}

static bool near_in_time(const struct count *a, const struct count *b, int32_t days)
{
  return a->has_day && b->has_day && a->day - b->day <= days && b->day - a->day <= days;
}

/* Is it of those within a country who stand against its state? */
static bool opposes(struct slice code)
{
  static const enum sector against[] = {SECTOR_OPP, SECTOR_REB, SECTOR_UAF};
  for (size_t at = 3; at + 3 <= code.n; at += 3)
    for (size_t i = 0; i < sizeof against / sizeof *against; i++)
      if (slice_is(slice_sub(code, at, at + 3), sector_name(against[i]))) return true;
  return false;
}

/* What one event did is told again within days, by others with other numbers, by the same with the same. */
static bool same_side(const struct count *a, const struct count *b)
{
  return slice_eq(a->side, b->side) || !a->side.n || !b->side.n || (codes_meet(a->side, b->side) && opposes(a->side) == opposes(b->side));
}

/* Numbers of what one event did: told to the same by the same number, or otherwise by another side, or one that is not round told again; two days may
 * bring the same number of new ones. */
static bool same_deed(const struct count *a, const struct count *b)
{
  const bool again = told_again(a, b) && (!slice_is(a->sort, "increment") || near_in_time(a, b, 0));
  const bool one_act = a->chain && a->chain == b->chain && slice_eq(a->stem, b->stem) && near_in_time(a, b, NEAR_DAYS);
  return (again || (one_act && (same_number(a, b) || !same_side(a, b)))) && likeness(a, b) >= 0;
}

/* Is what a tells, of what an event did, that event's count of b told later: as great or greater?  A day that the text names is the event's own. */
static bool deed_goes_on(const struct count *a, const struct count *b)
{
  const int points = likeness(a, b);
  if (a->doc == b->doc || a->anew || !slice_is(a->sort, "total") || !a->state.n || !b->state.n || !near_in_time(a, b, FIRST_DAYS)) return false;
  if (a->dated && a->day != b->day) return false;
  const bool one_act = a->chain && a->chain == b->chain && points >= 0;
  if (!one_act && (a->chain || (b->chain && !b->running) || points < SAME_STATE + SAME_ITEM)) return false;
  if (!same_side(a, b)) return true;
  return amount(a) >= amount(b) && amount(a) <= most_times * amount(b) + small_more;
}

/* May a running total go on from one of so many? */
static bool in_step(const struct count *a, const struct count *b)
{
  if (a->lowered && amount(a) < amount(b)) return true;
  const bool unsure = slice_is(a->degree, "suspected") && slice_eq(a->degree, b->degree);
  const double new = amount(a), old = amount(b), least = unsure ? least_suspected : least_share;
  return new >= (same_side(a, b) ? least : least / 2) * old && new <= most_times * old + small_more;
}

/* b is earlier; they are running totals both or neither, or a goes on from b. */
static bool same_thing(const struct count *a, const struct count *b)
{
  if (!a->running) return same_deed(a, b);
  const int points = likeness(a, b);
  if (points < NEEDED) return false;
  if (!b->running) {
    const bool told_so = a->total && a->place.n && slice_eq(a->place, b->place); /* the toll of the place: however far it rose */
    return a->doc != b->doc && near_in_time(a, b, FIRST_DAYS) && amount(a) > amount(b) && (told_so || amount(a) <= most_times * amount(b));
  }
  if (a->doc == b->doc && same_side(a, b) && !same_number(a, b)) return false; /* one text, one side, one number */
  return in_step(a, b);
}

struct place_in_series {
  int64_t series, revises;
  int64_t conflicts[4];
  uint32_t n_conflicts;
};

/* Series that were met, the newest figure of each being the one that speaks for it; where another side tells that, an older one may. */
enum { SEEN_SLOTS = 1024 }; /* more than twice FIGURES, a power of two */
struct seen {
  int64_t at[SEEN_SLOTS];
  uint32_t search[SEEN_SLOTS]; /* in which search it was put there: another one's place is free */
  bool other[SEEN_SLOTS];      /* what was met of it last is told by another side */
  uint32_t now, n;
};

static void seen_begin(struct seen *seen)
{
  seen->now++;
  seen->n = 0;
}

/* Does `b` speak for its series when c asks? */
static bool newest_of(struct seen *seen, const struct count *c, const struct count *b)
{
  size_t i = (uint64_t)b->series * 0x9e3779b97f4a7c15u >> 54;
  while (seen->search[i] == seen->now && seen->at[i] != b->series) i = (i + 1) % SEEN_SLOTS;
  const bool met = seen->search[i] == seen->now;
  if (met && !seen->other[i]) return false;
  seen->at[i] = b->series;
  seen->search[i] = seen->now;
  seen->other[i] = b->side.n && !(c->side.n && same_side(c, b));
  if (!met) seen->n++;
  return true;
}

/* The series of the newest figure that counts the same; of a text that tells several running totals, of the greatest: the whole goes on, and its parts
 * are told beside it.  0: none. */
static enum status choose_series(const struct derive *d, const struct count *c, struct seen *seen, int64_t *series)
{
  const struct count *best = NULL;
  struct earlier earlier;
  *series = 0;
  seen_begin(seen);
  if (!earlier_open(d, c, c->running, &earlier)) return d->error->code;
  for (const struct count *b; (b = earlier_next(&earlier)) != NULL && (!best || b->doc == best->doc);) {
    if (!newest_of(seen, c, b) || !same_thing(c, b)) continue;
    if (!best || (c->running && amount(b) > amount(best))) best = b;
  }
  if (best) *series = best->series;
  return ST_OK;
}

/* Its series, what it revises there and what contradicts it. */
static enum status find_series(const struct derive *d, const struct count *c, struct seen *seen, struct place_in_series *to)
{
  bool settled = false;
  *to = (struct place_in_series){0};
  struct earlier earlier;
  enum status status = choose_series(d, c, seen, &to->series);
  if (status != ST_OK || !to->series) return status;
  if (!earlier_open(d, c, c->running, &earlier)) return d->error->code;
  for (const struct count *b; (b = earlier_next(&earlier)) != NULL;) {
    if (b->series != to->series) continue;
    const bool same = c->lowered || same_side(c, b);
    if (same && !settled && b->doc != c->doc && (c->running ? same_thing(c, b) : deed_goes_on(c, b))) {
      settled = true; /* a number said again revises nothing */
      if (!same_number(c, b)) to->revises = b->key;
    }
    if (!same && to->n_conflicts < 4 && near_in_time(c, b, NEAR_DAYS) && exclude(c, b)) to->conflicts[to->n_conflicts++] = b->key;
  }
  return ST_OK;
}

/* Where the number that the text sets another against was told. */
static enum status find_told(const struct derive *d, const struct count *c, struct place_in_series *to)
{
  *to = (struct place_in_series){0};
  sqlite3_stmt *get = sql_use(d->ledger, SQL_FIGURE_SAME, d->error);
  if (!get) return d->error->code;
  sqlite3_bind_int64(get, 1, d->story);
  sqlite3_bind_int64(get, 2, d->seq);
  sqlite3_bind_int(get, 3, c->part);
  sqlite3_bind_int(get, 4, c->real);
  sqlite3_bind_double(get, 5, amount(c));
  sql_bind(get, 6, c->unit);
  sqlite3_bind_int64(get, 7, d->beside);
  sql_bind(get, 8, c->state);
  if (sql_row(d->ledger, get, d->error)) to->series = sqlite3_column_int64(get, 0);
  sqlite3_reset(get);
  return d->error->code;
}

/* The one event of the story that a running total may go on from. */
static enum status find_first(const struct derive *d, const struct count *c, struct seen *seen, struct place_in_series *to)
{
  seen_begin(seen);
  struct earlier earlier;
  if (!earlier_open(d, c, false, &earlier)) return d->error->code;
  for (const struct count *b; (b = earlier_next(&earlier)) != NULL;) {
    if (likeness(c, b) < 0 || !newest_of(seen, c, b)) continue;
    *to = (struct place_in_series){0};
    if (seen->n > 1 || !same_thing(c, b)) break;
    *to = (struct place_in_series){.series = b->series, .revises = b->key};
  }
  return ST_OK;
}

/* The one count of the story, running or not, from which the count of what one event did goes on. */
static enum status find_onward(const struct derive *d, const struct count *c, struct place_in_series *to)
{
  const struct count *newest = NULL, *own = NULL;
  struct place_in_series in = {0};
  for (int running = 0; running < 2; running++) {
    struct earlier earlier;
    if (!earlier_open(d, c, running, &earlier)) return d->error->code;
    for (const struct count *b; (b = earlier_next(&earlier)) != NULL;) {
      if (b->doc == c->doc || likeness(c, b) < 0) continue;
      if (newest && b->series != newest->series) return ST_OK;
      if (!newest || b->key > newest->key) newest = b;
      if (same_side(c, b) && (!own || b->key > own->key)) own = b;
      if (!same_side(c, b) && in.n_conflicts < 4 && near_in_time(c, b, NEAR_DAYS) && exclude(c, b)) in.conflicts[in.n_conflicts++] = b->key;
    }
  }
  if (!newest || !deed_goes_on(c, newest)) return ST_OK;
  in.series = newest->series;
  if (own && !same_number(c, own) && deed_goes_on(c, own)) in.revises = own->key;
  *to = in;
  return ST_OK;
}

/* A figure of the document and where it went. */
struct added {
  struct count count;
  int64_t key, series; /* key 0: not yet */
  bool older, revises; /* another one revises it; it revises another one */
};

/* May the number that the text sets against an older one be of one series with it?  "Ten were killed, raising the toll to 80" tells no older number. */
static bool goes_on(const struct count *c, const struct added *older)
{
  const struct count *b = &older->count;
  const bool sure = c->lowered || c->less || (older->series != older->key && amount(b) > small_more); /* lowered, or told before; many counts are small */
  return likeness(c, b) >= 0 && !same_number(c, b) && (sure || (amount(c) >= amount(b) / most_times && amount(c) <= amount(b) * most_times));
}

static enum status find_place(const struct derive *d, const struct count *c, const struct added *self, const struct added *older, struct seen *seen,
                              struct place_in_series *to)
{
  enum status status = ST_OK;
  *to = (struct place_in_series){0};
  if (self->older) status = find_told(d, c, to);
  if (status == ST_OK && older && goes_on(c, older)) *to = (struct place_in_series){.series = older->series, .revises = older->key};
  if (status == ST_OK && !to->series) status = find_series(d, c, seen, to);
  if (status == ST_OK && !to->series) status = c->running ? find_first(d, c, seen, to) : find_onward(d, c, to);
  if (c->copy) to->revises = 0;
  return status;
}

static void bind_number(sqlite3_stmt *to, int at, bool has, double value)
{
  if (has) sqlite3_bind_double(to, at, value);
}

static enum status add_conflicts(const struct derive *d, int64_t key, const struct place_in_series *in)
{
  enum status status = ST_OK;
  for (uint32_t i = 0; i < in->n_conflicts && status == ST_OK; i++) {
    sqlite3_stmt *conflict = sql_use(d->ledger, SQL_CONFLICT_ADD, d->error);
    if (!conflict) return d->error->code;
    sqlite3_bind_int64(conflict, 1, key);
    sqlite3_bind_int64(conflict, 2, in->conflicts[i]);
    status = sql_done(d->ledger, conflict, d->error);
  }
  return status;
}

static enum status add_figure(const struct derive *d, const json_t *figure, size_t n, struct seen *seen, struct added *self, const struct added *older)
{
  struct place_in_series in;
  enum status status = find_place(d, &self->count, self, older, seen, &in);
  sqlite3_stmt *add = status == ST_OK ? sql_use(d->ledger, SQL_FIGURE_ADD, d->error) : NULL;
  if (!add) return d->error->code;
  struct count c = self->count;
  c.series = in.series ? in.series : c.key;
  self->key = c.key;
  self->series = c.series;
  sqlite3_bind_int64(add, 1, d->seq);
  sqlite3_bind_int64(add, 2, (int64_t)n);
  sqlite3_bind_int64(add, 3, d->story);
  sqlite3_bind_int64(add, 4, c.series);
  bind_number(add, 5, c.has_value, c.value);
  bind_number(add, 6, c.has_low, c.low);
  bind_number(add, 7, c.has_high, c.high);
  const struct slice texts[] = {c.bound, c.unit, c.item, c.state, c.about, c.sort, c.countries, c.place, c.source, c.side, c.whose, c.stem, c.date};
  for (int i = 0; i < (int)(sizeof texts / sizeof *texts); i++) sql_bind(add, 8 + i, texts[i]);
  if (c.has_day) sqlite3_bind_int(add, 21, c.day);
  if (in.revises) sqlite3_bind_int64(add, 22, in.revises);
  sqlite3_bind_int(add, 23, c.part);
  sqlite3_bind_int(add, 24, c.running);
  if (c.chain) sqlite3_bind_int64(add, 25, c.chain);
  bind_span(add, 26, json_object_get(figure, "span"));
  sqlite3_bind_int(add, 28, c.total);
  sqlite3_bind_int(add, 29, c.real);
  sql_bind(add, 30, c.degree);
  sqlite3_bind_int64(add, 31, c.key);
  status = sql_done(d->ledger, add, d->error);
  struct recent_list *list = recent_find(d->ledger->recent, RECENT_FIGURES, d->story, group_of(&c, c.running));
  if (status == ST_OK && list) (void)keep_count(d->ledger, list, &c, false); /* without memory the list is gone, and made again when it is needed */
  return status == ST_OK ? add_conflicts(d, c.key, &in) : status;
}

/* The figure that this one revises by its text; SIZE_MAX: none. */
static size_t older_of(const struct derive *d, const json_t *figure, size_t self)
{
  const int64_t older = item_int(figure, "revises", -1);
  return older < 0 || (size_t)older >= json_array_size(d->item->figures) || (size_t)older == self ? SIZE_MAX : (size_t)older;
}

/* Which figure looks for its series first: what others revise, what revises them, the rest, which may go on from those; of running totals the
 * greater, since of the numbers of a text that might go on an earlier one the whole does, and not its parts. */
static int turn_of(const struct added *a) { return a->older ? 0 : a->revises ? 1 : 2; }

static int by_turn(const void *a, const void *b)
{
  const struct added *x = *(const struct added *const *)a, *y = *(const struct added *const *)b;
  if (turn_of(x) != turn_of(y)) return turn_of(x) < turn_of(y) ? -1 : 1;
  if (x->count.running != y->count.running) return x->count.running ? -1 : 1;
  if (x->count.running && amount(&x->count) != amount(&y->count)) return amount(&x->count) > amount(&y->count) ? -1 : 1;
  return x->count.n < y->count.n ? -1 : x->count.n > y->count.n;
}

/* Is the document a near-copy of another?  A copy tells nothing new. */
static bool is_copy(const struct derive *d)
{
  sqlite3_stmt *get = sql_use(d->ledger, SQL_DOCUMENT_COPY, d->error);
  if (!get) return false;
  sqlite3_bind_int64(get, 1, d->seq);
  const bool copy = sql_row(d->ledger, get, d->error);
  sqlite3_reset(get);
  return copy;
}

enum status derive_figures(const struct derive *d)
{
  size_t i;
  json_t *figure;
  const json_t *figures = d->item->figures;
  const size_t n = json_array_size(figures);
  struct added *added = arena_array(&d->item->arena, struct added, n + 1), **turn = arena_array(&d->item->arena, struct added *, n + 1);
  struct seen *seen = n ? arena_new(&d->item->arena, struct seen) : NULL;
  if (!added || !turn || (n && !seen)) return error_set(d->error, ST_REFUSED, "not enough memory for its figures: free some");
  const bool copy = n && is_copy(d);
  json_array_foreach(figures, i, figure) {
    const size_t older = older_of(d, figure, i);
    added[i].count = count_of(d, figure, i);
    added[i].count.copy = copy;
    added[i].revises = older != SIZE_MAX;
    turn[i] = &added[i];
    if (older != SIZE_MAX) added[older].older = true;
  }
  for (i = 0; i < n; i++) added[i].count.running = added[i].count.running || added[i].older;
  json_array_foreach(figures, i, figure) { /* an older number with a day of its own, but no party, is not whose who tells it is */
    const size_t older = older_of(d, figure, i);
    if (older == SIZE_MAX || !added[older].count.spoken || slice_eq(added[older].count.date, added[i].count.date)) continue;
    added[older].count.whose = (struct slice){0};
  }
  if (n) qsort(turn, n, sizeof *turn, by_turn);
  enum status status = ST_OK;
  for (i = 0; i < n && status == ST_OK; i++) {
    const size_t at = (size_t)turn[i]->count.n, older = older_of(d, json_array_get(figures, at), at);
    if (json_is_null(json_array_get(figures, at))) continue;
    turn[i]->count.key = d->keys[KEYS_FIGURES] + (int64_t)i + 1;
    status = add_figure(d, json_array_get(figures, at), at, seen, turn[i], older == SIZE_MAX || !added[older].key ? NULL : &added[older]);
  }
  return status;
}

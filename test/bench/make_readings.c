/* make_readings.c: readings of made-up news, one JSON object a line as `tocsin read --json --with-text` writes them, for measuring the ledger.
 *
 *     make_readings DATA [N [SEED [DOCUMENTS_A_STORY]]]     (DATA: the folder data/; 100000 1 40)
 *
 * The same arguments give the same bytes on every machine.  Texts are made of word stems, given names and cities of data/ and of the tables below;
 * a story has words, people, bodies, cities and a death toll of its own, and its documents come in order of their days among those of all others.
 * One document in COPIES is the one before it in its story with a line more and another publisher.  How long texts are, how much of what is told
 * in them, how large stories are and how their documents lie in time follows the spreads in make_readings.h, which were measured. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/json_out.h"
#include "base/sha256.h"
#include "make_readings.h"
#include "read/calendar_math.h"
#include <stdio.h>
#include <stdlib.h>

enum { COPIES = 25, CAST = 48, PERSONS = 18, BODIES = 11, GROUPS = 11, TOPIC = 40, CITIES = 5, PUBLISHERS = 60, ENTITIES_MOST = 512, DAYS = 5 * 365 };
enum { FIRST_DAY = 16436 }; /* 2015-01-01, in days since 1970-01-01 */

/* ---- numbers of no rule (splitmix64: Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014) ---- */

struct dice { uint64_t state; };

static uint64_t throw_dice(struct dice *dice)
{
  uint64_t z = dice->state += 0x9e3779b97f4a7c15u;
  z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
  z = (z ^ z >> 27) * 0x94d049bb133111ebu;
  return z ^ z >> 31;
}

static struct dice dice_of(uint64_t seed, uint64_t a, uint64_t b)
{
  struct dice dice = {seed * 0x9e3779b97f4a7c15u ^ a << 32 ^ b};
  dice.state = throw_dice(&dice);
  return dice;
}

static uint32_t below(struct dice *dice, size_t n) { return (uint32_t)(throw_dice(dice) % (n ? n : 1)); }
static double part(struct dice *dice) { return (double)(throw_dice(dice) >> 11) / 9007199254740992.0; }
static bool chance(struct dice *dice, double p) { return part(dice) < p; }

/* The first ones often, the last ones seldom. */
static uint32_t uneven(struct dice *dice, size_t n)
{
  const double u = part(dice);
  return (uint32_t)(u * u * (double)n);
}

/* From a table of every twentieth; the last twentieth thins out. */
static double spread(struct dice *dice, const double *table)
{
  const double u = part(dice) * (SPREAD - 1);
  const uint32_t i = (uint32_t)u;
  double rest = u - i;
  if (i == SPREAD - 2) rest = rest * rest * rest * rest;
  return table[i] + (table[i + 1] - table[i]) * rest;
}

/* ---- what texts are made of ---- */

struct city { struct slice name, country; double lat, lon; };

struct stuff {
  struct arena arena;
  struct slice *words;  /* stems, the rarer first */
  uint32_t *sums;       /* sums of how often each is said */
  uint32_t n_words, n_rare;
  struct slice *given;
  uint32_t n_given;
  struct city *cities;
  uint32_t n_cities;
};

static struct slice whole_file(struct stuff *stuff, const char *folder, const char *name)
{
  char path[4096];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  FILE *file = fopen(path, "rb");
  size_t n = 0, room = 1 << 20;
  char *bytes = arena_alloc(&stuff->arena, room);
  for (size_t got = 1; file && bytes && got; n += got) {
    if (n == room) {
      bytes = arena_grow(&stuff->arena, bytes, room, room * 2);
      room *= 2;
    }
    got = bytes ? fread(bytes + n, 1, room - n, file) : 0;
  }
  if (!file || !bytes || ferror(file)) {
    fprintf(stderr, "make_readings: %s: cannot be read\n", path);
    exit(1);
  }
  fclose(file);
  return (struct slice){bytes, n};
}

static bool lower_letters(struct slice s)
{
  for (size_t i = 0; i < s.n; i++)
    if (s.at[i] < 'a' || s.at[i] > 'z') return false;
  return s.n >= 3;
}

/* The n-th column of a line; empty when there is none. */
static struct slice column(struct slice line, unsigned n)
{
  struct slice field = slice_cut(&line, '\t');
  while (n-- > 0) field = slice_cut(&line, '\t');
  return field;
}

static uint32_t count_of(struct slice s)
{
  int64_t n = 0;
  return slice_to_i64(s, &n) ? (uint32_t)n : 0;
}

static void *need(void *p)
{
  if (p) return p;
  fprintf(stderr, "make_readings: not enough memory\n");
  exit(1);
}

static void load_words(struct stuff *stuff, struct slice table)
{
  enum { RARE = 60, OFTEN = 3000 };
  stuff->words = need(arena_array(&stuff->arena, struct slice, table.n / 4));
  stuff->sums = need(arena_array(&stuff->arena, uint32_t, table.n / 4));
  uint32_t sum = 0;
  for (int pass = 0; pass < 2; pass++)
    for (struct slice rest = table; rest.n > 0;) {
      struct slice line = slice_cut(&rest, '\n');
      const struct slice word = column(line, 0);
      const uint32_t in = count_of(column(line, 1));
      if (!lower_letters(word) || in == 0 || in > OFTEN || (in <= RARE) != (pass == 0)) continue;
      sum += in + in * in / OFTEN * 4; /* what stands in many texts is said more than once in each */
      stuff->words[stuff->n_words] = word;
      stuff->sums[stuff->n_words++] = sum;
      if (pass == 0) stuff->n_rare = stuff->n_words;
    }
}

static void load(struct stuff *stuff, const char *folder)
{
  enum { TOWN = 100000 };
  *stuff = (struct stuff){0};
  arena_init(&stuff->arena, ARENA_NO_CEILING);
  load_words(stuff, whole_file(stuff, folder, "en/word_documents.tsv"));
  struct slice given = whole_file(stuff, folder, "en/given_names.tsv"), cities = whole_file(stuff, folder, "cities.tsv");
  stuff->given = need(arena_array(&stuff->arena, struct slice, given.n / 4));
  stuff->cities = need(arena_array(&stuff->arena, struct city, cities.n / 8));
  while (given.n) {
    struct slice line = slice_cut(&given, '\n');
    if (line.n && line.at[0] != '#') stuff->given[stuff->n_given++] = column(line, 0);
  }
  while (cities.n) {
    struct slice line = slice_cut(&cities, '\n');
    if (!line.n || line.at[0] == '#' || count_of(column(line, 6)) < TOWN) continue;
    char lat[32], lon[32];
    snprintf(lat, sizeof lat, "%.*s", SLICE_ARG(column(line, 4)));
    snprintf(lon, sizeof lon, "%.*s", SLICE_ARG(column(line, 5)));
    stuff->cities[stuff->n_cities++] = (struct city){column(line, 1), column(line, 2), strtod(lat, NULL), strtod(lon, NULL)};
  }
  if (!stuff->n_rare || !stuff->n_given || !stuff->n_cities) exit(1);
}

static struct slice any_word(const struct stuff *stuff, struct dice *dice)
{
  const uint32_t at = below(dice, stuff->sums[stuff->n_words - 1]);
  uint32_t low = 0, high = stuff->n_words - 1;
  while (low < high) {
    const uint32_t middle = low + (high - low) / 2;
    if (stuff->sums[middle] > at) high = middle;
    else low = middle + 1;
  }
  return stuff->words[low];
}

/* ---- stories ---- */

struct figure_of_play { struct slice name; const char *kind; char code[8]; };

struct story {
  struct slice topic[TOPIC];
  struct figure_of_play cast[CAST];
  const struct city *cities[CITIES];
  uint32_t toll; /* of the first day */
};

static struct slice join(struct arena *arena, struct slice a, const char *between, struct slice b)
{
  const size_t n = strlen(between);
  char *to = need(arena_alloc(arena, a.n + n + b.n));
  if (a.n) memcpy(to, a.at, a.n);
  memcpy(to + a.n, between, n);
  if (b.n) memcpy(to + a.n + n, b.at, b.n);
  return (struct slice){to, a.n + n + b.n};
}

static struct slice surname(struct arena *arena, struct dice *dice)
{
  char name[16];
  size_t n = 0;
  for (uint32_t more = 2 + below(dice, 2); more > 0; more--) {
    const char *syllable = syllables[below(dice, sizeof syllables / sizeof *syllables)];
    memcpy(name + n, syllable, strlen(syllable));
    n += strlen(syllable);
  }
  name[0] = (char)(name[0] - 'a' + 'A');
  return slice_copy(arena, (struct slice){name, n});
}

static struct figure_of_play person(const struct stuff *stuff, struct arena *arena, struct dice *dice, struct slice country)
{
  struct figure_of_play p = {.name = join(arena, stuff->given[below(dice, stuff->n_given)], " ", surname(arena, dice)), .kind = "person"};
  if (chance(dice, 0.5)) snprintf(p.code, sizeof p.code, "%.3s%s", country.at, roles[below(dice, sizeof roles / sizeof *roles)]);
  return p;
}

static void make_story(struct story *story, const struct stuff *stuff, struct arena *arena, uint64_t seed, uint32_t number)
{
  struct dice dice = dice_of(seed, 1, number);
  *story = (struct story){.toll = 3 + below(&dice, 40)};
  for (int i = 0; i < TOPIC; i++) story->topic[i] = stuff->words[below(&dice, stuff->n_rare)];
  for (int i = 0; i < CITIES; i++) story->cities[i] = &stuff->cities[below(&dice, stuff->n_cities)];
  for (int i = 0; i < CAST; i++) {
    struct figure_of_play *c = &story->cast[i];
    const struct city *city = story->cities[uneven(&dice, CITIES)];
    if (i < PERSONS) *c = person(stuff, arena, &dice, city->country);
    else if (i < PERSONS + BODIES) {
      c->name = join(arena, surname(arena, &dice), " ", slice_of(bodies[below(&dice, sizeof bodies / sizeof *bodies)]));
      c->kind = "organization";
      snprintf(c->code, sizeof c->code, "%.3s%s", city->country.at, roles[below(&dice, sizeof roles / sizeof *roles)]);
    } else if (i < PERSONS + BODIES + GROUPS) {
      c->name = join(arena, story->topic[below(&dice, TOPIC)], " ", slice_of(groups[below(&dice, sizeof groups / sizeof *groups)]));
      c->kind = "group";
      if (chance(&dice, 0.4)) snprintf(c->code, sizeof c->code, "%.3sCVL", city->country.at);
    } else if (i < CAST - 3) {
      c->name = surname(arena, &dice);
      c->kind = i % 3 ? "place" : "other";
    } else {
      const struct country *of = &countries[below(&dice, sizeof countries / sizeof *countries)];
      c->name = slice_of(of->name);
      c->kind = "country";
      snprintf(c->code, sizeof c->code, "%s", of->code);
    }
  }
}

/* ---- a document ---- */

struct entity { const struct figure_of_play *who; struct buf mentions; };

struct list { struct buf buf; struct json_out j; uint32_t n; };

struct writing {
  const struct stuff *stuff;
  const struct story *story;
  struct dice dice;
  struct arena *arena;
  struct buf text;
  struct entity entities[ENTITIES_MOST];
  uint32_t n_entities;
  int32_t of_cast[CAST];
  struct list sentences, places, dates, figures, claims, events, positions;
  int32_t day, of_story; /* of publication; documents of the story before this one */
  double rate[KINDS];
};

/* What of a sentence its records need. */
struct told {
  size_t begin;
  struct span source, cue, content, subject, object, trigger;
  int32_t from, actor, recipient, place, date, claim, event;
  const struct act *act;
  struct buf figures;
};

static struct json_out *record(struct list *list)
{
  if (list->n) buf_char(&list->buf, ',');
  json_init(&list->j, &list->buf);
  json_begin(&list->j, '{');
  json_kint(&list->j, "id", (int64_t)list->n++);
  return &list->j;
}

static struct span put(struct writing *w, struct slice s)
{
  const uint32_t b = (uint32_t)w->text.n;
  buf_slice(&w->text, s);
  return (struct span){b, (uint32_t)w->text.n};
}

static struct slice in_text(const struct writing *w, struct span s) { return (struct slice){w->text.at + s.begin, s.end - s.begin}; }

/* Names someone of the story, or someone new; *span where. */
static int32_t mention(struct writing *w, struct span *span)
{
  int32_t at = -1;
  const uint32_t c = uneven(&w->dice, CAST);
  if (!chance(&w->dice, 0.09)) at = w->of_cast[c];
  if (at < 0 && w->n_entities == ENTITIES_MOST) at = (int32_t)below(&w->dice, w->n_entities);
  if (at < 0) {
    at = (int32_t)w->n_entities++;
    struct entity *e = &w->entities[at];
    struct figure_of_play *fresh = NULL;
    if (w->of_cast[c] >= 0) {
      fresh = need(arena_new(w->arena, struct figure_of_play));
      *fresh = person(w->stuff, w->arena, &w->dice, w->story->cities[0]->country);
    } else w->of_cast[c] = at;
    e->who = fresh ? fresh : &w->story->cast[c];
    buf_init(&e->mentions, 1 << 20);
    *span = put(w, e->who->name);
  } else { /* persons by their last name */
    struct slice name = w->entities[at].who->name;
    if (w->entities[at].who->kind[1] == 'e') slice_cut(&name, ' ');
    *span = put(w, name);
  }
  struct buf *mentions = &w->entities[at].mentions;
  if (mentions->n) buf_char(mentions, ',');
  buf_printf(mentions, "[%u,%u]", span->begin, span->end);
  return at;
}

static void some_words(struct writing *w, uint32_t n)
{
  for (; n > 0; n--) {
    buf_char(&w->text, ' ');
    const double u = part(&w->dice);
    if (u < 0.45) buf_text(&w->text, particles[uneven(&w->dice, sizeof particles / sizeof *particles)]);
    else buf_slice(&w->text, u < 0.56 ? w->story->topic[uneven(&w->dice, TOPIC)] : any_word(w->stuff, &w->dice));
  }
}

static int32_t put_place(struct writing *w)
{
  const struct city *city = w->story->cities[uneven(&w->dice, CITIES)];
  struct json_out *j = record(&w->places);
  buf_text(&w->text, " in ");
  const struct span span = put(w, city->name);
  json_kstr(j, "text", city->name);
  json_kspan(j, "span", span);
  json_kstr(j, "name", city->name);
  json_kstr(j, "kind", SLICE("city"));
  json_kstr(j, "country", city->country);
  json_knum(j, "lat", city->lat);
  json_knum(j, "lon", city->lon);
  json_kstr(j, "use", SLICE("literal"));
  json_end(j, '}');
  return (int32_t)w->places.n - 1;
}

static void iso_day(int32_t number, char to[16])
{
  struct day day = {0};
  (void)day_of_number(number, &day); /* a few thousand days from 2015 on */
  snprintf(to, 16, "%04u-%02u-%02u", (unsigned)day.year % 10000, (unsigned)day.month % 100, (unsigned)day.day % 100);
}

static int32_t put_date(struct writing *w)
{
  char value[16];
  const int32_t day = w->day - (int32_t)below(&w->dice, 7);
  struct json_out *j = record(&w->dates);
  iso_day(day, value);
  buf_text(&w->text, " on ");
  const struct span span = put(w, slice_of(weekdays[(day + 4) % 7]));
  json_kstr(j, "text", in_text(w, span));
  json_kspan(j, "span", span);
  json_kstr(j, "type", SLICE("DATE"));
  json_kstr(j, "value", slice_of(value));
  json_end(j, '}');
  return (int32_t)w->dates.n - 1;
}

static void put_figure(struct writing *w, struct told *told)
{
  const bool toll = chance(&w->dice, 0.05), person = !toll && chance(&w->dice, 0.12), bare = !toll && !person && chance(&w->dice, 0.55);
  const struct measure *of = &measures[below(&w->dice, sizeof measures / sizeof *measures)];
  const struct slice group = slice_of(groups[below(&w->dice, sizeof groups / sizeof *groups)]);
  const struct slice thing = toll ? SLICE("people") : person ? group : bare ? w->story->topic[below(&w->dice, TOPIC)] : slice_of(of->word);
  const uint32_t value = toll ? w->story->toll + (uint32_t)w->of_story * 2 + below(&w->dice, 3) : 1 + (uint32_t)(part(&w->dice) * part(&w->dice) * 900);
  char day[16];
  iso_day(w->day, day);
  buf_text(&w->text, toll ? ", the death toll rose to " : chance(&w->dice, 0.1) ? " about " : " ");
  const uint32_t b = (uint32_t)w->text.n;
  buf_printf(&w->text, "%u", value);
  struct span span = {b, (uint32_t)w->text.n};
  buf_char(&w->text, ' ');
  const struct span what = put(w, thing);
  if (!toll && !person && !bare) span.end = what.end;
  struct json_out *j = record(&w->figures);
  json_kstr(j, "text", in_text(w, span));
  json_kspan(j, "span", span);
  json_kint(j, "value", value);
  json_kstr(j, "bound", SLICE("exact"));
  if (toll || person) json_kstr(j, "unit", SLICE("person"));
  else if (!bare) json_kstr(j, "unit", slice_of(of->unit));
  json_kstr(j, "unit_text", thing);
  if (toll || person || bare) json_kstr(j, "item", thing);
  if (toll) json_kstr(j, "about", SLICE("death toll"));
  else if (chance(&w->dice, 0.6)) json_kstr(j, "about", join(w->arena, w->story->topic[below(&w->dice, TOPIC)], " ", thing));
  if (toll) json_kstr(j, "state", SLICE("killed"));
  json_kstr(j, "sort", SLICE("total"));
  if (toll) json_kstr(j, "moves", SLICE("up"));
  if (toll || person) {
    json_key(j, "countries");
    json_begin(j, '[');
    json_str(j, w->story->cities[0]->country);
    json_end(j, ']');
  }
  json_kstr(j, "as_of", slice_of(day));
  json_kstr(j, "status", SLICE("actual"));
  if (told->source.end) json_kint(j, "claim", told->claim);
  if (told->act) json_kint(j, "event", told->event);
  json_end(j, '}');
  buf_printf(&told->figures, told->figures.n ? ",%u" : "%u", w->figures.n - 1);
}

static void put_code(struct json_out *j, const struct figure_of_play *who)
{
  if (!who->code[0]) return;
  json_kstr(j, "code", slice_of(who->code));
  json_kstr(j, "country", slice_sub(slice_of(who->code), 0, 3));
}

static void put_party(struct writing *w, struct json_out *j, const char *key, int32_t entity, struct span span)
{
  if (entity < 0 || !w->entities[entity].who->code[0]) return;
  json_key(j, key);
  json_begin(j, '[');
  json_begin(j, '{');
  json_kstr(j, "text", in_text(w, span));
  json_kspan(j, "span", span);
  json_kint(j, "entity", entity);
  put_code(j, w->entities[entity].who);
  json_end(j, '}');
  json_end(j, ']');
}

static void put_event(struct writing *w, const struct told *told)
{
  char day[16];
  iso_day(w->day, day);
  struct json_out *j = record(&w->events);
  json_kspan(j, "span", (struct span){told->subject.begin, (uint32_t)w->text.n});
  json_kspan(j, "trigger", told->trigger);
  json_kstr(j, "type", slice_of(told->act->type));
  json_kstr_opt(j, "mode", slice_of(told->act->mode));
  json_kstr(j, "cameo", slice_of(told->act->cameo));
  json_knum(j, "score", told->act->score);
  put_party(w, j, "actor", told->actor, told->subject);
  put_party(w, j, "recipient", told->recipient, told->object);
  if (told->place >= 0) json_kint(j, "place", told->place);
  if (told->date >= 0) {
    json_key(j, "date");
    json_begin(j, '{');
    json_kstr(j, "value", slice_of(day));
    json_kint(j, "id", told->date);
    json_end(j, '}');
  }
  json_kstr(j, "status", slice_of(statuses[below(&w->dice, sizeof statuses / sizeof *statuses)]));
  if (told->source.end) json_kint(j, "claim", told->claim);
  json_kstr(j, "rule", slice_of(told->act->rule));
  json_end(j, '}');
}

static void put_claim(struct writing *w, const struct told *told)
{
  char day[16];
  const struct figure_of_play *who = w->entities[told->from].who;
  const struct slice stance = slice_of(stances[below(&w->dice, sizeof stances / sizeof *stances)]);
  iso_day(w->day, day);
  struct json_out *j = record(&w->claims);
  const struct span span = {told->source.begin, (uint32_t)w->text.n};
  json_kspan(j, "span", span);
  json_key(j, "source");
  json_begin(j, '{');
  json_kstr(j, "text", in_text(w, told->source));
  json_kspan(j, "span", told->source);
  json_kint(j, "entity", told->from);
  json_kstr(j, "kind", SLICE("named"));
  json_end(j, '}');
  json_key(j, "cue");
  json_begin(j, '{');
  json_kstr(j, "text", in_text(w, told->cue));
  json_kspan(j, "span", told->cue);
  json_end(j, '}');
  json_key(j, "content");
  json_begin(j, '{');
  json_key(j, "spans");
  json_begin(j, '[');
  json_span(j, (struct span){told->content.begin, (uint32_t)w->text.n});
  json_end(j, ']');
  json_kstr(j, "quote", SLICE("none"));
  json_end(j, '}');
  json_kstr(j, "stance", stance);
  json_kstr(j, "certainty", SLICE("unspecified"));
  if (told->act) {
    json_key(j, "events");
    json_begin(j, '[');
    json_int(j, told->event);
    json_end(j, ']');
  }
  if (told->figures.n) {
    json_key(j, "figures");
    json_begin(j, '[');
    json_raw(j, buf_get(&told->figures));
    json_end(j, ']');
  }
  json_end(j, '}');
  if (!who->code[0] || !chance(&w->dice, 3 * w->rate[KIND_POSITION] / (w->rate[KIND_CLAIM] + 0.01))) return;
  j = record(&w->positions);
  json_kspan(j, "span", span);
  json_key(j, "holder");
  json_begin(j, '{');
  json_kint(j, "entity", told->from);
  put_code(j, who);
  json_end(j, '}');
  json_kstr(j, "stance", stance);
  json_kint(j, "claim", told->claim);
  json_kint(j, "order", 1);
  json_kstr(j, "date", slice_of(day));
  json_end(j, '}');
}

static void put_sentence(struct writing *w)
{
  struct told told = {.begin = w->text.n, .actor = -1, .recipient = -1, .place = -1, .date = -1, .claim = (int32_t)w->claims.n, .event = (int32_t)w->events.n};
  const double length = spread(&w->dice, sentence_bytes), share = (length + 15) / 1000; /* sentences end with the word that passes it */
  uint32_t names = 1 + below(&w->dice, 4);
  buf_init(&told.figures, 4096);
  if (chance(&w->dice, w->rate[KIND_CLAIM] * share)) {
    told.from = mention(w, &told.source);
    buf_char(&w->text, ' ');
    told.cue = put(w, slice_of(cues[uneven(&w->dice, sizeof cues / sizeof *cues)]));
    buf_text(&w->text, " that ");
    told.content.begin = (uint32_t)w->text.n;
  }
  told.actor = mention(w, &told.subject);
  if (chance(&w->dice, w->rate[KIND_EVENT] * share)) {
    told.act = &acts[below(&w->dice, sizeof acts / sizeof *acts)];
    buf_char(&w->text, ' ');
    told.trigger = put(w, slice_of(told.act->verb));
    buf_char(&w->text, ' ');
    told.recipient = mention(w, &told.object);
  } else some_words(w, 2 + below(&w->dice, 5));
  if (chance(&w->dice, w->rate[KIND_PLACE] * share)) told.place = put_place(w);
  if (chance(&w->dice, w->rate[KIND_DATE] * share)) told.date = put_date(w);
  for (double more = w->rate[KIND_FIGURE] * share; more > 0; more--)
    if (chance(&w->dice, more)) put_figure(w, &told);
  while ((double)(w->text.n - told.begin) < length) {
    struct span span;
    some_words(w, 1 + below(&w->dice, 4));
    if (names == 0) continue;
    names--;
    buf_char(&w->text, ' ');
    mention(w, &span);
  }
  buf_char(&w->text, '.');
  if (told.act) put_event(w, &told);
  if (told.source.end) put_claim(w, &told);
  if (w->sentences.n++) buf_char(&w->sentences.buf, ',');
  buf_printf(&w->sentences.buf, "{\"span\":[%zu,%zu]}", told.begin, w->text.n);
  buf_char(&w->text, w->sentences.n % 4 ? ' ' : '\n');
  buf_release(&told.figures);
}

static void put_array(struct buf *to, const char *name, struct list *list)
{
  buf_printf(to, ",\"%s\":[", name);
  buf_slice(to, buf_get(&list->buf));
  buf_char(to, ']');
  buf_release(&list->buf);
}

static void put_entities(struct buf *to, struct writing *w)
{
  buf_text(to, ",\"entities\":[");
  for (uint32_t i = 0; i < w->n_entities; i++) {
    struct entity *e = &w->entities[i];
    struct json_out j;
    if (i) buf_char(to, ',');
    json_init(&j, to);
    json_begin(&j, '{');
    json_kint(&j, "id", i);
    json_kstr(&j, "name", e->who->name);
    json_kstr(&j, "kind", slice_of(e->who->kind));
    put_code(&j, e->who);
    json_key(&j, "mentions");
    json_begin(&j, '[');
    json_raw(&j, buf_get(&e->mentions));
    json_end(&j, ']');
    json_end(&j, '}');
    buf_release(&e->mentions);
  }
  buf_char(to, ']');
}

static void put_document(struct buf *to, struct writing *w, uint64_t seed, uint32_t story, bool copy)
{
  char sha[65], day[16], id[32], publisher[64], url[128];
  struct dice names = dice_of(seed, 3 + (uint64_t)story * 2 + copy, (uint64_t)w->of_story);
  const uint32_t by = uneven(&names, PUBLISHERS);
  struct slice text = buf_get(&w->text);
  struct json_out j;
  sha256_hex(text, sha);
  iso_day(w->day, day);
  snprintf(id, sizeof id, "d%012llx", (unsigned long long)(throw_dice(&names) >> 16));
  snprintf(publisher, sizeof publisher, "%s %u", papers[by % (sizeof papers / sizeof *papers)], by);
  snprintf(url, sizeof url, "https://news%u.example.org/%s/%s.html", by, day, id);
  json_init(&j, to);
  json_begin(&j, '{');
  json_kstr(&j, "id", slice_of(id));
  if (chance(&names, 0.25)) { /* as many as in the texts that were measured */
    json_kstr(&j, "title", join(w->arena, w->story->cast[0].name, " and the ", w->story->topic[below(&names, TOPIC)]));
    json_kstr(&j, "publisher", slice_of(publisher));
    json_kstr(&j, "url", slice_of(url));
  } else json_kstr(&j, "publisher", slice_of(publisher));
  json_kstr(&j, "published", slice_of(day));
  json_kstr(&j, "language", SLICE("en"));
  json_kint(&j, "bytes", (int64_t)text.n);
  json_kstr(&j, "sha256", slice_of(sha));
  json_kstr(&j, "text", text);
  json_end(&j, '}');
}

/* ---- all of them ---- */

struct plan { int32_t day; uint32_t story, number; bool copy; };

static int by_day(const void *a, const void *b)
{
  const struct plan *x = a, *y = b;
  if (x->day != y->day) return x->day < y->day ? -1 : 1;
  if (x->story != y->story) return x->story < y->story ? -1 : 1;
  return x->number < y->number ? -1 : x->number > y->number;
}

static bool write_one(const struct stuff *stuff, struct arena *arena, uint64_t seed, const struct plan *plan, int32_t day, struct buf *line)
{
  static struct writing w; /* half a megabyte of it */
  struct story story;
  make_story(&story, stuff, arena, seed, plan->story);
  const uint32_t as = plan->copy ? plan->number - 1 : plan->number;
  memset(&w, 0, sizeof w);
  w = (struct writing){.stuff = stuff, .story = &story, .arena = arena, .day = day, .of_story = (int32_t)as};
  w.dice = dice_of(seed, 2 + ((uint64_t)plan->story << 8), as);
  for (int i = 0; i < CAST; i++) w.of_cast[i] = -1;
  struct list *lists[] = {&w.sentences, &w.places, &w.dates, &w.figures, &w.claims, &w.events, &w.positions};
  for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) buf_init(&lists[i]->buf, 1 << 26);
  buf_init(&w.text, 1 << 26);
  const double bytes = spread(&w.dice, text_bytes);
  for (int k = 0; k < KINDS; k++) w.rate[k] = spread(&w.dice, rates[k]);
  while ((double)w.text.n < bytes) put_sentence(&w);
  if (plan->copy) buf_text(&w.text, "More will follow.\n");
  buf_clear(line);
  buf_text(line, "{\"tocsin\":1,\"document\":");
  put_document(line, &w, seed, plan->story, plan->copy);
  put_array(line, "sentences", &w.sentences);
  put_entities(line, &w);
  put_array(line, "places", &w.places);
  put_array(line, "dates", &w.dates);
  put_array(line, "figures", &w.figures);
  put_array(line, "claims", &w.claims);
  put_array(line, "events", &w.events);
  put_array(line, "positions", &w.positions);
  buf_text(line, "}\n");
  buf_release(&w.text);
  return !line->failed && fwrite(line->at, 1, line->n, stdout) == line->n;
}

int main(int argc, char **argv)
{
  static struct stuff stuff;
  struct arena plans, arena;
  struct buf line;
  if (argc < 2 || argc > 5) {
    fprintf(stderr, "usage: make_readings DATA [N [SEED [DOCUMENTS_A_STORY]]]\n");
    return 2;
  }
  const uint32_t n = argc > 2 ? count_of(slice_of(argv[2])) : 100000, mean = argc > 4 ? count_of(slice_of(argv[4])) : 40;
  const uint64_t seed = argc > 3 ? count_of(slice_of(argv[3])) : 1;
  load(&stuff, argv[1]);
  arena_init(&plans, ARENA_NO_CEILING);
  arena_init(&arena, ARENA_NO_CEILING);
  buf_init(&line, (size_t)1 << 30);
  struct plan *plan = need(arena_array(&plans, struct plan, n + 1));
  uint32_t at = 0;
  for (uint32_t story = 0; at < n; story++) {
    struct dice dice = dice_of(seed, 0, story);
    const uint32_t size = 1 + (uint32_t)(spread(&dice, story_documents) / 9 * mean); /* the table's mean is 9 */
    const int32_t first = FIRST_DAY + (int32_t)below(&dice, DAYS);
    const uint32_t from = at;
    for (uint32_t k = 0; k < size && at < n; k++, at++)
      plan[at] = (struct plan){first + (int32_t)spread(&dice, days_after), story, k, false};
    struct plan *own = &plan[from];
    const uint32_t got = at - from;
    qsort(own, got, sizeof *own, by_day);
    for (uint32_t k = 0; k < got; k++) {
      own[k].number = k;
      own[k].copy = k > 0 && !own[k - 1].copy && below(&dice, COPIES) == 0;
    }
  }
  qsort(plan, n, sizeof *plan, by_day);
  bool good = true;
  for (uint32_t i = 0; i < n && good; i++) {
    good = write_one(&stuff, &arena, seed, &plan[i], plan[i].day, &line);
    arena_clear(&arena);
  }
  if (fflush(stdout) != 0) good = false;
  if (!good) fprintf(stderr, "make_readings: cannot write\n");
  buf_release(&line);
  arena_release(&arena);
  arena_release(&plans);
  arena_release(&stuff.arena);
  return good ? 0 : 1;
}

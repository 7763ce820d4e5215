/* cases_test.c: what must, and what must not, be read from the trees of test/cases/NAME.conllu, with our tables or with --tables PATH... laid
 * over them.
 *
 * A case is a "# newdoc" with its sentences.  Comments in it:
 *
 *     # want = figure; value=10000; unit=person; item~troops      some figure has all of these
 *     # not = figure; value=16                                    none has
 *     # class = comparison                                        counted: a class has CLASS_LEAST cases at least
 *
 * KEY=TEXT must be equal (numbers as numbers), KEY~TEXT is contained.  Keys of figures: text value low high bound unit item about state sort moves
 * change hedges as_of countries source (its claim's) revises part_of conflicts (the last three: the number of the other one); of claims: source cue
 * content quote stance certainty kind figures (the value of one) parent (the parent's source) answers (true or false); of positions: holder (country)
 * who (his name) stance shift order toward (the event's type, "claim", "itself", the entity's name or code, "none") after (that position's stance,
 * "none"); of entities: name role code country kind mentions (joined by " + "); of events: type mode
 * cameo contexts (joined by "+") status trigger actor recipient (codes, joined by "+") actor_text recipient_text place origin destination (names)
 * date instrument rule.
 * Bytes, as BEGIN-END of the document: source_span, cue_span, content_span (pieces joined with "+") of claims, span of figures, claims and positions.
 * Pieces of a content are parted by " ... ". */
#include "lang/conllu.h"
#include "read/read.h"
#include "tap.h"
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#define TEXT_MOST 4096
#define CLASS_LEAST 25

/* What no public set measures. */
static struct {
  const char *name;
  int cases;
} classes[] = {{"comparison", 0}, {"part", 0}, {"disputed", 0}, {"reversal", 0}, {"softening", 0}, {"evasion", 0}, {"nested", 0}, {"unnamed", 0},
             {"paragraphs", 0}, {"we", 0}};
struct text {
  char at[TEXT_MOST];
  size_t n;
};

static void put(struct text *to, struct slice s)
{
  if (s.n > TEXT_MOST - to->n) s.n = TEXT_MOST - to->n;
  if (s.n) memcpy(to->at + to->n, s.at, s.n);
  to->n += s.n;
}

#define TEXT_OF(name, text) text,
static const char *const bounds[] = {BOUND_WORDS(TEXT_OF)};
static const char *const stances[] = {STANCE_WORDS(TEXT_OF)};
static const char *const statuses[] = {STATUS_WORDS(TEXT_OF)};
#undef TEXT_OF
static const char *const sorts[] = {"total", "increment", "rate"};
static const char *const moves[] = {"", "up", "down", "same"};
static const char *const quotes[] = {"none", "partial", "full"};
static const char *const certainties[] = {"unspecified", "certain", "probable", "possible"};
static const char *const shifts[] = {"", "reversal", "softening", "hardening"};
static const char *const kinds[] = {"named", "role", "unnamed", "document", "pronoun"};

struct value {
  struct text text;
  double number;
  bool is_number, there;
};

static void put_number(struct value *v, double number, bool there)
{
  v->number = number;
  v->is_number = true;
  v->there = there;
}

static void put_text(struct value *v, struct slice s)
{
  put(&v->text, s);
  v->there = true;
}

static void put_span(struct value *v, struct span s)
{
  char range[48];
  int n = snprintf(range, sizeof range, "%s%u-%u", v->there ? "+" : "", (unsigned)s.begin, (unsigned)s.end);
  put_text(v, (struct slice){range, (size_t)n});
}

/* One number to name a figure by: its value, or a bound. */
static double point(const struct figure *f) { return f->has_value ? f->value : f->has_low ? f->low : f->high; }

static void figure_value(const struct reading *r, const struct figure *f, struct slice text, struct slice key, struct value *v)
{
  int32_t other = slice_is(key, "revises") ? f->revises : slice_is(key, "part_of") ? f->part_of : ID_NONE;
  if (slice_is(key, "conflicts") && f->n_conflicts) other = f->conflicts_with[0];
  if (slice_is(key, "value")) put_number(v, f->value, f->has_value);
  else if (slice_is(key, "low")) put_number(v, f->low, f->has_low);
  else if (slice_is(key, "high")) put_number(v, f->high, f->has_high);
  else if (other != ID_NONE) put_number(v, point(&r->figures[other]), true);
  else if (slice_is(key, "text")) put_text(v, slice_span(text, f->span));
  else if (slice_is(key, "span")) put_span(v, f->span);
  else if (slice_is(key, "bound")) put_text(v, slice_of(bounds[f->bound]));
  else if (slice_is(key, "unit")) put_text(v, f->unit);
  else if (slice_is(key, "item")) put_text(v, f->item);
  else if (slice_is(key, "about")) put_text(v, f->about);
  else if (slice_is(key, "state")) put_text(v, f->state);
  else if (slice_is(key, "sort")) put_text(v, slice_of(sorts[f->sort]));
  else if (slice_is(key, "moves")) put_text(v, slice_of(moves[f->moves]));
  else if (slice_is(key, "change")) put_text(v, slice_of(moves[f->change]));
  else if (slice_is(key, "hedges"))
    for (uint32_t i = 0; i < f->n_hedges; i++) put_text(v, f->hedges[i]);
  else if (slice_is(key, "as_of")) put_text(v, f->as_of);
  else if (slice_is(key, "countries"))
    for (uint32_t i = 0; i < f->n_countries; i++) put_text(v, f->countries[i]);
  else if (slice_is(key, "source") && f->claim != ID_NONE) put_text(v, slice_span(text, r->claims[f->claim].source.span));
}

static void claim_value(const struct reading *r, const struct claim *c, struct slice text, struct slice key, struct value *v)
{
  if (slice_is(key, "source")) put_text(v, slice_span(text, c->source.span));
  else if (slice_is(key, "span")) put_span(v, c->span);
  else if (slice_is(key, "source_span")) put_span(v, c->source.span);
  else if (slice_is(key, "cue_span")) put_span(v, c->cue.span);
  else if (slice_is(key, "content_span"))
    for (uint32_t i = 0; i < c->content.n; i++) put_span(v, c->content.at[i]);
  else if (slice_is(key, "cue")) put_text(v, slice_span(text, c->cue.span));
  else if (slice_is(key, "quote")) put_text(v, slice_of(quotes[c->quote]));
  else if (slice_is(key, "stance")) put_text(v, slice_of(stances[c->stance]));
  else if (slice_is(key, "certainty")) put_text(v, slice_of(certainties[c->certainty]));
  else if (slice_is(key, "kind")) put_text(v, slice_of(kinds[c->source.kind]));
  else if (slice_is(key, "answers")) put_text(v, slice_of(c->answers != ID_NONE ? "true" : "false"));
  else if (slice_is(key, "parent") && c->parent != ID_NONE) put_text(v, slice_span(text, r->claims[c->parent].source.span));
  else if (slice_is(key, "figures") && c->n_figures) put_number(v, r->figures[c->figures[0]].value, true);
  else if (slice_is(key, "content"))
    for (uint32_t i = 0; i < c->content.n; i++) {
      if (i) put_text(v, SLICE(" ... "));
      put_text(v, slice_span(text, c->content.at[i]));
    }
}

static void entity_value(const struct entity *e, struct slice text, struct slice key, struct value *v)
{
  static const char *const sorts_of[] = {"person", "organization", "country", "group", "place", "other"};
  if (slice_is(key, "name")) put_text(v, e->name);
  else if (slice_is(key, "role")) put_text(v, e->role);
  else if (slice_is(key, "code")) put_text(v, e->code);
  else if (slice_is(key, "country")) put_text(v, e->country);
  else if (slice_is(key, "kind")) put_text(v, slice_of(sorts_of[e->kind]));
  else if (slice_is(key, "mentions"))
    for (uint32_t i = 0; i < e->mentions.n; i++) {
      if (i) put_text(v, SLICE(" + "));
      put_text(v, slice_span(text, e->mentions.at[i]));
    }
}

static struct slice toward_of(const struct reading *r, const struct position *p)
{
  if (p->toward_id == ID_NONE) return SLICE("none");
  if (p->toward == TOWARD_EVENT) return r->events[p->toward_id].type;
  if (p->toward == TOWARD_CLAIM) return p->toward_id == p->claim ? SLICE("itself") : SLICE("claim");
  const struct entity *e = &r->entities[p->toward_id];
  return e->name.n ? e->name : e->code;
}

static void position_value(const struct reading *r, const struct position *p, struct slice key, struct value *v)
{
  if (slice_is(key, "holder")) put_text(v, p->holder.country);
  else if (slice_is(key, "who")) put_text(v, r->entities[p->holder.entity].name);
  else if (slice_is(key, "span")) put_span(v, p->span);
  else if (slice_is(key, "stance")) put_text(v, slice_of(stances[p->stance]));
  else if (slice_is(key, "shift")) put_text(v, slice_of(shifts[p->shift]));
  else if (slice_is(key, "order")) put_number(v, p->order, true);
  else if (slice_is(key, "toward")) put_text(v, toward_of(r, p));
  else if (slice_is(key, "after")) put_text(v, slice_of(p->after == ID_NONE ? "none" : stances[r->positions[p->after].stance]));
}

static void put_parties(struct value *v, const struct parties *p)
{
  for (uint32_t i = 0; i < p->n; i++) {
    if (i) put_text(v, SLICE("+"));
    put_text(v, p->at[i].code);
  }
}

static void put_party_texts(struct value *v, const struct parties *p, struct slice text)
{
  for (uint32_t i = 0; i < p->n; i++) {
    if (i) put_text(v, SLICE("+"));
    put_text(v, slice_span(text, p->at[i].span));
  }
}

static void put_place(const struct reading *r, struct value *v, int32_t place)
{
  if (place != ID_NONE) put_text(v, r->places[place].name);
}

static void event_value(const struct reading *r, const struct event *e, struct slice text, struct slice key, struct value *v)
{
  if (slice_is(key, "type")) put_text(v, e->type);
  else if (slice_is(key, "mode")) put_text(v, e->mode);
  else if (slice_is(key, "cameo")) put_text(v, e->cameo);
  else if (slice_is(key, "contexts"))
    for (uint32_t i = 0; i < e->n_contexts; i++) {
      if (i) put_text(v, SLICE("+"));
      put_text(v, e->contexts[i]);
    }
  else if (slice_is(key, "status")) put_text(v, slice_of(statuses[e->status]));
  else if (slice_is(key, "trigger")) put_text(v, slice_span(text, e->trigger));
  else if (slice_is(key, "actor")) put_parties(v, &e->actor);
  else if (slice_is(key, "recipient")) put_parties(v, &e->recipient);
  else if (slice_is(key, "actor_text")) put_party_texts(v, &e->actor, text);
  else if (slice_is(key, "recipient_text")) put_party_texts(v, &e->recipient, text);
  else if (slice_is(key, "place")) put_place(r, v, e->place);
  else if (slice_is(key, "origin")) put_place(r, v, e->origin);
  else if (slice_is(key, "destination")) put_place(r, v, e->destination);
  else if (slice_is(key, "date")) put_text(v, e->date.value);
  else if (slice_is(key, "rule")) put_text(v, e->trace.rule);
  else if (slice_is(key, "instrument"))
    for (uint32_t i = 0; i < e->instrument.n; i++) put_text(v, slice_span(text, e->instrument.at[i]));
}

/* One condition "KEY=TEXT" or "KEY~TEXT". */
static bool holds(const struct value *v, char sign, struct slice want)
{
  double number;
  struct slice got = {v->text.at, v->text.n};
  if (!v->there) return false;
  if (v->is_number) return slice_to_double(want, &number) && v->number <= number + 1e-9 && v->number >= number - 1e-9;
  return sign == '=' ? slice_eq(got, want) : slice_find(got, want) != SIZE_MAX;
}

/* Does record `i` of this kind meet all conditions? */
static bool meets(const struct reading *r, struct slice kind, uint32_t i, struct slice conditions, struct slice text)
{
  static struct value v;
  while (conditions.n) {
    struct slice one = slice_trim(slice_cut(&conditions, ';'));
    size_t at = 0;
    while (at < one.n && one.at[at] != '=' && one.at[at] != '~') at++;
    if (at == one.n) return false;
    memset(&v, 0, sizeof v);
    struct slice key = slice_sub(one, 0, at);
    if (slice_is(kind, "figure")) figure_value(r, &r->figures[i], text, key, &v);
    else if (slice_is(kind, "event")) event_value(r, &r->events[i], text, key, &v);
    else if (slice_is(kind, "entity")) entity_value(&r->entities[i], text, key, &v);
    else if (slice_is(kind, "position")) position_value(r, &r->positions[i], key, &v);
    else claim_value(r, &r->claims[i], text, key, &v);
    if (!holds(&v, one.at[at], slice_sub(one, at + 1, one.n))) return false;
  }
  return true;
}

/* What may be asked of a kind of record: a key that no record has would let a "not" hold whatever is read. */
static bool is_key(struct slice kind, struct slice key)
{
  static const struct {
    const char *kind, *keys; /* parted by blanks */
  } all[] = {
    {"figure", " revises part_of conflicts value low high text span bound unit item about state sort moves change hedges as_of countries source "},
    {"claim", " source span source_span cue_span content_span cue quote stance certainty kind answers parent figures content "},
    {"entity", " name role code country kind mentions "},
    {"position", " holder who span stance shift order toward after "},
    {"event", " type mode cameo contexts status trigger actor recipient actor_text recipient_text place origin destination date rule instrument "},
  };
  char word[32];
  if (key.n == 0 || key.n > sizeof word - 3) return false;
  snprintf(word, sizeof word, " %.*s ", SLICE_ARG(key));
  for (size_t i = 0; i < sizeof all / sizeof *all; i++)
    if (slice_is(kind, all[i].kind)) return strstr(all[i].keys, word) != NULL;
  return false;
}

/* Are all conditions of the line KEY=TEXT or KEY~TEXT, with keys that the kind has? */
static bool is_sound(struct slice kind, struct slice conditions)
{
  while (conditions.n) {
    struct slice one = slice_trim(slice_cut(&conditions, ';'));
    size_t at = 0;
    while (at < one.n && one.at[at] != '=' && one.at[at] != '~') at++;
    if (at == one.n || !is_key(kind, slice_sub(one, 0, at))) return false;
  }
  return true;
}

static void check(const struct reading *r, struct slice line, struct slice text, bool want)
{
  struct slice rest = line, kind = slice_trim(slice_cut(&rest, ';'));
  uint32_t n = slice_is(kind, "figure") ? r->n_figures : slice_is(kind, "position") ? r->n_positions : slice_is(kind, "event") ? r->n_events :
               slice_is(kind, "entity") ? r->n_entities : r->n_claims;
  bool found = false, sound = is_sound(kind, rest);
  for (uint32_t i = 0; i < n && !found; i++) found = meets(r, kind, i, rest, text);
  char name[400];
  struct slice shown = slice_cut(&text, '\n');
  snprintf(name, sizeof name, "%s %.*s: %.*s", want ? "reads" : "does not read", SLICE_ARG(line), (int)(shown.n > 120 ? 120 : shown.n), shown.at);
  ok(sound && found == want, name);
}

static void run(struct slice bytes, const struct know *know, const char *path)
{
  struct arena arena;
  struct analysis a;
  struct reading reading;
  struct error error = {0};
  arena_init(&arena, (size_t)1 << 26);
  bool good = conllu_read(bytes, path, &arena, &a, &error) == ST_OK &&
              read_document(&a, know, SLICE("2024-10-28"), &arena, &reading, &error) == ST_OK;
  if (!good) ok(false, error.message);
  static const struct slice want = {"# want = ", 9}, not = {"# not = ", 8}, class = {"# class = ", 10};
  for (struct slice rest = bytes; good && rest.n;) {
    struct slice line = slice_cut(&rest, '\n');
    if (slice_starts(line, want)) check(&reading, slice_sub(line, want.n, line.n), slice_trim(a.text), true);
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
      classes[i].cases += slice_starts(line, class) && slice_is(slice_sub(line, class.n, line.n), classes[i].name);
    if (slice_starts(line, not)) check(&reading, slice_sub(line, not.n, line.n), slice_trim(a.text), false);
  }
  arena_release(&arena);
}

int main(int argc, char **argv)
{
  struct know know;
  struct error error = {0};
  const char *tables[16];
  size_t n_tables = 0;
  int first = 1;
  for (; first + 1 < argc && strcmp(argv[first], "--tables") == 0 && n_tables < 16; first += 2) tables[n_tables++] = argv[first + 1];
  ok(know_open_all(&know, tables, n_tables, &error) == ST_OK, error.code ? error.message : "the tables load");
  for (int i = first; i < argc; i++) {
    static char bytes[1 << 21];
    int fd = open(argv[i], O_RDONLY);
    ssize_t n = fd < 0 ? -1 : read(fd, bytes, sizeof bytes);
    if (fd >= 0) close(fd);
    ok(n > 0 && (size_t)n < sizeof bytes, "the cases can be read");
    struct slice rest = {bytes, n > 0 ? (size_t)n : 0};
    static const struct slice doc = {"\n# newdoc", 9};
    while (rest.n) { /* a case runs up to the next "# newdoc" */
      size_t at = slice_find(slice_sub(rest, 1, rest.n), doc);
      struct slice one = at == SIZE_MAX ? rest : slice_sub(rest, 0, at + 2);
      rest = slice_sub(rest, one.n, rest.n);
      run(one, &know, argv[i]);
    }
  }
  for (size_t i = 0; argc > 1 && n_tables == 0 && i < sizeof classes / sizeof *classes; i++) ok(classes[i].cases >= CLASS_LEAST, classes[i].name);
  know_free(&know);
  return tap_end();
}

/* numbers.c: loads the five tables of numbers; each is a set of phrases whose rows with the same phrase form a chain. */
#include "know/numbers.h"
#include "base/vec.h"
#include "know/source.h"

/* Rows of any of the five tables, by phrase. */
struct rows {
  struct phrases phrases;
  VEC(void *) at; /* the first row of each phrase */
};

struct numbers {
  struct rows words, units, hedges, states, changes;
};

/* Kinds as the tables write them, in the order of the enums; the list ends with NULL. */
static const char *const number_kinds[] = {"cardinal", "hundred", "magnitude", "glued", "group", "fraction", "vague", "article", "minus", "every", "ordinal",
                                            NULL};
static const char *const unit_kinds[] = {"currency", "symbol", "percent", "measure", "time", "age", "score", "person", "band", NULL};
static const char *const hedge_kinds[] = {"before", "after", "doubt", "range", "link", "close", "increment", "rate", "part", "label", "whole", "age",
                                         "length", "ratio", "year", "clock", NULL};
static const char *const state_roles[] = {"object", "subject", "noun", "adjective", NULL};
static const char *const change_kinds[] = {"move", "cause", "noun", "beats", "from", "beside", "total", "anaphor", "way", "contrast", "earlier",
                                          "multiple", "against", "wrong", NULL};
static const char *const moves[] = {"", "up", "down", "same", NULL};
#define BOUND_TEXT(name, text) text,
static const char *const bounds[] = {BOUND_WORDS(BOUND_TEXT) NULL};
#undef BOUND_TEXT

static bool kind_find(const char *const *list, struct slice word, int *to)
{
  for (int i = 0; list[i]; i++)
    if (slice_is(word, list[i])) {
      *to = i;
      return true;
    }
  return false;
}

/* "12", "0.5" or "1/3" */
static bool value_find(struct slice s, double *to)
{
  double denominator = 0;
  struct slice rest = s, first = slice_cut(&rest, '/');
  if (!slice_to_double(first, to)) return false;
  if (first.n == s.n) return true;
  if (!slice_to_double(rest, &denominator) || denominator == 0) return false;
  *to /= denominator;
  return true;
}

/* What makes one row of a table: fills `at` (of `size` bytes) from the columns; its error is what the line needs. */
struct table_kind {
  const char *name;
  size_t size;
  const char *(*fill)(void *at, const struct table_row *row);
  const void **(*next)(void *at);
};

static const char *fill_word(void *at, const struct table_row *row)
{
  struct number_word *w = at;
  int kind = 0;
  if (row->n < 3 || !kind_find(number_kinds, row->column[1], &kind) || !value_find(row->column[2], &w->value))
    return "needs word, kind and value; the kinds stand at the head of the table";
  w->kind = (enum number_kind)kind;
  w->where = row->where;
  return NULL;
}

static const char *fill_unit(void *at, const struct table_row *row)
{
  struct unit *u = at;
  int kind = 0;
  if (row->n < 3 || !kind_find(unit_kinds, row->column[1], &kind) || row->column[2].n == 0)
    return "needs word, kind and code; the kinds stand at the head of the table";
  u->kind = (enum unit_kind)kind;
  u->code = row->column[2];
  u->where = row->where;
  return NULL;
}

static const char *fill_hedge(void *at, const struct table_row *row)
{
  int kind = 0, bound = 0;
  if (row->n < 2 || !kind_find(hedge_kinds, row->column[1], &kind)) return "needs phrase and kind; the kinds stand at the head of the table";
  bool bounds_it = kind == HEDGE_BEFORE || kind == HEDGE_AFTER;
  if (bounds_it && !kind_find(bounds, row->column[2], &bound)) return "needs a bound: about, at_least, more_than, at_most or less_than";
  const char *flag = kind == HEDGE_RANGE ? "movement" : kind == HEDGE_RATE ? "alone" : kind == HEDGE_RATIO ? "word" : "hedge";
  if (row->column[3].n && !slice_is(row->column[3], flag)) return "has an unknown flag";
  struct hedge *h = at;
  h->kind = (enum hedge_kind)kind;
  h->bound = (enum bound)bound;
  h->flag = row->column[3].n > 0;
  h->where = row->where;
  return NULL;
}

static const char *fill_state(void *at, const struct table_row *row)
{
  int role = 0;
  if (row->n < 3 || !kind_find(state_roles, row->column[1], &role)) return "needs lemma, role and state; the roles stand at the head of the table";
  struct state *s = at;
  s->role = (enum state_role)role;
  s->state = row->column[2];
  if (row->column[3].n && !sector_find(row->column[3], &s->only)) return "has an unknown sector in its fourth column";
  s->where = row->where;
  return NULL;
}

static const char *fill_change(void *at, const struct table_row *row)
{
  int kind = 0, move = 0;
  if (row->n < 2 || !kind_find(change_kinds, row->column[1], &kind)) return "needs lemma and kind; the kinds stand at the head of the table";
  if (!kind_find(moves, row->column[2], &move)) return "has an unknown change: up, down, same or none";
  struct change *c = at;
  c->kind = (enum change_kind)kind;
  c->move = (enum figure_move)move;
  c->where = row->where;
  return NULL;
}

static const void **next_word(void *at) { return &((struct number_word *)at)->next; }
static const void **next_unit(void *at) { return &((struct unit *)at)->next; }
static const void **next_hedge(void *at) { return &((struct hedge *)at)->next; }
static const void **next_state(void *at) { return &((struct state *)at)->next; }
static const void **next_change(void *at) { return &((struct change *)at)->next; }

static const struct table_kind word_table = {"en/numbers.tsv", sizeof(struct number_word), fill_word, next_word};
static const struct table_kind unit_table = {"en/units.tsv", sizeof(struct unit), fill_unit, next_unit};
static const struct table_kind hedge_table = {"en/hedges.tsv", sizeof(struct hedge), fill_hedge, next_hedge};
static const struct table_kind state_table = {"en/states.tsv", sizeof(struct state), fill_state, next_state};
static const struct table_kind change_table = {"en/changes.tsv", sizeof(struct change), fill_change, next_change};

static enum status load(struct rows *to, const struct table_kind *kind, struct know_source *src)
{
  const struct table *table;
  uint16_t index;
  enum status status = know_table(src, kind->name, &table, &index);
  if (status != ST_OK) return status;
  struct table_reader reader;
  struct table_row row;
  table_begin(&reader, table, index);
  while (table_next(&reader, &row, src->error)) {
    void *at = arena_zalloc(src->arena, 1, kind->size);
    if (!at) return know_full(src);
    const char *wrong = kind->fill(at, &row);
    if (wrong) return table_error(src->error, table, row.where, "%s", wrong);
    uint32_t older;
    status = phrases_add(&to->phrases, src->arena, row.column[0], (uint32_t)to->at.n, &older);
    if (status == ST_USAGE) return table_error(src->error, table, row.where, "the phrase must be in lower case and of at most %d bytes", PHRASE_BYTES);
    if (status != ST_OK) return know_full(src);
    if (older == MAP_NONE) {
      if (!vec_push(&to->at, src->arena, at)) return know_full(src);
    } else {
      const void **end = kind->next(to->at.at[older]);
      while (*end) end = kind->next((void *)(uintptr_t)*end); /* rows are ours, written once here */
      *end = at;
    }
  }
  return src->error->code;
}

enum status numbers_load(const struct numbers **to, struct know_source *src)
{
  struct numbers *n = arena_new(src->arena, struct numbers);
  if (!n) return know_full(src);
  *to = n;
  enum status status = load(&n->words, &word_table, src);
  if (status == ST_OK) status = load(&n->units, &unit_table, src);
  if (status == ST_OK) status = load(&n->hedges, &hedge_table, src);
  if (status == ST_OK) status = load(&n->states, &state_table, src);
  if (status == ST_OK) status = load(&n->changes, &change_table, src);
  return status;
}

enum status numbers_load_states(const struct numbers **to, struct know_source *src)
{
  struct numbers *n = arena_new(src->arena, struct numbers);
  if (!n) return know_full(src);
  *to = n;
  return load(&n->states, &state_table, src);
}

static const void *row_at(const struct rows *rows, uint32_t index) { return index == MAP_NONE ? NULL : rows->at.at[index]; }

const struct number_word *numbers_word(const struct numbers *n, struct slice word, enum number_kind kind)
{
  const struct number_word *w = row_at(&n->words, phrases_find(&n->words.phrases, word));
  while (w && w->kind != kind) w = w->next;
  return w;
}

const struct number_word *numbers_any(const struct numbers *n, struct slice word)
{
  const struct number_word *w = row_at(&n->words, phrases_find(&n->words.phrases, word));
  while (w && (w->kind == NUMBER_GLUED || w->kind >= NUMBER_MINUS)) w = w->next;
  return w;
}

static const struct unit *unit_of(const struct unit *u, bool symbol)
{
  while (u && ((u->kind == UNIT_SYMBOL) != symbol || u->kind >= UNIT_SCORE)) u = u->next;
  return u;
}

const struct unit *numbers_unit(const struct numbers *n, const struct analysis *a, int32_t first, int32_t end, bool symbol, int32_t *length)
{
  return unit_of(row_at(&n->units, phrases_at(&n->units.phrases, a, first, end, false, length)), symbol);
}

const struct unit *numbers_unit_word(const struct numbers *n, struct slice word, bool symbol)
{
  return unit_of(row_at(&n->units, phrases_find(&n->units.phrases, word)), symbol);
}

const struct unit *numbers_age(const struct numbers *n)
{
  for (size_t i = 0; i < n->units.at.n; i++) {
    const struct unit *u = n->units.at.at[i];
    if (u->kind == UNIT_AGE) return u;
  }
  return NULL;
}

static const struct unit *unit_of_kind(const struct numbers *n, struct slice lemma, enum unit_kind kind)
{
  const struct unit *u = row_at(&n->units, phrases_find(&n->units.phrases, lemma));
  while (u && u->kind != kind) u = u->next;
  return u;
}

const struct unit *numbers_person(const struct numbers *n, struct slice lemma) { return unit_of_kind(n, lemma, UNIT_PERSON); }
const struct unit *numbers_band(const struct numbers *n, struct slice lemma) { return unit_of_kind(n, lemma, UNIT_BAND); }
const struct unit *numbers_score(const struct numbers *n, struct slice lemma) { return unit_of_kind(n, lemma, UNIT_SCORE); }

static const struct hedge *hedge_of(const struct hedge *h, enum hedge_kind kind)
{
  while (h && h->kind != kind) h = h->next;
  return h;
}

const struct hedge *numbers_hedge_at(const struct numbers *n, const struct analysis *a, int32_t first, int32_t end, enum hedge_kind kind, int32_t *length)
{
  for (int32_t most = end; most > first; most = first + *length - 1) { /* the longest phrase may be of another kind: try shorter ones */
    const struct hedge *any = row_at(&n->hedges, phrases_at(&n->hedges.phrases, a, first, most, false, length));
    const struct hedge *h = hedge_of(any, kind);
    if (h) return h;
    if (!any) break;
  }
  *length = 0;
  return NULL;
}

const struct hedge *numbers_hedge_before(const struct numbers *n, const struct analysis *a, int32_t first, int32_t end, enum hedge_kind kind,
                                         int32_t *length)
{
  for (int32_t least = first; least < end; least = end - *length + 1) {
    const struct hedge *any = row_at(&n->hedges, phrases_before(&n->hedges.phrases, a, least, end, length));
    const struct hedge *h = hedge_of(any, kind);
    if (h) return h;
    if (!any) break;
  }
  *length = 0;
  return NULL;
}

const struct hedge *numbers_hedge_word(const struct numbers *n, struct slice word, enum hedge_kind kind)
{
  return hedge_of(row_at(&n->hedges, phrases_find(&n->hedges.phrases, word)), kind);
}

const struct state *numbers_state(const struct numbers *n, struct slice lemma, enum state_role role)
{
  const struct state *s = row_at(&n->states, phrases_find(&n->states.phrases, lemma));
  while (s && s->role != role) s = s->next;
  return s;
}

bool numbers_is_state(const struct numbers *n, struct slice word)
{
  for (size_t i = 0; i < n->states.at.n; i++)
    for (const struct state *s = n->states.at.at[i]; s; s = s->next)
      if (slice_eq(s->state, word)) return true;
  return false;
}

static const struct change *change_of(const struct change *c, enum change_kind kind)
{
  while (c && c->kind != kind) c = c->next;
  return c;
}

const struct change *numbers_change(const struct numbers *n, struct slice lemma, enum change_kind kind)
{
  return change_of(row_at(&n->changes, phrases_find(&n->changes.phrases, lemma)), kind);
}

const struct change *numbers_change_before(const struct numbers *n, const struct analysis *a, int32_t first, int32_t end, enum change_kind kind,
                                           int32_t *length)
{
  return change_of(row_at(&n->changes, phrases_before(&n->changes.phrases, a, first, end, length)), kind);
}

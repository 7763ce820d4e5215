/* figures_compare.c: which figure takes the place of which.
 *
 *   "27, up from 12"; "rose from 12 to 27"              27 revises 12; "27 died. That is up from 12": the same
 *   "This number exceeds the earlier estimate of 3,000"  the last figure before revises 3,000
 *   "bringing the toll to 27"                            27 revises the last total of the same kind told before
 *
 * Each figure revises at most one other. */
#include "read/figures.h"
#include "read/tree.h"

#define SIZE_MOST 10
#define SUBJECT_WITHIN 8 /* tokens from the sentence's begin */

static uint32_t sentence_of(const struct reader *r, const struct figure *f) { return r->a->tokens[f->token].sentence; }

/* One number to compare by; false when the figure has none. */
static bool point(const struct figure *f, double *to)
{
  if (f->has_value) *to = f->value;
  else if (f->has_low && f->has_high) *to = (f->low + f->high) / 2;
  else if (f->has_low) *to = f->low;
  else if (f->has_high) *to = f->high;
  else return false;
  return true;
}

static void join(struct reader *r, int32_t later, int32_t earlier, enum figure_move move)
{
  struct figure *a = &r->figures.at[later];
  const struct figure *b = &r->figures.at[earlier];
  double x, y;
  if (later == earlier || a->revises != ID_NONE || b->revises == later || !point(a, &x) || !point(b, &y)) return;
  a->revises = earlier;
  a->change = move != MOVE_NONE ? move : x > y ? MOVE_UP : x < y ? MOVE_DOWN : MOVE_SAME;
}

/* Same unit, or one of them a bare number. */
static bool comparable(const struct figure *a, const struct figure *b)
{
  return a->unit.n == 0 || b->unit.n == 0 || slice_eq(a->unit, b->unit);
}

/* Can the figure be the later one of two?  "5%" of "rose 5%" is how much it moved, not where it arrived ("rose to 12%"). */
static bool can_be_later(const struct reader *r, const struct figure *g)
{
  int32_t with = tree_case(r->a, g->token);
  if (with == TOKEN_NONE && g->item_token != TOKEN_NONE) with = tree_case(r->a, g->item_token); /* "to 1,200 men" */
  const struct change *way = with == TOKEN_NONE ? NULL : numbers_change(r->know->numbers, r->a->tokens[with].lemma, CHANGE_WAY);
  return g->moves == MOVE_NONE || (way && way->move == MOVE_SAME);
}

/* The last figure told before token `t`. */
static int32_t figure_before(const struct reader *r, int32_t t)
{
  size_t low = 0, high = r->figures.n;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (r->figures.at[middle].token < t) low = middle + 1;
    else high = middle;
  }
  return low ? (int32_t)low - 1 : ID_NONE;
}

/* A noun that can stand for a number told before: "this number", "the toll". */
static bool anaphor(const struct reader *r, int32_t t) { return numbers_change(r->know->numbers, r->a->tokens[t].lemma, CHANGE_ANAPHOR) != NULL; }

/* "That is up from 3,000", "It compares with 12": the figure of the sentence before that the subject stands for; ID_NONE. */
static int32_t stood_for(const struct reader *r, const struct figure *f)
{
  const struct token *tokens = r->a->tokens;
  const uint32_t sentence = sentence_of(r, f);
  const int32_t first = (int32_t)r->a->sentences[sentence].first;
  int32_t subject = first; /* the sentence's first one */
  while (subject < f->token && subject - first < SUBJECT_WITHIN && deprel_base((enum deprel)tokens[subject].deprel) != DEP_NSUBJ) subject++;
  if (deprel_base((enum deprel)tokens[subject].deprel) != DEP_NSUBJ || subject >= f->token) return ID_NONE;
  if (tokens[subject].upos != UPOS_PRON && !anaphor(r, subject)) return ID_NONE;
  int32_t before = figure_before(r, first);
  return before != ID_NONE && sentence_of(r, &r->figures.at[before]) + 1 == sentence ? before : ID_NONE;
}

/* "won 51.3% against 48.7% for his rival": two sides of a contest, none of which takes the other's place. */
static bool in_contest(const struct reader *r, const struct figure *f)
{
  const struct token *tokens = r->a->tokens;
  int32_t h = tokens[f->token].head;
  for (int up = 0; up < 3 && h != TOKEN_NONE; up++, h = tokens[h].head)
    if (numbers_score(r->know->numbers, tokens[h].lemma)) return true;
  return false;
}

/* The figure told with "from": its later one stands behind it ("from 12 to 27") or before it ("27, up from 12"). */
static void join_from(struct reader *r, int32_t id)
{
  struct figure *f = &r->figures.at[id];
  enum figure_move move = f->change;
  uint32_t sentence = sentence_of(r, f);
  int32_t later = ID_NONE;
  f->change = MOVE_NONE;
  if (move == MOVE_NONE && in_contest(r, f)) return;
  if (id + 1 < (int32_t)r->figures.n) {
    struct figure *next = &r->figures.at[id + 1];
    bool near = sentence_of(r, next) == sentence && next->token - f->token <= 4 && tree_case(r->a, next->token) > f->token;
    if (near && comparable(f, next)) later = id + 1;
  }
  for (int32_t i = id; later == ID_NONE && i-- > 0 && id - i <= FIGURES_LOOK_BACK && sentence_of(r, &r->figures.at[i]) == sentence;)
    if (comparable(f, &r->figures.at[i]) && can_be_later(r, &r->figures.at[i])) later = i;
  if (later == ID_NONE) {
    int32_t before = stood_for(r, f);
    if (before != ID_NONE && comparable(f, &r->figures.at[before]) && can_be_later(r, &r->figures.at[before])) later = before;
  }
  if (later == ID_NONE) return;
  struct figure *g = &r->figures.at[later];
  if (f->unit.n == 0) f->unit = g->unit;
  if (f->item.n == 0) f->item = g->item;
  if (f->state.n == 0) f->state = g->state;
  if (g->item.n == 0) g->item = f->item;
  if (g->unit.n == 0) g->unit = f->unit;
  join(r, later, id, move);
}

/* First figure whose number stands in the subtree of `token`, or ID_NONE. */
static int32_t figure_below(const struct reader *r, int32_t token)
{
  for (int32_t t = r->a->tokens[token].left; t <= r->a->tokens[token].right; t++)
    if (r->figure_at[t] != ID_NONE && tree_dominates(r->a, token, t)) return r->figure_at[t];
  return ID_NONE;
}

/* "This number exceeds last week's estimate of 3,000 troops." */
static void join_beats(struct reader *r, int32_t verb, const struct change *c)
{
  const struct analysis *a = r->a;
  int32_t subject = tree_child(a, verb, DEP_NSUBJ), object = tree_child(a, verb, DEP_OBJ);
  if (subject == TOKEN_NONE || object == TOKEN_NONE) return;
  int32_t lesser = figure_below(r, object), greater = figure_below(r, subject);
  if (lesser == ID_NONE) return;
  struct span v = token_span(a, verb);
  if (span_holds(r->figures.at[lesser].span, v)) return; /* "exceeds 600,000" is its bound */
  if (greater == ID_NONE && (anaphor(r, subject) || a->tokens[subject].upos == UPOS_PRON)) greater = figure_before(r, subject);
  if (greater == ID_NONE || !comparable(&r->figures.at[greater], &r->figures.at[lesser])) return;
  join(r, greater, lesser, c->move);
  trace_add(&r->figures.at[greater].trace, c->where);
}

int32_t figures_total(const struct reader *r, int32_t token, const struct change **change)
{
  const struct analysis *a = r->a;
  const struct numbers *numbers = r->know->numbers;
  enum deprel d = deprel_base((enum deprel)a->tokens[token].deprel);
  int32_t verb = a->tokens[token].head, noun = TOKEN_NONE;
  if (verb == TOKEN_NONE || a->tokens[verb].upos != UPOS_VERB || (d != DEP_OBL && d != DEP_OBJ)) return TOKEN_NONE;
  struct slice lemma = a->tokens[verb].lemma;
  bool behind = d == DEP_OBL && tree_case(a, token) != TOKEN_NONE;
  const struct change *cause = numbers_change(numbers, lemma, CHANGE_CAUSE), *move = numbers_change(numbers, lemma, CHANGE_MOVE),
                      *total = numbers_change(numbers, lemma, CHANGE_TOTAL);
  *change = cause ? cause : move ? move : total;
  if (behind && (cause || total)) noun = tree_child(a, verb, DEP_OBJ);
  if (noun == TOKEN_NONE && ((behind && (move || total)) || (d == DEP_OBJ && total))) noun = tree_child(a, verb, DEP_NSUBJ);
  return noun != TOKEN_NONE && noun != token && anaphor(r, noun) ? noun : TOKEN_NONE;
}

/* Are the two of one size, as a total is and the one before it? */
static bool of_one_size(const struct figure *a, const struct figure *b)
{
  double x, y;
  return point(a, &x) && point(b, &y) && x <= SIZE_MOST * y && y <= SIZE_MOST * x;
}

/* "bringing the toll to 27", "the toll rose to 27": the last total of the same kind from an earlier sentence. */
static void join_total(struct reader *r, int32_t id)
{
  struct figure *f = &r->figures.at[id];
  const struct change *c;
  if (figures_total(r, f->token, &c) == TOKEN_NONE || !can_be_later(r, f)) return;
  for (int32_t i = id; i-- > 0 && id - i <= FIGURES_LOOK_BACK;) {
    const struct figure *g = &r->figures.at[i];
    bool same_sentence = sentence_of(r, g) == sentence_of(r, f);
    if (f->state.n == 0 && g->state.n && comparable(f, g)) { /* "the toll" of those told of just before */
      f->state = g->state;
      f->unit = g->unit;
    }
    bool last = i == id - 1 && f->state.n == 0 && f->unit.n == 0 && sentence_of(r, g) + 1 == sentence_of(r, f) && slice_is(g->unit, "person");
    if (same_sentence || g->sort != SORT_TOTAL || g->part_of != ID_NONE) continue;
    if (!last && !figures_general(r, g) && !of_one_size(f, g)) continue; /* a toll of 1,300 and "nine militants", a part of it at most */
    if (!last && (g->state.n == 0 || !slice_eq(g->state, f->state))) continue;
    if (f->n_countries && g->n_countries && !slice_eq(f->countries[0], g->countries[0])) continue;
    join(r, id, i, MOVE_NONE);
    trace_add(&f->trace, c->where);
    return;
  }
}

void figures_compare(struct reader *r, const struct figure_note *notes)
{
  if (r->figures.n == 0) return;
  for (int32_t i = 0; i < (int32_t)r->figures.n; i++)
    if (notes[i].earlier) join_from(r, i);
  for (int32_t t = 0; t < r->a->n_tokens; t++) {
    if (r->a->tokens[t].upos != UPOS_VERB) continue;
    const struct change *c = numbers_change(r->know->numbers, r->a->tokens[t].lemma, CHANGE_BEATS);
    if (c) join_beats(r, t, c);
  }
  for (int32_t i = 0; i < (int32_t)r->figures.n; i++)
    if (r->figures.at[i].revises == ID_NONE) join_total(r, i);
}

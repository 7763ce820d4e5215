/* figures_compare.c: which figure takes the place of which.
 *
 *   "27, up from 12"; "rose from 12 to 27"              27 revises 12; "27 died. That is up from 12": the same
 *   "This number exceeds the earlier estimate of 3,000"  the last figure before revises 3,000
 *   "twice its estimate of 12", "initially put at 12"   the number that it is told of revises 12
 *   "bringing the toll to 27"                            27 revises the last total of the same kind told before
 *
 * Each figure revises at most one other. */
#include "read/figures.h"
#include "read/tree.h"
#include "know/phrases.h"
#include <stdio.h>

#define SIZE_MOST 10
#define WRONG_WITHIN 32 /* tokens */
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

/* The preposition in front of a number, be it behind its bound words or beside a particle: "to [more than] 500", "revised up [to] 67"; TOKEN_NONE. */
static int32_t case_before(const struct reader *r, int32_t token)
{
  const struct token *tokens = r->a->tokens;
  const int32_t with = tree_case(r->a, token), first = r->a->sentences[tokens[token].sentence].first;
  if (with != TOKEN_NONE) return with;
  for (int32_t t = token - 1; t >= first && token - t <= 4 && (tokens[t].deprel == DEP_FIXED || tokens[t].deprel == DEP_ADVMOD); t--)
    if (tokens[t].deprel == DEP_FIXED && numbers_change(r->know->numbers, tokens[t].lemma, CHANGE_WAY)) return t;
  return TOKEN_NONE;
}

/* Can the figure be the later one of two?  "5%" of "rose 5%" is how much it moved, not where it arrived ("rose to 12%"). */
static bool can_be_later(const struct reader *r, const struct figure *g)
{
  int32_t with = case_before(r, g->token);
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

/* What the earlier figure does not say of itself is as with its later one. */
static void fill_from(struct figure *earlier, struct figure *later)
{
  if (earlier->unit.n == 0) earlier->unit = later->unit;
  if (earlier->item.n == 0) earlier->item = later->item;
  if (earlier->state.n == 0) earlier->state = later->state;
  if (later->item.n == 0) later->item = earlier->item;
  if (later->unit.n == 0) later->unit = earlier->unit;
}

/* "nine [more than the 22] of Friday", "nine deaths more than the 22": does no more than the comparison stand between, so that the first is their
 * difference? */
static bool is_difference(const struct reader *r, const struct figure_note *g, const struct figure_note *f, int32_t id)
{
  const struct token *tokens = r->a->tokens;
  bool compared = false;
  if (f->first - g->end > 5 || g->end > f->first) return false;
  for (int32_t t = g->end; t < f->first; t++) {
    uint8_t u = tokens[t].upos;
    bool noun = u == UPOS_NOUN && t == r->figures.at[id].item_token;
    compared |= (tokens[t].feats & FEAT_CMP) != 0 && (t == g->end || t == g->end + 1);
    if (!noun && u != UPOS_ADJ && u != UPOS_ADV && u != UPOS_ADP && u != UPOS_DET && u != UPOS_SCONJ) return false;
  }
  return compared;
}

/* How much the later number is more or less than the earlier: of what the number before it counts. */
static void difference_set(struct reader *r, int32_t id, enum figure_move move)
{
  struct figure *g = &r->figures.at[id];
  const struct figure *before = id > 0 ? &r->figures.at[id - 1] : g;
  g->sort = SORT_INCREMENT;
  g->moves = move;
  bool bare = g->item_token == TOKEN_NONE || r->a->tokens[g->item_token].upos == UPOS_ADJ;
  if (!bare || before == g || sentence_of(r, before) != sentence_of(r, g)) return;
  g->item = before->item;
  g->about = before->about;
  g->unit = before->unit;
  g->state = before->state;
  g->unit_text = (struct slice){0};
}

/* The last figure of the sentence before `at` that the figure can take the place of; ID_NONE. */
static int32_t later_before(const struct reader *r, int32_t at, int32_t id)
{
  const struct figure *f = &r->figures.at[id];
  for (int32_t i = at; i-- > 0 && id - i <= FIGURES_LOOK_BACK && sentence_of(r, &r->figures.at[i]) == sentence_of(r, f);)
    if (comparable(f, &r->figures.at[i]) && can_be_later(r, &r->figures.at[i])) return i;
  return ID_NONE;
}

/* The figure told with "from": its later one stands behind it ("from 12 to 27") or before it ("27, up from 12"). */
static void join_from(struct reader *r, int32_t id, const struct figure_note *notes)
{
  const bool contrast = notes[id].contrast;
  struct figure *f = &r->figures.at[id];
  enum figure_move move = f->change;
  uint32_t sentence = sentence_of(r, f);
  int32_t later = ID_NONE;
  f->change = MOVE_NONE;
  if (move == MOVE_NONE && !contrast && in_contest(r, f)) return;
  if (id + 1 < (int32_t)r->figures.n) {
    struct figure *next = &r->figures.at[id + 1];
    bool near = sentence_of(r, next) == sentence && next->token - f->token <= 4 && case_before(r, next->token) > f->token;
    if (near && comparable(f, next)) later = id + 1;
  }
  if (later == ID_NONE) later = later_before(r, id, id);
  if (later == ID_NONE) {
    int32_t before = stood_for(r, f);
    if (before != ID_NONE && comparable(f, &r->figures.at[before]) && can_be_later(r, &r->figures.at[before])) later = before;
  }
  if (later == ID_NONE || (notes[id].against && figures_beside(r, notes, later, id))) return;
  if (is_difference(r, &notes[later], &notes[id], later)) {
    difference_set(r, later, move);
    later = later_before(r, later, id);
    if (later == ID_NONE) return;
  }
  fill_from(f, &r->figures.at[later]);
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

/* Does the noun name people or what befell them: "puts [deaths] at 12", "the dead", "the injured"? */
static bool counted(const struct reader *r, int32_t t)
{
  const struct numbers *numbers = r->know->numbers;
  struct slice lemma = r->a->tokens[t].lemma;
  if (numbers_person(numbers, lemma) || numbers_state(numbers, lemma, STATE_NOUN)) return true;
  if (tree_child(r->a, t, DEP_DET) == TOKEN_NONE) return false;
  return numbers_state(numbers, lemma, STATE_ADJECTIVE) || numbers_state(numbers, r->a->tokens[t].form, STATE_ADJECTIVE);
}

const struct change *figures_change(const struct reader *r, int32_t verb, enum change_kind kind)
{
  const struct token *tokens = r->a->tokens;
  char both[PHRASE_BYTES];
  for (int32_t c = tokens[verb].first_child; c != TOKEN_NONE; c = tokens[c].next_sibling) {
    if (c != verb + 1 || (tokens[c].deprel != DEP_COMPOUND_PRT && tokens[c].deprel != DEP_ADVMOD)) continue;
    int n = snprintf(both, sizeof both, "%.*s %.*s", SLICE_ARG(tokens[verb].lemma), SLICE_ARG(tokens[c].lemma));
    const struct change *row = n < 0 || (size_t)n >= sizeof both ? NULL : numbers_change(r->know->numbers, (struct slice){both, (size_t)n}, kind);
    if (row) return row;
  }
  return numbers_change(r->know->numbers, tokens[verb].lemma, kind);
}

/* "the number of [refugees]": what the noun that stands for a number is a number of, else the noun. */
static int32_t number_of(const struct reader *r, int32_t noun)
{
  const struct analysis *a = r->a;
  int32_t length;
  for (int32_t c = a->tokens[noun].first_child; c != TOKEN_NONE; c = a->tokens[c].next_sibling) {
    int32_t with = c > noun && a->tokens[c].deprel == DEP_NMOD ? tree_case(a, c) : TOKEN_NONE;
    bool many = counted(r, c) || (a->tokens[c].feats & FEAT_PLUR);
    if (with == noun + 1 && many && numbers_hedge_at(r->know->numbers, a, with, with + 1, HEDGE_WHOLE, &length)) return c;
  }
  return noun;
}

/* "put the dead at 31 and [the injured] at 200": the second object, where the verb is left out. */
static const struct change *second_object(const struct reader *r, int32_t t)
{
  const struct analysis *a = r->a;
  int32_t object = a->tokens[t].deprel == DEP_CONJ ? a->tokens[t].head : TOKEN_NONE;
  int32_t verb = object;
  if (object != TOKEN_NONE && (a->tokens[object].deprel == DEP_OBJ || a->tokens[object].deprel == DEP_OBL)) verb = a->tokens[object].head;
  if (verb == TOKEN_NONE && a->tokens[t].deprel == DEP_ACL) { /* "and the number of [missing] at 90" */
    int32_t noun = a->tokens[t].head, first = tree_first_conjunct(a, noun);
    const struct numbers *numbers = r->know->numbers;
    bool state = numbers_state(numbers, a->tokens[t].lemma, STATE_ADJECTIVE) || numbers_state(numbers, a->tokens[t].form, STATE_ADJECTIVE);
    if (!state || noun + 2 != t || !anaphor(r, noun) || a->tokens[first].deprel != DEP_OBJ) return NULL;
    return figures_change(r, a->tokens[first].head, CHANGE_TOTAL);
  }
  if (verb == TOKEN_NONE || tree_child(a, t, DEP_DET) == TOKEN_NONE || !counted(r, t)) return NULL;
  return numbers_change(r->know->numbers, a->tokens[verb].lemma, CHANGE_TOTAL);
}

/* The noun of the verb that may stand for the number at `token`, and what the verb does with it; TOKEN_NONE. */
static int32_t total_noun(const struct reader *r, int32_t verb, int32_t token, const struct change **change)
{
  const struct analysis *a = r->a;
  int32_t noun = TOKEN_NONE;
  bool behind = case_before(r, token) != TOKEN_NONE; /* the tree may take "at 12" for an object */
  const struct change *cause = figures_change(r, verb, CHANGE_CAUSE), *move = figures_change(r, verb, CHANGE_MOVE),
                      *total = figures_change(r, verb, CHANGE_TOTAL);
  *change = cause ? cause : move ? move : total;
  if (behind && (cause || total)) noun = tree_child(a, verb, DEP_OBJ);
  if (noun == TOKEN_NONE && behind && (cause || total)) noun = tree_child(a, verb, DEP_NSUBJ_PASS); /* "the figure was later raised to 41" */
  bool object = deprel_base((enum deprel)a->tokens[token].deprel) == DEP_OBJ;
  if (noun == TOKEN_NONE && ((behind && (move || total)) || (object && (total || move)))) noun = tree_child(a, verb, DEP_NSUBJ);
  return noun == token ? TOKEN_NONE : noun;
}

/* "gave [a toll] of 41": the noun, where the verb that has it as its object does nothing to those counted ("killed a total of 40"); TOKEN_NONE. */
static int32_t total_of(const struct reader *r, int32_t token, const struct change **change)
{
  const struct analysis *a = r->a;
  const int32_t noun = a->tokens[token].head, verb = noun == TOKEN_NONE ? TOKEN_NONE : a->tokens[noun].head;
  int32_t length, with = noun == TOKEN_NONE ? TOKEN_NONE : tree_case(a, token);
  if (verb == TOKEN_NONE || with != noun + 1 || a->tokens[verb].upos != UPOS_VERB) return TOKEN_NONE;
  if (deprel_base((enum deprel)a->tokens[token].deprel) != DEP_NMOD) return TOKEN_NONE;
  const enum deprel d = deprel_base((enum deprel)a->tokens[noun].deprel);
  const struct numbers *numbers = r->know->numbers;
  *change = numbers_change(numbers, a->tokens[noun].lemma, CHANGE_ANAPHOR);
  if (!*change || (d != DEP_OBJ && d != DEP_OBL) || !numbers_hedge_at(numbers, a, with, with + 1, HEDGE_WHOLE, &length)) return TOKEN_NONE;
  const bool done_to = numbers_state(numbers, a->tokens[verb].lemma, STATE_OBJECT) || numbers_change(numbers, a->tokens[verb].lemma, CHANGE_BEATS);
  return done_to ? TOKEN_NONE : noun;
}

int32_t figures_total(const struct reader *r, int32_t token, const struct change **change)
{
  const struct analysis *a = r->a;
  enum deprel d = deprel_base((enum deprel)a->tokens[token].deprel);
  int32_t verb = a->tokens[token].head;
  const int32_t toll = total_of(r, token, change);
  if (toll != TOKEN_NONE) return toll;
  if (verb != TOKEN_NONE && d == DEP_NMOD && r->figure_at[verb] != ID_NONE && tree_case(a, token) == verb + 1) { /* "rose by [nine to 27]" */
    verb = a->tokens[verb].head;
    d = DEP_OBL;
  }
  if (verb != TOKEN_NONE && d == DEP_OBL && tree_case(a, token) != TOKEN_NONE && (*change = second_object(r, verb)) != NULL) return verb;
  if (verb == TOKEN_NONE || a->tokens[verb].upos != UPOS_VERB || (d != DEP_OBL && d != DEP_OBJ)) return TOKEN_NONE;
  const int32_t noun = total_noun(r, verb, token, change);
  if (noun == TOKEN_NONE) return TOKEN_NONE;
  if (anaphor(r, noun)) return number_of(r, noun);
  const bool total = figures_change(r, verb, CHANGE_TOTAL) != NULL, moves = figures_change(r, verb, CHANGE_MOVE) != NULL; /* "cases climbed 12 to 96" */
  return (moves || (total && case_before(r, token) != TOKEN_NONE)) && counted(r, noun) ? noun : TOKEN_NONE;
}

/* The row of a word, by its lemma or as it stands ("earlier" is a form of "early"). */
static const struct change *earlier_word(const struct reader *r, int32_t t)
{
  const struct change *c = numbers_change(r->know->numbers, r->a->tokens[t].lemma, CHANGE_EARLIER);
  return c ? c : numbers_change(r->know->numbers, r->a->tokens[t].form, CHANGE_EARLIER);
}

/* The words that end before token `end` and stand before an earlier number. */
static const struct change *earlier_words(const struct reader *r, int32_t first, int32_t end)
{
  int32_t length;
  const struct change *c = numbers_change_before(r->know->numbers, r->a, first, end, CHANGE_FROM, &length);
  return c ? c : numbers_change_before(r->know->numbers, r->a, first, end, CHANGE_AGAINST, &length);
}

#define PHRASE_MOST 7 /* tokens of a noun phrase before its number */

/* "an initial count of 30", "an initial 30", "twice its estimate of 30": the word before the number that makes it the earlier one, or NULL. */
static const struct change *earlier_before(const struct reader *r, const struct figure_note *note)
{
  const struct analysis *a = r->a;
  const struct numbers *numbers = r->know->numbers;
  int32_t begin = a->sentences[a->tokens[note->first].sentence].first;
  bool noun = false;
  for (int32_t t = note->first - 1; t >= begin && note->first - t <= PHRASE_MOST && r->figure_at[t] == ID_NONE; t--) {
    const struct token *k = &a->tokens[t];
    const struct change *c = k->upos == UPOS_VERB ? NULL : numbers_change(numbers, k->lemma, CHANGE_MULTIPLE); /* who doubles it tells the later one */
    if (c) return c;
    c = k->upos == UPOS_ADJ ? earlier_word(r, t) : NULL;
    if (c && (noun || (t == note->first - 1 && !(k->feats & FEAT_ORD)))) return c; /* "the first 30 soldiers" are no earlier number */
    noun |= anaphor(r, t);
    c = noun ? earlier_words(r, begin, t) : NULL; /* "up from last week's estimate of 30" */
    if (c) return c;
    bool small = k->upos == UPOS_DET || k->upos == UPOS_PRON || k->upos == UPOS_ADJ || k->upos == UPOS_PART;
    bool phrase = small || r->date_at[t] != ID_NONE || anaphor(r, t) || (k->upos == UPOS_NOUN && noun) || (k->upos == UPOS_ADP && t == note->first - 1);
    if (!phrase) return NULL;
  }
  return NULL;
}

/* "initially put at 30", "first reported 30 deaths", "the initial count was 30" */
static const struct change *earlier_above(const struct reader *r, const struct figure *f)
{
  const struct analysis *a = r->a;
  int32_t t = f->token;
  if (f->item_token != TOKEN_NONE && tree_dominates(a, f->item_token, t)) t = f->item_token;
  enum deprel d = deprel_base((enum deprel)a->tokens[t].deprel);
  int32_t head = d == DEP_OBL || d == DEP_OBJ ? a->tokens[t].head : TOKEN_NONE, subject = tree_child(a, t, DEP_NSUBJ);
  bool noun = subject != TOKEN_NONE && anaphor(r, subject);
  int32_t above = noun ? subject : head;
  if (above == TOKEN_NONE || (!noun && a->tokens[above].upos != UPOS_VERB)) return NULL;
  for (int32_t c = a->tokens[above].first_child; c != TOKEN_NONE && c < above; c = a->tokens[c].next_sibling) {
    const struct change *word = a->tokens[c].deprel == (noun ? DEP_AMOD : DEP_ADVMOD) ? earlier_word(r, c) : NULL;
    if (word) return word;
  }
  return NULL;
}

/* Do the two say the same of those whom they count, as far as they say it? */
static bool of_one_state(const struct reader *r, const struct figure *a, const struct figure *b)
{
  if (a->state.n && b->state.n) return slice_eq(a->state, b->state);
  return a->item.n == 0 || b->item.n == 0 || slice_eq(a->item, b->item) || figures_general(r, a) || figures_general(r, b);
}

static bool is_later_of(const struct reader *r, int32_t id, int32_t earlier, const struct figure_note *notes)
{
  const struct figure *f = &r->figures.at[earlier], *g = &r->figures.at[id];
  if (sentence_of(r, g) != sentence_of(r, f) || notes[id].earlier || g->sort != SORT_TOTAL || g->part_of != ID_NONE || g->revises != ID_NONE) return false;
  return comparable(f, g) && can_be_later(r, g) && of_one_state(r, f, g);
}

/* A number that a word beside it calls the earlier one: the later one stands in its sentence, before it rather than behind. */
static void join_earlier(struct reader *r, int32_t id, const struct figure_note *notes)
{
  struct figure *f = &r->figures.at[id];
  const struct change *word = earlier_before(r, &notes[id]);
  int32_t n = (int32_t)r->figures.n, later = ID_NONE;
  if (!word) word = earlier_above(r, f);
  if (!word || f->sort != SORT_TOTAL || notes[id].earlier || f->part_of != ID_NONE) return;
  for (int32_t i = id; later == ID_NONE && i-- > 0 && id - i <= FIGURES_LOOK_BACK && sentence_of(r, &r->figures.at[i]) == sentence_of(r, f);)
    if (is_later_of(r, i, id, notes)) later = i;
  for (int32_t i = id + 1; later == ID_NONE && i < n && i - id <= FIGURES_LOOK_BACK && sentence_of(r, &r->figures.at[i]) == sentence_of(r, f); i++)
    if (is_later_of(r, i, id, notes)) later = i;
  if (later == ID_NONE) later = stood_for(r, f);
  if (later == ID_NONE || !comparable(f, &r->figures.at[later]) || !can_be_later(r, &r->figures.at[later])) return;
  struct figure *g = &r->figures.at[later];
  join(r, later, id, word->move);
  trace_add(&g->trace, word->where);
  if (f->state.n == 0) f->state = g->state;
  if (f->item.n == 0) f->item = g->item;
  if (f->unit.n == 0) f->unit = g->unit;
}

/* Are the two of one size, as a total is and the one before it? */
static bool of_one_size(const struct figure *a, const struct figure *b)
{
  double x, y;
  return point(a, &x) && point(b, &y) && x <= SIZE_MOST * y && y <= SIZE_MOST * x;
}

/* Is `g`, the figure told last before and in the sentence before, what a bare "the number" stands for? */
static bool stands_for(const struct reader *r, const struct figure *f, const struct figure *g)
{
  if (f->state.n || sentence_of(r, g) + 1 != sentence_of(r, f)) return false;
  if (f->unit.n == 0 && slice_is(g->unit, "person")) return true;
  return slice_eq(f->unit, g->unit) && g->item.n && of_one_size(f, g); /* houses, or a share */
}

/* The figure told with the noun that stands for a number and is the subject or object of f's verb; ID_NONE. */
static int32_t subject_figure(const struct reader *r, const struct figure *f)
{
  static const enum deprel places[] = {DEP_NSUBJ_PASS, DEP_NSUBJ, DEP_OBJ};
  const struct token *tokens = r->a->tokens;
  const int32_t verb = tokens[f->token].head;
  if (verb == TOKEN_NONE || tokens[verb].upos != UPOS_VERB) return ID_NONE;
  for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
    const int32_t noun = tree_child(r->a, verb, places[i]);
    if (noun != TOKEN_NONE && anaphor(r, noun) && !tree_dominates(r->a, noun, f->token)) return figure_below(r, noun);
  }
  return ID_NONE;
}

/* Is the total `f` what became of `g`, of a sentence before?  `last`: a bare "the number" stands for it. */
static bool goes_on(const struct reader *r, const struct figure *f, const struct figure *g, bool last)
{
  if (g->sort != SORT_TOTAL || g->part_of != ID_NONE) return false;
  if (!last && !figures_general(r, g) && !of_one_size(f, g)) return false; /* a toll of 1,300 and "nine militants", a part of it at most */
  if (!last && (g->state.n == 0 || !slice_eq(g->state, f->state))) return false;
  if (f->n_countries && g->n_countries && !slice_eq(f->countries[0], g->countries[0])) return false;
  return !figures_apart(r, f, g);
}

/* "bringing the toll to 27", "the toll rose to 27": the last total of the same kind from an earlier sentence. */
static void join_total(struct reader *r, int32_t id, const struct figure_note *notes)
{
  struct figure *f = &r->figures.at[id];
  const struct change *c;
  if (figures_total(r, f->token, &c) == TOKEN_NONE || !can_be_later(r, f) || notes[id].earlier || earlier_before(r, &notes[id])) return;
  const int32_t own = c->kind == CHANGE_CAUSE || c->kind == CHANGE_MOVE ? subject_figure(r, f) : ID_NONE;
  if (own != ID_NONE && own < id && comparable(f, &r->figures.at[own])) { /* "the figure of 19 dead was revised to 26" */
    join(r, id, own, MOVE_NONE);
    trace_add(&f->trace, c->where);
    return;
  }
  const int32_t last_before = figure_before(r, r->a->sentences[sentence_of(r, f)].first);
  for (int32_t i = id; i-- > 0 && id - i <= FIGURES_LOOK_BACK;) {
    const struct figure *g = &r->figures.at[i];
    if (f->state.n == 0 && g->state.n && comparable(f, g)) { /* "the toll" of those told of just before */
      f->state = g->state;
      f->unit = g->unit;
    }
    const bool last = i == last_before && stands_for(r, f, g);
    if (sentence_of(r, g) == sentence_of(r, f) || !goes_on(r, f, g, last)) continue;
    join(r, id, i, MOVE_NONE);
    if (last && f->item.n == 0) {
      f->item = g->item;
      f->about = g->about;
      f->unit = g->unit;
    }
    trace_add(&f->trace, c->where);
    return;
  }
}

/* The last word in [first, end) that says of a number that it is not so; *at = where it ends. */
static const struct change *wrong_word(const struct reader *r, int32_t first, int32_t end, int32_t *at)
{
  int32_t length;
  for (int32_t t = end; t > first && end - t < WRONG_WITHIN; t--) {
    const uint8_t upos = r->a->tokens[t - 1].upos;
    const struct change *c = upos != UPOS_ADJ && upos != UPOS_VERB && upos != UPOS_NOUN
                               ? NULL : numbers_change_before(r->know->numbers, r->a, first, t, CHANGE_WRONG, &length);
    *at = t;
    if (c) return c;
  }
  return NULL;
}

/* The word before the figure, in its sentence or at the end of the one before with no figure between, that says of an earlier number that it is not so. */
static const struct change *wrong_before(const struct reader *r, int32_t id, int32_t *at)
{
  const struct figure *f = &r->figures.at[id];
  const uint32_t own = sentence_of(r, f);
  const struct change *c = NULL;
  for (uint32_t s = own; !c && s + 1 >= own && s <= own; s--) {
    int32_t begin = r->a->sentences[s].first, end = s == own ? f->token : r->a->sentences[s].end;
    if (id > 0 && r->figures.at[id - 1].token >= begin) begin = r->figures.at[id - 1].token + 1;
    if (begin < end) c = wrong_word(r, begin, end, at);
  }
  return c;
}

/* Is it said of a number: by a noun that can stand for one or a pronoun before `at`, or with the number right before it ("the report of 28 dead was low")? */
static bool said_of_number(const struct reader *r, int32_t earlier, int32_t at)
{
  const struct token *tokens = r->a->tokens;
  if (at - r->figures.at[earlier].token <= SUBJECT_WITHIN) return true;
  for (int32_t t = r->a->sentences[tokens[at - 1].sentence].first; t < at; t++)
    if (anaphor(r, t) || (tokens[t].upos == UPOS_PRON && deprel_base((enum deprel)tokens[t].deprel) == DEP_NSUBJ)) return true;
  return false;
}

/* "The first count of 40 was too low: 52 have died"; "That figure was wrong.  In fact 15 died": the number told behind the word takes the place of the
 * one that the word is said of. */
static void join_wrong(struct reader *r, int32_t id)
{
  const struct figure *f = &r->figures.at[id];
  int32_t at = 0;
  const struct change *c = wrong_before(r, id, &at);
  const int32_t earlier = c ? figure_before(r, at) : ID_NONE;
  if (earlier == ID_NONE || earlier == id || !said_of_number(r, earlier, at)) return;
  const struct figure *g = &r->figures.at[earlier];
  double x, y;
  if (sentence_of(r, g) + 1 < r->a->tokens[at - 1].sentence || !comparable(f, g) || !of_one_state(r, f, g) || !can_be_later(r, f)) return;
  if (!point(f, &x) || !point(g, &y) || (c->move != MOVE_NONE && (c->move == MOVE_UP) != (x > y))) return;
  join(r, id, earlier, c->move);
  r->figures.at[id].corrects = r->figures.at[id].revises == earlier;
  trace_add(&r->figures.at[id].trace, c->where);
}

void figures_compare(struct reader *r, const struct figure_note *notes)
{
  if (r->figures.n == 0) return;
  for (int32_t i = 0; i < (int32_t)r->figures.n; i++)
    if (notes[i].earlier) join_from(r, i, notes);
  for (int32_t i = 0; i < (int32_t)r->figures.n; i++) join_earlier(r, i, notes);
  for (int32_t t = 0; t < r->a->n_tokens; t++) {
    if (r->a->tokens[t].upos != UPOS_VERB) continue;
    const struct change *c = numbers_change(r->know->numbers, r->a->tokens[t].lemma, CHANGE_BEATS);
    if (c) join_beats(r, t, c);
  }
  for (int32_t i = 0; i < (int32_t)r->figures.n; i++)
    if (r->figures.at[i].revises == ID_NONE) join_wrong(r, i);
  for (int32_t i = 0; i < (int32_t)r->figures.n; i++)
    if (r->figures.at[i].revises == ID_NONE) join_total(r, i, notes);
}

/* figures_operand.c: one number, without what bounds or measures it: digits (figures_digits.c), words ("two hundred and fifty", "a dozen") or a
 * vague count ("tens of thousands", "several"). */
#include "read/figures.h"
#include "read/tree.h"

#define VALUE_MOST 1e16

/* Multiplies by magnitudes that follow: "3.5 million", "100 thousand", "5 m" where "m" is glued. */
static void magnitudes(const struct reader *r, int32_t end, struct operand *o)
{
  const struct analysis *a = r->a;
  while (o->end < end) {
    int32_t t = o->end;
    if (is_hyphen(a, t) && t + 1 < end && glued_to_next(a, t) && glued_to_next(a, t - 1)) t++; /* "3-million" */
    const struct number_word *w = numbers_word(r->know->numbers, a->tokens[t].form, NUMBER_MAGNITUDE);
    if (!w) w = numbers_word(r->know->numbers, a->tokens[t].form, NUMBER_HUNDRED);
    if (!w && t == o->end && o->digits && (glued_to_next(a, t - 1) || o->symbol)) { /* "5m", "$5 m" */
      w = numbers_word(r->know->numbers, a->tokens[t].form, NUMBER_GLUED);
      if (w) o->maybe = numbers_unit_word(r->know->numbers, a->tokens[t].form, false);
      o->plain = o->value;
    }
    if (!w && !o->digits && t == o->end) w = numbers_word(r->know->numbers, a->tokens[t].form, NUMBER_GROUP);
    double by = w ? w->value : 0;
    if (!w && t == o->end && (w = numbers_word(r->know->numbers, a->tokens[t].form, NUMBER_VAGUE)) != NULL) by = w->value / 2; /* "300 millions" */
    if (!w || by < 10 || o->scale * by > VALUE_MOST) return;
    o->value = scaled(o->value, by);
    o->scale *= by;
    o->last = t;
    o->end = t + 1;
  }
}

/* Where number words stand while they are read. */
struct words {
  double total, group, closed; /* closed groups, the open one, the last magnitude */
  bool tens, units;            /* the open group has its tens, its units */
};

/* Takes a cardinal in; false when it begins another number. */
static bool words_add(struct words *w, double value)
{
  bool ten = value >= 20;
  if (w->units || (w->tens && (ten || value >= 10 || value < 1))) return false;
  w->group += value;
  w->tens = w->tens || ten;
  w->units = !ten;
  return true;
}

/* Takes a hundred, a dozen or a magnitude in. */
static bool words_multiply(struct words *w, const struct number_word *by)
{
  if (by->kind == NUMBER_MAGNITUDE) {
    if (w->group <= 0 || by->value >= w->closed) return false;
    w->total += w->group * by->value;
    w->closed = by->value;
    w->group = 0;
  } else {
    if ((by->kind != NUMBER_HUNDRED && by->kind != NUMBER_GROUP) || w->group >= 100) return false;
    w->group *= by->value;
  }
  w->tens = w->units = false;
  return true;
}

/* "twenty-five", "two hundred and fifty": the token of the next word behind a hyphen or conjunction, or `t` itself. */
static int32_t next_word(const struct reader *r, const struct words *w, int32_t t, int32_t end)
{
  const struct analysis *a = r->a;
  if (t + 1 >= end) return t;
  if (is_hyphen(a, t) && glued_to_next(a, t) && glued_to_next(a, t - 1)) return t + 1;
  if (a->tokens[t].upos != UPOS_CCONJ || w->tens || w->units) return t;
  const struct number_word *second = t + 2 < end ? numbers_any(r->know->numbers, a->tokens[t + 2].form) : NULL;
  return second && second->kind == NUMBER_HUNDRED ? t : t + 1; /* "two hundred and three hundred" are two numbers */
}

/* Number words: cardinals are added up, a hundred multiplies, a magnitude closes a group. */
static bool words_read(const struct reader *r, int32_t at, int32_t end, struct operand *o)
{
  struct words words = {.closed = VALUE_MOST};
  int32_t t = at;
  o->scale = 1;
  while (t < end) {
    int32_t word = t == at ? t : next_word(r, &words, t, end);
    const struct number_word *w = numbers_any(r->know->numbers, r->a->tokens[word].form);
    if (!w || (w->kind != NUMBER_CARDINAL && word != t)) break;
    if (w->kind == NUMBER_CARDINAL ? !words_add(&words, w->value) : !words_multiply(&words, w)) break;
    if (w->kind != NUMBER_CARDINAL) o->scale = w->value;
    o->last = word;
    t = word + 1;
  }
  o->value = words.total + words.group;
  o->end = t;
  return t > at && o->value <= VALUE_MOST;
}

static bool special_read(const struct reader *r, const struct number_word *w, int32_t at, int32_t end, struct operand *o);

/* "a dozen", "a million", "a few", "a third" */
static bool article_read(const struct reader *r, const struct number_word *next, int32_t at, int32_t end, struct operand *o)
{
  if (!next || next->kind == NUMBER_CARDINAL || next->kind == NUMBER_ARTICLE) return false;
  if (next->kind == NUMBER_VAGUE || next->kind == NUMBER_FRACTION) return special_read(r, next, at + 1, end, o);
  o->value = next->value;
  o->scale = next->value;
  o->last = at + 1;
  o->end = at + 2;
  magnitudes(r, end, o);
  return true;
}

/* "shrank by half" */
static bool moved_by(const struct reader *r, int32_t at)
{
  const struct token *tokens = r->a->tokens;
  int32_t by = at > 1 && tokens[at - 1].upos == UPOS_DET ? at - 2 : at - 1; /* "by a third" */
  const struct change *way = by >= 0 ? numbers_change(r->know->numbers, tokens[by].lemma, CHANGE_WAY) : NULL;
  int32_t verb = way && way->move == MOVE_NONE ? tokens[at].head : TOKEN_NONE;
  return verb != TOKEN_NONE && tokens[verb].upos == UPOS_VERB && figures_change(r, verb, CHANGE_MOVE);
}

/* "Of the 30 climbers, a third died": a share of those told right before. */
static bool of_those_told(const struct reader *r, int32_t at)
{
  const struct token *tokens = r->a->tokens;
  if (r->figures.n == 0 || at == 0 || tokens[at - 1].upos != UPOS_DET) return false;
  const int32_t told = r->figures.at[r->figures.n - 1].token;
  int32_t length;
  const int32_t first = r->a->sentences[tokens[at].sentence].first;
  bool of = tokens[told].sentence == tokens[at].sentence && deprel_base((enum deprel)tokens[at].deprel) == DEP_NSUBJ;
  return of && numbers_hedge_at(r->know->numbers, r->a, first, first + 1, HEDGE_WHOLE, &length);
}

/* "half a million", "a third of", "half the city"; "the second half" and "a third man" are none. */
static bool fraction_read(const struct reader *r, const struct number_word *next, int32_t at, int32_t end, struct operand *o)
{
  const struct analysis *a = r->a;
  const struct token *k = &a->tokens[at];
  bool ordinal = (k->feats & FEAT_ORD) != 0;
  if (ordinal && !(at > 0 && numbers_any(r->know->numbers, a->tokens[at - 1].form))) return false;
  if (next && next->kind == NUMBER_ARTICLE && at + 2 < end) {
    const struct number_word *big = numbers_any(r->know->numbers, a->tokens[at + 2].form);
    if (big && (big->kind == NUMBER_MAGNITUDE || big->kind == NUMBER_GROUP)) {
      o->value *= big->value;
      o->scale = big->value;
      o->last = at + 2;
      o->end = at + 3;
      return true;
    }
  }
  bool leads = k->deprel == DEP_DET_PREDET || k->deprel == DEP_NUMMOD;
  bool of = at + 1 < end && a->tokens[at + 1].deprel == DEP_CASE && tree_dominates(a, at, at + 1);
  const bool share = !of && of_those_told(r, at);
  if (ordinal && !of && !share) return false;
  o->fraction = true;
  if (!leads && !of && !share && !moved_by(r, at)) return false;
  return at == 0 || (!(a->tokens[at - 1].feats & FEAT_ORD) && a->tokens[at - 1].upos != UPOS_ADJ);
}

/* Does a vague word by itself count something here? */
static bool vague_counts(const struct analysis *a, const struct number_word *w, int32_t at)
{
  const struct token *k = &a->tokens[at];
  if (w->value < 20) /* "several", "few": only before what they count */
    return (k->deprel == DEP_AMOD || k->deprel == DEP_NUMMOD || k->deprel == DEP_DET) && k->head > at;
  if (at > 0 && a->tokens[at - 1].sentence == k->sentence && !k->name) { /* "test scores" is none */
    uint8_t upos = a->tokens[at - 1].upos;
    if (upos == UPOS_NOUN || upos == UPOS_PROPN) return a->tokens[at - 1].head != at;
  }
  return k->upos == UPOS_NOUN || k->upos == UPOS_NUM;
}

/* "several", "several hundred", "tens of thousands" */
static bool vague_read(const struct reader *r, const struct number_word *w, const struct number_word *next, int32_t at, int32_t end, struct operand *o)
{
  const struct analysis *a = r->a;
  o->vague = true;
  if (next && (next->kind == NUMBER_HUNDRED || next->kind == NUMBER_MAGNITUDE || next->kind == NUMBER_GROUP)) {
    magnitudes(r, end, o);
    if (next->kind == NUMBER_GROUP && o->end == at + 1) {
      o->value *= next->value;
      o->last = at + 1;
      o->end = at + 2;
    }
    return true;
  }
  if (at + 2 < end && a->tokens[at + 1].upos == UPOS_ADP) { /* the second counts whole */
    const struct number_word *second = numbers_any(r->know->numbers, a->tokens[at + 2].form);
    if (second && second->kind == NUMBER_VAGUE && second->value >= 20) {
      o->value *= second->value / 2;
      o->last = at;
      o->end = at + 3;
      return true;
    }
  }
  return vague_counts(a, w, at);
}

/* A word that is no cardinal: it needs others around it. */
static bool special_read(const struct reader *r, const struct number_word *w, int32_t at, int32_t end, struct operand *o)
{
  const struct number_word *next = at + 1 < end ? numbers_any(r->know->numbers, r->a->tokens[at + 1].form) : NULL;
  o->scale = 1;
  o->end = at + 1;
  o->last = at;
  o->value = w->value;
  switch (w->kind) {
  case NUMBER_ARTICLE: return article_read(r, next, at, end, o);
  case NUMBER_FRACTION: return fraction_read(r, next, at, end, o);
  case NUMBER_VAGUE: return vague_read(r, w, next, at, end, o);
  case NUMBER_GROUP: return r->a->tokens[at].upos == UPOS_NUM; /* "dozen" as a number; a bare "hundred" is none */
  default: return false;
  }
}

/* `t`, or the token behind it when it is a hyphen glued on both sides. */
static int32_t behind_hyphen(const struct analysis *a, int32_t t, int32_t end)
{
  return t + 1 < end && is_hyphen(a, t) && glued_to_next(a, t) && glued_to_next(a, t - 1) ? t + 1 : t;
}

/* "two thirds", "two and a half million": a fraction that goes on behind a number. */
static void fraction_behind(const struct reader *r, int32_t end, struct operand *o)
{
  const struct analysis *a = r->a;
  const struct numbers *numbers = r->know->numbers;
  int32_t f = o->end;
  if (f >= end || o->vague || o->fraction) return;
  if (is_hyphen(a, f) && f + 1 < end && glued_to_next(a, f)) f++;
  const struct number_word *w = numbers_word(numbers, a->tokens[f].form, NUMBER_FRACTION);
  bool ordinal = (a->tokens[f].feats & FEAT_ORD) && o->value > 1 && a->tokens[f].upos != UPOS_NOUN;
  if (w && o->value < 100 && (f == o->end || !o->digits) && !ordinal) {
    o->value *= w->value;
    o->fraction = true;
    o->last = f;
    o->end = f + 1;
    return;
  }
  int32_t article = behind_hyphen(a, f + 1, end), half = behind_hyphen(a, article + 1, end); /* also "three-and-a-half" */
  if (half >= end || a->tokens[f].upos != UPOS_CCONJ || !numbers_word(numbers, a->tokens[article].form, NUMBER_ARTICLE)) return;
  w = numbers_word(numbers, a->tokens[half].form, NUMBER_FRACTION);
  if (!w) return;
  o->value += w->value * o->scale;
  o->last = half;
  o->end = half + 1;
  magnitudes(r, end, o);
}

/* "minus 5 degrees", "minus-260": the token behind the word, or `at` itself.  "Five minus two" and "the team, minus two players" are no such numbers:
 * the caller asks for a unit. */
static int32_t behind_minus(const struct reader *r, int32_t at, int32_t end)
{
  const struct analysis *a = r->a;
  int32_t t = at + 1;
  if (!numbers_word(r->know->numbers, a->tokens[at].form, NUMBER_MINUS)) return at;
  if (at > 0 && (a->tokens[at - 1].upos == UPOS_NUM || a->tokens[at - 1].upos == UPOS_SYM)) return at;
  if (t < end && is_hyphen(a, t) && glued_to_next(a, t) && glued_to_next(a, t - 1)) t++;
  return t < end ? t : at;
}

/* "every third child": one of three. */
static bool every_read(const struct reader *r, int32_t at, int32_t end, struct operand *o)
{
  const struct token *tokens = r->a->tokens;
  int32_t noun = at + 2, length;
  const struct number_word *of = noun < end ? numbers_word(r->know->numbers, tokens[at + 1].form, NUMBER_ORDINAL) : NULL;
  if (!of || tokens[at + 1].head != noun || r->date_at[at] != ID_NONE) return false;
  if (tokens[noun].upos != UPOS_NOUN || numbers_unit(r->know->numbers, r->a, noun, end, false, &length)) return false;
  o->value = 1 / of->value;
  o->fraction = true;
  o->last = at + 1;
  o->end = noun;
  return true;
}

bool operand_read(const struct reader *r, int32_t at, int32_t end, struct operand *o)
{
  const struct analysis *a = r->a;
  *o = (struct operand){.scale = 1};
  int32_t t = behind_minus(r, at, end);
  o->sign_word = t > at;
  if (digits_operand(r, t, end, o)) {
    if (!o->glued) magnitudes(r, end, o);
  } else {
    bool word = o->sign_word;
    *o = (struct operand){.scale = 1, .sign_word = word};
    int32_t length;
    const struct unit *symbol = numbers_unit(r->know->numbers, a, t, end, true, &length); /* "$ two million" */
    if (symbol && t + length < end) {
      o->symbol = symbol;
      o->symbol_span = tree_span(a, t, t + length);
      t += length;
    }
    const struct number_word *w = numbers_any(r->know->numbers, a->tokens[t].form);
    if (!w) return t == at && numbers_word(r->know->numbers, a->tokens[t].form, NUMBER_EVERY) && every_read(r, t, end, o);
    if (w->kind == NUMBER_CARDINAL ? !words_read(r, t, end, o) : !special_read(r, w, t, end, o)) return false;
  }
  fraction_behind(r, end, o);
  if (o->sign_word) o->sign = -1;
  if (o->sign < 0) o->value = -o->value;
  return o->value <= VALUE_MOST && o->value >= -VALUE_MOST;
}

/* figures.h: the number itself, as the figures reader finds it in a run of tokens (figures_operand.c, figures_number.c), and what the figures' files share. */
#ifndef READ_FIGURES_H
#define READ_FIGURES_H
#include "read/reader.h"
#include <math.h>

#define FIGURES_LOOK_BACK 128 /* figures before one that may concern it */

/* One operand: "3.5 million" */
struct operand {
  int32_t end;        /* token behind it */
  int32_t last;       /* the word that the tree counts with */
  double value;
  double scale;       /* the magnitude that closed it, 1 when none: "5 to 7 million" */
  int sign;           /* -1 and 1 for the signs in front, 0 without; the value has it already */
  bool sign_word;     /* told by a word: "minus 5 degrees" */
  bool vague, fraction, digits;
  const struct unit *symbol; /* sign before it or glued to it */
  struct span symbol_span;
  const struct unit *glued;  /* unit glued behind: "40min" */
  struct span glued_span;
  const struct hedge *after; /* "100+" */
  const struct unit *maybe;  /* the letter of a magnitude may be this unit as well, then the value is `plain`: "49m" */
  double plain;
};

/* "16.6 million": the product, and where only rounding parts it from a whole number that number (0.1 and the like are no binary fractions). */
static inline double scaled(double value, double by)
{
  double v = value * by, whole = round(v);
  return fabs(v - whole) <= fabs(v) * 1e-14 ? whole : v;
}

/* The operand that begins at token `at`, with its currency sign; false when there is none (figures_operand.c). */
bool operand_read(const struct reader *r, int32_t at, int32_t end, struct operand *o);
/* The same for one written in digits, without magnitudes in words of their own (figures_digits.c); *o is empty. */
bool digits_operand(const struct reader *r, int32_t at, int32_t end, struct operand *o);

static inline bool is_digit(char c) { return c >= '0' && c <= '9'; }
/* Does the next token of the sentence follow without a blank? */
static inline bool glued_to_next(const struct analysis *a, int32_t t)
{
  return t + 1 < a->n_tokens && !a->tokens[t].space_after && a->tokens[t].sentence == a->tokens[t + 1].sentence;
}
static inline bool is_hyphen(const struct analysis *a, int32_t t)
{
  struct slice f = a->tokens[t].form;
  return slice_is(f, "-") || slice_is(f, "–") || slice_is(f, "‑");
}

/* Is the operand that begins at `at` and has this unit (or NULL) a number by itself: no date, label, pronoun, piece of a clock time, an address or a
 * formula (figures_free.c)? */
bool number_is_free(const struct reader *r, int32_t at, int32_t end, const struct operand *o, const struct unit *unit);

/* A number phrase: "an estimated 10,000", "between $3 billion and $5 billion", "tens of thousands". */
struct number {
  int32_t first, end;      /* tokens with bound words, currency sign, unit */
  int32_t token;           /* the word that the tree counts with: the last word of the number ("million" in "3 million"), or the unit's head */
  int32_t digits_first, digits_end; /* the number's own tokens */
  double value, low, high;
  bool has_value, has_low, has_high;
  enum bound bound;
  const struct unit *unit; /* or NULL */
  struct span unit_span;   /* as written; empty when none */
  bool fraction;           /* a part of something: "a third" */
  bool plus;               /* "+0.3%" */
  bool increment;          /* "another 200" */
  bool part;               /* "including 7" */
  int32_t part_end;        /* token behind "of them"; 0: none stands there */
  bool from;               /* stands behind words that name the earlier number: "up from 12" */
  enum figure_move from_move;
  bool contrast;           /* and those are words for what is not so: "not 30" */
  bool against;            /* or words for another group's number too: "compared with 30" */
  const struct change *moved; /* or NULL; of "rose by 12 to 96": the 12 is how much the subject moved */
  struct slice hedge;      /* bound word that is a hedge too, as written */
  struct trace trace;
};

/* The number phrase whose number begins at token `at` of the sentence that ends before `end`; `begin` = the first token that bound words may take.
 * False when no figure begins there: a date, a clock time, an ordinal, a label, a part of a name, a pronoun, a number too long to be true.
 * *next = the token to go on from either way. */
bool number_read(const struct reader *r, int32_t begin, int32_t at, int32_t end, struct number *to, int32_t *next);

/* What the number counts or measures; TOKEN_NONE when the text does not say.  *token = the word whose place in the clause is the figure's. */
int32_t figures_item(const struct reader *r, const struct number *n, int32_t *token);
/* The item's words: compounds, the noun, and a bare noun of it: "rounds of ammunition". */
struct span figures_item_span(const struct analysis *a, const struct number *n, int32_t item);
/* The noun phrase of the item with its modifiers and where, without the number: "North Korean troops in Russia". */
void figures_about(const struct analysis *a, const struct number *n, int32_t item, int32_t *first, int32_t *end);

/* The token behind the words at `at` that make what stands before them a rate: "per share", "a day", "an ounce", "apiece"; `at` when there are none. */
int32_t rate_end(const struct reader *r, int32_t at, int32_t end);

/* The noun that names the total where the number is told ("the toll" in "brought the toll to 27", "the toll reached 27"); TOKEN_NONE when `token`, the
 * number's word, stands in no such place.  *change = the verb's row. */
int32_t figures_total(const struct reader *r, int32_t token, const struct change **change);

/* The row of a verb, with its particle where it has one ("go up"). */
const struct change *figures_change(const struct reader *r, int32_t verb, enum change_kind kind);

/* What is known of a figure only while figures are read. */
struct figure_note {
  bool earlier;     /* words before it name it as the earlier number of two ("up from 12"), and its `change` is how the later one moved */
  bool contrast;    /* and as what is not so ("not 12") */
  bool against;     /* or as another group's or place's ("against 12") */
  bool part;        /* words beside it name it as a part of a number told before ("including 7", "five of them") */
  bool inherited;   /* stands alone and has its item from a number before */
  bool state_above; /* its state is said by the verb that it depends on, not by what is counted */
  int32_t first, end; /* its tokens */
};

/* Comparisons between figures: revises and change; called once when all figures of the document stand. */
void figures_compare(struct reader *r, const struct figure_note *notes);
/* Parts of a whole: part_of; likewise (figures_part.c). */
void figures_part(struct reader *r, const struct figure_note *notes);
/* Does the word that says of whom a number is told say no more than its state does ("people", "deaths", "the toll")?  (figures_dispute.c) */
bool figures_general(const struct reader *r, const struct figure *f);
/* Are the two counted in different places, by the words beside them?  (figures_where.c) */
bool figures_apart(const struct reader *r, const struct figure *f, const struct figure *g);
/* Does the number behind "compared with" or "against" tell of another group or place than the later one, and so take part in no change? */
bool figures_beside(const struct reader *r, const struct figure_note *notes, int32_t later, int32_t other);
/* Numbers that different sources tell of the same thing: conflicts_with; called when each figure has its claim (figures_dispute.c). */
void figures_dispute(struct reader *r);

#endif

/* lang_mend.c: two kinds of tree that the model draws wrong whenever it meets them, drawn as UD has them.
 *
 *   quotations that their speaker cuts in two      “Russia,” said the ambassador, “has attacked the town.”
 *                                                  [ piece ]  [     aside      ]  [        rest         ]
 *   nouns with a clause behind them as subjects    The army's claim [that rebels burned the village] was false.
 *
 * Of the first the model takes the verb of the aside for the head, the piece for its subject and who speaks for the subject of the rest.  Where the
 * marks show such an aside, and the piece is no clause of its own, the rest becomes the head, the piece a part of it, and the aside hangs on it as
 * parataxis.  Of the second it takes the noun for the head and the predicate for one more clause that hangs on it.  One pass over the sentence each, and
 * one over the words of each aside. */
#include "lang/lang_run.h"

#define ASIDE_MOST 24 /* words */
#define PIECE_MOST 16

int32_t lang_child(const struct token *tokens, int32_t head, enum deprel d, int32_t first, int32_t end)
{
  for (int32_t t = first; t < end; t++)
    if (tokens[t].head == head && deprel_base((enum deprel)tokens[t].deprel) == d) return t;
  return TOKEN_NONE;
}

bool lang_is_quote(const struct token *t)
{
  static const char *const marks[] = {"\"", "“", "”", "``", "''", "«", "»", "„", "‘", "’", "'"};
  for (size_t i = 0; t->upos == UPOS_PUNCT && i < sizeof marks / sizeof *marks; i++)
    if (slice_is(t->form, marks[i])) return true;
  return false;
}

static bool is_comma(const struct token *t) { return slice_is(t->form, ","); }

/* Words [first, end) of the sentence: piece, aside, rest. */
struct aside {
  struct token *tokens;
  int32_t piece, piece_end, first, end, rest, rest_end;
};

static bool within(int32_t t, int32_t first, int32_t end) { return t >= first && t < end; }

static bool has_child(const struct aside *x, int32_t head, enum deprel d, int32_t first, int32_t end)
{
  for (int32_t t = first; t < end; t++)
    if (x->tokens[t].head == head && x->tokens[t].deprel == d) return true;
  return false;
}

/* Has the piece a finite verb, or is it a predicate: then it is a clause, and the rest goes on from it.  An auxiliary alone is none. */
static bool piece_is_clause(const struct aside *x)
{
  for (int32_t t = x->piece; t < x->piece_end; t++) {
    const struct token *w = &x->tokens[t];
    if (w->upos == UPOS_VERB || (w->upos == UPOS_AUX && within(w->head, x->piece, x->piece_end))) return true;
  }
  return false;
}

static enum deprel place_in_rest(const struct aside *x, const struct token *top, int32_t c, bool has_subject)
{
  bool passive = (x->tokens[c].feats & FEAT_PASS) || has_child(x, c, DEP_AUX_PASS, x->rest, x->rest_end);
  if (top->upos == UPOS_AUX) return (x->tokens[c].feats & FEAT_PASS) ? DEP_AUX_PASS : x->tokens[c].upos == UPOS_VERB ? DEP_AUX : DEP_COP;
  bool subject = deprel_base((enum deprel)top->deprel) == DEP_NSUBJ || top->deprel == DEP_CCOMP;
  if (!subject) return (enum deprel)top->deprel;
  return has_subject ? DEP_DISLOCATED : passive ? DEP_NSUBJ_PASS : DEP_NSUBJ;
}

/* The head of the rest, which hangs on the aside; TOKEN_NONE when it does not, or the aside has no verb for its head. */
static int32_t head_of_rest(const struct aside *x, int32_t *verb)
{
  *verb = x->first;
  while (*verb < x->end && within(x->tokens[*verb].head, x->piece, x->rest_end)) ++*verb;
  if (*verb == x->end || x->tokens[*verb].upos != UPOS_VERB) return TOKEN_NONE;
  for (int32_t t = x->rest; t < x->rest_end; t++) {
    enum deprel d = deprel_base((enum deprel)x->tokens[t].deprel);
    if (within(x->tokens[t].head, x->first, x->end) && (d == DEP_CCOMP || d == DEP_PARATAXIS || d == DEP_APPOS || d == DEP_ADVCL)) return t;
  }
  return TOKEN_NONE;
}

/* Who speaks stands behind the verb, where the model takes him for one spoken to: "warned President Sall". */
static void find_speaker(const struct aside *x, int32_t verb)
{
  if (has_child(x, verb, DEP_NSUBJ, x->first, x->end)) return;
  for (int32_t t = verb + 1; t < x->end; t++)
    if (x->tokens[t].head == verb && (x->tokens[t].deprel == DEP_IOBJ || x->tokens[t].deprel == DEP_OBJ)) {
      x->tokens[t].deprel = DEP_NSUBJ;
      return;
    }
}

/* What the aside wrongly gave to the rest, or the rest's head to it, goes back to its own side. */
static void part(const struct aside *x, int32_t verb, int32_t c)
{
  for (int32_t t = x->first; t < x->end; t++)
    if (t != verb && within(x->tokens[t].head, x->rest, x->rest_end)) {
      x->tokens[t].head = verb;
      if (x->tokens[t].deprel == DEP_NSUBJ_PASS) x->tokens[t].deprel = DEP_NSUBJ;
    }
  for (int32_t t = x->rest; t < x->rest_end; t++)
    if (t != c && within(x->tokens[t].head, x->first, x->end)) x->tokens[t].head = c;
}

static void mend(const struct aside *x)
{
  int32_t verb, c = head_of_rest(x, &verb);
  if (c == TOKEN_NONE || piece_is_clause(x) || has_child(x, c, DEP_MARK, x->rest, c)) return;
  bool has_subject = has_child(x, c, DEP_NSUBJ, x->rest, x->rest_end) || has_child(x, c, DEP_NSUBJ_PASS, x->rest, x->rest_end) ||
                     has_child(x, c, DEP_EXPL, x->rest, x->rest_end);
  for (int32_t t = x->piece; t < x->piece_end; t++) {
    struct token *top = &x->tokens[t];
    bool auxiliary = within(top->head, x->piece, x->piece_end) && x->tokens[top->head].upos == UPOS_AUX; /* "France will," ... */
    if (top->upos == UPOS_PUNCT || (within(top->head, x->piece, x->piece_end) && !auxiliary)) continue;
    enum deprel d = place_in_rest(x, top, c, has_subject);
    if (!auxiliary && top->head != c && !within(top->head, x->first, x->end)) continue;
    top->head = c;
    top->deprel = (uint8_t)d;
  }
  part(x, verb, c);
  find_speaker(x, verb);
  x->tokens[c].head = x->tokens[verb].head;
  x->tokens[c].deprel = x->tokens[verb].deprel;
  x->tokens[verb].head = c;
  x->tokens[verb].deprel = DEP_PARATAXIS;
}

static void mend_asides(struct token *tokens, int32_t first, int32_t end)
{
  int32_t marks[3], n = 0;
  for (int32_t t = first; t < end; t++) {
    if (!lang_is_quote(&tokens[t])) continue;
    if (n == 3) {
      marks[0] = marks[1];
      marks[1] = marks[2];
      n = 2;
    }
    marks[n++] = t;
    if (n < 3) continue;
    int32_t open = marks[0], close = marks[1], again = marks[2];
    bool comma = is_comma(&tokens[close - 1]) || is_comma(&tokens[close + 1]);
    if (!comma || again - close < 3 || again - close > ASIDE_MOST || close - open > PIECE_MOST || !is_comma(&tokens[again - 1])) continue;
    struct aside x = {.tokens = tokens, .piece = open + 1, .piece_end = close, .first = close + 1, .end = again - 1, .rest = again + 1, .rest_end = again + 1};
    while (x.rest_end < end && !lang_is_quote(&tokens[x.rest_end])) x.rest_end++;
    mend(&x);
  }
}

/* ---- a noun with its clause as subject ---- */

/* Is it finite, without subject and without a word that subordinates it: what only a main clause's predicate that lost its subject is? */
static bool lost_subject(const struct token *tokens, int32_t t, int32_t first, int32_t end)
{
  bool finite = tokens[t].upos == UPOS_VERB && (tokens[t].feats & FEAT_FIN);
  for (int32_t c = first; c < end; c++) {
    if (tokens[c].head != t) continue;
    enum deprel d = deprel_base((enum deprel)tokens[c].deprel);
    if (d == DEP_NSUBJ || d == DEP_CSUBJ || d == DEP_EXPL || d == DEP_MARK || d == DEP_CC) return false;
    finite |= (d == DEP_AUX || d == DEP_COP) && (tokens[c].feats & FEAT_FIN);
  }
  return finite;
}

/* The predicate behind the noun's clause "that ...", which the tree hangs on the noun or on the last noun of that clause; TOKEN_NONE. */
static int32_t predicate_of(const struct token *tokens, int32_t noun, int32_t first, int32_t end)
{
  int32_t clause = lang_child(tokens, noun, DEP_ACL, noun + 1, end);
  if (clause == TOKEN_NONE || lang_child(tokens, clause, DEP_MARK, noun + 1, clause) == TOKEN_NONE) return TOKEN_NONE;
  if (lang_child(tokens, clause, DEP_NSUBJ, noun + 1, clause) == TOKEN_NONE) return TOKEN_NONE;
  for (int32_t t = clause + 1; t < end; t++) {
    enum deprel d = deprel_base((enum deprel)tokens[t].deprel);
    bool hangs = tokens[t].head == noun ? d == DEP_ACL || d == DEP_CCOMP || d == DEP_PARATAXIS || d == DEP_XCOMP : tokens[t].head > clause && d == DEP_ACL;
    if (hangs && lost_subject(tokens, t, first, end)) return t;
  }
  return TOKEN_NONE;
}

static void mend_subject(struct token *tokens, int32_t first, int32_t end)
{
  int32_t noun = first;
  while (noun < end && tokens[noun].head != TOKEN_NONE) noun++;
  if (noun == end || tokens[noun].upos != UPOS_NOUN || lang_child(tokens, noun, DEP_COP, first, end) != TOKEN_NONE) return;
  int32_t predicate = predicate_of(tokens, noun, first, end);
  if (predicate == TOKEN_NONE) return;
  bool passive = (tokens[predicate].feats & FEAT_PASS) != 0;
  for (int32_t t = predicate + 1; t < end; t++)
    if (tokens[t].head == noun) tokens[t].head = predicate;
  tokens[predicate].head = TOKEN_NONE;
  tokens[predicate].deprel = DEP_ROOT;
  tokens[noun].head = predicate;
  tokens[noun].deprel = passive ? DEP_NSUBJ_PASS : DEP_NSUBJ;
}

void lang_mend(struct token *tokens, int32_t first, int32_t end)
{
  mend_asides(tokens, first, end);
  mend_subject(tokens, first, end);
  lang_mend_report(tokens, first, end);
}

/* lang_dateline.c: the dateline before a news report is a sentence of its own.
 *
 * "SEOUL, Aug 30 (Reuters) - North Korea fired", "NEW YORK -- Two men": the words before the dash are no part of the report's first sentence, and
 * a tree that has to hang them somewhere goes wrong behind them (treebanks hardly have any).  A dateline opens a paragraph with a place in
 * capitals, or with anything short that ends in an agency's brackets, and ends with a dash between blanks (AP and Reuters style books).  It is
 * known by its shape alone: the language engine knows no places. */
#include "lang/lang_char.h"
#include "lang/lang_run.h"

#define DATELINE_MOST 90    /* characters before the dash */
#define CAPITALS_LEAST 4    /* letters of the place */
#define REPORT_LEAST 24     /* characters behind the dash, so that a heading of two parts stays whole */
#define SMALL_WITHIN 60     /* a report in capitals has no small letter within so many */

static bool is_dash(uint32_t code) { return char_normal(code) == '-' || code == 0x2013 || code == 0x2014; }

static bool is_small(const struct split_char *c) { return c->kind == SPLIT_LETTER && char_lower(c->code) == c->code; }

static bool may_stand(const struct split_char *c)
{
  if (c->kind != SPLIT_OTHER) return c->kind != SPLIT_PARAGRAPH;
  switch (char_normal(c->code)) {
  case ',': case '.': case '(': case ')': case '/': case '\'': case '&': return true;
  default: return false;
  }
}

/* Is what follows the dash a report: long enough, and not in capitals itself unless `agency`? */
static bool is_report(const struct split_char *c, size_t from, size_t n, bool agency)
{
  size_t end = from;
  bool small = agency;
  for (; end < n && end < from + SMALL_WITHIN && c[end].kind != SPLIT_PARAGRAPH; end++) small |= is_small(&c[end]);
  return small && end - from >= REPORT_LEAST;
}

/* The entry behind the dash of a dateline that begins at `begin`; `begin` when there is none. */
static size_t dateline_end(const struct split_char *c, size_t begin, size_t n)
{
  size_t capitals = 0, most = n - begin < DATELINE_MOST ? n : begin + DATELINE_MOST;
  bool place = true, all = true; /* still within the place's name; it is in capitals */
  size_t t = begin;
  for (; t < most && !is_dash(c[t].code); t++) {
    if (!may_stand(&c[t])) return begin;
    if (c[t].kind == SPLIT_OTHER && c[t].code != '.' && char_normal(c[t].code) != '\'') place = false;
    if (!place || c[t].kind != SPLIT_LETTER) continue;
    all &= !is_small(&c[t]);
    capitals++;
  }
  if (t >= most || t <= begin) return begin;
  const bool blank = c[t - 1].kind == SPLIT_BLANK;
  const bool agency = c[t - (blank && t > begin + 1 ? 2 : 1)].code == ')';
  if (!(all && capitals >= CAPITALS_LEAST) && !agency) return begin;
  if (!blank && !agency) return begin;
  while (t < n && is_dash(c[t].code)) t++;
  if (t >= n || c[t].kind != SPLIT_BLANK) return begin;
  return is_report(c, t + 1, n, agency) ? t : begin;
}

void lang_datelines(struct lang *lang, size_t n, bool opens)
{
  const struct split_char *c = lang->chars;
  for (size_t t = 0; t < n; t++) {
    if (c[t].kind == SPLIT_PARAGRAPH) opens = true;
    if (!opens || c[t].kind >= SPLIT_BLANK) continue;
    opens = false;
    const size_t end = dateline_end(c, t, n);
    if (end > t) lang->end_class[end] = SPLIT_SENTENCE;
  }
}

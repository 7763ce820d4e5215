/* dates_pieces.c: the text as words, runs of digits and signs; and the tense of the clause around a piece. */
#include "read/dates.h"
#include "read/tree.h"

static bool letter(unsigned char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0x80; }
static bool digit(unsigned char c) { return c >= '0' && c <= '9'; }
static bool blank(unsigned char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

/* Dashes and typographic apostrophes are signs, not letters; *n = their bytes. */
static char typographic(struct slice text, size_t at, size_t *n)
{
  static const struct { const char *bytes; char as; } signs[] = {
    {"\xE2\x80\x90", '-'}, {"\xE2\x80\x91", '-'}, {"\xE2\x80\x92", '-'}, {"\xE2\x80\x93", '-'}, {"\xE2\x80\x94", '-'},
    {"\xE2\x80\x98", '\''}, {"\xE2\x80\x99", '\''}, {"\xE2\x80\x9C", '"'}, {"\xE2\x80\x9D", '"'}, {"\xC2\xA0", ' '},
  };
  for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
    size_t width = strlen(signs[i].bytes);
    if (text.n - at >= width && memcmp(text.at + at, signs[i].bytes, width) == 0) {
      *n = width;
      return signs[i].as;
    }
  }
  return 0;
}

#define WORD_MOST 24

static void look_up(const struct dates *d, struct piece *p, struct slice word)
{
  char low[WORD_MOST];
  if (word.n > WORD_MOST) return;
  for (size_t i = 0; i < word.n; i++) low[i] = word.at[i] >= 'A' && word.at[i] <= 'Z' ? (char)(word.at[i] + 32) : word.at[i];
  struct slice key = {low, word.n};
  p->words = calendar_any(d->calendar, key);
  const struct number_word *number = numbers_word(d->r->know->numbers, key, NUMBER_CARDINAL);
  if (!number) number = numbers_word(d->r->know->numbers, key, NUMBER_GROUP);
  if (!number) number = numbers_word(d->r->know->numbers, key, NUMBER_HUNDRED);
  p->count = number ? number->value : -1;
}

bool dates_pieces(struct dates *d)
{
  struct slice text = d->r->a->text;
  const struct analysis *a = d->r->a;
  VEC(struct piece) pieces = {0};
  bool space = true, line = true;
  int32_t token = 0;
  for (size_t at = 0; at < text.n;) {
    unsigned char c = (unsigned char)text.at[at];
    size_t end = at + 1, width = 0;
    char sign = typographic(text, at, &width);
    if (blank(c) || sign == ' ') {
      space = true;
      line = line || c == '\n';
      at += sign == ' ' ? width : 1;
      continue;
    }
    struct piece p = {.kind = PIECE_SIGN, .space = space, .line = line, .number = -1, .count = -1};
    if (sign) end = at + width;
    else if (digit(c)) {
      p.kind = PIECE_DIGITS;
      while (end < text.n && digit((unsigned char)text.at[end])) end++;
      if (end - at <= 9) (void)slice_to_i64(slice_sub(text, at, end), &p.number);
    } else if (letter(c)) {
      p.kind = PIECE_WORD;
      p.capital = c >= 'A' && c <= 'Z';
      while (end < text.n && letter((unsigned char)text.at[end]) && !typographic(text, end, &width)) end++;
      look_up(d, &p, slice_sub(text, at, end));
    }
    p.span = (struct span){(uint32_t)at, (uint32_t)end};
    while (token + 1 < a->n_tokens && a->tokens[token].span.end <= p.span.begin) token++;
    p.token = token;
    if (!vec_push(&pieces, d->r->scratch, p)) return false;
    space = line = false;
    at = end;
  }
  if (pieces.n > INT32_MAX) return false;
  d->at = pieces.at;
  d->n = a->n_tokens ? (int32_t)pieces.n : 0;
  return true;
}

bool dates_joined(const struct dates *d, int32_t i) { return i > 0 && i < d->n && !d->at[i].line; }

bool dates_sign(const struct dates *d, int32_t i, char sign)
{
  if (i < 0 || i >= d->n || d->at[i].kind != PIECE_SIGN) return false;
  struct slice text = slice_span(d->r->a->text, d->at[i].span);
  size_t width;
  return text.at[0] == sign || (text.n > 1 && typographic(text, 0, &width) == sign);
}

const struct calendar_word *dates_word(const struct dates *d, int32_t i, enum calendar_class class)
{
  if (i < 0 || i >= d->n) return NULL;
  const struct piece *p = &d->at[i];
  for (const struct calendar_word *w = p->words; w; w = w->next) {
    if (w->class != class) continue;
    if ((w->flags & CALENDAR_CASED) && !p->capital) continue;
    enum upos u = (enum upos)d->r->a->tokens[p->token].upos;
    if ((w->flags & CALENDAR_NOUN) && ((u != UPOS_NOUN && u != UPOS_PROPN) || d->r->a->tokens[p->token].name == NAME_PERSON)) continue; /* "Theresa May" */
    if ((w->flags & CALENDAR_SHORT) && !dates_sign(d, i + 1, '.') && !(i + 1 < d->n && d->at[i + 1].kind == PIECE_DIGITS)) continue;
    return w;
  }
  return NULL;
}

static bool future_word(const struct dates *d, int32_t token)
{
  return calendar_find(d->calendar, d->r->a->tokens[token].lemma, CALENDAR_FUTURE) != NULL;
}

#define CLIMB 6

int dates_tense(const struct dates *d, int32_t i)
{
  const struct analysis *a = d->r->a;
  int32_t t = d->at[i].token;
  bool verb = false; /* an infinitive or participle was passed */
  for (int up = 0; up < CLIMB && t != TOKEN_NONE; up++, t = a->tokens[t].head) {
    const struct token *token = &a->tokens[t];
    bool predicate = token->upos == UPOS_VERB || tree_child(a, t, DEP_COP) != TOKEN_NONE, past = false;
    if (!predicate) continue;
    for (int32_t c = token->first_child; c != TOKEN_NONE; c = a->tokens[c].next_sibling) {
      enum deprel d_c = deprel_base((enum deprel)a->tokens[c].deprel);
      if (d_c != DEP_AUX && d_c != DEP_COP) continue;
      if (future_word(d, c)) return 1;
      past = past || (a->tokens[c].feats & FEAT_PAST);
    }
    bool finite = (token->feats & FEAT_FIN) || past;
    if (future_word(d, t) && (verb || !(finite && (token->feats & FEAT_PAST)))) return 1; /* "plans to meet", "talks scheduled for" */
    if (past || (finite && (token->feats & FEAT_PAST))) return -1;
    if (finite) return 0;
    verb = true;
  }
  return 0;
}

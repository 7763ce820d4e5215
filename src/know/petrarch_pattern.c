/* petrarch_pattern.c: patterns of both dialects, and PETRARCH2's transformations.
 *
 * P1: words before '*' are kept from the verb leftwards, words behind it rightwards; '_' ties a word to the one nearer to the verb.
 * P2: each word, {NOUN PHRASE} and (PREPOSITION NOUN PHRASE) is a part of its own. */
#include "know/petrarch_build.h"

#define PARTS_MOST 12

/* ---- elements ---- */

/* The longest synset whose name the text begins with, up to a '_', a blank or the end; its bytes in *n. */
static uint32_t synset_at(struct petr_reader *r, struct slice text, size_t *n)
{
  for (size_t end = text.n; end > 0; end--) {
    if (end < text.n && text.at[end] != '_') continue;
    struct slice name = slice_sub(text, 0, end);
    if (name.at[end - 1] == '_') name.n--;
    uint32_t at = map_get(&r->synset_at, name);
    if (at == MAP_NONE) continue;
    *n = end;
    return at;
  }
  return MAP_NONE;
}

static bool push(struct petr_reader *r, struct petr_elements *to, enum petr_item item, uint32_t id, bool adjacent)
{
  if (to->n == PETR_PHRASE_WORDS) {
    petr_warn(r, "more than %d words in one pattern", PETR_PHRASE_WORDS);
    return false;
  }
  to->at[to->n++] = (struct petr_element){.item = item, .id = id, .adjacent = adjacent};
  return true;
}

/* The words of one token ("PEACE-KEEPING" is two, the second tied to the first). */
static bool push_words(struct petr_reader *r, struct petr_elements *to, struct slice token, bool adjacent)
{
  char room[PETR_WORD_BYTES];
  bool joined;
  for (struct slice word; (word = petr_next_word(&token, room, &joined)).n; adjacent = true) {
    uint32_t id = petr_intern(r, word);
    if (!id || !push(r, to, PETR_WORD, id, adjacent)) return false;
  }
  return true;
}

static bool is_special(char c) { return c == '$' || c == '+' || c == '^' || c == '%'; }

/* One token between blanks: "NEW_&TIETYPES_RELATIONS", "AGAINST_+". */
static bool push_token(struct petr_reader *r, struct petr_elements *to, struct slice token)
{
  bool adjacent = false;
  while (token.n) {
    if (token.at[0] == '_') { /* leading, doubled or at the end: nothing more is tied */
      token = slice_sub(token, 1, token.n);
      adjacent = true;
      continue;
    }
    size_t n = 0;
    if (token.at[0] == '&') {
      uint32_t set = synset_at(r, slice_sub(token, 1, token.n), &n);
      if (set == MAP_NONE) {
        petr_warn(r, "\"%.*s\" names no synset that stands above", SLICE_ARG(token));
        return false;
      }
      if (!push(r, to, PETR_SYNSET, set, adjacent)) return false;
      n++;
    } else if (is_special(token.at[0])) {
      enum petr_item item = token.at[0] == '$' ? PETR_SOURCE : token.at[0] == '+' ? PETR_TARGET : token.at[0] == '^' ? PETR_SKIP : PETR_COMPOUND;
      if (!push(r, to, item, 0, adjacent)) return false;
      n = 1;
    } else {
      while (n < token.n && token.at[n] != '_' && token.at[n] != '&') n++;
      if (!push_words(r, to, slice_sub(token, 0, n), adjacent)) return false;
    }
    token = slice_sub(token, n, token.n);
    adjacent = token.n && token.at[0] == '_';
  }
  return true;
}

bool petr_elements(struct petr_reader *r, struct slice text, struct petr_elements *to)
{
  to->n = 0;
  while ((text = slice_trim(text)).n) {
    size_t n = 0;
    while (n < text.n && text.at[n] != ' ' && text.at[n] != '\t') n++;
    if (!push_token(r, to, slice_sub(text, 0, n))) return false;
    text = slice_sub(text, n, text.n);
  }
  return true;
}

static const struct petr_element *keep(struct petr_reader *r, const struct petr_elements *e)
{
  struct petr_element *own = arena_array(r->arena, struct petr_element, e->n);
  if (!own) r->full = true;
  else if (e->n) memcpy(own, e->at, e->n * sizeof *own);
  return own;
}

/* ---- P1 ---- */

/* Turned round, so that the element nearest to the verb is first: it is `adjacent` when the one behind it, or the verb, was tied to it. */
static void turn(struct petr_elements *e, bool tied)
{
  struct petr_elements old = *e;
  for (uint32_t i = 0; i < old.n; i++) {
    e->at[i] = old.at[old.n - 1 - i];
    e->at[i].adjacent = i == 0 ? tied : old.at[old.n - i].adjacent;
  }
}

static bool read_p1(struct petr_reader *r, struct slice text, struct petr_pattern *to)
{
  const char *star = memchr(text.at, '*', text.n);
  size_t at = (size_t)(star - text.at);
  struct petr_elements before, after;
  bool tied_before = at > 0 && text.at[at - 1] == '_', tied_after = at + 1 < text.n && text.at[at + 1] == '_';
  if (!petr_elements(r, slice_sub(text, 0, at), &before) || !petr_elements(r, slice_sub(text, at + 1, text.n), &after)) return false;
  turn(&before, tied_before);
  if (after.n) after.at[0].adjacent = tied_after;
  to->before = keep(r, &before);
  to->after = keep(r, &after);
  to->n_before = before.n;
  to->n_after = after.n;
  to->weight = before.n + after.n;
  return !r->full;
}

/* ---- P2 ---- */

struct p2 {
  struct petr_reader *r;
  struct petr_part part[PARTS_MOST];
  uint32_t n, weight;
  bool before_verb, broken;
};

/* "{ADJECTIVE NOUN}" or "NOUN", with the preposition that governs it, if any. */
static void add_part(struct p2 *p, struct slice text, uint32_t preposition, bool has)
{
  struct petr_elements e = {.n = 0};
  if (p->broken || !petr_elements(p->r, text, &e)) {
    p->broken = true;
    return;
  }
  if (p->n == PARTS_MOST) {
    petr_warn(p->r, "more than %d parts in one pattern", PARTS_MOST);
    p->broken = true;
    return;
  }
  const struct petr_element *own = keep(p->r, &e);
  p->part[p->n++] = (struct petr_part){.preposition = preposition, .has_preposition = has, .before_verb = p->before_verb, .at = own, .n = e.n};
  p->weight += e.n + (has ? 1 : 0);
}

/* Cuts off the next word, {..} (without the braces) or (..) at the outer level; *open tells which. */
static struct slice next_piece(struct slice *rest, char *open)
{
  struct slice s = *rest = slice_trim(*rest);
  size_t n = 0;
  *open = '\0';
  if (s.n == 0) return s;
  if (s.at[0] == '{' || s.at[0] == '(') {
    char close = s.at[0] == '{' ? '}' : ')';
    const char *end = memchr(s.at, close, s.n);
    *open = s.at[0];
    n = end ? (size_t)(end - s.at) : s.n;
    *rest = slice_sub(s, end ? n + 1 : n, s.n);
    return slice_trim(slice_sub(s, 1, n));
  }
  while (n < s.n && s.at[n] != ' ' && s.at[n] != '\t' && s.at[n] != '{' && s.at[n] != '(') n++;
  *rest = slice_sub(s, n ? n : 1, s.n);
  return slice_sub(s, 0, n ? n : 1);
}

/* "TO {BANNED PARTIES}", "AGAINST", "INTO + POSIT" */
static void add_prepositional(struct p2 *p, struct slice inside)
{
  char open;
  struct slice word = next_piece(&inside, &open);
  struct petr_elements e;
  if (!petr_elements(p->r, word, &e) || e.n == 0 || e.at[0].item != PETR_WORD) {
    if (!p->broken) petr_warn(p->r, "a parenthesis begins with a preposition");
    p->broken = true;
    return;
  }
  uint32_t before = p->n;
  while (inside.n && !p->broken) {
    struct slice piece = next_piece(&inside, &open);
    if (piece.n) add_part(p, piece, e.at[0].id, true);
  }
  if (p->n == before) add_part(p, (struct slice){0}, e.at[0].id, true);
}

static bool read_p2(struct petr_reader *r, struct slice text, struct petr_pattern *to)
{
  struct p2 p = {.r = r, .before_verb = true};
  char open;
  while (slice_trim(text).n && !p.broken && !r->full) {
    struct slice piece = next_piece(&text, &open);
    if (open == '\0' && slice_is(piece, "*")) p.before_verb = false;
    else if (open == '(') add_prepositional(&p, piece);
    else if (piece.n) add_part(&p, piece, 0, false);
  }
  if (p.broken || r->full) return false;
  struct petr_part *own = arena_array(r->arena, struct petr_part, p.n);
  if (!own) r->full = true;
  else if (p.n) memcpy(own, p.part, p.n * sizeof *own);
  to->parts = own;
  to->n_parts = p.n;
  to->weight = p.weight;
  return !r->full;
}

/* ---- both ---- */

bool petr_pattern(struct petr_reader *r, struct slice line, struct petr_block *block)
{
  struct slice text, code, behind;
  if (!petr_bracket(line, &text, &code, &behind)) {
    petr_warn(r, "a pattern is \"- WORDS * WORDS [CODE]\"");
    return false;
  }
  const char *star = text.n ? memchr(text.at, '*', text.n) : NULL;
  if (!star || memchr(star + 1, '*', text.n - (size_t)(star - text.at) - 1)) {
    petr_warn(r, "a pattern has one verb: a single *");
    return false;
  }
  struct petr_pattern pattern = {.order = (uint32_t)block->patterns.n, .act = petr_act_of(r, code), .where = petr_where(r)};
  if (!block->p2 && (memchr(text.at, '{', text.n) || memchr(text.at, '}', text.n))) {
    petr_warn(r, "a disjunction in braces, which PETRARCH does not read either");
    return false;
  }
  if (!(block->p2 ? read_p2(r, text, &pattern) : read_p1(r, text, &pattern))) return false;
  pattern.rule = petr_rule(r);
  if (!vec_push(&block->patterns, r->arena, pattern)) r->full = true;
  return !r->full;
}

static struct slice next_name(struct slice *rest)
{
  struct slice s = *rest = slice_trim(*rest);
  size_t n = 0;
  while (n < s.n && s.at[n] != ' ' && s.at[n] != '\t' && s.at[n] != '(' && s.at[n] != ')') n++;
  if (s.n == 0) return s;
  if (n == 0) n = 1; /* a parenthesis */
  *rest = slice_sub(s, n, s.n);
  return slice_sub(s, 0, n);
}

static bool variable(struct slice name, char *to)
{
  if (name.n != 1 || !((name.at[0] >= 'a' && name.at[0] <= 'z') || name.at[0] == '.' || name.at[0] == '_')) return false;
  *to = name.at[0];
  return true;
}

/* "a (b . ATTACK) SAY = a b 112" */
void petr_transformation(struct petr_reader *r, struct slice line)
{
  struct petr_transformation t = {.rule = petr_rule(r), .where = petr_where(r)};
  struct slice left = slice_cut(&line, '=');
  bool good = variable(next_name(&left), &t.source) && slice_is(next_name(&left), "(") && variable(next_name(&left), &t.inner_source) &&
              variable(next_name(&left), &t.inner_target);
  t.inner = next_name(&left);
  good = good && slice_is(next_name(&left), ")");
  t.outer = next_name(&left);
  good = good && t.outer.n && slice_trim(left).n == 0 && variable(next_name(&line), &t.to_source) && variable(next_name(&line), &t.to_target);
  t.code = next_name(&line);
  if (!good || t.code.n == 0) {
    petr_warn(r, "a transformation is \"~ a (b . VERB) VERB = a b CODE\"");
    return;
  }
  if (!vec_push(&r->to->transformations, r->arena, t)) r->full = true;
}

/* lang_tokens.c: runs the splitter over a text and cuts contractions; see lang_split.h for what it sees.
 *
 * The text is taken in chunks.  A chunk's last sentence may go on in the next one, so the next chunk begins where the last sharp sentence end of
 * this one was; a chunk without any is cut at its last but one token.  So that time stays linear a chunk is never taken back by more than half
 * of it.  Between chunks only the words of the open sentence are kept, at most SENTENCE_MOST.
 *
 * What is too long is cut.  A token of more than TOKEN_BYTES ends at the next place where one might end, and amid a run of letters or digits where
 * there is none.  A sentence that reaches SENTENCE_MOST words ends at the best place of those behind its first SENTENCE_LEAST (cut_value). */
#include "lang/lang_char.h"
#include "base/utf8.h"
#include "lang/lang_run.h"
#include <assert.h>

#define CONTRACTION_BYTES 64

/* While a sentence is open, token.left holds how well it could end behind the token: by how much the splitter's score of that is the best, or is
 * below the best, in 1/256. */
#define LEAD_ONE 256
#define LEAD_NONE (-64 * LEAD_ONE)
enum { CUT_STRONG = 6 * LEAD_ONE, CUT_COMMA = 3 * LEAD_ONE, CUT_CONJUNCTION = 3 * LEAD_ONE / 2, CUT_SUBJUNCTION = LEAD_ONE }; /* chosen on train */

static int32_t lead_of(float lead)
{
  if (!(lead > -63.0f)) return -63 * LEAD_ONE;
  return lead < 63.0f ? (int32_t)(lead * LEAD_ONE) : 63 * LEAD_ONE;
}

struct cutter {
  struct lang *lang;
  struct token_sink *sink;
  bool new_paragraph; /* before the next sentence */
  int32_t first;      /* token of the open sentence */
};

static bool put_token(struct cutter *c, struct span span, struct slice form, bool space_after, bool in_mwt, bool mwt_begins)
{
  struct token t = {.span = span, .form = form, .head = TOKEN_NONE, .first_child = TOKEN_NONE, .next_sibling = TOKEN_NONE,
                    .space_after = space_after, .in_mwt = in_mwt, .mwt_begins = mwt_begins, .left = LEAD_NONE};
  return vec_push(&c->sink->tokens, c->sink->arena, t);
}

/* The parts of a contraction in characters; false when the token is one word. */
static bool contraction_parts(const struct model *m, struct slice form, uint8_t parts[4])
{
  char plain[CONTRACTION_BYTES];
  if (form.n < 2 || form.n >= CONTRACTION_BYTES / 2) return false;
  struct slice low = {plain, word_plain(form, plain, sizeof plain)};
  if (low.n == 0) return false;
  uint32_t at = map_get(&m->contraction_at, low);
  if (at != MAP_NONE) {
    memcpy(parts, m->contractions[at].parts, 4);
    return parts[0] != 0;
  }
  for (uint32_t k = 0; k < m->n_suffixes; k++) {
    struct slice suffix = m->suffixes[k].form;
    if (low.n <= suffix.n || !slice_ends(low, suffix)) continue;
    if (suffix.n == 1 && low.at[low.n - 2] != 's') continue; /* the possessive of a plural */
    memset(parts, 0, 4);
    parts[0] = (uint8_t)(utf8_count(low) - utf8_count(suffix));
    parts[1] = (uint8_t)utf8_count(suffix);
    return true;
  }
  return false;
}

/* How much better than elsewhere a long sentence is cut at such a place, in the units of the splitter's scores, which know little of signs
 * amid a sentence. */
static int32_t cut_value(const struct lang *lang, const struct token *before, const struct token *after)
{
  int32_t value = before->left;
  const char sign = before->form.n == 1 ? before->form.at[0] : 0;
  if (sign && strchr(".!?;:", sign)) value += CUT_STRONG;
  else if (sign == ',') value += CUT_COMMA;
  char key[CONTRACTION_BYTES];
  size_t n = after->form.n < CONTRACTION_BYTES / 2 ? word_plain(after->form, key, sizeof key - 8) : 0;
  if (n > 0) {
    memcpy(key + n, "\tCCONJ", 6);
    if (map_get(&lang->model->lexicon, (struct slice){key, n + 6}) != MAP_NONE) value += CUT_CONJUNCTION;
    memcpy(key + n, "\tSCONJ", 6);
    if (map_get(&lang->model->lexicon, (struct slice){key, n + 6}) != MAP_NONE) value += CUT_SUBJUNCTION;
  }
  return value;
}

/* Tokens [first, end) are a sentence; those behind them open the next one. */
static bool put_sentence(struct cutter *c, int32_t end)
{
  struct token_sink *s = c->sink;
  struct sentence sentence = {.span = {s->tokens.at[c->first].span.begin, s->tokens.at[end - 1].span.end}, .first = c->first, .end = end,
                              .root = TOKEN_NONE, .new_paragraph = c->new_paragraph};
  for (int32_t t = c->first; t < end; t++) s->tokens.at[t].sentence = (uint32_t)s->sentences.n;
  c->first = end;
  c->new_paragraph = false;
  return vec_push(&s->sentences, s->arena, sentence);
}

static bool end_sentence(struct cutter *c)
{
  int32_t end = (int32_t)c->sink->tokens.n;
  return end == c->first || put_sentence(c, end);
}

/* Ends the open sentence, which has reached the most words a tree may have, at its best place; of equal ones at the last. */
static bool cut_long(struct cutter *c)
{
  const struct token *tokens = c->sink->tokens.at;
  int32_t end = (int32_t)c->sink->tokens.n, best = end, most = INT32_MIN;
  for (int32_t t = end - 1; t > c->first + SENTENCE_LEAST; t--) {
    if (tokens[t].in_mwt && !tokens[t].mwt_begins) continue;
    const int32_t value = cut_value(c->lang, &tokens[t - 1], &tokens[t]);
    if (value > most) best = t, most = value;
  }
  return put_sentence(c, best);
}

static bool cut_if_long(struct cutter *c) { return (int32_t)c->sink->tokens.n - c->first <= SENTENCE_MOST - 4 || cut_long(c); }

/* The words of a token; one that is too long is several, the rest of them without a blank between. */
static bool put_words(struct cutter *c, struct span span, bool space_after)
{
  while (span.end - span.begin > TOKEN_BYTES) {
    size_t end = span.begin + TOKEN_BYTES;
    while (((unsigned char)c->sink->text.at[end] & 0xC0) == 0x80) end--;
    struct span part = {span.begin, (uint32_t)end};
    if (!put_token(c, part, slice_span(c->sink->text, part), false, false, false) || !cut_if_long(c)) return false;
    span.begin = part.end;
  }
  struct slice form = slice_span(c->sink->text, span);
  uint8_t parts[4] = {0};
  if (!contraction_parts(c->lang->model, form, parts)) return put_token(c, span, form, space_after, false, false);
  size_t at = 0;
  for (int k = 0; k < 4 && parts[k] && at < form.n; k++) {
    size_t begin = at;
    bool last = k == 3 || parts[k + 1] == 0;
    for (uint8_t i = 0; i < parts[k] && at < form.n; i++) utf8_next(form, &at);
    if (last) at = form.n;
    if (!put_token(c, span, slice_sub(form, begin, at), last && space_after, true, k == 0)) return false;
  }
  return true;
}

/* Where a chunk may be taken up again. */
struct mark {
  size_t tokens, sentences, byte, entry;
  int32_t first;
  bool new_paragraph;
};

static struct mark mark_here(const struct cutter *c, size_t byte, size_t entry)
{
  return (struct mark){c->sink->tokens.n, c->sink->sentences.n, byte, entry, c->first, c->new_paragraph};
}

/* One chunk from text byte `begin`; *next = where the next one begins. */
static bool chunk_tokens(struct cutter *c, size_t begin, uint32_t width, size_t *next)
{
  struct slice text = c->sink->text;
  const struct split_char *chars = c->lang->chars;
  size_t most = text.n - begin > SPLIT_BYTES ? begin + SPLIT_BYTES : text.n;
  while (most < text.n && ((unsigned char)text.at[most] & 0xC0) == 0x80) most--;
  size_t taken = 0, n = split_squeeze(text.at, begin, most, width, c->lang->chars, SPLIT_ROOM, &taken);
  bool final = begin + taken >= text.n;
  struct mark sentence = {0}, token = {0}, before = mark_here(c, begin, 0);
  size_t from = 0; /* entry at which the open token begins */
  struct split_walk walk;
  lang_ends(c->lang, n);
  lang_datelines(c->lang, n, c->new_paragraph && c->first == (int32_t)c->sink->tokens.n);
  split_walk_init(&walk, chars, n);
  while (split_walk_next(&walk)) {
    enum split_class class = (enum split_class)c->lang->end_class[walk.place];
    if (class == SPLIT_INSIDE && (walk.place >= n || chars[walk.place].at - chars[from].at < TOKEN_BYTES)) continue;
    while (from < walk.place && chars[from].kind >= SPLIT_BLANK) {
      if (chars[from].kind == SPLIT_PARAGRAPH && c->first == (int32_t)c->sink->tokens.n) c->new_paragraph = true;
      from++;
    }
    size_t end = walk.place < n ? chars[walk.place].at : begin + taken;
    token = before;
    before = mark_here(c, chars[from].at, from);
    if (!put_words(c, (struct span){chars[from].at, (uint32_t)end}, split_at_blank(&walk))) return false;
    from = walk.place;
    c->sink->tokens.at[c->sink->tokens.n - 1].left = lead_of(c->lang->end_lead[walk.place]);
    if (!(class == SPLIT_SENTENCE ? end_sentence(c) : cut_if_long(c))) return false;
    if (class == SPLIT_SENTENCE && walk.place < n) sentence = mark_here(c, end, walk.place);
  }
  *next = begin + taken;
  if (final) return end_sentence(c);
  struct mark back = sentence.entry >= n / 2 ? sentence : token;
  if (back.entry == 0 || back.entry < n / 2) return true; /* one token fills the chunk: it is taken as it is */
  c->sink->tokens.n = back.tokens;
  c->sink->sentences.n = back.sentences;
  c->first = back.first;
  c->new_paragraph = back.new_paragraph;
  *next = back.byte;
  return true;
}

bool lang_tokens(struct lang_parts *parts, struct token_sink *sink)
{
  struct lang *lang = parts->lang;
  struct cutter c = {.lang = lang, .sink = sink, .new_paragraph = parts->new_paragraph, .first = (int32_t)sink->tokens.n};
  for (uint32_t i = 0; i < parts->n_open; i++)
    if (!vec_push(&sink->tokens, sink->arena, lang->open[i])) return false;
  if (!chunk_tokens(&c, parts->at, parts->width, &parts->at)) return false;
  size_t open = sink->tokens.n - (size_t)c.first;
  assert(open <= SENTENCE_MOST);
  if (open > 0) memcpy(lang->open, sink->tokens.at + c.first, open * sizeof *lang->open);
  parts->n_open = (uint32_t)open;
  parts->new_paragraph = c.new_paragraph;
  sink->tokens.n = (size_t)c.first;
  return true;
}

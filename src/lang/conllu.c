/* conllu.c: CoNLL-U, out and in.
 *
 *     # newdoc id = report-1
 *     # sent_id = report-1-1
 *     # newpar
 *     # text = Kim doesn't agree.
 *     1      Kim      Kim    PROPN  _  Number=Sing  4  nsubj  _  Name=B-person
 *     2-3    doesn't  _      _      _  _            _  _      _  _
 *     2      does     do     AUX    _  ...          4  aux    _  _
 *     3      n't      not    PART   _  Polarity=Neg 4  advmod _  _
 *     4      agree    agree  VERB   _  ...          0  root   _  SpaceAfter=No
 *     5      .        .      PUNCT  _  _            4  punct  _  _
 *
 * The reader goes line by line and keeps one sentence open; ids and heads are checked when it closes, so that the message can name the
 * line of the word.  The text is built on the way; it cannot be longer than the file, since every token stands on a line of its own. */
#include "lang/conllu.h"
#include "base/utf8.h"
#include "base/vec.h"
#include <stdarg.h>
#include <stdio.h>

enum { ID, FORM, LEMMA, UPOS, XPOS, FEATS, HEAD, DEPREL, DEPS, MISC, COLUMNS };

static const char *const name_words[] = {"", "person", "organization", "place", "other"};
#define NAME_TYPES (sizeof name_words / sizeof *name_words)

/* ---- out ---- */

/* a column or comment: tabs and line ends would break the line */
static void put_field(struct buf *to, struct slice s)
{
  if (s.n == 0) {
    buf_char(to, '_');
    return;
  }
  size_t from = 0;
  for (size_t i = 0; i < s.n; i++) {
    bool breaks = s.at[i] == '\t' || s.at[i] == '\n' || s.at[i] == '\r';
    if (!breaks && i - from < BUF_SPILL) continue;
    buf_put(to, s.at + from, i - from);
    if (breaks) buf_char(to, ' ');
    from = i + breaks;
    buf_spill(to); /* a field may be as long as the document */
  }
  buf_put(to, s.at + from, s.n - from);
}

static void put_misc(struct buf *to, const struct token *t, bool of_surface)
{
  bool any = false;
  if (t->name != NAME_NONE) {
    buf_printf(to, "Name=%c-%s", t->name_begins ? 'B' : 'I', name_words[t->name]);
    any = true;
  }
  if (of_surface && !t->space_after) {
    buf_text(to, any ? "|SpaceAfter=No" : "SpaceAfter=No");
    any = true;
  }
  if (!any) buf_char(to, '_');
  buf_char(to, '\n');
}

static int32_t mwt_last(const struct analysis *a, const struct sentence *s, int32_t first)
{
  int32_t last = first;
  while (last + 1 < s->end && a->tokens[last + 1].in_mwt && !a->tokens[last + 1].mwt_begins) last++;
  return last;
}

static void put_word(struct buf *to, const struct analysis *a, const struct sentence *s, int32_t i)
{
  const struct token *t = &a->tokens[i];
  if (t->in_mwt && t->mwt_begins) {
    int32_t last = mwt_last(a, s, i);
    buf_printf(to, "%d-%d\t", i - s->first + 1, last - s->first + 1);
    put_field(to, slice_span(a->text, t->span));
    buf_text(to, "\t_\t_\t_\t_\t_\t_\t_\t");
    buf_text(to, a->tokens[last].space_after ? "_\n" : "SpaceAfter=No\n");
  }
  buf_printf(to, "%d\t", i - s->first + 1);
  put_field(to, t->form);
  buf_char(to, '\t');
  put_field(to, t->lemma);
  buf_printf(to, "\t%s\t_\t", upos_name((enum upos)t->upos));
  put_field(to, t->feats_text);
  buf_printf(to, "\t%d\t%s\t_\t", t->head == TOKEN_NONE ? 0 : t->head - s->first + 1, deprel_name((enum deprel)t->deprel));
  put_misc(to, t, !t->in_mwt);
}

void conllu_write(struct buf *to, const struct analysis *a, struct slice document, uint32_t before)
{
  if (document.n && before == 0) {
    buf_text(to, "# newdoc id = ");
    put_field(to, document);
    buf_char(to, '\n');
  }
  for (uint32_t k = 0; k < a->n_sentences; k++) {
    const struct sentence *s = &a->sentences[k];
    buf_text(to, "# sent_id = ");
    if (document.n) {
      put_field(to, document);
      buf_char(to, '-');
    }
    buf_printf(to, "%u\n", (unsigned)(before + k) + 1);
    if (s->new_paragraph) buf_text(to, "# newpar\n");
    buf_text(to, "# text = ");
    put_field(to, slice_span(a->text, s->span));
    buf_char(to, '\n');
    for (int32_t i = s->first; i < s->end; i++) put_word(to, a, s, i);
    buf_char(to, '\n');
    buf_spill(to);
  }
}

/* ---- in ---- */

struct conllu {
  struct arena *arena;
  struct error *error;
  const char *name;
  uint32_t line;
  char *text;
  size_t n_text;
  VEC(struct token) tokens;
  VEC(uint32_t) lines; /* of each token, for messages */
  VEC(struct sentence) sentences;
  size_t first;        /* first token of the open sentence */
  int64_t mwt_end;     /* last id of the multiword token last seen in it, 0 = none */
  struct span mwt_span;
  bool mwt_space;
  bool gap;            /* white space stands before the next token */
  bool paragraph;      /* a paragraph begins at the next token */
  bool new_paragraph;  /* ... began at the open sentence's first token */
};

__attribute__((format(printf, 3, 4)))
static enum status wrong(const struct conllu *c, uint32_t line, const char *format, ...)
{
  char what[160];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(what, sizeof what, format, arguments);
  va_end(arguments);
  return error_set(c->error, ST_REFUSED, "%s:%u: %s: see universaldependencies.org/format.html", c->name, (unsigned)line, what);
}

static enum status full(const struct conllu *c)
{
  return error_set(c->error, ST_REFUSED, "%s:%u: no memory for so large a file: split it", c->name, (unsigned)c->line);
}

/* Is there a member `what` among those parted by '|'? */
static bool has_member(struct slice members, const char *what)
{
  while (members.n)
    if (slice_is(slice_cut(&members, '|'), what)) return true;
  return false;
}

static void take_name(struct token *t, struct slice misc)
{
  while (misc.n) {
    struct slice m = slice_cut(&misc, '|');
    if (m.n < 8 || !slice_starts(m, SLICE("Name=")) || m.at[6] != '-') continue;
    for (size_t k = 1; k < NAME_TYPES; k++)
      if (slice_is(slice_sub(m, 7, m.n), name_words[k])) {
        t->name = (uint8_t)k;
        t->name_begins = m.at[5] == 'B';
      }
  }
}

/* The surface form goes into the text. */
static struct span take_form(struct conllu *c, struct slice form, struct slice misc)
{
  bool paragraph = c->paragraph || slice_find(misc, SLICE("NewPar=Yes")) != SIZE_MAX;
  if (c->tokens.n == c->first) c->new_paragraph = paragraph || c->n_text == 0;
  if (paragraph && c->n_text) {
    memcpy(c->text + c->n_text, "\n\n", 2);
    c->n_text += 2;
    if (c->tokens.n) c->tokens.at[c->tokens.n - 1].space_after = true;
  } else if (c->gap && c->n_text) {
    c->text[c->n_text++] = ' ';
  }
  c->paragraph = false;
  struct span span = {(uint32_t)c->n_text, (uint32_t)(c->n_text + form.n)};
  memcpy(c->text + c->n_text, form.at, form.n);
  c->n_text += form.n;
  c->gap = !has_member(misc, "SpaceAfter=No");
  return span;
}

static enum status take_mwt(struct conllu *c, const struct slice *column, size_t dash)
{
  int64_t from, to, next = (int64_t)(c->tokens.n - c->first) + 1;
  if (!slice_to_i64(slice_sub(column[ID], 0, dash), &from) || !slice_to_i64(slice_sub(column[ID], dash + 1, column[ID].n), &to))
    return wrong(c, c->line, "id '%.*s' is no range", SLICE_ARG(column[ID]));
  if (to < from) return wrong(c, c->line, "the range '%.*s' ends before it begins", SLICE_ARG(column[ID]));
  if (from != next || from <= c->mwt_end) return wrong(c, c->line, "ids are out of order at '%.*s'", SLICE_ARG(column[ID]));
  c->mwt_span = take_form(c, column[FORM], column[MISC]);
  c->mwt_end = to;
  c->mwt_space = c->gap;
  return ST_OK;
}

static enum status take_feats(const struct conllu *c, struct token *t, struct slice feats)
{
  if (slice_is(feats, "_")) return ST_OK;
  size_t n = 1;
  for (size_t i = 0; i < feats.n; i++) n += feats.at[i] == '|';
  if (n > CONLLU_FEATURES) return wrong(c, c->line, "more than %d features", CONLLU_FEATURES);
  t->feats_text = feats;
  t->feats = feats_bits(feats);
  return ST_OK;
}

static enum status take_word(struct conllu *c, const struct slice *column)
{
  int64_t id, head, next = (int64_t)(c->tokens.n - c->first) + 1;
  enum upos upos = UPOS_X;
  enum deprel deprel;
  struct token t = {.head = TOKEN_NONE, .sentence = (uint32_t)c->sentences.n};
  if (!slice_to_i64(column[ID], &id) || id != next) return wrong(c, c->line, "ids are out of order at '%.*s'", SLICE_ARG(column[ID]));
  if (!slice_is(column[UPOS], "_") && !upos_find(column[UPOS], &upos)) return wrong(c, c->line, "unknown tag '%.*s'", SLICE_ARG(column[UPOS]));
  if (!deprel_find(column[DEPREL], &deprel)) return wrong(c, c->line, "unknown relation '%.*s'", SLICE_ARG(column[DEPREL]));
  if (!slice_to_i64(column[HEAD], &head) || head < 0 || head > INT32_MAX)
    return wrong(c, c->line, "head '%.*s' is no number of a word", SLICE_ARG(column[HEAD]));
  enum status status = take_feats(c, &t, column[FEATS]);
  if (status) return status;
  t.upos = (uint8_t)upos;
  t.deprel = (uint8_t)deprel;
  t.left = (int32_t)head; /* until the sentence closes */
  t.form = column[FORM];
  t.lemma = slice_is(column[LEMMA], "_") && !slice_is(column[FORM], "_") ? (struct slice){0} : column[LEMMA];
  take_name(&t, column[MISC]);
  t.in_mwt = id <= c->mwt_end;
  if (t.in_mwt) {
    t.mwt_begins = c->tokens.n == c->first || !c->tokens.at[c->tokens.n - 1].in_mwt || c->tokens.at[c->tokens.n - 1].span.begin != c->mwt_span.begin;
    t.span = c->mwt_span;
    t.space_after = id == c->mwt_end && c->mwt_space;
  } else {
    t.span = take_form(c, column[FORM], column[MISC]);
    t.form = (struct slice){c->text + t.span.begin, column[FORM].n};
    t.space_after = c->gap;
  }
  return vec_push(&c->tokens, c->arena, t) && vec_push(&c->lines, c->arena, c->line) ? ST_OK : full(c);
}

/* Walks up from each word and stamps its path; meeting one's own stamp is a cycle, an older one leads to the root. */
static enum status check_cycles(const struct conllu *c)
{
  struct token *t = c->tokens.at;
  for (size_t i = c->first; i < c->tokens.n; i++) t[i].right = TOKEN_NONE;
  for (size_t i = c->first; i < c->tokens.n; i++) {
    int32_t at = (int32_t)i;
    while (at != TOKEN_NONE && t[at].right == TOKEN_NONE) {
      t[at].right = (int32_t)i;
      at = t[at].head;
    }
    if (at != TOKEN_NONE && t[at].right == (int32_t)i) return wrong(c, c->lines.at[at], "the heads run in a circle");
  }
  return ST_OK;
}

static enum status end_sentence(struct conllu *c)
{
  size_t n = c->tokens.n - c->first;
  if (n == 0 && c->mwt_end == 0) return ST_OK;
  if (c->mwt_end > (int64_t)n) return wrong(c, c->line, "a multiword token ends behind its sentence");
  struct sentence s = {.first = (int32_t)c->first, .end = (int32_t)c->tokens.n, .root = TOKEN_NONE, .new_paragraph = c->new_paragraph};
  s.span = (struct span){c->tokens.at[c->first].span.begin, c->tokens.at[c->tokens.n - 1].span.end};
  for (size_t i = c->first; i < c->tokens.n; i++) {
    struct token *t = &c->tokens.at[i];
    if (t->left > (int64_t)n) return wrong(c, c->lines.at[i], "head %d out of range", (int)t->left);
    if (t->left == 0 && s.root != TOKEN_NONE) return wrong(c, c->lines.at[i], "a second root");
    if (t->left == 0) s.root = (int32_t)i;
    else t->head = (int32_t)c->first + t->left - 1;
  }
  if (s.root == TOKEN_NONE) return wrong(c, c->lines.at[c->first], "no root in this sentence");
  enum status status = check_cycles(c);
  if (status) return status;
  if (!vec_push(&c->sentences, c->arena, s)) return full(c);
  c->first = c->tokens.n;
  c->mwt_end = 0;
  return ST_OK;
}

static enum status take_line(struct conllu *c, struct slice line)
{
  if (line.n && line.at[line.n - 1] == '\r') line.n--;
  if (slice_trim(line).n == 0) return end_sentence(c);
  if (line.at[0] == '#') {
    if (slice_starts(line, SLICE("# newpar")) || slice_starts(line, SLICE("# newdoc"))) c->paragraph = true;
    return ST_OK;
  }
  struct slice column[COLUMNS], rest = line;
  size_t n = 1;
  for (size_t i = 0; i < line.n; i++) n += line.at[i] == '\t';
  if (n != COLUMNS) return wrong(c, c->line, "%zu columns, not 10", n);
  for (size_t k = 0; k < COLUMNS; k++) column[k] = slice_cut(&rest, '\t');
  if (slice_find(column[ID], SLICE(".")) != SIZE_MAX) return ST_OK; /* an empty node of the enhanced graph */
  if (slice_trim(column[FORM]).n == 0) return wrong(c, c->line, "empty form");
  if (c->tokens.n >= INT32_MAX - 1) return full(c);
  size_t dash = slice_find(column[ID], SLICE("-"));
  return dash == SIZE_MAX ? take_word(c, column) : take_mwt(c, column, dash);
}

enum status conllu_read(struct slice bytes, const char *name, struct arena *arena, struct analysis *to, struct error *error)
{
  struct conllu c = {.arena = arena, .name = name, .error = error};
  memset(to, 0, sizeof *to);
  if (bytes.n > INT32_MAX) return full(&c);
  size_t valid = utf8_valid(bytes);
  if (valid < bytes.n) {
    for (size_t i = 0; i <= valid; i++) c.line += i == 0 || bytes.at[i - 1] == '\n';
    return wrong(&c, c.line, "not UTF-8 at byte %zu", valid);
  }
  struct slice copy = slice_copy(arena, bytes);
  c.text = arena_alloc(arena, bytes.n + 2);
  if (!copy.at || !c.text) return full(&c);
  enum status status = ST_OK;
  while (copy.n && !status) {
    c.line++;
    status = take_line(&c, slice_cut(&copy, '\n'));
  }
  if (!status) status = end_sentence(&c);
  if (status) return status;
  c.text[c.n_text] = '\n';
  if (c.tokens.n) c.tokens.at[c.tokens.n - 1].space_after = true;
  *to = (struct analysis){.text = {c.text, c.tokens.n ? c.n_text + 1 : 0}, .tokens = c.tokens.at, .n_tokens = (int32_t)c.tokens.n,
                          .sentences = c.sentences.at, .n_sentences = (uint32_t)c.sentences.n};
  return analysis_finish(to, error);
}

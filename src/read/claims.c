/* claims.c: who says what.
 *
 *   1. cues in trees, each with source and content            claims_tree.c
 *   2. a quotation that overlaps a content lifts it to its marks; one that no content holds is given to the cue beside it, else it goes on what
 *      the last quotation's speaker said, when nothing but that cue stands between
 *   3. certainty by the words around; records in the order of the text; each told its parent */
#include "read/claims.h"
#include <stdlib.h>

#define REACH 14 /* tokens between a quotation and its cue */

static const struct token *tok(const struct analysis *a, int32_t t) { return &a->tokens[t]; }

static bool in_content(const struct draft *d, struct span span)
{
  for (uint32_t i = 0; i < d->n_spans; i++)
    if (span_meets(d->spans[i], span)) return true;
  return false;
}

/* Does speech end here: a mark of punctuation just before the closing mark? */
static bool ends_speech(const struct analysis *a, const struct quotation *q)
{
  return q->closed && tok(a, q->end - 1)->upos == UPOS_PUNCT;
}

/* Is the last byte before `at`, blanks apart, the end of a sentence or of another quotation? */
static bool sentence_ends_before(struct slice text, uint32_t at)
{
  while (at > 0 && (text.at[at - 1] == ' ' || text.at[at - 1] == '\n')) at--;
  return at > 0 && (text.at[at - 1] == '.' || text.at[at - 1] == '!' || text.at[at - 1] == '?');
}

/* Cuts all spans to what lies within [begin, end). */
static void clip(struct draft *d, uint32_t begin, uint32_t end)
{
  uint32_t n = 0;
  for (uint32_t i = 0; i < d->n_spans; i++) {
    struct span s = d->spans[i];
    if (s.begin < begin) s.begin = begin;
    if (s.end > end) s.end = end;
    if (s.begin < s.end) d->spans[n++] = s;
  }
  d->n_spans = n;
}

/* Speech that runs up to its cue (“..., ” he said): what stands before it is another sentence that the tree drew in, and what follows the
 * cue without marks is no speech. */
static void tighten(const struct analysis *a, const struct quotations *q, struct draft *d, const struct quotation *speech)
{
  struct span cue = tok(a, d->cue)->span;
  if (!ends_speech(a, speech) || speech->span.end > cue.begin || speech->end - speech->first < 4) return;
  for (uint32_t i = 0; i < d->n_spans; i++) {
    struct span *s = &d->spans[i];
    if (span_holds(*s, speech->span) && s->begin < speech->span.begin && sentence_ends_before(a->text, speech->span.begin)) s->begin = speech->span.begin;
  }
  uint32_t n = 0;
  for (uint32_t i = 0; i < d->n_spans; i++) {
    struct span s = d->spans[i];
    uint32_t k = quotes_from(q, s.begin);
    bool quoted = k < q->n && q->at[k].span.begin <= s.begin + 1;
    if (s.begin < cue.end || quoted) d->spans[n++] = s;
  }
  d->n_spans = n;
}

/* Content that meets a quotation takes it in whole, marks and all; a cue spoken in one reaches no further than it. */
static void lift(const struct analysis *a, struct drafts *drafts, int32_t id)
{
  struct draft *d = &drafts->list.at[id];
  const struct quotations *q = &drafts->quotes;
  const struct quotation *around = quotes_over(q, a, d->cue);
  if (around) clip(d, around->inner.begin, around->inner.end);
  if (d->n_spans == 0) return;
  uint32_t first = quotes_from(q, d->spans[0].begin > 4 ? d->spans[0].begin - 4 : 0), last = d->spans[d->n_spans - 1].end;
  for (uint32_t i = first; i < q->n && q->at[i].span.begin <= last; i++) {
    if (&q->at[i] == around || !in_content(d, q->at[i].inner)) continue;
    if (d->source != TOKEN_NONE && span_holds(q->at[i].span, tok(a, d->source)->span)) continue;
    draft_add(d, q->at[i].span);
    bool speech = d->row && (d->row->patterns & CUE_QUOTE);
    if (q->at[i].holder == ID_NONE || speech) q->at[i].holder = id;
  }
  for (uint32_t i = first; i < q->n && q->at[i].span.begin <= last; i++)
    if (&q->at[i] != around && in_content(d, q->at[i].inner)) tighten(a, q, d, &q->at[i]);
}

/* Can this token be the cue of the quotation beside it?  A verb of speech with a subject, or one of whose tree already made a draft. */
static bool speaks(const struct reader *r, const struct drafts *drafts, int32_t t)
{
  if (tok(r->a, t)->upos != UPOS_VERB || quotes_over(&drafts->quotes, r->a, t)) return false;
  for (const struct cue *row = cue_rows(r, t); row; row = cues_next(row))
    if (row->patterns & CUE_QUOTE) {
      int32_t antecedent;
      return source_find(r, t, &antecedent) != TOKEN_NONE;
    }
  return false;
}

/* The cue beside quotation `i`: behind it in its last sentence, else before it in its first.  TOKEN_NONE when there is none. */
static int32_t cue_beside(const struct reader *r, const struct drafts *drafts, uint32_t i)
{
  const struct analysis *a = r->a;
  const struct quotation *q = &drafts->quotes.at[i];
  int32_t behind = TOKEN_NONE, before = TOKEN_NONE;
  int32_t end = a->sentences[tok(a, q->end - 1)->sentence].end, first = a->sentences[tok(a, q->first)->sentence].first;
  if (end <= q->end + 2 && end < a->n_tokens && tok(a, end)->sentence + 1 <= a->n_sentences && !a->sentences[tok(a, end)->sentence].new_paragraph) {
    unsigned char c = tok(a, end)->form.n ? (unsigned char)tok(a, end)->form.at[0] : 0; /* "Who?" he asked. */
    if (c >= 'a' && c <= 'z') end = a->sentences[tok(a, end)->sentence].end;
  }
  for (int32_t t = q->end; t < end && t < q->end + REACH && behind == TOKEN_NONE; t++) {
    if (quotes_over(&drafts->quotes, a, t)) break;
    if (speaks(r, drafts, t)) behind = t;
  }
  for (int32_t t = q->first - 1; t >= first && t > q->first - REACH && before == TOKEN_NONE; t--) {
    if (quotes_over(&drafts->quotes, a, t)) break;
    if (speaks(r, drafts, t)) before = t;
  }
  if (before == TOKEN_NONE) return behind;
  if (behind == TOKEN_NONE) return before;
  /* a comma within the marks, or a cue that is near, speaks for the one behind; a colon or comma before the marks for the other */
  bool introduced = q->first >= 2 && tok(a, q->first - 2)->upos == UPOS_PUNCT && tok(a, q->first - 2)->head != before;
  return introduced || q->first - before <= 3 ? before : behind;
}

/* Is it speech, or a word set off?  Speech ends with punctuation inside the marks or begins its sentence, and is not too short. */
static bool is_speech(const struct analysis *a, const struct quotation *q)
{
  bool begins = q->first <= a->sentences[tok(a, q->first)->sentence].first + 1;
  bool ends = tok(a, q->end - 1)->upos == UPOS_PUNCT;
  return q->end - q->first >= 4 && (begins || ends);
}

static struct draft *draft_of_cue(struct drafts *drafts, int32_t cue)
{
  return drafts->at[cue] >= 0 ? &drafts->list.at[drafts->at[cue]] : NULL;
}

/* A new draft for the quotation, by the cue beside it. */
static bool spoken(struct reader *r, struct drafts *drafts, int32_t cue, struct span span)
{
  struct draft d = {.cue = cue, .source = TOKEN_NONE, .antecedent = TOKEN_NONE, .content = TOKEN_NONE, .by_quote = true};
  for (const struct cue *row = cue_rows(r, cue); row && !d.row; row = cues_next(row))
    if (row->patterns & CUE_QUOTE) d.row = row;
  if (!d.row) return true;
  bool negated = cue_negated(r->a, cue) && d.row->negated != STANCE_COUNT;
  d.stance = negated ? d.row->negated : d.row->stance;
  d.certainty = negated ? CERTAINTY_UNSPECIFIED : d.row->certainty;
  d.source = source_find(r, cue, &d.antecedent);
  cue_tokens(r->a, cue, TOKEN_NONE, &d.cue_first, &d.cue_end);
  draft_add(&d, span);
  drafts->at[cue] = (int32_t)drafts->list.n;
  return vec_push(&drafts->list, r->arena, d);
}

static bool paragraph_between(const struct analysis *a, int32_t from, int32_t to)
{
  for (uint32_t s = tok(a, from)->sentence + 1; s <= tok(a, to)->sentence; s++)
    if (a->sentences[s].new_paragraph) return true;
  return false;
}

/* Indirect speech in the sentence before, in the same paragraph: its speaker goes on in marks.  ID_NONE when there is none. */
static int32_t speaker_before(const struct reader *r, const struct drafts *drafts, const struct quotation *q)
{
  const struct analysis *a = r->a;
  uint32_t s = tok(a, q->first)->sentence;
  if (s == 0 || a->sentences[s].new_paragraph) return ID_NONE;
  for (int32_t t = a->sentences[s - 1].first; t < a->sentences[s - 1].end; t++) {
    const struct draft *d = drafts->at[t] >= 0 ? &drafts->list.at[drafts->at[t]] : NULL;
    if (d && d->row && (d->row->patterns & CUE_QUOTE) && d->source != TOKEN_NONE && !quotes_over(&drafts->quotes, a, t)) return drafts->at[t];
  }
  return ID_NONE;
}

/* Gives each quotation that no content holds to its speaker.  `last` = the draft whose speaker may go on. */
static bool quotes_assign(struct reader *r, struct drafts *drafts)
{
  const struct analysis *a = r->a;
  int32_t last = ID_NONE, last_end = 0;
  for (uint32_t i = 0; i < drafts->quotes.n; i++) {
    const struct quotation *q = &drafts->quotes.at[i];
    int32_t cue = TOKEN_NONE;
    if (q->holder != ID_NONE) {
      const struct draft *d = &drafts->list.at[q->holder];
      if (d->row && (d->row->patterns & CUE_QUOTE)) last = q->holder;
      last_end = q->end;
      continue;
    }
    if (is_speech(a, q)) cue = cue_beside(r, drafts, i);
    if (cue != TOKEN_NONE) {
      struct draft *d = draft_of_cue(drafts, cue);
      if (!d && drafts->at[cue] == ID_NONE && !spoken(r, drafts, cue, q->span)) return false;
      if (d && d->row && (d->row->patterns & CUE_QUOTE)) draft_add(d, q->span);
      if (drafts->at[cue] >= 0) last = drafts->at[cue];
      last_end = q->end;
      continue;
    }
    bool alone = q->first <= a->sentences[tok(a, q->first)->sentence].first + 1;
    if (!alone || !is_speech(a, q)) continue;
    int32_t told = speaker_before(r, drafts, q);
    if (told != ID_NONE && (last == ID_NONE || drafts->list.at[told].cue > last_end)) {
      last = told;
      last_end = drafts->list.at[told].cue + 1;
    }
    if (last == ID_NONE) continue;
    struct draft *d = &drafts->list.at[last];
    bool near = tok(a, q->first)->sentence <= tok(a, last_end - 1)->sentence + 2;
    if (!near) continue;
    if (!paragraph_between(a, last_end - 1, q->first)) {
      draft_add(d, q->span);
    } else { /* a paragraph of the same speaker: a bare quote */
      struct draft bare = {.cue = TOKEN_NONE, .row = d->row, .stance = d->stance, .certainty = d->certainty, .source = d->source,
                           .antecedent = d->antecedent, .content = TOKEN_NONE, .by_quote = true};
      draft_add(&bare, q->span);
      last = (int32_t)drafts->list.n;
      if (!vec_push(&drafts->list, r->arena, bare)) return false;
    }
    last_end = q->end;
  }
  return true;
}

/* Words around the cue and at the head of its content that make the statement more or less sure. */
static enum certainty certainty_around(const struct reader *r, const struct draft *d, struct trace *trace)
{
  const struct analysis *a = r->a;
  int32_t heads[] = {d->cue, d->content};
  for (size_t i = 0; i < sizeof heads / sizeof *heads && d->certainty == CERTAINTY_UNSPECIFIED; i++) {
    if (heads[i] == TOKEN_NONE) continue;
    for (int32_t c = tok(a, heads[i])->first_child; c != TOKEN_NONE; c = tok(a, c)->next_sibling) {
      enum deprel l = deprel_base((enum deprel)tok(a, c)->deprel);
      const struct cue *sure = l == DEP_AUX || l == DEP_ADVMOD ? cues_find(r->know->cues, tok(a, c)->lemma, CUE_SURE) : NULL;
      if (!sure) continue;
      trace_add(trace, sure->where);
      return sure->certainty;
    }
  }
  return d->certainty;
}

/* How much of the content stands between marks: none, some, or (nine tenths of its bytes) all. */
static enum quote quote_of(const struct quotations *q, const struct draft *d)
{
  uint64_t all = 0, inside = 0;
  for (uint32_t s = 0; s < d->n_spans; s++) {
    struct span span = d->spans[s];
    all += span.end - span.begin;
    for (uint32_t i = quotes_from(q, span.begin); i < q->n && q->at[i].span.begin < span.end; i++) {
      uint32_t begin = q->at[i].span.begin > span.begin ? q->at[i].span.begin : span.begin;
      uint32_t end = q->at[i].span.end < span.end ? q->at[i].span.end : span.end;
      inside += end - begin;
    }
  }
  return inside == 0 ? QUOTE_NONE : inside * 10 >= all * 9 ? QUOTE_FULL : QUOTE_PARTIAL;
}

static void widen(struct span *span, struct span by)
{
  if (by.begin >= by.end) return;
  if (span->begin == span->end) *span = by;
  if (by.begin < span->begin) span->begin = by.begin;
  if (by.end > span->end) span->end = by.end;
}

static bool record(struct reader *r, const struct drafts *drafts, const struct draft *d)
{
  const struct analysis *a = r->a;
  struct claim c = {.stance = d->stance, .parent = ID_NONE, .answers = ID_NONE};
  c.source.token = d->source;
  c.source.entity = ID_NONE;
  c.cue.token = d->cue;
  c.trace.rule = d->by_quote ? SLICE("quote") : SLICE("cue");
  if (d->row) trace_add(&c.trace, d->row->where);
  trace_add(&c.trace, d->extra);
  if (d->source != TOKEN_NONE) {
    int32_t at = r->entity_at[d->source] != ID_NONE || d->antecedent == TOKEN_NONE ? d->source : d->antecedent;
    int32_t name = source_name(a, d->source);
    if (name != TOKEN_NONE && r->entity_at[name] != ID_NONE) at = name;
    c.source.entity = r->entity_at[at] != ID_NONE ? r->entity_at[at] : r->mention_at[at];
    c.source.kind = source_kind(r, d->source, c.source.entity);
    if (d->cue != TOKEN_NONE) c.source.span = source_span(a, d->source); /* a bare quote's source stands elsewhere */
    else c.source.token = TOKEN_NONE;
  } else
    c.source.kind = SOURCE_UNNAMED;
  if (d->cue != TOKEN_NONE) c.cue.span = tree_span(a, d->cue_first, d->cue_end);
  c.certainty = certainty_around(r, d, &c.trace);
  c.quote = quote_of(&drafts->quotes, d);
  c.content.at = arena_array(r->arena, struct span, d->n_spans);
  if (!c.content.at) return false;
  c.content.n = d->n_spans;
  memcpy(c.content.at, d->spans, d->n_spans * sizeof *d->spans);
  widen(&c.span, c.source.span);
  widen(&c.span, c.cue.span);
  for (uint32_t i = 0; i < d->n_spans; i++) widen(&c.span, d->spans[i]);
  return vec_push(&r->claims, r->arena, c);
}

static int by_place(const void *x, const void *y)
{
  const struct claim *a = x, *b = y;
  if (a->span.begin != b->span.begin) return a->span.begin < b->span.begin ? -1 : 1;
  if (a->span.end != b->span.end) return a->span.end > b->span.end ? -1 : 1;
  if (a->cue.span.begin != b->cue.span.begin) return a->cue.span.begin < b->cue.span.begin ? -1 : 1;
  return a->content.at[0].begin < b->content.at[0].begin ? -1 : a->content.at[0].begin > b->content.at[0].begin;
}

static bool holds(const struct claim *outer, const struct claim *inner)
{
  struct span spot = inner->cue.span.begin < inner->cue.span.end ? inner->cue.span : inner->content.at[0];
  for (uint32_t i = 0; i < outer->content.n; i++)
    if (span_holds(outer->content.at[i], spot)) return true;
  return false;
}

static uint32_t content_size(const struct claim *c)
{
  uint32_t n = 0;
  for (uint32_t i = 0; i < c->content.n; i++) n += c->content.at[i].end - c->content.at[i].begin;
  return n;
}

/* The claim whose content holds another's cue is its parent: the smallest such one. */
static void parents(struct reader *r)
{
  for (size_t i = 0; i < r->claims.n; i++) {
    struct claim *c = &r->claims.at[i];
    uint32_t best = UINT32_MAX;
    for (size_t k = i > 64 ? i - 64 : 0; k < r->claims.n && k < i + 64 && r->claims.at[k].span.begin < c->span.end; k++) {
      const struct claim *o = &r->claims.at[k];
      if (k == i || !holds(o, c) || holds(c, o) || content_size(o) >= best) continue;
      best = content_size(o);
      c->parent = (int32_t)k;
    }
  }
}

enum status claims_read(struct reader *r)
{
  struct drafts drafts = {0};
  size_t n = (size_t)r->a->n_tokens;
  drafts.at = arena_array(r->arena, int32_t, n + 1);
  if (!drafts.at || !quotes_find(r->arena, r->a, &drafts.quotes)) return reader_full(r);
  for (size_t i = 0; i < n; i++) drafts.at[i] = ID_NONE;
  if (!claims_from_trees(r, &drafts)) return reader_full(r);
  for (size_t i = 0; i < drafts.list.n; i++) lift(r->a, &drafts, (int32_t)i);
  if (!quotes_assign(r, &drafts)) return reader_full(r);
  for (size_t i = 0; i < drafts.list.n; i++)
    if (drafts.list.at[i].n_spans && !record(r, &drafts, &drafts.list.at[i])) return reader_full(r);
  if (r->claims.n) qsort(r->claims.at, r->claims.n, sizeof *r->claims.at, by_place);
  parents(r);
  return ST_OK;
}

/* claims.c: who says what.
 *
 *   1. cues in trees, each with source and content            claims_tree.c
 *   2. a quotation that overlaps a content lifts it to its marks; one that no content holds is given to the cue beside it, else it goes on what
 *      the last quotation's speaker said, when nothing but that cue stands between
 *   3. certainty by the words around; records in the order of the text; each told its parent */
#include "read/claims.h"
#include <stdlib.h>

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

/* Speech behind its cue that a mark of punctuation ends within its marks (he said “..., ” when asked): what follows is the writer's, unless it has marks
 * of its own. */
static void tighten_behind(const struct analysis *a, const struct quotations *q, struct draft *d, const struct quotation *speech)
{
  char last = a->text.at[speech->inner.end - 1];
  if (!ends_speech(a, speech) || speech->span.begin < tok(a, d->cue)->span.end) return;
  if (speech->end - speech->first < (last == '!' || last == '?' ? 2 : 4)) return;
  uint32_t next = quotes_from(q, speech->span.end);
  for (uint32_t i = 0; i < d->n_spans; i++) {
    struct span *s = &d->spans[i];
    bool more = next < q->n && q->at[next].span.begin < s->end;
    if (span_holds(*s, speech->span) && !more) s->end = speech->span.end;
  }
}

/* Speech that runs up to its cue (“..., ” he said): what stands before it is another sentence that the tree drew in, and what follows the
 * cue without marks is no speech. */
static void tighten(const struct analysis *a, const struct quotations *q, struct draft *d, const struct quotation *speech)
{
  struct span cue = tok(a, d->cue)->span;
  tighten_behind(a, q, d, speech);
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

/* Does the content behind the cue end with the last word before the marks: "said [that they spent] “years in court. ...”"? */
static bool cut_short(const struct analysis *a, const struct draft *d, const struct quotation *q)
{
  const struct span *s = &d->spans[d->n_spans - 1];
  bool next = q->span.begin == s->end || (q->span.begin == s->end + 1 && a->text.at[s->end] == ' ');
  return next && s->begin >= tok(a, d->cue)->span.end && q->holder == ID_NONE;
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
  for (uint32_t i = first; i < q->n && q->at[i].span.begin <= last + 1; i++) {
    if (q->at[i].span.begin > d->spans[d->n_spans - 1].begin && cut_short(a, d, &q->at[i])) draft_add(d, q->at[i].span);
    if (&q->at[i] == around || !in_content(d, q->at[i].inner)) continue;
    if (d->source != TOKEN_NONE && span_holds(q->at[i].span, tok(a, d->source)->span)) continue;
    draft_add(d, q->at[i].span);
    bool speech = d->row && (d->row->patterns & CUE_QUOTE);
    if (q->at[i].holder == ID_NONE || speech) q->at[i].holder = id;
  }
  for (uint32_t i = first; i < q->n && q->at[i].span.begin <= last; i++)
    if (&q->at[i] != around && in_content(d, q->at[i].inner)) tighten(a, q, d, &q->at[i]);
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

#define BLANK_REACH 6 /* tokens of a content */

/* Does the content tell nothing, or say so behind its subject: “No comment.”, "that he did not know who fired"?  Its row, or NULL. */
static const struct cue *blank(const struct reader *r, const struct draft *d)
{
  const struct analysis *a = r->a;
  int32_t length, t = d->cue;
  if (d->n_spans == 0 || !d->row || d->stance != STANCE_AFFIRMS || !(d->row->patterns & (CUE_QUOTE | CUE_THAT)) || t == TOKEN_NONE) return NULL;
  for (t = a->sentences[tok(a, t)->sentence].first; t < a->n_tokens && tok(a, t)->span.begin < d->spans[0].begin;) t++;
  for (int32_t from = t, end = a->sentences[t < a->n_tokens ? tok(a, t)->sentence : 0].end; t < end && t < from + BLANK_REACH; t++) {
    const struct cue *row = cues_at(r->know->cues, a, t, end, CUE_BLANK, &length);
    if (row) return row;
    if (tok(a, t)->upos == UPOS_VERB || tok(a, t)->upos == UPOS_AUX || (tok(a, t)->feats & FEAT_REL)) return NULL;
  }
  return NULL;
}

#define NAMES_LOOKED 256 /* entities */

/* The entity that has the name which a source is, where no mention was seen there. */
static int32_t entity_named(const struct reader *r, int32_t source)
{
  if (source == TOKEN_NONE || tok(r->a, source)->upos != UPOS_PROPN) return ID_NONE;
  const struct slice name = slice_span(r->a->text, tree_mention(r->a, source));
  for (size_t i = 0; i < r->entities.n && i < NAMES_LOOKED; i++)
    if (slice_eq(r->entities.at[i].name, name)) return (int32_t)i;
  return ID_NONE;
}

static bool record(struct reader *r, const struct drafts *drafts, const struct draft *d)
{
  const struct analysis *a = r->a;
  struct claim c = {.stance = d->stance, .parent = ID_NONE, .answers = ID_NONE, .within = d->within, .turn = {d->turned, d->before, d->shift}};
  c.source.token = d->source;
  c.source.entity = ID_NONE;
  c.cue.token = d->cue;
  c.trace.rule = d->by_quote ? SLICE("quote") : SLICE("cue");
  if (d->row) trace_add(&c.trace, d->row->where);
  trace_add(&c.trace, d->extra);
  const struct cue *nothing = blank(r, d);
  if (nothing) {
    c.stance = nothing->stance;
    c.blank = true;
    trace_add(&c.trace, nothing->where);
  }
  if (d->source != TOKEN_NONE) {
    int32_t at = r->entity_at[d->source] != ID_NONE || d->antecedent == TOKEN_NONE ? d->source : d->antecedent;
    int32_t name = source_name(a, d->source);
    if (name != TOKEN_NONE && r->entity_at[name] != ID_NONE) at = name;
    c.source.entity = r->entity_at[at] != ID_NONE ? r->entity_at[at] : r->mention_at[at];
    if (c.source.entity == ID_NONE) c.source.entity = entity_named(r, at);
    c.source.kind = source_kind(r, d->source, c.source.entity);
    if (d->cue != TOKEN_NONE) c.source.span = source_span(r, d->source, d->cue_first); /* a bare quote's source stands elsewhere */
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

/* "Condor said it would pay": who speaks within the words of another as "it", and is nobody known, is that other himself. */
static void speaks_of_himself(const struct reader *r, struct claim *c, int32_t *it)
{
  const int32_t source = c->source.token, verb = c->cue.token;
  if (c->source.entity != ID_NONE || c->source.kind != SOURCE_PRONOUN || source == TOKEN_NONE || verb == TOKEN_NONE) return;
  const bool neuter = slice_is(tok(r->a, source)->lemma, "it");
  if (c->parent == ID_NONE) {
    if (neuter) c->source.entity = *it; /* "It now says that it can": the one that spoke so last */
    return;
  }
  const struct claim *over = &r->claims.at[c->parent];
  const bool own = tok(r->a, source)->head == verb && !(tok(r->a, source)->feats & (FEAT_REL | FEAT_DEM | FEAT_INT));
  if (own && tok(r->a, verb)->deprel == DEP_CCOMP && tok(r->a, verb)->head == over->cue.token) c->source.entity = over->source.entity;
  if (neuter && c->source.entity != ID_NONE) *it = c->source.entity;
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
  int32_t it = ID_NONE; /* who was last spoken of as "it" in words of its own, and known by no other way */
  for (size_t i = 0; i < r->claims.n; i++) {
    struct claim *c = &r->claims.at[i];
    uint32_t best = UINT32_MAX;
    for (size_t k = i > 64 ? i - 64 : 0; k < r->claims.n && k < i + 64 && r->claims.at[k].span.begin < c->span.end; k++) {
      const struct claim *o = &r->claims.at[k];
      bool relays = k != i && c->within != TOKEN_NONE && o->cue.token == c->within;
      if (!relays && (k == i || !holds(o, c) || holds(c, o) || content_size(o) >= best)) continue;
      best = relays ? 0 : content_size(o);
      c->parent = (int32_t)k;
    }
    speaks_of_himself(r, c, &it);
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
  if (!quotes_assign(r, &drafts) || !colons_assign(r, &drafts)) return reader_full(r);
  for (size_t i = 0; i < drafts.list.n; i++)
    if (drafts.list.at[i].n_spans && !record(r, &drafts, &drafts.list.at[i])) return reader_full(r);
  if (r->claims.n) qsort(r->claims.at, r->claims.n, sizeof *r->claims.at, by_place);
  parents(r);
  return ST_OK;
}

/* claims_colon.c: headlines that name their source beside a colon or dash, without quotation marks: "Minister: talks will resume", "Bomb kills 30 in
 * Baghdad: police".
 *
 * A headline is a short paragraph of one sentence without a stop.  On one side of the mark stands somebody who can speak, in few words and without
 * a verb; on the other a statement, which has one. */
#include "read/claims.h"

#define HEADLINE_MOST 40 /* tokens */
#define SOURCE_MOST 6    /* tokens of who speaks */
#define CONTENT_LEAST 3

static const struct token *tok(const struct analysis *a, int32_t t) { return &a->tokens[t]; }
static bool is_mark(const struct analysis *a, int32_t t) { return tok(a, t)->upos == UPOS_PUNCT || tok(a, t)->upos == UPOS_SYM; }

static bool has_verb(const struct analysis *a, int32_t first, int32_t end)
{
  for (int32_t t = first; t < end; t++)
    if (tok(a, t)->upos == UPOS_VERB || tok(a, t)->upos == UPOS_AUX) return true;
  return false;
}

static bool ends_with_stop(const struct analysis *a, const struct sentence *s)
{
  const struct slice form = tok(a, s->end - 1)->form;
  return slice_is(form, ".") || slice_is(form, "!") || slice_is(form, "?") || slice_is(form, ":");
}

/* The head of the one noun phrase that the tokens are, if it can speak; a country may.  TOKEN_NONE when it is something else. */
static int32_t speaker_in(const struct reader *r, int32_t first, int32_t end)
{
  const struct analysis *a = r->a;
  if (end <= first || end - first > SOURCE_MOST || has_verb(a, first, end)) return TOKEN_NONE;
  for (int32_t t = first; t < end; t++)
    if (is_mark(a, t) || tok(a, t)->upos == UPOS_NUM) return TOKEN_NONE;
  int32_t head = end - 1;
  for (int32_t h = tok(a, head)->head; h >= first && h < end; h = tok(a, head)->head) head = h;
  const int32_t entity = r->entity_at[head] != ID_NONE ? r->entity_at[head] : r->mention_at[head];
  const enum entity_kind kind = entity == ID_NONE ? KIND_OTHER : r->entities.at[entity].kind;
  const bool speaks = kind == KIND_COUNTRY || (kind != KIND_PLACE && kind != KIND_OTHER && source_speaks(r, head));
  return speaks ? head : TOKEN_NONE;
}

static bool add(struct reader *r, struct drafts *drafts, const struct cue *row, int32_t mark, int32_t source, int32_t first, int32_t end)
{
  struct draft d = {.cue = mark, .cue_first = mark, .cue_end = mark + 1, .source = source, .antecedent = TOKEN_NONE, .content = TOKEN_NONE,
                    .within = TOKEN_NONE, .row = row, .stance = row->stance, .certainty = row->certainty};
  draft_tokens(r->a, &d, first, end);
  drafts->at[mark] = (int32_t)drafts->list.n;
  return vec_push(&drafts->list, r->arena, d);
}

/* One headline: the first mark behind a speaker, else the last one before one. */
static bool headline(struct reader *r, struct drafts *drafts, const struct sentence *s)
{
  const struct analysis *a = r->a;
  for (int32_t t = s->first + 1; t < s->end - 1; t++) {
    const struct cue *row = is_mark(a, t) && drafts->at[t] == ID_NONE ? cues_find(r->know->cues, tok(a, t)->form, CUE_MARK) : NULL;
    if (!row || quotes_over(&drafts->quotes, a, t)) continue;
    const bool colon = slice_is(tok(a, t)->form, ":");
    int32_t source = colon ? speaker_in(r, s->first, t) : TOKEN_NONE;
    const bool told = source != TOKEN_NONE && s->end - t > CONTENT_LEAST && !is_mark(a, t + 1);
    if (told && has_verb(a, t + 1, s->end)) return add(r, drafts, row, t, source, t + 1, s->end);
    if (!colon && !tok(a, t - 1)->space_after) continue; /* a hyphen */
    source = speaker_in(r, t + 1, s->end);
    if (source != TOKEN_NONE && t - s->first >= CONTENT_LEAST && has_verb(a, s->first, t)) return add(r, drafts, row, t, source, s->first, t);
  }
  return true;
}

bool colons_assign(struct reader *r, struct drafts *drafts)
{
  const struct analysis *a = r->a;
  for (uint32_t s = 0; s < a->n_sentences; s++) {
    const struct sentence *one = &a->sentences[s];
    const bool alone = one->new_paragraph && (s + 1 == a->n_sentences || a->sentences[s + 1].new_paragraph);
    if (!alone || one->end - one->first > HEADLINE_MOST || ends_with_stop(a, one)) continue;
    if (!headline(r, drafts, one)) return false;
  }
  return true;
}

/* claims_speech.c: quotations given to their speakers, by what stands beside the marks.
 *
 * Trees go wrong around speech (a subject inside the marks, a name that hangs on the quotation), its layout hardly ever:
 *
 *   behind   “...,” said Ana Li      “...,” Ana Li, the mayor, said      “...” ― Ana Li
 *   before   Ana Li said, “...”      Ana Li had an answer: “...”         Ana Li: “...”
 *
 * So the cue is looked for among the words beside the quotation, those behind it first when it ends with a comma; a verb that no row of the cue table
 * knows serves there too (row "*").  The tree's source of that cue is kept unless it stands inside a quotation or on the wrong side; else the
 * source is the noun phrase between mark and cue.  A quotation with no cue beside it that fills its sentence goes on what its neighbour's speaker said:
 * in the same paragraph, or in the one right behind, as part of the same claim. */
#include "read/claims.h"

#define REACH 24  /* tokens between a quotation and its cue */
#define NEAR 3    /* a cue so near in front needs no comma */
#define SHORT 4   /* fewer tokens are a word set off, unless a cue stands right beside */

static const struct token *tok(const struct analysis *a, int32_t t) { return &a->tokens[t]; }
static bool is_punct(const struct analysis *a, int32_t t) { return tok(a, t)->upos == UPOS_PUNCT || tok(a, t)->upos == UPOS_SYM; }

/* The quotation being given away, and what stands around it. */
struct place_of_speech {
  const struct quotation *q;
  int32_t first, end; /* tokens before and behind which neighbours are looked for: its sentence or those drawn to it */
  int32_t opens;      /* the token of its opening mark */
  int32_t behind;     /* first word behind its closing mark */
  bool begins;        /* a sentence begins with it, or a mark introduces it */
  bool ends;          /* punctuation ends it, inside or right behind its marks */
  bool comma;         /* and the sentence goes on behind that */
  int32_t own_end;    /* where its own sentence ends; what lies behind up to `end` is a tail cut off by the mark: "Who?" Smith asked. */
};

/* Whom it was given to. */
struct speaker {
  int32_t cue, source, antecedent;
  const struct cue *row;
};

static const struct cue *quote_row(const struct reader *r, int32_t t)
{
  if (tok(r->a, t)->upos != UPOS_VERB) return NULL;
  for (const struct cue *row = cue_rows(r, t); row; row = cues_next(row))
    if (row->patterns & CUE_QUOTE) return row;
  return NULL;
}

static bool lower_case(const struct analysis *a, int32_t t)
{
  return tok(a, t)->form.n && tok(a, t)->form.at[0] >= 'a' && tok(a, t)->form.at[0] <= 'z';
}

/* The last byte before `at`, blanks apart; '\n' when a paragraph or the text begins there. */
static char byte_before(struct slice text, uint32_t at)
{
  while (at > 0 && text.at[at - 1] == ' ') at--;
  return at ? text.at[at - 1] : '\n';
}

static bool ends_sentence(char c) { return c == '.' || c == '!' || c == '?'; }

static bool new_paragraph(const struct analysis *a, int32_t t) { return a->sentences[tok(a, t)->sentence].new_paragraph; }

/* The end of the sentence that goes on behind the quotation although the splitter ended one there; p->end when none does. */
static int32_t tail_end(const struct analysis *a, const struct place_of_speech *p, bool any)
{
  bool cut = p->end <= p->behind && p->behind < a->n_tokens && !new_paragraph(a, p->behind);
  return cut && (any || lower_case(a, p->behind)) ? a->sentences[tok(a, p->behind)->sentence].end : p->end;
}

static struct place_of_speech locate(const struct analysis *a, const struct quotation *q)
{
  struct place_of_speech p = {.q = q, .opens = q->first, .behind = q->end};
  while (p.opens > 0 && tok(a, p.opens - 1)->span.begin >= q->span.begin) p.opens--;
  while (p.behind < a->n_tokens && is_punct(a, p.behind) && tok(a, p.behind)->span.begin <= q->span.end + 1) p.behind++;
  p.first = a->sentences[tok(a, q->first)->sentence].first;
  p.end = a->sentences[tok(a, q->end - 1)->sentence].end;
  p.end = tail_end(a, &p, false); /* "Who?" he asked. */
  p.own_end = p.end;
  char before = byte_before(a->text, q->span.begin);
  char last = byte_before(a->text, q->inner.end), after = q->span.end < a->text.n ? a->text.at[q->span.end] : '\n';
  p.begins = before == '\n' || before == ',' || before == ':' || ends_sentence(before) || p.opens == p.first || (before & 0x80);
  p.ends = last == ',' || ends_sentence(last) || after == ',' || !q->closed || is_punct(a, q->end - 1);
  p.comma = q->closed && p.ends && !(last == '.' && after != ',');
  if (p.comma && last != ',') p.end = tail_end(a, &p, true);
  return p;
}

/* Is the verb only a part of a noun phrase: "Smith, wearing a hat, said", "Smith, who left in May, said"?  A finite one without a word of its own in front
 * is none ("expert Ana Smith tweeted"), though the tree may hang it on the name. */
static bool is_phrase_part(const struct analysis *a, int32_t t, int32_t from)
{
  enum deprel d = deprel_base((enum deprel)tok(a, t)->deprel);
  int32_t h = tok(a, t)->head;
  bool participle = (tok(a, t)->feats & FEAT_PART) && !(tok(a, t)->feats & FEAT_FIN);
  bool bare = d == DEP_ACL && (tok(a, t)->feats & FEAT_FIN) && tok(a, t)->left == t && t > 0 && tok(a, t - 1)->upos == UPOS_PROPN;
  return (d == DEP_ACL || d == DEP_AMOD || d == DEP_ADVCL || participle) && !bare && h != TOKEN_NONE && (h >= from || d == DEP_ACL);
}

/* The same of a verb below such a one: "Smith, who used to work there, said". */
static bool within_phrase(const struct analysis *a, int32_t t, int32_t from)
{
  for (int step = 0; step < 4 && t >= from; step++) {
    enum deprel d = deprel_base((enum deprel)tok(a, t)->deprel);
    if (is_phrase_part(a, t, from)) return true;
    if (d != DEP_XCOMP && d != DEP_CCOMP && d != DEP_CONJ) return false;
    if (tok(a, t)->head > t) return false;
    t = tok(a, t)->head;
  }
  return false;
}

static bool upper_case(const struct analysis *a, int32_t t)
{
  return tok(a, t)->form.n && tok(a, t)->form.at[0] >= 'A' && tok(a, t)->form.at[0] <= 'Z';
}

static bool heads_phrase(const struct analysis *a, int32_t t)
{
  uint8_t u = tok(a, t)->upos;
  bool name = u == UPOS_VERB && tok(a, t)->deprel == DEP_NSUBJ && upper_case(a, t); /* a name that looks like a verb */
  return u == UPOS_NOUN || u == UPOS_PROPN || u == UPOS_PRON || u == UPOS_NUM || name;
}

/* The head of the noun phrase of token `t` within [first, end), not beyond an apposition or the like. */
static int32_t head_of_phrase(const struct analysis *a, int32_t t, int32_t first, int32_t end)
{
  for (int step = 0; step < 8; step++) {
    int32_t h = tok(a, t)->head;
    enum deprel d = deprel_base((enum deprel)tok(a, t)->deprel);
    if (h < first || h >= end || !heads_phrase(a, h) || d == DEP_PARATAXIS || d == DEP_APPOS || d == DEP_LIST || d == DEP_CONJ) break;
    t = h;
  }
  return t;
}

/* The head of the first noun phrase in [from, to); TOKEN_NONE when a verb, a conjunction or nothing stands there. */
static int32_t phrase_head(const struct analysis *a, const struct quotations *q, int32_t from, int32_t to)
{
  int32_t t = from;
  while (t < to && !heads_phrase(a, t)) {
    uint8_t u = tok(a, t)->upos;
    if (u == UPOS_VERB || u == UPOS_AUX || u == UPOS_SCONJ || u == UPOS_ADP || quotes_over(q, a, t)) return TOKEN_NONE;
    t++;
  }
  return t < to ? head_of_phrase(a, t, from, to) : TOKEN_NONE;
}

/* The subject of the clause around a participle set off by a comma: "Li poked at him during the talks, adding, “...”". */
static int32_t subject_above(const struct analysis *a, const struct quotations *quotes, int32_t cue)
{
  bool off = cue > 0 && slice_is(tok(a, cue - 1)->form, ",") && !(tok(a, cue)->feats & FEAT_FIN);
  for (int32_t h = tok(a, cue)->head, step = 0; off && h != TOKEN_NONE && h < cue && step < 6; h = tok(a, h)->head, step++) {
    int32_t subject = tree_child(a, h, DEP_NSUBJ);
    if (subject != TOKEN_NONE) return quotes_over(quotes, a, subject) || (tok(a, subject)->feats & FEAT_REL) ? TOKEN_NONE : subject;
  }
  return TOKEN_NONE;
}

/* The cue's source: the tree's, unless it cannot be by where it stands, else the phrase between mark and cue. */
static int32_t source_beside(const struct reader *r, const struct drafts *drafts, const struct place_of_speech *p, int32_t cue, int32_t *antecedent)
{
  const struct analysis *a = r->a;
  const struct quotations *quotes = &drafts->quotes;
  int32_t s = source_find(r, cue, antecedent);
  bool behind = cue >= p->behind, straight = behind && cue > p->behind;
  bool usable = s != TOKEN_NONE && !quotes_over(quotes, a, s) && r->date_at[s] == ID_NONE;
  if (usable && behind && s < p->opens && (tok(a, cue)->feats & FEAT_FIN)) { /* "The plan “is bad,” said Ana Li": who stands at the cue speaks */
    int32_t near = straight ? phrase_head(a, quotes, p->behind, cue) : phrase_head(a, quotes, cue + 1, p->end);
    if (near != TOKEN_NONE && source_speaks(r, near) && tok(a, near)->deprel != DEP_OBJ && tok(a, near)->deprel != DEP_IOBJ) {
      *antecedent = TOKEN_NONE;
      return near;
    }
  }
  if (usable) return s;
  *antecedent = TOKEN_NONE;
  if (!behind) return s == TOKEN_NONE && cue == p->opens - 2 ? subject_above(a, quotes, cue) : TOKEN_NONE;
  s = straight ? phrase_head(a, quotes, p->behind, cue) : TOKEN_NONE;
  if (s == TOKEN_NONE && cue == p->behind + 1 && upper_case(a, p->behind)) s = p->behind; /* whatever part of speech the name looks like */
  if (s == TOKEN_NONE && (!straight || cue == p->behind + 1)) s = phrase_head(a, quotes, cue + 1, p->end);
  return s;
}

/* A quotation of its own on the way from one to its cue ends the search; a word set off does not. */
static const struct quotation *stops(const struct drafts *drafts, const struct analysis *a, int32_t t)
{
  const struct quotation *q = quotes_over(&drafts->quotes, a, t);
  return q && q->end - q->first >= SHORT ? q : NULL;
}

/* Has the cue words of its own: a clause with a subject or "that", an object that is nobody to speak to? */
static bool says_more(const struct reader *r, int32_t cue)
{
  const struct analysis *a = r->a;
  int32_t clause = tree_child(a, cue, DEP_CCOMP), object = tree_child(a, cue, DEP_OBJ);
  if (object != TOKEN_NONE && !source_is_agent(r, object, TOKEN_NONE)) return true;
  return clause != TOKEN_NONE && (tree_child(a, clause, DEP_NSUBJ) != TOKEN_NONE || tree_child(a, clause, DEP_MARK) != TOKEN_NONE);
}

/* “...,” the letter reads: a verb that looks like a noun, the last word of its sentence. */
static bool noun_behind(const struct reader *r, const struct drafts *drafts, const struct place_of_speech *p, struct speaker *to)
{
  const struct analysis *a = r->a;
  int32_t t = p->own_end - 1;
  while (t > p->behind && is_punct(a, t)) t--;
  if (!p->comma || !p->begins || t <= p->behind || t > p->behind + REACH || tok(a, t)->upos != UPOS_NOUN) return false;
  for (to->row = cues_find(r->know->cues, tok(a, t)->lemma, CUE_VERB); to->row && !(to->row->patterns & CUE_QUOTE);) to->row = cues_next(to->row);
  to->cue = t;
  to->antecedent = TOKEN_NONE;
  to->source = to->row ? phrase_head(a, &drafts->quotes, p->behind, t) : TOKEN_NONE;
  return to->source != TOKEN_NONE;
}

/* May a cue follow: is it speech by its marks, and does no clause of its own stand behind it ("when Smith asked him")? */
static bool cue_may_follow(const struct reader *r, const struct place_of_speech *p)
{
  const struct analysis *a = r->a;
  int32_t length, t = p->behind;
  if (t >= p->end) return p->ends;
  if (!p->ends && !quote_row(r, t)) return false;
  bool clause = tok(a, t)->upos == UPOS_SCONJ || (tok(a, t)->upos == UPOS_ADV && (tok(a, t)->feats & FEAT_INT));
  return !clause || cues_at(r->know->cues, a, t, p->end, CUE_AROUND, &length);
}

/* “... hope,” the letter reads: a verb that the tree hangs on a noun within the marks, as its relative clause. */
static bool hung_within(const struct reader *r, const struct place_of_speech *p, int32_t t)
{
  const struct analysis *a = r->a;
  int32_t subject = tree_child(a, t, DEP_NSUBJ);
  bool clause = deprel_base((enum deprel)tok(a, t)->deprel) == DEP_ACL && tok(a, t)->head < p->behind && p->begins && p->comma;
  return clause && subject >= p->behind && !(tok(a, subject)->feats & FEAT_REL) && quote_row(r, t) != NULL;
}

/* A verb on the way that is none of its speaker's: within a noun phrase, an infinitive, a name that looks like a verb. */
static bool passed_by(const struct reader *r, const struct drafts *drafts, const struct place_of_speech *p, int32_t t)
{
  const struct analysis *a = r->a;
  if (tok(a, t)->upos != UPOS_VERB || quotes_over(&drafts->quotes, a, t)) return true;
  if (within_phrase(a, t, p->behind) && !hung_within(r, p, t)) return true;
  if (t == p->behind && p->comma && upper_case(a, t) && t + 1 < p->end && quote_row(r, t + 1)) return true;
  bool bare = !(tok(a, t)->feats & FEAT_FIN) && tree_child(a, t, DEP_AUX) == TOKEN_NONE; /* an infinitive, a participle */
  return !quote_row(r, t) && (heads_phrase(a, t) || bare);
}

/* “...,” X says; “...,” says X.  The first verb that can speak; of verbs that no row knows one that stands alone with its source. */
static bool cue_behind(const struct reader *r, const struct drafts *drafts, const struct place_of_speech *p, struct speaker *to)
{
  const struct analysis *a = r->a;
  if (!cue_may_follow(r, p)) return false;
  for (int32_t t = p->behind; t < p->end && t < p->behind + REACH; t++) {
    if (stops(drafts, a, t)) return false;
    if (passed_by(r, drafts, p, t)) continue;
    to->row = quote_row(r, t);
    if (t >= p->own_end && (!to->row || says_more(r, t))) return false;
    if (!to->row && p->comma && p->begins && (tok(a, t)->feats & FEAT_FIN)) to->row = cues_find(r->know->cues, SLICE("*"), CUE_ANY);
    if (!to->row) return false;
    to->cue = t;
    to->source = source_beside(r, drafts, p, t, &to->antecedent);
    return to->source != TOKEN_NONE;
  }
  return noun_behind(r, drafts, p, to);
}

/* The cue whose clause a verb without a subject goes on: "Li said it was late but added, “...”"; TOKEN_NONE when it goes on none. */
static int32_t cue_gone_on(const struct analysis *a, const struct drafts *drafts, int32_t cue)
{
  int32_t h = cue;
  if (tok(a, cue)->deprel != DEP_CONJ || tree_child(a, cue, DEP_NSUBJ) != TOKEN_NONE) return TOKEN_NONE;
  for (int step = 0; step < 4 && h != TOKEN_NONE; step++) {
    h = tok(a, h)->head;
    const struct draft *d = h != TOKEN_NONE && h < cue && drafts->at[h] >= 0 ? &drafts->list.at[drafts->at[h]] : NULL;
    if (d && d->row && (d->row->patterns & CUE_QUOTE) && d->source != TOKEN_NONE) return h;
  }
  return TOKEN_NONE;
}

/* X says, “...” */
static bool cue_before(const struct reader *r, const struct drafts *drafts, const struct place_of_speech *p, struct speaker *to)
{
  const struct analysis *a = r->a;
  bool mark = p->opens > p->first && is_punct(a, p->opens - 1);
  for (int32_t t = p->opens - 1; t >= p->first && t > p->opens - REACH; t--) {
    if (stops(drafts, a, t)) return false;
    if (!mark && p->opens - t > NEAR) return false;
    const struct cue *row = quotes_over(&drafts->quotes, a, t) ? NULL : quote_row(r, t);
    bool speaking = t > 0 && tok(a, t)->head == t - 1 && !(tok(a, t)->feats & FEAT_FIN); /* "shows Li saying at the fair, “...”" */
    bool aside = deprel_base((enum deprel)tok(a, t)->deprel) == DEP_ACL && p->opens - t > NEAR && !speaking; /* "told those who gathered there, “...”" */
    if (!row || aside) continue;
    *to = (struct speaker){t, TOKEN_NONE, TOKEN_NONE, row};
    to->source = source_beside(r, drafts, p, t, &to->antecedent);
    int32_t before = cue_gone_on(a, drafts, t);
    if (before != TOKEN_NONE) { /* and so its speaker's */
      to->source = drafts->list.at[drafts->at[before]].source;
      to->antecedent = drafts->list.at[drafts->at[before]].antecedent;
    }
    if (to->source != TOKEN_NONE) return true;
  }
  return false;
}

/* Is it a mark between a speaker and words: a colon, a dash? */
static const struct cue *mark_row(const struct reader *r, int32_t t)
{
  return is_punct(r->a, t) ? cues_find(r->know->cues, tok(r->a, t)->form, CUE_MARK) : NULL;
}

/* The verb with its source in the sentence that the colon ends: "Ana Li had an answer:". */
static bool verb_before_colon(const struct reader *r, const struct drafts *drafts, int32_t first, int32_t colon, struct speaker *to)
{
  const struct analysis *a = r->a;
  for (int32_t t = colon - 1; t >= first && t > colon - REACH; t--) {
    const bool predicate = tok(a, t)->upos == UPOS_ADJ && tree_child(a, t, DEP_COP) != TOKEN_NONE; /* "She was blunt:" */
    if (!predicate && (tok(a, t)->upos != UPOS_VERB || within_phrase(a, t, first))) continue;
    const struct cue *known = quote_row(r, t);
    int32_t antecedent = TOKEN_NONE, source = source_find(r, t, &antecedent);
    if (source == TOKEN_NONE || quotes_over(&drafts->quotes, a, source)) continue;
    if (!known && !source_is_agent(r, source, antecedent)) return false;
    *to = (struct speaker){t, source, antecedent, known ? known : cues_find(r->know->cues, SLICE("*"), CUE_ANY)};
    return to->row != NULL;
  }
  return false;
}

/* X had an answer: “...”; X: “...”.  The sentence that the colon ends may be the one before. */
static bool colon_before(const struct reader *r, const struct drafts *drafts, const struct place_of_speech *p, struct speaker *to)
{
  const struct analysis *a = r->a;
  int32_t colon = p->opens - 1;
  if (colon < 1) return false;
  const struct cue *row = mark_row(r, colon);
  int32_t first = a->sentences[tok(a, colon)->sentence].first;
  if (!row || quotes_over(&drafts->quotes, a, colon) || colon <= first) return false;
  for (int32_t t = colon - 1; t >= first && t > colon - REACH; t--)
    if (stops(drafts, a, t)) return false;
  if (slice_is(tok(a, colon)->form, ":") && verb_before_colon(r, drafts, first, colon, to)) return true;
  if (!heads_phrase(a, colon - 1)) return false;
  *to = (struct speaker){colon, head_of_phrase(a, colon - 1, first, colon), TOKEN_NONE, row};
  return source_speaks(r, to->source);
}

/* “...” ― Ana Li */
static bool mark_behind(const struct reader *r, const struct drafts *drafts, const struct place_of_speech *p, struct speaker *to)
{
  const struct analysis *a = r->a;
  int32_t dash = p->behind;
  if (!p->begins || !p->ends) return false;
  if (dash > p->q->end && (dash >= a->n_tokens || !mark_row(r, dash))) dash--;
  if (dash >= a->n_tokens || dash < p->q->end) return false;
  const struct cue *row = mark_row(r, dash);
  int32_t name = dash + 1;
  if (!row || name >= a->n_tokens || a->sentences[tok(a, name)->sentence].new_paragraph != a->sentences[tok(a, dash)->sentence].new_paragraph) return false;
  if (tok(a, name)->upos != UPOS_PROPN || quotes_over(&drafts->quotes, a, name)) return false;
  int32_t end = a->sentences[tok(a, name)->sentence].end;
  for (int32_t t = name; t < end; t++)
    if ((tok(a, t)->upos == UPOS_VERB && !upper_case(a, t)) || tok(a, t)->upos == UPOS_AUX) return false;
  *to = (struct speaker){dash, name, TOKEN_NONE, row};
  return true;
}

/* Whose words are they, by what stands beside them? */
static bool speaker_find(const struct reader *r, const struct drafts *drafts, const struct place_of_speech *p, struct speaker *to)
{
  struct speaker behind = {TOKEN_NONE, TOKEN_NONE, TOKEN_NONE, NULL}, before = behind;
  const struct analysis *a = r->a;
  bool is_behind = cue_behind(r, drafts, p, &behind), is_before = cue_before(r, drafts, p, &before);
  bool introduced = p->opens > p->first && is_punct(a, p->opens - 1);
  if (is_behind && is_before) {
    bool first = before.cue >= p->opens - NEAR || (introduced && !p->comma);
    *to = first ? before : behind;
    return true;
  }
  if (is_behind || is_before) {
    *to = is_behind ? behind : before;
    return true;
  }
  return colon_before(r, drafts, p, to) || mark_behind(r, drafts, p, to);
}

/* Takes from a content what the quotation holds: another's words. */
static void cut_from(struct draft *d, struct span span)
{
  uint32_t n = 0;
  for (uint32_t i = 0; i < d->n_spans; i++) {
    struct span s = d->spans[i];
    if (s.begin < span.end && s.end > span.begin) s.end = s.begin < span.begin ? span.begin : s.begin;
    if (s.begin < s.end) d->spans[n++] = s;
  }
  d->n_spans = n;
}

/* The draft of the speaker's cue, made where the trees made none; ID_NONE when another cue took that word in. *full: no memory. */
static int32_t draft_of(struct reader *r, struct drafts *drafts, const struct speaker *by, bool *full)
{
  int32_t id = drafts->at[by->cue];
  if (id != ID_NONE) return id >= 0 ? id : ID_NONE;
  struct draft d = {.cue = by->cue, .source = by->source, .antecedent = by->antecedent, .content = TOKEN_NONE, .within = TOKEN_NONE, .row = by->row,
                    .by_quote = true};
  bool negated = cue_negated(r, by->cue) && d.row->negated != STANCE_COUNT;
  d.stance = negated ? d.row->negated : d.row->stance;
  d.certainty = negated ? CERTAINTY_UNSPECIFIED : d.row->certainty;
  cue_tokens(r, by->cue, TOKEN_NONE, &d.cue_first, &d.cue_end);
  id = (int32_t)drafts->list.n;
  drafts->at[by->cue] = id;
  *full = !vec_push(&drafts->list, r->arena, d);
  return *full ? ID_NONE : id;
}

/* Is the quotation a part of the clause that the tree gave to the cue in front: "said that if they come, “we will fight.”"? */
static bool within_clause(const struct analysis *a, const struct draft *d, const struct place_of_speech *p)
{
  if (d->cue >= p->opens || d->spoken) return false;
  for (uint32_t i = 0; i < d->n_spans; i++) {
    if (!span_holds(d->spans[i], p->q->span) || d->spans[i].begin < tok(a, d->cue)->span.end) continue;
    for (int32_t t = p->opens - 1; t > d->cue && tok(a, t)->span.begin >= d->spans[i].begin; t--)
      if (tok(a, t)->upos == UPOS_SCONJ || (tok(a, t)->feats & FEAT_FIN)) return true;
  }
  return false;
}

/* The token, behind `cue`, of the conjunction and marks in front of `first`. */
static int32_t before_conjunction(const struct analysis *a, int32_t cue, int32_t first)
{
  while (first > cue + 1 && (is_punct(a, first - 1) || tok(a, first - 1)->upos == UPOS_CCONJ)) first--;
  return first;
}

/* Gives the quotation to the cue; returns the draft, or ID_NONE. */
static int32_t give(struct reader *r, struct drafts *drafts, const struct place_of_speech *p, const struct speaker *by, bool *full)
{
  int32_t id = draft_of(r, drafts, by, full), old = p->q->holder;
  if (id == ID_NONE) return ID_NONE;
  struct draft *d = &drafts->list.at[id];
  bool direct = p->begins && p->ends && !within_clause(r->a, d, p);
  int32_t before = by->cue < p->opens ? cue_gone_on(r->a, drafts, by->cue) : TOKEN_NONE;
  if (before != TOKEN_NONE && drafts->at[before] != id) { /* "said that ..., and added: “...”": that clause ends here */
    int32_t first = before_conjunction(r->a, before, d->cue_first);
    cut_from(&drafts->list.at[drafts->at[before]], (struct span){tok(r->a, first)->span.begin, p->q->span.end});
  }
  if (old != ID_NONE && old != id && direct) {
    struct draft *other = &drafts->list.at[old];
    if (other->cue >= p->behind && !other->spoken) other->n_spans = 0; /* what stands before its cue is another's speech */
    struct span from = p->q->span;
    int32_t first = drafts->list.at[id].cue_first;
    if (by->cue < p->opens && by->source == other->source && other->cue < first) /* "noted that ..., and added: “...”" */
      from.begin = tok(r->a, before_conjunction(r->a, other->cue, first))->span.begin;
    cut_from(other, from);
  }
  d->source = by->source;
  d->antecedent = by->antecedent;
  if (direct && !d->spoken) { /* the trees' content: the words in marks and nothing else */
    uint32_t n = 0;
    for (uint32_t i = 0; i < d->n_spans; i++) {
      uint32_t k = quotes_from(&drafts->quotes, d->spans[i].begin);
      bool quoted = k < drafts->quotes.n && drafts->quotes.at[k].span.begin <= d->spans[i].begin + 1 && d->spans[i].begin > tok(r->a, d->cue)->span.begin;
      if (quoted) d->spans[n++] = d->spans[i];
    }
    d->n_spans = n;
  }
  d->spoken = true;
  draft_add(d, p->q->span);
  return id;
}

/* A word in capitals, as transcripts name their speakers. */
static bool in_capitals(const struct analysis *a, int32_t t)
{
  struct slice form = tok(a, t)->form;
  for (size_t i = 0; i < form.n; i++)
    if (form.at[i] >= 'a' && form.at[i] <= 'z') return false;
  return form.n >= 3 && form.at[0] >= 'A' && form.at[0] <= 'Z';
}

/* The colon behind the name that a paragraph begins with, *first = the name; TOKEN_NONE when it begins otherwise. */
static int32_t colon_behind_name(const struct analysis *a, int32_t t, int32_t *first)
{
  int32_t end = t;
  while (end < a->n_tokens && end < t + 2 && is_punct(a, end)) end++;
  *first = end;
  bool marked = end > t; /* "“SMITH: ..." */
  for (; end < a->n_tokens && end < *first + 6; end++) {
    bool noun = tok(a, end)->upos == UPOS_PROPN || (marked && tok(a, end)->upos == UPOS_NOUN);
    if (tok(a, end)->name != NAME_PERSON && !(noun && in_capitals(a, end))) break;
  }
  bool colon = end > *first && end < a->n_tokens && slice_is(tok(a, end)->form, ":") && tok(a, end)->sentence == tok(a, t)->sentence;
  return colon ? end : TOKEN_NONE;
}

/* NAME: words, up to the paragraph's end: a transcript.  The paragraph begins at token `t`; *full: no memory. */
static void transcript(struct reader *r, struct drafts *drafts, int32_t t, bool *full)
{
  const struct analysis *a = r->a;
  int32_t first, colon = colon_behind_name(a, t, &first);
  if (colon == TOKEN_NONE || drafts->at[colon] != ID_NONE) return;
  const struct cue *row = mark_row(r, colon);
  uint32_t s = tok(a, t)->sentence;
  while (s + 1 < a->n_sentences && !a->sentences[s + 1].new_paragraph) s++;
  int32_t stop = a->sentences[s].end, head = first;
  char last = byte_before(a->text, tok(a, stop - 1)->span.end);
  if (!row || stop - colon < SHORT || is_punct(a, colon + 1) || !(ends_sentence(last) || is_punct(a, stop - 1))) return;
  for (int32_t h = tok(a, head)->head; h >= first && h < colon; h = tok(a, head)->head) head = h;
  struct draft d = {.cue = colon, .cue_first = colon, .cue_end = colon + 1, .source = head, .antecedent = TOKEN_NONE, .content = TOKEN_NONE,
                    .within = TOKEN_NONE, .row = row,
                    .stance = row->stance, .certainty = row->certainty, .by_quote = true, .spoken = true};
  draft_add(&d, tree_span(a, colon + 1, stop));
  drafts->at[colon] = (int32_t)drafts->list.n;
  uint32_t q = quotes_from(&drafts->quotes, d.spans[0].begin);
  for (; q < drafts->quotes.n && drafts->quotes.at[q].inner.begin < d.spans[0].end; q++) drafts->quotes.at[q].holder = drafts->at[colon];
  *full = !vec_push(&drafts->list, r->arena, d);
}

/* The last speaker, whose words may go on. */
struct turn {
  int32_t draft;      /* or ID_NONE */
  int32_t end;        /* one past the last token of his words and their cue */
};

/* Number of paragraphs that begin behind token `from`, up to `to`; at most 2. */
static int paragraphs_between(const struct analysis *a, int32_t from, int32_t to)
{
  int n = 0;
  for (uint32_t s = tok(a, from)->sentence + 1; s <= tok(a, to)->sentence && n < 2; s++) n += a->sentences[s].new_paragraph;
  return n;
}

/* Indirect speech in the sentence before: its speaker goes on in marks.  ID_NONE when there is none. */
static int32_t speaker_before(const struct reader *r, const struct drafts *drafts, const struct place_of_speech *p)
{
  const struct analysis *a = r->a;
  uint32_t s = tok(a, p->q->first)->sentence;
  if (s == 0) return ID_NONE;
  for (int32_t t = a->sentences[s - 1].first; t < a->sentences[s - 1].end; t++) {
    const struct draft *d = drafts->at[t] >= 0 ? &drafts->list.at[drafts->at[t]] : NULL;
    if (d && d->row && (d->row->patterns & CUE_QUOTE) && d->source != TOKEN_NONE && !quotes_over(&drafts->quotes, a, t)) return drafts->at[t];
  }
  return ID_NONE;
}

/* Does it fill its sentences, no words beside it? */
static bool stands_alone(const struct analysis *a, const struct place_of_speech *p)
{
  bool last = p->behind >= a->n_tokens || tok(a, p->q->end - 1)->sentence != tok(a, p->behind)->sentence;
  return p->opens == p->first && (last || !p->q->closed);
}

/* “I think that they care about wages” and the like.  A sentence that the speaker of the one before begins in marks and the writer ends: no cue in
 * what is behind the marks, and the main verb within them.  The end of it, without its full stop; TOKEN_NONE when it is none. */
static int32_t half_quoted(const struct analysis *a, const struct drafts *drafts, const struct place_of_speech *p, const struct turn *turn)
{
  const struct quotation *q = p->q;
  const struct sentence *s = &a->sentences[tok(a, q->first)->sentence];
  bool next = turn->draft != ID_NONE && tok(a, turn->end - 1)->sentence + 1 == tok(a, q->first)->sentence && !s->new_paragraph;
  if (!next || p->ends || !q->closed || p->opens != p->first || s->root < q->first || s->root >= q->end || p->behind >= s->end) return TOKEN_NONE;
  for (int32_t t = p->behind; t < s->end; t++)
    if (drafts->at[t] != ID_NONE) return TOKEN_NONE;
  int32_t end = s->end;
  while (end > p->behind && is_punct(a, end - 1)) end--;
  return end;
}

/* A quotation without a cue goes on what its neighbour's speaker said. */
static void go_on(const struct reader *r, struct drafts *drafts, const struct place_of_speech *p, struct turn *turn)
{
  const struct analysis *a = r->a;
  const struct quotation *q = p->q;
  int32_t half = half_quoted(a, drafts, p, turn);
  if (half != TOKEN_NONE) {
    struct span span = {q->span.begin, tok(a, half - 1)->span.end > q->span.end ? tok(a, half - 1)->span.end : q->span.end};
    draft_add(&drafts->list.at[turn->draft], span);
    turn->end = half;
    return;
  }
  if (!stands_alone(a, p) || !p->ends || q->end - q->first < SHORT) return;
  int32_t told = speaker_before(r, drafts, p);
  if (told != ID_NONE && (turn->draft == ID_NONE || drafts->list.at[told].cue >= turn->end)) *turn = (struct turn){told, drafts->list.at[told].cue + 1};
  if (turn->draft == ID_NONE) return;
  int paragraphs = paragraphs_between(a, turn->end - 1, q->first);
  bool near = tok(a, q->first)->sentence <= tok(a, turn->end - 1)->sentence + 2;
  if (paragraphs > 1 || (paragraphs == 0 && !near)) return;
  if (paragraphs == 1 && !near) return;
  draft_add(&drafts->list.at[turn->draft], q->span);
  turn->end = p->behind;
}

static bool is_speech(const struct reader *r, const struct place_of_speech *p)
{
  bool beside = p->opens > p->first && quote_row(r, p->opens - 1); /* "chanting “no more war” at the gate" */
  const uint32_t at = p->q->span.begin;
  const bool announced = p->ends && at > 1 && byte_before(r->a->text, at) == ':'; /* She was terse: “No comment.” */
  if (p->q->end - p->q->first < SHORT) return p->begins && (p->comma || announced);
  return p->begins || p->ends || beside;
}

/* Does it stay with its holder whatever stands beside it: a part of the clause of a cue in front, or a turn of a transcript? */
static bool is_kept(const struct drafts *drafts, const struct place_of_speech *p)
{
  if (p->q->holder == ID_NONE) return false;
  int32_t cue = drafts->list.at[p->q->holder].cue;
  return cue < p->opens ? !p->begins : cue < p->q->end;
}

bool quotes_assign(struct reader *r, struct drafts *drafts)
{
  const struct analysis *a = r->a;
  struct turn turn = {ID_NONE, 0};
  for (uint32_t s = 0; s < a->n_sentences; s++) {
    bool full = false;
    if (s == 0 || a->sentences[s].new_paragraph) transcript(r, drafts, a->sentences[s].first, &full);
    if (full) return false;
  }
  for (uint32_t i = 0; i < drafts->quotes.n; i++) {
    const struct quotation *q = &drafts->quotes.at[i];
    struct place_of_speech p = locate(a, q);
    struct speaker by;
    bool full = false;
    bool speech = is_speech(r, &p);
    if (speech && !is_kept(drafts, &p) && speaker_find(r, drafts, &p, &by)) {
      int32_t id = give(r, drafts, &p, &by, &full);
      if (full) return false;
      if (id != ID_NONE) {
        turn = (struct turn){id, by.cue >= p.behind ? by.cue + 1 : p.behind};
        continue;
      }
    }
    if (q->holder != ID_NONE) {
      const struct draft *d = &drafts->list.at[q->holder];
      if (d->row && (d->row->patterns & CUE_QUOTE)) turn.draft = q->holder;
      if (turn.draft != ID_NONE) turn.end = p.behind;
      continue;
    }
    if (speech) go_on(r, drafts, &p, &turn);
  }
  return true;
}

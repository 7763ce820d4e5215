/* lang.c: the engine's face: scratch space, batches, and the labels put on the tokens. */
#include "base/checked.h"
#include "base/sys.h"
#include "lang/lang_run.h"

/* Gives out pieces of one block; the first pass, with at = NULL, only counts. */
struct layout {
  char *at;
  size_t used;
  bool failed;
};

static void *piece(struct layout *l, size_t count, size_t size)
{
  size_t bytes, aligned;
  if (!mul_size(count, size, &bytes) || !add_size(bytes, KERNEL_ALIGN - 1, &aligned)) {
    l->failed = true;
    return NULL;
  }
  aligned = aligned / KERNEL_ALIGN * KERNEL_ALIGN;
  void *p = l->at ? l->at + l->used : NULL;
  if (!add_size(l->used, aligned, &l->used)) l->failed = true;
  return p;
}

static size_t larger(size_t a, size_t b) { return a > b ? a : b; }

static void lay_out_recurrent(struct lang *lang, const struct model *m, struct layout *l)
{
  size_t wide = larger(m->embed, 2 * m->width);
  lang->x = piece(l, BATCH_MOST * wide, sizeof(float));
  lang->mixed = piece(l, BATCH_MOST * wide, sizeof(float));
  lang->gates = piece(l, (size_t)BATCH_MOST * m->layer[0].rows, sizeof(float));
}

static void lay_out_transformer(struct transformer_scratch *p, const struct transformer *m, struct layout *l)
{
  size_t wide = larger(m->inner, 3 * m->width);
  p->ids = piece(l, PIECE_ROWS, sizeof *p->ids);
  p->shapes = piece(l, PIECE_ROWS, 1);
  p->sentence = piece(l, PIECE_BATCH + 2, sizeof *p->sentence);
  p->first = piece(l, BATCH_MOST, sizeof *p->first);
  p->last = piece(l, BATCH_MOST, sizeof *p->last);
  p->x = piece(l, (size_t)PIECE_ROWS * m->width, sizeof(float));
  p->y = piece(l, (size_t)PIECE_ROWS * m->width, sizeof(float));
  p->blend = piece(l, (size_t)PIECE_ROWS * m->width, sizeof(float));
  p->wide = piece(l, PIECE_ROWS * wide, sizeof(float));
  p->bytes = piece(l, PIECE_ROWS * wide, 1);
  p->scale = piece(l, PIECE_ROWS, sizeof(float));
  p->queries = piece(l, (size_t)KERNEL_HEAD * KERNEL_ROWS, sizeof(float));
  p->scores = piece(l, (size_t)KERNEL_ROWS * PIECE_PLACES, sizeof(float));
  p->word = piece(l, (size_t)2 * m->width, sizeof(float));
}

static void lay_out(struct lang *lang, const struct model *m, struct layout *l)
{
  size_t narrow = larger(m->arc, larger(m->lab, m->tag));
  lang->chars = piece(l, SPLIT_ROOM, sizeof *lang->chars);
  lang->open = piece(l, SENTENCE_MOST, sizeof *lang->open);
  lang->end_class = piece(l, SPLIT_ROOM + 1, 1);
  lang->end_lead = piece(l, SPLIT_ROOM + 1, sizeof *lang->end_lead);
  lang->ends = piece(l, 1, ends_scratch_size());
  lang->seen = piece(l, BATCH_MOST, sizeof *lang->seen);
  if (m->is_transformer) lay_out_transformer(&lang->pieces, &m->transformer, l);
  else lay_out_recurrent(lang, m, l);
  lang->tops = piece(l, (size_t)BATCH_MOST * m->top.rows, sizeof(float));
  lang->label = piece(l, BATCH_MOST * larger(narrow, m->rels.rows), sizeof(float));
  lang->scores = piece(l, (size_t)BATCH_MOST * m->tags.rows, sizeof(float));
  lang->bytes = piece(l, BATCH_MOST * larger(larger(m->embed, m->top.cols), narrow), 1);
  lang->dep = piece(l, (size_t)BATCH_MOST * m->arc, 1);
  lang->head = piece(l, (size_t)BATCH_MOST * m->arc, 1);
  lang->scale = piece(l, BATCH_MOST, sizeof(float));
  lang->dep_scale = piece(l, BATCH_MOST, sizeof(float));
  lang->head_scale = piece(l, BATCH_MOST, sizeof(float));
  lang->begin = piece(l, BATCH_MOST, sizeof(uint32_t));
  lang->end = piece(l, BATCH_MOST, sizeof(uint32_t));
  lang->heads = piece(l, SENTENCE_MOST, sizeof(int32_t));
  lang->arcs = piece(l, (size_t)SENTENCE_MOST * (SENTENCE_MOST + 1), sizeof(float));
  lang->tree = piece(l, 1, sizeof *lang->tree);
  lang->names = piece(l, NAME_MEMORY, sizeof *lang->names);
}

struct lang *lang_new(const struct model *model)
{
  struct lang counted = {.model = model};
  struct layout l = {0};
  lay_out(&counted, model, &l);
  size_t size;
  if (l.failed || !add_size(l.used, sizeof(struct lang) + 2 * KERNEL_ALIGN, &size)) return NULL;
  struct lang *lang = sys_alloc(size);
  if (!lang) return NULL;
  memset(lang, 0, sizeof *lang); /* not what follows: each step writes before the next reads, and pages never used are never there */
  lang->model = model;
  lang->size = size;
  uintptr_t at = ((uintptr_t)(lang + 1) + KERNEL_ALIGN - 1) / KERNEL_ALIGN * KERNEL_ALIGN;
  l = (struct layout){.at = (char *)at};
  lay_out(lang, model, &l);
  memset(lang->names, 0, NAME_MEMORY * sizeof *lang->names);
  return lang;
}

void lang_free(struct lang *lang)
{
  if (lang) sys_free(lang, lang->size);
}

void lang_product(struct lang *lang, const struct matrix *m, const int8_t *in, const float *in_scale, size_t tokens, float *to)
{
  lang->work += (uint64_t)m->rows * m->cols * tokens;
  lang->model->kernels.product(m, in, in_scale, tokens, to);
}

uint64_t lang_work(const struct lang *lang) { return lang->work; }

/* A part of the rows of `tops`, through the rectifier, in 8 bits. */
static void take_part(struct lang *lang, uint32_t n, uint32_t from, uint32_t size, int8_t *to, float *scale)
{
  for (uint32_t t = 0; t < n; t++) {
    float *row = lang->label + (size_t)t * size;
    kernel_relu(lang->tops + (size_t)t * lang->model->top.rows + from, size, row);
    scale[t] = lang->model->kernels.quantise(row, size, to + (size_t)t * size);
  }
}

static uint32_t best_of(const float *scores, uint32_t n)
{
  uint32_t best = 0;
  for (uint32_t i = 1; i < n; i++)
    if (scores[i] > scores[best]) best = i;
  return best;
}

/* The same among those with a mark; all when there are no marks. */
static uint32_t best_allowed(const float *scores, uint32_t n, const uint8_t *allowed)
{
  uint32_t best = UINT32_MAX;
  for (uint32_t i = 0; allowed && i < n; i++)
    if (allowed[i] && (best == UINT32_MAX || scores[i] > scores[best])) best = i;
  return best == UINT32_MAX ? best_of(scores, n) : best;
}

static bool put_tags(struct lang *lang, struct token *tokens, uint32_t n, struct arena *arena)
{
  const struct model *m = lang->model;
  take_part(lang, n, 2 * m->arc + 2 * m->lab, m->tag, lang->bytes, lang->scale);
  lang_product(lang, &m->tags, lang->bytes, lang->scale, n, lang->scores);
  for (uint32_t t = 0; t < n; t++) {
    const float *s = lang->scores + (size_t)t * m->tags.rows;
    struct token *to = &tokens[t];
    uint32_t upos = best_of(s, m->n_upos);
    to->upos = (uint8_t)m->upos[upos];
    s += m->n_upos;
    uint32_t feats = best_allowed(s, m->feats.n, m->allowed ? m->allowed + (size_t)upos * m->feats.n : NULL);
    to->feats_text = m->feats.at[feats];
    to->feats = m->feats_bits[feats];
    s += m->feats.n;
    to->lemma = lang_lemma(lang_script(m, lang->seen[t], (enum upos)to->upos, s), lang->seen[t], arena);
    if (!to->lemma.at) return false;
  }
  for (uint32_t t = 0; t < n; t = lang->end[t])
    lang_names(lang, lang->scores + (size_t)t * m->tags.rows, m->tags.rows, tokens + t, lang->end[t] - t);
  return true;
}

static void put_trees(struct lang *lang, struct token *tokens, uint32_t n, int32_t first)
{
  const struct model *m = lang->model;
  take_part(lang, n, 0, m->arc, lang->bytes, lang->scale);
  lang_product(lang, &m->arcs, lang->bytes, lang->scale, n, lang->label);
  for (uint32_t t = 0; t < n; t++)
    lang->dep_scale[t] = lang->model->kernels.quantise(lang->label + (size_t)t * m->arcs.rows, m->arc, lang->dep + (size_t)t * m->arc);
  take_part(lang, n, m->arc, m->arc, lang->head, lang->head_scale);
  for (uint32_t t = 0; t < n; t = lang->end[t]) {
    lang_tree(lang, t, lang->end[t] - t);
    for (uint32_t d = t; d < lang->end[t]; d++) {
      int32_t head = lang->heads[d - t];
      tokens[d].head = head < 0 ? TOKEN_NONE : first + (int32_t)t + head;
    }
  }
  /* the label of each arc, from the vectors of word and head together */
  for (uint32_t t = 0; t < n; t++) {
    const float *dep = lang->tops + (size_t)t * m->top.rows + 2 * m->arc, *head = m->root_lab;
    if (tokens[t].head != TOKEN_NONE) head = lang->tops + (size_t)(tokens[t].head - first) * m->top.rows + 2 * m->arc + m->lab;
    float *row = lang->label;
    for (uint32_t i = 0; i < m->lab; i++) {
      float v = dep[i] + head[i];
      row[i] = v > 0 ? v : 0;
    }
    lang->scale[t] = lang->model->kernels.quantise(row, m->lab, lang->bytes + (size_t)t * m->lab);
  }
  lang_product(lang, &m->rels, lang->bytes, lang->scale, n, lang->label);
  for (uint32_t t = 0; t < n; t++) {
    float *s = lang->label + (size_t)t * m->rels.rows;
    s[m->root_label] = -1e30f;
    tokens[t].deprel = tokens[t].head == TOKEN_NONE ? DEP_ROOT : m->deprels[best_of(s, m->n_deprels)];
  }
}

/* The forms that the model sees: text in capitals is shown in its usual case. */
static bool show_words(struct lang *lang, struct token_sink *sink, size_t from, size_t end)
{
  int32_t first = sink->sentences.at[from].first;
  for (size_t s = from; s < end; s++) {
    const struct sentence *x = &sink->sentences.at[s];
    bool follows = lang->capitals && !x->new_paragraph;
    if (!lang_recase(&lang->model->recase, sink->tokens.at + x->first, (uint32_t)(x->end - x->first), follows, lang->seen + (x->first - first), &lang->capitals,
                     sink->arena))
      return false;
  }
  return true;
}

/* Sentences [from, end) of the sink, at most BATCH_MOST words. */
static bool read_batch(struct lang *lang, struct token_sink *sink, size_t from, size_t end)
{
  int32_t first = sink->sentences.at[from].first;
  uint32_t n = (uint32_t)(sink->sentences.at[end - 1].end - first);
  for (size_t s = from; s < end; s++)
    for (int32_t t = sink->sentences.at[s].first; t < sink->sentences.at[s].end; t++) {
      lang->begin[t - first] = (uint32_t)(sink->sentences.at[s].first - first);
      lang->end[t - first] = (uint32_t)(sink->sentences.at[s].end - first);
    }
  if (!show_words(lang, sink, from, end)) return false;
  if (lang->model->is_transformer) lang_encode_transformer(lang, n);
  else lang_encode(lang, sink->tokens.at + first, n);
  put_trees(lang, sink->tokens.at + first, n, first);
  if (!put_tags(lang, sink->tokens.at + first, n, sink->arena)) return false;
  for (size_t s = from; s < end; s++) lang_mend(sink->tokens.at, sink->sentences.at[s].first, sink->sentences.at[s].end);
  return true;
}

static enum status full(struct error *error)
{
  return error_set(error, ST_REFUSED, "the document needs more memory than it may have: send it in parts, or raise --max-text");
}

/* Trees and labels for all sentences of the sink. */
static enum status read_sentences(struct lang *lang, struct token_sink *sink, struct analysis *to, struct error *error)
{
  if (sink->tokens.n > INT32_MAX / 2) return error_set(error, ST_REFUSED, "more than a thousand million words: send the text in parts");
  for (size_t s = 0, end; s < sink->sentences.n; s = end) {
    int32_t first = sink->sentences.at[s].first;
    for (end = s + 1; end < sink->sentences.n && sink->sentences.at[end - 1].end - first < BATCH_WORDS; end++) continue;
    if (!read_batch(lang, sink, s, end)) return full(error);
  }
  to->tokens = sink->tokens.at;
  to->n_tokens = (int32_t)sink->tokens.n;
  to->sentences = sink->sentences.at;
  to->n_sentences = (uint32_t)sink->sentences.n;
  return analysis_finish(to, error);
}

/* A new document: the names of the last one are forgotten. */
static void begin_document(struct lang *lang)
{
  lang->capitals = false;
  if (++lang->document == 0) { /* after four thousand million of them the numbers come again */
    memset(lang->names, 0, NAME_MEMORY * sizeof *lang->names);
    lang->document = 1;
  }
}

void lang_begin(struct lang *lang, struct slice text, struct lang_parts *parts)
{
  begin_document(lang);
  *parts = (struct lang_parts){.lang = lang, .text = text, .width = split_wrap_width(text.at, text.n), .new_paragraph = true};
}

/* Chunks of the text become sentences: until there are some, or all of them. */
static enum status cut(struct lang_parts *parts, struct token_sink *sink, bool all, struct error *error)
{
  if (parts->text.n > (size_t)1 << 30) return error_set(error, ST_REFUSED, "a text of more than 1 GiB: send it in parts");
  while (parts->at < parts->text.n && (all || sink->sentences.n == 0))
    if (!lang_tokens(parts, sink)) return full(error);
  return ST_OK;
}

enum status lang_next(struct lang_parts *parts, struct arena *arena, struct analysis *to, struct error *error)
{
  struct token_sink sink = {.arena = arena, .text = parts->text};
  *to = (struct analysis){.text = parts->text};
  enum status status = cut(parts, &sink, false, error);
  return status ? status : read_sentences(parts->lang, &sink, to, error);
}

enum status lang_analyse(struct lang *lang, struct slice text, struct arena *arena, struct analysis *to, struct error *error)
{
  struct token_sink sink = {.arena = arena, .text = text};
  struct lang_parts parts;
  *to = (struct analysis){.text = text};
  lang_begin(lang, text, &parts);
  enum status status = cut(&parts, &sink, true, error);
  return status ? status : read_sentences(lang, &sink, to, error);
}

enum status lang_annotate(struct lang *lang, const struct analysis *cut_text, struct arena *arena, struct analysis *to, struct error *error)
{
  struct token_sink sink = {.arena = arena, .text = cut_text->text};
  *to = (struct analysis){.text = cut_text->text};
  begin_document(lang);
  for (uint32_t s = 0; s < cut_text->n_sentences; s++) {
    const struct sentence *sentence = &cut_text->sentences[s];
    if (sentence->end - sentence->first > SENTENCE_MOST)
      return error_set(error, ST_REFUSED, "sentence %u has more than %d words: cut it", s + 1, SENTENCE_MOST);
    if (!vec_push(&sink.sentences, arena, *sentence)) return full(error);
  }
  for (int32_t t = 0; t < cut_text->n_tokens; t++) {
    const struct token *from = &cut_text->tokens[t];
    struct token token = {.span = from->span, .form = from->form, .head = TOKEN_NONE, .first_child = TOKEN_NONE, .next_sibling = TOKEN_NONE,
                          .sentence = from->sentence, .space_after = from->space_after, .in_mwt = from->in_mwt, .mwt_begins = from->mwt_begins};
    if (!vec_push(&sink.tokens, arena, token)) return full(error);
  }
  return read_sentences(lang, &sink, to, error);
}

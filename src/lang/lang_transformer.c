/* lang_transformer.c: from words to vectors by a transformer with its norms behind (Devlin et al., BERT, 2019):
 *
 *     x = norm(piece + place + shape)                       pieces of a sentence behind a mark
 *     x = norm(x + out attention(qkv x))                    for each layer, within the sentence
 *     x = norm(x + down gelu(up x))
 *     word = [blend of its first piece, blend of its last piece]      blend: weighted sum of the embedding and all layers
 *
 * Matrices in 8 bits with a scale for each row of input, all else in floats.  Sentences are taken until they have about a hundred pieces: the
 * buffers then stay in the second cache, and a matrix is still used on many rows while its own rows pass. */
#include "lang/lang_run.h"

static void put_row(struct transformer_scratch *p, uint32_t row, uint32_t piece, uint8_t shape)
{
  p->ids[row] = piece;
  p->shapes[row] = shape;
}

/* The pieces of words [t, end) from `row` on; returns the row behind them, 0 when they are more than a transformer takes.  With `ends_only` a word is its
 * first and last piece, so that SENTENCE_MOST words always fit. */
static uint32_t put_words(struct lang *lang, uint32_t t, uint32_t end, uint32_t row, bool ends_only)
{
  const struct transformer *m = &lang->model->transformer;
  struct transformer_scratch *p = &lang->pieces;
  const uint32_t most = row + PIECE_PLACES;
  put_row(p, row++, m->vocab.mark, PIECE_SHAPES);
  for (; t < end; t++) {
    uint32_t pieces[WORD_PIECES], n = word_pieces(&m->vocab, lang->seen[t], pieces);
    const uint8_t shape = word_shape(lang->seen[t]);
    if (ends_only && n > 2) {
      pieces[1] = pieces[n - 1];
      n = 2;
    }
    if (row + n > most) return 0;
    p->first[t] = row;
    for (uint32_t k = 0; k < n; k++) put_row(p, row++, pieces[k], shape);
    p->last[t] = row - 1;
  }
  return row;
}
_Static_assert(2 * SENTENCE_MOST + 1 <= PIECE_PLACES, "first and last pieces of the longest sentence fit");

static void quantise_row(const struct lang *lang, const float *in, uint32_t row, size_t width)
{
  const struct transformer_scratch *p = &lang->pieces;
  p->scale[row] = lang->model->kernels.quantise(in + row * width, width, p->bytes + row * width);
}

static void product(struct lang *lang, const struct matrix *matrix, uint32_t rows, float *to)
{
  lang_product(lang, matrix, lang->pieces.bytes, lang->pieces.scale, rows, to);
}

/* x = norm(x + y), y may be NULL; what comes of it also in 8 bits, and added to the blend where it has a weight: row by row, each while it is in the
 * first cache. */
static void add_norm(const struct lang *lang, const float *y, const float *const norm[2], const float *weight, bool begins, uint32_t rows)
{
  const struct transformer_scratch *p = &lang->pieces;
  const struct kernels *kernels = &lang->model->kernels;
  const size_t width = lang->model->transformer.width;
  for (uint32_t r = 0; r < rows; r++) {
    float *restrict x = p->x + r * width, *restrict blend = p->blend + r * width;
    kernels->add_norm(x, y ? y + r * width : NULL, norm[0], norm[1], width);
    quantise_row(lang, p->x, r, width);
    if (weight && begins)
      for (size_t i = 0; i < width; i++) blend[i] = x[i] * *weight;
    else if (weight)
      for (size_t i = 0; i < width; i++) blend[i] += x[i] * *weight;
  }
}

static void embed(struct lang *lang, uint32_t sentences)
{
  const struct transformer *m = &lang->model->transformer;
  struct transformer_scratch *p = &lang->pieces;
  for (uint32_t s = 0; s < sentences; s++)
    for (uint32_t r = p->sentence[s]; r < p->sentence[s + 1]; r++) {
      float *x = p->x + (size_t)r * m->width;
      const float *place = m->place + (size_t)(r - p->sentence[s]) * m->width, *shape = m->shape + (size_t)p->shapes[r] * m->width;
      for (uint32_t i = 0; i < m->width; i++) x[i] = place[i] + shape[i];
      lang->model->kernels.add_row(m->piece.at + (size_t)p->ids[r] * m->width, m->piece.scale[p->ids[r]], m->width, x);
    }
  add_norm(lang, NULL, m->norm, &m->blend[0], true, p->sentence[sentences]);
}

/* Attention of all heads within each sentence: from wide (query, key, value) to y. */
static void attend(struct lang *lang, uint32_t sentences, float factor)
{
  const struct transformer *m = &lang->model->transformer;
  struct transformer_scratch *p = &lang->pieces;
  const uint32_t size = m->width / m->heads;
  for (uint32_t s = 0; s < sentences; s++)
    for (uint32_t h = 0; h < m->heads; h++) {
      const size_t from = p->sentence[s];
      struct attention a = {.qkv = p->wide + from * 3 * m->width + h * size, .stride = (size_t)3 * m->width, .gap = m->width,
                            .to = p->y + from * m->width + h * size, .to_stride = m->width, .rows = p->sentence[s + 1] - p->sentence[s],
                            .size = size, .factor = factor, .queries = p->queries, .scores = p->scores};
      lang->model->kernels.attend(&a);
    }
}

static void run_batch(struct lang *lang, uint32_t sentences)
{
  const struct transformer *m = &lang->model->transformer;
  struct transformer_scratch *p = &lang->pieces;
  const uint32_t rows = p->sentence[sentences];
  const float factor = 1.0f / __builtin_sqrtf((float)(m->width / m->heads));
  embed(lang, sentences);
  for (uint32_t k = 0; k < lang->model->layers; k++) {
    const struct transformer_layer *layer = &m->layer[k];
    product(lang, &layer->qkv, rows, p->wide);
    attend(lang, sentences, factor);
    for (uint32_t r = 0; r < rows; r++) quantise_row(lang, p->y, r, m->width);
    product(lang, &layer->out, rows, p->y);
    add_norm(lang, p->y, layer->norm1, NULL, false, rows);
    product(lang, &layer->up, rows, p->wide);
    for (uint32_t r = 0; r < rows; r++) {
      lang->model->kernels.gelu(p->wide + (size_t)r * m->inner, m->inner);
      quantise_row(lang, p->wide, r, m->inner);
    }
    product(lang, &layer->down, rows, p->y);
    add_norm(lang, p->y, layer->norm2, &m->blend[k + 1], false, rows);
  }
}

/* Words [from, end) of the batch: first and last piece side by side, in 8 bits. */
static void take_words(struct lang *lang, uint32_t from, uint32_t end)
{
  struct transformer_scratch *p = &lang->pieces;
  const size_t width = lang->model->transformer.width;
  for (uint32_t t = from; t < end; t++) {
    memcpy(p->word, p->blend + p->first[t] * width, width * sizeof(float));
    memcpy(p->word + width, p->blend + p->last[t] * width, width * sizeof(float));
    lang->scale[t] = lang->model->kernels.quantise(p->word, 2 * width, lang->bytes + t * 2 * width);
  }
}

void lang_encode_transformer(struct lang *lang, uint32_t n)
{
  struct transformer_scratch *p = &lang->pieces;
  for (uint32_t t = 0; t < n;) {
    const uint32_t from = t;
    uint32_t sentences = 0;
    p->sentence[0] = 0;
    while (t < n && p->sentence[sentences] < PIECE_BATCH) {
      const uint32_t begin = p->sentence[sentences], end = lang->end[t];
      uint32_t row = put_words(lang, t, end, begin, false);
      if (!row) row = put_words(lang, t, end, begin, true);
      p->sentence[++sentences] = row;
      t = end;
    }
    run_batch(lang, sentences);
    take_words(lang, from, t);
  }
  lang_product(lang, &lang->model->top, lang->bytes, lang->scale, n, lang->tops);
}

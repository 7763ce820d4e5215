/* lang_ends.c: the splitter's network: at each candidate of a chunk, does a token or a sentence end there?
 *
 *     a = relu(sum of the rows of the features + bias)             u = W a
 *     h = the recurrence of lang_encode.c over the candidates, from both sides      class = best of V (a, h)
 *
 * Candidates are taken in windows.  From left to right the state is carried on from window to window; from right to left each window begins anew,
 * with AHEAD candidates that only prepare it: nothing looks further ahead, so that the work of a chunk is linear in its length. */
#include "lang/lang_run.h"

#define WINDOW 256
#define AHEAD 64
#define BOTH (2 * SPLIT_WIDTH)
#define WIDE (SPLIT_HIDDEN + BOTH)

struct ends_scratch {
  float rows[WINDOW][WIDE];      /* a, then h */
  float gates[WINDOW][2 * BOTH];
  float hidden[WINDOW][SPLIT_HIDDEN];
  float scores[WINDOW][SPLIT_ROWS];
  float scale[WINDOW];
  int8_t bytes[WINDOW * WIDE];   /* rows of SPLIT_HIDDEN or of WIDE, one behind the other */
  float before[SPLIT_WIDTH];     /* state of the recurrence from left to right */
  struct { uint32_t place; bool blank; } at[WINDOW];
};

size_t ends_scratch_size(void) { return sizeof(struct ends_scratch); }

static void first_layer(const struct model *m, struct split_walk *walk, float *to)
{
  uint32_t features[SPLIT_FEATURES];
  int32_t sum[SPLIT_HIDDEN] = {0};
  split_features(walk, features);
  for (int f = 0; f < SPLIT_FEATURES; f++) {
    const int8_t *row = m->split_table + (size_t)features[f] * SPLIT_HIDDEN;
    for (int i = 0; i < SPLIT_HIDDEN; i++) sum[i] += row[i];
  }
  for (int i = 0; i < SPLIT_HIDDEN; i++) {
    float v = (float)sum[i] * m->split_scale + m->split_bias[i];
    to[i] = v > 0 ? v : 0;
  }
}

/* Gates of rows [from, n). */
static void gates(const struct model *m, struct ends_scratch *s, uint32_t from, uint32_t n)
{
  for (uint32_t t = from; t < n; t++) {
    memcpy(s->rows[t], s->hidden[t], sizeof s->hidden[t]);
    s->scale[t] = m->kernels.quantise(s->hidden[t], SPLIT_HIDDEN, s->bytes + (size_t)(t - from) * SPLIT_HIDDEN);
  }
  m->kernels.product(&m->split_layer, s->bytes, s->scale + from, n - from, s->gates[from]);
  for (uint32_t t = from; t < n; t++) m->kernels.gates(s->gates[t], BOTH);
}

static void step(const float *z, const float *c, const float *before, float *h)
{
  for (int i = 0; i < SPLIT_WIDTH; i++) h[i] = before[i] + z[i] * (c[i] - before[i]);
}

/* States of rows [0, n), of which [0, ready) are decided now. */
static void recur(struct ends_scratch *s, uint32_t n, uint32_t ready)
{
  static const float nothing[SPLIT_WIDTH];
  const float *before = s->before;
  for (uint32_t t = 0; t < ready; t++) {
    step(s->gates[t], s->gates[t] + BOTH, before, s->rows[t] + SPLIT_HIDDEN);
    before = s->rows[t] + SPLIT_HIDDEN;
  }
  memmove(s->before, before, sizeof s->before);
  before = nothing;
  for (uint32_t t = n; t-- > 0;) {
    float *h = s->rows[t] + SPLIT_HIDDEN + SPLIT_WIDTH;
    step(s->gates[t] + SPLIT_WIDTH, s->gates[t] + BOTH + SPLIT_WIDTH, before, h);
    before = h;
  }
}

static void decide(const struct model *m, struct ends_scratch *s, uint32_t ready, uint8_t *class, float *lead)
{
  for (uint32_t t = 0; t < ready; t++) s->scale[t] = m->kernels.quantise(s->rows[t], WIDE, s->bytes + (size_t)t * WIDE);
  m->kernels.product(&m->split_out, s->bytes, s->scale, ready, s->scores[0]);
  for (uint32_t t = 0; t < ready; t++) {
    const float *score = s->scores[t];
    enum split_class best = s->at[t].blank ? SPLIT_TOKEN : score[SPLIT_TOKEN] > score[SPLIT_INSIDE] ? SPLIT_TOKEN : SPLIT_INSIDE;
    class[s->at[t].place] = score[SPLIT_SENTENCE] > score[best] ? SPLIT_SENTENCE : (uint8_t)best;
    lead[s->at[t].place] = score[SPLIT_SENTENCE] - score[best];
  }
}

void lang_ends(struct lang *lang, size_t n)
{
  const struct model *m = lang->model;
  struct ends_scratch *s = lang->ends;
  struct split_walk walk;
  split_walk_init(&walk, lang->chars, n);
  memset(s->before, 0, sizeof s->before);
  bool more = true;
  for (uint32_t rows = 0; more;) {
    uint32_t known = rows;
    while (rows < WINDOW) {
      more = split_walk_next(&walk);
      if (!more) break;
      s->at[rows].place = (uint32_t)walk.place;
      s->at[rows].blank = split_at_blank(&walk);
      first_layer(m, &walk, s->hidden[rows++]);
    }
    uint32_t ready = more ? rows - AHEAD : rows;
    gates(m, s, known, rows);
    recur(s, rows, ready);
    decide(m, s, ready, lang->end_class, lang->end_lead);
    rows -= ready;
    memmove(s->hidden, s->hidden + ready, rows * sizeof *s->hidden);
    memmove(s->rows, s->rows + ready, rows * sizeof *s->rows);
    memmove(s->gates, s->gates + ready, rows * sizeof *s->gates);
    memmove(s->at, s->at + ready, rows * sizeof *s->at);
  }
  for (size_t p = 1; p <= n; p++)
    if (p == n || lang->chars[p].kind == SPLIT_PARAGRAPH) lang->end_class[p] = SPLIT_SENTENCE;
}

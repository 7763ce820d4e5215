/* model_file.c: the model file, opened and checked.
 *
 *   byte  0  "TOCSINLM"
 *         8  u32 version (1)      12  u32 number of sections
 *        16  u64 size of the file 24  32 bytes: SHA-256 of everything from byte 64 on: the file's identity
 *        56  u64 quick sum of the same (model_quick_sum below), checked at each opening; 0: there is none, then the SHA-256 is checked
 *        64  one entry of 32 bytes a section: 16 bytes name (zeros behind it), u64 offset, u64 size
 *            sections, each beginning at a multiple of 64
 *
 * All numbers little-endian, floats IEEE single.  Texts are UTF-8 lines.  Sections (sizes follow from `config`; lang_model.h tells what for):
 *   config                      "key value" lines: language, encoder, layers, arc, lab, tag, and the encoder's own widths
 *   upos feats lemma deprel name contractions           label and word lists
 *   top.w .s .b  arc.*  rel.*  tags.*                   matrices as lang_kernel.h lays them out, scales, biases (rows padded to 16)
 *   root.arc root.lab distance                          floats
 * with the encoder "recurrent" (also when none is named; embed, width):
 *   vocab                                               list of words
 *   word.q word.s  edge0.q edge0.s ... edge6.s          8-bit rows of `embed` and their scales
 *   glue  mix0 mix1 ...                                 floats
 *   layer0.* ...                                        matrices
 * with the encoder "transformer" (width, inner, heads):
 *   pieces                                              list of pieces of words, a line each
 *   piece.q piece.s                                     8-bit rows of `width` and their scales
 *   place shape norm.w norm.b blend                     floats
 *   qkv0.* out0.* up0.* down0.* ...                     matrices
 *   norma0.w norma0.b normb0.w normb0.b ...             floats: the norms behind attention and behind the two last matrices
 * and
 *   split.table split.scale split.bias  split.layer.*  split.out.*      the splitter (lang_ends.c): 8-bit rows, their scale, biases, matrices
 *   recase                      (may be missing) how words are mostly written (lang_recase.h), a line each
 *   allowed                     (may be missing) a byte for each word class and bundle of features: may they go together?
 *   lexicon                     (may be missing) lines "form TAB word class TAB number of a lemma script"
 *   lemmas                      (may be missing) lines "lemma TAB word class TAB times seen, as a power of two", in the order of their bytes
 *
 * A file of version 1 is read by every later program; a newer one is refused by name. */
#include "base/embed.h"
#include "base/sha256.h"
#include "base/sys.h"
#include "lang/lang_model.h"
#include "lang/lang_split.h"
#include "lang/model.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>

#define HEADER 64
#define ENTRY 32
#define MODEL_MOST ((size_t)256 << 20)

struct opening {
  struct model *m;
  const char *name;
  struct error *error;
  bool built_in; /* part of the program: its checksum is not taken */
};

static enum status bad(struct opening *o, const char *what)
{
  return error_set(o->error, ST_MODEL, "%s: %s: install the model file again", o->name, what);
}

static uint32_t u32_at(const char *at)
{
  uint32_t v;
  memcpy(&v, at, sizeof v);
  return v;
}

static uint64_t u64_at(const char *at)
{
  uint64_t v;
  memcpy(&v, at, sizeof v);
  return v;
}

/* The section, or ST_MODEL when it is missing or, for size != SIZE_MAX, of another size. */
static enum status section(struct opening *o, const char *name, size_t size, struct slice *to)
{
  struct slice b = o->m->bytes;
  uint32_t n = u32_at(b.at + 12);
  char what[96];
  for (uint32_t i = 0; i < n; i++) {
    const char *entry = b.at + HEADER + (size_t)i * ENTRY;
    if (strncmp(entry, name, 16) != 0) continue;
    uint64_t offset = u64_at(entry + 16), bytes = u64_at(entry + 24);
    if (offset % 64 || offset > b.n || bytes > b.n - offset) {
      snprintf(what, sizeof what, "section %s lies outside the file", name);
      return bad(o, what);
    }
    if (size != SIZE_MAX && bytes != size) {
      snprintf(what, sizeof what, "section %s has %zu bytes, not %zu", name, (size_t)bytes, size);
      return bad(o, what);
    }
    *to = (struct slice){b.at + offset, (size_t)bytes};
    return ST_OK;
  }
  snprintf(what, sizeof what, "section %s is missing", name);
  return bad(o, what);
}

static bool has_section(const struct opening *o, const char *name)
{
  for (uint32_t i = 0; i < u32_at(o->m->bytes.at + 12); i++)
    if (strncmp(o->m->bytes.at + HEADER + (size_t)i * ENTRY, name, 16) == 0) return true;
  return false;
}

static enum status floats(struct opening *o, const char *name, size_t n, const float **to)
{
  struct slice s;
  enum status status = section(o, name, n * sizeof(float), &s);
  if (status == ST_OK) *to = (const float *)(const void *)s.at;
  return status;
}

/* A sum that finds damage, not malice, at the speed of memory: eight lanes of multiply and rotate over words of 8 bytes, folded. */
uint64_t model_quick_sum(struct slice b)
{
  uint64_t lane[8], sum = b.n;
  const uint64_t odd = 0x9E3779B97F4A7C15u;
  for (uint64_t k = 0; k < 8; k++) lane[k] = k * odd;
  size_t i = 0;
  for (; i + sizeof lane <= b.n; i += sizeof lane)
    for (size_t k = 0; k < 8; k++) {
      uint64_t v = (lane[k] ^ u64_at(b.at + i + 8 * k)) * odd;
      lane[k] = v << 31 | v >> 33;
    }
  for (; i < b.n; i++) sum = (sum ^ (unsigned char)b.at[i]) * odd;
  for (size_t k = 0; k < 8; k++) {
    sum = (sum ^ lane[k]) * odd;
    sum ^= sum >> 29;
  }
  return sum | 1; /* never 0, which says that there is none */
}

/* Is the file as it was written? */
static bool whole(struct slice b)
{
  const uint64_t quick = u64_at(b.at + 56);
  if (quick) return model_quick_sum(slice_sub(b, HEADER, b.n)) == quick;
  unsigned char digest[32];
  sha256(slice_sub(b, HEADER, b.n), digest);
  return memcmp(digest, b.at + 24, 32) == 0;
}

static enum status check_header(struct opening *o)
{
  struct slice b = o->m->bytes;
  char what[96];
  if (b.n < HEADER || memcmp(b.at, "TOCSINLM", 8) != 0) return bad(o, "not a model file of this program");
  uint32_t version = u32_at(b.at + 8), n = u32_at(b.at + 12);
  if (version != 1) {
    snprintf(what, sizeof what, "model format %u, this program reads format 1", version);
    return bad(o, what);
  }
  if (u64_at(b.at + 16) != b.n) return bad(o, "the file is cut or has grown");
  if (n == 0 || n > 256 || HEADER + (size_t)n * ENTRY > b.n) return bad(o, "the table of sections is damaged");
  const size_t end = HEADER + (size_t)n * ENTRY, begin = (end + 63) / 64 * 64; /* of the table, of the first section */
  bool ends = begin <= b.n && u64_at(b.at + HEADER + 16) == begin;
  for (size_t i = end; ends && i < begin; i++) ends = b.at[i] == 0; /* else it is told shorter than it is, and a section that may be missing is lost */
  if (!ends) return bad(o, "the table of sections is damaged");
  for (uint32_t i = 0; i < n; i++) { /* the number of entries stands outside the checksum: each must be one */
    uint64_t offset = u64_at(b.at + HEADER + (size_t)i * ENTRY + 16);
    if (offset % 64 || offset < HEADER + (size_t)n * ENTRY || offset > b.n) return bad(o, "the table of sections is damaged");
  }
  return o->built_in || whole(b) ? ST_OK : bad(o, "its checksum does not hold");
}

static enum status config_number(struct opening *o, struct slice config, const char *key, uint32_t least, uint32_t most, uint32_t *to)
{
  while (config.n) {
    struct slice line = slice_cut(&config, '\n'), name = slice_cut(&line, ' ');
    int64_t v;
    if (!slice_is(name, key)) continue;
    if (!slice_to_i64(line, &v) || v < least || v > most) break;
    *to = (uint32_t)v;
    return ST_OK;
  }
  char what[96];
  snprintf(what, sizeof what, "no good value of %s in its configuration", key);
  return bad(o, what);
}

static enum status read_config(struct opening *o)
{
  struct model *m = o->m;
  struct slice config, rest;
  enum status status = section(o, "config", SIZE_MAX, &config);
  if (status != ST_OK) return status;
  bool known = true;
  for (rest = config; rest.n;) {
    struct slice line = slice_cut(&rest, '\n'), key = slice_cut(&line, ' ');
    if (slice_is(key, "language")) m->language = line;
    if (slice_is(key, "encoder")) {
      m->is_transformer = slice_is(line, "transformer");
      known = m->is_transformer || slice_is(line, "recurrent");
    }
  }
  if (!known) return bad(o, "its encoder is of a kind that this program does not know");
  const struct { bool transformer, recurrent; const char *key; uint32_t least, most, *to; } numbers[] = {
    {true, true, "layers", 1, MODEL_LAYERS, &m->layers},
    {true, true, "arc", 16, 1024, &m->arc},
    {true, true, "lab", 16, 1024, &m->lab},
    {true, true, "tag", 16, 1024, &m->tag},
    {false, true, "embed", 16, 4096, &m->embed},
    {false, true, "width", 16, 2048, &m->width},
    {true, false, "width", 16, 2048, &m->transformer.width},
    {true, false, "inner", 16, 8192, &m->transformer.inner},
    {true, false, "heads", 1, 64, &m->transformer.heads},
  };
  for (size_t i = 0; i < sizeof numbers / sizeof *numbers && status == ST_OK; i++)
    if (m->is_transformer ? numbers[i].transformer : numbers[i].recurrent)
      status = config_number(o, config, numbers[i].key, numbers[i].least, numbers[i].most, numbers[i].to);
  if (status != ST_OK) return status;
  const struct transformer *t = &m->transformer;
  if ((m->embed | m->width | m->arc | m->lab | m->tag | t->width | t->inner) % 16) return bad(o, "its widths are no multiples of 16");
  if (m->is_transformer && (t->width % t->heads || t->width / t->heads % 16 || t->width / t->heads > KERNEL_HEAD))
    return bad(o, "its heads of attention are of a width that this program does not take");
  return ST_OK;
}

static enum status read_labels(struct opening *o, const char *name, struct labels *to)
{
  struct slice lines;
  enum status status = section(o, name, SIZE_MAX, &lines);
  if (status != ST_OK) return status;
  uint32_t n = 0;
  for (size_t i = 0; i < lines.n; i++) n += lines.at[i] == '\n';
  if (n == 0 || n > 60000) return bad(o, "a list of labels is empty or too long");
  to->at = arena_array(&o->m->arena, struct slice, n);
  if (!to->at) return error_set(o->error, ST_MEMORY, "%s: not enough memory for the model", o->name);
  for (to->n = 0; to->n < n; to->n++) to->at[to->n] = slice_cut(&lines, '\n');
  return ST_OK;
}

static enum status read_matrix(struct opening *o, const char *name, uint32_t rows, uint32_t cols, struct matrix *to)
{
  char part[24];
  struct slice w;
  *to = (struct matrix){.rows = (rows + 15) / 16 * 16, .cols = cols};
  snprintf(part, sizeof part, "%s.w", name);
  enum status status = section(o, part, (size_t)to->rows * to->cols, &w);
  if (status != ST_OK) return status;
  to->weights = (const int8_t *)w.at;
  snprintf(part, sizeof part, "%s.s", name);
  status = floats(o, part, to->rows, &to->scale);
  snprintf(part, sizeof part, "%s.b", name);
  return status == ST_OK ? floats(o, part, to->rows, &to->bias) : status;
}

static enum status read_rows(struct opening *o, const char *name, uint32_t n, uint32_t width, struct rows *to)
{
  char part[24];
  struct slice q;
  snprintf(part, sizeof part, "%s.q", name);
  enum status status = section(o, part, (size_t)n * width, &q);
  if (status != ST_OK) return status;
  to->at = (const int8_t *)q.at;
  to->n = n;
  snprintf(part, sizeof part, "%s.s", name);
  return floats(o, part, n, &to->scale);
}

static enum status read_word_tables(struct opening *o)
{
  struct model *m = o->m;
  struct slice lines;
  enum status status = section(o, "vocab", SIZE_MAX, &lines);
  if (status != ST_OK) return status;
  if (lines.n == 0 || lines.at[lines.n - 1] != '\n' || lines.n > MODEL_MOST) return bad(o, "its vocabulary is damaged");
  if (!word_vocab_init(&m->vocab, lines, &m->arena)) return error_set(o->error, ST_MEMORY, "%s: not enough memory for the model", o->name);
  status = read_rows(o, "word", m->vocab.n, m->embed, &m->word);
  for (uint32_t t = 0; t < WORD_EDGES && status == ST_OK; t++) {
    char name[16];
    snprintf(name, sizeof name, "edge%u", t);
    status = read_rows(o, name, word_edge_rows[t], m->embed, &m->edges[t]);
  }
  return status == ST_OK ? floats(o, "glue", (size_t)4 * m->embed, &m->glue) : status;
}

static enum status read_recurrent(struct opening *o)
{
  struct model *m = o->m;
  enum status status = read_word_tables(o);
  for (uint32_t k = 0; k < m->layers && status == ST_OK; k++) {
    uint32_t in = k == 0 ? m->embed : 2 * m->width;
    char name[16];
    snprintf(name, sizeof name, "mix%u", k);
    status = floats(o, name, (size_t)2 * in, &m->mix[k]);
    snprintf(name, sizeof name, "layer%u", k);
    if (status == ST_OK) status = read_matrix(o, name, 4 * m->width, in, &m->layer[k]);
  }
  return status;
}

/* NAME.w and NAME.b of a norm */
static enum status read_norm(struct opening *o, const char *name, const float *to[2])
{
  char part[24];
  snprintf(part, sizeof part, "%s.w", name);
  enum status status = floats(o, part, o->m->transformer.width, &to[0]);
  snprintf(part, sizeof part, "%s.b", name);
  return status == ST_OK ? floats(o, part, o->m->transformer.width, &to[1]) : status;
}

static enum status read_transformer_layer(struct opening *o, uint32_t k, struct transformer_layer *to)
{
  const struct transformer *t = &o->m->transformer;
  const struct { const char *name; uint32_t rows, cols; struct matrix *to; } matrices[] = {
    {"qkv", 3 * t->width, t->width, &to->qkv},
    {"out", t->width, t->width, &to->out},
    {"up", t->inner, t->width, &to->up},
    {"down", t->width, t->inner, &to->down},
  };
  enum status status = ST_OK;
  char name[16];
  for (size_t i = 0; i < sizeof matrices / sizeof *matrices && status == ST_OK; i++) {
    snprintf(name, sizeof name, "%s%u", matrices[i].name, k);
    status = read_matrix(o, name, matrices[i].rows, matrices[i].cols, matrices[i].to);
  }
  snprintf(name, sizeof name, "norma%u", k);
  if (status == ST_OK) status = read_norm(o, name, to->norm1);
  snprintf(name, sizeof name, "normb%u", k);
  return status == ST_OK ? read_norm(o, name, to->norm2) : status;
}

static enum status read_transformer(struct opening *o)
{
  struct transformer *t = &o->m->transformer;
  struct slice lines;
  bool found = false;
  enum status status = section(o, "pieces", SIZE_MAX, &lines);
  if (status != ST_OK) return status;
  if (lines.n == 0 || lines.at[lines.n - 1] != '\n' || lines.n > MODEL_MOST) return bad(o, "its list of pieces is damaged");
  if (!piece_vocab_init(&t->vocab, lines, &o->m->arena, &found)) return error_set(o->error, ST_MEMORY, "%s: not enough memory for the model", o->name);
  if (!found) return bad(o, "its list of pieces lacks [UNK] or [CLS]");
  status = read_rows(o, "piece", t->vocab.words.n, t->width, &t->piece);
  if (status == ST_OK) status = floats(o, "place", (size_t)PIECE_PLACES * t->width, &t->place);
  if (status == ST_OK) status = floats(o, "shape", (size_t)(PIECE_SHAPES + 1) * t->width, &t->shape);
  if (status == ST_OK) status = floats(o, "blend", (size_t)o->m->layers + 1, &t->blend);
  if (status == ST_OK) status = read_norm(o, "norm", t->norm);
  for (uint32_t k = 0; k < o->m->layers && status == ST_OK; k++) status = read_transformer_layer(o, k, &t->layer[k]);
  return status;
}

static enum status read_heads(struct opening *o)
{
  struct model *m = o->m;
  const uint32_t width = m->is_transformer ? m->transformer.width : m->width;
  enum status status = read_matrix(o, "top", 2 * m->arc + 2 * m->lab + m->tag, 2 * width, &m->top);
  if (status == ST_OK) status = read_matrix(o, "arc", m->arc, m->arc, &m->arcs);
  if (status == ST_OK) status = read_matrix(o, "rel", m->n_deprels, m->lab, &m->rels);
  if (status == ST_OK) status = read_matrix(o, "tags", m->n_upos + m->feats.n + m->n_lemmas + m->n_names, m->tag, &m->tags);
  if (status == ST_OK) status = floats(o, "root.arc", m->arc, &m->root_arc);
  if (status == ST_OK) status = floats(o, "root.lab", m->lab, &m->root_lab);
  return status == ST_OK ? floats(o, "distance", 2 * ARC_DISTANCE + 1, &m->distance) : status;
}

static bool name_label(struct slice label, uint8_t *type, bool *begins)
{
  static const char *const types[] = {"", "person", "organization", "place", "other"};
  *type = NAME_NONE;
  *begins = false;
  if (slice_is(label, "O")) return true;
  if (label.n < 3 || (label.at[0] != 'B' && label.at[0] != 'I') || label.at[1] != '-') return false;
  for (int k = NAME_PERSON; k <= NAME_OTHER; k++)
    if (slice_is(slice_sub(label, 2, label.n), types[k])) *type = (uint8_t)k;
  *begins = label.at[0] == 'B';
  return *type != NAME_NONE;
}

static bool lemma_label(struct slice label, struct lemma_script *to)
{
  struct slice rest = label, kind = slice_cut(&rest, '|');
  *to = (struct lemma_script){0};
  if (kind.n != 1 || !strchr("lkutn", kind.at[0])) return false;
  to->letter_case = kind.at[0];
  if (rest.n && rest.at[0] == '=') {
    to->whole = true;
    to->add = slice_sub(rest, 1, rest.n);
    return to->add.n < 64;
  }
  int64_t strip;
  if (!slice_to_i64(slice_cut(&rest, '|'), &strip) || strip < 0 || strip > 64) return false;
  to->strip = (uint32_t)strip;
  to->add = rest;
  return to->add.n < 64;
}

/* What each label says, for the readers; false for one that this program does not know, or no root. */
static bool take_labels(struct model *m, const struct labels *upos, const struct labels *lemma, const struct labels *deprel, const struct labels *name)
{
  bool good = upos->n <= UPOS_COUNT, root = false;
  m->n_upos = upos->n;
  for (uint32_t i = 0; i < upos->n && good; i++) good = upos_find(upos->at[i], &m->upos[i]);
  for (uint32_t i = 0; i < m->feats.n && good; i++) {
    if (slice_is(m->feats.at[i], "_")) m->feats.at[i] = (struct slice){0};
    m->feats_bits[i] = feats_bits(m->feats.at[i]);
  }
  m->n_lemmas = lemma->n;
  for (uint32_t i = 0; i < lemma->n && good; i++) good = lemma_label(lemma->at[i], &m->lemmas[i]);
  m->n_deprels = deprel->n;
  for (uint32_t i = 0; i < deprel->n && good; i++) {
    enum deprel d = DEP_DEP;
    good = deprel_find(deprel->at[i], &d);
    m->deprels[i] = (uint8_t)d;
    if (d == DEP_ROOT) m->root_label = i, root = true;
  }
  m->n_names = name->n;
  for (uint32_t i = 0; i < name->n && good; i++) good = name_label(name->at[i], &m->name_type[i], &m->name_begins[i]);
  return good && root;
}

static enum status read_tag_lists(struct opening *o)
{
  struct model *m = o->m;
  struct labels upos = {0}, lemma = {0}, deprel = {0}, name = {0};
  enum status status = read_labels(o, "upos", &upos);
  if (status == ST_OK) status = read_labels(o, "feats", &m->feats);
  if (status == ST_OK) status = read_labels(o, "lemma", &lemma);
  if (status == ST_OK) status = read_labels(o, "deprel", &deprel);
  if (status == ST_OK) status = read_labels(o, "name", &name);
  if (status != ST_OK) return status;
  m->feats_bits = arena_array(&m->arena, uint32_t, m->feats.n);
  m->lemmas = arena_array(&m->arena, struct lemma_script, lemma.n);
  m->deprels = arena_array(&m->arena, uint8_t, deprel.n);
  m->name_type = arena_array(&m->arena, uint8_t, name.n);
  m->name_begins = arena_array(&m->arena, bool, name.n);
  if (!m->feats_bits || !m->lemmas || !m->deprels || !m->name_type || !m->name_begins)
    return error_set(o->error, ST_MEMORY, "%s: not enough memory for the model", o->name);
  if (name.n > 16) return bad(o, "it has more name tags than this program takes");
  return take_labels(m, &upos, &lemma, &deprel, &name) ? ST_OK : bad(o, "it holds a label that this program does not know");
}

static enum status read_splitter(struct opening *o)
{
  struct model *m = o->m;
  struct slice table, lines;
  const float *scale = NULL;
  if (!has_section(o, "split.layer.w")) return bad(o, "its splitter is of an older kind (without a recurrence) than this program runs");
  enum status status = section(o, "split.table", ((size_t)1 << SPLIT_BITS) * SPLIT_HIDDEN, &table);
  if (status == ST_OK) status = floats(o, "split.scale", 1, &scale);
  if (status == ST_OK) status = floats(o, "split.bias", SPLIT_HIDDEN, &m->split_bias);
  if (status == ST_OK) status = read_matrix(o, "split.layer", 4 * SPLIT_WIDTH, SPLIT_HIDDEN, &m->split_layer);
  if (status == ST_OK) status = read_matrix(o, "split.out", SPLIT_CLASSES, SPLIT_HIDDEN + 2 * SPLIT_WIDTH, &m->split_out);
  if (status == ST_OK) status = section(o, "contractions", SIZE_MAX, &lines);
  if (status != ST_OK) return status;
  m->split_table = (const int8_t *)table.at;
  m->split_scale = *scale;
  uint32_t n = 0, words = 0;
  for (size_t i = 0; i < lines.n; i++) n += lines.at[i] == '\n';
  m->contractions = arena_array(&m->arena, struct contraction, (size_t)n + 1);
  m->suffixes = arena_array(&m->arena, struct contraction, (size_t)n + 1);
  if (!m->contractions || !m->suffixes) return error_set(o->error, ST_MEMORY, "%s: not enough memory for the model", o->name);
  while (lines.n) { /* "word dont 2 2", "suffix 'll" */
    struct slice line = slice_cut(&lines, '\n'), kind = slice_cut(&line, ' ');
    struct contraction c = {.form = slice_cut(&line, ' ')};
    for (int k = 0; k < 4 && line.n; k++) {
      int64_t part;
      if (!slice_to_i64(slice_cut(&line, ' '), &part) || part < 1 || part > 60) return bad(o, "its contractions are damaged");
      c.parts[k] = (uint8_t)part;
    }
    if (c.form.n == 0) return bad(o, "its contractions are damaged");
    if (slice_is(kind, "suffix")) m->suffixes[m->n_suffixes++] = c;
    else {
      m->contractions[words] = c;
      if (!map_add(&m->contraction_at, &m->arena, c.form, words++)) return error_set(o->error, ST_MEMORY, "%s: not enough memory for the model", o->name);
    }
  }
  return ST_OK;
}

/* Counts a word of the lexicon under its class and script and what the script takes off, and under its last letters: a key is the end of a line. */
static bool learn_ending(struct model *m, struct slice line, const struct lemma_script *script)
{
  size_t form = 0;
  while (form < line.n && line.at[form] != '\t') form++;
  const size_t ends[] = {script->whole ? 0 : script->strip, LEMMA_ENDING};
  for (int k = 0; k < 2; k++) {
    const size_t n = ends[k];
    if (n == 0 || n > LEMMA_ENDING || n >= form || (k == 1 && n == ends[0])) continue;
    uint32_t *seen = map_add(&m->endings, &m->arena, slice_sub(line, form - n, line.n), 0);
    if (!seen) return false;
    ++*seen;
  }
  return true;
}

/* Which features a word class may have, and the lemmas of known words. */
static enum status read_knowledge(struct opening *o)
{
  struct model *m = o->m;
  struct slice lines = {0};
  enum status status = ST_OK;
  if (has_section(o, "allowed")) {
    struct slice table = {0};
    status = section(o, "allowed", (size_t)m->n_upos * m->feats.n, &table);
    m->allowed = (const uint8_t *)table.at;
  }
  if (status == ST_OK && has_section(o, "lexicon")) status = section(o, "lexicon", SIZE_MAX, &lines);
  if (status == ST_OK && has_section(o, "recase")) status = section(o, "recase", SIZE_MAX, &m->recase.lines);
  if (status == ST_OK && has_section(o, "lemmas")) status = section(o, "lemmas", SIZE_MAX, &m->lemma_words);
  while (status == ST_OK && lines.n) {
    struct slice line = slice_cut(&lines, '\n');
    size_t key = line.n;
    while (key > 0 && line.at[key - 1] != '\t') key--;
    int64_t script;
    if (key < 2 || !slice_to_i64(slice_sub(line, key, line.n), &script) || script < 0 || script >= m->n_lemmas) return bad(o, "its lexicon is damaged");
    if (!map_add(&m->lexicon, &m->arena, slice_sub(line, 0, key - 1), (uint32_t)script) || !learn_ending(m, line, &m->lemmas[script]))
      return error_set(o->error, ST_MEMORY, "%s: not enough memory for the model", o->name);
  }
  return status;
}

static enum status open_checked(struct opening *o)
{
  struct model *m = o->m;
  const uint16_t one = 1;
  unsigned char low;
  memcpy(&low, &one, 1);
  if (low != 1) return bad(o, "this machine is big-endian, which the model format does not serve");
  enum status status = check_header(o);
  if (status == ST_OK) status = read_config(o);
  if (status == ST_OK) status = read_tag_lists(o);
  if (status == ST_OK) status = m->is_transformer ? read_transformer(o) : read_recurrent(o);
  if (status == ST_OK) status = read_heads(o);
  if (status == ST_OK) status = read_splitter(o);
  if (status == ST_OK) status = read_knowledge(o);
  if (status != ST_OK) return status;
  char hex[65];
  for (int i = 0; i < 8; i++) snprintf(hex + 2 * i, 3, "%02x", (unsigned char)m->bytes.at[24 + i]);
  snprintf(m->description, sizeof m->description, "%.*s, format 1, %.1f MB, %s", SLICE_ARG(m->language), (double)m->bytes.n / 1e6, hex);
  m->kernels = kernels_best();
  return ST_OK;
}

static enum status model_begin(struct model **to, const char *name, struct error *error)
{
  *to = sys_alloc(sizeof **to);
  if (!*to) return error_set(error, ST_MEMORY, "%s: not enough memory for the model", name);
  memset(*to, 0, sizeof **to);
  arena_init(&(*to)->arena, MODEL_MOST);
  return ST_OK;
}

static enum status model_finish(struct model **to, const char *name, bool built_in, struct error *error)
{
  struct opening o = {*to, name, error, built_in};
  enum status status = open_checked(&o);
  if (status != ST_OK) {
    model_free(*to);
    *to = NULL;
  }
  return status;
}

static enum status open_bytes(struct model **to, struct slice bytes, const char *name, bool built_in, struct error *error)
{
  enum status status = model_begin(to, name, error);
  if (status != ST_OK) return status;
  (*to)->bytes = bytes;
  if ((uintptr_t)bytes.at % KERNEL_ALIGN) { /* floats are read in place */
    (*to)->copy = arena_alloc(&(*to)->arena, bytes.n + KERNEL_ALIGN);
    if (!(*to)->copy) {
      model_free(*to);
      *to = NULL;
      return error_set(error, ST_MEMORY, "%s: not enough memory for the model", name);
    }
    char *at = (char *)(((uintptr_t)(*to)->copy + KERNEL_ALIGN - 1) / KERNEL_ALIGN * KERNEL_ALIGN);
    memcpy(at, bytes.at, bytes.n);
    (*to)->bytes.at = at;
  }
  return model_finish(to, name, built_in, error);
}

enum status model_open_bytes(struct model **to, struct slice bytes, const char *name, struct error *error)
{
  return open_bytes(to, bytes, name, false, error);
}

enum status model_open_embedded(struct model **to, struct error *error)
{
  size_t n = 0;
  const struct embedded *models = embedded_models(&n);
  *to = NULL;
  for (size_t i = 0; i < n; i++)
    if (slice_is(slice_of(models[i].name), "en-small.tocsin")) return open_bytes(to, models[i].bytes, models[i].name, true, error);
  return error_set(error, ST_MODEL, "this program was built without a language model: give one by --model FILE");
}

enum status model_open_file(struct model **to, const char *path, struct error *error)
{
  struct stat st;
  *to = NULL;
  int fd = sys()->open(path, O_RDONLY | O_CLOEXEC, 0);
  if (fd < 0) return error_set(error, ST_MODEL, "%s: cannot open the model (%s): check the path", path, strerror(errno));
  if (sys()->fstat(fd, &st) || !S_ISREG(st.st_mode) || st.st_size < HEADER || (uint64_t)st.st_size > MODEL_MOST) {
    sys()->close(fd);
    return error_set(error, ST_MODEL, "%s: not a model file of this program: install the model file again", path);
  }
  void *at = sys()->mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
  sys()->close(fd);
  if (at == MAP_FAILED) return error_set(error, ST_MODEL, "%s: cannot map the model (%s): free some memory", path, strerror(errno));
  enum status status = model_begin(to, path, error);
  if (status != ST_OK) {
    sys()->munmap(at, (size_t)st.st_size);
    return status;
  }
  (*to)->mapped = at;
  (*to)->mapped_size = (size_t)st.st_size;
  (*to)->bytes = (struct slice){at, (size_t)st.st_size};
  return model_finish(to, path, false, error);
}

void model_free(struct model *model)
{
  if (!model) return;
  if (model->mapped) sys()->munmap(model->mapped, model->mapped_size);
  arena_release(&model->arena);
  sys_free(model, sizeof *model);
}

struct slice model_description(const struct model *model)
{
  return slice_of(model->description);
}

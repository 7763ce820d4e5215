/* lang_model.h: the opened model as the engine's files see it.  Private to src/lang; the public face is model.h. */
#ifndef LANG_LANG_MODEL_H
#define LANG_LANG_MODEL_H
#include "base/arena.h"
#include "base/map.h"
#include "lang/analysis.h"
#include "lang/lang_kernel.h"
#include "lang/lang_pieces.h"
#include "lang/lang_recase.h"
#include "lang/lang_word.h"

#define MODEL_LAYERS 8   /* most that a file may have */
#define SPLIT_HIDDEN 64  /* numbers of a candidate of the splitter */
#define SPLIT_WIDTH 64   /* ... of its recurrence, in each direction */
#define SPLIT_ROWS 16    /* classes, padded to a block of a matrix */
#define PIECE_PLACES 512 /* pieces of a sentence, its mark included, that a transformer takes */
#define ARC_DISTANCE 32  /* arcs carry a bias by signed distance, cut at this */

/* 8-bit rows with a scale each */
struct rows {
  const int8_t *at;
  const float *scale;
  uint32_t n;
};

struct labels {
  struct slice *at;
  uint32_t n;
};

/* How a lemma is made of a form: see train/data.py.  case: l lower, k as it is, u upper, t title, n number without commas. */
struct lemma_script {
  char letter_case;
  bool whole;        /* `add` is the lemma itself */
  uint32_t strip;    /* characters taken off the end */
  struct slice add;
};

/* A contraction: where a token of this form, or with this suffix, is cut. */
struct contraction {
  struct slice form;  /* lower case, normal quotes */
  uint8_t parts[4];   /* characters of each part; 0 ends; all 0: never cut */
};

/* A layer of a transformer with its norms behind (BERT): weights and biases of [width] floats. */
struct transformer_layer {
  struct matrix qkv, out, up, down; /* qkv: query, key and value of all heads */
  const float *norm1[2], *norm2[2]; /* weight, bias */
};

/* The encoder of the large model: pieces of words, attention.  A word is its first and its last piece. */
struct transformer {
  uint32_t width, inner, heads;
  struct piece_vocab vocab;
  struct rows piece;
  const float *place, *shape;       /* [PIECE_PLACES][width], [PIECE_SHAPES + 1][width] */
  const float *norm[2], *blend;     /* blend: weight of the embedding and of each layer in what the words see */
  struct transformer_layer layer[MODEL_LAYERS];
};

enum { LEMMA_ENDING = 4 }; /* letters of the longest ending in model.endings */

struct model {
  struct arena arena;
  void *mapped;           /* to be unmapped, or NULL */
  size_t mapped_size;
  void *copy;             /* in the arena: the bytes, where they were not aligned */
  struct slice bytes;
  struct slice language;
  char description[160];
  struct kernels kernels;

  bool is_transformer;
  uint32_t layers, arc, lab, tag;
  struct transformer transformer; /* when it is one; else the recurrent encoder: */
  uint32_t embed, width;
  struct word_vocab vocab;
  struct rows word, edges[WORD_EDGES];
  const float *glue;               /* [4][embed] */
  const float *mix[MODEL_LAYERS];  /* [2][input of the layer] */
  struct matrix layer[MODEL_LAYERS];
  struct matrix top, arcs, rels, tags;
  const float *root_arc, *root_lab, *distance;

  enum upos upos[UPOS_COUNT];      /* label -> value */
  uint32_t n_upos, n_names;
  struct labels feats;
  uint32_t *feats_bits;
  struct lemma_script *lemmas;
  uint32_t n_lemmas;
  const uint8_t *allowed;          /* [n_upos][feats.n], or NULL: all go together */
  struct map lexicon;              /* "form TAB word class" -> lemma script */
  struct map endings;              /* "ending TAB word class TAB lemma script" -> how many words of the lexicon */
  struct slice lemma_words;        /* lines "lemma TAB word class TAB times seen, as a power of two", in the order of their bytes; may be empty */
  uint8_t *deprels;                /* label -> enum deprel */
  uint32_t n_deprels, root_label;
  uint8_t *name_type;              /* label -> enum name_type */
  bool *name_begins;

  const int8_t *split_table;       /* [1 << SPLIT_BITS][SPLIT_HIDDEN] */
  float split_scale;
  const float *split_bias;         /* [SPLIT_HIDDEN] */
  struct matrix split_layer, split_out;
  struct recase recase;            /* how words are mostly written */
  struct contraction *contractions, *suffixes;
  struct map contraction_at;
  uint32_t n_suffixes;
};

/* The sum that a model file carries of all behind its header; never 0. */
uint64_t model_quick_sum(struct slice bytes);

#endif

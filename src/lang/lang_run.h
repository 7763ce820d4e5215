/* lang_run.h: the steps of reading a text, and the scratch space that they share.  Private to src/lang.
 *
 *   text --tokens--> words with forms, sentence ends --encode--> vectors --tree--> heads, relations, tags, lemmas, names
 *
 * Sentences are taken in batches of a few hundred words, so that each matrix is used on many words while it is in the cache. */
#ifndef LANG_LANG_RUN_H
#define LANG_LANG_RUN_H
#include "base/vec.h"
#include "lang/lang_model.h"
#include "lang/lang_split.h"
#include "lang/model.h"

#define SENTENCE_MOST 200   /* words; a longer sentence is cut at the best place */
#define TOKEN_BYTES 512     /* a longer token is cut */
#define SENTENCE_LEAST 80   /* ... not before so many */
#define BATCH_WORDS 384     /* a batch ends with the sentence that passes this */
#define BATCH_MOST (BATCH_WORDS + SENTENCE_MOST)
#define PIECE_BATCH 96      /* pieces: a transformer's batch ends with the sentence that passes this, so that it stays in the second cache */
#define PIECE_ROWS (PIECE_BATCH + PIECE_PLACES)
#define NAME_MEMORY 4096     /* names of a document that are remembered */
#define SPLIT_ROOM 32768    /* entries of squeezed text at a time */
#define SPLIT_BYTES ((size_t)4 << 20) /* ... and of the text, where runs of letters or blanks are monstrous */

struct tree_scratch {
  float score[SENTENCE_MOST + 1][SENTENCE_MOST + 1];
  int32_t head_word[SENTENCE_MOST + 1][SENTENCE_MOST + 1];
  int32_t child_word[SENTENCE_MOST + 1][SENTENCE_MOST + 1];
  uint8_t owner[SENTENCE_MOST + 1][SENTENCE_MOST + 1]; /* of each fold: the node that each word stood in */
};

/* A batch of pieces: rows of ... */
struct transformer_scratch {
  uint32_t *ids;                          /* [PIECE_ROWS] */
  uint8_t *shapes;
  uint32_t *sentence;                     /* [PIECE_BATCH + 2] first row of each sentence, and the end */
  uint32_t *first, *last;                 /* [BATCH_MOST] rows of the first and last piece of each word of the batch */
  float *x, *y, *blend;                   /* [PIECE_ROWS][width] */
  float *wide;                            /* [PIECE_ROWS][inner, or 3 * width] */
  int8_t *bytes;                          /* the same in 8 bits */
  float *scale, *queries, *scores, *word;
};

/* What the document said of a name so far; the newest name takes the place of another one with the same slot. */
struct name_memory {
  uint64_t key;
  uint32_t document;              /* lang->document when it was put here: nothing is to be cleared between documents */
  float type[NAME_OTHER + 1];     /* summed probabilities */
};

struct lang {
  const struct model *model;
  size_t size;              /* of the block that everything below stands in */
  uint64_t work;            /* multiply-adds in matrices so far */
  struct split_char *chars; /* [SPLIT_ROOM] */
  struct token *open;       /* [SENTENCE_MOST] words of a sentence that goes on in the next chunk */
  uint8_t *end_class;       /* [SPLIT_ROOM + 1] enum split_class of each candidate of a chunk, by its place */
  float *end_lead;          /* [SPLIT_ROOM + 1] by how much the score of a sentence end lies above that of the next best class */
  struct ends_scratch *ends;
  /* a batch: [BATCH_MOST] rows of ... */
  struct slice *seen;       /* forms as the model is shown them: tokens[].form but for text in capitals (lang_recase.h) */
  float *x, *mixed, *gates, *tops, *label, *scores;
  int8_t *bytes;
  int8_t *dep, *head;
  float *scale, *dep_scale, *head_scale;
  uint32_t *begin;          /* [BATCH_MOST] first row of the word's sentence */
  uint32_t *end;
  int32_t *heads;           /* relative to the sentence, -1 = root */
  float *arcs;              /* [SENTENCE_MOST][1 + SENTENCE_MOST] */
  struct tree_scratch *tree;
  struct name_memory *names;              /* [NAME_MEMORY] */
  bool capitals;                          /* was the last sentence in capitals? */
  uint32_t document;                      /* counts the documents, from 1 */
  struct transformer_scratch pieces;      /* for a transformer only */
};

struct token_sink {
  struct arena *arena;
  struct slice text;
  VEC(struct token) tokens;
  VEC(struct sentence) sentences;
};

/* Cuts one chunk more into tokens and sentences, contractions into their words; the sink gets whole sentences only, at times none.  False when
 * the arena is full. */
bool lang_tokens(struct lang_parts *parts, struct token_sink *sink);

/* Fills lang->end_class for the n entries of lang->chars. */
void lang_ends(struct lang *lang, size_t n);
size_t ends_scratch_size(void);
/* Ends a sentence behind each dateline; `opens`: the first entry opens a paragraph. */
void lang_datelines(struct lang *lang, size_t n, bool opens);

/* Vectors of a batch: rows [0, n), sentences told by begin and end of each row; fills lang->tops ([n][top rows]). */
void lang_encode(struct lang *lang, const struct token *tokens, uint32_t n);             /* recurrent */
void lang_encode_transformer(struct lang *lang, uint32_t n); /* its words are lang->seen */

/* kernels.product, counted in lang->work. */
void lang_product(struct lang *lang, const struct matrix *m, const int8_t *in, const float *in_scale, size_t tokens, float *to);

/* Heads of the sentence in rows [first, first + n) of the batch: fills lang->heads. */
void lang_tree(struct lang *lang, uint32_t first, uint32_t n);

/* The best tree with one root, by Chu, Liu and Edmonds.  scores[d * (n + 1) + h]: word d's head is word h - 1, h = 0 the root; n <= SENTENCE_MOST.
 * heads[d] = index of the head or -1. */
void tree_best(const float *scores, uint32_t n, struct tree_scratch *scratch, int32_t *heads);

/* Draws anew what the model is known to draw wrong (lang_mend.c), in the sentence of tokens [first, end); heads are indexes into `tokens`. */
void lang_mend(struct token *tokens, int32_t first, int32_t end);

/* The first of the words [first, end) that hangs on `head` by this relation or a subtype of it; TOKEN_NONE. */
int32_t lang_child(const struct token *tokens, int32_t head, enum deprel d, int32_t first, int32_t end);
/* A quotation mark of any kind. */
bool lang_is_quote(const struct token *t);

/* The same for reports whose verb lost its subject or its content (lang_mend_report.c); lang_mend calls it. */
void lang_mend_report(struct token *tokens, int32_t first, int32_t end);

/* Names of a sentence, from the scores of its words' tags (rows of `stride`): each run of proper nouns is one name or none; two runs are
 * one name where the model reads on across up to two words between them ("University of Kansas").  The type is the one with the largest
 * mean probability, over this run and those of the same name further up in the document.  tokens[].upos is set. */
void lang_names(struct lang *lang, const float *scores, size_t stride, struct token *tokens, uint32_t n);

/* How often the model has met a lemma of this class, as a power of two from 1 on; 0: never.  Without a list of lemmas: 1 for a usual form. */
uint32_t lang_lemma_seen(const struct model *m, struct slice lemma, enum upos upos);

/* The script that the lexicon has for a word, else the best by score that fits the form. */
const struct lemma_script *lang_script(const struct model *m, struct slice form, enum upos upos, const float *scores);

/* The lemma that a script makes of a form; points into the form, the script or the arena.  at = NULL: the arena is full. */
struct slice lang_lemma(const struct lemma_script *script, struct slice form, struct arena *arena);

#endif

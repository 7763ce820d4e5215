/* model.h: the language model: one file, memory-mapped or embedded, immutable, shared by all threads.
 *
 * The file format (magic, version, sizes, checksum, sections) is described at the head of model_file.c.
 * Little-endian; every offset and size is checked against the file before use; a damaged, foreign or newer file is ST_MODEL. */
#ifndef LANG_MODEL_H
#define LANG_MODEL_H
#include "lang/analysis.h"

struct model;   /* opaque, immutable, any thread */
struct lang;    /* a thread's scratch: owns every buffer that running the model needs; reused from document to document */

/* The model built into the program. */
enum status model_open_embedded(struct model **to, struct error *error);
enum status model_open_file(struct model **to, const char *path, struct error *error);
enum status model_open_bytes(struct model **to, struct slice bytes, const char *name, struct error *error); /* for tests and fuzzing; bytes must live on */
void model_free(struct model *model);
struct slice model_description(const struct model *model); /* one line: language, version, size, first digits of the checksum */

struct lang *lang_new(const struct model *model); /* NULL: no memory */
void lang_free(struct lang *lang);
uint64_t lang_work(const struct lang *lang); /* 8-bit multiply-adds in matrices since lang_new, to be held against the machine's peak */

/* Reads `text` (valid UTF-8, at most 1 GiB) into *to, whose arrays are taken from `arena`.  Deterministic: the same bytes give the same analysis on
 * any machine and thread.  Time is linear in the text: a sentence longer than the model takes is cut at the best place.
 * ST_REFUSED when the arena's ceiling is reached. */
enum status lang_analyse(struct lang *lang, struct slice text, struct arena *arena, struct analysis *to, struct error *error);

/* The same for a text that is cut already: words and sentences of `cut_text`, of which nothing else is looked at.  ST_REFUSED too when a sentence has
 * more words than the model takes. */
enum status lang_annotate(struct lang *lang, const struct analysis *cut_text, struct arena *arena, struct analysis *to, struct error *error);

/* The same sentences in parts of some thousand words, for whoever does not need all of a text at once; memory does not grow with the text:
 *
 *     struct lang_parts parts;
 *     lang_begin(lang, text, &parts);
 *     for (;;) {
 *       arena_clear(&arena);
 *       status = lang_next(&parts, &arena, &analysis, &error);
 *       if (status != ST_OK || analysis.n_sentences == 0) break;     the end of the text
 *       ...
 *     }
 *
 * A part is an analysis like any other: whole sentences, tokens and sentences counted from 0 anew, spans in the whole text.  One text at a time
 * for each struct lang. */
struct lang_parts { /* fields are private */
  struct lang *lang;
  struct slice text;
  size_t at;          /* where the next chunk begins */
  uint32_t width;     /* of a hard-wrapped text */
  uint32_t n_open;    /* words of the open sentence, kept in lang */
  bool new_paragraph; /* before the open sentence or, without one, before the next */
};
void lang_begin(struct lang *lang, struct slice text, struct lang_parts *parts);
enum status lang_next(struct lang_parts *parts, struct arena *arena, struct analysis *to, struct error *error);

#endif

/* conllu.h: CoNLL-U (universaldependencies.org/format.html), in and out, and the measures of the CoNLL 2018 shared task. */
#ifndef LANG_CONLLU_H
#define LANG_CONLLU_H
#include "base/buf.h"
#include "lang/analysis.h"

/* Writes the sentences as CoNLL-U: "# text", ten columns, XPOS and DEPS "_", names in MISC as Name=B-TYPE, I-TYPE (person, place, organization,
 * other), SpaceAfter=No; "# newpar" where a paragraph begins.  For several documents the caller writes "# newdoc id = ..." between. */
void conllu_write(struct buf *to, const struct analysis *a);

/* Reads a whole CoNLL-U file as one analysis with its text put together again (blank line between paragraphs).
 * Empty nodes are skipped.  Errors name file and line: a missing column, a head out of range, a cycle, two roots, ids out of order. */
enum status conllu_read(struct slice bytes, const char *name, struct arena *arena, struct analysis *to, struct error *error);

struct ud_measure { double precision, recall, f1; uint64_t correct, gold, system; };
enum ud_metric { UD_TOKENS, UD_SENTENCES, UD_WORDS, UD_UPOS, UD_UFEATS, UD_LEMMA, UD_UAS, UD_LAS, UD_CLAS, UD_METRICS };
/* Same rules as the CoNLL 2018 evaluation script; both analyses must hold the same characters once white space is dropped. */
enum status ud_score(const struct analysis *gold, const struct analysis *system, struct arena *arena, struct ud_measure to[UD_METRICS], struct error *error);
const char *ud_metric_name(enum ud_metric m);

#endif

/* conllu.h: CoNLL-U (universaldependencies.org/format.html), in and out, and the measures of the CoNLL 2018 shared task. */
#ifndef LANG_CONLLU_H
#define LANG_CONLLU_H
#include "base/buf.h"
#include "lang/analysis.h"

/* Writes the sentences as CoNLL-U: "# newdoc id = DOCUMENT" (left out when `document` is empty), "# sent_id = DOCUMENT-1", "# newpar" where a
 * paragraph begins, "# text", ten columns, XPOS and DEPS "_", names in MISC as Name=B-TYPE, I-TYPE (person, place, organization, other),
 * SpaceAfter=No.  Tabs and line ends inside a form become blanks.  `before`: sentences of the document that stand before this part of it; with
 * any, sent_id counts on and there is no newdoc.  Spills `to` on the way (buf.h). */
void conllu_write(struct buf *to, const struct analysis *a, struct slice document, uint32_t before);

/* Reads a whole CoNLL-U file as one analysis with its text put together again (one blank between tokens but for SpaceAfter=No, an empty
 * line between paragraphs).  Nothing of *to points into `bytes`.  Empty nodes are skipped; names are taken from MISC as written above.
 * ST_REFUSED with "NAME:LINE: ..." for bytes that are not UTF-8, a missing column, ids out of order, a multiword token that
 * ends behind its sentence, a head out of range, a cycle, no root or two, an unknown tag or relation, more than 64 features in a word. */
#define CONLLU_FEATURES 64
enum status conllu_read(struct slice bytes, const char *name, struct arena *arena, struct analysis *to, struct error *error);

/* One measure: precision divides by the system's words, recall by the gold words; all three in percent. */
struct ud_measure { double precision, recall, f1; uint64_t correct, gold, system; };
enum ud_metric { UD_TOKENS, UD_SENTENCES, UD_WORDS, UD_UPOS, UD_UFEATS, UD_LEMMA, UD_UAS, UD_LAS, UD_CLAS, UD_METRICS };
/* Same rules as the CoNLL 2018 evaluation script (Zeman et al. 2018, section 5): words of equal range are aligned; a stretch in which either
 * side has a multiword token is aligned by the longest common subsequence of lower-case forms.  Both analyses must hold the same characters
 * once white space is dropped, else ST_REFUSED says where they part.  A gold lemma that is empty or "_" takes any lemma.  Time is
 * linear but for such a stretch (product of its two lengths; above 16 million ST_REFUSED).  Scratch comes from `arena`. */
enum status ud_score(const struct analysis *gold, const struct analysis *system, struct arena *arena, struct ud_measure to[UD_METRICS], struct error *error);
const char *ud_metric_name(enum ud_metric m);

#endif

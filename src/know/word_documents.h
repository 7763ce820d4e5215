/* word_documents.h: in how many pieces of ordinary text a word stem occurs (data/en/word_documents.tsv), by which the ledger weighs words:
 * inverse document frequency (Sparck Jones, "A statistical interpretation of term specificity", 1972) against a fixed background, so that a
 * word's weight never depends on which documents were added before.  Immutable; any thread. */
#ifndef KNOW_WORD_DOCUMENTS_H
#define KNOW_WORD_DOCUMENTS_H
#include "know/source.h"

struct word_documents;
enum status word_documents_load(const struct word_documents **to, struct know_source *src);

/* ln((pieces + 1) / (n + 0.5)), never below 0; a stem that the table lacks counts as n = 0. */
double word_weight(const struct word_documents *words, struct slice stem);

#endif

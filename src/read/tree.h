/* tree.h: small questions about a dependency tree that every reader asks.  All by token index; TOKEN_NONE = no such token. */
#ifndef READ_TREE_H
#define READ_TREE_H
#include "lang/analysis.h"

/* First child of `token` with this relation (base relations also match their subtypes), or TOKEN_NONE. */
int32_t tree_child(const struct analysis *a, int32_t token, enum deprel deprel);
/* Does a child with this relation and lemma exist? */
bool tree_has(const struct analysis *a, int32_t token, enum deprel deprel, const char *lemma);
bool tree_dominates(const struct analysis *a, int32_t ancestor, int32_t token); /* a token dominates itself; bounded climb */
/* The case marker (preposition) of a nominal: its `case` child in front of it ("because" of "because of"); TOKEN_NONE when bare. */
int32_t tree_case(const struct analysis *a, int32_t nominal);
/* The first conjunct of the coordination that `token` belongs to (itself when none). */
int32_t tree_first_conjunct(const struct analysis *a, int32_t token);
/* Span of the tokens [first, end) of one sentence, by their bytes. */
struct span tree_span(const struct analysis *a, int32_t first, int32_t end);
/* The noun phrase of a head for display and as a mention: from its leftmost premodifier (det, amod, compound, nummod, nmod:poss, flat ...) up to the
 * head with its flat and compound parts; no apposition, relative clause, prepositional phrase, closing 's or punctuation (contract of `mentions`). */
struct span tree_mention(const struct analysis *a, int32_t head);
/* The same as tokens [*first, *end). */
void tree_mention_tokens(const struct analysis *a, int32_t head, int32_t *first, int32_t *end);
/* The whole subtree without leading and trailing punctuation. */
struct span tree_extent(const struct analysis *a, int32_t token);

#endif

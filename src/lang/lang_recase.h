/* lang_recase.h: the case in which words are usually written, for text that is all capitals (old wire reports, headlines).
 *
 * The table is counted by train/recase.py and stands in the model file (section `recase`, may be missing): one entry a line,
 *   word         as it is mostly written amid a sentence: "the", "Lavrov", "NATO", "McCain"
 *   word >after  ... before this other word, where it is written otherwise: "World >bank"
 *   before word  ... behind this other word: "the US"
 *   ^ word       ... behind any word with a capital: "^ Party"
 *   -end         words that are not in the table and end so have small letters: "-tion"; other unknown words are taken for names
 *
 * lang_recase() gives the forms in which a sentence in capitals is shown to the model: its features, the lexicon and the lemma scripts; token.form
 * stays as the text has it. */
#ifndef LANG_LANG_RECASE_H
#define LANG_LANG_RECASE_H
#include "base/arena.h"
#include "base/slice.h"

struct recase { /* no lines: no table */
  struct slice lines; /* in the order of their bytes in lower case, each once; one out of order is not found */
};

/* The line that is the key, in lower case; length 0 when there is none. */
struct slice recase_find(const struct recase *recase, struct slice key);

/* The usual form of a word between `before` (in its usual form) and `after` (length 0: none); in a new sentence its first letter is a capital.  The
 * form itself when nothing changes, else bytes of the table or the arena; at is NULL when the arena is full. */
struct slice recase_word(const struct recase *recase, struct slice before, struct slice form, struct slice after, bool first, struct arena *arena);

struct token;
/* The forms that the model is shown of the words of one sentence: seen[i] = tokens[i].form, or its usual form when the sentence is in capitals: nine
 * letters in ten, and two words of two letters, not all of them such as are always written so ("NATO").  `follows`: the sentence before
 * it in the paragraph was in capitals, so that one word is enough.  *capitals says what was found.  False when the arena is full. */
bool lang_recase(const struct recase *recase, const struct token *tokens, uint32_t n, bool follows, struct slice *seen, bool *capitals, struct arena *arena);

#endif

/* lang_pieces.h: words to the pieces of a transformer's vocabulary, by BERT's uncased WordPiece (Devlin et al. 2019), and the class of
 * letters that such pieces do not show.  The twins of WordPiece and shape in train/teacher.py.
 *
 * A form is put in lower case without accents; signs stand apart; each part is the longest piece of the vocabulary that it begins with, then the
 * longest "##" piece that the rest begins with, and so on; a part that cannot be made is the unknown piece.  Stateless; any thread. */
#ifndef LANG_LANG_PIECES_H
#define LANG_LANG_PIECES_H
#include "lang/lang_word.h"

#define WORD_PIECES 24  /* of a word; more are not looked at */
#define PIECE_CODES 200 /* code points of a word; likewise */
#define PIECE_SHAPES 10 /* classes of letters; beside them the class of the mark before a sentence */

struct piece_vocab {
  struct word_vocab words;
  uint32_t unknown, mark; /* [UNK] and [CLS] */
  uint32_t longest;       /* bytes of the longest piece */
};

/* `lines`: the pieces, one a line, the first being no piece of text ([PAD]).  *found = both special pieces are there.  False when the arena is full. */
bool piece_vocab_init(struct piece_vocab *vocab, struct slice lines, struct arena *arena, bool *found);

/* The pieces of a word; returns how many, at least 1. */
uint32_t word_pieces(const struct piece_vocab *vocab, struct slice form, uint32_t to[WORD_PIECES]);

/* 1 digits, 2 signs, 3 digits and letters, 4 letters and digits, 5 lower case, 6 a single capital, 7 CAPITALS, 8 Title, 9 miXed */
uint8_t word_shape(struct slice form);

#endif

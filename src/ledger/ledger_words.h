/* ledger_words.h: inside of the ledger: the words of a question to the full text.
 *
 * The full text knows which documents have which words, and not where.  What a person writes as one word may be several of its words
 * ("North-Korea", "U.S."), which must then stand together: that is seen in the text itself.  Words are cut and stemmed by the full text's own
 * tokenizer, so that both agree. */
#ifndef LEDGER_LEDGER_WORDS_H
#define LEDGER_LEDGER_WORDS_H
#include "base/buf.h"
#include "base/vec.h"
#include "ledger/ledger_sql.h"

struct asked_word {
  struct slice stem;
  uint32_t of; /* as which word of the question, from 0, it was written */
};

struct asked_words {
  struct arena arena;
  Fts5Tokenizer *tokenizer;
  fts5_tokenizer cut;
  VEC(struct asked_word) words;
  bool together; /* some must stand together */
};

/* Must be closed in any case.  *match: the question in the language of FTS5, empty when there is no word in it. */
enum status asked_open(struct ledger *ledger, struct slice words, struct asked_words *to, struct buf *match, struct error *error);
void asked_close(struct asked_words *asked);
/* Do all that must stand together do so, in the one text or the other? */
bool asked_stand(struct asked_words *asked, struct slice title, struct slice text);

#endif

/* Trees that the model draws wrong are drawn anew, those beside them stay as they are. */
#include "lang/lang_run.h"
#include "tap.h"
#include <stdlib.h>
#include <string.h>

#define MOST 40

/* A tree: word|UPOS|head|deprel, parted by blanks; heads from 1, 0 the root; "!" behind the UPOS: finite; "^" behind the word: a participle, "~": a
 * passive one. */
struct sentence_of {
  struct token tokens[MOST];
  int32_t n;
};

static bool take(struct slice *rest, char until, struct slice *to)
{
  const char *end = memchr(rest->at, until, rest->n);
  const size_t n = end ? (size_t)(end - rest->at) : rest->n;
  *to = slice_sub(*rest, 0, n);
  *rest = slice_sub(*rest, end ? n + 1 : n, rest->n);
  return to->n > 0;
}

static bool read_tree(const char *text, struct sentence_of *s)
{
  struct slice rest = slice_of(text), word;
  for (s->n = 0; s->n < MOST && take(&rest, ' ', &word); s->n++) {
    struct slice form, upos, head, deprel;
    enum upos u;
    enum deprel d;
    if (!take(&word, '|', &form) || !take(&word, '|', &upos) || !take(&word, '|', &head) || !take(&word, '|', &deprel)) return false;
    const bool finite = upos.at[upos.n - 1] == '!', passive = form.at[form.n - 1] == '~', participle = passive || form.at[form.n - 1] == '^';
    const uint32_t feats = (finite ? FEAT_FIN : 0) | (participle ? FEAT_PART : 0) | (passive ? FEAT_PASS : 0);
    if (!upos_find(slice_sub(upos, 0, upos.n - (finite ? 1 : 0)), &u) || !deprel_find(deprel, &d)) return false;
    s->tokens[s->n] = (struct token){.form = form, .upos = (uint8_t)u, .deprel = (uint8_t)d, .head = (int32_t)strtol(head.at, NULL, 10) - 1,
                                     .feats = feats};
  }
  return rest.n == 0;
}

/* lang_mend changes these words of the tree and no others: "number|head|deprel", parted by blanks. */
static void mends(const char *tree, const char *changes, const char *name)
{
  static struct sentence_of got, want;
  bool same = read_tree(tree, &got) && read_tree(tree, &want);
  struct slice rest = slice_of(changes), change, at, head, deprel;
  while (take(&rest, ' ', &change)) {
    enum deprel d = DEP_DEP;
    same = take(&change, '|', &at) && take(&change, '|', &head) && take(&change, '|', &deprel) && deprel_find(deprel, &d) && same;
    struct token *t = &want.tokens[strtol(at.at, NULL, 10) - 1];
    t->head = (int32_t)strtol(head.at, NULL, 10) - 1;
    t->deprel = (uint8_t)d;
  }
  lang_mend(got.tokens, 0, got.n);
  for (int32_t t = 0; t < got.n; t++) {
    const struct token *g = &got.tokens[t], *w = &want.tokens[t];
    if (g->head == w->head && g->deprel == w->deprel) continue;
    same = false;
    printf("# %.*s: %s of %d, not %s of %d\n", SLICE_ARG(g->form), deprel_name((enum deprel)g->deprel), g->head + 1, deprel_name((enum deprel)w->deprel),
           w->head + 1);
  }
  ok(same, name);
}

int main(void)
{
  mends("Fire|NOUN|2|nsubj spread|VERB!|10|ccomp to|ADP|4|case barns|NOUN|2|obl ,|PUNCT|6|punct farmers|NOUN|4|conj and|CCONJ|9|cc two|NUM|9|nummod "
        "priests|NOUN|4|conj said|VERB!|0|root .|PUNCT|10|punct",
        "6|10|nsubj 9|6|conj", "who speaks between the piece and the verb, as conjunct of its last noun");
  mends("“|PUNCT|3|punct We|PRON|3|nsubj ran|VERB!|13|ccomp ,|PUNCT|3|punct ”|PUNCT|3|punct Ada|PROPN|3|vocative ,|PUNCT|9|punct a|DET|9|det "
        "baker|NOUN|6|appos from|ADP|11|case Lyon|PROPN|9|nmod ,|PUNCT|9|punct told|VERB!|0|root radio|NOUN|13|iobj",
        "6|13|nsubj", "with an apposition between commas; who is told stays told");
  mends("“|PUNCT|3|punct They|PRON|3|nsubj left|VERB!|6|ccomp ,|PUNCT|3|punct ”|PUNCT|3|punct wrote|VERB!|0|root one|NUM|8|nummod clerk|NOUN|6|obj",
        "8|6|nsubj", "who speaks behind the verb, as its object");
  mends("They|PRON|2|nsubj refused|VERB!|0|root but|CCONJ|4|cc said|VERB!|2|conj on|ADP|6|case Monday|PROPN|9|obl he|PRON|9|nsubj would|AUX!|9|aux "
        "come|VERB|2|conj",
        "6|4|obl 9|4|ccomp", "what was said, as one more conjunct");
  mends("Lyon|PROPN|3|nsubj ,|PUNCT|1|punct said|VERB!|0|root Ada|PROPN|8|nsubj Braun|PROPN|4|flat ,|PUNCT|4|punct will|AUX!|8|aux "
        "pay|VERB|3|ccomp",
        "1|8|nsubj 4|3|nsubj", "who speaks in an aside that parts a subject from its verb");
  mends("“|PUNCT|3|punct We|PRON|3|nsubj left|VERB!|8|advcl ,|PUNCT|3|punct ”|PUNCT|3|punct he|PRON|8|nsubj:pass was|AUX!|8|aux:pass quoted~|VERB|0|root "
        "as|SCONJ|10|mark saying^|VERB|8|advcl",
        "3|10|ccomp", "what somebody was quoted as saying");
  mends("We|PRON|2|nsubj left|VERB!|6|ccomp ,|PUNCT|2|punct he|PRON|6|nsubj had|AUX!|6|aux said|VERB|0|root "
        "after|SCONJ|8|mark meeting^|VERB|6|advcl her|PRON|8|obj",
        "", "a clause of time");
  mends("“|PUNCT|3|punct The|DET|3|det port|NOUN|6|nsubj ,|PUNCT|3|punct ”|PUNCT|3|punct said|VERB!|0|root Mr|NOUN|6|nsubj Diop|PROPN|7|flat "
        ",|PUNCT|6|punct “|PUNCT|12|punct was|AUX!|12|aux:pass closed|VERB|6|ccomp ”|PUNCT|12|punct",
        "3|12|nsubj:pass 6|12|parataxis 12|0|root", "a quotation that its speaker cuts in two");
  mends("Fire|NOUN|2|nsubj spread|VERB!|8|ccomp to|ADP|4|case barns|NOUN|2|obl ,|PUNCT|2|punct the|DET|7|det farmers|NOUN|8|nsubj said|VERB!|0|root", "",
        "a subject stays");
  mends("He|PRON|2|nsubj fell|VERB!|0|root and|CCONJ|4|cc rose|VERB!|2|conj as|SCONJ|7|mark rain|NOUN|7|nsubj fell|VERB!|2|conj", "",
        "a clause with a word of its own before it");
  mends("He|PRON|2|nsubj fell|VERB!|0|root ,|PUNCT|5|punct she|PRON|5|nsubj rose|VERB!|2|conj", "", "clauses that a mark parts");
  mends("He|PRON|2|nsubj fell|VERB!|0|root and|CCONJ|5|cc she|PRON|5|nsubj rose|VERB!|2|conj", "", "clauses that a conjunction joins");
  mends("It|PRON|2|nsubj burned|VERB!|8|ccomp ,|PUNCT|2|punct with|ADP|5|case farmers|NOUN|2|obl near|ADV|5|advmod by|ADV|6|fixed said|VERB!|0|root", "",
        "who stands behind a preposition does not speak");
  return tap_end();
}

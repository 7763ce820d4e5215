/* analysis.h: what the language engine says of a text: sentences, tokens, trees, names.  Plain values, open to every reader.
 *
 * Tokens are syntactic words (UD: "don't" = do + n't, which share one span and have forms of their own).  All indexes are into
 * `tokens` of the whole document, never relative to the sentence; heads never leave their sentence; each sentence has one root and no cycle.
 * Everything lives in the document's arena; forms and spans point into the document's text, lemmas into the model or the arena. */
#ifndef LANG_ANALYSIS_H
#define LANG_ANALYSIS_H
#include "base/arena.h"
#include "base/slice.h"
#include "base/status.h"
#include "lang/deprel_list.h"

#define UPOS_LIST(U) \
  U(ADJ) U(ADP) U(ADV) U(AUX) U(CCONJ) U(DET) U(INTJ) U(NOUN) U(NUM) U(PART) U(PRON) U(PROPN) U(PUNCT) U(SCONJ) U(SYM) U(VERB) U(X)

enum upos {
#define UPOS_ENUM(u) UPOS_##u,
  UPOS_LIST(UPOS_ENUM)
#undef UPOS_ENUM
  UPOS_COUNT
};

enum deprel {
#define DEPREL_ENUM(name, text) name,
  DEPREL_LIST(DEPREL_ENUM)
#undef DEPREL_ENUM
  DEPREL_COUNT
};

enum name_type { NAME_NONE, NAME_PERSON, NAME_ORGANIZATION, NAME_PLACE, NAME_OTHER };

/* The features that readers ask for, as bits of token.feats; all features as written are in token.feats_text. */
#define FEAT_LIST(X)                                                                                                  \
  X(SING, "Number=Sing") X(PLUR, "Number=Plur") X(PAST, "Tense=Past") X(PRES, "Tense=Pres") X(FIN, "VerbForm=Fin")      \
  X(INF, "VerbForm=Inf") X(GER, "VerbForm=Ger") X(PART, "VerbForm=Part") X(PASS, "Voice=Pass") X(IMP, "Mood=Imp")       \
  X(SUBJUNCTIVE, "Mood=Sub") X(NEG, "Polarity=Neg") X(PRON_NEG, "PronType=Neg") X(P1, "Person=1") X(P2, "Person=2")     \
  X(P3, "Person=3") X(POSS, "Poss=Yes") X(MASC, "Gender=Masc") X(FEM, "Gender=Fem") X(NEUT, "Gender=Neut")              \
  X(NOM, "Case=Nom") X(ACC, "Case=Acc") X(REFLEX, "Reflex=Yes") X(DEF, "Definite=Def") X(INDEF, "Definite=Ind")         \
  X(REL, "PronType=Rel") X(INT, "PronType=Int") X(DEM, "PronType=Dem") X(PRS, "PronType=Prs") X(CMP, "Degree=Cmp")      \
  X(SUP, "Degree=Sup") X(ORD, "NumType=Ord")

enum {
#define FEAT_ENUM(name, text) FEAT_BIT_##name,
  FEAT_LIST(FEAT_ENUM)
#undef FEAT_ENUM
  FEAT_BIT_COUNT
};
#define FEAT_ENUM(name, text) static const uint32_t FEAT_##name = (uint32_t)1 << FEAT_BIT_##name;
FEAT_LIST(FEAT_ENUM)
#undef FEAT_ENUM

#define TOKEN_NONE (-1)

struct token {
  struct span span;         /* of the surface token; shared by the words of a multiword token */
  struct slice form;        /* the word as written, or as the model splits it ("n't", "'s") */
  struct slice lemma;       /* UD lemma: lower case but for proper nouns */
  struct slice feats_text;  /* "Number=Sing|Person=3", or empty */
  uint32_t feats;           /* FEAT_ bits */
  int32_t head;             /* token index, TOKEN_NONE at the root */
  int32_t first_child, next_sibling; /* in order of the text; TOKEN_NONE at the end */
  int32_t left, right;      /* first and last token of its subtree's extent (for a non-projective tree, of the extent's ends) */
  uint32_t sentence;        /* index into sentences */
  uint8_t upos;             /* enum upos */
  uint8_t deprel;           /* enum deprel */
  uint8_t name;             /* enum name_type */
  bool name_begins;         /* first token of a name */
  bool in_mwt, mwt_begins;  /* word of a multiword token; its first one */
  bool space_after;         /* white space follows in the text (true at its end) */
};

struct sentence {
  struct span span;         /* from its first token's begin to its last token's end */
  int32_t first, end;       /* tokens [first, end) */
  int32_t root;
  bool new_paragraph;       /* a blank line or line break that ends a paragraph precedes it; true for the first */
};

struct analysis {
  struct slice text;        /* the document's text; spans are offsets into it */
  struct token *tokens;
  int32_t n_tokens;
  struct sentence *sentences;
  uint32_t n_sentences;
};

/* The bytes of one word.  The words of a multiword token share its span; where their forms make up its text ("Russia" + "'s") each has
 * its own part, else ("do" + "n't" with the apostrophe behind) the whole span. */
static inline struct span token_span(const struct analysis *a, int32_t token)
{
  const struct token *t = &a->tokens[token];
  struct span span = t->span;
  if (!t->in_mwt) return span;
  int32_t first = token;
  while (first > 0 && !a->tokens[first].mwt_begins && a->tokens[first - 1].in_mwt) first--;
  uint32_t at = span.begin, begin = span.begin, end = span.end;
  for (int32_t i = first; i < a->n_tokens && a->tokens[i].in_mwt && (i == first || !a->tokens[i].mwt_begins); i++) {
    struct slice form = a->tokens[i].form;
    if (form.n > span.end - at || memcmp(a->text.at + at, form.at, form.n) != 0) return span;
    if (i == token) {
      begin = at;
      end = at + (uint32_t)form.n;
    }
    at += (uint32_t)form.n;
  }
  return at == span.end ? (struct span){begin, end} : span;
}

const char *upos_name(enum upos u);
const char *deprel_name(enum deprel d);
bool upos_find(struct slice name, enum upos *to);
bool deprel_find(struct slice name, enum deprel *to);  /* an unknown subtype gives its base relation; false for an unknown base */
enum deprel deprel_base(enum deprel d);                 /* nsubj:pass -> nsubj */
uint32_t feats_bits(struct slice feats_text);

/* Fills first_child, next_sibling, left, right and sentences[].root from the heads.  Every maker of an analysis calls it last.
 * ST_REFUSED when a head lies outside its sentence, or there is a cycle, or not exactly one root. */
enum status analysis_finish(struct analysis *a, struct error *error);

#endif

/* claims.h: what the files of the claims reader share.
 *
 *   quotes.c         where quotation marks open and close
 *   claims_source.c  who is the source of a cue, and the bytes of source and cue
 *   claims_tree.c    cues found in trees, with their content
 *   claims_elsewhere.c contents that do not hang on their cue
 *   claims_unsaid.c  cues that tell that something was not said
 *   claims_turn.c    stances given up or changed
 *   claims_speech.c  quotations given to their speakers
 *   claims_colon.c   headlines with their source beside a colon
 *   claims.c         what a quotation adds to a content, certainty, order, parents
 */
#ifndef READ_CLAIMS_H
#define READ_CLAIMS_H
#include "read/frame.h"
#include "read/reader.h"
#include "read/tree.h"

/* A stretch between quotation marks, within one paragraph.  An open one runs to the paragraph's end. */
struct quotation {
  struct span span;   /* with its marks */
  struct span inner;  /* without */
  int32_t first, end; /* tokens of `inner` */
  int32_t holder;     /* the draft whose content it is part of, or ID_NONE */
  bool closed;
};
struct quotations {
  struct quotation *at;
  uint32_t n;
};

/* All marks: pairs of double, low, angle and single ones, "''" and "``"; an apostrophe is none.  False when the arena is full.  Linear. */
bool quotes_find(struct arena *arena, const struct analysis *a, struct quotations *to);
/* The first quotation that ends behind `at`; quotations stand in order and do not overlap. */
uint32_t quotes_from(const struct quotations *q, uint32_t at);
/* The quotation that holds the token, or NULL. */
const struct quotation *quotes_over(const struct quotations *q, const struct analysis *a, int32_t token);

#define CONTENT_SPANS 32
/* A claim while it is made. */
struct draft {
  int32_t cue;              /* head token, or TOKEN_NONE */
  int32_t cue_first, cue_end; /* tokens */
  const struct cue *row;    /* or NULL for a bare quote */
  enum stance stance;
  enum certainty certainty;
  int32_t source;           /* head token, or TOKEN_NONE */
  int32_t antecedent;       /* what a relative pronoun as source stands for, or TOKEN_NONE */
  int32_t content;          /* head token of the content, or TOKEN_NONE */
  struct span spans[CONTENT_SPANS];
  uint32_t n_spans;
  bool by_quote;            /* speech in quotation marks, which no tree told */
  bool spoken;              /* a quotation was given to its cue */
  struct know_line extra;   /* a second table line: light or holding verb */
  int32_t within;           /* the cue of the claim that relays this one, or TOKEN_NONE */
  bool turned;              /* it tells that the source gave up or changed the stance `before` */
  enum stance before;
  enum shift shift;
};
struct drafts {
  VEC(struct draft) list;
  int32_t *at;              /* for each token the draft whose cue it is, ID_NONE, or DRAFT_USED when another cue took it in */
  struct quotations quotes;
};
#define DRAFT_USED (-2)

/* Adds a span to the content, in order, joined with its neighbours when they touch. */
void draft_add(struct draft *d, struct span span);
/* The same for a run of tokens, without punctuation at its ends. */
void draft_tokens(const struct analysis *a, struct draft *d, int32_t first, int32_t end);
/* A copy of a draft becomes the saying of another cue and source, within the claim of the verb `within`; its content stays. */
void draft_relay(struct draft *d, int32_t cue, const struct cue *row, int32_t source, int32_t within);
/* The source of a verb, noun or adjective; *antecedent as in struct draft.  TOKEN_NONE when the text tells none. */
int32_t source_find(const struct reader *r, int32_t cue, int32_t *antecedent);
/* A name that stands directly behind its title ("health minister Ana Li" with the minister as head), or TOKEN_NONE. */
int32_t source_name(const struct analysis *a, int32_t source);
/* The bytes of a source: its noun phrase with what tells who it is ("Ana Li, the mayor of Nice, who resigned in May"), up to the cue at most. */
struct span source_span(const struct reader *r, int32_t source, int32_t cue_first);
/* Can it want and judge: a person, a body, a name, a document that speaks? */
bool source_is_agent(const struct reader *r, int32_t source, int32_t antecedent);
/* A name or an agent noun, no place and no date: who may stand alone before words. */
bool source_speaks(const struct reader *r, int32_t source);
enum source_kind source_kind(const struct reader *r, int32_t source, int32_t entity);
/* Tokens of the cue: the verb with its auxiliaries, negation and adverbs in front, verbs that it hangs on ("went on to say"), and its particle or
 * `preposition` (TOKEN_NONE: none) behind. */
void cue_tokens(const struct reader *r, int32_t cue, int32_t preposition, int32_t *first, int32_t *end);
bool cue_negated(const struct reader *r, int32_t cue);
/* Is it negated by its subject: "no official said", "neither side commented"? */
bool cue_nobody(const struct reader *r, int32_t cue);
/* The rows of a verb with its particle ("point out"), else of the verb alone; also of nouns and adjectives. */
const struct cue *cue_rows(const struct reader *r, int32_t token);
/* Is a word beside the verb part of its cue: "claimed responsibility", "pointed out"? */
bool cue_has_word(const struct reader *r, int32_t token);
/* The row of a verb that leaves unsaid what follows ("declined", "stopped short of"), or NULL. */
const struct cue *cue_holds(const struct reader *r, int32_t token);

/* The same of one that does so only when it is negated: "would not be drawn", "did not return calls". */
const struct cue *cue_mute(const struct reader *r, int32_t token);
/* The first pattern of the rows that the tree has: fills the content, and the preposition that belongs to the cue (TOKEN_NONE).  The row, or NULL. */
const struct cue *cue_fits(const struct reader *r, const struct cue *rows, struct draft *d, int32_t *preposition);
/* "By the ministry's count, 900 ...": the row of the noun behind this preposition, when that tells whose number it is; *owner = whose.  (claims_source.c) */
const struct cue *count_of_owner(const struct reader *r, int32_t preposition, int32_t *owner, int32_t *length);
/* Does the clause behind a cue that is put in tell what somebody else says: "..., the group said, [while the ministry put it at 30]"?  (claims_source.c) */
bool claim_of_another(const struct reader *r, int32_t cue, int32_t clause);
/* The row of a verb by which one gives up or changes a stance, or NULL. */
const struct cue *cue_turns(const struct reader *r, int32_t token);
/* Does a word beside the cue say that it is a plain answer that is missing: "did not directly deny", "no clear answer"? */
bool cue_outright(const struct reader *r, int32_t cue);
/* Drafts of what was not said (claims_unsaid.c); false when there is none: the cue below `hold` (or NULL) is taken in; two contrary cues are one; a noun
 * cue with the light verb `light` that is not given, or not straight. */
bool unsaid_held(const struct reader *r, struct drafts *drafts, struct draft *d, const struct cue *hold);
bool unsaid_neither(const struct reader *r, struct drafts *drafts, struct draft *d, const struct cue *rows);
bool unsaid_none(const struct reader *r, const struct cue *rows, struct draft *d, int32_t light);
/* A verb by which one gives up or changes a stance that a noun behind it names ("dropped its opposition to"): fills the draft of cue `d->cue`, whose
 * source is known.  False when it is none. */
bool cue_turn(const struct reader *r, struct drafts *drafts, struct draft *d);
/* What words beside the cue tell of the stance before: "no longer supports", "stopped opposing", "after months of denials admitted". */
void turn_former(const struct reader *r, struct draft *d);
/* Contents that do not hang on their cue (claims_elsewhere.c); each fills the content, or is false. */
bool elsewhere_stray(const struct reader *r, struct draft *d);
bool elsewhere_shared(const struct reader *r, struct draft *d);
bool elsewhere_which(const struct reader *r, const struct cue *row, struct draft *d);
bool elsewhere_asked(const struct analysis *a, int32_t cue, int32_t clause); /* is the clause none, but of whom is asked? */
bool elsewhere_noun(const struct reader *r, const struct cue *row, struct draft *d);
bool elsewhere_object(const struct reader *r, struct draft *d);
bool elsewhere_colon(const struct reader *r, struct draft *d);
bool elsewhere_copula(const struct reader *r, struct draft *d);
/* A draft for a preposition that takes a side, if the token is one: "was against the mine".  False when the arena is full. */
bool elsewhere_side(struct reader *r, struct drafts *drafts, int32_t t);
/* Drafts for who passes on another's words with the participle `t` below `verb` ("said, citing a judge, that ..."), and for those words ("quoted a
 * cousin as saying") where the trees told none.  False when the arena is full. */
bool elsewhere_relay(struct reader *r, struct drafts *drafts, int32_t t, int32_t verb);
bool elsewhere_saying(struct reader *r, struct drafts *drafts, int32_t t);
/* Where a verb that goes on the cue, not the clause, begins within [first, end); else `end`: "said [that he would come] and praised him". */
int32_t claims_clause_end(const struct reader *r, int32_t cue, int32_t first, int32_t end);

/* Drafts for all cues of the document's trees.  False when the arena is full. */
bool claims_from_trees(struct reader *r, struct drafts *drafts);
/* Gives each quotation to its speaker.  False when the arena is full.  Cost: for each a window of fixed size around it. */
bool quotes_assign(struct reader *r, struct drafts *drafts);
/* Drafts for headlines that name their source beside a colon or dash (claims_colon.c).  False when the arena is full. */
bool colons_assign(struct reader *r, struct drafts *drafts);

#endif

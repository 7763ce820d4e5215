/* lang_mend_report.c: reports whose verb lost its subject or its content, drawn as UD has them.
 *
 *   [piece], [who speaks] said.      Clashes began with the guards, witnesses and officials said.
 *   [piece], said [who speaks].      “We are grateful,” said the movement.
 *   said [when] [piece]              It rejected the plan but said on Friday it would send a team.
 *   [subject], said [who], [rest]    Berlin, said Olaf Braun, will not pay.
 *   [piece], X was quoted as saying  “We left,” he was quoted as saying.
 *
 * Of the first the model hangs who speaks on a noun of the piece, as its apposition or conjunct; of the second it takes him for an object; of the third it
 * takes the piece for a conjunct that neither a word nor a mark joins.  None of these is a tree of English: a finite predicate has its subject, and clauses
 * side by side are parted.  Verbs are known by their place in the tree, not by their lemma.  One pass over the sentence each. */
#include "lang/lang_run.h"

#define SPEAKER_MOST 24 /* words between the piece and its verb */

static bool is_nominal(const struct token *t) { return t->upos == UPOS_NOUN || t->upos == UPOS_PROPN || t->upos == UPOS_PRON; }

static bool has_subject(const struct token *tokens, int32_t verb, int32_t first, int32_t end)
{
  return lang_child(tokens, verb, DEP_NSUBJ, first, end) != TOKEN_NONE || lang_child(tokens, verb, DEP_CSUBJ, first, end) != TOKEN_NONE ||
         lang_child(tokens, verb, DEP_EXPL, first, end) != TOKEN_NONE;
}

/* The word of [from, to) that hangs on a word outside of them, marks aside; the first of several that are conjuncts of one; TOKEN_NONE when there are
 * others. */
static int32_t top_of(const struct token *tokens, int32_t from, int32_t to)
{
  int32_t top = TOKEN_NONE;
  for (int32_t t = from; t < to; t++) {
    if (tokens[t].upos == UPOS_PUNCT || (tokens[t].head >= from && tokens[t].head < to)) continue;
    if (top == TOKEN_NONE) top = t;
    else if (tokens[t].deprel != DEP_CONJ || tokens[top].deprel != DEP_CONJ || tokens[t].head != tokens[top].head) return TOKEN_NONE;
  }
  return top;
}

/* The nominal over the words (mark, verb), if it hangs on what stands before them. */
static int32_t nominal_between(const struct token *tokens, int32_t mark, int32_t verb, int32_t first)
{
  const int32_t top = top_of(tokens, mark + 1, verb);
  if (top == TOKEN_NONE || !is_nominal(&tokens[top]) || tokens[top].head > mark || tokens[top].head < first) return TOKEN_NONE;
  if (lang_child(tokens, top, DEP_CASE, mark + 1, top) != TOKEN_NONE || lang_child(tokens, top, DEP_CC, mark + 1, top) != TOKEN_NONE) return TOKEN_NONE;
  return top;
}

/* Who speaks: the words between a mark and the verb, under one nominal that hangs on the piece before the mark.  What is an apposition to it stands
 * between commas of its own, so the comma farthest from the verb counts, or the mark that closes a quotation. */
static int32_t speaker_before(const struct token *tokens, int32_t verb, int32_t first)
{
  int32_t speaker = TOKEN_NONE;
  for (int32_t mark = verb - 1; mark > first && verb - mark <= SPEAKER_MOST; mark--) {
    const bool quote = lang_is_quote(&tokens[mark]);
    if ((!quote && !slice_is(tokens[mark].form, ",")) || tokens[mark + 1].upos == UPOS_PUNCT || mark + 1 == verb) continue;
    const int32_t top = nominal_between(tokens, mark, verb, first);
    if (top == TOKEN_NONE) break;
    speaker = top;
    if (quote) break;
  }
  return speaker;
}

/* The object that stands right behind the verb, where the piece ends right before it. */
static int32_t speaker_behind(const struct token *tokens, int32_t verb, int32_t first, int32_t end)
{
  if (verb == first || tokens[verb - 1].upos != UPOS_PUNCT) return TOKEN_NONE;
  for (int32_t t = verb + 1; t < end; t++) {
    if (tokens[t].head == verb && is_nominal(&tokens[t]))
      return tokens[t].deprel == DEP_OBJ ? t : TOKEN_NONE;
    if (tokens[t].upos == UPOS_PUNCT || tokens[t].upos == UPOS_VERB || tokens[t].upos == UPOS_ADP) return TOKEN_NONE;
  }
  return TOKEN_NONE;
}

/* A finite verb without subject whose content stands before it. */
static void mend_speaker(struct token *tokens, int32_t verb, int32_t first, int32_t end)
{
  const bool finite = (tokens[verb].feats & FEAT_FIN) && !(tokens[verb].feats & FEAT_IMP);
  if (tokens[verb].upos != UPOS_VERB || !finite || has_subject(tokens, verb, first, end)) return;
  if (lang_child(tokens, verb, DEP_CCOMP, first, verb) == TOKEN_NONE && lang_child(tokens, verb, DEP_PARATAXIS, first, verb) == TOKEN_NONE) return;
  int32_t speaker = speaker_before(tokens, verb, first);
  if (speaker == TOKEN_NONE) speaker = speaker_behind(tokens, verb, first, end);
  if (speaker == TOKEN_NONE) return;
  for (int32_t t = speaker + 1; t < verb; t++) /* conjuncts beside it */
    if (tokens[t].head == tokens[speaker].head && tokens[t].deprel == DEP_CONJ) tokens[t].head = speaker;
  tokens[speaker].head = verb;
  tokens[speaker].deprel = DEP_NSUBJ;
}

/* The subject of the rest, which an aside in the inverted order parts from it: the subject stands between the begin of the sentence and a comma right
 * before the verb, without a mark within, and who speaks between the verb and the next comma; the rest has no subject of its own, or the one who speaks. */
static void mend_inverted(struct token *tokens, int32_t verb, int32_t first, int32_t end)
{
  const int32_t subject = lang_child(tokens, verb, DEP_NSUBJ, first, verb);
  if (tokens[verb].upos != UPOS_VERB || !(tokens[verb].feats & FEAT_FIN) || subject == TOKEN_NONE || !slice_is(tokens[verb - 1].form, ",")) return;
  for (int32_t t = first; t < verb - 1; t++)
    if (tokens[t].upos == UPOS_PUNCT) return;
  int32_t comma = verb + 1;
  while (comma < end && comma - verb <= SPEAKER_MOST && !slice_is(tokens[comma].form, ",")) comma++;
  if (comma >= end || comma - verb > SPEAKER_MOST) return;
  const int32_t rest = lang_child(tokens, verb, DEP_CCOMP, comma, end), speaker = top_of(tokens, verb + 1, comma);
  if (rest == TOKEN_NONE || speaker == TOKEN_NONE || !is_nominal(&tokens[speaker]) || has_subject(tokens, rest, comma, end)) return;
  const enum deprel d = deprel_base((enum deprel)tokens[speaker].deprel);
  if (lang_child(tokens, speaker, DEP_CASE, verb, speaker) != TOKEN_NONE || (d != DEP_NSUBJ && d != DEP_OBJ && d != DEP_IOBJ)) return;
  const bool passive = lang_child(tokens, rest, DEP_AUX, comma, end) != TOKEN_NONE && (tokens[rest].feats & FEAT_PASS);
  tokens[speaker].head = verb;
  tokens[speaker].deprel = DEP_NSUBJ;
  tokens[subject].head = rest;
  tokens[subject].deprel = passive ? DEP_NSUBJ_PASS : DEP_NSUBJ;
}

/* What was said before "X was quoted as saying" hangs on the gerund, which has no content of its own. */
static void mend_quoted(struct token *tokens, int32_t verb, int32_t first, int32_t end)
{
  const int32_t gerund = lang_child(tokens, verb, DEP_ADVCL, verb + 1, end);
  if (gerund == TOKEN_NONE || !(tokens[gerund].feats & (FEAT_GER | FEAT_PART)) || tokens[gerund - 1].upos != UPOS_SCONJ) return;
  if (lang_child(tokens, verb, DEP_NSUBJ, first, verb) == TOKEN_NONE || !(tokens[verb].feats & FEAT_PASS)) return;
  if (lang_child(tokens, gerund, DEP_CCOMP, first, end) != TOKEN_NONE || lang_child(tokens, gerund, DEP_OBJ, first, end) != TOKEN_NONE) return;
  static const enum deprel pieces[] = {DEP_CCOMP, DEP_ADVCL, DEP_PARATAXIS};
  for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
    const int32_t piece = lang_child(tokens, verb, pieces[i], first, verb);
    if (piece == TOKEN_NONE || lang_child(tokens, piece, DEP_MARK, first, piece) != TOKEN_NONE || !has_subject(tokens, piece, first, verb)) continue;
    tokens[piece].head = gerund;
    tokens[piece].deprel = DEP_CCOMP;
    return;
  }
}

/* The verb that stands nearest before a conjunct, itself or as one more conjunct of its head. */
static int32_t verb_before(const struct token *tokens, int32_t clause)
{
  const int32_t head = tokens[clause].head;
  for (int32_t t = clause - 1; t > head; t--)
    if (tokens[t].head == head && tokens[t].deprel == DEP_CONJ && tokens[t].upos == UPOS_VERB) return t;
  return head;
}

/* A clause with a subject of its own behind a verb that governs nothing: its content, where neither a mark nor a conjunction stands between them. */
static void mend_content(struct token *tokens, int32_t clause, int32_t first, int32_t end)
{
  if (tokens[clause].head < first || tokens[clause].head >= clause || !has_subject(tokens, clause, first, end)) return;
  const int32_t verb = verb_before(tokens, clause);
  if (tokens[verb].upos != UPOS_VERB || lang_child(tokens, clause, DEP_MARK, first, clause) != TOKEN_NONE) return;
  for (int32_t t = verb + 1; t < clause; t++)
    if (tokens[t].upos == UPOS_PUNCT || tokens[t].upos == UPOS_CCONJ) return;
  static const enum deprel governed[] = {DEP_OBJ, DEP_CCOMP, DEP_XCOMP};
  for (size_t i = 0; i < sizeof governed / sizeof *governed; i++)
    if (lang_child(tokens, verb, governed[i], first, end) != TOKEN_NONE) return;
  for (int32_t t = verb + 1; t < clause; t++) /* "on Friday" is when it was said */
    if (tokens[t].head == clause && tokens[t].deprel == DEP_OBL && lang_child(tokens, clause, DEP_NSUBJ, first, t) == TOKEN_NONE) tokens[t].head = verb;
  tokens[clause].head = verb;
  tokens[clause].deprel = DEP_CCOMP;
}

void lang_mend_report(struct token *tokens, int32_t first, int32_t end)
{
  for (int32_t t = first; t < end; t++) {
    if (tokens[t].head == TOKEN_NONE && t > first) {
      mend_speaker(tokens, t, first, end);
      mend_inverted(tokens, t, first, end);
      mend_quoted(tokens, t, first, end);
    }
    else if (tokens[t].deprel == DEP_CONJ) mend_content(tokens, t, first, end);
  }
}

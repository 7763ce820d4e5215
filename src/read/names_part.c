/* names_part.c: see names_part.h.  One pass over the words; each name is looked at once, with a few look-ups in the tables. */
#include "read/names_part.h"

#define OFFICE_MOST 4 /* words between an office's head and the preposition of its country: "minister of foreign affairs of" */
#define WITHIN_MOST 3 /* words of the body before the tagged name: "the | European | Commission" */

/* The head of the office that ends right before token `end`: "foreign minister", "Secretary of State"; TOKEN_NONE. */
static int32_t office_before(const struct analysis *a, const struct know *know, int32_t end, int32_t least)
{
  for (int32_t head = end - 1; head >= least && end - head <= OFFICE_MOST; head--) {
    int32_t from = head, to = head + 1;
    const struct noun *noun = nouns_match(know->nouns, a, head, &from, &to);
    if (noun && (noun->flags & NOUN_OFFICE) && to == end) return head;
  }
  return TOKEN_NONE;
}

/* Does a preposition that ties offices to countries stand before the token, but for an article?  *at = the preposition. */
static bool tied(const struct analysis *a, const struct know *know, int32_t token, int32_t least, int32_t *at)
{
  *at = token - 1;
  if (*at > least && a->tokens[*at].upos == UPOS_DET) --*at;
  if (*at <= least || a->tokens[*at].upos != UPOS_ADP) return false;
  const struct noun *link = nouns_find(know->nouns, a->tokens[*at].lemma);
  return link && (link->flags & NOUN_LINK);
}

/* A country or body that the tables know, from `first` on; its end, or `first`. */
static int32_t known_end(const struct analysis *a, const struct know *know, int32_t first, int32_t end, enum name_type *type)
{
  int32_t length = 0;
  const struct sense *sense = names_match(know->names, a, first, end, &length);
  for (const struct sense *s = sense; s; s = s->next) {
    if (s->kind != SENSE_COUNTRY && s->kind != SENSE_PLACE && s->kind != SENSE_SEAT && s->kind != SENSE_ORGANIZATION) continue;
    *type = s->kind == SENSE_ORGANIZATION ? NAME_ORGANIZATION : NAME_PLACE;
    return first + length;
  }
  return first;
}

/* Is what is left somebody's name: two words or more, none of them a noun for a body? */
static bool is_called(const struct analysis *a, const struct know *know, int32_t first, int32_t end)
{
  if (end - first < 2 || a->tokens[first].upos != UPOS_PROPN || a->tokens[end - 1].upos != UPOS_PROPN) return false;
  for (int32_t t = first; t < end; t++) {
    int32_t from, to;
    if (nouns_match(know->nouns, a, t, &from, &to) || a->tokens[t].upos == UPOS_ADP) return false;
  }
  return true;
}

/* The word of [first, end) that hangs outside of it. */
static int32_t top_of(const struct analysis *a, int32_t first, int32_t end)
{
  for (int32_t t = first; t < end; t++)
    if (a->tokens[t].head < first || a->tokens[t].head >= end) return t;
  return first;
}

static bool hangs_below(const struct analysis *a, int32_t token, int32_t above)
{
  for (int32_t t = token; t != TOKEN_NONE; t = a->tokens[t].head)
    if (t == above) return true;
  return false;
}

/* Hangs the person on the office, the name's own words on each other, and on the office what hung on the person from the left: "of Kenya" under
 * "Mudavadi".  Who else hangs on the office as another name for its holder is one more in a list: "... Olena Koval, Jan Nowak and ...". */
static void hang(struct analysis *a, int32_t office, int32_t body, int32_t first, int32_t end)
{
  const int32_t person = top_of(a, first, end);
  if (hangs_below(a, office, person)) return;
  const int32_t body_top = top_of(a, body, first);
  if (a->tokens[body_top].head == person) {
    a->tokens[body_top].head = office;
    a->tokens[body_top].deprel = DEP_NMOD;
  }
  for (int32_t t = office + 1; t < body; t++)
    if (a->tokens[t].head == person) a->tokens[t].head = body_top;
  for (int32_t t = person + 1; t < end; t++)
    if (a->tokens[t].head < first || a->tokens[t].head >= end) {
      a->tokens[t].head = person;
      a->tokens[t].deprel = DEP_FLAT;
    }
  for (int32_t t = end; t < a->sentences[a->tokens[office].sentence].end; t++)
    if (a->tokens[t].head == office && a->tokens[t].deprel == DEP_APPOS && a->tokens[t].upos == UPOS_PROPN) {
      a->tokens[t].head = person;
      a->tokens[t].deprel = DEP_CONJ;
    }
  a->tokens[person].head = office;
  a->tokens[person].deprel = DEP_APPOS;
}

/* Parts the name [first, end) of the sentence that begins at `least`; false when it is one. */
static bool part(struct analysis *a, const struct know *know, int32_t least, int32_t first, int32_t end)
{
  for (int32_t body = first; body >= first - WITHIN_MOST && body > least; body--) {
    int32_t at = 0;
    enum name_type type = NAME_NONE;
    const char initial = a->tokens[body].form.n ? a->tokens[body].form.at[0] : 0;
    if (body < first && (initial < 'A' || initial > 'Z')) return false;
    if (!tied(a, know, body, least, &at)) continue;
    const int32_t office = office_before(a, know, at, least), behind = office == TOKEN_NONE ? body : known_end(a, know, body, end, &type);
    if (behind <= first || behind >= end || !is_called(a, know, behind, end)) return false;
    for (int32_t t = first; t < end; t++) a->tokens[t].name = (uint8_t)(t < behind ? type : NAME_PERSON);
    a->tokens[behind].name_begins = true;
    hang(a, office, body, behind, end);
    return true;
  }
  return false;
}

enum status names_part(struct analysis *a, const struct know *know, struct error *error)
{
  bool changed = false;
  for (uint32_t s = 0; s < a->n_sentences; s++) {
    const int32_t least = a->sentences[s].first, most = a->sentences[s].end;
    for (int32_t t = least, end; t < most; t = end) {
      end = t + 1;
      if (a->tokens[t].name == NAME_NONE || !a->tokens[t].name_begins) continue;
      while (end < most && a->tokens[end].name != NAME_NONE && !a->tokens[end].name_begins) end++;
      if (end > t + 2) changed |= part(a, know, least, t, end);
    }
  }
  return changed ? analysis_finish(a, error) : ST_OK;
}

/* figures_part.c: which figure is a part of which.
 *
 *   "11 people, including 3 children"; "five of them"    3 is a part of the figure before it
 *   "20 of the 45 passengers died"                       20 is a part of the figure behind it, and those who died are the 20
 *   "Of the 60 hostages, 12 were freed"                  12 is a part of the figure before it
 *   "11 cases: seven in Texas and four in Ohio"          seven and four are parts of 11 */
#include "read/figures.h"
#include "read/tree.h"

static bool same_sentence(const struct reader *r, int32_t i, int32_t k)
{
  return r->a->tokens[r->figures.at[i].token].sentence == r->a->tokens[r->figures.at[k].token].sentence;
}

static double most(const struct figure *f) { return f->has_value ? f->value : f->has_high ? f->high : f->low; }

/* Fractions and percentages are parts of anything; a count is of a greater one. */
static bool can_be_part(const struct figure *part, const struct figure *whole)
{
  if (slice_is(part->unit, "%") || (part->has_value && part->value > 0 && part->value < 1)) return true;
  return most(part) < most(whole) || (whole->bound == BOUND_VAGUE && most(part) <= most(whole));
}

static void join(struct reader *r, int32_t part, int32_t whole)
{
  struct figure *p = &r->figures.at[part], *w = &r->figures.at[whole];
  if (p->part_of != ID_NONE || w->part_of == part || !can_be_part(p, w)) return;
  p->part_of = whole;
  if (p->state.n == 0) p->state = w->state;
}

/* The figure that the parts before this one belong to, or the one before it. */
static int32_t whole_of(const struct reader *r, int32_t id)
{
  return r->figures.at[id].part_of != ID_NONE ? r->figures.at[id].part_of : id;
}

/* The token behind which nothing but an article or possessive stands before the figure. */
static int32_t opens(const struct analysis *a, const struct figure_note *note)
{
  int32_t t = note->first, begin = a->sentences[a->tokens[t].sentence].first;
  if (t > begin && (a->tokens[t - 1].upos == UPOS_DET || a->tokens[t - 1].upos == UPOS_PRON)) t--;
  return t;
}

/* "20 of the 45", "9 out of 30", "Of the 60 hostages, 12": the whole is told with a word between it and its part, or before both. */
static void join_whole(struct reader *r, const struct figure_note *notes, int32_t whole)
{
  const struct analysis *a = r->a;
  int32_t length, to = opens(a, &notes[whole]), begin = a->sentences[a->tokens[to].sentence].first;
  if (!numbers_hedge_before(r->know->numbers, a, begin, to, HEDGE_WHOLE, &length)) return;
  int32_t word = to - length, part = whole - 1;
  if (part >= 0 && same_sentence(r, part, whole) && notes[part].end == word) {
    struct figure *p = &r->figures.at[part], *w = &r->figures.at[whole];
    struct slice state = w->state;
    if (!can_be_part(p, w)) return;
    if (notes[whole].state_above) w->state = (struct slice){0}; /* the verb speaks of the part */
    if (p->state.n == 0) p->state = state;
    if (p->item.n == 0 || p->item_token == TOKEN_NONE) {
      p->item = w->item;
      p->about = w->about;
      if (p->unit.n == 0) p->unit = w->unit;
    }
    join(r, part, whole);
    return;
  }
  bool leads = word == begin || a->tokens[word - 1].upos == UPOS_PUNCT || a->tokens[word - 1].upos == UPOS_CCONJ;
  part = whole + 1;
  if (leads && part < (int32_t)r->figures.n && same_sentence(r, part, whole)) join(r, part, whole);
}

/* Is the figure in coordination with the one before it: "20 women and 10 children"? */
static bool coordinated(const struct reader *r, int32_t before, int32_t id)
{
  const struct figure *f = &r->figures.at[before], *g = &r->figures.at[id];
  int32_t x = f->item_token != TOKEN_NONE ? f->item_token : f->token, y = g->item_token != TOKEN_NONE ? g->item_token : g->token;
  return tree_first_conjunct(r->a, y) == tree_first_conjunct(r->a, x) && r->a->tokens[y].deprel == DEP_CONJ;
}

/* Does a colon stand between the two: "11 cases: seven in Texas"? */
static bool colon_between(const struct analysis *a, int32_t from, int32_t to)
{
  for (int32_t t = from; t < to; t++)
    if (slice_is(a->tokens[t].form, ":")) return true;
  return false;
}

/* "The dead included four firefighters": a part of a figure of the sentence before, when a verb says it. */
static bool told_by_verb(const struct reader *r, const struct figure_note *note, int32_t last, int32_t id)
{
  const struct analysis *a = r->a;
  uint32_t sentence = a->tokens[note->first].sentence;
  int32_t word = note->first - 1;
  if (word < a->sentences[sentence].first || a->tokens[word].upos != UPOS_VERB) return false;
  int32_t subject = tree_child(a, word, DEP_NSUBJ);
  const struct figure *w = &r->figures.at[last];
  if (subject == TOKEN_NONE || a->tokens[w->token].sentence + 1 != sentence || r->figures.at[id].moves != MOVE_NONE) return false;
  return numbers_change(r->know->numbers, a->tokens[subject].lemma, CHANGE_ANAPHOR) != NULL || numbers_state(r->know->numbers, a->tokens[subject].lemma,
         STATE_ADJECTIVE) != NULL || numbers_state(r->know->numbers, a->tokens[subject].lemma, STATE_NOUN) != NULL;
}

/* "At least 10 of them": of those whom the sentence before counts last, where no other number stands between. */
static bool of_them(const struct reader *r, const struct figure_note *note, int32_t last, int32_t id)
{
  const struct analysis *a = r->a;
  const struct figure *w = &r->figures.at[last], *p = &r->figures.at[id];
  uint32_t sentence = a->tokens[note->first].sentence;
  int32_t of = note->end, them = of + 1;
  if (a->tokens[w->token].sentence + 1 != sentence || them >= a->sentences[sentence].end || p->item_token != TOKEN_NONE) return false;
  bool pronoun = a->tokens[of].upos == UPOS_ADP && a->tokens[them].upos == UPOS_PRON && (a->tokens[them].feats & FEAT_PLUR);
  return pronoun && w->item.n && (w->unit.n == 0 || slice_is(w->unit, "person"));
}

/* What the part does not say of itself is as with its whole. */
static void fill_part(struct figure *p, const struct figure *w)
{
  if (p->item.n == 0) {
    p->item = w->item;
    p->about = w->about;
    p->unit_text = w->unit_text;
  }
  if (p->unit.n == 0) p->unit = w->unit;
  if (p->n_countries == 0) {
    memcpy(p->countries, w->countries, sizeof p->countries);
    p->n_countries = w->n_countries;
  }
}

void figures_part(struct reader *r, const struct figure_note *notes)
{
  int32_t n = (int32_t)r->figures.n;
  for (int32_t i = 0; i < n; i++) {
    join_whole(r, notes, i);
    if (i == 0) continue;
    if (!same_sentence(r, i - 1, i)) {
      if (notes[i].part && told_by_verb(r, &notes[i], i - 1, i)) join(r, i, whole_of(r, i - 1));
      else if (notes[i].part && of_them(r, &notes[i], i - 1, i)) {
        join(r, i, whole_of(r, i - 1));
        fill_part(&r->figures.at[i], &r->figures.at[i - 1]);
      }
      continue;
    }
    int32_t whole = whole_of(r, i - 1);
    bool more = r->figures.at[i - 1].part_of != ID_NONE && notes[i].first > notes[i - 1].end && coordinated(r, i - 1, i);
    bool list = notes[i].inherited && (colon_between(r->a, notes[i - 1].end, notes[i].first) || (whole != i - 1 && notes[i - 1].inherited));
    if (notes[i].part || more || list) join(r, i, whole);
  }
}

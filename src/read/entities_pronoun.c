/* entities_pronoun.c: whom a pronoun means.
 *
 * Every mention of the last sentences that agrees in person, number and gender is scored by how prominent it is, in the manner of
 * Lappin and Leass 1994 ("An algorithm for pronominal anaphora resolution"): near before far, subjects before objects, heads of a phrase
 * before what modifies them, the same role as the pronoun's, names before descriptions, and beyond the sentence what the text has spoken of
 * most.  What is quoted is apart: its speaker is no "he" in it, and whom it names is less prominent behind it.  The best wins, the later of
 * equals.  The weights were set on GAP and GUM by trying each up and down. */
#include "read/entities.h"

#define SENTENCES_BACK 3
#define MENTIONS_BACK 80

static bool subject(enum deprel d) { return deprel_base(d) == DEP_NSUBJ; }

/* May the pronoun mean this entity at all?  *weight = how well it suits. */
static bool agrees(const struct cast *c, const struct mention *p, int32_t entity, int *weight)
{
  const struct entity *e = &c->r->entities.at[entity];
  const struct known *known = &c->known.at[entity];
  *weight = 0;
  if (p->plural) {
    if (known->plural) return true;
    *weight = -20;
    return e->kind == KIND_ORGANIZATION || e->kind == KIND_GROUP;
  }
  if (known->plural) return false;
  if (p->gender == GENDER_MALE || p->gender == GENDER_FEMALE)
    return e->kind == KIND_PERSON && (known->gender == GENDER_UNKNOWN || known->gender == p->gender);
  if (e->kind == KIND_PERSON) return false;
  *weight = e->kind == KIND_ORGANIZATION || e->kind == KIND_COUNTRY ? 0 : e->kind == KIND_GROUP ? -10 : -25;
  return true;
}

/* The subject and the object of one verb are two unless the pronoun is reflexive; nor is anything its own part ("his father"). */
static bool barred(const struct analysis *a, const struct mention *p, const struct mention *m)
{
  if (m->first <= p->head && p->head < m->end) return true;
  const struct token *pt = &a->tokens[p->head], *mt = &a->tokens[m->head];
  if (pt->feats & FEAT_REFLEX) return false;
  if (deprel_base((enum deprel)pt->deprel) == DEP_NMOD) return false;
  return pt->head != TOKEN_NONE && pt->head == mt->head;
}

/* What the mention's place in its clause is worth. */
static int role(enum deprel d)
{
  enum deprel base = deprel_base(d);
  if (subject(d)) return 20;
  if (base == DEP_OBJ || base == DEP_IOBJ) return 10;
  if (d == DEP_NMOD_POSS || base == DEP_OBL) return 5;
  if (base == DEP_COMPOUND || base == DEP_AMOD || d == DEP_NMOD_DESC) return -15;
  return base == DEP_NMOD ? -10 : 0;
}

/* Is it said in the sentence, or in the one behind a colon: "Ana Li said: | ..."? */
static bool introduces(const struct analysis *a, const struct mention *m, const struct mention *p)
{
  const uint32_t said = a->tokens[m->head].sentence, quoted = a->tokens[p->head].sentence;
  if (said + 1 != quoted) return said == quoted;
  const int32_t end = a->sentences[said].end;
  return slice_is(a->tokens[end - 1].form, ":") || (end > 1 && slice_is(a->tokens[end - 2].form, ":"));
}

/* "urged X *to* drop its plan": who stands right before the infinitive that the pronoun is told in does it. */
static bool is_doer(const struct analysis *a, const struct mention *m, int32_t pronoun)
{
  int32_t verb = a->tokens[pronoun].head;
  for (int step = 0; step < 4 && verb != TOKEN_NONE && a->tokens[verb].upos != UPOS_VERB; step++) verb = a->tokens[verb].head;
  if (verb == TOKEN_NONE || a->tokens[verb].upos != UPOS_VERB || !(a->tokens[verb].feats & FEAT_INF) || verb < m->end) return false;
  const int32_t to = tree_child(a, verb, DEP_MARK);
  return to != TOKEN_NONE && to == m->end && to < verb;
}

/* "rejected by X, which says *it* will go on": who tells it in the relative clause is its subject in all but the tree. */
static bool is_teller(const struct analysis *a, int32_t noun, int32_t pronoun)
{
  const int32_t verb = a->tokens[pronoun].head, told = verb == TOKEN_NONE ? TOKEN_NONE : a->tokens[verb].head;
  if (!subject((enum deprel)a->tokens[pronoun].deprel) || told == TOKEN_NONE || a->tokens[verb].deprel != DEP_CCOMP) return false;
  if (a->tokens[told].deprel != DEP_ACL_RELCL || a->tokens[told].head != noun) return false;
  const int32_t who = tree_child(a, told, DEP_NSUBJ);
  return who != TOKEN_NONE && (a->tokens[who].feats & FEAT_REL);
}

#define OFTEN 8 /* mentions beyond which an entity is no more prominent */

/* "The board told the workers that [they] would sell": whose words the clause is gives its subject rather than who hears them. */
static bool is_speaker(const struct analysis *a, const struct mention *p, const struct mention *m)
{
  const int32_t verb = a->tokens[p->head].head;
  return verb != TOKEN_NONE && subject((enum deprel)a->tokens[p->head].deprel) && a->tokens[verb].deprel == DEP_CCOMP &&
         subject((enum deprel)a->tokens[m->head].deprel) && a->tokens[m->head].head == a->tokens[verb].head;
}

static int prominence(const struct cast *c, const struct mention *p, const struct mention *m)
{
  const struct token *pt = &c->r->a->tokens[p->head], *mt = &c->r->a->tokens[m->head];
  enum deprel d = (enum deprel)mt->deprel;
  uint32_t often = c->known.at[m->entity].n_mentions;
  int score = 200 - 30 * (int)(pt->sentence - mt->sentence) + role(d);
  if (subject(d) && subject((enum deprel)pt->deprel)) score += 15;
  if (deprel_base(d) == DEP_OBJ && deprel_base((enum deprel)pt->deprel) == DEP_OBJ) score += 10;
  if ((pt->feats & FEAT_REFLEX) && subject(d) && mt->head == pt->head) score += 60;
  if (deprel_base((enum deprel)pt->deprel) == DEP_NMOD && is_doer(c->r->a, m, p->head)) score += 40;
  if (is_teller(c->r->a, m->head, p->head)) score += 30;
  if (m->form == MENTION_NAME) score += 5;
  if (m->form == MENTION_NOMINAL) score -= m->definite ? 10 : 15;
  if (m->quote >= 0 && m->quote != p->quote) score -= 30; /* whom somebody quoted spoke of */
  if (p->quote >= 0 && m->quote < 0 && subject(d) && introduces(c->r->a, m, p)) score -= 50; /* who speaks says "I" */
  if (is_speaker(c->r->a, p, m)) score += 20;
  if (pt->sentence != mt->sentence) score += 2 * (int)(often > OFTEN ? OFTEN : often);
  return score;
}

int32_t entities_antecedent(const struct cast *c, size_t i)
{
  const struct analysis *a = c->r->a;
  const struct mention *p = &c->mentions.at[i];
  uint32_t sentence = a->tokens[p->head].sentence;
  int32_t best = ID_NONE;
  int most = 0;
  size_t least = i > MENTIONS_BACK ? i - MENTIONS_BACK : 0;
  for (size_t k = i; k-- > least;) {
    const struct mention *m = &c->mentions.at[k];
    if (sentence - a->tokens[m->head].sentence > SENTENCES_BACK) break;
    int weight;
    if (m->entity == ID_NONE || m->head >= p->head || !agrees(c, p, m->entity, &weight) || barred(a, p, m)) continue;
    int score = prominence(c, p, m) + weight;
    if (score > most) {
      most = score;
      best = m->entity;
    }
  }
  return best;
}

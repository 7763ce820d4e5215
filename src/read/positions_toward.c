/* positions_toward.c: what a stance is toward.
 *
 * The first that is there: the event that is the content, or stands highest in it; the earlier event that a noun of the content names again ("defended
 * the deployment"); the claim that it answers; the person, body or country that is the content's head, or does or undergoes what the head tells
 * ("praised Ana Li for her speech", "Mali's conduct", "demanded that Mali leave"), but none that only stands somewhere in it. */
#include "read/positions.h"

bool positions_has_part(const struct event *e, struct slice country)
{
  for (uint32_t i = 0; i < e->actor.n; i++)
    if (slice_eq(e->actor.at[i].country, country)) return true;
  for (uint32_t i = 0; i < e->recipient.n; i++)
    if (slice_eq(e->recipient.at[i].country, country)) return true;
  return false;
}

/* "after": a conjunction before what came first. */
bool positions_after_mark(const struct reader *r, int32_t mark)
{
  const struct cue *row = cues_find(r->know->cues, r->a->tokens[mark].lemma, CUE_TIME);
  return row && cue_takes(row, SLICE("mark"));
}

/* One past the last event that begins before the claim. */
static size_t events_before(const struct reader *r, const struct claim *c)
{
  size_t low = 0, high = r->events.n;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (r->events.at[middle].span.begin < c->span.begin) low = middle + 1;
    else high = middle;
  }
  return low;
}

#define CLAIMS_BEFORE 64 /* claims that may have their cue at a token */

/* The claim whose cue the token is; ID_NONE. */
static int32_t claim_at(const struct reader *r, int32_t token)
{
  const size_t end = reader_claims_until(r, r->a->tokens[token].span.begin);
  for (size_t i = end; i-- > 0 && end - i <= CLAIMS_BEFORE;)
    if (r->claims.at[i].cue.token == token) return (int32_t)i;
  return ID_NONE;
}

/* Is it only the act of saying: "called for", "rejected", "condemned"? */
static bool is_own_act(const struct reader *r, const struct event *e)
{
  return cue_rows(r, e->token) && claim_at(r, e->token) != ID_NONE;
}

/* No reports are of what somebody only asks for or threatens. */
static bool is_unreal(const struct event *e)
{
  return e->status == EVENT_CONDITIONAL || e->status == EVENT_REQUESTED || e->status == EVENT_NEGATED;
}

/* The event that a content without one points back to; ID_NONE when no event stands before. */
int32_t positions_event_before(const struct reader *r, const struct claim *c, struct slice country)
{
  size_t end = events_before(r, c);
  int32_t last = ID_NONE;
  for (size_t i = end; i-- > 0 && end - i <= LOOK_BACK;) {
    const struct event *e = &r->events.at[i];
    if (e->trigger.begin >= c->span.begin || is_own_act(r, e) || is_unreal(e)) continue;
    if (last == ID_NONE) last = (int32_t)i;
    if (country.n == 0 || positions_has_part(e, country)) return (int32_t)i;
  }
  return last;
}

/* First token that begins at or behind byte `at`. */
int32_t positions_token(const struct analysis *a, uint32_t at)
{
  int32_t low = 0, high = a->n_tokens;
  while (low < high) {
    int32_t middle = low + (high - low) / 2;
    if (a->tokens[middle].span.begin < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/* "deploy" and "deployment": the shorter one, of five letters or more, begins the longer. */
bool positions_same_stem(struct slice a, struct slice b)
{
  struct slice shorter = a.n < b.n ? a : b, longer = a.n < b.n ? b : a;
  if (shorter.n < 5 || longer.n > shorter.n + 5) return false;
  return slice_eq_ascii_case(shorter, slice_sub(longer, 0, shorter.n));
}

bool positions_is_definite(const struct analysis *a, int32_t noun)
{
  int32_t det = tree_child(a, noun, DEP_DET);
  return tree_child(a, noun, DEP_NMOD_POSS) != TOKEN_NONE || (det != TOKEN_NONE && (a->tokens[det].feats & (FEAT_DEF | FEAT_DEM)));
}

/* Does the noun name the act again: by the stem of its trigger, or pointed at as such an act? */
static bool names_again(const struct reader *r, int32_t noun, const struct event *e)
{
  const struct analysis *a = r->a;
  for (int32_t c = a->tokens[noun].first_child; c != TOKEN_NONE; c = a->tokens[c].next_sibling) { /* "the strike on a base" is not the strike of nurses */
    int32_t det = c > noun && a->tokens[c].deprel == DEP_NMOD ? tree_child(a, c, DEP_DET) : TOKEN_NONE;
    if (det != TOKEN_NONE && !(a->tokens[det].feats & (FEAT_DEF | FEAT_DEM)) && !tree_dominates(a, noun, e->token)) return false;
  }
  if (positions_same_stem(a->tokens[noun].lemma, a->tokens[e->token].lemma)) return true;
  const struct rule_trigger *kind = positions_is_definite(a, noun) ? rules_at(r->know->rules, TRIGGER_NOUN, a->tokens[noun].lemma) : NULL;
  for (; kind; kind = kind->next)
    if (kind->with.n == 0 && slice_eq(kind->rule->type, e->type) && (!kind->rule->mode.n || slice_eq(kind->rule->mode, e->mode))) return true;
  return false;
}

/* The last event told before whose trigger a noun of the content names again, or that is such an act: "defended the deployment"; ID_NONE when there is none. */
static int32_t event_named(const struct reader *r, const struct claim *c)
{
  const struct analysis *a = r->a;
  if (c->content.n == 0) return ID_NONE;
  int32_t first = positions_token(a, c->content.at[0].begin);
  size_t end = events_before(r, c);
  for (int32_t t = first; t < a->n_tokens && t < first + 12 && a->tokens[t].span.end <= c->content.at[0].end; t++)
    for (size_t i = end; a->tokens[t].upos == UPOS_NOUN && i-- > 0 && end - i <= LOOK_BACK;)
      if (!is_own_act(r, &r->events.at[i]) && names_again(r, t, &r->events.at[i])) return (int32_t)i;
  return ID_NONE;
}

/* The head of the content: its first token whose head stands outside. */
int32_t positions_content_head(const struct reader *r, const struct claim *c)
{
  const struct analysis *a = r->a;
  int32_t head = positions_token(a, c->content.at[0].begin);
  const int32_t first = head;
  const uint32_t end = c->content.at[0].end;
  while (a->tokens[head].head >= first && a->tokens[a->tokens[head].head].span.end <= end) head = a->tokens[head].head;
  return head;
}

/* "it", "them", "that": a content that is what was told before. */
bool positions_is_pronoun(const struct reader *r, const struct claim *c)
{
  const struct analysis *a = r->a;
  if (c->content.n == 0) return false;
  int32_t t = positions_token(a, c->content.at[0].begin); /* also "called [it a hoax]" */
  bool alone = a->tokens[t].left == t && a->tokens[t].right == t && (t == positions_content_head(r, c) || a->tokens[t].deprel == DEP_OBJ);
  bool person = r->entity_at[t] != ID_NONE && r->entity_at[t] != c->source.entity && r->entities.at[r->entity_at[t]].kind == KIND_PERSON;
  return alone && a->tokens[t].upos == UPOS_PRON && !person && !(a->tokens[t].feats & FEAT_POSS);
}

/* Has the content nothing of its own, or a thing that was told before: "it", "the reports", "a direct answer" withheld? */
bool positions_points_back(const struct reader *r, const struct claim *c)
{
  const struct analysis *a = r->a;
  if (c->content.n == 0) return true;
  int32_t head = positions_content_head(r, c);
  if (a->tokens[head].upos == UPOS_PRON) return (a->tokens[head].feats & (FEAT_DEM | FEAT_REL)) || slice_is(a->tokens[head].lemma, "it");
  if (a->tokens[head].upos != UPOS_NOUN || tree_child(a, head, DEP_NMOD_POSS) != TOKEN_NONE) return false;
  return cues_find(r->know->cues, a->tokens[head].lemma, CUE_BACK) != NULL;
}

/* The entity at the token, if it is not the holder; ID_NONE. */
static int32_t other_at(const struct reader *r, const struct claim *c, int32_t t)
{
  return t != TOKEN_NONE && r->entity_at[t] != c->source.entity ? r->entity_at[t] : ID_NONE;
}

/* Who does or undergoes what the head of the content tells: "Mali's conduct", "that [Mali] leave", "to back [Ana Li]"; the head itself before them. */
static int32_t entity_in(const struct reader *r, const struct claim *c)
{
  const struct analysis *a = r->a;
  static const enum deprel of_clause[] = {DEP_NSUBJ, DEP_OBJ, DEP_IOBJ}, of_noun[] = {DEP_NMOD_POSS, DEP_COMPOUND, DEP_AMOD};
  if (c->content.n == 0) return ID_NONE;
  const int32_t head = positions_content_head(r, c), name = source_name(a, head);
  int32_t entity = other_at(r, c, head);
  if (entity == ID_NONE && name != TOKEN_NONE) entity = other_at(r, c, name);
  const bool noun = (a->tokens[head].upos == UPOS_NOUN || a->tokens[head].upos == UPOS_PROPN) && tree_child(a, head, DEP_COP) == TOKEN_NONE;
  for (size_t i = 0; i < 3 && entity == ID_NONE; i++) entity = other_at(r, c, tree_child(a, head, noun ? of_noun[i] : of_clause[i]));
  for (int32_t k = noun ? a->tokens[head].first_child : TOKEN_NONE; k != TOKEN_NONE && entity == ID_NONE; k = a->tokens[k].next_sibling) {
    const int32_t with = k > head && a->tokens[k].deprel == DEP_NMOD ? tree_case(a, k) : TOKEN_NONE;
    if (with != TOKEN_NONE && (slice_is(a->tokens[with].lemma, "of") || slice_is(a->tokens[with].lemma, "by"))) entity = other_at(r, c, k);
  }
  return entity;
}

/* Is it the head of the content that names the event again, and no act of the content? */
static bool names_by_head(const struct reader *r, const struct claim *c, int32_t event)
{
  const struct token *head = &r->a->tokens[positions_content_head(r, c)];
  for (uint32_t i = 0; i < c->n_events; i++)
    if (&r->a->tokens[r->events.at[c->events[i]].token] == head) return false;
  return head->upos == UPOS_NOUN && names_again(r, (int32_t)(head - r->a->tokens), &r->events.at[event]);
}

#define DEEP 4 /* steps below the head of a content */

/* Is the act what the content is about, and not only told of something in it ("a policy for those *hurt in the attack*")? */
static bool is_about(const struct reader *r, const struct claim *c, const struct event *e)
{
  const struct token *tokens = r->a->tokens;
  const int32_t head = positions_content_head(r, c);
  int32_t t = e->token;
  for (int step = 0; t != head && t != TOKEN_NONE && span_holds(c->span, tokens[t].span); step++, t = tokens[t].head) {
    const enum deprel d = (enum deprel)tokens[t].deprel;
    const bool apart = d == DEP_ACL_RELCL || d == DEP_PARATAXIS || (d == DEP_ADVCL && tokens[t].head != c->cue.token);
    if (step == DEEP || (apart && tree_dominates(r->a, head, tokens[t].head))) return false;
  }
  return true;
}

/* The event of the content that stands highest in its tree: "criticised [the arrest of those who had bombed it]"; ID_NONE when it is about none. */
static int32_t main_event(const struct reader *r, const struct claim *c)
{
  if (c->n_events == 0) return ID_NONE;
  for (uint32_t i = 0; i < c->n_events; i++) {
    bool below = false;
    for (uint32_t k = 0; k < c->n_events && !below; k++) {
      const int32_t over = r->events.at[c->events[k]].token, own = r->events.at[c->events[i]].token;
      below = over != own && tree_dominates(r->a, over, own);
    }
    const struct event *e = &r->events.at[c->events[i]];
    const int32_t said = cue_rows(r, e->token) ? claim_at(r, e->token) : ID_NONE;
    const bool own = said != ID_NONE && r->claims.at[said].source.entity == c->source.entity; /* "praising one and dismissing another" */
    if (!below && !own && is_about(r, c, e)) return c->events[i];
  }
  return ID_NONE;
}

void positions_toward(const struct reader *r, const struct claim *c, struct position *p)
{
  int32_t named = event_named(r, c);
  bool head = named != ID_NONE && names_by_head(r, c, named); /* "condemned the deployment as illegal cooperation": the deployment */
  const int32_t main = head ? ID_NONE : main_event(r, c);
  if (main != ID_NONE) {
    p->toward = TOWARD_EVENT;
    p->toward_id = main;
    return;
  }
  if (named != ID_NONE) {
    p->toward = TOWARD_EVENT;
    p->toward_id = named;
    return;
  }
  if (c->answers != ID_NONE) {
    p->toward = TOWARD_CLAIM;
    p->toward_id = c->answers;
    return;
  }
  const int32_t words = c->content.n ? claim_at(r, positions_content_head(r, c)) : ID_NONE; /* "[X says so], a charge Y denies" */
  if (words != ID_NONE && r->claims.at[words].source.entity != c->source.entity && r->claims.at[words].cue.token < c->cue.token) {
    p->toward = TOWARD_CLAIM;
    p->toward_id = words;
    return;
  }
  p->toward = TOWARD_ENTITY;
  p->toward_id = positions_is_pronoun(r, c) ? ID_NONE : entity_in(r, c);
}

uint32_t positions_sentence(const struct reader *r, uint32_t byte)
{
  int32_t t = positions_token(r->a, byte);
  return r->a->tokens[t < r->a->n_tokens ? t : r->a->n_tokens - 1].sentence;
}

#define ANSWERED_BACK 64 /* claims */
#define ANSWERED_WITHIN 3 /* sentences */

/* What somebody may deny or confirm of another's words. */
static bool states(enum stance stance)
{
  return stance == STANCE_AFFIRMS || stance == STANCE_REPORTS || stance == STANCE_CONDEMNS || stance == STANCE_ESTIMATES || stance == STANCE_SUGGESTS ||
         stance == STANCE_BELIEVES || stance == STANCE_WARNS;
}

static bool holds(const struct claim *outer, struct span span)
{
  for (uint32_t i = 0; i < outer->content.n; i++)
    if (span_holds(outer->content.at[i], span)) return true;
  return false;
}

bool positions_toward_answered(const struct reader *r, int32_t claim, struct position *p)
{
  const struct analysis *a = r->a;
  const struct claim *c = &r->claims.at[claim];
  if (c->content.n == 0) return false;
  const int32_t head = positions_content_head(r, c), cue = c->cue.token;
  const bool noun = a->tokens[head].upos == UPOS_NOUN;
  if (noun && !cues_find(r->know->cues, a->tokens[head].lemma, CUE_NOUN)) return false; /* no word for words */
  const bool aside = cue != TOKEN_NONE && a->tokens[cue].deprel == DEP_ACL_RELCL; /* "X said so, a charge that Y denies": in X's words or not */
  for (int32_t k = claim; k-- > 0 && claim - k <= ANSWERED_BACK;) {
    const struct claim *o = &r->claims.at[k];
    if (positions_sentence(r, o->span.begin) + ANSWERED_WITHIN < positions_sentence(r, c->cue.span.begin)) break;
    if (!states(o->stance) || o->source.entity == c->source.entity || o->cue.span.begin >= c->cue.span.begin || o->content.n == 0) continue;
    if (positions_is_pronoun(r, o) || (!aside && holds(o, c->cue.span)) || holds(c, o->cue.span)) continue;
    p->toward = TOWARD_CLAIM;
    p->toward_id = k;
    for (uint32_t i = 0; i < o->n_events; i++) {
      const struct event *e = &r->events.at[o->events[i]];
      if (is_own_act(r, e) || is_unreal(e)) continue;
      p->toward = TOWARD_EVENT;
      p->toward_id = o->events[i];
      break;
    }
    return true;
  }
  return false;
}

/* positions.c: who stands how toward what, in order.
 *
 * Each claim that takes a side makes a position.  Its holder is the source; Moscow, Putin and Lavrov are one holder, who speak for one
 * country; two firms or two actors of one country are two.
 * What it is toward, the first that is there: the event in its content; the earlier event that a noun of the content names again ("defended
 * the deployment"); the claim that it answers; the thing or person that the content names; and for a content that only points back
 * ("dismissed the reports", "avoided a denial") what the holder's country stood toward just before, else the last event before it in which that country
 * has a part, or the last at all, which is a guess.  Where there is none of these it is toward nothing told.  A pronoun as content ("accepted it") is
 * about what the claim before it was about.
 * When the holder stood otherwise toward the same thing before, the table of shifts names the turn.  The same thing is the same event or claim, the
 * same kind of act with a country in common that does it or has it done to it, an entity approved or disapproved of both times, or, without a demand,
 * and without a promise or threat to others, a content of much the same words, a noun among them; or an event that the holder names soon after
 * he was guessed to speak of another one of the same country: then he spoke of this one.  Within one sentence only the same event or claim
 * is, and a demand, promise or threat is no turn there, unless a word of time parts the two ("first refused, but in January agreed").
 * A claim that tells a turn itself ("dropped its opposition") makes two positions, the former one first.  Who only says that an act took place takes a
 * side where he denied it before ("now says that it did"), and who says that it did not denies it.
 * Order is that of the cues in the text, save that what a clause with "after" tells came first. */
#include "read/claims.h"
#include <stdlib.h>

static bool takes_side(const struct claim *c)
{
  switch (c->stance) {
  case STANCE_DENIES: case STANCE_EVADES: case STANCE_SUPPORTS: case STANCE_CONDEMNS: case STANCE_DEFENDS: case STANCE_DEMANDS: case STANCE_THREATENS:
  case STANCE_WARNS: case STANCE_PROMISES: case STANCE_QUESTIONS: case STANCE_WITHHOLDS: case STANCE_CLAIMS_RESPONSIBILITY:
    return true;
  case STANCE_AFFIRMS:
    return c->certainty == CERTAINTY_CERTAIN;
  default:
    return false;
  }
}

static bool has_part(const struct event *e, struct slice country)
{
  for (uint32_t i = 0; i < e->actor.n; i++)
    if (slice_eq(e->actor.at[i].country, country)) return true;
  for (uint32_t i = 0; i < e->recipient.n; i++)
    if (slice_eq(e->recipient.at[i].country, country)) return true;
  return false;
}

/* "after": a conjunction before what came first. */
static bool after_mark(const struct reader *r, int32_t mark)
{
  const struct cue *row = cues_find(r->know->cues, r->a->tokens[mark].lemma, CUE_TIME);
  return row && cue_takes(row, SLICE("mark"));
}

#define LOOK_BACK 256 /* events, or positions, before one */

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

/* Is it only the act of saying: "called for", "rejected", "condemned"? */
static bool is_own_act(const struct reader *r, const struct event *e)
{
  return cue_rows(r, e->token) != NULL;
}

/* No reports are of what somebody only asks for or threatens. */
static bool is_unreal(const struct event *e)
{
  return e->status == EVENT_CONDITIONAL || e->status == EVENT_REQUESTED || e->status == EVENT_NEGATED;
}

/* The event that a content without one points back to; ID_NONE when no event stands before. */
static int32_t event_before(const struct reader *r, const struct claim *c, struct slice country)
{
  size_t end = events_before(r, c);
  int32_t last = ID_NONE;
  for (size_t i = end; i-- > 0 && end - i <= LOOK_BACK;) {
    const struct event *e = &r->events.at[i];
    if (e->trigger.begin >= c->span.begin || is_own_act(r, e) || is_unreal(e)) continue;
    if (last == ID_NONE) last = (int32_t)i;
    if (country.n == 0 || has_part(e, country)) return (int32_t)i;
  }
  return last;
}

/* First token that begins at or behind byte `at`. */
static int32_t token_from(const struct analysis *a, uint32_t at)
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
static bool same_stem(struct slice a, struct slice b)
{
  struct slice shorter = a.n < b.n ? a : b, longer = a.n < b.n ? b : a;
  if (shorter.n < 5 || longer.n > shorter.n + 5) return false;
  return slice_eq_ascii_case(shorter, slice_sub(longer, 0, shorter.n));
}

/* Is the noun pointed at: "the expulsion", "its expulsion"? */
static bool is_definite(const struct analysis *a, int32_t noun)
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
  if (same_stem(a->tokens[noun].lemma, a->tokens[e->token].lemma)) return true;
  const struct rule_trigger *kind = is_definite(a, noun) ? rules_at(r->know->rules, TRIGGER_NOUN, a->tokens[noun].lemma) : NULL;
  for (; kind; kind = kind->next)
    if (kind->with.n == 0 && slice_eq(kind->rule->type, e->type) && (!kind->rule->mode.n || slice_eq(kind->rule->mode, e->mode))) return true;
  return false;
}

/* The last event told before whose trigger a noun of the content names again, or that is such an act: "defended the deployment"; ID_NONE when there is none. */
static int32_t event_named(const struct reader *r, const struct claim *c)
{
  const struct analysis *a = r->a;
  if (c->content.n == 0) return ID_NONE;
  int32_t first = token_from(a, c->content.at[0].begin);
  size_t end = events_before(r, c);
  for (int32_t t = first; t < a->n_tokens && t < first + 12 && a->tokens[t].span.end <= c->content.at[0].end; t++)
    for (size_t i = end; a->tokens[t].upos == UPOS_NOUN && i-- > 0 && end - i <= LOOK_BACK;)
      if (!is_own_act(r, &r->events.at[i]) && names_again(r, t, &r->events.at[i])) return (int32_t)i;
  return ID_NONE;
}

/* An entity that is named first in the content, other than the holder; ID_NONE when there is none. */
static int32_t entity_in(const struct reader *r, const struct claim *c)
{
  if (c->content.n == 0) return ID_NONE;
  struct span span = c->content.at[0];
  for (int32_t t = token_from(r->a, span.begin); t < r->a->n_tokens && r->a->tokens[t].span.end <= span.end; t++)
    if (r->entity_at[t] != ID_NONE && r->entity_at[t] != c->source.entity) return r->entity_at[t];
  return ID_NONE;
}

/* The head of the content: its first token whose head stands outside. */
static int32_t content_head(const struct reader *r, const struct claim *c)
{
  const struct analysis *a = r->a;
  int32_t head = token_from(a, c->content.at[0].begin);
  const int32_t first = head;
  const uint32_t end = c->content.at[0].end;
  while (a->tokens[head].head >= first && a->tokens[a->tokens[head].head].span.end <= end) head = a->tokens[head].head;
  return head;
}

/* "it", "them", "that": a content that is what was told before. */
static bool is_pronoun(const struct reader *r, const struct claim *c)
{
  const struct analysis *a = r->a;
  if (c->content.n == 0) return false;
  int32_t t = token_from(a, c->content.at[0].begin); /* also "called [it a hoax]" */
  bool alone = a->tokens[t].left == t && a->tokens[t].right == t && (t == content_head(r, c) || a->tokens[t].deprel == DEP_OBJ);
  bool person = r->entity_at[t] != ID_NONE && r->entity_at[t] != c->source.entity && r->entities.at[r->entity_at[t]].kind == KIND_PERSON;
  return alone && a->tokens[t].upos == UPOS_PRON && !person && !(a->tokens[t].feats & FEAT_POSS);
}

/* Has the content nothing of its own, or a thing that was told before: "it", "the reports", "a direct answer" withheld? */
static bool points_back(const struct reader *r, const struct claim *c)
{
  const struct analysis *a = r->a;
  if (c->content.n == 0) return true;
  int32_t head = content_head(r, c);
  if (a->tokens[head].upos == UPOS_PRON) return (a->tokens[head].feats & (FEAT_DEM | FEAT_REL)) || slice_is(a->tokens[head].lemma, "it");
  if (a->tokens[head].upos != UPOS_NOUN || tree_child(a, head, DEP_NMOD_POSS) != TOKEN_NONE) return false;
  return cues_find(r->know->cues, a->tokens[head].lemma, CUE_BACK) != NULL;
}

/* Is it the head of the content that names the event again, and no act of the content? */
static bool names_by_head(const struct reader *r, const struct claim *c, int32_t event)
{
  const struct token *head = &r->a->tokens[content_head(r, c)];
  for (uint32_t i = 0; i < c->n_events; i++)
    if (&r->a->tokens[r->events.at[c->events[i]].token] == head) return false;
  return head->upos == UPOS_NOUN && names_again(r, (int32_t)(head - r->a->tokens), &r->events.at[event]);
}

static void toward_find(const struct reader *r, const struct claim *c, struct position *p)
{
  int32_t named = event_named(r, c);
  bool head = named != ID_NONE && names_by_head(r, c, named); /* "condemned the deployment as illegal cooperation": the deployment */
  if (c->n_events && !head) {
    p->toward = TOWARD_EVENT;
    p->toward_id = c->events[0];
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
  p->toward = TOWARD_ENTITY;
  p->toward_id = is_pronoun(r, c) ? ID_NONE : entity_in(r, c);
}

/* ---- what a position is about, in words ---- */

#define TOPIC_WORDS 6
#define TOPIC_REACH 20 /* tokens of the content */

struct topic {
  struct slice word[TOPIC_WORDS];
  bool noun[TOPIC_WORDS];
  uint32_t n;
  bool pronoun; /* and "it", "them" for a thing told before */
};

/* The nouns and verbs that the content begins with, names left out. */
static struct topic topic_of(const struct reader *r, const struct claim *c)
{
  const struct analysis *a = r->a;
  struct topic topic = {.n = 0};
  if (c->content.n == 0) return topic;
  struct span span = c->content.at[0];
  int32_t first = token_from(a, span.begin);
  for (int32_t t = first; t < a->n_tokens && t < first + TOPIC_REACH && a->tokens[t].span.end <= span.end && topic.n < TOPIC_WORDS; t++)
    if (a->tokens[t].upos == UPOS_PRON && a->tokens[t].deprel == DEP_OBJ)
      topic.pronoun |= r->entity_at[t] == ID_NONE || r->entities.at[r->entity_at[t]].kind != KIND_PERSON;
    else if ((a->tokens[t].upos == UPOS_NOUN || a->tokens[t].upos == UPOS_VERB) && r->place_at[t] == ID_NONE) {
      topic.noun[topic.n] = a->tokens[t].upos == UPOS_NOUN;
      topic.word[topic.n++] = a->tokens[t].lemma;
    }
  return topic;
}

/* Is half of the shorter topic in the other, a noun among it, and more than one word of a longer one? */
static bool same_topic(const struct topic *a, const struct topic *b)
{
  bool noun = a->pronoun || b->pronoun; /* "refused to send tanks", "agreed to send them" */
  uint32_t common = 0, less = a->n < b->n ? a->n : b->n;
  for (uint32_t i = 0; i < a->n; i++)
    for (uint32_t j = 0; j < b->n; j++)
      if (slice_eq(a->word[i], b->word[j]) || same_stem(a->word[i], b->word[j])) {
        common++;
        noun |= a->noun[i] || b->noun[j];
        break;
      }
  return noun && common * 2 >= less && (common > 1 || less == 1);
}

/* A stand while all are sought, beside its record. */
struct stand {
  int32_t about;  /* the claim whose content says in words what it is about: its own, or for a pronoun the one before */
  bool guessed;   /* its event is only the last one told before it */
};

#define PRONOUN_BACK 2 /* sentences */

static uint32_t sentence_at(const struct reader *r, uint32_t byte)
{
  int32_t t = token_from(r->a, byte);
  return r->a->tokens[t < r->a->n_tokens ? t : r->a->n_tokens - 1].sentence;
}

/* The claim that says what claim `id` is about: itself, or for a pronoun the last one before it with a noun as its content. */
static int32_t about_what(const struct reader *r, int32_t id)
{
  const struct claim *c = &r->claims.at[id];
  if (!is_pronoun(r, c)) return id;
  uint32_t sentence = sentence_at(r, c->cue.span.begin);
  for (int32_t k = id; k-- > 0 && id - k <= 8;) {
    const struct claim *o = &r->claims.at[k];
    if (sentence_at(r, o->span.begin) + PRONOUN_BACK < sentence) break;
    if (o->content.n && o->cue.span.begin < c->cue.span.begin && !is_pronoun(r, o) && topic_of(r, o).n) return k;
  }
  for (int32_t k = id + 1; k < (int32_t)r->claims.n && k <= id + 2; k++) { /* in order of their begins: "X, which had backed the strikes, condemned them" */
    const struct claim *o = &r->claims.at[k];
    if (o->content.n && o->cue.span.begin < c->cue.span.begin && !is_pronoun(r, o) && topic_of(r, o).n) return k;
  }
  return id;
}

/* A country, its capital, or somebody of its government or forces: no firm, paper or private person. */
static bool speaks_for_country(const struct reader *r, const struct position *p)
{
  const struct entity *e = &r->entities.at[p->holder.entity];
  if (e->kind == KIND_COUNTRY || e->kind == KIND_PLACE || e->sectors[0] == 0) return true;
  for (size_t i = 0; i < sizeof e->sectors && e->sectors[i]; i++)
    if (e->sectors[i] == SECTOR_GOV || e->sectors[i] == SECTOR_MIL) return true;
  return false;
}

static bool same_holder(const struct reader *r, const struct position *a, const struct position *b)
{
  if (a->holder.entity == b->holder.entity) return true;
  return a->holder.country.n && slice_eq(a->holder.country, b->holder.country) && speaks_for_country(r, a) && speaks_for_country(r, b);
}

/* Does the act tell a country other than the holder's, who is taken for a party where a noun names none? */
static bool tells_country(const struct event *e, struct slice holder)
{
  for (uint32_t i = 0; i < e->actor.n + e->recipient.n; i++) {
    struct slice country = (i < e->actor.n ? &e->actor.at[i] : &e->recipient.at[i - e->actor.n])->country;
    if (country.n && !slice_eq(country, holder)) return true;
  }
  return false;
}

/* Do the two acts have a country in common that does them or has them done to it, as far as they tell any? */
static bool same_parties(const struct event *a, const struct event *b, struct slice holder)
{
  for (uint32_t i = 0; i < a->actor.n + a->recipient.n; i++) {
    const struct party *p = i < a->actor.n ? &a->actor.at[i] : &a->recipient.at[i - a->actor.n];
    if (p->country.n && has_part(b, p->country)) return true;
  }
  return !tells_country(a, holder) || !tells_country(b, holder);
}

/* "urged them to back the bill and criticized him": one sentence mostly tells one stand, with its sides. */
static bool same_sentence(const struct reader *r, const struct position *a, const struct position *b)
{
  int32_t x = token_from(r->a, a->span.begin), y = token_from(r->a, b->span.begin);
  return x < r->a->n_tokens && y < r->a->n_tokens && r->a->tokens[x].sentence == r->a->tokens[y].sentence;
}

/* Approval or disapproval: what a stance toward somebody is, where a demand made of him tells none. */
static bool judges(enum stance stance)
{
  return stance == STANCE_SUPPORTS || stance == STANCE_CONDEMNS || stance == STANCE_DEFENDS;
}

/* What somebody else, or the holder, shall do: another demand, even in like words, is another matter. */
static bool binds(enum stance stance)
{
  return stance == STANCE_DEMANDS || stance == STANCE_PROMISES || stance == STANCE_THREATENS;
}

/* About the same in words, where neither asks for anything and their targets do not part them? */
static bool same_words(const struct reader *r, const struct position *a, const struct position *b, const struct stand *x, const struct stand *y,
                       bool same_target)
{
  bool entities = a->toward == TOWARD_ENTITY && b->toward == TOWARD_ENTITY && a->toward_id != ID_NONE && b->toward_id != ID_NONE;
  if (a->stance == STANCE_DEMANDS || b->stance == STANCE_DEMANDS) return false;
  if (x->about == y->about) return true; /* "rejected the plan and later accepted it" */
  struct topic one = topic_of(r, &r->claims.at[x->about]), other = topic_of(r, &r->claims.at[y->about]);
  bool again = other.pronoun && other.n && one.n && slice_eq(other.word[0], one.word[0]);
  if (!same_target && !again && (entities || binds(a->stance) || binds(b->stance))) return false;
  return same_topic(&one, &other);
}

/* Does a word of time part the two, which stand in one sentence: "first refused, but in January agreed"? */
static bool parted_in_time(const struct reader *r, const struct position *a, const struct position *b)
{
  const int32_t cues[] = {r->claims.at[a->claim].cue.token, r->claims.at[b->claim].cue.token};
  int32_t length;
  for (size_t i = 0; i < sizeof cues / sizeof *cues; i++)
    for (int32_t c = cues[i] == TOKEN_NONE ? TOKEN_NONE : r->a->tokens[cues[i]].first_child; c != TOKEN_NONE; c = r->a->tokens[c].next_sibling) {
      enum deprel d = deprel_base((enum deprel)r->a->tokens[c].deprel);
      if (r->date_at[c] != ID_NONE || (d == DEP_MARK && after_mark(r, c))) return true;
      if (d == DEP_ADVMOD && cues_at(r->know->cues, r->a, r->a->tokens[c].left, c + 1, CUE_TIME, &length)) return true;
    }
  return a->claim == b->claim;
}

#define NAMED_WITHIN 4 /* sentences between a guess and the event that the holder names */

/* Was `a` guessed to speak of an event, and does `b` name one soon afterwards that was told before `a`, of the same country? */
static bool named_after_guess(const struct reader *r, const struct position *a, const struct position *b, const struct stand *x, const struct stand *y)
{
  if (!x->guessed || y->guessed || a->toward != TOWARD_EVENT || b->toward != TOWARD_EVENT || b->toward_id == ID_NONE) return false;
  const struct event *guess = &r->events.at[a->toward_id], *event = &r->events.at[b->toward_id];
  if (event->trigger.begin >= a->span.begin || sentence_at(r, b->span.begin) > sentence_at(r, a->span.begin) + NAMED_WITHIN) return false;
  return same_parties(guess, event, b->holder.country);
}

/* Toward the same record, toward two tellings of one kind of act, or about the same in words. */
static bool same_thing(const struct reader *r, const struct position *a, const struct position *b, const struct stand *x, const struct stand *y)
{
  bool both = a->toward_id != ID_NONE && b->toward_id != ID_NONE && a->toward == b->toward, same = both && a->toward_id == b->toward_id;
  bool bind = binds(a->stance) || binds(b->stance);
  if (same_sentence(r, a, b) && !parted_in_time(r, a, b)) return same && a->toward != TOWARD_ENTITY && !bind; /* "first denied it, then evaded" */
  if (same && (a->toward != TOWARD_ENTITY || (judges(a->stance) && judges(b->stance)))) return true;
  if (both && !same && a->toward == TOWARD_EVENT) {
    const struct event *e = &r->events.at[a->toward_id], *f = &r->events.at[b->toward_id];
    if (slice_eq(e->type, f->type)) return same_parties(e, f, b->holder.country); /* an attack by others is another matter */
    if (named_after_guess(r, a, b, x, y)) return true;
  }
  return same_words(r, a, b, x, y, same);
}

#define LINE_WITHIN 3 /* sentences that a line of stands goes on without naming what it is about */

/* For a content that names none: what the holder's last position was toward that named the same thing in words ("the talks" again), else what it
 * points back to: what the line just stood toward, or an event told before. */
static void toward_told(const struct reader *r, const struct stand *stands, struct position *p, struct stand *own)
{
  const struct claim *c = &r->claims.at[p->claim];
  struct topic about = topic_of(r, &r->claims.at[own->about]);
  size_t n = r->positions.n;
  for (size_t i = n; p->toward_id == ID_NONE && i-- > 0 && n - i <= LOOK_BACK;) {
    const struct position *o = &r->positions.at[i];
    if (o->toward_id == ID_NONE || !same_holder(r, o, p)) continue;
    struct topic other = topic_of(r, &r->claims.at[stands[i].about]);
    if (stands[i].about != own->about && !same_topic(&other, &about)) continue;
    p->toward = o->toward;
    p->toward_id = o->toward_id;
    own->guessed = stands[i].guessed;
  }
  if (p->toward_id != ID_NONE || !(points_back(r, c) || is_pronoun(r, c)) || p->stance == STANCE_DEMANDS) return;
  for (size_t i = n; i-- > 0 && n - i <= LOOK_BACK;) {
    const struct position *o = &r->positions.at[i];
    if (sentence_at(r, o->span.begin) + LINE_WITHIN < sentence_at(r, p->span.begin)) break;
    if (o->toward != TOWARD_EVENT || o->toward_id == ID_NONE || !same_holder(r, o, p)) continue;
    p->toward = TOWARD_EVENT;
    p->toward_id = o->toward_id;
    own->guessed = stands[i].guessed;
    return;
  }
  p->toward = TOWARD_EVENT;
  p->toward_id = event_before(r, c, p->holder.country);
  own->guessed = p->toward_id != ID_NONE;
}

/* The earlier stands of the same line that were guessed to be toward the event of position `id` were toward the one that is named now. */
static void guesses_mend(struct reader *r, struct stand *stands, int32_t id, const struct position *p)
{
  int32_t guess = r->positions.at[id].toward_id;
  for (int32_t i = id; i >= 0 && id - i <= LOOK_BACK; i--) {
    struct position *o = &r->positions.at[i];
    if (!stands[i].guessed || o->toward_id != guess || !same_holder(r, o, p)) continue;
    o->toward_id = p->toward_id;
    stands[i].guessed = false;
  }
}

static void place_in_order(struct reader *r, struct stand *stands, struct position *p, const struct stand *own)
{
  size_t n = r->positions.n;
  p->order = 1;
  for (size_t i = n; i-- > 0 && n - i <= LOOK_BACK;) {
    const struct position *o = &r->positions.at[i];
    if (!same_holder(r, o, p)) continue;
    if (p->order == 1) p->order = o->order + 1;
    if (!same_thing(r, o, p, &stands[i], own)) continue;
    struct know_line where = {0};
    p->after = (int32_t)i;
    p->shift = cues_shift(r->know->cues, o->stance, p->stance, &where);
    trace_add(&p->trace, where);
    if (named_after_guess(r, o, p, &stands[i], own)) guesses_mend(r, stands, (int32_t)i, p);
    return;
  }
}

/* The event that the content says to have happened or not: its clause is the act; ID_NONE. */
static int32_t event_told(const struct reader *r, const struct claim *c)
{
  if (c->content.n == 0 || c->n_events == 0) return ID_NONE;
  int32_t head = content_head(r, c);
  for (uint32_t i = 0; i < c->n_events; i++)
    if (r->events.at[c->events[i]].token == head) return c->events[i];
  return ID_NONE;
}

static bool is_denied(const struct reader *r, int32_t event)
{
  return event != ID_NONE && (r->events.at[event].status == EVENT_DENIED || r->events.at[event].status == EVENT_NEGATED);
}

/* Where the clause with "after" that a cue stands in hangs on another's, that one; else the cue's own token, doubled. */
static int64_t place_in_time(const struct reader *r, const struct claim *c)
{
  const struct analysis *a = r->a;
  int32_t t = c->cue.token != TOKEN_NONE ? c->cue.token : token_from(a, c->span.begin);
  if (t >= a->n_tokens) return 2 * (int64_t)t;
  for (int32_t h = t, step = 0; step < 4 && h != TOKEN_NONE; h = a->tokens[h].head, step++) {
    enum deprel d = deprel_base((enum deprel)a->tokens[h].deprel);
    int32_t mark = d == DEP_ADVCL ? tree_child(a, h, DEP_MARK) : TOKEN_NONE;
    if (mark != TOKEN_NONE && after_mark(r, mark) && a->tokens[h].head < t && a->tokens[h].head != TOKEN_NONE) return 2 * (int64_t)a->tokens[h].head - 1;
    if (d != DEP_XCOMP && d != DEP_CONJ && d != DEP_CCOMP) break;
  }
  return 2 * (int64_t)t;
}

struct in_time {
  int64_t at;
  int32_t claim;
};

static int by_time(const void *x, const void *y)
{
  const struct in_time *a = x, *b = y;
  if (a->at != b->at) return a->at < b->at ? -1 : 1;
  return (a->claim > b->claim) - (a->claim < b->claim);
}

static bool stand_add(struct reader *r, struct stand *stands, const struct position *p, const struct stand *own)
{
  stands[r->positions.n] = *own;
  return vec_push(&r->positions, r->arena, *p);
}

/* A claim that tells a turn: the stance that was given up, unless it was told before, and the new one. */
static bool turn_add(struct reader *r, struct stand *stands, const struct claim *c, struct position *p, const struct stand *own)
{
  struct position former = *p;
  former.stance = c->turn.before;
  place_in_order(r, stands, &former, own);
  if (former.after == ID_NONE || r->positions.at[former.after].stance != former.stance) {
    if (!stand_add(r, stands, &former, own)) return false;
    former.after = (int32_t)r->positions.n - 1;
    former.order++;
  }
  p->order = former.order;
  p->after = former.after;
  p->shift = c->turn.shift;
  if (c->turn.shift == SHIFT_REVERSAL) {
    struct know_line where = {0};
    p->shift = cues_shift(r->know->cues, c->turn.before, p->stance, &where);
    trace_add(&p->trace, where);
  }
  return stand_add(r, stands, p, own);
}

#define CLAIMS_AROUND 8 /* claims before this one that may hold it */

/* "denied backing the rebels": what somebody denies of himself is no stand that he takes. */
static bool is_denied_by_himself(const struct reader *r, int32_t id)
{
  const struct claim *c = &r->claims.at[id];
  for (int32_t i = id - 1; i >= 0 && i >= id - CLAIMS_AROUND; i--) {
    const struct claim *over = &r->claims.at[i];
    if (over->stance != STANCE_DENIES || over->source.entity != c->source.entity) continue;
    for (uint32_t k = 0; k < over->content.n; k++)
      if (span_holds(over->content.at[k], c->cue.span)) return true;
  }
  return false;
}

static bool position_of(struct reader *r, struct stand *stands, int32_t id)
{
  const struct claim *c = &r->claims.at[id];
  int32_t told = c->stance == STANCE_AFFIRMS ? event_told(r, c) : ID_NONE;
  bool weak = !takes_side(c) && !c->turn.told, denied = c->stance == STANCE_AFFIRMS && is_denied(r, told);
  if (c->source.entity == ID_NONE || (weak && told == ID_NONE) || is_denied_by_himself(r, id)) return true;
  const struct entity *e = &r->entities.at[c->source.entity];
  struct position p = {.span = c->span, .holder = {c->source.entity, e->code, e->country}, .stance = denied ? STANCE_DENIES : c->stance, .claim = id,
                       .toward_id = ID_NONE, .date = r->published, .after = ID_NONE, .shift = SHIFT_NONE, .trace = {.rule = SLICE("position")}};
  struct stand own = {about_what(r, id), false};
  for (int k = 0; k < TRACE_LINES; k++) trace_add(&p.trace, c->trace.lines[k]);
  toward_find(r, c, &p);
  toward_told(r, stands, &p, &own);
  if (c->turn.told) return turn_add(r, stands, c, &p, &own);
  place_in_order(r, stands, &p, &own);
  if (weak && (p.shift != SHIFT_REVERSAL || p.toward != TOWARD_EVENT || r->positions.at[p.after].toward != TOWARD_EVENT)) return true;
  return stand_add(r, stands, &p, &own);
}

enum status positions_read(struct reader *r)
{
  size_t n = r->claims.n;
  struct in_time *order = arena_array(r->scratch, struct in_time, n + 1);
  struct stand *stands = arena_array(r->scratch, struct stand, 2 * n + 1);
  if (!order || !stands) return reader_full(r);
  for (size_t i = 0; i < n; i++) order[i] = (struct in_time){place_in_time(r, &r->claims.at[i]), (int32_t)i};
  qsort(order, n, sizeof *order, by_time);
  for (size_t i = 0; i < n; i++)
    if (!position_of(r, stands, order[i].claim)) return reader_full(r);
  return ST_OK;
}

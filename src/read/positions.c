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
 * Order is that of the cues in the text, save that what a clause with "after" tells came first, and "had initially", "his previous criticism" before what
 * the sentences just before tell.
 * Who only says something takes no side; such a stand is kept where a later one turns from it ("said it would pay ... refused to pay"). */
#include "read/positions.h"
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

/* ---- what a position is about, in words ---- */

#define TOPIC_WORDS 6
#define TOPIC_REACH 20 /* tokens of the content */

struct topic {
  struct slice word[TOPIC_WORDS];
  bool noun[TOPIC_WORDS];
  uint32_t n;
  bool pronoun; /* and "it", "them" for a thing told before */
};

/* The words of a claim that tell what it is about. */
static struct span words_of(const struct claim *c)
{
  static const struct span none = {0, 0};
  return c->content.n ? c->content.at[0] : none;
}

/* "to accept [the treaty]": a verb that takes a side is no part of what that is about. */
static bool is_stance(const struct reader *r, int32_t verb)
{
  for (const struct cue *row = cue_rows(r, verb); row; row = cues_next(row))
    if ((row->patterns & CUE_OBJECT) && (row->stance == STANCE_SUPPORTS || row->stance == STANCE_DENIES || row->stance == STANCE_CONDEMNS)) return true;
  return false;
}

/* The nouns and verbs that the words begin with, names left out. */
static struct topic topic_of(const struct reader *r, struct span span)
{
  const struct analysis *a = r->a;
  struct topic topic = {.n = 0};
  if (span.begin >= span.end) return topic;
  int32_t first = positions_token(a, span.begin);
  for (int32_t t = first; t < a->n_tokens && t < first + TOPIC_REACH && a->tokens[t].span.end <= span.end && topic.n < TOPIC_WORDS; t++)
    if (a->tokens[t].upos == UPOS_PRON && a->tokens[t].deprel == DEP_OBJ)
      topic.pronoun |= r->entity_at[t] == ID_NONE || r->entities.at[r->entity_at[t]].kind != KIND_PERSON;
    else if ((a->tokens[t].upos == UPOS_NOUN || (a->tokens[t].upos == UPOS_VERB && !is_stance(r, t))) && r->place_at[t] == ID_NONE) {
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
      if (slice_eq(a->word[i], b->word[j]) || positions_same_stem(a->word[i], b->word[j])) {
        common++;
        noun |= a->noun[i] || b->noun[j];
        break;
      }
  return noun && common * 2 >= less && (common > 1 || less == 1);
}

/* A stand while all are sought, beside its record. */
struct stand {
  int32_t about;     /* the claim whose content says in words what it is about: its own, or for a pronoun the one before */
  struct span words; /* those words; of an answer that tells nothing the question's */
  bool guessed;      /* its event is only the last one told before it */
  bool weak;         /* said as it is, with no side taken: a position only where a later one turns from it */
};

#define PRONOUN_BACK 2 /* sentences */

/* The claim that says what claim `id` is about: itself, or for a pronoun the last one before it with a noun as its content. */
static int32_t about_what(const struct reader *r, int32_t id)
{
  const struct claim *c = &r->claims.at[id];
  if (!positions_is_pronoun(r, c)) return id;
  uint32_t sentence = positions_sentence(r, c->cue.span.begin);
  for (int32_t k = id; k-- > 0 && id - k <= 8;) {
    const struct claim *o = &r->claims.at[k];
    if (positions_sentence(r, o->span.begin) + PRONOUN_BACK < sentence) break;
    if (o->content.n && o->cue.span.begin < c->cue.span.begin && !positions_is_pronoun(r, o) && topic_of(r, words_of(o)).n) return k;
  }
  for (int32_t k = id + 1; k < (int32_t)r->claims.n && k <= id + 2; k++) { /* in order of their begins: "X, which had backed the strikes, condemned them" */
    const struct claim *o = &r->claims.at[k];
    if (o->content.n && o->cue.span.begin < c->cue.span.begin && !positions_is_pronoun(r, o) && topic_of(r, words_of(o)).n) return k;
  }
  return id;
}

/* A country, its capital, or somebody of its government or forces: no firm, paper or private person. */
static bool speaks_for_country(const struct reader *r, const struct position *p)
{
  const struct entity *e = &r->entities.at[p->holder.entity];
  if (e->kind == KIND_COUNTRY || e->kind == KIND_PLACE || e->sectors[0] == 0) return true;
  for (size_t i = 0; i < sizeof e->sectors && e->sectors[i]; i++) /* who sits in a parliament or stands for office speaks for himself */
    if (e->sectors[i] == SECTOR_LEG || e->sectors[i] == SECTOR_OPP || e->sectors[i] == SECTOR_PTY || e->sectors[i] == SECTOR_ELI) return false;
  for (size_t i = 0; i < sizeof e->sectors && e->sectors[i]; i++)
    if (e->sectors[i] == SECTOR_GOV || e->sectors[i] == SECTOR_MIL) return true;
  return false;
}

static bool same_holder(const struct reader *r, const struct position *a, const struct position *b)
{
  if (r->speaks_for[a->holder.entity] == r->speaks_for[b->holder.entity]) return true;
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
    if (p->country.n && positions_has_part(b, p->country)) return true;
  }
  return !tells_country(a, holder) || !tells_country(b, holder);
}

/* "urged them to back the bill and criticized him": one sentence mostly tells one stand, with its sides. */
static bool same_sentence(const struct reader *r, const struct position *a, const struct position *b)
{
  int32_t x = positions_token(r->a, a->span.begin), y = positions_token(r->a, b->span.begin);
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

/* The noun that heads what a stand is about; TOKEN_NONE. */
static int32_t head_noun(const struct reader *r, const struct stand *s)
{
  const struct claim *c = &r->claims.at[s->about];
  if (c->content.n == 0) return TOKEN_NONE;
  const int32_t head = positions_content_head(r, c);
  return r->a->tokens[head].upos == UPOS_NOUN ? head : TOKEN_NONE;
}

/* Does the noun name again what the one before does: "the spectrum auction ... the auction", and no "Greek auction"? */
static bool points_at(const struct reader *r, int32_t before, int32_t noun)
{
  const struct analysis *a = r->a;
  if (before == TOKEN_NONE || noun == TOKEN_NONE || !slice_eq(a->tokens[before].lemma, a->tokens[noun].lemma)) return false;
  if (!positions_is_definite(a, noun)) return false;
  for (int32_t c = a->tokens[noun].first_child; c != TOKEN_NONE; c = a->tokens[c].next_sibling) {
    const enum deprel d = (enum deprel)a->tokens[c].deprel;
    if (d != DEP_COMPOUND && d != DEP_AMOD && d != DEP_NMOD && d != DEP_NMOD_POSS) continue;
    bool told = a->tokens[c].upos == UPOS_PRON;
    for (int32_t k = a->tokens[before].left; k <= a->tokens[before].right && !told; k++) told = slice_eq(a->tokens[k].lemma, a->tokens[c].lemma);
    if (!told) return false;
  }
  return true;
}

/* Who threatens, demands or says nothing may name a thing again anywhere: "criticised a new toll ... threatened to close the road over the toll". */
static bool may_name_again(enum stance stance)
{
  return stance == STANCE_THREATENS || stance == STANCE_DEMANDS || stance == STANCE_WITHHOLDS || stance == STANCE_EVADES || stance == STANCE_QUESTIONS;
}

static bool again_named(const struct reader *r, const struct stand *x, const struct stand *y)
{
  const struct analysis *a = r->a;
  const int32_t noun = head_noun(r, x), first = positions_token(a, y->words.begin);
  for (int32_t t = first; noun != TOKEN_NONE && t < a->n_tokens && t < first + TOPIC_REACH && a->tokens[t].span.end <= y->words.end; t++)
    if (a->tokens[t].upos == UPOS_NOUN && points_at(r, noun, t)) return true;
  return false;
}

/* One verb with one object: "would not release the men ... agreed to release them"? */
static bool same_deed(const struct reader *r, const struct stand *x, const struct stand *y)
{
  const struct token *tokens = r->a->tokens;
  const struct claim *one = &r->claims.at[x->about], *other = &r->claims.at[y->about];
  if (one->content.n == 0 || other->content.n == 0) return false;
  const int32_t a = positions_content_head(r, one), b = positions_content_head(r, other);
  if (tokens[a].upos != UPOS_VERB || tokens[b].upos != UPOS_VERB || !slice_eq(tokens[a].lemma, tokens[b].lemma)) return false;
  const int32_t o = tree_child(r->a, a, DEP_OBJ), p = tree_child(r->a, b, DEP_OBJ);
  if (o != TOKEN_NONE && p != TOKEN_NONE) return tokens[p].upos == UPOS_PRON || slice_eq(tokens[o].lemma, tokens[p].lemma);
  const int32_t s = tree_child(r->a, a, DEP_NSUBJ), t = tree_child(r->a, b, DEP_NSUBJ); /* "its refinery had not leaked ... had leaked" */
  return o == p && s != TOKEN_NONE && t != TOKEN_NONE && tokens[s].upos == UPOS_NOUN && slice_eq(tokens[s].lemma, tokens[t].lemma);
}

/* About the same in words, where neither asks for anything and their targets do not part them? */
static bool same_words(const struct reader *r, const struct position *a, const struct position *b, const struct stand *x, const struct stand *y,
                       bool same_target)
{
  bool entities = a->toward == TOWARD_ENTITY && b->toward == TOWARD_ENTITY && a->toward_id != ID_NONE && b->toward_id != ID_NONE;
  if (!binds(a->stance) && may_name_again(b->stance) && again_named(r, x, y)) return true;
  if (a->stance == STANCE_DEMANDS || b->stance == STANCE_DEMANDS) return false;
  if (x->about == y->about || same_deed(r, x, y)) return true; /* "rejected the plan and later accepted it" */
  if (!binds(a->stance) && !binds(b->stance) && points_at(r, head_noun(r, x), head_noun(r, y))) return true;
  struct topic one = topic_of(r, x->words), other = topic_of(r, y->words);
  bool again = other.pronoun && other.n && one.n && slice_eq(other.word[0], one.word[0]);
  if (!same_target && !again && (entities || binds(a->stance) || binds(b->stance))) return false;
  return same_topic(&one, &other);
}

/* "had backed", "used to back", "has come to back": of another time than a plain past or present. */
static bool held_before(const struct reader *r, int32_t cue)
{
  const struct analysis *a = r->a;
  for (int32_t c = a->tokens[cue].first_child; c != TOKEN_NONE; c = a->tokens[c].next_sibling)
    if (deprel_base((enum deprel)a->tokens[c].deprel) == DEP_AUX && slice_is(a->tokens[c].lemma, "have") && (a->tokens[c].feats & FEAT_PAST)) return true;
  const struct cue *above = a->tokens[cue].deprel == DEP_XCOMP ? cues_find(r->know->cues, a->tokens[a->tokens[cue].head].lemma, CUE_TIME) : NULL;
  return above && cue_takes(above, SLICE("inf"));
}

/* Does a word of time part the two, which stand in one sentence: "first refused, but in January agreed"? */
static bool parted_in_time(const struct reader *r, const struct position *a, const struct position *b)
{
  int32_t cues[] = {r->claims.at[a->claim].cue.token, r->claims.at[b->claim].cue.token, TOKEN_NONE, TOKEN_NONE};
  for (int i = 0; i < 2; i++) /* "then said it would accept it" */
    if (cues[i] != TOKEN_NONE && r->a->tokens[cues[i]].deprel == DEP_CCOMP) cues[i + 2] = r->a->tokens[cues[i]].head;
  int32_t length;
  for (size_t i = 0; i < sizeof cues / sizeof *cues; i++) {
    if (cues[i] != TOKEN_NONE && held_before(r, cues[i])) return true;
    for (int32_t c = cues[i] == TOKEN_NONE ? TOKEN_NONE : r->a->tokens[cues[i]].first_child; c != TOKEN_NONE; c = r->a->tokens[c].next_sibling) {
      enum deprel d = deprel_base((enum deprel)r->a->tokens[c].deprel);
      if (r->date_at[c] != ID_NONE || (d == DEP_MARK && positions_after_mark(r, c))) return true;
      if (d == DEP_ADVMOD && cues_at(r->know->cues, r->a, r->a->tokens[c].left, c + 1, CUE_TIME, &length)) return true;
    }
  }
  return a->claim == b->claim;
}

#define NAMED_WITHIN 4 /* sentences between a guess and the event that the holder names */

/* Was `a` guessed to speak of an event, and does `b` name one soon afterwards that was told before `a`, of the same country? */
static bool named_after_guess(const struct reader *r, const struct position *a, const struct position *b, const struct stand *x, const struct stand *y)
{
  if (!x->guessed || y->guessed || a->toward != TOWARD_EVENT || b->toward != TOWARD_EVENT || b->toward_id == ID_NONE) return false;
  const struct event *guess = &r->events.at[a->toward_id], *event = &r->events.at[b->toward_id];
  if (event->trigger.begin >= a->span.begin || positions_sentence(r, b->span.begin) > positions_sentence(r, a->span.begin) + NAMED_WITHIN) return false;
  return same_parties(guess, event, b->holder.country);
}

/* Is the whole entity judged both times, and not each time for another matter ("praised him for the bill ... criticised him for the budget")? */
static bool same_person(const struct reader *r, const struct position *a, const struct position *b)
{
  const struct position *both[] = {a, b};
  int matters = 0;
  if (!judges(a->stance) || !judges(b->stance)) return false;
  for (int i = 0; i < 2; i++) {
    const struct claim *c = &r->claims.at[both[i]->claim];
    const int32_t head = positions_content_head(r, c), name = source_name(r->a, head), at = name == TOKEN_NONE ? head : name;
    if (r->entity_at[at] != both[i]->toward_id) return false;
    matters += c->content.n > 1 || c->content.at[0].end > tree_mention(r->a, at).end;
  }
  return matters < 2;
}

/* Toward the same record, toward two tellings of one kind of act, or about the same in words. */
static bool same_thing(const struct reader *r, const struct position *a, const struct position *b, const struct stand *x, const struct stand *y)
{
  bool both = a->toward_id != ID_NONE && b->toward_id != ID_NONE && a->toward == b->toward, same = both && a->toward_id == b->toward_id;
  bool bind = binds(a->stance) || binds(b->stance);
  if (same_sentence(r, a, b) && !parted_in_time(r, a, b)) return same && a->toward != TOWARD_ENTITY && !bind; /* "first denied it, then evaded" */
  if (same && (a->toward != TOWARD_ENTITY || same_person(r, a, b))) return true;
  if (both && !same && a->toward == TOWARD_EVENT) {
    const struct event *e = &r->events.at[a->toward_id], *f = &r->events.at[b->toward_id];
    const bool words = cue_rows(r, e->token) && cue_rows(r, f->token); /* "endorsed one" is not "backed the other" */
    if (slice_eq(e->type, f->type) && !words) return same_parties(e, f, b->holder.country); /* an attack by others is another matter */
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
  struct topic about = topic_of(r, own->words);
  size_t n = r->positions.n;
  for (size_t i = n; p->toward_id == ID_NONE && i-- > 0 && n - i <= LOOK_BACK;) {
    const struct position *o = &r->positions.at[i];
    if (stands[i].weak || o->toward_id == ID_NONE || !same_holder(r, o, p)) continue;
    struct topic other = topic_of(r, stands[i].words);
    if (stands[i].about != own->about && !same_topic(&other, &about)) continue;
    p->toward = o->toward;
    p->toward_id = o->toward_id;
    own->guessed = stands[i].guessed;
  }
  if (p->toward_id != ID_NONE || !(positions_points_back(r, c) || positions_is_pronoun(r, c)) || p->stance == STANCE_DEMANDS) return;
  for (size_t i = n; i-- > 0 && n - i <= LOOK_BACK;) {
    const struct position *o = &r->positions.at[i];
    if (positions_sentence(r, o->span.begin) + LINE_WITHIN < positions_sentence(r, p->span.begin)) break;
    if (stands[i].weak || o->toward != TOWARD_EVENT || o->toward_id == ID_NONE || !same_holder(r, o, p)) continue;
    p->toward = TOWARD_EVENT;
    p->toward_id = o->toward_id;
    own->guessed = stands[i].guessed;
    return;
  }
  if (!positions_toward_answered(r, p->claim, p)) {
    p->toward = TOWARD_EVENT;
    p->toward_id = positions_event_before(r, c, p->holder.country);
  }
  own->guessed = p->toward == TOWARD_EVENT && p->toward_id != ID_NONE;
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

/* Is the one told in the words of the other: one saying, and no turn? */
static bool is_within(const struct reader *r, const struct position *p, const struct position *o)
{
  const struct claim *inner = &r->claims.at[p->claim], *outer = &r->claims.at[o->claim];
  for (uint32_t i = 0; i < outer->content.n; i++)
    if (inner != outer && span_holds(outer->content.at[i], inner->cue.span)) return true;
  return false;
}

/* The holder's last stand, a weak one or not, that is toward the same thing; ID_NONE. */
static int32_t stand_before(const struct reader *r, const struct stand *stands, const struct position *p, const struct stand *own, bool weak)
{
  const size_t n = r->positions.n;
  struct know_line unused;
  for (size_t i = n; i-- > 0 && n - i <= LOOK_BACK;) {
    const struct position *o = &r->positions.at[i];
    if (stands[i].weak != weak || !same_holder(r, o, p) || is_within(r, p, o)) continue;
    if (!weak && same_thing(r, o, p, &stands[i], own)) return (int32_t)i;
    const bool apart = !same_sentence(r, o, p) || parted_in_time(r, o, p);
    const bool turns = weak && apart && cues_shift(r->know->cues, o->stance, p->stance, &unused) != SHIFT_NONE;
    if (turns && same_words(r, o, p, &stands[i], own, false)) return (int32_t)i;
  }
  return ID_NONE;
}

static void place_in_order(struct reader *r, struct stand *stands, struct position *p, const struct stand *own)
{
  int32_t i = stand_before(r, stands, p, own, false);
  if (i == ID_NONE) i = stand_before(r, stands, p, own, true);
  if (i != ID_NONE) {
    const struct position *o = &r->positions.at[i];
    struct know_line where = {0};
    p->after = i;
    p->shift = cues_shift(r->know->cues, o->stance, p->stance, &where);
    const struct claim *c = &r->claims.at[p->claim]; /* "could accept", "is ready to accept" */
    if (p->shift == SHIFT_REVERSAL && (c->certainty == CERTAINTY_POSSIBLE || c->stance == STANCE_INTENDS)) p->shift = SHIFT_SOFTENING;
    trace_add(&p->trace, where);
    if (named_after_guess(r, o, p, &stands[i], own)) guesses_mend(r, stands, i, p);
  }
}

/* The event that the content says to have happened or not: its clause is the act; ID_NONE. */
static int32_t event_told(const struct reader *r, const struct claim *c)
{
  if (c->content.n == 0 || c->n_events == 0) return ID_NONE;
  int32_t head = positions_content_head(r, c);
  for (uint32_t i = 0; i < c->n_events; i++)
    if (r->events.at[c->events[i]].token == head) return c->events[i];
  return ID_NONE;
}

static bool is_denied(const struct reader *r, int32_t event)
{
  return event != ID_NONE && (r->events.at[event].status == EVENT_DENIED || r->events.at[event].status == EVENT_NEGATED);
}

#define BEFORE_WITHIN 3 /* sentences that tell what came later, before what came first */

/* "had initially welcomed it", "his previous criticism": told of a time before that of the sentences around it. */
static bool is_earlier(const struct reader *r, int32_t cue)
{
  const struct analysis *a = r->a;
  const bool noun = a->tokens[cue].upos == UPOS_NOUN;
  bool had = noun, time = false;
  int32_t length;
  for (int32_t c = a->tokens[cue].first_child; c != TOKEN_NONE && c < cue; c = a->tokens[c].next_sibling) {
    const enum deprel d = deprel_base((enum deprel)a->tokens[c].deprel);
    had |= d == DEP_AUX && slice_is(a->tokens[c].lemma, "have") && (a->tokens[c].feats & FEAT_PAST);
    time |= (d == DEP_ADVMOD || (noun && d == DEP_AMOD)) && cues_at(r->know->cues, a, a->tokens[c].left, c + 1, CUE_TIME, &length);
  }
  return had && time;
}

/* Where the clause with "after" that a cue stands in hangs on another's, that one; else the cue's own token, doubled. */
static int64_t place_in_time(const struct reader *r, const struct claim *c)
{
  const struct analysis *a = r->a;
  int32_t t = c->cue.token != TOKEN_NONE ? c->cue.token : positions_token(a, c->span.begin);
  if (t >= a->n_tokens) return 2 * (int64_t)t;
  if (is_earlier(r, t)) {
    const uint32_t own = a->tokens[t].sentence;
    return 2 * (int64_t)a->sentences[own > BEFORE_WITHIN ? own - BEFORE_WITHIN : 0].first - 1;
  }
  for (int32_t h = t, step = 0; step < 4 && h != TOKEN_NONE; h = a->tokens[h].head, step++) {
    enum deprel d = deprel_base((enum deprel)a->tokens[h].deprel);
    int32_t mark = d == DEP_ADVCL ? tree_child(a, h, DEP_MARK) : TOKEN_NONE;
    const int32_t above = a->tokens[h].head;
    if (mark != TOKEN_NONE && positions_after_mark(r, mark) && above < t && above != TOKEN_NONE) return 2 * (int64_t)above - 1;
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
  }
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

/* Is the subject of the content the source himself, or his own: "it", "its refinery"? */
static bool is_self(const struct reader *r, const struct claim *c, int32_t subject)
{
  const struct analysis *a = r->a;
  const int32_t owner = tree_child(a, subject, DEP_NMOD_POSS), at = owner != TOKEN_NONE && a->tokens[owner].upos == UPOS_PRON ? owner : subject;
  if (r->entity_at[at] == ID_NONE) return a->tokens[at].upos == UPOS_PRON && !(a->tokens[at].feats & (FEAT_DEM | FEAT_REL | FEAT_INT));
  return r->speaks_for[r->entity_at[at]] == r->speaks_for[c->source.entity];
}

/* "said it had not leaked", "said its troops did not cross", "said it would not pay": no state of mind and no present. */
static bool denies_own(const struct reader *r, const struct claim *c)
{
  const struct analysis *a = r->a;
  if (c->content.n == 0 || c->stance != STANCE_AFFIRMS) return false;
  const int32_t head = positions_content_head(r, c), subject = tree_child(a, head, DEP_NSUBJ);
  if (a->tokens[head].upos != UPOS_VERB || subject == TOKEN_NONE || !cue_negated(r, head) || cue_rows(r, head) || !is_self(r, c, subject)) return false;
  for (int32_t k = a->tokens[head].first_child; k != TOKEN_NONE; k = a->tokens[k].next_sibling)
    if (a->tokens[k].deprel == DEP_AUX && (!slice_is(a->tokens[k].lemma, "do") || (a->tokens[k].feats & FEAT_PAST)) && !slice_is(a->tokens[k].lemma, "be"))
      return !slice_is(a->tokens[head].lemma, "have");
  return false;
}

/* "is ready to accept the deal": the side that the act which somebody intends takes; STANCE_COUNT when it takes none. */
static enum stance side_meant(const struct reader *r, const struct claim *c)
{
  if (c->stance != STANCE_INTENDS || c->content.n == 0) return STANCE_COUNT;
  const int32_t head = positions_content_head(r, c);
  const struct cue *row = r->a->tokens[head].upos == UPOS_VERB ? cue_rows(r, head) : NULL;
  while (row && !(row->patterns & CUE_OBJECT)) row = cues_next(row);
  const enum stance stance = row ? row->stance : STANCE_COUNT;
  return stance == STANCE_SUPPORTS || stance == STANCE_CONDEMNS || stance == STANCE_DENIES || stance == STANCE_DEFENDS ? stance : STANCE_COUNT;
}

/* "said it would sell the jets": a deed of his own to come, which is no stance itself. */
static bool promises_own(const struct reader *r, const struct claim *c)
{
  const struct analysis *a = r->a;
  if (c->content.n == 0 || c->stance != STANCE_AFFIRMS) return false;
  const int32_t head = positions_content_head(r, c), subject = tree_child(a, head, DEP_NSUBJ), aux = tree_child(a, head, DEP_AUX);
  if (a->tokens[head].upos != UPOS_VERB || subject == TOKEN_NONE || aux == TOKEN_NONE || cue_negated(r, head) || cue_rows(r, head)) return false;
  return (slice_is(a->tokens[aux].lemma, "will") || slice_is(a->tokens[aux].lemma, "would")) && is_self(r, c, subject);
}

/* "said that its refinery had leaked": a deed told, of his own. */
static bool is_deed(const struct reader *r, const struct claim *c)
{
  if (c->content.n == 0 || c->stance != STANCE_AFFIRMS) return false;
  const int32_t head = positions_content_head(r, c), subject = tree_child(r->a, head, DEP_NSUBJ);
  return r->a->tokens[head].upos == UPOS_VERB && subject != TOKEN_NONE && !cue_negated(r, head) && !cue_rows(r, head) && is_self(r, c, subject);
}

/* The words of a question before an answer or behind it: "Asked [about the raid], he said: “No comment.”"; empty when there are none. */
static struct span question_of(const struct reader *r, const struct claim *c)
{
  const struct analysis *a = r->a;
  struct span none = {0, 0};
  for (int32_t k = c->cue.token == TOKEN_NONE ? TOKEN_NONE : a->tokens[c->cue.token].first_child; k != TOKEN_NONE; k = a->tokens[k].next_sibling) {
    const enum deprel d = deprel_base((enum deprel)a->tokens[k].deprel);
    const bool participle = a->tokens[k].upos == UPOS_VERB && tree_child(a, k, DEP_NSUBJ) == TOKEN_NONE && (d == DEP_ADVCL || d == DEP_CCOMP);
    if (participle && a->tokens[k].right > k && !span_holds(c->content.at[0], a->tokens[k].span)) return tree_span(a, k + 1, a->tokens[k].right + 1);
  }
  return none;
}

/* What a stand is about, in words: for an answer that tells nothing what was asked, else what the holder was just speaking of. */
static struct stand stand_of(const struct reader *r, const struct stand *stands, const struct position *p, int32_t id)
{
  const struct claim *c = &r->claims.at[id];
  struct stand own = {.about = about_what(r, id)};
  own.words = words_of(&r->claims.at[own.about]);
  if (own.about == id && positions_is_pronoun(r, c)) { /* "fought the levy and opposed it again" */
    const int32_t cue = c->cue.token, above = cue == TOKEN_NONE || r->a->tokens[cue].deprel != DEP_CONJ ? TOKEN_NONE : r->a->tokens[cue].head;
    const int32_t object = above == TOKEN_NONE ? TOKEN_NONE : tree_child(r->a, above, DEP_OBJ);
    if (object != TOKEN_NONE && object < cue && r->a->tokens[object].upos == UPOS_NOUN) own.words = tree_extent(r->a, object);
  }
  if (!c->blank) return own;
  own.words = question_of(r, c);
  if (topic_of(r, own.words).n) return own;
  const size_t n = r->positions.n;
  for (size_t i = n; i-- > 0 && n - i <= LOOK_BACK;) {
    const struct position *o = &r->positions.at[i];
    if (positions_sentence(r, o->span.begin) + LINE_WITHIN < positions_sentence(r, p->span.begin)) break;
    if (!stands[i].weak && same_holder(r, o, p)) return stands[i];
  }
  return own;
}

/* "whether it still backed", "if it supports": nobody says that he does. */
static bool is_open(const struct reader *r, const struct claim *c)
{
  const int32_t mark = c->cue.token == TOKEN_NONE ? TOKEN_NONE : tree_child(r->a, c->cue.token, DEP_MARK);
  return mark != TOKEN_NONE && mark < c->cue.token && (slice_is(r->a->tokens[mark].lemma, "whether") || slice_is(r->a->tokens[mark].lemma, "if"));
}

/* The stance that a claim of somebody known takes toward what it is about; STANCE_COUNT when it takes none.  *weak: by saying it alone. */
static enum stance stance_held(const struct reader *r, const struct claim *c, bool *weak)
{
  const int32_t told = c->stance == STANCE_AFFIRMS ? event_told(r, c) : ID_NONE;
  const bool not_so = denies_own(r, c), promises = promises_own(r, c);
  const enum stance meant = side_meant(r, c);
  *weak = !takes_side(c) && meant == STANCE_COUNT && !c->turn.told && !not_so;
  if (*weak && told == ID_NONE && !promises && !is_deed(r, c)) return STANCE_COUNT;
  if (not_so || (c->stance == STANCE_AFFIRMS && is_denied(r, told))) return STANCE_DENIES;
  if (promises) return STANCE_PROMISES;
  return meant != STANCE_COUNT ? meant : c->stance;
}

/* Is what is only said a turn from what was said before: toward the same act, or of one deed? */
static bool turns_by_saying(const struct reader *r, const struct stand *stands, const struct position *p, const struct stand *own)
{
  if (p->shift != SHIFT_REVERSAL) return false;
  return (p->toward == TOWARD_EVENT && r->positions.at[p->after].toward == TOWARD_EVENT) || same_deed(r, &stands[p->after], own);
}

static bool position_of(struct reader *r, struct stand *stands, int32_t id)
{
  const struct claim *c = &r->claims.at[id];
  if (c->source.entity == ID_NONE || is_denied_by_himself(r, id) || is_open(r, c)) return true;
  bool weak;
  const enum stance stance = stance_held(r, c, &weak);
  if (stance == STANCE_COUNT) return true;
  const int32_t body = r->speaks_for[c->source.entity];
  const struct entity *e = &r->entities.at[r->entities.at[body].country.n ? body : c->source.entity];
  struct position p = {.span = c->span, .holder = {body, e->code, e->country}, .stance = stance, .claim = id,
                       .toward_id = ID_NONE, .date = r->published, .after = ID_NONE, .shift = SHIFT_NONE, .trace = {.rule = SLICE("position")}};
  struct stand own = stand_of(r, stands, &p, id);
  for (int k = 0; k < TRACE_LINES; k++) trace_add(&p.trace, c->trace.lines[k]);
  positions_toward(r, c, &p);
  toward_told(r, stands, &p, &own);
  if (c->turn.told) return turn_add(r, stands, c, &p, &own);
  place_in_order(r, stands, &p, &own);
  if (stance == STANCE_QUESTIONS && c->cue.token != TOKEN_NONE && cue_negated(r, c->cue.token)) p.shift = SHIFT_NONE; /* "do not think that" */
  own.weak = weak && !turns_by_saying(r, stands, &p, &own);
  if (own.weak) {
    p.after = ID_NONE;
    p.shift = SHIFT_NONE;
  }
  return stand_add(r, stands, &p, &own);
}

/* Leaves out the weak stands from which nobody turned, and counts those of each holder. */
static bool keep_turned(struct reader *r, const struct stand *stands)
{
  const size_t n = r->positions.n;
  int32_t *now = arena_array(r->scratch, int32_t, n + 1); /* where each stands now, or ID_NONE */
  if (!now) return false;
  for (size_t i = 0; i < n; i++) now[i] = stands[i].weak ? ID_NONE : 0;
  for (size_t i = 0; i < n; i++)
    if (!stands[i].weak && r->positions.at[i].after != ID_NONE) now[r->positions.at[i].after] = 0;
  size_t kept = 0;
  for (size_t i = 0; i < n; i++) {
    struct position p = r->positions.at[i];
    if (now[i] == ID_NONE) continue;
    now[i] = (int32_t)kept;
    if (p.after != ID_NONE) p.after = now[p.after];
    p.order = 1;
    for (size_t k = kept; k-- > 0 && kept - k <= LOOK_BACK && p.order == 1;)
      if (same_holder(r, &r->positions.at[k], &p)) p.order = r->positions.at[k].order + 1;
    r->positions.at[kept++] = p;
  }
  r->positions.n = kept;
  return true;
}

enum status positions_read(struct reader *r)
{
  size_t n = r->claims.n;
  struct in_time *order = arena_array(r->scratch, struct in_time, n + 1);
  struct stand *stands = arena_array(r->scratch, struct stand, 2 * n + 1);
  r->speaks_for = positions_voices(r);
  if (!order || !stands || !r->speaks_for) return reader_full(r);
  for (size_t i = 0; i < n; i++) order[i] = (struct in_time){place_in_time(r, &r->claims.at[i]), (int32_t)i};
  qsort(order, n, sizeof *order, by_time);
  for (size_t i = 0; i < n; i++)
    if (!position_of(r, stands, order[i].claim)) return reader_full(r);
  return keep_turned(r, stands) ? ST_OK : reader_full(r);
}

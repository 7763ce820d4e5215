/* positions.c: who stands how toward what, in order.
 *
 * Each claim that takes a side makes a position.  Its holder is the source; Moscow, Putin and Lavrov are one holder, who speak for one
 * country; two firms or two actors of one country are two.
 * What it is toward, the first that is there: the event in its content; the earlier event that a noun of the content names again ("defended
 * the deployment"); the claim that it answers; the thing or person that the content names; and for a content that only points back
 * ("dismissed the reports", "avoided a denial") the last event before it in which the holder's country has a part, or the last at all.  Where
 * there is none of these it is toward nothing told.
 * When the holder stood otherwise toward the same thing before, the table of shifts names the turn.  The same thing is the same event or claim, the
 * same kind of act with a country in common that does it or has it done to it, an entity approved or disapproved of both times, or, without a demand,
 * and without a promise or threat to others, a content of much the same words, a noun among them.  Within one sentence only the same event or claim
 * is, and a demand, promise or threat is no turn there.
 */
#include "read/reader.h"
#include "read/tree.h"

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

/* The event that a content without one points back to; ID_NONE when no event stands before. */
static int32_t event_before(const struct reader *r, const struct claim *c, struct slice country)
{
  size_t end = events_before(r, c);
  int32_t last = ID_NONE;
  for (size_t i = end; i-- > 0 && end - i <= LOOK_BACK;) {
    const struct event *e = &r->events.at[i];
    if (e->trigger.begin >= c->span.begin) continue; /* the claim's own act: "called for" */
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

/* The last event told before whose trigger a noun of the content names again: "defended the deployment"; ID_NONE when there is none. */
static int32_t event_named(const struct reader *r, const struct claim *c)
{
  const struct analysis *a = r->a;
  if (c->content.n == 0) return ID_NONE;
  int32_t first = token_from(a, c->content.at[0].begin);
  size_t end = events_before(r, c);
  for (int32_t t = first; t < a->n_tokens && t < first + 12 && a->tokens[t].span.end <= c->content.at[0].end; t++) {
    if (a->tokens[t].upos != UPOS_NOUN) continue;
    for (size_t i = end; i-- > 0 && end - i <= LOOK_BACK;)
      if (same_stem(a->tokens[t].lemma, a->tokens[r->events.at[i].token].lemma)) return (int32_t)i;
  }
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

/* Has the content nothing of its own, or a thing that was told before: "it", "the reports", "a direct answer" withheld? */
static bool points_back(const struct reader *r, const struct claim *c)
{
  const struct analysis *a = r->a;
  if (c->content.n == 0 || c->stance == STANCE_WITHHOLDS || c->stance == STANCE_EVADES) return true;
  int32_t first = token_from(a, c->content.at[0].begin), head = first;
  uint32_t end = c->content.at[0].end;
  while (a->tokens[head].head >= first && a->tokens[a->tokens[head].head].span.end <= end) head = a->tokens[head].head;
  if (a->tokens[head].upos == UPOS_PRON) return (a->tokens[head].feats & (FEAT_DEM | FEAT_REL)) || slice_is(a->tokens[head].lemma, "it");
  return a->tokens[head].upos == UPOS_NOUN && tree_child(a, head, DEP_NMOD_POSS) == TOKEN_NONE;
}

static void toward_find(const struct reader *r, const struct claim *c, struct position *p)
{
  if (c->n_events) {
    p->toward = TOWARD_EVENT;
    p->toward_id = c->events[0];
    return;
  }
  int32_t named = event_named(r, c);
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
  p->toward_id = entity_in(r, c);
}

/* ---- what a position is about, in words ---- */

#define TOPIC_WORDS 6
#define TOPIC_REACH 20 /* tokens of the content */

struct topic {
  struct slice word[TOPIC_WORDS];
  bool noun[TOPIC_WORDS];
  uint32_t n;
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
    if ((a->tokens[t].upos == UPOS_NOUN || a->tokens[t].upos == UPOS_VERB) && r->place_at[t] == ID_NONE) {
      topic.noun[topic.n] = a->tokens[t].upos == UPOS_NOUN;
      topic.word[topic.n++] = a->tokens[t].lemma;
    }
  return topic;
}

/* Is half of the shorter topic in the other, a noun among it, and more than one word of a longer one? */
static bool same_topic(const struct topic *a, const struct topic *b)
{
  bool noun = false;
  uint32_t common = 0, less = a->n < b->n ? a->n : b->n;
  for (uint32_t i = 0; i < a->n; i++)
    for (uint32_t j = 0; j < b->n; j++)
      if (slice_eq(a->word[i], b->word[j]) || same_stem(a->word[i], b->word[j])) {
        common++;
        noun |= a->noun[i] || b->noun[j];
        break;
      }
  return noun && common * 2 >= less && (common > 1 || less == 1 || (a->n < 3 && b->n < 3));
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
static bool same_words(const struct reader *r, const struct position *a, const struct position *b, const struct topic *about, bool same_target)
{
  bool entities = a->toward == TOWARD_ENTITY && b->toward == TOWARD_ENTITY && a->toward_id != ID_NONE && b->toward_id != ID_NONE;
  if (a->stance == STANCE_DEMANDS || b->stance == STANCE_DEMANDS) return false;
  if (!same_target && (entities || binds(a->stance) || binds(b->stance))) return false;
  struct topic other = topic_of(r, &r->claims.at[a->claim]);
  return same_topic(&other, about);
}

/* Toward the same record, toward two tellings of one kind of act, or about the same in words. */
static bool same_thing(const struct reader *r, const struct position *a, const struct position *b, const struct topic *about)
{
  bool both = a->toward_id != ID_NONE && b->toward_id != ID_NONE && a->toward == b->toward, same = both && a->toward_id == b->toward_id;
  if (same_sentence(r, a, b)) return same && a->toward != TOWARD_ENTITY && !binds(a->stance) && !binds(b->stance); /* "first denied it, then evaded" */
  if (same && (a->toward != TOWARD_ENTITY || (judges(a->stance) && judges(b->stance)))) return true;
  if (both && !same && a->toward == TOWARD_EVENT) {
    const struct event *x = &r->events.at[a->toward_id], *y = &r->events.at[b->toward_id];
    if (slice_eq(x->type, y->type)) return same_parties(x, y, b->holder.country); /* an attack by others is another matter */
  }
  return same_words(r, a, b, about, same);
}

/* For a content that names none: what the holder's last position was toward that named the same thing in words ("the talks" again), else what it
 * points back to. */
static void toward_told(const struct reader *r, struct position *p)
{
  const struct claim *c = &r->claims.at[p->claim];
  struct topic about = topic_of(r, c);
  for (size_t n = r->positions.n, i = n; p->toward_id == ID_NONE && i-- > 0 && n - i <= LOOK_BACK;) {
    const struct position *o = &r->positions.at[i];
    if (o->toward_id == ID_NONE || !same_holder(r, o, p)) continue;
    struct topic other = topic_of(r, &r->claims.at[o->claim]);
    if (!same_topic(&other, &about)) continue;
    p->toward = o->toward;
    p->toward_id = o->toward_id;
  }
  if (p->toward_id != ID_NONE || !points_back(r, c)) return;
  p->toward = TOWARD_EVENT;
  p->toward_id = event_before(r, c, p->holder.country);
}

static void place_in_order(const struct reader *r, struct position *p)
{
  size_t n = r->positions.n;
  struct topic about = topic_of(r, &r->claims.at[p->claim]);
  p->order = 1;
  for (size_t i = n; i-- > 0 && n - i <= LOOK_BACK;) {
    const struct position *o = &r->positions.at[i];
    if (!same_holder(r, o, p)) continue;
    if (p->order == 1) p->order = o->order + 1;
    if (!same_thing(r, o, p, &about)) continue;
    struct know_line where = {0};
    p->after = (int32_t)i;
    p->shift = cues_shift(r->know->cues, o->stance, p->stance, &where);
    trace_add(&p->trace, where);
    return;
  }
}

enum status positions_read(struct reader *r)
{
  for (size_t i = 0; i < r->claims.n; i++) {
    const struct claim *c = &r->claims.at[i];
    if (c->source.entity == ID_NONE || !takes_side(c)) continue;
    const struct entity *e = &r->entities.at[c->source.entity];
    struct position p = {.span = c->span, .holder = {c->source.entity, e->code, e->country}, .stance = c->stance, .claim = (int32_t)i, .toward_id = ID_NONE,
                         .date = r->published, .after = ID_NONE, .shift = SHIFT_NONE, .trace = {.rule = SLICE("position")}};
    for (int k = 0; k < TRACE_LINES; k++) trace_add(&p.trace, c->trace.lines[k]);
    toward_find(r, c, &p);
    toward_told(r, &p);
    place_in_order(r, &p);
    if (!vec_push(&r->positions, r->arena, p)) return reader_full(r);
  }
  return ST_OK;
}

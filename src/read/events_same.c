/* events_same.c: mentions of one act, and what those that tell its place and date tell of the others.
 *
 * News says where and when once, in the headline or the first sentences, and goes on with "the attack", "the gunman shot", "was killed".  The
 * mentions are gone through in the order of the text, each joined to an act before it or the first of a new one, as in the sieves of coreference
 * (Lee et al. 2013, deterministic, surest first; for events Chambers et al. 2014): type, mode, parties, place, date and the words that tell acts of
 * a kind apart must not disagree, and something must speak for it: the same party, or a definite noun.  Then every mention without a place or
 * a date has the one that its act tells most exactly; Event.place_from and date_from name the mention that told it.
 *
 * Only what happened takes part.  Each mention looks at no more than ACTS_BACK acts, and at MENTIONS_BACK mentions of each. */
#include "read/events.h"
#include "base/map.h"
#include "read/status_marks.h"

#define ACTS_BACK 48
#define MENTIONS_BACK 6
#define COUNT_GROWS 2.0
#define SCENE_BACK 24 /* events */
#define LEAD 3 /* sentences in which the headline is told again */
#define SCENE_NEAR 60 /* tokens on each side */
#define SCENE_PASSAGE 2 /* sentences before */
#define SCENE_EVENTS 200 /* of a text, that are asked for its scene */
#define MONTH 7 /* letters of "2024-10": a year alone tells no day */

struct same {
  struct reader *r;
  int32_t *before;  /* event -> the mention of the same act before it, or ID_NONE */
  int32_t *last;    /* act -> its last mention */
  int32_t *place, *date; /* act -> the mention that tells them most exactly, or ID_NONE */
  int32_t *size;    /* act -> how many mentions */
  int32_t *act_of;  /* event -> act, or ID_NONE */
  int32_t n;
};

enum likeness { UNLIKE, OPEN, ALIKE };

static bool one_of(const struct reader *r, int32_t token, const char *class)
{
  char room[64];
  return rule_class_word(rules_class(r->know->rules, class), events_lemma(r, token, room));
}

/* The person who bears the name, as far as the text tells one. */
static bool is_named(const struct reader *r, const struct party *p)
{
  const struct entity *e = p->entity == ID_NONE ? NULL : &r->entities.at[p->entity];
  return e && e->kind == KIND_PERSON && e->named.begin < e->named.end;
}

/* How many they are, where the text says it, else 0. */
static double count_of(const struct reader *r, const struct party *p)
{
  const int32_t number = tree_child(r->a, p->token, DEP_NUMMOD);
  const int32_t figure = number == TOKEN_NONE ? ID_NONE : r->figure_at[number];
  if (figure == ID_NONE) return 0;
  const struct figure *f = &r->figures.at[figure];
  return f->has_value ? f->value : f->has_low ? f->low : f->high;
}

/* Tolls rise from telling to telling, but not by so much. */
static bool counts_differ(const struct reader *r, const struct party *p, const struct party *q)
{
  const double x = count_of(r, p), y = count_of(r, q);
  return x > 0 && y > 0 && (x > y * COUNT_GROWS || y > x * COUNT_GROWS);
}

static bool plural(const struct reader *r, const struct party *p) { return r->a->tokens[p->token].feats & FEAT_PLUR; }

static bool is_gunman(const struct party *p) { return p->sectors[0] == SECTOR_UAF; }
static bool is_force(const struct party *p) { return p->sectors[0] == SECTOR_MIL || p->sectors[0] == SECTOR_COP; }

static enum likeness party_like(const struct reader *r, const struct party *p, const struct party *q)
{
  if (p->entity != ID_NONE && p->entity == q->entity) return ALIKE;
  if (is_named(r, p) && is_named(r, q)) return UNLIKE;
  if (p->code.n > 3 && slice_eq(p->code, q->code)) return plural(r, p) == plural(r, q) ? ALIKE : OPEN;
  if (p->code.n == 0 || q->code.n == 0) return OPEN;
  if (is_gunman(p) != is_gunman(q)) return is_force(p) || is_force(q) ? UNLIKE : OPEN; /* "gunmen", and who they turn out to be */
  if (p->country.n == 0 || !slice_eq(p->country, q->country) || (p->code.n > 3 && q->code.n > 3)) return UNLIKE;
  const struct party *part = p->code.n > 3 ? p : q; /* a country and its government are one, it and its people may be */
  return part->code.n == 3 || part->sectors[0] == SECTOR_GOV || part->sectors[0] == SECTOR_MIL ? ALIKE : OPEN;
}

static enum likeness parties_like(const struct reader *r, const struct parties *p, const struct parties *q)
{
  enum likeness most = p->n && q->n ? UNLIKE : OPEN;
  for (uint32_t i = 0; i < p->n; i++)
    for (uint32_t k = 0; k < q->n; k++) {
      const enum likeness one = party_like(r, &p->at[i], &q->at[k]);
      if (counts_differ(r, &p->at[i], &q->at[k])) return UNLIKE;
      if (one > most) most = one;
    }
  return most;
}

#define MEET_LEAST 2 /* who meets or works together */

/* Of those who do something together each is one of the others. */
static bool all_alike(const struct reader *r, const struct parties *p, const struct parties *q)
{
  if (p->n > q->n) return all_alike(r, q, p);
  for (uint32_t i = 0; p->n >= MEET_LEAST && i < p->n; i++) {
    enum likeness most = UNLIKE;
    for (uint32_t k = 0; k < q->n; k++) {
      const enum likeness one = party_like(r, &p->at[i], &q->at[k]);
      if (one > most) most = one;
    }
    if (most == UNLIKE) return false;
  }
  return true;
}

static bool is_whole(const struct place *p) { return p->kind == PLACE_COUNTRY || p->kind == PLACE_ADMIN1; }

#define BESIDE 0.2 /* degrees: within one town */

/* A square and its town */
static bool is_beside(const struct place *x, const struct place *y)
{
  if (!x->has_point || !y->has_point || !slice_eq(x->country, y->country) || (x->kind == PLACE_CITY && y->kind == PLACE_CITY)) return false;
  const double north = x->lat - y->lat, east = x->lon - y->lon;
  return north < BESIDE && north > -BESIDE && east < BESIDE && east > -BESIDE;
}

/* Is it the same place, or one within the other? */
static bool places_agree(const struct reader *r, int32_t p, int32_t q)
{
  if (p == ID_NONE || q == ID_NONE || p == q) return true;
  const struct place *x = &r->places.at[p], *y = &r->places.at[q];
  if (slice_eq(x->name, y->name) || is_beside(x, y)) return true;
  return x->country.n && slice_eq(x->country, y->country) && (is_whole(x) || is_whole(y));
}

/* One value within the other: "2024-10" and "2024-10-25T09:00". */
static bool dates_agree(struct slice x, struct slice y)
{
  const size_t n = x.n < y.n ? x.n : y.n;
  return n == 0 || slice_eq(slice_sub(x, 0, n), slice_sub(y, 0, n));
}

/* The words that tell acts of one type apart ("nuclear"), as hung on the trigger or its object; empty when there are none. */
static struct slice kind_word(const struct reader *r, int32_t head, int depth)
{
  const struct analysis *a = r->a;
  for (int32_t c = a->tokens[head].first_child; c != TOKEN_NONE; c = a->tokens[c].next_sibling) {
    const enum deprel d = deprel_base((enum deprel)a->tokens[c].deprel);
    if ((d == DEP_AMOD || d == DEP_COMPOUND) && one_of(r, c, "act-kind")) return a->tokens[c].lemma;
    const bool within = depth && (d == DEP_OBJ || d == DEP_NMOD || d == DEP_COMPOUND || d == DEP_NSUBJ);
    const struct slice found = within ? kind_word(r, c, depth - 1) : (struct slice){0};
    if (found.n) return found;
  }
  return (struct slice){0};
}

/* Is it told as one act more: "another attack", "a second test", "launched a new missile"? */
static bool is_further(const struct reader *r, int32_t head, int depth)
{
  const struct analysis *a = r->a;
  for (int32_t c = a->tokens[head].first_child; c != TOKEN_NONE; c = a->tokens[c].next_sibling) {
    const enum deprel d = deprel_base((enum deprel)a->tokens[c].deprel);
    if (d == DEP_AMOD && (a->tokens[c].feats & FEAT_ORD)) return true;
    if ((d == DEP_DET || d == DEP_AMOD || d == DEP_ADVMOD) && one_of(r, c, "further-act")) return true;
    if (depth && d == DEP_OBJ && is_further(r, c, depth - 1)) return true;
  }
  return false;
}

/* Is something told of it that is no day: "for years", "often", "recently"? */
static bool is_vague(const struct reader *r, int32_t token)
{
  const struct analysis *a = r->a;
  for (int32_t c = a->tokens[token].first_child; c != TOKEN_NONE; c = a->tokens[c].next_sibling) {
    const enum deprel d = deprel_base((enum deprel)a->tokens[c].deprel);
    if (d != DEP_OBL && d != DEP_ADVMOD && d != DEP_NMOD && d != DEP_AMOD) continue;
    if (r->date_at[c] != ID_NONE || one_of(r, c, "at-times")) return true;
  }
  return false;
}

/* Is the verb's object something not told of before, and nobody: "fired *missiles*"? */
static bool is_of_new(const struct reader *r, const struct event *e)
{
  const int32_t object = tree_child(r->a, e->token, DEP_OBJ);
  if (object == TOKEN_NONE || r->a->tokens[object].upos != UPOS_NOUN || !status_indefinite(r->a, object)) return false;
  for (uint32_t i = 0; i < e->recipient.n; i++)
    if (e->recipient.at[i].token == object) return false;
  return true;
}

/* Did somebody do it of whom nothing was told before: "*a man* rammed his car into"? */
static bool is_by_new(const struct reader *r, const struct event *e)
{
  const int32_t subject = tree_child(r->a, e->token, DEP_NSUBJ);
  if (subject == TOKEN_NONE || r->a->tokens[subject].deprel != DEP_NSUBJ || r->a->tokens[subject].upos != UPOS_NOUN) return false;
  return !(r->a->tokens[subject].feats & FEAT_PLUR) && status_indefinite(r->a, subject);
}

/* May the mention be one of an act told before?  Nouns: one that is pointed at.  Verbs: what was done once. */
static bool may_join(const struct reader *r, const struct event *e)
{
  const struct token *t = &r->a->tokens[e->token];
  const bool lead = t->sentence < LEAD;
  if (!lead && is_by_new(r, e)) return false;
  if (e->date.id == ID_NONE && is_vague(r, e->token)) return false;
  if (t->upos == UPOS_VERB) {
    if (is_further(r, e->token, 1) && !lead) return false;
    if (lead) return true;
    const bool now = (t->feats & FEAT_PRES) && (t->feats & FEAT_FIN);
    const int32_t have = tree_child(r->a, e->token, DEP_AUX);
    const bool ever = have != TOKEN_NONE && slice_is(r->a->tokens[have].lemma, "have") && (r->a->tokens[have].feats & FEAT_PRES);
    return !now && !ever && !(t->feats & FEAT_INF) && !is_of_new(r, e);
  }
  return !status_indefinite(r->a, e->token) && !(t->feats & FEAT_PLUR) && !is_further(r, e->token, 0);
}

/* How alike two mentions are; UNLIKE when anything disagrees. */
static enum likeness mentions_like(const struct reader *r, const struct event *e, const struct event *f)
{
  const struct rule_class *own = rules_class(r->know->rules, "own-sort");
  const struct event *sort = e->mode.n ? e : f;
  if (!slice_eq(e->mode, f->mode) && ((e->mode.n && f->mode.n) || rule_class_act(r->know->rules, own, sort->type, sort->mode))) return UNLIKE;
  if (!places_agree(r, e->place, f->place) || !dates_agree(e->date.value, f->date.value)) return UNLIKE;
  if (!slice_eq(kind_word(r, e->token, 2), kind_word(r, f->token, 2))) return UNLIKE;
  if (!all_alike(r, &e->actor, &f->actor)) return UNLIKE;
  const enum likeness actor = parties_like(r, &e->actor, &f->actor), recipient = parties_like(r, &e->recipient, &f->recipient);
  if (actor == UNLIKE || recipient == UNLIKE) return UNLIKE;
  return actor > recipient ? actor : recipient;
}

/* How well the mention fits the act: 0 when it does not, more for the same parties, for what was told just before, and for what the text tells most of. */
static int32_t fit(const struct same *s, int32_t event, int32_t act)
{
  const struct reader *r = s->r;
  const struct event *e = &r->events.at[event];
  const bool noun = r->a->tokens[e->token].upos != UPOS_VERB;
  enum likeness most = UNLIKE;
  int32_t seen = 0;
  for (int32_t m = s->last[act]; m != ID_NONE && seen < MENTIONS_BACK; m = s->before[m], seen++) {
    const struct event *f = &r->events.at[m];
    if (!slice_eq(e->type, f->type)) return 0;
    const enum likeness one = mentions_like(r, e, f);
    if (one == UNLIKE) return 0;
    if (one > most) most = one;
  }
  const int32_t told[2] = {s->place[act], s->date[act]};
  if (told[0] != ID_NONE && !places_agree(r, e->place, r->events.at[told[0]].place)) return 0;
  if (told[1] != ID_NONE && !dates_agree(e->date.value, r->events.at[told[1]].date.value)) return 0;
  if (most == OPEN && !noun) return 0;
  return 1 + (most == ALIKE ? 1000 : 0) + (s->size[act] < 900 ? s->size[act] : 900);
}

/* A clock alone ("01:26") stands on the day of something else. */
static bool tells_day(const struct reader *r, const struct event *e)
{
  if (e->date.value.n < MONTH || e->date.id == ID_NONE) return false;
  const struct slice text = slice_span(r->a->text, r->dates.at[e->date.id].span);
  for (size_t i = 0; i < text.n; i++)
    if ((text.at[i] | 0x20) >= 'a' && (text.at[i] | 0x20) <= 'z') return true;
  return text.n > MONTH;
}

/* Keeps the mention that tells more exactly where and when. */
static void tell(struct same *s, int32_t act, int32_t event)
{
  const struct reader *r = s->r;
  const struct event *e = &r->events.at[event];
  if (e->place != ID_NONE) {
    const int32_t old = s->place[act];
    if (old == ID_NONE || (is_whole(&r->places.at[r->events.at[old].place]) && !is_whole(&r->places.at[e->place]))) s->place[act] = event;
  }
  if (tells_day(r, e)) {
    const int32_t old = s->date[act];
    if (old == ID_NONE || r->events.at[old].date.value.n < e->date.value.n) s->date[act] = event;
  }
}

static void join(struct same *s, int32_t event)
{
  const struct event *e = &s->r->events.at[event];
  int32_t best = ID_NONE, best_fit = 0;
  for (int32_t act = s->n - 1; may_join(s->r, e) && act >= 0 && act >= s->n - ACTS_BACK; act--) {
    const int32_t one = fit(s, event, act);
    if (one == 0 || one < best_fit) continue; /* of equals the first: what the text is about */
    best = act;
    best_fit = one;
  }
  if (best == ID_NONE) {
    best = s->n++;
    s->last[best] = s->place[best] = s->date[best] = ID_NONE;
    s->size[best] = 0;
  }
  s->before[event] = s->last[best];
  s->last[best] = event;
  s->size[best]++;
  s->act_of[event] = best;
  tell(s, best, event);
}

/* Is another place told in the passage, or another day in the sentence? */
static bool tells_other(const struct reader *r, const struct event *e, const struct event *scene)
{
  const uint32_t own = r->a->tokens[e->token].sentence;
  const struct sentence *s = &r->a->sentences[own], *from = &r->a->sentences[own > SCENE_PASSAGE ? own - SCENE_PASSAGE : 0];
  const int32_t first = e->token - SCENE_NEAR > from->first ? e->token - SCENE_NEAR : from->first;
  for (int32_t t = first; t < s->end && t < e->token + SCENE_NEAR; t++) {
    const int32_t place = r->place_at[t], date = t < s->first ? ID_NONE : r->date_at[t];
    const enum place_use use = place == ID_NONE ? USE_DEMONYM : r->places.at[place].use;
    const bool there = place != ID_NONE && (use == USE_LITERAL || use == USE_MODIFIER || (use != USE_DEMONYM && r->places.at[place].kind == PLACE_CITY));
    if (there && !places_agree(r, place, scene->place)) return true;
    if (date != ID_NONE && !dates_agree(r->dates.at[date].value, scene->date.value)) return true;
  }
  return false;
}

/* Does a town before a noun of the sentence tell that it was somewhere else: "struck *Paris* bars"? */
static bool is_at_other(const struct reader *r, const struct event *e, const struct event *other)
{
  const struct sentence *s = &r->a->sentences[r->a->tokens[e->token].sentence];
  const int32_t first = e->token - SCENE_NEAR > s->first ? e->token - SCENE_NEAR : s->first;
  for (int32_t t = first; t < e->token; t++) {
    const struct place *p = r->place_at[t] == ID_NONE ? NULL : &r->places.at[r->place_at[t]];
    if (p && p->use == USE_MODIFIER && p->kind == PLACE_CITY && !places_agree(r, r->place_at[t], other->place)) return true;
  }
  return false;
}

/* Gives the mention the place and the date of the others that tell them, where it tells none. */
static void take(struct reader *r, struct event *e, int32_t place, int32_t date)
{
  if (e->place == ID_NONE && place != ID_NONE) {
    e->place = r->events.at[place].place;
    e->place_from = place;
  }
  if (e->date.id == ID_NONE && date != ID_NONE) {
    e->date.id = r->events.at[date].date.id;
    e->date.value = r->events.at[date].date.value;
    e->date_from = date;
  }
}

static bool has_person(const struct reader *r, const struct parties *p, int32_t entity)
{
  for (uint32_t i = 0; i < p->n; i++)
    if (p->at[i].entity == entity && r->entities.at[entity].kind == KIND_PERSON) return true;
  return false;
}

/* Does one person act or suffer in both? */
static bool share_person(const struct reader *r, const struct event *e, const struct event *f)
{
  for (uint32_t i = 0; i < e->actor.n + e->recipient.n; i++) {
    const int32_t who = i < e->actor.n ? e->actor.at[i].entity : e->recipient.at[i - e->actor.n].entity;
    if (who != ID_NONE && (has_person(r, &f->actor, who) || has_person(r, &f->recipient, who))) return true;
  }
  return false;
}

/* Violence by or to somebody is of one scene with the violence told of them just before: "police shot the *gunman*". */
static void from_scene(struct reader *r, const struct rule_class *scene, size_t event)
{
  struct event *e = &r->events.at[event];
  if ((e->place != ID_NONE && e->date.id != ID_NONE) || !rule_class_act(r->know->rules, scene, e->type, e->mode) || !may_join(r, e)) return;
  for (size_t i = event, seen = 0; i-- > 0 && seen < SCENE_BACK; seen++) {
    const struct event *f = &r->events.at[i];
    if (f->status != EVENT_ACTUAL || !slice_eq(f->type, e->type) || !share_person(r, e, f)) continue;
    if (!places_agree(r, e->place, f->place) || !dates_agree(e->date.value, f->date.value)) return;
    take(r, e, f->place == ID_NONE ? ID_NONE : (int32_t)i, f->date.value.n < MONTH ? ID_NONE : (int32_t)i);
    if (e->place != ID_NONE) return;
  }
}

#define SCENE_LEAST 2 /* mentions that tell where it was, one of them in these first sentences; else so many more */
#define SCENE_LEAD 6
#define SCENE_LATE 5
#define SCENE_SHARE 70 /* of a hundred of those that tell a place */

static bool in_scene(const struct reader *r, const struct rule_class *scene, const struct event *e)
{
  return e->status == EVENT_ACTUAL && rule_class_act(r->know->rules, scene, e->type, e->mode);
}

/* The town that the text names most, the first of equals; ID_NONE where it names none.  *full: no room for counting. */
static int32_t town_of(const struct reader *r, bool *full)
{
  struct map times = {0};
  uint32_t most = 0;
  int32_t town = ID_NONE;
  for (size_t i = 0; i < r->places.n; i++) {
    const struct place *p = &r->places.at[i];
    if (is_whole(p) || (p->use != USE_LITERAL && p->use != USE_MODIFIER)) continue;
    uint32_t *n = map_add(&times, r->scratch, p->name, 0);
    if (!n) *full = true;
    if (!n || ++*n <= most) continue;
    most = *n;
    town = (int32_t)i;
  }
  return town;
}

/* The mention that tells best where the violence of a text of one scene was: in the town that the text names most, and nearly all that tell a place
 * tell this one; ID_NONE. */
static int32_t scene_of(const struct reader *r, const struct rule_class *scene, bool *full)
{
  const int32_t town = town_of(r, full);
  if (town == ID_NONE) return ID_NONE;
  int32_t best = ID_NONE;
  size_t most = 0, told = 0, lead = SCENE_LATE;
  const size_t n = r->events.n < SCENE_EVENTS ? r->events.n : SCENE_EVENTS;
  for (size_t i = 0; i < n; i++) {
    const struct event *e = &r->events.at[i];
    if (!in_scene(r, scene, e) || e->place == ID_NONE) continue;
    told++;
    if (r->a->tokens[e->token].sentence < SCENE_LEAD && places_agree(r, e->place, town)) lead = SCENE_LEAST;
    if (e->place_from != ID_NONE || is_whole(&r->places.at[e->place]) || !places_agree(r, e->place, town)) continue;
    size_t agree = 0;
    for (size_t k = 0; k < n; k++) {
      const struct event *f = &r->events.at[k];
      agree += in_scene(r, scene, f) && f->place != ID_NONE && places_agree(r, e->place, f->place);
    }
    if (agree > most) {
      most = agree;
      best = (int32_t)i;
    }
  }
  return most >= lead && most * 100 >= told * SCENE_SHARE ? best : ID_NONE;
}

/* Is it where the text was written: "LIMA, Peru (AP) - "? */
static bool is_dateline(const struct reader *r, const struct place *p)
{
  const struct sentence *s = &r->a->sentences[r->a->tokens[p->first].sentence];
  const uint8_t next = p->end < r->a->n_tokens ? r->a->tokens[p->end].upos : UPOS_X;
  return p->first == s->first && (next == UPOS_PUNCT || next == UPOS_SYM);
}

/* The town that the text names most, where its first sentences name no other; ID_NONE. */
static int32_t lead_town(const struct reader *r, bool *full)
{
  const int32_t town = town_of(r, full);
  bool told = false;
  for (size_t i = 0; i < r->places.n && town != ID_NONE && r->a->tokens[r->places.at[i].first].sentence < SCENE_LEAD; i++) {
    const struct place *p = &r->places.at[i];
    const int32_t marker = tree_case(r->a, p->first);
    if (is_whole(p) || p->use != USE_LITERAL || is_dateline(r, p) || (marker != TOKEN_NONE && one_of(r, marker, "close-by"))) continue;
    if (!places_agree(r, (int32_t)i, town)) return ID_NONE;
    told = true;
  }
  return told ? town : ID_NONE;
}

/* What the first sentences tell without a place was in the one town that they name. */
static void from_lead(const struct reader *r, const struct rule_class *scene, struct event *e, int32_t town)
{
  const struct slice country = r->places.at[town].country;
  if (!in_scene(r, scene, e) || e->place != ID_NONE || r->a->tokens[e->token].sentence >= SCENE_LEAD || !may_join(r, e)) return;
  for (uint32_t k = 0; k < e->recipient.n; k++)
    if (e->recipient.at[k].country.n && !slice_eq(e->recipient.at[k].country, country)) return;
  const struct event there = {.place = town};
  if (!tells_other(r, e, &there)) e->place = town;
}

/* In a text of one scene what is told without a place was there. */
static bool from_text(struct reader *r, const struct rule_class *scene)
{
  bool full = false;
  const int32_t best = scene_of(r, scene, &full), town = best == ID_NONE ? lead_town(r, &full) : ID_NONE;
  for (size_t i = 0; i < r->events.n && town != ID_NONE; i++) from_lead(r, scene, &r->events.at[i], town);
  if (best == ID_NONE) return !full;
  const struct event *told = &r->events.at[best];
  for (size_t i = 0; i < r->events.n; i++) {
    struct event *e = &r->events.at[i];
    if (!in_scene(r, scene, e) || e->place != ID_NONE || !may_join(r, e) || tells_other(r, e, told)) continue;
    bool abroad = false;
    for (uint32_t k = 0; k < e->recipient.n; k++)
      abroad |= e->recipient.at[k].country.n && !slice_eq(e->recipient.at[k].country, r->places.at[told->place].country);
    if (!abroad) take(r, e, best, told->date.value.n < MONTH ? ID_NONE : best);
  }
  return true;
}

bool events_same(struct reader *r)
{
  const size_t n = r->events.n;
  struct same s = {.r = r};
  int32_t *room = arena_array(r->scratch, int32_t, 6 * n + 1);
  if (!room) return false;
  s.before = room;
  s.last = room + n;
  s.place = room + 2 * n;
  s.date = room + 3 * n;
  s.size = room + 4 * n;
  s.act_of = room + 5 * n;
  const struct rule_class *again = rules_class(r->know->rules, "told-again");
  for (size_t i = 0; i < n; i++) {
    const struct event *e = &r->events.at[i];
    s.act_of[i] = ID_NONE;
    if (again && e->status == EVENT_ACTUAL && rule_class_act(r->know->rules, again, e->type, e->mode)) join(&s, (int32_t)i);
  }
  for (size_t i = 0; i < n; i++) {
    struct event *e = &r->events.at[i];
    if (s.act_of[i] == ID_NONE) continue;
    const int32_t place = s.place[s.act_of[i]]; /* "gunmen struck *Paris* bars, | killing ten": not where others were killed */
    const bool elsewhere = place != ID_NONE && e->place == ID_NONE && is_at_other(r, e, &r->events.at[place]);
    take(r, e, elsewhere ? ID_NONE : place, elsewhere ? ID_NONE : s.date[s.act_of[i]]);
  }
  const struct rule_class *scene = rules_class(r->know->rules, "one-scene");
  for (size_t i = 0; i < n; i++)
    if (scene && s.act_of[i] != ID_NONE) from_scene(r, scene, i);
  return !scene || from_text(r, scene);
}

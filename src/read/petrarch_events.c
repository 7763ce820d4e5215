/* petrarch_events.c: the events of a document by PETRARCH's dictionaries.
 *
 * Verbs are taken in the order of the text; what stands within the verb phrase of one that gave an event is not looked at again.  Unless
 * the pattern names them, the source is the first actor left of the verb, the target the first one behind it with another code, else the
 * nearest one before it; a passive with "by" turns them.  An event needs both (PETRARCH's require_dyad).  A compound gives an event for
 * each pair, and "[030:040]" a second one the other way round. */
#include "read/petrarch.h"
#include <stdlib.h>

struct coder {
  struct petr_scene scene;
  bool *skip;            /* [token - scene.first]: within a verb phrase that gave an event */
  bool story_discarded;
};

/* ---- source and target ---- */

static bool somebody(const struct petr_group *g, bool nobody_too)
{
  for (uint32_t i = 0; i < g->n; i++)
    if (nobody_too || !g->who[i].nobody) return true;
  return false;
}

static bool same_code(const struct petr_group *a, const struct petr_group *b) { return a->n == 1 && b->n == 1 && slice_eq(a->who[0].code, b->who[0].code); }

/* The first group from `from` on (not reaching `end`) that is somebody else than `other`. */
static int32_t first_group(const struct petr_scene *s, int32_t from, int32_t end, int step, const bool *may, int32_t other, bool nobody_too)
{
  for (int32_t t = from; t != end; t += step) {
    int32_t id = s->group_at[t - s->first];
    if (!may[t - s->first] || id == PETR_NONE || id == other || !somebody(&s->groups.at[id], nobody_too)) continue;
    if (other != PETR_NONE && same_code(&s->groups.at[id], &s->groups.at[other])) continue;
    return id;
  }
  return PETR_NONE;
}

/* Who does a passive: behind "by". */
static int32_t passive_doer(const struct petr_scene *s, const struct petr_reach *reach)
{
  const struct analysis *a = s->r->a;
  bool passive = (a->tokens[reach->verb].feats & FEAT_PASS) || tree_child(a, reach->verb, DEP_AUX_PASS) != TOKEN_NONE;
  for (int32_t c = a->tokens[reach->verb].first_child; passive && c != TOKEN_NONE; c = a->tokens[c].next_sibling) {
    int32_t marker = tree_case(a, c);
    if (c < reach->verb || marker == TOKEN_NONE || !slice_is(a->tokens[marker].lemma, "by")) continue;
    int32_t id = s->group_at[c - s->first];
    if (id != PETR_NONE && s->groups.at[id].n) return id;
  }
  return PETR_NONE;
}

/* Fills in whom the pattern does not name; false when somebody is missing. */
static bool complete(const struct petr_scene *s, const struct petr_reach *reach, struct petr_match *m)
{
  int32_t end = reach->last + 1;
  if (m->both != PETR_NONE && m->source == PETR_NONE) m->source = m->both;
  if (m->both != PETR_NONE && m->target == PETR_NONE) m->target = m->both;
  int32_t doer = m->pattern && (m->source != PETR_NONE || m->target != PETR_NONE) ? PETR_NONE : passive_doer(s, reach);
  if (doer != PETR_NONE && m->target == PETR_NONE) {
    m->source = doer;
    m->target = first_group(s, reach->from, m->first, 1, reach->upper, doer, false);
  }
  for (int nobody = 0; nobody < 2 && m->source == PETR_NONE; nobody++)
    m->source = first_group(s, reach->from, m->first, 1, reach->upper, m->target, nobody == 1);
  for (int nobody = 0; nobody < 2 && m->target == PETR_NONE; nobody++)
    m->target = first_group(s, m->end, end, 1, reach->lower, m->source, nobody == 1);
  if (m->target == PETR_NONE) m->target = first_group(s, m->first - 1, reach->from - 1, -1, reach->upper, m->source, true);
  if (m->source == PETR_NONE && m->target != PETR_NONE && s->groups.at[m->target].n > 1) m->source = m->target;
  return m->source != PETR_NONE && m->target != PETR_NONE;
}

/* ---- records ---- */

static bool party_of(struct coder *c, const struct petr_who *who, struct parties *to)
{
  struct reader *r = c->scene.r;
  struct party p = {.span = tree_mention(r->a, who->head), .entity = r->entity_at[who->head], .code = who->code, .token = who->head};
  if (p.entity == ID_NONE) p.entity = r->mention_at[who->head];
  petr_read_code(p.code, &p.country, p.sectors);
  struct party *grown = arena_grow(r->arena, to->at, to->n * sizeof *grown, (to->n + 1) * sizeof *grown);
  if (!grown) return false;
  grown[to->n++] = p;
  to->at = grown;
  return true;
}

/* PLOVER has no type for statements, nor for a code of the user's own. */
static void type_of(const struct petrarch *p, struct event *e)
{
  const struct plover_act *act = plover_of_cameo(p->plover, e->cameo);
  e->type = act ? act->type : SLICE("OTHER");
  if (!act) return;
  e->mode = act->mode;
  e->score = act->score;
}

static bool add_event(struct coder *c, const struct petr_match *m, struct slice code, const struct petr_who *from, uint32_t n_from, const struct petr_who *to,
                      uint32_t n_to)
{
  struct reader *r = c->scene.r;
  int32_t verb = c->scene.reached;
  struct event e = {.token = verb, .cameo = code, .claim = ID_NONE, .place = ID_NONE, .origin = ID_NONE, .destination = ID_NONE, .place_from = ID_NONE,
                    .date_from = ID_NONE};
  struct match frame = {.light = TOKEN_NONE};
  frame_of(r->a, verb, &frame.frame);
  e.trace.rule = m->pattern ? m->pattern->rule : m->verb->rule;
  trace_add(&e.trace, m->pattern ? m->pattern->where : m->verb->where);
  for (uint32_t i = 0; i < n_from; i++) {
    if (!party_of(c, &from[i], &e.actor)) return false;
    trace_add(&e.trace, from[i].where);
  }
  for (uint32_t i = 0; i < n_to; i++) {
    if (!party_of(c, &to[i], &e.recipient)) return false;
    trace_add(&e.trace, to[i].where);
  }
  type_of(c->scene.p, &e);
  events_where(r, &frame, &e);
  events_when(r, &frame, &e);
  events_contexts(r, verb, &e);
  e.trigger = tree_span(r->a, m->first, m->end);
  e.span = tree_extent(r->a, verb);
  if (!span_holds(e.span, e.trigger)) e.span = e.trigger;
  /* what the pattern says before the verb ("WILL NOT *") is in its code already */
  e.status = m->pattern && (m->pattern->n_before || m->p2) ? EVENT_ACTUAL : status_of(r, verb, &e.trace);
  return vec_push(&r->events, r->arena, e);
}

/* One event for all pairs; where somebody stands on both sides, one for each pair of two. */
static bool add_pairs(struct coder *c, const struct petr_match *m, struct slice code, const struct petr_group *from, const struct petr_group *to)
{
  bool overlap = false;
  for (uint32_t i = 0; i < from->n; i++)
    for (uint32_t k = 0; k < to->n; k++) overlap = overlap || slice_eq(from->who[i].code, to->who[k].code);
  if (code.n == 0) return true;
  if (!overlap) return add_event(c, m, code, from->who, from->n, to->who, to->n);
  for (uint32_t i = 0; i < from->n; i++)
    for (uint32_t k = 0; k < to->n; k++)
      if (!slice_eq(from->who[i].code, to->who[k].code) && !add_event(c, m, code, &from->who[i], 1, &to->who[k], 1)) return false;
  return true;
}

/* The events of one match; *any: there were some. */
static bool add_match(struct coder *c, const struct petr_match *m, bool *any)
{
  const struct petr_scene *s = &c->scene;
  const struct petr_group *from = &s->groups.at[m->source], *to = &s->groups.at[m->target];
  size_t before = s->r->events.n;
  struct slice first = m->act.first, second = m->act.second;
  bool good;
  if (m->p2) { /* the second code is that of the passive */
    bool passive = (s->r->a->tokens[s->reached].feats & FEAT_PASS) != 0;
    good = add_pairs(c, m, passive && second.n ? second : first, from, to);
  } else good = add_pairs(c, m, first, from, to) && add_pairs(c, m, second, to, from);
  *any = s->r->events.n > before;
  return good;
}

/* ---- transformations ---- */

/* The verb of the clause that the verb governs. */
static int32_t inner_verb(const struct analysis *a, int32_t verb)
{
  for (int32_t c = a->tokens[verb].first_child; c != TOKEN_NONE; c = a->tokens[c].next_sibling) {
    enum deprel d = deprel_base((enum deprel)a->tokens[c].deprel);
    if (d == DEP_CCOMP || d == DEP_XCOMP) return c;
  }
  return TOKEN_NONE;
}

/* Binds a variable to a group: '.' takes anybody, '_' nobody. */
static bool bind(const struct petr_scene *s, char name, int32_t id, int32_t bound[128])
{
  if (name == '.') return true;
  if (name == '_') return id == PETR_NONE;
  if (id == PETR_NONE) return false;
  int32_t *slot = &bound[(unsigned char)name & 127];
  if (*slot == PETR_NONE) *slot = id;
  return *slot == id || same_code(&s->groups.at[*slot], &s->groups.at[id]);
}

static bool transform(struct coder *c, const struct petr_match *outer, int32_t verb, bool *any)
{
  struct petr_scene *s = &c->scene;
  struct petr_reach reach;
  struct petr_match inner, with = *outer;
  int32_t below = inner_verb(s->r->a, verb), source = outer->source, saying = PETR_NONE;
  *any = false;
  if (!outer->p2 || s->p->transformations.n == 0 || below == TOKEN_NONE) return true;
  petr_reach(s, verb, &reach);
  saying = source != PETR_NONE ? source : first_group(s, reach.from, outer->first, 1, reach.upper, PETR_NONE, false);
  petr_reach(s, below, &reach);
  if (!petr_match(s, &reach, &inner)) return true;
  int32_t subject = tree_child(s->r->a, below, DEP_NSUBJ), doer = PETR_NONE;
  if (subject != TOKEN_NONE) doer = s->group_at[subject - s->first];
  if (doer != PETR_NONE && s->groups.at[doer].n == 0) doer = subject != TOKEN_NONE && s->r->a->tokens[subject].upos == UPOS_PRON ? saying : PETR_NONE;
  int32_t done = first_group(s, inner.end, reach.last + 1, 1, reach.lower, doer, false);
  for (size_t i = 0; i < s->p->transformations.n; i++) {
    const struct petr_transformation *t = &s->p->transformations.at[i];
    int32_t bound[128];
    for (int k = 0; k < 128; k++) bound[k] = PETR_NONE;
    if (!petr_block_has(s->p, outer->verb->block, t->outer) || (!slice_is(t->inner, "Q") && !petr_block_has(s->p, inner.verb->block, t->inner))) continue;
    if (!bind(s, t->source, saying, bound) || !bind(s, t->inner_source, doer, bound) || !bind(s, t->inner_target, done, bound)) continue;
    with.source = bound[(unsigned char)t->to_source & 127];
    with.target = bound[(unsigned char)t->to_target & 127];
    if (with.source == PETR_NONE || with.target == PETR_NONE) continue;
    with.act = (struct petr_act){.first = slice_is(t->code, "Q") ? inner.act.first : t->code};
    with.pattern = NULL;
    petr_reach(s, verb, &reach);
    if (!add_match(c, &with, any)) return false;
    if (*any) {
      s->r->events.at[s->r->events.n - 1].trace.rule = t->rule;
      trace_add(&s->r->events.at[s->r->events.n - 1].trace, t->where);
      return true;
    }
  }
  return true;
}

/* ---- the document ---- */

static bool one_verb(struct coder *c, int32_t verb)
{
  struct petr_scene *s = &c->scene;
  struct petr_reach reach;
  struct petr_match m;
  bool any;
  petr_reach(s, verb, &reach);
  if (!petr_match(s, &reach, &m)) return true;
  if (!transform(c, &m, verb, &any)) return false;
  petr_reach(s, verb, &reach);
  if (!any && m.act.first.n + m.act.second.n && complete(s, &reach, &m) && !add_match(c, &m, &any)) return false;
  for (int32_t t = verb; any && t <= reach.last; t++)
    if (t == verb || reach.lower[t - s->first]) c->skip[t - s->first] = true;
  return true;
}

static bool one_sentence(struct coder *c, struct reader *r, uint32_t sentence)
{
  const struct sentence *at = &r->a->sentences[sentence];
  c->skip = arena_array(r->scratch, bool, (size_t)(at->end - at->first) + 1);
  if (!c->skip || !petr_scene(&c->scene, r, sentence)) return false;
  c->story_discarded = c->story_discarded || c->scene.discard_story;
  if (c->scene.discard || c->story_discarded) return true;
  for (int32_t t = at->first; t < at->end; t++) {
    uint8_t u = r->a->tokens[t].upos;
    enum deprel d = deprel_base((enum deprel)r->a->tokens[t].deprel);
    if ((u == UPOS_VERB || (u == UPOS_AUX && d != DEP_AUX)) && !c->skip[t - at->first] && !one_verb(c, t)) return false;
  }
  return true;
}

enum status petrarch_events(struct reader *r)
{
  struct coder c = {.scene = {.day = petr_day(r->published)}};
  for (uint32_t i = 0; i < r->a->n_sentences; i++)
    if (!one_sentence(&c, r, i)) return reader_full(r);
  if (c.story_discarded) r->events.n = 0;
  return ST_OK;
}

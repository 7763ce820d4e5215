/* petrarch_scene.c: a sentence as PETRARCH's dictionaries see it: words, actors, agents, and noun phrases with their codes.
 *
 * The longest phrase wins; an actor of the same length wins over an agent.  In a noun phrase the first actor gives the country and each
 * agent its role: "Arnor cleric", "MSF Arnor", "Gondor's main opposition group".  An agent whose phrase has no actor takes those behind its
 * preposition ("soldiers from Gondor", "lawmakers in Fornost and Gondor"), or the one that its first conjunct has before it ("the
 * Danish media and government"); else it is nobody's: "---GOV". */
#include "read/petrarch.h"
#include <stdlib.h>

#define CONJUNCTS 24 /* in which an actor for an agent is sought */
#define GAP_MOST 3 /* words between the parts of an actor's phrase that TABARI lets stand apart */

struct hit {
  const struct petr_phrase *phrase;
  int32_t token;   /* of its head */
};

/* A noun phrase without its conjuncts. */
struct np {
  int32_t head, first, last;
  struct slice actor[PETR_CODES];
  uint32_t n_actors;
  int32_t actor_token;
  struct know_line where;
  const struct petr_phrase *agent[6];
  uint32_t n_agents;
  int32_t chain;   /* head of its first conjunct */
  bool taken;      /* stands in another phrase's group */
};

struct build {
  struct petr_scene *s;
  const struct analysis *a;
  struct arena *arena;
  VEC(struct hit) hits;
  VEC(struct np) nps;      /* once all are read: by chain, then in the order of the text */
  int32_t *np_at;          /* [token - first]: index, or PETR_NONE */
};

/* The conjuncts of one phrase stand one behind the other. */
struct chain {
  struct np *at;
  uint32_t n;
};

/* ---- words ---- */

static bool read_words(struct build *b)
{
  struct petr_scene *s = b->s;
  VEC(struct petr_scene_word) words = {0};
  char room[PETR_WORD_BYTES];
  bool joined;
  for (int32_t t = s->first; t < s->end; t++) {
    struct slice rest = b->a->tokens[t].form, word;
    s->word_of[t - s->first] = (int32_t)words.n;
    while ((word = petr_next_word(&rest, room, &joined)).n)
      if (!vec_push(&words, b->arena, (struct petr_scene_word){petr_word(s->p, word), t})) return false;
  }
  s->words = words.at;
  s->n_words = (uint32_t)words.n;
  return true;
}

/* The word behind the phrase when it stands at word `at`; 0 when it does not.  Fills *last. */
static uint32_t phrase_ends(const struct petr_scene *s, const struct petr_phrase *phrase, uint32_t at, uint32_t *last)
{
  uint32_t w = at + 1;
  for (uint32_t i = 1; i < phrase->n; i++) {
    uint32_t skipped = 0;
    bool gap = phrase->gap[i] && phrase->sort == PETR_ACTOR;
    while (w < s->n_words && s->words[w].id != phrase->words[i]) {
      uint8_t u = s->r->a->tokens[s->words[w].token].upos;
      if (!gap || ++skipped > GAP_MOST || u == UPOS_VERB || u == UPOS_AUX || u == UPOS_ADP || u == UPOS_CCONJ) return 0;
      w++;
    }
    if (w >= s->n_words) return 0;
    w++;
  }
  *last = w - 1;
  return w;
}

static bool may_be(const struct petr_scene *s, const struct petr_phrase *phrase, uint32_t last)
{
  uint8_t u = s->r->a->tokens[s->words[last].token].upos;
  if (phrase->sort == PETR_AGENT) return u == UPOS_NOUN || u == UPOS_PROPN || u == UPOS_ADJ || u == UPOS_X;
  return u != UPOS_AUX && u != UPOS_PRON && u != UPOS_DET && u != UPOS_ADP;
}

/* The token among these that the others hang on ("Ministry" of "Ministry of Defence"); the last one when there are several. */
static int32_t phrase_head(const struct petr_scene *s, int32_t first, int32_t last)
{
  const struct analysis *a = s->r->a;
  for (int32_t t = last; t > first; t--) {
    bool within = a->tokens[t].head >= first && a->tokens[t].head <= last;
    if (!within) return t;
  }
  return first;
}

/* The longest actor or agent that begins at the word. */
static bool hit_at(struct build *b, uint32_t at, uint32_t *next)
{
  struct petr_scene *s = b->s;
  const struct petr_phrase *best = NULL;
  uint32_t id = s->words[at].id, best_last = 0;
  for (uint32_t i = id ? s->p->first.at[id] : 0; i && i <= s->p->phrases.n && s->p->phrases.at[i - 1].words[0] == id; i++) {
    const struct petr_phrase *phrase = &s->p->phrases.at[i - 1];
    uint32_t last = at;
    if (best && (phrase->n < best->n || best->sort == PETR_ACTOR)) break;
    if (phrase->n > 1 && !phrase_ends(s, phrase, at, &last)) continue;
    if (phrase->sort == PETR_DISCARD || !may_be(s, phrase, last) || (best && phrase->sort != PETR_ACTOR)) continue;
    best = phrase;
    best_last = last;
  }
  *next = at + 1;
  if (!best) return true;
  *next = best_last + 1;
  return vec_push(&b->hits, b->arena, (struct hit){best, phrase_head(s, s->words[at].token, s->words[best_last].token)});
}

/* Discards may stand within an actor's phrase. */
static void discards_at(struct build *b, uint32_t at)
{
  struct petr_scene *s = b->s;
  uint32_t id = s->words[at].id, last;
  for (uint32_t i = id ? s->p->first.at[id] : 0; i && i <= s->p->phrases.n && s->p->phrases.at[i - 1].words[0] == id; i++) {
    const struct petr_phrase *phrase = &s->p->phrases.at[i - 1];
    if (phrase->sort != PETR_DISCARD || (phrase->n > 1 && !phrase_ends(s, phrase, at, &last))) continue;
    s->discard = true;
    s->discard_story = s->discard_story || phrase->story;
  }
}

/* ---- noun phrases ---- */

/* Two subjects of one verb side by side ("[Bree] [President X] arrived") are one phrase that the tree has cut. */
static int32_t beside(const struct analysis *a, int32_t t)
{
  int32_t next = a->tokens[t].next_sibling;
  if (deprel_base((enum deprel)a->tokens[t].deprel) != DEP_NSUBJ || next == TOKEN_NONE || a->tokens[next].head != a->tokens[t].head) return TOKEN_NONE;
  bool same = a->tokens[next].deprel == a->tokens[t].deprel && a->tokens[next].left == a->tokens[t].right + 1 && t == a->tokens[t].right;
  return same ? next : TOKEN_NONE;
}

/* The head of the noun phrase that the token is a part of. */
static int32_t np_head(const struct analysis *a, int32_t t)
{
  for (;;) {
    int32_t h = a->tokens[t].head, next = beside(a, t);
    if (next != TOKEN_NONE) {
      t = next;
      continue;
    }
    enum deprel d = (enum deprel)a->tokens[t].deprel, base = deprel_base(d);
    bool inside = base == DEP_COMPOUND || base == DEP_AMOD || base == DEP_FLAT || base == DEP_DET || base == DEP_NUMMOD || base == DEP_GOESWITH ||
                  d == DEP_NMOD_POSS || d == DEP_NMOD_DESC || d == DEP_NMOD_UNMARKED || (d == DEP_APPOS && h == t - 1);
    if (h == TOKEN_NONE || !inside || a->tokens[h].upos == UPOS_VERB || (h < t && base != DEP_FLAT && d != DEP_APPOS && base != DEP_GOESWITH)) return t;
    t = h;
  }
}

static bool nominal(const struct analysis *a, int32_t t)
{
  uint8_t u = a->tokens[t].upos;
  return u == UPOS_NOUN || u == UPOS_PROPN || u == UPOS_PRON || u == UPOS_X || u == UPOS_NUM || u == UPOS_ADJ;
}

/* The noun phrase of this head, made if need be; NULL when memory ran out. */
static struct np *np_of(struct build *b, int32_t head)
{
  int32_t *at = &b->np_at[head - b->s->first];
  if (*at == PETR_NONE) {
    int32_t end;
    struct np np = {.head = head, .actor_token = TOKEN_NONE, .chain = head};
    tree_mention_tokens(b->a, head, &np.first, &end);
    np.last = end - 1;
    if (!vec_push(&b->nps, b->arena, np)) return NULL;
    *at = (int32_t)b->nps.n - 1;
  }
  return &b->nps.at[*at];
}

static void add_actor(struct np *np, const struct petr_phrase *phrase, int32_t token, int32_t day)
{
  const struct petr_restriction *code = petr_code_on(phrase, day);
  if (np->actor_token != TOKEN_NONE) return; /* the first one is who */
  np->actor_token = token;
  if (!code) return;
  np->where = code->where;
  for (struct slice rest = code->code; rest.n && np->n_actors < PETR_CODES;) {
    struct slice one = slice_cut(&rest, '/');
    if (one.n && one.at[0] != '-' && one.at[0] != '+' && one.at[0] != '#') np->actor[np->n_actors++] = one;
  }
}

/* The first conjunct; in "A, B and C" B is one too where the tree has it as an apposition. */
static int32_t first_of_list(const struct analysis *a, int32_t t)
{
  for (;;) {
    int32_t h = a->tokens[t].head;
    bool listed = false;
    if (h == TOKEN_NONE) return t;
    for (int32_t c = a->tokens[t].next_sibling; c != TOKEN_NONE && !listed && a->tokens[t].deprel == DEP_APPOS; c = a->tokens[c].next_sibling)
      listed = a->tokens[c].deprel == DEP_CONJ;
    for (int32_t c = a->tokens[t].first_child; c != TOKEN_NONE && !listed && a->tokens[t].deprel == DEP_APPOS; c = a->tokens[c].next_sibling)
      listed = a->tokens[c].deprel == DEP_CONJ;
    if (a->tokens[t].deprel != DEP_CONJ && !listed) return t;
    t = h;
  }
}

static int by_chain(const void *a, const void *b)
{
  const struct np *x = a, *y = b;
  if (x->chain != y->chain) return x->chain < y->chain ? -1 : 1;
  return x->head < y->head ? -1 : x->head > y->head;
}

static bool read_nps(struct build *b)
{
  for (size_t i = 0; i < b->hits.n; i++) {
    const struct hit *hit = &b->hits.at[i];
    struct np *np = np_of(b, np_head(b->a, hit->token));
    if (!np) return false;
    if (hit->token < np->first) np->first = hit->token;
    if (hit->token > np->last) np->last = hit->token;
    if (hit->phrase->sort == PETR_ACTOR) add_actor(np, hit->phrase, hit->token, b->s->day);
    else if (np->n_agents < sizeof np->agent / sizeof *np->agent) np->agent[np->n_agents++] = hit->phrase;
  }
  for (int32_t t = b->s->first; t < b->s->end; t++) /* nobody's phrases too: '^' skips them */
    if ((b->a->tokens[t].upos == UPOS_NOUN || b->a->tokens[t].upos == UPOS_PROPN) && np_head(b->a, t) == t && !np_of(b, t)) return false;
  for (size_t i = 0; i < b->nps.n; i++) {
    int32_t head = first_of_list(b->a, b->nps.at[i].head);
    if (head != b->nps.at[i].head && nominal(b->a, head)) b->nps.at[i].chain = np_head(b->a, head);
  }
  if (b->nps.n) qsort(b->nps.at, b->nps.n, sizeof *b->nps.at, by_chain);
  for (size_t i = 0; i < b->nps.n; i++) b->np_at[b->nps.at[i].head - b->s->first] = (int32_t)i;
  return true;
}

/* The conjuncts of the phrase with this head; none when it is no first one. */
static struct chain chain_of(struct build *b, int32_t head)
{
  int32_t at = b->np_at[head - b->s->first];
  struct chain chain = {0};
  if (at == PETR_NONE) return chain;
  size_t i = (size_t)at;
  while (i > 0 && b->nps.at[i - 1].chain == head) i--; /* a first conjunct may be found behind a modifier of its own */
  for (chain.at = &b->nps.at[i]; i < b->nps.n && b->nps.at[i].chain == head; i++) chain.n++;
  return chain;
}

/* ---- codes ---- */

/* Is the code there already, at a border of three letters? */
static bool has_code(struct slice all, struct slice code)
{
  for (size_t at = 0; at + code.n <= all.n; at += 3)
    if (slice_eq(slice_sub(all, at, at + code.n), code)) return true;
  return false;
}

static bool compose(struct build *b, struct slice code, const struct np *np, const struct petr_phrase *const *more, uint32_t n_more, struct slice *to)
{
  *to = code;
  uint32_t n = np->n_agents + n_more;
  for (uint32_t i = 0; i < n; i++) {
    const struct petr_phrase *agent = i < np->n_agents ? np->agent[i] : more[i - np->n_agents];
    struct slice role = agent->codes.at[0].code;
    if ((n > 1 && slice_is(role, "PPL")) || has_code(*to, role)) continue;
    char *joined = arena_alloc(b->s->r->arena, to->n + role.n);
    if (!joined) return false;
    struct slice first = agent->in_front ? role : *to, second = agent->in_front ? *to : role;
    memcpy(joined, first.at, first.n);
    memcpy(joined + first.n, second.at, second.n);
    *to = (struct slice){joined, first.n + second.n};
  }
  return true;
}

static bool add_who(struct build *b, struct petr_group *g, struct slice code, const struct np *np, const struct np *agents, struct know_line where)
{
  struct petr_who who = {.head = np->head, .nobody = code.n == 0, .where = where};
  if (g->n == PETR_CODES) return true;
  bool other = agents && agents != np;
  if (!compose(b, who.nobody ? SLICE("---") : code, np, other ? agents->agent : NULL, other ? agents->n_agents : 0, &who.code)) return false;
  for (uint32_t i = 0; i < g->n; i++)
    if (slice_eq(g->who[i].code, who.code)) return true;
  g->who[g->n++] = who;
  return true;
}

/* The first phrase behind a preposition of the noun that has an actor; the preposition may hang on the noun's governor, but then it stands
 * at once behind the noun ("met lawmakers in Gondor"). */
static struct np *behind_preposition(struct build *b, int32_t head)
{
  const struct analysis *a = b->a;
  bool beside = false;
  for (int32_t c = a->tokens[head].first_child; c != TOKEN_NONE || !beside; c = a->tokens[c].next_sibling) {
    if (c == TOKEN_NONE) {
      beside = true;
      if ((c = a->tokens[head].next_sibling) == TOKEN_NONE || tree_case(a, c) != a->tokens[head].right + 1) return NULL;
    } else if (deprel_base((enum deprel)a->tokens[c].deprel) != DEP_NMOD || c < head || tree_case(a, c) == TOKEN_NONE) continue;
    struct chain chain = chain_of(b, c);
    for (uint32_t i = 0; i < chain.n; i++)
      if (chain.at[i].n_actors) return &chain.at[i];
  }
  return NULL;
}

/* All conjuncts of `of` with the agents of `agents`; they belong to that group then. */
static bool add_chain(struct build *b, struct petr_group *g, struct np *of, const struct np *agents)
{
  struct chain chain = chain_of(b, of->chain);
  for (uint32_t i = 0; i < chain.n; i++) {
    struct np *np = &chain.at[i];
    np->taken = true;
    if (np->last > g->last) g->last = np->last;
    for (uint32_t k = 0; k < np->n_actors; k++)
      if (!add_who(b, g, np->actor[k], np, agents, np->where)) return false;
  }
  return true;
}

/* One conjunct's codes. */
static bool add_np(struct build *b, struct petr_group *g, struct np *np, struct chain chain)
{
  struct np *place = NULL;
  for (uint32_t k = 0; k < np->n_actors; k++)
    if (!add_who(b, g, np->actor[k], np, np, np->where)) return false;
  if (np->n_actors || np->actor_token != TOKEN_NONE) return true;
  if (np->n_agents) {
    place = behind_preposition(b, np->head);
    for (uint32_t i = 0; i < chain.n && i < CONJUNCTS && !place; i++)
      if (!chain.at[i].n_actors && chain.at[i].n_agents) place = behind_preposition(b, chain.at[i].head);
    if (place) return add_chain(b, g, place, np);
    const struct np *before = chain.at;
    if (before != np && before->n_actors && before->actor_token != before->head)
      return add_who(b, g, before->actor[0], np, np, before->where);
    return add_who(b, g, (struct slice){0}, np, np, np->agent[0]->where);
  }
  place = chain.n > 1 ? behind_preposition(b, np->head) : NULL;
  return !place || add_chain(b, g, place, place);
}

static int by_text(const void *a, const void *b)
{
  const struct petr_group *x = a, *y = b;
  if (x->first != y->first) return x->first < y->first ? -1 : 1;
  return x->last < y->last ? -1 : x->last > y->last;
}

static bool one_group(struct build *b, struct chain chain)
{
  struct petr_group g = {.first = chain.at[0].first, .last = chain.at[0].last};
  for (uint32_t i = 0; i < chain.n; i++) {
    if (chain.at[i].first < g.first) g.first = chain.at[i].first;
    if (chain.at[i].last > g.last) g.last = chain.at[i].last;
    if (!add_np(b, &g, &chain.at[i], chain)) return false;
  }
  return vec_push(&b->s->groups, b->arena, g);
}

/* Phrases that hang on an agent are its own; each other chain of conjuncts is a group. */
static bool read_groups(struct build *b)
{
  struct petr_scene *s = b->s;
  for (int with_agents = 1; with_agents >= 0; with_agents--)
    for (size_t i = 0; i < b->nps.n;) {
      struct chain chain = {.at = &b->nps.at[i]};
      bool agents = false, taken = false;
      for (int32_t head = chain.at->chain; i < b->nps.n && b->nps.at[i].chain == head; i++, chain.n++) {
        agents = agents || b->nps.at[i].n_agents;
        taken = taken || b->nps.at[i].taken;
      }
      if (!taken && agents == (with_agents == 1) && !one_group(b, chain)) return false;
    }
  if (s->groups.n) qsort(s->groups.at, s->groups.n, sizeof *s->groups.at, by_text);
  for (size_t i = 0; i < s->groups.n; i++)
    for (int32_t t = s->groups.at[i].first; t <= s->groups.at[i].last; t++) {
      int32_t *at = &s->group_at[t - s->first];
      if (*at == PETR_NONE || s->groups.at[i].n) *at = (int32_t)i;
    }
  return true;
}

bool petr_scene(struct petr_scene *s, struct reader *r, uint32_t sentence)
{
  const struct sentence *at = &r->a->sentences[sentence];
  struct build b = {.s = s, .a = r->a, .arena = r->scratch};
  size_t n = (size_t)(at->end - at->first);
  *s = (struct petr_scene){.r = r, .p = r->know->petrarch, .day = s->day, .first = at->first, .end = at->end};
  s->word_of = arena_array(b.arena, int32_t, n + 1);
  s->group_at = arena_array(b.arena, int32_t, n + 1);
  b.np_at = arena_array(b.arena, int32_t, n + 1);
  s->upper = arena_array(b.arena, bool, n + 1);
  s->lower = arena_array(b.arena, bool, n + 1);
  s->path = arena_array(b.arena, bool, n + 1);
  s->reached = TOKEN_NONE;
  if (!s->word_of || !s->group_at || !b.np_at || !s->upper || !s->lower || !s->path) return false;
  for (size_t i = 0; i <= n; i++) s->group_at[i] = b.np_at[i] = PETR_NONE;
  if (!read_words(&b)) return false;
  s->word_of[n] = (int32_t)s->n_words;
  for (uint32_t w = 0; w < s->n_words; w++) discards_at(&b, w);
  for (uint32_t w = 0; w < s->n_words;)
    if (!hit_at(&b, w, &w)) return false;
  return read_nps(&b) && read_groups(&b);
}

/* ---- for our own readers ---- */

int32_t petr_day(struct slice published)
{
  int64_t y, m, d;
  if (published.n != 10 || !slice_to_i64(slice_sub(published, 0, 4), &y) || !slice_to_i64(slice_sub(published, 5, 7), &m) ||
      !slice_to_i64(slice_sub(published, 8, 10), &d))
    return 0;
  return (int32_t)(y * 10000 + m * 100 + d);
}

void petr_read_code(struct slice code, struct slice *country, uint8_t sectors[SECTORS_MAX])
{
  uint32_t n = 0;
  if (code.n < 3 || code.at[0] == '-') return;
  *country = slice_starts(code, SLICE("IGOUNO")) ? SLICE("UNO") : slice_sub(code, 0, 3);
  for (size_t at = 3; at + 3 <= code.n && n < SECTORS_MAX; at += 3)
    for (int sector = SECTOR_NONE + 1; sector < SECTOR_COUNT; sector++)
      if (slice_is(slice_sub(code, at, at + 3), sector_cameo((enum sector)sector))) {
        sectors[n++] = (uint8_t)sector;
        break;
      }
}

bool petr_named(const struct reader *r, int32_t first, int32_t end, struct slice *code, struct know_line *where)
{
  const struct petrarch *p = r->know->petrarch;
  uint32_t id[PETR_PHRASE_WORDS], n = 0;
  char room[PETR_WORD_BYTES];
  bool joined;
  if (!p || p->n_actors == 0) return false;
  for (int32_t t = first; t < end; t++)
    for (struct slice rest = r->a->tokens[t].form, word; (word = petr_next_word(&rest, room, &joined)).n;) {
      if (n == PETR_PHRASE_WORDS || !(id[n++] = petr_word(p, word))) return false;
    }
  for (uint32_t i = n ? p->first.at[id[0]] : 0; i && i <= p->phrases.n && p->phrases.at[i - 1].words[0] == id[0]; i++) {
    const struct petr_phrase *phrase = &p->phrases.at[i - 1];
    if (phrase->n != n || phrase->sort != PETR_ACTOR || memcmp(phrase->words, id, n * sizeof *id) != 0) continue;
    const struct petr_restriction *one = petr_code_on(phrase, petr_day(r->published));
    if (!one || one->code.at[0] == '-' || one->code.at[0] == '+' || one->code.at[0] == '#') return false;
    struct slice rest = one->code;
    *code = slice_cut(&rest, '/');
    *where = one->where;
    return true;
  }
  return false;
}

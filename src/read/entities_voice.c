/* entities_voice.c: whom "I", "we" and "you" mean.
 *
 * Each such word has a voice.  Between quotation marks it is the speaker's: the subject of the clause that stands beside the quotation, or the last
 * speaker where a quotation stands alone.  Outside it is the author's, of whom the text may tell the name ("I am Ana Li"); in an interview, which is
 * known by its paragraphs that end in a question, it is the interviewed person's in the answers, and that person is "you" in the questions.
 * "We" in a quotation belongs to its speaker, who speaks for it; the author's "we" is a group of its own. */
#include "read/entities.h"

#define QUESTIONS_LEAST 3  /* of an interview */
#define QUOTED_LEAST 3     /* words of a quotation in which somebody speaks */

/* What is known of the voices of one document. */
struct voices {
  int32_t author;            /* entity, or ID_NONE; in an interview the interviewed person */
  int32_t author_we;
  bool interview;
  bool *asks;                /* for each sentence of an interview: does its paragraph end in a question? */
};

static bool subject(enum deprel d) { return deprel_base(d) == DEP_NSUBJ; }

/* ---- who speaks between the marks ---- */

static bool speaks(const struct cast *c, int32_t token)
{
  const struct analysis *a = c->r->a;
  int32_t entity = c->r->entity_at[token];
  if (entity == ID_NONE) return false;
  enum entity_kind kind = c->r->entities.at[entity].kind;
  if (kind == KIND_PLACE || kind == KIND_OTHER) return false;
  if (subject((enum deprel)a->tokens[token].deprel)) return true;
  int32_t title = a->tokens[token].head; /* "Pentagon spokesperson Ana Li" with the spokesperson as head */
  if (title != TOKEN_NONE && title < token && a->tokens[title].upos == UPOS_NOUN && subject((enum deprel)a->tokens[title].deprel) &&
      c->r->entity_at[title] == ID_NONE)
    return true;
  return entities_word(c, tree_case(a, token), ENTITY_WORD_CREDIT); /* "according to" */
}

/* The one who speaks in [first, end), nearest to the quotation; ID_NONE when nobody does.  *words: does anything stand outside the marks there? */
static int32_t speaker_beside(const struct cast *c, const struct quotation *q, int32_t first, int32_t end, bool *words)
{
  const struct analysis *a = c->r->a;
  int32_t best = ID_NONE, nearest = INT32_MAX;
  for (int32_t t = first; t < end; t++) {
    if (a->tokens[t].upos == UPOS_PUNCT || (q->first <= t && t < q->end)) continue;
    int32_t far = t < q->first ? q->first - t : t - q->end;
    if (!*words || far < nearest) {
      if (quotes_over(&c->quotes, a, t)) continue;
      *words = true;
      if (!speaks(c, t) || far >= nearest) continue;
      nearest = far;
      best = c->r->entity_at[t];
    }
  }
  return best;
}

static int32_t speaker_of(const struct cast *c, const struct quotation *q, int32_t last)
{
  const struct analysis *a = c->r->a;
  if (q->end - q->first < QUOTED_LEAST) return ID_NONE;
  uint32_t first = a->tokens[q->first].sentence, final = a->tokens[q->end - 1].sentence;
  bool words = false;
  int32_t speaker = speaker_beside(c, q, a->sentences[first].first, a->sentences[final].end, &words);
  if (speaker != ID_NONE || words) return speaker;
  if (final + 1 < a->n_sentences && !a->sentences[final + 1].new_paragraph && last == ID_NONE)
    speaker = speaker_beside(c, q, a->sentences[final + 1].first, a->sentences[final + 1].end, &words);
  return speaker != ID_NONE ? speaker : last;
}

/* ---- interviews ---- */

/* Marks the sentences of paragraphs that end in a question; how many such paragraphs there are. */
static uint32_t find_questions(const struct cast *c, struct voices *v, uint32_t *paragraphs)
{
  const struct analysis *a = c->r->a;
  uint32_t n = 0;
  *paragraphs = 0;
  for (uint32_t first = 0; first < a->n_sentences;) {
    uint32_t end = first + 1;
    while (end < a->n_sentences && !a->sentences[end].new_paragraph) end++;
    int32_t last = a->sentences[end - 1].end - 1;
    bool asks = last >= 0 && slice_is(a->tokens[last].form, "?") && !quotes_over(&c->quotes, a, last);
    for (uint32_t s = first; s < end; s++) v->asks[s] = asks;
    n += asks;
    ++*paragraphs;
    first = end;
  }
  return n;
}

/* The person most often named in front of the first question. */
static int32_t interviewed(const struct cast *c, const struct voices *v)
{
  const struct analysis *a = c->r->a;
  int32_t best = ID_NONE;
  uint32_t most = 0;
  for (size_t i = 0; i < c->mentions.n; i++) {
    const struct mention *m = &c->mentions.at[i];
    if (v->asks[a->tokens[m->head].sentence]) break;
    if (m->entity == ID_NONE || m->form != MENTION_NAME || c->r->entities.at[m->entity].kind != KIND_PERSON) continue;
    if (c->known.at[m->entity].votes[KIND_PERSON] > most) {
      most = c->known.at[m->entity].votes[KIND_PERSON];
      best = m->entity;
    }
  }
  return best;
}

/* ---- the author ---- */

/* "I am Ana Li", "my name is Ana Li", "I, Ana Li": does the name tell who says "I"? */
static bool introduces(const struct cast *c, int32_t name)
{
  const struct analysis *a = c->r->a;
  int32_t who = a->tokens[name].deprel == DEP_APPOS ? a->tokens[name].head : TOKEN_NONE;
  if (tree_child(a, name, DEP_COP) != TOKEN_NONE) {
    who = tree_child(a, name, DEP_NSUBJ);
    int32_t whose = who == TOKEN_NONE ? TOKEN_NONE : tree_child(a, who, DEP_NMOD_POSS);
    if (whose != TOKEN_NONE && entities_word(c, who, ENTITY_WORD_CALLED)) who = whose;
  }
  return who != TOKEN_NONE && a->tokens[who].upos == UPOS_PRON && (a->tokens[who].feats & FEAT_P1) && (a->tokens[who].feats & FEAT_SING);
}

static int32_t introduced(const struct cast *c)
{
  for (size_t i = 0; i < c->mentions.n; i++) {
    const struct mention *m = &c->mentions.at[i];
    if (m->entity == ID_NONE || m->form != MENTION_NAME || m->kind != KIND_PERSON) continue;
    if (introduces(c, m->head) && !quotes_over(&c->quotes, c->r->a, m->head)) return m->entity;
  }
  return ID_NONE;
}

static enum status start(struct cast *c, struct voices *v)
{
  const struct analysis *a = c->r->a;
  uint32_t paragraphs;
  *v = (struct voices){.author = ID_NONE, .author_we = ID_NONE};
  v->asks = arena_array(c->r->scratch, bool, (size_t)a->n_sentences + 1);
  if (!v->asks) return reader_full(c->r);
  uint32_t questions = find_questions(c, v, &paragraphs);
  v->interview = questions >= QUESTIONS_LEAST && questions * 8 >= paragraphs;
  v->author = v->interview ? interviewed(c, v) : introduced(c);
  return ST_OK;
}

/* ---- the words ---- */

#define VOICE_NONE (-2)
#define VOICE_AUTHOR (-1)

/* Whose word it is: an entity, VOICE_AUTHOR, or VOICE_NONE. */
static int32_t voice_of(const struct cast *c, const struct voices *v, const struct mention *m, const struct quotation **latest, int32_t *speaker)
{
  const struct quotation *q = quotes_over(&c->quotes, c->r->a, m->head);
  bool asks = v->interview && v->asks[c->r->a->tokens[m->head].sentence];
  if (q) {
    if (q != *latest) *speaker = speaker_of(c, q, *speaker);
    *latest = q;
    return *speaker == ID_NONE || m->person == 2 ? VOICE_NONE : *speaker;
  }
  if (m->person == 2) return asks && !m->plural ? VOICE_AUTHOR : VOICE_NONE;
  return asks ? VOICE_NONE : VOICE_AUTHOR;
}

/* Joins the mention to *entity, which is made when it is none yet. */
static enum status say(struct cast *c, struct mention *m, int32_t *entity)
{
  if (*entity != ID_NONE) return entities_join(c, m, *entity);
  m->kind = m->plural ? KIND_GROUP : KIND_PERSON;
  enum status status = entities_new(c, m);
  *entity = m->entity;
  return status;
}

static enum status link_voice(struct cast *c, struct voices *v, struct mention *m, int32_t voice)
{
  if (voice == VOICE_AUTHOR) {
    if (m->plural) return say(c, m, &v->author_we);
    if (m->person == 2 && v->author == ID_NONE) return ST_OK;
    return say(c, m, &v->author);
  }
  if (!m->plural) return c->r->entities.at[voice].kind == KIND_PERSON ? entities_join(c, m, voice) : ST_OK;
  return entities_join(c, m, voice);
}

enum status entities_voices(struct cast *c)
{
  struct voices v;
  enum status status = start(c, &v);
  const struct quotation *latest = NULL;
  int32_t speaker = ID_NONE;
  for (size_t i = 0; i < c->mentions.n && status == ST_OK; i++) {
    struct mention *m = &c->mentions.at[i];
    if (m->form != MENTION_PRONOUN || m->person == 3 || m->entity != ID_NONE) continue;
    int32_t voice = voice_of(c, &v, m, &latest, &speaker);
    if (voice != VOICE_NONE) status = link_voice(c, &v, m, voice);
  }
  return status;
}

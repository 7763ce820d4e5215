/* why.c: what each record of a sentence rests on: the sentence, its tree, and for each record the rule and the table lines behind it.
 *
 *     Sentence 2, bytes 74..171
 *     North Korea sent 1,500 troops to Russia, Seoul said.
 *       (tree)
 *       event 0 MOBILIZE troops, actual: North Korea (PRK) → Russia (RUS) ...
 *           rule send-troops
 *           en/verbs.tsv:211: send ...
 *
 * Below a sentence without an event stand the words that a rule names, and what kept each from being one.
 *
 * Records are put into their sentences by one sort, so that a long document costs no more than its size. */
#include "base/sys.h"
#include "show/describe.h"
#include "show/lines.h"
#include "show/words.h"
#include <stdlib.h>

#define LINE_COLUMNS 140 /* of a table line that are shown */

enum record { RECORD_EVENT, RECORD_CLAIM, RECORD_FIGURE, RECORD_ENTITY, RECORD_PLACE, RECORD_DATE, RECORD_POSITION };

struct record_ref {
  uint32_t sentence;
  uint32_t record; /* enum record */
  uint32_t id;
};

struct refs {
  struct record_ref *at;
  size_t n, bytes;
};

static int by_place(const void *a, const void *b)
{
  const struct record_ref *x = a, *y = b;
  if (x->sentence != y->sentence) return x->sentence < y->sentence ? -1 : 1;
  if (x->record != y->record) return x->record < y->record ? -1 : 1;
  return x->id < y->id ? -1 : x->id > y->id;
}

static void add_ref(struct refs *refs, const struct show_input *in, enum record record, uint32_t id, uint32_t offset)
{
  refs->at[refs->n++] = (struct record_ref){show_sentence(in->analysis, offset), record, id};
}

static bool collect(struct refs *refs, const struct show_input *in)
{
  const struct reading *r = in->reading;
  size_t most = (size_t)r->n_events + r->n_claims + r->n_figures + r->n_places + r->n_dates + r->n_positions;
  for (uint32_t id = 0; id < r->n_entities; id++) most += r->entities[id].mentions.n;
  refs->bytes = (most + 1) * sizeof *refs->at;
  refs->at = sys_alloc(refs->bytes);
  if (!refs->at) return false;
  for (uint32_t id = 0; id < r->n_events; id++) add_ref(refs, in, RECORD_EVENT, id, r->events[id].span.begin);
  for (uint32_t id = 0; id < r->n_claims; id++) add_ref(refs, in, RECORD_CLAIM, id, r->claims[id].span.begin);
  for (uint32_t id = 0; id < r->n_figures; id++) add_ref(refs, in, RECORD_FIGURE, id, r->figures[id].span.begin);
  for (uint32_t id = 0; id < r->n_places; id++) add_ref(refs, in, RECORD_PLACE, id, r->places[id].span.begin);
  for (uint32_t id = 0; id < r->n_dates; id++) add_ref(refs, in, RECORD_DATE, id, r->dates[id].span.begin);
  for (uint32_t id = 0; id < r->n_positions; id++) add_ref(refs, in, RECORD_POSITION, id, r->positions[id].span.begin);
  for (uint32_t id = 0; id < r->n_entities; id++)
    for (uint32_t k = 0; k < r->entities[id].mentions.n; k++) add_ref(refs, in, RECORD_ENTITY, id, r->entities[id].mentions.at[k].begin);
  qsort(refs->at, refs->n, sizeof *refs->at, by_place);
  size_t n = 0; /* an entity once a sentence */
  for (size_t i = 0; i < refs->n; i++)
    if (n == 0 || by_place(&refs->at[n - 1], &refs->at[i]) != 0) refs->at[n++] = refs->at[i];
  refs->n = n;
  return true;
}

/* The record in one line; gives its trace. */
static const struct trace *describe(struct buf *to, const struct show_input *in, const struct record_ref *ref)
{
  static const char *const names[] = {"event", "claim", "figure", "entity", "place", "date", "position"};
  const struct reading *r = in->reading;
  uint32_t id = ref->id;
  buf_printf(to, "%s %u ", names[ref->record], (unsigned)id);
  switch ((enum record)ref->record) {
  case RECORD_EVENT:
    describe_act(to, in, id);
    buf_printf(to, ", %s: ", show_status(r->events[id].status));
    describe_event(to, in, id);
    return &r->events[id].trace;
  case RECORD_CLAIM:
    describe_stance(to, in, id);
    buf_text(to, ": ");
    describe_claim(to, in, id);
    return &r->claims[id].trace;
  case RECORD_FIGURE:
    describe_amount(to, in, id);
    buf_text(to, ": ");
    describe_figure(to, in, id);
    return &r->figures[id].trace;
  case RECORD_ENTITY: describe_entity(to, in, id); return &r->entities[id].trace;
  case RECORD_PLACE: describe_place(to, in, id); return &r->places[id].trace;
  case RECORD_DATE: describe_date(to, in, id); return &r->dates[id].trace;
  case RECORD_POSITION: break;
  }
  buf_printf(to, "%s: ", show_stance(r->positions[id].stance));
  describe_position(to, in, id);
  return &r->positions[id].trace;
}

static void put_trace(struct lines *l, const struct show_input *in, const struct trace *trace)
{
  if (trace->rule.n) {
    buf_text(&l->part, "      rule");
    lines_cell(l, INK_DIM, 0);
    show_clean(&l->part, trace->rule, 0);
    lines_rest(l, INK_GREEN, 11);
  }
  for (size_t k = 0; k < TRACE_LINES && trace->lines[k].table; k++) {
    struct know_line where = trace->lines[k];
    if (where.table > in->know->n_tables) continue;
    buf_text(&l->part, "      ");
    show_clean(&l->part, in->know->tables[where.table - 1].name, 0);
    buf_printf(&l->part, ":%u:", (unsigned)where.line);
    lines_cell(l, INK_DIM, 0);
    show_clean(&l->part, know_text(in->know, where), LINE_COLUMNS);
    lines_rest(l, INK_PLAIN, 10);
  }
}

/* The mention of the same act that told what this one does not. */
static void put_told_by(struct lines *l, const struct show_input *in, const char *what, int32_t event)
{
  if (event == ID_NONE) return;
  const struct event *e = &in->reading->events[event];
  buf_printf(&l->part, "      %s of event %d “", what, (int)event);
  show_clean(&l->part, slice_span(in->analysis->text, e->trigger), LINE_COLUMNS);
  buf_printf(&l->part, "”, sentence %u", (unsigned)in->analysis->tokens[e->token].sentence + 1);
  lines_rest(l, INK_PLAIN, 10);
}

/* What kept the word from being an event, in words. */
static void put_near(struct lines *l, const struct show_input *in, const struct near_event *near)
{
  static const char *const whys[] = {
    [NEAR_NOBODY] = "nobody with a country, a sector or a code does it or has it done to them",
    [NEAR_ACTOR] = "the rule needs somebody with a country, a sector or a code who does it",
    [NEAR_RECIPIENT] = "the rule needs somebody with a country, a sector or a code to whom it is done",
    [NEAR_TOLD] = "a verb tells the same act",
    [NEAR_PRIVATE] = "all who do it or have it done to them are private (class private), so it is no act of politics",
  };
  buf_text(&l->part, "no event “");
  show_clean(&l->part, in->analysis->tokens[near->token].form, 0);
  buf_text(&l->part, "”: ");
  if (near->why == NEAR_WORD || near->why == NEAR_CONDITION) {
    buf_text(&l->part, near->why == NEAR_WORD ? "without the word “" : "what the rule asks of “");
    show_clean(&l->part, near->part, 0);
    buf_text(&l->part, near->why == NEAR_WORD ? "”" : "” does not hold");
  } else buf_text(&l->part, whys[near->why]);
  lines_rest(l, INK_PLAIN, 2);
  put_trace(l, in, &near->trace);
}

/* The near misses of a sentence that gave no event. */
static bool put_nears(struct lines *l, const struct show_input *in, const struct sentence *s)
{
  const struct reading *r = in->reading;
  uint32_t low = 0, high = r->n_near;
  while (low < high) {
    const uint32_t middle = low + (high - low) / 2;
    if (r->near[middle].token < s->first) low = middle + 1;
    else high = middle;
  }
  const uint32_t first = low;
  for (; low < r->n_near && r->near[low].token < s->end; low++) put_near(l, in, &r->near[low]);
  return low > first;
}

static void put_sentence(struct lines *l, const struct show_input *in, uint32_t sentence, const struct refs *refs, size_t *at)
{
  const struct analysis *a = in->analysis;
  const struct sentence *s = &a->sentences[sentence];
  buf_printf(&l->part, "Sentence %u", (unsigned)sentence + 1);
  lines_cell(l, INK_BOLD, 0);
  buf_printf(&l->part, "bytes %u..%u", (unsigned)s->span.begin, (unsigned)s->span.end);
  lines_rest(l, INK_DIM, 0);
  show_clean(&l->part, slice_span(a->text, s->span), 0);
  lines_rest(l, INK_PLAIN, 0);
  lines_end(l);
  show_tree(l->to, a, sentence, l->style);
  lines_end(l);
  const size_t begin = *at;
  bool event = false;
  for (; *at < refs->n && refs->at[*at].sentence == sentence; ++*at) {
    event = event || refs->at[*at].record == RECORD_EVENT;
    const struct trace *trace = describe(&l->part, in, &refs->at[*at]);
    lines_rest(l, INK_BOLD, 2);
    put_trace(l, in, trace);
    if (refs->at[*at].record != RECORD_EVENT) continue;
    put_told_by(l, in, "place", in->reading->events[refs->at[*at].id].place_from);
    put_told_by(l, in, "date", in->reading->events[refs->at[*at].id].date_from);
  }
  const bool near = !event && put_nears(l, in, s);
  if (*at == begin) {
    lines_text(l, INK_PLAIN, near ? "No record was read from this sentence; what came closest stands above." : "No record was read from this sentence.");
    lines_end(l);
  }
  lines_end(l);
}

void show_why(struct buf *to, const struct show_input *in, int64_t sentence, struct show_style style)
{
  uint32_t n = in->analysis->n_sentences, first = 0, end = n;
  if (sentence >= 0) {
    if (sentence >= n) return;
    first = (uint32_t)sentence;
    end = first + 1;
  }
  struct refs refs = {0};
  struct lines l;
  if (!collect(&refs, in)) {
    to->failed = true;
    return;
  }
  lines_init(&l, to, style);
  size_t at = 0;
  while (at < refs.n && refs.at[at].sentence < first) at++;
  for (uint32_t k = first; k < end; k++) put_sentence(&l, in, k, &refs, &at);
  lines_release(&l);
  sys_free(refs.at, refs.bytes);
}

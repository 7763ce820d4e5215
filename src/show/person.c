/* person.c: a reading for a person.
 *
 *     North Korea Sends Troops, Seoul Says
 *     2024-10-18, Example News, 12 sentences
 *
 *     EVENTS  who did what to whom
 *     s2    MOBILIZE troops       actual      North Korea (PRK), to Russia, 1,500 troops: “sent”, according to ...
 *
 * One record one entry; the number after "s" is the sentence. */
#include "intake/document.h"
#include "show/describe.h"
#include "show/lines.h"
#include "show/words.h"

/* columns at which the cells end */
#define SENTENCE_END 6
#define WHAT_END 28
#define STATUS_END 40

static void head(struct lines *l, const struct show_input *in)
{
  const struct document *d = in->document;
  const struct analysis *a = in->analysis;
  show_clean(&l->part, d->title.n ? d->title : a->n_sentences ? slice_span(a->text, a->sentences[0].span) : d->id, 0);
  lines_rest(l, INK_BOLD, 0);
  if (d->published.n) {
    show_clean(&l->part, d->published, 0);
    buf_text(&l->part, ", ");
  }
  if (d->publisher.n) {
    show_clean(&l->part, d->publisher, 0);
    buf_text(&l->part, ", ");
  }
  buf_printf(&l->part, "%u sentence%s", (unsigned)a->n_sentences, a->n_sentences == 1 ? "" : "s");
  lines_rest(l, INK_DIM, 0);
}

static void section(struct lines *l, const char *title, const char *what)
{
  lines_end(l);
  lines_text(l, INK_BOLD, title);
  lines_text(l, INK_DIM, "  ");
  lines_text(l, INK_DIM, what);
  lines_end(l);
}

static void sentence(struct lines *l, const struct show_input *in, struct span span)
{
  buf_printf(&l->part, "s%u", (unsigned)show_sentence(in->analysis, span.begin) + 1);
  lines_cell(l, INK_DIM, SENTENCE_END);
}

static enum ink status_ink(enum event_status status)
{
  if (status == EVENT_ACTUAL) return INK_GREEN;
  return status == EVENT_DENIED || status == EVENT_NEGATED ? INK_RED : INK_YELLOW;
}

static void events(struct lines *l, const struct show_input *in)
{
  const struct reading *r = in->reading;
  if (r->n_events) section(l, "EVENTS", "who did what to whom, and how real it is");
  for (uint32_t id = 0; id < r->n_events; id++) {
    sentence(l, in, r->events[id].span);
    describe_act(&l->part, in, id);
    lines_cell(l, INK_CYAN, WHAT_END);
    buf_text(&l->part, show_status(r->events[id].status));
    lines_cell(l, status_ink(r->events[id].status), STATUS_END);
    describe_event(&l->part, in, id);
    lines_rest(l, INK_PLAIN, STATUS_END);
  }
}

static void figures(struct lines *l, const struct show_input *in)
{
  const struct reading *r = in->reading;
  if (r->n_figures) section(l, "FIGURES", "how many or how much, of what, told by whom");
  for (uint32_t id = 0; id < r->n_figures; id++) {
    sentence(l, in, r->figures[id].span);
    describe_amount(&l->part, in, id);
    lines_cell(l, INK_CYAN, STATUS_END);
    describe_figure(&l->part, in, id);
    lines_rest(l, INK_PLAIN, STATUS_END);
  }
}

static void claims(struct lines *l, const struct show_input *in)
{
  const struct reading *r = in->reading;
  if (r->n_claims) section(l, "CLAIMS", "who says what, and with what stance");
  for (uint32_t id = 0; id < r->n_claims; id++) {
    sentence(l, in, r->claims[id].span);
    describe_stance(&l->part, in, id);
    lines_cell(l, INK_CYAN, WHAT_END);
    describe_claim(&l->part, in, id);
    lines_rest(l, INK_PLAIN, WHAT_END);
  }
}

static void positions(struct lines *l, const struct show_input *in)
{
  const struct reading *r = in->reading;
  if (r->n_positions) section(l, "POSITIONS", "who stands how toward what, in order");
  for (uint32_t id = 0; id < r->n_positions; id++) {
    sentence(l, in, r->positions[id].span);
    buf_text(&l->part, show_stance(r->positions[id].stance));
    lines_cell(l, INK_CYAN, WHAT_END);
    describe_position(&l->part, in, id);
    lines_rest(l, INK_PLAIN, WHAT_END);
  }
}

static void foot(struct lines *l, const struct show_input *in)
{
  const struct reading *r = in->reading;
  lines_end(l);
  buf_printf(&l->part, "Also read: %u entities, %u places, %u dates (--json shows them; `tocsin why` shows what each record rests on).",
             (unsigned)r->n_entities, (unsigned)r->n_places, (unsigned)r->n_dates);
  lines_rest(l, INK_DIM, 0);
  lines_end(l); /* parts it from the next document */
}

void show_person(struct buf *to, const struct show_input *in, struct show_style style)
{
  struct lines l;
  lines_init(&l, to, style);
  head(&l, in);
  events(&l, in);
  figures(&l, in);
  claims(&l, in);
  positions(&l, in);
  foot(&l, in);
  lines_release(&l);
}

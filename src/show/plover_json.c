/* plover_json.c: the events of a reading as PLOVER's records: JSON, one object a line.
 *
 *     {"id":"g5-3","date":"2024-10-23","actor":[{"actorText":"North Korea","code":"PRK","country":"PRK"}],"recipient":[...],"event":"MOBILIZE",
 *      "mode":"troops","context":["military"],"intensity":-6.5,"quad":4,"eventText":"sent","text":"(the sentence)","textInfo":{...},
 *      "location":{...},"language":"en","publication":"Wire A","url":"...","coder":"tocsin 0.1.0, rule send-troops"}
 *
 * Fields as in the PLOVER manual and in the records that came with it (openeventdata/PLOVER, gold_standard_records; there "source" and "target"
 * are today's "actor" and "recipient"), intensity and quad as in POLECAT.  An event without an actor is none for PLOVER; what becomes of acts that
 * are planned, hang on an if or did not happen is told in data/plover.tsv.  The date is the event's own where it is a day, else that of publication. */
#include "base/json_out.h"
#include "intake/document.h"
#include "know/know.h"
#include "know/sector.h"
#include "show/describe.h"
#include "show/show.h"
#include "show/words.h"

struct record {
  struct json_out j;
  const struct show_input *in;
};

static void put_parties(struct record *w, const char *key, struct parties parties)
{
  json_key(&w->j, key);
  json_begin(&w->j, '[');
  for (uint32_t i = 0; i < parties.n; i++) {
    const struct party *p = &parties.at[i];
    json_begin(&w->j, '{');
    json_kstr(&w->j, "actorText", slice_span(w->in->analysis->text, p->span));
    json_kstr_opt(&w->j, "code", p->code);
    json_kstr_opt(&w->j, "country", p->country);
    if (p->sectors[0]) {
      json_key(&w->j, "sector");
      json_begin(&w->j, '[');
      for (int k = 0; k < SECTORS_MAX && p->sectors[k]; k++) json_str(&w->j, slice_of(sector_name((enum sector)p->sectors[k])));
      json_end(&w->j, ']');
    }
    json_end(&w->j, '}');
  }
  json_end(&w->j, ']');
}

static void put_location(struct record *w, int32_t id)
{
  if (id == ID_NONE) return;
  const struct place *p = &w->in->reading->places[id];
  json_key(&w->j, "location");
  json_begin(&w->j, '{');
  json_kstr(&w->j, "name", p->name);
  json_kstr_opt(&w->j, "country", p->country);
  json_kstr_opt(&w->j, "admin1", p->admin1);
  if (p->has_point) {
    json_knum(&w->j, "lat", p->lat);
    json_knum(&w->j, "lon", p->lon);
  }
  json_end(&w->j, '}');
}

static struct slice day_of(const struct event *e, struct slice published)
{
  enum { DAY = 10 }; /* "2024-10-23" */
  if (e->date.value.n >= DAY && e->date.value.at[4] == '-' && e->date.value.at[7] == '-') return slice_sub(e->date.value, 0, DAY);
  return published.n >= DAY ? slice_sub(published, 0, DAY) : (struct slice){0};
}

static void put_text(struct record *w, const struct event *e)
{
  const struct analysis *a = w->in->analysis;
  const struct sentence *s = &a->sentences[show_sentence(a, e->span.begin)];
  json_kstr(&w->j, "eventText", slice_span(a->text, e->trigger));
  json_kstr(&w->j, "text", slice_span(a->text, s->span));
  json_key(&w->j, "textInfo");
  json_begin(&w->j, '{');
  json_kstr(&w->j, "document", w->in->document->id);
  json_kspan(&w->j, "sentence", s->span);
  json_kspan(&w->j, "trigger", e->trigger);
  json_end(&w->j, '}');
}

static void put_record(struct record *w, uint32_t id, const struct plover_act *act)
{
  const struct event *e = &w->in->reading->events[id];
  const struct document *d = w->in->document;
  struct buf name;
  buf_init(&name, d->id.n + 32);
  buf_slice(&name, d->id);
  buf_printf(&name, "-%u", (unsigned)id);
  json_begin(&w->j, '{');
  json_kstr(&w->j, "id", buf_get(&name));
  w->j.to->failed = w->j.to->failed || name.failed;
  buf_release(&name);
  json_kstr_opt(&w->j, "date", day_of(e, d->published));
  put_parties(w, "actor", e->actor);
  put_parties(w, "recipient", e->recipient);
  json_kstr(&w->j, "event", act->type);
  json_kstr_opt(&w->j, "mode", act->mode);
  json_key(&w->j, "context");
  json_begin(&w->j, '[');
  for (uint32_t k = 0; k < e->n_contexts; k++) json_str(&w->j, e->contexts[k]);
  json_end(&w->j, ']');
  json_knum(&w->j, "intensity", act->score);
  json_kint(&w->j, "quad", act->quad);
  put_text(w, e);
  put_location(w, e->place);
  json_kstr_opt(&w->j, "language", d->language.n ? d->language : w->in->reading->language);
  json_kstr_opt(&w->j, "publication", d->publisher);
  json_kstr_opt(&w->j, "url", d->url);
  struct buf coder;
  buf_init(&coder, 4096);
  buf_printf(&coder, "tocsin " TOCSIN_VERSION ", rule %.*s", SLICE_ARG(e->trace.rule));
  json_kstr(&w->j, "coder", buf_get(&coder));
  w->j.to->failed = w->j.to->failed || coder.failed;
  buf_release(&coder);
  json_end(&w->j, '}');
  buf_char(w->j.to, '\n');
}

void show_plover(struct buf *to, const struct show_input *in)
{
  const struct plover *plover = rules_plover(in->know->rules);
  for (uint32_t id = 0; id < in->reading->n_events; id++) {
    const struct event *e = &in->reading->events[id];
    const struct plover_act *act = plover_record(plover, slice_of(show_status(e->status)), e->type, e->mode);
    struct record w = {.in = in};
    if (!act || e->actor.n == 0) continue;
    json_init(&w.j, to);
    put_record(&w, id, act);
  }
}

/* ledger_view.h: the documents and records behind a question, one after another, for who writes them in other forms (src/export).
 *
 *     status = ledger_view(ledger, &question, look, context, &error);      calls look(context, view) once
 *     view_records(view, ASK_EVENTS, take, context);                        within look: take(context, &record) for each
 *
 * A view is the ledger as of the question's day (--as-of); what it gives has passed the question's filters.  Slices and JSON live until `take`
 * returns.  A `take` that gives anything but ST_OK ends the walk, and walks may stand within walks.  Errors go to the error that ledger_view
 * was given (view_error). */
#ifndef LEDGER_LEDGER_VIEW_H
#define LEDGER_LEDGER_VIEW_H
#include "ledger/ledger.h"
#include <jansson.h>

struct ask; /* opaque: a view */

struct ledger_document {
  int64_t seq, story; /* number in the order of adding; its story */
  struct slice id, sha256, title, publisher, url, published;
  struct slice copy_of;  /* id of the first document that it is a near-copy of */
  const json_t *reading; /* NULL where it was not asked for */
};

struct ledger_record {
  struct ledger_document document;
  int64_t event;      /* of a telling: the event that it tells; else 0 */
  int64_t n;          /* index in the reading's array */
  const json_t *record;
  struct slice sentence;
};

typedef enum status take_document(void *context, const struct ledger_document *document);
typedef enum status take_record(void *context, const struct ledger_record *record);

enum status ledger_view(struct ledger *ledger, const struct ledger_question *question, enum status (*look)(void *context, struct ask *view), void *context,
                        struct error *error);
struct error *view_error(struct ask *view);

/* The documents; with filters of events, those with such an event. */
enum status view_documents(struct ask *view, bool readings, take_document *take, void *context);
/* ASK_EVENTS (each telling), ASK_CLAIMS or ASK_POSITIONS, in the order of adding. */
enum status view_records(struct ask *view, enum ledger_what what, take_record *take, void *context);
/* Each event once, by the first of its tellings that passes the filters. */
enum status view_events(struct ask *view, take_record *take, void *context);
/* All tellings of an event, whether they pass the filters or not. */
enum status view_tellings(struct ask *view, int64_t event, take_record *take, void *context);
/* All documents of a story, likewise. */
enum status view_story(struct ask *view, int64_t story, bool readings, take_document *take, void *context);
/* Did a person correct a record in it, or note something?  Takes no time of those that nobody did. */
bool view_is_corrected(struct ask *view, const struct ledger_document *document);
/* The document's reading as it was added, appended to *to. */
enum status view_reading_json(struct ask *view, const struct ledger_document *document, struct buf *to);
/* The same with the corrections in it, which is the caller's; records that are called wrong are null. */
enum status view_reading_corrected(struct ask *view, const struct ledger_document *document, json_t **to);
/* How its publisher was graded, as a JSON object appended to *to; nothing where nobody did. */
enum status view_grade(struct ask *view, struct slice publisher, struct buf *to);
/* The sentence of document `id` in which byte `at` stands, appended to *to. */
enum status view_sentence(struct ask *view, struct slice id, int64_t at, struct buf *to);
/* The answer in JSON to a question with these filters; story > 0: of that story alone. */
enum status view_answer(struct ask *view, enum ledger_what what, int64_t story, struct buf *to);
/* Appends the words of a claim's content, a blank between its spans; nothing when it has none. */
void view_content(const struct ledger_record *r, struct buf *to);

#endif

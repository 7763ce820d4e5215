/* ledger.h: the ledger, one SQLite file that holds what was read from many documents and what only many documents show.
 *
 *     struct ledger *ledger;
 *     status = ledger_open(&ledger, "tocsin.db", LEDGER_WRITE, &error);
 *     status = ledger_add(ledger, json, &added, &error);          one transaction a document
 *     status = ledger_answer(ledger, &question, &to, &error);
 *     ledger_close(ledger);
 *
 * Facts about documents (their texts and readings) are only appended.  What is derived (the story of a document, the event of a telling, the
 * series of a figure) is reckoned when a document is added, from it and those before it alone, and never changed by a later one: the state
 * after n documents can be seen at any time by leaving out all that came after.  Document numbers, story numbers and record keys count
 * from 1 in the order of adding, so the same documents in the same order give the same ledger.
 *
 * One writer (a lock beside the file keeps a second one out) and any number of readers at the same time (WAL).  A handle belongs to one
 * thread at a time.  Errors: ST_LEDGER with the file's path and what to do; ST_REFUSED for a document that cannot be taken. */
#ifndef LEDGER_LEDGER_H
#define LEDGER_LEDGER_H
#include "base/buf.h"
#include "base/slice.h"
#include "base/status.h"
#include <stdbool.h>
#include <stdint.h>

struct ledger; /* opaque */

enum ledger_mode {
  LEDGER_READ,  /* the file must be there; nothing is written */
  LEDGER_WRITE, /* made when it is not there */
  LEDGER_MEMORY /* no file: lives as long as the handle */
};

/* *to is NULL when it fails.  A file that is none of ours, damaged, made by a later version, locked by another writer: ST_LEDGER. */
enum status ledger_open(struct ledger **to, const char *path, enum ledger_mode mode, struct error *error);
void ledger_close(struct ledger *ledger); /* NULL is nothing */

enum ledger_added { LEDGER_NEW, LEDGER_KNOWN /* the same id with the same text: nothing was done */ };
/* Adds a reading in the JSON form of the record format, with its text (`read --json --with-text`).  Once it returns ST_OK the document is
 * committed.  ST_REFUSED: a reading that is not whole, or an id that stands for another text already. */
enum status ledger_add(struct ledger *ledger, struct slice json, enum ledger_added *added, struct error *error);
/* The same in steps, for many documents.  ledger_prepare does all that hangs on the document alone and may run on any thread, many at a time;
 * `tree` is the json_t of the JSON where there is one already, else NULL.  ledger_put takes what was made ready over, in any case, and writes it;
 * ST_REFUSED is of this document alone.  What was put is in the ledger once ledger_commit says so of it, document by document in the order of the puts.
 *
 *     status = ledger_prepare(ledger, json, NULL, &ready, &error);
 *     if (status == ST_OK) status = ledger_put(ledger, ready, &error);     more documents
 *     status = ledger_commit(ledger, told, &context, &error);              told(context, added, why) for each; why->code is ST_OK or why it is not in */
struct ledger_ready; /* opaque */
enum status ledger_prepare(struct ledger *ledger, struct slice json, void *tree, struct ledger_ready **to, struct error *error);
void ledger_ready_free(struct ledger_ready *ready); /* NULL is nothing */
size_t ledger_ready_bytes(const struct ledger_ready *ready); /* of the JSON that it was made of */
enum status ledger_put(struct ledger *ledger, struct ledger_ready *ready, struct error *error);
enum status ledger_commit(struct ledger *ledger, void (*told)(void *context, enum ledger_added added, const struct error *why), void *context,
                          struct error *error);
/* Makes all that was committed survive a power cut; a document's id may be told to others after it. */
enum status ledger_sync(struct ledger *ledger, struct error *error);

enum ledger_what { ASK_STORIES, ASK_STORY, ASK_EVENTS, ASK_CLAIMS, ASK_FIGURES, ASK_POSITIONS, ASK_FIND, ASK_CONTRADICTIONS };
struct ledger_question {
  enum ledger_what what;
  bool json;              /* one JSON object a line; else short lines for a person */
  struct slice actor;     /* codes that begin with it, on either side: "PRK", "PRKMIL" */
  struct slice type;      /* of events: "AID" */
  struct slice status;    /* "actual" */
  struct slice place;     /* name or country code */
  struct slice publisher;
  struct slice grade;     /* documents of publishers that a person graded so or better, "A" to "E" */
  struct slice since, until; /* days of publication, both included; ISO dates */
  struct slice as_of;     /* answers as a ledger would that holds only the documents published up to this day */
  struct slice words;     /* ASK_FIND */
  int64_t story;          /* 0: all */
  int64_t limit;          /* records at most; 0: all */
  int64_t offset;         /* after so many that are passed over */
};
/* Values of filters, of conditions of alerts and of corrections.  NULL, or what is wrong: "is no ..., see ..."; `plover` knows the types and modes. */
struct plover;
const char *ledger_wrong_status(struct slice status);
const char *ledger_wrong_act(const struct plover *plover, struct slice type, struct slice mode);
/* Appends the answer to *to, which may spill after each record (base/buf.h). */
enum status ledger_answer(struct ledger *ledger, const struct ledger_question *question, struct buf *to, struct error *error);

#endif

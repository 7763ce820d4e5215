/* document.h: one text to read, with what its publisher says of it.  Owns its memory; everything read from it is put into its arena
 * too, and goes with it. */
#ifndef INTAKE_DOCUMENT_H
#define INTAKE_DOCUMENT_H
#include "base/arena.h"
#include "base/slice.h"
#include "base/status.h"

struct document {
  struct arena arena;
  struct slice name;      /* for messages: "report.txt", "wire.jsonl:3" */
  struct slice id;        /* never empty */
  struct slice title;     /* these five: empty when not told */
  struct slice publisher;
  struct slice url;
  struct slice published; /* ISO 8601, in the long form: "2024-10-28" or "2024-10-28T14:05Z" */
  struct slice language;  /* as told: "en" */
  struct slice text;      /* valid UTF-8 without NUL; spans are offsets into it; at[n] is NUL */
  struct slice extra;     /* a JSON object of the members that we do not know, without blanks; empty when there are none */
  struct slice reading;   /* a reading given with its text (read --json --with-text): all of it as one JSON object; empty for other documents */
  void *tree;             /* the json_t of `reading`, where there is one; it goes with the document */
  char sha256[65];        /* of text */
};

/* An empty document; NULL: no memory. */
struct document *document_new(void);
void document_free(struct document *document); /* NULL is nothing */
/* Takes the text into the arena, with its SHA-256; sets how much memory all that is read from it may take.  False when there is no memory. */
bool document_set_text(struct document *document, struct slice text);
/* The same for a text that stands in the arena already, followed by a NUL. */
void document_own_text(struct document *document, struct slice text);

#endif

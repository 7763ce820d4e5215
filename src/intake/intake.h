/* intake.h: from the bytes of a file to documents, one at a time, in bounded memory.
 *
 * The format is recognised from the content: plain text (one document), a JSON object, an array of objects, JSON Lines or objects one
 * behind the other.  Text that is not UTF-8 is converted where its charset can be told.  What we cannot read is refused with a reason:
 *
 *     struct intake *in;
 *     status = intake_open(&in, path, &options, &error);
 *     while (status == ST_OK) {
 *       struct document *document;
 *       status = intake_next(in, &document, &error);   ST_REFUSED: this one cannot be read (say error.message, clear it, go on)
 *       if (status == ST_OK && !document) break;       the end
 *       ...
 *     }
 *     intake_close(in);
 *
 * One thread at a time. */
#ifndef INTAKE_INTAKE_H
#define INTAKE_INTAKE_H
#include "base/buf.h"
#include "intake/document.h"

#define MAX_TEXT_DEFAULT ((size_t)32 << 20)
#define MAX_TEXT_MOST ((size_t)1 << 30)

struct intake_options {
  size_t max_text;        /* bytes of text of one document; at most MAX_TEXT_MOST */
  struct slice published; /* for documents that do not tell theirs; all live as long as the intake, and may be empty */
  struct slice publisher;
  struct slice url;       /* where it came from: that of a document that is all there is and does not tell its own */
};

struct intake; /* opaque */

/* `path` is a file, a pipe or "-" (standard input).  ST_REFUSED when it cannot be opened or is a folder; then *to is NULL. */
enum status intake_open(struct intake **to, const char *path, const struct intake_options *options, struct error *error);
/* The next document, which the caller frees; ST_OK and *to = NULL at the end.  ST_REFUSED: one document could not be read; what
 * stands behind it is read by the next call.  Nothing else is returned. */
enum status intake_next(struct intake *in, struct document **to, struct error *error);
/* Does the next call wait for nobody, as far as one can tell? */
bool intake_waits(const struct intake *in);
/* The same of bytes that are here already: takes them out of the buf.  `name` is for messages and lives as long. */
enum status intake_open_bytes(struct intake **to, const char *name, struct buf *bytes, const struct intake_options *options, struct error *error);
/* Bytes of a file that may stand in memory at once. */
size_t intake_most(const struct intake_options *options);
void intake_close(struct intake *in); /* NULL is nothing */

#endif

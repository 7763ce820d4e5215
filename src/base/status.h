/* status.h: how a function says that it failed.
 *
 * Two kinds of wrong (doc/design.md): a fault of the input or of the system is a returned `enum status` and, where the caller gave
 * one, a filled `struct error`; a fault of ours is an assertion.  Nothing below src/cmd prints or exits.
 *
 * An error is one line: what failed, where, and what to do:
 *     report.jsonl:3: JSON ends inside a string (byte 812): send the whole object, one a line
 * The first error set wins; error_set on a filled error is ignored, so the root cause survives the way up.
 * Thread rule: an error belongs to one thread at a time. */
#ifndef BASE_STATUS_H
#define BASE_STATUS_H

/* code, exit status of the program when it ends a run, short name */
#define STATUS_LIST(X)                                    \
  X(ST_OK, 0, "ok")                                       \
  X(ST_REFUSED, 1, "document refused")                    \
  X(ST_USAGE, 2, "usage")                                 \
  X(ST_MEMORY, 3, "out of memory")                        \
  X(ST_IO, 3, "input or output failed")                   \
  X(ST_MODEL, 3, "model unusable")                        \
  X(ST_TABLE, 3, "table unusable")                        \
  X(ST_LEDGER, 3, "ledger unusable")

enum status {
#define X(code, exit_status, name) code,
  STATUS_LIST(X)
#undef X
};

/* ST_REFUSED ends one document; everything above ST_USAGE ends the run.  Limits (a document too large, an arena's ceiling) are
 * ST_REFUSED: an ordinary error of that document. */
struct error {
  enum status code;
  char message[480]; /* NUL-terminated, one line, valid UTF-8 */
};

int status_exit(enum status code);
const char *status_name(enum status code);

/* Fills *error (which may be NULL) unless it is filled already, and returns `code`, so that one can write
 *     return error_set(error, ST_IO, "%s: cannot read (%s): check the path", path, strerror(errno));
 * Control characters in the result are replaced by '?'; a message too long is cut at a character's border. */
__attribute__((format(printf, 3, 4)))
enum status error_set(struct error *error, enum status code, const char *format, ...);
void error_clear(struct error *error);

#endif

/* tocsin.h: the public face of libtocsin: a text goes in, its reading comes out as JSON, as `tocsin read --json` writes it.
 *
 *     struct tocsin *tocsin;
 *     char why[TOCSIN_MESSAGE];
 *     if (tocsin_open(&tocsin, NULL, NULL, why) != 0) ...say why...
 *     struct tocsin_reader *reader = tocsin_reader_new(tocsin);
 *     struct tocsin_document document = {.text = text, .text_bytes = n, .id = "report-1", .date = "2024-10-28"};
 *     const char *json;
 *     size_t bytes;
 *     if (tocsin_read(reader, &document, &json, &bytes, why) == 0) fwrite(json, 1, bytes, stdout);
 *     tocsin_reader_free(reader);
 *     tocsin_close(tocsin);
 *
 * A struct tocsin is immutable and shared by all threads; each thread has a reader of its own.  Functions that can fail give 0 or the
 * exit status that the program would end with (1: this document is refused, 3: cannot go on) and write one line into `why`
 * (TOCSIN_MESSAGE bytes; NULL: not wanted).  Nothing is printed, no signal or locale is touched. */
#ifndef TOCSIN_H
#define TOCSIN_H
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

#define TOCSIN_MESSAGE 480

struct tocsin;
struct tocsin_reader;

struct tocsin_document {
  const char *text;      /* UTF-8 without NUL; need not end in one */
  size_t text_bytes;
  const char *id;        /* the others are NUL-terminated UTF-8 or NULL; without id the text's SHA-256 is it */
  const char *title;
  const char *publisher;
  const char *url;
  const char *date;      /* of publication, ISO 8601 */
  const char *language;
};

const char *tocsin_version(void); /* "0.1.0" */

/* `model`: NULL for the one that is built in, else a file; `tables`: NULL, or a folder or file laid over those that are built in. */
int tocsin_open(struct tocsin **to, const char *model, const char *tables, char *why);
void tocsin_close(struct tocsin *tocsin); /* NULL is nothing; after its readers are freed */

struct tocsin_reader *tocsin_reader_new(const struct tocsin *tocsin); /* NULL: no memory */
void tocsin_reader_free(struct tocsin_reader *reader);                /* NULL is nothing */

/* *json: one object and a line feed, *bytes of them; it belongs to the reader and lives until its next call. */
int tocsin_read(struct tocsin_reader *reader, const struct tocsin_document *document, const char **json, size_t *bytes, char *why);

#ifdef __cplusplus
}
#endif
#endif

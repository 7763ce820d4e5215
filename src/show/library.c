/* library.c: include/tocsin.h on top of the floors below. */
#include "tocsin.h"
#include "base/sys.h"
#include "base/utf8.h"
#include "intake/document.h"
#include "intake/iso_date.h"
#include "lang/model.h"
#include "read/read.h"
#include "show/show.h"

#define OUTPUT_MOST ((size_t)4 << 30) /* bytes of one reading */
#define TEXT_MOST ((size_t)1 << 30)   /* what the engine takes */

struct tocsin {
  struct model *model;
  struct know know;
};

struct tocsin_reader {
  const struct tocsin *tocsin;
  struct lang *lang;
  struct buf out;
};

const char *tocsin_version(void) { return TOCSIN_VERSION; }

static int told(const struct error *error, enum status status, char *why)
{
  _Static_assert(sizeof error->message == TOCSIN_MESSAGE, "the public header tells the size of a message");
  if (why) memcpy(why, error->message, TOCSIN_MESSAGE);
  return status_exit(status);
}

int tocsin_open(struct tocsin **to, const char *model, const char *tables, char *why)
{
  struct error error = {ST_OK, ""};
  struct tocsin *tocsin = *to = sys_alloc(sizeof *tocsin);
  if (!tocsin) return told(&error, error_set(&error, ST_MEMORY, "not enough memory to begin: free some"), why);
  *tocsin = (struct tocsin){0};
  enum status status = model ? model_open_file(&tocsin->model, model, &error) : model_open_embedded(&tocsin->model, &error);
  if (status == ST_OK) {
    status = know_open(&tocsin->know, tables, &error);
    if (status != ST_OK) know_free(&tocsin->know);
  }
  if (status != ST_OK) {
    model_free(tocsin->model);
    sys_free(tocsin, sizeof *tocsin);
    *to = NULL;
  }
  return told(&error, status, why);
}

void tocsin_close(struct tocsin *tocsin)
{
  if (!tocsin) return;
  know_free(&tocsin->know);
  model_free(tocsin->model);
  sys_free(tocsin, sizeof *tocsin);
}

struct tocsin_reader *tocsin_reader_new(const struct tocsin *tocsin)
{
  struct tocsin_reader *reader = sys_alloc(sizeof *reader);
  if (!reader) return NULL;
  *reader = (struct tocsin_reader){.tocsin = tocsin, .lang = lang_new(tocsin->model)};
  buf_init(&reader->out, OUTPUT_MOST);
  if (reader->lang) return reader;
  tocsin_reader_free(reader);
  return NULL;
}

void tocsin_reader_free(struct tocsin_reader *reader)
{
  if (!reader) return;
  if (reader->lang) lang_free(reader->lang);
  buf_release(&reader->out);
  sys_free(reader, sizeof *reader);
}

/* What the caller says of the document, checked as the intake checks a file's. */
static enum status fill(struct document *d, const struct tocsin_document *from, char date[ISO_DATE_SIZE], struct error *error)
{
  struct slice text = {from->text, from->text_bytes};
  const struct {
    const char *from;
    struct slice *to;
  } members[] = {{from->id, &d->id}, {from->title, &d->title}, {from->publisher, &d->publisher}, {from->url, &d->url}, {from->language, &d->language}};
  d->name = from->id ? slice_of(from->id) : SLICE("document");
  for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
    if (!members[i].from) continue;
    *members[i].to = slice_of(members[i].from);
    if (utf8_valid(*members[i].to) != members[i].to->n) return error_set(error, ST_REFUSED, "what is told of the document is not UTF-8: convert it");
  }
  if (from->date && !iso_date_normal(slice_of(from->date), date)) return error_set(error, ST_REFUSED, "%s is no date like 2024-10-28", from->date);
  if (from->date) d->published = slice_of(date);
  if (text.n > TEXT_MOST) return error_set(error, ST_REFUSED, "more than %zu bytes of text: cut it", TEXT_MOST);
  size_t valid = utf8_valid(text);
  if (valid != text.n) return error_set(error, ST_REFUSED, "the text is not UTF-8 (byte %zu): convert it", valid);
  const char *nul = text.n ? memchr(text.at, '\0', text.n) : NULL;
  if (nul) return error_set(error, ST_REFUSED, "the text holds a NUL (byte %zu): send text", (size_t)(nul - text.at));
  if (!document_set_text(d, text)) return error_set(error, ST_REFUSED, "not enough memory for the document: free some");
  if (d->id.n == 0) d->id = (struct slice){d->sha256, 64};
  return ST_OK;
}

int tocsin_read(struct tocsin_reader *reader, const struct tocsin_document *document, const char **json, size_t *bytes, char *why)
{
  struct error error = {ST_OK, ""};
  char date[ISO_DATE_SIZE];
  struct analysis analysis = {0};
  struct reading reading = {0};
  *json = "";
  *bytes = 0;
  buf_clear(&reader->out);
  struct document *d = document_new();
  if (!d) return told(&error, error_set(&error, ST_REFUSED, "not enough memory for the document: free some"), why);
  enum status status = fill(d, document, date, &error);
  if (status == ST_OK) status = lang_analyse(reader->lang, d->text, &d->arena, &analysis, &error);
  if (status == ST_OK) status = read_document(&analysis, &reader->tocsin->know, d->published, &d->arena, &reading, &error);
  if (status == ST_OK) {
    show_json(&reader->out, &(struct show_input){.document = d, .analysis = &analysis, .reading = &reading, .know = &reader->tocsin->know}, false);
    if (reader->out.failed) status = error_set(&error, ST_REFUSED, "not enough memory for the reading: free some, or cut the document");
  }
  document_free(d);
  if (status == ST_OK) {
    *json = reader->out.at;
    *bytes = reader->out.n;
  }
  return told(&error, status, why);
}

/* read_trees.c: reads the trees of a CoNLL-U file and prints their reading, for tests that must not depend on the language model.
 *
 *     read_trees [--date 2024-10-28] [--tables PATH] [--person|--why] FILE.conllu
 *
 * Not installed.  Exit status as `tocsin`. */
#include "base/sys.h"
#include "intake/document.h"
#include "lang/conllu.h"
#include "read/read.h"
#include "show/show.h"
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST ((size_t)1 << 28)

enum form { FORM_JSON, FORM_PERSON, FORM_WHY };

struct request {
  const char *path, *date, *tables;
  enum form form;
};

static enum status slurp(const char *path, struct buf *to, struct error *error)
{
  char block[1 << 14];
  ssize_t n = 0;
  int fd = sys()->open(path, O_RDONLY, 0);
  if (fd < 0) return error_set(error, ST_REFUSED, "%s: cannot open", path);
  while (!to->failed && (n = sys()->read(fd, block, sizeof block)) > 0) buf_put(to, block, (size_t)n);
  sys()->close(fd);
  return n < 0 || to->failed ? error_set(error, ST_REFUSED, "%s: cannot read", path) : ST_OK;
}

static enum status show(const struct request *request, struct document *document, struct analysis *a, const struct know *know, struct error *error)
{
  struct reading reading;
  struct show_input in = {.document = document, .analysis = a, .reading = &reading, .know = know};
  struct show_style style = {.columns = 79};
  struct buf out;
  enum status status = read_document(a, know, document->published, &document->arena, &reading, error);
  if (status) return status;
  buf_init(&out, MOST);
  if (request->form == FORM_JSON) show_json(&out, &in, true);
  else if (request->form == FORM_PERSON) show_person(&out, &in, style);
  else show_why(&out, &in, -1, style);
  if (out.failed || fwrite(out.at, 1, out.n, stdout) != out.n) status = error_set(error, ST_IO, "cannot write the reading");
  buf_release(&out);
  return status;
}

static enum status read_trees(const struct request *request, struct error *error)
{
  struct buf bytes;
  struct know know = {0};
  struct analysis a;
  struct document *document = document_new();
  if (!document) return error_set(error, ST_MEMORY, "no memory");
  buf_init(&bytes, MOST);
  enum status status = slurp(request->path, &bytes, error);
  if (!status) status = conllu_read(buf_get(&bytes), request->path, &document->arena, &a, error);
  if (!status) status = know_open(&know, request->tables, error);
  if (!status) {
    document->id = slice_of(request->path);
    document->published = request->date ? slice_of(request->date) : (struct slice){0};
    if (document_set_text(document, a.text)) status = show(request, document, &a, &know, error);
    else status = error_set(error, ST_MEMORY, "no memory");
  }
  know_free(&know);
  buf_release(&bytes);
  document_free(document);
  return status;
}

int main(int argc, char **argv)
{
  struct request request = {0};
  struct error error;
  error_clear(&error);
  for (int i = 1; i < argc; i++) {
    if (strcmp(argv[i], "--date") == 0 && i + 1 < argc) request.date = argv[++i];
    else if (strcmp(argv[i], "--tables") == 0 && i + 1 < argc) request.tables = argv[++i];
    else if (strcmp(argv[i], "--person") == 0) request.form = FORM_PERSON;
    else if (strcmp(argv[i], "--why") == 0) request.form = FORM_WHY;
    else request.path = argv[i];
  }
  if (!request.path) {
    fputs("usage: read_trees [--date D] [--tables PATH] [--person|--why] FILE.conllu\n", stderr);
    return 2;
  }
  enum status status = read_trees(&request, &error);
  if (status) fprintf(stderr, "read_trees: %s\n", error.message);
  return status_exit(status);
}

/* run.c: the way of every command that takes documents:
 *
 *     arguments -> intake -> | engine -> readers -> make | -> stdout
 *      (one thread, in order)     (any thread)            (one thread, in order)
 *
 * A document that cannot be read travels the same way as a job that holds only its error, so that messages stand in the order of the
 * documents too. */
#include "cmd/run.h"
#include "base/pool.h"
#include "base/sys.h"
#include "intake/iso_date.h"
#include "read/read.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define OUTPUT_MOST ((size_t)4 << 30) /* bytes that one document may give */

struct job {
  struct document *document; /* NULL: refused before it was one */
  struct buf out;
  struct error error;
};

struct line {
  const struct run *run;
  const struct model *model;
  const struct know *know;
  char **paths;
  int n, next;
  struct intake *intake;
};

/* ---- what goes out ---- */

static bool write_all(int fd, struct slice bytes)
{
  while (bytes.n > 0) {
    ssize_t n = sys()->write(fd, bytes.at, bytes.n);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return false;
    bytes = slice_sub(bytes, (size_t)n, bytes.n);
  }
  return true;
}

void run_say(const char *message)
{
  struct buf line;
  buf_init(&line, 4096);
  buf_printf(&line, "tocsin: %s\n", message);
  (void)write_all(STDERR_FILENO, buf_get(&line)); /* where would one say that this failed? */
  buf_release(&line);
}

bool run_write(struct slice bytes)
{
  struct error error = {ST_OK, ""};
  if (write_all(STDOUT_FILENO, bytes)) return true;
  error_set(&error, ST_IO, "cannot write the results (%s): see to where standard output goes", strerror(errno));
  run_say(error.message);
  return false;
}

struct show_style run_style(void)
{
  struct show_style style = {.colour = false, .columns = 79};
  struct winsize size;
  if (!isatty(STDOUT_FILENO)) return style;
  const char *term = getenv("TERM"), *no = getenv("NO_COLOR");
  style.colour = term && strcmp(term, "dumb") != 0 && (!no || !*no);
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) style.columns = size.ws_col;
  if (style.columns < 40) style.columns = 40;
  if (style.columns > 200) style.columns = 200;
  return style;
}

/* ---- options ---- */

void run_init(struct run *run, const struct command *self)
{
  opterr = 0; /* run_option says what is wrong, in one line */
  *run = (struct run){.self = self, .threads = pool_cores(), .intake = {.max_text = MAX_TEXT_DEFAULT}};
}

/* "33554432", "32M" */
static bool size_of(const char *text, size_t *to)
{
  struct slice s = slice_of(text);
  int64_t n, unit = 1;
  if (s.n > 0 && strchr("KMGkmg", s.at[s.n - 1])) {
    char c = s.at[--s.n];
    unit = c == 'K' || c == 'k' ? 1024 : c == 'M' || c == 'm' ? 1024 * 1024 : 1024 * 1024 * 1024;
  }
  if (!slice_to_i64(s, &n) || n < 1 || n > (int64_t)MAX_TEXT_MOST / unit) return false;
  *to = (size_t)(n * unit);
  return true;
}

int run_option(struct run *run, int option, char *value)
{
  int64_t n;
  switch (option) {
  case RUN_OPTION_HELP:
  case 'h': return command_help(run->self);
  case '?': return command_misused(run->self, "%s: no such option, or its value is missing", value);
  case 'j':
    if (!slice_to_i64(slice_of(value), &n) || n < 1 || n > 256) return command_misused(run->self, "-j %s: not a number of threads from 1 to 256", value);
    run->threads = (unsigned)n;
    return RUN_GO_ON;
  case RUN_OPTION_MAX_TEXT:
    if (!size_of(value, &run->intake.max_text)) return command_misused(run->self, "--max-text %s: not a number of bytes from 1 to 1G", value);
    return RUN_GO_ON;
  case RUN_OPTION_MODEL: run->model = value; return RUN_GO_ON;
  case RUN_OPTION_TABLES: run->tables = value; return RUN_GO_ON;
  case RUN_OPTION_PUBLISHER: run->intake.publisher = slice_of(value); return RUN_GO_ON;
  case RUN_OPTION_DATE:
    if (!iso_date_normal(slice_of(value), run->published)) return command_misused(run->self, "--date %s: not a day of the calendar, like 2024-10-28", value);
    return RUN_GO_ON;
  default: return RUN_NOT_MINE;
  }
}

/* ---- the line ---- */

static struct job *refused(const struct error *error)
{
  struct job *job = sys_alloc(sizeof *job);
  if (!job) return NULL;
  *job = (struct job){.error = *error};
  buf_init(&job->out, OUTPUT_MOST);
  return job;
}

static void job_free(void *context, void *what)
{
  struct job *job = what;
  (void)context;
  document_free(job->document);
  buf_release(&job->out);
  sys_free(job, sizeof *job);
}

/* The next document or the next refusal; NULL at the end. */
static void *take(void *context, enum status *status)
{
  struct line *line = context;
  struct error error = {ST_OK, ""};
  for (;;) {
    struct document *document = NULL;
    enum status got = ST_OK;
    if (!line->intake) {
      if (line->next == line->n) return NULL;
      got = intake_open(&line->intake, line->paths[line->next++], &line->run->intake, &error);
    }
    if (got == ST_OK) got = intake_next(line->intake, &document, &error);
    if (got == ST_OK && !document) {
      intake_close(line->intake);
      line->intake = NULL;
      continue;
    }
    struct job *job = refused(&error);
    if (job) job->document = document;
    else {
      document_free(document);
      *status = ST_MEMORY;
      run_say("not enough memory to go on: free some, or use fewer threads (-j)");
    }
    return job;
  }
}

static void run_job(void *context, void *what, void *scratch)
{
  struct line *line = context;
  struct job *job = what;
  if (!job->document) return;
  struct arena *arena = &job->document->arena;
  struct analysis analysis = {0};
  struct reading reading = {0};
  struct run_input in = {job->document, &analysis, &reading, line->know};
  struct error error = {ST_OK, ""};
  enum status status = lang_analyse(scratch, job->document->text, arena, &analysis, &error);
  if (status == ST_OK && line->run->reading) status = read_document(&analysis, line->know, job->document->published, arena, &reading, &error);
  if (status == ST_OK) status = line->run->make(line->run->context, &in, &job->out, &error);
  if (status == ST_OK && job->out.failed) status = error_set(&error, ST_REFUSED, "not enough memory for what it gives: free some, or cut the document");
  if (status != ST_OK) error_set(&job->error, status, "%.*s: %s", SLICE_ARG(job->document->name), error.message);
  document_free(job->document); /* here, on many threads, and early */
  job->document = NULL;
}

static enum status done(void *context, void *what)
{
  struct job *job = what;
  enum status status = job->error.code;
  if (status != ST_OK) run_say(job->error.message);
  else if (!run_write(buf_get(&job->out))) status = ST_IO;
  job_free(context, job);
  return status;
}

static void *scratch_new(void *context) { return lang_new(((const struct line *)context)->model); }

static void scratch_free(void *context, void *scratch)
{
  (void)context;
  lang_free(scratch);
}

int run_documents(const struct run *run, int n, char **paths)
{
  char standard[] = "-";
  char *only[] = {standard};
  struct error error = {ST_OK, ""};
  struct model *model = NULL;
  struct know know = {0};
  struct run with = *run;
  if (with.published[0]) with.intake.published = slice_of(with.published);
  struct line line = {.run = &with, .paths = n > 0 ? paths : only, .n = n > 0 ? n : 1};
  enum status status = run_open_model(&model, run->model, &error);
  if (status == ST_OK && run->reading) {
    status = know_open(&know, run->tables, &error);
    line.know = &know;
  }
  if (status == ST_OK) {
    line.model = model;
    const struct pool_work work = {&line, take, run_job, done, job_free, scratch_new, scratch_free};
    status = pool_run(&work, run->threads, &error);
  }
  if (error.code != ST_OK) run_say(error.message);
  intake_close(line.intake);
  if (run->reading) know_free(&know);
  model_free(model);
  return status_exit(status);
}

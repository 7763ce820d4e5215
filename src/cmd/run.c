/* run.c: the way of every command that takes documents:
 *
 *     arguments -> intake -> | engine -> readers -> make | -> stdout
 *      (one thread, in order)     (any thread)            (one thread, in order)
 *
 * A document that cannot be read travels the same way as a job that holds only its error, so that messages stand in the order of the
 * documents too.
 *
 * Commands that take a document in parts do not keep what it gives: when it is the document's turn its output goes straight to stdout, and
 * before that it waits in the job, as long as all that waits is no more than HELD_MOST; then the thread waits. */
#include "cmd/run.h"
#include "show/words.h"
#include "base/pool.h"
#include "base/sys.h"
#include "intake/iso_date.h"
#include "read/read.h"
#include <errno.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define OUTPUT_MOST ((size_t)4 << 30)  /* bytes that one document may give at once */
#define HELD_MOST ((size_t)32 << 20)   /* of all documents whose turn has not come, in parts */
#define PART_MOST ((size_t)64 << 20)   /* memory for one part's analysis; a few MB are usual */

struct job {
  struct document *document; /* NULL: refused before it was one */
  struct buf out;
  size_t held;               /* of line.held */
  struct error error;
  bool begun;                /* some of its output is on stdout */
  bool said;                 /* its error is on stderr */
  struct buf id;             /* of the document, for run.take */
  void *prepared;            /* for run.take; NULL: nothing */
  struct error warning;      /* its message, when there is one; the document is read nonetheless */
};

struct line {
  const struct run *run;
  const struct model *model;
  const struct know *know;
  char **paths;
  int n, next;
  struct intake *intake;
  atomic_size_t held;        /* bytes of output that wait in jobs */
  atomic_size_t taken;       /* jobs begun */
  size_t finished;
};

/* What each thread has for itself. */
struct worker {
  struct lang *lang;
  struct arena part;
};

/* ---- what goes out ---- */

bool run_write_to(int fd, struct slice bytes)
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
  show_safe(&line); /* an id or a path may be in it */
  (void)run_write_to(STDERR_FILENO, buf_get(&line)); /* where would one say that this failed? */
  buf_release(&line);
}

bool run_write(struct slice bytes)
{
  struct error error = {ST_OK, ""};
  if (run_write_to(STDOUT_FILENO, bytes)) return true;
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
  case RUN_OPTION_TABLES:
    if (run->n_tables == RUN_TABLES) return command_misused(run->self, "--tables %s: given more than %d times", value, RUN_TABLES);
    run->tables[run->n_tables++] = value;
    return RUN_GO_ON;
  case RUN_OPTION_KEEP_OURS: run->keep_ours = true; return RUN_GO_ON;
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
  buf_init(&job->id, MAX_TEXT_MOST);
  return job;
}

static void job_free(void *context, void *what)
{
  struct line *line = context;
  struct job *job = what;
  atomic_fetch_sub(&line->held, job->held);
  if (job->prepared) line->run->drop(job->prepared);
  document_free(job->document);
  buf_release(&job->out);
  buf_release(&job->id);
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
    if (line->run->source) {
      document = line->run->source(line->run->source_context, &error);
      if (!document && error.code == ST_OK) return NULL;
      if (!document) got = error.code;
      if (got > ST_USAGE) {
        run_say(error.message);
        *status = got;
        return NULL;
      }
    } else if (!line->intake) {
      if (line->next == line->n) return NULL;
      got = intake_open(&line->intake, line->paths[line->next++], &line->run->intake, &error);
    }
    if (got == ST_OK && !line->run->source) got = intake_next(line->intake, &document, &error);
    if (got == ST_OK && !document) {
      intake_close(line->intake);
      line->intake = NULL;
      continue;
    }
    struct job *job = refused(&error);
    if (job) {
      job->document = document;
      atomic_fetch_add(&line->taken, 1);
    } else {
      document_free(document);
      *status = ST_MEMORY;
      run_say("not enough memory to go on: free some, or use fewer threads (-j)");
    }
    return job;
  }
}

/* ---- a document in parts ---- */

struct sender {
  struct line *line;
  struct job *job;
  struct pool_turn *turn;
};

/* May n bytes of the job wait? */
static bool hold(struct line *line, struct job *job, size_t n)
{
  size_t more = n - job->held;
  if (atomic_fetch_add(&line->held, more) + more > HELD_MOST) {
    atomic_fetch_sub(&line->held, more);
    return false;
  }
  job->held = n;
  return true;
}

static bool send(void *context, struct buf *buf)
{
  struct sender *s = context;
  struct job *job = s->job;
  enum turn turn = pool_turn_look(s->turn);
  if (turn == TURN_LATER) {
    if (hold(s->line, job, buf->n)) return true;
    turn = pool_turn_wait(s->turn);
  }
  if (turn == TURN_NEVER) return false;
  job->begun = true;
  bool written = run_write(buf_get(buf));
  if (!written) {
    error_set(&job->error, ST_IO, "the results could not be written");
    job->said = true;
  }
  atomic_fetch_sub(&s->line->held, job->held);
  job->held = 0;
  if (buf->cap > 16 * BUF_SPILL) { /* it will not be so large again */
    buf_release(buf);
    buf->spill = send;
    buf->spill_context = s;
  }
  buf_clear(buf);
  return written;
}

/* What must be said of a text that is not in English. */
static void warn_of_language(const struct line *line, struct job *job, struct slice language)
{
  if (language_is_read(language)) return;
  error_set(&job->warning, ST_OK, "%.*s: in another language (%.*s), and English alone is read: %s", SLICE_ARG(job->document->name), SLICE_ARG(language),
            line->run->reading ? "no records were made of it" : "its trees are guesses");
}

static enum status run_parts(const struct line *line, struct job *job, struct worker *worker, struct error *error)
{
  struct analysis analysis;
  struct reading reading = {0};
  struct run_input in = {.document = job->document, .analysis = &analysis, .reading = &reading};
  struct lang_parts parts;
  enum status status;
  lang_begin(worker->lang, job->document->text, &parts);
  do {
    arena_clear(&worker->part);
    status = lang_next(&parts, &worker->part, &analysis, error);
    bool last = analysis.n_sentences == 0;
    if (status == ST_OK && (!last || in.before == 0)) status = line->run->make(line->run->context, &in, &job->out, error);
    if (last) break;
    in.before += analysis.n_sentences;
  } while (status == ST_OK && !job->out.failed);
  return status;
}

static enum status run_whole(const struct line *line, struct job *job, struct worker *worker, struct error *error)
{
  struct arena *arena = &job->document->arena;
  struct analysis analysis = {0};
  struct reading reading = {0};
  struct run_input in = {.document = job->document, .analysis = &analysis, .reading = &reading, .know = line->know};
  if (line->run->keep_readings && job->document->reading.n) return line->run->make(line->run->context, &in, &job->out, error);
  enum status status = lang_analyse(worker->lang, job->document->text, arena, &analysis, error);
  if (status == ST_OK && line->run->reading) status = read_document(&analysis, line->know, job->document->published, arena, &reading, error);
  if (status == ST_OK) warn_of_language(line, job, reading.language);
  if (status == ST_OK) status = line->run->make(line->run->context, &in, &job->out, error);
  return status;
}

static void run_job(void *context, void *what, void *scratch, struct pool_turn *turn)
{
  struct line *line = context;
  struct job *job = what;
  if (!job->document) return;
  if (line->run->take) buf_slice(&job->id, job->document->id);
  struct sender sender = {line, job, turn};
  struct error error = {ST_OK, ""};
  enum status status;
  if (line->run->parts) {
    warn_of_language(line, job, language_of(line->know->languages, job->document->text));
    job->out.spill = send;
    job->out.spill_context = &sender;
    status = run_parts(line, job, scratch, &error);
    job->out.spill = NULL;
  } else {
    status = run_whole(line, job, scratch, &error);
  }
  if (status == ST_OK && job->out.failed) status = error_set(&error, ST_REFUSED, "not enough memory for what it gives: free some, or cut the document");
  if (status == ST_OK && line->run->prepare) {
    status = line->run->prepare(line->run->take_context, job->document, buf_get(&job->out), &job->prepared, &error);
    buf_release(&job->out); /* its work is done */
  }
  if (status != ST_OK && !job->said)
    error_set(&job->error, status, "%.*s: %s%s", SLICE_ARG(job->document->name), error.message, job->begun ? " (its first sentences are written)" : "");
  document_free(job->document); /* here, on many threads, and early */
  job->document = NULL;
}

/* Hands what a document gave to the command that keeps it. */
static enum status hand_over(struct line *line, struct job *job)
{
  const struct run *run = line->run;
  const bool waits = run->threads == 1 && run->waits && run->waits(run->source_context), idle = atomic_load(&line->taken) == ++line->finished && !waits;
  const bool failed = job->error.code != ST_OK;
  struct error error = {ST_OK, ""};
  const struct run_made made = {buf_get(&job->id), failed ? (struct slice){NULL, 0} : buf_get(&job->out), job->prepared};
  job->prepared = NULL;
  enum status status = run->take(run->take_context, &made, idle, &error);
  if (status != ST_OK) run_say(error.message);
  return failed && status <= ST_USAGE ? job->error.code : status;
}

static enum status done(void *context, void *what)
{
  struct line *line = context;
  struct job *job = what;
  enum status status = job->error.code;
  if (job->warning.message[0]) run_say(job->warning.message);
  if (status != ST_OK && !job->said) run_say(job->error.message);
  if (line->run->take) status = hand_over(line, job);
  else if (status == ST_OK && !run_write(buf_get(&job->out))) status = ST_IO;
  job_free(context, job);
  return status;
}

static void *scratch_new(void *context)
{
  const struct line *line = context;
  struct worker *worker = sys_alloc(sizeof *worker);
  if (!worker) return NULL;
  *worker = (struct worker){.lang = lang_new(line->model)};
  arena_init(&worker->part, PART_MOST);
  if (worker->lang) return worker;
  sys_free(worker, sizeof *worker);
  return NULL;
}

static void scratch_free(void *context, void *scratch)
{
  struct worker *worker = scratch;
  (void)context;
  lang_free(worker->lang);
  arena_release(&worker->part);
  sys_free(worker, sizeof *worker);
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
  line.know = &know;
  if (status == ST_OK)
    status = run->reading ? know_open_all(&know, run->tables, run->n_tables, &error) : know_open_languages(&know, run->tables, run->n_tables, &error);
  know.keep_ours = run->keep_ours;
  for (size_t i = 0; know.petrarch && i < know.petrarch->warnings.n; i++) run_say(know.petrarch->warnings.at[i].at);
  if (status == ST_OK) {
    line.model = model;
    const struct pool_work work = {&line, take, run_job, done, job_free, scratch_new, scratch_free};
    status = pool_run(&work, run->threads, &error);
  }
  if (error.code != ST_OK) run_say(error.message);
  intake_close(line.intake);
  know_free(&know);
  model_free(model);
  return status_exit(status);
}

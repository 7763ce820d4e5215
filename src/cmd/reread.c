/* reread.c: tocsin reread: reads the texts that the ledger keeps anew, with the model and the tables of now. */
#include "base/sha256.h"
#include "base/sys.h"
#include "cmd/run.h"
#include "show/words.h"
#include "ledger/ledger_item.h"
#include "ledger/ledger_reread.h"
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#define ANSWER_MOST ((size_t)2 << 30)

struct reread {
  struct ledger *reader, *ledger; /* texts come on one thread while readings go on another */
  int64_t seq;
  char stamp[65];
};

/* ---- what makes readings ---- */

static void stamp_path(struct buf *to, const char *path)
{
  struct stat st;
  buf_printf(to, "%s ", path);
  if (stat(path, &st) == 0) buf_printf(to, "%lld %lld.%09ld", (long long)st.st_size, (long long)st.st_mtim.tv_sec, st.st_mtim.tv_nsec);
  buf_char(to, '\n');
}

struct folder {
  struct buf *to;
  const char *path;
  uint64_t sum; /* of the files' lines, whose order is none */
};

static bool stamp_file(void *context, const char *name)
{
  struct folder *f = context;
  struct buf line;
  char path[4096];
  const int n = snprintf(path, sizeof path, "%s/%s", f->path, name);
  buf_init(&line, 1 << 14);
  if (name[0] != '.' && n > 0 && (size_t)n < sizeof path) stamp_path(&line, path);
  f->sum += slice_hash(buf_get(&line));
  buf_release(&line);
  return true;
}

/* The program itself, which holds tables and the small model, files of a model and of tables, and the options: by their sizes and times.  What waits of
 * an earlier run is taken up when all of it is the same. */
static void make_stamp(struct reread *r, const struct run *run)
{
  struct buf all;
  char model[4096];
  buf_init(&all, 1 << 20);
  stamp_path(&all, "/proc/self/exe");
  if (run_model_file(run->model, model)) stamp_path(&all, model);
  for (size_t i = 0; i < run->n_tables; i++) {
    struct folder folder = {&all, run->tables[i], 0};
    stamp_path(&all, run->tables[i]);
    if (sys()->list(run->tables[i], stamp_file, &folder) == 0) buf_printf(&all, "%llx\n", (unsigned long long)folder.sum);
  }
  buf_printf(&all, "%d", run->keep_ours);
  sha256_hex(buf_get(&all), r->stamp);
  buf_release(&all);
}

/* ---- texts in, readings out ---- */

static struct document *document_from(struct slice json, struct error *error)
{
  struct ledger_item item;
  struct document *to = item_read(&item, json, error) == ST_OK ? document_new() : NULL;
  if (to) {
    const json_t *d = json_object_get(item.root, "document"), *extra = json_object_get(d, "extra");
    struct arena *arena = &to->arena;
    char *more = extra ? json_dumps(extra, JSON_COMPACT) : NULL;
    to->id = to->name = slice_copy(arena, item.id);
    to->title = slice_copy(arena, item.title);
    to->publisher = slice_copy(arena, item.publisher);
    to->url = slice_copy(arena, item.url);
    to->published = slice_copy(arena, item.published);
    to->language = slice_copy(arena, item_string(d, "language"));
    if (more) to->extra = slice_copy(arena, slice_of(more));
    free(more);
    if (!document_set_text(to, item.text)) {
      document_free(to);
      to = NULL;
    }
  }
  if (!to) error_set(error, ST_MEMORY, "not enough memory to read a text anew: free some");
  item_release(&item);
  return to;
}

static struct document *source(void *context, struct error *error)
{
  struct reread *r = context;
  struct buf json;
  buf_init(&json, ANSWER_MOST);
  struct document *to = NULL;
  if (ledger_reread_get(r->reader, &r->seq, &json, error) == ST_OK && json.n) to = document_from(buf_get(&json), error);
  buf_release(&json);
  return to;
}

static enum status make(const void *context, const struct run_input *in, struct buf *to, struct error *error)
{
  const struct show_input input = {.document = in->document, .analysis = in->analysis, .reading = in->reading, .know = in->know};
  (void)context;
  (void)error; /* a full buf is seen by the caller */
  show_json(to, &input, true);
  return ST_OK;
}

/* What could not be read anew keeps its reading. */
static enum status take(void *context, const struct run_made *made, bool idle, struct error *error)
{
  struct reread *r = context;
  (void)idle;
  return made->made.n ? ledger_reread_put(r->ledger, slice_of(r->stamp), made->made, error) : ST_OK;
}

static void say_done(int64_t done)
{
  char line[100];
  snprintf(line, sizeof line, "%lld documents were read anew before: the others follow", (long long)done);
  run_say(line);
}

static int finish(struct reread *r, bool diff, bool json, struct error *error)
{
  struct buf to;
  buf_init(&to, ANSWER_MOST);
  enum status status = ledger_reread_finish(r->ledger, diff, json, &to, error);
  if (status == ST_OK) status = ledger_sync(r->ledger, error);
  if (status != ST_OK) run_say(error->message);
  else if (!json) show_safe(&to);
  if (status == ST_OK && !run_write(buf_get(&to))) status = ST_IO;
  buf_release(&to);
  return status_exit(status);
}

static int reread_run(const struct command *self, int argc, char **argv)
{
  enum { DIFF = RUN_OPTION_OWN, JSON };
  static const struct option options[] = {RUN_LONG, RUN_LONG_READING, {"ledger", required_argument, NULL, 'd'}, {"diff", no_argument, NULL, DIFF},
                                          {"json", no_argument, NULL, JSON}, {NULL, 0, NULL, 0}};
  struct run run;
  struct reread r = {0};
  struct error error = {ST_OK, ""};
  const char *path = NULL;
  bool diff = false, json = false;
  int c;
  run_init(&run, self);
  while ((c = getopt_long(argc, argv, "d:" RUN_SHORT, options, NULL)) != -1) {
    int stop = run_option(&run, c, c == '?' ? argv[optind - 1] : optarg);
    if (stop >= 0) return stop;
    if (c == 'd') path = optarg;
    diff = diff || c == DIFF;
    json = json || c == JSON;
  }
  if (optind < argc) return command_misused(self, "%s: takes options alone", argv[optind]);
  enum status status = ledger_open(&r.reader, ledger_path(path), LEDGER_READ, &error);
  if (status == ST_OK) status = ledger_open(&r.ledger, ledger_path(path), LEDGER_WRITE, &error);
  int64_t done = 0;
  make_stamp(&r, &run);
  if (status == ST_OK) status = ledger_reread_begin(r.ledger, slice_of(r.stamp), &done, &error);
  if (status == ST_OK && done) say_done(done);
  int exit_status = status_exit(status);
  if (status != ST_OK) run_say(error.message);
  else {
    run.reading = true;
    run.make = make;
    run.take = take;
    run.take_context = &r;
    run.source = source;
    run.source_context = &r;
    exit_status = run_documents(&run, 0, NULL);
    if (exit_status <= 1) {
      const int finished = finish(&r, diff, json, &error);
      if (finished) exit_status = finished;
    }
  }
  ledger_close(r.reader);
  ledger_close(r.ledger);
  return exit_status;
}

const struct command command_reread = {
  .name = "reread",
  .synopsis = "[-d LEDGER] [--diff] [--json] [OPTION]...",
  .does = "read all texts of the ledger anew",
  .help = "  -d LEDGER           the ledger ($TOCSIN_LEDGER, or tocsin.db)\n"
          "  --diff              the records gone, new and changed, each with its sentence\n"
          "  --json              one JSON object a line\n" RUN_HELP_READING RUN_HELP,
  .run = reread_run,
};

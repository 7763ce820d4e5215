/* add.c: tocsin add: reads documents into the ledger; readings made before (read --json --with-text) are taken as they are.
 *
 * Documents are read on many threads; what each gives is added here in the order of the input, many to a commit when they come fast, and
 * its id goes to stdout after the commit has reached the disk. */
#include "base/sys.h"
#include "cmd/run.h"
#include "intake/supply.h"
#include "ledger/ledger.h"
#include <stdlib.h>

/* Documents that may wait for one commit: so many, of so many bytes, for so long. */
enum { GROUP_MOST = 256, GROUP_BYTES = 8 << 20, GROUP_NS = 250000000 };

struct add {
  struct supply supply;
  struct ledger *ledger;
  struct buf waiting; /* ids of what was put and not committed, one behind the other; where each ends */
  size_t ends[GROUP_MOST];
  struct buf ids;     /* of what is to be told */
  size_t n, bytes, at; /* of what waits; `at`: how many of them were told */
  int64_t since;
  bool refused;
};

static enum status make(const void *context, const struct run_input *in, struct buf *to, struct error *error)
{
  (void)context;
  (void)error; /* a full buf is seen by the caller */
  if (in->document->reading.n) return ST_OK;
  const struct show_input input = {.document = in->document, .analysis = in->analysis, .reading = in->reading, .know = in->know};
  show_json(to, &input, true);
  return ST_OK;
}

/* All that hangs on the document alone, on the thread that read it. */
static enum status prepare(void *context, const struct document *document, struct slice made, void **to, struct error *error)
{
  const struct add *add = context;
  struct ledger_ready *ready = NULL;
  const struct slice reading = document->reading.n ? document->reading : made;
  enum status status = ledger_prepare(add->ledger, reading, document->reading.n ? document->tree : NULL, &ready, error);
  *to = ready;
  return status;
}

static void drop(void *prepared) { ledger_ready_free(prepared); }

/* What became of a document that was put, in the order of the puts. */
static void told(void *context, enum ledger_added added, const struct error *why)
{
  struct add *add = context;
  const size_t from = add->at ? add->ends[add->at - 1] : 0;
  const struct slice id = slice_sub(buf_get(&add->waiting), from, add->ends[add->at]);
  (void)added;
  add->at++;
  if (why->code == ST_OK) {
    buf_slice(&add->ids, id);
    buf_char(&add->ids, '\n');
    return;
  }
  if (why->code != ST_REFUSED) return; /* ledger_commit says it once for all that it keeps out */
  struct error error = {ST_OK, ""};
  add->refused = true;
  error_set(&error, why->code, "%.*s: %s", SLICE_ARG(id), why->message);
  run_say(error.message);
}

/* Commits what was put, and tells its ids. */
static enum status tell(struct add *add, struct error *error)
{
  if (!add->n) return ST_OK;
  struct error second = {ST_OK, ""}; /* of what was committed before a failure the ids are told nonetheless */
  add->at = 0;
  enum status status = ledger_commit(add->ledger, told, add, error), out = ST_OK;
  if (add->ids.n) out = ledger_sync(add->ledger, &second);
  if (out == ST_OK && !run_write(buf_get(&add->ids))) out = error_set(&second, ST_IO, "the ids could not be written");
  buf_clear(&add->ids);
  buf_clear(&add->waiting);
  add->n = add->bytes = 0;
  return status != ST_OK || out == ST_OK ? status : error_set(error, out, "%s", second.message);
}

/* One document's reading, in the order of the input; idle: no other document is ready. */
static enum status take(void *context, const struct run_made *made, bool idle, struct error *error)
{
  struct add *add = context;
  enum status status = ST_OK;
  if (made->prepared) {
    struct error why = {ST_OK, ""};
    const size_t bytes = ledger_ready_bytes(made->prepared);
    status = ledger_put(add->ledger, made->prepared, &why);
    if (status == ST_REFUSED) error_set(error, status, "%.*s: %s", SLICE_ARG(made->id), why.message);
    else if (status != ST_OK) error_set(error, status, "%s", why.message);
    if (status == ST_OK) {
      if (!add->n) add->since = sys()->monotonic_ns();
      buf_slice(&add->waiting, made->id);
      add->ends[add->n++] = add->waiting.n;
      add->bytes += bytes;
    }
  }
  if (status != ST_OK && status != ST_REFUSED) return status;
  if (!idle && add->n < GROUP_MOST && add->bytes < GROUP_BYTES && (!add->n || sys()->monotonic_ns() - add->since < GROUP_NS)) return status;
  struct error second = {ST_OK, ""};
  const enum status all = tell(add, &second);
  if (all == ST_OK) return status;
  error_clear(error);
  return error_set(error, all, "%s", second.message);
}

const char *ledger_path(const char *given)
{
  if (given) return given;
  const char *set = getenv("TOCSIN_LEDGER");
  return set && *set ? set : "tocsin.db";
}

static struct document *source(void *context, struct error *error)
{
  struct document *document = NULL;
  return supply_next(context, &document, error) == ST_OK ? document : NULL;
}

static bool waits(void *context) { return supply_waits(context); }

static int add_run(const struct command *self, int argc, char **argv)
{
  static const struct option options[] = {RUN_LONG, RUN_LONG_READING, {"ledger", required_argument, NULL, 'd'}, {NULL, 0, NULL, 0}};
  struct run run;
  struct add add = {0};
  struct error error = {ST_OK, ""};
  const char *path = NULL;
  char stdin_name[] = "-", *standard = stdin_name;
  int c;
  run_init(&run, self);
  while ((c = getopt_long(argc, argv, "d:" RUN_SHORT, options, NULL)) != -1) {
    int stop = run_option(&run, c, c == '?' ? argv[optind - 1] : optarg);
    if (stop >= 0) return stop;
    if (c == 'd') path = optarg;
  }
  if (ledger_open(&add.ledger, ledger_path(path), LEDGER_WRITE, &error) != ST_OK) {
    run_say(error.message);
    return status_exit(error.code);
  }
  buf_init(&add.ids, (size_t)1 << 30);
  buf_init(&add.waiting, (size_t)1 << 30);
  if (run.published[0]) run.intake.published = slice_of(run.published);
  supply_init(&add.supply, optind < argc ? argv + optind : &standard, optind < argc ? (size_t)(argc - optind) : 1, &run.intake);
  run.source = source;
  run.waits = waits;
  run.source_context = &add.supply;
  run.reading = true;
  run.keep_readings = true;
  run.make = make;
  run.context = &add;
  run.prepare = prepare;
  run.drop = drop;
  run.take = take;
  run.take_context = &add;
  int exit_status = run_documents(&run, 0, NULL);
  supply_release(&add.supply);
  if (tell(&add, &error) != ST_OK) {
    run_say(error.message);
    exit_status = status_exit(ST_LEDGER);
  }
  if (exit_status == 0 && add.refused) exit_status = status_exit(ST_REFUSED);
  buf_release(&add.ids);
  buf_release(&add.waiting);
  ledger_close(add.ledger);
  return exit_status;
}

const struct command command_add = {
  .name = "add",
  .synopsis = "[-d LEDGER] [--date D] [OPTION]... [FILE|FOLDER|URL|-]...",
  .does = "read documents into the ledger",
  .help = "Reads like tocsin read, and takes what read --json --with-text wrote.  Prints a\n"
          "document's id once it is in the ledger for good.  Of a folder all files below it,\n"
          "in the order of their names; an address is fetched by http or https.\n\n"
          "  -d LEDGER           the ledger ($TOCSIN_LEDGER, or tocsin.db)\n" RUN_HELP_READING RUN_HELP,
  .run = add_run,
};

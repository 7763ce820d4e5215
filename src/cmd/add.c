/* add.c: tocsin add: reads documents into the ledger; readings made before (read --json --with-text) are taken as they are.
 *
 * Documents are read on many threads; what each gives is added here in the order of the input, and its id goes to stdout after the commit has
 * reached the disk. */
#include "cmd/run.h"
#include "ledger/ledger.h"
#include <stdlib.h>

enum { IDS_MOST = 256 }; /* documents that may wait for one write to the disk */

struct add {
  struct ledger *ledger;
  struct buf ids;
  unsigned waiting;
};

static enum status make(const void *context, const struct run_input *in, struct buf *to, struct error *error)
{
  (void)context;
  (void)error; /* a full buf is seen by the caller */
  if (in->document->reading.n) {
    buf_slice(to, in->document->reading);
    return ST_OK;
  }
  const struct show_input input = {.document = in->document, .analysis = in->analysis, .reading = in->reading, .know = in->know};
  show_json(to, &input, true);
  return ST_OK;
}

static enum status tell(struct add *add, struct error *error)
{
  if (!add->waiting) return ST_OK;
  enum status status = ledger_sync(add->ledger, error);
  if (status == ST_OK && !run_write(buf_get(&add->ids))) status = error_set(error, ST_IO, "the ids could not be written");
  buf_clear(&add->ids);
  add->waiting = 0;
  return status;
}

/* One document's reading, in the order of the input; idle: no other document is ready. */
static enum status take(void *context, struct slice id, struct slice reading, bool idle, struct error *error)
{
  struct add *add = context;
  enum ledger_added added;
  enum status status = ST_OK;
  if (reading.n) {
    struct error why = {ST_OK, ""};
    status = ledger_add(add->ledger, reading, &added, &why);
    if (status == ST_REFUSED) error_set(error, status, "%.*s: %s", SLICE_ARG(id), why.message);
    else if (status != ST_OK) error_set(error, status, "%s", why.message);
    if (status == ST_OK) {
      buf_slice(&add->ids, id);
      buf_char(&add->ids, '\n');
      add->waiting++;
    }
  }
  if (status != ST_OK && status != ST_REFUSED) return status;
  if (!idle && add->waiting < IDS_MOST) return status;
  struct error second = {ST_OK, ""};
  const enum status told = tell(add, &second);
  if (told == ST_OK) return status;
  error_clear(error);
  return error_set(error, told, "%s", second.message);
}

const char *ledger_path(const char *given)
{
  if (given) return given;
  const char *set = getenv("TOCSIN_LEDGER");
  return set && *set ? set : "tocsin.db";
}

static int add_run(const struct command *self, int argc, char **argv)
{
  static const struct option options[] = {RUN_LONG, RUN_LONG_READING, {"ledger", required_argument, NULL, 'd'}, {NULL, 0, NULL, 0}};
  struct run run;
  struct add add = {NULL, {0}, 0};
  struct error error = {ST_OK, ""};
  const char *path = NULL;
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
  buf_init(&add.ids, (size_t)64 << 20);
  run.reading = true;
  run.keep_readings = true;
  run.make = make;
  run.context = &add;
  run.take = take;
  run.take_context = &add;
  int exit_status = run_documents(&run, argc - optind, argv + optind);
  if (tell(&add, &error) != ST_OK) {
    run_say(error.message);
    exit_status = status_exit(ST_LEDGER);
  }
  buf_release(&add.ids);
  ledger_close(add.ledger);
  return exit_status;
}

const struct command command_add = {
  .name = "add",
  .synopsis = "[-d LEDGER] [--date D] [OPTION]... [FILE|-]...",
  .does = "read documents into the ledger",
  .help = "Reads like tocsin read, and takes what read --json --with-text wrote.  Prints a\ndocument's id once it is in the ledger for good.\n\n"
          "  -d LEDGER           the ledger ($TOCSIN_LEDGER, or tocsin.db)\n" RUN_HELP_READING RUN_HELP,
  .run = add_run,
};

/* correct.c: tocsin correct: what a person says of the ledger, takes back, and lists.  The only place that asks the clock for its time. */
#include "cmd/run.h"
#include "intake/iso_date.h"
#include "ledger/ledger_correct.h"
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { LIST_MOST_MB = 1024, NAMES = 1024 };

struct correct {
  const struct command *self;
  struct ledger_correction correction;
  struct slice names[NAMES];
  char at[ISO_DATE_SIZE];
  const char *path;
  int64_t undo; /* 0: none */
  bool list, json;
};

enum { JSON = RUN_OPTION_OWN, BY, AT, REASON, LIST, UNDO };
static const struct option options[] = {
  {"ledger", required_argument, NULL, 'd'}, {"json", no_argument, NULL, JSON}, {"by", required_argument, NULL, BY}, {"at", required_argument, NULL, AT},
  {"reason", required_argument, NULL, REASON}, {"list", no_argument, NULL, LIST}, {"undo", required_argument, NULL, UNDO},
  {"help", no_argument, NULL, 'h'}, {NULL, 0, NULL, 0}};

static int take_option(struct correct *to, int option, char *value)
{
  switch (option) {
  case 'd': to->path = value; return -1;
  case JSON: to->json = true; return -1;
  case BY: to->correction.author = slice_of(value); return -1;
  case REASON: to->correction.reason = slice_of(value); return -1;
  case LIST: to->list = true; return -1;
  case AT: return iso_date_normal(slice_of(value), to->at) ? -1 : command_misused(to->self, "--at %s: no time like 2024-10-28T14:05Z", value);
  case UNDO:
    if (slice_to_i64(slice_of(value), &to->undo) && to->undo > 0) return -1;
    return command_misused(to->self, "--undo %s: not a number of a correction", value);
  case 'h': return command_help(to->self);
  default: return command_misused(to->self, "%s: no such option, or its value is missing", value);
  }
}

static int take_arguments(struct correct *to, int n, char **arguments)
{
  if (to->list || to->undo) {
    if (to->list && to->undo) return command_misused(to->self, "--list and --undo are two things: take one");
    return n == 0 ? -1 : command_misused(to->self, "%s: --list and --undo take options alone", arguments[0]);
  }
  if (n == 0) return command_misused(to->self, "says what to correct, or --list, or --undo N");
  if (strcmp(arguments[0], "grade") != 0) return command_misused(to->self, "%s: no such correction", arguments[0]);
  if (n != 3) return command_misused(to->self, "grade takes a publisher and a letter from A to F");
  to->correction.kind = CORRECT_GRADE;
  to->names[0] = slice_of(arguments[1]);
  to->correction.n_names = 1;
  to->correction.value = slice_of(arguments[2]);
  return -1;
}

/* $USER made the correction, now, when nothing else is said. */
static void fill_in(struct correct *c)
{
  const char *user = getenv("USER");
  struct timespec now;
  struct tm at;
  if (!c->correction.author.n && user) c->correction.author = slice_of(user);
  if (!c->at[0] && clock_gettime(CLOCK_REALTIME, &now) == 0 && gmtime_r(&now.tv_sec, &at)) strftime(c->at, sizeof c->at, "%Y-%m-%dT%H:%M:%SZ", &at);
  c->correction.at = slice_of(c->at);
  c->correction.names = c->names;
}

static enum status list(struct ledger *ledger, const struct correct *c, struct error *error)
{
  struct buf to;
  buf_init(&to, (size_t)LIST_MOST_MB << 20);
  enum status status = ledger_corrections(ledger, c->json, &to, error);
  if (status == ST_OK && !run_write(buf_get(&to))) status = ST_IO;
  buf_release(&to);
  return status;
}

static enum status make(struct ledger *ledger, const struct correct *c, struct error *error)
{
  int64_t number = 0;
  char line[40];
  enum status status = c->undo ? ledger_undo(ledger, c->undo, &c->correction, &number, error) : ledger_correct(ledger, &c->correction, &number, error);
  if (status == ST_OK) status = ledger_sync(ledger, error);
  snprintf(line, sizeof line, "correction %lld\n", (long long)number);
  if (status == ST_OK && !run_write(slice_of(line))) status = ST_IO;
  return status;
}

static int correct_run(const struct command *self, int argc, char **argv)
{
  struct correct c = {.self = self};
  struct ledger *ledger = NULL;
  struct error error = {ST_OK, ""};
  int option, stop = -1;
  opterr = 0;
  while (stop < 0 && (option = getopt_long(argc, argv, "d:h", options, NULL)) != -1) stop = take_option(&c, option, option == '?' ? argv[optind - 1] : optarg);
  if (stop < 0) stop = take_arguments(&c, argc - optind, argv + optind);
  if (stop >= 0) return stop;
  fill_in(&c);
  /* correcting what is not there would make an empty ledger, so a reader looks first */
  enum status status = ledger_open(&ledger, ledger_path(c.path), LEDGER_READ, &error);
  if (status == ST_OK && !c.list) {
    ledger_close(ledger);
    status = ledger_open(&ledger, ledger_path(c.path), LEDGER_WRITE, &error);
  }
  if (status == ST_OK) status = c.list ? list(ledger, &c, &error) : make(ledger, &c, &error);
  if (error.code != ST_OK) run_say(error.message);
  ledger_close(ledger);
  return status_exit(status);
}

const struct command command_correct = {
  .name = "correct",
  .synopsis = "[-d LEDGER] [--by NAME] [--at TIME] [--reason TEXT] CORRECTION | --list | --undo N",
  .does = "say what is wrong in the ledger, and take it back",
  .help = "  grade PUBLISHER A   how reliable a publisher is: A (reliable) to E\n"
          "                      (unreliable), F (not judged)\n\n"
          "  -d LEDGER           the ledger ($TOCSIN_LEDGER, or tocsin.db)\n"
          "  --by NAME           who says so ($USER)\n"
          "  --at TIME           when (now): 2024-10-28T14:05Z\n"
          "  --reason TEXT       why\n"
          "  --list              the corrections; --json: one JSON object a line\n"
          "  --undo N            takes correction N back\n",
  .run = correct_run,
};

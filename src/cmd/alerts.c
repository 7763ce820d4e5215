/* alerts.c: tocsin alerts: what a person's rules find in the ledger, each alert once. */
#include "cmd/run.h"
#include "intake/iso_date.h"
#include "ledger/ledger_alerts.h"
#include <errno.h>
#include <fcntl.h>
#include "base/sys.h"

enum { RULES_MOST = 1 << 20 };

struct asked {
  const char *path, *rules;
  struct alert_question question;
};

enum { JSON = RUN_OPTION_OWN, RULES, ALL, DRY_RUN, TODAY };
static const struct option options[] = {
  {"ledger", required_argument, NULL, 'd'}, {"rules", required_argument, NULL, RULES}, {"json", no_argument, NULL, JSON}, {"all", no_argument, NULL, ALL},
  {"dry-run", no_argument, NULL, DRY_RUN}, {"today", required_argument, NULL, TODAY}, {"help", no_argument, NULL, 'h'}, {NULL, 0, NULL, 0}};

/* An option; an exit status when it ends the command, else -1. */
static int take_option(const struct command *self, struct asked *to, int option, char *value)
{
  char normal[ISO_DATE_SIZE];
  switch (option) {
  case 'd': to->path = value; return -1;
  case RULES: to->rules = value; return -1;
  case JSON: to->question.json = true; return -1;
  case ALL: to->question.all = true; return -1;
  case DRY_RUN: to->question.dry_run = true; return -1;
  case TODAY:
    to->question.today = slice_of(value);
    if (to->question.today.n == 10 && iso_date_normal(to->question.today, normal)) return -1;
    return command_misused(self, "--today %s: not a day of the calendar, like 2024-10-28", value);
  case 'h': return command_help(self);
  default: return command_misused(self, "%s: no such option, or its value is missing", value);
  }
}

static enum status read_file(const char *path, struct buf *to, struct error *error)
{
  char part[1 << 14];
  ssize_t n = 0;
  const int fd = sys()->open(path, O_RDONLY | O_CLOEXEC, 0);
  if (fd < 0) return error_set(error, ST_IO, "%s: cannot read the rules (%s): name their file with --rules", path, strerror(errno));
  while ((n = sys()->read(fd, part, sizeof part)) > 0) buf_put(to, part, (size_t)n);
  const int wrong = errno;
  sys()->close(fd);
  if (n < 0) return error_set(error, ST_IO, "%s: cannot read the rules (%s): name their file with --rules", path, strerror(wrong));
  return to->failed ? error_set(error, ST_IO, "%s: more than a megabyte of rules: make it shorter", path) : ST_OK;
}

static enum status answer(const struct asked *asked, struct arena *arena, struct buf *rules_text, struct buf *to, struct error *error)
{
  struct alert_rules rules;
  struct ledger *ledger = NULL;
  enum status status = read_file(asked->rules, rules_text, error);
  if (status == ST_OK) status = alert_rules_read(&rules, arena, buf_get(rules_text), asked->rules, error);
  if (status == ST_OK) status = ledger_open(&ledger, ledger_path(asked->path), LEDGER_READ, error); /* it must be there */
  if (status == ST_OK && !asked->question.dry_run) {
    ledger_close(ledger);
    status = ledger_open(&ledger, ledger_path(asked->path), LEDGER_WRITE, error);
  }
  if (status == ST_OK) status = ledger_alerts(ledger, &rules, &asked->question, to, error);
  ledger_close(ledger);
  return status;
}

static int alerts_run(const struct command *self, int argc, char **argv)
{
  struct asked asked = {.rules = "tocsin.alerts"};
  struct error error = {ST_OK, ""};
  struct arena arena;
  struct buf text, to;
  int c;
  opterr = 0;
  while ((c = getopt_long(argc, argv, "d:h", options, NULL)) != -1) {
    const int stop = take_option(self, &asked, c, c == '?' ? argv[optind - 1] : optarg);
    if (stop >= 0) return stop;
  }
  if (optind < argc) return command_misused(self, "%s: takes options alone", argv[optind]);
  if (asked.question.all && asked.question.dry_run) return command_misused(self, "--all and --dry-run: take one");
  arena_init(&arena, (size_t)1 << 24);
  buf_init(&text, RULES_MOST);
  buf_init(&to, (size_t)1 << 30);
  enum status status = answer(&asked, &arena, &text, &to, &error);
  if (status != ST_OK) run_say(error.message);
  else if (!run_write(buf_get(&to))) status = ST_IO;
  buf_release(&to);
  buf_release(&text);
  arena_release(&arena);
  return status_exit(status);
}

const struct command command_alerts = {
  .name = "alerts",
  .synopsis = "[-d LEDGER] [--rules FILE] [--json] [--all | --dry-run] [--today D]",
  .does = "what your rules find, each alert once",
  .help = "  -d LEDGER           the ledger ($TOCSIN_LEDGER, or tocsin.db)\n"
          "  --rules FILE        the rules (tocsin.alerts); doc/alerts.md explains them\n"
          "  --json              one JSON object a line\n"
          "  --all               also those that rang before\n"
          "  --dry-run           keeps nothing: they ring again\n"
          "  --today D           the day by which planned acts are due (the newest day of\n"
          "                      publication)\n",
  .run = alerts_run,
};

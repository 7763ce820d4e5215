/* alerts.c: tocsin alerts: what a person's rules find in the ledger, each alert once to each output. */
#include "base/sys.h"
#include "cmd/alert_out.h"
#include "cmd/filters.h"
#include "export/atom.h"
#include "export/parts.h"
#include "intake/iso_date.h"
#include "show/words.h"
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

static char *const no_program = NULL; /* until it is known */
enum { RULES_MOST = 1 << 20, FEED_ENTRIES = 100 };
#define FEED_MOST ((size_t)1 << 30)

struct asked {
  struct filters filters;
  const char *rules, *secret, *address;
  struct alert_question question;
  bool json, atom, all;
  struct alert_exec exec;
  struct alert_webhook hook;
  long seconds;
};

enum { JSON = FILTERS_OWN, ATOM, ADDRESS, RULES, ALL, DRY_RUN, TODAY, EXEC, WEBHOOK, SECRET, TRIES, SECONDS };
static const struct option options[] = {
  FILTERS_LONG, {"rules", required_argument, NULL, RULES}, {"json", no_argument, NULL, JSON}, {"atom", no_argument, NULL, ATOM},
  {"address", required_argument, NULL, ADDRESS}, {"all", no_argument, NULL, ALL}, {"dry-run", no_argument, NULL, DRY_RUN},
  {"today", required_argument, NULL, TODAY}, {"exec", no_argument, NULL, EXEC}, {"webhook", required_argument, NULL, WEBHOOK},
  {"secret", required_argument, NULL, SECRET}, {"tries", required_argument, NULL, TRIES}, {"timeout", required_argument, NULL, SECONDS},
  {NULL, 0, NULL, 0}};

static int take_number(const struct command *self, const char *name, const char *value, int64_t most, int64_t *to)
{
  if (filters_count(value, to) && *to <= most) return RUN_GO_ON;
  return command_misused(self, "%s %s: not a number from 1 to %lld", name, value, (long long)most);
}

/* An option; an exit status when it ends the command, else RUN_GO_ON. */
static int take_option(const struct command *self, struct asked *to, int option, char *value)
{
  char normal[ISO_DATE_SIZE];
  int64_t n = 0;
  int stop = filters_option(self, &to->filters, option, value);
  if (stop != RUN_NOT_MINE) return stop;
  switch (option) {
  case RULES: to->rules = value; return RUN_GO_ON;
  case JSON: to->json = true; return RUN_GO_ON;
  case ATOM: to->atom = true; return RUN_GO_ON;
  case ADDRESS:
    to->address = value;
    return part_is_address(slice_of(value)) ? RUN_GO_ON : command_misused(self, "--address %s: not an address of the web, like https://...", value);
  case ALL: to->all = true; return RUN_GO_ON;
  case DRY_RUN: to->question.dry_run = true; return RUN_GO_ON;
  case TODAY:
    to->question.today = slice_of(value);
    if (to->question.today.n == 10 && iso_date_normal(to->question.today, normal)) return RUN_GO_ON;
    return command_misused(self, "--today %s: not a day of the calendar, like 2024-10-28", value);
  case EXEC: to->exec.argv = &no_program; return RUN_GO_ON;
  case WEBHOOK:
    to->hook.url = value;
    return web_is_address(slice_of(value)) ? RUN_GO_ON : command_misused(self, "--webhook %s: not an address of the web, like https://...", value);
  case SECRET: to->secret = value; return RUN_GO_ON;
  case TRIES:
    stop = take_number(self, "--tries", value, 20, &n);
    to->hook.tries = (unsigned)n;
    return stop;
  default:
    stop = take_number(self, "--timeout", value, 3600, &n);
    to->seconds = (long)n;
    return stop;
  }
}

/* What does not go together, and the program to run. */
static int check(const struct command *self, struct asked *a, int n, char **arguments)
{
  const bool sends = a->exec.argv || a->hook.url;
  if (!a->exec.argv && n > 0) return command_misused(self, "%s: takes options alone", arguments[0]);
  if (a->exec.argv && (n == 0 || !*arguments[0])) return command_misused(self, "--exec takes the program behind the options: --exec -- PROGRAM [ARGUMENT]...");
  if (a->exec.argv) a->exec.argv = arguments;
  if (a->hook.url && !a->secret) return command_misused(self, "--webhook needs --secret FILE, by which what it sends is signed");
  if (a->secret && !a->hook.url) return command_misused(self, "--secret is of --webhook");
  if (a->json + a->atom > 1) return command_misused(self, "--json and --atom are two forms: take one");
  if (a->address && !a->atom) return command_misused(self, "--address is of --atom");
  if (a->all && a->question.dry_run) return command_misused(self, "--all and --dry-run: take one");
  if (sends && (a->json || a->atom || a->all)) return command_misused(self, "--json, --atom and --all are of stdout: leave out --exec and --webhook");
  if (sends && (a->question.dry_run || a->filters.question.as_of.n))
    return command_misused(self, "--dry-run and --as-of send nothing: leave out --exec and --webhook");
  return filters_values(self, &a->filters.question);
}

/* No more than RULES_MOST bytes of whatever it is. */
static enum status read_rules(const char *path, struct buf *to, struct error *error)
{
  char part[1 << 14];
  ssize_t n = 0;
  const int fd = sys()->open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY, 0);
  if (fd < 0) return error_set(error, ST_IO, "%s: cannot read the rules (%s): name their file with --rules", path, strerror(errno));
  while (!to->failed && (n = sys()->read(fd, part, sizeof part)) > 0) buf_put(to, part, (size_t)n);
  const int wrong = errno;
  sys()->close(fd);
  if (to->failed) return error_set(error, ST_IO, "%s: more than %d bytes of rules: make it shorter", path, RULES_MOST);
  return n < 0 ? error_set(error, ST_IO, "%s: cannot read the rules (%s): name their file with --rules", path, strerror(wrong)) : ST_OK;
}

/* ---- stdout ---- */

static enum status take_line(void *context, const struct alert *alert, struct error *error)
{
  const struct asked *asked = context;
  struct buf to;
  buf_init(&to, FEED_MOST);
  if (asked->json) {
    buf_slice(&to, alert->json);
    buf_char(&to, '\n');
  } else {
    alert_say(alert, &to);
    show_safe(&to);
  }
  const bool good = !to.failed && run_write_to(STDOUT_FILENO, buf_get(&to));
  const int wrong = to.failed ? ENOMEM : errno;
  buf_release(&to);
  return good ? ST_OK : error_set(error, ST_IO, "cannot write the results (%s): see to where standard output goes", strerror(wrong));
}

static enum status take_entry(void *context, const struct alert *alert, struct error *error)
{
  struct atom *atom = context;
  atom_entry(atom, alert);
  return atom->entries.failed ? error_set(error, ST_MEMORY, "not enough memory for the feed: set --limit") : ST_OK;
}

static void take_first(void *context, struct slice id) { atom_first(context, id); }

static enum status write_feed(const struct asked *asked, struct atom *atom, struct error *error)
{
  struct buf to;
  enum status status = ST_OK;
  buf_init(&to, 2 * FEED_MOST);
  atom_end(atom, asked->address ? slice_of(asked->address) : (struct slice){NULL, 0}, &to);
  if (to.failed) status = error_set(error, ST_MEMORY, "not enough memory for the feed: set --limit");
  if (status == ST_OK && !run_write_to(STDOUT_FILENO, buf_get(&to)))
    status = error_set(error, ST_IO, "cannot write the results (%s): see to where standard output goes", strerror(errno));
  buf_release(&to);
  return status;
}

/* ---- all outputs ---- */

static enum status tell(struct asked *asked, struct ledger *ledger, const struct alert_rules *rules, struct error *error)
{
  struct alert_output outputs[2];
  size_t n = 0;
  struct buf exec, hook;
  struct atom atom;
  atom_begin(&atom);
  buf_init(&exec, 1 << 20);
  buf_init(&hook, 1 << 20);
  buf_text(&exec, "exec");
  for (char *const *word = asked->exec.argv; word && *word; word++) buf_printf(&exec, "\n%s", *word);
  if (asked->exec.argv) outputs[n++] = (struct alert_output){.name = buf_get(&exec), .take = alert_exec_take, .context = &asked->exec};
  buf_printf(&hook, "webhook\n%s", asked->hook.url ? asked->hook.url : "");
  if (asked->hook.url) outputs[n++] = (struct alert_output){.name = buf_get(&hook), .take = alert_webhook_take, .context = &asked->hook};
  if (!n && asked->atom) {
    outputs[n++] = (struct alert_output){.newest_first = true, .take = take_entry, .first = take_first, .context = &atom};
    if (!asked->question.filter.limit) asked->question.filter.limit = FEED_ENTRIES;
  }
  if (!n) outputs[n++] = (struct alert_output){.name = asked->all ? (struct slice){NULL, 0} : SLICE("stdout"), .take = take_line, .context = asked};
  enum status status = exec.failed || hook.failed ? error_set(error, ST_USAGE, "more than a megabyte of arguments for --exec: make it less")
                                                  : ledger_alerts(ledger, rules, &asked->question, outputs, n, run_say, error);
  if (status == ST_OK && asked->atom) status = write_feed(asked, &atom, error);
  buf_release(&exec);
  buf_release(&hook);
  atom_release(&atom);
  return status;
}

static enum status answer(struct asked *asked, struct arena *arena, struct buf *rules_text, struct error *error)
{
  struct alert_rules rules;
  struct know know = {0};
  struct ledger *ledger = NULL;
  const char *path = ledger_path(asked->filters.path);
  const bool kept = !asked->question.dry_run && !asked->question.filter.as_of.n;
  enum status status = read_rules(asked->rules, rules_text, error);
  if (status == ST_OK) status = know_open_export(&know, NULL, 0, error);
  if (status == ST_OK) status = alert_rules_read(&rules, arena, buf_get(rules_text), asked->rules, know.plover, know.numbers, error);
  if (status == ST_OK && asked->hook.url) status = alert_webhook_open(&asked->hook, asked->secret, error);
  if (status == ST_OK) status = ledger_open(&ledger, path, LEDGER_READ, error); /* it must be there */
  if (status == ST_OK && kept) {
    ledger_close(ledger);
    status = ledger_open(&ledger, path, LEDGER_WRITE, error);
  }
  if (status == ST_OK) status = tell(asked, ledger, &rules, error);
  ledger_close(ledger);
  if (asked->hook.url) alert_webhook_close(&asked->hook);
  know_free(&know);
  return status;
}

static int alerts_run(const struct command *self, int argc, char **argv)
{
  struct asked asked = {.rules = "tocsin.alerts", .hook.tries = 5, .seconds = 10};
  struct error error = {ST_OK, ""};
  struct arena arena;
  struct buf text;
  int c, stop = RUN_GO_ON;
  opterr = 0;
  while (stop < 0 && (c = getopt_long(argc, argv, FILTERS_SHORT, options, NULL)) != -1)
    stop = take_option(self, &asked, c, c == '?' ? argv[optind - 1] : optarg);
  if (stop < 0) stop = check(self, &asked, argc - optind, argv + optind);
  if (stop >= 0) return stop;
  asked.question.filter = asked.filters.question;
  asked.exec.seconds = asked.hook.seconds = asked.seconds;
  arena_init(&arena, (size_t)1 << 24);
  buf_init(&text, RULES_MOST);
  const enum status status = answer(&asked, &arena, &text, &error);
  if (error.code != ST_OK) run_say(error.message);
  buf_release(&text);
  arena_release(&arena);
  return status_exit(status);
}

const struct command command_alerts = {
  .name = "alerts",
  .synopsis = "[-d LEDGER] [--rules FILE] [FILTER]... [--json | --atom | --exec -- PROGRAM [ARGUMENT]... | --webhook URL --secret FILE]",
  .does = "what your rules find, each alert once",
  .help = "Each alert is told once to each output: to stdout, to a program, to a webhook.\n\n"
          "  -d LEDGER           the ledger ($TOCSIN_LEDGER, or tocsin.db)\n"
          "  --rules FILE        the rules (tocsin.alerts); doc/alerts.md explains them\n"
          "  --json              one JSON object a line\n"
          "  --atom              all that rang as an Atom feed, the newest 100, or --limit\n"
          "  --address URL       where that feed will stand\n"
          "  --exec              runs PROGRAM for each alert, which it reads from its stdin\n"
          "  --webhook URL       POSTs each alert there, signed with the secret in a file\n"
          "  --secret FILE\n"
          "  --timeout S         seconds for the program, and for each try (10)\n"
          "  --tries N           of the webhook, while it fails (5)\n"
          "  --all               on stdout also those that it was told before\n"
          "  --dry-run           keeps nothing: they ring again\n"
          "  --today D           the day by which planned acts are due (the newest day of\n"
          "                      publication)\n" FILTERS_HELP
          "Filters choose which alerts are told: by the document that raised them, or by an\n"
          "event in one of their sentences.\n",
  .run = alerts_run,
};

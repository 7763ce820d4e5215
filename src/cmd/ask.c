/* ask.c: the commands that ask the ledger: stories, story, events, claims, figures, positions, find. */
#include "cmd/filters.h"
#include "cmd/output.h"
#include "export/export.h"

struct asked {
  struct filters filters;
  bool csv, no_pager;
  struct buf words;
};

enum { JSON = FILTERS_OWN, CSV, NO_PAGER };
static const struct option options[] = {FILTERS_LONG, {"json", no_argument, NULL, JSON}, {"csv", no_argument, NULL, CSV},
                                        {"no-pager", no_argument, NULL, NO_PAGER}, {NULL, 0, NULL, 0}};

/* An option; an exit status when it ends the command, else -1. */
static int take_option(const struct command *self, struct asked *to, int option, char *value)
{
  const int stop = filters_option(self, &to->filters, option, value);
  if (option == JSON) to->filters.question.json = true;
  if (option == CSV) to->csv = true;
  if (option == NO_PAGER) to->no_pager = true;
  return stop == RUN_NOT_MINE ? RUN_GO_ON : stop;
}

static int take_arguments(const struct command *self, struct asked *to, int n, char **arguments)
{
  if (to->filters.question.what == ASK_STORY) {
    if (n != 1 || !filters_count(arguments[0], &to->filters.question.story))
      return command_misused(self, "takes the number of a story: tocsin stories lists them");
    return -1;
  }
  if (to->filters.question.what != ASK_FIND) return n == 0 ? -1 : command_misused(self, "%s: takes options alone", arguments[0]);
  if (n == 0) return command_misused(self, "takes the words to look for");
  for (int i = 0; i < n; i++) {
    if (i) buf_char(&to->words, ' ');
    buf_text(&to->words, arguments[i]);
  }
  to->filters.question.words = buf_get(&to->words);
  return -1;
}

static enum status put_answer(struct ledger *ledger, const struct asked *asked, struct output *out, struct error *error)
{
  const struct ledger_question *q = &asked->filters.question;
  if (!asked->csv) return ledger_answer(ledger, q, &out->to, error);
  return export_answer_csv(ledger, q, &out->to, error);
}

static int answer(const struct asked *asked)
{
  struct ledger *ledger;
  struct error error = {ST_OK, ""};
  enum status status = ledger_open(&ledger, ledger_path(asked->filters.path), LEDGER_READ, &error);
  if (status == ST_OK) {
    struct output out;
    output_stdout(&out, !asked->filters.question.json && !asked->csv && !asked->no_pager);
    out.clean = !asked->filters.question.json && !asked->csv;
    status = output_end(&out, put_answer(ledger, asked, &out, &error), &error);
  }
  if (status != ST_OK) run_say(error.message);
  ledger_close(ledger);
  return status_exit(status);
}

static int ask(const struct command *self, enum ledger_what what, int argc, char **argv)
{
  struct asked asked = {.filters.question.what = what};
  int c, stop = -1;
  opterr = 0;
  buf_init(&asked.words, 1 << 16);
  while (stop < 0 && (c = getopt_long(argc, argv, FILTERS_SHORT, options, NULL)) != -1)
    stop = take_option(self, &asked, c, c == '?' ? argv[optind - 1] : optarg);
  if (stop < 0) stop = take_arguments(self, &asked, argc - optind, argv + optind);
  if (stop < 0) stop = filters_check(self, &asked.filters.question);
  if (stop < 0 && asked.csv && asked.filters.question.json) stop = command_misused(self, "--csv and --json are two forms: take one");
  if (stop < 0) stop = answer(&asked);
  buf_release(&asked.words);
  return stop;
}

#define FILTERS                                                                                     \
  "  -d LEDGER           the ledger ($TOCSIN_LEDGER, or tocsin.db)\n"                               \
  "  --json              one JSON object a line\n"                                                  \
  "  --csv               a table with a header line (RFC 4180)\n"                                   \
  FILTERS_HELP                                                                                      \
  "  --no-pager          straight to the terminal, not by way of $PAGER\n"

#define ASK_LIST(X)                                                                                                     \
  X(stories, STORIES, "[-d LEDGER] [FILTER]... [--json|--csv]", "the stories, with their documents, events and figures")      \
  X(story, STORY, "[-d LEDGER] [FILTER]... [--json|--csv] N", "one story: events, figures, positions, with their sentences")   \
  X(events, EVENTS, "[-d LEDGER] [FILTER]... [--json|--csv]", "events, each with its sentence")                               \
  X(claims, CLAIMS, "[-d LEDGER] [FILTER]... [--json|--csv]", "claims, each with its sentence")                               \
  X(figures, FIGURES, "[-d LEDGER] [FILTER]... [--json|--csv]", "series of figures, with the current one")                    \
  X(positions, POSITIONS, "[-d LEDGER] [FILTER]... [--json|--csv]", "who stands how, and who changed")                        \
  X(contradictions, CONTRADICTIONS, "[-d LEDGER] [FILTER]... [--json|--csv]", "what cannot both hold, both sentences side by side") \
  X(find, FIND, "[-d LEDGER] [FILTER]... [--json|--csv] WORDS", "documents with these words, and the records they touch")

#define ASK_COMMAND(word, what_, synopsis_, does_)                                                                      \
  static int run_##word(const struct command *self, int argc, char **argv) { return ask(self, ASK_##what_, argc, argv); } \
  const struct command command_##word = {.name = #word, .synopsis = synopsis_, .does = does_, .help = FILTERS, .run = run_##word};
ASK_LIST(ASK_COMMAND)
#undef ASK_COMMAND

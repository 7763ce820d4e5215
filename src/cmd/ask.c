/* ask.c: the commands that ask the ledger: stories, story, events, claims, figures, positions, find. */
#include "cmd/run.h"
#include "intake/iso_date.h"
#include "ledger/ledger.h"

enum { ANSWER_MOST_MB = 2048 };

/* "2024-10-28" */
static bool is_day(char *value, struct slice *to)
{
  char normal[ISO_DATE_SIZE];
  *to = slice_of(value);
  return to->n == 10 && iso_date_normal(*to, normal);
}

static bool is_count(const char *value, int64_t *to) { return slice_to_i64(slice_of(value), to) && *to > 0; }

struct asked {
  struct ledger_question question;
  const char *path;
  struct buf words;
};

enum { JSON = RUN_OPTION_OWN, ACTOR, TYPE, STATUS, PLACE, PUBLISHER, SINCE, UNTIL, AS_OF, STORY, LIMIT };
static const struct option options[] = {
  {"ledger", required_argument, NULL, 'd'}, {"json", no_argument, NULL, JSON}, {"actor", required_argument, NULL, ACTOR},
  {"type", required_argument, NULL, TYPE}, {"status", required_argument, NULL, STATUS}, {"place", required_argument, NULL, PLACE},
  {"publisher", required_argument, NULL, PUBLISHER}, {"since", required_argument, NULL, SINCE}, {"until", required_argument, NULL, UNTIL},
  {"as-of", required_argument, NULL, AS_OF}, {"story", required_argument, NULL, STORY}, {"limit", required_argument, NULL, LIMIT},
  {"help", no_argument, NULL, 'h'}, {NULL, 0, NULL, 0}};

/* An option; an exit status when it ends the command, else -1. */
static int take_option(const struct command *self, struct asked *to, int option, char *value)
{
  struct ledger_question *q = &to->question;
  switch (option) {
  case 'd': to->path = value; return -1;
  case JSON: q->json = true; return -1;
  case ACTOR: q->actor = slice_of(value); return -1;
  case TYPE: q->type = slice_of(value); return -1;
  case STATUS: q->status = slice_of(value); return -1;
  case PLACE: q->place = slice_of(value); return -1;
  case PUBLISHER: q->publisher = slice_of(value); return -1;
  case SINCE: return is_day(value, &q->since) ? -1 : command_misused(self, "--since %s: not a day of the calendar, like 2024-10-28", value);
  case UNTIL: return is_day(value, &q->until) ? -1 : command_misused(self, "--until %s: not a day of the calendar, like 2024-10-28", value);
  case AS_OF: return is_day(value, &q->as_of) ? -1 : command_misused(self, "--as-of %s: not a day of the calendar, like 2024-10-28", value);
  case STORY: return is_count(value, &q->story) ? -1 : command_misused(self, "--story %s: not a number of a story", value);
  case LIMIT: return is_count(value, &q->limit) ? -1 : command_misused(self, "--limit %s: not a number of records", value);
  case 'h': return command_help(self);
  default: return command_misused(self, "%s: no such option, or its value is missing", value);
  }
}

static int take_arguments(const struct command *self, struct asked *to, int n, char **arguments)
{
  if (to->question.what == ASK_STORY) {
    if (n != 1 || !is_count(arguments[0], &to->question.story)) return command_misused(self, "takes the number of a story: tocsin stories lists them");
    return -1;
  }
  if (to->question.what != ASK_FIND) return n == 0 ? -1 : command_misused(self, "%s: takes options alone", arguments[0]);
  if (n == 0) return command_misused(self, "takes the words to look for");
  for (int i = 0; i < n; i++) {
    if (i) buf_char(&to->words, ' ');
    buf_text(&to->words, arguments[i]);
  }
  to->question.words = buf_get(&to->words);
  return -1;
}

/* A filter that the records asked for do not have would silently find nothing, or all. */
static int check_filters(const struct command *self, const struct ledger_question *q)
{
  const bool story = q->what == ASK_STORIES || q->what == ASK_STORY, event = q->what == ASK_EVENTS || story;
  if ((q->type.n || q->status.n) && !event) return command_misused(self, "--type and --status are of events and stories");
  if (q->place.n && !event && q->what != ASK_FIGURES) return command_misused(self, "--place is of events, figures and stories");
  if (q->actor.n && q->what == ASK_FIND) return command_misused(self, "--actor is not of find: ask for events or claims");
  return -1;
}

static int answer(const struct asked *asked)
{
  struct ledger *ledger;
  struct error error = {ST_OK, ""};
  struct buf to;
  buf_init(&to, (size_t)ANSWER_MOST_MB << 20);
  enum status status = ledger_open(&ledger, ledger_path(asked->path), LEDGER_READ, &error);
  if (status == ST_OK) status = ledger_answer(ledger, &asked->question, &to, &error);
  if (status != ST_OK) run_say(error.message);
  else if (!run_write(buf_get(&to))) status = ST_IO;
  ledger_close(ledger);
  buf_release(&to);
  return status_exit(status);
}

static int ask(const struct command *self, enum ledger_what what, int argc, char **argv)
{
  struct asked asked = {.question = {.what = what}};
  int c, stop = -1;
  opterr = 0;
  buf_init(&asked.words, 1 << 16);
  while (stop < 0 && (c = getopt_long(argc, argv, "d:h", options, NULL)) != -1) stop = take_option(self, &asked, c, c == '?' ? argv[optind - 1] : optarg);
  if (stop < 0) stop = take_arguments(self, &asked, argc - optind, argv + optind);
  if (stop < 0) stop = check_filters(self, &asked.question);
  if (stop < 0) stop = answer(&asked);
  buf_release(&asked.words);
  return stop;
}

#define FILTERS                                                                                     \
  "  -d LEDGER           the ledger ($TOCSIN_LEDGER, or tocsin.db)\n"                               \
  "  --json              one JSON object a line\n"                                                  \
  "  --since D --until D documents published in these days\n"                                       \
  "  --publisher P       documents of this publisher\n"                                             \
  "  --story N           of one story\n"                                                            \
  "  --actor CODE        with this code on either side: PRK, PRKMIL (not of find)\n"               \
  "  --type T --status S of this type and status: AID, actual (events, stories)\n"                  \
  "  --place P           at this place, or in the country of this code (events,\n"                  \
  "                      figures, stories)\n"                                                      \
  "  --as-of D           as it was known on that day\n"                                             \
  "  --limit N           so many records at most\n"

#define ASK_LIST(X)                                                                                                     \
  X(stories, STORIES, "[-d LEDGER] [FILTER]... [--json]", "the stories, with their documents, events and figures")      \
  X(story, STORY, "[-d LEDGER] [FILTER]... [--json] N", "one story: events, figures, positions, with their sentences")   \
  X(events, EVENTS, "[-d LEDGER] [FILTER]... [--json]", "events, each with its sentence")                               \
  X(claims, CLAIMS, "[-d LEDGER] [FILTER]... [--json]", "claims, each with its sentence")                               \
  X(figures, FIGURES, "[-d LEDGER] [FILTER]... [--json]", "series of figures, with the current one")                    \
  X(positions, POSITIONS, "[-d LEDGER] [FILTER]... [--json]", "who stands how, and who changed")                        \
  X(find, FIND, "[-d LEDGER] [FILTER]... [--json] WORDS", "documents with these words, and the records they touch")

#define ASK_COMMAND(word, what_, synopsis_, does_)                                                                      \
  static int run_##word(const struct command *self, int argc, char **argv) { return ask(self, ASK_##what_, argc, argv); } \
  const struct command command_##word = {.name = #word, .synopsis = synopsis_, .does = does_, .help = FILTERS, .run = run_##word};
ASK_LIST(ASK_COMMAND)
#undef ASK_COMMAND

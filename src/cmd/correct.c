/* correct.c: tocsin correct: what a person says of the ledger, takes back, and lists.  It asks the clock for its time, as alert_webhook.c does and
 * nothing else. */
#include "base/json_out.h"
#include "cmd/run.h"
#include "show/words.h"
#include "intake/iso_date.h"
#include "ledger/ledger_correct.h"
#include "base/utf8.h"
#include "know/cues.h"
#include "know/know.h"
#include "know/plover.h"
#include "read/reading.h"
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { LIST_MOST_MB = 1024, NAMES = 1024, MEMBERS = 10 };

struct correct {
  const struct command *self;
  struct ledger_correction correction;
  struct slice names[NAMES];
  char at[ISO_DATE_SIZE];
  const char *path;
  int64_t undo; /* 0: none */
  bool list, json;
  struct slice given[MEMBERS]; /* the members' new values */
  struct buf members; /* of a wrong record, what they are instead: a JSON object that is open yet */
};

enum { JSON = RUN_OPTION_OWN, BY, AT, REASON, LIST, UNDO, MEMBER };
/* members that may be replaced, from MEMBER on; a number where it is one */
static const struct { const char *name; bool number; } members[MEMBERS] = {
  {"type", false}, {"mode", false}, {"status", false}, {"stance", false}, {"item", false}, {"state", false}, {"unit", false}, {"value", true}, {"low", true},
  {"high", true}};
static const struct option options[] = {
  {"ledger", required_argument, NULL, 'd'}, {"json", no_argument, NULL, JSON}, {"by", required_argument, NULL, BY}, {"at", required_argument, NULL, AT},
  {"reason", required_argument, NULL, REASON}, {"list", no_argument, NULL, LIST}, {"undo", required_argument, NULL, UNDO},
  {"type", required_argument, NULL, MEMBER}, {"mode", required_argument, NULL, MEMBER + 1}, {"status", required_argument, NULL, MEMBER + 2},
  {"stance", required_argument, NULL, MEMBER + 3}, {"item", required_argument, NULL, MEMBER + 4}, {"state", required_argument, NULL, MEMBER + 5},
  {"unit", required_argument, NULL, MEMBER + 6}, {"value", required_argument, NULL, MEMBER + 7}, {"low", required_argument, NULL, MEMBER + 8},
  {"high", required_argument, NULL, MEMBER + 9}, {"help", no_argument, NULL, 'h'}, {NULL, 0, NULL, 0}};

static int take_member(struct correct *to, int which, char *value)
{
  struct json_out j;
  double number = 0;
  buf_char(&to->members, to->members.n ? ',' : '{');
  json_init(&j, &to->members);
  json_str(&j, slice_of(members[which].name));
  buf_char(&to->members, ':');
  json_init(&j, &to->members);
  if (!*value) return command_misused(to->self, "--%s: its value is empty", members[which].name);
  if (utf8_valid(slice_of(value)) != strlen(value)) return command_misused(to->self, "--%s: not UTF-8", members[which].name);
  to->given[which] = slice_of(value);
  if (members[which].number && !slice_to_double(slice_of(value), &number)) return command_misused(to->self, "--%s %s: no number", members[which].name, value);
  if (members[which].number) json_num(&j, number);
  else json_str(&j, slice_of(value));
  return -1;
}

/* What is kept and shown again must be text. */
static bool is_text(const char *value) { return utf8_valid(slice_of(value)) == strlen(value); }

static int take_option(struct correct *to, int option, char *value)
{
  if ((option == BY || option == REASON) && !is_text(value)) return command_misused(to->self, "--by and --reason: not UTF-8");
  if (option >= MEMBER && option < MEMBER + (int)(sizeof members / sizeof *members)) return take_member(to, option - MEMBER, value);
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
  static const char *const kinds[] = {"wrong", "merge", "split", "grade", "note"};
  int kind = 0;
  while (kind < 5 && strcmp(arguments[0], kinds[kind]) != 0) kind++;
  if (kind == 5) return command_misused(to->self, "%s: no such correction", arguments[0]);
  const bool grade = kind == CORRECT_GRADE, note = kind == CORRECT_NOTE;
  const int first = grade ? 1 : 2, last = grade || note ? n - 1 : n; /* a grade has no subject; grade and note end with their value */
  if (last <= first || last - first > NAMES) return command_misused(to->self, "%s names too little, or too much", arguments[0]);
  to->correction.kind = (enum ledger_correct_kind)kind;
  for (int i = 1; i < n; i++)
    if (!*arguments[i] || !is_text(arguments[i])) return command_misused(to->self, "'%s': empty, or not UTF-8", arguments[i]);
  if (!grade) to->correction.subject = slice_of(arguments[1]);
  for (int i = first; i < last; i++) to->names[i - first] = slice_of(arguments[i]);
  to->correction.n_names = (size_t)(last - first);
  if (grade || note) to->correction.value = slice_of(arguments[n - 1]);
  if (to->members.n == 0) return -1;
  if (kind != CORRECT_WRONG) return command_misused(to->self, "members to replace go with wrong");
  buf_char(&to->members, '}');
  to->correction.value = buf_get(&to->members);
  return -1;
}

/* The code and score of the type that was given. */
static void put_act(struct correct *c, const struct know *know, const struct plover_act *act)
{
  struct json_out j;
  const struct slice mode = c->given[1], code = plover_cameo_of(know->plover, c->given[0], mode);
  c->members.n--; /* the object goes on */
  buf_text(&c->members, ",\"score\":");
  json_init(&j, &c->members);
  json_num(&j, act->score);
  buf_text(&c->members, ",\"cameo\":");
  json_init(&j, &c->members);
  if (code.n) json_str(&j, code);
  else json_none(&j);
  if (!mode.n) buf_text(&c->members, ",\"mode\":null");
  buf_char(&c->members, '}');
  c->correction.value = buf_get(&c->members);
}

/* What the members say must be of the lists of the ontology; an event of another type has that type's code and score, and no mode but one that is given. */
static enum status check_members(struct correct *c, struct error *error)
{
  struct know know = {0};
  enum stance stance;
  const struct slice type = c->given[0], mode = c->given[1], status = c->given[2], state = c->given[5];
  const bool event = slice_is(c->correction.subject, "event");
  if (!c->members.n) return ST_OK;
  if (c->given[3].n && !cues_stance(c->given[3], &stance)) return error_set(error, ST_USAGE, "--stance %.*s: no such stance", SLICE_ARG(c->given[3]));
  const char *wrong = status.n ? ledger_wrong_status(status) : NULL;
  if (wrong) return error_set(error, ST_USAGE, "--status: '%.*s' %s", SLICE_ARG(status), wrong);
  if (!type.n && mode.n) return error_set(error, ST_USAGE, "--mode %.*s: needs --type too", SLICE_ARG(mode));
  if (type.n && !event) return error_set(error, ST_USAGE, "--type %.*s: events have a type", SLICE_ARG(type));
  if (!type.n && !state.n) return ST_OK;
  enum status done = know_open_export(&know, NULL, 0, error);
  const struct plover_act *act = done == ST_OK && type.n ? plover_act(know.plover, type, mode) : NULL;
  if (done == ST_OK && state.n && !numbers_is_state(know.numbers, state))
    done = error_set(error, ST_USAGE, "--state %.*s: no such state of people: data/en/states.tsv lists them", SLICE_ARG(state));
  if (done == ST_OK && type.n && !act)
    done = error_set(error, ST_USAGE, "'--type %.*s%s%.*s' %s", SLICE_ARG(type), mode.n ? " --mode " : "", SLICE_ARG(mode),
                     ledger_wrong_act(know.plover, type, mode));
  if (done == ST_OK && type.n) put_act(c, &know, act);
  know_free(&know);
  return done;
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
  if (!c->json) show_safe(&to);
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
  buf_init(&c.members, 1 << 16);
  while (stop < 0 && (option = getopt_long(argc, argv, "d:h", options, NULL)) != -1) stop = take_option(&c, option, option == '?' ? argv[optind - 1] : optarg);
  if (stop < 0) stop = take_arguments(&c, argc - optind, argv + optind);
  if (stop >= 0) {
    buf_release(&c.members);
    return stop;
  }
  fill_in(&c);
  /* correcting what is not there would make an empty ledger, so a reader looks first */
  enum status status = check_members(&c, &error);
  if (status == ST_OK) status = ledger_open(&ledger, ledger_path(c.path), LEDGER_READ, &error);
  if (status == ST_OK && !c.list) {
    ledger_close(ledger);
    status = ledger_open(&ledger, ledger_path(c.path), LEDGER_WRITE, &error);
  }
  if (status == ST_OK) status = c.list ? list(ledger, &c, &error) : make(ledger, &c, &error);
  if (error.code != ST_OK) run_say(error.message);
  ledger_close(ledger);
  buf_release(&c.members);
  return status_exit(status);
}

const struct command command_correct = {
  .name = "correct",
  .synopsis = "[-d LEDGER] [--by NAME] [--at TIME] [--reason TEXT] CORRECTION | --list | --undo N",
  .does = "say what is wrong in the ledger, and take it back",
  .help = "  wrong KIND RECORD...     an event, claim, figure or position is wrong: DOC#ID, or\n"
          "                      the number of an event, of a figure's reading\n"
          "  merge KIND A B...   two of story, event or series are one\n"
          "  split KIND A PART...     documents out of a story, tellings (DOC#ID) out of an\n"
          "                      event, readings out of a series\n"
          "  note KIND A TEXT    a note on a record or story\n"
          "  grade PUBLISHER A   how reliable a publisher is: A (reliable) to E\n"
          "                      (unreliable), F (not judged)\n\n"
          "  -d LEDGER           the ledger ($TOCSIN_LEDGER, or tocsin.db)\n"
          "  --by NAME           who says so ($USER)\n"
          "  --at TIME           when (now): 2024-10-28T14:05Z\n"
          "  --reason TEXT       why\n"
          "  --list              the corrections; --json: one JSON object a line\n"
          "  --type --mode --status --stance --item --state --unit --value --low --high V\n"
          "                      what a wrong record is instead; without, it is gone\n"
          "  --undo N            takes correction N back\n",
  .run = correct_run,
};

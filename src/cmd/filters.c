/* filters.c: filters of the questions to a ledger, from the command line. */
#include "cmd/filters.h"
#include "intake/iso_date.h"
#include "know/know.h"

/* "2024-10-28" */
static bool is_day(char *value, struct slice *to)
{
  char normal[ISO_DATE_SIZE];
  *to = slice_of(value);
  return to->n == 10 && iso_date_normal(*to, normal);
}

bool filters_count(const char *value, int64_t *to) { return slice_to_i64(slice_of(value), to) && *to > 0; }

static int take_day(const struct command *self, const char *name, char *value, struct slice *to)
{
  return is_day(value, to) ? RUN_GO_ON : command_misused(self, "%s %s: not a day of the calendar, like 2024-10-28", name, value);
}

static int take_count(const struct command *self, const char *name, const char *of, const char *value, int64_t *to)
{
  return filters_count(value, to) ? RUN_GO_ON : command_misused(self, "%s %s: not a number of %s", name, value, of);
}

/* An empty one would choose all. */
static int take_word(const struct command *self, const char *name, const char *value, struct slice *to)
{
  *to = slice_of(value);
  return to->n ? RUN_GO_ON : command_misused(self, "%s: its value is empty", name);
}

int filters_option(const struct command *self, struct filters *to, int option, char *value)
{
  struct ledger_question *q = &to->question;
  switch (option) {
  case 'd': to->path = value; return RUN_GO_ON;
  case FILTERS_ACTOR: return take_word(self, "--actor", value, &q->actor);
  case FILTERS_TYPE: return take_word(self, "--type", value, &q->type);
  case FILTERS_STATUS: return take_word(self, "--status", value, &q->status);
  case FILTERS_PLACE: return take_word(self, "--place", value, &q->place);
  case FILTERS_PUBLISHER: return take_word(self, "--publisher", value, &q->publisher);
  case FILTERS_GRADE:
    q->grade = slice_of(value);
    if (q->grade.n == 1 && *value >= 'A' && *value <= 'E') return RUN_GO_ON;
    return command_misused(self, "--grade %s: not a grade from A to E", value);
  case FILTERS_SINCE: return take_day(self, "--since", value, &q->since);
  case FILTERS_UNTIL: return take_day(self, "--until", value, &q->until);
  case FILTERS_AS_OF: return take_day(self, "--as-of", value, &q->as_of);
  case FILTERS_STORY: return take_count(self, "--story", "a story", value, &q->story);
  case FILTERS_LIMIT: return take_count(self, "--limit", "records", value, &q->limit);
  case FILTERS_OFFSET:
    if (strcmp(value, "0") == 0) return RUN_GO_ON;
    return take_count(self, "--offset", "records", value, &q->offset);
  case 'h': return command_help(self);
  case '?': return command_misused(self, "%s: no such option, or its value is missing", value);
  default: return RUN_NOT_MINE;
  }
}

int filters_values(const struct command *self, const struct ledger_question *q)
{
  struct know know = {0};
  struct error error = {ST_OK, ""};
  const char *wrong = q->status.n ? ledger_wrong_status(q->status) : NULL;
  if (wrong) return command_misused(self, "--status: '%.*s' %s", q->status.n > 100 ? 100 : (int)q->status.n, q->status.at, wrong);
  if (!q->type.n) return RUN_GO_ON;
  enum status status = know_open_export(&know, NULL, 0, &error);
  if (status == ST_OK) wrong = ledger_wrong_act(know.plover, q->type, (struct slice){NULL, 0});
  else run_say(error.message);
  know_free(&know);
  if (wrong) return command_misused(self, "--type: '%.*s' %s", q->type.n > 100 ? 100 : (int)q->type.n, q->type.at, wrong);
  return status == ST_OK ? RUN_GO_ON : status_exit(status);
}

/* A filter that the records asked for do not have would silently find nothing, or all. */
int filters_check(const struct command *self, const struct ledger_question *q)
{
  const bool story = q->what == ASK_STORIES || q->what == ASK_STORY, event = q->what == ASK_EVENTS || story;
  if ((q->type.n || q->status.n) && !event) return command_misused(self, "--type and --status are of events and stories");
  if (q->place.n && !event && q->what != ASK_FIGURES) return command_misused(self, "--place is of events, figures and stories");
  if (q->actor.n && q->what == ASK_FIND) return command_misused(self, "--actor is not of find: ask for events or claims");
  return filters_values(self, q);
}

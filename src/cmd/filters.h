/* filters.h: the filters of the questions to a ledger, which the export takes too.
 *
 *     static const struct option options[] = {FILTERS_LONG, {"json", no_argument, NULL, MINE}, {NULL, 0, NULL, 0}};
 *     while ((c = getopt_long(argc, argv, FILTERS_SHORT, options, NULL)) != -1) {
 *       int stop = filters_option(self, &filters, c, c == '?' ? argv[optind - 1] : optarg);
 *       if (stop == RUN_NOT_MINE) ... the command's own, numbered from FILTERS_OWN on
 *       else if (stop >= 0) return stop;
 *     } */
#ifndef CMD_FILTERS_H
#define CMD_FILTERS_H
#include "cmd/run.h"
#include "ledger/ledger.h"

struct filters {
  struct ledger_question question;
  const char *path; /* of the ledger, as given; or NULL */
};

enum { FILTERS_ACTOR = RUN_OPTION_OWN, FILTERS_TYPE, FILTERS_STATUS, FILTERS_PLACE, FILTERS_PUBLISHER, FILTERS_GRADE,
       FILTERS_SINCE, FILTERS_UNTIL, FILTERS_AS_OF,
       FILTERS_STORY, FILTERS_LIMIT, FILTERS_OFFSET, FILTERS_OWN };
#define FILTERS_SHORT "d:h"
#define FILTERS_LONG                                                                                                                \
  {"ledger", required_argument, NULL, 'd'}, {"actor", required_argument, NULL, FILTERS_ACTOR}, {"type", required_argument, NULL, FILTERS_TYPE}, \
    {"status", required_argument, NULL, FILTERS_STATUS}, {"place", required_argument, NULL, FILTERS_PLACE},                         \
    {"publisher", required_argument, NULL, FILTERS_PUBLISHER}, {"grade", required_argument, NULL, FILTERS_GRADE},                    \
    {"since", required_argument, NULL, FILTERS_SINCE},                   \
    {"until", required_argument, NULL, FILTERS_UNTIL}, {"as-of", required_argument, NULL, FILTERS_AS_OF},                           \
    {"story", required_argument, NULL, FILTERS_STORY}, {"limit", required_argument, NULL, FILTERS_LIMIT},                           \
    {"offset", required_argument, NULL, FILTERS_OFFSET}, {"help", no_argument, NULL, 'h'}
#define FILTERS_HELP                                                                                \
  "  --since D --until D documents published in these days\n"                                       \
  "  --publisher P       documents of this publisher\n"                                             \
  "  --grade G           of publishers that you graded so or better (A to E)\n"                     \
  "  --story N           of one story\n"                                                            \
  "  --actor CODE        with this code on either side: PRK, PRKMIL (not of find)\n"               \
  "  --type T --status S of this type and status: AID, actual (events, stories)\n"                  \
  "  --place P           at this place, or in the country of this code (events,\n"                  \
  "                      figures, stories)\n"                                                      \
  "  --as-of D           as it was known on that day\n"                                             \
  "  --limit N           so many records at most\n"                                                 \
  "  --offset N          after passing over so many\n"

/* RUN_GO_ON, RUN_NOT_MINE, or an exit status (help asked for, wrong value). */
int filters_option(const struct command *self, struct filters *to, int option, char *value);
/* Are the values that a list has in it?  RUN_GO_ON or an exit status; filters_check asks it too. */
int filters_values(const struct command *self, const struct ledger_question *q);
/* Are the filters of the records that question.what asks for?  RUN_GO_ON or an exit status. */
int filters_check(const struct command *self, const struct ledger_question *q);
/* Is it a number from 1 on? */
bool filters_count(const char *value, int64_t *to);

#endif

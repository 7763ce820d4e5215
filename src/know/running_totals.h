/* running_totals.h: words that mark a number as a running total (data/en/running_totals.tsv).  Immutable; any thread. */
#ifndef KNOW_RUNNING_TOTALS_H
#define KNOW_RUNNING_TOTALS_H
#include "know/source.h"

struct running_totals;
enum status running_totals_load(const struct running_totals **to, struct know_source *src);

/* Does one of them stand in the text as whole words?  Letters A-Z count as a-z. */
bool running_total_told(const struct running_totals *totals, struct slice text);
/* How sure what is counted is, by the first row with a second column that stands in the text: "suspected"; empty when there is none. */
struct slice running_total_degree(const struct running_totals *totals, struct slice text);
/* Does the text hold words that the table marks so: "lowered", "another"? */
bool running_total_marked(const struct running_totals *totals, struct slice text, const char *mark);

#endif

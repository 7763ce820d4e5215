/* answers.h: what the ledger's own answers in JSON hold, one object after another: series and stories, which no single document has. */
#ifndef EXPORT_ANSWERS_H
#define EXPORT_ANSWERS_H
#include "export/export.h"

/* Calls take(context, object) for each object of the answer to `what` with the question's filters; story > 0: of that story alone. */
enum status answers_each(struct exporting *e, enum ledger_what what, int64_t story, enum status (*take)(void *context, const json_t *object),
                         void *context);
/* The reading of a series with this id; NULL. */
const json_t *series_reading(const json_t *series, int64_t id);

#endif

/* supply.h: documents from files, folders and addresses of the web, one after another.
 *
 *     supply_init(&supply, arguments, n, &options);
 *     while (supply_next(&supply, &document, &error) is ST_OK and document, or ST_REFUSED)   as intake_next
 *       ...
 *     supply_release(&supply);
 *
 * A folder stands for all files below it, in the order of their names by bytes, folder for folder; what begins with a dot, links and what is no
 * regular file are passed over, so that nothing outside is read and nothing twice.  An address is fetched by http or https, within bounds
 * (doc/ledger.md), before its documents are read; what it gives must be of the forms that intake knows. */
#ifndef INTAKE_SUPPLY_H
#define INTAKE_SUPPLY_H
#include "intake/intake.h"

enum { SUPPLY_DEPTH = 64, SUPPLY_PATH = 4096 };

struct supply_folder {
  struct arena arena;
  const char **names; /* in order */
  size_t n, next, path_n;
};
struct supply { /* private */
  struct intake_options options;
  char *const *arguments;
  size_t n, next;
  struct intake *intake;
  struct web *web;
  struct supply_folder folders[SUPPLY_DEPTH];
  size_t depth;
  char path[SUPPLY_PATH];
};

/* The arguments and what the options point at live as long. */
void supply_init(struct supply *supply, char *const *arguments, size_t n, const struct intake_options *options);
void supply_release(struct supply *supply);
/* Does supply_next give the next document without waiting for anybody, as far as one can tell? */
bool supply_waits(const struct supply *supply);
enum status supply_next(struct supply *supply, struct document **to, struct error *error);

#endif

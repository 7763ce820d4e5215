/* names_part.h: names that run on from an office's country or body into who holds it are parted before anything is read. */
#ifndef READ_NAMES_PART_H
#define READ_NAMES_PART_H
#include "know/know.h"

/* "the president of Ukraine | Olena Koval met", "the head of NATO | Jens Berg said": the engine types whole runs of proper nouns as one name.  Parts the
 * run where the tables know its begin, and hangs the person on the office as an apposition.  Changes *a, whose trees are finished anew where something
 * changed.  ST_REFUSED only where analysis_finish refuses. */
enum status names_part(struct analysis *a, const struct know *know, struct error *error);

#endif

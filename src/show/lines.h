/* lines.h: lines for a terminal: columns, words wrapped behind a hanging indent, colour where it is wanted. */
#ifndef SHOW_LINES_H
#define SHOW_LINES_H
#include "show/show.h"

enum ink { INK_PLAIN, INK_BOLD, INK_DIM, INK_GREEN, INK_YELLOW, INK_RED, INK_CYAN };

struct lines { /* private but for `part` */
  struct buf *to;
  struct buf part;  /* write a cell's text here, then lines_cell or lines_rest takes it; one that failed fails *to */
  struct show_style style;
  unsigned column;  /* of the open line */
};

void lines_init(struct lines *lines, struct buf *to, struct show_style style);
void lines_release(struct lines *lines);
/* Writes what is in `part` at the open line's end and fills up to column `end` with blanks (at least one). */
void lines_cell(struct lines *lines, enum ink ink, unsigned end);
/* Writes `part` word by word, going on in the next line at column `indent`, and ends the line. */
void lines_rest(struct lines *lines, enum ink ink, unsigned indent);
void lines_text(struct lines *lines, enum ink ink, const char *text); /* as it stands, without a line end */
void lines_end(struct lines *lines);

#endif

/* pager.h: long output for a person goes through $PAGER, else `less -FRX`, when stdout is a terminal.
 *
 *     struct pager pager;
 *     pager_begin(&pager);
 *     ... write to file descriptor 1 ...
 *     pager_end(&pager);
 *
 * From begin to end, file descriptor 1 is a pipe to the pager; without a terminal or a pager nothing happens. */
#ifndef CMD_PAGER_H
#define CMD_PAGER_H
#include <stdbool.h>
#include <sys/types.h>

struct pager {
  pid_t pid;    /* 0: none */
  int terminal; /* what was file descriptor 1 */
  bool left;    /* set by pager_left: whoever reads has seen enough */
};

void pager_begin(struct pager *pager);
/* Did the write that just failed (errno) fail because the reader left? */
bool pager_left(struct pager *pager);
/* Waits until the reader is done; nothing where none was begun (all zeros). */
void pager_end(struct pager *pager);

#endif

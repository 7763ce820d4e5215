/* output.h: where long results go while they are made: stdout, the reader's pager, or a file.
 *
 *     struct output out;
 *     output_stdout(&out, for_a_person);          or output_file(&out, path): ST_OK, or ST_IO with *error set
 *     ... writers append to out.to, and spill ...
 *     status = output_end(&out, status, &error);   the rest goes out; a write that failed is ST_IO
 *
 * A reader who leaves the pager ends the writing, and that is no error. */
#ifndef CMD_OUTPUT_H
#define CMD_OUTPUT_H
#include "base/buf.h"
#include "base/status.h"
#include "cmd/pager.h"

struct output {
  struct buf to;
  struct pager pager;
  const char *path; /* NULL: stdout */
  bool clean;       /* set it for text that a person reads: no document steers the terminal (show_safe) */
  int fd, wrong;    /* errno of the write that failed */
};

void output_stdout(struct output *out, bool paged);
enum status output_file(struct output *out, const char *path, struct error *error);
enum status output_end(struct output *out, enum status status, struct error *error);

#endif

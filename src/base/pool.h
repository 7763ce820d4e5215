/* pool.h: many threads, one order.  Jobs are taken in order, run on any thread, and given to `done` in order, one at a time.
 *
 * Memory stays bounded: at most `window` jobs (4 a thread) are between take and done.  With threads = 1 all runs on the calling thread.
 * Each thread passes its own `scratch` pointer (made by scratch_new, freed by scratch_free) to run.
 *
 * A job whose result is too large to wait in memory may give it on piece by piece from within run, once its turn has come: all jobs before
 * it are done, and none behind it is before it. */
#ifndef BASE_POOL_H
#define BASE_POOL_H
#include "base/status.h"
#include <stdbool.h>
#include <stddef.h>

struct pool_turn; /* a running job's place in the order; opaque, lives until run returns */

struct pool_work {
  void *context;
  /* The next job, or NULL at the end; called on one thread at a time, in order.  Sets *status to end early. */
  void *(*take)(void *context, enum status *status);
  /* Runs on any thread. */
  void (*run)(void *context, void *job, void *scratch, struct pool_turn *turn);
  /* Called in the order of take, one at a time; frees the job.  A status above ST_USAGE ends the run (jobs in flight are dropped through `drop`). */
  enum status (*done)(void *context, void *job);
  void (*drop)(void *context, void *job);
  void *(*scratch_new)(void *context); /* NULL: no memory */
  void (*scratch_free)(void *context, void *scratch);
};

/* 1 <= threads <= 256.  Returns the first status above ST_USAGE, else the first other than ST_OK that take or done gave. */
enum status pool_run(const struct pool_work *work, unsigned threads, struct error *error);
/* TURN_CAME stays so until run returns.  TURN_NEVER: the run has ended early, and what the job gives will be dropped. */
enum turn { TURN_LATER, TURN_CAME, TURN_NEVER };
enum turn pool_turn_look(struct pool_turn *turn);
/* Waits until it is not TURN_LATER, handing on the jobs before it. */
enum turn pool_turn_wait(struct pool_turn *turn);
unsigned pool_cores(void);

#endif

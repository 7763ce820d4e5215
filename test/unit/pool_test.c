#include "base/pool.h"
#include "tap.h"
#include <stdlib.h>

struct job {
  int number;
  long result;
};

struct run {
  int n, next, done, dropped, fail_at, refuse_at, end_at;
  int scratches, scratches_allowed;
  int in_flight, most_in_flight;
  int turn_each, cut_off;
  bool in_order, out_of_turn;
};

static void *take(void *context, enum status *status)
{
  struct run *r = context;
  if (r->next == r->end_at) {
    *status = ST_IO;
    return NULL;
  }
  if (r->next == r->n) return NULL;
  struct job *job = malloc(sizeof *job);
  *job = (struct job){r->next++, 0};
  int now = __atomic_add_fetch(&r->in_flight, 1, __ATOMIC_SEQ_CST);
  if (now > r->most_in_flight) r->most_in_flight = now;
  return job;
}

static void run(void *context, void *what, void *scratch, struct pool_turn *turn)
{
  struct run *r = context;
  struct job *job = what;
  long *mine = scratch;
  unsigned x = (unsigned)job->number; /* some take long, most do not */
  for (int i = 0; i < (job->number % 7 == 0 ? 20000 : 10); i++) x = x * 1664525u + 1013904223u;
  *mine += x & 1;
  job->result = job->number * 2L;
  if (r->turn_each && job->number % r->turn_each == 0) { /* gives on what it has itself */
    bool came = pool_turn_wait(turn) == TURN_CAME;
    if (came && (pool_turn_look(turn) != TURN_CAME || r->done != job->number)) r->out_of_turn = true;
    if (!came) __atomic_add_fetch(&r->cut_off, 1, __ATOMIC_SEQ_CST);
  }
}

static void gone(struct run *r, struct job *job)
{
  __atomic_sub_fetch(&r->in_flight, 1, __ATOMIC_SEQ_CST);
  free(job);
}

static enum status done(void *context, void *what)
{
  struct run *r = context;
  struct job *job = what;
  int number = job->number;
  r->in_order = r->in_order && number == r->done && job->result == number * 2L;
  r->done++;
  gone(r, job);
  return number == r->fail_at ? ST_IO : number == r->refuse_at ? ST_REFUSED : ST_OK;
}

static void drop(void *context, void *what)
{
  struct run *r = context;
  r->dropped++;
  gone(r, what);
}

static void *scratch_new(void *context)
{
  struct run *r = context;
  if (__atomic_add_fetch(&r->scratches, 1, __ATOMIC_SEQ_CST) > r->scratches_allowed) return NULL;
  return calloc(1, sizeof(long));
}

static void scratch_free(void *context, void *scratch)
{
  (void)context;
  free(scratch);
}

static const struct pool_work work = {.take = take, .run = run, .done = done, .drop = drop, .scratch_new = scratch_new, .scratch_free = scratch_free};

static enum status go(struct run *r, unsigned threads)
{
  struct pool_work w = work;
  struct error error = {ST_OK, ""};
  w.context = r;
  r->in_order = true;
  return pool_run(&w, threads, &error);
}

int main(void)
{
  for (unsigned threads = 1; threads <= 8; threads *= 2) {
    struct run r = {.n = 500, .fail_at = -1, .refuse_at = -1, .end_at = -1, .scratches_allowed = 99};
    is_int(go(&r, threads), ST_OK, "runs");
    ok(r.done == 500 && r.in_order, "all done, in order");
    ok(r.most_in_flight <= (int)threads * 4 + 1, "no more in flight than the window");

    r = (struct run){.n = 500, .fail_at = 100, .refuse_at = 20, .end_at = -1, .scratches_allowed = 99};
    is_int(go(&r, threads), ST_IO, "a fault ends the run");
    ok(r.done == 101 && r.in_order && r.in_flight == 0, "nothing is done behind it and nothing is lost");

    r = (struct run){.n = 500, .fail_at = -1, .refuse_at = 20, .end_at = -1, .scratches_allowed = 99};
    is_int(go(&r, threads), ST_REFUSED, "a refused one is told at the end");
    is_int(r.done, 500, "and the others are done");

    r = (struct run){.n = 500, .fail_at = -1, .refuse_at = -1, .end_at = 50, .scratches_allowed = 99};
    is_int(go(&r, threads), ST_IO, "the taker may end it");
    ok(r.in_flight == 0, "and nothing is lost");

    for (int each = 1; each <= 3; each++) {
      r = (struct run){.n = 300, .fail_at = -1, .refuse_at = -1, .end_at = -1, .scratches_allowed = 99, .turn_each = each};
      is_int(go(&r, threads), ST_OK, "jobs wait for their turn");
      ok(r.done == 300 && r.in_order && !r.out_of_turn && r.cut_off == 0, "each gets it, in order");
      r = (struct run){.n = 300, .fail_at = 100, .refuse_at = -1, .end_at = -1, .scratches_allowed = 99, .turn_each = each};
      is_int(go(&r, threads), ST_IO, "a fault ends the run while some wait");
      ok(r.done == 101 && r.in_order && !r.out_of_turn && r.in_flight == 0, "nothing hangs and nothing is lost");
    }
  }
  struct run r = {.n = 100, .fail_at = -1, .refuse_at = -1, .end_at = -1, .scratches_allowed = 1};
  is_int(go(&r, 4), ST_OK, "one thread's scratch is enough");
  is_int(r.done, 100, "for all jobs");
  r = (struct run){.n = 100, .fail_at = -1, .refuse_at = -1, .end_at = -1, .scratches_allowed = 0};
  is_int(go(&r, 4), ST_MEMORY, "none is not");
  ok(pool_cores() >= 1, "there is a core");
  return tap_end();
}

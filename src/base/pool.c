/* pool.c: every thread does whatever is next: hand on the oldest finished job, else take a new one and run it, else wait.
 *
 *     slots:   done | ready  running  ready  running | free ...        (a ring of `window`)
 *                     ^next_done                       ^next_take
 *
 * A running job that waits for its turn hands on those before it, so that the oldest one is always either running, or in some thread's hands.
 * take and done run outside the lock, each guarded by a flag, so that a slow reader or writer does not stop the others.  The calling
 * thread is a worker too: when no further thread can be made the run goes on with those there are. */
#include "base/pool.h"
#include "base/checked.h"
#include "base/sys.h"
#include <pthread.h>
#include <string.h>
#include <unistd.h>

#define WINDOW_A_THREAD 4

enum slot_state { SLOT_FREE, SLOT_RUNNING, SLOT_READY };

struct slot {
  void *job;
  enum slot_state state;
};

struct pool {
  const struct pool_work *work;
  pthread_mutex_t lock;
  pthread_cond_t changed;
  struct slot *slots;
  size_t window, next_take, next_done;
  bool taking, finishing, ended, failed;
  enum status status; /* the first that ended the run, else ST_REFUSED when a job was refused */
};

struct pool_turn {
  struct pool *pool; /* NULL: one thread, one job at a time */
  size_t number;
};

static void note(struct pool *pool, enum status status)
{
  if (status > ST_USAGE) {
    if (!pool->failed) pool->status = status;
    pool->failed = true;
    pool->ended = true;
  } else if (pool->status == ST_OK) pool->status = status;
}

/* Hands on the oldest job.  Called and left with the lock held. */
static void finish_one(struct pool *pool)
{
  void *job = pool->slots[pool->next_done % pool->window].job;
  bool drop = pool->failed;
  enum status status = ST_OK;
  pool->finishing = true;
  pthread_mutex_unlock(&pool->lock);
  if (drop) pool->work->drop(pool->work->context, job);
  else status = pool->work->done(pool->work->context, job);
  pthread_mutex_lock(&pool->lock);
  pool->finishing = false;
  pool->slots[pool->next_done % pool->window].state = SLOT_FREE;
  pool->next_done++;
  note(pool, status);
  pthread_cond_broadcast(&pool->changed);
}

/* Takes one job and runs it.  Called and left with the lock held. */
static void take_one(struct pool *pool, void *scratch)
{
  enum status status = ST_OK;
  pool->taking = true;
  pthread_mutex_unlock(&pool->lock);
  void *job = pool->work->take(pool->work->context, &status);
  pthread_mutex_lock(&pool->lock);
  pool->taking = false;
  note(pool, status);
  if (!job) {
    pool->ended = true;
    pthread_cond_broadcast(&pool->changed);
    return;
  }
  struct slot *slot = &pool->slots[pool->next_take++ % pool->window];
  *slot = (struct slot){job, SLOT_RUNNING};
  struct pool_turn turn = {pool, pool->next_take - 1};
  pthread_cond_broadcast(&pool->changed);
  pthread_mutex_unlock(&pool->lock);
  pool->work->run(pool->work->context, job, scratch, &turn);
  pthread_mutex_lock(&pool->lock);
  slot->state = SLOT_READY;
  pthread_cond_broadcast(&pool->changed);
}

/* Is the oldest job one that can be handed on now? */
static bool can_finish(const struct pool *pool)
{
  return pool->next_take != pool->next_done && !pool->finishing && pool->slots[pool->next_done % pool->window].state == SLOT_READY;
}

static enum turn turn_now(const struct pool_turn *turn)
{
  return turn->pool->failed ? TURN_NEVER : turn->pool->next_done == turn->number ? TURN_CAME : TURN_LATER;
}

enum turn pool_turn_look(struct pool_turn *turn)
{
  struct pool *pool = turn->pool;
  if (!pool) return TURN_CAME;
  pthread_mutex_lock(&pool->lock);
  enum turn now = turn_now(turn);
  pthread_mutex_unlock(&pool->lock);
  return now;
}

enum turn pool_turn_wait(struct pool_turn *turn)
{
  struct pool *pool = turn->pool;
  enum turn now;
  if (!pool) return TURN_CAME;
  pthread_mutex_lock(&pool->lock);
  while ((now = turn_now(turn)) == TURN_LATER) {
    if (can_finish(pool)) finish_one(pool);
    else pthread_cond_wait(&pool->changed, &pool->lock);
  }
  pthread_mutex_unlock(&pool->lock);
  return now;
}

static void work_on(struct pool *pool, void *scratch)
{
  pthread_mutex_lock(&pool->lock);
  for (;;) {
    bool open = pool->next_take != pool->next_done;
    if (can_finish(pool)) finish_one(pool);
    else if (!pool->ended && !pool->taking && pool->next_take - pool->next_done < pool->window) take_one(pool, scratch);
    else if (pool->ended && !open && !pool->taking) break;
    else pthread_cond_wait(&pool->changed, &pool->lock);
  }
  pthread_mutex_unlock(&pool->lock);
}

static void *worker(void *arg)
{
  struct pool *pool = arg;
  void *scratch = pool->work->scratch_new(pool->work->context);
  if (!scratch) return NULL; /* the others do its share */
  work_on(pool, scratch);
  pool->work->scratch_free(pool->work->context, scratch);
  return NULL;
}

/* threads = 1: the same without locks, one job in memory at a time. */
static enum status run_alone(const struct pool_work *work, void *scratch)
{
  enum status result = ST_OK;
  for (;;) {
    enum status status = ST_OK;
    void *job = work->take(work->context, &status);
    if (status != ST_OK && (result == ST_OK || status > ST_USAGE)) result = status;
    if (job && status > ST_USAGE) work->drop(work->context, job);
    if (!job || status > ST_USAGE) return result;
    struct pool_turn turn = {NULL, 0};
    work->run(work->context, job, scratch, &turn);
    status = work->done(work->context, job);
    if (status != ST_OK && (result == ST_OK || status > ST_USAGE)) result = status;
    if (status > ST_USAGE) return result;
  }
}

static enum status run_together(const struct pool_work *work, unsigned threads, void *scratch, struct error *error)
{
  struct pool pool = {.work = work, .window = (size_t)threads * WINDOW_A_THREAD};
  size_t bytes = pool.window * sizeof *pool.slots;
  pthread_t others[256];
  unsigned n = 0;
  pool.slots = sys_alloc(bytes);
  if (!pool.slots) return error_set(error, ST_MEMORY, "not enough memory for %u threads: free some, or use fewer (-j)", threads);
  memset(pool.slots, 0, bytes);
  pthread_mutex_init(&pool.lock, NULL);
  pthread_cond_init(&pool.changed, NULL);
  while (n < threads - 1 && pthread_create(&others[n], NULL, worker, &pool) == 0) n++;
  work_on(&pool, scratch);
  for (unsigned i = 0; i < n; i++) pthread_join(others[i], NULL);
  pthread_cond_destroy(&pool.changed);
  pthread_mutex_destroy(&pool.lock);
  sys_free(pool.slots, bytes);
  return pool.status;
}

enum status pool_run(const struct pool_work *work, unsigned threads, struct error *error)
{
  if (threads < 1) threads = 1;
  if (threads > 256) threads = 256;
  void *scratch = work->scratch_new(work->context);
  if (!scratch) return error_set(error, ST_MEMORY, "not enough memory to begin: free some");
  enum status status = threads == 1 ? run_alone(work, scratch) : run_together(work, threads, scratch, error);
  work->scratch_free(work->context, scratch);
  return status;
}

unsigned pool_cores(void)
{
  long n = sysconf(_SC_NPROCESSORS_ONLN);
  return n < 1 ? 1 : n > 256 ? 256 : (unsigned)n;
}

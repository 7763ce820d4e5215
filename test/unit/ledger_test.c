/* The ledger from inside: what becomes of a document when memory lacks, series and events over documents, answers. */
#include "base/sys.h"
#include "ledger/ledger_sql.h"
#include "tap.h"
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

/* Two readings of one story, as `read --json --with-text` writes them. */
#define ENTITIES "\"entities\":[{\"id\":0,\"name\":\"Greece\",\"kind\":\"country\",\"code\":\"GRC\",\"country\":\"GRC\",\"mentions\":[[0,6]]}]"
#define READING(id, sha, day, number, digits, text)                                                                                                \
  "{\"tocsin\":1,\"document\":{\"id\":\"" id "\",\"published\":\"" day "\",\"publisher\":\"Wire A\",\"sha256\":\"" sha "\",\"text\":\"" text "\"},"       \
  "\"sentences\":[{\"span\":[0,64]}]," ENTITIES ",\"places\":[],\"dates\":[],"                                                                      \
  "\"figures\":[{\"id\":0,\"text\":\"" digits "\",\"span\":[49,51],\"value\":" number ",\"bound\":\"exact\",\"unit\":\"person\",\"item\":\"toll\","       \
  "\"state\":\"killed\",\"sort\":\"total\",\"countries\":[\"GRC\"]}],\"claims\":[],"                                                              \
  "\"events\":[{\"id\":0,\"span\":[0,20],\"trigger\":[7,11],\"type\":\"AID\",\"status\":\"actual\",\"rule\":\"send\","                               \
  "\"actor\":[{\"text\":\"Greece\",\"span\":[0,6],\"entity\":0,\"code\":\"GRC\",\"country\":\"GRC\"}]}],\"positions\":[]}"
static const char first[] = READING("one", "aa", "2023-05-14", "12", "12", "Greece sent tents to Van, where the death toll of 12 stood still.");
static const char second[] = READING("two", "bb", "2023-05-15", "31", "31", "Greece sent water to Van, as the death toll of 31 had risen more.");

static int64_t left; /* allocations that work; below 0: all */
static void *failing_realloc(void *old, size_t old_size, size_t new_size)
{
  (void)old_size;
  if (new_size == 0) {
    free(old);
    return NULL;
  }
  if (left == 0) return NULL;
  if (left > 0) left--;
  return realloc(old, new_size);
}

static bool answer_has(struct ledger *ledger, enum ledger_what what, const char *want)
{
  struct error error = {ST_OK, ""};
  struct buf to;
  const struct ledger_question question = {.what = what, .json = true};
  buf_init(&to, 1 << 20);
  const bool good = ledger_answer(ledger, &question, &to, &error) == ST_OK && slice_find(buf_get(&to), slice_of(want)) != SIZE_MAX;
  if (!good) printf("# %s\n# %.*s\n", error.message, (int)to.n, to.n ? to.at : "");
  buf_release(&to);
  return good;
}

static void lacking_memory(void)
{
  struct sys failing = *sys();
  struct ledger *ledger = NULL;
  struct error error = {ST_OK, ""};
  enum ledger_added added = LEDGER_KNOWN;
  failing.realloc = failing_realloc;
  left = -1;
  sys_replace(&failing);
  ok(ledger_open(&ledger, "memory", LEDGER_MEMORY, &error) == ST_OK, "a ledger in memory opens");
  int64_t tries = 0, wrong = 0;
  for (; tries < 10000; tries++) {
    left = tries;
    error_clear(&error);
    const enum status status = ledger_add(ledger, slice_of(first), &added, &error);
    if (status == ST_OK) break;
    if (status != ST_REFUSED && status != ST_MEMORY) wrong++;
    if (!error.message[0]) wrong++;
  }
  left = -1;
  ok(tries > 0 && tries < 10000, "with less memory than it takes a document is refused, with more it is added");
  is_int(wrong, 0, "... each time with its reason");
  is_int(added, LEDGER_NEW, "... and nothing of the tries before was kept");
  ok(answer_has(ledger, ASK_STORIES, "\"documents\":[{\"id\":\"one\",\"published\":\"2023-05-14\",\"publisher\":\"Wire A\"}]"), "... it is there once");
  for (tries = 0; tries < 10000; tries++) {
    struct ledger *other = NULL;
    left = tries;
    error_clear(&error);
    const enum status status = ledger_open(&other, "memory", LEDGER_MEMORY, &error);
    ledger_close(other);
    if (status == ST_OK) break;
  }
  left = -1;
  ok(tries > 0 && tries < 10000, "opening without memory fails, and leaves nothing behind");
  ledger_close(ledger);
  sys_replace(NULL);
}

static void over_documents(void)
{
  struct ledger *ledger = NULL;
  struct error error = {ST_OK, ""};
  enum ledger_added added;
  ok(ledger_open(&ledger, "memory", LEDGER_MEMORY, &error) == ST_OK, "opens");
  ok(ledger_add(ledger, slice_of(first), &added, &error) == ST_OK && added == LEDGER_NEW, "adds the first");
  ok(ledger_add(ledger, slice_of(second), &added, &error) == ST_OK && added == LEDGER_NEW, "adds the second");
  ok(ledger_add(ledger, slice_of(second), &added, &error) == ST_OK && added == LEDGER_KNOWN, "the second again is known");
  ok(answer_has(ledger, ASK_STORIES, "\"tellings\":[{\"doc\":\"one\",\"event\":0,\"trigger\":[7,11],\"status\":\"actual\"},{\"doc\":\"two\""),
     "one event, told twice");
  ok(answer_has(ledger, ASK_FIGURES, "\"current\":2,"), "the later number is the current one");
  ok(answer_has(ledger, ASK_FIGURES, "\"span\":[49,51],\"revises\":1}"), "... and revises the first");
  ok(answer_has(ledger, ASK_EVENTS, "\"sentence\":\"Greece sent tents to Van, where the death toll of 12 stood still\""), "an event comes with its sentence");
  ledger_close(ledger);
}

static void refused(const char *json, const char *want)
{
  struct ledger *ledger = NULL;
  struct error error = {ST_OK, ""};
  enum ledger_added added;
  if (!ok(ledger_open(&ledger, "memory", LEDGER_MEMORY, &error) == ST_OK, "opens")) return;
  ok(ledger_add(ledger, slice_of(json), &added, &error) == ST_REFUSED && slice_find(slice_of(error.message), slice_of(want)) != SIZE_MAX, want);
  ledger_close(ledger);
}

static unsigned told_in;

static void count_in(void *context, enum ledger_added added, const struct error *why)
{
  (void)context;
  if (why->code == ST_OK && added == LEDGER_NEW) told_in++;
}

/* SQLite takes a transaction back by itself when it must: what was put is then not in, and must not be told to be. */
static void vanished(void)
{
  struct ledger *ledger = NULL;
  struct error error = {ST_OK, ""};
  const char *const both[] = {first, second};
  ok(ledger_open(&ledger, "memory", LEDGER_MEMORY, &error) == ST_OK, "a ledger in memory opens");
  for (int i = 0; i < 2; i++) {
    struct ledger_ready *ready = NULL;
    ok(ledger_prepare(ledger, slice_of(both[i]), NULL, &ready, &error) == ST_OK && ledger_put(ledger, ready, &error) == ST_OK, "a document is put");
  }
  ok(sqlite3_exec(ledger->db, "ROLLBACK", NULL, NULL, NULL) == SQLITE_OK, "the transaction vanishes");
  ok(ledger_commit(ledger, count_in, NULL, &error) == ST_OK, "what was put is committed nonetheless");
  is_int(told_in, 2, "... and told");
  ok(answer_has(ledger, ASK_FIND, "") && answer_has(ledger, ASK_STORIES, "\"two\""), "... and there");
  ledger_close(ledger);
}

static int unable(int fd)
{
  (void)fd;
  errno = EIO;
  return -1;
}

static int unable_to_lock(int fd, int operation)
{
  (void)fd, (void)operation;
  errno = ENOLCK;
  return -1;
}

/* Documents are told when they are on the disk; a lock that cannot be had for another reason than a second writer says so. */
static void no_disk(void)
{
  char folder[] = "/tmp/tocsin-ledger-XXXXXX", path[64], name[80];
  struct sys failing = *sys();
  struct ledger *ledger = NULL;
  struct error error = {ST_OK, ""};
  enum ledger_added added;
  if (!ok(mkdtemp(folder) != NULL, "a folder")) return;
  snprintf(path, sizeof path, "%s/a.db", folder);
  ok(ledger_open(&ledger, path, LEDGER_WRITE, &error) == ST_OK, "a ledger opens");
  ok(ledger_add(ledger, slice_of(first), &added, &error) == ST_OK, "it takes a document");
  failing.fdatasync = unable;
  failing.flock = unable_to_lock;
  sys_replace(&failing);
  ok(ledger_sync(ledger, &error) == ST_LEDGER && strstr(error.message, "cannot write through"), "a disk that does not take it");
  ledger_close(ledger);
  error_clear(&error);
  ok(ledger_open(&ledger, path, LEDGER_WRITE, &error) == ST_LEDGER && strstr(error.message, "cannot lock"), "a lock that cannot be had");
  sys_replace(NULL);
  error_clear(&error);
  ok(ledger_open(&ledger, path, LEDGER_WRITE, &error) == ST_OK, "the ledger opens again");
  ok(ledger_sync(ledger, &error) == ST_OK, "... and is written through");
  ledger_close(ledger);
  static const char *const ends[] = {"", "-lock", "-wal", "-shm"};
  for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
    snprintf(name, sizeof name, "%s%s", path, ends[i]);
    unlink(name);
  }
  rmdir(folder);
}

int main(void)
{
  vanished();
  no_disk();
  over_documents();
  lacking_memory();
  refused("{", "not valid JSON");
  refused("[]", "of no form that is known");
  refused("{\"tocsin\":1,\"document\":{\"id\":\"x\",\"sha256\":\"s\"}}", "without its text");
  refused("{\"tocsin\":1,\"document\":{\"text\":\"x\"}}", "without id or sha256");
  refused("{\"tocsin\":1,\"document\":{\"id\":\"x\",\"sha256\":\"s\",\"text\":\"x\"}}", "without all of its arrays");
  return tap_end();
}

/* What one correction changes is derived where it changes (ledger_amend.c), and everything by a replay: both must give the same rows.  Corrections of
 * all kinds, and undoings, are thrown at a ledger of made-up readings; after each the tables are compared with those after a replay of all.
 *
 *     amend_test MAKE_READINGS DATA [CORRECTIONS [DOCUMENTS [SEED]]]
 *
 * Speaks TAP. */
#include "base/buf.h"
#include "ledger/ledger_correct.h"
#include "ledger/ledger_corrected.h"
#include "tap.h"
#include <stdlib.h>

enum { LINE_MOST = 1 << 22, OF_STORY = 12 };

static const char *const tables[] = {
  "SELECT seq, story FROM document ORDER BY seq", "SELECT * FROM story ORDER BY id", "SELECT * FROM event ORDER BY key", "SELECT * FROM party ORDER BY 1, 2",
  "SELECT * FROM claim ORDER BY key", "SELECT * FROM position ORDER BY key", "SELECT * FROM stance ORDER BY position", "SELECT * FROM figure ORDER BY key",
  "SELECT * FROM conflict ORDER BY 1, 2", "SELECT doc, n, story, chain, b, who, source, proper, day FROM denial ORDER BY 1, 2",
  "SELECT * FROM contradiction ORDER BY key"};
enum { TABLES = sizeof tables / sizeof *tables };

static void take_table(struct ledger *ledger, const char *sql, struct buf *to)
{
  sqlite3_stmt *rows = NULL;
  buf_init(to, (size_t)1 << 30);
  if (sqlite3_prepare_v2(ledger->db, sql, -1, &rows, NULL) != SQLITE_OK) printf("# %s\n", sqlite3_errmsg(ledger->db));
  while (rows && sqlite3_step(rows) == SQLITE_ROW) {
    for (int i = 0; i < sqlite3_column_count(rows); i++) {
      if (i) buf_char(to, '|');
      buf_slice(to, sql_text(rows, i));
    }
    buf_char(to, '\n');
  }
  sqlite3_finalize(rows);
}

static uint64_t dice;
static int64_t below(int64_t n)
{
  dice = dice * 6364136223846793005u + 1442695040888963407u;
  return n > 0 ? (int64_t)((dice >> 33) % (uint64_t)n) : 0;
}

/* The text in the first column of a row chosen by chance. */
static bool any_of(struct ledger *ledger, const char *count, const char *pick, char *to, size_t room)
{
  struct error error = {ST_OK, ""};
  sqlite3_stmt *get = NULL;
  int64_t n = 0;
  bool good = false;
  sql_number(ledger, count, 1, &n, &error);
  if (n > 0 && sqlite3_prepare_v2(ledger->db, pick, -1, &get, NULL) == SQLITE_OK) {
    sqlite3_bind_int64(get, 1, below(n));
    good = sqlite3_step(get) == SQLITE_ROW;
    if (good) snprintf(to, room, "%s", (const char *)sqlite3_column_text(get, 0));
  }
  sqlite3_finalize(get);
  return good;
}

#define PICK(what, from) "SELECT count(*) FROM " from " WHERE ?1", "SELECT " what " FROM " from " LIMIT 1 OFFSET ?1"
static bool any_record(struct ledger *ledger, const char **subject, char *to, size_t room)
{
  switch (below(4)) {
  case 0: return *subject = "event", any_of(ledger, PICK("d.id || '#' || r.n", "event r JOIN document d ON d.seq = r.doc"), to, room);
  case 1: return *subject = "figure", any_of(ledger, PICK("d.id || '#' || r.n", "figure r JOIN document d ON d.seq = r.doc"), to, room);
  case 2: return *subject = "claim", any_of(ledger, PICK("d.id || '#' || r.n", "claim r JOIN document d ON d.seq = r.doc"), to, room);
  default: return *subject = "position", any_of(ledger, PICK("d.id || '#' || r.n", "position r JOIN document d ON d.seq = r.doc"), to, room);
  }
}

/* One correction by chance, said in `say`; ST_USAGE when it names nothing that fits. */
static enum status throw_one(struct ledger *ledger, char *say, size_t room, struct error *error)
{
  char a[128] = "", b[128] = "";
  const char *subject = "story";
  int64_t number = 0;
  const int64_t which = below(10);
  struct ledger_correction c = {.kind = CORRECT_WRONG, .author = SLICE("me"), .at = SLICE("2024-10-28")};
  bool good = true;
  if (which >= 8) {
    good = any_of(ledger, PICK("c.id", "correction c WHERE c.undoes IS NULL AND NOT EXISTS (SELECT 1 FROM correction u WHERE u.undoes = c.id) AND ?1 >= 0"), a,
                  sizeof a);
    snprintf(say, room, "undo %s", a);
    return good ? ledger_undo(ledger, atoll(a), &c, &number, error) : ST_USAGE;
  }
  if (which < 3) {
    good = any_record(ledger, &subject, a, sizeof a);
    if (strcmp(subject, "figure") == 0 && below(2)) c.value = SLICE("{\"value\":33}");
  } else if (which < 5) { /* stories */
    c.kind = which == 3 ? CORRECT_MERGE : CORRECT_SPLIT;
    good = any_of(ledger, PICK("id", "story"), a, sizeof a) &&
           (which == 3 ? any_of(ledger, PICK("id", "story"), b, sizeof b) : any_of(ledger, PICK("id", "document WHERE story <> seq AND ?1 >= 0"), b, sizeof b));
  } else if (which < 7) {
    subject = "event";
    c.kind = which == 5 ? CORRECT_MERGE : CORRECT_SPLIT;
    good = any_of(ledger, PICK("chain", "event"), a, sizeof a) &&
           any_of(ledger, PICK("d.id || '#' || r.n", "event r JOIN document d ON d.seq = r.doc"), b, sizeof b);
  } else {
    subject = "series";
    c.kind = below(2) ? CORRECT_MERGE : CORRECT_SPLIT;
    good = any_of(ledger, PICK("series", "figure"), a, sizeof a) &&
           any_of(ledger, PICK("d.id || '#' || r.n", "figure r JOIN document d ON d.seq = r.doc"), b, sizeof b);
  }
  const struct slice names[] = {slice_of(a), slice_of(b)};
  c.subject = slice_of(subject);
  c.names = names;
  c.n_names = c.kind == CORRECT_WRONG ? 1 : 2;
  snprintf(say, room, "%d %s %s %s", (int)c.kind, subject, a, b);
  return good ? ledger_correct(ledger, &c, &number, error) : ST_USAGE;
}

static enum status replay(struct ledger *ledger, struct error *error)
{
  enum status status = corrected_begin(ledger, error);
  if (status == ST_OK) status = corrected_replay(ledger, error);
  return corrected_end(ledger, status, error);
}

/* Say where two tables part. */
static void tell_difference(struct slice a, struct slice b)
{
  while (a.n || b.n) {
    const struct slice x = slice_cut(&a, '\n'), y = slice_cut(&b, '\n');
    if (slice_eq(x, y)) continue;
    printf("# now    %.*s\n# replay %.*s\n", SLICE_ARG(x), SLICE_ARG(y));
    return;
  }
}

static bool same_as_replayed(struct ledger *ledger)
{
  struct error error = {ST_OK, ""};
  struct buf before[TABLES], after;
  bool good = true;
  for (int i = 0; i < TABLES; i++) take_table(ledger, tables[i], &before[i]);
  if (replay(ledger, &error) != ST_OK) good = false;
  if (error.code != ST_OK) printf("# %s\n", error.message);
  for (int i = 0; i < TABLES; i++) {
    take_table(ledger, tables[i], &after);
    if (!slice_eq(buf_get(&before[i]), buf_get(&after))) {
      good = false;
      printf("# %s\n", tables[i]);
      tell_difference(buf_get(&before[i]), buf_get(&after));
    }
    buf_release(&after);
    buf_release(&before[i]);
  }
  return good;
}

static struct ledger *fill(const char *maker, const char *data, const char *documents, const char *seed)
{
  static char line[LINE_MOST];
  char command[4096];
  struct error error = {ST_OK, ""};
  struct ledger *ledger = NULL;
  enum ledger_added added;
  snprintf(command, sizeof command, "'%s' '%s' %s %s %d", maker, data, documents, seed, OF_STORY);
  FILE *from = popen(command, "r");
  if (!from || ledger_open(&ledger, "x", LEDGER_MEMORY, &error) != ST_OK) return NULL;
  while (fgets(line, sizeof line, from))
    if (ledger_add(ledger, slice_of(line), &added, &error) != ST_OK) printf("# %s\n", error.message);
  return pclose(from) == 0 ? ledger : NULL;
}

int main(int argc, char **argv)
{
  if (argc < 3) return 2;
  const int64_t corrections = argc > 3 ? atoll(argv[3]) : 60;
  const char *seed = argc > 5 ? argv[5] : "7";
  struct ledger *ledger = fill(argv[1], argv[2], argc > 4 ? argv[4] : "250", seed);
  int64_t made = 0, bad = 0;
  ok(ledger != NULL, "a ledger of made-up readings");
  dice = (uint64_t)atoll(seed);
  ok(ledger && same_as_replayed(ledger), "a replay changes nothing");
  for (int64_t i = 0; ledger && i < corrections; i++) {
    char say[400];
    struct error error = {ST_OK, ""};
    const enum status status = throw_one(ledger, say, sizeof say, &error);
    if (status == ST_USAGE) continue;
    made++;
    if (status == ST_OK && same_as_replayed(ledger)) continue;
    bad++;
    printf("# %s: %s\n", say, error.message);
  }
  ok(made > corrections / 2 && bad == 0, "after each correction and undoing the rows are those of a replay");
  printf("# %lld corrections\n", (long long)made);
  ledger_close(ledger);
  return tap_end();
}

/* ledger_sql.h: inside of the ledger: the handle, its statements, and short ways to bind and run them.
 *
 * Every statement that is used for each document stands in SQL_LIST and is compiled once. */
#ifndef LEDGER_LEDGER_SQL_H
#define LEDGER_LEDGER_SQL_H
#include "base/arena.h"
#include "know/know.h"
#include "ledger/ledger.h"
#include <pthread.h>
#include <sqlite3.h>
#include <zstd.h>

#define LEDGER_APPLICATION 0x746f6373 /* "tocs" */
#define LEDGER_VERSION 7

#define SQL_LIST(X) \
  X(BEGIN, "BEGIN IMMEDIATE") \
  X(COMMIT, "COMMIT") \
  X(ROLLBACK, "ROLLBACK") \
  X(DOCUMENT_BY_ID, "SELECT seq, sha256 FROM document WHERE id = ?1") \
  X(DOCUMENT_LAST, "SELECT coalesce(max(seq), 0) FROM document") \
  X(DOCUMENT_ADD, "INSERT INTO document(seq, id, sha256, title, publisher, url, published, day, bytes, story, copy_of, terms, sketch, reading, told)" \
                  " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)") \
  X(DOCUMENT_AGAIN, "INSERT INTO document(seq, id, sha256, title, publisher, url, published, day, bytes, story, copy_of, terms, sketch, reading, told)" \
                    " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15) ON CONFLICT(seq) DO UPDATE SET title = excluded.title," \
                    " story = excluded.story, copy_of = excluded.copy_of, terms = excluded.terms, sketch = excluded.sketch, reading = excluded.reading," \
                    " told = excluded.told") \
  X(DOCUMENT_TERMS, "SELECT story, told, terms, sketch, copy_of FROM document WHERE seq = ?1") \
  X(DOCUMENT_JOINED, "SELECT p.joined, d.told, d.terms, d.sketch, d.copy_of FROM document d JOIN placing p ON p.doc = d.seq WHERE d.seq = ?1") \
  X(DOCUMENT_STORY, "SELECT story FROM document WHERE seq = ?1") \
  X(DOCUMENT_READING, "SELECT reading FROM document WHERE seq = ?1") \
  X(PLACING_ADD, "INSERT INTO placing(doc, joined, nearest, beside, events, claims, figures, positions) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)") \
  X(PLACING_KEYS, "SELECT events, claims, figures, positions FROM placing WHERE doc = ?1") \
  X(FIND_ADD, "INSERT INTO found(rowid, words) VALUES(?1, ?2)") \
  X(POSTING_ADD, "INSERT INTO posting(term, doc) VALUES(?1, ?2)") \
  X(POSTING_GET, "SELECT doc FROM posting WHERE term = ?1 ORDER BY doc DESC LIMIT ?2") \
  X(FRESH_ADD, "INSERT INTO fresh(doc, terms) VALUES(?1, ?2)") \
  X(FRESH_ALL, "SELECT doc, terms FROM fresh ORDER BY doc") \
  X(FRESH_CLEAR, "DELETE FROM fresh") \
  X(STORY_ADD, "INSERT INTO story(id, title) VALUES(?1, ?2)") \
  X(STORY_GROW, "UPDATE story SET documents = documents + 1 WHERE id = ?1") \
  X(STORY_SIZE, "SELECT documents FROM story WHERE id = ?1") \
  X(EVENT_ADD, "INSERT INTO event(doc, n, story, chain, type, mode, cameo, status, stem, act, actor, recipient, place, country, date, doers," \
               " others, day, b, e, key) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21)") \
  X(EVENT_NEAR, "SELECT chain, mode, stem, actor, recipient, place, country, date, act, doers, others FROM event" \
                " WHERE story = ?1 AND type = ?3 AND key < ?4 ORDER BY key DESC LIMIT ?2") \
  X(PARTY_ADD, "INSERT OR IGNORE INTO party(code, event) VALUES(?1, ?2)") \
  X(CLAIM_ADD, "INSERT INTO claim(doc, n, code, key) VALUES(?1, ?2, ?3, ?4)") \
  X(POSITION_ADD, "INSERT INTO position(doc, n, holder, key) VALUES(?1, ?2, ?3, ?4)") \
  X(FIGURE_ADD, "INSERT INTO figure(doc, n, story, series, value, low, high, bound, unit, item, state, about, sort, countries, place, source, side," \
                " whose, stem, date, day, revises, part, running, chain, b, e, total, real, degree, key) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11," \
                " ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29, ?30, ?31)") \
  X(FIGURE_NEAR, "SELECT key, series, value, low, high, unit, state, whose, place, side, day, doc, chain, stem, total, degree, running FROM figure" \
                 " WHERE story = ?1 AND running = ?3 AND part = ?4 AND sort IS ?5 AND real = ?6 AND key < ?7 ORDER BY key DESC LIMIT ?2") \
  X(FIGURE_SAME, "SELECT series FROM figure WHERE story IN (?1, ?7) AND doc < ?2 AND part = ?3 AND real = ?4 AND coalesce(value, low, high) = ?5" \
                 " AND (?6 IS NULL OR unit IS NULL OR unit = ?6) AND (?8 IS NULL OR state IS NULL OR state = ?8) ORDER BY key DESC LIMIT 1") \
  X(GRADE_GET, "SELECT c.value FROM target t JOIN correction c ON c.id = t.correction WHERE t.name = ?1 AND c.kind = 'grade'" \
               " AND NOT EXISTS (SELECT 1 FROM correction u WHERE u.undoes = c.id) ORDER BY c.id DESC LIMIT 1") \
  X(GRADE_ROW, "SELECT c.value, c.author, c.at, c.reason FROM target t JOIN correction c ON c.id = t.correction WHERE t.name = ?1 AND c.kind = 'grade'" \
               " AND NOT EXISTS (SELECT 1 FROM correction u WHERE u.undoes = c.id) ORDER BY c.id DESC LIMIT 1") \
  X(GRADE_EVER, "SELECT 1 FROM target t JOIN correction c ON c.id = t.correction WHERE t.name = ?1 AND c.kind = 'grade' LIMIT 1") \
  X(CORRECTIONS_OF, "SELECT c.id, c.subject, c.value, t.b, t.e, t.type, t.nth, c.kind, c.author, c.at FROM target t JOIN correction c ON c.id = t.correction" \
                    " WHERE t.name = ?1 AND c.kind IN ('wrong', 'note') AND t.b IS NOT NULL" \
                    " AND NOT EXISTS (SELECT 1 FROM correction u WHERE u.undoes = c.id) ORDER BY c.id, t.n") \
  X(CORRECTION_ADD, "INSERT INTO correction(kind, subject, author, at, reason, value, undoes, behind)" \
                    " SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, coalesce(max(seq), 0) FROM document") \
  X(TARGET_ADD, "INSERT INTO target(correction, n, part, name, b, e, type, nth) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)") \
  X(STANCE_ADD, "INSERT INTO stance(position, doc, story, line, who, stance, day, chain, type, parties, entity, topic)" \
                " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)") \
  X(STANCE_NEAR, "SELECT line, stance, chain, type, parties, entity, topic FROM stance WHERE story = ?1 AND who = ?2 AND doc < ?3" \
                 " ORDER BY position DESC LIMIT ?4") \
  X(DOCUMENT_COPY, "SELECT 1 FROM document WHERE seq = ?1 AND copy_of IS NOT NULL") \
  X(RAISED_GET, "SELECT 1 FROM raised WHERE id = ?1") \
  X(RAISED_ADD, "INSERT INTO raised(id, rule, told) VALUES(?1, ?2, ?3)") \
  X(DELIVERED_ADD, "INSERT OR IGNORE INTO delivered(output, alert) VALUES(?1, ?2)") \
  X(DENIAL_ADD, "INSERT INTO denial(doc, n, story, chain, b, who, source, proper, day) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)") \
  X(DENIAL_GET, "SELECT a.doc, a.n, a.chain, a.b, a.who, a.source, a.proper, a.day, d.copy_of FROM denial a JOIN document d ON d.seq = a.doc" \
                " WHERE a.story = ?1 AND a.doc < ?2 ORDER BY a.doc DESC, a.n DESC LIMIT ?3") \
  X(EVENT_ROW, "SELECT actor, recipient, place, country, date, doers, others FROM event" \
               " WHERE key = coalesce((SELECT events FROM placing WHERE doc = ?1 - 1), 0) + ?2 + 1") \
  X(EVENT_TOLD, "SELECT r.doc, r.n, d.copy_of FROM event r JOIN document d ON d.seq = r.doc WHERE r.chain = ?1 AND +r.status = 'actual' AND r.doc < ?2" \
                " ORDER BY r.key LIMIT ?3") \
  X(FIGURE_DISPUTED, "SELECT r.n, r.b, r.source, r.side, e.doc, e.n, e.b, e.source, e.side, r.series FROM figure r JOIN conflict c ON c.later = r.key" \
                     " JOIN figure e ON e.key = c.earlier WHERE r.key > ?1 AND r.key <= ?2 AND r.date = e.date AND r.state = e.state ORDER BY r.key, e.key") \
  X(CONTRADICTION_ADD, "INSERT INTO contradiction(kind, doc, story, what, n, b, who, source, other_doc, other_n, other_b, other_who," \
                       " other_source, of, pair) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14," \
                       " min(?7, ?12) || ' ' || max(?7, ?12)) ON CONFLICT(of, kind, pair) DO UPDATE SET key = (SELECT max(key) + 1 FROM contradiction)," \
                       " doc = excluded.doc, story = excluded.story, what = excluded.what, n = excluded.n, b = excluded.b, who = excluded.who," \
                       " source = excluded.source, other_doc = excluded.other_doc, other_n = excluded.other_n, other_b = excluded.other_b," \
                       " other_who = excluded.other_who, other_source = excluded.other_source WHERE excluded.doc < contradiction.doc") \
  X(CONFLICT_ADD, "INSERT OR IGNORE INTO conflict(later, earlier) VALUES(?1, ?2)")

enum sql {
#define SQL_ENUM(name, text) SQL_##name,
  SQL_LIST(SQL_ENUM)
#undef SQL_ENUM
  SQL_COUNT
};

/* What a thread needs for making readings ready; those at rest are in a list. */
struct kit;
struct ledger_ready;
struct kits {
  pthread_mutex_t lock;
  struct kit *rest;
  struct ledger_ready *waste; /* written, and not yet freed */
};
struct recent;
struct postings;
struct ledger_pending;

struct ledger {
  sqlite3 *db;
  char *path;      /* for messages; of path_n bytes */
  size_t path_n;
  int lock;        /* -1: none */
  int telling;     /* the lock of who tells alerts; -1: none */
  bool restoried;  /* a person split or merged stories */
  struct know know;
  struct sb_stemmer *stemmer;  /* of the thread that adds */
  ZSTD_DCtx *unpack;
  struct kits kits;            /* of the threads that make readings ready */
  struct arena scratch;        /* for one document */
  struct recent *recent;       /* what the writer remembers (ledger_recent.h); NULL: nothing */
  struct postings *postings;   /* words of the newest documents (ledger_postings.h); NULL: not read */
  int64_t last_document;       /* its number, within a group */
  int64_t changes;             /* sqlite3_total_changes64 when the last document was written; -1: nothing is remembered */
  struct ledger_pending *pending; /* documents of the open group, the first first */
  size_t n_pending, pending_room;
  sqlite3_stmt *statement[SQL_COUNT];
};

/* Takes the lock of who tells alerts, PATH-alerts, until the handle is closed. */
enum status ledger_lock_alerts(struct ledger *ledger, struct error *error);
/* Gives the writer's lock back before the handle is closed; from then on it writes nothing but what nobody else does, and waits longer for others. */
void ledger_unlock(struct ledger *ledger);

/* What SQLite says went wrong, with the file and what to do; gives ST_LEDGER (ST_MEMORY when memory lacks). */
enum status sql_failed(struct ledger *ledger, struct error *error);
/* The statement, reset, nothing bound; NULL with *error set. */
sqlite3_stmt *sql_use(struct ledger *ledger, enum sql which, struct error *error);
void sql_bind(sqlite3_stmt *to, int at, struct slice text); /* NULL when empty; the bytes must live until the statement ran */
void sql_bind_blob(sqlite3_stmt *to, int at, struct slice bytes);
struct slice sql_text(sqlite3_stmt *from, int column);
struct slice sql_blob(sqlite3_stmt *from, int column);
/* Resets a statement whose rows were read; says so when their values could not be had for lack of memory. */
enum status sql_end(struct ledger *ledger, sqlite3_stmt *statement, struct error *error);
/* Runs a statement that gives no rows, and resets it. */
enum status sql_done(struct ledger *ledger, sqlite3_stmt *statement, struct error *error);
/* The next row; false at the end, and with *error set when that failed. */
bool sql_row(struct ledger *ledger, sqlite3_stmt *statement, struct error *error);
/* Takes the transaction back when `status` is not ST_OK; gives it.  A rollback that fails leaves the journal to undo it. */
enum status sql_undone(struct ledger *ledger, enum status status);
/* The first number that the text gives, with one parameter; left as it was when there is no row. */
enum status sql_number(struct ledger *ledger, const char *text, int64_t parameter, int64_t *to, struct error *error);
enum status sql_simple(struct ledger *ledger, enum sql which, struct error *error);

#endif

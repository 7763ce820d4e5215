/* ledger_migrate.c: the steps from version to version.  A new ledger goes them too, so that there is one form of each version.  A change of the
 * tables is a new step at the end of `steps` and LEDGER_VERSION one higher; what stands here already stays as it is.
 *
 * placing     of each document: the story it joined before corrections, the document of that story most like it, the story beside, and how many
 *             records of each kind it and all before it have, from which the keys of its records follow
 * correction  what a person said of the derived, in order; `behind` is the last document that was there; an undoing is a row of its own
 * target      what a correction is about: a document or publisher by name, a record by the span of its text, its type, and which of equals
 * stance      what a position is about and the line of positions of one holder on one matter that it stands in (ledger_stances.c)
 * denial, contradiction   who denied what was told, and which two sentences cannot both hold (ledger_contradictions.c); what was added before
 *             these tables were has them once it is read anew
 * raised      the alerts that rang (ledger_alerts.c); delivered: to which output (ledger_alerts_tell.c)
 * fresh       the weightiest words of the newest documents, until they go into posting (ledger_postings.h)
 * reread      readings made anew that wait for the last of them, with what made them */
#include "ledger/ledger_migrate.h"
#include "ledger/ledger_ask.h"
#include "ledger/ledger_stories.h"
#include <stdio.h>

#define READING_MOST ((size_t)2 << 30)

/* steps[v]: from version v + 1 to the next */
static const char *const steps[LEDGER_VERSION - 1] = {
  "CREATE TABLE placing(doc INTEGER PRIMARY KEY, joined INTEGER NOT NULL, nearest INTEGER, beside INTEGER, events INTEGER NOT NULL, claims INTEGER NOT NULL,"
  " figures INTEGER NOT NULL, positions INTEGER NOT NULL) STRICT;"
  "INSERT INTO placing SELECT d.seq, d.story, CASE WHEN d.story <> d.seq THEN coalesce(d.copy_of, d.story) END, NULL,"
  " sum(coalesce(e.n, 0)) OVER w, sum(coalesce(c.n, 0)) OVER w, sum(coalesce(f.n, 0)) OVER w, sum(coalesce(p.n, 0)) OVER w FROM document d"
  " LEFT JOIN (SELECT doc, count(*) AS n FROM event GROUP BY doc) e ON e.doc = d.seq"
  " LEFT JOIN (SELECT doc, count(*) AS n FROM claim GROUP BY doc) c ON c.doc = d.seq"
  " LEFT JOIN (SELECT doc, count(*) AS n FROM figure GROUP BY doc) f ON f.doc = d.seq"
  " LEFT JOIN (SELECT doc, count(*) AS n FROM position GROUP BY doc) p ON p.doc = d.seq WINDOW w AS (ORDER BY d.seq);"
  "CREATE TABLE correction(id INTEGER PRIMARY KEY, kind TEXT NOT NULL, subject TEXT NOT NULL, author TEXT, at TEXT NOT NULL, reason TEXT, value TEXT,"
  " behind INTEGER NOT NULL, beyond INTEGER NOT NULL DEFAULT 0, undoes INTEGER UNIQUE REFERENCES correction(id)) STRICT;"
  "CREATE TABLE target(correction INTEGER NOT NULL REFERENCES correction(id), n INTEGER NOT NULL, part INTEGER NOT NULL, name TEXT NOT NULL,"
  " b INTEGER, e INTEGER, type TEXT, nth INTEGER, PRIMARY KEY(correction, n)) STRICT, WITHOUT ROWID;"
  "CREATE INDEX target_name ON target(name);"
  "CREATE TABLE reread(seq INTEGER PRIMARY KEY, stamp TEXT NOT NULL, reading BLOB NOT NULL) STRICT;",
  "CREATE INDEX event_chain ON event(chain, key);"
  "CREATE TABLE stance(position INTEGER PRIMARY KEY REFERENCES position(key), doc INTEGER NOT NULL, story INTEGER NOT NULL, line INTEGER NOT NULL,"
  " who TEXT NOT NULL, stance TEXT NOT NULL, day INTEGER, chain INTEGER, type TEXT, parties TEXT, entity TEXT, topic TEXT) STRICT;"
  "CREATE INDEX stance_who ON stance(story, who, position);"
  "CREATE INDEX stance_line ON stance(line, day, position);"
  "CREATE TABLE denial(key INTEGER PRIMARY KEY, doc INTEGER NOT NULL, n INTEGER NOT NULL, story INTEGER NOT NULL, chain INTEGER NOT NULL,"
  " b INTEGER NOT NULL, who TEXT NOT NULL, source TEXT, proper INTEGER NOT NULL, day INTEGER) STRICT;"
  "CREATE INDEX denial_story ON denial(story, key);"
  "CREATE TABLE contradiction(key INTEGER PRIMARY KEY, kind TEXT NOT NULL, doc INTEGER NOT NULL, story INTEGER NOT NULL, what TEXT NOT NULL,"
  " n INTEGER NOT NULL, b INTEGER NOT NULL, who TEXT NOT NULL, source TEXT, other_doc INTEGER NOT NULL, other_n INTEGER NOT NULL,"
  " other_b INTEGER NOT NULL, other_who TEXT NOT NULL, other_source TEXT, of INTEGER NOT NULL, pair TEXT NOT NULL,"
  " UNIQUE(of, kind, pair)) STRICT;"
  "CREATE INDEX contradiction_story ON contradiction(story, key);"
  "CREATE TABLE raised(key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, rule TEXT NOT NULL, told TEXT NOT NULL) STRICT;",
  "CREATE TABLE delivered(output TEXT NOT NULL, alert INTEGER NOT NULL REFERENCES raised(key), PRIMARY KEY(output, alert)) STRICT, WITHOUT ROWID;"
  "INSERT INTO delivered SELECT 'stdout', key FROM raised;",
  "DROP INDEX event_doc; DROP INDEX claim_story; DROP INDEX position_story; DROP INDEX figure_story; DROP INDEX document_story; DROP INDEX document_day;"
  "ALTER TABLE claim DROP COLUMN story; ALTER TABLE position DROP COLUMN story;"
  "CREATE INDEX figure_story ON figure(story);"
  "CREATE INDEX event_status ON event(status);"
  "CREATE INDEX event_place ON event(place) WHERE place IS NOT NULL;"
  "CREATE INDEX event_country ON event(country) WHERE country IS NOT NULL;"
  "CREATE INDEX figure_place ON figure(place) WHERE place IS NOT NULL;"
  "CREATE INDEX figure_countries ON figure(countries, series) WHERE countries IS NOT NULL;"
  "CREATE INDEX document_story ON document(story, day, publisher);"
  "CREATE INDEX document_day ON document(day, publisher);"
  "DROP TABLE found;"
  "CREATE VIRTUAL TABLE found USING fts5(words, content='', columnsize=0, detail=none, tokenize='porter unicode61');",
  "ALTER TABLE document ADD COLUMN told INTEGER;", /* the day, for its story: ledger_terms.c */
  "DROP INDEX figure_story;"
  "CREATE INDEX figure_story ON figure(story, series, doc);"
  "CREATE INDEX figure_goes_on ON figure(doc, series) WHERE series <> key;"
  "CREATE TABLE fresh(doc INTEGER PRIMARY KEY, terms BLOB NOT NULL) STRICT;",
};

/* The words of documents anew, as they are kept since version 6; `text`: also their full text, as it is since version 5. */
static enum status renew_words(struct ledger *ledger, bool text, struct error *error)
{
  struct ask ask = {.ledger = ledger, .error = error};
  sqlite3_stmt *rows = NULL, *put = NULL;
  if (sqlite3_prepare_v2(ledger->db, "SELECT seq FROM document ORDER BY seq", -1, &rows, NULL) != SQLITE_OK ||
      sqlite3_prepare_v2(ledger->db, "UPDATE document SET terms = ?2, told = ?3 WHERE seq = ?1", -1, &put, NULL) != SQLITE_OK)
    sql_failed(ledger, error);
  while (error->code == ST_OK && sql_row(ledger, rows, error)) {
    struct buf json;
    struct ledger_item item = {0};
    const int64_t seq = sqlite3_column_int64(rows, 0);
    buf_init(&json, READING_MOST);
    enum status status = ask_reading_json(&ask, seq, &json);
    if (status == ST_OK) status = item_read(&item, buf_get(&json), error);
    if (status == ST_OK && text) status = item_words(&item, error);
    if (status == ST_OK) status = item_weigh(&item, ledger->stemmer, NULL, ledger->know.word_documents, error);
    if (status == ST_OK) item.packed_terms = terms_pack(&item.arena, &item.terms);
    if (status == ST_OK && !item.packed_terms.at) status = error_set(error, ST_MEMORY, "%s: not enough memory to bring it up to date: free some", ledger->path);
    sqlite3_reset(put);
    sqlite3_bind_int64(put, 1, seq);
    sql_bind_blob(put, 2, item.packed_terms);
    if (item.has_told) sqlite3_bind_int(put, 3, item.told);
    else sqlite3_bind_null(put, 3);
    if (status == ST_OK) status = sql_done(ledger, put, error);
    sqlite3_stmt *find = status == ST_OK && text ? sql_use(ledger, SQL_FIND_ADD, error) : NULL;
    if (find) {
      sqlite3_bind_int64(find, 1, seq);
      sql_bind(find, 2, item.words);
      status = sql_done(ledger, find, error);
    }
    item_release(&item);
    buf_release(&json);
  }
  sqlite3_finalize(rows);
  sqlite3_finalize(put);
  ask_release(&ask);
  return error->code;
}

enum status ledger_migrate(struct ledger *ledger, int64_t version, struct error *error)
{
  char text[64];
  for (int64_t v = version; v < LEDGER_VERSION; v++)
    if (sqlite3_exec(ledger->db, steps[v - 1], NULL, NULL, NULL) != SQLITE_OK) return sql_failed(ledger, error);
  if (version < 6 && renew_words(ledger, version < 5, error) != ST_OK) return error->code;
  snprintf(text, sizeof text, "PRAGMA user_version = %d", LEDGER_VERSION);
  return sqlite3_exec(ledger->db, text, NULL, NULL, NULL) == SQLITE_OK ? ST_OK : sql_failed(ledger, error);
}

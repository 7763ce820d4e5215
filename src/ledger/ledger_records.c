/* ledger_records.c: events, claims, positions and words found, each with its document and its very sentence. */
#include "ledger/ledger_ask.h"
#include "ledger/ledger_corrected.h"
#include "ledger/ledger_confidence.h"
#include "ledger/ledger_words.h"

static const struct ask_kind kinds[] = {
  {ASK_EVENTS, "event", "events", "trigger"}, {ASK_CLAIMS, "claim", "claims", "span"}, {ASK_POSITIONS, "position", "positions", "span"}};

const struct ask_kind *ask_kind(enum ledger_what what)
{
  const struct ask_kind *kind = kinds;
  while (kind->what != what) kind++;
  return kind;
}

static void put_codes(struct buf *to, const json_t *parties)
{
  size_t i;
  json_t *party;
  if (json_array_size(parties) == 0) buf_char(to, '-');
  json_array_foreach(parties, i, party) {
    struct slice code = item_string(party, "code");
    if (i) buf_char(to, '+');
    buf_slice(to, code.n ? code : item_string(party, "text"));
  }
}

/* "2024-10-28  AID weapons actual PRK > RUS @Kursk" */
static void person_event(struct ask *ask, const json_t *reading, const json_t *event)
{
  const json_t *place = item_at(json_object_get(reading, "places"), event, "place");
  buf_slice(ask->to, item_string(event, "type"));
  if (item_string(event, "mode").n) {
    buf_char(ask->to, '/');
    buf_slice(ask->to, item_string(event, "mode"));
  }
  buf_char(ask->to, ' ');
  buf_slice(ask->to, item_string(event, "status"));
  buf_char(ask->to, ' ');
  put_codes(ask->to, json_object_get(event, "actor"));
  buf_text(ask->to, " > ");
  put_codes(ask->to, json_object_get(event, "recipient"));
  if (!place) return;
  buf_text(ask->to, " @");
  buf_slice(ask->to, item_string(place, "name"));
}

static void person_claim(struct ask *ask, const json_t *reading, const json_t *claim)
{
  const json_t *source = json_object_get(claim, "source");
  const json_t *entity = item_at(json_object_get(reading, "entities"), source, "entity");
  struct slice name = item_string(entity, "name");
  if (!name.n) name = item_string(source, "text");
  buf_slice(ask->to, name.n ? name : SLICE("(not told)"));
  buf_char(ask->to, ' ');
  buf_slice(ask->to, item_string(claim, "stance"));
}

static void person_position(struct ask *ask, const json_t *reading, const json_t *position, const struct turn *turn)
{
  const json_t *holder = json_object_get(position, "holder");
  const json_t *entity = item_at(json_object_get(reading, "entities"), holder, "entity");
  buf_slice(ask->to, item_string(entity, "name"));
  buf_char(ask->to, ' ');
  buf_slice(ask->to, item_string(position, "stance"));
  if (turn->shift == SHIFT_NONE) return;
  buf_printf(ask->to, " (%s: %.*s before", cues_shift_word(turn->shift), SLICE_ARG(turn->stance));
  if (turn->published.n >= 10) buf_printf(ask->to, ", %.10s", turn->published.at);
  buf_char(ask->to, ')');
}

/* A line of text for a person, broken after the column's last blank that fits; its first line begins where *to ends unless `indent`. */
static void put_folded(struct buf *to, struct slice text, size_t columns, bool indent)
{
  while (text.n) {
    size_t n = text.n < columns ? text.n : columns;
    if (n < text.n) {
      size_t cut = n;
      while (cut > 0 && text.at[cut] != ' ') cut--;
      if (cut) n = cut;
      while (n < text.n && ((unsigned char)text.at[n] & 0xc0) == 0x80) n++;
    }
    if (indent) buf_text(to, "    ");
    for (size_t i = 0; i < n; i++) buf_char(to, text.at[i] == '\n' || text.at[i] == '\r' || text.at[i] == '\t' ? ' ' : text.at[i]);
    buf_char(to, '\n');
    text = slice_trim(slice_sub(text, n, text.n));
    if (!indent) columns -= 4;
    indent = true;
  }
}

void ask_end_line(struct buf *to, size_t from)
{
  enum { COLUMNS = 79 };
  struct buf line;
  if (to->failed || to->n - from <= COLUMNS) {
    buf_char(to, '\n');
    return;
  }
  buf_init(&line, to->n - from);
  buf_put(&line, to->at + from, to->n - from);
  to->n = from;
  put_folded(to, buf_get(&line), COLUMNS, false);
  to->failed = to->failed || line.failed;
  buf_release(&line);
}

/* What the ledger knows of a record beyond its reading. */
struct beyond {
  struct turn turn;             /* of a position */
  struct confidence confidence; /* of an event */
};

static enum status look_beyond(struct ask *ask, const struct ask_kind *kind, sqlite3_stmt *row, struct beyond *to)
{
  *to = (struct beyond){.turn = {.shift = SHIFT_NONE}};
  if (kind->what == ASK_POSITIONS) return ask_turn(ask, sqlite3_column_int64(row, 6), &to->turn);
  return kind->what == ASK_EVENTS ? confidence_of_event(ask, sqlite3_column_int64(row, 6), &to->confidence) : ST_OK;
}

/* What a person said of the record. */
static void person_said(struct ask *ask, const json_t *record)
{
  const json_t *note;
  size_t i;
  if (json_object_get(record, "corrected")) buf_printf(ask->to, "    corrected (%lld)\n", (long long)item_int(record, "corrected", 0));
  json_array_foreach(json_object_get(record, "notes"), i, note) {
    const struct slice by = item_string(note, "by");
    const size_t from = ask->to->n;
    buf_text(ask->to, "    note");
    if (by.n) buf_printf(ask->to, " by %.*s", SLICE_ARG(by));
    buf_text(ask->to, ": ");
    buf_slice(ask->to, item_string(note, "text"));
    ask_end_line(ask->to, from);
  }
}

static void person_record(struct ask *ask, const struct ask_kind *kind, sqlite3_stmt *row, const json_t *reading, const json_t *record, struct slice sentence,
                          const struct beyond *beyond)
{
  const struct slice date = sql_text(row, 3);
  const size_t from = ask->to->n;
  buf_slice(ask->to, date.n >= 10 ? slice_sub(date, 0, 10) : SLICE("undated   "));
  buf_text(ask->to, "  ");
  if (kind->what == ASK_EVENTS) person_event(ask, reading, record);
  else if (kind->what == ASK_CLAIMS) person_claim(ask, reading, record);
  else person_position(ask, reading, record, &beyond->turn);
  buf_text(ask->to, "  [");
  buf_slice(ask->to, sql_text(row, 2));
  buf_char(ask->to, ']');
  ask_end_line(ask->to, from);
  put_folded(ask->to, sentence, 74, true);
  person_said(ask, record);
  if (kind->what != ASK_EVENTS) return;
  const size_t last = ask->to->n;
  buf_text(ask->to, "    ");
  confidence_say(ask->to, &beyond->confidence);
  ask_end_line(ask->to, last);
}

static void put_turn(struct json_out *j, const struct turn *turn)
{
  json_key(j, "turn");
  json_begin(j, '{');
  json_kstr(j, "shift", slice_of(cues_shift_word(turn->shift)));
  json_key(j, "from");
  json_begin(j, '{');
  json_kstr(j, "doc", turn->doc);
  json_kstr_opt(j, "published", turn->published);
  json_kint(j, "position", turn->n);
  json_kstr(j, "stance", turn->stance);
  json_end(j, '}');
  json_end(j, '}');
}

static void json_record(struct ask *ask, const struct ask_kind *kind, sqlite3_stmt *row, const json_t *record, struct slice sentence,
                        const struct beyond *beyond)
{
  struct json_out j;
  json_init(&j, ask->to);
  json_begin(&j, '{');
  json_kstr(&j, "doc", sql_text(row, 2));
  json_kstr_opt(&j, "published", sql_text(row, 3));
  json_kstr_opt(&j, "publisher", sql_text(row, 4));
  json_kint(&j, "story", sqlite3_column_int64(row, 5));
  if (kind->what == ASK_EVENTS) json_kint(&j, "event", sqlite3_column_int64(row, 6));
  json_kstr_opt(&j, "sentence", sentence);
  if (kind->what == ASK_POSITIONS && sqlite3_column_type(row, 7) != SQLITE_NULL) json_kint(&j, "line", sqlite3_column_int64(row, 7));
  if (beyond->turn.shift != SHIFT_NONE) put_turn(&j, &beyond->turn);
  ask_put_members(&j, record);
  if (kind->what == ASK_EVENTS) confidence_put(&j, &beyond->confidence);
  json_end(&j, '}');
  buf_char(ask->to, '\n');
}

/* Positions of one story go line by line, each in order of publication: how a holder's stand toward one matter went on. */
static enum status prepare(struct ask *ask, const struct ask_kind *kind, sqlite3_stmt **rows)
{
  const char *columns = "r.doc, r.n, d.id, d.published, d.publisher, d.story, r.key", *order = "ORDER BY r.key LIMIT :limit OFFSET :offset";
  if (kind->what == ASK_EVENTS) columns = "r.doc, r.n, d.id, d.published, d.publisher, d.story, r.chain";
  if (kind->what == ASK_POSITIONS)
    columns = "r.doc, r.n, d.id, d.published, d.publisher, d.story, r.key, (SELECT line FROM stance WHERE position = r.key) AS line";
  if (kind->what == ASK_POSITIONS && ask->question->story) order = "ORDER BY coalesce(line, r.key), d.day, r.key LIMIT :limit OFFSET :offset";
  return ask_prepare(ask, columns, kind->table, order, rows);
}

enum status ask_records(struct ask *ask)
{
  const struct ask_kind *kind = ask_kind(ask->question->what);
  sqlite3_stmt *rows = NULL;
  struct beyond beyond;
  enum status status = prepare(ask, kind, &rows);
  while (status == ST_OK && sql_row(ask->ledger, rows, ask->error)) {
    const json_t *reading = ask_reading(ask, sqlite3_column_int64(rows, 0));
    const json_t *record = json_array_get(json_object_get(reading, kind->array), (size_t)sqlite3_column_int64(rows, 1));
    if (!record) {
      status = error_set(ask->error, ST_LEDGER, "%s: a record without its reading: the ledger is damaged: take a copy of it made before", ask->ledger->path);
      break;
    }
    const struct slice sentence = ask_sentence(reading, json_integer_value(json_array_get(json_object_get(record, kind->span), 0)));
    status = look_beyond(ask, kind, rows, &beyond);
    if (ask->question->json) json_record(ask, kind, rows, record, sentence, &beyond);
    else person_record(ask, kind, rows, reading, record, sentence, &beyond);
    buf_spill(ask->to);
  }
  sqlite3_finalize(rows);
  return ask->error->code;
}

/* ---- words ---- */

/* How many of the words the sentence holds, letters of either case. */
static unsigned holds(struct slice sentence, struct slice words)
{
  unsigned n = 0;
  while (words.n) {
    struct slice word = slice_cut(&words, ' ');
    for (size_t i = 0; word.n && i + word.n <= sentence.n; i++)
      if (slice_eq_ascii_case(slice_sub(sentence, i, i + word.n), word)) {
        n++;
        break;
      }
  }
  return n;
}

const json_t *ask_best_sentence(const json_t *reading, struct slice words)
{
  const struct slice text = item_string(json_object_get(reading, "document"), "text");
  const json_t *best = NULL;
  unsigned most = 0;
  size_t i;
  json_t *sentence;
  json_array_foreach(json_object_get(reading, "sentences"), i, sentence) {
    const json_t *span = json_object_get(sentence, "span");
    const json_int_t b = json_integer_value(json_array_get(span, 0)), e = json_integer_value(json_array_get(span, 1));
    if (b < 0 || e < b || (uint64_t)e > text.n) continue;
    const unsigned n = holds(slice_sub(text, (size_t)b, (size_t)e), words);
    if (best && n <= most) continue;
    best = span;
    most = n;
  }
  return best;
}

static void put_touched(struct json_out *j, const json_t *reading, const json_t *sentence)
{
  const json_int_t b = json_integer_value(json_array_get(sentence, 0)), e = json_integer_value(json_array_get(sentence, 1));
  for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
    size_t i;
    json_t *record;
    json_key(j, kinds[k].array);
    json_begin(j, '[');
    json_array_foreach(json_object_get(reading, kinds[k].array), i, record) {
      const json_int_t at = json_integer_value(json_array_get(json_object_get(record, kinds[k].span), 0));
      if (json_is_object(record) && at >= b && at < e) ask_put(j, record);
    }
    json_end(j, ']');
  }
}

static void put_found(struct ask *ask, sqlite3_stmt *row, const json_t *reading)
{
  const json_t *span = ask_best_sentence(reading, ask->question->words);
  const struct slice sentence = ask_sentence(reading, json_integer_value(json_array_get(span, 0)));
  if (!ask->question->json) {
    const struct slice date = sql_text(row, 3);
    const size_t from = ask->to->n;
    buf_slice(ask->to, date.n >= 10 ? slice_sub(date, 0, 10) : SLICE("undated   "));
    buf_printf(ask->to, "  story %lld  [", (long long)sqlite3_column_int64(row, 5));
    buf_slice(ask->to, sql_text(row, 2));
    buf_char(ask->to, ']');
    ask_end_line(ask->to, from);
    put_folded(ask->to, sentence, 74, true);
    return;
  }
  struct json_out j;
  json_init(&j, ask->to);
  json_begin(&j, '{');
  json_kstr(&j, "doc", sql_text(row, 2));
  json_kstr_opt(&j, "title", sql_text(row, 1));
  json_kstr_opt(&j, "published", sql_text(row, 3));
  json_kstr_opt(&j, "publisher", sql_text(row, 4));
  json_kint(&j, "story", sqlite3_column_int64(row, 5));
  json_kstr_opt(&j, "sentence", sentence);
  put_touched(&j, reading, span);
  json_end(&j, '}');
  buf_char(ask->to, '\n');
}

/* The documents with the words: all, where it must still be seen whether they stand together. */
static sqlite3_stmt *prepare_find(struct ask *ask, struct slice match, bool all)
{
  const struct ledger_question *q = ask->question;
  const bool some = q->story || q->since.n || q->until.n || q->publisher.n || q->grade.n;
  sqlite3_stmt *rows = NULL;
  struct buf sql;
  int32_t day;
  buf_init(&sql, 1 << 16);
  buf_text(&sql, "SELECT d.seq, d.title, d.id, d.published, d.publisher, d.story FROM found JOIN document d ON d.seq = found.rowid WHERE found MATCH ?1"
                 " AND found.rowid <= ?2");
  if (some) /* from an index: it need not look at the documents themselves; the plus leaves the order to the full text */
    buf_text(&sql, " AND +found.rowid IN (SELECT m.seq FROM document m WHERE (?4 = 0 OR m.story = ?4) AND (?5 IS NULL OR m.day >= ?5)"
                   " AND (?6 IS NULL OR m.day <= ?6) AND (?7 IS NULL OR m.publisher = ?7)"
                   " AND (?9 IS NULL OR " GRADED("m", "?9") "))");
  buf_text(&sql, " ORDER BY found.rowid LIMIT ?3 OFFSET ?8");
  if (sql.failed) error_set(ask->error, ST_MEMORY, "not enough memory for the question: free some");
  else if (sqlite3_prepare_v2(ask->ledger->db, sql.at, (int)sql.n, &rows, NULL) != SQLITE_OK) sql_failed(ask->ledger, ask->error);
  buf_release(&sql);
  if (!rows) return NULL;
  sql_bind(rows, 1, match);
  sqlite3_bind_int64(rows, 2, ask->horizon);
  sqlite3_bind_int64(rows, 3, q->limit > 0 && !all ? q->limit : -1);
  sqlite3_bind_int64(rows, 8, all ? 0 : q->offset);
  if (!some) return rows;
  sqlite3_bind_int64(rows, 4, q->story);
  if (item_day(q->since, &day)) sqlite3_bind_int(rows, 5, day);
  if (item_day(q->until, &day)) sqlite3_bind_int(rows, 6, day);
  sql_bind(rows, 7, q->publisher);
  sql_bind(rows, 9, q->grade);
  return rows;
}

static enum status put_all_found(struct ask *ask, sqlite3_stmt *rows, struct asked_words *asked)
{
  const struct ledger_question *q = ask->question;
  int64_t met = 0;
  while (sql_row(ask->ledger, rows, ask->error)) {
    const json_t *reading = ask_reading(ask, sqlite3_column_int64(rows, 0)), *document = json_object_get(reading, "document");
    if (!reading) break;
    if (asked->together && !asked_stand(asked, item_string(document, "title"), item_string(document, "text"))) continue;
    if (asked->together && met++ < q->offset) continue;
    put_found(ask, rows, reading);
    buf_spill(ask->to);
    if (asked->together && q->limit > 0 && met == q->offset + q->limit) break;
  }
  return ask->error->code;
}

enum status ask_find(struct ask *ask)
{
  struct buf match;
  struct asked_words asked;
  buf_init(&match, 1 << 20);
  enum status status = asked_open(ask->ledger, ask->question->words, &asked, &match, ask->error);
  if (status == ST_OK && match.n) {
    sqlite3_stmt *rows = prepare_find(ask, buf_get(&match), asked.together);
    status = rows ? put_all_found(ask, rows, &asked) : ask->error->code;
    sqlite3_finalize(rows);
  }
  asked_close(&asked);
  buf_release(&match);
  return status;
}

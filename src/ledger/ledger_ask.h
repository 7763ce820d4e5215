/* ledger_ask.h: inside of the ledger: a question while it is answered. */
#ifndef LEDGER_LEDGER_ASK_H
#define LEDGER_LEDGER_ASK_H
#include "base/json_out.h"
#include "ledger/ledger_item.h"
#include "ledger/ledger_sql.h"

/* Statements that are asked again and again while one question is answered. */
enum ask_statement { ASK_TURN, ASK_TELLINGS, ASK_AGAINST, ASK_NUMBERS, ASK_DISPUTES, ASK_CONTRADICTIONS_OF, ASK_CONTRADICTIONS_ALL,
                     ASK_REVISED, ASK_DISPUTED, ASK_UNSAID, ASK_UNREAL, ASK_OWN_WORD, ASK_LATEST, ASK_STATEMENTS };

struct ask {
  struct ledger *ledger;
  const struct ledger_question *question;
  struct buf *to;
  struct error *error;
  int64_t horizon;       /* documents behind it are not seen */
  /* the reading taken apart last */
  int64_t doc;           /* 0: none */
  struct slice packed_json;
  size_t json_room;
  json_t *reading;
  int64_t unreal_story;  /* looked through last for figures of what is not (ledger_marks.c); 0: none */
  bool any_unreal;       /* it has some */
  sqlite3_stmt *kept[ASK_STATEMENTS]; /* compiled when first needed; freed at the end of the question */
  /* set by ledger_view (ledger_view.h): who looks, instead of an answer */
  enum status (*look)(void *context, struct ask *view);
  void *look_context;
};

/* How a position turned from the one before it on the same matter; SHIFT_NONE: it did not. */
struct turn {
  enum shift shift;
  int64_t n, line;                  /* of the earlier position in its document; the line of both */
  struct slice stance, doc, published; /* the earlier one's, valid until the next call */
};
enum status ask_turn(struct ask *ask, int64_t position, struct turn *to);

/* Where the records of a question stand: the ledger's table, the reading's array, and the span whose sentence is theirs. */
struct ask_kind {
  enum ledger_what what;
  const char *table, *array, *span;
};
const struct ask_kind *ask_kind(enum ledger_what what);

/* A SELECT over records `r` of documents `d`, with the question's filters that such records have (ledger_filters.c).  `table` is event, claim,
 * position or figure; or document, which has `d` alone. */
enum status ask_prepare(struct ask *ask, const char *columns, const char *table, const char *order, sqlite3_stmt **to);
/* Stories with a document, or an event, that passes. */
enum status ask_prepare_stories(struct ask *ask, sqlite3_stmt **to);
/* Series with a reading that passes the question's filters, in two statements, the first's all before the second's; a statement may be NULL.  Limit and
 * offset are the caller's. */
enum status ask_prepare_series(struct ask *ask, sqlite3_stmt *to[2]);
/* The statement `which`, compiled when first needed, with two numbers bound; reset it after use.  NULL with the error set. */
sqlite3_stmt *ask_use(struct ask *ask, enum ask_statement which, const char *text, int64_t a, int64_t b);
/* The reading of a document, valid until the next call; NULL with the error set. */
const json_t *ask_reading(struct ask *ask, int64_t doc);
/* The same as it was added, appended to *to. */
enum status ask_reading_json(struct ask *ask, int64_t doc, struct buf *to);
void ask_release(struct ask *ask);
void ask_forget(struct ask *ask); /* that, and the kept statements of the ledger asked */
/* A value out of a reading, in our own form of JSON; its members when it is an object that is open already. */
void ask_put(struct json_out *j, const json_t *value);
void ask_put_members(struct json_out *j, const json_t *object);
/* The sentence of the reading in which the span begins, its ends trimmed. */
struct slice ask_sentence(const json_t *reading, int64_t at);

/* The span of the first sentence that holds most of the words. */
const json_t *ask_best_sentence(const json_t *reading, struct slice words);

/* Ends the line for a person that begins at `from`, broken at blanks where it is too long. */
void ask_end_line(struct buf *to, size_t from);
/* Whatever the question asks for, or who looks. */
enum status ask_any(struct ask *ask);
enum status ask_stories(struct ask *ask);
enum status ask_story(struct ask *ask);
enum status ask_records(struct ask *ask);
enum status ask_figures(struct ask *ask);
enum status ask_find(struct ask *ask);
enum status ask_contradictions(struct ask *ask);
/* A story's contradictions as a member of the open object. */
enum status ask_put_contradictions(struct ask *ask, struct json_out *j, int64_t story);

#endif

/* reading.h: the records read from one document.  Plain values in the document's arena; member by member what the JSON form holds.
 *
 * Ids are indexes into the record's array, from 0; ID_NONE = absent.  Spans are [begin, end) in bytes of the document's text.  A missing
 * slice has n = 0.  Records of each array stand in the order of their spans' begins (positions: of their claims). */
#ifndef READ_READING_H
#define READ_READING_H
#include "know/know.h"
#include "lang/analysis.h"

#define ID_NONE (-1)

/* Why a record is there: the rule's name and the table lines it used; shown by `tocsin why`. */
#define TRACE_LINES 6
struct trace {
  struct slice rule;                  /* "attack", "title-before-name", ... */
  struct know_line lines[TRACE_LINES]; /* unused ones are zero */
};
void trace_add(struct trace *trace, struct know_line where); /* ignored when full, zero or there already */

struct spans {
  struct span *at;
  uint32_t n;
};

struct entity {
  struct slice name;     /* the fullest name or noun phrase: "Sabrina Singh" */
  enum entity_kind kind;
  struct slice role;     /* "Pentagon spokesperson" */
  struct slice code;     /* "USAMIL" */
  struct slice country;  /* "USA" */
  uint8_t sectors[SECTORS_MAX];
  struct spans mentions; /* in order, not overlapping */
  int32_t first_token;   /* head token of the first mention */
  struct span named;     /* where the text gives its fullest name; empty when it gives none */
  struct trace trace;
};

enum place_use { USE_LITERAL, USE_MODIFIER, USE_DEMONYM, USE_METONYM, USE_EMBEDDED };
struct place {
  struct span span;
  struct slice name;
  enum place_kind kind;
  struct slice country, admin1;
  double lat, lon;
  bool has_point;
  enum place_use use;
  int32_t first, end;    /* tokens */
  struct trace trace;
};

enum date_type { DATE_DATE, DATE_TIME, DATE_DURATION, DATE_SET };
struct date {
  struct span span;
  enum date_type type;
  struct slice value;    /* TIMEX3: "2024-W43"; empty when unresolved */
  int32_t first, end;    /* tokens */
  struct trace trace;
};

#define STATUS_WORDS(X) \
  X(ACTUAL, "actual")   \
  X(PLANNED, "planned") X(POSSIBLE, "possible") X(CONDITIONAL, "conditional") X(REQUESTED, "requested") X(DENIED, "denied") X(NEGATED, "negated")
enum event_status {
#define STATUS_ENUM(name, text) EVENT_##name,
  STATUS_WORDS(STATUS_ENUM)
#undef STATUS_ENUM
};

enum figure_sort { SORT_TOTAL, SORT_INCREMENT, SORT_RATE };

struct figure {
  struct span span;
  double value, low, high;
  bool has_value, has_low, has_high;
  enum bound bound;
  struct slice unit;      /* "person", "USD", "%", "km"; empty */
  struct slice unit_text; /* as written */
  struct slice item;      /* "troops" */
  struct slice about;     /* "North Korean troops in Russia" */
  struct slice state;     /* "killed" ...; empty */
  enum figure_sort sort;
  enum figure_move moves;
  struct slice countries[4];
  uint32_t n_countries;
  struct slice hedges[4]; /* as written */
  uint32_t n_hedges;
  struct slice as_of;     /* ISO date; empty */
  enum event_status status;
  int32_t claim, event, part_of, revises;
  enum figure_move change; /* against the one it revises */
  bool corrects;          /* the text says that the one it revises is wrong */
  int32_t conflicts_with[4];
  uint32_t n_conflicts;
  int32_t token;          /* the number's head token */
  int32_t item_token;     /* head of what is counted, or TOKEN_NONE */
  struct trace trace;
};

enum source_kind { SOURCE_NAMED, SOURCE_ROLE, SOURCE_UNNAMED, SOURCE_DOCUMENT, SOURCE_PRONOUN };
enum quote { QUOTE_NONE, QUOTE_PARTIAL, QUOTE_FULL };

struct claim {
  struct span span;
  struct {
    struct span span;     /* empty (begin = end) when the source is not told */
    int32_t entity;
    enum source_kind kind;
    int32_t token;        /* head, or TOKEN_NONE */
  } source;
  struct {
    struct span span;     /* empty for a bare quote that continues the last speaker */
    int32_t token;        /* head, or TOKEN_NONE */
  } cue;
  struct spans content;
  enum quote quote;
  enum stance stance;
  enum certainty certainty;
  int32_t *events, *figures;
  uint32_t n_events, n_figures;
  int32_t parent, answers;
  int32_t within;         /* cue token of the claim that relays it ("Reuters, citing two officials, said"), or TOKEN_NONE */
  struct {                /* it tells that its source gave up an earlier stance: "dropped its opposition to"; not part of the record format */
    bool told;
    enum stance before;
    enum shift shift;
  } turn;
  bool blank;             /* its words tell nothing ("No comment."); not part of the record format */
  struct trace trace;
};

/* One of those who act in an event, or to whom it is done. */
struct party {
  struct span span;
  int32_t entity;
  struct slice code, country;
  uint8_t sectors[SECTORS_MAX];
  int32_t token; /* head */
};
struct parties {
  struct party *at;
  uint32_t n;
};

#define EVENT_CONTEXTS 4
struct event {
  struct span span;       /* the clause */
  struct span trigger;
  int32_t token;          /* head of the trigger */
  struct slice type;      /* "MOBILIZE" */
  struct slice mode;      /* "troops"; empty */
  struct slice contexts[EVENT_CONTEXTS];
  uint32_t n_contexts;
  struct slice cameo;     /* "154" */
  double score;
  struct parties actor, recipient;
  struct spans instrument;
  int32_t place, origin, destination; /* place ids */
  struct { struct slice value; int32_t id; } date;
  int32_t place_from, date_from; /* the event, another mention of the same act, that told them; ID_NONE: told here */
  enum event_status status;
  int32_t claim;
  int32_t *figures;
  uint32_t n_figures;
  struct trace trace;     /* trace.rule = the rule's name */
};

enum toward_kind { TOWARD_EVENT, TOWARD_CLAIM, TOWARD_ENTITY };
struct position {
  struct span span;
  struct { int32_t entity; struct slice code, country; } holder;
  enum stance stance;
  enum toward_kind toward;
  int32_t toward_id;
  int32_t claim;
  int32_t order;          /* from 1, for each holder */
  struct slice date;
  int32_t after;
  enum shift shift;
  struct trace trace;
};

/* A word that a rule names and that became no event: what stood in the way, for `tocsin why`. */
enum near_why {
  NEAR_WORD,       /* the word that the rule wants beside it is not there */
  NEAR_CONDITION,  /* a condition of the rule does not hold: `part` */
  NEAR_NOBODY,     /* nobody codable does it or has it done to them */
  NEAR_ACTOR,      /* nobody codable does it, and the rule needs one */
  NEAR_RECIPIENT,  /* likewise, to whom it is done */
  NEAR_TOLD,       /* a verb tells the same act */
  NEAR_PRIVATE     /* private persons of one country among themselves */
};
struct near_event {
  int32_t token;
  enum near_why why;
  struct slice rule, part; /* the rule's name; NEAR_WORD: the word; NEAR_CONDITION: the place it is about ("object", "with") */
  struct trace trace;      /* the rule's line */
};

struct reading {
  struct entity *entities;     uint32_t n_entities;
  struct place *places;        uint32_t n_places;
  struct date *dates;          uint32_t n_dates;
  struct figure *figures;      uint32_t n_figures;
  struct claim *claims;        uint32_t n_claims;
  struct event *events;        uint32_t n_events;
  struct position *positions;  uint32_t n_positions;
  struct near_event *near;     uint32_t n_near;      /* in order of the text; not part of the record format */
  struct slice language;       /* that the text is in: "en"; empty: too short to tell.  Nothing is read from a text in another one */
};

#endif

/* reader.h: what the readers of one document share: the document, its trees, the tables, the reading that grows, and for each token
 * what has been read at it.
 *
 * Order (read.c): places, dates, entities, figures, claims, events, links, positions.  Each reader sees what those before it read.
 * One thread a document; what stays is allocated from the document's arena, what one reader alone needs for a large part of the tokens from
 * `scratch`, which is empty again before the next one. */
#ifndef READ_READER_H
#define READ_READER_H
#include "base/vec.h"
#include "read/reading.h"

struct reader {
  struct arena *arena, *scratch;
  const struct analysis *a;
  const struct know *know;
  struct slice published;   /* ISO date "2024-10-28", or empty: then relative dates stay unresolved */
  struct error *error;
  /* What has been read at a token (index or ID_NONE) */
  int32_t *entity_at;       /* the entity of the mention whose HEAD is this token */
  int32_t *mention_at;      /* the entity of the (innermost) mention that covers this token */
  int32_t *place_at;        /* the place whose name covers this token */
  int32_t *date_at;         /* the date that covers this token */
  int32_t *figure_at;       /* the figure whose number covers this token */
  const struct rule **rule_at; /* events: the rule that the token fires, where rule_known; both only while events are read */
  uint8_t *rule_known;
  uint64_t *context_at;        /* events: the contexts that the word tells */
  uint32_t *asking;            /* how many acts deep a rule asks what another word tells */
  const int32_t *speaks_for;   /* positions: for each entity the body that it speaks for, else itself; only while positions are read */
  /* The growing reading */
  VEC(struct entity) entities;
  VEC(struct place) places;
  VEC(struct date) dates;
  VEC(struct figure) figures;
  VEC(struct claim) claims;
  VEC(struct event) events;
  VEC(struct position) positions;
  VEC(struct near_event) near;
};

/* Each returns ST_OK or, when the arena is full, ST_REFUSED with reader->error set. */
enum status places_read(struct reader *r);
enum status dates_read(struct reader *r);
enum status entities_read(struct reader *r);
enum status figures_read(struct reader *r);
enum status claims_read(struct reader *r);
enum status events_read(struct reader *r);
enum status links_read(struct reader *r);     /* events, figures and claims joined: innermost claim of each, figures of each event, parents */
enum status positions_read(struct reader *r);

/* "the document needs more memory than it may have": sets the error and returns ST_REFUSED */
enum status reader_full(struct reader *r);
/* Number of claims that begin at the byte or before it: they stand in the order of their begins. */
size_t reader_claims_until(const struct reader *r, uint32_t at);

#endif

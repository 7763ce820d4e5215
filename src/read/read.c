/* read.c: runs the readers over one document, each seeing what those before it read, and hands over what they made.
 *
 * Nothing is sorted afterwards: ids are places in the arrays and other records hold them, so each reader leaves its own records in the
 * order of the text. */
#include "read/read.h"
#include "read/names_part.h"
#include "read/reader.h"

/* In the order told in reader.h. */
static enum status (*const readers[])(struct reader *r) = {
  places_read,
  dates_read,
  entities_read,
  figures_read,
  claims_read,
  events_read,
  links_read,
  positions_read,
  NULL, /* the end */
};

void trace_add(struct trace *trace, struct know_line where)
{
  if (where.table == 0) return;
  for (int i = 0; i < TRACE_LINES; i++) {
    struct know_line *line = &trace->lines[i];
    if (line->table == where.table && line->line == where.line) return;
    if (line->table == 0) {
      *line = where;
      return;
    }
  }
}

size_t reader_claims_until(const struct reader *r, uint32_t at)
{
  size_t low = 0, high = r->claims.n;
  while (low < high) {
    const size_t middle = low + (high - low) / 2;
    if (r->claims.at[middle].span.begin <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}

enum status reader_full(struct reader *r)
{
  return error_set(r->error, ST_REFUSED, "the document needs more memory than it may have: send it in parts, or raise --max-text");
}

/* One ID_NONE for each token; NULL when the arena is full. */
static int32_t *nothing_read(struct reader *r)
{
  size_t n = (size_t)r->a->n_tokens;
  int32_t *at = arena_array(r->arena, int32_t, n + 1);
  for (size_t i = 0; at && i < n; i++) at[i] = ID_NONE;
  return at;
}

/* "2024-10-28" of an ISO date or date-time; empty for anything else. */
static struct slice day_of(struct slice published)
{
  static const char shape[] = "dddd-dd-dd";
  if (published.n < sizeof shape - 1) return (struct slice){0};
  for (size_t i = 0; i < sizeof shape - 1; i++) {
    char c = published.at[i];
    if (shape[i] == 'd' ? c < '0' || c > '9' : c != shape[i]) return (struct slice){0};
  }
  return slice_sub(published, 0, sizeof shape - 1);
}

static enum status read_all(struct reader *r)
{
  r->entity_at = nothing_read(r);
  r->mention_at = nothing_read(r);
  r->place_at = nothing_read(r);
  r->date_at = nothing_read(r);
  r->figure_at = nothing_read(r);
  if (!r->entity_at || !r->mention_at || !r->place_at || !r->date_at || !r->figure_at) return reader_full(r);
  for (size_t i = 0; readers[i]; i++) {
    enum status status = readers[i](r);
    if (status != ST_OK) return status;
    arena_clear(r->scratch);
  }
  return ST_OK;
}

bool language_is_read(struct slice language)
{
  return !language.n || slice_is(language, "en");
}

enum status read_document(struct analysis *a, const struct know *know, struct slice published, struct arena *arena, struct reading *to,
                          struct error *error)
{
  struct error own = {0};
  struct arena scratch;
  struct reader r = {.arena = arena, .scratch = &scratch, .a = a, .know = know, .published = day_of(published), .error = error ? error : &own};
  memset(to, 0, sizeof *to);
  error_clear(r.error);
  to->language = language_of(know->languages, a->text);
  if (!language_is_read(to->language)) return ST_OK;
  arena_init(&scratch, arena->ceiling);
  enum status status = names_part(a, know, r.error);
  if (!status) status = read_all(&r);
  arena_release(&scratch);
  if (status != ST_OK) return status;
  *to = (struct reading){
    .entities = r.entities.at, .n_entities = (uint32_t)r.entities.n,
    .places = r.places.at, .n_places = (uint32_t)r.places.n,
    .dates = r.dates.at, .n_dates = (uint32_t)r.dates.n,
    .figures = r.figures.at, .n_figures = (uint32_t)r.figures.n,
    .claims = r.claims.at, .n_claims = (uint32_t)r.claims.n,
    .events = r.events.at, .n_events = (uint32_t)r.events.n,
    .positions = r.positions.at, .n_positions = (uint32_t)r.positions.n,
    .near = r.near.at, .n_near = (uint32_t)r.near.n,
    .language = to->language,
  };
  return ST_OK;
}

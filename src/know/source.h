/* source.h: where a loader finds its tables while the know is built.
 *
 * Each kind of knowledge is a module of its own with one loader:
 *
 *     enum status nouns_load(const struct nouns **to, struct know_source *src)
 *     {
 *       const struct table *table;
 *       uint16_t index;
 *       enum status status = know_table(src, "en/nouns.tsv", &table, &index);
 *       if (status != ST_OK) return status;
 *       struct table_reader reader;
 *       struct table_row row;
 *       table_begin(&reader, table, index);
 *       while (table_next(&reader, &row, src->error)) {
 *         if (row.n < 2) return table_error(src->error, table, row.where, "needs lemma and sectors, parted by a tab");
 *         ...  all from src->arena
 *       }
 *       return src->error->code;   (ST_OK, or what table_next found wrong)
 *     }
 *
 * and one line in the list of know.c.  What a loader makes lives in src->arena, as long as the know does. */
#ifndef KNOW_SOURCE_H
#define KNOW_SOURCE_H
#include "know/table.h"

struct know_source {
  struct arena *arena;  /* the know's own */
  struct table *tables; /* all in force, by name in byte order; where.table = index + 1 */
  uint16_t n_tables;
  uint16_t n_own;       /* the first ones are tables of ours (or a user's in their place), the others dictionaries */
  struct error *error;  /* never NULL; ST_OK until something went wrong */
};

/* The table with this name ("en/nouns.tsv") and the index that a table_reader takes.  ST_TABLE when there is none. */
enum status know_table(struct know_source *src, const char *name, const struct table **table, uint16_t *index);
/* The next table whose name begins with `folder` ("en/events/"); *index is 0 before the first call.  False at the end. */
bool know_table_next(struct know_source *src, const char *folder, const struct table **table, uint16_t *index);
/* "not enough memory for the tables": sets the error and returns ST_MEMORY. */
enum status know_full(struct know_source *src);

#endif

#include "know/leaders.h"
#include "base/embed.h"
#include "know/source.h"
#include "tap.h"

static enum status load(const struct leaders **to, struct arena *arena, struct slice bytes, struct error *error)
{
  static struct table table;
  table = (struct table){.name = SLICE("leaders.tsv"), .bytes = bytes};
  struct know_source src = {.arena = arena, .tables = &table, .n_tables = 1, .error = error};
  error_clear(error);
  return leaders_load(to, &src);
}

#define ROWS                                                        \
  "Ann Roe\tRoe\tFRA\tGOV\tpresident\t2000-01-01\t2004-12-31\t-\tunchecked\n" \
  "Ann Roe|A. Roe\tRoe\tFRA\tGOV\tpresident\t2010-01-01\t-\t-\tunchecked\n"   \
  "Bob Poe\tPoe\tIGO\tGOV\tsecretary-general\t2010-01-01\t-\tIGOUNO\tunchecked\n" \
  "Jim Poe\tPoe\tUSA\tGOV\tpresident\t2012-01-01\t2013-01-01\t-\tunchecked\n" \
  "Tom Smith\t-\tUSA\tGOV\tminister\t2012-01-01\t2013-01-01\t-\tunchecked\n"

int main(void)
{
  struct arena arena;
  struct error error = {0};
  const struct leaders *leaders = NULL;
  arena_init(&arena, ARENA_NO_CEILING);
  size_t n = 0;
  const struct embedded *files = embedded_files(&n);
  struct slice ours = {0};
  for (size_t i = 0; i < n; i++)
    if (strcmp(files[i].name, "leaders.tsv") == 0) ours = files[i].bytes;
  if (!ok(load(&leaders, &arena, ours, &error) == ST_OK, "our own table is well formed")) printf("# %s\n", error.message);
  const struct leader *leader = leaders_named(leaders, SLICE("Donald Trump"), 20220101);
  ok(leader && leader->to == 20210120, "who is out of office is known by the office held last");

  ok(load(&leaders, &arena, SLICE(ROWS), &error) == ST_OK, "loads rows");
  leader = leaders_named(leaders, SLICE("A. Roe"), 20200101);
  ok(leader && leader->where.line == 2, "another spelling");
  leader = leaders_named(leaders, SLICE("Ann Roe"), 20060101);
  ok(leader && leader->where.line == 1 && leader->to == 20041231, "the office before the day, not the one to come");
  leader = leaders_named(leaders, SLICE("Ann Roe"), 19990101);
  ok(leader && leader->from > 19990101, "before the first office the first one, which is still to come");
  leader = leaders_named(leaders, SLICE("Ann Roe"), 0);
  ok(leader && leader->where.line == 2, "without a day the last office of all");
  leader = leaders_family(leaders, SLICE("Roe"), 20030101);
  ok(leader && leader->where.line == 1, "by the family name, on the day");
  ok(!leaders_family(leaders, SLICE("Roe"), 20060101), "a family name between two offices means nobody");
  ok(!leaders_family(leaders, SLICE("Poe"), 20120601), "nor one that two bear in office");
  leader = leaders_family(leaders, SLICE("Poe"), 20200601);
  ok(leader && slice_is(leader->code, "IGOUNO"), "with a code of its own");
  ok(leaders_named(leaders, SLICE("Tom Smith"), 20120601) && !leaders_family(leaders, SLICE("-"), 20120601), "a common family name alone means nobody");
  is_int(load(&leaders, &arena, SLICE("Ann Roe\tRoe\tFRA\tGOV\tpresident\t2000-01-01\t-\t-\n"), &error), ST_TABLE, "a row without its source is refused");
  is_int(load(&leaders, &arena, SLICE("Ann Roe\tRoe\tFRA\tGOV\tpresident\t2004-01-01\t2000-01-01\t-\tunchecked\n"), &error),
         ST_TABLE, "days out of order are refused");
  ok(strstr(error.message, "leaders.tsv:1") != NULL, "with file and line");
  is_int(load(&leaders, &arena, SLICE("Ann Roe\tRoe\tFrance\tGOV\tpresident\t2000-01-01\t-\t-\tunchecked\n"), &error),
         ST_TABLE, "and a country that is no code");
  arena_release(&arena);
  return tap_end();
}

/* towns_test.c: the gazetteer of small towns: its index, ours, and one of the user's in its place. */
#include "know/know.h"
#include "know/towns_index.h"
#include "tap.h"
#include <stdlib.h>
#include <unistd.h>

#define ROWS                                                                                                                                         \
  "# a comment\n"                                                                                                                                    \
  "1\tOberdorf\t\t\t47.1\t8.2\tP\t\tCH\t\t01\t\t\t\t1200\n"                                                                                          \
  "2\tKirchhügel\t\t\t48.1\t9.2\tP\tPPL\tDE\t\t02\t\t\t\t2200\n"                                                                                     \
  "3\tGreat Peak\t\t\t48\t9\tT\tMT\tDE\t\t02\t\t\t\t0\n"                                                                                             \
  "4\tOberdorf\t\t\t31.5\t-97.1\tP\t\tUS\t\tTX\t\t\t\t1500\n"                                                                                        \
  "5\tNoland\t\t\t1\t1\tP\t\tQQ\t\t\t\t\t\t5\n"                                                                                                      \
  "6\tOffmap\t\t\t100\t1\tP\t\tUS\t\t\t\t\t\t5\n"                                                                                                    \
  "7\tParis Green\t\t\t1\t1\tP\t\tGB\t\t\t\t\t\t\n"

static void lines(void)
{
  struct town_line town;
  ok(town_line(SLICE("4\tOberdorf\t\t\t31.5\t-97.1\tP\t\tUS\t\tTX\t\t\t\t1500\t\tx\t\t2020-01-01"), &town), "a line of the full dump");
  is_slice(town.region, SLICE("TX"), "its region");
  is_slice(town.population, SLICE("1500"), "its people");
  ok(!town_line(SLICE("3\tGreat Peak\t\t\t48\t9\tT\tMT\tDE\t\t02\t\t\t\t0"), &town), "a mountain is no town");
  ok(!town_line(SLICE("3\tx\t4"), &town) && !town_line(SLICE(""), &town) && !town_line(SLICE("# x"), &town), "nor is a line of other things");
  ok(towns_are(SLICE(ROWS)), "a gazetteer is told by its lines");
  ok(!towns_are(SLICE("a\tb\tc\n")) && !towns_are(SLICE("")), "and what is none");
}

static uint32_t count(const struct sense *s)
{
  uint32_t n = 0;
  for (; s; s = s->next) n++;
  return n;
}

static void ours(void)
{
  struct know know;
  struct error error = {0};
  if (!ok(know_open(&know, NULL, &error) == ST_OK, "our tables load")) printf("# %s\n", error.message);
  const struct sense *s = names_find_towns(know.names, SLICE("El Tarter"));
  if (ok(s && s->toponym && s->toponym->minor, "a village of ours")) {
    is_slice(s->toponym->country, SLICE("AND"), "in its country");
    ok(slice_starts(know_text(&know, s->toponym->where), SLICE("3039154\tEl Tarter\t")), "knows its line");
    ok(names_find_towns(know.names, SLICE("El Tarter")) == s, "is the same when it is asked for again");
  }
  s = names_find_towns(know.names, SLICE("Paris"));
  ok(s && s->kind == SENSE_SEAT && count(s) > 3 && s->toponym && !s->toponym->minor, "the capital stands before its namesakes");
  ok(names_find(know.names, SLICE("El Tarter")) == NULL, "and who asks for other names does not meet it");
  ok(names_find_towns(know.names, SLICE("Elv Trarter")) == NULL, "a name that is none");
  know_free(&know);
}

static void users(void)
{
  char path[] = "/tmp/tocsin-towns-XXXXXX";
  struct know know;
  struct error error = {0};
  int fd = mkstemp(path);
  if (!ok(fd >= 0 && write(fd, ROWS, sizeof ROWS - 1) == (ssize_t)(sizeof ROWS - 1), "a gazetteer of the user's")) return;
  close(fd);
  if (!ok(know_open(&know, path, &error) == ST_OK, "takes the place of ours")) printf("# %s\n", error.message);
  const struct sense *s = names_find_towns(know.names, SLICE("Oberdorf"));
  is_int(count(s), 2, "two towns of one name");
  ok(s && slice_is(s->toponym->country, "CHE") && slice_is(s->next->toponym->admin1, "Texas"), "in their order, with country and region");
  s = names_find_towns(know.names, SLICE("Kirchhugel"));
  ok(s && s->toponym->population == 2200 && s->toponym->where.line == 3, "marks on letters make no difference");
  ok(!names_find_towns(know.names, SLICE("Great Peak")) && !names_find_towns(know.names, SLICE("Noland")) && !names_find_towns(know.names, SLICE("Offmap")),
     "no mountain, no town in no country or off the map");
  ok(!names_find_towns(know.names, SLICE("El Tarter")), "ours are gone");
  know_free(&know);
  unlink(path);
}

int main(void)
{
  lines();
  ours();
  users();
  return tap_end();
}

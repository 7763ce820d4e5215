/* names_test.c: the tables of countries, places, cities and actors, and look-up in them. */
#include "base/sys.h"
#include "know/know.h"
#include "know/source.h"
#include "tap.h"
#include <stdlib.h>
#include <unistd.h>
#include <sys/stat.h>

static struct know know;

static const struct sense *find(const char *spelling) { return names_find(know.names, slice_of(spelling)); }

/* the sense of this kind, or NULL */
static const struct sense *find_as(const char *spelling, enum sense_kind kind)
{
  for (const struct sense *s = find(spelling); s; s = s->next)
    if (s->kind == kind) return s;
  return NULL;
}

static void check_code(const char *spelling, enum sense_kind kind, const char *code)
{
  const struct sense *s = find_as(spelling, kind);
  if (ok(s && s->actor, spelling)) is_slice(s->actor->code, slice_of(code), code);
}

static bool same_line(struct know_line a, struct know_line b) { return a.table == b.table && a.line == b.line; }

/* by the line that names it, or that has its point */
static bool leads_to(const struct sense *s, struct know_line where)
{
  return same_line(s->where, where) || (s->toponym && same_line(s->toponym->where, where));
}

/* Every spelling in a column of a table of the language leads back to its line. */
static void check_rows(const char *name, uint32_t columns)
{
  for (uint16_t i = 0; i < know.n_tables; i++) {
    if (!slice_is(know.tables[i].name, name)) continue;
    struct table_reader reader;
    struct table_row row;
    struct error error = {0};
    unsigned spellings = 0, lost = 0;
    table_begin(&reader, &know.tables[i], (uint16_t)(i + 1));
    while (table_next(&reader, &row, &error))
      for (uint32_t c = 1; c < columns && c < row.n; c++)
        for (struct slice list = row.column[c]; list.n; spellings++) {
          struct slice spelling = slice_trim(slice_cut(&list, '|'));
          const struct sense *s = names_find(know.names, spelling);
          while (s && !leads_to(s, row.where)) s = s->next;
          if (!s) {
            lost++;
            printf("# %s:%u: \"%.*s\" is not found\n", name, (unsigned)row.where.line, SLICE_ARG(spelling));
          } else if (s->toponym && s->toponym->has_point && (s->toponym->lat < -90 || s->toponym->lat > 90 || s->toponym->lon < -180 || s->toponym->lon > 180))
            lost++;
        }
    is_int(error.code, ST_OK, name);
    ok(spellings > 0, "the table has spellings");
    is_int(lost, 0, "all of them are found");
    return;
  }
  ok(false, name);
}

/* A CAMEO string begins with the actor's country, or with the kind of body that PLOVER's country names. */
static void check_actors(void)
{
  static const struct {
    const char *country, *group;
  } bodies[] = {{"UNO", "IGO"}, {"UNO", "NGO"}, {"EUR", "IGO"}, {"IGO", "IGO"}, {"NGO", "NGO"}, {"IMG", "IMG"}, {"MNC", "MNC"}, {"ISM", "NGM"}};
  unsigned rows = 0, wrong = 0;
  for (uint16_t i = 0; i < know.n_tables; i++) {
    if (!slice_is(know.tables[i].name, "actors.tsv")) continue;
    struct table_reader reader;
    struct table_row row;
    table_begin(&reader, &know.tables[i], (uint16_t)(i + 1));
    for (; table_next(&reader, &row, NULL); rows++) {
      struct slice group = slice_sub(row.column[2], 0, 3), country = row.column[3];
      bool good = names_country(know.names, country) && slice_eq(group, country);
      for (size_t b = 0; b < sizeof bodies / sizeof *bodies; b++)
        good = good || (slice_is(country, bodies[b].country) && slice_is(group, bodies[b].group));
      if (good) continue;
      wrong++;
      printf("# actors.tsv:%u: code and country do not go together\n", (unsigned)row.where.line);
    }
  }
  ok(rows >= 150, "at least 150 actors");
  is_int(wrong, 0, "their codes begin with their country");
}

static char folder[] = "/tmp/tocsin-names-XXXXXX";

/* Lays `bytes` over the table `name` and gives the error's message. */
static struct slice fault_of(const char *name, const char *bytes)
{
  static struct error error;
  struct know other;
  char path[200];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  FILE *file = fopen(path, "w");
  if (!file) return SLICE("cannot write");
  fputs(bytes, file);
  fclose(file);
  error = (struct error){0};
  enum status status = know_open(&other, folder, &error);
  know_free(&other);
  unlink(path);
  return status == ST_TABLE ? slice_of(error.message) : SLICE("no fault");
}

/* the message begins with the file's path, and goes on so */
static void check_fault(const char *name, const char *bytes, const char *begins)
{
  struct slice message = fault_of(name, bytes), begin = slice_of(folder);
  bool own = slice_starts(message, begin);
  if (own && message.n > begin.n && message.at[begin.n] == '/') begin.n++;
  struct slice rest = own ? slice_sub(message, begin.n, message.n) : message;
  if (!ok(own && slice_starts(rest, slice_of(begins)), begins)) printf("#   got %.*s\n", SLICE_ARG(message));
}

static void faults(void)
{
  char path[200];
  if (!ok(mkdtemp(folder) != NULL, "a folder to write in")) return;
  snprintf(path, sizeof path, "%s/en", folder);
  mkdir(path, 0700);
  check_fault("countries.tsv", "# x\nRUSSIA\t60\t100\n", "countries.tsv:2: a country's code is three capitals");
  check_fault("countries.tsv", "RUS\t60\t1000\n", "countries.tsv:1: latitude");
  check_fault("countries.tsv", "RUS\t60\t100\nRUS\t60\t100\n", "countries.tsv:2: this key has a line already");
  check_fault("actors.tsv", "x\tseat\tRUSGO\tRUS\tGOV\n", "actors.tsv:1: the code is a CAMEO string");
  check_fault("actors.tsv", "x\tseat\tRUSGOV\tRUS\tGOVT\n", "actors.tsv:1: sectors are PLOVER's");
  check_fault("actors.tsv", "x\tpalace\tRUSGOV\tRUS\tGOV\n", "actors.tsv:1: the second column is");
  check_fault("actor_codes.tsv", "taliban\t2021-13-15\t-\tAFGGOV\tGOV\tunchecked\n", "actor_codes.tsv:1: the days are like");
  check_fault("actor_codes.tsv", "taliban\t-\t-\tAFGGOV\tGOV\n", "actor_codes.tsv:1: needs a source");
  check_fault("actor_codes.tsv", "nobody\t-\t-\tAFGGOV\tGOV\tunchecked\n", "actor_codes.tsv:1: \"nobody\" has no line in actors.tsv");
  check_fault("actor_codes.tsv", "taliban\t-\t2001-12-06\tAFGGOV\tGOV\tunchecked\ntaliban\t2001-12-06\t-\tAFGREB\tREB\tunchecked\n",
              "actor_codes.tsv:2: this time meets");
  check_fault("places.tsv", "x\ttown\t\t\t1\t1\n", "places.tsv:1: the kind is one of");
  check_fault("places.tsv", "x\tadmin1\tXXX\t\t1\t1\n", "places.tsv:1: \"XXX\" has no line in countries.tsv");
  check_fault("en/actors.tsv", "\n\nnobody\tNobody\n", "en/actors.tsv:3: \"nobody\" has no line in actors.tsv");
  check_fault("en/countries.tsv", "RUS\tRussia\tRussia\n", "en/countries.tsv:1: \"Russia\" is given twice");
  check_fault("en/places.tsv", "\xff\n", "en/places.tsv:1: byte 1 of the line is not UTF-8");
  check_fault("en/places.tsv", "1\t2\t3\t4\t5\t6\t7\t8\t9\t10\t11\t12\t13\t14\t15\t16\t17\n", "en/places.tsv:1: more than 16 columns");
  check_fault("other.tsv", "x\n", ": no table in it has the name of one of ours");
  snprintf(path, sizeof path, "%s/en", folder);
  rmdir(path);
  rmdir(folder);
}

static bool write_file(const char *path, const char *bytes)
{
  FILE *file = fopen(path, "w");
  if (!file) return false;
  fputs(bytes, file);
  return fclose(file) == 0;
}

/* One file takes the place of the table that its path names. */
static void one_file(void)
{
  char here[] = "/tmp/tocsin-one-XXXXXX", path[100], lower[100];
  struct error error = {0};
  struct know other;
  if (!ok(mkdtemp(here) != NULL, "a folder to write in")) return;
  snprintf(path, sizeof path, "%s/place_words.tsv", here);
  ok(write_file(path, "moat\tsite\n"), "a table of one line");
  ok(know_open(&other, path, &error) == ST_OK, "is laid over ours");
  ok(place_words_find(other.place_words, SLICE("moat"), PLACE_WORD_SITE).line == 1, "its line is in force");
  ok(place_words_find(other.place_words, SLICE("border"), PLACE_WORD_SITE).line == 0, "ours are not");
  know_free(&other);
  unlink(path);
  snprintf(lower, sizeof lower, "%s/en", here);
  mkdir(lower, 0700);
  snprintf(path, sizeof path, "%s/en/countries.tsv", here);
  ok(write_file(path, "XXX\tNowhere\n"), "a table whose base name is twice among ours");
  error = (struct error){0};
  is_int(know_open(&other, path, &error), ST_TABLE, "is read in the place of the one in en/");
  ok(slice_starts(slice_of(error.message), slice_of(path)), "and its fault names its path");
  know_free(&other);
  unlink(path);
  snprintf(path, sizeof path, "%s/other.tsv", here);
  ok(write_file(path, "x\n"), "a table of no name of ours");
  error = (struct error){0};
  is_int(know_open(&other, path, &error), ST_TABLE, "is refused");
  know_free(&other);
  unlink(path);
  rmdir(lower);
  rmdir(here);
}

static unsigned allocations_left;

static void *failing_realloc(void *old, size_t old_size, size_t new_size)
{
  (void)old_size;
  if (new_size == 0) {
    free(old);
    return NULL;
  }
  return allocations_left && allocations_left-- ? realloc(old, new_size) : NULL;
}

/* The first allocations fail each in its turn, later ones in wider steps (with each piece of an arena on its own there are tens of
 * thousands): the know is refused for lack of memory, and nothing is left behind. */
static void torture(void)
{
  struct sys failing = *sys();
  failing.realloc = failing_realloc;
  sys_replace(&failing);
  unsigned n = 0;
  enum status status;
  do {
    struct know other;
    struct error error = {0};
    allocations_left = n;
    n += 1 + n / 8;
    status = know_open(&other, NULL, &error);
    know_free(&other);
  } while (status == ST_MEMORY && n < 10000000);
  sys_replace(NULL);
  is_int(status, ST_OK, "opens once there is memory enough");
  ok(n > 2, "and says so before");
}

/* A text whose tokens are parted by blanks; the match at the first of them. */
static const struct sense *match(const char *text, int32_t *length)
{
  static struct token tokens[16];
  struct analysis a = {.text = slice_of(text), .tokens = tokens};
  memset(tokens, 0, sizeof tokens);
  size_t at = 0;
  while (at < a.text.n && a.n_tokens < 16) {
    size_t end = at;
    while (end < a.text.n && a.text.at[end] != ' ') end++;
    tokens[a.n_tokens].span = (struct span){(uint32_t)at, (uint32_t)end};
    tokens[a.n_tokens].form = slice_sub(a.text, at, end);
    a.n_tokens++;
    at = end + (end < a.text.n);
  }
  return names_match(know.names, &a, 0, a.n_tokens, length);
}

static void matches(void)
{
  int32_t n = 0;
  const struct sense *s = match("South Korea said", &n);
  ok(s && slice_is(s->actor->code, "KOR"), "South Korea");
  is_int(n, 2, "two tokens");
  s = match("New York Times reporter", &n);
  ok(s && s->kind == SENSE_ORGANIZATION, "the longest name wins");
  is_int(n, 3, "three tokens");
  ok(match("us", &n) == NULL, "a pronoun is no country");
  ok(match("turkey", &n) == NULL, "a bird is no country");
  s = match("NORTH KOREA FIRES", &n);
  ok(s && slice_is(s->actor->code, "PRK"), "capitals");
  is_int(n, 2, "two tokens in capitals");
  s = match("C\xc3\xb4te d\xe2\x80\x99Ivoire", &n);
  ok(s && slice_is(s->actor->code, "CIV"), "typographic quote");
  s = match("Cote d'Ivoire", &n);
  ok(s && slice_is(s->actor->code, "CIV"), "without marks");
  ok(match("Nowhere", &n) == NULL && n == 0, "an unknown word");
}

int main(void)
{
  struct error error = {0};
  if (!ok(know_open(&know, NULL, &error) == ST_OK, "the embedded tables load")) {
    printf("# %s\n", error.message);
    know_free(&know);
    return tap_end();
  }
  check_rows("en/countries.tsv", 5);
  check_rows("en/places.tsv", 5);
  check_rows("en/actors.tsv", 3);
  check_rows("en/cities.tsv", 3);
  check_rows("cities.tsv", 2);
  check_code("Russia", SENSE_COUNTRY, "RUS");
  check_code("Soviet Union", SENSE_COUNTRY, "RUS");
  check_code("U.S.", SENSE_COUNTRY, "USA");
  check_code("U.S.", SENSE_DEMONYM, "USA");
  check_code("Kosovo", SENSE_COUNTRY, "KOS");
  check_code("Mexicans", SENSE_PEOPLE, "MEX");
  check_code("Moscow", SENSE_SEAT, "RUSGOV");
  check_code("Washington", SENSE_SEAT, "USAGOV");
  check_code("Kremlin", SENSE_SEAT, "RUSGOV");
  check_code("Pentagon", SENSE_SEAT, "USAMIL");
  check_code("NATO", SENSE_ORGANIZATION, "IGONAT");
  check_code("Hamas", SENSE_ORGANIZATION, "PSEREBHMS");
  check_code("Al-Qaeda", SENSE_ORGANIZATION, "IMGMOSALQ");
  ok(find("Washington") && find("Washington")->kind == SENSE_SEAT, "the capital comes before the state");
  ok(find("Georgia") && find("Georgia")->kind == SENSE_COUNTRY, "the country comes before the state");
  ok(find("Rostov Oblast") && find("Rostov Oblast")->toponym->kind == PLACE_ADMIN1, "a region");
  const struct sense *kosovo = names_country(know.names, SLICE("XKX"));
  ok(kosovo && slice_is(kosovo->actor->code, "KOS"), "a country by its other code");
  ok(names_country(know.names, SLICE("ZZZ")) == NULL, "no such country");
  struct know_line line = find("Kremlin") ? find("Kremlin")->where : (struct know_line){0};
  ok(slice_starts(know_text(&know, line), SLICE("kremlin\tKremlin")), "the line behind a name");
  is_size(know_text(&know, (struct know_line){1, 1u << 30}).n, 0, "no such line");
  check_actors();
  matches();
  faults();
  one_file();
  torture();
  know_free(&know);
  return tap_end();
}

#include "know/know.h"
#include "lang/conllu.h"
#include "read/read.h"
#include "read/reader.h"
#include "tap.h"

static struct know know;

/* A sentence as CoNLL-U: words by blanks, a sign at the end of a word apart; all hang on the word that begins with '*' (a verb in the past)
 * or '+' (a verb behind "will"), else on the first. */
static void put_sentence(struct buf *to, const char *text)
{
  struct slice rest = slice_of(text);
  struct { struct slice form; bool space; } words[64];
  int n = 0, root = 0;
  bool future = false;
  while (rest.n && n < 60) {
    struct slice word = slice_cut(&rest, ' ');
    if (!word.n) continue;
    char last = word.at[word.n - 1];
    bool sign = word.n > 1 && (last == '.' || last == ',');
    if (word.at[0] == '*' || word.at[0] == '+') {
      root = n;
      future = word.at[0] == '+';
      word = slice_sub(word, 1, word.n);
    }
    words[n].form = sign ? slice_sub(word, 0, word.n - 1) : word;
    words[n++].space = !sign;
    if (sign) words[n].form = slice_sub(word, word.n - 1, word.n), words[n++].space = true;
  }
  for (int i = 0; i < n; i++) {
    struct slice form = words[i].form;
    bool will = slice_is(form, "will"), capital = form.at[0] >= 'A' && form.at[0] <= 'Z', digit = form.at[0] >= '0' && form.at[0] <= '9';
    const char *upos = i == root ? "VERB" : will ? "AUX" : digit ? "NUM" : capital ? "PROPN" : slice_is(form, "in") ? "ADP" : "NOUN";
    buf_printf(to, "%d\t%.*s\t%.*s\t%s\t_\t%s\t%d\t%s\t_\t%s\n", i + 1, SLICE_ARG(form), SLICE_ARG(form), upos,
               i == root ? (future ? "VerbForm=Inf" : "Tense=Past|VerbForm=Fin") : "_", i == root ? 0 : root + 1,
               i == root ? "root" : will ? "aux" : "obl", words[i].space ? "_" : "SpaceAfter=No");
  }
  buf_text(to, "\n");
}

/* The reading of `text` (sentences parted by '|') has just these dates: "phrase=value;phrase=value". */
static void reads(const char *published, const char *text, const char *want)
{
  struct buf conllu, got;
  struct arena arena;
  struct analysis a;
  struct reading reading;
  struct error error = {0};
  buf_init(&conllu, 1 << 20);
  buf_init(&got, 1 << 20);
  arena_init(&arena, ARENA_NO_CEILING);
  struct slice rest = slice_of(text);
  while (rest.n) {
    char sentence[400];
    struct slice one = slice_cut(&rest, '|');
    snprintf(sentence, sizeof sentence, "%.*s", SLICE_ARG(one));
    put_sentence(&conllu, sentence);
  }
  enum status status = conllu_read(buf_get(&conllu), "test", &arena, &a, &error);
  if (status == ST_OK) status = read_document(&a, &know, slice_of(published), &arena, &reading, &error);
  if (status != ST_OK) buf_text(&got, error.message);
  else
    for (uint32_t i = 0; i < reading.n_dates; i++) {
      struct slice span = slice_span(a.text, reading.dates[i].span);
      buf_printf(&got, "%s%.*s=%.*s", i ? ";" : "", SLICE_ARG(span), SLICE_ARG(reading.dates[i].value));
    }
  is_slice(buf_get(&got), slice_of(want), text);
  arena_release(&arena);
  buf_release(&got);
  buf_release(&conllu);
}

int main(void)
{
  struct error error = {0};
  const char *day = "2024-10-28"; /* a Monday */
  if (!ok(know_open(&know, NULL, &error) == ST_OK, "the tables load")) printf("# %s\n", error.message);

  reads(day, "They *met on 28 October 2024.", "28 October 2024=2024-10-28");
  reads(day, "They *met on October 3, 2024, and left.", "October 3, 2024=2024-10-03");
  reads(day, "They *met on Oct. 3.", "Oct. 3=2024-10-03");
  reads(day, "They *met on 10/03/2024 and 2023-02-28.", "10/03/2024=2024-10-03;2023-02-28=2023-02-28");
  reads(day, "They *signed it in June 2024.", "June 2024=2024-06");
  reads(day, "They *signed it in November.", "November=2023-11");
  reads(day, "They will +sign it in November.", "November=2024-11");
  reads(day, "They *spoke today and yesterday.", "today=2024-10-28;yesterday=2024-10-27");
  reads(day, "They *spoke on Monday.", "Monday=2024-10-28");
  reads(day, "They *spoke on Friday.", "Friday=2024-10-25");
  reads(day, "They will +speak on Friday.", "Friday=2024-11-01");
  reads(day, "They *spoke last week and last month.", "last week=2024-W43;last month=2024-09");
  reads(day, "They *spoke last Friday.", "last Friday=2024-10-25");
  reads(day, "They *left two days ago.", "two days ago=2024-10-26");
  reads(day, "They *left a year ago.", "a year ago=2023");
  reads(day, "They *stayed for three months.", "three months=P3M");
  reads(day, "They *stayed for 25 minutes.", "25 minutes=PT25M");
  reads(day, "They *fought for years.", "years=PXY");
  reads(day, "They *met every Monday.", "every Monday=XXXX-WXX-1");
  reads(day, "They *met in the spring of 1998.", "the spring of 1998=1998-SP");
  reads(day, "They *fought in the early 1990s.", "the early 1990s=199");
  reads(day, "They *met at the end of March.", "the end of March=2024-03");
  reads(day, "They *met in the third quarter of 2023.", "the third quarter of 2023=2023-Q3");
  reads(day, "They *came on Monday night.", "Monday night=2024-10-28TNI");
  reads(day, "They *came at 9:30 on the coast.", "9:30=2024-10-28T09:30");
  reads(day, "They *came on 3 May 2024.|They *left the next day.", "3 May 2024=2024-05-03;the next day=2024-05-04");
  reads(day, "They *came on 3 May 2024.|They *left two weeks later.", "3 May 2024=2024-05-03;two weeks later=2024-W20");
  reads("", "They *came yesterday.", "yesterday=");
  reads("", "They *came on 3 May 1950.|They *left on 25 June.", "3 May 1950=1950-05-03;25 June=1950-06-25");
  reads(day, "They *counted 1,945 soldiers in 2 of 3 rooms, 12 years old.", "");
  reads(day, "They *sold 1,500 cars for 2024.5 dollars.", "");
  reads(day, "They *fought on 6-7 January 2016.", "6=2016-01-06;7 January 2016=2016-01-07");
  reads(day, "They *met on April 6-7, 2023.", "April 6=2023-04-06;7, 2023=2023-04-07");
  reads(day, "They *fought in 2015-17.", "2015=2015;17=2017");
  reads(day, "They *came on the night of 18 April 2023.", "the night of 18 April 2023=2023-04-18TNI");
  reads(day, "They *came on 3 May 2014.|They *died in November of the same year.", "3 May 2014=2014-05-03;November of the same year=2014-11");
  reads(day, "They *came in April 480 BC.", "April 480 BC=BC0480-04");
  reads(day, "They *came at 6.10am.", "6.10am=2024-10-28T06:10");
  reads(day, "They *ran it in 2:05:46.", "");
  reads(day, "They *left soon.", "");
  reads(day, "They will +leave soon.", "soon=FUTURE_REF");
  reads(day, "They *saw the fall of Berlin.", "");
  reads(day, "They *lost a quarter of it.", "");
  reads(day, "They *stayed for a quarter.", "a quarter=P1Q");
  reads(day, "They *met 8 in May.", "May=2024-05");
  reads(day, "They *met on 31 February 2024.", "February 2024=2024-02");
  know_free(&know);
  return tap_end();
}

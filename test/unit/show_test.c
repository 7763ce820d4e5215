#include "intake/document.h"
#include "lang/conllu.h"
#include "show/lines.h"
#include "show/show.h"
#include "show/words.h"
#include "tap.h"

static struct arena arena;
static struct buf out;

#define ROW(id, form, upos, head, deprel, misc) id "\t" form "\t" form "\t" upos "\t_\t_\t" head "\t" deprel "\t_\t" misc "\n"
static const char trees[] =
  ROW("1", "Seoul", "PROPN", "2", "nsubj", "Name=B-place")
  ROW("2", "said", "VERB", "0", "root", "_")
  ROW("3", "Moscow", "PROPN", "4", "nsubj", "_")
  ROW("4", "sent", "VERB", "2", "ccomp", "_")
  ROW("5", "100", "NUM", "6", "nummod", "_")
  ROW("6", "men", "NOUN", "4", "obj", "SpaceAfter=No")
  ROW("7", ".", "PUNCT", "2", "punct", "_") "\n"
  ROW("1", "Tomorrow", "ADV", "0", "root", "_") "\n";

/* A reading made by hand: every kind of record once. */
static struct span mentions[] = {{0, 5}}, content[] = {{11, 30}};
static int32_t ids[] = {0};
static struct entity entities[] = {
    {.name = {"Seoul", 5}, .kind = KIND_COUNTRY, .code = {"KOR", 3}, .country = {"KOR", 3}, .sectors = {SECTOR_GOV}, .mentions = {mentions, 1}}};
static struct place places[] = {{.span = {0, 5},
                                 .name = {"Seoul", 5},
                                 .kind = PLACE_CITY,
                                 .country = {"KOR", 3},
                                 .lat = 37.5,
                                 .lon = 127,
                                 .has_point = true,
                                 .use = USE_METONYM}};
static struct date dates[] = {{.span = {32, 40}, .type = DATE_DATE, .value = {"2024-10-29", 10}}};
static struct figure figures[] = {{.span = {23, 26},
                                   .value = 100,
                                   .has_value = true,
                                   .bound = BOUND_ABOUT,
                                   .unit = {"person", 6},
                                   .unit_text = {"men", 3},
                                   .item = {"men", 3},
                                   .hedges = {{"some", 4}},
                                   .n_hedges = 1,
                                   .claim = 0,
                                   .event = 0,
                                   .part_of = ID_NONE,
                                   .revises = ID_NONE}};
static struct claim claims[] = {{.span = {0, 30},
                                 .source = {.span = {0, 5}, .entity = 0, .kind = SOURCE_NAMED},
                                 .cue = {.span = {6, 10}},
                                 .content = {content, 1},
                                 .stance = STANCE_AFFIRMS,
                                 .events = ids,
                                 .n_events = 1,
                                 .figures = ids,
                                 .n_figures = 1,
                                 .parent = ID_NONE,
                                 .answers = ID_NONE}};
static struct party actors[] = {{.span = {11, 17}, .entity = ID_NONE, .code = {"RUSGOV", 6}, .country = {"RUS", 3}, .sectors = {SECTOR_GOV}}};
static struct event events[] = {{.span = {11, 30},
                                 .trigger = {18, 22},
                                 .type = {"MOBILIZE", 8},
                                 .mode = {"troops", 6},
                                 .cameo = {"154", 3},
                                 .score = -6.5,
                                 .actor = {actors, 1},
                                 .place = ID_NONE,
                                 .origin = ID_NONE,
                                 .destination = ID_NONE, .place_from = ID_NONE, .date_from = ID_NONE,
                                 .date = {.id = ID_NONE},
                                 .status = EVENT_PLANNED,
                                 .claim = 0,
                                 .figures = ids,
                                 .n_figures = 1,
                                 .trace = {.rule = {"send-troops", 11}}}};
static struct position positions[] = {{.span = {0, 30},
                                       .holder = {.entity = 0, .code = {"KOR", 3}},
                                       .stance = STANCE_CONDEMNS,
                                       .toward = TOWARD_EVENT,
                                       .toward_id = 0,
                                       .claim = 0,
                                       .order = 1,
                                       .after = ID_NONE}};
static const struct reading reading = {entities, 1, places, 1, dates, 1, figures, 1, claims, 1, events, 1, positions, 1, NULL, 0, {NULL, 0}};

static const char json[] =
    "{\"tocsin\":1,\"document\":{\"id\":\"d\",\"bytes\":41,\"sha256\":\"x\",\"extra\":{\"desk\":7}},"
    "\"sentences\":[{\"span\":[0,31]},{\"span\":[32,40]}],"
    "\"entities\":[{\"id\":0,\"name\":\"Seoul\",\"kind\":\"country\",\"code\":\"KOR\",\"country\":\"KOR\",\"sectors\":[\"GOV\"],\"mentions\":[[0,5]]}"
    "],"
    "\"places\":[{\"id\":0,\"text\":\"Seoul\",\"span\":[0,5],\"name\":\"Seoul\",\"kind\":\"city\",\"country\":\"KOR\",\"lat\":37.5,\"lon\":127,"
    "\"use\":\"metonym\"}],"
    "\"dates\":[{\"id\":0,\"text\":\"Tomorrow\",\"span\":[32,40],\"type\":\"DATE\",\"value\":\"2024-10-29\"}],"
    "\"figures\":[{\"id\":0,\"text\":\"100\",\"span\":[23,26],\"value\":100,\"bound\":\"about\",\"unit\":\"person\",\"unit_text\":\"men\",\"item\":"
    "\"men\",\"sort\":\"total\","
    "\"hedges\":[\"some\"],\"status\":\"actual\",\"claim\":0,\"event\":0}],"
    "\"claims\":[{\"id\":0,\"span\":[0,30],\"source\":{\"text\":\"Seoul\",\"span\":[0,5],\"entity\":0,\"kind\":\"named\"},\"cue\":{\"text\":\"said\","
    "\"span\":[6,10]},"
    "\"content\":{\"spans\":[[11,30]],\"quote\":\"none\"},\"stance\":\"affirms\",\"certainty\":\"unspecified\",\"events\":[0],\"figures\":[0]}],"
    "\"events\":[{\"id\":0,\"span\":[11,30],\"trigger\":[18,22],\"type\":\"MOBILIZE\",\"mode\":\"troops\",\"cameo\":\"154\",\"score\":-6.5,"
    "\"actor\":[{\"text\":\"Moscow\",\"span\":[11,17],\"code\":\"RUSGOV\",\"country\":\"RUS\",\"sectors\":[\"GOV\"]}],\"status\":\"planned\","
    "\"claim\":0,\"figures\":[0],\"rule\":\"send-troops\"}],"
    "\"positions\":[{\"id\":0,\"span\":[0,30],\"holder\":{\"entity\":0,\"code\":\"KOR\"},\"stance\":\"condemns\",\"toward\":{\"event\":0},\"claim\":"
    "0,\"order\":1}]}\n";

static void as_json(const struct show_input *in)
{
  buf_clear(&out);
  show_json(&out, in, false);
  is_slice(buf_get(&out), SLICE(json), "every kind of record in the order of the format");
  struct reading none = {0};
  struct show_input bare = *in;
  bare.reading = &none;
  buf_clear(&out);
  show_json(&out, &bare, true);
  ok(slice_find(buf_get(&out), SLICE("\"text\":\"Seoul said Moscow sent 100 men. Tomorrow\\n\"")) != SIZE_MAX, "the text where it is asked for");
  ok(slice_find(buf_get(&out), SLICE("\"events\":[],\"positions\":[]}")) != SIZE_MAX, "arrays without records are there and empty");
}

static void for_a_person(const struct show_input *in)
{
  buf_clear(&out);
  show_person(&out, in, (struct show_style){.columns = 79});
  struct slice text = buf_get(&out);
  ok(slice_find(text, SLICE("\033")) == SIZE_MAX, "no colour unless asked for");
  ok(slice_find(text, SLICE("s1    MOBILIZE troops       planned     Moscow (RUSGOV), about 100 men: “sent”,")) != SIZE_MAX, "an event in one line");
  ok(slice_find(text, SLICE("about 100 men")) != SIZE_MAX, "a figure");
  ok(slice_find(text, SLICE("affirms               Seoul (KOR) “said”: Moscow sent 100 men")) != SIZE_MAX, "a claim");
  ok(slice_find(text, SLICE("condemns              Seoul (KOR) on MOBILIZE troops")) != SIZE_MAX, "a position");
  size_t widest = 0;
  for (struct slice rest = text; rest.n;) {
    struct slice line = slice_cut(&rest, '\n');
    if (line.n > widest) widest = line.n;
  }
  ok(widest < 100, "lines stay short");
  buf_clear(&out);
  show_person(&out, in, (struct show_style){.colour = true, .columns = 79});
  ok(slice_find(buf_get(&out), SLICE("\033[1m")) != SIZE_MAX, "colour when asked for");
}

static void tree(const struct analysis *a)
{
  static const char want[] =
    " ╭─── Seoul  PROPN nsubj       place\n"
    "╶┼─── said   VERB  root\n"
    " │╭── Moscow PROPN nsubj\n"
    " ├┼── sent   VERB  ccomp\n"
    " ││╭─ 100    NUM   nummod\n"
    " │╰┴─ men    NOUN  obj\n"
    " ╰─── .      PUNCT punct\n";
  buf_clear(&out);
  show_tree(&out, a, 0, (struct show_style){.columns = 79});
  is_slice(buf_get(&out), SLICE(want), "a tree is drawn");
}

static void why(const struct show_input *in)
{
  buf_clear(&out);
  show_why(&out, in, 0, (struct show_style){.columns = 79});
  struct slice text = buf_get(&out);
  ok(slice_find(text, SLICE("Sentence 1")) != SIZE_MAX, "why names the sentence");
  ok(slice_find(text, SLICE("  event 0 MOBILIZE troops, planned: Moscow (RUSGOV)")) != SIZE_MAX, "and the record");
  ok(slice_find(text, SLICE("rule send-troops")) != SIZE_MAX, "and its rule");
  ok(slice_find(text, SLICE("date 0")) == SIZE_MAX, "and no record of another sentence");
}

static void clean(void)
{
  buf_clear(&out);
  show_clean(&out, SLICE(" a\x1b[31mb \n\t c\xe2\x80\xae" "d "), 0);
  is_slice(buf_get(&out), SLICE("a[31mb cd"), "a document cannot steer the terminal");
  buf_clear(&out);
  show_clean(&out, SLICE("abcdef"), 4);
  is_slice(buf_get(&out), SLICE("abc…"), "cut with a mark");
}

int main(void)
{
  static struct document document = {.id = {"d", 1}, .extra = {"{\"desk\":7}", 10}, .sha256 = "x"};
  struct analysis a;
  struct know know = {0};
  arena_init(&arena, ARENA_NO_CEILING);
  buf_init(&out, 1 << 20);
  if (!ok(conllu_read(SLICE(trees), "trees", &arena, &a, NULL) == ST_OK, "the trees are read")) return tap_end();
  struct show_input in = {.document = &document, .analysis = &a, .reading = &reading, .know = &know};
  as_json(&in);
  for_a_person(&in);
  tree(&a);
  why(&in);
  clean();
  buf_release(&out);
  arena_release(&arena);
  return tap_end();
}

/* make_readings.h: the tables of make_readings.c.
 *
 * The spreads were measured on 823 news articles of many publishers (203 with title, date and source,
 620 without) and on their readings: the value at
 * each twentieth, from the least to the greatest. */
#ifndef BENCH_MAKE_READINGS_H
#define BENCH_MAKE_READINGS_H

enum { SPREAD = 21 };

/* bytes of a text; mean 2495 */
static const double text_bytes[SPREAD] = {56, 211, 410, 534, 725, 853, 992, 1165, 1337, 1525, 1762, 1977, 2211, 2462, 2797, 3131, 3776, 4435,
  5410, 6945, 23307};
/* bytes of a sentence; mean 112 */
static const double sentence_bytes[SPREAD] = {1, 16, 28, 40, 50, 60, 70, 79, 88, 97, 106, 114, 124, 133, 143, 154, 168, 182, 201, 234, 840};
/* documents of a story (both halves together); mean 9 */
static const double story_documents[SPREAD] = {1, 3, 4, 4, 5, 5, 6, 7, 8, 9, 10, 11, 11, 11, 11, 11, 13, 13, 14, 15, 22};
/* days from a story's first document to each of its documents */
static const double days_after[SPREAD] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 2, 15, 32, 262, 327, 375, 447, 1507};

/* records in 1,000 bytes of a document's text */
enum { KIND_PLACE, KIND_DATE, KIND_FIGURE, KIND_CLAIM, KIND_EVENT, KIND_POSITION, KINDS };
static const double rates[KINDS][SPREAD] = {
  {0, 0, 0, 0.65, 1.16, 1.54, 2.01, 2.32, 2.66, 3.12, 3.47, 3.88, 4.39, 5.04, 5.68, 6.37, 7.54, 8.77, 10.6, 13.5, 29.1},
  {0, 0.66, 1.48, 1.80, 2.16, 2.43, 2.67, 2.83, 3.03, 3.22, 3.48, 3.74, 4.02, 4.26, 4.55, 4.89, 5.42, 5.93, 6.73, 7.85, 17.9},
  {0, 0, 0.88, 1.21, 1.57, 1.90, 2.17, 2.52, 2.77, 3.20, 3.51, 3.95, 4.25, 4.76, 5.39, 6.07, 6.98, 8.05, 9.51, 12.7, 33.4},
  {0, 0, 0, 1.02, 1.45, 1.85, 2.21, 2.49, 2.80, 3.12, 3.46, 3.77, 4.08, 4.46, 4.81, 5.16, 5.56, 5.99, 6.56, 7.49, 17.4},
  {0, 0, 0, 0, 0, 0, 0, 0, 0.18, 0.38, 0.65, 0.94, 1.24, 1.58, 1.98, 2.58, 3.32, 4.08, 4.81, 6.14, 17.9},
  {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0.27, 0.38, 0.48, 0.58, 0.70, 0.82, 0.98, 1.16, 1.52, 2.12, 6.80},
};

static const char *const syllables[] = {"ba", "ren", "dor", "mi", "lan", "kov", "tas", "ner", "vel", "shi", "mur", "gan", "pol", "ri", "sen", "dal",
                                        "har", "tun", "bek", "lor", "zan", "fel", "wic", "yar", "nos", "cam", "del", "gri", "jo", "kel"};
static const char *const bodies[] = {"Ministry", "Bank", "Party", "Union", "Agency", "Company", "Council", "University", "Group", "Institute",
  "Court"};
static const char *const groups[] = {"workers", "soldiers", "officials", "residents", "protesters", "students", "police", "rebels", "farmers",
  "doctors"};
static const char *const roles[] = {"GOV", "MIL", "OPP", "BUS", "CVL", "MED", "EDU", "COP", "JUD", "LEG"};
static const char *const papers[] = {"Wire", "Herald", "Daily", "Post", "Courier", "Tribune", "Gazette", "Observer"};
static const char *const weekdays[] = {"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};
static const char *const cues[] = {"said", "told reporters", "says", "announced", "believes", "warned", "reported", "claimed", "suggested", "added"};
static const char *const stances[] = {"affirms", "affirms", "affirms", "affirms", "affirms", "affirms", "affirms", "believes", "demands",
  "reports", "condemns",
                                      "supports", "questions", "denies", "warns", "estimates"};
static const char *const statuses[] = {"actual", "actual", "actual", "actual", "actual", "actual", "actual", "actual", "planned", "possible",
  "negated", "denied"};
/* the commonest first */
static const char *const particles[] = {"the", "of", "to", "and", "a", "in", "that", "for", "is", "on", "was", "it", "with", "as", "he", "at",
  "by", "has", "from",
                                        "be", "have", "are", "an", "his", "who", "but", "they", "not", "this", "were", "had", "will", "she",
                                        "after", "been",
                                        "their", "one", "its", "her", "which", "more", "there", "about", "when", "than", "or", "would", "up",
                                        "out", "into"};

static const struct country { const char *code, *name; } countries[] = {
  {"ARG", "Argentina"}, {"AUS", "Australia"}, {"BRA", "Brazil"}, {"CAN", "Canada"}, {"CHN", "China"}, {"EGY", "Egypt"}, {"FRA", "France"},
  {"DEU", "Germany"},
  {"GRC", "Greece"}, {"IND", "India"}, {"IDN", "Indonesia"}, {"IRN", "Iran"}, {"ISR", "Israel"}, {"ITA", "Italy"}, {"JPN", "Japan"}, {"KEN", "Kenya"},
  {"MEX", "Mexico"}, {"NGA", "Nigeria"}, {"NOR", "Norway"}, {"PAK", "Pakistan"}, {"PRK", "North Korea"}, {"RUS", "Russia"}, {"TUR", "Turkey"},
  {"UKR", "Ukraine"}, {"USA", "United States"}};
static const struct act { const char *verb, *type, *mode, *cameo, *rule; double score; } acts[] = {
  {"attacked", "ASSAULT", "", "180", "attack", -9}, {"bombed", "ASSAULT", "explosives", "183", "bomb", -10}, {"killed", "ASSAULT", "", "180",
  "kill-by", -9},
  {"shot", "ASSAULT", "firearms", "190", "shoot", -10}, {"accused", "ACCUSE", "allege", "112", "accuse", -2}, {"blamed", "ACCUSE", "allege",
  "112", "blame", -2},
  {"arrested", "COERCE", "arrest", "173", "arrest", -5}, {"deployed", "MOBILIZE", "troops", "154", "deploy", -7}, {"urged", "REQUEST", "",
  "100", "urge", 0},
  {"left", "RETREAT", "", "080", "withdraw", 5}, {"sanctioned", "SANCTION", "", "163", "sanction", -5}, {"met", "CONSULT", "third-party", "040",
  "meet", 1},
  {"joined", "AGREE", "", "057", "join", 4}, {"praised", "SUPPORT", "", "051", "praise", 3.4}, {"helped", "AID", "", "070", "help", 7}};
static const struct measure { const char *word, *unit; } measures[] = {
  {"years", "year"}, {"days", "day"}, {"dollars", "USD"}, {"miles", "mile"}, {"hours", "hour"}, {"months", "month"}, {"minutes", "minute"},
  {"percent", "%"},
  {"yards", "yard"}, {"km", "km"}};

#endif

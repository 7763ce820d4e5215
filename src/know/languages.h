/* languages.h: which language a text is in, by its function words (Grefenstette, "Comparing two language identification schemes", JADT 1995).
 * Immutable; any thread. */
#ifndef KNOW_LANGUAGES_H
#define KNOW_LANGUAGES_H
#include "base/slice.h"
#include "know/source.h"

struct languages;
enum status languages_load(const struct languages **to, struct know_source *src);

/* The code of the language ("en"), by the text's first 16 KiB; "und" for letters that are mostly of no alphabet of the table's; empty when the
 * text says too little: fewer than ten words, or hardly one function word.  The slice lives as long as the table. */
struct slice language_of(const struct languages *languages, struct slice text);

#endif

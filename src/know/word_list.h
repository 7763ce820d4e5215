/* word_list.h: a table of one word a line.  Immutable; any thread. */
#ifndef KNOW_WORD_LIST_H
#define KNOW_WORD_LIST_H
#include "know/source.h"

struct word_list;
/* ST_TABLE for a line of several columns. */
enum status word_list_load(const struct word_list **to, struct know_source *src, const char *name);
/* Does one of them stand in the text as a whole word?  Letters A-Z count as a-z. */
bool word_list_told(const struct word_list *list, struct slice text);

#endif

#include "intake/document.h"
#include "base/checked.h"
#include "base/sha256.h"
#include "base/sys.h"
#include <jansson.h>

/* What is read from a text takes room by its tokens; a text of the shortest tokens takes some 100 bytes a byte. */
#define CEILING_BASE ((size_t)256 << 20)
#define CEILING_A_BYTE 192

struct document *document_new(void)
{
  struct document *document = sys_alloc(sizeof *document);
  if (!document) return NULL;
  *document = (struct document){0};
  arena_init(&document->arena, ARENA_NO_CEILING); /* until the text is there; the intake bounds what comes before */
  return document;
}

void document_free(struct document *document)
{
  if (!document) return;
  json_decref(document->tree);
  arena_release(&document->arena);
  sys_free(document, sizeof *document);
}

void document_own_text(struct document *document, struct slice text)
{
  size_t ceiling;
  if (!mul_size(text.n, CEILING_A_BYTE, &ceiling) || !add_size(ceiling, CEILING_BASE, &ceiling) ||
      !add_size(ceiling, document->arena.used, &ceiling))
    ceiling = ARENA_NO_CEILING;
  document->arena.ceiling = ceiling;
  document->text = text;
  sha256_hex(text, document->sha256);
}

bool document_set_text(struct document *document, struct slice text)
{
  struct slice copy = slice_copy(&document->arena, text);
  if (!copy.at) return false;
  document_own_text(document, copy);
  return true;
}

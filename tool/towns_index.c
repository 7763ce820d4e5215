/* towns_index.c: towns_index TOWNS.tsv INDEX ASM: writes the index of a gazetteer (src/know/towns_index.h), and a file for the assembler that puts it into
 * the program.  Run by the build. */
#include "know/towns_index.h"
#include <stdio.h>
#include <stdlib.h>

static char *slurp(const char *path, size_t *n)
{
  FILE *file = fopen(path, "rb");
  if (!file || fseek(file, 0, SEEK_END) != 0) return NULL;
  long size = ftell(file);
  char *bytes = size > 0 ? malloc((size_t)size) : NULL;
  rewind(file);
  if (bytes && fread(bytes, 1, (size_t)size, file) != (size_t)size) bytes = NULL;
  fclose(file);
  *n = (size_t)size;
  return bytes;
}

int main(int argc, char **argv)
{
  struct arena arena;
  struct slice index;
  size_t n = 0;
  if (argc != 4) {
    fputs("usage: towns_index TOWNS.tsv INDEX ASM\n", stderr);
    return 2;
  }
  char *bytes = slurp(argv[1], &n);
  arena_init(&arena, ARENA_NO_CEILING);
  if (bytes) towns_index((struct slice){bytes, n}, &arena, &index);
  FILE *out = bytes && index.n ? fopen(argv[2], "wb") : NULL, *text = out ? fopen(argv[3], "w") : NULL;
  bool good = text && fwrite(index.at, 1, index.n, out) == index.n &&
              fprintf(text,
                      "/* made by tool/towns_index.c: do not edit */\n  .section .note.GNU-stack,\"\",@progbits\n  .section .rodata\n  .balign 64\n"
                      "  .globl embed_towns\n  .hidden embed_towns\nembed_towns:\n  .incbin \"%s\"\n  .balign 8\n  .globl embed_towns_bytes\n"
                      "  .hidden embed_towns_bytes\nembed_towns_bytes:\n  .quad %zu\n",
                      argv[2], index.n) > 0;
  if (out) good = fclose(out) == 0 && good;
  if (text) good = fclose(text) == 0 && good;
  if (!good) fprintf(stderr, "towns_index: %s: cannot index it\n", argv[1]);
  free(bytes);
  arena_release(&arena);
  return good ? 0 : 1;
}

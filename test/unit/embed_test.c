#include "base/embed.h"
#include "tap.h"

int main(void)
{
  size_t n = 0, m = 0;
  const struct embedded *files = embedded_files(&n), *models = embedded_models(&m);
  bool sorted = true, ended = true, aligned = true;
  for (size_t i = 0; i < n; i++) {
    sorted = sorted && (i == 0 || strcmp(files[i - 1].name, files[i].name) < 0);
    ended = ended && files[i].bytes.at[files[i].bytes.n] == '\0';
  }
  for (size_t i = 0; i < m; i++) aligned = aligned && (uintptr_t)models[i].bytes.at % 64 == 0 && models[i].bytes.n > 0;
  ok(sorted, "tables stand in order of their names");
  ok(ended, "a NUL follows each");
  ok(aligned, "models are aligned for vector loads");
  return tap_end();
}

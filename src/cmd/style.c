#include "cmd/style.h"
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

struct show_style style_of_stdout(void)
{
  struct show_style style = {.columns = 79};
  struct winsize size;
  const char *no_color = getenv("NO_COLOR");
  if (!isatty(STDOUT_FILENO)) return style;
  style.colour = !(no_color && *no_color);
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 40) style.columns = size.ws_col < 200 ? size.ws_col : 200;
  return style;
}

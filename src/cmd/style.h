/* style.h: how to show something on standard output: colour and width for a terminal, neither for a file or pipe. */
#ifndef CMD_STYLE_H
#define CMD_STYLE_H
#include "show/show.h"

/* Colour only on a terminal and without NO_COLOR in the environment (no-color.org); 79 columns where there is no terminal, so that the bytes
 * written to a file never depend on where the program runs. */
struct show_style style_of_stdout(void);

#endif

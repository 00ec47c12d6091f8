/* help.h: the rows as text for a terminal of 80 columns. */
#ifndef CMD_HELP_H
#define CMD_HELP_H

#include "cmd/command.h"

enum { HELP_WIDTH = 80 };

/* Help on a command, on a noun (`command` NULL), or on the program (both NULL). Appended. */
void help_add(struct buf *out, const struct noun *noun, const struct command *command);

/* `text`, its lines as paragraphs, broken at blanks to lines of at most `width` columns, each
 * behind `indent` blanks. */
void help_add_wrapped(struct buf *out, const char *text, size_t indent, size_t width);

/* A command line in the same way, so that the lines can be pasted into a shell. */
void help_add_example(struct buf *out, const char *example, size_t indent, size_t width);

#endif

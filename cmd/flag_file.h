/* flag_file.h: values that stand in files: --description @notes.txt. */
#ifndef CMD_FLAG_FILE_H
#define CMD_FLAG_FILE_H

#include "cmd/flag.h"

/* Replace each word "@FILE" that was read for `flag` by what the file holds, without the newline at
 * its end; "@-" is standard input, once, and "@@TEXT" the text "@TEXT". Where the flag takes many
 * words each line of a file is one, unless the file holds JSON. The texts belong to `flags`.
 * In an expression of JMESPath "@" means what it means there, unless a name or a path is behind it.
 * E_USAGE for a second "@-", else what gal_read_text says. */
int flag_load_files(struct flags *flags, struct flag *flag, struct err *err);

#endif

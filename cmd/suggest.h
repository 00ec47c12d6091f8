/* suggest.h: what somebody may have meant who said a command that is not there. */
#ifndef CMD_SUGGEST_H
#define CMD_SUGGEST_H

#include "cmd/command.h"

/* Add a hint to the error about `word`, which stands where a verb of `noun` was expected, or for
 * NULL a noun: the nearest word, the nouns of which it is a part, the noun that has such a verb, or
 * what other programs call so. Returns the error's code. */
int suggest_command(const struct noun *noun, const char *word, struct err *err);

#endif

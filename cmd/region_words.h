/* region_words.h: which regions the words of a command line mean: only the store knows. */
#ifndef CMD_REGION_WORDS_H
#define CMD_REGION_WORDS_H

#include "cmd/invocation.h"

/* Make the names of regions in the request canonical. `context` says where the store is, if anybody
 * does, which is opened to read when a name is none of a built-in region. E_INVALID, naming the
 * flag. */
int region_words_settle(const struct invocation *invocation, const struct context *context,
                        struct err *err);

#endif

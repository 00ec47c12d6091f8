/* ids.h: --ids: ARM ids in place of names, and a command that is done for each of several. */
#ifndef CMD_IDS_H
#define CMD_IDS_H

#include "cmd/invocation.h"

/* What one word of --ids, or a file, has: ids between blanks, or JSON: a string, an object with
 * "id", or an array of them. "-" is standard input. A row's parse for texts; E_INVALID, E_USAGE. */
int ids_parse(const char *const *words, size_t count, void *slot, struct err *err);

/* References as operands, a row's parse for struct references. E_INVALID. */
int references_parse_words(const char *const *words, size_t count, void *slot, struct err *err);

/* The results of a command for all the references of an invocation, as a list of its result shape.
 */
struct results {
    char *items; /* NULL without a result shape */
    size_t count;
};

/* Run the command of an invocation with several references for each, whatever became of the others.
 * Each failure goes to `failed`; the error then says how many there were, with the worst code. */
int ids_run(const struct invocation *invocation, struct run *run, struct results *ret,
            void (*failed)(const struct err *err), struct err *err);
void results_done(const struct command *command, struct results *results);

#endif

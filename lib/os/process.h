/* process.h: a process that goes on by itself. */
#ifndef OS_PROCESS_H
#define OS_PROCESS_H

#include <stdbool.h>

#include "base/err.h"

/* Go on twice: *ret_apart is true in a new process, which belongs to no terminal and to no session
 * of its parent. Nothing of what the parent had open is open there but `keep`: whoever reads what
 * the parent writes sees its end with the parent. Standard input is empty, and what is printed is
 * lost. It has one thread, and must leave with process_end. */
int process_part(int keep, bool *ret_apart, struct err *err);

/* Leave without a word: what the parent had begun is not ended twice. */
_Noreturn void process_end(void);

#endif

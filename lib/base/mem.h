/* mem.h: memory that is there or ends the program, through one handler.
 *
 * An allocation that fails calls the out-of-memory handler, which must not return: the tool prints
 * one line and exits; an embedder may install its own, which ends the process too: any thread may
 * be the one that runs out. Sizes that come from outside are checked against a limit before they
 * get here.
 */
#ifndef BASE_MEM_H
#define BASE_MEM_H

#include <stdbool.h>
#include <stddef.h>

/* Zeroed memory for `count` items of `size` bytes; never NULL (count 0 gives a block of one byte).
 * Release with free. */
void *mem_new(size_t count, size_t size);

/* Resize to `count` items of `size` bytes; new bytes are not cleared. */
void *mem_resize(void *old, size_t count, size_t size);

/* A copy of `length` bytes; never NULL. */
void *mem_copy(const void *bytes, size_t length);

/* Whether all `length` bytes are zero. */
bool mem_is_zero(const void *bytes, size_t length);

/* What to call when memory runs out; NULL restores the default: one line on stderr, exit 1. Not
 * thread-safe: install it before anything else. */
void mem_on_exhausted(void (*handler)(void));

#endif

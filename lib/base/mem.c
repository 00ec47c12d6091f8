#include "base/mem.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static _Noreturn void print_and_exit(void)
{
    static const char line[] = "sig: out of memory\n";
    /* stdio may want memory itself. */
    ssize_t ignored = write(STDERR_FILENO, line, sizeof line - 1);

    (void)ignored;
    _exit(1);
}

/* The one piece of state in the library: a handler handed through every call that may allocate
 * would be a parameter of nearly every function. */
static void (*exhausted)(void);

void mem_on_exhausted(void (*handler)(void))
{
    exhausted = handler;
}

static _Noreturn void give_up(void)
{
    if (exhausted)
        exhausted();
    print_and_exit();
}

void *mem_new(size_t count, size_t size)
{
    void *block = calloc(count ? count : 1, size ? size : 1);

    if (!block)
        give_up();
    return block;
}

void *mem_resize(void *old, size_t count, size_t size)
{
    void *block;

    if (size && count > SIZE_MAX / size)
        give_up();
    block = realloc(old, count > 0 && size > 0 ? count * size : 1);
    if (!block)
        give_up();
    return block;
}

void *mem_copy(const void *bytes, size_t length)
{
    void *block = mem_resize(NULL, length, 1);

    if (length)
        memcpy(block, bytes, length);
    return block;
}

bool mem_is_zero(const void *bytes, size_t length)
{
    const unsigned char *const first = bytes;

    /* Zero at the first byte and every byte equal to its neighbour: memcmp is the fastest loop
     * there is. Most data differs in the first bytes, most zeros are found by the vector code. */
    return length == 0 || (*first == 0 && memcmp(first, first + 1, length - 1) == 0);
}

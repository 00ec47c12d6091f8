/* loader.h: shared libraries that are loaded when they are wanted, not at every start. */
#ifndef OS_LOADER_H
#define OS_LOADER_H

#include <stdbool.h>
#include <stddef.h>

struct loader_function {
    const char *name;
    size_t offset; /* of its address, in the table that is filled */
};

/* A row of such a table, of the struct and the member that has the name of the function. */
#define LOADER_ROW(table, function)                                                                \
    {                                                                                              \
#function, offsetof(struct table, function)                                                \
    }

/* Load the library of that file name, wherever the system has it, and fill the table with its
 * functions. False when it, or one of them, is not there. It stays loaded: it may have registered
 * things to be done at exit. */
bool loader_load(const char *library, const struct loader_function *functions, size_t count,
                 void *table);

#endif

#include "os/loader.h"

#include <dlfcn.h>
#include <string.h>

bool loader_load(const char *library, const struct loader_function *functions, size_t count,
                 void *table)
{
    void *const handle = dlopen(library, RTLD_NOW | RTLD_LOCAL);

    for (size_t i = 0; handle && i < count; i++) {
        void *const symbol = dlsym(handle, functions[i].name);

        if (!symbol)
            return false;
        /* POSIX, dlsym: a function's address is kept in an object's pointer. */
        memcpy((char *)table + functions[i].offset, &symbol, sizeof symbol);
    }
    return handle != NULL;
}

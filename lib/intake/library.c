#include "intake/library.h"

#include <dlfcn.h>
#include <stddef.h>
#include <string.h>

struct function {
    const char *name;
    size_t offset; /* in struct library */
};

#define FUNCTION(name) {#name, offsetof(struct library, name)},

static const struct function functions[] = {LIBRARY_FUNCTIONS(FUNCTION)};

static int missing(struct err *err)
{
    err_set(err, E_UNSUPPORTED, "libarchive, which unpacks it, is not on this system");
    return err_hint(err, "install it (Debian: libarchive13), or unpack the file first");
}

int library_load(struct library *ret, struct err *err)
{
    /* Its major version since 2011. Never closed: it may have registered things to be done at exit,
     * and a second archive will want it again. */
    void *const handle = dlopen("libarchive.so.13", RTLD_NOW | RTLD_LOCAL);

    if (!handle)
        return missing(err);
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
        void *const symbol = dlsym(handle, functions[i].name);

        if (!symbol)
            return missing(err);
        /* POSIX, dlsym: a function's address is kept in an object's pointer. */
        memcpy((char *)ret + functions[i].offset, &symbol, sizeof symbol);
    }
    return 0;
}

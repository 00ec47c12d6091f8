#include "intake/library.h"

#include "os/loader.h"

#define FUNCTION(name) LOADER_ROW(library, name),

static const struct loader_function functions[] = {LIBRARY_FUNCTIONS(FUNCTION)};

int library_load(struct library *ret, struct err *err)
{
    /* Its major version since 2011. */
    if (loader_load("libarchive.so.13", functions, sizeof functions / sizeof *functions, ret))
        return 0;
    err_set(err, E_UNSUPPORTED, "libarchive, which unpacks it, is not on this system");
    return err_hint(err, "install it (Debian: libarchive13), or unpack the file first");
}

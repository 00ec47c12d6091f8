#include "files/library.h"

#include "os/loader.h"

#define FUNCTION(name) LOADER_ROW(library, name),

static const struct loader_function functions[] = {LIBRARY_FUNCTIONS(FUNCTION)};

int files_library_load(struct library *ret, struct err *err)
{
    if (loader_load("libext2fs.so.2", functions, sizeof functions / sizeof *functions, ret))
        return 0;
    err_set(err, E_UNSUPPORTED, "libext2fs, which reads it, is not on this system");
    return err_hint(err, "install it (Debian: libext2fs2)");
}

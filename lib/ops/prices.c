/* The prices that plans and costs count with. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "ops/room.h"
#include "os/file.h"
#include "store/layout.h"

enum { PRICES_MAX = 1 << 16 }; /* bytes: a list of a few prices */

static int parse_named(const char *file, struct prices *ret, struct err *err)
{
    char *text = NULL;
    int rc = gal_read_text(file, &text, err);

    if (rc == 0 && prices_parse(text, strlen(text), ret, err))
        rc = err_wrap(err, "cannot use the prices in '%s'", file);
    free(text);
    return rc;
}

/* E_NOT_FOUND when it has none. */
static int parse_stored(const struct store *store, struct prices *ret, struct err *err)
{
    struct buf text = {0};
    int rc = store->root == FILE_NONE
                 ? E_NOT_FOUND
                 : file_read_all(store->root, LAYOUT_PRICES, PRICES_MAX, &text, err);

    if (rc == 0 && prices_parse(buf_text(&text), text.length, ret, err))
        rc = err_wrap(err, "cannot use the prices in '%s/" LAYOUT_PRICES "'", store->path);
    buf_done(&text);
    return rc;
}

int ops_prices(const struct store *store, const char *file, struct prices *ret, char **ret_from,
               struct err *err)
{
    const int rc = file ? parse_named(file, ret, err) : parse_stored(store, ret, err);

    if (rc == E_NOT_FOUND && !file) {
        *ret = prices_built_in();
        *ret_from = text_copy(PRICES_BUILT_IN);
        return 0;
    }
    if (rc == 0)
        *ret_from = text_printf("%s of %s", file ? file : LAYOUT_PRICES, ret->as_of);
    return rc;
}

/* What image versions cost. */
#include <stdlib.h>

#include "base/text.h"
#include "ops/room.h"

static void note_unseen(const struct coverage *coverage, struct cost *ret)
{
    const int64_t unseen = coverage->wanted.value - coverage->intact.value;
    char *note;

    if (unseen <= 0)
        return;
    note = text_printf("%lld of %lld replicas %s not intact: what is stored is not all",
                       (long long)unseen, (long long)coverage->wanted.value,
                       unseen == 1 ? "is" : "are");
    texts_add(&ret->notes, note);
    free(note);
}

int gal_cost(struct store *store, const struct cost_request *request, struct cost *ret,
             struct err *err)
{
    const struct coverage_request asked = {.ref = request->ref, .others = request->others};
    struct coverage coverage = {0};
    struct prices prices = {0};
    char *from = NULL;
    int rc = ops_prices(store, request->prices, &prices, &from, err);

    if (rc == 0)
        rc = gal_coverage(store, &asked, &coverage, err);
    if (coverage.state) {
        cost_of(&coverage, &prices, from, ret);
        note_unseen(&coverage, ret);
        for (size_t i = 0; i < ret->notes.count; i++)
            store_notice(store, "%s", ret->notes.items[i]);
    }
    shape_done(&coverage_shape, &coverage);
    shape_done(&prices_shape, &prices);
    free(from);
    return rc;
}

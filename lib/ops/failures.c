#include "ops/failures.h"

#include <stdlib.h>

#include "base/text.h"
#include "base/vec.h"

void failures_tell(struct failures *failures)
{
    if (failures->count == 1)
        store_notice(failures->store, "%s", failures->first.text);
}

void failures_add(struct failures *failures, const struct err *err)
{
    if (failures->store)
        failures_tell(failures);
    else
        *VEC_ADD(&failures->kept) = *err;
    failures->last = *err;
    if (failures->count++ == 0) {
        failures->first = *err;
        return;
    }
    if (failures->store)
        store_notice(failures->store, "%s", err->text);
    failures->hints_differ |= !text_equal(err->hint, failures->first.hint);
}

void failures_move(struct failures *failures, struct failures *from)
{
    for (size_t i = 0; i < from->kept.count; i++)
        failures_add(failures, &from->kept.items[i]);
    failures_drop(from);
}

void failures_drop(struct failures *failures)
{
    free(failures->kept.items);
    *failures = (struct failures){.store = failures->store};
}

const char *failures_hint(const struct failures *failures)
{
    return failures->hints_differ ? "" : failures->first.hint;
}

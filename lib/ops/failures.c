#include "ops/failures.h"

#include "base/text.h"

void failures_tell(struct failures *failures)
{
    if (failures->count == 1)
        store_notice(failures->store, "%s", failures->first.text);
}

void failures_add(struct failures *failures, const struct err *err)
{
    failures_tell(failures);
    failures->last = *err;
    if (failures->count++ == 0) {
        failures->first = *err;
        return;
    }
    store_notice(failures->store, "%s", err->text);
    failures->hints_differ |= !text_equal(err->hint, failures->first.hint);
}

const char *failures_hint(const struct failures *failures)
{
    return failures->hints_differ ? "" : failures->first.hint;
}

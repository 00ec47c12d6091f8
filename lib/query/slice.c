/* array[start:stop:step], with the meaning that Python gives it. */
#include "query/room.h"

#include <stdlib.h>

/* An end that was given, counted from the array's end when negative; nowhere beyond `low` and
 * `high`. Counts are far below the range, so that nothing overflows. */
static int64_t bounded(int64_t at, int64_t count, int64_t low, int64_t high)
{
    if (at < 0)
        at = at < -count ? low : at + count;
    return at < low ? low : at > high ? high : at;
}

int slice_eval(struct run *run, const struct node *node, const struct json *in,
               const struct json **ret)
{
    const struct slice *const slice = &node->slice;
    const bool back = slice->step < 0;
    struct elements all;
    int64_t count, at, stop;
    size_t place;
    int rc;

    if (json_kind(in) != JSON_ARRAY) {
        *ret = run->null;
        return 0;
    }
    rc = run_elements(run, node, in, &all);
    if (rc)
        return rc;
    count = (int64_t)all.count;
    at = slice->has_start ? bounded(slice->start, count, back ? -1 : 0, back ? count - 1 : count)
                          : (back ? count - 1 : 0);
    stop = slice->has_stop ? bounded(slice->stop, count, back ? -1 : 0, back ? count - 1 : count)
                           : (back ? -1 : count);
    place = run_begin(run, json_new_array());
    while (!rc && (back ? at > stop : at < stop)) {
        rc = run_append(run, node, place, all.items[at]);
        /* A step beyond the array ends it. */
        if (back ? slice->step < stop - at : slice->step > stop - at)
            break;
        at += slice->step;
    }
    free(all.items);
    *ret = run->items[place].json;
    return rc;
}

/* Operations on regions. */
#include <stdlib.h>

#include "base/text.h"
#include "ops/room.h"

int gal_region_list(struct store *store, struct regions *ret, struct err *err)
{
    (void)store;
    (void)err;
    for (const struct region_row *row = region_rows; row->name; row++)
        *VEC_ADD(ret) = (struct region){
            .name = text_copy(row->name),
            .display_name = text_copy(row->display_name),
            .cloud = row->cloud,
            .zones = {.set = true, .value = row->zones},
        };
    return 0;
}

void regions_done(struct regions *regions)
{
    for (size_t i = 0; i < regions->count; i++)
        shape_done(&region_shape, &regions->items[i]);
    free(regions->items);
    *regions = (struct regions){0};
}

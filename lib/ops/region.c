/* Operations on regions. */
#include "base/text.h"
#include "ops/room.h"

int ops_region(const char *text, const char **ret, struct err *err)
{
    const struct region_row *row;
    int rc;

    *ret = NULL;
    if (!text)
        return 0;
    rc = region_parse(text, &row, err);
    if (rc == 0)
        *ret = row->name;
    return rc;
}

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
    list_done(regions, &region_shape);
}

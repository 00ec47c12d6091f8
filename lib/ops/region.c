/* Operations on regions. */
#include "base/text.h"
#include "ops/room.h"

int ops_region(const struct store *store, const char *text, const char **ret, struct err *err)
{
    const struct region_row *row;
    int rc;

    *ret = NULL;
    if (!text)
        return 0;
    rc = region_parse(&store->regions, text, &row, err);
    if (rc == 0)
        *ret = row->name;
    return rc;
}

int ops_check_location(const struct store *store, char **location, struct err *err)
{
    const struct region_row *row;
    const int rc = region_parse(&store->regions, *location, &row, err);

    if (rc)
        return err_wrap(err, "location");
    text_replace(location, row->name);
    return 0;
}

int gal_region_name(struct store *store, char **name, struct err *err)
{
    const struct region_row *row;
    const int rc = region_parse(&store->regions, *name, &row, err);

    if (rc == 0)
        text_replace(name, row->name);
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

/* place: the replica directories of a target region, and their paths. */
#include "store/place.h"

#include <stdlib.h>

#include "base/buf.h"
#include "store/layout.h"
#include "tests/unit/unit.h"

/* The places of that many replicas, as paths with a blank behind each. */
static char *paths(enum storage_type type, int64_t count)
{
    char name[] = "westus2";
    const struct target_region target = {
        .name = name,
        .regional_replica_count = {.set = true, .value = count},
        .storage_account_type = type,
    };
    struct replica_place place = place_before(&target);
    struct buf text = {0};

    while (place_next(&place, &target)) {
        layout_add_replica(&text, &place);
        buf_add_text(&text, place_ends_replica(&place) ? "\n" : " ");
    }
    return buf_take(&text);
}

START_TEST(a_replica_is_one_directory)
{
    char *const two = paths(STORAGE_STANDARD_LRS, 2);
    char *const premium = paths(STORAGE_PREMIUM_LRS, 1);

    ck_assert_str_eq(two, "regions/westus2/standard_lrs/1\nregions/westus2/standard_lrs/2\n");
    ck_assert_str_eq(premium, "regions/westus2/premium_lrs/1\n");
    free(two);
    free(premium);
}
END_TEST

START_TEST(a_zone_redundant_replica_is_one_directory_in_each_zone)
{
    char *const two = paths(STORAGE_STANDARD_ZRS, 2);

    ck_assert_str_eq(two, "regions/westus2/standard_zrs/1/zone-1 "
                          "regions/westus2/standard_zrs/1/zone-2 "
                          "regions/westus2/standard_zrs/1/zone-3\n"
                          "regions/westus2/standard_zrs/2/zone-1 "
                          "regions/westus2/standard_zrs/2/zone-2 "
                          "regions/westus2/standard_zrs/2/zone-3\n");
    free(two);
}
END_TEST

START_TEST(no_target_has_no_places)
{
    struct replica_place place = place_before(NULL);

    ck_assert(!place_next(&place, NULL));
}
END_TEST

START_TEST(places_differ_by_zone)
{
    const struct replica_place one = {"westus2", STORAGE_STANDARD_ZRS, 1, 1};
    const struct replica_place two = {"westus2", STORAGE_STANDARD_ZRS, 1, 2};
    struct buf claim = {0};

    layout_add_claim(&claim, &two);
    ck_assert_str_eq(buf_text(&claim), "replicas/westus2.standard_zrs.1.zone-2.json");
    ck_assert(place_equal(&one, &one));
    ck_assert(!place_equal(&one, &two));
    buf_done(&claim);
}
END_TEST

UNIT_MAIN("store/place", a_replica_is_one_directory,
          a_zone_redundant_replica_is_one_directory_in_each_zone, no_target_has_no_places,
          places_differ_by_zone)

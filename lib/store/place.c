#include "store/place.h"

#include "base/text.h"

unsigned place_zones(enum storage_type type)
{
    return type == STORAGE_STANDARD_ZRS ? ZONES : 0;
}

struct replica_place place_before(const struct target_region *target)
{
    if (!target)
        return (struct replica_place){0};
    return (struct replica_place){
        .region = target->name,
        .type = target->storage_account_type,
        .zone = place_zones(target->storage_account_type),
    };
}

bool place_ends_replica(const struct replica_place *place)
{
    return place->zone == place_zones(place->type);
}

bool place_next(struct replica_place *place, const struct target_region *target)
{
    if (!target)
        return false;
    if (!place_ends_replica(place)) {
        place->zone++;
        return true;
    }
    if (place->number >= (unsigned)target->regional_replica_count.value)
        return false;
    place->number++;
    place->zone = place_zones(place->type) > 0;
    return true;
}

struct replica_place place_first(const struct target_region *target)
{
    struct replica_place place = place_before(target);

    place_next(&place, target);
    return place;
}

bool place_equal(const struct replica_place *left, const struct replica_place *right)
{
    return left->type == right->type && left->number == right->number &&
           left->zone == right->zone && text_equal(left->region, right->region);
}

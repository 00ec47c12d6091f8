/* What of a version is stored for it alone, and what another one needs too. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "ops/difference.h"
#include "ops/plan.h"
#include "replica/need.h"

/* --- in one replica --- */

/* E_NOT_FOUND when one of its disks is not there to be read. */
static int add_needs(const struct replica *replica, const struct version *version, struct need *ret,
                     struct err *err)
{
    struct disk_digest *digests = NULL;
    size_t count = 0;
    bool has = false;
    int rc = ops_digests(version, &digests, &count, err);

    if (rc == 0)
        rc = ops_has_disks(replica, digests, count, &has, err);
    if (rc == 0 && !has)
        rc = err_set(err, E_NOT_FOUND, "replica '%s' has not all disks", replica->label);
    for (size_t i = 0; rc == 0 && i < count; i++) {
        struct disk *disk = NULL;

        rc = disk_open(replica->dir, &digests[i], &disk, err);
        if (rc == 0)
            rc = need_add(ret, replica->dir, disk, err);
        disk_close(disk);
    }
    free(digests);
    return rc;
}

static const struct need_blob *find_blob(const struct need *need, const struct blob_name *name)
{
    for (size_t i = 0; i < need->count; i++)
        if (memcmp(&need->items[i].blob.name, name, sizeof *name) == 0)
            return &need->items[i];
    return NULL;
}

struct stored_sum {
    uint64_t stored, shared;
};

static int count_blob(const struct replica *replica, const struct need_blob *item,
                      const struct need_blob *other, struct stored_sum *sum, struct err *err)
{
    struct blob *blob = NULL;
    int rc = blob_open(replica->dir, &item->blob.name, &blob, err);

    if (rc == 0 && blob_block_count(blob) != item->blob.blocks)
        rc = err_set(err, E_CORRUPT, "a blob has not the blocks that the disk map says");
    for (uint32_t i = 0; rc == 0 && i < blob_frame_count(blob); i++) {
        const struct frame *const frame = blob_frame(blob, i);

        if (!need_frame(item, frame))
            continue;
        sum->stored += frame->stored_length;
        if (other && need_frame(other, frame))
            sum->shared += frame->stored_length;
    }
    blob_close(blob);
    return rc;
}

static int count_needs(const struct replica *replica, const struct need *from,
                       const struct need *to, struct stored_difference *ret, struct err *err)
{
    struct stored_sum sum = {0};
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < to->count; i++)
        rc =
            count_blob(replica, &to->items[i], find_blob(from, &to->items[i].blob.name), &sum, err);
    if (rc)
        return rc;
    *ret = (struct stored_difference){
        .replica = text_copy(replica->label),
        .stored_bytes = opt_int_of(sum.stored),
        .shared_bytes = opt_int_of(sum.shared),
        .new_bytes = opt_int_of(sum.stored - sum.shared),
    };
    return 0;
}

static int count_in(const struct differing *differing, const struct replica_place *place,
                    struct err *err)
{
    struct replica replica = REPLICA_NONE;
    struct need from = {0}, to = {0};
    int rc = planning_open(differing->store, place, &replica, err);

    if (rc == 0)
        rc = add_needs(&replica, &differing->from.disks.version, &from, err);
    if (rc == 0)
        rc = add_needs(&replica, &differing->to.disks.version, &to, err);
    if (rc == 0)
        rc = count_needs(&replica, &from, &to, &differing->difference->stored, err);
    need_done(&from);
    need_done(&to);
    replica_close(&replica);
    return rc;
}

/* --- which replica --- */

static bool has_place(const struct replica_set *set, const struct replica_place *place)
{
    for (size_t i = 0; i < set->count; i++)
        if (place_equal(&set->places[i], place))
            return true;
    return false;
}

void differing_stored(struct differing *differing)
{
    const struct replica_set *const from = &differing->from.disks.replicas;
    const struct replica_set *const to = &differing->to.disks.replicas;

    for (size_t i = 0; i < from->count; i++) {
        struct err ignored = {0};

        if (has_place(to, &from->places[i]) && count_in(differing, &from->places[i], &ignored) == 0)
            return;
    }
    store_notice(differing->store,
                 "no replica has all of both image versions: what they share of what is stored "
                 "cannot be told");
}

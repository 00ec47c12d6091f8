#include "replica/copy_plan.h"

#include <errno.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/number.h"
#include "replica/copy.h"

enum {
    PLAN_IDS = 1024, /* identities read at once */
    FRAME_COST = 32, /* in the tables of a blob: see blob.h */
    BLOCK_COST = 32,
    BLOB_COST = 32 + 64, /* header and footer */
};

void copy_plan_done(struct copy_plan *plan)
{
    need_done(&plan->need);
    free(plan->steps);
    *plan = (struct copy_plan){0};
}

int copy_blame_source(const struct replica *from, int code, struct err *err)
{
    err_wrap(err, "cannot copy from replica '%s'", from->label);
    if (code == E_FAILED && err && err->os == EIO)
        return err->code = E_CORRUPT;
    return code;
}

/* Take out of `item` what the target has. `beside` is where the next block would be in a run. */
static int plan_subtract(struct need_blob *item, const struct blob *blob, struct index *index,
                         struct err *err)
{
    struct block_id *ids = mem_new(PLAN_IDS, sizeof *ids);
    struct index_place place = {0};
    int found = 0;
    int rc = 0;

    for (uint32_t first = 0; rc == 0 && first < item->blob.blocks; first += PLAN_IDS) {
        const uint32_t left = item->blob.blocks - first;
        const uint32_t count = left < PLAN_IDS ? left : PLAN_IDS;

        rc = blob_ids(blob, first, count, ids, err);
        for (uint32_t i = 0; rc == 0 && i < count; i++) {
            if (!need_has(item, first + i))
                continue;
            place.block++;
            if (!found || !index_is(index, place, &ids[i]))
                found = index_find(index, &ids[i], &place, err);
            if (found > 0)
                need_drop(item, first + i);
            rc = found < 0 ? found : 0;
        }
    }
    free(ids);
    return rc;
}

static uint64_t stored_in_all(const struct blob *blob)
{
    uint64_t bytes = 0;

    for (uint32_t i = 0; i < blob_frame_count(blob); i++)
        bytes += blob_frame(blob, i)->stored_length;
    return bytes;
}

static uint64_t tables_of_needed(const struct need_blob *item, const struct blob *blob)
{
    uint64_t bytes = 0;

    for (uint32_t i = 0; i < blob_frame_count(blob); i++)
        if (need_frame(item, blob_frame(blob, i)))
            bytes += FRAME_COST + (uint64_t)blob_frame(blob, i)->count * BLOCK_COST;
    return bytes;
}

static struct copy_step plan_choose(const struct need_blob *item, const struct blob *blob)
{
    const uint64_t needed = need_stored(item, blob);

    if (needed == 0)
        return (struct copy_step){.way = COPY_NOTHING};
    if (2 * needed < stored_in_all(blob))
        return (struct copy_step){
            .way = COPY_FRAMES, .bytes = needed, .tables = tables_of_needed(item, blob)};
    return (struct copy_step){.way = COPY_WHOLE, .bytes = blob_size(blob)};
}

static int plan_blob(struct need_blob *item, const struct replica *from, struct index *index,
                     struct copy_step *ret, struct err *err)
{
    struct blob *blob = NULL;
    uint32_t number;
    int rc;

    if (index && index_number_of(index, &item->blob.name, &number) && index_blob(index, number)) {
        *ret = (struct copy_step){.way = COPY_NOTHING};
        return 0;
    }
    rc = blob_open(from->dir, &item->blob.name, &blob, err);
    if (rc == 0 && blob_block_count(blob) != item->blob.blocks)
        rc = err_set(err, E_CORRUPT, "a blob has not the blocks that the disk map says");
    if (rc < 0)
        return copy_blame_source(from, rc, err);
    rc = index ? plan_subtract(item, blob, index, err) : 0;
    if (rc == 0)
        *ret = plan_choose(item, blob);
    blob_close(blob);
    return rc;
}

static int plan_need(struct copy_plan *plan, const struct replica *from,
                     const struct disk_digest *digests, size_t count, struct err *err)
{
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < count; i++) {
        struct disk *disk = NULL;

        rc = disk_open(from->dir, &digests[i], &disk, err);
        if (rc == 0)
            rc = need_add(&plan->need, from->dir, disk, err);
        disk_close(disk);
    }
    return rc < 0 ? copy_blame_source(from, rc, err) : 0;
}

int copy_plan_make(struct copy_plan *plan, const struct replica *from, struct index *index,
                   const struct disk_digest *digests, size_t count, struct err *err)
{
    const int rc = plan_need(plan, from, digests, count, err);

    return rc < 0 ? rc : copy_plan_choose(plan, from, index, err);
}

int copy_plan_choose(struct copy_plan *plan, const struct replica *from, struct index *index,
                     struct err *err)
{
    int rc = 0;

    plan->steps = mem_new(plan->need.count, sizeof *plan->steps);
    for (size_t i = 0; rc == 0 && i < plan->need.count; i++) {
        rc = plan_blob(&plan->need.items[i], from, index, &plan->steps[i], err);
        plan->bytes += plan->steps[i].bytes;
    }
    return rc;
}

uint64_t copy_plan_size(const struct copy_plan *plan)
{
    uint64_t bytes = plan->bytes, gathered = 0;

    for (size_t i = 0; i < plan->need.count; i++) {
        if (plan->steps[i].way != COPY_FRAMES)
            continue;
        gathered += plan->steps[i].bytes;
        bytes += plan->steps[i].tables;
    }
    return bytes + number_divide_up(gathered, BLOB_STORED_MAX) * BLOB_COST;
}

/* Blocks that no map leads to: another disk may have the same ones. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/number.h"
#include "os/dir.h"
#include "replica/mend_room.h"

enum { IDS_AT_ONCE = 512 };

struct search {
    struct mending *mending;
    struct gap **wanted; /* those with a known identity, by that */
    size_t count;
};

static int by_id(const void *left, const void *right)
{
    const struct gap *const *const a = left;
    const struct gap *const *const b = right;

    return memcmp(&(*a)->id, &(*b)->id, sizeof(struct block_id));
}

const struct blob *mend_open(struct mending *mending, size_t replica, const struct disk_blob *named)
{
    const struct blob *blob;
    struct err ignored = {0};

    if (!mending->shelves[replica])
        mending->shelves[replica] = shelf_new(mending->replicas[replica]->dir);
    return shelf_blob(mending->shelves[replica], named, &blob, &ignored) ? NULL : blob;
}

static bool read_stored(struct mending *mending, const struct blob *blob, const struct gap *gap,
                        void *bytes)
{
    const struct desk_run run = {
        .blob = blob, .first = gap->place, .count = 1, .ids = &gap->id, .out = bytes};
    struct err ignored = {0};
    uint32_t got;

    return desk_read(mending->desk, &run, &got, &ignored) == 0;
}

static bool read_given(struct mending *mending, const struct gap *gap, void *bytes)
{
    const struct mend_job *const job = mending->job;
    struct block_id id;

    if (!job->given || !job->given(job->user, gap->block, bytes))
        return false;
    sha256_of(mending->sha256, bytes, BLOCK_SIZE, id.sha256);
    return memcmp(&id, &gap->id, sizeof id) == 0;
}

bool mend_read_gap(struct mending *mending, const struct gap *gap, void *bytes)
{
    const struct blob *blob;

    if (gap->way == GAP_GIVEN) {
        mending->used_given = true;
        return read_given(mending, gap, bytes);
    }
    blob = mend_open(mending, gap->replica, &gap->blob);
    mending->used[gap->replica] = true;
    return blob && read_stored(mending, blob, gap, bytes);
}

/* The first of those that want this identity, or the end. */
static size_t find_first(const struct search *search, const struct block_id *id)
{
    size_t low = 0, high = search->count;

    while (low < high) {
        const size_t middle = low + (high - low) / 2;

        if (memcmp(&search->wanted[middle]->id, id, sizeof *id) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void try_block(struct search *search, size_t replica, const struct blob *blob,
                      const struct block_id *id, uint32_t place)
{
    struct mending *const mending = search->mending;

    for (size_t i = find_first(search, id);
         i < search->count && memcmp(&search->wanted[i]->id, id, sizeof *id) == 0; i++) {
        struct gap *const gap = search->wanted[i];

        if (gap->way != GAP_LOST)
            continue;
        gap->place = place;
        gap->replica = replica;
        gap->blob = (struct disk_blob){
            .name = blob_name(blob), .size = blob_size(blob), .blocks = blob_block_count(blob)};
        if (!read_stored(mending, blob, gap, mending->bytes))
            return;
        gap->way = GAP_STORED;
    }
}

static void search_blob(struct search *search, size_t replica, const char *file)
{
    const int dir = search->mending->replicas[replica]->dir;
    struct block_id *const ids = mem_new(IDS_AT_ONCE, sizeof *ids);
    struct blob_name name;
    struct blob *blob = NULL;
    struct err ignored = {0};

    if (blob_name_parse(file, &name) && blob_open(dir, &name, &blob, &ignored) == 0)
        for (uint32_t first = 0; first < blob_block_count(blob); first += IDS_AT_ONCE) {
            const uint32_t count =
                (uint32_t)number_smaller(IDS_AT_ONCE, blob_block_count(blob) - first);

            if (blob_ids(blob, first, count, ids, &ignored))
                break;
            for (uint32_t i = 0; i < count; i++)
                try_block(search, replica, blob, &ids[i], first + i);
        }
    blob_close(blob);
    free(ids);
}

static bool is_done(const struct search *search)
{
    for (size_t i = 0; i < search->count; i++)
        if (search->wanted[i]->way == GAP_LOST)
            return false;
    return true;
}

static void search_replica(struct search *search, size_t replica)
{
    struct texts names = {0};
    struct err ignored = {0};

    if (dir_list(search->mending->replicas[replica]->blobs, ".", &names, &ignored) == 0)
        for (size_t i = 0; i < names.count && !is_done(search); i++)
            search_blob(search, replica, names.items[i]);
    texts_done(&names);
}

void mend_search(struct mending *mending)
{
    struct search search = {
        .mending = mending,
        .wanted = mem_new(mending->gaps.count, sizeof(struct gap *)),
    };

    for (size_t i = 0; i < mending->gaps.count; i++)
        if (mending->gaps.items[i].known)
            search.wanted[search.count++] = &mending->gaps.items[i];
    if (search.count > 0)
        qsort(search.wanted, search.count, sizeof *search.wanted, by_id);
    for (size_t i = 0; i < mending->count && !is_done(&search); i++)
        search_replica(&search, i);
    for (size_t i = 0; i < search.count; i++)
        if (search.wanted[i]->way == GAP_LOST &&
            read_given(mending, search.wanted[i], mending->bytes))
            search.wanted[i]->way = GAP_GIVEN;
    free(search.wanted);
}

#include "replica/compact_memo.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/vec.h"

struct known_disk {
    struct disk_digest digest;
    struct disk *disk;
    size_t *numbers; /* of the blobs of its table, once its needs were asked for */
};

struct known_frames {
    struct frame *items;
    uint32_t count;
    bool read;
};

struct compact_memo {
    struct {
        struct known_disk *items; /* by digest */
        size_t count;
    } disks;
    struct need need; /* every blob that was ever named */
    struct {
        struct known_frames *items; /* of the same blobs */
        size_t count;
    } frames;
    struct {
        size_t *items; /* the numbers of those that are named now */
        size_t count;
    } named;
};

struct compact_memo *compact_memo_new(void)
{
    return mem_new(1, sizeof(struct compact_memo));
}

void compact_memo_free(struct compact_memo *memo)
{
    if (!memo)
        return;
    for (size_t i = 0; i < memo->disks.count; i++) {
        disk_close(memo->disks.items[i].disk);
        free(memo->disks.items[i].numbers);
    }
    for (size_t i = 0; i < memo->frames.count; i++)
        free(memo->frames.items[i].items);
    free(memo->disks.items);
    free(memo->frames.items);
    free(memo->named.items);
    need_done(&memo->need);
    free(memo);
}

/* --- disks --- */

/* Where it is, or belongs. */
static size_t place_of(const struct compact_memo *memo, const struct disk_digest *digest)
{
    size_t low = 0, high = memo->disks.count;

    while (low < high) {
        const size_t middle = low + (high - low) / 2;

        if (memcmp(&memo->disks.items[middle].digest, digest, sizeof *digest) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static int find_disk(struct compact_memo *memo, int dir, const struct disk_digest *digest,
                     struct known_disk **ret, struct err *err)
{
    const size_t place = place_of(memo, digest);
    struct known_disk *known = &memo->disks.items[place];
    struct disk *disk = NULL;
    int rc;

    if (place < memo->disks.count && memcmp(&known->digest, digest, sizeof *digest) == 0) {
        *ret = known;
        return 0;
    }
    rc = disk_open(dir, digest, &disk, err);
    if (rc == 0)
        rc = disk_hold(disk, err);
    if (rc < 0) {
        disk_close(disk);
        return rc;
    }
    VEC_ADD(&memo->disks);
    known = &memo->disks.items[place];
    memmove(known + 1, known, (memo->disks.count - 1 - place) * sizeof *known);
    *known = (struct known_disk){.digest = *digest, .disk = disk};
    *ret = known;
    return 0;
}

int compact_memo_disk(struct compact_memo *memo, int dir, const struct disk_digest *digest,
                      struct disk **ret, struct err *err)
{
    struct known_disk *known;
    const int rc = find_disk(memo, dir, digest, &known, err);

    if (rc == 0)
        *ret = known->disk;
    return rc;
}

/* --- needs --- */

static int number_blobs(struct compact_memo *memo, int dir, struct known_disk *known,
                        struct err *err)
{
    const size_t count = disk_blob_count(known->disk);
    size_t *const numbers = mem_new(count, sizeof *numbers);
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < count; i++)
        rc = need_number(&memo->need, dir, disk_blob(known->disk, i), &numbers[i], err);
    while (memo->frames.count < memo->need.count)
        VEC_ADD(&memo->frames);
    if (rc == 0)
        known->numbers = numbers;
    else
        free(numbers);
    return rc;
}

static int mark_needs(struct compact_memo *memo, struct known_disk *known, bool *named,
                      struct err *err)
{
    int rc = 0;

    for (size_t i = 0; i < disk_blob_count(known->disk); i++)
        named[known->numbers[i]] = true;
    for (size_t i = 0; rc == 0 && i < disk_segment_count(known->disk); i++)
        rc = need_add_segment(&memo->need, known->disk, i, known->numbers, err);
    return rc;
}

/* Those that are named, in the order in which they came to be known. */
static void list_named(struct compact_memo *memo, const bool *named, struct need *ret)
{
    free(memo->named.items);
    memo->named.items = NULL;
    memo->named.count = 0;
    for (size_t i = 0; i < memo->need.count; i++) {
        if (!named[i])
            continue;
        *VEC_ADD(&memo->named) = i;
        *VEC_ADD(ret) = memo->need.items[i];
    }
}

int compact_memo_need(struct compact_memo *memo, int dir, const struct disk_digest *digests,
                      size_t count, struct need *ret, struct err *err)
{
    struct known_disk *known;
    bool *named;
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < count; i++) {
        rc = find_disk(memo, dir, &digests[i], &known, err);
        if (rc == 0 && !known->numbers)
            rc = number_blobs(memo, dir, known, err);
    }
    if (rc < 0)
        return rc;
    for (size_t i = 0; i < memo->need.count; i++)
        need_forget(&memo->need.items[i]);
    named = mem_new(memo->need.count, sizeof *named);
    for (size_t i = 0; rc == 0 && i < count; i++) {
        rc = find_disk(memo, dir, &digests[i], &known, err);
        if (rc == 0)
            rc = mark_needs(memo, known, named, err);
    }
    if (rc == 0)
        list_named(memo, named, ret);
    free(named);
    return rc;
}

/* --- frames --- */

int compact_memo_frames(struct compact_memo *memo, int dir, size_t number, const struct frame **ret,
                        uint32_t *ret_count, struct err *err)
{
    const size_t at = memo->named.items[number];
    struct known_frames *const frames = &memo->frames.items[at];
    struct blob *blob = NULL;
    int rc = 0;

    if (!frames->read) {
        /* Its block table is not needed. */
        rc = blob_open_trusted(dir, &memo->need.items[at].blob.name, BLOB_PROVEN, &blob, err);
        if (rc < 0)
            return rc;
        frames->count = blob_frame_count(blob);
        frames->items = mem_copy(blob_frame(blob, 0), frames->count * sizeof *frames->items);
        frames->read = true;
        blob_close(blob);
    }
    *ret = frames->items;
    *ret_count = frames->count;
    return 0;
}

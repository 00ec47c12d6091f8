/* Entries of an index in memory: made of a blob, sorted, merged. */
#include "blob/room.h"

#include <stdlib.h>

#include "base/mem.h"

enum {
    IDS_AT_ONCE = 4096,   /* identities read at a time when a blob is indexed */
    BUCKET_ENTRIES = 4,   /* on average, so that sorting one takes a few comparisons */
    BUCKETS_LOG_MAX = 18, /* 1 MiB of counters */
    KEY_BITS = 64,
};

uint64_t index_key(const struct block_id *id)
{
    uint64_t key = 0;

    for (size_t i = 0; i < sizeof key; i++)
        key = key << 8 | id->sha256[i];
    return key;
}

static int compare_entries(const void *left, const void *right)
{
    const struct index_entry *a = left, *b = right;

    if (a->key != b->key)
        return a->key < b->key ? -1 : 1;
    return (a->block > b->block) - (a->block < b->block);
}

/* Keys are parts of digests and so evenly spread: their first bits put them into many small
 * buckets, whose order is already right. Keys that somebody made to share theirs only cost the
 * comparisons. */
static void sort(struct index_entries *entries)
{
    const size_t count = entries->count;
    struct index_entry *sorted = mem_new(count, sizeof *sorted);
    unsigned bits = 1;
    uint32_t *ends; /* of each bucket; at first, how many are in it */

    while (bits < BUCKETS_LOG_MAX && (size_t)BUCKET_ENTRIES << bits < count)
        bits++;
    ends = mem_new(((size_t)1 << bits) + 1, sizeof *ends);
    for (size_t i = 0; i < count; i++)
        ends[(entries->items[i].key >> (KEY_BITS - bits)) + 1]++;
    for (size_t i = 0; i < (size_t)1 << bits; i++)
        ends[i + 1] += ends[i];
    for (size_t i = 0; i < count; i++)
        sorted[ends[entries->items[i].key >> (KEY_BITS - bits)]++] = entries->items[i];
    for (size_t i = 0; i < (size_t)1 << bits; i++) {
        const size_t first = i ? ends[i - 1] : 0;

        if (ends[i] - first > 1)
            qsort(sorted + first, ends[i] - first, sizeof *sorted, compare_entries);
    }
    free(ends);
    free(entries->items);
    entries->items = sorted;
}

int index_entries_read(const struct blob *blob, uint32_t number, struct index_entries *ret,
                       struct err *err)
{
    const uint32_t count = blob_block_count(blob);
    struct block_id *ids = mem_new(IDS_AT_ONCE, sizeof *ids);
    struct index_entries entries = {.items = mem_new(count, sizeof *entries.items), .count = count};
    int rc = 0;

    for (uint32_t first = 0; rc == 0 && first < count; first += IDS_AT_ONCE) {
        const uint32_t some = count - first < IDS_AT_ONCE ? count - first : IDS_AT_ONCE;

        rc = blob_ids(blob, first, some, ids, err);
        for (uint32_t i = 0; rc == 0 && i < some; i++)
            entries.items[first + i] =
                (struct index_entry){.key = index_key(&ids[i]), .blob = number, .block = first + i};
    }
    free(ids);
    if (rc) {
        free(entries.items);
        return rc;
    }
    sort(&entries);
    *ret = entries;
    return 0;
}

struct index_entries index_entries_merge(const struct index_entries *left,
                                         const struct index_entries *right)
{
    struct index_entries both = {.count = left->count + right->count};
    size_t l = 0, r = 0;

    both.items = mem_new(both.count, sizeof *both.items);
    for (size_t i = 0; i < both.count; i++)
        if (r == right->count || (l < left->count && left->items[l].key <= right->items[r].key))
            both.items[i] = left->items[l++];
        else
            both.items[i] = right->items[r++];
    return both;
}

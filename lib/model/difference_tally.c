/* Changed bytes, counted by partition and joined to changes. */
#include <stdlib.h>

#include "base/mem.h"
#include "base/number.h"
#include "base/vec.h"
#include "model/difference.h"

/* --- pieces: whose which bytes are --- */

static uint64_t end_of(const struct partition_difference *partition)
{
    return (uint64_t)partition->start_in_bytes.value + (uint64_t)partition->size_in_bytes.value;
}

static bool holds(const struct partition_difference *partition, uint64_t at)
{
    return partition->number.set && at >= (uint64_t)partition->start_in_bytes.value &&
           at < end_of(partition);
}

/* Of those that begin at one byte the smallest lies inside. */
static bool is_inside(const struct partition_difference *partition,
                      const struct partition_difference *other)
{
    if (partition->start_in_bytes.value != other->start_in_bytes.value)
        return partition->start_in_bytes.value > other->start_in_bytes.value;
    return partition->size_in_bytes.value < other->size_in_bytes.value;
}

/* The last of the list stands for what is in none. */
static size_t owner_of(const struct partition_differences *partitions, uint64_t at)
{
    size_t owner = partitions->count - 1;
    const struct partition_difference *inmost = NULL;

    for (size_t i = 0; i < partitions->count; i++) {
        const struct partition_difference *const partition = &partitions->items[i];

        if (!holds(partition, at) || (inmost && !is_inside(partition, inmost)))
            continue;
        inmost = partition;
        owner = i;
    }
    return owner;
}

static int by_number(const void *left, const void *right)
{
    const uint64_t one = *(const uint64_t *)left, other = *(const uint64_t *)right;

    return one < other ? -1 : one > other;
}

static void add_piece(struct difference_tally *tally, uint64_t end, size_t owner)
{
    struct difference_piece *const last =
        tally->pieces.count ? &tally->pieces.items[tally->pieces.count - 1] : NULL;

    if (last && last->owner == owner)
        last->end = end;
    else
        *VEC_ADD(&tally->pieces) = (struct difference_piece){.end = end, .owner = owner};
}

/* Between one byte where a partition begins or ends and the next all belong together. */
static void cut(struct difference_tally *tally)
{
    const struct partition_differences *const partitions = &tally->disk->partitions;
    uint64_t *const bounds = mem_new(2 * partitions->count + 1, sizeof *bounds);
    size_t count = 1; /* the disk's beginning */

    for (size_t i = 0; i < partitions->count; i++) {
        bounds[count++] = (uint64_t)partitions->items[i].start_in_bytes.value;
        bounds[count++] = end_of(&partitions->items[i]);
    }
    qsort(bounds, count, sizeof *bounds, by_number);
    for (size_t i = 0; i < count; i++) {
        const uint64_t end = i + 1 < count ? bounds[i + 1] : UINT64_MAX;

        if (end > bounds[i])
            add_piece(tally, end, partitions->count ? owner_of(partitions, bounds[i]) : 0);
    }
    free(bounds);
}

/* --- the sums --- */

static void add(struct opt_int *sum, uint64_t bytes)
{
    *sum = opt_int_of((uint64_t)sum->value + bytes);
}

static uint64_t larger(const struct opt_int *one, const struct opt_int *other)
{
    return (uint64_t)(one->value > other->value ? one->value : other->value);
}

void difference_tally_begin(struct difference_tally *tally, struct disk_difference *disk,
                            size_t most)
{
    *tally = (struct difference_tally){
        .disk = disk, .size = larger(&disk->from_size, &disk->to_size), .most = most};
    for (size_t i = 0; i < disk->partitions.count; i++) {
        struct partition_difference *const partition = &disk->partitions.items[i];

        partition->changed_bytes = partition->new_bytes = partition->freed_bytes = opt_int_of(0);
    }
    cut(tally);
}

/* List the last change, if there is one. */
static void close_change(struct difference_tally *tally)
{
    const struct partition_differences *const partitions = &tally->disk->partitions;

    if (tally->last.start == tally->last.end)
        return;
    tally->changes++;
    if (tally->disk->changes.count < tally->most)
        *VEC_ADD(&tally->disk->changes) = (struct disk_change){
            .partition = partitions->count ? partitions->items[tally->last.owner].number
                                           : (struct opt_int){0},
            .start_in_bytes = opt_int_of(tally->last.start),
            .size_in_bytes = opt_int_of(tally->last.end - tally->last.start),
        };
}

static void join(struct difference_tally *tally, uint64_t start, uint64_t end, size_t owner)
{
    if (tally->last.end != start || tally->last.owner != owner) {
        close_change(tally);
        tally->last.start = start;
        tally->last.owner = owner;
    }
    tally->last.end = end;
}

static void count(struct difference_tally *tally, size_t owner, uint64_t bytes,
                  enum block_change change)
{
    struct partition_difference *const partition =
        tally->disk->partitions.count ? &tally->disk->partitions.items[owner] : NULL;

    tally->changed_bytes += bytes;
    *(change == BLOCK_FREED ? &tally->freed_bytes : &tally->new_bytes) += bytes;
    if (!partition)
        return;
    add(&partition->changed_bytes, bytes);
    add(change == BLOCK_FREED ? &partition->freed_bytes : &partition->new_bytes, bytes);
}

void difference_tally_add(struct difference_tally *tally, uint64_t start, uint64_t size,
                          enum block_change change)
{
    const uint64_t stop = number_smaller(start + size, tally->size);

    while (start < stop) {
        const struct difference_piece *piece = &tally->pieces.items[tally->piece];
        uint64_t end;

        while (piece->end <= start)
            piece = &tally->pieces.items[++tally->piece];
        end = number_smaller(piece->end, stop);
        join(tally, start, end, piece->owner);
        count(tally, piece->owner, end - start, change);
        start = end;
    }
}

void difference_tally_end(struct difference_tally *tally)
{
    close_change(tally);
    tally->disk->changed_bytes = opt_int_of(tally->changed_bytes);
    tally->disk->new_bytes = opt_int_of(tally->new_bytes);
    tally->disk->freed_bytes = opt_int_of(tally->freed_bytes);
    tally->disk->change_count = opt_int_of(tally->changes);
    free(tally->pieces.items);
    *tally = (struct difference_tally){0};
}

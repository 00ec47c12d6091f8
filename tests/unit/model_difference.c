/* difference: changes joined, cut at partitions, and counted by them. */
#include "model/difference.h"

#include <string.h>

#include "base/text.h"
#include "tests/unit/unit.h"

enum { BLOCK = 4096 };

struct entry {
    unsigned number; /* 0: outside of partitions */
    uint64_t start, size;
};

static struct disk_difference disk_of(uint64_t size, const struct entry *entries, size_t count)
{
    struct disk_difference disk = {.from_size = opt_int_of(size / 2), .to_size = opt_int_of(size)};

    for (size_t i = 0; i < count; i++) {
        struct partition_difference *const partition = VEC_ADD(&disk.partitions);

        if (!entries[i].number)
            continue;
        partition->number = opt_int_of(entries[i].number);
        partition->start_in_bytes = opt_int_of(entries[i].start);
        partition->size_in_bytes = opt_int_of(entries[i].size);
    }
    return disk;
}

/* "P:START+SIZE" of each change, in sectors; P is "-" outside of partitions. */
static void check_changes(const struct disk_difference *disk, const char *expected)
{
    struct buf text = {0};

    for (size_t i = 0; i < disk->changes.count; i++) {
        const struct disk_change *const change = &disk->changes.items[i];

        buf_add_text(&text, i ? " " : "");
        if (change->partition.set)
            buf_printf(&text, "%lld", (long long)change->partition.value);
        else
            buf_add_char(&text, '-');
        buf_printf(&text, ":%lld+%lld", (long long)change->start_in_bytes.value / 512,
                   (long long)change->size_in_bytes.value / 512);
    }
    ck_assert_str_eq(buf_text(&text), expected);
    buf_done(&text);
}

START_TEST(changes_that_touch_are_one)
{
    struct disk_difference disk = disk_of(100 * BLOCK, NULL, 0);
    struct difference_tally tally;

    difference_tally_begin(&tally, &disk, 10);
    difference_tally_add(&tally, 0, BLOCK, BLOCK_NEW);
    difference_tally_add(&tally, BLOCK, 2 * BLOCK, BLOCK_REWRITTEN);
    difference_tally_add(&tally, 3 * BLOCK, BLOCK, BLOCK_FREED);
    difference_tally_add(&tally, 5 * BLOCK, BLOCK, BLOCK_FREED);
    difference_tally_add(&tally, 99 * BLOCK, BLOCK, BLOCK_NEW);
    difference_tally_end(&tally);
    check_changes(&disk, "-:0+32 -:40+8 -:792+8");
    ck_assert_int_eq(disk.change_count.value, 3);
    ck_assert_int_eq(disk.changed_bytes.value, 6 * BLOCK);
    ck_assert_int_eq(disk.new_bytes.value, 4 * BLOCK);
    ck_assert_int_eq(disk.freed_bytes.value, 2 * BLOCK);
    free(disk.changes.items);
}
END_TEST

START_TEST(nothing_changed_is_no_change)
{
    struct disk_difference disk = disk_of(BLOCK, NULL, 0);
    struct difference_tally tally;

    difference_tally_begin(&tally, &disk, 10);
    difference_tally_end(&tally);
    ck_assert_uint_eq(disk.changes.count, 0);
    ck_assert(disk.change_count.set && disk.change_count.value == 0);
    ck_assert(disk.changed_bytes.set && disk.changed_bytes.value == 0);
}
END_TEST

START_TEST(all_are_counted_and_the_first_listed)
{
    struct disk_difference disk = disk_of(1000 * BLOCK, NULL, 0);
    struct difference_tally tally;

    difference_tally_begin(&tally, &disk, 2);
    for (uint64_t i = 0; i < 1000; i += 2)
        difference_tally_add(&tally, i * BLOCK, BLOCK, BLOCK_NEW);
    difference_tally_end(&tally);
    check_changes(&disk, "-:0+8 -:16+8");
    ck_assert_int_eq(disk.change_count.value, 500);
    ck_assert_int_eq(disk.changed_bytes.value, 500 * BLOCK);
    free(disk.changes.items);
}
END_TEST

START_TEST(the_last_block_ends_with_the_disk)
{
    struct disk_difference disk = disk_of(3 * BLOCK + 512, NULL, 0);
    struct difference_tally tally;

    difference_tally_begin(&tally, &disk, 1);
    difference_tally_add(&tally, 2 * BLOCK, 2 * BLOCK, BLOCK_NEW);
    difference_tally_end(&tally);
    check_changes(&disk, "-:16+9");
    ck_assert_int_eq(disk.new_bytes.value, BLOCK + 512);
    free(disk.changes.items);
}
END_TEST

static int64_t changed(const struct disk_difference *disk, size_t partition)
{
    return disk->partitions.items[partition].changed_bytes.value;
}

static void done(struct disk_difference *disk)
{
    free(disk->changes.items);
    free(disk->partitions.items);
}

START_TEST(changes_are_cut_where_partitions_meet)
{
    /* Not in order, one ends within a block, one lies behind the disk's end, one was too large. */
    static const struct entry entries[] = {
        {2, 10 * BLOCK + 512, 10 * BLOCK},
        {1, 2 * BLOCK, 8 * BLOCK + 512},
        {3, 90 * BLOCK, 500 * BLOCK},
        {4, 0, 0},
        {0, 0, 0},
    };
    struct disk_difference disk = disk_of(100 * BLOCK, entries, 5);
    struct difference_tally tally;

    difference_tally_begin(&tally, &disk, 100);
    difference_tally_add(&tally, BLOCK, 2 * BLOCK, BLOCK_NEW);
    difference_tally_add(&tally, 10 * BLOCK, BLOCK, BLOCK_FREED);
    difference_tally_add(&tally, 11 * BLOCK, BLOCK, BLOCK_NEW);
    difference_tally_add(&tally, 50 * BLOCK, BLOCK, BLOCK_NEW);
    difference_tally_add(&tally, 89 * BLOCK, 11 * BLOCK, BLOCK_NEW);
    difference_tally_end(&tally);
    check_changes(&disk, "-:8+8 1:16+8 1:80+1 2:81+15 -:400+8 -:712+8 3:720+80");
    ck_assert_int_eq(changed(&disk, 0), 2 * BLOCK - 512);
    ck_assert_int_eq(disk.partitions.items[0].freed_bytes.value, BLOCK - 512);
    ck_assert_int_eq(changed(&disk, 1), BLOCK + 512);
    ck_assert_int_eq(changed(&disk, 2), 10 * BLOCK);
    ck_assert_int_eq(changed(&disk, 3), 0);
    ck_assert_int_eq(changed(&disk, 4), 3 * BLOCK);
    ck_assert_int_eq(disk.changed_bytes.value, 16 * BLOCK);
    done(&disk);
}
END_TEST

START_TEST(what_lies_in_two_is_of_the_inner_one)
{
    static const struct entry entries[] = {
        {1, 10 * BLOCK, 80 * BLOCK}, /* an extended partition, and logical ones */
        {5, 20 * BLOCK, 10 * BLOCK},
        {6, 30 * BLOCK, 60 * BLOCK},
        {7, 10 * BLOCK, 2 * BLOCK}, /* begins where the first does */
        {0, 0, 0},
    };
    struct disk_difference disk = disk_of(100 * BLOCK, entries, 5);
    struct difference_tally tally;
    int64_t sum = 0;

    difference_tally_begin(&tally, &disk, 100);
    difference_tally_add(&tally, 0, 100 * BLOCK, BLOCK_NEW);
    difference_tally_end(&tally);
    check_changes(&disk, "-:0+80 7:80+16 1:96+64 5:160+80 6:240+480 -:720+80");
    for (size_t i = 0; i < 5; i++)
        sum += changed(&disk, i);
    ck_assert_int_eq(sum, 100 * BLOCK);
    ck_assert_int_eq(changed(&disk, 0), 8 * BLOCK);
    done(&disk);
}
END_TEST

UNIT_MAIN("model/difference", changes_that_touch_are_one, nothing_changed_is_no_change,
          all_are_counted_and_the_first_listed, the_last_block_ends_with_the_disk,
          changes_are_cut_where_partitions_meet, what_lies_in_two_is_of_the_inner_one)

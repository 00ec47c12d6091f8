/* vhdx: disks as no program makes them, and damaged ones. */
#include "tests/unit/vhdx_toy.h"

#include "tests/unit/image_model.h"

enum { MIB = 1 << 20, PRESENT = 6 };

static struct model toy_new(void)
{
    return model_new(SOURCE_VHDX, vhdx_toy_make);
}

/* Fill the blocks of the file, and give the disk that this makes. */
static uint8_t *toy_fill(const struct model *toy)
{
    static const uint64_t places[6] = {7, 0, 4, 5, 0, 6};
    uint8_t *disk = calloc(6, MIB);

    for (size_t block = 0; block < 6; block++) {
        uint8_t *bytes = disk + block * MIB;

        if (places[block] == 0)
            continue;
        for (size_t i = 0; i < MIB; i++)
            bytes[i] = (uint8_t)(i * 7 + i / 509 + block + 1);
        toy_put(toy->fd, places[block] * MIB, bytes, MIB);
    }
    return disk;
}

static void set_entry(const struct model *toy, uint64_t index, uint64_t place, unsigned state)
{
    toy_put64(toy->fd, VHDX_TOY_BAT + index * 8, place | state);
}

static void seal(const struct model *toy)
{
    vhdx_toy_seal_all(toy->fd);
}

START_TEST(blocks_are_where_the_table_says)
{
    struct model toy = toy_new();
    uint8_t *disk = toy_fill(&toy);

    /* Block 0; 2 and 3; 5. */
    ck_assert_uint_eq(model_check(&toy, disk, VHDX_TOY_DISK, "dynamic"), 3);
    toy_put32(toy.fd, VHDX_TOY_ITEMS + 4, 1);
    ck_assert_uint_eq(model_check(&toy, disk, VHDX_TOY_DISK, "fixed"), 3);
    toy_put32(toy.fd, VHDX_TOY_ITEMS + 16, 4096);
    ck_assert_uint_eq(model_check(&toy, disk, VHDX_TOY_DISK, "fixed"), 3);
    free(disk);
    model_done(&toy);
}
END_TEST

START_TEST(blocks_without_data_are_zeros)
{
    struct model toy = toy_new();
    uint8_t *disk = toy_fill(&toy);

    for (unsigned state = 0; state < 4; state++) {
        set_entry(&toy, 0, 0, state);
        /* They may name a place that is used otherwise, or none. */
        set_entry(&toy, 1, 4 * MIB, state);
        set_entry(&toy, 4, (uint64_t)99 << 40, state);
        memset(disk, 0, MIB);
        ck_assert_uint_eq(model_check(&toy, disk, VHDX_TOY_DISK, "dynamic"), 2);
    }
    free(disk);
    model_done(&toy);
}
END_TEST

START_TEST(holes_of_the_file_are_passed_over)
{
    struct model toy = toy_new();
    uint8_t *disk = calloc(1, VHDX_TOY_DISK);

    ck_assert_uint_eq(model_check(&toy, disk, VHDX_TOY_DISK, "dynamic"), 0);
    memset(disk + 2 * MIB + 65536, 7, 4096);
    toy_put(toy.fd, 4 * MIB + 65536, disk + 2 * MIB + 65536, 4096);
    ck_assert_uint_eq(model_check(&toy, disk, VHDX_TOY_DISK, "dynamic"), 1);
    free(disk);
    model_done(&toy);
}
END_TEST

START_TEST(blocks_that_are_nowhere_may_be_larger_than_the_file)
{
    const uint64_t size = (uint64_t)600 * MIB;
    struct model toy = toy_new();
    struct source *source;
    struct source_cursor *cursor;
    uint64_t start, end;
    struct err err = {0};
    char byte = 1;

    toy_put32(toy.fd, VHDX_TOY_ITEMS, 256 * MIB);
    toy_put64(toy.fd, VHDX_TOY_ITEMS + 8, size);
    for (uint64_t i = 0; i < 6; i++)
        set_entry(&toy, i, 0, 0);
    source = model_source(&toy);
    cursor = source_cursor_new(source);
    ck_assert_int_eq(source_next_data(cursor, 0, &start, &end, &err), 0);
    ck_assert_uint_eq(start, size);
    ck_assert_int_eq(source_read(cursor, &byte, 1, size - 1, &err), 0);
    ck_assert_int_eq(byte, 0);
    source_cursor_free(cursor);
    source_close(source);
    model_done(&toy);
}
END_TEST

/* 4096 blocks of a MiB make a chunk of sectors of 512 bytes, behind which comes another entry. */
START_TEST(entries_of_sector_bitmaps_are_none_of_blocks)
{
    const uint64_t size = (uint64_t)4098 * MIB;
    struct model toy = toy_new();
    uint8_t *disk = toy_fill(&toy);
    struct source_cursor *cursor;
    struct source *source;
    uint64_t start, end;
    struct err err = {0};
    uint8_t *back = malloc(2 * MIB);

    toy_put64(toy.fd, VHDX_TOY_ITEMS + 8, size);
    for (uint64_t i = 0; i < 6; i++)
        set_entry(&toy, i, 0, 0);
    set_entry(&toy, 4095, 6 * MIB, PRESENT);
    /* What qemu left there. */
    set_entry(&toy, 4096, 5 * MIB, 7);
    set_entry(&toy, 4097, 7 * MIB, PRESENT);
    set_entry(&toy, 4098, 4 * MIB, PRESENT);
    source = model_source(&toy);
    ck_assert_uint_eq(source_size(source), size);
    cursor = source_cursor_new(source);
    ck_assert_int_eq(source_next_data(cursor, 0, &start, &end, &err), 0);
    ck_assert_uint_eq(start, (uint64_t)4095 * MIB);
    ck_assert_uint_eq(end, size);
    ck_assert_int_eq(source_read(cursor, back, 2 * MIB, (uint64_t)4095 * MIB, &err), 0);
    ck_assert(memcmp(back, disk + 5 * MIB, MIB) == 0 && memcmp(back + MIB, disk, MIB) == 0);
    ck_assert_int_eq(source_read(cursor, back, MIB, (uint64_t)4097 * MIB, &err), 0);
    ck_assert(memcmp(back, disk + 2 * MIB, MIB) == 0);
    source_cursor_free(cursor);
    source_close(source);

    /* Sectors of 4096 bytes: eight times as many. */
    toy_put32(toy.fd, VHDX_TOY_ITEMS + 16, 4096);
    model_refused(&toy, E_INVALID, "block 4096 has state 7, which may not be");
    set_entry(&toy, 4096, 0, 0);
    model_accepted(&toy);
    free(back);
    free(disk);
    model_done(&toy);
}
END_TEST

static void damage(const struct model *toy, uint64_t offset)
{
    uint8_t byte;

    ck_assert_int_eq(pread(toy->fd, &byte, 1, (off_t)offset), 1);
    byte ^= 0x10;
    toy_put(toy->fd, offset, &byte, 1);
}

START_TEST(one_valid_header_is_enough)
{
    enum { FIRST = VHDX_TOY_HEADERS, SECOND = FIRST + VHDX_TOY_NEXT };
    struct model toy = toy_new();

    damage(&toy, FIRST + 4000);
    model_accepted(&toy);
    damage(&toy, SECOND);
    model_refused(&toy, E_INVALID, "neither of its headers has a right checksum");
    damage(&toy, FIRST + 4000);
    model_accepted(&toy);
    damage(&toy, SECOND);

    /* The one with the higher number counts. */
    toy_put(toy.fd, FIRST + 66, "\2", 1);
    seal(&toy);
    model_accepted(&toy);
    toy_put64(toy.fd, FIRST + 8, 7);
    seal(&toy);
    model_refused(&toy, E_UNSUPPORTED, "has a header of version 2");
    toy_put64(toy.fd, FIRST + 8, 6);
    seal(&toy);
    model_refused(&toy, E_INVALID, "its headers differ and have the same number");
    toy_put(toy.fd, FIRST + 66, "\1", 1);
    seal(&toy);
    model_accepted(&toy);
    model_done(&toy);
}
END_TEST

START_TEST(one_valid_region_table_is_enough)
{
    enum { FIRST = VHDX_TOY_TABLES, SECOND = FIRST + VHDX_TOY_NEXT };

    for (int offset = 0; offset < 65536; offset += 4099) {
        struct model toy = toy_new();

        damage(&toy, (uint64_t)(FIRST + offset));
        model_accepted(&toy);
        damage(&toy, (uint64_t)(SECOND + offset));
        model_refused(&toy, E_INVALID, "neither of its region tables has a right checksum");
        damage(&toy, (uint64_t)(FIRST + offset));
        model_accepted(&toy);
        model_done(&toy);
    }
}
END_TEST

START_TEST(every_damaged_byte_of_a_header_is_seen)
{
    struct model toy = toy_new();

    damage(&toy, VHDX_TOY_HEADERS);
    for (uint64_t i = 0; i < 4096; i += i < 100 ? 1 : 57) {
        const uint64_t at = VHDX_TOY_HEADERS + VHDX_TOY_NEXT + i;

        damage(&toy, at);
        model_refused(&toy, E_INVALID, "neither of its headers has a right checksum");
        damage(&toy, at);
    }
    model_accepted(&toy);
    model_done(&toy);
}
END_TEST

/* In both headers, or both region tables. */
static void put_both(const struct model *toy, uint64_t offset, uint32_t value)
{
    toy_put32(toy->fd, offset, value);
    toy_put32(toy->fd, offset + VHDX_TOY_NEXT, value);
}

START_TEST(headers_and_regions_that_cannot_be_are_refused)
{
    enum { HEADER = VHDX_TOY_HEADERS, FIRST = VHDX_TOY_TABLES + 16, SECOND = FIRST + 32 };
    static const struct {
        uint64_t at;
        uint32_t value;
        const char *part;
    } cases[] = {
        {HEADER + 68, 4096, "its log lies outside of the file or on the headers"},
        {HEADER + 68, 8 * MIB, "its log lies outside of the file or on the headers"},
        {HEADER + 72, MIB + 4096, "its log lies outside of the file or on the headers"},
        {HEADER + 72, 0, "its log lies outside of the file or on the headers"},
        {HEADER + 72, 8 * MIB, "its log lies outside of the file or on the headers"},
        {HEADER + 76, UINT32_MAX, "its log lies outside of the file or on the headers"},
        {VHDX_TOY_TABLES + 8, 2048, "its region table has 2048 entries, more than 2047"},
        {VHDX_TOY_TABLES + 8, 1, "it has no region of metadata"},
        {VHDX_TOY_TABLES + 8, 0, "it has no region of the block table"},
        {FIRST + 16, 0, "a region lies outside of the file or on something else"},
        {FIRST + 16, VHDX_TOY_LOG, "a region lies outside of the file or on something else"},
        {FIRST + 16, VHDX_TOY_BAT + 4096, "a region lies outside of the file or on something"},
        {FIRST + 16, 8 * MIB, "a region lies outside of the file or on something else"},
        {FIRST + 20, 1 << 12, "a region lies outside of the file or on something else"},
        {FIRST + 20, UINT32_MAX, "a region lies outside of the file or on something else"},
        {FIRST + 24, 0, "a region lies outside of the file or on something else"},
        {FIRST + 24, 4096, "a region lies outside of the file or on something else"},
        {FIRST + 24, 0xfff00000, "a region lies outside of the file or on something else"},
        {SECOND + 16, VHDX_TOY_BAT, "a region lies outside of the file or on something else"},
        {SECOND + 24, 2 * MIB, "block 2 lies on something else"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct model toy = toy_new();

        put_both(&toy, cases[i].at, cases[i].value);
        seal(&toy);
        model_refused(&toy, E_INVALID, cases[i].part);
        model_done(&toy);
    }
}
END_TEST

START_TEST(regions_that_need_not_be_known_are_left_alone)
{
    struct model toy = toy_new();
    const uint64_t flags = VHDX_TOY_TABLES + 16 + 64 + 28;

    ck_assert_int_eq(ftruncate(toy.fd, 9 * MIB), 0);
    vhdx_toy_region(toy.fd, 2, "\1\2\3\4\5\6\7\10\11\12\13\14\15\16\17\20", 8 * MIB, MIB);
    seal(&toy);
    model_refused(&toy, E_UNSUPPORTED, "needs the region 04030201-0605-0807-090a-0b0c0d0e0f10");
    put_both(&toy, flags, 0);
    seal(&toy);
    model_accepted(&toy);
    /* It takes its place all the same. */
    set_entry(&toy, 1, 8 * MIB, PRESENT);
    model_refused(&toy, E_INVALID, "block 1 lies on something else");
    set_entry(&toy, 1, 0, 0);
    vhdx_toy_region(toy.fd, 2, "\x66\x77\xc2\x2d\x23\xf6\x00\x42\x9d\x64\x11\x5e\x9b\xfd\x4a\x08",
                    8 * MIB, MIB);
    seal(&toy);
    model_refused(&toy, E_INVALID, "a region is there twice");
    model_done(&toy);
}
END_TEST

START_TEST(metadata_that_cannot_be_is_refused)
{
    enum { FIRST = VHDX_TOY_METADATA + 32, ITEM = 32 };
    static const struct {
        uint64_t at;
        uint32_t value;
        const char *part;
    } cases[] = {
        {VHDX_TOY_METADATA, 0, "its metadata table does not begin with its mark"},
        {VHDX_TOY_METADATA + 8, 2048u << 16, "its metadata table has 2048 entries, more than 2047"},
        {VHDX_TOY_METADATA + 8, 0 << 16, "its block size is missing"},
        {VHDX_TOY_METADATA + 8, 1 << 16, "its disk size is missing"},
        {VHDX_TOY_METADATA + 8, 2 << 16, "its logical sector size is missing"},
        {VHDX_TOY_METADATA + 8, 3 << 16, "its physical sector size is missing"},
        {VHDX_TOY_METADATA + 8, 4 << 16, "its disk identifier is missing"},
        {FIRST + 16, 65535, "its block size lies outside of the metadata"},
        {FIRST + 16, MIB - 7, "its block size lies outside of the metadata"},
        {FIRST + 16, UINT32_MAX, "its block size lies outside of the metadata"},
        {FIRST + 20, 7, "its block size has 7 bytes instead of 8"},
        {FIRST + ITEM + 20, UINT32_MAX, "its disk size has 4294967295 bytes instead of 8"},
        {VHDX_TOY_ITEMS, 0, "its blocks have 0 bytes, not a power of two"},
        {VHDX_TOY_ITEMS, MIB / 2, "its blocks have 524288 bytes, not a power of two"},
        {VHDX_TOY_ITEMS, 3 * MIB, "its blocks have 3145728 bytes, not a power of two"},
        {VHDX_TOY_ITEMS, 512 * MIB, "its blocks have 536870912 bytes, not a power of two"},
        {VHDX_TOY_ITEMS + 8, VHDX_TOY_DISK + 1, "its disk size is 5767169, not whole sectors"},
        {VHDX_TOY_ITEMS + 12, 64 << 8, "its disk size is 70368749944832, not whole sectors"},
        {VHDX_TOY_ITEMS + 12, UINT32_MAX, ", not whole sectors up to 64 TiB"},
        {VHDX_TOY_ITEMS + 12, 256, "its block table is too small for 1048582 blocks"},
        {VHDX_TOY_ITEMS + 16, 0, "its logical sector size is 0, not 512 or 4096"},
        {VHDX_TOY_ITEMS + 16, 1024, "its logical sector size is 1024, not 512 or 4096"},
        {VHDX_TOY_ITEMS + 20, 513, "its physical sector size is 513, not 512 or 4096"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct model toy = toy_new();

        toy_put32(toy.fd, cases[i].at, cases[i].value);
        model_refused(&toy, E_INVALID, cases[i].part);
        model_done(&toy);
    }
}
END_TEST

START_TEST(metadata_items_that_need_not_be_known_are_left_alone)
{
    struct model toy = toy_new();
    const uint64_t entry = VHDX_TOY_METADATA + 32 + 5 * 32;

    vhdx_toy_item(toy.fd, 5, "\1\2\3\4\5\6\7\10\11\12\13\14\15\16\17\20", 64, 9);
    model_refused(&toy, E_UNSUPPORTED,
                  "needs the metadata item 04030201-0605-0807-090a-0b0c0d0e0f10");
    toy_put32(toy.fd, entry + 24, 0);
    model_accepted(&toy);
    /* The user's item is another one, whatever it is called. */
    vhdx_toy_item(toy.fd, 5, "\x24\x42\xa5\x2f\x1b\xcd\x76\x48\xb2\x11\x5d\xbe\xd8\x3b\xf4\xb8", 64,
                  9);
    toy_put32(toy.fd, entry + 24, 1);
    model_accepted(&toy);
    toy_put32(toy.fd, entry + 24, 5);
    model_refused(&toy, E_UNSUPPORTED, "needs the metadata item");
    toy_put32(toy.fd, entry + 24, 4);
    model_refused(&toy, E_INVALID, "its disk size is there twice");
    model_done(&toy);
}
END_TEST

START_TEST(differencing_disks_are_refused)
{
    struct model toy = toy_new();

    toy_put32(toy.fd, VHDX_TOY_ITEMS + 4, 2);
    model_refused(&toy, E_UNSUPPORTED, "is a differencing VHDX");
    toy_put32(toy.fd, VHDX_TOY_ITEMS + 4, 0);
    vhdx_toy_item(toy.fd, 5, "\x2d\x5f\xd3\xa8\x0b\xb3\x4d\x45\xab\xf7\xd3\xd8\x48\x34\xab\x0c", 64,
                  200);
    model_refused(&toy, E_UNSUPPORTED, "is a differencing VHDX");
    model_done(&toy);
}
END_TEST

START_TEST(blocks_that_cannot_be_are_refused)
{
    static const struct {
        uint64_t index, entry;
        const char *part;
    } cases[] = {
        {0, 4, "block 0 has state 4, which may not be"},
        {0, 5, "block 0 has state 5, which may not be"},
        {0, 7 * MIB | 7, "block 0 has state 7, which may not be"},
        {1, PRESENT, "block 1 has state 6, which may not be"},
        {1, MIB | PRESENT, "block 1 lies on something else"},
        {1, 2 * MIB | PRESENT, "block 1 lies on something else"},
        {1, 3 * MIB | PRESENT, "block 1 lies on something else"},
        {1, 7 * MIB | PRESENT, "block 1 lies on something else"},
        {3, 4 * MIB | PRESENT, "block 3 lies on something else"},
        {1, 8 * MIB | PRESENT, "block 1 lies outside of the file"},
        {1, UINT64_MAX << 20 | PRESENT, "block 1 lies outside of the file"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct model toy = toy_new();

        set_entry(&toy, cases[i].index, cases[i].entry, 0);
        model_refused(&toy, E_INVALID, cases[i].part);
        model_done(&toy);
    }
}
END_TEST

START_TEST(a_file_cut_short_is_refused)
{
    static const off_t sizes[] = {8,           4096,    65536,   200000,  MIB - 1,    MIB,
                                  2 * MIB + 5, 3 * MIB, 4 * MIB, 7 * MIB, 8 * MIB - 1};

    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct model toy = toy_new();

        ck_assert_int_eq(ftruncate(toy.fd, sizes[i]), 0);
        model_refused(&toy, E_INVALID, sizes[i] < MIB ? "it is cut short" : "outside of the file");
        model_done(&toy);
    }
}
END_TEST

START_TEST(the_last_block_may_end_with_the_disk)
{
    struct model toy = toy_new();
    uint8_t *disk = toy_fill(&toy);

    set_entry(&toy, 0, 6 * MIB, PRESENT);
    set_entry(&toy, 5, 7 * MIB, PRESENT);
    memcpy(disk + 5 * MIB, disk, MIB);
    ck_assert_int_eq(pread(toy.fd, disk, MIB, 6 * MIB), MIB);
    ck_assert_int_eq(ftruncate(toy.fd, 7 * MIB + MIB / 2), 0);
    model_check(&toy, disk, VHDX_TOY_DISK, "dynamic");
    ck_assert_int_eq(ftruncate(toy.fd, 7 * MIB + MIB / 2 - 1), 0);
    model_refused(&toy, E_INVALID, "block 5 lies outside of the file");
    free(disk);
    model_done(&toy);
}
END_TEST

static void put_log_guid(const struct model *toy)
{
    for (uint64_t i = 0; i < 2; i++)
        toy_put(toy->fd, VHDX_TOY_HEADERS + i * VHDX_TOY_NEXT + 48, "sixteen letters.", 16);
    seal(toy);
}

START_TEST(a_log_with_entries_is_refused)
{
    static const uint64_t places[] = {0, 4096, 65536 - 4096, 65536, MIB - 4096};

    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        struct model toy = toy_new();
        const uint64_t at = VHDX_TOY_LOG + places[i];

        toy_put(toy.fd, at, "loge", 4);
        toy_put(toy.fd, at + 32, "sixteen letters.", 16);
        model_accepted(&toy);
        put_log_guid(&toy);
        model_refused(&toy, E_UNSUPPORTED, "was not closed");
        /* Entries of an earlier time are none. */
        toy_put(toy.fd, at + 32, "?", 1);
        model_accepted(&toy);
        model_done(&toy);
    }
}
END_TEST

START_TEST(a_log_of_another_version_is_refused_when_it_is_in_use)
{
    struct model toy = toy_new();

    toy_put(toy.fd, VHDX_TOY_HEADERS + 64, "\1", 1);
    toy_put(toy.fd, VHDX_TOY_HEADERS + VHDX_TOY_NEXT + 64, "\1", 1);
    seal(&toy);
    model_accepted(&toy);
    put_log_guid(&toy);
    model_refused(&toy, E_UNSUPPORTED, "has a log of version 1");
    model_done(&toy);
}
END_TEST

START_TEST(what_has_no_mark_or_no_size_is_refused)
{
    struct model toy = toy_new();
    struct source *source;
    struct err err;

    toy_put64(toy.fd, VHDX_TOY_ITEMS + 8, 0);
    ck_assert_int_eq(model_open(&toy, SOURCE_ANY, &source, &err), E_INVALID);
    ck_assert_ptr_nonnull(strstr(err.text, "holds an empty disk"));
    toy_put(toy.fd, 0, "VHDXfile", 8);
    ck_assert_int_eq(model_open(&toy, SOURCE_VHDX, &source, &err), E_INVALID);
    ck_assert_ptr_nonnull(strstr(err.text, "is no VHDX"));
    ck_assert_int_eq(ftruncate(toy.fd, 7), 0);
    ck_assert_int_eq(model_open(&toy, SOURCE_VHDX, &source, &err), E_INVALID);
    model_done(&toy);
}
END_TEST

static void move_block(struct model *toy)
{
    set_entry(toy, 5, 8 * MIB, PRESENT);
}

static void move_block_far(struct model *toy)
{
    set_entry(toy, 5, UINT64_MAX << 20, PRESENT);
}

static void change_state(struct model *toy)
{
    set_entry(toy, 5, 7 * MIB, 7);
}

static void cut_block(struct model *toy)
{
    ck_assert_int_eq(ftruncate(toy->fd, 7 * MIB + 1), 0);
}

START_TEST(a_file_that_changes_is_noticed_by_reading)
{
    static void (*const changes[])(struct model *) = {move_block, move_block_far, change_state,
                                                      cut_block};

    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        struct model toy = toy_new();

        ck_assert_int_eq(model_read_after(&toy, changes[i]), E_CHANGED);
        model_done(&toy);
    }
}
END_TEST

UNIT_MAIN("image/vhdx", blocks_are_where_the_table_says, blocks_without_data_are_zeros,
          blocks_that_are_nowhere_may_be_larger_than_the_file, holes_of_the_file_are_passed_over,
          entries_of_sector_bitmaps_are_none_of_blocks, one_valid_header_is_enough,
          one_valid_region_table_is_enough, every_damaged_byte_of_a_header_is_seen,
          headers_and_regions_that_cannot_be_are_refused,
          regions_that_need_not_be_known_are_left_alone, metadata_that_cannot_be_is_refused,
          metadata_items_that_need_not_be_known_are_left_alone, differencing_disks_are_refused,
          blocks_that_cannot_be_are_refused, a_file_cut_short_is_refused,
          the_last_block_may_end_with_the_disk, a_log_with_entries_is_refused,
          a_log_of_another_version_is_refused_when_it_is_in_use,
          what_has_no_mark_or_no_size_is_refused, a_file_that_changes_is_noticed_by_reading)

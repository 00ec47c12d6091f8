/* vhd: dynamic disks as no program makes them, damaged ones, and what size the guest sees. Fixed
 * ones are also in image_source.c. */
#include "tests/unit/vhd_toy.h"

#include "tests/unit/image_model.h"

static struct model toy_new(void)
{
    return model_new(SOURCE_VHD, vhd_toy_make);
}

/* Where the data of a block lies in the file. */
static uint64_t place(int block)
{
    static const uint64_t places[4] = {2, 0, 1, 0};

    return VHD_TOY_BLOCKS + places[block] * VHD_TOY_BLOCK_IN_FILE + 512;
}

/* Fill the blocks of the file, and give the disk that this makes. */
static uint8_t *toy_fill(const struct model *toy)
{
    uint8_t *disk = calloc(4, VHD_TOY_BLOCK);

    for (int block = 0; block < 4; block++) {
        uint8_t *bytes = disk + (size_t)block * VHD_TOY_BLOCK;

        if (block == 1)
            continue;
        for (size_t i = 0; i < VHD_TOY_BLOCK; i++)
            bytes[i] = (uint8_t)(i * 7 + i / 509 + (size_t)block + 1);
        toy_put(toy->fd, place(block), bytes, VHD_TOY_BLOCK);
    }
    return disk;
}

static void seal(const struct model *toy)
{
    vhd_toy_seal_all(toy->fd);
}

static void cut(const struct model *toy, off_t size)
{
    ck_assert_int_eq(ftruncate(toy->fd, size), 0);
}

START_TEST(blocks_are_where_the_table_says)
{
    struct model toy = toy_new();
    uint8_t *disk = toy_fill(&toy);

    ck_assert_uint_eq(model_check(&toy, disk, VHD_TOY_DISK, "dynamic"), 2);
    free(disk);
    model_done(&toy);
}
END_TEST

START_TEST(blocks_without_data_are_passed_over)
{
    struct model toy = toy_new();
    uint8_t *disk = calloc(1, VHD_TOY_DISK);

    /* Blocks that are there, but holes in the file. */
    ck_assert_uint_le(model_check(&toy, disk, VHD_TOY_DISK, "dynamic"), 6);
    for (int i = 0; i < 4; i++)
        vhd_toy_put32(toy.fd, VHD_TOY_TABLE + (uint64_t)i * 4, UINT32_MAX);
    ck_assert_uint_eq(model_check(&toy, disk, VHD_TOY_DISK, "dynamic"), 0);
    free(disk);
    model_done(&toy);
}
END_TEST

START_TEST(sectors_whose_bit_is_clear_are_zeros)
{
    static const uint8_t bits[4] = {0x7f, 0x00, 0xfe, 0x55};
    struct model toy = toy_new();
    uint8_t *disk = toy_fill(&toy);

    toy_put(toy.fd, place(2) - 512, bits, sizeof bits);
    for (size_t sector = 0; sector < 32; sector++)
        if (!(bits[sector / 8] & 0x80 >> sector % 8))
            memset(disk + 2 * VHD_TOY_BLOCK + sector * 512, 0, 512);
    /* The last sector of the disk, which ends within block 3. */
    toy_put(toy.fd, place(3) - 512 + 63, "\xfe", 1);
    memset(disk + VHD_TOY_DISK - 512, 0, 512);
    model_check(&toy, disk, VHD_TOY_DISK, "dynamic");
    free(disk);
    model_done(&toy);
}
END_TEST

START_TEST(a_damaged_footer_is_replaced_by_its_copy)
{
    struct model toy = toy_new();
    uint8_t *disk = toy_fill(&toy);

    toy_put(toy.fd, VHD_TOY_FOOTER, "no cookie", 9);
    model_check(&toy, disk, VHD_TOY_DISK, "dynamic");
    vhd_toy_footer(toy.fd, VHD_TOY_FOOTER);
    toy_put(toy.fd, VHD_TOY_FOOTER + 500, "?", 1);
    model_check(&toy, disk, VHD_TOY_DISK, "dynamic");
    /* The copy alone may be damaged too. */
    vhd_toy_make(toy.fd);
    toy_put(toy.fd, 100, "?", 1);
    model_check(&toy, disk, VHD_TOY_DISK, "dynamic");
    toy_put(toy.fd, VHD_TOY_FOOTER + 501, "?", 1);
    model_refused(&toy, E_INVALID, "is damaged: the checksum of its footer is wrong");
    toy_put(toy.fd, VHD_TOY_FOOTER, "no cookie", 9);
    model_refused(&toy, E_INVALID, "it begins like one and does not end with a footer");
    free(disk);
    model_done(&toy);
}
END_TEST

START_TEST(a_copy_is_none_of_a_fixed_disk)
{
    struct model toy = toy_new();

    vhd_toy_put32(toy.fd, 60, 2);
    toy_put(toy.fd, VHD_TOY_FOOTER, "no cookie", 9);
    seal(&toy);
    model_refused(&toy, E_INVALID, "it begins like one and does not end with a footer");
    model_done(&toy);
}
END_TEST

START_TEST(a_file_cut_short_is_refused)
{
    static const off_t sizes[] = {
        VHD_TOY_SIZE - 1,     VHD_TOY_SIZE - 511,    VHD_TOY_FOOTER,   VHD_TOY_FOOTER - 1,
        VHD_TOY_FOOTER - 512, VHD_TOY_FOOTER - 4096, VHD_TOY_SIZE / 2, VHD_TOY_BLOCKS + 1 + 512,
    };

    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct model toy = toy_new();

        cut(&toy, sizes[i]);
        model_refused(&toy, E_INVALID, "lies o");
        model_done(&toy);
    }
}
END_TEST

START_TEST(heads_cut_short_are_refused)
{
    struct model toy = toy_new();

    cut(&toy, VHD_TOY_BLOCKS);
    model_refused(&toy, E_INVALID, "its block table lies outside of the file or on something else");
    cut(&toy, VHD_TOY_TABLE);
    model_refused(&toy, E_INVALID, "its dynamic header lies on a footer");
    cut(&toy, 1024);
    model_refused(&toy, E_INVALID, "its dynamic header lies outside of the file");
    cut(&toy, 512);
    model_refused(&toy, E_INVALID, "its dynamic header lies outside of the file");
    model_done(&toy);
}
END_TEST

START_TEST(every_damaged_byte_of_the_header_is_seen)
{
    for (uint64_t i = 0; i < 1024; i += 3) {
        struct model toy = toy_new();
        uint8_t byte;

        toy_get(toy.fd, VHD_TOY_HEADER + i, &byte, 1);
        byte ^= 0x10;
        toy_put(toy.fd, VHD_TOY_HEADER + i, &byte, 1);
        model_refused(&toy, E_INVALID, i < 8 ? "not where the footer says" : "checksum");
        model_done(&toy);
    }
}
END_TEST

START_TEST(headers_that_cannot_be_are_refused)
{
    static const struct {
        uint64_t at;
        uint32_t value;
        const char *part;
    } cases[] = {
        {VHD_TOY_FOOTER + 60, 5, "the unknown disk type 5"},
        {VHD_TOY_FOOTER + 12, 0x00020000, "its footer has a version other than 1"},
        {VHD_TOY_FOOTER + 16, 1, "its dynamic header lies outside of the file"},
        {VHD_TOY_FOOTER + 20, VHD_TOY_SIZE - 1023, "its dynamic header lies outside of the file"},
        {VHD_TOY_FOOTER + 20, 0, "its dynamic header is not where the footer says"},
        {VHD_TOY_FOOTER + 20, 1024, "its dynamic header is not where the footer says"},
        {VHD_TOY_FOOTER + 48, 1, "its block table has 4 entries; the disk has 8196 blocks"},
        {VHD_TOY_FOOTER + 52, 4 * VHD_TOY_BLOCK + 1, "has 4 entries; the disk has 5 blocks"},
        {VHD_TOY_HEADER + 16, 1, "its block table lies outside of the file or on something else"},
        {VHD_TOY_HEADER + 20, 512, "its block table lies outside of the file or on something else"},
        {VHD_TOY_HEADER + 20, 1535, "its block table lies outside of the file or on something"},
        {VHD_TOY_HEADER + 20, 0, "its block table lies outside of the file or on something else"},
        {VHD_TOY_HEADER + 20, VHD_TOY_FOOTER, "its block table lies outside of the file or on"},
        {VHD_TOY_HEADER + 20, UINT32_MAX, "its block table lies outside of the file or on"},
        {VHD_TOY_HEADER + 24, 0x00020000, "its dynamic header has a version other than 1"},
        {VHD_TOY_HEADER + 28, 3, "its block table has 3 entries; the disk has 4 blocks"},
        {VHD_TOY_HEADER + 28, UINT32_MAX, "its block table lies outside of the file or on"},
        {VHD_TOY_HEADER + 32, 0, "its blocks have 0 bytes, not a power of two"},
        {VHD_TOY_HEADER + 32, 256 << 10, "its blocks have 262144 bytes, not a power of two"},
        {VHD_TOY_HEADER + 32, 3 << 19, "its blocks have 1572864 bytes, not a power of two"},
        {VHD_TOY_HEADER + 32, 512u << 20, "its blocks have 536870912 bytes, not a power of two"},
        {VHD_TOY_HEADER + 32, 256 << 20, "block 0 lies outside of the file"},
        {VHD_TOY_TABLE, VHD_TOY_SIZE / 512, "block 0 lies outside of the file"},
        {VHD_TOY_TABLE, UINT32_MAX - 1, "block 0 lies outside of the file"},
        {VHD_TOY_TABLE, 0, "block 0 lies on something else"},
        {VHD_TOY_TABLE, 1, "block 0 lies on something else"},
        {VHD_TOY_TABLE, 3, "block 0 lies on something else"},
        {VHD_TOY_TABLE + 8, (VHD_TOY_FOOTER - VHD_TOY_BLOCK_IN_FILE) / 512 + 1,
         "block 2 lies on something else"},
        {VHD_TOY_TABLE + 12, (VHD_TOY_FOOTER - VHD_TOY_BLOCK_IN_FILE) / 512,
         "block 3 lies on something else"},
        {VHD_TOY_TABLE + 12, (VHD_TOY_BLOCKS + VHD_TOY_BLOCK_IN_FILE) / 512 - 1,
         "block 3 lies on something else"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct model toy = toy_new();

        vhd_toy_put32(toy.fd, cases[i].at, cases[i].value);
        seal(&toy);
        model_refused(&toy, E_INVALID, cases[i].part);
        model_done(&toy);
    }
}
END_TEST

START_TEST(a_differencing_disk_is_refused)
{
    struct model toy = toy_new();

    vhd_toy_put32(toy.fd, VHD_TOY_FOOTER + 60, 4);
    seal(&toy);
    model_refused(&toy, E_UNSUPPORTED, "is a differencing VHD");
    vhd_toy_put32(toy.fd, 60, 4);
    toy_put(toy.fd, VHD_TOY_FOOTER, "no cookie", 9);
    seal(&toy);
    model_refused(&toy, E_UNSUPPORTED, "is a differencing VHD");
    model_done(&toy);
}
END_TEST

START_TEST(an_empty_disk_is_refused)
{
    struct model toy = toy_new();
    struct source *source;
    struct err err;

    vhd_toy_put64(toy.fd, VHD_TOY_FOOTER + 48, 0);
    seal(&toy);
    ck_assert_int_eq(model_open(&toy, SOURCE_ANY, &source, &err), E_INVALID);
    ck_assert_ptr_nonnull(strstr(err.text, "holds an empty disk"));
    model_done(&toy);
}
END_TEST

static void set_geometry(const struct model *toy, uint64_t footer, const char *creator,
                         const char *geometry)
{
    toy_put(toy->fd, footer + 28, creator, 4);
    toy_put(toy->fd, footer + 56, geometry, 4);
    vhd_toy_seal(toy->fd, footer, 512, 64);
}

static uint64_t size_of(const struct model *toy)
{
    struct source *source = model_source(toy);
    const uint64_t size = source_size(source);

    source_close(source);
    return size;
}

START_TEST(the_creator_says_which_size_is_meant)
{
    static const struct {
        const char *creator;
        bool geometry;
    } creators[] = {
        {"vpc ", true},  {"qemu", true},    {"qem2", false}, {"win ", false},
        {"d2v ", false}, {"tap", false},    {"CTXS", false}, {"vbox", false},
        {"wa\0", false}, {"\0\0\0", false}, {"VPC ", false}, {"qemU", false},
    };
    struct model toy = toy_new();

    for (size_t i = 0; i < sizeof creators / sizeof *creators; i++) {
        /* 150 cylinders, 1 head, 16 sectors */
        set_geometry(&toy, VHD_TOY_FOOTER, creators[i].creator, "\0\x96\1\x10");
        ck_assert_uint_eq(size_of(&toy), creators[i].geometry ? 150 * 16 * 512 : VHD_TOY_DISK);
        /* more than can be said */
        set_geometry(&toy, VHD_TOY_FOOTER, creators[i].creator, "\xff\xff\x10\xff");
        ck_assert_uint_eq(size_of(&toy), VHD_TOY_DISK);
    }
    set_geometry(&toy, VHD_TOY_FOOTER, "qemu", "\2\1\1\x10");
    model_refused(&toy, E_INVALID, "its block table has 4 entries; the disk has 9 blocks");
    model_done(&toy);
}
END_TEST

START_TEST(the_creator_of_a_fixed_disk_too)
{
    struct model toy = toy_new();

    vhd_toy_put32(toy.fd, VHD_TOY_FOOTER + 60, 2);
    vhd_toy_put64(toy.fd, VHD_TOY_FOOTER + 48, VHD_TOY_FOOTER);
    set_geometry(&toy, VHD_TOY_FOOTER, "vpc ", "\0\x96\1\x10");
    ck_assert_uint_eq(size_of(&toy), 150 * 16 * 512);
    set_geometry(&toy, VHD_TOY_FOOTER, "win ", "\0\x96\1\x10");
    ck_assert_uint_eq(size_of(&toy), VHD_TOY_FOOTER);
    set_geometry(&toy, VHD_TOY_FOOTER, "vpc ", "\2\1\1\x10");
    model_refused(&toy, E_INVALID, "its geometry is of a disk of 4202496 bytes, it holds 1576448");
    model_done(&toy);
}
END_TEST

static void move_block(struct model *toy)
{
    vhd_toy_put32(toy->fd, VHD_TOY_TABLE, VHD_TOY_SIZE / 512);
}

static void cut_block(struct model *toy)
{
    cut(toy, VHD_TOY_FOOTER - 4096);
}

START_TEST(a_file_that_changes_is_noticed_by_reading)
{
    struct model toy = toy_new();

    ck_assert_int_eq(model_read_after(&toy, move_block), E_CHANGED);
    vhd_toy_make(toy.fd);
    ck_assert_int_eq(model_read_after(&toy, cut_block), E_CHANGED);
    model_done(&toy);
}
END_TEST

UNIT_MAIN("image/vhd", blocks_are_where_the_table_says, blocks_without_data_are_passed_over,
          sectors_whose_bit_is_clear_are_zeros, a_damaged_footer_is_replaced_by_its_copy,
          a_copy_is_none_of_a_fixed_disk, a_file_cut_short_is_refused, heads_cut_short_are_refused,
          every_damaged_byte_of_the_header_is_seen, headers_that_cannot_be_are_refused,
          a_differencing_disk_is_refused, an_empty_disk_is_refused,
          the_creator_says_which_size_is_meant, the_creator_of_a_fixed_disk_too,
          a_file_that_changes_is_noticed_by_reading)

/* qcow2 as it is written: the reader gives the disk, and every cluster of the file is counted as
 * often as it is used. */
#include "base/endian.h"
#include "tests/unit/outlet_written.h"

enum { CLUSTER = 65536, ENTRIES = CLUSTER / 8, COUNTS = CLUSTER / 2 };

#define COPIED      ((uint64_t)1 << 63)
#define COMPRESSED  ((uint64_t)1 << 62)
#define PLACE_MASK  (((uint64_t)1 << 56) - 1)
#define PACKED_MASK (((uint64_t)1 << 54) - 1)

/* How often each cluster of the file is used. */
struct uses {
    const struct written *written;
    uint16_t *counts;
    uint64_t clusters;
};

static void use(struct uses *uses, uint64_t at, uint64_t length)
{
    for (uint64_t i = at / CLUSTER; i <= (at + length - 1) / CLUSTER; i++) {
        ck_assert_uint_lt(i, uses->clusters);
        uses->counts[i]++;
    }
}

/* A cluster of big-endian numbers. */
static void read_table(const struct uses *uses, uint64_t at, uint64_t entries[static ENTRIES])
{
    static uint8_t bytes[CLUSTER];

    ck_assert_uint_eq(at % CLUSTER, 0);
    written_read(uses->written, at, bytes, sizeof bytes);
    for (size_t i = 0; i < ENTRIES; i++)
        entries[i] = big_get64(bytes + i * 8);
}

static void use_data(struct uses *uses, uint64_t entry)
{
    const uint64_t at = entry & PACKED_MASK;

    if (entry & COMPRESSED) {
        const uint64_t sectors = (entry >> 54 & 255) + 1;

        ck_assert_uint_eq(entry & COPIED, 0);
        use(uses, at, sectors * 512 - at % 512);
    } else if (entry) {
        ck_assert_uint_eq(entry & ~PLACE_MASK, COPIED);
        ck_assert_uint_eq((entry & PLACE_MASK) % CLUSTER, 0);
        use(uses, entry & PLACE_MASK, CLUSTER);
    }
}

static void use_tables(struct uses *uses, uint64_t l1_at, uint64_t l1_clusters)
{
    static uint64_t l1[ENTRIES], l2[ENTRIES];

    use(uses, l1_at, l1_clusters * CLUSTER);
    for (uint64_t i = 0; i < l1_clusters; i++) {
        read_table(uses, l1_at + i * CLUSTER, l1);
        for (size_t k = 0; k < ENTRIES; k++) {
            if (!l1[k])
                continue;
            ck_assert_uint_eq(l1[k] & ~PLACE_MASK, COPIED);
            use(uses, l1[k] & PLACE_MASK, CLUSTER);
            read_table(uses, l1[k] & PLACE_MASK, l2);
            for (size_t m = 0; m < ENTRIES; m++)
                use_data(uses, l2[m]);
        }
    }
}

static void check_refcount_block(const struct uses *uses, uint64_t block, uint64_t at)
{
    static uint8_t bytes[CLUSTER];

    if (at)
        written_read(uses->written, at, bytes, sizeof bytes);
    else
        memset(bytes, 0, sizeof bytes);
    for (uint64_t i = 0; i < COUNTS; i++) {
        const uint64_t cluster = block * COUNTS + i;

        ck_assert_msg(big_get16(bytes + i * 2) ==
                          (cluster < uses->clusters ? uses->counts[cluster] : 0),
                      "cluster %llu", (unsigned long long)cluster);
    }
}

static void check_refcounts(const struct written *written)
{
    struct uses uses = {.written = written, .clusters = written->file_size / CLUSTER};
    static uint64_t table[ENTRIES];
    uint8_t header[112];
    uint64_t table_at;

    ck_assert_uint_eq(written->file_size % CLUSTER, 0);
    uses.counts = calloc(uses.clusters, sizeof *uses.counts);
    written_read(written, 0, header, sizeof header);
    table_at = big_get64(header + 48);
    ck_assert_uint_eq(big_get32(header + 56), 1);
    use(&uses, 0, CLUSTER);
    use(&uses, table_at, CLUSTER);
    use_tables(&uses, big_get64(header + 40), (big_get32(header + 36) + ENTRIES - 1) / ENTRIES);
    read_table(&uses, table_at, table);
    for (size_t i = 0; i < ENTRIES; i++)
        if (table[i])
            use(&uses, table[i], CLUSTER);
    for (size_t i = 0; i < ENTRIES && i * COUNTS < uses.clusters; i++)
        check_refcount_block(&uses, i, table[i]);
    free(uses.counts);
}

START_TEST(every_size_is_read_back)
{
    check_sizes(IMAGE_QCOW2, false, SOURCE_QCOW2, CLUSTER, check_refcounts);
}
END_TEST

START_TEST(every_size_is_read_back_compressed)
{
    check_sizes(IMAGE_QCOW2, true, SOURCE_QCOW2, CLUSTER, check_refcounts);
}
END_TEST

START_TEST(a_cluster_holds_many_that_are_compressed)
{
    /* 32 clusters that shrink, one that does not, and what lies across their borders. */
    const struct toy toy = {{IMAGE_QCOW2, true, GIB + 5 * MIB, .seed = {1}},
                            {{0, 2}, {17, 1}, {19, 600}, {131071, 2}, {131200, 40}, {263400, 1}}};
    struct written written = check_toy(&toy, SOURCE_QCOW2, CLUSTER);

    check_refcounts(&written);
    ck_assert_uint_lt(written.file_size, 3 * MIB);
    written_done(&written);
}
END_TEST

static void check_large(bool compress)
{
    const uint64_t last = 2 * TIB / BLOCK - 1;
    const struct toy toy = {{IMAGE_QCOW2, compress, 2 * TIB, .seed = {1}},
                            {{0, 1}, {4711, 3}, {last / 2, 2}, {last - 5000, 20}, {last, 1}}};
    struct written written = check_toy(&toy, SOURCE_QCOW2, CLUSTER);

    check_refcounts(&written);
    ck_assert_uint_le(written.file_size, 16 * CLUSTER);
    written_done(&written);
}

START_TEST(a_large_sparse_disk_is_small)
{
    check_large(false);
    check_large(true);
}
END_TEST

/* Refcount blocks cover 2 GiB of the file, L2 tables 512 MiB of the disk. */
START_TEST(a_long_file_is_counted)
{
    const struct image_request request = {IMAGE_QCOW2, true, 16 * GIB, .seed = {1}};
    struct written written = {.scratch = scratch_new()};
    struct image_writer *writer;
    uint64_t state = 0, place;
    struct err err = {0};

    written.fd = open(written.scratch.path, O_RDWR | O_TMPFILE | O_CLOEXEC, 0600);
    ck_assert_int_ge(written.fd, 0);
    ck_assert_int_eq(image_writer_new(&request, &writer, &err), 0);
    for (uint64_t at = 0; at < 9 * GIB; at += CLUSTER) {
        const uint64_t number = at / CLUSTER;
        const bool plain = number % 11 == 3;
        const struct image_unit unit = {at, plain ? CLUSTER : 50000 + number % 15000, plain};

        ck_assert_int_eq(image_writer_append(writer, &unit, &place, &err), 0);
        take_pieces(&written, writer, &state, 0);
        ck_assert_uint_le(written.pieces, 2);
        written.pieces = 0;
    }
    ck_assert_int_eq(image_writer_finish(writer, &err), 0);
    take_pieces(&written, writer, &state, 0);
    written.file_size = image_writer_file_size(writer);
    save_spans(&written, 5);
    check_refcounts(&written);
    ck_assert_uint_gt(written.file_size, 6 * GIB);
    image_writer_free(writer);
    written_done(&written);
}
END_TEST

START_TEST(more_than_readers_take_is_refused)
{
    const struct image_request request = {IMAGE_QCOW2, false, ((uint64_t)1 << 50) + 1, .seed = {1}};
    struct image_writer *writer = NULL;
    struct err err = {0};

    ck_assert_int_eq(image_writer_new(&request, &writer, &err), E_INVALID);
    ck_assert_ptr_null(writer);
    ck_assert_ptr_nonnull(strstr(err.text, "a qcow2 holds at most"));
    image_writer_free(NULL);
}
END_TEST

UNIT_MAIN("outlet/qcow2", every_size_is_read_back, every_size_is_read_back_compressed,
          a_cluster_holds_many_that_are_compressed, a_large_sparse_disk_is_small,
          a_long_file_is_counted, more_than_readers_take_is_refused)

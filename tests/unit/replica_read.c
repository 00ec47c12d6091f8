/* read: every byte proven, and each replica's damage made good by the next one. */
#include "replica/read.h"

#include "blob/blob.h"
#include "blob/disk.h"
#include "tests/unit/replica_toy.h"

enum { REPLICAS = 3 };

struct bench {
    struct scratch scratch;
    struct replica replicas[REPLICAS];
    struct toy toy;
    struct disk_digest digest;
    struct toy_told told;
};

/* Three replicas that hold one disk, in two blobs each. */
static void bench_init(struct bench *bench)
{
    struct toy half;

    *bench = (struct bench){.scratch = scratch_new()};
    bench->toy.size = 2 * SEGMENT_SIZE + 1000;
    toy_run(&bench->toy, 5, 1, 100);
    toy_run(&bench->toy, 200, 40, 50);
    toy_run(&bench->toy, SEGMENT_BLOCKS - 20, 1000, 40);
    toy_run(&bench->toy, 2 * SEGMENT_BLOCKS, 2000, 1);
    half = bench->toy;
    half.count = 130;
    for (size_t i = 0; i < REPLICAS; i++) {
        char name[16];

        snprintf(name, sizeof name, "home/%zu", i + 1);
        bench->replicas[i] = toy_replica(&bench->scratch, name);
        toy_pack(&bench->replicas[i], &half, NULL);
        bench->digest = toy_pack(&bench->replicas[i], &bench->toy, NULL);
        ck_assert_uint_eq(toy_files(&bench->replicas[i], "blobs"), 2);
    }
}

static void bench_done(struct bench *bench)
{
    for (size_t i = 0; i < REPLICAS; i++)
        replica_close(&bench->replicas[i]);
    scratch_done(&bench->scratch);
}

static int bench_read(struct bench *bench, struct err *err)
{
    return toy_read(bench->replicas, REPLICAS, &bench->digest, &bench->toy, &bench->told, err);
}

/* The blob of a replica that holds most blocks of segment 0. */
static void first_blob(const struct bench *bench, char path[512])
{
    struct disk *disk = NULL;
    struct err err = {0};
    char name[BLOB_NAME_TEXT];

    OK(disk_open(bench->replicas[0].dir, &bench->digest, &disk, &err));
    blob_name_text(&disk_blob(disk, 0)->name, name);
    snprintf(path, 512, "blobs/%s.blob", name);
    disk_close(disk);
}

START_TEST(what_was_packed_is_read)
{
    struct bench bench;
    struct err err = {0};

    bench_init(&bench);
    OK(bench_read(&bench, &err));
    ck_assert_uint_eq(bench.told.count, 0);
    bench_done(&bench);
}
END_TEST

START_TEST(extents_are_joined_and_reads_stay_inside_one)
{
    struct bench bench;
    struct disk_reader *reader = NULL;
    const struct extent *extents;
    uint8_t *bytes = mem_new(101, BLOCK_SIZE);
    struct err err = {0};
    size_t count;

    bench_init(&bench);
    OK(toy_reader(bench.replicas, 1, &bench.digest, NULL, &reader, &err));
    ck_assert_uint_eq(disk_reader_segments(reader), 3);
    ck_assert_uint_eq(disk_reader_data_blocks(reader), 191);
    OK(disk_reader_extents(reader, 0, &extents, &count, &err));
    ck_assert_uint_eq(count, 3);
    ck_assert_uint_eq(extents[0].block, 5);
    ck_assert_uint_eq(extents[0].count, 100);
    ck_assert_uint_eq(extents[2].count, 20);
    OK(disk_reader_extents(reader, 1, &extents, &count, &err));
    ck_assert_uint_eq(count, 1);
    ck_assert_uint_eq(extents[0].block, SEGMENT_BLOCKS);
    ck_assert_int_eq(disk_reader_extents(reader, 3, &extents, &count, &err), E_INVALID);

    OK(disk_reader_read(reader, 5, 100, bytes, &err));
    ck_assert_int_eq(disk_reader_read(reader, 5, 101, bytes, &err), E_INVALID);
    ck_assert_int_eq(disk_reader_read(reader, 4, 1, bytes, &err), E_INVALID);
    OK(disk_reader_read(reader, 104, 1, bytes, &err));
    ck_assert_int_eq(disk_reader_read(reader, 105, 1, bytes, &err), E_INVALID);
    ck_assert_int_eq(disk_reader_read(reader, 104, SIZE_MAX, bytes, &err), E_INVALID);
    ck_assert_int_eq(disk_reader_read(reader, 3 * SEGMENT_BLOCKS, 1, bytes, &err), E_INVALID);
    ck_assert_int_eq(disk_reader_read(reader, UINT64_MAX, 1, bytes, &err), E_INVALID);
    disk_reader_close(reader);
    disk_reader_close(NULL);
    free(bytes);
    bench_done(&bench);
}
END_TEST

START_TEST(a_flipped_bit_is_read_from_the_next_replica)
{
    struct bench bench;
    struct err err = {0};
    char path[512], want[1024];

    bench_init(&bench);
    first_blob(&bench, path);
    toy_flip(&bench.replicas[0], path, 100);
    toy_flip(&bench.replicas[0], path, 40000); /* another frame: the same cause, told once */
    OK(bench_read(&bench, &err));
    ck_assert_uint_eq(bench.told.count, 1);
    snprintf(want, sizeof want,
             "replica 'home/1' cannot be read: cannot use '%s': frame 0 at byte 32 is damaged; "
             "reading from 'home/2'",
             path);
    ck_assert_str_eq(bench.told.last, want);
    bench_done(&bench);
}
END_TEST

START_TEST(damage_in_different_replicas_at_different_places_loses_nothing)
{
    struct bench bench;
    struct err err = {0};
    char path[512];

    bench_init(&bench);
    first_blob(&bench, path);
    toy_flip(&bench.replicas[0], path, 100);
    toy_flip(&bench.replicas[1], path, 100);
    toy_flip(&bench.replicas[1], path, -20); /* its footer: the whole blob */
    toy_flip(&bench.replicas[2], path, 130000);
    OK(bench_read(&bench, &err));
    ck_assert_uint_eq(bench.told.count, 2);
    ck_assert_ptr_nonnull(strstr(bench.told.last, "replica 'home/2' cannot be read"));
    ck_assert_ptr_nonnull(strstr(bench.told.last, "reading from 'home/3'"));
    bench_done(&bench);
}
END_TEST

START_TEST(a_missing_blob_is_read_from_the_next_replica)
{
    struct bench bench;
    struct err err = {0};
    char path[512];

    bench_init(&bench);
    first_blob(&bench, path);
    toy_remove(&bench.replicas[0], path);
    OK(bench_read(&bench, &err));
    ck_assert_uint_eq(bench.told.count, 1);
    ck_assert_ptr_nonnull(strstr(bench.told.last, "replica 'home/1' cannot be read: cannot open"));
    ck_assert_ptr_nonnull(strstr(bench.told.last, "no such file or directory; reading from"));
    bench_done(&bench);
}
END_TEST

START_TEST(a_missing_or_damaged_map_is_read_from_the_next_replica)
{
    struct bench bench;
    struct err err = {0};
    char path[512], text[DISK_DIGEST_TEXT];

    bench_init(&bench);
    disk_digest_text(&bench.digest, text);
    snprintf(path, sizeof path, "disks/%s.disk", text);
    toy_remove(&bench.replicas[0], path);
    toy_flip(&bench.replicas[1], path, 70);
    OK(bench_read(&bench, &err));
    ck_assert_uint_eq(bench.told.count, 2);
    ck_assert_ptr_nonnull(strstr(bench.told.last, "replica 'home/2' cannot be read"));

    toy_remove(&bench.replicas[2], path);
    ck_assert_int_eq(bench_read(&bench, &err), E_CORRUPT);
    toy_remove(&bench.replicas[1], path);
    ck_assert_int_eq(bench_read(&bench, &err), E_NOT_FOUND);
    ck_assert_int_eq(toy_read(NULL, 0, &bench.digest, &bench.toy, NULL, &err), E_NOT_FOUND);
    bench_done(&bench);
}
END_TEST

START_TEST(an_unusable_replica_is_told_and_passed_over)
{
    struct bench bench;
    struct replica away = REPLICA_NONE;
    struct err err = {0};

    bench_init(&bench);
    replica_close(&bench.replicas[0]);
    away.label = strdup("away/1");
    away.why = strdup("nothing is mounted there");
    bench.replicas[0] = away;
    OK(bench_read(&bench, &err));
    ck_assert_uint_eq(bench.told.count, 1);
    ck_assert_str_eq(bench.told.last, "replica 'away/1' cannot be read: nothing is mounted there; "
                                      "reading from 'home/2'");
    ck_assert_int_eq(toy_read(bench.replicas, 1, &bench.digest, &bench.toy, &bench.told, &err),
                     E_NOT_FOUND);
    ck_assert_ptr_nonnull(strstr(err.text, "nothing is mounted there"));
    bench_done(&bench);
}
END_TEST

START_TEST(what_all_replicas_lost_is_an_error_that_names_the_byte)
{
    struct bench bench;
    struct err err = {0};
    char path[512];

    bench_init(&bench);
    first_blob(&bench, path);
    for (size_t i = 0; i < REPLICAS; i++)
        toy_flip(&bench.replicas[i], path, 100);
    ck_assert_int_eq(bench_read(&bench, &err), E_CORRUPT);
    ck_assert_ptr_nonnull(strstr(err.text, "cannot read byte 20480 of the disk from any replica"));
    for (size_t i = 0; i < REPLICAS; i++)
        toy_remove(&bench.replicas[i], path);
    ck_assert_int_eq(bench_read(&bench, &err), E_CORRUPT);
    bench_done(&bench);
}
END_TEST

/* A blob whose checksums are right, but whose blocks are not what their SHA-256 says: the work of a
 * person, not of rot. */
START_TEST(a_planted_block_is_never_given)
{
    struct bench bench;
    struct blob_writer *writer = NULL;
    struct disk_writer *map = NULL;
    struct sha256 *sha256 = sha256_new();
    struct disk_reader *reader = NULL;
    struct toy toy = {.size = BLOCK_SIZE, .count = 1, .blocks = {{0, 5}}};
    uint8_t bytes[BLOCK_SIZE], read[BLOCK_SIZE];
    struct block_id id;
    const struct frame_bytes frame = {
        .stored = bytes, .stored_length = BLOCK_SIZE, .codec = CODEC_NONE, .ids = &id, .count = 1};
    struct disk_blob named = {.blocks = 1};
    struct disk_digest digest;
    struct err err = {0};
    uint32_t first;
    bool new;

    bench_init(&bench);
    toy_bytes(&toy, 0, bytes);
    sha256_of(sha256, bytes, BLOCK_SIZE, id.sha256);
    bytes[9] ^= 1;
    OK(blob_writer_open(bench.replicas[0].blobs, &writer, &err));
    OK(blob_writer_add(writer, &frame, &first, &err));
    OK(blob_writer_publish(writer, &named.name, &named.size, &new, &err));
    blob_writer_close(writer);
    OK(disk_writer_open(bench.replicas[0].disks, &map, &err));
    OK(disk_writer_add(map, 0, &id, disk_writer_blob(map, &named), 0, &err));
    OK(disk_writer_end(map, toy.size, &digest, &err));
    OK(disk_writer_publish(map, false, &new, &err));
    disk_writer_close(map);

    ck_assert_int_eq(toy_read(bench.replicas, 1, &digest, &toy, NULL, &err), E_CORRUPT);
    /* Without a look at blocks it passes: that is what leaving it out means. */
    OK(disk_reader_open(
        &(struct disk_reader_request){
            .replicas = bench.replicas, .count = 1, .digest = digest, .check = DESK_FRAMES},
        &reader, &err));
    OK(disk_reader_read(reader, 0, 1, read, &err));
    ck_assert_mem_eq(read, bytes, BLOCK_SIZE);
    disk_reader_close(reader);
    toy_pack(&bench.replicas[1], &toy, NULL);
    OK(toy_read(bench.replicas, 2, &digest, &toy, &bench.told, &err));
    ck_assert_uint_eq(bench.told.count, 1);
    sha256_free(sha256);
    bench_done(&bench);
}
END_TEST

/* A sweep moves the blocks to another blob, replaces the map, removes the old blob: a reader that
 * has the old map goes on. */
START_TEST(a_reader_survives_blocks_that_move)
{
    struct bench bench;
    struct replica other;
    struct disk_reader *reader = NULL;
    const struct extent *extents;
    uint8_t bytes[BLOCK_SIZE], want[BLOCK_SIZE];
    struct err err = {0};
    char command[1024], path[512], text[DISK_DIGEST_TEXT];
    size_t count;

    bench_init(&bench);
    OK(toy_reader(bench.replicas, 1, &bench.digest, &bench.told, &reader, &err));
    other = toy_replica(&bench.scratch, "other");
    toy_pack(&other, &bench.toy, NULL); /* all in one blob */
    disk_digest_text(&bench.digest, text);
    first_blob(&bench, path);
    toy_file(&other, "blobs", 0, command);
    ck_assert_int_eq(linkat(other.dir, command, bench.replicas[0].dir, command, 0), 0);
    snprintf(command, sizeof command, "disks/%s.disk", text);
    ck_assert_int_eq(renameat(other.dir, command, bench.replicas[0].dir, command), 0);
    toy_remove(&bench.replicas[0], path);
    OK(disk_reader_extents(reader, 0, &extents, &count, &err));
    OK(disk_reader_read(reader, 5, 1, bytes, &err));
    toy_bytes(&bench.toy, 0, want);
    ck_assert_mem_eq(bytes, want, BLOCK_SIZE);
    ck_assert_uint_eq(bench.told.count, 0);
    disk_reader_close(reader);
    replica_close(&other);
    bench_done(&bench);
}
END_TEST

/* As many as may be held are, and are read by what any thread has: the reader itself can go on. */
START_TEST(parts_are_held_and_read_apart_from_the_reader)
{
    struct bench bench;
    struct disk_reader *reader = NULL;
    struct desk *desk = desk_new(DESK_BLOCKS);
    const struct part *parts[DISK_READER_PARTS];
    uint8_t bytes[20 * BLOCK_SIZE], want[BLOCK_SIZE];
    struct err err = {0};

    bench_init(&bench);
    OK(toy_reader(bench.replicas, 1, &bench.digest, &bench.told, &reader, &err));
    for (size_t i = 0; i < 3; i++)
        OK(disk_reader_hold(reader, i, &parts[i], &err));
    ck_assert_uint_eq(parts[0]->extent_count, 3);
    OK(part_read(parts[0], desk, SEGMENT_BLOCKS - 20, 20, bytes, &err));
    for (size_t i = 0; i < 20; i++) {
        toy_bytes(&bench.toy, 150 + i, want);
        ck_assert_mem_eq(bytes + i * BLOCK_SIZE, want, BLOCK_SIZE);
    }
    ck_assert_int_eq(part_read(parts[0], desk, SEGMENT_BLOCKS - 20, 21, bytes, &err), E_INVALID);
    ck_assert_int_eq(part_read(parts[0], desk, 4, 2, bytes, &err), E_INVALID);
    ck_assert_int_eq(part_read(parts[1], desk, 5, 1, bytes, &err), E_INVALID);
    OK(disk_reader_read(reader, 5, 1, bytes, &err));
    ck_assert_int_eq(disk_reader_hold(reader, 3, &parts[3], &err), E_INVALID);
    for (size_t i = 0; i < 3; i++)
        disk_reader_let_go(reader, parts[i]);
    desk_free(desk);
    desk_free(NULL);
    disk_reader_close(reader);
    bench_done(&bench);
}
END_TEST

static void open_one(void *user, size_t number)
{
    struct bench *bench = user;
    struct replica *replica = &bench->replicas[number];
    struct err err = {0};
    char *label = replica->label;
    int dir;

    bench->told.count++;
    OK(dir_open(bench->scratch.fd, label, &dir, &err));
    OK(replica_open(dir, label, false, 0, replica, &err));
    free(label);
}

START_TEST(replicas_are_opened_when_they_are_wanted)
{
    struct bench bench;
    struct disk_reader_request request = {.count = REPLICAS, .open = open_one, .user = &bench};
    struct disk_reader *reader = NULL;
    uint8_t bytes[BLOCK_SIZE];
    struct err err = {0};
    char path[512];

    bench_init(&bench);
    first_blob(&bench, path);
    toy_flip(&bench.replicas[0], path, 100);
    request.replicas = bench.replicas;
    request.digest = bench.digest;
    for (size_t i = 0; i < REPLICAS; i++) {
        char *label = strdup(bench.replicas[i].label);

        replica_close(&bench.replicas[i]);
        bench.replicas[i].label = label;
    }
    OK(disk_reader_open(&request, &reader, &err));
    OK(disk_reader_read(reader, 200, 1, bytes, &err));
    ck_assert_uint_eq(bench.told.count, 1);
    OK(disk_reader_read(reader, 5, 1, bytes, &err)); /* which the first one has wrong */
    ck_assert_uint_eq(bench.told.count, 2);
    ck_assert_int_eq(bench.replicas[2].dir, -1);
    disk_reader_close(reader);
    bench_done(&bench);
}
END_TEST

UNIT_MAIN("replica/read", what_was_packed_is_read, extents_are_joined_and_reads_stay_inside_one,
          a_flipped_bit_is_read_from_the_next_replica,
          damage_in_different_replicas_at_different_places_loses_nothing,
          a_missing_blob_is_read_from_the_next_replica,
          a_missing_or_damaged_map_is_read_from_the_next_replica,
          an_unusable_replica_is_told_and_passed_over,
          what_all_replicas_lost_is_an_error_that_names_the_byte, a_planted_block_is_never_given,
          a_reader_survives_blocks_that_move, parts_are_held_and_read_apart_from_the_reader,
          replicas_are_opened_when_they_are_wanted)

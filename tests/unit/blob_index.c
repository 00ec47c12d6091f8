/* index: the same answers with its files, without them, and with damaged ones. */
#include "blob/index.h"

#include "base/endian.h"
#include "blob/room.h"
#include "os/lock.h"
#include "tests/unit/blob_plain.h"

/* An identity made up: blobs are written with any, and the index does not look at the blocks. */
static struct block_id made_up(uint64_t number)
{
    uint64_t mixed = number * 0x9e3779b97f4a7c15u;
    struct block_id id = {{0}};

    mixed ^= mixed >> 29;
    mixed *= 0xbf58476d1ce4e5b9u;
    little_put64(id.sha256, mixed ^ mixed >> 32);
    little_put64(id.sha256 + 24, number);
    return id;
}

/* A blob of made-up blocks `from` to `from` + `count` - 1. */
static struct blob_name add_blob(const struct plain *plain, uint64_t from, uint32_t count)
{
    struct block_id ids[FRAME_BLOCKS];
    uint8_t bytes[16] = {0};
    struct frame_bytes frame = {
        .stored = bytes, .stored_length = sizeof bytes, .codec = CODEC_ZSTD, .ids = ids};
    struct blob_writer *writer;
    struct blob_name name;
    struct err err = {0};
    uint64_t size;
    uint32_t first;
    bool new;

    little_put64(bytes, from);
    OK(blob_writer_open(plain->blobs, &writer, &err));
    for (uint32_t i = 0; i < count; i += FRAME_BLOCKS) {
        frame.count = count - i < FRAME_BLOCKS ? count - i : FRAME_BLOCKS;
        for (uint32_t k = 0; k < frame.count; k++)
            ids[k] = made_up(from + i + k);
        OK(blob_writer_add(writer, &frame, &first, &err));
    }
    OK(blob_writer_publish(writer, &name, &size, &new, &err));
    blob_writer_close(writer);
    return name;
}

static struct index *open_index(const struct plain *plain)
{
    struct index *index;
    struct err err = {0};

    OK(index_open(plain->dir, &index, &err));
    return index;
}

static void save(struct index *index)
{
    struct err err = {0};

    OK(index_save(index, &err));
}

static void expect_absent(struct index *index, uint64_t from, uint64_t count)
{
    struct err err = {0};

    for (uint64_t i = from; i < from + count; i++) {
        const struct block_id id = made_up(i);
        struct index_place place;

        ck_assert_msg(index_find(index, &id, &place, &err) == 0, "%llu", (unsigned long long)i);
    }
}

/* Blocks `from`… are those of `name` from its first block on. */
static void expect_blob(struct index *index, const struct blob_name *name, uint64_t from,
                        uint64_t count)
{
    struct err err = {0};

    for (uint64_t i = 0; i < count; i++) {
        const struct block_id id = made_up(from + i);
        struct blob_name found;
        struct index_place place;

        ck_assert_msg(index_find(index, &id, &place, &err) == 1, "%llu: %s",
                      (unsigned long long)(from + i), err.text);
        ck_assert_uint_eq(place.block, i);
        found = blob_name(index_blob(index, place.blob));
        ck_assert_mem_eq(&found, name, sizeof found);
        ck_assert(index_is(index, place, &id));
        place.block++;
        ck_assert(!index_is(index, place, &id));
    }
}

static size_t count_index_files(const struct plain *plain)
{
    struct texts names = {0};
    struct err err = {0};
    size_t count = 0;

    OK(dir_list(plain->dir, ".", &names, &err));
    for (size_t i = 0; i < names.count; i++)
        count +=
            strncmp(names.items[i], "index.", 6) == 0 && strcmp(names.items[i], "index.lock") != 0;
    texts_done(&names);
    return count;
}

START_TEST(an_empty_directory_has_nothing)
{
    struct plain plain = plain_new();
    struct index *index = open_index(&plain);
    const struct blob_name name = {{1}};
    uint32_t number;

    expect_absent(index, 0, 10);
    ck_assert(!index_number_of(index, &name, &number));
    ck_assert(!index_is(index, (struct index_place){0, 0}, &(struct block_id){{0}}));
    save(index);
    ck_assert_uint_eq(count_index_files(&plain), 0);
    index_close(index);
    index_close(NULL);
    plain_done(&plain);
}
END_TEST

START_TEST(a_directory_without_blobs_is_an_error)
{
    struct plain plain = plain_new();
    struct index *index;
    struct err err = {0};

    OK(dir_remove_tree(plain.dir, "blobs", &err));
    ck_assert_int_lt(index_open(plain.dir, &index, &err), 0);
    plain_done(&plain);
}
END_TEST

START_TEST(what_is_added_is_found_at_once_and_later)
{
    static const uint32_t counts[] = {1, 255, 256, 257, 1000};
    struct err err = {0};

    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        struct plain plain = plain_new();
        struct index *index = open_index(&plain);
        const struct blob_name name = add_blob(&plain, 100, counts[i]);
        uint32_t number, known;

        expect_absent(index, 100, counts[i]);
        OK(index_add(index, &name, &number, &err));
        ck_assert(index_number_of(index, &name, &known));
        ck_assert_uint_eq(number, known);
        OK(index_add(index, &name, &known, &err));
        ck_assert_uint_eq(number, known);
        expect_blob(index, &name, 100, counts[i]);
        index_close(index);
        index = open_index(&plain);
        expect_blob(index, &name, 100, counts[i]);
        save(index);
        ck_assert_uint_eq(count_index_files(&plain), 1);
        expect_blob(index, &name, 100, counts[i]);
        save(index);
        ck_assert_uint_eq(count_index_files(&plain), 1);
        index_close(index);
        index = open_index(&plain);
        expect_blob(index, &name, 100, counts[i]);
        expect_absent(index, 0, 100);
        expect_absent(index, 100 + counts[i], 100);
        index_close(index);
        plain_done(&plain);
    }
}
END_TEST

/* More blobs than are kept open, saved one by one: files are merged, nothing is lost. */
START_TEST(files_stay_few_and_blobs_are_reopened)
{
    enum { BLOBS = 70, BLOCKS = 40 };
    struct plain plain = plain_new();
    struct blob_name names[BLOBS];
    struct index *index;
    struct err err = {0};
    uint32_t number;

    for (uint64_t i = 0; i < BLOBS; i++) {
        index = open_index(&plain);
        names[i] = add_blob(&plain, i * BLOCKS, BLOCKS);
        OK(index_add(index, &names[i], &number, &err));
        save(index);
        ck_assert_uint_le(count_index_files(&plain), INDEX_FILES_MAX);
        index_close(index);
    }
    index = open_index(&plain);
    for (int round = 0; round < 2; round++)
        for (uint64_t i = 0; i < BLOBS; i++)
            expect_blob(index, &names[i], i * BLOCKS, BLOCKS);
    expect_absent(index, BLOBS * BLOCKS, 100);
    for (uint64_t i = 0; i < BLOBS; i++) {
        ck_assert(index_number_of(index, &names[i], &number));
        ck_assert_ptr_nonnull(index_blob(index, number));
    }
    index_close(index);
    plain_done(&plain);
}
END_TEST

/* A hundred thousand blocks over several files and pages, each looked up. */
START_TEST(large_files_are_searched_right)
{
    enum { BLOBS = 4, BLOCKS = 25000 };
    struct plain plain = plain_new();
    struct blob_name names[BLOBS];
    struct index *index;

    for (uint64_t i = 0; i < BLOBS; i++)
        names[i] = add_blob(&plain, i * BLOCKS, BLOCKS);
    index = open_index(&plain);
    save(index);
    for (uint64_t i = 0; i < BLOBS; i++)
        expect_blob(index, &names[i], i * BLOCKS, BLOCKS);
    expect_absent(index, BLOBS * BLOCKS, BLOCKS);
    index_close(index);
    plain_done(&plain);
}
END_TEST

/* More than memory may hold: anonymous files take over, and answer the same. */
START_TEST(more_than_memory_holds_goes_to_files)
{
    enum { BLOBS = 3, BLOCKS = INDEX_HELD_MAX / 2 + 32 };
    struct plain plain = plain_new();
    struct blob_name names[BLOBS];
    struct index *index;

    for (uint64_t i = 0; i < BLOBS; i++)
        names[i] = add_blob(&plain, i * BLOCKS, BLOCKS);
    index = open_index(&plain);
    ck_assert_uint_ge(index->files.count, 1);
    ck_assert_uint_le(index->held.entries, INDEX_HELD_MAX);
    ck_assert_uint_eq(count_index_files(&plain), 0);
    for (uint64_t i = 0; i < BLOBS; i++)
        expect_blob(index, &names[i], i * BLOCKS, 1000);
    expect_absent(index, BLOBS * BLOCKS, 1000);
    save(index);
    ck_assert_uint_eq(count_index_files(&plain), 1);
    ck_assert_uint_eq(index->held.entries, 0);
    for (uint64_t i = 0; i < BLOBS; i++)
        expect_blob(index, &names[i], i * BLOCKS, 1000);
    index_close(index);
    plain_done(&plain);
}
END_TEST

/* Many anonymous files in one process are merged too. */
START_TEST(anonymous_files_stay_few)
{
    enum { BLOBS = 20, BLOCKS = 64 };
    struct plain plain = plain_new();
    struct index *index = open_index(&plain);
    struct blob_name names[BLOBS];
    struct err err = {0};
    uint32_t number;

    for (uint64_t i = 0; i < BLOBS; i++) {
        names[i] = add_blob(&plain, i * BLOCKS, BLOCKS);
        OK(index_add(index, &names[i], &number, &err));
        OK(index_spill(index, &err));
        ck_assert_uint_le(index->files.count, INDEX_FILES_MAX + 1);
    }
    for (uint64_t i = 0; i < BLOBS; i++)
        expect_blob(index, &names[i], i * BLOCKS, BLOCKS);
    save(index);
    ck_assert_uint_eq(count_index_files(&plain), 1);
    for (uint64_t i = 0; i < BLOBS; i++)
        expect_blob(index, &names[i], i * BLOCKS, BLOCKS);
    index_close(index);
    plain_done(&plain);
}
END_TEST

START_TEST(damaged_index_files_change_no_answer_and_are_replaced)
{
    struct plain plain = plain_new();
    const struct blob_name first = add_blob(&plain, 0, 300), second = add_blob(&plain, 300, 20);
    struct index *index = open_index(&plain);
    uint8_t *bytes;
    size_t length, at = 0;

    save(index);
    index_close(index);
    bytes = plain_load(&plain, "index.1", &length);
    for (size_t i = 0; i < length; i += i < 16 || i >= INDEX_HEADER_SIZE ? 7 : 500, at++) {
        bytes[i] ^= (uint8_t)(1 << at % 8);
        plain_store(&plain, "index.1", bytes, length);
        index = open_index(&plain);
        expect_blob(index, &first, 0, 300);
        expect_blob(index, &second, 300, 20);
        expect_absent(index, 320, 300);
        index_close(index);
        bytes[i] ^= (uint8_t)(1 << at % 8);
    }
    for (size_t i = 0; i < length; i += 97) {
        plain_store(&plain, "index.1", bytes, i);
        index = open_index(&plain);
        expect_blob(index, &first, 0, 300);
        expect_blob(index, &second, 300, 20);
        index_close(index);
    }
    /* The last damaged one is removed and a sound one written. */
    index = open_index(&plain);
    save(index);
    index_close(index);
    ck_assert_uint_eq(count_index_files(&plain), 1);
    index = open_index(&plain);
    ck_assert_uint_eq(index->files.count, 1);
    ck_assert_uint_eq(index->held.count, 0);
    index_close(index);
    free(bytes);
    plain_done(&plain);
}
END_TEST

/* Damage in a page shows only when the page is read, and truncation behind our back too. */
START_TEST(damage_met_on_the_way_is_healed_by_saving)
{
    struct plain plain = plain_new();
    const struct blob_name name = add_blob(&plain, 0, 2000);
    struct index *index = open_index(&plain);
    uint8_t *bytes;
    size_t length;

    save(index);
    index_close(index);
    bytes = plain_load(&plain, "index.1", &length);
    bytes[INDEX_HEADER_SIZE + 4096 + 9] ^= 0x10;
    plain_store(&plain, "index.1", bytes, length);
    index = open_index(&plain);
    ck_assert_uint_eq(index->files.count, 1);
    expect_blob(index, &name, 0, 2000);
    ck_assert_uint_eq(index->files.count, 0);
    save(index);
    ck_assert_uint_eq(index->files.count, 1);
    ck_assert_uint_eq(count_index_files(&plain), 1);
    expect_blob(index, &name, 0, 2000);
    index_close(index);
    index = open_index(&plain);
    plain_store(&plain, index->files.items[0]->path, bytes, 5000);
    expect_blob(index, &name, 0, 2000);
    index_close(index);
    free(bytes);
    plain_done(&plain);
}
END_TEST

/* Nine files, one page of one of them damaged: merging meets it, leaves the file out and lists its
 * blobs anew. */
START_TEST(merging_survives_a_damaged_file)
{
    enum { BLOBS = INDEX_FILES_MAX + 1 };
    struct plain plain = plain_new();
    struct blob_name names[BLOBS];
    struct index *index;
    uint8_t *bytes;
    size_t length;

    for (uint64_t i = 0; i < BLOBS; i++) {
        names[i] = add_blob(&plain, i * 300, 300);
        if (i == BLOBS - 1) {
            bytes = plain_load(&plain, "index.3", &length);
            bytes[INDEX_HEADER_SIZE + 100] ^= 1;
            plain_store(&plain, "index.3", bytes, length);
            free(bytes);
        }
        index = open_index(&plain);
        save(index);
        index_close(index);
    }
    ck_assert_uint_le(count_index_files(&plain), INDEX_FILES_MAX);
    index = open_index(&plain);
    ck_assert_uint_eq(index->held.count, 0);
    for (uint64_t i = 0; i < BLOBS; i++)
        expect_blob(index, &names[i], i * 300, 300);
    index_close(index);
    plain_done(&plain);
}
END_TEST

START_TEST(blobs_that_are_gone_or_damaged_are_not_found)
{
    struct plain plain = plain_new();
    const struct blob_name gone = add_blob(&plain, 0, 100), damaged = add_blob(&plain, 100, 100),
                           sound = add_blob(&plain, 200, 100);
    struct index *index = open_index(&plain);
    char path[BLOB_PATH_SIZE];
    struct err err = {0};
    uint32_t number;
    uint8_t *bytes;
    size_t length;

    save(index);
    index_close(index);
    blob_path(&gone, path);
    OK(file_remove(plain.dir, path, &err));
    blob_path(&damaged, path);
    bytes = plain_load(&plain, path, &length);
    bytes[length - BLOB_FOOTER_SIZE - 7] ^= 1;
    plain_store(&plain, path, bytes, length);
    for (int with_file = 1; with_file >= 0; with_file--) {
        index = open_index(&plain);
        expect_absent(index, 0, 200);
        expect_blob(index, &sound, 200, 100);
        ck_assert(!index_number_of(index, &gone, &number));
        ck_assert(!index_number_of(index, &damaged, &number));
        index_close(index);
        if (with_file)
            OK(file_remove(plain.dir, "index.1", &err));
    }
    index = open_index(&plain);
    ck_assert_int_eq(index_add(index, &gone, &number, &err), E_CORRUPT);
    ck_assert_int_eq(index_add(index, &damaged, &number, &err), E_CORRUPT);
    add_blob(&plain, 0, 100);
    OK(index_add(index, &gone, &number, &err));
    expect_blob(index, &gone, 0, 100);
    index_close(index);
    free(bytes);
    plain_done(&plain);
}
END_TEST

START_TEST(files_of_blobs_that_are_all_gone_are_removed)
{
    struct plain plain = plain_new();
    const struct blob_name gone = add_blob(&plain, 0, 100);
    struct index *index = open_index(&plain);
    char path[BLOB_PATH_SIZE];
    struct err err = {0};

    save(index);
    index_close(index);
    blob_path(&gone, path);
    OK(file_remove(plain.dir, path, &err));
    index = open_index(&plain);
    save(index);
    ck_assert_uint_eq(count_index_files(&plain), 0);
    expect_absent(index, 0, 100);
    index_close(index);
    plain_done(&plain);
}
END_TEST

/* The same eight bytes many times, over the borders of pages: each is told from the others. */
/* Few blobs stay open at a time; those that are pinned do, and can be read all along. */
START_TEST(a_pinned_blob_stays_open)
{
    enum { BLOBS = INDEX_OPEN_BLOBS + 10 };
    struct plain plain = plain_new();
    struct blob_name names[BLOBS];
    const struct blob *pinned[3];
    uint32_t numbers[3];
    struct index *index;
    struct block_id id;
    struct err err = {0};

    for (uint64_t i = 0; i < BLOBS; i++)
        names[i] = add_blob(&plain, 100 * i, 3);
    index = open_index(&plain);
    for (size_t i = 0; i < 3; i++) {
        ck_assert(index_number_of(index, &names[20 * i], &numbers[i]));
        pinned[i] = index_blob(index, numbers[i]);
        index_pin(index, numbers[i]);
    }
    index_pin(index, numbers[2]);
    for (int round = 0; round < 2; round++)
        for (uint64_t i = 0; i < BLOBS; i++)
            expect_blob(index, &names[i], 100 * i, 3);
    for (size_t i = 0; i < 3; i++) {
        const struct block_id want = made_up(2000 * i + 1);

        ck_assert_ptr_eq(index_blob(index, numbers[i]), pinned[i]);
        OK(blob_ids(pinned[i], 1, 1, &id, &err));
        ck_assert_mem_eq(&id, &want, sizeof id);
        index_unpin(index, numbers[i]);
    }
    index_unpin(index, numbers[2]);
    index_close(index);
    plain_done(&plain);
}
END_TEST

START_TEST(equal_prefixes_are_all_tried)
{
    enum { FRAMES = 30, BLOCKS = FRAMES * FRAME_BLOCKS };
    struct plain plain = plain_new();
    struct block_id ids[FRAME_BLOCKS] = {0};
    uint8_t bytes[16] = {0};
    struct frame_bytes frame = {.stored = bytes,
                                .stored_length = sizeof bytes,
                                .codec = CODEC_ZSTD,
                                .ids = ids,
                                .count = FRAME_BLOCKS};
    struct blob_writer *writer;
    struct blob_name name;
    struct err err = {0};
    struct index *index;
    struct index_place place;
    uint64_t size;
    uint32_t first;
    bool new;

    OK(blob_writer_open(plain.blobs, &writer, &err));
    for (uint32_t f = 0; f < FRAMES; f++) {
        for (uint32_t i = 0; i < FRAME_BLOCKS; i++) {
            memset(ids[i].sha256, f == 0 ? 1 : f == FRAMES - 1 ? 3 : 2, 8);
            little_put32(ids[i].sha256 + 28, f * FRAME_BLOCKS + i);
        }
        OK(blob_writer_add(writer, &frame, &first, &err));
    }
    OK(blob_writer_publish(writer, &name, &size, &new, &err));
    blob_writer_close(writer);
    for (int saved = 0; saved < 2; saved++) {
        index = open_index(&plain);
        for (uint32_t i = 0; i < BLOCKS; i++) {
            memset(ids[0].sha256, i < FRAME_BLOCKS ? 1 : i >= BLOCKS - FRAME_BLOCKS ? 3 : 2, 8);
            little_put32(ids[0].sha256 + 28, i);
            ck_assert_int_eq(index_find(index, &ids[0], &place, &err), 1);
            ck_assert_uint_eq(place.block, i);
        }
        little_put32(ids[0].sha256 + 28, BLOCKS);
        ck_assert_int_eq(index_find(index, &ids[0], &place, &err), 0);
        save(index);
        index_close(index);
    }
    plain_done(&plain);
}
END_TEST

/* Two blobs hold the same blocks: the answer is the one with the lesser name, whoever is listed
 * where. */
START_TEST(the_answer_does_not_depend_on_the_files)
{
    struct plain plain = plain_new();
    const struct blob_name a = add_blob(&plain, 0, 64), b = add_blob(&plain, 0, 65);
    const struct blob_name *least = memcmp(&a, &b, sizeof a) < 0 ? &a : &b,
                           *other = least == &a ? &b : &a;
    struct index *index;
    char path[BLOB_PATH_SIZE], hidden[] = "hidden";
    struct err err = {0};
    uint32_t number;

    index = open_index(&plain);
    expect_blob(index, least, 0, 64);
    index_close(index);
    /* Only the other one is listed; then the least one appears. */
    blob_path(least, path);
    OK(dir_rename(plain.dir, path, plain.dir, hidden, false, &err));
    index = open_index(&plain);
    save(index);
    expect_blob(index, other, 0, 64);
    OK(dir_rename(plain.dir, hidden, plain.dir, path, false, &err));
    OK(index_add(index, least, &number, &err));
    expect_blob(index, least, 0, 64);
    index_close(index);
    index = open_index(&plain);
    expect_blob(index, least, 0, 64);
    save(index);
    expect_blob(index, least, 0, 64);
    index_close(index);
    plain_done(&plain);
}
END_TEST

/* Two processes at once: each saves what it knows, nothing that the other listed is lost. */
START_TEST(two_users_do_not_lose_what_the_other_saved)
{
    enum { ROUNDS = 12 };
    struct plain plain = plain_new();
    struct index *left = open_index(&plain), *right = open_index(&plain);
    struct blob_name names[2 * ROUNDS];
    struct err err = {0};
    uint32_t number;

    for (uint64_t i = 0; i < ROUNDS; i++) {
        names[2 * i] = add_blob(&plain, 2 * i * 50, 50);
        OK(index_add(left, &names[2 * i], &number, &err));
        names[2 * i + 1] = add_blob(&plain, (2 * i + 1) * 50, 50);
        OK(index_add(right, &names[2 * i + 1], &number, &err));
        save(left);
        save(right);
        expect_blob(left, &names[2 * i], 2 * i * 50, 50);
        expect_blob(right, &names[2 * i + 1], (2 * i + 1) * 50, 50);
    }
    index_close(left);
    index_close(right);
    ck_assert_uint_le(count_index_files(&plain), INDEX_FILES_MAX);
    left = open_index(&plain);
    ck_assert_uint_eq(left->held.count, 0);
    for (uint64_t i = 0; i < 2 * ROUNDS; i++)
        expect_blob(left, &names[i], i * 50, 50);
    index_close(left);
    plain_done(&plain);
}
END_TEST

START_TEST(a_held_lock_means_that_somebody_else_saves)
{
    struct plain plain = plain_new();
    const struct blob_name name = add_blob(&plain, 0, 10);
    struct index *index = open_index(&plain);
    struct err err = {0};
    int lock;

    OK(lock_take(plain.dir, "index.lock", LOCK_EXCLUSIVE, 0, &lock, &err));
    save(index);
    ck_assert_uint_eq(count_index_files(&plain), 0);
    expect_blob(index, &name, 0, 10);
    file_close(&lock);
    save(index);
    ck_assert_uint_eq(count_index_files(&plain), 1);
    index_close(index);
    plain_done(&plain);
}
END_TEST

START_TEST(other_files_beside_it_are_left_alone)
{
    static const char *const names[] = {"index.",  "index.0",          "index.01",
                                        "index.x", "index.4294967296", "index.1.tmp"};
    struct plain plain = plain_new();
    struct texts left = {0};
    struct err err = {0};
    struct index *index;

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        plain_store(&plain, names[i], (const uint8_t *)"x", 1);
    plain_store(&plain, "blobs/README", (const uint8_t *)"x", 1);
    add_blob(&plain, 0, 10);
    index = open_index(&plain);
    save(index);
    index_close(index);
    OK(dir_list(plain.dir, ".", &left, &err));
    ck_assert_uint_eq(left.count,
                      sizeof names / sizeof *names + 4); /* blobs disks index.1 index.lock */
    texts_done(&left);
    plain_done(&plain);
}
END_TEST

UNIT_MAIN("blob/index", an_empty_directory_has_nothing, a_directory_without_blobs_is_an_error,
          what_is_added_is_found_at_once_and_later, files_stay_few_and_blobs_are_reopened,
          large_files_are_searched_right, more_than_memory_holds_goes_to_files,
          anonymous_files_stay_few, damaged_index_files_change_no_answer_and_are_replaced,
          damage_met_on_the_way_is_healed_by_saving, merging_survives_a_damaged_file,
          blobs_that_are_gone_or_damaged_are_not_found,
          files_of_blobs_that_are_all_gone_are_removed, a_pinned_blob_stays_open,
          equal_prefixes_are_all_tried, the_answer_does_not_depend_on_the_files,
          two_users_do_not_lose_what_the_other_saved, a_held_lock_means_that_somebody_else_saves,
          other_files_beside_it_are_left_alone)

/* replica: the directory, its lock, and whether a disk is there. */
#include "replica/replica.h"

#include "blob/disk.h"
#include "os/file.h"
#include "os/lock.h"
#include "tests/unit/replica_toy.h"

static const struct toy toy = {.size = 3 * BLOCK_SIZE, .count = 2, .blocks = {{0, 1}, {2, 2}}};

START_TEST(reading_needs_the_directories_and_writing_makes_them)
{
    struct scratch scratch = scratch_new();
    struct replica replica = REPLICA_NONE;
    struct err err = {0};
    int dir;

    OK(dir_open(scratch.fd, ".", &dir, &err));
    ck_assert_int_eq(replica_open(dir, "home/1", false, 0, &replica, &err), E_NOT_FOUND);
    ck_assert_ptr_nonnull(strstr(err.text, "cannot use replica 'home/1': "));
    ck_assert_int_eq(replica.dir, FILE_NONE);
    ck_assert_str_eq(replica.label, "home/1");
    ck_assert_ptr_nonnull(replica.why);
    ck_assert_int_eq(fcntl(dir, F_GETFD), -1);
    replica_close(&replica);
    replica_close(&replica);

    OK(dir_open(scratch.fd, ".", &dir, &err));
    OK(replica_open(dir, "home/1", true, 0, &replica, &err));
    ck_assert_int_ne(replica.lock, FILE_NONE);
    ck_assert_ptr_null(replica.why);
    replica_close(&replica);
    OK(dir_open(scratch.fd, ".", &dir, &err));
    OK(replica_open(dir, "home/1", false, 0, &replica, &err));
    ck_assert_int_eq(replica.lock, FILE_NONE);
    replica_close(&replica);
    scratch_done(&scratch);
}
END_TEST

START_TEST(writers_share_and_a_sweep_keeps_them_out)
{
    struct scratch scratch = scratch_new();
    struct replica one = toy_replica(&scratch, "r"), two = toy_replica(&scratch, "r");
    struct replica three = REPLICA_NONE;
    struct err err = {0};
    int lock = FILE_NONE, dir;

    ck_assert_int_eq(lock_take(one.dir, "lock", LOCK_EXCLUSIVE, 0, &lock, &err), E_BUSY);
    OK(dir_open(scratch.fd, "r", &dir, &err));
    replica_close(&one);
    replica_close(&two);
    OK(lock_take(dir, "lock", LOCK_EXCLUSIVE, 0, &lock, &err));
    ck_assert_int_eq(replica_open(dir, "r", true, 0, &three, &err), E_BUSY);
    replica_close(&three);
    OK(dir_open(scratch.fd, "r", &dir, &err));
    OK(replica_open(dir, "r", false, 0, &three, &err)); /* a reader takes no lock */
    replica_close(&three);
    file_close(&lock);
    scratch_done(&scratch);
}
END_TEST

static bool has(const struct replica *replica, const struct disk_digest *digest, struct err *reason)
{
    struct err err = {0};
    bool found = false;

    OK(replica_has_disk(replica, digest, &found, reason, &err));
    return found;
}

START_TEST(a_disk_is_there_when_its_map_and_blobs_are)
{
    struct scratch scratch = scratch_new();
    struct replica replica = toy_replica(&scratch, "r");
    struct disk_digest digest = {{1}};
    struct err reason = {0};
    char map[512], blob[512];

    ck_assert(!has(&replica, &digest, &reason));
    ck_assert_int_eq(reason.code, E_NOT_FOUND);
    ck_assert(!has(&replica, &digest, NULL));
    digest = toy_pack(&replica, &toy, NULL);
    ck_assert(has(&replica, &digest, &reason));
    toy_file(&replica, "disks", 0, map);
    toy_file(&replica, "blobs", 0, blob);

    toy_flip(&replica, map, 70);
    ck_assert(!has(&replica, &digest, &reason));
    ck_assert_int_eq(reason.code, E_CORRUPT);
    toy_flip(&replica, map, 70);
    ck_assert(has(&replica, &digest, NULL));
    toy_flip(&replica, blob, -1);
    ck_assert(!has(&replica, &digest, NULL));
    toy_flip(&replica, blob, -1);
    ck_assert(has(&replica, &digest, NULL));
    toy_remove(&replica, blob);
    ck_assert(!has(&replica, &digest, &reason));
    ck_assert_int_eq(reason.code, E_NOT_FOUND);
    replica_close(&replica);
    scratch_done(&scratch);
}
END_TEST

START_TEST(what_is_neither_there_nor_damaged_is_an_error)
{
    struct scratch scratch = scratch_new();
    struct replica replica = toy_replica(&scratch, "r");
    struct disk_digest digest = toy_pack(&replica, &toy, NULL);
    struct err err = {0};
    char map[512];
    bool found;

    toy_file(&replica, "disks", 0, map);
    toy_remove(&replica, map);
    ck_assert_int_eq(symlinkat("elsewhere", replica.dir, map), 0);
    ck_assert_int_lt(replica_has_disk(&replica, &digest, &found, NULL, &err), 0);
    ck_assert_int_ne(err.code, E_NOT_FOUND);
    replica_close(&replica);
    scratch_done(&scratch);
}
END_TEST

UNIT_MAIN("replica/replica", reading_needs_the_directories_and_writing_makes_them,
          writers_share_and_a_sweep_keeps_them_out, a_disk_is_there_when_its_map_and_blobs_are,
          what_is_neither_there_nor_damaged_is_an_error)

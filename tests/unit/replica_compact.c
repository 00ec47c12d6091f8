/* compact: what is live moves, byte for byte, and what was said before is what comes of it. */
#include "replica/compact.h"

#include <stdlib.h>

#include "blob/disk.h"
#include "os/file.h"
#include "replica/compact_memo.h"
#include "replica/verify.h"
#include "tests/unit/replica_toy.h"

enum { NOW = 1700000000, THREADS = 3 };

struct trial {
    struct scratch scratch;
    struct replica replica;
    struct pool *pool;
};

static void trial_init(struct trial *trial)
{
    *trial = (struct trial){.scratch = scratch_new()};
    trial->replica = toy_replica(&trial->scratch, "replica");
    trial->pool = pool_new(THREADS);
}

static void trial_done(struct trial *trial)
{
    replica_close(&trial->replica);
    pool_free(trial->pool);
    scratch_done(&trial->scratch);
}

static struct compact_job job_of(struct trial *trial, const struct disk_digest *digests,
                                 size_t count)
{
    return (struct compact_job){
        .replica = &trial->replica,
        .digests = digests,
        .count = count,
        .room = UINT64_MAX,
        .now = NOW,
        .pool = trial->pool,
    };
}

static void forget(struct trial *trial, const struct disk_digest *digest)
{
    char text[DISK_DIGEST_TEXT], path[128];

    disk_digest_text(digest, text);
    snprintf(path, sizeof path, "disks/%s.disk", text);
    toy_remove(&trial->replica, path);
}

static uint64_t all_bytes(const struct trial *trial)
{
    static const char *const folders[] = {"blobs", "disks"};
    uint64_t bytes = 0;

    for (size_t folder = 0; folder < 2; folder++)
        for (size_t i = 0; i < toy_files(&trial->replica, folders[folder]); i++) {
            char path[512];
            struct stat st;

            toy_file(&trial->replica, folders[folder], i, path);
            ck_assert_int_eq(fstatat(trial->replica.dir, path, &st, 0), 0);
            bytes += (uint64_t)st.st_size;
        }
    return bytes;
}

/* Blobs are taken apart until there is nothing left to do; the plan must have said what came. */
static void compact_all(struct trial *trial, const struct disk_digest *digests, size_t count,
                        uint64_t blobs)
{
    const struct compact_job job = job_of(trial, digests, count);
    const uint64_t before = all_bytes(trial);
    struct compact_result planned, result;
    uint64_t gone = 0, freed = 0, written = 0;
    struct err err = {0};

    OK(compact_plan(&job, &planned, &err));
    ck_assert_uint_eq(all_bytes(trial), before);
    do {
        OK(compact_step(&job, &result, &err));
        ck_assert_uint_eq(result.left.count, 0);
        gone += result.blobs;
        freed += result.bytes;
        written += result.written;
    } while (result.blobs > 0);
    ck_assert_uint_eq(gone, blobs);
    ck_assert_uint_eq(planned.blobs, gone);
    ck_assert_uint_eq(planned.bytes, freed);
    ck_assert_uint_eq(planned.written, written);
    ck_assert_uint_eq(all_bytes(trial) + freed, before);
}

static void no_fault(void *user, const struct blob_name *blob, const struct err *why)
{
    (void)user;
    (void)blob;
    ck_abort_msg("%s", why->text);
}

static void check_disk(struct trial *trial, const struct disk_digest *digest, const struct toy *toy)
{
    const struct verify_faults faults = {.fault = no_fault};
    struct toy_told told = {0};
    struct err err = {0};

    OK(toy_read(&trial->replica, 1, digest, toy, &told, &err));
    ck_assert_uint_eq(told.count, 0);
    ck_assert(verify_disk(&trial->replica, digest, &faults));
}

/* Of `old` only a few frames are in `new`, some blocks of its own between. */
static void make_pair(struct toy *old, struct toy *new)
{
    *old = (struct toy){.size = (uint64_t)300 * BLOCK_SIZE};
    *new = (struct toy){.size = (uint64_t)20000 * BLOCK_SIZE};
    toy_run(old, 0, 1000, 256);
    toy_run(new, 3, 1040, 50); /* frames 1 and 2 */
    toy_run(new, 100, 5000, 40);
    toy_run(new, 16380, 1200, 10); /* frame 6, across segments */
    toy_run(new, 17000, 1064, 3);
}

START_TEST(live_frames_move)
{
    struct trial trial;
    struct toy old, new;
    struct disk_digest digests[2];
    char path[512];
    struct stat st;

    trial_init(&trial);
    make_pair(&old, &new);
    digests[0] = toy_pack(&trial.replica, &old, NULL);
    digests[1] = toy_pack(&trial.replica, &new, NULL);
    compact_all(&trial, digests, 2, 0);
    ck_assert_uint_eq(toy_files(&trial.replica, "blobs"), 2);
    forget(&trial, &digests[0]);
    compact_all(&trial, &digests[1], 1, 1);
    ck_assert_uint_eq(toy_files(&trial.replica, "blobs"), 2);
    check_disk(&trial, &digests[1], &new);
    toy_file(&trial.replica, "blobs", 0, path);
    ck_assert_int_eq(fstatat(trial.replica.dir, path, &st, 0), 0);
    compact_all(&trial, &digests[1], 1, 0);
    trial_done(&trial);
}
END_TEST

START_TEST(several_blobs_become_one)
{
    struct trial trial;
    struct toy old[3] = {{0}}, kept = {.size = (uint64_t)64 * BLOCK_SIZE};
    struct disk_digest digest, gone;

    trial_init(&trial);
    for (uint32_t i = 0; i < 3; i++) {
        old[i].size = (uint64_t)200 * BLOCK_SIZE;
        toy_run(&old[i], 0, 1000 * (i + 1), 128);
    }
    gone = toy_pack(&trial.replica, &old[0], NULL);
    forget(&trial, &gone);
    gone = toy_pack(&trial.replica, &old[1], NULL);
    forget(&trial, &gone);
    gone = toy_pack(&trial.replica, &old[2], NULL);
    forget(&trial, &gone);
    /* Runs that were in blobs of their own lie side by side then, whatever their names are. */
    toy_run(&kept, 0, 1000, 8);
    toy_run(&kept, 8, 2000, 8);
    toy_run(&kept, 16, 3000, 8);
    toy_run(&kept, 24, 1008, 8);
    digest = toy_pack(&trial.replica, &kept, NULL);
    ck_assert_uint_eq(toy_files(&trial.replica, "blobs"), 3);
    compact_all(&trial, &digest, 1, 3);
    ck_assert_uint_eq(toy_files(&trial.replica, "blobs"), 1);
    check_disk(&trial, &digest, &kept);
    trial_done(&trial);
}
END_TEST

/* Two disks use different parts of a blob: both go on. */
START_TEST(every_map_is_replaced)
{
    struct trial trial;
    struct toy old = {.size = (uint64_t)300 * BLOCK_SIZE};
    struct toy kept[2] = {{.size = (uint64_t)64 * BLOCK_SIZE}, {.size = (uint64_t)64 * BLOCK_SIZE}};
    struct disk_digest digests[2], gone;

    trial_init(&trial);
    toy_run(&old, 0, 1000, 256);
    gone = toy_pack(&trial.replica, &old, NULL);
    toy_run(&kept[0], 2, 1010, 9);
    toy_run(&kept[1], 0, 1130, 40);
    toy_add(&kept[1], 50, 1015);
    for (size_t i = 0; i < 2; i++)
        digests[i] = toy_pack(&trial.replica, &kept[i], NULL);
    forget(&trial, &gone);
    compact_all(&trial, digests, 2, 1);
    for (size_t i = 0; i < 2; i++)
        check_disk(&trial, &digests[i], &kept[i]);
    trial_done(&trial);
}
END_TEST

/* With what was read for more disks the plan for fewer is what it is without that. */
START_TEST(a_memo_changes_nothing)
{
    enum { DISKS = 6 };
    struct compact_memo *memo = compact_memo_new();
    struct trial trial;
    struct disk_digest digests[DISKS];
    struct err err = {0};
    uint64_t seen = 0;

    trial_init(&trial);
    for (uint32_t i = 0; i < DISKS; i++) {
        struct toy toy = {.size = (uint64_t)20000 * BLOCK_SIZE};

        toy_run(&toy, 0, 1000 + 60 * i, 200);
        toy_run(&toy, 400, 3000 + 7 * (i % 2), 90);
        toy_run(&toy, 16380, 5000 * (i + 1), 70);
        digests[i] = toy_pack(&trial.replica, &toy, NULL);
    }
    for (size_t mask = (1 << DISKS) - 1; mask > 0; mask--) {
        struct disk_digest needed[DISKS];
        struct compact_result with, without;
        struct compact_job job = job_of(&trial, needed, 0);

        for (size_t i = 0; i < DISKS; i++)
            if (mask >> i & 1)
                needed[job.count++] = digests[i];
        OK(compact_plan(&job, &without, &err));
        job.memo = memo;
        OK(compact_plan(&job, &with, &err));
        ck_assert_uint_eq(with.blobs, without.blobs);
        ck_assert_uint_eq(with.bytes, without.bytes);
        ck_assert_uint_eq(with.written, without.written);
        ck_assert_uint_eq(with.left.count + without.left.count, 0);
        seen += with.blobs;
    }
    ck_assert_uint_gt(seen, 0);
    compact_memo_free(memo);
    trial_done(&trial);
}
END_TEST

START_TEST(the_new_blob_was_read_back)
{
    struct trial trial;
    struct toy old, new;
    struct disk_digest digests[2];
    struct stat st;

    trial_init(&trial);
    make_pair(&old, &new);
    digests[0] = toy_pack(&trial.replica, &old, NULL);
    digests[1] = toy_pack(&trial.replica, &new, NULL);
    forget(&trial, &digests[0]);
    compact_all(&trial, &digests[1], 1, 1);
    for (size_t i = 0, found = 0; i < 2; i++) {
        char path[512];

        toy_file(&trial.replica, "blobs", i, path);
        ck_assert_int_eq(fstatat(trial.replica.dir, path, &st, 0), 0);
        found += st.st_mtime == NOW;
        ck_assert(i == 0 || found == 1);
    }
    trial_done(&trial);
}
END_TEST

/* The frames of `old` that `new` needs, and some of those that it does not. */
static void damage_old(struct trial *trial, const struct disk_digest *digest, uint32_t block)
{
    struct disk *disk = NULL;
    struct blob *blob = NULL;
    struct err err = {0};
    char name[BLOB_FILE_NAME], path[128];
    struct blob_name old;

    OK(disk_open(trial->replica.dir, digest, &disk, &err));
    old = disk_blob(disk, 0)->name;
    OK(blob_open(trial->replica.dir, &old, &blob, &err));
    blob_file_name(&old, name);
    snprintf(path, sizeof path, "blobs/%s", name);
    toy_flip(&trial->replica, path,
             (int64_t)blob_frame(blob, blob_frame_of(blob, block))->offset + 100);
    blob_close(blob);
    disk_close(disk);
}

START_TEST(damage_is_left_alone)
{
    struct trial trial;
    struct toy old, new;
    struct disk_digest digests[2];
    struct compact_result result;
    struct compact_job job;
    struct blob_names left;
    struct err err = {0};
    uint64_t before;

    trial_init(&trial);
    make_pair(&old, &new);
    digests[0] = toy_pack(&trial.replica, &old, NULL);
    digests[1] = toy_pack(&trial.replica, &new, NULL);
    damage_old(&trial, &digests[0], 45);
    forget(&trial, &digests[0]);
    before = all_bytes(&trial);
    job = job_of(&trial, &digests[1], 1);
    ck_assert_int_eq(compact_step(&job, &result, &err), E_CORRUPT);
    ck_assert_uint_eq(result.left.count, 1);
    ck_assert_uint_eq(result.blobs, 0);
    ck_assert_uint_eq(result.bytes, 0);
    ck_assert_uint_eq(all_bytes(&trial), before);
    left = result.left;
    job.kept = &left;
    OK(compact_step(&job, &result, &err));
    ck_assert_uint_eq(result.blobs, 0);
    free(left.items);
    trial_done(&trial);
}
END_TEST

/* It is gone then. */
START_TEST(damage_in_what_nobody_needs_is_no_matter)
{
    struct trial trial;
    struct toy old, new;
    struct disk_digest digests[2];

    trial_init(&trial);
    make_pair(&old, &new);
    digests[0] = toy_pack(&trial.replica, &old, NULL);
    digests[1] = toy_pack(&trial.replica, &new, NULL);
    damage_old(&trial, &digests[0], 130);
    forget(&trial, &digests[0]);
    compact_all(&trial, &digests[1], 1, 1);
    check_disk(&trial, &digests[1], &new);
    trial_done(&trial);
}
END_TEST

START_TEST(without_room_it_stays)
{
    struct trial trial;
    struct toy old, new;
    struct disk_digest digests[2];
    struct compact_result result;
    struct compact_job job;
    struct err err = {0};
    uint64_t before;

    trial_init(&trial);
    make_pair(&old, &new);
    digests[0] = toy_pack(&trial.replica, &old, NULL);
    digests[1] = toy_pack(&trial.replica, &new, NULL);
    forget(&trial, &digests[0]);
    before = all_bytes(&trial);
    job = job_of(&trial, &digests[1], 1);
    OK(compact_plan(&job, &result, &err));
    job.room = result.written - 1;
    OK(compact_step(&job, &result, &err));
    ck_assert_uint_eq(result.left.count, 1);
    ck_assert_uint_eq(result.blobs, 0);
    ck_assert_uint_eq(all_bytes(&trial), before);
    free(result.left.items);
    job.room++;
    OK(compact_step(&job, &result, &err));
    ck_assert_uint_eq(result.blobs, 1);
    trial_done(&trial);
}
END_TEST

/* Whoever reads finds the blocks where they are now. */
START_TEST(a_reader_goes_on)
{
    struct trial trial;
    struct toy old, new;
    struct disk_digest digests[2];
    struct disk_reader *reader = NULL;
    struct toy_told told = {0};
    uint8_t got[BLOCK_SIZE], want[BLOCK_SIZE];
    struct err err = {0};

    trial_init(&trial);
    make_pair(&old, &new);
    digests[0] = toy_pack(&trial.replica, &old, NULL);
    digests[1] = toy_pack(&trial.replica, &new, NULL);
    forget(&trial, &digests[0]);
    OK(toy_reader(&trial.replica, 1, &digests[1], &told, &reader, &err));
    OK(disk_reader_read(reader, 100, 1, got, &err));
    compact_all(&trial, &digests[1], 1, 1);
    OK(disk_reader_read(reader, 17001, 1, got, &err));
    toy_block(1065, BLOCK_SIZE, want);
    ck_assert_mem_eq(got, want, BLOCK_SIZE);
    ck_assert_uint_eq(told.count, 0);
    disk_reader_close(reader);
    trial_done(&trial);
}
END_TEST

UNIT_MAIN("replica/compact", live_frames_move, several_blobs_become_one, every_map_is_replaced,
          a_memo_changes_nothing, the_new_blob_was_read_back, damage_is_left_alone,
          damage_in_what_nobody_needs_is_no_matter, without_room_it_stays, a_reader_goes_on)

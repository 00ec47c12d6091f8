/* lock: who waits for whom. And system: time, randomness, space. */
#include "os/lock.h"

#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "os/file.h"
#include "os/room.h"
#include "os/system.h"
#include "tests/unit/scratch.h"

START_TEST(shared_locks_go_together_and_exclusive_ones_alone)
{
    struct scratch scratch = scratch_new();
    struct err err = {0};
    int a = FILE_NONE, b = FILE_NONE, c = FILE_NONE;

    ck_assert_int_eq(lock_take(scratch.fd, "lock", LOCK_SHARED, 0, &a, &err), 0);
    ck_assert_int_eq(lock_take(scratch.fd, "lock", LOCK_SHARED, 0, &b, &err), 0);
    ck_assert_int_eq(lock_take(scratch.fd, "lock", LOCK_EXCLUSIVE, 0, &c, &err), E_BUSY);
    ck_assert_int_eq(c, FILE_NONE);
    ck_assert(lock_is_held(scratch.fd, "lock"));
    file_close(&a);
    file_close(&b);
    ck_assert(!lock_is_held(scratch.fd, "lock"));
    ck_assert(!lock_is_held(scratch.fd, "another"));
    ck_assert_int_eq(lock_take(scratch.fd, "lock", LOCK_EXCLUSIVE, 0, &c, &err), 0);
    ck_assert(lock_is_held(scratch.fd, "lock"));
    ck_assert_int_eq(lock_take(scratch.fd, "lock", LOCK_SHARED, 0, &a, &err), E_BUSY);
    file_close(&c);
    ck_assert_int_eq(lock_take(scratch.fd, "lock", LOCK_SHARED, -1, &a, &err), 0);
    file_close(&a);
    scratch_done(&scratch);
}
END_TEST

START_TEST(slots_are_counted_and_given_back)
{
    struct scratch scratch = scratch_new();
    struct err err = {0};
    int fds[5], none = FILE_NONE;

    lock_take_slot(scratch.fd, "slots", 3, &none);
    ck_assert_int_eq(none, FILE_NONE);
    ck_assert_uint_eq(lock_count_slots(scratch.fd, "slots", 3), 0);
    ck_assert_int_eq(file_open(scratch.fd, "slots", FILE_CREATE, &none, &err), 0);
    file_close(&none);
    for (unsigned i = 0; i < 5; i++) {
        fds[i] = FILE_NONE;
        lock_take_slot(scratch.fd, "slots", 3, &fds[i]);
        ck_assert_int_eq(fds[i] != FILE_NONE, i < 3);
        ck_assert_uint_eq(lock_count_slots(scratch.fd, "slots", 3), i < 3 ? i + 1 : 3);
    }
    file_close(&fds[1]);
    ck_assert_uint_eq(lock_count_slots(scratch.fd, "slots", 3), 2);
    lock_take_slot(scratch.fd, "slots", 3, &fds[4]);
    ck_assert_int_ne(fds[4], FILE_NONE);
    for (unsigned i = 0; i < 5; i++)
        file_close(&fds[i]);
    ck_assert_uint_eq(lock_count_slots(scratch.fd, "slots", 3), 0);
    scratch_done(&scratch);
}
END_TEST

START_TEST(slots_end_with_their_process_also_of_whoever_may_only_read)
{
    struct scratch scratch = scratch_new();
    struct err err = {0};
    int fd = FILE_NONE, ready[2];
    char byte;
    pid_t child;

    ck_assert_int_eq(file_open(scratch.fd, "slots", FILE_CREATE, &fd, &err), 0);
    file_close(&fd);
    ck_assert_int_eq(fchmodat(scratch.fd, "slots", 0444, 0), 0);
    ck_assert_int_eq(pipe(ready), 0);
    child = fork();
    if (child == 0) {
        if (geteuid() == 0 && (fchmod(scratch.fd, 0755) || setuid(65534)))
            _exit(1);
        lock_take_slot(scratch.fd, "slots", 64, &fd);
        if (write(ready[1], fd == FILE_NONE ? "n" : "y", 1) == 1)
            pause();
        _exit(0);
    }
    ck_assert_int_eq(read(ready[0], &byte, 1), 1);
    ck_assert_int_eq(byte, 'y');
    ck_assert_uint_eq(lock_count_slots(scratch.fd, "slots", 64), 1);
    lock_take_slot(scratch.fd, "slots", 64, &fd);
    ck_assert_uint_eq(lock_count_slots(scratch.fd, "slots", 64), 2);
    file_close(&fd);
    kill(child, SIGKILL);
    ck_assert_int_eq(waitpid(child, NULL, 0), child);
    ck_assert_uint_eq(lock_count_slots(scratch.fd, "slots", 64), 0);
    scratch_done(&scratch);
}
END_TEST

START_TEST(the_holder_is_named)
{
    struct scratch scratch = scratch_new();
    struct err err = {0};
    char expected[100];
    int a, b;

    ck_assert_int_eq(lock_take(scratch.fd, "lock", LOCK_EXCLUSIVE, 0, &a, &err), 0);
    ck_assert_int_eq(lock_take(scratch.fd, "lock", LOCK_SHARED, 0, &b, &err), E_BUSY);
    snprintf(expected, sizeof expected, "cannot lock 'lock': process %ld holds it", (long)getpid());
    ck_assert_str_eq(err.text, expected);
    ck_assert_int_eq(lock_holder(scratch.fd), 0);
    file_close(&a);
    scratch_done(&scratch);
}
END_TEST

START_TEST(a_bounded_wait_ends)
{
    struct scratch scratch = scratch_new();
    struct err err = {0};
    uint64_t start;
    int a, b;

    ck_assert_int_eq(lock_take(scratch.fd, "lock", LOCK_EXCLUSIVE, 0, &a, &err), 0);
    start = system_ticks();
    ck_assert_int_eq(lock_take(scratch.fd, "lock", LOCK_SHARED, 120, &b, &err), E_BUSY);
    ck_assert_uint_ge(system_ticks() - start, 120 * 1000000U);
    file_close(&a);
    scratch_done(&scratch);
}
END_TEST

/* A child that holds the lock, and removes the lock file before it lets go when `remove` says so.
 */
static pid_t hold_in_child(const struct scratch *scratch, bool replace)
{
    struct err err = {0};
    int ready[2];
    char byte = 0;
    pid_t child;

    ck_assert_int_eq(pipe(ready), 0);
    child = fork();
    if (child == 0) {
        int fd;

        if (lock_take(scratch->fd, "lock", LOCK_EXCLUSIVE, 0, &fd, &err) < 0)
            _exit(1);
        if (write(ready[1], &byte, 1) != 1)
            _exit(1);
        usleep(100000);
        if (replace)
            unlinkat(scratch->fd, "lock", 0);
        _exit(0);
    }
    ck_assert_int_eq(read(ready[0], &byte, 1), 1);
    close(ready[0]);
    close(ready[1]);
    return child;
}

START_TEST(the_end_of_a_process_ends_its_lock)
{
    struct scratch scratch = scratch_new();
    static const int waits[] = {-1, 5000};
    struct err err = {0};
    int fd;

    for (size_t i = 0; i < 2; i++) {
        const pid_t child = hold_in_child(&scratch, false);

        ck_assert_int_eq(lock_take(scratch.fd, "lock", LOCK_EXCLUSIVE, 0, &fd, &err), E_BUSY);
        ck_assert_int_eq(lock_take(scratch.fd, "lock", LOCK_EXCLUSIVE, waits[i], &fd, &err), 0);
        file_close(&fd);
        waitpid(child, NULL, 0);
    }
    scratch_done(&scratch);
}
END_TEST

START_TEST(a_removed_lock_file_is_taken_anew)
{
    struct scratch scratch = scratch_new();
    struct file_info info;
    struct err err = {0};
    const pid_t child = hold_in_child(&scratch, true);
    bool exists;
    int fd, other;

    ck_assert_int_eq(lock_take(scratch.fd, "lock", LOCK_EXCLUSIVE, -1, &fd, &err), 0);
    ck_assert_int_eq(file_look(scratch.fd, "lock", &exists, &info, &err), 0);
    ck_assert(exists);
    ck_assert_int_eq(lock_take(scratch.fd, "lock", LOCK_SHARED, 0, &other, &err), E_BUSY);
    file_close(&fd);
    waitpid(child, NULL, 0);
    scratch_done(&scratch);
}
END_TEST

START_TEST(a_lock_that_cannot_be_made_is_an_error)
{
    struct scratch scratch = scratch_new();
    struct err err = {0};
    int fd = FILE_NONE;

    ck_assert_int_eq(lock_take(scratch.fd, "absent/lock", LOCK_SHARED, 0, &fd, &err), E_NOT_FOUND);
    ck_assert_int_eq(symlinkat("x", scratch.fd, "lock"), 0);
    ck_assert_int_eq(lock_take(scratch.fd, "lock", LOCK_SHARED, 0, &fd, &err), E_DENIED);
    ck_assert_int_eq(fd, FILE_NONE);
    scratch_done(&scratch);
}
END_TEST

START_TEST(the_system_answers)
{
    uint8_t a[64] = {0}, b[64] = {0};
    const uint64_t tick = system_ticks();

    ck_assert_int_gt(system_now(), 1700000000);
    usleep(1000);
    ck_assert_uint_gt(system_ticks(), tick);
    system_random(a, sizeof a);
    system_random(b, sizeof b);
    ck_assert_mem_ne(a, b, sizeof a);
}
END_TEST

UNIT_MAIN("os/lock", shared_locks_go_together_and_exclusive_ones_alone,
          slots_are_counted_and_given_back,
          slots_end_with_their_process_also_of_whoever_may_only_read, the_holder_is_named,
          a_bounded_wait_ends, the_end_of_a_process_ends_its_lock,
          a_removed_lock_file_is_taken_anew, a_lock_that_cannot_be_made_is_an_error,
          the_system_answers)

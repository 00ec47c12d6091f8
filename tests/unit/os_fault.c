/* fault: the whole room compiled with its fault points, each of them made to act once. */
#define FAULTS
#include "lib/os/fault.c"

#include "lib/os/dir.c"
#include "lib/os/file.c"
#include "lib/os/file_open.c"
#include "lib/os/lock.c"
#include "lib/os/lock_holder.c"
#include "lib/os/staged.c"
#include "lib/os/system.c"
#include "lib/os/walk.c"

#include <sys/wait.h>

#include "tests/unit/scratch.h"

enum { MOST_POINTS = 60 };

static void arm(unsigned long at, const char *action, const char *log)
{
    char text[64];

    snprintf(text, sizeof text, "%lu:%s", at, action);
    setenv("SIG_FAULT", text, 1);
    if (log)
        setenv("SIG_FAULT_LOG", log, 1);
    else
        unsetenv("SIG_FAULT_LOG");
    atomic_store(&plan.asked, 0);
    read_plan();
}

static void disarm(void)
{
    atomic_store(&plan.asked, 0);
    plan.at = 0;
}

static bool fired(void)
{
    return atomic_load(&plan.asked) >= plan.at;
}

/* The things that are tried. Each must stand a second try after any failure. */

static int save(int dir, struct err *err)
{
    return staged_write_file(dir, "saved", "new content", 11, err);
}

static int publish_named(int dir, struct err *err)
{
    struct staged staged = STAGED_NONE;
    int r = staged_open_named(&staged, dir, err);

    if (r == 0)
        r = file_write_at(staged.fd, "saved", "new content", 11, 0, err);
    if (r == 0)
        r = staged_publish(&staged, "saved", true, err);
    staged_done(&staged);
    return r;
}

static int make(int dir, struct err *err)
{
    int fd = FILE_NONE;
    int r = dir_make(dir, "made/a/b", err);

    if (r == 0)
        r = dir_open(dir, "made/a/b", &fd, err);
    file_close(&fd);
    return r;
}

static int take(int dir, struct err *err)
{
    int fd = FILE_NONE;
    const int r = lock_take(dir, "lock", LOCK_EXCLUSIVE, 1000, &fd, err);

    file_close(&fd);
    return r;
}

static int take_away(int dir, struct err *err)
{
    int r = dir_make(dir, "tree/a/b", err);

    if (r == 0)
        r = staged_write_file(dir, "saved", "new content", 11, err);
    return r == 0 ? dir_remove_tree(dir, "tree", err) : r;
}

static int list(int dir, struct err *err)
{
    struct texts names = {0};
    const int r = dir_list(dir, ".", &names, err);

    /* A short list would be worse than none. */
    if (r == 0)
        ck_assert_uint_ge(names.count, 1);
    else
        ck_assert_uint_eq(names.count, 0);
    texts_done(&names);
    return r;
}

static int read_back(int dir, struct err *err)
{
    struct buf bytes = {0};
    const int r = file_read_all(dir, "saved", 100, &bytes, err);

    if (r == 0)
        ck_assert_uint_eq(bytes.length, 11);
    else
        ck_assert_uint_eq(bytes.length, 0);
    buf_done(&bytes);
    return r;
}

static const struct {
    const char *name;
    int (*run)(int, struct err *);
} tries[] = {
    {"save", save},           {"publish_named", publish_named}, {"make", make},
    {"take", take},           {"take_away", take_away},         {"list", list},
    {"read_back", read_back},
};

static size_t count_descriptors(void)
{
    struct texts names = {0};
    struct err err = {0};
    int fd = FILE_NONE;
    size_t count;

    ck_assert_int_eq(dir_open_user("/proc/self/fd", &fd, &err), 0);
    ck_assert_int_eq(dir_list(fd, ".", &names, &err), 0);
    count = names.count;
    texts_done(&names);
    file_close(&fd);
    return count;
}

/* Whole lines only, and the saved file old or new. */
static void check_state(const struct scratch *scratch)
{
    struct buf bytes = {0};
    struct err err = {0};
    int r;

    ck_assert_int_eq(file_read_all(scratch->fd, "saved", 100, &bytes, &err), 0);
    ck_assert(strcmp(buf_text(&bytes), "old content") == 0 ||
              strcmp(buf_text(&bytes), "new content") == 0);
    buf_clear(&bytes);
    r = file_read_all(scratch->fd, "log", 10000, &bytes, &err);
    if (r == 0)
        ck_assert_uint_eq(bytes.length % 15, 0);
    else
        ck_assert_int_eq(r, E_NOT_FOUND);
    buf_done(&bytes);
}

static void sweep(const char *action, bool succeeds)
{
    struct err err = {0};

    for (size_t t = 0; t < sizeof tries / sizeof *tries; t++) {
        struct scratch scratch = scratch_new();
        const size_t descriptors = count_descriptors();
        unsigned long n = 1;

        ck_assert_int_eq(staged_write_file(scratch.fd, "saved", "old content", 11, &err), 0);
        for (; n < MOST_POINTS; n++) {
            int r;

            arm(n, action, NULL);
            r = tries[t].run(scratch.fd, &err);
            if (!fired())
                break;
            disarm();
            ck_assert_msg(!succeeds || r == 0 || strstr(err.text, "cannot flush"),
                          "%s, point %lu, %s: %s", tries[t].name, n, action, err.text);
            check_state(&scratch);
            r = tries[t].run(scratch.fd, &err);
            ck_assert_msg(r == 0, "%s again, point %lu, %s: %s", tries[t].name, n, action,
                          err.text);
        }
        disarm();
        ck_assert_msg(n > 2 && n < MOST_POINTS, "%s: %lu points", tries[t].name, n);
        ck_assert_uint_eq(count_descriptors(), descriptors);
        scratch_done(&scratch);
    }
}

START_TEST(every_error_leaves_old_or_new_and_nothing_open)
{
    static const char *const words[] = {"EIO",    "ENOSPC", "EDQUOT", "EROFS",
                                        "EMFILE", "ENOMEM", "EACCES"};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        sweep(words[i], false);
}
END_TEST

START_TEST(interruptions_are_tried_again_except_flushes)
{
    sweep("EINTR", true);
}
END_TEST

START_TEST(a_short_transfer_goes_on)
{
    struct scratch scratch = scratch_new();
    struct err err = {0};
    char bytes[8] = "";
    int fd = FILE_NONE;

    sweep("short", false);
    ck_assert_int_eq(file_open(scratch.fd, "a", FILE_CREATE, &fd, &err), 0);
    arm(1, "short", NULL);
    ck_assert_int_eq(file_write(fd, "a", "1234567", 7, &err), 0);
    ck_assert_uint_eq(atomic_load(&plan.asked), 2);
    arm(1, "short", NULL);
    ck_assert_int_eq(file_read_exact(fd, "a", bytes, 7, 0, &err), 0);
    ck_assert_str_eq(bytes, "1234567");
    arm(1, "short", NULL);
    ck_assert_int_eq(file_read_exact(fd, "a", bytes, 1, 6, &err), 0);
    ck_assert_int_eq(bytes[0], '7');
    disarm();
    file_close(&fd);
    scratch_done(&scratch);
}
END_TEST

/* Run one try in a child that is to die at point `n`; false when it outlived its points. */
static bool dies(const struct scratch *scratch, size_t t, unsigned long n, const char *action)
{
    struct err err = {0};
    const pid_t child = fork();
    int status;

    if (child == 0) {
        arm(n, action, NULL);
        tries[t].run(scratch->fd, &err);
        _exit(0);
    }
    waitpid(child, &status, 0);
    return WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
}

START_TEST(a_killed_process_leaves_old_or_new)
{
    struct err err = {0};

    for (size_t t = 0; t < sizeof tries / sizeof *tries; t++) {
        struct scratch scratch = scratch_new();
        unsigned long n = 1;

        ck_assert_int_eq(staged_write_file(scratch.fd, "saved", "old content", 11, &err), 0);
        for (; dies(&scratch, t, n, "kill"); n++) {
            check_state(&scratch);
            ck_assert_msg(tries[t].run(scratch.fd, &err) == 0, "%s, point %lu: %s", tries[t].name,
                          n, err.text);
        }
        ck_assert_uint_gt(n, 2);
        scratch_done(&scratch);
    }
}
END_TEST

START_TEST(a_torn_write_stops_half_way)
{
    struct scratch scratch = scratch_new();
    struct err err = {0};
    struct buf bytes = {0};
    int fd = FILE_NONE;
    pid_t child;

    ck_assert_int_eq(file_open(scratch.fd, "a", FILE_CREATE, &fd, &err), 0);
    child = fork();
    if (child == 0) {
        arm(1, "torn", NULL);
        file_write(fd, "a", "12345678", 8, &err);
        _exit(0);
    }
    waitpid(child, NULL, 0);
    disarm();
    ck_assert_int_eq(file_read_all(scratch.fd, "a", 100, &bytes, &err), 0);
    ck_assert_str_eq(buf_text(&bytes), "1234");
    buf_done(&bytes);
    file_close(&fd);
    scratch_done(&scratch);
}
END_TEST

START_TEST(a_stopped_process_stops_before_every_later_call)
{
    struct scratch scratch = scratch_new();
    struct err err = {0};
    int status;
    const pid_t child = fork();

    if (child == 0) {
        arm(2, "stop", NULL);
        for (int i = 0; i < 3; i++)
            dir_flush(scratch.fd, "scratch", &err);
        _exit(7);
    }
    for (int i = 0; i < 2; i++) {
        waitpid(child, &status, WUNTRACED);
        ck_assert(WIFSTOPPED(status));
        kill(child, SIGCONT);
    }
    waitpid(child, &status, WUNTRACED);
    ck_assert(WIFEXITED(status) && WEXITSTATUS(status) == 7);
    scratch_done(&scratch);
}
END_TEST

START_TEST(what_fired_is_logged)
{
    struct scratch scratch = scratch_new();
    struct err err = {0};
    struct buf bytes = {0};
    char log[300];

    snprintf(log, sizeof log, "%s/faults", scratch.path);
    arm(1, "EROFS", log);
    ck_assert_int_eq(dir_flush(scratch.fd, "scratch", &err), E_DENIED);
    ck_assert_int_eq(dir_flush(scratch.fd, "scratch", &err), 0);
    arm(0, "count", log);
    ck_assert_int_eq(dir_flush(scratch.fd, "scratch", &err), 0);
    ck_assert_int_eq(dir_flush(scratch.fd, "scratch", &err), 0);
    note_total();
    disarm();
    ck_assert_int_eq(file_read_all(scratch.fd, "faults", 1000, &bytes, &err), 0);
    ck_assert_str_eq(buf_text(&bytes), "fault: 1 fsync EROFS\nfault: 2\n");
    plan.log = NULL;
    buf_done(&bytes);
    scratch_done(&scratch);
}
END_TEST

START_TEST(an_unknown_plan_ends_the_process)
{
    static const char *const plans[] = {"", "5", "x:EIO", "3:EWHAT", "3:count", "0:EIO", "3:"};
    int status;

    for (size_t i = 1; i < sizeof plans / sizeof *plans; i++) {
        const pid_t child = fork();

        if (child == 0) {
            freopen("/dev/null", "w", stderr);
            setenv("SIG_FAULT", plans[i], 1);
            read_plan();
            _exit(0);
        }
        waitpid(child, &status, 0);
        ck_assert_msg(WIFEXITED(status) && WEXITSTATUS(status) == 2, "'%s' was taken", plans[i]);
    }
}
END_TEST

UNIT_MAIN("os/fault", every_error_leaves_old_or_new_and_nothing_open,
          interruptions_are_tried_again_except_flushes, a_short_transfer_goes_on,
          a_killed_process_leaves_old_or_new, a_torn_write_stops_half_way,
          a_stopped_process_stops_before_every_later_call, what_fired_is_logged,
          an_unknown_plan_ends_the_process)

/* staged: files that get their names when they are complete. */
#include "os/staged.h"

#include <string.h>
#include <sys/stat.h>

#include "os/dir.h"
#include "os/file.h"
#include "os/room.h"
#include "tests/unit/scratch.h"

/* Both kinds of temporary file must behave the same. */
static int (*const openers[])(struct staged *, int, struct err *) = {staged_open,
                                                                     staged_open_named};

static size_t count_names(int dir)
{
    struct texts names = {0};
    struct err err = {0};
    size_t count;

    ck_assert_int_eq(dir_list(dir, ".", &names, &err), 0);
    count = names.count;
    texts_done(&names);
    return count;
}

static void check_content(int dir, const char *name, const char *expected)
{
    struct buf bytes = {0};
    struct err err = {0};

    ck_assert_int_eq(file_read_all(dir, name, 100, &bytes, &err), 0);
    ck_assert_str_eq(buf_text(&bytes), expected);
    buf_done(&bytes);
}

static int publish(size_t way, int dir, const char *name, bool replace, struct err *err)
{
    struct staged staged = STAGED_NONE;
    int r;

    ck_assert_int_eq(openers[way](&staged, dir, err), 0);
    ck_assert_int_eq(file_write(staged.fd, name, way ? "way1" : "way0", 4, err), 0);
    r = staged_publish(&staged, name, replace, err);
    if (r == 0)
        ck_assert_int_ge(staged.fd, 0);
    staged_done(&staged);
    ck_assert_int_eq(staged.fd, FILE_NONE);
    return r;
}

START_TEST(an_anonymous_file_shows_no_name)
{
    struct scratch scratch = scratch_new();
    struct staged staged = STAGED_NONE;
    struct err err = {0};

    staged_done(&staged);
    ck_assert_int_eq(staged_open(&staged, scratch.fd, &err), 0);
    if (!staged.name[0])
        ck_assert_uint_eq(count_names(scratch.fd), 0);
    staged_done(&staged);
    staged_done(&staged);
    scratch_done(&scratch);
}
END_TEST

START_TEST(a_named_one_is_hidden_and_goes_away)
{
    struct scratch scratch = scratch_new();
    struct staged staged = STAGED_NONE;
    struct err err = {0};

    ck_assert_int_eq(staged_open_named(&staged, scratch.fd, &err), 0);
    ck_assert_int_eq(strncmp(staged.name, ".sig-", 5), 0);
    ck_assert_uint_eq(strlen(staged.name), 25);
    ck_assert_str_eq(staged.name + 21, ".tmp");
    ck_assert_uint_eq(count_names(scratch.fd), 1);
    staged_done(&staged);
    ck_assert_uint_eq(count_names(scratch.fd), 0);
    scratch_done(&scratch);
}
END_TEST

START_TEST(a_name_is_given_once)
{
    struct scratch scratch = scratch_new();
    struct err err = {0};

    for (size_t way = 0; way < 2; way++) {
        const char *name = way ? "b" : "a";

        ck_assert_int_eq(publish(way, scratch.fd, name, false, &err), 0);
        ck_assert_int_eq(publish(!way, scratch.fd, name, false, &err), E_CONFLICT);
        ck_assert_int_eq(publish(way, scratch.fd, name, false, &err), E_CONFLICT);
        check_content(scratch.fd, name, way ? "way1" : "way0");
    }
    ck_assert_str_eq(err.text, "cannot create 'b': it exists already");
    ck_assert_uint_eq(count_names(scratch.fd), 2);
    scratch_done(&scratch);
}
END_TEST

START_TEST(a_replacement_leaves_nothing_behind)
{
    struct scratch scratch = scratch_new();
    struct err err = {0};

    for (size_t i = 0; i < 4; i++) {
        ck_assert_int_eq(publish(i % 2, scratch.fd, "a", true, &err), 0);
        check_content(scratch.fd, "a", i % 2 ? "way1" : "way0");
        ck_assert_uint_eq(count_names(scratch.fd), 1);
    }
    ck_assert_int_eq(mkdirat(scratch.fd, "dir", 0777), 0);
    for (size_t way = 0; way < 2; way++)
        ck_assert_int_eq(publish(way, scratch.fd, "dir", true, &err), E_FAILED);
    ck_assert_str_eq(err.text, "cannot replace 'dir': is a directory");
    ck_assert_uint_eq(count_names(scratch.fd), 2);
    scratch_done(&scratch);
}
END_TEST

START_TEST(a_link_is_replaced_and_not_written_through)
{
    struct scratch scratch = scratch_new();
    struct err err = {0};

    ck_assert_int_eq(staged_write_file(scratch.fd, "real", "old", 3, &err), 0);
    ck_assert_int_eq(symlinkat("real", scratch.fd, "link"), 0);
    ck_assert_int_eq(publish(0, scratch.fd, "link", false, &err), E_CONFLICT);
    ck_assert_int_eq(staged_write_file(scratch.fd, "link", "new", 3, &err), 0);
    check_content(scratch.fd, "real", "old");
    check_content(scratch.fd, "link", "new");
    scratch_done(&scratch);
}
END_TEST

START_TEST(the_mode_follows_the_umask)
{
    struct scratch scratch = scratch_new();
    struct err err = {0};
    struct stat st;

    umask(0002);
    ck_assert_int_eq(publish(0, scratch.fd, "a", false, &err), 0);
    ck_assert_int_eq(publish(1, scratch.fd, "b", false, &err), 0);
    ck_assert_int_eq(fstatat(scratch.fd, "a", &st, 0), 0);
    ck_assert_int_eq(st.st_mode & 0777, 0660);
    ck_assert_int_eq(fstatat(scratch.fd, "b", &st, 0), 0);
    ck_assert_int_eq(st.st_mode & 0777, 0660);
    scratch_done(&scratch);
}
END_TEST

START_TEST(paths_and_closed_directories_are_refused)
{
    struct scratch scratch = scratch_new();
    struct staged staged = STAGED_NONE;
    struct err err = {0};

    ck_assert_int_eq(publish(0, scratch.fd, "../a", true, &err), E_FAILED);
    ck_assert_int_eq(publish(0, scratch.fd, "", true, &err), E_FAILED);
    ck_assert_int_eq(staged_open(&staged, -1, &err), E_FAILED);
    ck_assert_int_eq(staged.fd, FILE_NONE);
    staged_done(&staged);
    ck_assert_int_eq(staged_write_file(-1, "a", "x", 1, &err), E_FAILED);
    ck_assert_str_eq(err.text,
                     "cannot save 'a': cannot create a temporary file: bad file descriptor");
    scratch_done(&scratch);
}
END_TEST

UNIT_MAIN("os/staged", an_anonymous_file_shows_no_name, a_named_one_is_hidden_and_goes_away,
          a_name_is_given_once, a_replacement_leaves_nothing_behind,
          a_link_is_replaced_and_not_written_through, the_mode_follows_the_umask,
          paths_and_closed_directories_are_refused)

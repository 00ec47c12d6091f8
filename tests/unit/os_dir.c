/* dir: made, listed, renamed, removed. */
#include "os/dir.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "os/file.h"
#include "os/room.h"
#include "tests/unit/scratch.h"

static void put(int dir, const char *path, const char *text)
{
    struct err err = {0};
    int fd = FILE_NONE;

    ck_assert_int_eq(file_open(dir, path, FILE_CREATE, &fd, &err), 0);
    ck_assert_int_eq(file_write(fd, path, text, strlen(text), &err), 0);
    file_close(&fd);
}

static bool has(int dir, const char *path)
{
    return faccessat(dir, path, F_OK, AT_SYMLINK_NOFOLLOW) == 0;
}

START_TEST(directories_are_made_with_their_parents)
{
    struct scratch scratch = scratch_new();
    struct err err = {0};
    int fd = FILE_NONE;

    ck_assert_int_eq(dir_make(scratch.fd, "a/b//c/", &err), 0);
    ck_assert(has(scratch.fd, "a/b/c"));
    ck_assert_int_eq(dir_make(scratch.fd, "a/b/c", &err), 0);
    ck_assert_int_eq(dir_make(scratch.fd, ".", &err), 0);
    ck_assert_int_eq(dir_open(scratch.fd, "a/b", &fd, &err), 0);
    ck_assert(has(fd, "c"));
    file_close(&fd);
    ck_assert_int_eq(dir_open(scratch.fd, "a/x", &fd, &err), E_NOT_FOUND);
    put(scratch.fd, "a/file", "x");
    ck_assert_int_eq(dir_make(scratch.fd, "a/file/b", &err), E_FAILED);
    ck_assert_str_eq(err.text, "cannot make directory 'a/file/b': not a directory");
    ck_assert_int_eq(dir_open(scratch.fd, "a/file", &fd, &err), E_FAILED);
    scratch_done(&scratch);
}
END_TEST

START_TEST(making_never_leaves_the_directory)
{
    struct scratch scratch = scratch_new();
    struct scratch outside = scratch_new();
    struct err err = {0};
    char name[300];

    ck_assert_int_eq(symlinkat(outside.path, scratch.fd, "link"), 0);
    ck_assert_int_eq(dir_make(scratch.fd, "link/x", &err), E_DENIED);
    ck_assert(!has(outside.fd, "x"));
    ck_assert_int_eq(dir_make(scratch.fd, "a/../../x", &err), E_DENIED);
    ck_assert_int_eq(dir_make(scratch.fd, "/tmp", &err), E_DENIED);
    memset(name, 'n', 256);
    name[256] = '\0';
    ck_assert_int_eq(dir_make(scratch.fd, name, &err), E_FAILED);
    name[255] = '\0';
    ck_assert_int_eq(dir_make(scratch.fd, name, &err), 0);
    scratch_done(&outside);
    scratch_done(&scratch);
}
END_TEST

START_TEST(a_user_may_name_links_and_parents)
{
    struct scratch scratch = scratch_new();
    struct err err = {0};
    char path[400];
    int fd = FILE_NONE;

    ck_assert_int_eq(mkdirat(scratch.fd, "real", 0777), 0);
    ck_assert_int_eq(symlinkat("real", scratch.fd, "link"), 0);
    snprintf(path, sizeof path, "%s/link/a/../b/c", scratch.path);
    ck_assert_int_eq(dir_make_user(path, &fd, &err), 0);
    file_close(&fd);
    ck_assert(has(scratch.fd, "real/b/c"));
    ck_assert_int_eq(dir_open_user(path, &fd, &err), 0);
    file_close(&fd);
    snprintf(path, sizeof path, "%s/absent", scratch.path);
    ck_assert_int_eq(dir_open_user(path, &fd, &err), E_NOT_FOUND);
    ck_assert_int_eq(dir_make_user("", &fd, &err), E_NOT_FOUND);
    ck_assert_int_eq(fchdir(scratch.fd), 0);
    ck_assert_int_eq(dir_make_user("x/y", &fd, &err), 0);
    file_close(&fd);
    ck_assert(has(scratch.fd, "x/y"));
    ck_assert_int_eq(dir_make_user(".", &fd, &err), 0);
    ck_assert(dir_is_same(fd, scratch.fd));
    file_close(&fd);
    put(scratch.fd, "file", "x");
    ck_assert_int_eq(dir_make_user("file/y", &fd, &err), E_FAILED);
    ck_assert_int_eq(fd, FILE_NONE);
    ck_assert_int_eq(chdir("/"), 0);
    scratch_done(&scratch);
}
END_TEST

START_TEST(a_listing_is_whole_and_sorted)
{
    struct scratch scratch = scratch_new();
    struct texts names = {0};
    struct err err = {0};
    char name[64];

    /* More than one call's worth. */
    for (int i = 1999; i >= 0; i--) {
        snprintf(name, sizeof name, "some-rather-long-name-%04d", i);
        put(scratch.fd, name, "");
    }
    texts_add(&names, "forgotten");
    ck_assert_int_eq(dir_list(scratch.fd, ".", &names, &err), 0);
    ck_assert_uint_eq(names.count, 2000);
    ck_assert_str_eq(names.items[0], "some-rather-long-name-0000");
    ck_assert_str_eq(names.items[1999], "some-rather-long-name-1999");
    ck_assert_int_eq(dir_list(scratch.fd, "absent", &names, &err), E_NOT_FOUND);
    ck_assert_uint_eq(names.count, 2000);
    ck_assert_int_eq(dir_list(scratch.fd, "some-rather-long-name-0000", &names, &err), E_FAILED);
    texts_done(&names);
    scratch_done(&scratch);
}
END_TEST

START_TEST(a_rename_replaces_only_when_told)
{
    struct scratch scratch = scratch_new();
    struct err err = {0};
    struct buf bytes = {0};

    ck_assert_int_eq(dir_make(scratch.fd, "d/e", &err), 0);
    ck_assert_int_eq(dir_make(scratch.fd, "f", &err), 0);
    put(scratch.fd, "d/a", "one");
    put(scratch.fd, "f/b", "two");
    ck_assert_int_eq(dir_rename(scratch.fd, "d/a", scratch.fd, "f/b", false, &err), E_CONFLICT);
    ck_assert_str_eq(err.text, "cannot rename to 'f/b': it exists already");
    ck_assert(has(scratch.fd, "d/a"));
    ck_assert_int_eq(dir_rename(scratch.fd, "d/a", scratch.fd, "f/b", true, &err), 0);
    ck_assert_int_eq(file_read_all(scratch.fd, "f/b", 10, &bytes, &err), 0);
    ck_assert_str_eq(buf_text(&bytes), "one");
    ck_assert(!has(scratch.fd, "d/a"));
    ck_assert_int_eq(dir_rename(scratch.fd, "f/b", scratch.fd, "f/c", false, &err), 0);
    ck_assert(has(scratch.fd, "f/c"));
    ck_assert_int_eq(dir_rename(scratch.fd, "d/e", scratch.fd, "f", false, &err), E_CONFLICT);
    ck_assert_int_eq(dir_rename(scratch.fd, "d", scratch.fd, "f/d", false, &err), 0);
    ck_assert(has(scratch.fd, "f/d/e"));
    ck_assert_int_eq(dir_rename(scratch.fd, "absent", scratch.fd, "x", false, &err), E_NOT_FOUND);
    ck_assert_int_eq(dir_rename(scratch.fd, "f", scratch.fd, "no/x", false, &err), E_NOT_FOUND);
    ck_assert_int_eq(dir_rename(scratch.fd, "f", scratch.fd, "../x", true, &err), E_DENIED);
    ck_assert_int_eq(dir_rename(scratch.fd, "f", scratch.fd, "f/f", false, &err), E_FAILED);
    buf_done(&bytes);
    scratch_done(&scratch);
}
END_TEST

START_TEST(a_rename_by_link_replaces_nothing_either)
{
    struct scratch scratch = scratch_new();
    const int dir = scratch.fd;

    put(dir, "a", "one");
    put(dir, "b", "two");
    ck_assert_int_eq(mkdirat(dir, "empty", 0777), 0);
    ck_assert_int_eq(mkdirat(dir, "full", 0777), 0);
    put(dir, "full/x", "x");
    ck_assert_int_eq(rename_new_by_link(dir, "a", dir, "b"), -1);
    ck_assert_int_eq(errno, EEXIST);
    ck_assert(has(dir, "a"));
    ck_assert_int_eq(rename_new_by_link(dir, "a", dir, "c"), 0);
    ck_assert(!has(dir, "a") && has(dir, "c"));
    ck_assert_int_eq(rename_new_by_link(dir, "empty", dir, "full"), -1);
    ck_assert_int_eq(errno, EEXIST);
    ck_assert_int_eq(rename_new_by_link(dir, "empty", dir, "b"), -1);
    ck_assert_int_eq(errno, EEXIST);
    ck_assert_int_eq(rename_new_by_link(dir, "full", dir, "moved"), 0);
    ck_assert(has(dir, "moved/x"));
    ck_assert_int_eq(rename_new_by_link(dir, "absent", dir, "y"), -1);
    ck_assert_int_eq(errno, ENOENT);
    scratch_done(&scratch);
}
END_TEST

START_TEST(a_tree_is_removed_and_its_links_are_not_followed)
{
    struct scratch scratch = scratch_new();
    struct scratch outside = scratch_new();
    struct err err = {0};

    put(outside.fd, "precious", "x");
    ck_assert_int_eq(dir_make(scratch.fd, "t/a/b/c", &err), 0);
    put(scratch.fd, "t/a/b/file", "x");
    put(scratch.fd, "kept", "x");
    ck_assert_int_eq(symlinkat(outside.path, scratch.fd, "t/a/link"), 0);
    ck_assert_int_eq(symlinkat(outside.path, scratch.fd, "link"), 0);
    ck_assert_int_eq(dir_remove_tree(scratch.fd, "t", &err), 0);
    ck_assert(!has(scratch.fd, "t"));
    ck_assert_int_eq(dir_remove_tree(scratch.fd, "t", &err), 0);
    ck_assert_int_eq(dir_remove_tree(scratch.fd, "no/where", &err), 0);
    ck_assert_int_eq(dir_remove_tree(scratch.fd, "link", &err), 0);
    ck_assert(!has(scratch.fd, "link"));
    ck_assert_int_eq(dir_remove_tree(scratch.fd, "kept", &err), 0);
    ck_assert(has(outside.fd, "precious"));
    ck_assert_int_lt(dir_remove_tree(scratch.fd, ".", &err), 0);
    ck_assert_int_eq(dir_remove_tree(scratch.fd, "..", &err), E_DENIED);
    scratch_done(&outside);
    scratch_done(&scratch);
}
END_TEST

START_TEST(the_same_directory_is_recognised)
{
    struct scratch scratch = scratch_new();
    struct err err = {0};
    int again, below;

    ck_assert_int_eq(dir_make(scratch.fd, "a", &err), 0);
    ck_assert_int_eq(dir_open(scratch.fd, ".", &again, &err), 0);
    ck_assert_int_eq(dir_open(scratch.fd, "a", &below, &err), 0);
    ck_assert(dir_is_same(scratch.fd, again));
    ck_assert(!dir_is_same(scratch.fd, below));
    ck_assert_int_eq(dir_flush(again, "scratch", &err), 0);
    file_close(&again);
    ck_assert(!dir_is_same(scratch.fd, again));
    ck_assert_int_eq(dir_flush(again, "scratch", &err), E_FAILED);
    file_close(&below);
    scratch_done(&scratch);
}
END_TEST

UNIT_MAIN("os/dir", directories_are_made_with_their_parents, making_never_leaves_the_directory,
          a_user_may_name_links_and_parents, a_listing_is_whole_and_sorted,
          a_rename_replaces_only_when_told, a_rename_by_link_replaces_nothing_either,
          a_tree_is_removed_and_its_links_are_not_followed, the_same_directory_is_recognised)

/* file: opening, reading, writing, looking; what is refused. */
#include "os/file.h"

#include <errno.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>

#include "os/room.h"
#include "tests/unit/scratch.h"

static void put(const struct scratch *scratch, const char *path, const char *text)
{
    struct err err = {0};
    int fd = FILE_NONE;

    ck_assert_int_eq(file_open(scratch->fd, path, FILE_CREATE, &fd, &err), 0);
    ck_assert_int_eq(file_write(fd, path, text, strlen(text), &err), 0);
    file_close(&fd);
    ck_assert_int_eq(fd, FILE_NONE);
}

START_TEST(modes_do_what_they_say)
{
    struct scratch scratch = scratch_new();
    struct err err = {0};
    struct stat st;
    int fd = FILE_NONE;

    umask(0027);
    ck_assert_int_eq(file_open(scratch.fd, "a", FILE_READ, &fd, &err), E_NOT_FOUND);
    ck_assert_str_eq(err.text, "cannot open 'a': no such file or directory");
    ck_assert_int_eq(file_open(scratch.fd, "a", FILE_UPDATE, &fd, &err), E_NOT_FOUND);
    ck_assert_int_eq(fd, FILE_NONE);
    put(&scratch, "a", "one");
    ck_assert_int_eq(file_open(scratch.fd, "a", FILE_CREATE, &fd, &err), E_CONFLICT);
    ck_assert_str_eq(err.text, "cannot create 'a': it exists already");
    ck_assert_int_eq(file_open(scratch.fd, "a", FILE_OPEN_OR_CREATE, &fd, &err), 0);
    ck_assert_int_eq(fcntl(fd, F_GETFD) & FD_CLOEXEC, FD_CLOEXEC);
    file_close(&fd);
    ck_assert_int_eq(file_open(scratch.fd, "b", FILE_OPEN_OR_CREATE, &fd, &err), 0);
    ck_assert_int_eq(fstat(fd, &st), 0);
    ck_assert_int_eq(st.st_mode & 0777, 0640);
    file_close(&fd);
    file_close(&fd);
    scratch_done(&scratch);
}
END_TEST

/* What openat2 refuses and what the walk by parts refuses must be the same. */
START_TEST(paths_stay_below_whichever_way_they_are_walked)
{
    static int (*const ways[])(int, const char *, int, mode_t) = {walk_open, walk_open_by_parts};
    static const struct {
        const char *path;
        int errnum;
    } cases[] = {
        {"dir/file", 0},
        {"./dir//file", 0},
        {"dir", 0},
        {"dir/", 0},
        {".", 0},
        {"", EINVAL},
        {"/etc/passwd", EXDEV},
        {"..", EXDEV},
        {"../x", EXDEV},
        {"dir/../dir/file", EXDEV},
        {"dir/..", EXDEV},
        {"link/file", ELOOP},
        {"filelink", ELOOP},
        {"link", ELOOP},
        {"dangling", ELOOP},
        {"outside/passwd", ELOOP},
        {"dir/file/x", ENOTDIR},
        {"absent", ENOENT},
        {"absent/x", ENOENT},
        {"dir/file/", ENOTDIR},
        {"dir/..x", ENOENT},
    };
    struct scratch scratch = scratch_new();

    ck_assert_int_eq(mkdirat(scratch.fd, "dir", 0777), 0);
    put(&scratch, "dir/file", "x");
    ck_assert_int_eq(symlinkat("dir", scratch.fd, "link"), 0);
    ck_assert_int_eq(symlinkat("dir/file", scratch.fd, "filelink"), 0);
    ck_assert_int_eq(symlinkat("nowhere", scratch.fd, "dangling"), 0);
    ck_assert_int_eq(symlinkat("/etc", scratch.fd, "outside"), 0);
    for (size_t w = 0; w < 2; w++)
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
            int fd = ways[w](scratch.fd, cases[i].path, O_RDONLY, 0);
            const int errnum = fd < 0 ? errno : 0;

            ck_assert_msg(errnum == cases[i].errnum, "way %zu, '%s': %s", w, cases[i].path,
                          errnum ? strerror(errnum) : "opened");
            file_close(&fd);
        }
    scratch_done(&scratch);
}
END_TEST

START_TEST(the_walk_by_parts_creates_and_refuses_long_names)
{
    struct scratch scratch = scratch_new();
    char name[300];
    int fd;

    ck_assert_int_eq(mkdirat(scratch.fd, "dir", 0777), 0);
    fd = walk_open_by_parts(scratch.fd, "dir/new", O_RDWR | O_CREAT | O_EXCL, 0600);
    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq(fcntl(fd, F_GETFD) & FD_CLOEXEC, FD_CLOEXEC);
    file_close(&fd);
    ck_assert_int_eq(walk_open_by_parts(scratch.fd, "dir/new", O_RDWR | O_CREAT | O_EXCL, 0600),
                     -1);
    ck_assert_int_eq(errno, EEXIST);
    ck_assert_int_eq(symlinkat("elsewhere", scratch.fd, "dangling"), 0);
    ck_assert_int_lt(walk_open_by_parts(scratch.fd, "dangling", O_RDWR | O_CREAT, 0600), 0);
    ck_assert_int_lt(walk_open_by_parts(scratch.fd, "link/x", O_RDWR | O_CREAT, 0600), 0);
    ck_assert_int_eq(faccessat(scratch.fd, "elsewhere", F_OK, 0), -1);
    memset(name, 'n', 256);
    name[256] = '\0';
    ck_assert_int_eq(walk_open_by_parts(scratch.fd, name, O_RDONLY, 0), -1);
    ck_assert_int_eq(errno, ENAMETOOLONG);
    name[255] = '\0';
    ck_assert_int_eq(walk_open_by_parts(scratch.fd, name, O_RDONLY, 0), -1);
    ck_assert_int_eq(errno, ENOENT);
    scratch_done(&scratch);
}
END_TEST

START_TEST(refusals_are_said_in_words)
{
    struct scratch scratch = scratch_new();
    struct err err = {0};
    int fd;

    ck_assert_int_eq(symlinkat("/etc", scratch.fd, "out"), 0);
    ck_assert_int_eq(file_open(scratch.fd, "out/passwd", FILE_READ, &fd, &err), E_DENIED);
    ck_assert_str_eq(err.text, "cannot open 'out/passwd': a symbolic link is not followed here");
    ck_assert_int_eq(err.os, ELOOP);
    ck_assert_int_eq(file_open(scratch.fd, "../x", FILE_READ, &fd, &err), E_DENIED);
    ck_assert_str_eq(err.text, "cannot open '../x': the path leads out of its directory");
    scratch_done(&scratch);
}
END_TEST

START_TEST(a_fifo_does_not_block)
{
    struct scratch scratch = scratch_new();
    struct file_info info;
    struct err err = {0};
    struct buf bytes = {0};
    char path[300];
    int fd = FILE_NONE;

    ck_assert_int_eq(mkfifoat(scratch.fd, "fifo", 0600), 0);
    ck_assert_int_eq(file_open(scratch.fd, "fifo", FILE_READ, &fd, &err), 0);
    ck_assert_int_eq(file_stat(fd, "fifo", &info, &err), 0);
    ck_assert_int_eq(info.kind, FILE_FIFO);
    file_close(&fd);
    snprintf(path, sizeof path, "%s/fifo", scratch.path);
    ck_assert_int_eq(file_open_user(path, &fd, &err), 0);
    file_close(&fd);
    ck_assert_int_eq(file_read_all(scratch.fd, "fifo", 10, &bytes, &err), E_CORRUPT);
    ck_assert_str_eq(err.text, "'fifo' is not a regular file");
    ck_assert_int_eq(file_open_user("/absent/path", &fd, &err), E_NOT_FOUND);
    buf_done(&bytes);
    scratch_done(&scratch);
}
END_TEST

START_TEST(reading_stops_at_the_end)
{
    struct scratch scratch = scratch_new();
    struct err err = {0};
    char bytes[8];
    size_t got = 99;
    int fd;

    put(&scratch, "a", "12345");
    ck_assert_int_eq(file_open(scratch.fd, "a", FILE_READ, &fd, &err), 0);
    ck_assert_int_eq(file_read_at(fd, "a", bytes, 8, 0, &got, &err), 0);
    ck_assert_uint_eq(got, 5);
    ck_assert_int_eq(file_read_at(fd, "a", bytes, 8, 4, &got, &err), 0);
    ck_assert_uint_eq(got, 1);
    ck_assert_int_eq(bytes[0], '5');
    ck_assert_int_eq(file_read_at(fd, "a", bytes, 8, 5, &got, &err), 0);
    ck_assert_uint_eq(got, 0);
    ck_assert_int_eq(file_read_exact(fd, "a", bytes, 5, 0, &err), 0);
    ck_assert_int_eq(file_read_exact(fd, "a", bytes, 5, 1, &err), E_CORRUPT);
    ck_assert_str_eq(err.text, "'a' is cut short");
    ck_assert_int_eq(file_write(fd, "a", "x", 1, &err), E_FAILED);
    ck_assert_str_eq(err.text, "cannot write 'a': bad file descriptor");
    file_close(&fd);
    scratch_done(&scratch);
}
END_TEST

START_TEST(the_whole_file_is_read_up_to_its_limit)
{
    struct scratch scratch = scratch_new();
    struct err err = {0};
    struct buf bytes = {0};

    put(&scratch, "a", "12345");
    put(&scratch, "empty", "");
    buf_add_text(&bytes, "0");
    ck_assert_int_eq(file_read_all(scratch.fd, "a", 6, &bytes, &err), 0);
    ck_assert_str_eq(buf_text(&bytes), "012345");
    ck_assert_int_eq(file_read_all(scratch.fd, "a", 5, &bytes, &err), 0);
    ck_assert_str_eq(buf_text(&bytes), "01234512345");
    ck_assert_int_eq(file_read_all(scratch.fd, "a", 4, &bytes, &err), E_CORRUPT);
    ck_assert_str_eq(err.text, "'a' is longer than 4 bytes");
    ck_assert_str_eq(buf_text(&bytes), "01234512345");
    ck_assert_int_eq(file_read_all(scratch.fd, "empty", 0, &bytes, &err), 0);
    ck_assert_uint_eq(bytes.length, 11);
    ck_assert_int_eq(file_read_all(scratch.fd, "absent", 4, &bytes, &err), E_NOT_FOUND);
    ck_assert_int_eq(file_read_all(scratch.fd, ".", 4, &bytes, &err), E_CORRUPT);
    buf_done(&bytes);
    scratch_done(&scratch);
}
END_TEST

START_TEST(writing_at_an_offset_leaves_a_hole)
{
    struct scratch scratch = scratch_new();
    struct err err = {0};
    uint64_t start = 1, end = 2;
    int fd;

    ck_assert_int_eq(file_open(scratch.fd, "a", FILE_CREATE, &fd, &err), 0);
    ck_assert_int_eq(file_resize(fd, "a", 4 << 20, &err), 0);
    ck_assert_int_eq(file_next_data(fd, "a", 0, 4 << 20, &start, &end, &err), 0);
    ck_assert_uint_eq(start, 4 << 20);
    ck_assert_uint_eq(end, 4 << 20);
    ck_assert_int_eq(file_write_at(fd, "a", "data", 4, 1 << 20, &err), 0);
    ck_assert_int_eq(file_next_data(fd, "a", 0, 4 << 20, &start, &end, &err), 0);
    ck_assert_uint_le(start, 1 << 20);
    ck_assert_uint_gt(end, 1 << 20);
    ck_assert_uint_lt(end, 4 << 20);
    /* The size that was given is the end, whatever lies behind. */
    ck_assert_int_eq(file_next_data(fd, "a", 1 << 20, (1 << 20) + 2, &start, &end, &err), 0);
    ck_assert_uint_eq(start, 1 << 20);
    ck_assert_uint_eq(end, (1 << 20) + 2);
    ck_assert_int_eq(file_next_data(fd, "a", 0, 100, &start, &end, &err), 0);
    ck_assert_uint_eq(start, 100);
    ck_assert_int_eq(file_next_data(fd, "a", 100, 100, &start, &end, &err), 0);
    ck_assert_uint_eq(start, 100);
    ck_assert_int_eq(file_resize(fd, "a", UINT64_MAX, &err), E_NO_SPACE);
    ck_assert_int_eq(file_flush(fd, "a", &err), 0);
    ck_assert_int_eq(file_flush_all(fd, "a", &err), 0);
    file_will_scan(fd);
    file_drop_cache(fd, 0, 0);
    file_close(&fd);
    scratch_done(&scratch);
}
END_TEST

START_TEST(looking_tells_a_link_from_its_target)
{
    struct scratch scratch = scratch_new();
    struct file_info info = {0};
    struct err err = {0};
    bool exists = true;
    int fd;

    ck_assert_int_eq(file_look(scratch.fd, "a", &exists, &info, &err), 0);
    ck_assert(!exists);
    ck_assert_int_eq(file_look(scratch.fd, "no/where", &exists, &info, &err), 0);
    ck_assert(!exists);
    put(&scratch, "a", "12345");
    ck_assert_int_eq(symlinkat("a", scratch.fd, "link"), 0);
    ck_assert_int_eq(mkdirat(scratch.fd, "dir", 0777), 0);
    ck_assert_int_eq(file_look(scratch.fd, "a", &exists, &info, &err), 0);
    ck_assert(exists);
    ck_assert_int_eq(info.kind, FILE_REGULAR);
    ck_assert_uint_eq(info.size, 5);
    ck_assert_uint_eq(info.links, 1);
    ck_assert_int_eq(file_look(scratch.fd, "link", &exists, &info, &err), 0);
    ck_assert_int_eq(info.kind, FILE_LINK);
    ck_assert_int_eq(file_look(scratch.fd, "dir", &exists, &info, &err), 0);
    ck_assert_int_eq(info.kind, FILE_DIRECTORY);
    ck_assert_int_eq(file_look(scratch.fd, "link/x", &exists, &info, &err), E_DENIED);
    ck_assert_int_eq(file_open(scratch.fd, "a", FILE_UPDATE, &fd, &err), 0);
    ck_assert_int_eq(file_set_time(fd, "a", 1234567890, &err), 0);
    ck_assert_int_eq(file_stat(fd, "a", &info, &err), 0);
    ck_assert_int_eq(info.changed_seconds, 1234567890);
    file_close(&fd);
    scratch_done(&scratch);
}
END_TEST

START_TEST(removing_twice_is_done_already)
{
    struct scratch scratch = scratch_new();
    struct err err = {0};

    put(&scratch, "a", "1");
    ck_assert_int_eq(mkdirat(scratch.fd, "dir", 0777), 0);
    ck_assert_int_eq(file_remove(scratch.fd, "a", &err), 0);
    ck_assert_int_eq(file_remove(scratch.fd, "a", &err), 0);
    ck_assert_int_eq(file_remove(scratch.fd, "no/where", &err), 0);
    ck_assert_int_eq(file_remove(scratch.fd, "dir", &err), E_FAILED);
    ck_assert_str_eq(err.text, "cannot remove 'dir': is a directory");
    ck_assert_int_eq(file_remove(scratch.fd, "../x", &err), E_DENIED);
    ck_assert_int_eq(file_remove(scratch.fd, "dir/", &err), E_FAILED);
    scratch_done(&scratch);
}
END_TEST

START_TEST(a_full_pipe_that_does_not_block_is_waited_for)
{
    enum { TOTAL = 300000 };
    char *bytes = calloc(1, TOTAL);
    struct err err = {0};
    char chunk[4096];
    size_t total = 0;
    int ends[2];
    pid_t child;

    ck_assert_int_eq(pipe2(ends, O_NONBLOCK | O_CLOEXEC), 0);
    child = fork();
    if (child == 0) {
        close(ends[0]);
        _exit(file_write(ends[1], "pipe", bytes, TOTAL, &err) == 0 ? 0 : 1);
    }
    close(ends[1]);
    fcntl(ends[0], F_SETFL, 0);
    for (ssize_t got; (got = read(ends[0], chunk, sizeof chunk)) > 0;)
        total += (size_t)got;
    ck_assert_uint_eq(total, TOTAL);
    close(ends[0]);
    free(bytes);
}
END_TEST

START_TEST(standard_descriptors_are_copied)
{
    struct err err = {0};
    int fd = FILE_NONE;

    ck_assert_int_eq(file_standard(1, &fd, &err), 0);
    ck_assert_int_gt(fd, 2);
    ck_assert_int_eq(fcntl(fd, F_GETFD) & FD_CLOEXEC, FD_CLOEXEC);
    file_close(&fd);
    ck_assert_int_eq(file_standard(1000, &fd, &err), E_FAILED);
    ck_assert_int_eq(fd, FILE_NONE);
}
END_TEST

UNIT_MAIN("os/file", modes_do_what_they_say, paths_stay_below_whichever_way_they_are_walked,
          the_walk_by_parts_creates_and_refuses_long_names, refusals_are_said_in_words,
          a_fifo_does_not_block, reading_stops_at_the_end, the_whole_file_is_read_up_to_its_limit,
          writing_at_an_offset_leaves_a_hole, looking_tells_a_link_from_its_target,
          removing_twice_is_done_already, a_full_pipe_that_does_not_block_is_waited_for,
          standard_descriptors_are_copied)

/* output: directories for output, writing past the page cache, zeros. */
#include "os/output.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "os/file.h"
#include "tests/unit/scratch.h"

enum { SIZE = 64 * 1024 };

static int open_noise(const struct scratch *scratch, const char *name)
{
    char bytes[SIZE];
    int fd = openat(scratch->fd, name, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

    ck_assert_int_ge(fd, 0);
    memset(bytes, 'x', sizeof bytes);
    ck_assert_int_eq(pwrite(fd, bytes, sizeof bytes, 0), sizeof bytes);
    return fd;
}

START_TEST(a_directory_is_made_when_its_parent_is_there)
{
    struct scratch scratch = scratch_new();
    struct err err = {0};
    struct stat st;
    char path[300], below[310];
    int fd = FILE_NONE;

    umask(022);
    snprintf(path, sizeof path, "%s/out", scratch.path);
    snprintf(below, sizeof below, "%s/a/b", path);
    ck_assert_int_eq(output_directory(below, &fd, &err), E_NOT_FOUND);
    ck_assert_int_eq(fd, FILE_NONE);
    for (int i = 0; i < 2; i++) { /* made, then found */
        ck_assert_int_eq(output_directory(path, &fd, &err), 0);
        ck_assert_int_eq(fstat(fd, &st), 0);
        ck_assert_int_eq(st.st_mode & 07777, 0755);
        file_close(&fd);
    }
    snprintf(path, sizeof path, "%s/file", scratch.path);
    file_close(&(int){open_noise(&scratch, "file")});
    ck_assert_int_lt(output_directory(path, &fd, &err), 0);
    ck_assert_int_eq(fd, FILE_NONE);
    scratch_done(&scratch);
}
END_TEST

START_TEST(only_block_devices_are_devices)
{
    struct scratch scratch = scratch_new();
    struct err err = {0};
    char path[300];
    uint64_t size;
    int fd = FILE_NONE;

    snprintf(path, sizeof path, "%s/file", scratch.path);
    ck_assert(!output_is_device(path));
    file_close(&(int){open_noise(&scratch, "file")});
    ck_assert(!output_is_device(path));
    ck_assert(!output_is_device("/dev/null"));
    ck_assert_int_eq(output_open_device(path, &fd, &size, &err), E_INVALID);
    ck_assert_int_eq(output_open_device("/dev/null", &fd, &size, &err), E_INVALID);
    ck_assert_int_eq(output_open_device("/no/such", &fd, &size, &err), E_NOT_FOUND);
    ck_assert_int_eq(fd, FILE_NONE);
    scratch_done(&scratch);
}
END_TEST

START_TEST(what_is_written_past_the_cache_is_there)
{
    struct scratch scratch = scratch_new();
    int fd = open_noise(&scratch, "file"), direct = FILE_NONE;
    struct err err = {0};
    char *bytes = aligned_alloc(OUTPUT_ALIGN, 2 * OUTPUT_ALIGN), back[SIZE];
    bool done = false;

    memset(bytes, 'y', 2 * OUTPUT_ALIGN);
    output_open_direct(fd, &direct);
    if (direct == FILE_NONE)
        UNIT_SKIP("the file system cannot write past the page cache");
    ck_assert_int_eq(
        output_write_direct(direct, "file", bytes, OUTPUT_ALIGN, OUTPUT_ALIGN, &done, &err), 0);
    ck_assert(done);
    ck_assert_int_eq(pread(fd, back, SIZE, 0), SIZE);
    ck_assert_int_eq(back[OUTPUT_ALIGN - 1], 'x');
    ck_assert_mem_eq(back + OUTPUT_ALIGN, bytes, OUTPUT_ALIGN);
    ck_assert_int_eq(back[2 * OUTPUT_ALIGN], 'x');
    /* What it does not want is said, and is no error. */
    ck_assert_int_eq(output_write_direct(direct, "file", bytes + 1, 100, 1, &done, &err), 0);
    ck_assert(!done);
    file_close(&direct);
    file_close(&fd);
    free(bytes);
    scratch_done(&scratch);
}
END_TEST

START_TEST(zeros_go_exactly_where_they_are_wanted)
{
    static const struct {
        uint64_t offset, length;
    } cases[] = {{0, 0},    {0, 1},       {5, 4000}, {4096, 4096},       {4095, 4098},
                 {1, 8191}, {100, 50000}, {0, SIZE}, {SIZE - 4097, 4097}};
    struct scratch scratch = scratch_new();
    struct err err = {0};
    char bytes[SIZE], zeros[SIZE] = {0}, noise[SIZE];

    memset(noise, 'x', sizeof noise);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const size_t offset = cases[i].offset, end = offset + cases[i].length;
        int fd = open_noise(&scratch, "file");

        ck_assert_int_eq(output_zero(fd, "file", cases[i].offset, cases[i].length, &err), 0);
        ck_assert_int_eq(pread(fd, bytes, SIZE, 0), SIZE);
        ck_assert_mem_eq(bytes, noise, offset);
        ck_assert_mem_eq(bytes + offset, zeros, end - offset);
        ck_assert_mem_eq(bytes + end, noise, SIZE - end);
        file_close(&fd);
    }
    scratch_done(&scratch);
}
END_TEST

UNIT_MAIN("os/output", a_directory_is_made_when_its_parent_is_there, only_block_devices_are_devices,
          what_is_written_past_the_cache_is_there, zeros_go_exactly_where_they_are_wanted)

/* input: what a user hands over: files, pipes, standard input. */
#include "os/input.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "os/staged.h"
#include "tests/unit/scratch.h"

static void put(const char *path, const char *text)
{
    const int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

    ck_assert(fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text));
    close(fd);
}

/* Somebody who opens the path and writes to it. */
static pid_t writer(const char *path, const char *text)
{
    const pid_t child = fork();

    ck_assert_int_ge(child, 0);
    if (child == 0) {
        put(path, text);
        _exit(0);
    }
    return child;
}

static void check_read(const struct input *input, const char *expected)
{
    struct err err = {0};
    char bytes[64];
    size_t got = 0;

    ck_assert_int_eq(input_read(input, "it", bytes, sizeof bytes, &got, &err), 0);
    ck_assert_uint_eq(got, strlen(expected));
    ck_assert_mem_eq(bytes, expected, got);
    ck_assert_int_eq(input_read(input, "it", bytes, sizeof bytes, &got, &err), 0);
    ck_assert_uint_eq(got, 0);
}

START_TEST(files_have_places_and_pipes_none)
{
    struct scratch scratch = scratch_new();
    struct input input = INPUT_NONE;
    struct err err = {0};
    char path[300];

    snprintf(path, sizeof path, "%s/a", scratch.path);
    ck_assert_int_eq(input_open(path, &input, &err), E_NOT_FOUND);
    ck_assert_int_eq(input.fd, FILE_NONE);
    put(path, "content");
    ck_assert_int_eq(input_open(path, &input, &err), 0);
    ck_assert(!input.forward && !input.standard && !input.in_use);
    ck_assert_uint_eq(input.info.size, 7);
    input_close(&input);
    input_close(&input);
    ck_assert_int_eq(input_open(scratch.path, &input, &err), 0);
    ck_assert_int_eq(input.info.kind, FILE_DIRECTORY);
    input_close(&input);
    scratch_done(&scratch);
}
END_TEST

START_TEST(a_fifo_waits_for_its_writer)
{
    struct scratch scratch = scratch_new();
    struct input input = INPUT_NONE;
    struct err err = {0};
    char path[300];

    snprintf(path, sizeof path, "%s/fifo", scratch.path);
    ck_assert_int_eq(mkfifo(path, 0600), 0);
    for (int i = 0; i < 20; i++) {
        const pid_t child = writer(path, "from a pipe");
        int status = 0;

        ck_assert_int_eq(input_open(path, &input, &err), 0);
        ck_assert(input.forward);
        check_read(&input, "from a pipe");
        input_close(&input);
        ck_assert_int_eq(waitpid(child, &status, 0), child);
        ck_assert_int_eq(status, 0);
    }
    scratch_done(&scratch);
}
END_TEST

static void use_as_standard(int fd)
{
    ck_assert_int_eq(dup2(fd, STDIN_FILENO), STDIN_FILENO);
    close(fd);
}

START_TEST(standard_input_is_a_file_at_its_start)
{
    struct scratch scratch = scratch_new();
    struct input input = INPUT_NONE;
    struct err err = {0};
    char path[300], byte;

    snprintf(path, sizeof path, "%s/a", scratch.path);
    put(path, "content");
    use_as_standard(open(path, O_RDONLY | O_CLOEXEC));
    ck_assert_int_eq(input_open("-", &input, &err), 0);
    ck_assert(input.standard && !input.forward);
    input_close(&input);
    /* Somebody has read from it: what is left is what is meant. */
    ck_assert_int_eq(read(STDIN_FILENO, &byte, 1), 1);
    ck_assert_int_eq(input_open("-", &input, &err), 0);
    ck_assert(input.standard && input.forward);
    check_read(&input, "ontent");
    input_close(&input);
    scratch_done(&scratch);
}
END_TEST

START_TEST(standard_input_may_be_a_pipe_that_does_not_block)
{
    struct input input = INPUT_NONE;
    struct err err = {0};
    int ends[2];
    pid_t child;

    ck_assert_int_eq(pipe2(ends, O_CLOEXEC | O_NONBLOCK), 0);
    child = fork();
    if (child == 0) {
        usleep(20000);
        _exit(write(ends[1], "late", 4) == 4 ? 0 : 1);
    }
    close(ends[1]);
    use_as_standard(ends[0]);
    ck_assert_int_eq(input_open("-", &input, &err), 0);
    ck_assert(input.standard && input.forward);
    check_read(&input, "late");
    input_close(&input);
    ck_assert_int_eq(waitpid(child, NULL, 0), child);
}
END_TEST

START_TEST(an_anonymous_file_has_no_name)
{
    struct scratch scratch = scratch_new();
    struct err err = {0};
    struct stat st;
    int fd = FILE_NONE;

    ck_assert_int_eq(staged_anonymous(scratch.path, &fd, &err), 0);
    ck_assert_int_eq(fstat(fd, &st), 0);
    ck_assert_uint_eq(st.st_nlink, 0);
    ck_assert_int_eq(st.st_mode & 0777, 0600);
    ck_assert_int_eq(file_write_at(fd, "it", "x", 1, 100, &err), 0);
    ck_assert_int_eq(rmdir(scratch.path), 0);
    file_close(&fd);
    ck_assert_int_eq(staged_anonymous(scratch.path, &fd, &err), E_NOT_FOUND);
    ck_assert_int_eq(fd, FILE_NONE);
    ck_assert_int_eq(staged_anonymous(NULL, &fd, &err), 0);
    file_close(&fd);
    close(scratch.fd);
}
END_TEST

UNIT_MAIN("os/input", files_have_places_and_pipes_none, a_fifo_waits_for_its_writer,
          standard_input_is_a_file_at_its_start, standard_input_may_be_a_pipe_that_does_not_block,
          an_anonymous_file_has_no_name)

/* direct: exactly what the file holds, from any place to any place, also to its end off the grid. */
#include "os/direct.h"

#include <stdint.h>
#include <string.h>

#include "os/file.h"
#include "tests/unit/scratch.h"

#define OK(call) ck_assert_msg((call) == 0, #call ": %s", err.text)

enum { SIZE = 3 * DIRECT_ALIGN + 777 };

static int make_file(const struct scratch *scratch, uint8_t bytes[SIZE])
{
    struct err err = {0};
    int fd;

    for (size_t i = 0; i < SIZE; i++)
        bytes[i] = (uint8_t)(i * 2654435761u >> 11);
    OK(file_open(scratch->fd, "file", FILE_CREATE, &fd, &err));
    OK(file_write_at(fd, "file", bytes, SIZE, 0, &err));
    return fd;
}

START_TEST(every_part_is_read_right)
{
    static const uint64_t offsets[] = {0, 1, 4096, 5000, 8192, 12288, SIZE - 1};
    struct scratch scratch = scratch_new();
    uint8_t want[SIZE], room[SIZE + 2 * DIRECT_ALIGN];
    uint8_t *whole = room + DIRECT_ALIGN - (uintptr_t)room % DIRECT_ALIGN;
    struct direct direct;
    struct err err = {0};
    int fd = make_file(&scratch, want);

    direct_open(&direct, fd);
    for (size_t i = 0; i < sizeof offsets / sizeof *offsets; i++)
        for (size_t length = 0; length <= SIZE - offsets[i]; length += length % 4096 ? 4096 : 1) {
            for (size_t shift = 0; shift < 2; shift++) {
                memset(room, 0, sizeof room);
                OK(direct_read(&direct, "file", whole + shift, length, offsets[i], &err));
                ck_assert(memcmp(whole + shift, want + offsets[i], length) == 0);
            }
        }
    direct_close(&direct);
    file_close(&fd);
    scratch_done(&scratch);
}
END_TEST

START_TEST(what_was_just_written_is_read)
{
    struct scratch scratch = scratch_new();
    uint8_t want[SIZE], room[SIZE + 2 * DIRECT_ALIGN];
    uint8_t *whole = room + DIRECT_ALIGN - (uintptr_t)room % DIRECT_ALIGN;
    struct direct direct;
    struct err err = {0};
    int fd = make_file(&scratch, want);

    direct_open(&direct, fd);
    for (uint8_t round = 0; round < 20; round++) {
        memset(want + 4096, round, 4096);
        OK(file_write_at(fd, "file", want + 4096, 4096, 4096, &err));
        OK(direct_read(&direct, "file", whole, SIZE, 0, &err));
        ck_assert_mem_eq(whole, want, SIZE);
    }
    direct_close(&direct);
    file_close(&fd);
    scratch_done(&scratch);
}
END_TEST

START_TEST(a_file_that_ends_before_is_cut_short)
{
    struct scratch scratch = scratch_new();
    uint8_t bytes[SIZE], room[5 * DIRECT_ALIGN];
    uint8_t *whole = room + DIRECT_ALIGN - (uintptr_t)room % DIRECT_ALIGN;
    struct direct direct;
    struct err err = {0};
    int fd = make_file(&scratch, bytes);

    direct_open(&direct, fd);
    ck_assert_int_eq(direct_read(&direct, "file", whole, (size_t)4 * DIRECT_ALIGN, 0, &err),
                     E_CORRUPT);
    ck_assert_ptr_nonnull(strstr(err.text, "'file' is cut short"));
    ck_assert_int_eq(direct_read(&direct, "file", whole, 1, SIZE, &err), E_CORRUPT);
    direct_close(&direct);
    direct_close(&direct);
    file_close(&fd);
    scratch_done(&scratch);
}
END_TEST

UNIT_MAIN("os/direct", every_part_is_read_right, what_was_just_written_is_read,
          a_file_that_ends_before_is_cut_short)

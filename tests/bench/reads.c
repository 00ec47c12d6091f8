/* reads STORE GALLERY/DEFINITION/VERSION FILE COUNT: read COUNT random blocks of 4 KiB, of those
 * that hold data, from a published disk, with what lib/gallery.h offers, and compare each with
 * FILE, which was published. Prints the seconds that opening the disk took, and all the reads.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "gallery.h"

enum { READ_SIZE = 4096 };

/* Blocks that hold data. */
struct stretch {
    uint64_t first;
    uint64_t count;
};

struct stretches {
    struct stretch *items;
    size_t count;
    uint64_t blocks; /* of all */
};

static double now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static uint64_t next(uint64_t *state)
{
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    return *state * UINT64_C(0x2545f4914f6cdd1d);
}

/* Whole blocks of the file's data. */
static void find_data(int fd, struct stretches *ret)
{
    off_t end = 0;

    for (;;) {
        const off_t start = lseek(fd, end, SEEK_DATA);
        uint64_t first, behind;

        end = start < 0 ? -1 : lseek(fd, start, SEEK_HOLE);
        if (end < 0)
            return;
        first = ((uint64_t)start + READ_SIZE - 1) / READ_SIZE;
        behind = (uint64_t)end / READ_SIZE;
        if (behind <= first)
            continue;
        *VEC_ADD(ret) = (struct stretch){.first = first, .count = behind - first};
        ret->blocks += behind - first;
    }
}

/* Where a random block of them begins, in bytes. */
static uint64_t choose(const struct stretches *data, uint64_t *state)
{
    uint64_t number = next(state) % data->blocks;
    const struct stretch *stretch = data->items;

    while (number >= stretch->count)
        number -= stretch++->count;
    return (stretch->first + number) * READ_SIZE;
}

static int read_all(struct gal_disk *disk, int fd, size_t count, double *ret_seconds,
                    struct err *err)
{
    struct stretches data = {0};
    uint64_t state = 1;
    int rc = 0;

    find_data(fd, &data);
    if (data.blocks == 0)
        rc = err_set(err, E_INVALID, "the file has no data");
    for (size_t i = 0; rc == 0 && i < count; i++) {
        char got[READ_SIZE], want[READ_SIZE];
        const uint64_t offset = choose(&data, &state);
        const double begin = now();

        rc = gal_disk_read(disk, got, READ_SIZE, offset, err);
        *ret_seconds += now() - begin;
        if (rc == 0 && (pread(fd, want, READ_SIZE, (off_t)offset) != READ_SIZE ||
                        memcmp(got, want, READ_SIZE) != 0))
            rc = err_set(err, E_CORRUPT, "byte %llu and on is not what was published",
                         (unsigned long long)offset);
    }
    free(data.items);
    return rc;
}

int main(int argc, char **argv)
{
    struct context context = {.lock_wait_ms = -1};
    struct disk_request request = {0};
    struct gal_disk *disk = NULL;
    struct store *store = NULL;
    double opening, reading = 0;
    struct err err = {0};
    int fd;
    int rc;

    if (argc != 5) {
        fprintf(stderr, "usage: reads STORE REFERENCE FILE COUNT\n");
        return 2;
    }
    context.store_path = argv[1];
    fd = open(argv[3], O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        perror(argv[3]);
        return 1;
    }
    rc = reference_parse(argv[2], &request.ref, &err);
    if (rc == 0)
        rc = gal_open(&context, GAL_READ, &store, &err);
    opening = now();
    if (rc == 0)
        rc = gal_disk_open(store, &request, &disk, &err);
    opening = now() - opening;
    if (rc == 0)
        rc = read_all(disk, fd, strtoul(argv[4], NULL, 10), &reading, &err);
    if (rc)
        fprintf(stderr, "reads: %s\n", err.text);
    else
        printf("%.4f %.4f\n", opening, reading);
    gal_disk_close(disk);
    gal_close(store);
    shape_done(&reference_shape, &request.ref);
    close(fd);
    return rc ? 1 : 0;
}

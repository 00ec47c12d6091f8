/* disk NAME SEED SIZE[K|M|G]: make a sparse test disk, the same bytes for the same seed and size.
 *
 * Every 64 KiB is one of: a hole, text that compresses, noise that does not, or blocks that repeat
 * elsewhere on the disk. The last bytes are data, so that a size off the block grid is seen.
 */
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { STRETCH = 64 * 1024, BLOCK = 4096 };

/* xorshift64*: a state of 0 would stay 0. */
static uint64_t next(uint64_t *state)
{
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    return *state * UINT64_C(0x2545f4914f6cdd1d);
}

static void fill_noise(char *bytes, size_t length, uint64_t *state)
{
    for (size_t i = 0; i < length; i += sizeof *state) {
        uint64_t word = next(state);

        memcpy(bytes + i, &word, sizeof word);
    }
}

static void fill_text(char *bytes, size_t length, uint64_t *state)
{
    for (size_t i = 0; i < length; i += 16) {
        char line[17];

        snprintf(line, sizeof line, "line %09" PRIu64 "\n", next(state) % 1000);
        memcpy(bytes + i, line, 16);
    }
}

/* Blocks drawn from eight, whatever the seed: they repeat on one disk and between disks. */
static void fill_repeats(char *bytes, size_t length, uint64_t *state)
{
    for (size_t i = 0; i < length; i += BLOCK) {
        uint64_t which = next(state) % 8 + 1;

        fill_noise(bytes + i, BLOCK, &which);
    }
}

static int write_disk(int fd, uint64_t seed, uint64_t size)
{
    static char bytes[STRETCH];
    uint64_t state = seed * UINT64_C(0x9e3779b97f4a7c15) + 1;

    for (uint64_t at = 0; at < size; at += STRETCH) {
        size_t length = size - at < STRETCH ? (size_t)(size - at) : STRETCH;
        uint64_t kind = next(&state) % 4;

        if (kind == 0 && length == STRETCH && at + length < size)
            continue;
        if (kind == 1)
            fill_text(bytes, STRETCH, &state);
        else if (kind == 2)
            fill_repeats(bytes, STRETCH, &state);
        else
            fill_noise(bytes, STRETCH, &state);
        if (pwrite(fd, bytes, length, (off_t)at) != (ssize_t)length)
            return -1;
    }
    return ftruncate(fd, (off_t)size);
}

static uint64_t parse_size(const char *text)
{
    static const char units[] = "KMG";
    char *end;
    uint64_t size = strtoull(text, &end, 10);
    const char *unit = *end ? strchr(units, *end) : NULL;

    return unit ? size << 10 * (unit - units + 1) : size;
}

int main(int argc, char **argv)
{
    int fd;

    if (argc != 4) {
        fprintf(stderr, "usage: disk NAME SEED SIZE[K|M|G]\n");
        return 2;
    }
    fd = open(argv[1], O_WRONLY | O_CREAT | O_TRUNC, 0666);
    if (fd < 0 || write_disk(fd, strtoull(argv[2], NULL, 10), parse_size(argv[3])) || close(fd)) {
        perror(argv[1]);
        return 1;
    }
    return 0;
}

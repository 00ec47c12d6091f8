/* spread FILE SIZE DATA: make a sparse disk of SIZE bytes with DATA bytes spread evenly over it, in
 * places of 64 KiB, half of each noise and half text. The same bytes each time.
 */
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PLACE_SIZE = 64 * 1024, BLOCK_SIZE = 4096 };

/* xorshift64*: a state of 0 would stay 0. */
static uint64_t next(uint64_t *state)
{
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    return *state * UINT64_C(0x2545f4914f6cdd1d);
}

static void fill(char *bytes, uint64_t *state)
{
    for (size_t at = 0; at < PLACE_SIZE; at += BLOCK_SIZE) {
        for (size_t i = 0; i < BLOCK_SIZE / 2; i += sizeof(uint64_t)) {
            const uint64_t word = next(state);

            memcpy(bytes + at + i, &word, sizeof word);
        }
        memset(bytes + at + BLOCK_SIZE / 2, 'x', BLOCK_SIZE / 2);
    }
}

int main(int argc, char **argv)
{
    static char bytes[PLACE_SIZE];
    uint64_t state = 1;
    uint64_t size, places, step;
    int fd;

    if (argc != 4) {
        fprintf(stderr, "usage: spread FILE SIZE DATA\n");
        return 2;
    }
    size = strtoull(argv[2], NULL, 10);
    places = strtoull(argv[3], NULL, 10) / PLACE_SIZE;
    if (places == 0 || size / PLACE_SIZE < places) {
        fprintf(stderr, "spread: that much does not fit\n");
        return 2;
    }
    step = size / places / BLOCK_SIZE * BLOCK_SIZE;
    fd = open(argv[1], O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (fd < 0 || ftruncate(fd, (off_t)size) < 0) {
        perror(argv[1]);
        return 1;
    }
    for (uint64_t i = 0; i < places; i++) {
        fill(bytes, &state);
        if (pwrite(fd, bytes, PLACE_SIZE, (off_t)(i * step)) != PLACE_SIZE) {
            perror(argv[1]);
            return 1;
        }
    }
    return close(fd) < 0;
}

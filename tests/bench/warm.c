/* warm [--from-disk|--drop] FILE...: read the data of files, and not their holes, so that they are
 * in the page cache; say how many bytes that was. Reading holes fills the page cache with zeros,
 * which slows down whatever comes next. --from-disk: drop what is cached before; --drop: and do not
 * read.
 */
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PIECE_SIZE = 1 << 20 };

static char piece[PIECE_SIZE];

static int warm_range(int fd, off_t start, off_t end, uint64_t *total)
{
    while (start < end) {
        const size_t length = end - start < PIECE_SIZE ? (size_t)(end - start) : PIECE_SIZE;
        const ssize_t got = pread(fd, piece, length, start);

        if (got < 0)
            return -1;
        if (got == 0)
            break;
        start += got;
        *total += (uint64_t)got;
    }
    return 0;
}

static int warm(int fd, uint64_t *total)
{
    off_t end = 0;

    for (;;) {
        const off_t start = lseek(fd, end, SEEK_DATA);

        if (start < 0)
            return 0; /* nothing but a hole behind `end` */
        end = lseek(fd, start, SEEK_HOLE);
        if (end < 0 || warm_range(fd, start, end, total) < 0)
            return -1;
    }
}

int main(int argc, char **argv)
{
    const int drop = argc > 1 && strcmp(argv[1], "--drop") == 0;
    const int from_disk = drop || (argc > 1 && strcmp(argv[1], "--from-disk") == 0);
    uint64_t total = 0;

    for (int i = 1 + from_disk; i < argc; i++) {
        const int fd = open(argv[i], O_RDONLY | O_CLOEXEC);

        if (fd >= 0 && from_disk)
            posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
        if (fd < 0 || (!drop && warm(fd, &total) < 0)) {
            perror(argv[i]);
            return 1;
        }
        close(fd);
    }
    printf("%llu\n", (unsigned long long)total);
    return 0;
}

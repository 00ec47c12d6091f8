/* image: any bytes as a disk image: refused, or read from front to back within its size. */
#include "image/source.h"
#include "tests/fuzz/fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

enum { LIMIT = 1 << 30 };

static void read_all(struct source *source)
{
    uint8_t bytes[4096];
    struct err err = {0};
    uint64_t start = 0, end = 0;

    insist(source_size(source) >= 1 && source_size(source) <= LIMIT);
    for (;;) {
        insist(source_next_data(source, end, &start, &end, &err) == 0);
        insist(end <= source_size(source) && start <= end);
        if (start == source_size(source))
            break;
        insist(end > start);
        for (uint64_t at = start; at < end; at += sizeof bytes) {
            const size_t length = end - at < sizeof bytes ? (size_t)(end - at) : sizeof bytes;

            insist(source_read(source, bytes, length, at, &err) == 0);
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const int fd = memfd_create("image", MFD_CLOEXEC);
    char path[64];

    insist(fd >= 0 && write(fd, data, size) == (ssize_t)size);
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    for (int format = SOURCE_ANY; format <= SOURCE_VHD; format++) {
        struct source *source = NULL;
        struct err err = {0};

        if (source_open(path, (enum source_format)format, LIMIT, &source, &err) == 0)
            read_all(source);
        else
            insist(!source && err.text[0]);
        source_close(source);
    }
    close(fd);
    return 0;
}

/* archive: any bytes as a file that a disk may lie in, and as what comes out of a pipe: refused, or
 * every disk in it can be read. Tried as they are, and with the checksums of tar made right. */
#include <fcntl.h>
#include <string.h>

#include "tests/fuzz/image.h"

enum { TAR_BLOCK = 512, TAR_CHECKSUM_AT = 148, TAR_MAGIC_AT = 257, PIPE_MAX = 1 << 16 };

static void try_path(const char *path, const char *member)
{
    const struct source_request request = {
        .path = path,
        .limit = FUZZ_LIMIT / 16,
        .member = member,
        .temporary = "/dev/shm",
        .threads = 1,
    };
    struct source_list list = {0};
    struct err err = {0};

    if (source_open_all(&request, &list, &err) == 0) {
        insist(list.count >= 1 && list.count <= 65);
        for (size_t i = 0; i < list.count; i++)
            fuzz_source(list.items[i]);
    } else {
        insist(list.count == 0 && err.text[0]);
    }
    source_list_close(&list);
}

static void try_file(const uint8_t *bytes, size_t length, const char *member)
{
    const int fd = memfd_create("archive", MFD_CLOEXEC);
    char path[64];

    insist(fd >= 0 && write(fd, bytes, length) == (ssize_t)length);
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    try_path(path, member);
    close(fd);
}

static void try_pipe(const uint8_t *bytes, size_t length)
{
    char path[64];
    int ends[2];

    if (length > PIPE_MAX)
        return;
    insist(pipe2(ends, O_CLOEXEC) == 0 && fcntl(ends[0], F_GETPIPE_SZ) >= PIPE_MAX);
    insist(write(ends[1], bytes, length) == (ssize_t)length);
    close(ends[1]);
    snprintf(path, sizeof path, "/proc/self/fd/%d", ends[0]);
    try_path(path, NULL);
    close(ends[0]);
}

/* Headers lie at multiples of a block. */
static void seal(uint8_t *bytes, size_t length)
{
    for (size_t at = 0; at + TAR_BLOCK <= length; at += TAR_BLOCK) {
        char digits[8];
        unsigned sum = 0;

        if (memcmp(bytes + at + TAR_MAGIC_AT, "ustar", 5) != 0)
            continue;
        memset(bytes + at + TAR_CHECKSUM_AT, ' ', 8);
        for (size_t i = 0; i < TAR_BLOCK; i++)
            sum += bytes[at + i];
        snprintf(digits, sizeof digits, "%06o", sum & 0777777);
        memcpy(bytes + at + TAR_CHECKSUM_AT, digits, 7);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    uint8_t *bytes;

    try_file(data, size, NULL);
    try_pipe(data, size);
    if (size < TAR_BLOCK || memcmp(data + TAR_MAGIC_AT, "ustar", 5) != 0)
        return 0;
    bytes = malloc(size);
    memcpy(bytes, data, size);
    seal(bytes, size);
    try_file(bytes, size, NULL);
    try_file(bytes, size, "disk.raw");
    try_pipe(bytes, size);
    free(bytes);
    return 0;
}

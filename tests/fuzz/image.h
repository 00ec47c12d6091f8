/* image.h: what the fuzz targets of disk image formats share: any bytes as an image are refused in
 * words, or read from front to back within their size. */
#ifndef FUZZ_IMAGE_H
#define FUZZ_IMAGE_H

#include "intake/open.h"
#include "tests/fuzz/fuzz.h"

#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

enum { FUZZ_LIMIT = 64 << 20 };

/* Bytes may turn out damaged (a compressed cluster) when they are read: said in words too. Nobody
 * changes the file meanwhile. */
static inline void fuzz_read_all(const struct source *source)
{
    static uint8_t bytes[1 << 16];
    struct source_cursor *cursor = source_cursor_new(source);
    struct err err = {0};
    uint64_t start = 0, end = 0;
    int rc;

    insist(source_size(source) >= 1 && source_size(source) <= FUZZ_LIMIT);
    for (;;) {
        const uint64_t before = end;

        rc = source_next_data(cursor, before, &start, &end, &err);
        if (rc < 0)
            break;
        insist(before <= start && start <= end && end <= source_size(source));
        /* What is passed over is zeros. */
        if (before < start && source_read(cursor, bytes, 1, start - 1, &err) == 0)
            insist(bytes[0] == 0);
        if (start == source_size(source))
            break;
        insist(end > start);
        for (uint64_t at = start; rc == 0 && at < end; at += sizeof bytes) {
            const size_t length = end - at < sizeof bytes ? (size_t)(end - at) : sizeof bytes;

            rc = source_read(cursor, bytes, length, at, &err);
        }
        if (rc < 0)
            break;
    }
    insist(rc == 0 || err.text[0]);
    insist(rc != E_CHANGED);
    source_cursor_free(cursor);
}

/* The same of one that can only be read from front to back: what it is shows at the end. */
static inline void fuzz_pull_all(struct source *source)
{
    static uint8_t bytes[1 << 16];
    struct err err = {0};
    size_t got = sizeof bytes;
    uint64_t size = 0;
    int rc = 0;

    while (rc == 0 && got == sizeof bytes) {
        insist(source_size(source) == 0 || source_size(source) >= size);
        size += source_pass_hole(source, sizeof bytes);
        rc = source_pull(source, bytes, sizeof bytes, &got, &err);
        size += rc == 0 ? got : 0;
        insist(size <= FUZZ_LIMIT);
    }
    insist(rc == 0 ? source_size(source) == size && size >= 1 : err.text[0] != '\0');
}

static inline void fuzz_source(struct source *source)
{
    if (source_is_stream(source))
        fuzz_pull_all(source);
    else
        fuzz_read_all(source);
}

/* A file as an image of each of the formats from `first` to `last`; closes it. */
static inline int fuzz_file(int fd, enum source_format first, enum source_format last)
{
    char path[64];

    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    for (int format = (int)first; format <= (int)last; format++) {
        const struct source_request request = {
            .path = path,
            .format = (enum source_format)format,
            .limit = FUZZ_LIMIT,
        };
        struct source *source = NULL;
        struct err err = {0};

        if (source_open(&request, &source, &err) == 0)
            fuzz_source(source);
        else
            insist(!source && err.text[0]);
        source_close(source);
    }
    close(fd);
    return 0;
}

/* An input that is the whole image. */
static inline int fuzz_image(const uint8_t *data, size_t size, enum source_format first,
                             enum source_format last)
{
    const int fd = memfd_create("image", MFD_CLOEXEC);

    insist(fd >= 0 && write(fd, data, size) == (ssize_t)size);
    return fuzz_file(fd, first, last);
}

/* An input that says what is to be changed in a good image, which would be too large to be one:
 * each change is the number of a place, how far behind it (two bytes, the lower first), and what to
 * write there: how much, up to 16 bytes, and those. The number behind the last place sets the size
 * of the file instead, in sectors and bytes. */
static inline void fuzz_change(int fd, const uint64_t *places, size_t count, const uint8_t *data,
                               size_t size)
{
    while (size >= 4) {
        const size_t place = data[0] % (count + 1);
        const uint64_t offset = data[1] | (uint64_t)data[2] << 8;
        size_t length = data[3] % 16 + 1;

        data += 4;
        size -= 4;
        if (place == count) {
            insist(ftruncate(fd, (off_t)(offset * 512 + length)) == 0);
            continue;
        }
        length = length < size ? length : size;
        insist(pwrite(fd, data, length, (off_t)(places[place] + offset)) == (ssize_t)length);
        data += length;
        size -= length;
    }
}

#endif

/* qcow2_toy.h: qcow2 images built in memory, byte by byte, for tests. */
#ifndef UNIT_QCOW2_TOY_H
#define UNIT_QCOW2_TOY_H

#include "intake/open.h"

#include <stdint.h>
#include <string.h>

#include "base/mem.h"
#include "codec/cluster.h"
#include "base/endian.h"
#include "tests/unit/scratch.h"

#define ZERO_FLAG     UINT64_C(1)
#define PACKED_FLAG   (UINT64_C(1) << 62)
#define SINGLE_FLAG   (UINT64_C(1) << 63)
#define PLACED(place) ((uint64_t)(place) | SINGLE_FLAG)

enum { HEADER_3 = 112, ROOM = 1 << 20 };

/* The header in cluster 0, the L1 table in cluster 1, one L2 table in cluster 2, then data. */
struct image {
    struct scratch scratch;
    char path[300];
    unsigned bits;    /* of a cluster */
    bool extended;    /* entries of 16 bytes */
    uint8_t *bytes;   /* of the file; ROOM */
    uint8_t *disk;    /* what the guest shall see; ROOM */
    size_t length;    /* of the file */
    size_t disk_size; /* bytes */
};

static inline size_t cluster_of(const struct image *image)
{
    return (size_t)1 << image->bits;
}

static inline uint8_t *l1_of(const struct image *image)
{
    return image->bytes + cluster_of(image);
}

static inline uint8_t *l2_of(const struct image *image)
{
    return image->bytes + 2 * cluster_of(image);
}

static inline void put_entry(const struct image *image, size_t number, uint64_t entry)
{
    big_put64(l2_of(image) + number * (image->extended ? 16 : 8), entry);
}

static inline void put_bitmap(const struct image *image, size_t number, uint32_t held,
                              uint32_t zeros)
{
    big_put64(l2_of(image) + number * 16 + 8, (uint64_t)zeros << 32 | held);
}

static inline struct image image_new(unsigned bits, size_t disk_size)
{
    struct image image = {
        .scratch = scratch_new(),
        .bits = bits,
        .bytes = mem_new(ROOM, 1),
        .disk = mem_new(ROOM, 1),
        .length = (size_t)3 << bits,
        .disk_size = disk_size,
    };

    snprintf(image.path, sizeof image.path, "%s/disk", image.scratch.path);
    memcpy(image.bytes, "QFI\xfb", 4);
    big_put32(image.bytes + 4, 3);
    big_put32(image.bytes + 20, bits);
    big_put64(image.bytes + 24, disk_size);
    big_put32(image.bytes + 36, 1);
    big_put64(image.bytes + 40, cluster_of(&image));
    big_put32(image.bytes + 96, 4);
    big_put32(image.bytes + 100, HEADER_3);
    big_put64(l1_of(&image), PLACED(2 * cluster_of(&image)));
    return image;
}

static inline struct image image_with_subclusters(unsigned bits, size_t disk_size)
{
    struct image image = image_new(bits, disk_size);

    big_put64(image.bytes + 72, 1 << 4);
    image.extended = true;
    return image;
}

static inline void image_done(struct image *image)
{
    scratch_done(&image->scratch);
    free(image->bytes);
    free(image->disk);
}

/* `length` bytes of noise at the end of the file; their place. */
static inline size_t add_noise(struct image *image, size_t length)
{
    const size_t place = image->length;
    uint32_t seed = (uint32_t)place;

    for (size_t i = 0; i < length; i++) {
        seed = seed * 1664525 + 1013904223;
        image->bytes[place + i] = (uint8_t)(seed >> 24) | 1;
    }
    image->length += length;
    return place;
}

/* Guest cluster `number` holds noise, in the next cluster of the file. */
static inline size_t add_plain(struct image *image, size_t number)
{
    const size_t size = cluster_of(image), place = add_noise(image, size);

    put_entry(image, number, PLACED(place));
    memcpy(image->disk + number * size, image->bytes + place, size);
    return place;
}

/* The entry of `length` compressed bytes at `place`. */
static inline uint64_t packed_entry(const struct image *image, size_t place, size_t length)
{
    const uint64_t more = (place + length - 1) / 512 - place / 512;

    return PACKED_FLAG | more << (62 - (image->bits - 8)) | place;
}

/* Guest cluster `number` holds text, compressed right behind what is there. */
static inline size_t add_packed(struct image *image, size_t number, enum cluster_coding coding)
{
    const size_t size = cluster_of(image), place = image->length;
    struct cluster_coder *coder = cluster_coder_new();
    uint8_t *const disk = image->disk + number * size;
    size_t length;

    for (size_t i = 0; i < size; i++)
        disk[i] = (uint8_t)("clusters of "[(i + number) % 12] + (i >> 8) % 7);
    length = cluster_pack(coder, coding, 1, disk, size, image->bytes + place, size);
    ck_assert_uint_gt(length, 0);
    put_entry(image, number, packed_entry(image, place, length));
    image->length += length;
    cluster_coder_free(coder);
    return length;
}

static inline void save(const struct image *image)
{
    const int fd = open(image->path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq(write(fd, image->bytes, image->length), (ssize_t)image->length);
    close(fd);
}

static inline int open_image(const struct image *image, struct source **ret, struct err *err)
{
    const struct source_request request = {
        .path = image->path, .format = SOURCE_QCOW2, .limit = UINT64_MAX};

    save(image);
    return source_open(&request, ret, err);
}

static inline struct source *must_open(const struct image *image)
{
    struct source *source = NULL;
    struct err err = {0};

    ck_assert_msg(open_image(image, &source, &err) == 0, "%s", err.text);
    return source;
}

/* The image is refused with `code`, and says so with `part` in it, and what to do. */
static inline void check_refused(const struct image *image, int code, const char *part)
{
    struct source *source = NULL;
    struct err err = {0};

    ck_assert_msg(open_image(image, &source, &err) == code, "%s: %s", part, err.text);
    ck_assert_ptr_null(source);
    ck_assert_msg(strstr(err.text, part) != NULL, "'%s' says '%s'", part, err.text);
    ck_assert_int_ne(err.hint[0], '\0');
}

static inline void check_damaged(const struct image *image, const char *part)
{
    check_refused(image, E_INVALID, part);
}

/* Everywhere, in pieces of `step`. */
static inline void check_reads(const struct image *image, struct source_cursor *cursor, size_t step)
{
    uint8_t *back = mem_new(step, 1);
    struct err err = {0};

    for (size_t at = 0; at < image->disk_size; at += step) {
        const size_t length = image->disk_size - at < step ? image->disk_size - at : step;

        memset(back, 0xee, step);
        ck_assert_msg(source_read(cursor, back, length, at, &err) == 0, "%s", err.text);
        ck_assert_msg(memcmp(back, image->disk + at, length) == 0, "%zu bytes at %zu", length, at);
    }
    free(back);
}

/* Ranges ascend, and outside of them is nothing. Returns how many there are. */
static inline size_t check_ranges(const struct image *image, struct source_cursor *cursor)
{
    uint64_t start = 0, end = 0;
    size_t ranges = 0;
    struct err err = {0};

    for (;; ranges++) {
        const uint64_t before = end;

        ck_assert_int_eq(source_next_data(cursor, before, &start, &end, &err), 0);
        ck_assert(before <= start && start <= end && end <= image->disk_size);
        for (uint64_t at = before; at < start; at++)
            ck_assert_uint_eq(image->disk[at], 0);
        if (start == image->disk_size)
            return ranges;
        ck_assert_uint_lt(start, end);
    }
}

/* The guest sees `disk`, which has so many ranges of data. */
static inline void check_disk(const struct image *image, size_t ranges)
{
    struct source *source = must_open(image);
    struct source_cursor *cursor = source_cursor_new(source);

    ck_assert_uint_eq(source_size(source), image->disk_size);
    ck_assert_uint_eq(check_ranges(image, cursor), ranges);
    check_reads(image, cursor, image->disk_size);
    check_reads(image, cursor, cluster_of(image));
    check_reads(image, cursor, 100);
    check_reads(image, cursor, 3 * cluster_of(image) - 7);
    source_cursor_free(cursor);
    source_close(source);
}

#endif

#include "image/qcow2.h"

#include <string.h>

#include "base/endian.h"
#include "base/number.h"

enum {
    VERSION_AT = 4,
    BACKING_OFFSET_AT = 8,
    BACKING_LENGTH_AT = 16,
    CLUSTER_BITS_AT = 20,
    SIZE_AT = 24,
    CRYPT_AT = 32,
    L1_ENTRIES_AT = 36,
    L1_OFFSET_AT = 40,
    SNAPSHOTS_AT = 60,
    LENGTH_2 = 72, /* of the header of version 2 */
    NEEDS_AT = 72,
    LENGTH_AT = 100,
    LENGTH_3 = 104, /* of version 3, at least */
    COMPRESSION_AT = 104,
    HEADER_READ = 112,
};

enum {
    CLUSTER_BITS_MIN = 9,
    CLUSTER_BITS_MAX = 21,      /* as in QEMU: 2 MiB */
    CLUSTER_BITS_EXTENDED = 14, /* at least, with subclusters */
};

enum { COMPRESSION_ZLIB = 0, COMPRESSION_ZSTD = 1 };

uint64_t qcow2_declared_size(const uint8_t *head, size_t length)
{
    if (length < LENGTH_2 || memcmp(head, "QFI\xfb", 4) != 0)
        return 0;
    /* Each internal snapshot may keep as much again. */
    return number_capped_product(big_get64(head + SIZE_AT),
                                 (uint64_t)big_get32(head + SNAPSHOTS_AT) + 1);
}

static bool has(const struct qcow2_header *header, unsigned bit)
{
    return header->needs >> bit & 1;
}

/* What only version 3 has. */
static int parse_3(const struct source *source, const uint8_t *bytes, size_t got,
                   struct qcow2_header *ret, struct err *err)
{
    if (got < LENGTH_3)
        return qcow2_damaged(source, err, "its header is cut short");
    ret->needs = big_get64(bytes + NEEDS_AT);
    ret->length = big_get32(bytes + LENGTH_AT);
    if (ret->length < LENGTH_3 || ret->length % 8 != 0)
        return qcow2_damaged(source, err, "its header has a length of %lu bytes",
                             (unsigned long)ret->length);
    if (ret->length > COMPRESSION_AT && got > COMPRESSION_AT)
        ret->compression = bytes[COMPRESSION_AT];
    return 0;
}

static int parse(const struct source *source, const uint8_t *bytes, size_t got,
                 struct qcow2_header *ret, struct err *err)
{
    if (got < LENGTH_2)
        return qcow2_damaged(source, err, "its header is cut short");
    *ret = (struct qcow2_header){
        .version = big_get32(bytes + VERSION_AT),
        .length = LENGTH_2,
        .backing_offset = big_get64(bytes + BACKING_OFFSET_AT),
        .backing_length = big_get32(bytes + BACKING_LENGTH_AT),
        .cluster_bits = big_get32(bytes + CLUSTER_BITS_AT),
        .size = big_get64(bytes + SIZE_AT),
        .encryption = big_get32(bytes + CRYPT_AT),
        .l1_entries = big_get32(bytes + L1_ENTRIES_AT),
        .l1_offset = big_get64(bytes + L1_OFFSET_AT),
    };
    if (ret->version == 2)
        return 0;
    if (ret->version == 3)
        return parse_3(source, bytes, got, ret, err);
    err_set(err, E_UNSUPPORTED, "'%s' is of version %lu of qcow2; versions 2 and 3 are read",
            source->path, (unsigned long)ret->version);
    return err_hint(err, "convert it (qemu-img convert -O qcow2 IN OUT); if it is a raw disk that "
                         "only looks so, use --source-format raw");
}

/* Fields that cannot be so, or not together. What the features mean is asked afterwards. */
static int judge(const struct source *source, const struct qcow2_header *header, struct err *err)
{
    if (header->cluster_bits < CLUSTER_BITS_MIN || header->cluster_bits > CLUSTER_BITS_MAX)
        return qcow2_damaged(source, err, "its clusters are of 2^%lu bytes, not of 2^%d to 2^%d",
                             (unsigned long)header->cluster_bits, CLUSTER_BITS_MIN,
                             CLUSTER_BITS_MAX);
    if (header->length > UINT64_C(1) << header->cluster_bits)
        return qcow2_damaged(source, err, "its header is longer than a cluster");
    return 0;
}

static int judge_features(const struct source *source, const struct qcow2_header *header,
                          struct err *err)
{
    if (has(header, QCOW2_COMPRESSION) != (header->compression != COMPRESSION_ZLIB))
        return qcow2_damaged(source, err, "its header does not agree with itself on compression");
    if (header->compression > COMPRESSION_ZSTD) {
        err_set(err, E_UNSUPPORTED, "'%s' is compressed in an unknown way (type %lu)", source->path,
                (unsigned long)header->compression);
        return err_hint(err, "convert it: qemu-img convert -O qcow2 IN OUT");
    }
    if (has(header, QCOW2_EXTENDED) && header->cluster_bits < CLUSTER_BITS_EXTENDED)
        return qcow2_damaged(source, err, "its clusters are too small for subclusters");
    return 0;
}

int qcow2_header_read(const struct source *source, struct qcow2_header *ret, struct err *err)
{
    uint8_t bytes[HEADER_READ];
    size_t got;
    int rc = file_read_at(source->fd, source->path, bytes, sizeof bytes, 0, &got, err);

    if (rc == 0)
        rc = parse(source, bytes, got, ret, err);
    if (rc == 0)
        rc = judge(source, ret, err);
    if (rc == E_INVALID)
        return err_hint(err, "if it is a raw disk that only looks so, use --source-format raw");
    if (rc == 0)
        rc = qcow2_features_check(source, ret, err);
    return rc < 0 ? rc : judge_features(source, ret, err);
}

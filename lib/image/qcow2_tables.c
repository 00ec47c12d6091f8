#include "image/qcow2.h"

#include "base/number.h"
#include "base/endian.h"

enum { SECTOR = 512 };

#define PACKED_FLAG   (UINT64_C(1) << 62)
#define SINGLE_FLAG   (UINT64_C(1) << 63) /* nothing else refers to the cluster */
#define ZERO_FLAG     UINT64_C(1)
#define HOST_MASK     UINT64_C(0x00fffffffffffe00)
#define RESERVED_MASK UINT64_C(0x3f000000000001fe)
#define PARTS_ALL     UINT32_MAX

/* Which cluster it is about, for messages. */
struct place {
    const struct source *source;
    uint64_t number;
};

static int damaged(const struct place *place, const char *what, struct err *err)
{
    return qcow2_damaged(
        place->source, err, "the entry for byte %llu of the disk %s",
        (unsigned long long)(place->number << qcow2_of(place->source)->cluster_bits), what);
}

/* Compressed data begin at any byte, and the entry says how many sectors they touch. The last
 * sector of the file may be cut short. */
static int decode_packed(const struct place *place, uint64_t entry, struct qcow2_cluster *ret,
                         struct err *err)
{
    const unsigned length_bits = qcow2_of(place->source)->cluster_bits - 8;
    const unsigned host_bits = 62 - length_bits;
    const uint64_t sectors = (entry >> host_bits & ((UINT64_C(1) << length_bits) - 1)) + 1;
    const uint64_t host = entry & ((UINT64_C(1) << host_bits) - 1);
    const uint64_t size = place->source->info.size;
    const uint64_t end = host / SECTOR * SECTOR + sectors * SECTOR;

    if (entry & SINGLE_FLAG || host >> 56)
        return damaged(place, "has bits set that mean nothing", err);
    if (host >= size || end > number_divide_up(size, SECTOR) * SECTOR)
        return damaged(place, "has its compressed data outside of the file", err);
    ret->host = host;
    ret->packed = (uint32_t)(number_smaller(end, size) - host);
    ret->parts = PARTS_ALL;
    return 0;
}

/* The bytes of a cluster up to the end of the last part that holds data. */
static uint64_t parts_end(uint32_t parts, unsigned cluster_bits)
{
    uint64_t count = QCOW2_PARTS;

    if (!parts)
        return 0;
    for (; !(parts >> (QCOW2_PARTS - 1)); parts <<= 1)
        count--;
    return count << cluster_bits >> 5;
}

/* What the guest sees of the cluster must be in the file: QEMU writes at least that, even where the
 * file ends in the middle of a cluster. The rest may be missing. */
static int check_inside(const struct place *place, const struct qcow2_cluster *cluster,
                        struct err *err)
{
    const struct source *const source = place->source;
    const unsigned bits = qcow2_of(source)->cluster_bits;
    const uint64_t visible = source->size - (place->number << bits);
    const uint64_t used = number_smaller(parts_end(cluster->parts, bits), visible);

    if (cluster->host + used > source->info.size || cluster->host >= source->info.size)
        return damaged(place, "leaves the file, which may have been cut short", err);
    return 0;
}

static int decode_plain(const struct place *place, uint64_t entry, uint64_t bitmap,
                        struct qcow2_cluster *ret, struct err *err)
{
    const struct qcow2 *const image = qcow2_of(place->source);
    const uint32_t held = (uint32_t)bitmap, zeros = (uint32_t)(bitmap >> 32);
    const bool zero = entry & ZERO_FLAG;

    if (entry & RESERVED_MASK || (zero && !image->zero_flag))
        return damaged(place, "has bits set that mean nothing", err);
    if (held & zeros)
        return damaged(place, "says of a subcluster that it holds data and zeros", err);
    ret->host = entry & HOST_MASK;
    if (ret->host == 0)
        return entry & SINGLE_FLAG || held ? damaged(place, "has data, but no place", err) : 0;
    if (ret->host & (qcow2_cluster_size(image) - 1))
        return damaged(place, "has a place between two clusters", err);
    ret->parts = zero ? 0 : image->entry_bytes > 8 ? held : PARTS_ALL;
    return check_inside(place, ret, err);
}

int qcow2_decode(const struct source *source, const uint8_t *entry, uint64_t number,
                 struct qcow2_cluster *ret, struct err *err)
{
    const struct place place = {source, number};
    const uint64_t bits = big_get64(entry);

    *ret = (struct qcow2_cluster){0};
    if (bits & PACKED_FLAG)
        return decode_packed(&place, bits, ret, err);
    return decode_plain(&place, bits, qcow2_of(source)->entry_bytes > 8 ? big_get64(entry + 8) : 0,
                        ret, err);
}

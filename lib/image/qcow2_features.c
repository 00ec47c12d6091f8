#include "image/qcow2.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/number.h"
#include "base/endian.h"

/* Header extensions: type, length, and so many bytes, padded to a multiple of 8. */
enum { SECTION_HEAD = 8, SECTION_ALIGN = 8 };

enum extension {
    SECTION_END = 0,
    SECTION_NAMES = 0x6803f857,     /* of features */
    SECTION_DATA_FILE = 0x44415441, /* the name of the external data file */
};

/* An entry of the table of feature names. */
enum { NAME_ENTRY = 48, NAME_BIT_AT = 1, NAME_AT = 2, NAME_LENGTH = NAME_ENTRY - NAME_AT };

/* The longest name of a backing file that the format allows. */
enum { BACKING_MAX = 1023 };

/* Part of the first cluster; length 0: is not there. */
struct span {
    const char *bytes;
    size_t length;
};

struct extensions {
    struct span names, data_file;
};

static int damaged_extensions(const struct source *source, struct err *err)
{
    return qcow2_damaged(source, err, "its header extensions leave the first cluster");
}

/* Extensions lie between the header and the end of `area`. Unknown ones are passed over. */
static int find_extensions(const struct source *source, const struct qcow2_header *header,
                           struct span area, struct extensions *ret, struct err *err)
{
    const uint8_t *const bytes = (const uint8_t *)area.bytes;
    size_t at = header->length;

    for (;;) {
        struct span found;
        uint32_t type, length;

        if (at > area.length || area.length - at < SECTION_HEAD)
            return at == area.length ? 0 : damaged_extensions(source, err);
        type = big_get32(bytes + at);
        length = big_get32(bytes + at + 4);
        at += SECTION_HEAD;
        if (type == SECTION_END)
            return 0;
        if (length > area.length - at)
            return damaged_extensions(source, err);
        found = (struct span){area.bytes + at, length};
        if (type == SECTION_NAMES)
            ret->names = found;
        if (type == SECTION_DATA_FILE)
            ret->data_file = found;
        at += (length + SECTION_ALIGN - 1) / SECTION_ALIGN * SECTION_ALIGN;
    }
}

/* The name that the image itself gives an incompatible feature. */
static struct span feature_name(struct span names, unsigned bit)
{
    for (size_t at = 0; at + NAME_ENTRY <= names.length; at += NAME_ENTRY) {
        const char *const entry = names.bytes + at;

        if (entry[0] == 0 && (uint8_t)entry[NAME_BIT_AT] == bit)
            return (struct span){entry + NAME_AT, strnlen(entry + NAME_AT, NAME_LENGTH)};
    }
    return (struct span){"", 0};
}

static int refuse_unknown(const struct source *source, uint64_t unknown, struct span names,
                          struct err *err)
{
    unsigned bit = 0;
    struct span name;

    while (!(unknown >> bit & 1))
        bit++;
    name = feature_name(names, bit);
    err_set(err, E_UNSUPPORTED, "'%s' needs a feature of qcow2 that is not known: bit %u%s%.*s%s",
            source->path, bit, name.length ? " ('" : "", (int)name.length, name.bytes,
            name.length ? "')" : "");
    return err_hint(err, "make an image without it, with the program that made this one: qemu-img "
                         "convert -O qcow2 IN OUT");
}

static int refuse_encrypted(const struct source *source, uint32_t method, struct err *err)
{
    err_set(err, E_UNSUPPORTED, "'%s' is encrypted (%s)", source->path,
            method == 1   ? "AES"
            : method == 2 ? "LUKS"
                          : "in an unknown way");
    return err_hint(err, "publish what is decrypted: qemu-img convert --object "
                         "secret,id=key,file=KEYFILE --image-opts "
                         "driver=qcow2,file.filename=IN,encrypt.key-secret=key -O qcow2 OUT");
}

static int refuse_backing(const struct source *source, const struct qcow2_header *header,
                          struct span area, struct err *err)
{
    struct span name = {"", 0};

    if (header->backing_length <= BACKING_MAX && header->backing_offset <= area.length &&
        header->backing_length <= area.length - header->backing_offset)
        name = (struct span){area.bytes + header->backing_offset, header->backing_length};
    err_set(err, E_UNSUPPORTED, "'%s' holds only what differs from its backing file '%.*s'",
            source->path, (int)name.length, name.bytes);
    return err_hint(err, "make one whole image of both: qemu-img convert -O qcow2 IN OUT");
}

static int refuse_features(const struct source *source, const struct qcow2_header *header,
                           const struct extensions *extensions, struct err *err)
{
    const uint64_t unknown = header->needs >> QCOW2_BITS_KNOWN << QCOW2_BITS_KNOWN;

    if (unknown)
        return refuse_unknown(source, unknown, extensions->names, err);
    if (header->needs >> QCOW2_CORRUPT & 1) {
        err_set(err, E_INVALID, "'%s' is marked as corrupt", source->path);
        return err_hint(err, "repair it: qemu-img check -r all FILE");
    }
    if (header->needs >> QCOW2_DATA_FILE & 1) {
        err_set(err, E_UNSUPPORTED, "'%s' has its data in another file, '%.*s'", source->path,
                (int)extensions->data_file.length,
                extensions->data_file.length ? extensions->data_file.bytes : "");
        return err_hint(err, "make one whole image of both: qemu-img convert -O qcow2 IN OUT");
    }
    if (header->encryption)
        return refuse_encrypted(source, header->encryption, err);
    return 0;
}

int qcow2_features_check(const struct source *source, const struct qcow2_header *header,
                         struct err *err)
{
    const size_t length =
        (size_t)number_smaller(UINT64_C(1) << header->cluster_bits, source->info.size);
    char *const cluster = mem_new(length, 1);
    struct span area = {cluster, length};
    struct extensions extensions = {{NULL, 0}, {NULL, 0}};
    int rc = source_file_read(source, cluster, length, 0, err);

    if (rc == 0 && header->backing_offset)
        rc = refuse_backing(source, header, area, err);
    if (rc == 0)
        rc = find_extensions(source, header, area, &extensions, err);
    if (rc == 0)
        rc = refuse_features(source, header, &extensions, err);
    free(cluster);
    return rc;
}

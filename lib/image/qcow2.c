#include "image/qcow2.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/number.h"
#include "base/text.h"

int qcow2_damaged(const struct source *source, struct err *err, const char *format, ...)
{
    char what[E_TEXT_SIZE];
    va_list list;

    va_start(list, format);
    vsnprintf(what, sizeof what, format, list);
    va_end(list);
    err_set(err, E_INVALID, "the qcow2 image '%s' is damaged: %s", source->path, what);
    return err_hint(err, "fetch or make it again; qemu-img check may say more");
}

static int qcow2_probe(struct source *source, bool *ret, struct err *err)
{
    static const uint8_t mark[4] = {'Q', 'F', 'I', 0xfb};
    uint8_t head[sizeof mark];
    size_t got;
    const int rc = source_file_head(source, head, sizeof head, &got, err);

    if (rc == 0)
        *ret = got == sizeof head && memcmp(head, mark, sizeof mark) == 0;
    return rc;
}

static bool has_subclusters(const struct qcow2_header *header)
{
    return header->needs >> QCOW2_EXTENDED & 1;
}

static struct qcow2 *layout_new(const struct qcow2_header *header)
{
    const bool extended = has_subclusters(header);
    const unsigned table_bits = header->cluster_bits - (extended ? 4 : 3);
    struct qcow2 *image = mem_new(1, sizeof *image);

    *image = (struct qcow2){
        .cluster_bits = header->cluster_bits,
        .table_bits = table_bits,
        .entry_bytes = extended ? 16 : 8,
        .zero_flag = header->version >= 3 && !extended,
        .coding = header->compression ? CLUSTER_ZSTD : CLUSTER_DEFLATE,
        .l1_offset = header->l1_offset,
        .tables = (size_t)number_divide_up(header->size,
                                           UINT64_C(1) << (header->cluster_bits + table_bits)),
    };
    return image;
}

/* "version 3, zstd, extended L2". The coding is said where something is compressed. */
static char *variant_of(const struct qcow2_header *header, const struct qcow2 *image)
{
    const char *coding = image->coding == CLUSTER_ZSTD ? ", zstd" : ", zlib";

    return text_printf("version %lu%s%s", (unsigned long)header->version,
                       image->has_packed ? coding : "",
                       has_subclusters(header) ? ", extended L2" : "");
}

static int qcow2_open(struct source *source, struct err *err)
{
    struct qcow2_header header;
    struct qcow2 *image;
    bool is = false;
    int rc = qcow2_probe(source, &is, err);

    if (rc < 0)
        return rc;
    if (!is) {
        err_set(err, E_INVALID, "'%s' is no qcow2 image: it does not begin with its mark",
                source->path);
        return err_hint(err, "without --source-format the content tells what it is");
    }
    rc = qcow2_header_read(source, &header, err);
    if (rc < 0)
        return rc;
    image = layout_new(&header);
    source->layout = image;
    source->size = header.size;
    rc = qcow2_check(source, image, header.l1_entries, err);
    if (rc == 0)
        source->variant = variant_of(&header, image);
    return rc;
}

static void qcow2_close(struct source *source)
{
    struct qcow2 *const image = source->layout;

    if (!image)
        return;
    free(image->l1);
    free(image);
}

const struct source_kind qcow2_kind = {
    .name = "qcow2",
    .format = SOURCE_QCOW2,
    .probe = qcow2_probe,
    .declared_size = qcow2_declared_size,
    .open = qcow2_open,
    .close = qcow2_close,
    .scratch_new = qcow2_scratch_new,
    .scratch_free = qcow2_scratch_free,
    .next_data = qcow2_next_data,
    .read = qcow2_read,
};

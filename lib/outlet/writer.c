#include "outlet/writer.h"

#include <stdlib.h>

#include "base/mem.h"
#include "codec/cluster.h"
#include "outlet/room.h"

/* clang-format off */
static const struct image_writer_kind *const kinds[] = {
    &raw_writer_kind,
    &vhd_writer_kind,
    &vhd_dynamic_writer_kind,
    &vhdx_writer_kind,
    &qcow2_writer_kind,
    &qcow2_compressed_writer_kind,
    &vmdk_writer_kind,
    &vmdk_compressed_writer_kind,
};
/* clang-format on */

enum { KINDS = sizeof kinds / sizeof *kinds };

static const struct image_writer_kind *find_kind(const struct image_request *request)
{
    for (size_t i = 0; i < KINDS; i++)
        if (kinds[i]->format == request->format && kinds[i]->compress == request->compress)
            return kinds[i];
    return NULL;
}

static int no_such_kind(const struct image_request *request, struct err *err)
{
    struct image_request plain = *request;
    const struct image_writer_kind *kind;

    plain.compress = false;
    kind = find_kind(&plain);
    if (!kind)
        return err_set(err, E_UNSUPPORTED, "the format cannot be written");
    err_set(err, E_INVALID, "a %s cannot be compressed", kind->name);
    return err_hint(err, "qcow2 and vmdk can be compressed");
}

int image_writer_new(const struct image_request *request, struct image_writer **ret,
                     struct err *err)
{
    const struct image_writer_kind *kind = find_kind(request);
    struct image_writer *writer;
    int rc;

    if (!kind)
        return no_such_kind(request, err);
    if (kind->limit && request->size > kind->limit) {
        err_set(err, E_INVALID, "a %s holds at most %llu bytes, and the disk has %llu", kind->name,
                (unsigned long long)kind->limit, (unsigned long long)request->size);
        return err_hint(err, "formats for larger disks: raw, vhdx, qcow2");
    }
    writer = mem_new(1, sizeof *writer);
    writer->kind = kind;
    writer->request = *request;
    writer->size = request->size;
    rc = kind->open(writer, err);
    if (rc < 0) {
        image_writer_free(writer);
        return rc;
    }
    if (writer->cluster_shift)
        clusters_init(&writer->clusters, writer->size, writer->cluster_shift);
    *ret = writer;
    return 0;
}

void image_writer_free(struct image_writer *writer)
{
    if (!writer)
        return;
    if (writer->kind->close)
        writer->kind->close(writer);
    clusters_done(&writer->clusters);
    free(writer);
}

bool image_writer_appends(const struct image_writer *writer)
{
    return writer->kind->pack;
}

bool image_writer_is_forward(const struct image_writer *writer)
{
    return writer->kind->forward;
}

uint64_t image_writer_size(const struct image_writer *writer)
{
    return writer->size;
}

bool image_writer_marks(const struct image_writer *writer)
{
    return writer->cluster_shift > 0;
}

void image_writer_mark(struct image_writer *writer, uint64_t offset, uint64_t length)
{
    if (writer->cluster_shift && length > 0)
        clusters_mark(&writer->clusters, offset, length);
}

int image_writer_plan(struct image_writer *writer, struct err *err)
{
    if (writer->cluster_shift)
        clusters_count(&writer->clusters);
    return writer->kind->plan(writer, err);
}

uint64_t image_writer_place(const struct image_writer *writer, uint64_t offset,
                            uint64_t *ret_length)
{
    return writer->kind->place(writer, offset, ret_length);
}

size_t image_writer_unit(const struct image_writer *writer)
{
    return writer->unit;
}

size_t image_writer_bound(const struct image_writer *writer)
{
    return writer->bound;
}

struct image_packer *image_packer_new(const struct image_writer *writer)
{
    struct image_packer *packer = mem_new(1, sizeof *packer);

    packer->writer = writer;
    packer->coder = cluster_coder_new();
    return packer;
}

void image_packer_free(struct image_packer *packer)
{
    if (!packer)
        return;
    cluster_coder_free(packer->coder);
    free(packer);
}

void image_packer_pack(struct image_packer *packer, uint64_t offset, const void *unit, void *out,
                       struct image_unit *ret)
{
    packer->writer->kind->pack(packer, offset, unit, out, ret);
}

int image_writer_append(struct image_writer *writer, const struct image_unit *unit,
                        uint64_t *ret_place, struct err *err)
{
    return writer->kind->append(writer, unit, ret_place, err);
}

int image_writer_finish(struct image_writer *writer, struct err *err)
{
    return writer->kind->finish(writer, err);
}

bool image_writer_piece(struct image_writer *writer, uint64_t *state, struct image_piece *ret)
{
    return writer->kind->piece && writer->kind->piece(writer, state, ret);
}

uint64_t image_writer_file_size(const struct image_writer *writer)
{
    return writer->file_size;
}

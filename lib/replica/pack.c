#include "replica/pack.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/vec.h"
#include "blob/index.h"
#include "os/file.h"
#include "replica/fill.h"
#include "replica/mapping.h"
#include "replica/seen.h"
#include "replica/trust.h"

struct pack_disk {
    struct mapping mapping;
    struct disk_hash *hash; /* in place of it, of a dry pack */
    uint64_t next;          /* the first block that may come */
    bool ended;
};

struct pack {
    const struct replica *replica;
    bool dry;
    struct seen seen; /* of a dry pack: the blocks that are new */
    struct {
        size_t *items; /* by the blob's number in the index: that in result.found, plus one */
        size_t count;
    } found;
    struct index *index; /* NULL: there is no replica */
    struct trust *trust; /* in what the index finds */
    const struct blob_names *shunned;
    struct fill *fill;
    struct pack_disk disks[PACK_DISKS_MAX];
    size_t disk_count;
    struct index_place beside; /* where the next block is, if the run goes on */
    bool in_run;
    bool failed; /* a failed write or flush is final: nothing is published after it */
    struct pack_result result;
};

int pack_open(const struct replica *replica, const struct pack_options *options, struct pack **ret,
              struct err *err)
{
    struct pack *pack = mem_new(1, sizeof *pack);
    const int rc = replica ? index_open(replica->dir, &pack->index, err) : 0;

    if (rc < 0) {
        free(pack);
        return rc;
    }
    if (pack->index)
        index_hide(pack->index, options->shunned);
    pack->dry = options->dry;
    pack->replica = replica;
    pack->shunned = options->shunned;
    pack->trust = trust_new(pack->index, options->pool);
    pack->fill = fill_new(options->dry ? FILE_NONE : replica->blobs, options);
    *ret = pack;
    return 0;
}

void pack_close(struct pack *pack)
{
    if (!pack)
        return;
    for (size_t i = 0; i < pack->disk_count; i++) {
        mapping_done(&pack->disks[i].mapping);
        disk_hash_free(pack->disks[i].hash);
    }
    seen_done(&pack->seen);
    free(pack->found.items);
    fill_free(pack->fill);
    trust_free(pack->trust);
    index_close(pack->index);
    pack_result_done(&pack->result);
    free(pack);
}

void pack_result_done(struct pack_result *result)
{
    free(result->blobs);
    need_done(&result->found);
    *result = (struct pack_result){0};
}

/* The disk that is being packed, or NULL. */
static struct pack_disk *pack_current(struct pack *pack)
{
    struct pack_disk *last = &pack->disks[pack->disk_count ? pack->disk_count - 1 : 0];

    return pack->disk_count > 0 && !last->ended ? last : NULL;
}

static int pack_fail(struct pack *pack, int code)
{
    pack->failed = pack->failed || code < 0;
    return code;
}

int pack_disk_begin(struct pack *pack, struct err *err)
{
    struct pack_disk *disk;
    int rc;

    if (pack_current(pack))
        return err_set(err, E_INVALID, "cannot pack a disk: the one before has not ended");
    if (pack->disk_count == PACK_DISKS_MAX)
        return err_set(err, E_INVALID, "cannot pack more than %d disks", PACK_DISKS_MAX);
    disk = &pack->disks[pack->disk_count];
    *disk = (struct pack_disk){0};
    if (pack->dry)
        disk->hash = disk_hash_new();
    rc = pack->dry ? 0 : mapping_begin(&disk->mapping, pack->replica, pack->index, err);
    if (rc < 0) {
        mapping_done(&disk->mapping);
        return pack_fail(pack, rc);
    }
    pack->disk_count++;
    pack->in_run = false;
    return 0;
}

/* Give the open blob its name, in the index and in the maps that use it. */
static int pack_finish_blob(struct pack *pack, struct err *err)
{
    struct pack_result *result = &pack->result;
    struct disk_blob blob;
    uint32_t number;
    bool new;
    int rc = fill_publish(pack->fill, &blob, &new, err);

    if (rc < 0)
        return rc;
    if (pack->dry) {
        pack->in_run = false; /* nothing can be beside what has no place */
        result->stored_bytes += blob.size;
        return 0;
    }
    rc = index_add(pack->index, &blob.name, &number, err);
    if (rc < 0)
        return rc;
    for (size_t i = 0; i < pack->disk_count; i++)
        mapping_settle(&pack->disks[i].mapping, number, &blob);
    if (pack->in_run && pack->beside.blob == MAPPING_PENDING)
        pack->beside.blob = number;
    if (!new) {
        /* Somebody stored the very same blocks meanwhile. */
        result->new_blocks -= blob.blocks;
        return 0;
    }
    result->blobs = vec_grow(result->blobs, result->blob_count, sizeof *result->blobs);
    result->blobs[result->blob_count++] = blob.name;
    result->stored_bytes += blob.size;
    return 0;
}

/* End the frame that is being gathered, and the blob when that fills it. */
static int pack_close_frame(struct pack *pack, struct err *err)
{
    const int rc = fill_close_frame(pack->fill, err);

    if (rc < 0 || !fill_is_full(pack->fill))
        return rc;
    return pack_finish_blob(pack, err);
}

/* Where the block is already: beside the last hit, in the blob being written, in the store. A frame
 * that cannot be read right any more does not count. */
static int pack_find(struct pack *pack, const struct block_id *id, struct index_place *ret,
                     struct err *err)
{
    const struct index_place beside = pack->beside;
    int found;

    if (pack->in_run && (beside.blob == MAPPING_PENDING ? fill_is(pack->fill, beside.block, id)
                                                        : index_is(pack->index, beside, id) &&
                                                              trust_place(pack->trust, beside))) {
        *ret = beside;
        return 1;
    }
    if (fill_find(pack->fill, id, &ret->block)) {
        ret->blob = MAPPING_PENDING;
        return 1;
    }
    found = pack->index ? index_find(pack->index, id, ret, err) : 0;
    return found > 0 ? trust_place(pack->trust, *ret) : found;
}

/* The same without places: what would have been stored earlier is found by its identity. */
static int pack_meet(struct pack *pack, const struct block_id *id, struct index_place *ret,
                     struct err *err)
{
    const int found = pack_find(pack, id, ret, err);

    if (found || !pack->dry)
        return found;
    if (seen_has(&pack->seen, id)) {
        *ret = (struct index_place){.blob = MAPPING_PENDING, .block = UINT32_MAX - 1};
        return 1;
    }
    pack->result.at_most |= !seen_add(&pack->seen, id);
    return 0;
}

/* Of a dry pack: the block is in a blob that is there. */
static void pack_note(struct pack *pack, struct index_place place)
{
    const struct blob *blob;
    size_t *number;

    while (pack->found.count <= place.blob)
        *VEC_ADD(&pack->found) = 0;
    number = &pack->found.items[place.blob];
    blob = *number ? NULL : index_blob(pack->index, place.blob);
    if (blob)
        *number = 1 + need_add_blob(&pack->result.found, &(struct disk_blob){
                                                             .name = blob_name(blob),
                                                             .size = blob_size(blob),
                                                             .blocks = blob_block_count(blob),
                                                         });
    if (*number)
        need_mark(&pack->result.found.items[*number - 1], place.block);
}

static int pack_store(struct pack *pack, const struct block_id *id, const uint8_t *bytes,
                      struct index_place *ret, struct err *err)
{
    pack->result.new_blocks++;
    ret->blob = MAPPING_PENDING;
    return fill_add(pack->fill, id, bytes, &ret->block, err);
}

static int pack_data(struct pack *pack, uint64_t block, const struct block_id *id,
                     const uint8_t *bytes, struct err *err)
{
    struct pack_disk *disk = pack_current(pack);
    struct index_place place;
    int found = pack_meet(pack, id, &place, err);
    int rc;

    if (found < 0)
        return found;
    if (!found) {
        rc = pack_store(pack, id, bytes, &place, err);
        if (rc < 0)
            return rc;
    }
    pack->in_run = found;
    pack->beside = (struct index_place){.blob = place.blob, .block = place.block + 1};
    pack->result.data_blocks++;
    if (pack->dry)
        disk_hash_add(disk->hash, block, id);
    if (pack->dry && place.blob != MAPPING_PENDING)
        pack_note(pack, place);
    rc = pack->dry ? 0 : mapping_add(&disk->mapping, block, id, place, err);
    if (rc < 0)
        return rc;
    return fill_is_full(pack->fill) ? pack_finish_blob(pack, err) : 0;
}

int pack_block(struct pack *pack, uint64_t block, const struct block_id *id, const uint8_t *bytes,
               struct err *err)
{
    struct pack_disk *disk = pack_current(pack);
    int rc = 0;

    if (!disk)
        return err_set(err, E_INVALID, "cannot pack a block: no disk has begun");
    if (block < disk->next)
        return err_set(err, E_INVALID, "cannot pack block %llu: it is out of order",
                       (unsigned long long)block);
    /* Frames never cross a segment, so that segments can be read without decompressing others. */
    if (block / SEGMENT_BLOCKS != (disk->next ? disk->next - 1 : 0) / SEGMENT_BLOCKS)
        rc = pack_close_frame(pack, err);
    disk->next = block + 1;
    if (rc == 0)
        rc = pack_data(pack, block, id, bytes, err);
    return pack_fail(pack, rc);
}

void pack_let_go(struct pack *pack, const uint8_t *bytes, size_t length)
{
    fill_let_go(pack->fill, bytes, length);
}

int pack_disk_end(struct pack *pack, uint64_t virtual_size, struct disk_digest *ret,
                  struct err *err)
{
    struct pack_disk *disk = pack_current(pack);
    int rc;

    if (!disk)
        return err_set(err, E_INVALID, "cannot end a disk: none has begun");
    rc = pack_close_frame(pack, err);
    if (rc == 0 && pack->dry)
        *ret = disk_hash_result(disk->hash, virtual_size);
    else if (rc == 0)
        rc = mapping_end(&disk->mapping, virtual_size, ret, err);
    disk->ended = rc == 0;
    return pack_fail(pack, rc);
}

static int pack_commit(struct pack *pack, struct err *err)
{
    bool replace = pack->shunned && pack->shunned->count > 0;
    int rc = 0;

    if (fill_is_open(pack->fill))
        rc = pack_finish_blob(pack, err);
    if (pack->dry)
        return rc;
    replace |= trust_is_broken(pack->trust);
    /* "Already there" does not mean "durable": who wrote it may have been killed before its flush.
     */
    if (rc == 0)
        rc = file_flush_all(pack->replica->dir, pack->replica->label, err);
    for (size_t i = 0; rc == 0 && i < pack->disk_count; i++)
        rc = mapping_check(&pack->disks[i].mapping, err);
    for (size_t i = 0; rc == 0 && i < pack->disk_count; i++)
        rc = mapping_publish(&pack->disks[i].mapping, replace, err);
    return rc;
}

int pack_finish(struct pack *pack, struct pack_result *ret, struct err *err)
{
    int rc;

    if (pack->failed)
        return err_set(err, E_FAILED, "cannot finish a pack that has failed before");
    if (pack_current(pack))
        return err_set(err, E_INVALID, "cannot finish a pack: a disk has not ended");
    rc = pack_commit(pack, err);
    /* Finished or failed, it is over: what was published must not be published again. */
    pack->failed = true;
    if (rc < 0)
        return rc;
    *ret = pack->result;
    pack->result = (struct pack_result){0};
    if (!pack->dry)
        index_save(pack->index, NULL);
    return 0;
}

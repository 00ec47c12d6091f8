#include "replica/mapping.h"

#include <stdlib.h>

#include "base/mem.h"

int mapping_begin(struct mapping *mapping, const struct replica *replica, struct index *index,
                  struct err *err)
{
    *mapping = (struct mapping){
        .replica = replica,
        .index = index,
        .pending = MAPPING_PENDING,
    };
    return disk_writer_open(replica->disks, &mapping->writer, err);
}

void mapping_done(struct mapping *mapping)
{
    disk_writer_close(mapping->writer);
    free(mapping->slots);
    *mapping = (struct mapping){0};
}

static struct mapping_slot *mapping_slot(struct mapping *mapping, uint32_t number)
{
    if (number >= mapping->slot_count) {
        const size_t count = 2 * ((size_t)number + 1);

        mapping->slots = mem_resize(mapping->slots, count, sizeof *mapping->slots);
        for (size_t i = mapping->slot_count; i < count; i++)
            mapping->slots[i] = (struct mapping_slot){.at = MAPPING_PENDING};
        mapping->slot_count = count;
    }
    return &mapping->slots[number];
}

/* Where the blob of a place stands in the map. */
static int mapping_number(struct mapping *mapping, uint32_t number, uint32_t *ret, struct err *err)
{
    struct mapping_slot *slot;
    const struct blob *blob;

    if (number == MAPPING_PENDING) {
        if (mapping->pending == MAPPING_PENDING)
            mapping->pending = disk_writer_blob_pending(mapping->writer);
        *ret = mapping->pending;
        return 0;
    }
    slot = mapping_slot(mapping, number);
    if (slot->at == MAPPING_PENDING) {
        blob = index_blob(mapping->index, number);
        if (!blob)
            return err_set(err, E_CORRUPT, "cannot use a blob that was found a moment ago");
        slot->blob = (struct disk_blob){
            .name = blob_name(blob),
            .size = blob_size(blob),
            .blocks = blob_block_count(blob),
        };
        slot->at = disk_writer_blob(mapping->writer, &slot->blob);
    }
    *ret = slot->at;
    return 0;
}

int mapping_add(struct mapping *mapping, uint64_t block, const struct block_id *id,
                struct index_place place, struct err *err)
{
    uint32_t at = 0;
    const int rc = mapping_number(mapping, place.blob, &at, err);

    return rc < 0 ? rc : disk_writer_add(mapping->writer, block, id, at, place.block, err);
}

void mapping_settle(struct mapping *mapping, uint32_t number, const struct disk_blob *blob)
{
    struct mapping_slot *slot;

    if (mapping->pending == MAPPING_PENDING)
        return;
    disk_writer_settle(mapping->writer, mapping->pending, blob);
    slot = mapping_slot(mapping, number);
    if (slot->at == MAPPING_PENDING)
        *slot = (struct mapping_slot){.at = mapping->pending, .blob = *blob};
    mapping->pending = MAPPING_PENDING;
}

int mapping_end(struct mapping *mapping, uint64_t virtual_size, struct disk_digest *ret,
                struct err *err)
{
    const int rc = disk_writer_end(mapping->writer, virtual_size, &mapping->digest, err);

    if (rc == 0)
        *ret = mapping->digest;
    return rc;
}

int mapping_check(const struct mapping *mapping, struct err *err)
{
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < mapping->slot_count; i++) {
        const struct mapping_slot *slot = &mapping->slots[i];
        const struct disk_blob *blob = &slot->blob;

        if (slot->at != MAPPING_PENDING)
            rc = blob_check(mapping->replica->dir, &blob->name, blob->size, blob->blocks, err);
    }
    return rc;
}

int mapping_publish(struct mapping *mapping, bool replace, struct err *err)
{
    bool sound = false;
    bool new = false;
    int rc = replica_has_disk(mapping->replica, &mapping->digest, &sound, NULL, err);

    if (rc == 0)
        rc = disk_writer_publish(mapping->writer, replace || !sound, &new, err);
    return rc;
}

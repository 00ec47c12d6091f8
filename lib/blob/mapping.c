#include "blob/mapping.h"

#include <stdlib.h>

#include "base/mem.h"

int mapping_begin(struct mapping *mapping, const struct replica *replica, const struct index *index,
                  uint64_t virtual_size, struct err *err)
{
    *mapping = (struct mapping){
        .replica = replica,
        .index = index,
        .pending = MAPPING_PENDING,
    };
    return disk_writer_open(replica->disks, virtual_size, &mapping->writer, err);
}

void mapping_done(struct mapping *mapping)
{
    disk_writer_close(mapping->writer);
    free(mapping->slots);
    *mapping = (struct mapping){0};
}

static struct disk_blob mapping_blob(const struct mapping *mapping, uint32_t number)
{
    const struct blob *blob = index_blob(mapping->index, number);

    return (struct disk_blob){
        .name = blob_name(blob),
        .size = blob_size(blob),
        .blocks = blob_block_count(blob),
    };
}

static uint32_t *mapping_slot(struct mapping *mapping, uint32_t number)
{
    if (number >= mapping->slot_count) {
        const size_t count = 2 * ((size_t)number + 1);

        mapping->slots = mem_resize(mapping->slots, count, sizeof *mapping->slots);
        for (size_t i = mapping->slot_count; i < count; i++)
            mapping->slots[i] = MAPPING_PENDING;
        mapping->slot_count = count;
    }
    return &mapping->slots[number];
}

static uint32_t mapping_number(struct mapping *mapping, uint32_t blob)
{
    struct disk_blob named;
    uint32_t *slot;

    if (blob == MAPPING_PENDING) {
        if (mapping->pending == MAPPING_PENDING)
            mapping->pending = disk_writer_blob_pending(mapping->writer);
        return mapping->pending;
    }
    slot = mapping_slot(mapping, blob);
    if (*slot == MAPPING_PENDING) {
        named = mapping_blob(mapping, blob);
        *slot = disk_writer_blob(mapping->writer, &named);
    }
    return *slot;
}

int mapping_add(struct mapping *mapping, uint64_t block, const struct block_id *id,
                struct place place, struct err *err)
{
    return disk_writer_add(mapping->writer, block, id, mapping_number(mapping, place.blob),
                           place.block, err);
}

void mapping_settle(struct mapping *mapping, uint32_t number)
{
    const struct disk_blob named = mapping_blob(mapping, number);
    uint32_t *slot = mapping_slot(mapping, number);

    if (mapping->pending == MAPPING_PENDING)
        return;
    disk_writer_settle(mapping->writer, mapping->pending, &named);
    if (*slot == MAPPING_PENDING)
        *slot = mapping->pending;
    mapping->pending = MAPPING_PENDING;
}

struct disk_digest mapping_end(struct mapping *mapping)
{
    mapping->digest = disk_writer_digest(mapping->writer);
    return mapping->digest;
}

int mapping_check(const struct mapping *mapping, struct err *err)
{
    for (size_t i = 0; i < mapping->slot_count; i++) {
        struct disk_blob named;
        int code;

        if (mapping->slots[i] == MAPPING_PENDING)
            continue;
        named = mapping_blob(mapping, (uint32_t)i);
        code = blob_check(mapping->replica->dir, &named.name, named.size, named.blocks, err);
        if (code < 0)
            return code;
    }
    return 0;
}

int mapping_publish(struct mapping *mapping, struct err *err)
{
    bool sound = false;
    bool new = false;
    int code = replica_has_disk(mapping->replica, &mapping->digest, &sound, NULL, err);

    if (code == 0)
        code = disk_writer_publish(mapping->writer, !sound, &new, err);
    return code;
}

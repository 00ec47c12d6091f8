/* The blobs that an index knows, a few of them open at a time. */
#include "blob/room.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/vec.h"
#include "os/dir.h"

void index_blobs_done(struct index_blobs *blobs)
{
    for (size_t i = 0; i < blobs->count; i++)
        blob_close(blobs->items[i].blob);
    free(blobs->items);
    free(blobs->order);
    *blobs = (struct index_blobs){0};
}

/* The place in `order` of the first blob that is not before `name`. */
static size_t order_place(const struct index_blobs *blobs, const struct blob_name *name)
{
    size_t low = 0, high = blobs->count;

    while (low < high) {
        const size_t middle = low + (high - low) / 2;

        if (memcmp(&blobs->items[blobs->order[middle]].name, name, sizeof *name) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool is_at(const struct index_blobs *blobs, size_t place, const struct blob_name *name)
{
    return place < blobs->count &&
           memcmp(&blobs->items[blobs->order[place]].name, name, sizeof *name) == 0;
}

bool index_blobs_find(const struct index_blobs *blobs, const struct blob_name *name, uint32_t *ret)
{
    const size_t place = order_place(blobs, name);

    if (!is_at(blobs, place, name))
        return false;
    *ret = blobs->order[place];
    return true;
}

uint32_t index_blobs_add(struct index_blobs *blobs, const struct blob_name *name)
{
    const size_t place = order_place(blobs, name);
    const uint32_t number = (uint32_t)blobs->count;

    if (is_at(blobs, place, name))
        return blobs->order[place];
    blobs->order = vec_grow(blobs->order, blobs->count, sizeof *blobs->order);
    memmove(blobs->order + place + 1, blobs->order + place,
            (blobs->count - place) * sizeof *blobs->order);
    blobs->order[place] = number;
    VEC_ADD(blobs)->name = *name;
    return number;
}

int index_blobs_list(struct index_blobs *blobs, struct err *err)
{
    const size_t before = blobs->count;
    struct texts names = {0};
    bool *there;
    int rc = dir_list(blobs->dir, "blobs", &names, err);

    if (rc) {
        texts_done(&names);
        return rc;
    }
    there = mem_new(before + names.count, sizeof *there);
    for (size_t i = 0; i < names.count; i++) {
        struct blob_name name;

        if (blob_name_parse(names.items[i], &name))
            there[index_blobs_add(blobs, &name)] = true;
    }
    for (size_t i = 0; i < before; i++)
        if (!there[i])
            blobs->items[i].unusable = true;
    free(there);
    texts_done(&names);
    return 0;
}

/* A place in `open`, freed by closing the blob that was not used for longest. Pins are fewer. */
static size_t open_place(struct index_blobs *blobs)
{
    size_t oldest = INDEX_OPEN_BLOBS;

    if (blobs->open_count < INDEX_OPEN_BLOBS)
        return blobs->open_count++;
    for (size_t i = 0; i < INDEX_OPEN_BLOBS; i++) {
        const struct index_blob *blob = &blobs->items[blobs->open[i]];

        if (!blob->pins &&
            (oldest == INDEX_OPEN_BLOBS || blob->used < blobs->items[blobs->open[oldest]].used))
            oldest = i;
    }
    blob_close(blobs->items[blobs->open[oldest]].blob);
    blobs->items[blobs->open[oldest]].blob = NULL;
    return oldest;
}

int index_blobs_open(struct index_blobs *blobs, uint32_t number, struct blob **ret, struct err *err)
{
    struct index_blob *item = &blobs->items[number];
    int rc = 0;

    *ret = NULL;
    if (item->unusable)
        return 0;
    if (!item->blob) {
        struct blob *blob;

        rc = blob_open_trusted(blobs->dir, &item->name, item->proven ? BLOB_PROVEN : BLOB_PROVE,
                               &blob, err);
        item->unusable = rc == E_CORRUPT || rc == E_NOT_FOUND || rc == E_UNSUPPORTED;
        if (rc)
            return item->unusable ? 0 : rc;
        blobs->open[open_place(blobs)] = number;
        item->blob = blob;
        item->proven = true;
    }
    item->used = ++blobs->clock;
    *ret = item->blob;
    return 0;
}

void index_blobs_shut(struct index_blobs *blobs, uint32_t number)
{
    struct index_blob *const item = &blobs->items[number];

    for (size_t i = 0; item->blob && i < blobs->open_count; i++)
        if (blobs->open[i] == number)
            blobs->open[i] = blobs->open[--blobs->open_count];
    blob_close(item->blob);
    item->blob = NULL;
    item->proven = false;
}

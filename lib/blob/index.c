#include "blob/index.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/number.h"
#include "base/vec.h"
#include "blob/room.h"
#include "os/dir.h"

enum { LIST_TRIES = 4 }; /* times the directory is listed again while others merge files in it */

/* --- entries in memory --- */

/* Take a sorted list. Lists of like size are joined, so that there are few of them and each entry
 * moves seldom. */
static void hold(struct index *index, struct index_entries entries)
{
    index->held.entries += entries.count;
    while (index->held.count &&
           index->held.items[index->held.count - 1].count <= 2 * entries.count) {
        struct index_entries *last = &index->held.items[--index->held.count];
        const struct index_entries both = index_entries_merge(last, &entries);

        free(last->items);
        free(entries.items);
        entries = both;
    }
    index->held.items = vec_grow(index->held.items, index->held.count, sizeof *index->held.items);
    index->held.items[index->held.count++] = entries;
}

/* Hold the entries of one blob; a damaged one has none. */
static int hold_blob(struct index *index, uint32_t number, struct err *err)
{
    struct index_entries entries;
    struct blob *blob;
    int rc = index_blobs_open(index->blobs, number, &blob, err);

    if (rc || !blob)
        return rc;
    if (index->held.entries && index->held.entries + blob_block_count(blob) > INDEX_HELD_MAX)
        rc = index_spill(index, err);
    if (rc)
        return rc;
    rc = index_entries_read(blob, number, &entries, err);
    if (rc == E_CORRUPT) {
        index->blobs->items[number].unusable = true;
        return 0;
    }
    if (rc)
        return rc;
    hold(index, entries);
    index->blobs->items[number].held = true;
    return 0;
}

int index_cover(struct index *index, size_t count, struct err *err)
{
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < count; i++) {
        const struct index_blob *blob = &index->blobs->items[i];

        if (!blob->listed && !blob->held && !blob->unusable)
            rc = hold_blob(index, (uint32_t)i, err);
    }
    return rc;
}

/* --- files --- */

void index_attach(struct index *index, struct index_file *file)
{
    file->numbers = mem_new(file->blob_count, sizeof *file->numbers);
    for (size_t i = 0; i < file->blob_count; i++) {
        file->numbers[i] = INDEX_NO_BLOB;
        if (index_blobs_find(index->blobs, &file->names[i], &file->numbers[i]))
            index->blobs->items[file->numbers[i]].listed++;
    }
    *VEC_ADD(&index->files) = file;
}

void index_detach(struct index *index, size_t place)
{
    struct index_file *file = index->files.items[place];

    for (size_t i = 0; i < file->blob_count; i++)
        if (file->numbers[i] != INDEX_NO_BLOB)
            index->blobs->items[file->numbers[i]].listed--;
    index_file_close(file);
    /* The last one takes its place: the order of files means nothing. */
    index->files.items[place] = index->files.items[--index->files.count];
}

/* The <n> of "index.<n>"; 0 when it is not one. */
static uint32_t file_number(const char *name)
{
    int64_t number;

    if (strncmp(name, "index.", 6) != 0 || !number_parse(name + 6, &number) || number < 1 ||
        number > UINT32_MAX)
        return 0;
    return (uint32_t)number;
}

/* Whether a file was listed and then gone: others are merging files and the list is stale. */
static bool load_listed(struct index *index, const struct texts *names)
{
    bool vanished = false;

    for (size_t i = 0; i < names->count; i++) {
        const uint32_t number = file_number(names->items[i]);
        struct index_file *file = NULL;
        int rc;

        if (number == 0)
            continue;
        rc = index_file_open(index->blobs->dir, number, &file, NULL);
        if (rc == 0)
            index_attach(index, file);
        if (rc == E_CORRUPT)
            *VEC_ADD(&index->damaged) = number;
        vanished |= rc == E_NOT_FOUND;
    }
    return vanished;
}

static void drop_named_files(struct index *index)
{
    for (size_t i = index->files.count; i-- > 0;)
        if (index->files.items[i]->number)
            index_detach(index, i);
}

int index_load_files(struct index *index, struct err *err)
{
    bool vanished = true;

    for (int tries = 0; vanished && tries < LIST_TRIES; tries++) {
        struct texts names = {0};
        int rc = dir_list(index->blobs->dir, ".", &names, err);

        drop_named_files(index);
        if (rc == 0)
            vanished = load_listed(index, &names);
        texts_done(&names);
        if (rc)
            return rc;
    }
    return 0;
}

/* --- the index --- */

int index_open(int dir, struct index **ret, struct err *err)
{
    struct index *index = mem_new(1, sizeof *index);
    int rc;

    index->blobs = mem_new(1, sizeof *index->blobs);
    index->blobs->dir = dir;
    rc = index_blobs_list(index->blobs, err);
    if (rc == 0)
        rc = index_load_files(index, err);
    if (rc == 0)
        rc = index_cover(index, index->blobs->count, err);
    if (rc) {
        index_close(index);
        return err_wrap(err, "cannot open the index");
    }
    *ret = index;
    return 0;
}

void index_close(struct index *index)
{
    if (!index)
        return;
    while (index->files.count)
        index_detach(index, index->files.count - 1);
    for (size_t i = 0; i < index->held.count; i++)
        free(index->held.items[i].items);
    index_blobs_done(index->blobs);
    free(index->blobs);
    free(index->files.items);
    free(index->held.items);
    free(index->damaged.items);
    free(index->found.items);
    free(index);
}

int index_add(struct index *index, const struct blob_name *name, uint32_t *ret_blob,
              struct err *err)
{
    const uint32_t number = index_blobs_add(index->blobs, name);
    struct index_blob *item = &index->blobs->items[number];
    struct blob *blob;
    char text[BLOB_NAME_TEXT];
    int rc;

    item->unusable = false;
    rc = index_blobs_open(index->blobs, number, &blob, err);
    if (rc)
        return rc;
    if (!blob) {
        blob_name_text(name, text);
        return err_set(err, E_CORRUPT,
                       "cannot add blob '%s' to the index: it is missing or damaged", text);
    }
    if (!item->listed && !item->held)
        rc = hold_blob(index, number, err);
    if (rc)
        return rc;
    *ret_blob = number;
    return 0;
}

void index_hide(struct index *index, const struct blob_names *names)
{
    for (size_t i = 0; names && i < names->count; i++) {
        uint32_t number;

        if (!index_blobs_find(index->blobs, &names->items[i], &number))
            continue;
        index_blobs_shut(index->blobs, number);
        index->blobs->items[number].unusable = true;
    }
}

/* The entries with this key in memory, numbered as the index does. */
static void find_held(struct index *index, uint64_t key)
{
    for (size_t i = 0; i < index->held.count; i++) {
        const struct index_entries *entries = &index->held.items[i];
        size_t low = 0, high = entries->count;

        while (low < high) {
            const size_t middle = low + (high - low) / 2;

            if (entries->items[middle].key < key)
                low = middle + 1;
            else
                high = middle;
        }
        for (; low < entries->count && entries->items[low].key == key; low++)
            *VEC_ADD(&index->found) = entries->items[low];
    }
}

/* The entries with this key in files, numbered as the index does. *ret_bad: the file that failed.
 */
static int find_listed(struct index *index, uint64_t key, size_t *ret_bad, struct err *err)
{
    struct index_entries *found = &index->found;

    for (size_t i = 0; i < index->files.count; i++) {
        struct index_file *file = index->files.items[i];
        size_t kept = found->count, from = kept;
        int rc = index_file_find(file, key, found, err);

        *ret_bad = i;
        if (rc)
            return rc;
        for (; from < found->count; from++) {
            struct index_entry entry = found->items[from];

            entry.blob = entry.blob < file->blob_count ? file->numbers[entry.blob] : INDEX_NO_BLOB;
            if (entry.blob != INDEX_NO_BLOB)
                found->items[kept++] = entry;
        }
        found->count = kept;
    }
    return 0;
}

/* A file failed: what it lists is taken from the blobs themselves. Not so for one of our own: it
 * was made a moment ago, so the disk fails, and blobs of any number might have to be held. */
static int replace_file(struct index *index, size_t place, int rc, struct err *err)
{
    const uint32_t number = index->files.items[place]->number;

    if (number == 0)
        return rc;
    if (rc == E_CORRUPT)
        *VEC_ADD(&index->damaged) = number;
    index_detach(index, place);
    return index_cover(index, index->blobs->count, err);
}

static int find_all(struct index *index, uint64_t key, struct err *err)
{
    size_t bad;
    int rc;

    for (;;) {
        index->found.count = 0;
        rc = find_listed(index, key, &bad, err);
        if (rc == 0)
            break;
        rc = replace_file(index, bad, rc, err);
        if (rc)
            return rc;
    }
    find_held(index, key);
    return 0;
}

/* Whether `left` is to be preferred: by name, so that the answer does not depend on who lists the
 * blobs. */
static bool is_before(const struct index *index, const struct index_entry *left,
                      const struct index_entry *right)
{
    const struct index_blob *blobs = index->blobs->items;
    const int order = memcmp(&blobs[left->blob].name, &blobs[right->blob].name, sizeof blobs->name);

    return order < 0 || (order == 0 && left->block < right->block);
}

/* Few entries share eight bytes of a SHA-256 unless they are the same block, so insertion will do.
 */
static void sort_found(struct index *index)
{
    struct index_entry *items = index->found.items;

    for (size_t i = 1; i < index->found.count; i++) {
        const struct index_entry entry = items[i];
        size_t at = i;

        for (; at > 0 && is_before(index, &entry, &items[at - 1]); at--)
            items[at] = items[at - 1];
        items[at] = entry;
    }
}

/* 1 it is there, 0 it is not (or its blob cannot be used), negative E_*. */
static int confirm(struct index *index, struct index_place place, const struct block_id *id,
                   struct err *err)
{
    struct block_id found;
    struct blob *blob;
    int rc = index_blobs_open(index->blobs, place.blob, &blob, err);

    if (rc || !blob || place.block >= blob_block_count(blob))
        return rc;
    rc = blob_ids(blob, place.block, 1, &found, err);
    if (rc == E_CORRUPT) {
        index->blobs->items[place.blob].unusable = true;
        return 0;
    }
    return rc ? rc : memcmp(&found, id, sizeof found) == 0;
}

int index_find(struct index *index, const struct block_id *id, struct index_place *ret,
               struct err *err)
{
    int rc = find_all(index, index_key(id), err);

    if (rc)
        return rc;
    sort_found(index);
    for (size_t i = 0; i < index->found.count; i++) {
        const struct index_place place = {.blob = index->found.items[i].blob,
                                          .block = index->found.items[i].block};

        rc = confirm(index, place, id, err);
        if (rc == 1)
            *ret = place;
        if (rc)
            return rc;
    }
    return 0;
}

bool index_is(struct index *index, struct index_place place, const struct block_id *id)
{
    return place.blob < index->blobs->count && confirm(index, place, id, NULL) == 1;
}

const struct blob *index_blob(struct index *index, uint32_t number)
{
    struct blob *blob;

    return index_blobs_open(index->blobs, number, &blob, NULL) == 0 ? blob : NULL;
}

void index_pin(struct index *index, uint32_t number)
{
    index->blobs->items[number].pins++;
}

void index_unpin(struct index *index, uint32_t number)
{
    index->blobs->items[number].pins--;
}

bool index_number_of(const struct index *index, const struct blob_name *name, uint32_t *ret)
{
    uint32_t number;

    if (!index_blobs_find(index->blobs, name, &number) || index->blobs->items[number].unusable)
        return false;
    *ret = number;
    return true;
}

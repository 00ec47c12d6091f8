/* Merging the files of an index: into anonymous ones when memory is full, into named ones at the
 * end. */
#include "blob/index.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/vec.h"
#include "blob/room.h"
#include "os/file.h"
#include "os/lock.h"

/* --- merging --- */

/* What is merged: some files of the index, and what memory holds. */
struct merge {
    struct index *index;
    const bool *files;   /* for each file of the index, whether it takes part */
    bool held;           /* memory takes part */
    const bool *skipped; /* for each blob, whether to leave it out; NULL for none */
};

/* One sorted input. */
struct input {
    struct index_file *file;             /* or */
    const struct index_entries *entries; /* in memory */
    const uint32_t *rows; /* blob in the input → row of the new table, or INDEX_NO_BLOB: left out */
    uint32_t *owned_rows;
    size_t next; /* entry */
    struct index_entry head;
    bool ended;
};

struct inputs {
    struct input *items;
    size_t count;
};

/* The blobs of the new file. */
struct roll {
    uint32_t *rows; /* blob of the index → row; INDEX_NO_BLOB when not in it */
    struct blob_name *names;
    size_t count;
};

static bool is_wanted(const struct merge *merge, uint32_t number)
{
    return number != INDEX_NO_BLOB && !merge->index->blobs->items[number].unusable &&
           !(merge->skipped && merge->skipped[number]);
}

static void call_roll(const struct merge *merge, struct roll *ret)
{
    const struct index_blobs *blobs = merge->index->blobs;
    bool *in = mem_new(blobs->count, sizeof *in);

    for (size_t f = 0; f < merge->index->files.count; f++) {
        const struct index_file *file = merge->index->files.items[f];

        for (size_t i = 0; merge->files[f] && i < file->blob_count; i++)
            if (is_wanted(merge, file->numbers[i]))
                in[file->numbers[i]] = true;
    }
    for (size_t i = 0; merge->held && i < blobs->count; i++)
        if (blobs->items[i].held && is_wanted(merge, (uint32_t)i))
            in[i] = true;
    ret->rows = mem_new(blobs->count, sizeof *ret->rows);
    ret->names = mem_new(blobs->count, sizeof *ret->names);
    for (size_t i = 0; i < blobs->count; i++) {
        const uint32_t number = blobs->order[i];

        ret->rows[number] = INDEX_NO_BLOB;
        if (in[number]) {
            ret->rows[number] = (uint32_t)ret->count;
            ret->names[ret->count++] = blobs->items[number].name;
        }
    }
    free(in);
}

static void roll_done(struct roll *roll)
{
    free(roll->rows);
    free(roll->names);
}

static void inputs_done(struct inputs *inputs)
{
    for (size_t i = 0; i < inputs->count; i++)
        free(inputs->items[i].owned_rows);
    free(inputs->items);
}

/* Each blob comes from one input only, the first that has it: two files may list the same one. */
static void open_inputs(const struct merge *merge, const struct roll *roll, struct inputs *ret)
{
    struct index *index = merge->index;
    bool *given = mem_new(index->blobs->count, sizeof *given);

    for (size_t i = 0; merge->held && i < index->held.count; i++)
        *VEC_ADD(ret) = (struct input){.entries = &index->held.items[i], .rows = roll->rows};
    for (size_t i = 0; merge->held && i < index->blobs->count; i++)
        given[i] = index->blobs->items[i].held;
    for (size_t f = 0; f < index->files.count; f++) {
        struct index_file *file = index->files.items[f];
        uint32_t *rows;

        if (!merge->files[f])
            continue;
        rows = mem_new(file->blob_count, sizeof *rows);
        for (size_t i = 0; i < file->blob_count; i++) {
            const uint32_t number = file->numbers[i];
            const bool ours = number != INDEX_NO_BLOB && !given[number];

            rows[i] = ours ? roll->rows[number] : INDEX_NO_BLOB;
            if (ours)
                given[number] = true;
        }
        *VEC_ADD(ret) = (struct input){.file = file, .rows = rows, .owned_rows = rows};
    }
    free(given);
}

/* The next entry of a file as it stands there. */
static int read_entry(struct input *input, struct index_entry *ret, struct err *err)
{
    const uint8_t *rows;
    size_t count;
    int rc = index_file_page(input->file, input->next / INDEX_PAGE_ENTRIES, &rows, &count, err);

    if (rc)
        return rc;
    *ret = index_entry_read(rows + input->next % INDEX_PAGE_ENTRIES * INDEX_ENTRY_ROW);
    if (ret->blob < input->file->blob_count)
        return 0;
    input->file->damaged = true;
    return file_damaged(input->file->path, "an entry names no blob", err);
}

/* Move to the next entry that is wanted. */
static int advance(struct input *input, struct err *err)
{
    const uint64_t count = input->file ? input->file->entry_count : input->entries->count;

    while (input->next < count) {
        struct index_entry entry;
        int rc = 0;

        if (input->file)
            rc = read_entry(input, &entry, err);
        else
            entry = input->entries->items[input->next];
        if (rc)
            return rc;
        input->next++;
        entry.blob = input->rows[entry.blob];
        if (entry.blob != INDEX_NO_BLOB) {
            input->head = entry;
            return 0;
        }
    }
    input->ended = true;
    return 0;
}

/* There are hardly more inputs than INDEX_FILES_MAX: the least is found by looking at each. */
static struct input *least(const struct inputs *inputs)
{
    struct input *found = NULL;

    for (size_t i = 0; i < inputs->count; i++) {
        struct input *input = &inputs->items[i];

        if (!input->ended && (!found || input->head.key < found->head.key))
            found = input;
    }
    return found;
}

static int write_inputs(const struct inputs *inputs, struct index_writer *writer, struct err *err)
{
    struct input *input;
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < inputs->count; i++)
        rc = advance(&inputs->items[i], err);
    while (rc == 0 && (input = least(inputs)) != NULL) {
        rc = index_writer_add(writer, &input->head, err);
        if (rc == 0)
            rc = advance(input, err);
    }
    return rc;
}

/* *ret: the new file, without a name; NULL when there is nothing to list. */
static int merge_files(const struct merge *merge, struct index_file **ret, struct err *err)
{
    struct index_writer *writer = NULL;
    struct inputs inputs = {0};
    struct roll roll = {0};
    int rc = 0;

    *ret = NULL;
    call_roll(merge, &roll);
    if (roll.count == 0)
        goto out;
    open_inputs(merge, &roll, &inputs);
    rc = index_writer_open(merge->index->blobs->dir, roll.names, roll.count, &writer, err);
    if (rc == 0)
        rc = write_inputs(&inputs, writer, err);
    if (rc == 0)
        rc = index_writer_finish(writer, ret, err);
out:
    index_writer_close(writer);
    inputs_done(&inputs);
    roll_done(&roll);
    return rc;
}

/* Put the merged file (taken, may be NULL) in the place of what it was made from. */
static void exchange(const struct merge *merge, struct index_file *file)
{
    struct index *index = merge->index;

    for (size_t i = index->files.count; i-- > 0;)
        if (merge->files[i])
            index_detach(index, i);
    if (file)
        index_attach(index, file);
    if (!merge->held)
        return;
    for (size_t i = 0; i < index->held.count; i++)
        free(index->held.items[i].items);
    index->held.count = index->held.entries = 0;
    for (size_t i = 0; i < index->blobs->count; i++)
        index->blobs->items[i].held = false;
}

/* --- what to merge --- */

/* Mark files to be merged into one: the smallest, as long as the next is not larger than all of
 * these together, and enough of them that at most half of INDEX_FILES_MAX stay. So large files are
 * written seldom. */
static void choose_files(const struct index *index, bool named, bool *ret_files)
{
    size_t candidates = 0, chosen = 0;
    uint64_t sum = 0;

    for (size_t i = 0; i < index->files.count; i++)
        candidates += (index->files.items[i]->number != 0) == named;
    for (;;) {
        size_t smallest = index->files.count;

        for (size_t i = 0; i < index->files.count; i++) {
            const struct index_file *file = index->files.items[i];

            if ((file->number != 0) != named || ret_files[i])
                continue;
            if (smallest == index->files.count ||
                file->entry_count < index->files.items[smallest]->entry_count)
                smallest = i;
        }
        if (smallest == index->files.count)
            return;
        if (index->files.items[smallest]->entry_count > sum && chosen >= 2 &&
            candidates - chosen < INDEX_FILES_MAX / 2)
            return;
        ret_files[smallest] = true;
        sum += index->files.items[smallest]->entry_count;
        chosen++;
    }
}

static size_t count_files(const struct index *index, bool named)
{
    size_t count = 0;

    for (size_t i = 0; i < index->files.count; i++)
        count += (index->files.items[i]->number != 0) == named;
    return count;
}

int index_spill(struct index *index, struct err *err)
{
    bool *files = mem_new(index->files.count, sizeof *files);
    const struct merge merge = {.index = index, .files = files, .held = true};
    struct index_file *file;
    int rc;

    if (count_files(index, false) >= INDEX_FILES_MAX)
        choose_files(index, false, files);
    rc = merge_files(&merge, &file, err);
    if (rc == 0)
        exchange(&merge, file);
    free(files);
    return rc;
}

/* --- saving, under the lock --- */

static int publish(struct index *index, struct index_file *file, struct err *err)
{
    uint32_t number = 1;
    int rc;

    for (size_t i = 0; i < index->files.count; i++)
        if (index->files.items[i]->number >= number)
            number = index->files.items[i]->number + 1;
    /* Taken names are of damaged files, which are not in the list. */
    do {
        rc = index_file_publish(file, number, err);
    } while (rc == E_CONFLICT && number++ < UINT32_MAX);
    return rc;
}

static int remove_numbers(struct index *index, const uint32_t *numbers, size_t count,
                          struct err *err)
{
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < count; i++) {
        char path[INDEX_PATH_SIZE];

        snprintf(path, sizeof path, "index.%u", (unsigned)numbers[i]);
        rc = file_remove(index->blobs->dir, path, err);
    }
    return rc;
}

/* What no named file lists, into a new one. */
static int save_new(struct index *index, struct err *err)
{
    bool *files = mem_new(index->files.count, sizeof *files);
    bool *skipped = mem_new(index->blobs->count, sizeof *skipped);
    const struct merge merge = {.index = index, .files = files, .held = true, .skipped = skipped};
    struct index_file *file = NULL;
    int rc;

    for (size_t f = 0; f < index->files.count; f++) {
        const struct index_file *listed = index->files.items[f];

        files[f] = listed->number == 0;
        for (size_t i = 0; listed->number && i < listed->blob_count; i++)
            if (listed->numbers[i] != INDEX_NO_BLOB)
                skipped[listed->numbers[i]] = true;
    }
    rc = merge_files(&merge, &file, err);
    if (rc == 0 && file)
        rc = publish(index, file, err);
    if (rc == 0)
        exchange(&merge, file);
    else
        index_file_close(file);
    free(skipped);
    free(files);
    return rc;
}

/* Merge named files when there are too many. The new one has its name before the old ones lose
 * theirs. */
static int save_merged(struct index *index, struct err *err)
{
    bool *files = mem_new(index->files.count, sizeof *files);
    uint32_t *numbers = mem_new(index->files.count, sizeof *numbers);
    const struct merge merge = {.index = index, .files = files};
    struct index_file *file = NULL;
    size_t count = 0;
    int rc = 0;

    if (count_files(index, true) <= INDEX_FILES_MAX)
        goto out;
    choose_files(index, true, files);
    for (size_t i = 0; i < index->files.count; i++)
        if (files[i])
            numbers[count++] = index->files.items[i]->number;
    rc = merge_files(&merge, &file, err);
    if (rc == 0 && file)
        rc = publish(index, file, err);
    if (rc) {
        index_file_close(file);
        goto out;
    }
    exchange(&merge, file);
    rc = remove_numbers(index, numbers, count, err);
out:
    free(numbers);
    free(files);
    return rc;
}

static bool is_useless(const struct index *index, const struct index_file *file)
{
    if (file->number == 0)
        return false;
    for (size_t i = 0; i < file->blob_count; i++)
        if (file->numbers[i] != INDEX_NO_BLOB && !index->blobs->items[file->numbers[i]].unusable)
            return file->damaged;
    return true;
}

/* Remove the files that were found to be damaged and those of which every blob is gone. */
static int remove_useless(struct index *index, bool *ret_any, struct err *err)
{
    int rc = 0;

    *ret_any = false;
    for (size_t i = index->files.count; rc == 0 && i-- > 0;) {
        const uint32_t number = index->files.items[i]->number;

        if (!is_useless(index, index->files.items[i]))
            continue;
        *ret_any = true;
        index_detach(index, i);
        rc = remove_numbers(index, &number, 1, err);
    }
    return rc;
}

/* Files that failed when they were opened or read. */
static int remove_damaged(struct index *index, struct err *err)
{
    bool any;

    for (size_t i = 0; i < index->damaged.count; i++) {
        size_t at = 0;
        int rc = 0;

        while (at < index->files.count && index->files.items[at]->number != index->damaged.items[i])
            at++;
        if (at < index->files.count)
            index->files.items[at]->damaged = true;
        else
            rc = remove_numbers(index, &index->damaged.items[i], 1, err);
        if (rc)
            return rc;
    }
    index->damaged.count = 0;
    return remove_useless(index, &any, err);
}

/* As others left the directory: new blobs, index files made and merged since. */
static int refresh(struct index *index, struct err *err)
{
    const size_t known = index->blobs->count;
    int rc = index_blobs_list(index->blobs, err);

    if (rc == 0)
        rc = index_load_files(index, err);
    if (rc == 0)
        rc = remove_damaged(index, err);
    /* What others are publishing they will list themselves. */
    return rc ? rc : index_cover(index, known, err);
}

static int save_locked(struct index *index, struct err *err)
{
    bool again = true;
    int rc = refresh(index, err);

    while (rc == 0 && again) {
        rc = save_new(index, err);
        if (rc == 0)
            rc = save_merged(index, err);
        if (rc != E_CORRUPT)
            return rc;
        /* A merge met a damaged file: without it, and with what it lists taken from the blobs, once
         * more. */
        rc = remove_useless(index, &again, err);
        if (rc == 0)
            rc = index_cover(index, index->blobs->count, err);
        if (rc == 0 && !again)
            return E_CORRUPT;
    }
    return rc;
}

int index_save(struct index *index, struct err *err)
{
    int lock = FILE_NONE;
    int rc = lock_take(index->blobs->dir, "index.lock", LOCK_EXCLUSIVE, 0, &lock, err);

    if (rc == E_BUSY)
        return 0;
    if (rc == 0)
        rc = save_locked(index, err);
    file_close(&lock);
    return rc ? err_wrap(err, "cannot save the index") : 0;
}

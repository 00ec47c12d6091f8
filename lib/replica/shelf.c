#include "replica/shelf.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/vec.h"

struct shelf_book {
    struct blob *blob; /* NULL: a free place */
    struct blob_name name;
    uint64_t used;
};

struct shelf_frame {
    struct blob_name blob;
    uint32_t index;
    uint64_t used; /* 0: a free place */
    uint8_t *bytes;
};

struct shelf {
    int dir;
    uint64_t clock; /* counts uses */
    size_t rows;    /* frames of the open blobs */
    struct shelf_book books[SHELF_BLOBS];
    struct shelf_frame frames[SHELF_FRAMES];
    struct compressor *compressor;
    uint8_t *scratch;
    struct {
        struct blob_name *items;
        size_t count;
    } proven; /* opened and checked once: opened again they are not read to the end */
};

struct shelf *shelf_new(int dir)
{
    struct shelf *shelf = mem_new(1, sizeof *shelf);

    shelf->dir = dir;
    return shelf;
}

void shelf_free(struct shelf *shelf)
{
    if (!shelf)
        return;
    for (size_t i = 0; i < SHELF_BLOBS; i++)
        blob_close(shelf->books[i].blob);
    for (size_t i = 0; i < SHELF_FRAMES; i++)
        free(shelf->frames[i].bytes);
    compressor_free(shelf->compressor);
    free(shelf->scratch);
    free(shelf->proven.items);
    free(shelf);
}

static bool same_name(const struct blob_name *left, const struct blob_name *right)
{
    return memcmp(left, right, sizeof *left) == 0;
}

static struct shelf_book *shelf_lookup(struct shelf *shelf, const struct blob_name *name)
{
    for (size_t i = 0; i < SHELF_BLOBS; i++)
        if (shelf->books[i].blob && same_name(&shelf->books[i].name, name))
            return &shelf->books[i];
    return NULL;
}

static void shelf_put_away(struct shelf *shelf, struct shelf_book *book)
{
    if (!book->blob)
        return;
    shelf->rows -= blob_frame_count(book->blob);
    blob_close(book->blob);
    *book = (struct shelf_book){0};
}

/* The place that was not used for longest, a free one first. */
static struct shelf_book *shelf_oldest(struct shelf *shelf, bool open)
{
    struct shelf_book *oldest = NULL;

    for (size_t i = 0; i < SHELF_BLOBS; i++) {
        struct shelf_book *book = &shelf->books[i];

        if (open && !book->blob)
            continue;
        if (!oldest || book->used < oldest->used)
            oldest = book;
    }
    return oldest;
}

static int shelf_fetch(struct shelf *shelf, const struct disk_blob *named, struct blob **ret,
                       struct err *err)
{
    enum blob_trust trust = BLOB_PROVE;
    int rc;

    for (size_t i = 0; i < shelf->proven.count; i++)
        if (same_name(&shelf->proven.items[i], &named->name))
            trust = BLOB_PROVEN;
    rc = blob_open_trusted(shelf->dir, &named->name, trust, ret, err);
    if (rc == 0 && trust == BLOB_PROVE)
        *VEC_ADD(&shelf->proven) = named->name;
    return rc;
}

static int shelf_open(struct shelf *shelf, const struct disk_blob *named, struct shelf_book **ret,
                      struct err *err)
{
    struct blob *blob = NULL;
    struct shelf_book *book;
    char name[BLOB_NAME_TEXT];
    int rc = shelf_fetch(shelf, named, &blob, err);

    if (rc < 0)
        return rc;
    if (blob_size(blob) != named->size || blob_block_count(blob) != named->blocks) {
        blob_close(blob);
        blob_name_text(&named->name, name);
        return err_set(err, E_CORRUPT, "blob '%s' is not what the disk map says", name);
    }
    while (shelf->rows > 0 && shelf->rows + blob_frame_count(blob) > SHELF_ROWS)
        shelf_put_away(shelf, shelf_oldest(shelf, true));
    book = shelf_oldest(shelf, false);
    shelf_put_away(shelf, book);
    shelf->rows += blob_frame_count(blob);
    *book = (struct shelf_book){.blob = blob, .name = named->name};
    *ret = book;
    return 0;
}

int shelf_blob(struct shelf *shelf, const struct disk_blob *named, const struct blob **ret,
               struct err *err)
{
    struct shelf_book *book = shelf_lookup(shelf, &named->name);

    if (!book) {
        const int rc = shelf_open(shelf, named, &book, err);

        if (rc < 0)
            return rc;
    }
    book->used = ++shelf->clock;
    *ret = book->blob;
    return 0;
}

/* The frame if it is there, else the place for it. */
static struct shelf_frame *shelf_frame_place(struct shelf *shelf, const struct blob_name *name,
                                             uint32_t index)
{
    struct shelf_frame *oldest = &shelf->frames[0];

    for (size_t i = 0; i < SHELF_FRAMES; i++) {
        struct shelf_frame *frame = &shelf->frames[i];

        if (frame->used && frame->index == index && same_name(&frame->blob, name))
            return frame;
        if (frame->used < oldest->used)
            oldest = frame;
    }
    oldest->used = 0;
    return oldest;
}

int shelf_frame(struct shelf *shelf, const struct blob *blob, uint32_t index, const uint8_t **ret,
                struct err *err)
{
    const struct blob_name name = blob_name(blob);
    struct shelf_frame *frame = shelf_frame_place(shelf, &name, index);

    if (!frame->used) {
        int rc;

        if (!frame->bytes)
            frame->bytes = mem_new(FRAME_SIZE, 1);
        if (!shelf->compressor) {
            shelf->compressor = compressor_new();
            shelf->scratch = mem_new(FRAME_SIZE, 1);
        }
        rc = blob_read_frame(blob, index, shelf->compressor, shelf->scratch, frame->bytes, err);
        if (rc < 0)
            return rc;
        frame->blob = name;
        frame->index = index;
    }
    frame->used = ++shelf->clock;
    *ret = frame->bytes;
    return 0;
}

#include "replica/shelf.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/vec.h"

struct shelf_book {
    struct blob *blob; /* NULL: a free place */
    struct blob_name name;
    uint64_t used;    /* when last */
    uint32_t holders; /* it stays while there are any */
};

struct shelf {
    int dir;
    uint64_t clock;          /* counts uses */
    size_t rows, held_rows;  /* frames of the open blobs, of those that are held */
    size_t held;             /* books */
    struct shelf_book *last; /* that shelf_blob gave */
    struct shelf_book books[SHELF_BLOBS];
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
    free(shelf->proven.items);
    free(shelf);
}

static bool same_name(const struct blob_name *left, const struct blob_name *right)
{
    return memcmp(left, right, sizeof *left) == 0;
}

static struct shelf_book *shelf_lookup(struct shelf *shelf, const struct blob_name *name)
{
    if (shelf->last && shelf->last->blob && same_name(&shelf->last->name, name))
        return shelf->last;
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

/* The place that was not used for longest, a free one first; `open`: one with a blob, or NULL when
 * all of them are held. Fewer are held than there are places. */
static struct shelf_book *shelf_oldest(struct shelf *shelf, bool open)
{
    struct shelf_book *oldest = NULL;

    for (size_t i = 0; i < SHELF_BLOBS; i++) {
        struct shelf_book *book = &shelf->books[i];

        if (book->holders || (open && !book->blob))
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
    struct shelf_book *book = NULL;
    char name[BLOB_NAME_TEXT];
    int rc = shelf_fetch(shelf, named, &blob, err);

    if (rc < 0)
        return rc;
    if (blob_size(blob) != named->size || blob_block_count(blob) != named->blocks) {
        blob_close(blob);
        blob_name_text(&named->name, name);
        return err_set(err, E_CORRUPT, "blob '%s' is not what the disk map says", name);
    }
    while (shelf->rows + blob_frame_count(blob) > SHELF_ROWS &&
           (book = shelf_oldest(shelf, true)) != NULL)
        shelf_put_away(shelf, book);
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
    shelf->last = book;
    *ret = book->blob;
    return 0;
}

struct shelf_book *shelf_hold(struct shelf *shelf)
{
    struct shelf_book *book = shelf->last;
    const size_t rows = blob_frame_count(book->blob);

    if (book->holders == 0) {
        /* One may be held whatever its size. */
        if (shelf->held == SHELF_HELD || (shelf->held && shelf->held_rows + rows > SHELF_ROWS))
            return NULL;
        shelf->held++;
        shelf->held_rows += rows;
    }
    book->holders++;
    return book;
}

void shelf_let_go(struct shelf *shelf, struct shelf_book *book)
{
    if (--book->holders > 0)
        return;
    shelf->held--;
    shelf->held_rows -= blob_frame_count(book->blob);
}

const struct blob *shelf_book_blob(const struct shelf_book *book)
{
    return book->blob;
}

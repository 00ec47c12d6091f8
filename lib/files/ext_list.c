/* What is in a directory. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/vec.h"
#include "files/room.h"

enum {
    PIECE_BITS = 1 << 15, /* of inodes, in each piece of `listed` */
    PIECES_MAX = 4096,    /* that are there: 16 MiB; directories lie together in a few */
    WORD_BITS = 64,
};

/* Whether it is the first time; remembered. The addresses of all pieces take a MiB. */
static bool list_first(struct ext *ext, uint32_t number)
{
    const size_t piece = number / PIECE_BITS;
    const uint64_t bit = (uint64_t)1 << number % WORD_BITS;
    uint64_t *word;

    while (ext->listed.count <= piece)
        *VEC_ADD(&ext->listed) = NULL;
    if (!ext->listed.items[piece]) {
        if (++ext->pieces > PIECES_MAX)
            ext_may(ext, VOLUME_WORK_MAX);
        ext->listed.items[piece] = mem_new(PIECE_BITS / WORD_BITS, sizeof *word);
    }
    word = &ext->listed.items[piece][number % PIECE_BITS / WORD_BITS];
    if (*word & bit)
        return false;
    *word |= bit;
    return true;
}

/* An entry, before all names stand where they stay. */
struct listing {
    struct ext *ext;
    struct buf text;
    struct {
        struct listed {
            size_t name; /* in the text */
            uint32_t inode;
        } * items;
        size_t count;
    } entries;
    bool bad; /* there is a name that cannot be */
};

enum { COST_OF_ENTRY = sizeof(struct listed) + sizeof(struct ext_name) };

static bool is_name(const char *name, size_t length)
{
    return length > 0 && !memchr(name, '/', length) && !memchr(name, '\0', length);
}

static bool is_dots(const char *name, size_t length)
{
    return name[0] == '.' && (length == 1 || (length == 2 && name[1] == '.'));
}

static int take_entry(ext2_ino_t dir, int entry, struct ext2_dir_entry *dirent, int offset,
                      int blocksize, char *buf, void *user)
{
    struct listing *const listing = user;
    const size_t length = dirent->name_len & 0xff; /* above it lies the type */

    (void)dir;
    (void)entry;
    (void)offset;
    (void)blocksize;
    (void)buf;
    if (!ext_may(listing->ext, 1))
        return DIRENT_ABORT;
    if (length > 0 && is_dots(dirent->name, length))
        return 0;
    if (listing->ext->names + listing->text.length + listing->entries.count * COST_OF_ENTRY >
        VOLUME_NAMES_MAX)
        ext_may(listing->ext, VOLUME_WORK_MAX);
    listing->bad = !is_name(dirent->name, length);
    if (listing->bad || !ext_may(listing->ext, 0))
        return DIRENT_ABORT;
    *VEC_ADD(&listing->entries) =
        (struct listed){.name = listing->text.length, .inode = dirent->inode};
    buf_add(&listing->text, dirent->name, length);
    buf_add_char(&listing->text, '\0');
    return 0;
}

static int by_name(const void *left, const void *right)
{
    return strcmp(((const struct ext_name *)left)->name, ((const struct ext_name *)right)->name);
}

static void settle(struct listing *listing, struct ext_names *ret)
{
    const size_t count = listing->entries.count;

    *ret = (struct ext_names){.items = mem_new(count, sizeof *ret->items),
                              .count = count,
                              .text_size = listing->text.length + count * sizeof *ret->items};
    ret->text = buf_take(&listing->text);
    for (size_t i = 0; i < count; i++)
        ret->items[i] = (struct ext_name){.name = ret->text + listing->entries.items[i].name,
                                          .inode = listing->entries.items[i].inode};
    qsort(ret->items, count, sizeof *ret->items, by_name);
    listing->ext->names += ret->text_size;
}

/* The same name twice would be two files of one path. */
static bool has_twins(const struct ext_names *names)
{
    for (size_t i = 1; i < names->count; i++)
        if (strcmp(names->items[i - 1].name, names->items[i].name) == 0)
            return true;
    return false;
}

int ext_list(struct ext *ext, uint32_t inode, struct ext_names *ret, struct err *err)
{
    struct listing listing = {.ext = ext};
    errcode_t failed;
    int rc = 0;

    if (!list_first(ext, inode))
        return err_set(err, E_INVALID, "a directory is met again");
    failed = ext->library.ext2fs_dir_iterate2(ext->fs, inode, 0, NULL, take_entry, &listing);
    if (failed || listing.bad || ext->work > VOLUME_WORK_MAX)
        rc = ext_failed(ext, "a directory", err);
    if (rc == 0)
        settle(&listing, ret);
    if (rc == 0 && has_twins(ret)) {
        ext_names_done(ext, ret);
        rc = ext_failed(ext, "a directory", err);
    }
    free(listing.entries.items);
    buf_done(&listing.text);
    return rc;
}

void ext_names_done(struct ext *ext, struct ext_names *names)
{
    ext->names -= names->text_size;
    free(names->items);
    free(names->text);
    *names = (struct ext_names){0};
}

#include "blob/pour.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/number.h"
#include "blob/blob.h"
#include "blob/room.h"
#include "os/file.h"

enum {
    STEP_SIZE = 256 << 10, /* bytes that one thread reads, hashes and writes while they are near */
    BEHIND = 8 << 20,      /* bytes that are let go together once they are done with */
    PIECE_SIZE = 4 << 20,  /* bytes that threads read by turns: smaller ones spoil read-ahead */
    PIECES_MAX = 8,        /* under way at once: memory stays bounded with any number of threads */
};

struct pouring {
    const struct pour *pour;
    const char *name; /* of the file, in messages */
    uint64_t size;    /* of the file */
    struct xxh128 *hash;
};

/* The next bytes are done. */
static int pouring_add(struct pouring *all, const uint8_t *bytes, size_t length, struct err *err)
{
    const struct pour *pour = all->pour;

    if (pour->stop && pour->stop(pour->user))
        return err_set(err, E_TIMED_OUT, "it was not read to its end");
    xxh128_add(all->hash, bytes, length);
    if (pour->pace)
        pour->pace(pour->user, length);
    if (pour->progress)
        pour->progress(pour->user, length);
    return 0;
}

/* What is written goes to the disk; what was read for a look at the disk gives the page cache back
 * to others. */
static void let_go(const struct pouring *all, uint64_t begin, uint64_t end)
{
    const struct pour *pour = all->pour;

    if (pour->to != FILE_NONE)
        file_flush_soon(pour->to, begin, end - begin);
    if (pour->from_disk)
        file_drop_cache(pour->from, begin, end - begin);
}

/* --- by steps --- */

static int pour_steps(struct pouring *all, bool *ret_from_failed, struct err *err)
{
    const struct pour *pour = all->pour;
    uint8_t *const bytes = mem_new(STEP_SIZE, 1);
    uint64_t offset = 0, behind = 0;
    int rc = 0;

    while (rc == 0 && offset < all->size) {
        const size_t length = (size_t)number_smaller(all->size - offset, STEP_SIZE);

        rc = file_read_exact(pour->from, all->name, bytes, length, offset, err);
        *ret_from_failed = rc != 0;
        if (rc == 0 && pour->to != FILE_NONE)
            rc = file_write_at(pour->to, all->name, bytes, length, offset, err);
        if (rc == 0)
            rc = pouring_add(all, bytes, length, err);
        offset += length;
        if (rc == 0 && (offset - behind >= BEHIND || offset == all->size)) {
            let_go(all, behind, offset);
            behind = offset;
        }
    }
    free(bytes);
    return rc;
}

/* --- by pieces, for a lens --- */

/* Bytes of the file, read and looked at by whichever thread comes first. */
struct piece {
    struct task task;
    const struct pouring *all;
    uint64_t offset;
    size_t length;
    uint8_t *bytes;
    int rc;
    struct err err;
    int seen; /* what a look at it said */
    struct err fault;
};

struct pieces {
    struct pouring *all;
    struct piece *items;
    size_t count;
    uint64_t next; /* where the next one begins */
    int seen;      /* the first that a look found */
    struct err fault;
};

static void piece_run(struct task *task, size_t worker)
{
    struct piece *piece = (struct piece *)task;
    const struct pour *pour = piece->all->pour;

    piece->seen = 0;
    piece->rc = file_read_exact(pour->from, piece->all->name, piece->bytes, piece->length,
                                piece->offset, &piece->err);
    if (piece->rc == 0)
        piece->seen = pour->lens->look(pour->lens->user, piece->bytes, piece->offset, piece->length,
                                       worker, &piece->fault);
}

/* Have the piece do the next bytes, if any are left. */
static void piece_start(struct pieces *pieces, struct piece *piece)
{
    const struct pour_lens *lens = pieces->all->pour->lens;
    const uint64_t most = number_smaller(pieces->all->size - pieces->next, PIECE_SIZE);

    if (most == 0)
        return;
    piece->offset = pieces->next;
    pieces->next = lens->end(lens->user, pieces->next, most);
    piece->length = (size_t)(pieces->next - piece->offset);
    task_start(pieces->all->pour->pool, &piece->task);
}

/* A piece for each thread and one to wait for it; no more than the file has. */
static void pieces_init(struct pieces *pieces)
{
    const struct pouring *all = pieces->all;
    const uint64_t most = number_divide_up(all->size, PIECE_SIZE);

    pieces->count = 2 * pool_threads(all->pour->pool);
    if (pieces->count > PIECES_MAX)
        pieces->count = PIECES_MAX;
    if (pieces->count > most)
        pieces->count = (size_t)most;
    pieces->items = mem_new(pieces->count, sizeof *pieces->items);
    for (size_t i = 0; i < pieces->count; i++) {
        pieces->items[i].all = all;
        pieces->items[i].task.run = piece_run;
        pieces->items[i].bytes = mem_new(PIECE_SIZE, 1);
    }
}

static void pieces_done(struct pieces *pieces)
{
    for (size_t i = 0; i < pieces->count; i++) {
        task_wait(pieces->all->pour->pool, &pieces->items[i].task);
        free(pieces->items[i].bytes);
    }
    free(pieces->items);
}

static int piece_end(struct pieces *pieces, struct piece *piece, struct err *err)
{
    int rc;

    task_wait(pieces->all->pour->pool, &piece->task);
    if (piece->rc) {
        if (err)
            *err = piece->err;
        return piece->rc;
    }
    rc = pouring_add(pieces->all, piece->bytes, piece->length, err);
    if (rc == 0 && piece->seen && !pieces->seen) {
        pieces->seen = piece->seen;
        pieces->fault = piece->fault;
    }
    let_go(pieces->all, piece->offset, piece->offset + piece->length);
    return rc;
}

static int pour_pieces(struct pouring *all, int *ret_seen, struct err *ret_fault, struct err *err)
{
    struct pieces pieces = {.all = all};
    uint64_t done = 0;
    int rc = 0;

    pieces_init(&pieces);
    for (size_t i = 0; i < pieces.count; i++)
        piece_start(&pieces, &pieces.items[i]);
    for (size_t i = 0; rc == 0 && done < all->size; i = (i + 1) % pieces.count) {
        done += pieces.items[i].length;
        rc = piece_end(&pieces, &pieces.items[i], err);
        if (rc == 0)
            piece_start(&pieces, &pieces.items[i]);
    }
    pieces_done(&pieces);
    *ret_seen = pieces.seen;
    *ret_fault = pieces.fault;
    return rc;
}

/* --- the whole --- */

/* What a look found is told of a blob that is what its name says. */
static int pouring_end(const struct pouring *all, const struct blob_name *name, int seen,
                       const struct err *fault, struct err *err)
{
    struct blob_name found;

    xxh128_result(all->hash, found.xxh128);
    if (memcmp(&found, name, sizeof found) != 0)
        return err_set(err, E_CORRUPT, "blob '%s' is damaged: its content does not give its name",
                       all->name);
    if (seen && err)
        *err = *fault;
    return seen;
}

int pour_blob(const struct pour *pour, const struct blob_name *name, bool *ret_from_failed,
              struct err *err)
{
    char text[BLOB_FILE_NAME];
    struct pouring all = {.pour = pour, .name = text};
    struct file_info info;
    struct err fault = {0};
    int seen = 0;
    int rc;

    blob_file_name(name, text);
    *ret_from_failed = true;
    rc = file_stat(pour->from, text, &info, err);
    if (rc)
        return rc;
    if (info.kind != FILE_REGULAR)
        return file_damaged(text, "it is not a regular file", err);
    file_will_scan(pour->from);
    if (pour->from_disk)
        file_drop_cache(pour->from, 0, 0);
    all.size = info.size;
    all.hash = xxh128_new();
    rc =
        pour->lens ? pour_pieces(&all, &seen, &fault, err) : pour_steps(&all, ret_from_failed, err);
    if (rc == 0) {
        *ret_from_failed = true;
        rc = pouring_end(&all, name, seen, &fault, err);
    }
    xxh128_free(all.hash);
    return rc;
}

int blob_verify_fd(int fd, const struct blob_name *name, struct err *err)
{
    const struct pour pour = {.from = fd, .from_disk = true, .to = FILE_NONE};
    bool ignored;

    return pour_blob(&pour, name, &ignored, err);
}

int blob_verify(int dir, const struct blob_name *name, struct err *err)
{
    char path[BLOB_PATH_SIZE];
    int fd = FILE_NONE;
    int rc;

    blob_path(name, path);
    rc = file_open(dir, path, FILE_READ, &fd, err);
    if (rc == 0)
        rc = blob_verify_fd(fd, name, err);
    file_close(&fd);
    return rc;
}

#include "blob/pour.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/number.h"
#include "blob/blob.h"
#include "blob/room.h"
#include "os/file.h"

enum {
    PIECE_SIZE =
        4 << 20,    /* bytes read and written at once: smaller ones by turns spoil read-ahead */
    PIECES_MAX = 8, /* under way at once: memory stays bounded with any number of threads */
};

/* Bytes of the file, read and written by whichever thread comes first. */
struct piece {
    struct task task;
    const struct pouring *all;
    uint64_t offset;
    size_t length;
    uint8_t *bytes;
    bool was_read;
    int rc;
    struct err err;
    int seen; /* what a look at it said */
    struct err fault;
};

struct pouring {
    const struct pour *pour;
    const char *name; /* of the file, in messages */
    uint64_t size;    /* of the file */
    uint64_t next;    /* where the next piece begins */
    struct piece *pieces;
    size_t count;
    int seen; /* the first that a look found */
    struct err fault;
    struct xxh128 *hash;
};

static void piece_run(struct task *task, size_t worker)
{
    struct piece *piece = (struct piece *)task;
    const struct pouring *all = piece->all;
    const struct pour *pour = all->pour;
    const struct pour_lens *lens = pour->lens;

    piece->was_read = false;
    piece->seen = 0;
    piece->rc = file_read_exact(pour->from, all->name, piece->bytes, piece->length, piece->offset,
                                &piece->err);
    if (piece->rc)
        return;
    piece->was_read = true;
    if (lens)
        piece->seen = lens->look(lens->user, piece->bytes, piece->offset, piece->length, worker,
                                 &piece->fault);
    if (pour->to == FILE_NONE)
        return;
    piece->rc =
        file_write_at(pour->to, all->name, piece->bytes, piece->length, piece->offset, &piece->err);
    if (piece->rc == 0)
        file_flush_soon(pour->to, piece->offset, piece->length);
}

/* Have the piece do the next bytes, if any are left. */
static void piece_start(struct pouring *all, struct piece *piece)
{
    const struct pour_lens *lens = all->pour->lens;
    const uint64_t most = number_smaller(all->size - all->next, PIECE_SIZE);

    if (most == 0)
        return;
    piece->offset = all->next;
    all->next = lens ? lens->end(lens->user, all->next, most) : all->next + most;
    piece->length = (size_t)(all->next - piece->offset);
    task_start(all->pour->pool, &piece->task);
}

/* A piece for each thread and one to wait for it; no more than the file has. */
static void pouring_init(struct pouring *all)
{
    const uint64_t most = number_divide_up(all->size, PIECE_SIZE);

    all->count = 2 * pool_threads(all->pour->pool);
    if (all->count > PIECES_MAX)
        all->count = PIECES_MAX;
    if (all->count > most)
        all->count = (size_t)most;
    all->hash = xxh128_new();
    all->pieces = mem_new(all->count, sizeof *all->pieces);
    for (size_t i = 0; i < all->count; i++) {
        all->pieces[i].all = all;
        all->pieces[i].task.run = piece_run;
        all->pieces[i].bytes = mem_new(PIECE_SIZE, 1);
    }
}

static void pouring_done(struct pouring *all)
{
    for (size_t i = 0; i < all->count; i++)
        free(all->pieces[i].bytes);
    free(all->pieces);
    xxh128_free(all->hash);
}

static void pouring_note(struct pouring *all, const struct piece *piece)
{
    if (all->seen || !piece->seen)
        return;
    all->seen = piece->seen;
    all->fault = piece->fault;
}

/* The first thing that a look found, in a blob that is what its name says. */
static int pouring_tell(const struct pouring *all, struct err *err)
{
    if (all->seen && err)
        *err = all->fault;
    return all->seen;
}

static int pouring_run(struct pouring *all, bool *ret_from_failed, struct err *err)
{
    const struct pour *pour = all->pour;
    uint64_t done = 0;
    int rc = 0;

    for (size_t i = 0; i < all->count; i++)
        piece_start(all, &all->pieces[i]);
    for (size_t i = 0; rc == 0 && done < all->size; i = (i + 1) % all->count) {
        struct piece *piece = &all->pieces[i];
        const size_t length = piece->length;

        task_wait(pour->pool, &piece->task);
        rc = piece->rc;
        if (rc) {
            *ret_from_failed = !piece->was_read;
            if (err)
                *err = piece->err;
            break;
        }
        if (pour->stop && pour->stop(pour->user)) {
            rc = err_set(err, E_TIMED_OUT, "it was not read to its end");
            break;
        }
        xxh128_add(all->hash, piece->bytes, length);
        pouring_note(all, piece);
        if (pour->pace)
            pour->pace(pour->user, length);
        piece_start(all, piece);
        done += length;
        if (pour->progress)
            pour->progress(pour->user, length);
    }
    for (size_t i = 0; i < all->count; i++)
        task_wait(pour->pool, &all->pieces[i].task);
    return rc;
}

int pour_blob(const struct pour *pour, const struct blob_name *name, bool *ret_from_failed,
              struct err *err)
{
    struct pouring all = {.pour = pour};
    char text[BLOB_FILE_NAME];
    struct blob_name found;
    struct file_info info;
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
        file_drop_cache(pour->from);
    all.name = text;
    all.size = info.size;
    pouring_init(&all);
    rc = pouring_run(&all, ret_from_failed, err);
    if (rc == 0) {
        xxh128_result(all.hash, found.xxh128);
        if (memcmp(&found, name, sizeof found) != 0)
            rc = err_set(err, E_CORRUPT, "blob '%s' is damaged: its content does not give its name",
                         text);
        else
            rc = pouring_tell(&all, err);
    }
    pouring_done(&all);
    return rc;
}

int blob_verify_fd(int fd, const struct blob_name *name, struct err *err)
{
    struct pour pour = {.pool = pool_new(1), .from = fd, .from_disk = true, .to = FILE_NONE};
    bool ignored;
    int rc;

    rc = pour_blob(&pour, name, &ignored, err);
    pool_free(pour.pool);
    return rc;
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

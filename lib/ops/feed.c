#include "ops/feed.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/number.h"

enum {
    PIECE_BLOCKS =
        256, /* 1 MiB: large enough to be sequential, small enough to stay in the cache */
    PIECE_SIZE = PIECE_BLOCKS * BLOCK_SIZE,
    PIECES_AHEAD = 2, /* for each thread, so that none waits for the owner */
    PIECES_MAX = 64,  /* 64 MiB */
    PIECES_KEPT = 2,  /* one of so many are kept after they were handed over, for a taker that needs
                         them a while longer */
};

/* Some stretches of the disk, in order, being read and hashed. */
struct piece {
    struct task task;
    struct feeding *feeding;
    struct stretch stretches[PIECE_BLOCKS];
    size_t stretch_count;
    size_t blocks; /* of all stretches: theirs lie one behind the other in `bytes` */
    uint8_t *bytes;
    struct block_id ids[PIECE_BLOCKS];
    bool holes[PIECE_BLOCKS]; /* those have no identity */
    bool handed;              /* and not let go */
    int rc;
    struct err err;
};

/* What each thread has one of, made at first use. */
struct hand {
    struct source_cursor *cursor; /* of a source that is no stream */
    struct sha256 *sha;
};

struct feeding {
    struct source *source;
    bool is_stream;
    uint64_t size; /* of the disk; 0 of a stream */
    struct pool *pool;
    const struct feed *feed;
    struct hand *hands;
    struct piece *pieces;
    size_t piece_count;
    size_t ahead;  /* of them may be under way */
    size_t oldest; /* piece under way */
    size_t busy;   /* of them */
    uint64_t next; /* first block that no piece has */
    uint64_t end;  /* of the range of data that `next` is in, in blocks; 0: not in one */
    bool ended;    /* there are no more, or `rc` says why there are none */
    int rc;
    struct err err;
    uint64_t blocks; /* handed over */
};

/* --- in any thread --- */

static void hash_piece(struct piece *piece, struct sha256 *sha)
{
    for (size_t i = 0; i < piece->blocks; i++) {
        const uint8_t *bytes = piece->bytes + i * BLOCK_SIZE;

        piece->holes[i] = block_is_hole(bytes);
        if (!piece->holes[i])
            sha256_of(sha, bytes, BLOCK_SIZE, piece->ids[i].sha256);
    }
}

/* The last block of the disk may be there in part. */
static int read_stretch(struct source_cursor *cursor, uint64_t size, const struct stretch *stretch,
                        uint8_t *bytes, struct err *err)
{
    const uint64_t start = stretch->block * BLOCK_SIZE;
    const size_t padded = stretch->count * BLOCK_SIZE;
    const size_t length = (size_t)number_smaller(padded, size - start);

    memset(bytes + length, 0, padded - length);
    return source_read(cursor, bytes, length, start, err);
}

static struct hand *hand_of(struct feeding *feeding, size_t worker)
{
    struct hand *hand = &feeding->hands[worker];

    if (!hand->cursor && !feeding->is_stream)
        hand->cursor = source_cursor_new(feeding->source);
    if (!hand->sha)
        hand->sha = sha256_new();
    return hand;
}

static void work_piece(struct task *task, size_t worker)
{
    struct piece *piece = (struct piece *)task;
    const struct hand *hand = hand_of(piece->feeding, worker);
    uint8_t *bytes = piece->bytes;

    for (size_t i = 0; hand->cursor && piece->rc == 0 && i < piece->stretch_count; i++) {
        piece->rc = read_stretch(hand->cursor, piece->feeding->size, &piece->stretches[i], bytes,
                                 &piece->err);
        bytes += piece->stretches[i].count * BLOCK_SIZE;
    }
    if (piece->rc == 0)
        hash_piece(piece, hand->sha);
}

/* --- in the owner --- */

/* Move on to the range of data behind `next`. Ranges end at any byte: two may share a block. */
static void next_range(struct feeding *feeding)
{
    struct source_cursor *cursor = hand_of(feeding, 0)->cursor;
    uint64_t start = feeding->size;
    uint64_t end = feeding->size;

    if (feeding->next < block_count(feeding->size))
        feeding->rc =
            source_next_data(cursor, feeding->next * BLOCK_SIZE, &start, &end, &feeding->err);
    feeding->ended = feeding->rc || start >= feeding->size;
    if (feeding->next < start / BLOCK_SIZE)
        feeding->next = start / BLOCK_SIZE;
    feeding->end = block_count(end);
}

/* What comes next of the disk, as much as fits: stretches end at every MiB of it, so that pieces of
 * a disk without holes are whole MiB of whatever the format keeps it in. */
static void plan_piece(struct feeding *feeding, struct piece *piece)
{
    while (!feeding->ended) {
        const uint64_t border = feeding->next + PIECE_BLOCKS - feeding->next % PIECE_BLOCKS;
        const uint64_t end = number_smaller(border, feeding->end);

        if (feeding->next >= feeding->end) {
            next_range(feeding);
            continue;
        }
        if (end - feeding->next > PIECE_BLOCKS - piece->blocks)
            return;
        piece->stretches[piece->stretch_count++] =
            (struct stretch){.block = feeding->next, .count = (size_t)(end - feeding->next)};
        piece->blocks += (size_t)(end - feeding->next);
        feeding->next = end;
    }
}

static void pull_piece(struct feeding *feeding, struct piece *piece)
{
    size_t got = 0;

    feeding->next += source_pass_hole(feeding->source, PIECE_SIZE) / BLOCK_SIZE;
    feeding->rc = source_pull(feeding->source, piece->bytes, PIECE_SIZE, &got, &feeding->err);
    feeding->ended = feeding->rc || got < PIECE_SIZE;
    piece->blocks = feeding->rc ? 0 : (size_t)block_count(got);
    memset(piece->bytes + got, 0, piece->blocks * BLOCK_SIZE - got);
    piece->stretches[0] = (struct stretch){.block = feeding->next, .count = piece->blocks};
    piece->stretch_count = 1;
    feeding->next += piece->blocks;
}

static void let_go(const struct feeding *feeding, struct piece *piece)
{
    if (piece->handed && feeding->feed->let_go)
        feeding->feed->let_go(feeding->feed->user, piece->bytes, PIECE_SIZE);
    piece->handed = false;
}

static void start_piece(struct feeding *feeding)
{
    struct piece *piece =
        &feeding->pieces[(feeding->oldest + feeding->busy) % feeding->piece_count];

    let_go(feeding, piece);
    piece->stretch_count = 0;
    piece->blocks = 0;
    piece->rc = 0;
    if (feeding->is_stream)
        pull_piece(feeding, piece);
    else
        plan_piece(feeding, piece);
    if (piece->blocks == 0)
        return;
    task_start(feeding->pool, &piece->task);
    feeding->busy++;
}

static int hand_over(struct feeding *feeding, struct piece *piece, struct err *err)
{
    const struct feed *feed = feeding->feed;
    size_t at = 0;
    int rc = 0;

    piece->handed = true;
    for (size_t i = 0; i < piece->stretch_count; i++) {
        const struct stretch *stretch = &piece->stretches[i];

        for (size_t n = 0; rc == 0 && n < stretch->count; n++, at++) {
            if (piece->holes[at])
                continue;
            feeding->blocks++;
            rc = feed->block(feed->user, stretch->block + n, &piece->ids[at],
                             piece->bytes + at * BLOCK_SIZE, err);
        }
    }
    return rc;
}

static void tell_progress(const struct feeding *feeding, const struct piece *piece)
{
    const struct stretch *last = &piece->stretches[piece->stretch_count - 1];
    const uint64_t end = (last->block + last->count) * BLOCK_SIZE;

    if (feeding->feed->progress)
        feeding->feed->progress(feeding->feed->user,
                                feeding->is_stream ? end : number_smaller(end, feeding->size));
}

static int finish_piece(struct feeding *feeding, struct err *err)
{
    struct piece *piece = &feeding->pieces[feeding->oldest];
    int rc;

    task_wait(feeding->pool, &piece->task);
    feeding->oldest = (feeding->oldest + 1) % feeding->piece_count;
    feeding->busy--;
    if (piece->rc && err)
        *err = piece->err;
    rc = piece->rc ? piece->rc : hand_over(feeding, piece, err);
    if (rc == 0)
        tell_progress(feeding, piece);
    return rc;
}

static void feeding_init(struct feeding *feeding)
{
    const size_t threads = pool_threads(feeding->pool);

    feeding->hands = mem_new(threads, sizeof *feeding->hands);
    feeding->ahead = (size_t)number_smaller(PIECES_AHEAD * threads + 1, PIECES_MAX);
    feeding->piece_count = feeding->ahead + feeding->ahead / PIECES_KEPT;
    feeding->pieces = mem_new(feeding->piece_count, sizeof *feeding->pieces);
    for (size_t i = 0; i < feeding->piece_count; i++) {
        struct piece *piece = &feeding->pieces[i];

        piece->task.run = work_piece;
        piece->feeding = feeding;
        piece->bytes = mem_new(PIECE_BLOCKS, BLOCK_SIZE);
    }
}

static void feeding_done(struct feeding *feeding)
{
    for (size_t i = 0; i < feeding->piece_count; i++) {
        task_wait(feeding->pool, &feeding->pieces[i].task);
        let_go(feeding, &feeding->pieces[i]);
        free(feeding->pieces[i].bytes);
    }
    for (size_t i = 0; i < pool_threads(feeding->pool); i++) {
        source_cursor_free(feeding->hands[i].cursor);
        sha256_free(feeding->hands[i].sha);
    }
    free(feeding->pieces);
    free(feeding->hands);
}

int feed_source(struct source *source, struct pool *pool, const struct feed *feed,
                uint64_t *ret_blocks, struct err *err)
{
    struct feeding feeding = {
        .source = source,
        .is_stream = source_is_stream(source),
        .size = source_size(source),
        .pool = pool,
        .feed = feed,
    };
    int rc = 0;

    feeding_init(&feeding);
    while (rc == 0) {
        while (!feeding.ended && feeding.busy < feeding.ahead)
            start_piece(&feeding);
        if (feeding.busy == 0)
            break;
        rc = finish_piece(&feeding, err);
    }
    if (rc == 0 && feeding.rc && err)
        *err = feeding.err;
    if (rc == 0)
        rc = feeding.rc;
    if (rc == 0)
        rc = source_check_unchanged(source, err);
    feeding_done(&feeding);
    *ret_blocks = feeding.blocks;
    return rc;
}

/* A compressed file as a flow. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "codec/unpack.h"
#include "intake/layers.h"
#include "intake/unarchiver.h"

enum { PIECE = 1 << 18 };

struct unpacked {
    struct flow *below;
    enum wrapping wrapping;
    struct limits limits;
    uint64_t made; /* bytes that our own unpacker made */
    /* One of both unpacks. */
    struct unarchiver *unarchiver;
    struct unpacker *unpacker;
    uint8_t *piece;
    struct unpack_step step;
    bool ended;
};

/* 0 for what only libarchive unpacks. */
static enum unpack_format format_of(enum wrapping wrapping)
{
    switch (wrapping) {
    case WRAPPING_GZIP:
        return UNPACK_GZIP;
    case WRAPPING_XZ:
        return UNPACK_XZ;
    case WRAPPING_ZSTD:
        return UNPACK_ZSTD;
    case WRAPPING_NONE:
    case WRAPPING_BZIP2:
    case WRAPPING_LZ4:
    case WRAPPING_TAR:
    case WRAPPING_ZIP:
        break;
    }
    return 0;
}

static int begin(struct unpacked *self, struct err *err)
{
    const enum unpack_format format = format_of(self->wrapping);
    struct member member;
    bool any = true;
    int rc;

    self->made = 0;
    self->ended = false;
    self->step = (struct unpack_step){0};
    if (format) {
        self->unpacker = unpacker_new(format, self->limits.memory, self->limits.threads);
        return 0;
    }
    rc = unarchiver_open(self->below, self->wrapping, &self->limits, &self->unarchiver, err);
    if (rc == 0)
        rc = unarchiver_next(self->unarchiver, &member, &any, err);
    self->ended = !any;
    return rc;
}

static void end(struct unpacked *self)
{
    unarchiver_close(self->unarchiver);
    unpacker_free(self->unpacker);
    self->unarchiver = NULL;
    self->unpacker = NULL;
}

static int fill(struct unpacked *self, struct err *err)
{
    size_t got = 0;
    int rc;

    if (!self->piece)
        self->piece = mem_new(PIECE, 1);
    rc = flow_read(self->below, self->piece, PIECE, &got, err);
    self->step.in = self->piece;
    self->step.in_left = got;
    self->step.in_ends = got < PIECE;
    return rc;
}

static int run(struct unpacked *self, struct err *err)
{
    struct err why = {0};
    const int rc = unpacker_run(self->unpacker, &self->step, &self->ended, &why);

    if (rc == E_INVALID)
        return flow_damaged(self->below, why.text, err);
    if (rc < 0) {
        err_set(err, rc, "cannot unpack '%s': %s", flow_name(self->below), why.text);
        return why.hint[0] ? err_hint(err, "%s", why.hint) : rc;
    }
    return 0;
}

static int read_own(struct unpacked *self, void *bytes, size_t capacity, size_t *ret_got,
                    struct err *err)
{
    int rc = 0;

    self->step.out = bytes;
    self->step.out_left = capacity;
    while (rc == 0 && !self->ended && self->step.out_left == capacity) {
        if (self->step.in_left == 0 && !self->step.in_ends)
            rc = fill(self, err);
        if (rc == 0)
            rc = run(self, err);
    }
    *ret_got = capacity - self->step.out_left;
    return rc;
}

static int unpacked_read(void *state, void *bytes, size_t capacity, size_t *ret_got,
                         struct err *err)
{
    struct unpacked *self = state;
    int rc;

    *ret_got = 0;
    if (self->ended)
        return 0;
    if (self->unarchiver)
        return unarchiver_read(self->unarchiver, bytes, capacity, ret_got, err);
    rc = read_own(self, bytes, capacity, ret_got, err);
    self->made += *ret_got;
    return rc < 0 ? rc : limits_check(&self->limits, self->made, self->below, err);
}

static int unpacked_rewind(void *state, struct err *err)
{
    struct unpacked *self = state;
    const int rc = flow_rewind(self->below, err);

    end(self);
    return rc < 0 ? rc : begin(self, err);
}

static int unpacked_finish(void *state, struct err *err)
{
    struct unpacked *self = state;

    return flow_finish(self->below, err);
}

static void unpacked_close(void *state)
{
    struct unpacked *self = state;

    end(self);
    flow_close(self->below);
    free(self->piece);
    free(self);
}

static const struct flow_kind unpacked_kind = {
    .read = unpacked_read,
    .rewind = unpacked_rewind,
    .finish = unpacked_finish,
    .close = unpacked_close,
};

/* Of what comes out of a pipe. */
static const struct flow_kind unpacked_once_kind = {
    .read = unpacked_read,
    .finish = unpacked_finish,
    .close = unpacked_close,
};

int unpacked_flow(struct flow *below, enum wrapping wrapping, const struct limits *limits,
                  struct flow **ret, struct err *err)
{
    struct unpacked *self = mem_new(1, sizeof *self);
    int rc;

    *self = (struct unpacked){.below = below, .wrapping = wrapping, .limits = *limits};
    rc = begin(self, err);
    if (rc < 0)
        unpacked_close(self);
    else
        *ret = flow_new(flow_can_rewind(below) ? &unpacked_kind : &unpacked_once_kind, self,
                        flow_name(below));
    return rc;
}

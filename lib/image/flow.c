#include "image/flow.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"

enum {
    DRAIN_PIECE = 1 << 16,
    DRAIN_MAX = 64 << 20, /* tar pads to 10 KiB, tapes and uploads to some MiB */
};

struct flow {
    const struct flow_kind *kind;
    void *state;
    char *name;
    uint8_t *held; /* bytes that were peeked at; NULL before the first */
    size_t held_from, held_end;
    uint64_t came;
};

struct flow *flow_new(const struct flow_kind *kind, void *state, const char *name)
{
    struct flow *flow = mem_new(1, sizeof *flow);

    *flow = (struct flow){.kind = kind, .state = state, .name = text_copy(name)};
    return flow;
}

void flow_close(struct flow *flow)
{
    if (!flow)
        return;
    flow->kind->close(flow->state);
    free(flow->held);
    free(flow->name);
    free(flow);
}

const char *flow_name(const struct flow *flow)
{
    return flow->name;
}

/* As many as there are, past those that are held. */
static int read_fully(struct flow *flow, uint8_t *bytes, size_t capacity, size_t *ret_got,
                      struct err *err)
{
    *ret_got = 0;
    while (*ret_got < capacity) {
        size_t got = 0;
        const int rc =
            flow->kind->read(flow->state, bytes + *ret_got, capacity - *ret_got, &got, err);

        if (rc < 0)
            return rc;
        if (got == 0)
            break;
        *ret_got += got;
        flow->came += got;
    }
    return 0;
}

int flow_read(struct flow *flow, void *bytes, size_t capacity, size_t *ret_got, struct err *err)
{
    const size_t held = flow->held_end - flow->held_from;
    const size_t part = held < capacity ? held : capacity;
    int rc;

    if (part > 0)
        memcpy(bytes, flow->held + flow->held_from, part);
    flow->held_from += part;
    rc = read_fully(flow, (uint8_t *)bytes + part, capacity - part, ret_got, err);
    *ret_got += part;
    return rc;
}

int flow_peek(struct flow *flow, size_t length, const uint8_t **ret, size_t *ret_got,
              struct err *err)
{
    const size_t held = flow->held_end - flow->held_from;
    size_t got = 0;
    int rc = 0;

    if (!flow->held)
        flow->held = mem_new(FLOW_PEEK_MAX, 1);
    if (length > held) {
        memmove(flow->held, flow->held + flow->held_from, held);
        flow->held_from = 0;
        rc = read_fully(flow, flow->held + held, length - held, &got, err);
        flow->held_end = held + got;
    }
    *ret = flow->held + flow->held_from;
    *ret_got = length > held ? held + got : length;
    return rc;
}

uint64_t flow_came(const struct flow *flow)
{
    return flow->came;
}

int flow_pass_zeros(struct flow *flow, uint64_t *ret, struct err *err)
{
    *ret = 0;
    if (!flow->kind->pass_zeros || flow->held_from < flow->held_end)
        return 0;
    return flow->kind->pass_zeros(flow->state, ret, err);
}

static void forget(struct flow *flow)
{
    flow->held_from = flow->held_end = 0;
}

bool flow_can_seek(const struct flow *flow)
{
    return flow->kind->seek != NULL;
}

int flow_seek(struct flow *flow, uint64_t offset, struct err *err)
{
    forget(flow);
    return flow->kind->seek(flow->state, offset, err);
}

uint64_t flow_size(const struct flow *flow)
{
    return flow->kind->size(flow->state);
}

bool flow_can_rewind(const struct flow *flow)
{
    return flow->kind->rewind != NULL;
}

int flow_rewind(struct flow *flow, struct err *err)
{
    forget(flow);
    return flow->kind->rewind(flow->state, err);
}

static int drain(struct flow *flow, struct err *err)
{
    uint8_t *bytes = mem_new(DRAIN_PIECE, 1);
    uint64_t total = 0;
    size_t got = DRAIN_PIECE;
    int rc = 0;

    while (rc == 0 && got == DRAIN_PIECE && total <= DRAIN_MAX) {
        rc = flow_read(flow, bytes, DRAIN_PIECE, &got, err);
        total += got;
    }
    free(bytes);
    if (rc == 0 && total > DRAIN_MAX)
        return err_set(err, E_INVALID, "'%s' goes on behind the end of what it holds", flow->name);
    return rc;
}

int flow_finish(struct flow *flow, struct err *err)
{
    /* What can seek is there as a whole. */
    int rc = flow->kind->seek ? 0 : drain(flow, err);

    if (rc == 0 && flow->kind->finish)
        rc = flow->kind->finish(flow->state, err);
    return rc;
}

int flow_damaged(const struct flow *flow, const char *cause, struct err *err)
{
    err_set(err, E_INVALID, "cannot unpack '%s': %s", flow->name, cause);
    return err_hint(
        err, "get it again; if it is a raw disk that only looks so, use --source-format raw");
}

/* flow.h: bytes that come from front to back, in layers: a file or pipe, what is compressed in it,
 * a member of an archive.
 *
 * A layer is one table of functions over a state of its own, which holds the layer below.
 */
#ifndef IMAGE_FLOW_H
#define IMAGE_FLOW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

/* Functions get the state. They may be NULL where it says so. */
struct flow_kind {
    /* The next bytes, at least one; *ret_got 0 only at the end. */
    int (*read)(void *state, void *bytes, size_t capacity, size_t *ret_got, struct err *err);
    /* Go to that byte, which may lie behind the end; and how many there are. NULL: it cannot. */
    int (*seek)(void *state, uint64_t offset, struct err *err);
    uint64_t (*size)(void *state);
    /* Pass over zeros that come next and would have to be made, if they are many; *ret: how many.
     * NULL: there are none. */
    int (*pass_zeros)(void *state, uint64_t *ret, struct err *err);
    /* Start again. NULL: it cannot. */
    int (*rewind)(void *state, struct err *err);
    /* All was read: look at what is still to come in the layers below, for the sake of what was
     * read. NULL: nothing is. */
    int (*finish)(void *state, struct err *err);
    void (*close)(void *state); /* with the layer below */
};

struct flow;

/* Takes `state`. `name`: what to call it in messages, copied. */
struct flow *flow_new(const struct flow_kind *kind, void *state, const char *name);
void flow_close(struct flow *flow); /* NULL is left alone */

/* As given. */
const char *flow_name(const struct flow *flow);

/* The next bytes; *ret_got is less than `capacity` only at the end. */
int flow_read(struct flow *flow, void *bytes, size_t capacity, size_t *ret_got, struct err *err);

enum { FLOW_PEEK_MAX = 1 << 16 };

/* Look at the next bytes, at most FLOW_PEEK_MAX: they will be read again. *ret is borrowed until
 * the next call; *ret_got is less than `length` only at the end. */
int flow_peek(struct flow *flow, size_t length, const uint8_t **ret, size_t *ret_got,
              struct err *err);

/* Bytes that were read so far, also those before a rewind and behind a peek. */
uint64_t flow_came(const struct flow *flow);

/* Pass over zeros that come next, where the flow knows of a hole; *ret is how many, 0 when there
 * are too few to be worth it. */
int flow_pass_zeros(struct flow *flow, uint64_t *ret, struct err *err);

/* What the kind can do. */
bool flow_can_seek(const struct flow *flow);
int flow_seek(struct flow *flow, uint64_t offset, struct err *err);
uint64_t flow_size(const struct flow *flow); /* of one that can seek */
bool flow_can_rewind(const struct flow *flow);
int flow_rewind(struct flow *flow, struct err *err);

/* Nothing more is wanted of it: what lies behind is looked at as far as what was read depends on it
 * (the checksum of a compressed file, a second disk in an archive), and a pipe is read to its end.
 * E_INVALID when that is not right, or when much more comes than archives are padded with. */
int flow_finish(struct flow *flow, struct err *err);

/* E_INVALID, with a hint: what is compressed or packed in it is damaged, and how it shows. */
int flow_damaged(const struct flow *flow, const char *cause, struct err *err);

#endif

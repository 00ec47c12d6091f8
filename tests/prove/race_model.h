/* race_model.h: image versions as a sequential model, and whether a history of what ran at once
 * can be told as one of what ran one after the other (Herlihy and Wing, 1990; searched as by Wing
 * and Gong, 1993, with what was seen before remembered). */
#ifndef PROVE_RACE_MODEL_H
#define PROVE_RACE_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { PROPERTIES = 4, EVENTS_MAX = 64, CONTENT_UNKNOWN = -1 };

/* One image version. All zero: it is not there. */
struct state {
    bool there;
    int8_t content;
    uint16_t property[PROPERTIES]; /* 0: as it is when never given */
};

enum event_kind {
    EVENT_CREATED,  /* it has this content now; the property, if one, is set */
    EVENT_OTHER,    /* creating it met other content */
    EVENT_UPDATED,  /* the property is set */
    EVENT_DELETED,  /* it is not there now */
    EVENT_ABSENT,   /* it was not there */
    EVENT_EXPORTED, /* it had this content */
    EVENT_SHOWN,    /* it was all this */
};

struct event {
    enum event_kind kind;
    bool maybe; /* it was killed, or gave up: done or not */
    int64_t start, end;
    int8_t content;
    int property; /* -1: none */
    uint16_t value;
    struct state seen; /* of EVENT_SHOWN */
};

/* Whether the event may happen in that state, and what is then. */
static bool event_apply(const struct event *event, struct state *state)
{
    switch (event->kind) {
    case EVENT_CREATED:
        if (!state->there)
            *state = (struct state){.there = true, .content = event->content};
        if (event->property >= 0 && state->content == event->content)
            state->property[event->property] = event->value;
        return state->content == event->content;
    case EVENT_OTHER:
        return state->there && state->content != event->content;
    case EVENT_UPDATED:
        state->property[event->property] = event->value;
        return state->there;
    case EVENT_DELETED:
        *state = (struct state){0};
        return true;
    case EVENT_ABSENT:
        return !state->there;
    case EVENT_EXPORTED:
        return state->there && state->content == event->content;
    case EVENT_SHOWN:
        return memcmp(state, &event->seen, sizeof *state) == 0;
    }
    return false;
}

static bool only_looks(const struct event *event)
{
    return event->kind == EVENT_OTHER || event->kind == EVENT_ABSENT ||
           event->kind == EVENT_EXPORTED || event->kind == EVENT_SHOWN;
}

/* --- what was tried before --- */

struct tried {
    uint64_t done;
    struct state state;
};

struct search {
    const struct event *events;
    size_t count;
    struct tried *tried; /* an open hash table */
    size_t tried_count, tried_room;
};

static size_t tried_slot(const struct tried *tried, size_t room, const struct tried *one)
{
    uint64_t hash = one->done;
    size_t slot;

    for (size_t i = 0; i < sizeof one->state; i++)
        hash = (hash ^ ((const unsigned char *)&one->state)[i]) * UINT64_C(0x9e3779b97f4a7c15);
    hash ^= hash >> 29;
    for (slot = hash % room; tried[slot].done; slot = (slot + 1) % room)
        if (tried[slot].done == one->done &&
            !memcmp(&tried[slot].state, &one->state, sizeof one->state))
            break;
    return slot;
}

/* Whether it is new; remembers it. Nothing is ever tried with nothing done before. */
static bool is_new(struct search *search, uint64_t done, const struct state *state)
{
    const struct tried one = {.done = done, .state = *state};
    size_t slot;

    if (search->tried_count * 2 >= search->tried_room) {
        const size_t room = search->tried_room ? search->tried_room * 2 : 1024;
        struct tried *grown = calloc(room, sizeof *grown);

        if (!grown)
            abort();
        for (size_t i = 0; i < search->tried_room; i++)
            if (search->tried[i].done)
                grown[tried_slot(grown, room, &search->tried[i])] = search->tried[i];
        free(search->tried);
        search->tried = grown;
        search->tried_room = room;
    }
    slot = tried_slot(search->tried, search->tried_room, &one);
    if (search->tried[slot].done)
        return false;
    search->tried[slot] = one;
    search->tried_count++;
    return true;
}

/* --- the search --- */

static bool is_done(uint64_t done, size_t i)
{
    return done >> i & 1;
}

/* Whether event `i` may be next: nothing that is still to come ended before it began, and it did
 * not end before something that is told already began. */
static bool may_be_next(const struct search *search, uint64_t done, size_t i)
{
    const struct event *const events = search->events;

    for (size_t j = 0; j < search->count; j++) {
        if (!is_done(done, j) && !events[j].maybe && events[j].end < events[i].start)
            return false;
        if (is_done(done, j) && events[i].end < events[j].start)
            return false;
    }
    return true;
}

/* Whether something that may have been done can only have been done before event `i`. */
static bool has_doubt_before(const struct search *search, uint64_t done, size_t i)
{
    for (size_t j = 0; j < search->count; j++)
        if (!is_done(done, j) && search->events[j].maybe &&
            search->events[j].end < search->events[i].start)
            return true;
    return false;
}

static bool all_told(const struct search *search, uint64_t done)
{
    for (size_t i = 0; i < search->count; i++)
        if (!is_done(done, i) && !search->events[i].maybe)
            return false;
    return true;
}

static bool tell_rest(struct search *search, uint64_t done, const struct state *state)
{
    if (all_told(search, done))
        return true;
    if (done && !is_new(search, done, state))
        return false;
    /* What only looks, and may look now, loses nothing by it. */
    for (size_t i = 0; i < search->count; i++) {
        struct state after = *state;

        if (!is_done(done, i) && only_looks(&search->events[i]) && may_be_next(search, done, i) &&
            !has_doubt_before(search, done, i) && event_apply(&search->events[i], &after))
            return tell_rest(search, done | UINT64_C(1) << i, state);
    }
    for (size_t i = 0; i < search->count; i++) {
        struct state after = *state;

        if (!is_done(done, i) && may_be_next(search, done, i) &&
            event_apply(&search->events[i], &after) &&
            tell_rest(search, done | UINT64_C(1) << i, &after))
            return true;
    }
    return false;
}

/* Whether the events, begun with the version in that state, fit the model in some order in which
 * none comes before one that had ended when it began. */
static bool history_fits(const struct event *events, size_t count, const struct state *state)
{
    struct search search = {.events = events, .count = count};
    bool fits;

    if (count > EVENTS_MAX)
        abort();
    fits = tell_rest(&search, 0, state);
    free(search.tried);
    return fits;
}

#endif

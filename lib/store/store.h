/* store.h: an open store: its directory, its identity, and what the library was given from outside.
 */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/trace.h"
#include "json/shape.h"
#include "model/limits.h"
#include "model/region.h"

enum {
    STORE_FORMAT = 1,  /* of store.json and of every manifest this release writes */
    STORE_ID_SIZE = 37 /* a UUID and its NUL */
};

/* store.json. */
struct store_info {
    /* A program that does not know one of them must not change the store. */
    struct texts required_features;
    char *store_id;  /* a UUID: the "subscription" */
    char *tenant_id; /* a UUID */
    char *default_location;
    struct opt_time created_date;
    struct limits limits; /* that are not the default */
};

/* What a store takes from outside; see struct context in gallery.h, which it mirrors. Only `trace`
 * may be NULL here. */
struct store_outside {
    void *user;
    int64_t (*now)(void *user);
    uint64_t (*ticks)(void *user);
    void (*random)(void *user, void *bytes, size_t length);
    void (*notice)(void *user, const char *text);
    void (*trace)(void *user, enum trace_level level, const char *text);
    int lock_wait_ms;
};

struct store {
    char *path; /* as named, for messages */
    int root;   /* FILE_NONE: a store that does not exist, read as an empty one */
    struct store_info info;
    struct region_book regions; /* as it was when the store was opened: store/region.h */
    struct store_outside outside;
    const struct context *context; /* for the operations above, as the next one */
    struct pool *pool;             /* NULL until it is needed */
    struct activity *activity;     /* what is being done with it: store/activity.h */
};

enum store_mode { STORE_READ, STORE_CHANGE, STORE_CREATE };

/* Fill `store` (all-zero but for `outside`). STORE_READ of a directory that does not exist or is
 * empty gives root FILE_NONE; STORE_CHANGE of it is E_NOT_FOUND; STORE_CREATE makes it (E_INVALID
 * for a directory with other things in it; E_UNSUPPORTED for a file system that cannot do what
 * ground.h tries, which is left as it was). E_UNSUPPORTED for a newer format, and for changing with
 * a required feature that this release does not know. store_close also after an error. */
int store_open(struct store *store, const char *path, enum store_mode mode, struct err *err);
void store_close(struct store *store);

/* Its limits as they are now, which may have changed since it was opened. */
int store_limits(const struct store *store, struct limits *ret, struct err *err);

/* Lay `given` over the limits of the store, durably, under its lock; whoever has it open sees that
 * when he opens it again. */
int store_set_limits(struct store *store, const struct limits *given, struct err *err);

/* From now on a program that does not know the feature refuses to change the store, durably. Takes
 * the store's lock. */
int store_require(struct store *store, const char *feature, struct err *err);

/* Take a lock of the store, for oneself alone, waiting as the outside says. Release with
 * file_close. */
int store_take_lock(const struct store *store, const char *path, int *ret_fd, struct err *err);

/* Whatever serves the whole store is for everybody who may write in it, whatever the umask of who
 * makes it: give the file or directory below it the group's rights of the store's directory. Best
 * effort. */
void store_fit(const struct store *store, const char *path);

/* That over the list of galleries. */
int store_lock(const struct store *store, int *ret_fd, struct err *err);

/* Seconds since the epoch, as the outside says. */
int64_t store_now(const struct store *store);

/* Nanoseconds, for intervals, as the outside says. */
uint64_t store_ticks(const struct store *store);

/* A random UUID (RFC 9562, version 4), to be released with free. */
char *store_new_uuid(const struct store *store);

/* One line to the user, in err.h's grammar. */
void store_notice(const struct store *store, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* The same for who wants to follow what is done. */
void store_trace(const struct store *store, enum trace_level level, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif

/* coverage.h: what the coverage of a store is found out with: the versions say what they want
 * where, then each replica directory is looked at once. */
#ifndef OPS_COVERAGE_H
#define OPS_COVERAGE_H

#include "ops/room.h"
#include "replica/census.h"

/* What one version wants in one region, beside what `coverage` shows of it. */
struct cover_cell {
    size_t version, region;  /* their numbers in the coverage */
    bool lost[REPLICAS_MAX]; /* replicas of which a directory is not intact */
    bool home;               /* it is the version's home region */
    bool unavailable;        /* one could not be looked at */
    bool unread;             /* a blob was never read back */
    bool dated;              /* some blob was looked at: the next one says something */
    int64_t verified;        /* the oldest date of a blob */
    uint64_t bytes, exclusive_bytes;
};

/* A disk that a version wants in a replica directory. */
struct cover_want {
    struct disk_digest digest;
    size_t cell;         /* its number; wants of one cell stand together */
    uint64_t data_bytes; /* that are no zeros */
};

struct cover_place {
    struct replica_place place; /* its region is the next one */
    char *region, *label;
    struct cover_want *items;
    size_t count;
};

/* A repair that is queued: what somebody has met damaged, whatever it looks like from outside. */
struct cover_repair {
    char *replica; /* label */
    char *file;    /* in it */
};

struct covering {
    const struct store *store;
    struct coverage *coverage;
    const struct texts *regions; /* canonical: only those; none: all */
    bool whole;                  /* all versions of the store are looked at */
    bool several;                /* references, which may cover the same version */
    struct {
        struct cover_cell *items;
        size_t count;
    } cells;
    struct {
        struct cover_place *items;
        size_t count;
    } places;
    struct {
        struct cover_repair *items;
        size_t count;
    } repairs;
    char *gallery, *definition; /* names of those that are walked in, as they are spelled */
    char *resource_group;
    struct ops_unread unread; /* references may lead there several times */
};

/* What the coverage shows of a cell. */
struct coverage_region *cover_region(const struct covering *covering,
                                     const struct cover_cell *cell);

/* Look at one replica directory, and write down for each cell that wants something there what it
 * has of it. What cannot be read is written down too. */
void cover_look(struct covering *covering, struct cover_place *place);

#endif

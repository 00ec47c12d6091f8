/* audit.h: what the files of an audit share. */
#ifndef OPS_AUDIT_H
#define OPS_AUDIT_H

#include "gallery.h"
#include "ops/marks.h"
#include "blob/blob.h"
#include "ops/room.h"
#include "store/scratch.h"

/* A disk that a replica has not, or has not whole. */
struct loss {
    struct disk_digest digest;
    const struct marked_replica *marked;
    size_t finding; /* that tells it: its number; or LOSS_UNTOLD */
    bool missing;   /* a file is, else it is damaged */
    bool done;      /* and was reported done */
};

#define LOSS_UNTOLD SIZE_MAX

/* A replica directory that is being looked at. */
struct looking;

/* A blob that is to be read, as far as the limits go. */
struct planned_read {
    struct looking *looking;
    struct blob_name name;
    uint64_t size;
    int64_t verified; /* when it was last read back */
    int64_t since;    /* seconds since then; the most there are when that lies ahead: clocks go
                         backwards, and what is said to be read some day was not read */
    size_t order;     /* in which it was found */
};

struct auditing {
    struct store *store;
    const struct audit_request *request;
    bool limited;      /* reads are planned first */
    uint64_t deadline; /* ticks; 0: none */
    struct {
        struct planned_read *items;
        size_t count;
    } agenda;
    struct {
        struct looking **items; /* of which reads are planned */
        size_t count;
    } lookings;
    struct marks marks;
    struct {
        struct loss *items;
        size_t count;
    } losses;
    bool whole; /* the store, not a part of it */
    struct audit *audit;
    uint64_t bytes_read, bytes_unused;
    size_t replicas, disks, blobs;
};

/* Look at one replica directory: the disks that `marked` (NULL: none) says are there, the blobs
 * that they rely on, or when the whole store is looked at all of its files. What is wrong goes to
 * the findings. */
void audit_replica(struct auditing *auditing, const struct replica_place *place,
                   const struct marked_replica *marked);

/* Read a blob back; what is wrong goes to the findings. E_TIMED_OUT: it was not read to its end. */
int audit_read_blob(struct looking *looking, const struct blob_name *name);
void audit_close(struct looking *looking);

/* Read what is planned, as far as the limits go. */
void audit_read_planned(struct auditing *auditing);
/* Whether the time is over. */
bool audit_is_late(const struct auditing *auditing);

/* What the finding of an error counts as: what the kernel denies may be sound all the same, what we
 * do not follow, such as a link, is not. */
int audit_code(const struct err *why);

/* Something at `path`, of the disk of a mark in that replica, is wrong (E_NOT_FOUND: missing), and
 * so of every version that still has it. */
void audit_loss(struct auditing *auditing, const struct marked_replica *marked,
                const struct mark *first, const char *path, const struct err *why);
/* The disk is whole there, but its raw file, at `path`, is not (E_NOT_FOUND: missing): that is made
 * of the blobs beside it. */
void audit_not_ready(struct auditing *auditing, const struct marked_replica *marked,
                     const struct mark *first, const char *path, const struct err *why);
/* The disk is whole there, but lies in a blob that is damaged elsewhere: as blobs are copied whole
 * it cannot be had from there. */
void audit_not_copied(struct auditing *auditing, const struct marked_replica *marked,
                      const struct mark *mark);
/* All replicas were looked at: say what to do about each loss. */
void audit_advise(struct auditing *auditing);

/* Regions that are damaged, unreachable or unknown, as far as no replica says so. */
void audit_regions(struct auditing *auditing);

/* Accepted work on what is below `ref`: what cannot be read of it, and what nobody is at. */
void audit_work(struct auditing *auditing, const struct reference *ref);

/* What does not belong in that part of the store: see scratch_find; with the directory `dir`, which
 * may be FILE_NONE, scratch_find_in. */
void audit_stray(struct auditing *auditing, const char *path, const char *name, bool scratch);
void audit_strays(struct auditing *auditing, enum scratch_part part, int dir, const char *path);

/* Who can get at the store, and at what its regions have elsewhere, beside this program: findings
 * about modes, owners, groups and links. */
int audit_security(const struct store *store, struct audit *audit, struct err *err);

#endif

/* repair.h: what the files of a repair share, and the queue of repairs, as other operations see it.
 */
#ifndef OPS_REPAIR_H
#define OPS_REPAIR_H

#include <stdbool.h>

#include "image/source.h"
#include "ops/marks.h"
#include "ops/room.h"
#include "replica/mend.h"
#include "replica/read.h"

/* --- the queue --- */

/* Have damage that a reader has met repaired. Whether it is queued now; false where the caller may
 * not write. */
bool ops_queue_repair(const struct store *store, const struct reader_damage *damage);

/* Take up what is queued, if anything is: each blob and disk that the records name is read back and
 * repaired from whatever copies there are, and the records go. What was repaired, and what could
 * not be, is told in notices; E_CORRUPT for the latter, once all others are done. */
int ops_repair_queued(struct store *store, struct err *err);

/* --- a repair at work --- */

/* A record, and where it lies. */
struct queued_repair {
    char *path;
    struct repair_note note;
};

struct repairing {
    struct store *store;
    const struct repair_request *request;
    bool plan;
    bool whole;               /* the store, not a part of it */
    bool queued;              /* only what the records name is looked at */
    struct marks marks;       /* of the whole store */
    struct marks wanted;      /* of what is looked at */
    struct replica *replicas; /* every one that opens, for reading: where copies may be */
    size_t replica_count;
    struct {
        struct queued_repair *items;
        size_t count;
    } queue;
    struct source *source; /* that was given, and the disk that it is to be; NULL: none */
    struct source_cursor *cursor;
    struct disk_digest source_digest;
    struct repair *repair;
    uint64_t replicas_seen, disks_seen, blobs_seen, bytes_read, bytes_written;
};

/* Look at one replica directory, and repair it. What cannot be goes to the troubles and losses. */
void repair_replica(struct repairing *repairing, const struct marked_replica *marked);

/* --- what it says (repair_result.c) --- */

/* Something was repaired: `path` in the store. `mended` NULL: it was made anew from what is known.
 */
void repair_tell_act(struct repairing *repairing, const char *path, const char *replica,
                     const struct mend_result *mended);
/* A disk of a replica has lost blocks: said of every version that has it. */
void repair_tell_loss(struct repairing *repairing, const struct marked_replica *marked,
                      const struct disk_digest *digest, const struct mend_result *mended);
/* Something else is wrong with `path`. Its hint, or else `hint`, which may be NULL. */
void repair_tell_trouble(struct repairing *repairing, const char *path, const struct err *why,
                         const char *hint);
/* All was looked at. */
void repair_settle(struct repairing *repairing);

#endif

/* layout.h: where things lie in a store. Every path is relative to the store's directory, built
 * from checked names only.
 *
 *   store.json  lock
 *   locks.json                 what may not be deleted or changed: see model/scope_lock.h
 *   roles.json                 who may do what: see model/role.h; where it is not, all may
 *   prices.json                what plans count with: see model/price.h; the user's, if any
 *   galleries/<gallery>/gallery.json  lock
 *   galleries/<gallery>/images/<definition>/definition.json
 *   galleries/<gallery>/images/<definition>/versions/<M.m.p>/version.json
 *                                                           /replication/<region>.json
 *   regions/<region>/region.json
 *                              of a region that was configured: see region.h
 *   regions/<region>/<storage type>/<k>[/zone-<z>]/replica.json  …
 *                              a replica directory: see replica/replica.h
 *   replicas/<region>.<storage type>.<k>[.zone-<z>].json
 *                              that it was claimed: see replica_dir.h
 *   work/<gallery>+<definition>+<M.m.p>.json
 *                              that work was accepted and is not finished: see work.h
 *   trash/<gallery>+<definition>+<M.m.p>/version.json  replication/  deletion.json
 *                              a version that was soft-deleted, as it was: see trash.h
 *   repairs/<replica>.<file>.json
 *                              that a blob or disk map was met damaged: see repairs.h
 *   activity/<yyyy>-<mm>.jsonl lock open/<id>.json
 *                              the activity log, and entries that are not in it yet: activity.h
 *
 * Names are compared without case: directories are lower case, manifests keep the spelling. Names
 * that start with '.' in galleries/, images/ and versions/ are scratch of whoever holds the lock
 * above them.
 */
#ifndef STORE_LAYOUT_H
#define STORE_LAYOUT_H

#include <stdbool.h>

#include "base/buf.h"
#include "model/reference.h"
#include "store/place.h"

#define LAYOUT_STORE       "store.json"
#define LAYOUT_LOCK        "lock"
#define LAYOUT_LOCKS       "locks.json"
#define LAYOUT_ROLES       "roles.json"
#define LAYOUT_PRICES      "prices.json"
#define LAYOUT_GALLERIES   "galleries"
#define LAYOUT_REGIONS     "regions"
#define LAYOUT_REPLICAS    "replicas"
#define LAYOUT_WORK        "work"
#define LAYOUT_REPAIRS     "repairs"
#define LAYOUT_ACTIVITY    "activity"
#define LAYOUT_OPEN        LAYOUT_ACTIVITY "/open"
#define LAYOUT_LOG_ENDING  ".jsonl"
#define LAYOUT_TRASH       "trash"
#define LAYOUT_REPLICATION "replication"
#define LAYOUT_REPLICA     "replica.json"
#define LAYOUT_REGION      "region.json"
#define LAYOUT_DELETION    "deletion.json"
#define LAYOUT_ZONE        "zone-" /* and its number */
#define LAYOUT_NEW         ".new"  /* scratch: a resource being made */
#define LAYOUT_OLD         ".old"  /* scratch: a resource being removed */

/* Append the directory of the resource at that depth: "galleries/prod/images/ubuntu"; of a version
 * that was soft-deleted "trash/prod+ubuntu+1.0.0". */
void layout_add_resource(struct buf *out, const struct reference *ref, enum reference_depth depth);

/* The same where it was made, which its manifests keep in their checksums. */
void layout_add_origin(struct buf *out, const struct reference *ref, enum reference_depth depth);

/* Append the directory that holds the resources of that depth: "galleries/prod/images" for a
 * definition. */
void layout_add_collection(struct buf *out, const struct reference *ref,
                           enum reference_depth depth);

/* "gallery.json", "definition.json", "version.json". */
const char *layout_manifest(enum reference_depth depth);

/* The sub-directory for resources one deeper, "images" or "versions"; for a version "replication".
 */
const char *layout_inside(enum reference_depth depth);

/* Append "regions/westus2/standard_lrs/1", "regions/westus2/standard_zrs/1/zone-2". */
void layout_add_replica(struct buf *out, const struct replica_place *place);

/* Append "replicas/westus2.standard_lrs.1.json", "replicas/westus2.standard_zrs.1.zone-2.json": the
 * record that the replica directory was claimed. */
void layout_add_claim(struct buf *out, const struct replica_place *place);

/* Append "work/prod+ubuntu+1.0.0.json": the record of work on that version. No name has a '+'. */
void layout_add_work(struct buf *out, const struct reference *ref);

/* Append "prod+ubuntu+1.0.0": what a version is called outside of its gallery. */
void layout_add_version(struct buf *out, const struct reference *ref);

/* Read such a name with `ending` behind it: false when it is none. `ret` all-zero; to be released
 * with shape_done also then. */
bool layout_parse_version(const char *name, const char *ending, struct reference *ret);

#endif

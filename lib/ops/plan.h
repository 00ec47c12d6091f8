/* plan.h: what the plans of several verbs share. A plan reads what its verb would read, takes no
 * lock and writes nothing. */
#ifndef OPS_PLAN_H
#define OPS_PLAN_H

#include "blob/block.h"
#include "ops/room.h"

/* A file system that something is to be written to. */
struct ground {
    uint64_t device;
    uint64_t left, wanted;
};

/* A region and type on such a file system. */
struct ground_use {
    size_t region; /* of the plan */
    size_t ground;
};

/* Disks that one replica directory is to get from another one. */
struct planned_copy {
    struct replica_place to, from; /* their regions are `regions` */
    char *regions[2];
    bool first; /* the way there is paid for: the first replica of a further region */
    struct {
        struct disk_digest *items;
        size_t count;
    } digests;
};

/* A disk that one is to keep ready. */
struct planned_raw {
    struct replica_place place; /* its region is the plan's */
    struct disk_digest digest;
};

struct planning {
    struct store *store;
    struct plan *plan;
    enum plan_operation operation; /* stands in the plan when that is whole */
    const char *prices_file;       /* NULL: the store's, or what is built in */
    struct {
        struct ground *items;
        size_t count;
    } grounds;
    struct {
        struct ground_use *items;
        size_t count;
    } uses;
    struct {
        struct planned_copy *items;
        size_t count;
    } copies;
    struct {
        struct replica_place *items; /* their regions are the plan's, their zones 0 */
        size_t count;
    } touched; /* replicas in which something happens */
    struct {
        struct planned_raw *items;
        size_t count;
    } raws;
    char *told; /* the last notice */
};

void planning_done(struct planning *planning);

/* So many bytes are to be written there, or to be freed. */
int planning_copy(struct planning *planning, const struct replica_place *place, uint64_t bytes,
                  struct err *err);
void planning_free(struct planning *planning, const struct replica_place *place, uint64_t bytes);

/* What goes there when nothing of `ref` has copies there any more; what cannot be looked at is not
 * counted. */
void planning_lose(struct planning *planning, const struct reference *ref,
                   const struct replica_place *place);

/* Add "prod/ubuntu/1.0.0" to those that the plan is about. */
void planning_add_reference(struct plan *plan, const struct reference *ref);

/* What is to be copied there cannot be told, nor whether it fits; why is said in a notice. */
void planning_pass_over(struct planning *planning, const struct replica_place *place,
                        const struct err *why);
/* The same of what would be freed there. */
void planning_keep(struct planning *planning, const struct replica_place *place,
                   const struct err *why);

/* A notice, unless the last one said the same: places of one region mostly fail alike. */
void planning_tell(struct planning *planning, const struct err *why);

/* The way of the first replica of a further region. */
void planning_egress(struct planning *planning, const struct replica_place *place, uint64_t bytes);

/* The occupied size of the version, for each replica of the target beyond `had` of them. */
void planning_occupied(struct planning *planning, const struct target_region *target, unsigned had,
                       const struct version *version);

/* What the version's target replicas have not, in these regions (canonical; NULL or none: all), is
 * to be copied there. It is counted by planning_end, together with what others lack. What cannot be
 * used, or has no intact source, is said in a notice. */
int planning_version(struct planning *planning, const struct version *version,
                     const struct texts *regions, struct err *err);

/* The raw files of the version that the replica directory is to have, where its type asks for them,
 * and has not. `replica` is it, or REPLICA_NONE. */
int planning_raws(struct planning *planning, const struct replica_place *place,
                  const struct replica *replica, const struct version *version, struct err *err);

/* What the replica directory has not of these disks that `from` has, as they are copied: bytes of
 * files. `to` NULL: it has nothing. */
int planning_copied_bytes(const struct replica *from, const struct replica *to,
                          const struct disk_digest *digests, size_t count, uint64_t *ret,
                          struct err *err);

/* Bytes that a sweep of the replica directory would free, as if the version were not there (NULL:
 * as it is). What keeps it from being swept is an error. */
int planning_unused(struct store *store, const struct replica_place *place,
                    const struct reference *without, uint64_t *ret, struct err *err);

/* Open a replica directory to read; `ret` is REPLICA_NONE when it was never made: E_NOT_FOUND. */
int planning_open(const struct store *store, const struct replica_place *place, struct replica *ret,
                  struct err *err);

/* Of a request to gal_version_update; to be finished with planning_end. */
int planning_update(struct planning *planning, const struct version_request *request,
                    struct err *err);

/* What planning_version has found: planning_end does it. */
int planning_count_copies(struct planning *planning, struct err *err);

/* Sum up and price. E_NO_SPACE when there is no room: the plan is whole all the same. */
int planning_end(struct planning *planning, struct err *err);

#endif

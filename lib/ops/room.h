/* room.h: what the operations share. */
#ifndef OPS_ROOM_H
#define OPS_ROOM_H

#include "gallery.h"
#include "model/role.h"
#include "model/semver.h"
#include "ops/failures.h"
#include "os/caller.h"
#include "replica/replica.h"
#include "store/activity.h"
#include "store/replica_dir.h"
#include "store/store.h"

/* --- leave --- */

/* E_DENIED unless the caller may do that to what `ref` names (NULL, or nothing in it: the store;
 * what stands for a version: its definition). It needs not be there. Root and the owner of the
 * store's directory may do everything; others what their roles allow; where no role was ever
 * assigned, what the file system allows, but for assigning one. E_INVALID for names that may not
 * be. */
int ops_authorise(const struct store *store, enum action action, const struct reference *ref,
                  struct err *err);

/* The same before a list of what is in `ref`, which leaves out what may not be seen: E_DENIED when
 * there can be nothing in it that may be, whether it is there or not. */
int ops_authorise_list(const struct store *store, enum action action, const struct reference *ref,
                       struct err *err);

/* The same, asked many times: for lists. */
struct ops_gate {
    bool open; /* to everything but assignments */
    bool owner;
    bool told; /* who the caller is */
    struct role_book book;
    struct caller caller;
};
/* ops_gate_close also after an error. */
int ops_gate_open(const struct store *store, struct ops_gate *ret, struct err *err);
void ops_gate_close(struct ops_gate *gate);
bool ops_gate_lets(const struct ops_gate *gate, enum action action, const struct reference *ref);
/* The same of a scope: model/scope.h. */
bool ops_gate_lets_scope(const struct ops_gate *gate, enum action action, const char *scope);

/* The roles of the store, as stored; a store that has none, or that does not exist: E_NOT_FOUND. */
int ops_read_roles(const struct store *store, struct role_book *ret, struct json **ret_stored,
                   struct err *err);

/* The ARM id of what is said about a scope: of a lock, of a role; without the resource group where
 * that cannot be read. To be released with free. */
char *ops_scope_id(const struct store *store, const char *scope, const char *type,
                   const char *name);

/* --- references --- */

/* What may stand for a version: its number in any case. */
enum naming {
    NAMING_CHANGE, /* nothing else */
    NAMING_READ,   /* a range, "latest" */
    NAMING_CREATE, /* "next" */
};

/* Check that `ref` goes to `depth`, has allowed names and means this store. */
int ops_check(const struct store *store, const struct reference *ref, enum reference_depth depth,
              enum naming naming, struct err *err);

/* The same of what may be named through a share, too. */
int ops_check_any(const struct store *store, const struct reference *ref,
                  enum reference_depth depth, enum naming naming, struct err *err);

/* What most operations begin with: that check, to the depth of an action on galleries, image
 * definitions or image versions, and that the caller may do it. */
int ops_enter(const struct store *store, enum action action, const struct reference *ref,
              enum naming naming, struct err *err);

/* E_NOT_FOUND unless it is the store's id or name: what ops_check says of a reference's. */
int ops_check_subscription(const struct store *store, const char *subscription, struct err *err);

/* Read the text of a scope over `ref`: a reference, an ARM id; "/" or the store's id is the store.
 * E_USAGE when both name something. */
int ops_add_scope(const struct store *store, const char *text, struct reference *ref,
                  struct err *err);

/* Put "cannot VERB NOUN 'prod/ubuntu'" in front of the error. Returns its code. */
int ops_cannot(struct err *err, const char *verb, const struct reference *ref,
               enum reference_depth depth);

/* The member of a reference that a resource of that depth is named by. */
char **ops_name_slot(struct reference *ref, enum reference_depth depth);

/* A copy of `ref` to be released with shape_done(&reference_shape, …). */
struct reference ops_reference(const struct reference *ref);

/* --- the activity log: store/activity.h --- */

/* Begin what changes something. What ops_enter does; when that fails, it has ended too. */
int ops_begin(struct store *store, enum action action, const struct reference *ref,
              enum naming naming, struct err *err);
/* The same of a part of any depth (NULL: the store), with ops_authorise alone. */
int ops_begin_part(struct store *store, enum action action, const struct reference *ref,
                   struct err *err);
/* The same, for whoever asks later; `correlation` as activity_begin. */
void ops_begin_as(struct store *store, enum action action, const struct reference *ref,
                  const char *correlation);

/* "replicate", "repair", "sweep", "purge", "undelete": another name in the log than that of the
 * action that is asked for. */
void ops_begin_service(struct store *store, const char *verb, const struct reference *ref);

/* It is done to that scope, which `ref` names. */
void ops_name_part(const struct store *store, const struct reference *ref, const char *scope);
/* It is done to that region: "/regions/westus2". */
void ops_name_region(const struct store *store, const char *name);

/* End it with the result `rc` (and its `err`), which is returned: nothing is written when that is 0
 * and nothing was changed. E_PARTIAL when it is done and that cannot be written. */
int ops_end(struct store *store, int rc, struct err *err);
/* The same where bytes that were copied are a change by themselves: "replicate", if they are the
 * only one. */
int ops_end_copies(struct store *store, int rc, struct err *err);

/* --- reading, with the rule of the resource group; results raw, as stored --- */

/* E_NOT_FOUND also when the reference names another resource group. */
int ops_read_gallery(const struct store *store, const struct reference *ref, struct gallery *ret,
                     struct err *err);
/* Without a look at the gallery. */
int ops_read_definition(const struct store *store, const struct reference *ref,
                        struct definition *ret, struct err *err);
/* The same. */
int ops_read_version(const struct store *store, const struct reference *ref, struct version *ret,
                     struct err *err);

/* Whether the name of a directory, which is in lower case, comes behind the page before. NULL is no
 * page. */
bool ops_is_behind(const char *name, const struct page *page, enum reference_depth depth);

/* What is done with resources. */
struct ops_visitor {
    /* The reference is borrowed. */
    int (*each)(const struct store *store, const struct reference *ref, void *user,
                struct err *err);
    /* One that is damaged or denied, or of a format that is not known, is told here. */
    void (*unreadable)(void *user, enum reference_depth depth, const struct err *why);
    void *user;
    const struct page *page; /* of what `each` returned 0 for; NULL: all */
};

/* Call `each` for every resource of that depth. One that vanished meanwhile (E_NOT_FOUND) and one
 * that cannot be read are passed over. `each` may walk what is inside. */
int ops_walk(const struct store *store, const struct reference *ref, enum reference_depth depth,
             const struct ops_visitor *visitor, struct err *err);

/* What `one` and `other` result in together, neither of them 0: E_CORRUPT unless they are the same.
 */
int ops_worse(int one, int other);

/* Resources that cannot be read, each told and counted once, however often it is met. All-zero is
 * none; release with texts_done(&unread.told). */
struct ops_unread {
    struct texts told;
    size_t count;
    int reason; /* for all of them */
};

/* One that was met: the notice is its error. */
void ops_note_unread(const struct store *store, struct ops_unread *unread, const struct err *why);

/* What a command ends with that has done the rest: 0 when there were none. */
int ops_tell_unread(const struct ops_unread *unread, struct err *err);

/* What is done with each of a list. */
struct ops_each {
    int (*each)(const struct store *store, const struct reference *ref, void *user,
                struct err *err);
    void *user;
    const struct page *page; /* NULL: all */
    bool seen_only;          /* only what the caller may read */
};
/* ops_walk for a list: what cannot be read is said in a notice, and the result is E_CORRUPT
 * after the rest was done, or E_DENIED when that is all that was wrong. */
int ops_for_each(const struct store *store, const struct reference *ref, enum reference_depth depth,
                 const struct ops_each *each, struct err *err);

/* Append the first five names, quoted, and how many more there are. */
void ops_add_some(struct buf *out, const struct texts *names);

/* E_CONFLICT when the resource has others inside, naming up to five. */
int ops_refuse_if_not_empty(const struct store *store, const struct reference *ref,
                            enum reference_depth depth, struct err *err);

/* Whether everything in the gallery or image definition may be deleted, which itself may be:
 * E_CONFLICT, E_DENIED, or another error for what cannot be looked at. The caller holds the
 * gallery's lock. */
int ops_check_inside(const struct store *store, const struct reference *ref,
                     enum reference_depth depth, struct err *err);

/* Forget the work that is accepted in it, durably. */
int ops_give_up_inside(const struct store *store, const struct reference *ref, struct err *err);

/* --- changing --- */

/* One change of a stored resource, the gallery's lock held: what is given is laid over what is
 * there, and the result edited. */
struct ops_change {
    enum reference_depth depth;
    const struct shape *shape;
    const void *given;
    /* Change what the merge gave, before the edits, as `user` asks; may be NULL. */
    int (*adjust)(const struct store *store, const void *user, void *changed, struct err *err);
    const void *user;
    const struct edits *edits; /* NULL: none */
    bool planned;              /* write nothing */
    /* Adjust and check the result; may be NULL. */
    int (*settle)(const struct store *store, const void *old, void *changed, const void *given,
                  struct err *err);
};

/* Apply it; `ret` (all-zero) gets the result, *ret_changed (may be NULL) whether it differs from
 * what was stored: only then was it written. */
int ops_apply(const struct store *store, const struct reference *ref,
              const struct ops_change *change, void *ret, bool *ret_changed, struct err *err);

/* How a verb of its own changes a gallery: as ops_change's members do. */
struct ops_adjustment {
    int (*adjust)(const struct store *store, const void *user, void *changed, struct err *err);
    const void *user;
};
/* Do that, with the gallery locked. */
int ops_adjust_gallery(const struct store *store, const struct reference *ref,
                       const struct ops_adjustment *adjustment, struct gallery *ret,
                       struct err *err);

/* E_CONFLICT when a lock forbids to change, or to delete, what `ref` names down to `depth`
 * (REFERENCE_NONE: the store), the message names it. Sure while the kernel lock is held under which
 * that is done; before, it spares the work. */
int ops_check_unlocked(const struct store *store, const struct reference *ref,
                       enum reference_depth depth, bool deletes, struct err *err);

/* E_CONFLICT when there is any: something must be there that it is on. */
int ops_check_no_locks(const struct store *store, struct err *err);

/* E_NO_SPACE unless one more of that depth may be in the region: counted by names alone while those
 * of all regions together are fewer. The caller holds the lock under which it is made. */
int ops_check_limit(const struct store *store, enum reference_depth depth, const char *location,
                    struct err *err);

/* E_NO_SPACE when the version is to have more replicas than one may. */
int ops_check_replicas(const struct store *store, const struct version *version, struct err *err);

/* --- sharing --- */

/* Whether what may only be in private galleries may not be in it. The caller holds the gallery's
 * lock when it is to stay so. */
int ops_gallery_is_shared(const struct store *store, const struct reference *ref, bool *ret,
                          struct err *err);
/* E_CONFLICT for what may only be in a private gallery, as another one has it. */
int ops_refuse_encrypted(const struct version *version, struct err *err);
int ops_refuse_private_only(const struct definition *definition, struct err *err);
/* The first of these for a version that is to be in the gallery of `ref`, if that is shared. */
int ops_check_encrypted(const struct store *store, const struct reference *ref,
                        const struct version *version, struct err *err);
/* How every change of a gallery ends: whether its sharing may change so, and what is in it may be
 * in a gallery that is shared. The caller holds its lock. */
int ops_settle_sharing(const struct store *store, const struct gallery *old,
                       struct gallery *changed, struct err *err);

/* Who asks for what is shared. Neither is proven. */
struct ops_asker {
    const char *subscription; /* NULL: that counts for nothing */
    const char *tenant;       /* the same */
    bool accepts;             /* the terms of use of community galleries */
};
/* Whoever asks `store` as that subscription, or as the tenant of that id; NULL, its id or its name:
 * as the store itself. E_NOT_FOUND for what is neither that nor a UUID. It borrows from both. */
int ops_asker_of(const struct store *store, const char *subscription, struct ops_asker *ret,
                 struct err *err);

/* Whether the gallery is shared with who asks. */
bool ops_is_shared_with(const struct gallery *gallery, const struct ops_asker *asker);
/* What a gallery, filled for view, is called by those that it is shared with; borrowed from it. */
const char *ops_name_through(const struct gallery *gallery, unsigned through);

/* Read the gallery that `ref`, which is through a share, names, for view; `ref` names it as the
 * store does then, and is lent. E_NOT_FOUND unless it is shared with who asks, or a community
 * gallery. */
int ops_borrow(const struct store *store, const struct ops_asker *asker, struct reference *ref,
               struct gallery *ret, struct err *err);

/* A version that is to be read, whichever way it is named. */
struct ops_reading {
    struct ops_asker asker;
    const char *region;       /* as the user typed it; NULL: home */
    const char *found_region; /* as ops_find_version gives it */
    char *found_id;           /* through a share; NULL otherwise; to be released with free */
};
/* ops_find_version of what may be named through a share: that needs no role. The terms of use of a
 * community gallery have to be accepted: E_FAILED. */
int ops_find_any_version(const struct store *store, struct ops_reading *reading,
                         struct reference *ref, struct err *err);

/* --- views: fill in what is shown but not stored --- */

/* Id, type, unique name, state. */
void ops_view_gallery(const struct store *store, struct gallery *gallery);
/* Id, type, group, state. */
void ops_view_definition(const struct store *store, const struct gallery *gallery,
                         struct definition *definition);
/* The same; region names become display names. */
void ops_view_version(const struct store *store, const struct gallery *gallery,
                      const struct definition *definition, struct version *version);

/* --- prices --- */

/* Those of the file, or NULL: the store's, else what is built in. *ret_from: which those are, in
 * words, to be released with free. */
int ops_prices(const struct store *store, const char *file, struct prices *ret, char **ret_from,
               struct err *err);

/* --- versions --- */

/* The version numbers of the definition, highest first, to be released with free; names that are no
 * versions are passed over. */
int ops_version_numbers(const struct store *store, const struct reference *ref, struct semver **ret,
                        size_t *ret_count, struct err *err);

/* The number that a new version of the definition gets: the highest there is, excluded or not, with
 * that part raised. Only who holds the gallery's lock (resource_lock) until the version is there
 * has it alone. */
int ops_next_version(const struct store *store, const struct reference *ref, enum semver_part part,
                     struct semver *ret, struct err *err);

/* What is asked of the latest version. */
struct latest_ask {
    const char *const *regions; /* canonical: it is to be complete in all of them */
    size_t region_count;        /* 0: in each version's own home region */
    bool everywhere;            /* in all target regions of each version instead */
    bool skip_end_of_life;
    struct latest_candidates *why; /* gets every version that `ref` covers; NULL: the search ends at
                                      the first that fits */
};

/* Replace the range, "latest" or number in `ref` (owned by the caller) by the highest version of it
 * that fits. E_NOT_FOUND when none does. */
int ops_latest(const struct store *store, struct reference *ref, const struct latest_ask *ask,
               struct err *err);

/* The same for what stands for a version in `region` (NULL: each version's home); a number stays as
 * it is, whether it fits or not. */
int ops_resolve(const struct store *store, struct reference *ref, const char *region,
                struct err *err);

/* What every command that reads a version begins with: check `ref`, find its gallery, read `region`
 * as the user typed it (NULL stays NULL; *ret_region is canonical), and resolve `ref`. */
int ops_find_version(const struct store *store, struct reference *ref, const char *region,
                     const char **ret_region, struct err *err);

/* For commands about any part of a store: check that what `ref` names is there, and resolve what
 * stands for a version. *ret_depth REFERENCE_NONE is the whole store. What is damaged is there. */
int ops_find_part(const struct store *store, struct reference *ref, enum reference_depth *ret_depth,
                  struct err *err);

/* The canonical name of a region as the user typed it, borrowed from the store; NULL stays NULL. */
int ops_region(const struct store *store, const char *text, const char **ret, struct err *err);

/* Make the location of a new resource canonical; E_INVALID when it is unknown. */
int ops_check_location(const struct store *store, char **location, struct err *err);

/* Update the stored version and say in *ret_changed whether anything changed. What the states of
 * its regions say beyond what it wants (regions that are no targets, more replicas than a region is
 * to have) is forgotten, before the change as far as an update that was killed has left it, and
 * after it. The caller holds the gallery's lock. `ret` all-zero. */
int ops_change_locked(const struct store *store, const struct version_request *request,
                      struct version *ret, bool *ret_changed, struct err *err);

/* What that would leave, and nothing is written. */
int ops_change_planned(const struct store *store, const struct version_request *request,
                       struct version *ret, struct err *err);

/* E_CONFLICT when a lock or the version itself forbids to delete it; the error of reading it when
 * that cannot be told; E_NOT_FOUND. */
int ops_check_deletable(const struct store *store, const struct reference *ref, struct err *err);

/* Delete the version as gal_version_delete does, unless it or a lock forbids that, durably. The
 * caller holds the gallery's lock. Absent is 0. */
int ops_delete_version(const struct store *store, const struct reference *ref, unsigned how,
                       struct err *err);

/* Delete a gallery or image definition that is there, as gal_gallery_delete does. The caller holds
 * the gallery's lock. */
int ops_delete_part(struct store *store, const struct reference *ref, enum reference_depth depth,
                    unsigned how, struct err *err);

/* What that would be refused for. */
int ops_check_part_deletable(const struct store *store, const struct reference *ref,
                             enum reference_depth depth, unsigned how, struct err *err);

/* The version as its commands print it: read again, with what `expand` (of enum version_part) asks
 * for, filled for view. */
int ops_show_version(const struct store *store, const struct reference *ref, unsigned expand,
                     struct version *ret, struct err *err);

/* --- copies --- */

/* Replicas of a version, which must outlive them. */
struct replica_set {
    struct replica *items;
    size_t count;
    struct replica_place *places; /* of the same count */
    const struct store *store;
    size_t near;  /* so many of the first are in the region that is read from first */
    int *readers; /* of the same count: who says that we read there; NULL: nobody does */
};

/* List every replica of the version, those of `region` (NULL: home) first, then home's, then the
 * others, without opening any: they may be a hundred, of which the first will do. */
void replica_set_list(const struct store *store, const struct version *version, const char *region,
                      struct replica_set *ret);
/* Of a set that was listed, for whoever reads a disk: put those of the first region in the order of
 * their running readers, fewest first, and be a reader of each that is opened from now on. */
void replica_set_share(struct replica_set *set);
/* Open one of the set for reading, or say in its `why` why not. `set` is a struct replica_set: see
 * struct disk_reader_request. */
void replica_set_open_one(void *set, size_t number);
/* List and open all. */
void replica_set_open(const struct store *store, const struct version *version, const char *region,
                      struct replica_set *ret);
void replica_set_close(struct replica_set *set);

/* The digests of the version's disks, OS disk first; *ret to be released with free. */
int ops_digests(const struct version *version, struct disk_digest **ret, size_t *ret_count,
                struct err *err);

/* Whether the replica has all of the disks: replica_has_disk of each. */
int ops_has_disks(const struct replica *replica, const struct disk_digest *digests, size_t count,
                  bool *ret, struct err *err);

struct pace;

struct replicate_job {
    const struct reference *ref;   /* of the version */
    const struct version *version; /* as stored */
    const struct texts *regions;   /* canonical names; NULL: all targets */
    bool verify;                   /* read back also what was proven before */
    size_t jobs;                   /* regions at once; 0: as many as make sense */
    bool retry;                    /* only regions that have failed */
    bool eager;                    /* what somebody else is at is not waited for: E_BUSY */
    struct pace *pace;             /* how fast may be written; NULL: any */
    struct failures *failures; /* of all versions that are replicated; NULL: of this one alone */
    bool has_fresh; /* replica 1 of the home region was written just now: of it, only `fresh` is
                       still to be read back */
    const struct blob_name *fresh; /* its new blobs */
    size_t fresh_count;
    uint64_t fresh_bytes; /* their size */
};

/* Whether that region of the version is one that the job is about. */
bool ops_replicates(const struct store *store, const struct replicate_job *job, const char *region);

/* Bring every replica of the target regions to completion and record the state as it changes.
 * E_PARTIAL when a region failed: the others are done. */
int ops_replicate(struct store *store, const struct replicate_job *job, struct err *err);

/* How create and update end: replicate, then show the version (with its status when `status`).
 * E_PARTIAL as ops_replicate, `ret` filled; the error of another failure to replicate begins
 * "cannot VERB". */
int ops_replicate_and_show(struct store *store, const struct replicate_job *job, const char *verb,
                           bool status, struct version *ret, struct err *err);

/* --- threads --- */

/* The threads of this store handle, made at first use, borrowed. */
struct pool *ops_pool(struct store *store);

/* Whether the context wants a service to end. */
bool ops_stops(const struct store *store);

/* Let that time pass as the context does, less when a service is to end. */
void ops_sleep(const struct store *store, uint64_t milliseconds);

/* --- progress --- */

/* Tell whoever draws, if anybody does; see struct progress. */
void ops_progress(const struct store *store, const char *action, const char *what, uint64_t done,
                  uint64_t total, bool finished);

#endif

/* publish.h: what the files of a publish share. */
#ifndef OPS_PUBLISH_H
#define OPS_PUBLISH_H

#include "gallery.h"
#include "blob/disk.h"
#include "ops/room.h"
#include "ops/sources.h"
#include "replica/pack.h"

struct copy_source;
struct publish_work;
struct work;

/* A publish on its way. */
struct publish {
    struct store *store;
    const struct version_request *request;
    struct reference *ref; /* of the request, ours: "next" becomes a number at the commit */
    char *name;            /* "prod/ubuntu/1.0.0": for progress */
    struct gallery gallery;
    struct definition definition;
    struct sources sources;
    struct copy_source *copy; /* in place of those: an image version; NULL for none */
    struct version version;   /* as it will be stored */
    struct replica home;
    struct pack *pack;
    struct disk_hash *hash;    /* when comparing */
    struct blob_names damaged; /* in the home replica, of a version that exists */
    struct pack_result packed;
    uint64_t before; /* bytes of the disks already read */
    bool unchanged; /* nothing was published: `version` and `ref` are of one that has the content */
    const struct publish_work *work; /* the record that it is the work of; NULL: of none */
    bool accepted;                   /* it is recorded, and somebody else does it */
    bool planned;                    /* nothing is stored: packs are dry */
};

/* A record whose work is done. */
struct publish_work {
    const struct work *record;
    int lock; /* on its file */
};

/* Do that work: the course of gal_version_create up to the copies, none of which is there before.
 * `ret` (all-zero) gets the version as stored, also on E_PARTIAL. */
int publish_recorded(struct store *store, const struct version_request *request,
                     const struct publish_work *work, struct version *ret, struct err *err);

/* Release what a publish has; `ref` and `request` are its owner's. */
void publish_done(struct publish *publish);
/* Name it, and read its gallery and its definition. *ret_exists: whether the version is there. */
int publish_read_parents(struct publish *publish, bool *ret_exists, struct err *err);
bool publish_has_source(const struct publish *publish);
int publish_open_source(struct publish *publish, struct err *err);
/* Everything that can be refused of a new version without reading a disk; its sources are open. */
int publish_prepare(struct publish *publish, struct err *err);

/* For a feed, whose `user` the publish is: tells the progress. */
void publish_progress(void *user, uint64_t offset);

/* The version's replica 1 in its home region. */
int publish_open_home(struct publish *publish, const struct version *version, bool write,
                      struct err *err);

/* Storing disks in the open home replica, for whoever reads them: open a pack, give it blocks as
 * pack_block and pack_let_go take them, end it. Failures name the replica. */
int publish_pack_open(struct publish *publish, struct err *err);
int publish_pack_block(const struct publish *publish, uint64_t block, const struct block_id *id,
                       const uint8_t *bytes, struct err *err);
void publish_let_go(const struct publish *publish, const uint8_t *bytes, size_t length);
int publish_pack_finish(struct publish *publish, struct err *err);

/* Store the disks in the open home replica; what they are goes to `profile` (all-zero). */
int publish_store_disks(struct publish *publish, struct storage_profile *profile, struct err *err);

/* Whether the open home replica has all disks of the version, and every byte of what they lie in;
 * else `damaged` says which of that is not as it was. */
int publish_home_has_disks(struct publish *publish, const struct version *version, bool *ret,
                           struct err *err);

/* E_INVALID for a disk that is larger than the version's replication mode allows; its size may not
 * be known yet. */
int publish_check_size(const struct publish *publish, const char *name, uint64_t size,
                       struct err *err);

/* Whether the disks at hand are those of `stored`; E_CONFLICT when not. What the home replica has
 * lost of them is stored anew on the way. */
int publish_compare(struct publish *publish, const struct version *stored, struct err *err);

/* Let `ref`, the version and the name be those of the number that "next" means now; a
 * number stays. The gallery's lock is held. */
int publish_choose_number(struct publish *publish, struct err *err);

/* E_NO_SPACE when one more version is too many, E_CONFLICT when a lock forbids it. */
int publish_check_allowed(const struct publish *publish, struct err *err);

/* Set `unchanged`, and what goes with it, when the highest version of the definition has the disks
 * of `content`. One that cannot be read is passed over. That there is none is sure only while the
 * gallery's lock is held. */
int publish_find_same(struct publish *publish, const struct version *content, struct err *err);

/* E_CONFLICT: the version exists, and has other disks. */
int publish_other_content(struct err *err);

#endif

/* gallery.h: the library's front door, the only header an outside user includes.
 *
 * Open a store with gal_open, ask for things with the gal_* functions, close it. A function that
 * changes something has made it durable when it returns 0: it survives an immediate loss of power.
 * On any error nothing is half-changed, unless the error is E_PARTIAL: then the change stands and
 * the message says what is still to do. Results are owned by the caller, who passes them all-zero
 * and releases them with the shape_done or *_done function of their type; they are written only on
 * success (and on E_PARTIAL).
 *
 * A list of which some resources cannot be read gives the others, says the bad ones in notices, and
 * returns an error: what was wrong with all of them (E_CORRUPT, E_DENIED, E_UNSUPPORTED), else
 * E_CORRUPT.
 *
 * No function prints, exits (but for lack of memory: mem.h) or reads the environment. `err` is
 * never NULL here. One store handle is for one thread.
 */
#ifndef GALLERY_H
#define GALLERY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/trace.h"
#include "base/vec.h"
#include "gallery_access.h"
#include "gallery_plan.h"
#include "gallery_share.h"
#include "gallery_trash.h"
#include "json/edit.h"
#include "json/shape.h"
#include "model/account.h"
#include "model/advice.h"
#include "model/audit.h"
#include "model/coverage.h"
#include "model/definition.h"
#include "model/difference.h"
#include "model/disk_input.h"
#include "model/gallery.h"
#include "model/inspection.h"
#include "model/latest.h"
#include "model/limits.h"
#include "model/reference.h"
#include "model/region.h"
#include "model/region_changes.h"
#include "model/repair.h"
#include "model/sweep.h"
#include "model/version.h"

/* What is going on, for whoever draws it. */
struct progress {
    const char *action;  /* "publish", "replicate", "verify", "export", "inspect", "compare"... */
    const char *what;    /* "prod/ubuntu/1.0.0" */
    const char *region;  /* that it goes on in; NULL: in none, or in all. Several may at once */
    const char *replica; /* there: "westus2/standard_lrs/1"; NULL: none in particular */
    uint64_t done;       /* bytes */
    uint64_t total;      /* bytes; 0 when unknown */
    const char *failed;  /* why it ends here, not finished; NULL: it has not failed */
    bool finished;       /* the last call for this action, what and region */
};

/* What the library is given from outside. Any function may be NULL: the system's clock, generator
 * and sleep, no progress, no notices. */
struct context {
    const char *store_path; /* needed */
    int lock_wait_ms;       /* how long to wait for a lock; -1 as long as it takes */
    size_t threads;         /* that work at once; 0: as many as there are processors */
    const char *temporary;  /* directory for what cannot be read in one pass; NULL: "/var/tmp" */
    void *user;             /* handed to the functions below */
    int64_t (*now)(void *user);
    uint64_t (*ticks)(void *user); /* nanoseconds, of a clock that only moves forward: for how long
                                      something takes */
    void (*random)(void *user, void *bytes, size_t length);
    void (*sleep)(void *user, uint64_t milliseconds);
    void (*progress)(void *user, const struct progress *progress);
    /* Whether a service is to end. */
    bool (*stop)(void *user);
    /* One line in err.h's grammar that the user should see: a replica that had to be passed over,
     * content that was there already. */
    void (*notice)(void *user, const char *text);
    /* One line on what has just been done, or is being waited for. */
    void (*trace)(void *user, enum trace_level level, const char *text);
};

struct store;

enum gal_mode {
    GAL_READ,   /* a store that does not exist reads as an empty one, with a notice */
    GAL_CHANGE, /* must exist: E_NOT_FOUND */
    GAL_CREATE, /* made when absent */
};

/* `context` and what it points to must outlive the store. E_UNSUPPORTED for a store of a newer
 * format or feature. */
int gal_open(const struct context *context, enum gal_mode mode, struct store **ret,
             struct err *err);
void gal_close(struct store *store);

/* Which part of a list; all-zero is the whole. A page stays what it is while others are made and
 * deleted: it begins behind a name, which need not be there any more. */
struct page {
    struct opt_int max_items; /* 1 and on */
    char *next_token;         /* the name of the last item of the page before */
};

struct list_request {
    struct reference ref;
    struct page page;
};

/* --- galleries: the reference goes to the gallery --- */

struct gallery_request {
    struct reference ref;
    struct gallery values;
    struct edits edits; /* update only, after `values` */
};

/* Create, or update what is given and keep the rest. */
int gal_gallery_create(struct store *store, const struct gallery_request *request,
                       struct gallery *ret, struct err *err);
/* E_CONFLICT names a property that cannot change. */
int gal_gallery_update(struct store *store, const struct gallery_request *request,
                       struct gallery *ret, struct err *err);
/* One, by name. */
int gal_gallery_show(struct store *store, const struct reference *ref, struct gallery *ret,
                     struct err *err);
/* All, or those of the reference's resource group; by name. */
int gal_gallery_list(struct store *store, const struct list_request *request, struct galleries *ret,
                     struct err *err);
/* E_CONFLICT while it has image definitions, unless `how` (of enum delete_how) is recursive: then
 * it goes with all that is in it, in one step, or not at all when anything in it may not be
 * deleted; where soft delete is on, or soft-deleted versions are in it, only when that is bypassed.
 * Absent is 0. */
int gal_gallery_delete(struct store *store, const struct reference *ref, unsigned how,
                       struct err *err);

struct identity_request {
    struct reference ref;
    struct opt_bool system_assigned;
    struct texts user_assigned; /* ids, compared without case; for removing also one "": all */
};

/* Add to what a gallery has, take away from it; `ret`: what it has then. E_USAGE when nothing is
 * named. */
int gal_identity_assign(struct store *store, const struct identity_request *request,
                        struct identity *ret, struct err *err);
int gal_identity_remove(struct store *store, const struct identity_request *request,
                        struct identity *ret, struct err *err);
int gal_identity_show(struct store *store, const struct reference *ref, struct identity *ret,
                      struct err *err);

/* --- image definitions --- */

struct definition_request {
    struct reference ref;
    struct definition values;
    struct edits edits; /* update only, after `values` */
};

/* Create, or update what is given and keep the rest. E_CONFLICT when another definition has the
 * same publisher, offer and sku. */
int gal_definition_create(struct store *store, const struct definition_request *request,
                          struct definition *ret, struct err *err);
/* E_CONFLICT names a property that cannot change. */
int gal_definition_update(struct store *store, const struct definition_request *request,
                          struct definition *ret, struct err *err);
/* One, by name. */
int gal_definition_show(struct store *store, const struct reference *ref, struct definition *ret,
                        struct err *err);
/* Those of the gallery, by name. */
int gal_definition_list(struct store *store, const struct list_request *request,
                        struct definitions *ret, struct err *err);
/* The same with its versions. */
int gal_definition_delete(struct store *store, const struct reference *ref, unsigned how,
                          struct err *err);

/* --- image versions: where one is read, "latest" or a range stands for the highest that fits:
 * version_name.h --- */

struct version_request {
    struct reference ref;
    struct version values;
    struct region_changes regions;  /* update only, after `values` */
    struct edits edits;             /* update only, after those */
    char *os_disk;                  /* a file; "-": standard input; create only */
    struct disk_source os_source;   /* as of a data disk */
    struct profile_source source;   /* what is recorded of all disks, in place of their own */
    struct data_disks data_disks;   /* create only */
    struct disk_members members;    /* create only */
    struct file_digests expected;   /* create only */
    bool expand_replication_status; /* in the result */
    unsigned source_format;         /* enum source_format_choice; 0: told by content */
    struct opt_bool if_changed;     /* create only; see gal_version_create */
    char *image_version;            /* create only: copy that version, named as a reference */
    char *from_store;               /* where it lies: the directory of a store; NULL: this one */
    struct opt_bool accepts_terms;  /* of the community gallery that it is in */
    struct opt_bool no_wait;        /* see gal_version_create, gal_version_update */
};

/* Publish; under "next" the number is chosen at the commit, so that no two publishers get the same.
 * With `if_changed` nothing is published when the highest version of the definition has the same
 * disks: `ret` is that one, and what is missing of its copies is copied. On an existing version:
 * without a source an update of what is given; with the same content too (a notice says "unchanged"
 * when nothing was given that differs); other content is E_CONFLICT. Committed when replica 1 of
 * the home region is durable, then replicated to all targets: E_PARTIAL when a region failed.
 *
 * With `no_wait` a version that is not there yet is made by a process of its own, which this one
 * starts: 0 means that everything was found right that can be without reading the disks, and that
 * the work is durably recorded; `ret` stays empty. E_INVALID for a source that cannot be read
 * again. Until it is done the version is shown as Creating. When that process was killed,
 * gal_replicate and gal_wait take the work up; when it failed, the version is shown as Failed until
 * it is deleted, or made by another create. Without `no_wait` a version that is being made so from
 * the same sources is waited for; otherwise E_CONFLICT. "next" is chosen before this returns;
 * `if_changed` cannot be answered by then: E_USAGE. */
int gal_version_create(struct store *store, const struct version_request *request,
                       struct version *ret, struct err *err);
/* Change what is given, then replicate what that leaves missing: with `no_wait` in a process of its
 * own, as above; until then it is Updating. */
int gal_version_update(struct store *store, const struct version_request *request,
                       struct version *ret, struct err *err);

/* What is shown of a version only when it is asked for. */
enum version_part { PART_REPLICATION_STATUS = 1 << 0, PART_UEFI_SETTINGS = 1 << 1 };

struct version_show {
    struct reference ref;
    char *region; /* for "latest": where it is to be complete; NULL: each version's home region */
    unsigned expand;  /* of enum version_part */
    struct page page; /* of a list; E_INVALID when its token is no version */
};
/* One, by number or "latest". */
int gal_version_show(struct store *store, const struct version_show *request, struct version *ret,
                     struct err *err);

struct version_latest {
    struct reference ref;  /* a definition, or also what the version must be: a range */
    struct texts regions;  /* where it is to be complete; none: each version's home region */
    bool everywhere;       /* all target regions of each version instead */
    bool skip_end_of_life; /* pass over what is past that */
    bool why;              /* list every candidate */
};
/* Which version "latest" means. E_NOT_FOUND when there is none: `ret` has the candidates all the
 * same, if they were asked for. */
int gal_version_latest(struct store *store, const struct version_latest *request,
                       struct latest *ret, struct err *err);

/* Those of the definition, or of a range of its versions: by number, lowest first; with
 * replicationStatus when asked for. */
int gal_version_list(struct store *store, const struct version_show *request, struct versions *ret,
                     struct err *err);
/* The disks stay until a sweep; where the gallery's soft delete is on, and not bypassed (`how`, of
 * enum delete_how), the version can be brought back until then. One that is being created never
 * comes to be. Absent is 0. */
int gal_version_delete(struct store *store, const struct reference *ref, unsigned how,
                       struct err *err);

enum export_format {
    FORMAT_RAW = 1,
    FORMAT_VHD, /* fixed */
    FORMAT_VHD_DYNAMIC,
    FORMAT_VHDX,
    FORMAT_QCOW2,
    FORMAT_VMDK,
};
extern const struct choices export_format_choices; /* raw vhd vhd-dynamic vhdx qcow2 vmdk */

enum export_verify {
    VERIFY_FULL = 1, /* each block against its SHA-256 */
    VERIFY_FAST,     /* stored data against its checksum only: finds rot, not what people do */
};
extern const struct choices export_verify_choices; /* full fast */

struct version_export {
    struct reference ref;
    char *region; /* read from there first; NULL: the home region. For "latest" also where it is to
                     be complete */
    char
        *file; /* "-": standard output; a block device is written in place. NULL with `all_disks` */
    char *all_disks; /* directory for every disk: os.raw, data-0.raw, …; made when its parent is
                        there. NULL: one disk */
    struct opt_int data_disk; /* LUN; not set: the OS disk */
    unsigned format;          /* enum export_format; 0: as the file's ending says, else raw */
    bool compress;            /* qcow2 and VMDK only */
    unsigned verify;          /* enum export_verify; 0: full */
    bool force;               /* replace an existing file; overwrite a device */
    const char *subscription; /* as which what is shared is asked for; NULL: the store itself */
    bool accepts_terms;       /* of a community gallery */
};
/* Write a disk, or all of them, as disk images; what is read is proven. What is shared may be named
 * by its id, see gallery_share.h: no role is needed for that; E_FAILED when terms are to be
 * accepted. The same version in the same format gives the same bytes. A file is sparse, and gets
 * its name when it is complete and durable; of several files none gets its name before all are
 * complete, and then one after the other. E_UNSUPPORTED for a format that cannot go to standard
 * output or to a device. */
int gal_version_export(struct store *store, const struct version_export *request, struct err *err);

struct version_diff {
    struct reference from, to; /* image versions, of any definitions of the store */
    char *region; /* as in struct version_export, for both: both must be replicated to it */
    struct opt_int changes; /* so many changes of each disk are listed; not set: none */
    struct opt_int files;   /* files are compared, too, and so many of each file system listed */
};
/* What differs between the disks of two versions. Disks of one digest are not looked at; of others
 * the segments are loaded whose digests differ, and their blocks compared by identity: content is
 * read of partition tables, and of directories where files are compared. Damage is made good by
 * other replicas, as in an export. */
int gal_version_diff(struct store *store, const struct version_diff *request,
                     struct difference *ret, struct err *err);

/* --- a disk of a version, read at any place --- */

struct disk_request {
    struct reference ref;
    char *region;             /* as in struct version_export */
    struct opt_int data_disk; /* LUN; not set: the OS disk */
};

struct gal_disk;

/* What is read is proven, block by block, and damage made good by other replicas, as in an export.
 * A version that is deleted stays readable until a sweep. The store must outlive the disk. */
int gal_disk_open(struct store *store, const struct disk_request *request, struct gal_disk **ret,
                  struct err *err);
void gal_disk_close(struct gal_disk *disk);          /* NULL is left alone */
uint64_t gal_disk_size(const struct gal_disk *disk); /* bytes */
/* Exactly `length` bytes at `offset`; E_INVALID when they are not all within the size, E_CORRUPT
 * when no replica has them right. */
int gal_disk_read(struct gal_disk *disk, void *bytes, size_t length, uint64_t offset,
                  struct err *err);

struct replicate_request {
    struct reference ref; /* of any depth; none: every version of the store */
    struct references
        others;             /* as well, in this order; a version that several cover is done once */
    struct texts regions;   /* only these; none: all targets */
    struct opt_bool verify; /* read everything back, and replace what is damaged */
    struct opt_bool retry;  /* only regions that have failed */
    struct opt_int jobs;    /* regions at once; not set: as many as make sense */
    struct opt_int limit;   /* bytes a second that are written, by all of them; not set: any */
};
/* Copy whatever is missing, wherever a version says it should be. E_PARTIAL when a region failed;
 * the others are done all the same, as when one of several references names nothing. `ret`: the
 * versions looked at, with replicationStatus. */
int gal_replicate(struct store *store, const struct replicate_request *request,
                  struct versions *ret, struct err *err);

/* How far that is, of the same versions: nothing is copied, and no right to write is needed. What
 * was being copied when its process was killed says so in its details. */
int gal_replicate_status(struct store *store, const struct replicate_request *request,
                         struct versions *ret, struct err *err);

/* The same as a service, until `stop` of the context says that it is enough: then 0, once the blob
 * at hand is done. Looks at once, and then `interval_s` seconds after each look. A look at what was
 * complete reads manifests only; accepted work is taken up, and what failed is tried again after
 * delays that grow. What goes wrong is said in notices, and never ends it. */
int gal_replicate_watch(const struct context *context, const struct replicate_request *request,
                        unsigned interval_s, struct err *err);

/* --- waiting --- */

/* Each by itself is enough. */
struct wait_conditions {
    struct opt_bool created, updated; /* it is there, and nothing is being done to it */
    struct opt_bool deleted;          /* it is not there */
    struct opt_bool exists;           /* it is there, in any state */
    char *custom;                     /* JMESPath: what it gives for the resource as JSON holds */
    struct opt_int interval;          /* seconds between two looks at most; not set: 30 */
    struct opt_int timeout;           /* seconds to wait in all; not set: 3600 */
};

struct wait_request {
    struct reference ref; /* gallery, image definition or image version */
    struct wait_conditions until;
    struct opt_bool replicated; /* of a version: its copies are complete; one condition more */
    char *region;               /* those there; NULL: in all target regions */
};

/* Look until a condition holds, first after a moment, then less and less often. E_TIMED_OUT when
 * none did. E_USAGE without a condition, or for one that is no JMESPath. That it is not there is
 * waited for with `created`, `exists` and `custom`, else E_NOT_FOUND. E_FAILED when it has failed,
 * E_PARTIAL when its copies have; what cannot be read is an error of its own. What `custom` sees of
 * a version has its replicationStatus. */
int gal_wait(struct store *store, const struct wait_request *request, struct err *err);

/* --- the whole store --- */

struct audit_request {
    struct reference ref;     /* of any depth; none: all of the store */
    struct opt_int sample;    /* of the bytes of blobs, in 1/AUDIT_WHOLE; not set: all of them */
    struct opt_int max_time;  /* seconds that may pass; not set: as long as it takes */
    struct opt_bool security; /* look at nothing but who can get at the store without `sig` */
    struct opt_bool deep; /* look into the blobs, too: each block is compared with its SHA-256 */
};
/* Look whether everything that was reported done is there and right; see audit.h. Nothing is
 * changed but the time at which a blob was last read back whole, where the caller may set it. With
 * a `sample` or `max_time` the blobs that were not read back for longest come first, and raw files
 * are not read. That something is wrong is no error: `ret` says so. */
int gal_audit(struct store *store, const struct audit_request *request, struct audit *ret,
              struct err *err);

struct coverage_request {
    struct reference ref;     /* of any depth; none: every version of the store */
    struct references others; /* as well; a version that several cover is there once */
    struct texts regions;     /* only these; none: all targets */
    bool needs_store;         /* E_NOT_FOUND where there is none: nothing is not intact */
};
/* What each version wants in its regions, and what is there: found in the replica directories, not
 * taken from what was reported; disk maps and the ends of blobs are read, see replica_has_disk.
 * That something is missing is no error. Versions that cannot be read are told in notices and make
 * an error of their own, `ret` filled with the others. */
int gal_coverage(struct store *store, const struct coverage_request *request, struct coverage *ret,
                 struct err *err);

struct advise_request {
    struct reference ref;      /* a version */
    struct opt_int instances;  /* deployments at the same time in each region: 1 and on */
    struct opt_int scale_sets; /* that they are in: 1 and on; not set: each by itself */
    struct texts regions;      /* also such that are no targets; none: all targets */
};
/* How many replicas the version needs for that, what it has, and how it gets there: see advice.h.
 * Nothing is changed. */
int gal_advise(struct store *store, const struct advise_request *request, struct advice *ret,
               struct err *err);

struct repair_request {
    struct reference ref;   /* of any depth; none: all of the store */
    struct opt_bool queued; /* only what readers have met, whatever `ref` says */
    char *from;             /* a disk image: of the OS disk, or the data disk with that LUN, of
                                  the version that `ref` names */
    struct opt_int data_disk;
    unsigned source_format; /* enum source_format; 0: told by content */
    struct opt_bool plan;   /* change nothing, say what would be done */
};
/* Read back what audit reads back of replicas, and put right what is damaged or missing, from
 * whatever copies there are: see repair.h of model. Damaged files are kept in quarantine/, nothing
 * is removed. That something cannot be repaired is no error: `ret` says so. */
int gal_repair(struct store *store, const struct repair_request *request, struct repair *ret,
               struct err *err);

struct sweep_request {
    struct opt_bool force; /* also when no version is left at all; else that is E_CONFLICT */
};
/* Remove what no version needs, durably. What cannot be read, so that what is needed is not known,
 * is an error, and nothing is removed. A replica that cannot be swept keeps no other from it: the
 * error is its own (E_BUSY: its lock was held), of the last one when there are several, and `ret`
 * is filled when anything was done. It waits for each at most a minute when the context says "as
 * long as it takes": whoever wants to publish waits meanwhile. */
int gal_sweep(struct store *store, const struct sweep_request *request, struct sweep *ret,
              struct err *err);

/* --- disk images --- */

struct inspect_request {
    char *file;
    char *definition;       /* "prod/ubuntu" or an ARM id: is it fit for that? NULL: no matter */
    unsigned source_format; /* enum source_format_choice; 0: told by content */
    char *member;           /* of an archive; NULL: the one that is a disk image */
};
/* Look at a disk image. The store of `context` is opened only to read the definition; its path may
 * be NULL otherwise. That the image does not fit is no error: see inspection.h. */
int gal_inspect(const struct context *context, const struct inspect_request *request,
                struct inspection *ret, struct err *err);

/* --- the store, and how much there may be in it --- */

/* E_NOT_FOUND where there is none. */
int gal_store_show(struct store *store, struct store_view *ret, struct err *err);

struct store_init {
    char *shared; /* a Unix group, by name or number; NULL: as it is */
};
/* Make the store of `context` when it is not there; share it with a group, all that is in it too;
 * and show it. What is shared already stays so. The group's members do everything there, whatever
 * their umask; nobody else reads. For its owner, and root: E_DENIED. E_NOT_FOUND for a group that
 * is none, before anything is made; E_UNSUPPORTED where the file system keeps no access control
 * lists. */
int gal_store_init(const struct context *context, const struct store_init *request,
                   struct store_view *ret, struct err *err);

struct store_request {
    struct limits limits; /* that change; one without a number becomes the default */
};
/* Change the store and show it. A limit may be below what there is: nothing is removed then. */
int gal_store_update(struct store *store, const struct store_request *request,
                     struct store_view *ret, struct err *err);

struct usage_request {
    char *location; /* NULL: every region that a resource belongs to, and the default location */
};
/* What there is in each region, and what there may be. */
int gal_usage(struct store *store, const struct usage_request *request, struct usages *ret,
              struct err *err);

/* --- the store as a subscription --- */

/* One, or none where there is no store. */
int gal_account_list(struct store *store, struct accounts *ret, struct err *err);
int gal_account_show(struct store *store, struct account *ret, struct err *err);
/* E_NOT_FOUND unless it is the id or the name of this store. */
int gal_account_check(struct store *store, const char *subscription, struct err *err);

/* --- names, for whoever completes words --- */

/* The names that begin so ("" is all of them), compared without case: of galleries, of the
 * definitions of ref->gallery, of the versions of ref->definition. Read from directories alone,
 * but for the spelling, which stands in manifests: more than GAL_NAMES_SPELLED names are in lower
 * case. Versions are in the order of their numbers; those in the trash when `ref` says so. What
 * does not exist or cannot be read has none. */
enum { GAL_NAMES_SPELLED = 100 };
void gal_names(struct store *store, const struct reference *ref, enum reference_depth depth,
               const char *beginning, struct texts *ret);

/* The regions that the store has replicas in. */
void gal_names_of_regions(struct store *store, struct texts *ret);

/* --- texts in files --- */

/* The longest value is what a list of ten thousand versions prints, whose ids a flag is told;
 * larger files are no texts. */
enum { GAL_TEXT_MAX = 16 << 20 };

/* What a file holds that the user named, "-" for standard input, less a newline at its end; *ret to
 * be released with free. E_INVALID for more than GAL_TEXT_MAX bytes and where a byte is zero. */
int gal_read_text(const char *path, char **ret, struct err *err);

/* Write a text to a file that the user named, as an export does: "-" is standard output; a file
 * gets its name when it is complete and durable. E_CONFLICT when something is there, but for
 * `force`. */
int gal_write_text(const char *path, const struct buf *text, bool force, struct err *err);

/* --- regions --- */

/* Replace the name of a region, in any spelling, by its canonical one, which all other functions
 * take. E_INVALID when the store knows none of it. */
int gal_region_name(struct store *store, char **name, struct err *err);

struct region_request {
    char *name; /* in any spelling; of a new region its canonical name */
    struct region values;
    struct opt_bool force; /* update and delete only */
};

/* Make a region known to the store, or give a built-in one a directory of its own. The path and
 * those of zones may be relative and go through links; they become absolute and without. One that
 * is not there is made, when its parent is. The same again is 0; with other values it is changed as
 * by gal_region_update. E_CONFLICT for a directory that is not empty, lies in the store, or is that
 * of another store or region. */
int gal_region_create(struct store *store, const struct region_request *request, struct region *ret,
                      struct err *err);
/* Change what is given. Another path is where the user has moved the directory to; with `force` an
 * empty one, also in the old place, stands in for one that is lost: gal_replicate makes the copies
 * in it anew. E_NOT_FOUND when nobody created it. */
int gal_region_update(struct store *store, const struct region_request *request, struct region *ret,
                      struct err *err);
/* One, with what it holds and whether it can be reached: that it cannot is no error. */
int gal_region_show(struct store *store, const char *name, struct region *ret, struct err *err);
/* E_CONFLICT while anything lives in it or wants copies there, and while its replicas hold disks.
 * With `force` also when its directory cannot be reached; what is in that is given up. A built-in
 * region becomes what it was. Absent is 0. */
int gal_region_delete(struct store *store, const struct region_request *request, struct err *err);

/* All that are built in, and those of the store, by name; of those that the user created with their
 * state. `store` NULL: the built-in ones alone. */
int gal_region_list(struct store *store, struct regions *ret, struct err *err);

#endif

/* Removing what no version needs. What is needed is read from the manifests, under the lock that
 * keeps publishers and replicators out of the replica: whoever has it to share has committed, or
 * has left what it wrote. What cannot be read may need anything, so nothing is removed then. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/vec.h"
#include "blob/blob.h"
#include "blob/disk.h"
#include "ops/marks.h"
#include "ops/room.h"
#include "os/dir.h"
#include "os/file.h"
#include "store/layout.h"
#include "store/resource.h"
#include "store/scratch.h"

struct sweeping {
    struct store *store;
    bool plan;
    struct err last; /* of the last replica that could not be swept */
    size_t failed;
    uint64_t replicas, disks, blobs, scratch, bytes;
};

/* `place`: what must be there; NULL: anywhere. */
static int read_marks(const struct sweeping *sweeping, const struct replica_place *place,
                      struct marks *ret, struct err *err)
{
    const struct reference all = {0};
    const struct marks_request request = {.ref = &all, .place = place, .states = true};

    return marks_read(sweeping->store, &request, ret, err);
}

/* What cannot be swept keeps nothing else from it. */
static void note_failure(struct sweeping *sweeping, const struct err *err)
{
    if (sweeping->failed++ > 0)
        store_notice(sweeping->store, "%s", sweeping->last.text);
    sweeping->last = *err;
}

/* --- scratch --- */

static int remove_scratch(void *user, int dir, const char *path, const char *name, bool scratch,
                          struct err *err)
{
    struct sweeping *const sweeping = user;
    int rc = 0;

    if (!scratch)
        return 0;
    if (!sweeping->plan)
        rc = dir_remove_tree(dir, name, err);
    if (rc == 0 && !sweeping->plan)
        rc = dir_flush(dir, *path ? path : ".", err);
    sweeping->scratch += rc == 0;
    return rc;
}

static int sweep_scratch(struct sweeping *sweeping, enum scratch_part part, const char *path,
                         struct err *err)
{
    const struct scratch_visitor visitor = {.visit = remove_scratch, .user = sweeping};

    return scratch_find(sweeping->store, part, path, &visitor, err);
}

static void sweep_store(struct sweeping *sweeping)
{
    struct err err = {0};
    int lock = FILE_NONE;
    int rc = sweeping->plan ? 0 : store_lock(sweeping->store, &lock, &err);

    if (rc == 0)
        rc = sweep_scratch(sweeping, SCRATCH_STORE, "", &err);
    file_close(&lock);
    if (rc < 0) {
        err_wrap(&err, "cannot sweep the store's own directories");
        note_failure(sweeping, &err);
    }
}

static void sweep_gallery(struct sweeping *sweeping, const struct reference *ref)
{
    struct buf path = {0};
    struct err err = {0};
    int lock = FILE_NONE;
    int rc = sweeping->plan ? 0 : resource_lock(sweeping->store, ref, &lock, &err);

    layout_add_resource(&path, ref, REFERENCE_GALLERY);
    if (rc == 0)
        rc = sweep_scratch(sweeping, SCRATCH_GALLERY, buf_text(&path), &err);
    buf_done(&path);
    file_close(&lock);
    if (rc == 0 || rc == E_NOT_FOUND)
        return;
    err_wrap(&err, "cannot sweep gallery '%s'", ref->gallery);
    note_failure(sweeping, &err);
}

static int sweep_galleries(struct sweeping *sweeping, struct err *err)
{
    const struct reference none = {0};
    struct texts names = {0};
    int rc = resource_list(sweeping->store, &none, REFERENCE_GALLERY, &names, err);

    for (size_t i = 0; rc == 0 && i < names.count; i++) {
        const struct reference ref = {.gallery = names.items[i]};

        sweep_gallery(sweeping, &ref);
    }
    texts_done(&names);
    return rc;
}

/* --- one replica --- */

struct live {
    struct blob_name *items; /* by name */
    size_t count;
};

static int by_name(const void *left, const void *right)
{
    return memcmp(left, right, sizeof(struct blob_name));
}

static bool is_live(const struct live *live, const struct blob_name *name)
{
    return live->count > 0 &&
           bsearch(name, live->items, live->count, sizeof *live->items, by_name) != NULL;
}

/* The blobs that a disk relies on; none when it was not copied there yet. A map that was there and
 * is gone may come back from a backup: then its blobs must be there too. */
static int add_live(const struct replica *replica, const struct mark *mark, bool done,
                    struct live *live, struct err *err)
{
    struct disk *disk = NULL;
    int rc = disk_open(replica->dir, &mark->digest, &disk, err);

    if (rc == E_NOT_FOUND && !done)
        return 0;
    if (rc == E_NOT_FOUND)
        rc = err->code = E_CORRUPT;
    if (rc < 0) {
        err_wrap(err, "which blobs it needs cannot be told");
        return err_hint(err, "'sig audit' says what is wrong, and what to do about it");
    }
    for (size_t i = 0; i < disk_blob_count(disk); i++)
        *VEC_ADD(live) = disk_blob(disk, i)->name;
    disk_close(disk);
    return 0;
}

static int find_live(const struct replica *replica, const struct marked_replica *marked,
                     struct live *ret, struct err *err)
{
    int rc = 0;

    if (!marked)
        return 0;
    for (const struct mark *mark = marked->items; rc == 0 && mark < marked->items + marked->count;
         mark = marks_next_disk(marked, mark))
        rc = add_live(replica, mark, marks_disk_done(marked, mark), ret, err);
    if (rc == 0 && ret->count > 0)
        qsort(ret->items, ret->count, sizeof *ret->items, by_name);
    return rc;
}

/* A file of which nobody needs the name. */
static int drop(struct sweeping *sweeping, int dir, const char *name, uint64_t *count,
                struct err *err)
{
    struct file_info info = {0};
    bool there;
    int rc = file_look(dir, name, &there, &info, err);

    if (rc == 0 && there && !sweeping->plan)
        rc = file_remove(dir, name, err);
    if (rc < 0 || !there)
        return rc;
    ++*count;
    sweeping->bytes += info.size;
    return 0;
}

static int sweep_disks(struct sweeping *sweeping, const struct replica *replica,
                       const struct marked_replica *marked, struct err *err)
{
    struct texts names = {0};
    int rc = dir_list(replica->disks, ".", &names, err);

    for (size_t i = 0; rc == 0 && i < names.count; i++) {
        struct disk_digest digest;

        if (disk_file_parse(names.items[i], &digest) && (!marked || !marks_find(marked, &digest)))
            rc = drop(sweeping, replica->disks, names.items[i], &sweeping->disks, err);
    }
    if (rc == 0 && !sweeping->plan)
        rc = dir_flush(replica->disks, "disks", err);
    texts_done(&names);
    return rc;
}

static int sweep_blobs(struct sweeping *sweeping, const struct replica *replica,
                       const struct live *live, struct err *err)
{
    struct texts names = {0};
    int rc = dir_list(replica->blobs, ".", &names, err);

    for (size_t i = 0; rc == 0 && i < names.count; i++) {
        struct blob_name name;

        if (blob_name_parse(names.items[i], &name) && !is_live(live, &name))
            rc = drop(sweeping, replica->blobs, names.items[i], &sweeping->blobs, err);
    }
    if (rc == 0 && !sweeping->plan)
        rc = dir_flush(replica->blobs, "blobs", err);
    texts_done(&names);
    return rc;
}

/* Maps first: a map whose blobs are gone would be damage, blobs without a map are only garbage. */
static int sweep_open_replica(struct sweeping *sweeping, const struct replica_place *place,
                              const struct replica *replica, struct err *err)
{
    const struct marked_replica *marked;
    struct marks marks = {0};
    struct live live = {0};
    struct buf path = {0};
    int rc = read_marks(sweeping, place, &marks, err);

    if (sweeping->plan && replica_is_busy(replica))
        store_notice(sweeping->store,
                     "replica '%s' is being written to: what is not committed yet is counted too",
                     replica->label);
    marked = marks_of(&marks, place);
    layout_add_replica(&path, place);
    if (rc == 0)
        rc = find_live(replica, marked, &live, err);
    if (rc == 0)
        rc = sweep_disks(sweeping, replica, marked, err);
    if (rc == 0)
        rc = sweep_blobs(sweeping, replica, &live, err);
    if (rc == 0)
        rc = sweep_scratch(sweeping, SCRATCH_REPLICA, buf_text(&path), err);
    buf_done(&path);
    free(live.items);
    marks_done(&marks);
    return rc;
}

/* While a sweep waits for one publisher, all others wait for it: a publish from a pipe may take
 * hours. */
enum { WAIT_MAX_MS = 60 * 1000 };

static int lock_wait(const struct sweeping *sweeping)
{
    const int asked = sweeping->store->outside.lock_wait_ms;

    return asked < 0 ? WAIT_MAX_MS : asked;
}

static int open_replica(struct sweeping *sweeping, const struct replica_place *place,
                        const char *label, struct replica *ret, struct err *err)
{
    int dir = FILE_NONE;
    int rc = replica_dir_open(sweeping->store, place, false, &dir, err);

    if (rc < 0)
        return rc;
    if (sweeping->plan)
        return replica_open(dir, label, false, 0, ret, err);
    return replica_open_alone(dir, label, lock_wait(sweeping), ret, err);
}

static int sweep_replica(void *user, const struct replica_place *place, struct err *err)
{
    struct sweeping *const sweeping = user;
    char *const label = replica_dir_label(place);
    struct replica replica = REPLICA_NONE;
    int rc = open_replica(sweeping, place, label, &replica, err);

    if (rc == 0)
        rc = sweep_open_replica(sweeping, place, &replica, err);
    replica_close(&replica);
    if (rc == 0) {
        sweeping->replicas++;
    } else if (rc != E_NOT_FOUND) {
        err_wrap(err, "cannot sweep replica '%s'", label);
        note_failure(sweeping, err);
    }
    free(label);
    return 0;
}

/* --- the verb --- */

struct looking_for_disks {
    const struct store *store;
    bool found;
};

static int look_for_disks(void *user, const struct replica_place *place, struct err *err)
{
    struct looking_for_disks *const looking = user;
    struct texts names = {0};
    struct buf path = {0};
    int rc;

    layout_add_replica(&path, place);
    buf_add_text(&path, "/disks");
    rc = dir_list(looking->store->root, buf_text(&path), &names, err);
    for (size_t i = 0; rc == 0 && i < names.count; i++) {
        struct disk_digest digest;

        looking->found |= disk_file_parse(names.items[i], &digest);
    }
    texts_done(&names);
    buf_done(&path);
    return rc == E_NOT_FOUND ? 0 : rc;
}

/* Where no version is left everything would go: a file system that is not mounted at galleries/
 * looks the same. */
static int refuse_all(const struct store *store, struct err *err)
{
    struct looking_for_disks looking = {.store = store};
    int rc = replica_dir_each(store, look_for_disks, &looking, err);

    if (rc < 0 || !looking.found)
        return rc;
    err_set(err, E_CONFLICT, "no image version is left: every disk of every replica would go");
    return err_hint(err, "if that is right, say --force; if not, is a file system not mounted?");
}

/* What each replica would refuse for is said once, before anything is removed. */
static int check_marks(const struct sweeping *sweeping, bool force, struct err *err)
{
    struct marks marks = {0};
    int rc = read_marks(sweeping, NULL, &marks, err);

    if (rc < 0) {
        err_wrap(err, "what is needed cannot be told");
        if (!err->hint[0])
            err_hint(err, "'sig audit' says what is wrong");
    } else if (marks.versions == 0 && !force) {
        rc = refuse_all(sweeping->store, err);
        if (rc == E_CONFLICT && sweeping->plan) {
            store_notice(sweeping->store, "%s; 'sig sweep' does that with --force only", err->text);
            rc = 0;
        }
    }
    marks_done(&marks);
    return rc;
}

static bool is_set(const struct opt_bool *flag)
{
    return flag->set && flag->value;
}

/* A replica that failed half-way has lost some of what nobody needs. */
static bool has_swept(const struct sweeping *sweeping)
{
    return sweeping->replicas + sweeping->disks + sweeping->blobs + sweeping->scratch > 0;
}

static struct sweep result_of(const struct sweeping *sweeping)
{
    return (struct sweep){
        .replicas = opt_int_of(sweeping->replicas),
        .disks = opt_int_of(sweeping->disks),
        .blobs = opt_int_of(sweeping->blobs),
        .scratch = opt_int_of(sweeping->scratch),
        .bytes_freed = opt_int_of(sweeping->bytes),
        .planned = {.set = sweeping->plan, .value = sweeping->plan},
    };
}

int gal_sweep(struct store *store, const struct sweep_request *request, struct sweep *ret,
              struct err *err)
{
    struct sweeping sweeping = {.store = store, .plan = is_set(&request->plan)};
    int rc = check_marks(&sweeping, is_set(&request->force), err);

    if (rc == 0) {
        sweep_store(&sweeping);
        rc = sweep_galleries(&sweeping, err);
    }
    if (rc == 0)
        rc = replica_dir_each(store, sweep_replica, &sweeping, err);
    if (rc < 0)
        return err_wrap(err, "cannot sweep");
    /* What was swept is swept, whatever else was not. */
    if (sweeping.failed == 0 || has_swept(&sweeping))
        *ret = result_of(&sweeping);
    if (sweeping.failed == 0)
        return 0;
    *err = sweeping.last;
    return err->code;
}

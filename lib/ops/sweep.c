/* Removing what no version needs. What is needed is read from the manifests, under the lock that
 * keeps publishers and replicators out of the replica: whoever has it to share has committed, or
 * has left what it wrote. What cannot be read may need anything, so nothing is removed then. */
#include "ops/sweep.h"

#include "blob/disk.h"
#include "ops/trash.h"
#include "os/dir.h"
#include "os/file.h"
#include "store/layout.h"
#include "store/resource.h"

int sweep_read_marks(const struct sweeping *sweeping, const struct replica_place *place,
                     struct marks *ret, struct err *err)
{
    const struct reference all = {0};
    const struct marks_request request = {.ref = &all,
                                          .place = place,
                                          .without = sweeping->without,
                                          .gone = sweeping->plan,
                                          .states = true};

    return marks_read(sweeping->store, &request, ret, err);
}

void sweep_note_failure(struct sweeping *sweeping, const struct err *err)
{
    if (sweeping->failed++ > 0)
        store_notice(sweeping->store, "%s", sweeping->last.text);
    sweeping->last = *err;
}

/* --- what is past its time --- */

/* That a lock keeps it, or that its time has not come, is not written down. */
static int remove_if_over(struct store *store, const struct reference *ref, int64_t now,
                          bool *ret_removed, struct err *err)
{
    int rc;

    ops_begin_service(store, "purge", ref);
    rc = ops_remove_if_over(store, ref, now, ret_removed, err);
    if (rc != E_CONFLICT)
        return ops_end(store, rc, err);
    activity_end(store, 0, NULL, NULL);
    return rc;
}

/* One that cannot be removed needs its disks as before. That a lock keeps it is no failure. */
static int sweep_over(void *user, const struct reference *ref, struct err *err)
{
    struct sweeping *const sweeping = user;
    struct store *const store = sweeping->store;
    struct buf name = {0};
    struct err why = {0};
    bool over = false;
    const int rc = sweeping->plan ? ops_is_over(store, ref, sweeping->now, &over, &why)
                                  : remove_if_over(store, ref, sweeping->now, &over, &why);

    (void)err;
    reference_add_text(&name, ref);
    if (rc == E_CONFLICT) {
        store_notice(store, "soft-deleted image version '%s' is left in the trash: %s",
                     buf_text(&name), why.text);
    } else if (rc) {
        err_wrap(&why, "cannot remove soft-deleted image version '%s'", buf_text(&name));
        sweep_note_failure(sweeping, &why);
    }
    if (rc == 0 && over)
        store_notice(store, "soft-deleted image version '%s' %s for good", buf_text(&name),
                     sweeping->plan ? "would go" : "went");
    sweeping->swept.versions += rc == 0 && over;
    buf_done(&name);
    return 0;
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
    sweeping->swept.scratch += rc == 0;
    return rc;
}

int sweep_scratch(struct sweeping *sweeping, enum scratch_part part, int dir, const char *path,
                  struct err *err)
{
    const struct scratch_visitor visitor = {.visit = remove_scratch, .user = sweeping};

    return dir == FILE_NONE ? scratch_find(sweeping->store, part, path, &visitor, err)
                            : scratch_find_in(dir, part, path, &visitor, err);
}

static void sweep_store(struct sweeping *sweeping)
{
    struct err err = {0};
    int lock = FILE_NONE;
    int rc = sweeping->plan ? 0 : store_lock(sweeping->store, &lock, &err);

    if (rc == 0)
        rc = sweep_scratch(sweeping, SCRATCH_STORE, FILE_NONE, "", &err);
    file_close(&lock);
    if (rc < 0) {
        err_wrap(&err, "cannot sweep the store's own directories");
        sweep_note_failure(sweeping, &err);
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
        rc = sweep_scratch(sweeping, SCRATCH_GALLERY, FILE_NONE, buf_text(&path), &err);
    buf_done(&path);
    file_close(&lock);
    if (rc == 0 || rc == E_NOT_FOUND)
        return;
    err_wrap(&err, "cannot sweep gallery '%s'", ref->gallery);
    sweep_note_failure(sweeping, &err);
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

/* --- the verb --- */

struct looking_for_disks {
    const struct store *store;
    bool found;
};

static int look_for_disks(void *user, const struct replica_place *place, struct err *err)
{
    struct looking_for_disks *const looking = user;
    struct texts names = {0};
    struct err why = {0};
    int dir = FILE_NONE;
    int rc = replica_dir_open(looking->store, place, false, &dir, &why);

    if (rc) /* told when it is swept */
        return 0;
    rc = dir_list(dir, "disks", &names, err);
    for (size_t i = 0; rc == 0 && i < names.count; i++) {
        struct disk_digest digest;

        looking->found |= disk_file_parse(names.items[i], &digest);
    }
    file_close(&dir);
    texts_done(&names);
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
    int rc = sweep_read_marks(sweeping, NULL, &marks, err);

    if (rc < 0) {
        err_wrap(err, "what is needed cannot be told");
        if (!err->hint[0])
            err_hint(err, "'sig audit' says what is wrong");
    } else if (marks.versions == 0) {
        rc = force ? ops_check_no_locks(sweeping->store, err) : refuse_all(sweeping->store, err);
        if (rc == E_CONFLICT && sweeping->plan && !force) {
            store_notice(sweeping->store, "%s; 'sig sweep' does that with --force only", err->text);
            rc = 0;
        }
    }
    marks_done(&marks);
    return rc;
}

/* A replica that failed half-way has lost some of what nobody needs. */
static bool has_swept(const struct sweeping *sweeping)
{
    return sweeping->swept.replicas + sweeping->swept.disks + sweeping->swept.blobs +
               sweeping->swept.rewritten + sweeping->swept.scratch + sweeping->swept.versions >
           0;
}

static bool has_removed(const struct swept *swept)
{
    return swept->disks + swept->blobs + swept->rewritten + swept->scratch > 0;
}

static struct sweep result_of(const struct swept *swept)
{
    return (struct sweep){
        .replicas = opt_int_of(swept->replicas),
        .disks = opt_int_of(swept->disks),
        .blobs = opt_int_of(swept->blobs),
        .rewritten = opt_int_of(swept->rewritten),
        .scratch = opt_int_of(swept->scratch),
        .bytes_freed = opt_int_of(swept->bytes),
    };
}

static int sweep_all(struct sweeping *sweeping, bool force, struct err *err)
{
    const struct reference all = {0};
    int rc = ops_authorise(sweeping->store, ACTION_VERSION_DELETE, NULL, err);

    sweeping->now = store_now(sweeping->store);
    if (rc == 0)
        rc = trash_each(sweeping->store, &all, sweep_over, sweeping, err);
    if (rc == 0)
        rc = check_marks(sweeping, force, err);
    if (rc == 0) {
        sweep_store(sweeping);
        rc = sweep_galleries(sweeping, err);
    }
    if (rc == 0)
        rc = replica_dir_each(sweeping->store, sweep_replica, sweeping, err);
    return rc < 0 ? err_wrap(err, "cannot sweep") : 0;
}

int gal_sweep(struct store *store, const struct sweep_request *request, struct sweep *ret,
              struct err *err)
{
    struct sweeping sweeping = {.store = store};
    int rc;

    ops_begin_service(store, "sweep", NULL);
    rc = sweep_all(&sweeping, request->force.set && request->force.value, err);
    activity_add_bytes(store, sweeping.swept.bytes);
    if (has_removed(&sweeping.swept))
        activity_note(store);
    /* What was swept is swept, whatever else was not. */
    if (rc >= 0 && (sweeping.failed == 0 || has_swept(&sweeping)))
        *ret = result_of(&sweeping.swept);
    if (rc >= 0 && sweeping.failed > 0) {
        *err = sweeping.last;
        rc = err->code;
    }
    return ops_end(store, rc < 0 ? rc : 0, err);
}

int gal_sweep_plan(struct store *store, const struct sweep_request *request, const char *prices,
                   struct plan *ret, struct err *err)
{
    struct planning planning = {
        .store = store, .plan = ret, .operation = PLAN_SWEEP, .prices_file = prices};
    struct sweeping sweeping = {.store = store, .plan = true, .planning = &planning};
    int rc = sweep_all(&sweeping, request->force.set && request->force.value, err);

    ret->disks = opt_int_of(sweeping.swept.disks);
    ret->blobs = opt_int_of(sweeping.swept.blobs);
    ret->rewritten = opt_int_of(sweeping.swept.rewritten);
    ret->scratch = opt_int_of(sweeping.swept.scratch);
    if (rc == 0)
        rc = planning_end(&planning, err);
    planning_done(&planning);
    if (rc == 0 && sweeping.failed > 0) {
        *err = sweeping.last;
        rc = err->code;
    }
    return rc;
}

/* One replica directory, swept. */
#include "ops/sweep.h"

#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "blob/blob.h"
#include "blob/disk.h"
#include "blob/index.h"
#include "os/dir.h"
#include "os/file.h"
#include "os/space.h"
#include "replica/compact.h"
#include "replica/compact_memo.h"
#include "replica/raw_file.h"
#include "store/layout.h"

/* What versions need there. */
struct live {
    struct blob_name *items; /* by name */
    size_t count;
    struct {
        struct disk_digest *items;
        size_t count;
    } disks; /* whose maps are there */
};

/* One replica on its way. */
struct sweeping_one {
    struct sweeping *sweeping;
    const struct replica_place *place;
    char *label;
    struct replica replica;
    struct live live;
    struct blob_names kept; /* that are not to be rewritten */
    bool whole;             /* nothing is to be rewritten at all */
    bool more;              /* something was: look again */
    uint64_t before;        /* bytes freed in other replicas */
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
static int add_live(struct sweeping_one *one, const struct mark *mark, bool done, struct err *err)
{
    struct compact_memo *const memo = one->sweeping->memo;
    const int dir = one->replica.dir;
    struct live *const live = &one->live;
    struct disk *disk = NULL;
    int rc = memo ? compact_memo_disk(memo, dir, &mark->digest, &disk, err)
                  : disk_open(dir, &mark->digest, &disk, err);

    if (rc == E_NOT_FOUND && !done)
        return 0;
    if (rc == E_NOT_FOUND)
        rc = err->code = E_CORRUPT;
    if (rc < 0) {
        err_wrap(err, "which blobs it needs cannot be told");
        return err_hint(err, "'sig audit' says what is wrong, and what to do about it");
    }
    *VEC_ADD(&live->disks) = mark->digest;
    for (size_t i = 0; i < disk_blob_count(disk); i++)
        *VEC_ADD(live) = disk_blob(disk, i)->name;
    if (!memo)
        disk_close(disk);
    return 0;
}

static int find_live(struct sweeping_one *one, const struct marked_replica *marked, struct err *err)
{
    struct live *const live = &one->live;
    int rc = 0;

    if (!marked)
        return 0;
    for (const struct mark *mark = marked->items; rc == 0 && mark < marked->items + marked->count;
         mark = marks_next_disk(marked, mark))
        rc = add_live(one, mark, marks_disk_done(marked, mark), err);
    if (rc == 0 && live->count > 0)
        qsort(live->items, live->count, sizeof *live->items, by_name);
    return rc;
}

/* A file of which nobody needs the name. */
static int drop(struct sweeping *sweeping, int dir, const char *name, uint64_t *count,
                struct err *err)
{
    struct file_info info = {0};
    struct disk_digest ignored;
    bool there;
    int rc = file_look(dir, name, &there, &info, err);

    if (rc == 0 && there && !sweeping->plan)
        rc = file_remove(dir, name, err);
    if (rc < 0 || !there)
        return rc;
    ++*count;
    /* A raw file is sparse. */
    sweeping->swept.bytes += raw_file_parse(name, &ignored) ? info.allocated : info.size;
    return 0;
}

static int sweep_disks(struct sweeping *sweeping, const struct replica *replica,
                       const struct marked_replica *marked, struct err *err)
{
    struct texts names = {0};
    uint64_t raws = 0; /* of disks that are counted by their maps */
    int rc = dir_list(replica->disks, ".", &names, err);

    for (size_t i = 0; rc == 0 && i < names.count; i++) {
        const char *const name = names.items[i];
        struct disk_digest digest;
        const bool map = disk_file_parse(name, &digest);

        if ((map || raw_file_parse(name, &digest)) && (!marked || !marks_find(marked, &digest)))
            rc = drop(sweeping, replica->disks, name, map ? &sweeping->swept.disks : &raws, err);
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
            rc = drop(sweeping, replica->blobs, names.items[i], &sweeping->swept.blobs, err);
    }
    if (rc == 0 && !sweeping->plan)
        rc = dir_flush(replica->blobs, "blobs", err);
    texts_done(&names);
    return rc;
}

/* --- blobs of which little is needed --- */

/* What stays as it is for a reason that is no failure of the sweep. */
static void tell_left(const struct sweeping_one *one, const struct compact_result *result,
                      const char *why)
{
    const size_t count = result->left.count;
    char text[BLOB_NAME_TEXT];

    if (one->sweeping->quiet)
        return;
    if (count == 1) {
        blob_name_text(&result->left.items[0], text);
        store_notice(one->sweeping->store,
                     "replica '%s' keeps blob '%s', of which little is needed: %s", one->label,
                     text, why);
    } else {
        store_notice(one->sweeping->store,
                     "replica '%s' keeps %zu blobs of which little is needed: %s", one->label,
                     count, why);
    }
}

static int settle_rewriting(struct sweeping_one *one, const struct compact_result *result, int rc,
                            struct err *err)
{
    for (size_t i = 0; i < result->left.count; i++)
        *VEC_ADD(&one->kept) = result->left.items[i];
    one->sweeping->swept.rewritten += result->blobs;
    one->sweeping->swept.bytes += result->bytes;
    one->sweeping->swept.written += result->written;
    if (rc == 0) {
        if (result->left.count > 0)
            tell_left(one, result, "there is no room to rewrite what is");
        one->more = result->blobs > 0;
        return 0;
    }
    if (rc != E_NO_SPACE && rc != E_CORRUPT && rc != E_NOT_FOUND)
        return rc;
    one->more = result->left.count > 0;
    if (one->more) {
        tell_left(one, result, err->text);
    } else {
        one->whole = true;
        if (!one->sweeping->quiet)
            store_notice(one->sweeping->store,
                         "replica '%s' is not looked through for blobs of which "
                         "little is needed: %s",
                         one->label, err->text);
    }
    return 0;
}

/* Without it they would be looked up one by one. */
static void list_new_blobs(const struct replica *replica)
{
    struct index *index = NULL;

    if (index_open(replica->dir, &index, NULL) == 0)
        index_save(index, NULL);
    index_close(index);
}

static int rewrite_blobs(struct sweeping_one *one, struct err *err)
{
    struct sweeping *const sweeping = one->sweeping;
    struct compact_job job = {
        .replica = &one->replica,
        .digests = one->live.disks.items,
        .count = one->live.disks.count,
        .kept = &one->kept,
        .now = store_now(sweeping->store),
        .pool = ops_pool(sweeping->store),
        .memo = sweeping->memo,
    };
    struct compact_result result = {0};
    int rc;

    if (one->whole)
        return 0;
    rc = space_left(one->replica.blobs, "blobs", &job.room, err);
    if (rc < 0)
        return rc;
    if (sweeping->plan) /* what goes first makes room */
        job.room += sweeping->swept.bytes - one->before;
    rc = sweeping->plan ? compact_plan(&job, &result, err) : compact_step(&job, &result, err);
    if (result.blobs > 0 && !sweeping->plan)
        list_new_blobs(&one->replica);
    rc = settle_rewriting(one, &result, rc, err);
    one->more = one->more && !sweeping->plan;
    free(result.left.items);
    return rc;
}

/* --- the whole --- */

/* `marks` holds them when they were read: to be released in any case. */
static int find_marked(const struct sweeping_one *one, struct marks *marks,
                       const struct marked_replica **ret, struct err *err)
{
    int rc = 0;

    *ret = one->sweeping->needed;
    if (*ret)
        return 0;
    rc = sweep_read_marks(one->sweeping, one->place, marks, err);
    *ret = marks_of(marks, one->place);
    return rc;
}

/* Maps first: a map whose blobs are gone would be damage, blobs without a map are only garbage.
 * Rewriting comes last: it needs room, and nothing else may depend on that. */
static int sweep_open_replica(struct sweeping_one *one, struct err *err)
{
    struct sweeping *const sweeping = one->sweeping;
    const struct replica *const replica = &one->replica;
    const struct marked_replica *marked;
    struct marks marks = {0};
    char *path = NULL;
    int rc = find_marked(one, &marks, &marked, err);

    if (sweeping->plan && !sweeping->quiet && replica_is_busy(replica))
        store_notice(sweeping->store,
                     "replica '%s' is being written to: what is not committed yet is counted too",
                     replica->label);
    if (rc == 0)
        rc = replica_dir_path(sweeping->store, one->place, &path, err);
    if (rc == 0)
        rc = find_live(one, marked, err);
    if (rc == 0)
        rc = sweep_disks(sweeping, replica, marked, err);
    if (rc == 0)
        rc = sweep_blobs(sweeping, replica, &one->live, err);
    if (rc == 0)
        rc = sweep_scratch(sweeping, SCRATCH_REPLICA, replica->dir, path, err);
    if (rc == 0)
        rc = rewrite_blobs(one, err);
    free(path);
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

static int open_replica(struct sweeping_one *one, struct err *err)
{
    const struct sweeping *const sweeping = one->sweeping;
    int dir = FILE_NONE;
    int rc = replica_dir_open(sweeping->store, one->place, false, &dir, err);

    if (rc < 0)
        return rc;
    if (sweeping->plan)
        return replica_open(dir, one->label, false, 0, &one->replica, err);
    return replica_open_alone(dir, one->label, lock_wait(sweeping), &one->replica, err);
}

/* With the lock held once: as much as one new blob takes is rewritten. Whoever waits for the lock
 * gets it then, and what is needed is read again. */
static int sweep_once(struct sweeping_one *one, struct err *err)
{
    int rc;

    one->more = false;
    rc = open_replica(one, err);
    if (rc == 0)
        rc = sweep_open_replica(one, err);
    replica_close(&one->replica);
    free(one->live.items);
    free(one->live.disks.items);
    one->live = (struct live){0};
    return rc;
}

int sweep_replica(void *user, const struct replica_place *place, struct err *err)
{
    struct sweeping *const sweeping = user;
    struct sweeping_one one = {
        .sweeping = sweeping,
        .place = place,
        .label = replica_dir_label(place),
        .replica = REPLICA_NONE,
        .before = sweeping->swept.bytes,
    };
    int rc;

    do
        rc = sweep_once(&one, err);
    while (rc == 0 && one.more);
    if (rc == 0) {
        sweeping->swept.replicas++;
        if (sweeping->planning)
            planning_free(sweeping->planning, place, sweeping->swept.bytes - one.before);
    } else if (rc != E_NOT_FOUND) {
        err_wrap(err, "cannot sweep replica '%s'", one.label);
        sweep_note_failure(sweeping, err);
    }
    free(one.kept.items);
    free(one.label);
    return 0;
}

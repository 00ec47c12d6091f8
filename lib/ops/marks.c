#include "ops/marks.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/vec.h"
#include "ops/room.h"
#include "ops/trash.h"
#include "store/resource.h"
#include "store/status.h"

struct reading {
    const struct store *store;
    const struct marks_request *request;
    struct marks *marks;
    struct texts trashed; /* read from the trash at first; in lower case, sorted */
    enum { TRASH_FIRST, TRASH_READ, TRASH_AGAIN } step;
};

/* --- one version --- */

static struct marked_replica *replica_at(struct marks *marks, const struct replica_place *place)
{
    struct marked_replica *replica;

    for (size_t i = 0; i < marks->count; i++)
        if (place_equal(&marks->items[i].place, place))
            return &marks->items[i];
    replica = VEC_ADD(marks);
    *replica = (struct marked_replica){
        .place = *place,
        .region = text_copy(place->region),
        .label = replica_dir_label(place),
    };
    replica->place.region = replica->region;
    return replica;
}

struct disks {
    struct disk_digest *items;
    size_t count;
    const char *version;
};

/* A mark of each disk, in the state of `like`. */
static void add_marks(struct marked_replica *replica, const struct disks *disks,
                      const struct mark *like)
{
    for (size_t i = 0; i < disks->count; i++)
        *VEC_ADD(replica) = (struct mark){
            .digest = disks->items[i],
            .version = disks->version,
            .done = like->done,
            .settled = like->settled,
        };
}

/* It is written when the copying begins: so the command was killed before that, or it was lost. */
static void tell_unknown(const struct reading *reading, const struct reference *ref,
                         const char *region)
{
    const struct marks_request *const request = reading->request;
    struct err why = {0}, ignored = {0};
    bool there;

    if (!request->damaged || ref->soft_deleted.value ||
        resource_exists(reading->store, ref, REFERENCE_VERSION, &there, &ignored) || !there)
        return;
    err_set(&why, E_NOT_FOUND, "it is not known what region '%s' has of image version '%s'", region,
            ref->version);
    err_hint(&why, "'sig replicate' looks what is there and writes it down");
    request->damaged(request->user, ref, REFERENCE_VERSION, &why);
}

/* How many of a region's replicas were reported done. */
static int count_done(const struct reading *reading, const struct reference *ref,
                      const char *region, unsigned *ret, struct err *err)
{
    struct region_status status = {0};
    int rc = status_load(reading->store, ref, region, &status, err);

    *ret = rc == 0 ? (unsigned)replication_promised(&status) : 0;
    shape_done(&region_status_shape, &status);
    if (rc == E_CORRUPT)
        return err_hint(err, "'sig replicate' looks what is there and writes it anew");
    if (rc == E_NOT_FOUND)
        tell_unknown(reading, ref, region);
    return rc == E_NOT_FOUND ? 0 : rc;
}

static int mark_region(struct reading *reading, const struct reference *ref,
                       const struct version *version, const struct target_region *target,
                       const struct disks *disks, struct err *err)
{
    const struct replica_place *const only = reading->request->place;
    const bool home = text_equal(target->name, version->location);
    const struct replica_place first = place_first(target);
    struct replica_place place = place_before(target);
    unsigned done = 0;
    int rc = 0;

    if (only && !text_equal(only->region, target->name))
        return 0;
    if (reading->request->states)
        rc = count_done(reading, ref, target->name, &done, err);
    while (place_next(&place, target)) {
        const bool settled = place.number <= done;
        const struct mark like = {
            .settled = settled,
            /* The first one of the home region is there before the version is. */
            .done = settled || (home && place_equal(&place, &first)),
        };

        if (!only || place_equal(only, &place))
            add_marks(replica_at(reading->marks, &place), disks, &like);
    }
    return rc;
}

static int mark_version(struct reading *reading, const struct reference *ref,
                        struct version *version, struct err *err)
{
    const struct target_regions *targets = &version->publishing_profile.target_regions;
    struct disks disks = {0};
    struct buf name = {0};
    int rc, first = 0;

    version_fill_regions(version);
    rc = ops_digests(version, &disks.items, &disks.count, err);
    if (rc < 0)
        return rc;
    reference_add_text(&name, ref);
    texts_add(&reading->marks->names, buf_text(&name));
    buf_done(&name);
    disks.version = reading->marks->names.items[reading->marks->names.count - 1];
    /* All of them: the state of one region, damaged, hides no other. */
    for (size_t i = 0; i < targets->count; i++) {
        struct err cause = {0};

        rc = mark_region(reading, ref, version, &targets->items[i], &disks, &cause);
        if (rc < 0 && first == 0) {
            first = rc;
            *err = cause;
        }
    }
    free(disks.items);
    return first;
}

/* --- all of them --- */

static bool is_left_out(const struct reading *reading, const struct reference *ref)
{
    const struct reference *const without = reading->request->without;

    return without && text_same_word(without->gallery, ref->gallery) &&
           (!without->definition || text_same_word(without->definition, ref->definition)) &&
           (!without->version || text_same_word(without->version, ref->version));
}

/* In lower case; to be released with free. */
static char *name_of(const struct reference *ref)
{
    struct buf name = {0};
    char *text;

    reference_add_text(&name, ref);
    text = buf_take(&name);
    text_lower(text);
    return text;
}

static int by_text(const void *left, const void *right)
{
    return strcmp(*(char *const *)left, *(char *const *)right);
}

/* Whether it was met already, where it was before it moved, or in the trash. */
static bool is_read(const struct reading *reading, const struct reference *ref)
{
    const struct texts *const trashed = &reading->trashed;
    const struct texts *const names = &reading->marks->names;
    char *const name = name_of(ref);
    bool found = reading->step != TRASH_FIRST && trashed->count > 0 &&
                 bsearch(&name, trashed->items, trashed->count, sizeof *trashed->items, by_text);

    if (reading->step == TRASH_AGAIN)
        for (size_t i = 0; !found && i < names->count; i++)
            found = text_same_word(names->items[i], name);
    free(name);
    return found;
}

static int read_version(struct reading *reading, const struct reference *ref, struct err *err)
{
    struct version version = {0};
    int rc;

    if (is_left_out(reading, ref) || is_read(reading, ref))
        return 0;
    rc = ops_read_version(reading->store, ref, &version, err);
    if (rc < 0)
        return rc;
    reading->marks->versions++;
    rc = mark_version(reading, ref, &version, err);
    shape_done(&version_shape, &version);
    return rc;
}

static int read_definition(struct reading *reading, const struct reference *ref, struct err *err)
{
    struct definition definition = {0};
    const int rc = ops_read_definition(reading->store, ref, &definition, err);

    reading->marks->definitions += rc == 0;
    shape_done(&definition_shape, &definition);
    return rc;
}

static int read_gallery(struct reading *reading, const struct reference *ref, struct err *err)
{
    struct gallery gallery = {0};
    const int rc =
        resource_read(reading->store, ref, REFERENCE_GALLERY, &gallery_shape, &gallery, NULL, err);

    reading->marks->galleries += rc == 0;
    shape_done(&gallery_shape, &gallery);
    return rc;
}

/* What went wrong with one resource ends the walk, or is told. */
static int settle(struct reading *reading, const struct reference *ref, enum reference_depth depth,
                  int rc, struct err *err)
{
    if (rc == E_NOT_FOUND)
        return 0;
    if (rc < 0 && reading->request->damaged) {
        reading->request->damaged(reading->request->user, ref, depth, err);
        return 0;
    }
    return rc;
}

static int walk(struct reading *reading, struct reference *ref, enum reference_depth depth,
                struct err *err);

static int walk_list(struct reading *reading, struct reference *ref, enum reference_depth depth,
                     struct err *err)
{
    struct reference child = ops_reference(ref);
    struct texts names = {0};
    int rc = resource_list(reading->store, ref, depth, &names, err);

    rc = settle(reading, ref, depth - 1, rc, err);
    for (size_t i = 0; rc == 0 && i < names.count; i++) {
        text_replace(ops_name_slot(&child, depth), names.items[i]);
        rc = walk(reading, &child, depth, err);
    }
    texts_done(&names);
    shape_done(&reference_shape, &child);
    return rc;
}

/* The resource of that depth, and all below: also below what is damaged itself. */
static int walk(struct reading *reading, struct reference *ref, enum reference_depth depth,
                struct err *err)
{
    int rc = depth == REFERENCE_GALLERY      ? read_gallery(reading, ref, err)
             : depth == REFERENCE_DEFINITION ? read_definition(reading, ref, err)
             : depth == REFERENCE_VERSION    ? read_version(reading, ref, err)
                                             : 0;

    if (rc == E_NOT_FOUND)
        return 0;
    rc = settle(reading, ref, depth, rc, err);
    if (rc == 0 && depth != REFERENCE_VERSION)
        rc = walk_list(reading, ref, depth + 1, err);
    return rc;
}

static int read_trashed(void *user, const struct reference *ref, struct err *err)
{
    struct reading *const reading = user;
    struct err why = {0};
    bool over = false;
    char *name;
    int rc;

    if (reading->request->gone) /* what cannot be told of it is told when it is read */
        ops_is_over(reading->store, ref, store_now(reading->store), &over, &why);
    if (over)
        return 0;
    rc = read_version(reading, ref, err);
    if (rc != E_NOT_FOUND && reading->step == TRASH_FIRST) {
        name = name_of(ref);
        texts_add(&reading->trashed, name);
        free(name);
    }
    return settle(reading, ref, REFERENCE_VERSION, rc, err);
}

static int by_digest(const void *left, const void *right)
{
    const struct mark *a = left;
    const struct mark *b = right;
    const int order = memcmp(&a->digest, &b->digest, sizeof a->digest);

    return order ? order : strcmp(a->version, b->version);
}

/* What is there, and what is in the trash: that before and after, so that a version which moves
 * once, either way, is seen. */
static int read_both(struct reading *reading, struct reference *ref, struct err *err)
{
    enum reference_depth depth = REFERENCE_NONE;
    int rc = reference_depth(ref, &depth, err);

    reading->step = TRASH_FIRST;
    if (rc == 0)
        rc = trash_each(reading->store, ref, read_trashed, reading, err);
    texts_sort(&reading->trashed);
    reading->step = TRASH_READ;
    if (rc == 0)
        rc = walk(reading, ref, depth, err);
    reading->step = TRASH_AGAIN;
    if (rc == 0)
        rc = trash_each(reading->store, ref, read_trashed, reading, err);
    texts_done(&reading->trashed);
    return rc;
}

/* A version that moves more than once meanwhile might be in neither: they are read anew then, as
 * far as the file system's times tell. Where damage is told that would be told twice, and a version
 * that is missed does no harm. */
static int read_all(struct reading *reading, struct reference *ref, struct err *err)
{
    enum { TRIES = 100 };
    struct trash_time before = {0}, after = {0};
    bool still = false;
    int rc = 0;

    for (int try = 0; rc == 0 && !still && try < TRIES; try++) {
        marks_done(reading->marks);
        rc = trash_touched(reading->store, &before, err);
        if (rc == 0)
            rc = read_both(reading, ref, err);
        if (rc == 0)
            rc = trash_touched(reading->store, &after, err);
        still = reading->request->damaged ||
                (before.seconds == after.seconds && before.nanoseconds == after.nanoseconds);
    }
    if (rc == 0 && !still)
        rc = err_set(err, E_BUSY, "versions are being deleted and brought back all the time");
    return rc;
}

int marks_read(const struct store *store, const struct marks_request *request, struct marks *ret,
               struct err *err)
{
    struct reading reading = {.store = store, .request = request, .marks = ret};
    struct reference ref = ops_reference(request->ref);
    const int rc = read_all(&reading, &ref, err);

    for (size_t i = 0; i < ret->count; i++)
        qsort(ret->items[i].items, ret->items[i].count, sizeof *ret->items[i].items, by_digest);
    shape_done(&reference_shape, &ref);
    return rc;
}

void marks_done(struct marks *marks)
{
    for (size_t i = 0; i < marks->count; i++) {
        struct marked_replica *const replica = &marks->items[i];

        free(replica->items);
        free(replica->region);
        free(replica->label);
    }
    free(marks->items);
    texts_done(&marks->names);
    *marks = (struct marks){0};
}

const struct mark *marks_find(const struct marked_replica *replica,
                              const struct disk_digest *digest)
{
    size_t low = 0, high = replica->count;

    while (low < high) {
        const size_t middle = low + (high - low) / 2;

        if (memcmp(&replica->items[middle].digest, digest, sizeof *digest) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == replica->count || memcmp(&replica->items[low].digest, digest, sizeof *digest) != 0)
        return NULL;
    return &replica->items[low];
}

const struct mark *marks_next_disk(const struct marked_replica *replica, const struct mark *mark)
{
    const struct mark *const end = replica->items + replica->count;
    const struct mark *next = mark;

    while (next < end && memcmp(&next->digest, &mark->digest, sizeof mark->digest) == 0)
        next++;
    return next;
}

bool marks_disk_done(const struct marked_replica *replica, const struct mark *mark)
{
    const struct mark *const end = marks_next_disk(replica, mark);
    bool done = false;

    for (; mark < end; mark++)
        done |= mark->done;
    return done;
}

const struct marked_replica *marks_of(const struct marks *marks, const struct replica_place *place)
{
    for (size_t i = 0; i < marks->count; i++)
        if (place_equal(&marks->items[i].place, place))
            return &marks->items[i];
    return NULL;
}

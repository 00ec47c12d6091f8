/* How many resources each region has, and how many it may have. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "ops/room.h"
#include "os/dir.h"
#include "os/file.h"
#include "store/resource.h"

/* What one region has. */
struct tally {
    char *location;
    int64_t counts[LIMITS + 1];
};

struct counting {
    const struct store *store;
    enum reference_depth only; /* REFERENCE_NONE: of every depth */
    const char *location;      /* canonical; NULL: wherever they are */
    bool quiet;                /* what cannot be read is somebody else's concern */
    struct {
        struct tally *items;
        size_t count;
    } tallies;
};

static const char *canonical(const struct store *store, const char *location)
{
    const struct region_row *const row = region_find(&store->regions, location);

    return row ? row->name : location;
}

static struct tally *tally_of(struct counting *counting, const char *location)
{
    struct tally *tally;

    for (size_t i = 0; i < counting->tallies.count; i++)
        if (text_equal(counting->tallies.items[i].location, location))
            return &counting->tallies.items[i];
    tally = VEC_ADD(&counting->tallies);
    tally->location = text_copy(location);
    return tally;
}

static void counting_done(struct counting *counting)
{
    for (size_t i = 0; i < counting->tallies.count; i++)
        free(counting->tallies.items[i].location);
    free(counting->tallies.items);
}

/* --- one resource --- */

static void count_one(struct counting *counting, const char *location, enum limit_name name)
{
    const char *const region = canonical(counting->store, location);

    if (!counting->location || text_equal(counting->location, region))
        tally_of(counting, region)->counts[name]++;
}

static int count_gallery(struct counting *counting, const struct reference *ref, struct err *err)
{
    struct gallery gallery = {0};
    const int rc = ops_read_gallery(counting->store, ref, &gallery, err);

    if (rc == 0)
        count_one(counting, gallery.location, LIMIT_GALLERY);
    shape_done(&gallery_shape, &gallery);
    return rc;
}

static int count_definition(struct counting *counting, const struct reference *ref, struct err *err)
{
    struct definition definition = {0};
    const int rc = ops_read_definition(counting->store, ref, &definition, err);

    if (rc == 0)
        count_one(counting, definition.location, LIMIT_DEFINITION);
    shape_done(&definition_shape, &definition);
    return rc;
}

static int count_version(struct counting *counting, const struct reference *ref, struct err *err)
{
    struct version version = {0};
    const int rc = ops_read_version(counting->store, ref, &version, err);

    if (rc == 0) {
        const char *const region = canonical(counting->store, version.location);

        count_one(counting, region, LIMIT_VERSION);
        if (!counting->location || text_equal(counting->location, region)) {
            int64_t *const most = &tally_of(counting, region)->counts[LIMIT_REPLICA];
            const int64_t replicas = version_replicas(&version);

            *most = replicas > *most ? replicas : *most;
        }
    }
    shape_done(&version_shape, &version);
    return rc;
}

/* --- all of them --- */

static int count_inside(struct counting *counting, const struct reference *ref,
                        enum reference_depth depth, struct err *err);

static int visit(const struct store *store, const struct reference *ref, void *user,
                 struct err *err)
{
    struct counting *const counting = user;
    const enum reference_depth depth = ref->version      ? REFERENCE_VERSION
                                       : ref->definition ? REFERENCE_DEFINITION
                                                         : REFERENCE_GALLERY;
    int rc = 0;

    (void)store;
    if (counting->only == REFERENCE_NONE || counting->only == depth)
        rc = depth == REFERENCE_GALLERY      ? count_gallery(counting, ref, err)
             : depth == REFERENCE_DEFINITION ? count_definition(counting, ref, err)
                                             : count_version(counting, ref, err);
    if (rc || depth == REFERENCE_VERSION || depth == counting->only)
        return rc;
    return count_inside(counting, ref, depth + 1, err);
}

static void pass_over(void *user, enum reference_depth depth, const struct err *why)
{
    (void)user;
    (void)depth;
    (void)why;
}

static int count_inside(struct counting *counting, const struct reference *ref,
                        enum reference_depth depth, struct err *err)
{
    const struct ops_each strict = {.each = visit, .user = counting};
    const struct ops_visitor quiet = {visit, pass_over, counting, NULL};

    return counting->quiet ? ops_walk(counting->store, ref, depth, &quiet, err)
                           : ops_for_each(counting->store, ref, depth, &strict, err);
}

/* --- what may be made --- */

_Static_assert((int)LIMIT_GALLERY == (int)REFERENCE_GALLERY &&
                   (int)LIMIT_DEFINITION == (int)REFERENCE_DEFINITION &&
                   (int)LIMIT_VERSION == (int)REFERENCE_VERSION,
               "the limit of a depth is that number");

/* How many there are, wherever they are: names alone, until they are enough. */
struct names_count {
    const struct store *store;
    enum reference_depth depth;
    int64_t enough, count;
};

static int count_names(struct names_count *counting, const struct reference *ref,
                       enum reference_depth at, struct err *err)
{
    struct reference inside = ops_reference(ref);
    struct texts names = {0};
    int rc = resource_list(counting->store, ref, at, &names, err);

    if (rc == 0 && at == counting->depth)
        counting->count += (int64_t)names.count;
    if (at < counting->depth)
        for (size_t i = 0; rc == 0 && counting->count < counting->enough && i < names.count; i++) {
            text_replace(ops_name_slot(&inside, at), names.items[i]);
            rc = count_names(counting, &inside, at + 1, err);
        }
    texts_done(&names);
    shape_done(&reference_shape, &inside);
    return rc == E_NOT_FOUND ? 0 : rc;
}

static int limit_now(const struct store *store, enum limit_name name, int64_t *ret, struct err *err)
{
    struct limits limits = {0};
    const int rc = store_limits(store, &limits, err);

    if (rc == 0)
        *ret = limit_of(&limits, name);
    free(limits.items);
    return rc;
}

static int refuse(const char *location, enum reference_depth depth, int64_t count, int64_t limit,
                  struct err *err)
{
    const enum limit_name name = (enum limit_name)depth;
    const int64_t more = 2 * limit > count ? 2 * limit : count + 1;

    err_set(err, E_NO_SPACE, "region '%s' has %" PRId64 " of %" PRId64 " %s", location, count,
            limit, reference_nouns(depth));
    return err_hint(err,
                    "'sig usage --location %s' counts them, 'sig store update --limit %s=%" PRId64
                    "' allows more",
                    location, choice_word(&limit_choices, name),
                    more < limit_most(name) ? more : limit_most(name));
}

int ops_check_limit(const struct store *store, enum reference_depth depth, const char *location,
                    struct err *err)
{
    const struct reference all = {0};
    struct names_count names = {.store = store, .depth = depth};
    struct counting counting = {.store = store, .only = depth, .quiet = true};
    int64_t count = 0;
    int rc = limit_now(store, (enum limit_name)depth, &names.enough, err);

    if (rc == 0)
        rc = count_names(&names, &all, REFERENCE_GALLERY, err);
    if (rc || names.count < names.enough)
        return rc;
    counting.location = canonical(store, location);
    rc = count_inside(&counting, &all, REFERENCE_GALLERY, err);
    count = counting.tallies.count ? counting.tallies.items[0].counts[depth] : 0;
    if (rc == 0 && count >= names.enough)
        rc = refuse(counting.location, depth, count, names.enough, err);
    counting_done(&counting);
    return rc;
}

int ops_check_replicas(const struct store *store, const struct version *version, struct err *err)
{
    const int64_t count = version_replicas(version);
    int64_t limit;
    const int rc = limit_now(store, LIMIT_REPLICA, &limit, err);

    if (rc || count <= limit)
        return rc;
    err_set(err, E_NO_SPACE, "%" PRId64 " replica%s in all %s more than %" PRId64, count,
            count == 1 ? "" : "s", count == 1 ? "is" : "are", limit);
    return err_hint(err, "'sig store update --limit %s=%" PRId64 "' allows %s",
                    choice_word(&limit_choices, LIMIT_REPLICA), count, count == 1 ? "it" : "them");
}

/* --- what there is --- */

static int by_location(const void *left, const void *right)
{
    return strcmp(((const struct tally *)left)->location, ((const struct tally *)right)->location);
}

int gal_usage(struct store *store, const struct usage_request *request, struct usages *ret,
              struct err *err)
{
    const struct reference all = {0};
    struct counting counting = {.store = store};
    int rc = ops_authorise(store, ACTION_USAGE_READ, NULL, err);

    if (rc == 0)
        rc = ops_region(store, request->location, &counting.location, err);
    if (rc)
        return rc;
    tally_of(&counting, counting.location ? counting.location
                        : store->root == FILE_NONE
                            ? REGION_LOCAL
                            : canonical(store, store->info.default_location));
    rc = count_inside(&counting, &all, REFERENCE_GALLERY, err);
    qsort(counting.tallies.items, counting.tallies.count, sizeof *counting.tallies.items,
          by_location);
    for (size_t i = 0; i < counting.tallies.count; i++)
        for (unsigned name = 1; name <= LIMITS; name++)
            usages_add(ret, &store->info.limits, name, counting.tallies.items[i].location,
                       counting.tallies.items[i].counts[name]);
    counting_done(&counting);
    return rc;
}

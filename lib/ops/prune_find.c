/* Which versions a policy keeps, and which may go. */
#include <stdlib.h>

#include "base/mem.h"
#include "base/text.h"
#include "ops/prune.h"
#include "ops/work.h"
#include "store/work.h"

bool pruned_goes(const struct pruned *pruned)
{
    return prune_rule_drops(pruned->judged.rule) && !pruned->failed;
}

/* --- one version --- */

static struct opt_time earlier(struct opt_time a, struct opt_time b)
{
    if (!a.set || !b.set)
        return a.set ? a : b;
    return a.value < b.value ? a : b;
}

/* `name` as it is spelled. */
static struct pruned *add(struct pruning *pruning, const char *name, unsigned rule)
{
    struct pruned *const pruned = VEC_ADD(&pruning->versions);
    struct err ignored = {0};
    struct buf text = {0};

    *pruned = (struct pruned){
        .ref = {.resource_group = text_copy(pruning->resource_group),
                .gallery = text_copy(pruning->gallery),
                .definition = text_copy(pruning->definition),
                .version = text_copy(name)},
        .judged.rule = rule,
        .trash = pruning->trash,
    };
    semver_parse(name, &pruned->judged.number, &ignored);
    reference_add_id(&text, pruning->store->info.store_id, &pruned->ref);
    pruned->id = buf_take(&text);
    reference_add_text(&text, &pruned->ref);
    pruned->name = buf_take(&text);
    pruned->key = text_copy(pruned->name);
    text_lower(pruned->key);
    return pruned;
}

static int each_version(const struct store *store, const struct reference *ref, void *user,
                        struct err *err)
{
    struct pruning *const pruning = user;
    struct version version = {0};
    struct pruned *pruned;
    const int rc = ops_read_version(store, ref, &version, err);

    if (rc == E_CORRUPT || rc == E_UNSUPPORTED || rc == E_DENIED)
        text_replace(&add(pruning, ref->version, PRUNE_UNREADABLE)->details, err->text);
    if (rc)
        return rc;
    pruned = add(pruning, version.name, 0);
    pruned->version = version;
    pruned->judged.published_date = version.publishing_profile.published_date;
    pruned->judged.end_of_life_date =
        earlier(version.publishing_profile.end_of_life_date, pruning->end_of_life_date);
    return 0;
}

/* --- the versions of one definition --- */

struct judging {
    struct pruning *pruning;
    size_t first; /* of the definition */
    size_t count;
    struct retention_version *judged; /* highest first */
};

/* Number n of those that are judged. */
static struct pruned *pruned_at(const struct judging *judging, size_t n)
{
    return &judging->pruning->versions.items[judging->first + judging->count - 1 - n];
}

/* A version that is there already while it is being created is copied to its regions. */
static int note_record(void *user, const struct reference *ref, struct err *err)
{
    const struct judging *const judging = user;
    struct pruning *const pruning = judging->pruning;
    struct pruned *pruned = NULL;
    struct work work = {0};
    struct err why = {0};
    const int rc = work_read(pruning->store, ref, &work, &why);

    (void)err;
    for (size_t i = judging->first; !pruned && i < pruning->versions.count; i++)
        if (text_same_word(pruning->versions.items[i].ref.version, ref->version))
            pruned = &pruning->versions.items[i];
    if (rc != E_NOT_FOUND && (!pruned || rc || work.kind == WORK_PUBLISH)) {
        if (!pruned)
            pruned = add(pruning, ref->version, PRUNE_CREATING);
        if (!pruned->judged.rule)
            pruned->judged.rule = PRUNE_CREATING;
        text_replace(&pruned->details, rc ? why.text : work.error);
    }
    shape_done(&work_shape, &work);
    return 0;
}

static int by_number(const void *left, const void *right)
{
    const struct pruned *const a = left;
    const struct pruned *const b = right;

    return semver_compare(&a->judged.number, &b->judged.number);
}

/* What the commands say that delete one. */
static int check_deletion(const struct judging *judging, size_t n, struct err *err)
{
    const struct pruning *const pruning = judging->pruning;
    struct pruned *const pruned = pruned_at(judging, n);
    struct err why = {0};
    int rc;

    if (!prune_rule_drops(judging->judged[n].rule))
        return 0;
    if (version_check_deletion(&pruned->version, pruning->now, &why)) {
        judging->judged[n].rule = PRUNE_BLOCKED;
        text_replace(&pruned->details, why.text);
        return 0;
    }
    rc = ops_check_unlocked(pruning->store, &pruned->ref, REFERENCE_VERSION, true, &why);
    if (rc == E_CONFLICT) {
        judging->judged[n].rule = PRUNE_LOCKED;
        text_replace(&pruned->details, why.text);
        rc = 0;
    }
    if (rc)
        *err = why;
    return rc;
}

/* Whether one replica directory has all its disks, as far as a look from outside tells. */
static bool is_intact(void *user, size_t n)
{
    const struct judging *const judging = user;
    struct pruned *const pruned = pruned_at(judging, n);
    struct disk_digest *digests = NULL;
    struct replica_set set = {0};
    struct err ignored = {0};
    bool found = false;
    size_t count = 0;

    version_fill_regions(&pruned->version);
    if (ops_digests(&pruned->version, &digests, &count, &ignored))
        return false;
    replica_set_list(judging->pruning->store, &pruned->version, NULL, &set);
    for (size_t i = 0; !found && i < set.count; i++) {
        replica_set_open_one(&set, i);
        if (set.items[i].why || ops_has_disks(&set.items[i], digests, count, &found, &ignored))
            found = false;
    }
    replica_set_close(&set);
    free(digests);
    return found;
}

static int judge(struct judging *judging, struct err *err)
{
    const struct retention *const policy = judging->pruning->policy;
    int rc = 0;

    judging->count = judging->pruning->versions.count - judging->first;
    if (judging->count > 0)
        qsort(&judging->pruning->versions.items[judging->first], judging->count,
              sizeof(struct pruned), by_number);
    judging->judged = mem_new(judging->count, sizeof *judging->judged);
    for (size_t n = 0; n < judging->count; n++) {
        judging->judged[n] = pruned_at(judging, n)->judged;
        judging->judged[n].tags = &pruned_at(judging, n)->version.tags;
    }
    retention_decide(policy, judging->pruning->now, judging->judged, judging->count);
    for (size_t n = 0; rc == 0 && n < judging->count; n++)
        rc = check_deletion(judging, n, err);
    if (rc == 0 && !policy->allow_empty.value)
        retention_keep_last(judging->judged, judging->count, is_intact, judging);
    for (size_t n = 0; n < judging->count; n++)
        pruned_at(judging, n)->judged.rule = judging->judged[n].rule;
    free(judging->judged);
    return rc;
}

/* --- all of them --- */

static void note_unreadable(void *user, enum reference_depth depth, const struct err *why)
{
    struct pruning *const pruning = user;

    (void)depth;
    ops_note_unread(pruning->store, pruning->unread, why);
}

static int visit(struct pruning *pruning, const struct reference *ref, enum reference_depth depth,
                 struct err *err);

static int each_definition(const struct store *store, const struct reference *ref, void *user,
                           struct err *err)
{
    struct pruning *const pruning = user;
    struct judging judging = {.pruning = pruning, .first = pruning->versions.count};
    struct definition definition = {0};
    int rc = ops_read_definition(store, ref, &definition, err);

    text_replace(&pruning->definition, definition.name);
    pruning->end_of_life_date = definition.end_of_life_date;
    shape_done(&definition_shape, &definition);
    if (rc == 0)
        rc = visit(pruning, ref, REFERENCE_VERSION, err);
    if (rc)
        return rc;
    rc = work_each(store, ref, note_record, &judging, err);
    if (rc == 0)
        rc = judge(&judging, err);
    if (rc == 0)
        return 0;
    /* The walk passes over what is damaged. This is not that: nothing is known of the versions. */
    pruning->fatal = *err;
    return err_set(err, E_FAILED, "%s", pruning->fatal.text);
}

static int each_gallery(const struct store *store, const struct reference *ref, void *user,
                        struct err *err)
{
    struct pruning *const pruning = user;
    struct gallery gallery = {0};
    const int rc = ops_read_gallery(store, ref, &gallery, err);

    text_replace(&pruning->gallery, gallery.name);
    text_replace(&pruning->resource_group, gallery.resource_group);
    pruning->trash =
        !(pruning->how & DELETE_BYPASS) && soft_delete_is_on(&gallery.soft_delete_policy);
    shape_done(&gallery_shape, &gallery);
    if (rc)
        return rc;
    return ref->definition ? each_definition(store, ref, user, err)
                           : visit(pruning, ref, REFERENCE_DEFINITION, err);
}

static int visit(struct pruning *pruning, const struct reference *ref, enum reference_depth depth,
                 struct err *err)
{
    const struct ops_visitor visitor = {
        .each = depth == REFERENCE_GALLERY      ? each_gallery
                : depth == REFERENCE_DEFINITION ? each_definition
                                                : each_version,
        .unreadable = note_unreadable,
        .user = pruning,
    };

    return ops_walk(pruning->store, ref, depth, &visitor, err);
}

int prune_find(struct pruning *pruning, const struct reference *ref, struct err *err)
{
    enum reference_depth depth;
    int rc = reference_depth(ref, &depth, err);

    if (rc == 0 && depth != REFERENCE_NONE)
        rc = ops_check(pruning->store, ref, depth, NAMING_READ, err);
    if (rc == 0)
        rc = depth == REFERENCE_NONE ? visit(pruning, ref, REFERENCE_GALLERY, err)
                                     : each_gallery(pruning->store, ref, pruning, err);
    if (pruning->fatal.code) {
        *err = pruning->fatal;
        rc = err->code;
    }
    return rc;
}

void prune_release(struct pruning *pruning)
{
    for (size_t i = 0; i < pruning->versions.count; i++) {
        struct pruned *const pruned = &pruning->versions.items[i];

        shape_done(&reference_shape, &pruned->ref);
        shape_done(&version_shape, &pruned->version);
        free(pruned->id);
        free(pruned->name);
        free(pruned->key);
        free(pruned->details);
    }
    free(pruning->versions.items);
    marks_done(&pruning->marks);
    free(pruning->gallery);
    free(pruning->definition);
    free(pruning->resource_group);
    *pruning = (struct pruning){0};
}

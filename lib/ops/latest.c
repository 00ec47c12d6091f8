/* Which version "latest" or a range means. One function judges a version, whoever asks: so what
 * 'latest --why' says is what every other command does. */
#include <stdlib.h>

#include "base/mem.h"
#include "base/text.h"
#include "model/version_name.h"
#include "ops/room.h"
#include "store/resource.h"
#include "store/status.h"

static int highest_first(const void *left, const void *right)
{
    return -semver_compare(left, right);
}

int ops_version_numbers(const struct store *store, const struct reference *ref, struct semver **ret,
                        size_t *ret_count, struct err *err)
{
    struct texts names = {0};
    struct err ignored = {0};
    struct semver *numbers;
    size_t count = 0;
    int rc;

    rc = resource_list(store, ref, REFERENCE_VERSION, &names, err);
    if (rc)
        return rc;
    numbers = mem_new(names.count, sizeof *numbers);
    for (size_t i = 0; i < names.count; i++)
        if (semver_parse(names.items[i], &numbers[count], &ignored) == 0)
            count++;
    texts_done(&names);
    qsort(numbers, count, sizeof *numbers, highest_first);
    *ret = numbers;
    *ret_count = count;
    return 0;
}

/* --- judging one version --- */

static void note_region(const struct store *store, struct latest_candidate *candidate,
                        enum latest_rule rule, const char *region)
{
    const struct region_row *const row = region_find(&store->regions, region);

    candidate->rule = rule;
    text_replace(&candidate->region, row ? row->display_name : region);
}

/* Whether all its copies in that region are complete; else how far they are. */
static int judge_copies(const struct store *store, const struct reference *ref, const char *region,
                        struct latest_candidate *candidate, struct err *err)
{
    struct region_status status = {0};
    const int rc = status_read(store, ref, region, &status, err);

    if (rc == 0 && status.state != REPLICATION_COMPLETED) {
        note_region(store, candidate, LATEST_INCOMPLETE, region);
        candidate->state = status.state;
        candidate->progress = status.progress;
        text_replace(&candidate->details, status.details);
    }
    shape_done(&region_status_shape, &status);
    return rc;
}

/* Leaves the rule at LATEST_CHOSEN when nothing in that region speaks against it. */
static int judge_region(const struct store *store, const struct reference *ref,
                        const struct version *version, const char *region,
                        struct latest_candidate *candidate, struct err *err)
{
    const struct target_region *const target = version_target(version, region);

    if (!target) {
        note_region(store, candidate, LATEST_NO_TARGET, region);
    } else if (version_is_excluded(version, region)) {
        if (target->exclude_from_latest.set)
            note_region(store, candidate, LATEST_EXCLUDED_IN_REGION, region);
        else
            candidate->rule = LATEST_EXCLUDED;
    } else {
        return judge_copies(store, ref, region, candidate, err);
    }
    return 0;
}

static int judge_version(const struct store *store, const struct reference *ref,
                         const struct version *version, const struct latest_ask *ask,
                         struct latest_candidate *candidate, struct err *err)
{
    const struct target_regions *const targets = &version->publishing_profile.target_regions;
    const struct opt_time *const end = &version->publishing_profile.end_of_life_date;
    const size_t count = ask->everywhere ? targets->count : ask->region_count;
    int rc = 0;

    candidate->rule = LATEST_CHOSEN;
    if (ask->skip_end_of_life && end->set && end->value <= store_now(store))
        candidate->rule = LATEST_END_OF_LIFE;
    else if (count == 0)
        rc = judge_region(store, ref, version, version->location, candidate, err);
    for (size_t i = 0; rc == 0 && candidate->rule == LATEST_CHOSEN && i < count; i++)
        rc = judge_region(store, ref, version,
                          ask->everywhere ? targets->items[i].name : ask->regions[i], candidate,
                          err);
    return rc;
}

/* Read the version and judge it. E_NOT_FOUND: it was deleted meanwhile. */
static int judge(const struct store *store, const struct reference *ref,
                 const struct latest_ask *ask, struct latest_candidate *candidate, struct err *err)
{
    struct version version = {0};
    int rc = ops_read_version(store, ref, &version, err);

    text_replace(&candidate->name, ref->version);
    if (rc == 0)
        rc = judge_version(store, ref, &version, ask, candidate, err);
    shape_done(&version_shape, &version);
    if (rc != E_CORRUPT)
        return rc;
    candidate->rule = LATEST_UNREADABLE;
    text_replace(&candidate->details, err->text);
    if (!ask->why)
        store_notice(store, "%s; passed over for latest", err->text);
    return 0;
}

/* --- choosing among them --- */

/* Where one was looked for, as a message ends: " in region 'westus2'". */
static void add_where(struct buf *out, const struct latest_ask *ask)
{
    if (ask->everywhere)
        buf_add_text(out, " in all of its target regions");
    else if (ask->region_count == 1)
        buf_printf(out, " in region '%s'", ask->regions[0]);
    else if (ask->region_count > 1)
        buf_printf(out, " in all %zu regions", ask->region_count);
}

/* `count` versions were looked at. */
static int refuse_all(const struct reference *ref, const struct latest_ask *ask, size_t count,
                      struct err *err)
{
    const bool is_any = text_same_word(ref->version, "latest");
    const bool is_home = ask->region_count == 0 && !ask->everywhere;
    const struct reference asked = reference_asked(ref, REFERENCE_DEFINITION);
    struct buf text = {0};

    buf_add_text(&text, "image definition '");
    reference_add_text(&text, &asked);
    buf_add_text(&text, "' has no latest version");
    if (!is_any)
        buf_printf(&text, " of '%s'", ref->version);
    add_where(&text, ask);
    err_set(err, E_NOT_FOUND, "%s", buf_text(&text));
    buf_done(&text);
    if (count == 0)
        return err_hint(err, is_any ? "it has no versions yet" : "it has no such version");
    if (count == 1)
        buf_add_text(&text, is_any ? "its only version is" : "its only such version is");
    else
        buf_printf(&text, "each of its %zu %sversions is", count, is_any ? "" : "such ");
    buf_printf(&text, " excluded from latest, %sor not complete %s%s",
               ask->skip_end_of_life ? "past its end of life, " : "",
               is_home ? "in its home region" : "there",
               ask->why ? "" : "; 'sig image-version latest --why' says which");
    err_hint(err, "%s", buf_text(&text));
    buf_done(&text);
    return E_NOT_FOUND;
}

/* Look at one more; what was found out goes to `why` when it is kept. */
static int consider(const struct store *store, struct reference *ref, const struct latest_ask *ask,
                    bool *found, struct err *err)
{
    struct latest_candidate candidate = {0};
    int rc = judge(store, ref, ask, &candidate, err);

    if (rc == 0 && candidate.rule == LATEST_CHOSEN && *found)
        candidate.rule = LATEST_BELOW;
    *found = *found || (rc == 0 && candidate.rule == LATEST_CHOSEN);
    if (rc == 0 && ask->why)
        *VEC_ADD(ask->why) = candidate;
    else
        latest_candidate_done(&candidate);
    return rc;
}

int ops_latest(const struct store *store, struct reference *ref, const struct latest_ask *ask,
               struct err *err)
{
    struct reference at = ops_reference(ref);
    struct semver *numbers = NULL;
    struct version_name name;
    char chosen[SEMVER_TEXT_SIZE];
    size_t count = 0, considered = 0;
    bool found = false;
    int rc;

    rc = version_name_parse(ref->version, &name, err);
    if (rc == 0)
        rc = ops_version_numbers(store, ref, &numbers, &count, err);
    for (size_t i = 0; rc == 0 && (!found || ask->why) && i < count; i++) {
        const bool was_found = found;
        char text[SEMVER_TEXT_SIZE];

        if (!version_name_covers(&name, &numbers[i]))
            continue;
        semver_text(&numbers[i], text);
        text_replace(&at.version, text);
        rc = consider(store, &at, ask, &found, err);
        if (found && !was_found)
            semver_text(&numbers[i], chosen);
        if (rc == E_NOT_FOUND) /* deleted meanwhile */
            rc = 0;
        else
            considered++;
    }
    free(numbers);
    shape_done(&reference_shape, &at);
    if (rc == 0 && !found)
        rc = refuse_all(ref, ask, considered, err);
    if (rc == 0)
        text_replace(&ref->version, chosen);
    return rc;
}

int ops_resolve(const struct store *store, struct reference *ref, const char *region,
                struct err *err)
{
    const struct latest_ask ask = {.regions = &region, .region_count = region ? 1 : 0};
    struct version_name name;
    const int rc = version_name_parse(ref->version, &name, err);

    return rc || name.kind == VERSION_NAME_NUMBER ? rc : ops_latest(store, ref, &ask, err);
}

int ops_find_version(const struct store *store, struct reference *ref, const char *region,
                     const char **ret_region, struct err *err)
{
    struct gallery gallery = {0};
    int rc;

    rc = ops_enter(store, ACTION_VERSION_READ, ref, NAMING_READ, err);
    if (rc == 0)
        rc = ops_region(store, region, ret_region, err);
    if (rc == 0)
        rc = ops_read_gallery(store, ref, &gallery, err);
    if (rc == 0)
        rc = ops_resolve(store, ref, *ret_region, err);
    shape_done(&gallery_shape, &gallery);
    return rc;
}

/* --- the verb --- */

static int check_latest(const struct store *store, struct reference *ref, struct err *err)
{
    enum reference_depth depth;
    int rc = reference_depth(ref, &depth, err);

    if (rc == 0 && depth == REFERENCE_DEFINITION)
        text_replace(&ref->version, "latest");
    return rc ? rc : ops_enter(store, ACTION_VERSION_READ, ref, NAMING_READ, err);
}

/* What is worth knowing about the chosen one. */
static int describe(const struct store *store, const struct reference *ref, struct latest *ret,
                    struct err *err)
{
    struct version version = {0};
    const int rc = ops_show_version(store, ref, false, &version, err);

    if (rc)
        return rc;
    text_replace(&ret->id, version.id);
    text_replace(&ret->name, version.name);
    text_replace(&ret->resource_group, version.resource_group);
    text_replace(&ret->location, version.location);
    ret->published_date = version.publishing_profile.published_date;
    ret->end_of_life_date = version.publishing_profile.end_of_life_date;
    shape_done(&version_shape, &version);
    return 0;
}

int gal_version_latest(struct store *store, const struct version_latest *request,
                       struct latest *ret, struct err *err)
{
    struct latest_ask ask = {
        .everywhere = request->everywhere,
        .skip_end_of_life = request->skip_end_of_life,
        .why = request->why ? &ret->candidates : NULL,
    };
    const char **const regions = mem_new(request->regions.count, sizeof *regions);
    struct reference ref = ops_reference(&request->ref);
    struct gallery gallery = {0};
    int rc = check_latest(store, &ref, err);

    for (size_t i = 0; rc == 0 && i < request->regions.count; i++)
        rc = ops_region(store, request->regions.items[i], &regions[i], err);
    ask.regions = regions;
    ask.region_count = request->regions.count;
    if (rc == 0)
        rc = ops_read_gallery(store, &ref, &gallery, err);
    if (rc == 0)
        rc = ops_latest(store, &ref, &ask, err);
    if (rc == 0)
        rc = describe(store, &ref, ret, err);
    free(regions);
    shape_done(&gallery_shape, &gallery);
    shape_done(&reference_shape, &ref);
    return rc;
}

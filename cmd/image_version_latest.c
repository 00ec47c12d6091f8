/* Which version is latest, for 'sig image-version'. */
#include "cmd/image_version.h"

struct latest_request {
    struct reference ref;
    char *region;
    struct texts all_regions; /* "" alone: all that the version has */
    struct opt_bool why;
    struct opt_bool skip_end_of_life;
};

/* Any spelling of regions; no word stands for all. */
static int parse_all_regions(const char *const *words, size_t count, void *slot, struct err *err)
{
    struct texts *const regions = slot;

    if (count != 1 || words[0][0])
        return regions_parse_words(words, count, slot, err);
    texts_done(regions);
    texts_add(regions, "");
    return 0;
}

/* clang-format off */
static const struct row latest_rows[] = {
    ROW_OBJECT(struct latest_request, ref, "reference", &reference_shape,
               .about = "The image definition, or a range of its versions"),
    ROW(struct latest_request, region, "region", .flag = "--region", .metavar = "REGION",
        .parse = region_parse_words, .check = region_check,
        .about = "Where it is to be complete; each version's own home region when not given"),
    ROW(struct latest_request, all_regions, "allRegions", .rules = ROW_CLEARS, .flag = "--all-regions",
        .metavar = "REGION", .parse = parse_all_regions, .check = regions_check,
        .about = "It is to be complete in all of these; without a word in all target regions it has"),
    ROW(struct latest_request, skip_end_of_life, "skipEndOfLife", .flag = "--skip-end-of-life",
        .about = "Pass over versions that are past their end of life"),
    ROW(struct latest_request, why, "why", .flag = "--why",
        .about = "List every candidate, and the rule that decided about it"),
};
/* clang-format on */

const struct shape version_latest_shape =
    SHAPE(struct latest_request, "request", latest_rows, NULL);

int version_run_latest(struct run *run, const void *request, void *result, struct err *err)
{
    const struct latest_request *const asked = request;
    char *one[] = {asked->region};
    struct version_latest call = {
        .ref = asked->ref,
        .why = asked->why.value,
        .skip_end_of_life = asked->skip_end_of_life.value,
    };

    if (asked->region && asked->all_regions.count)
        return err_set(err, E_USAGE, "--region and --all-regions are both given");
    if (asked->region)
        call.regions = (struct texts){.items = one, .count = 1};
    else if (asked->all_regions.count && !asked->all_regions.items[0][0])
        call.everywhere = true;
    else
        call.regions = asked->all_regions;
    return gal_version_latest(run->store, &call, result, err);
}

#include "model/advice.h"

#include <inttypes.h>

#include "base/number.h"
#include "base/text.h"
#include "model/room.h"
#include "model/version.h"

/* clang-format off */
static const struct row cell_rows[] = {
    ROW(struct advice_region, region, "region", .rules = ROW_MADE | ROW_COLUMN, .about = "Region"),
    ROW(struct advice_region, name, "name", .rules = ROW_KEY | ROW_MADE, .about = "Its short name"),
    ROW(struct advice_region, storage_account_type, "storageAccountType", .rules = ROW_MADE,
        .choices = &storage_type_choices, .about = "Storage type of the copies"),
    ROW(struct advice_region, wanted, "wanted", .rules = ROW_MADE | ROW_COLUMN,
        .about = "Replicas that the version wants there now"),
    ROW(struct advice_region, intact, "intact", .rules = ROW_MADE | ROW_COLUMN,
        .about = "Replicas that were found there with all disks"),
    ROW(struct advice_region, needed, "needed", .rules = ROW_MADE | ROW_COLUMN,
        .about = "Replicas that the rule asks for"),
    ROW(struct advice_region, serves, "serves", .rules = ROW_MADE | ROW_COLUMN,
        .about = "Deployments at the same time that the intact ones are enough for"),
};

static const struct shape region_advice_shape =
    SHAPE(struct advice_region, "advice for a region", cell_rows, NULL);

static const struct row rows[] = {
    ROW(struct advice, name, "name", .rules = ROW_MADE | ROW_COLUMN, .about = "The version"),
    ROW(struct advice, enough, "enough", .rules = ROW_MADE | ROW_COLUMN,
        .about = "Whether every region has as many intact replicas as it needs"),
    ROW(struct advice, instances, "instances", .rules = ROW_MADE | ROW_COLUMN,
        .about = "Deployments at the same time, in each region"),
    ROW(struct advice, scale_sets, "scaleSets", .rules = ROW_MADE, .about = "Scale sets that they are in"),
    ROW(struct advice, needed, "needed", .rules = ROW_MADE | ROW_COLUMN,
        .about = "Replicas that each region needs"),
    ROW(struct advice, rule, "rule", .rules = ROW_MADE, .about = "The rule that gives this number"),
    ROW(struct advice, other_rule, "otherRule", .rules = ROW_MADE,
        .about = "What the documentation says elsewhere"),
    ROW_LIST(struct advice, regions, "regions", &region_advice_shape, .rules = ROW_MADE | ROW_BELOW | ROW_ALWAYS,
        .about = "One entry a region"),
    ROW(struct advice, command, "command", .rules = ROW_MADE,
        .about = "The command that brings the version there; absent when nothing is to be done, or cannot be"),
    ROW(struct advice, reason, "reason", .rules = ROW_MADE, .about = "Why it cannot be brought there"),
};
/* clang-format on */

const struct shape advice_shape = SHAPE(struct advice, "advice", rows, NULL);

static int64_t divide_up(int64_t whole, int64_t part)
{
    return (int64_t)number_divide_up((uint64_t)whole, (uint64_t)part);
}

/* Of the largest of scale sets that are as alike as can be. */
static int64_t replicas_of_set(int64_t instances, int64_t scale_sets)
{
    return divide_up(divide_up(instances, scale_sets), ADVICE_SCALE_SET);
}

int64_t advice_needed(int64_t instances, int64_t scale_sets)
{
    return scale_sets ? scale_sets * replicas_of_set(instances, scale_sets)
                      : divide_up(instances, ADVICE_MACHINES);
}

char *advice_rule(int64_t instances, int64_t scale_sets)
{
    if (!scale_sets)
        return text_printf("one replica for every %d deployments at the same time: "
                           "%" PRId64 " for %" PRId64,
                           (int)ADVICE_MACHINES, advice_needed(instances, 0), instances);
    return text_printf("one replica for every scale set of up to %d instances: %" PRId64
                       " for %" PRId64 " of %" PRId64,
                       (int)ADVICE_SCALE_SET, advice_needed(instances, scale_sets), scale_sets,
                       divide_up(instances, scale_sets));
}

char *advice_other_rule(int64_t instances, int64_t scale_sets)
{
    if (!scale_sets)
        return text_printf("elsewhere the documentation says one for every %d: %" PRId64
                           "; the careful rule was taken",
                           (int)ADVICE_MACHINES_ELSEWHERE,
                           divide_up(instances, ADVICE_MACHINES_ELSEWHERE));
    return text_printf("later editions of the documentation say one for every scale set, of any "
                       "size: %" PRId64 "; the careful rule was taken",
                       scale_sets);
}

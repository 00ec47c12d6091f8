#include "model/soft_deleted.h"

#include "base/text.h"
#include "model/semver.h"

enum { DAY = 24 * 60 * 60 }; /* seconds */

const struct choices artifact_type_choices = {
    .noun = "artifact type",
    .words = (const char *const[]){"Images", NULL},
};

/* clang-format off */
static const struct row rows[] = {
    ROW(struct soft_deleted, id, "id", .rules = ROW_MADE | ROW_VIEW,
        .about = "Id among what was soft-deleted, as Azure Resource Manager writes it"),
    ROW(struct soft_deleted, image_version, "imageVersion", .rules = ROW_MADE | ROW_VIEW | ROW_COLUMN,
        .about = "Gallery, image definition and number"),
    ROW(struct soft_deleted, name, "name", .rules = ROW_KEY | ROW_MADE | ROW_NEEDED,
        .check = semver_check, .about = "Major.Minor.Patch"),
    ROW(struct soft_deleted, type, "type", .rules = ROW_MADE | ROW_VIEW,
        .about = "Microsoft.Compute/galleries/softDeletedArtifactTypes/artifacts/versions"),
    ROW(struct soft_deleted, resource_group, "resourceGroup", .rules = ROW_MADE | ROW_VIEW,
        .about = "Label of the gallery"),
    ROW(struct soft_deleted, location, "location", .rules = ROW_MADE | ROW_VIEW | ROW_COLUMN,
        .about = "Its home region"),
    ROW(struct soft_deleted, soft_deleted_artifact_type, "softDeletedArtifactType",
        .rules = ROW_MADE | ROW_VIEW, .choices = &artifact_type_choices,
        .about = "What it is: Images"),
    ROW(struct soft_deleted, soft_deleted_time, "softDeletedTime",
        .rules = ROW_MADE | ROW_NEEDED | ROW_COLUMN, .column = "Deleted",
        .about = "When it was deleted"),
    ROW(struct soft_deleted, consumption_end_time, "consumptionEndTime",
        .rules = ROW_MADE | ROW_NEEDED, .about = "Until when it can be exported by its number"),
    ROW(struct soft_deleted, hard_deletion_target_time, "hardDeletionTargetTime",
        .rules = ROW_MADE | ROW_NEEDED | ROW_COLUMN, .column = "GoneAfter",
        .about = "When a sweep may remove it for good, fixed at its deletion"),
    ROW(struct soft_deleted, resource_arm_id, "resourceArmId",
        .rules = ROW_MADE | ROW_VIEW,
        .about = "Id of the image version that it was"),
};
/* clang-format on */

const struct shape soft_deleted_shape =
    SHAPE(struct soft_deleted, "soft-deleted version", rows, NULL);

/* As the service's documents have it: the days of grace follow those of the retention. */
void soft_deleted_record(const struct soft_delete_policy *policy, const char *name, int64_t now,
                         struct soft_deleted *ret)
{
    struct soft_delete_policy settled = *policy;
    int64_t unusable;

    settled.is_soft_delete_enabled.set = true; /* else nothing is filled in */
    soft_delete_settle(&settled);
    unusable = now + settled.retention_period_in_days.value * DAY;
    *ret = (struct soft_deleted){
        .name = text_copy(name),
        .soft_deleted_time = {.set = true, .value = now},
        .consumption_end_time = {.set = true, .value = unusable},
        .hard_deletion_target_time = {.set = true,
                                      .value = unusable + settled.grace_period_in_days.value * DAY},
    };
}

bool soft_deleted_is_over(const struct soft_deleted *deleted, int64_t now)
{
    return now >= deleted->hard_deletion_target_time.value;
}

bool soft_deleted_is_readable(const struct soft_deleted *deleted, int64_t now)
{
    return now < deleted->consumption_end_time.value;
}

void soft_deleted_add_id(struct buf *out, const char *subscription, const struct reference *ref)
{
    const struct reference gallery = {.resource_group = ref->resource_group,
                                      .gallery = ref->gallery};

    reference_add_id(out, subscription, &gallery);
    buf_printf(out, "/softDeletedArtifactTypes/Images/artifacts/%s/versions/%s", ref->definition,
               ref->version);
}

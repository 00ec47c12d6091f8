#include "model/gallery.h"

#include "base/text.h"
#include "model/names.h"
#include "model/region.h"

static const char *const compression_words[] = {"none", "zlib", "zstd", NULL};
const struct choices compression_choices = {.noun = "compression", .words = compression_words};

static const char *const state_words[] = {"Creating",  "Updating", "Failed",
                                          "Succeeded", "Deleting", NULL};
const struct choices provisioning_state_choices = {.noun = "provisioning state",
                                                   .words = state_words};

/* Same order as the words. */
enum identity_type { IDENTITY_SYSTEM = 1, IDENTITY_USER = 2, IDENTITY_BOTH = 3 };

static const struct choices identity_choices = {
    .noun = "identity type",
    .words = (const char *const[]){"SystemAssigned", "UserAssigned", "SystemAssigned, UserAssigned",
                                   NULL},
};

static int check_identities(const void *slot, struct err *err)
{
    const struct texts *const ids = slot;

    for (size_t i = 0; i < ids->count; i++) {
        if (!ids->items[i][0] && ids->count > 1)
            return err_set(err, E_INVALID, "an id is empty");
        for (size_t k = 0; k < i; k++)
            if (text_same_word(ids->items[i], ids->items[k]))
                return err_set(err, E_INVALID, "'%s' is given twice", ids->items[i]);
    }
    return 0;
}

/* clang-format off */
static const struct row identity_rows[] = {
    ROW(struct identity, type, "type", .rules = ROW_MADE | ROW_VIEW, .choices = &identity_choices,
        .about = "Which of the two it has"),
    ROW(struct identity, system_assigned, "systemAssigned", .rules = ROW_HIDDEN,
        .flag = "--system-assigned", .flag_alias = "--mi-system-assigned",
        .about = "Whether the gallery has an identity of its own; default: false"),
    ROW(struct identity, user_assigned_identities, "userAssignedIdentities",
        .rules = ROW_CLEARS | ROW_NAMES, .check = check_identities,
        .flag = "--user-assigned", .flag_alias = "--mi-user-assigned", .metavar = "ID",
        .about = "Ids of identities that it has beside that; \"\" clears them"),
};

const struct shape identity_shape =
    SHAPE(struct identity, "identity", identity_rows, NULL);

static const struct row identifier_rows[] = {
    ROW(struct gallery_identifier, unique_name, "uniqueName", .rules = ROW_MADE | ROW_VIEW,
        .about = "Store id, '-' and the name in capitals"),
};

static const struct shape identifier_shape =
    SHAPE(struct gallery_identifier, "gallery identifier", identifier_rows, NULL);

static const struct row soft_delete_rows[] = {
    ROW(struct soft_delete_policy, is_soft_delete_enabled, "isSoftDeleteEnabled", .flag = "--soft-delete",
        .about = "Keep versions that are deleted for a time; default: false"),
    ROW(struct soft_delete_policy, retention_period_in_days, "retentionPeriodInDays",
        .min = 1, .max = SOFT_DELETE_DAYS_MAX, .flag = "--soft-delete-retention-period", .metavar = "DAYS",
        .about = "How long a deleted version can still be exported by its number; default: 7"),
    ROW(struct soft_delete_policy, grace_period_in_days, "gracePeriodInDays",
        .min = 0, .max = SOFT_DELETE_DAYS_MAX, .flag = "--soft-delete-grace-period", .metavar = "DAYS",
        .about = "How long after that it can still be brought back; default: 0"),
};

const struct shape soft_delete_policy_shape =
    SHAPE(struct soft_delete_policy, "soft delete policy", soft_delete_rows, NULL);

static const struct row rows[] = {
    ROW(struct gallery, id, "id", .rules = ROW_MADE | ROW_VIEW,
        .about = "Resource id, as Azure Resource Manager writes it"),
    ROW(struct gallery, name, "name", .rules = ROW_KEY | ROW_MADE | ROW_FIXED | ROW_COLUMN,
        .max = NAME_MAX_LENGTH, .check = name_check_gallery,
        .word = "gallery", .about = "As spelled at creation; compared without case"),
    ROW(struct gallery, type, "type", .rules = ROW_MADE | ROW_VIEW,
        .about = "Microsoft.Compute/galleries"),
    ROW(struct gallery, resource_group, "resourceGroup",
        .rules = ROW_KEY | ROW_MADE | ROW_FIXED | ROW_COLUMN,
        .max = GROUP_MAX_LENGTH, .check = name_check_group,
        .about = "Label from --resource-group; 'default' when none was given"),
    ROW(struct gallery, location, "location", .rules = ROW_FIXED | ROW_COLUMN,
        .parse = region_parse_words, .check = region_check,
        .flag = "--location", .letter = 'l', .metavar = "REGION",
        .about = "Region that the gallery belongs to; default: the store's"),
    ROW(struct gallery, tags, "tags", .check = name_check_tags,
        .flag = "--tags", .about = "Free notes: NAME=VALUE words; \"\" clears them"),
    ROW(struct gallery, description, "description", .rules = ROW_COLUMN,
        .max = TEXT_MAX_LENGTH, .flag = "--description", .about = "What the gallery is for"),
    ROW_OBJECT(struct gallery, identifier, "identifier", &identifier_shape,
        .rules = ROW_MADE | ROW_VIEW, .about = "Name that no other gallery has"),
    ROW_OBJECT(struct gallery, identity, "identity", &identity_shape,
        .about = "Who the gallery is to others; kept and shown, and not used here"),
    ROW_OBJECT(struct gallery, sharing_profile, "sharingProfile", &sharing_profile_shape,
        .about = "With whom it is shared"),
    ROW_OBJECT(struct gallery, soft_delete_policy, "softDeletePolicy", &soft_delete_policy_shape,
        .about = "What becomes of image versions that are deleted"),
    ROW(struct gallery, compression, "compression", .rules = ROW_FIXED,
        .choices = &compression_choices, .flag = "--compression",
        .about = "How the disks of new versions are compressed; default: zstd"),
    ROW(struct gallery, provisioning_state, "provisioningState",
        .rules = ROW_MADE | ROW_VIEW | ROW_COLUMN, .choices = &provisioning_state_choices,
        .word = "state", .about = "Succeeded once it can be used"),
};
/* clang-format on */

const struct shape gallery_shape = SHAPE(struct gallery, "gallery", rows, NULL);

void identity_set_type(struct identity *identity)
{
    const bool system = identity->system_assigned.set && identity->system_assigned.value;
    const struct texts *const ids = &identity->user_assigned_identities;
    const bool user = ids->count > 0 && ids->items[0][0]; /* not the word that clears */

    identity->type = (system ? IDENTITY_SYSTEM : 0) + (user ? IDENTITY_USER : 0);
}

void soft_delete_settle(struct soft_delete_policy *policy)
{
    if (!policy->is_soft_delete_enabled.set && !policy->retention_period_in_days.set &&
        !policy->grace_period_in_days.set)
        return;
    policy->is_soft_delete_enabled.set = true;
    policy->retention_period_in_days = opt_int_of((uint64_t)policy->retention_period_in_days.set
                                                      ? policy->retention_period_in_days.value
                                                      : SOFT_DELETE_RETENTION);
    policy->grace_period_in_days.set = true;
}

bool soft_delete_is_on(const struct soft_delete_policy *policy)
{
    return policy->is_soft_delete_enabled.set && policy->is_soft_delete_enabled.value;
}

void galleries_done(struct galleries *galleries)
{
    list_done(galleries, &gallery_shape);
}

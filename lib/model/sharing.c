#include "model/sharing.h"

#include <string.h>

#include "base/text.h"
#include "model/names.h"

static const struct choices permissions_choices = {
    .noun = "kind of permissions",
    .words = (const char *const[]){"Private", "Groups", "Community", NULL},
};

static const struct choices share_type_choices = {
    .noun = "kind of group",
    .words = (const char *const[]){"Subscriptions", "AADTenants", NULL},
};

int sharing_check_ids(const void *slot, struct err *err)
{
    const struct texts *const ids = slot;

    for (size_t i = 0; i < ids->count; i++)
        if (name_check_uuid(&ids->items[i], err))
            return E_INVALID;
    return 0;
}

/* clang-format off */
static const struct row group_rows[] = {
    ROW(struct share_group, type, "type", .rules = ROW_MADE | ROW_KEY | ROW_NEEDED, .choices = &share_type_choices,
        .about = "Subscriptions, or AADTenants"),
    ROW(struct share_group, ids, "ids", .rules = ROW_MADE, .check = sharing_check_ids,
        .about = "Their ids"),
};

static const struct shape group_shape = SHAPE(struct share_group, "group", group_rows, NULL);

static const struct row community_rows[] = {
    ROW(struct community_info, publisher_uri, "publisherUri", .max = TEXT_MAX_LENGTH,
        .flag = "--publisher-uri", .metavar = "URI", .about = "Of a community gallery: where its publisher is found"),
    ROW(struct community_info, publisher_contact, "publisherContact", .max = TEXT_MAX_LENGTH,
        .flag = "--publisher-email", .flag_alias = "--publisher-contact", .metavar = "ADDRESS",
        .about = "Of a community gallery: whom to write to"),
    ROW(struct community_info, eula, "eula", .max = TEXT_MAX_LENGTH, .flag = "--eula", .metavar = "URI",
        .about = "Of a community gallery: the terms of use"),
    ROW(struct community_info, public_name_prefix, "publicNamePrefix", .check = name_check_public_prefix,
        .flag = "--public-name-prefix", .metavar = "WORD",
        .about = "Of a community gallery: how its public name begins, 5-16 characters"),
    ROW(struct community_info, community_gallery_enabled, "communityGalleryEnabled", .rules = ROW_MADE,
        .about = "Whether everybody may use it"),
    ROW(struct community_info, public_names, "publicNames", .rules = ROW_MADE,
        .about = "What everybody calls it"),
};

static const struct shape community_shape =
    SHAPE(struct community_info, "community gallery", community_rows, NULL);

static const struct row sharing_rows[] = {
    ROW(struct sharing_profile, permissions, "permissions", .choices = &permissions_choices,
        .flag = "--permissions",
        .about = "Groups: it can be shared, see sig share; Community: with everybody"),
    ROW_LIST(struct sharing_profile, groups, "groups", &group_shape, .rules = ROW_MADE,
        .about = "With whom it is shared, if with anybody"),
    ROW_OBJECT(struct sharing_profile, community_gallery_info, "communityGalleryInfo", &community_shape,
        .about = "What everybody is told of it"),
};
/* clang-format on */

const struct shape sharing_profile_shape =
    SHAPE(struct sharing_profile, "sharing profile", sharing_rows, NULL);

bool sharing_is_shared(const struct sharing_profile *profile)
{
    return profile->permissions > PERMISSIONS_PRIVATE;
}

bool sharing_is_with_any(const struct sharing_profile *profile)
{
    return sharing_is_community(profile) ||
           (profile->permissions == PERMISSIONS_GROUPS && profile->groups.count > 0);
}

bool sharing_is_community(const struct sharing_profile *profile)
{
    const struct community_info *const info = &profile->community_gallery_info;

    return profile->permissions == PERMISSIONS_COMMUNITY && info->community_gallery_enabled.value &&
           info->public_names.count > 0;
}

static struct share_group *find_group(const struct sharing_profile *profile, enum share_type type)
{
    for (size_t i = 0; i < profile->groups.count; i++)
        if (profile->groups.items[i].type == type)
            return &profile->groups.items[i];
    return NULL;
}

static bool has_id(const struct texts *ids, const char *id)
{
    for (size_t i = 0; i < ids->count; i++)
        if (text_same_word(ids->items[i], id))
            return true;
    return false;
}

bool sharing_is_with(const struct sharing_profile *profile, enum share_type type, const char *id)
{
    const struct share_group *const group = find_group(profile, type);

    return profile->permissions == PERMISSIONS_GROUPS && group && has_id(&group->ids, id);
}

int sharing_check_community(const struct sharing_profile *profile, struct err *err)
{
    const struct community_info *const info = &profile->community_gallery_info;
    const char *const texts[] = {info->publisher_uri, info->publisher_contact, info->eula,
                                 info->public_name_prefix};

    if (profile->permissions != PERMISSIONS_COMMUNITY)
        return 0;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (!texts[i] || !*texts[i])
            return err_set(err, E_USAGE,
                           "a community gallery needs all of --publisher-uri, --publisher-email, "
                           "--eula and --public-name-prefix");
    return 0;
}

int sharing_check_change(const struct sharing_profile *old, const struct sharing_profile *changed,
                         struct err *err)
{
    if (old->permissions != changed->permissions && sharing_is_with_any(old)) {
        err_set(err, E_CONFLICT, "it is shared with %s, who would lose it",
                sharing_is_community(old) ? "everybody" : "others");
        return err_hint(err, "'sig share reset' ends that; then its permissions can change");
    }
    if (old->community_gallery_info.public_names.count > 0 &&
        !text_same_word(old->community_gallery_info.public_name_prefix,
                        changed->community_gallery_info.public_name_prefix)) {
        err_set(err, E_CONFLICT, "it has a public name, '%s', which stays",
                old->community_gallery_info.public_names.items[0]);
        return err_hint(err, "leave out --public-name-prefix");
    }
    return 0;
}

int sharing_add(struct sharing_profile *profile, enum share_type type, const struct texts *ids,
                struct err *err)
{
    const size_t most = type == SHARE_SUBSCRIPTIONS ? SHARED_SUBSCRIPTIONS_MAX : SHARED_TENANTS_MAX;
    struct share_group *group = find_group(profile, type);

    if (ids->count == 0)
        return 0;
    if (sharing_check_ids(ids, err))
        return E_INVALID;
    if (!group) {
        group = VEC_ADD(&profile->groups);
        group->type = type;
    }
    for (size_t i = 0; i < ids->count; i++)
        if (!has_id(&group->ids, ids->items[i])) {
            texts_add(&group->ids, ids->items[i]);
            text_lower(group->ids.items[group->ids.count - 1]);
        }
    if (group->ids.count <= most)
        return 0;
    err_set(err, E_NO_SPACE, "a gallery is shared with at most %zu %s, and these would be %zu",
            most, type == SHARE_SUBSCRIPTIONS ? "subscriptions" : "tenants", group->ids.count);
    return err_hint(err, "'sig share remove' makes room");
}

/* A group without ids is none. */
static void drop_group(struct sharing_profile *profile, struct share_group *group)
{
    struct share_groups *const groups = &profile->groups;
    const size_t at = (size_t)(group - groups->items);

    shape_done(&group_shape, group);
    memmove(group, group + 1, (groups->count - at - 1) * sizeof *group);
    if (--groups->count == 0)
        list_done(groups, &group_shape);
}

void sharing_remove(struct sharing_profile *profile, enum share_type type, const struct texts *ids)
{
    struct share_group *const group = find_group(profile, type);
    struct texts left = {0};

    if (!group)
        return;
    for (size_t i = 0; i < group->ids.count; i++)
        if (!has_id(ids, group->ids.items[i]))
            texts_add(&left, group->ids.items[i]);
    texts_done(&group->ids);
    group->ids = left;
    if (left.count == 0)
        drop_group(profile, group);
}

void sharing_reset(struct sharing_profile *profile)
{
    profile->permissions = 0;
    list_done(&profile->groups, &group_shape);
    profile->community_gallery_info.community_gallery_enabled = (struct opt_bool){0};
}

void sharing_view(struct sharing_profile *profile)
{
    struct community_info *const info = &profile->community_gallery_info;

    if (!profile->permissions)
        profile->permissions = PERMISSIONS_PRIVATE;
    if (info->publisher_uri || info->publisher_contact || info->eula || info->public_name_prefix)
        info->community_gallery_enabled.set = true;
}

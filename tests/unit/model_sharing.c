/* sharing: with whom a gallery is shared, and what changes that. */
#include "model/sharing.h"

#include <string.h>

#include "base/text.h"
#include "tests/unit/unit.h"

#define ONE "6a1f0f6e-3a52-4f6e-9d0e-2f1f3b1f7d11"
#define TWO "6a1f0f6e-3a52-4f6e-9d0e-2f1f3b1f7d12"

static struct texts texts_of(const char *one, const char *other)
{
    struct texts texts = {0};

    texts_add(&texts, one);
    if (other)
        texts_add(&texts, other);
    return texts;
}

/* Share with them, or no more. */
static int change(struct sharing_profile *profile, enum share_type type, struct texts ids, bool add)
{
    struct err err = {0};
    int rc = 0;

    if (add)
        rc = sharing_add(profile, type, &ids, &err);
    else
        sharing_remove(profile, type, &ids);
    texts_done(&ids);
    return rc;
}

static struct sharing_profile community(void)
{
    return (struct sharing_profile){
        .permissions = PERMISSIONS_COMMUNITY,
        .community_gallery_info =
            {
                .publisher_uri = text_copy("u"),
                .publisher_contact = text_copy("m"),
                .eula = text_copy("e"),
                .public_name_prefix = text_copy("contoso"),
            },
    };
}

START_TEST(ids_are_kept_once_in_their_order_and_in_lower_case)
{
    struct sharing_profile profile = {.permissions = PERMISSIONS_GROUPS};
    char upper[] = ONE;

    text_upper(upper);
    ck_assert_int_eq(change(&profile, SHARE_TENANTS, texts_of(TWO, upper), true), 0);
    ck_assert_int_eq(change(&profile, SHARE_TENANTS, texts_of(ONE, TWO), true), 0);
    ck_assert_int_eq(change(&profile, SHARE_SUBSCRIPTIONS, texts_of(ONE, NULL), true), 0);
    ck_assert_uint_eq(profile.groups.count, 2);
    ck_assert_uint_eq(profile.groups.items[0].type, SHARE_TENANTS);
    ck_assert_uint_eq(profile.groups.items[0].ids.count, 2);
    ck_assert_str_eq(profile.groups.items[0].ids.items[0], TWO);
    ck_assert_str_eq(profile.groups.items[0].ids.items[1], ONE);
    ck_assert(sharing_is_with(&profile, SHARE_TENANTS, upper));
    ck_assert(!sharing_is_with(&profile, SHARE_SUBSCRIPTIONS, TWO));
    ck_assert_int_eq(change(&profile, SHARE_TENANTS, texts_of(upper, NULL), false), 0);
    ck_assert_int_eq(change(&profile, SHARE_TENANTS, texts_of(TWO, NULL), false), 0);
    ck_assert_uint_eq(profile.groups.count, 1);
    ck_assert_uint_eq(profile.groups.items[0].type, SHARE_SUBSCRIPTIONS);
    sharing_reset(&profile);
    ck_assert(!sharing_is_with(&profile, SHARE_SUBSCRIPTIONS, ONE));
    ck_assert(!row_present(shape_row(&sharing_profile_shape, "groups"), &profile));
    shape_done(&sharing_profile_shape, &profile);
}
END_TEST

START_TEST(what_is_no_id_and_what_is_too_many_is_refused)
{
    struct sharing_profile profile = {.permissions = PERMISSIONS_GROUPS};

    ck_assert_int_eq(change(&profile, SHARE_TENANTS, texts_of(ONE, "x"), true), E_INVALID);
    ck_assert_uint_eq(profile.groups.count, 0);
    for (int i = 0; i <= SHARED_SUBSCRIPTIONS_MAX; i++) {
        char *const id = text_printf("6a1f0f6e-3a52-4f6e-9d0e-2f1f3b1f7%03d", i);
        const int rc = change(&profile, SHARE_SUBSCRIPTIONS, texts_of(id, NULL), true);

        ck_assert_int_eq(rc, i < SHARED_SUBSCRIPTIONS_MAX ? 0 : E_NO_SPACE);
        free(id);
    }
    shape_done(&sharing_profile_shape, &profile);
}
END_TEST

START_TEST(shares_count_only_with_the_permissions_for_them)
{
    struct sharing_profile profile = community();

    ck_assert(sharing_is_shared(&profile));
    ck_assert(!sharing_is_community(&profile));
    profile.community_gallery_info.community_gallery_enabled =
        (struct opt_bool){.set = true, .value = true};
    ck_assert(!sharing_is_community(&profile)); /* it has no name */
    texts_add(&profile.community_gallery_info.public_names, "contoso-" ONE);
    ck_assert(sharing_is_community(&profile));
    ck_assert_int_eq(change(&profile, SHARE_TENANTS, texts_of(ONE, NULL), true), 0);
    ck_assert(!sharing_is_with(&profile, SHARE_TENANTS, ONE));
    profile.permissions = PERMISSIONS_GROUPS;
    ck_assert(sharing_is_with(&profile, SHARE_TENANTS, ONE));
    ck_assert(!sharing_is_community(&profile));
    sharing_reset(&profile);
    ck_assert(!sharing_is_shared(&profile));
    ck_assert_uint_eq(profile.community_gallery_info.public_names.count, 1);
    shape_done(&sharing_profile_shape, &profile);
}
END_TEST

START_TEST(a_community_gallery_tells_all_four)
{
    struct sharing_profile profile = community();
    struct err err = {0};

    ck_assert_int_eq(sharing_check_community(&profile, &err), 0);
    text_replace(&profile.community_gallery_info.eula, "");
    ck_assert_int_eq(sharing_check_community(&profile, &err), E_USAGE);
    ck_assert_ptr_nonnull(strstr(err.text, "--publisher-uri"));
    ck_assert_ptr_nonnull(strstr(err.text, "--publisher-email"));
    ck_assert_ptr_nonnull(strstr(err.text, "--eula"));
    ck_assert_ptr_nonnull(strstr(err.text, "--public-name-prefix"));
    profile.permissions = PERMISSIONS_GROUPS;
    ck_assert_int_eq(sharing_check_community(&profile, &err), 0);
    shape_done(&sharing_profile_shape, &profile);
}
END_TEST

START_TEST(what_is_shared_keeps_its_permissions)
{
    struct sharing_profile old = {.permissions = PERMISSIONS_GROUPS};
    struct sharing_profile changed = {.permissions = PERMISSIONS_COMMUNITY};
    struct err err = {0};

    ck_assert_int_eq(sharing_check_change(&old, &changed, &err), 0);
    ck_assert_int_eq(change(&old, SHARE_TENANTS, texts_of(ONE, NULL), true), 0);
    ck_assert_int_eq(sharing_check_change(&old, &changed, &err), E_CONFLICT);
    ck_assert_ptr_nonnull(strstr(err.hint, "sig share reset"));
    changed.permissions = PERMISSIONS_GROUPS;
    ck_assert_int_eq(sharing_check_change(&old, &changed, &err), 0);
    shape_done(&sharing_profile_shape, &old);
    old = community();
    changed = community();
    texts_add(&old.community_gallery_info.public_names, "contoso-" ONE);
    ck_assert_int_eq(sharing_check_change(&old, &changed, &err), 0);
    text_replace(&changed.community_gallery_info.public_name_prefix, "fabrikam");
    ck_assert_int_eq(sharing_check_change(&old, &changed, &err), E_CONFLICT);
    shape_done(&sharing_profile_shape, &old);
    shape_done(&sharing_profile_shape, &changed);
}
END_TEST

UNIT_MAIN("model/sharing", ids_are_kept_once_in_their_order_and_in_lower_case,
          what_is_no_id_and_what_is_too_many_is_refused,
          shares_count_only_with_the_permissions_for_them, a_community_gallery_tells_all_four,
          what_is_shared_keeps_its_permissions)

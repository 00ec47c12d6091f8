/* projection: what is shown of what is shared, and what is not. */
#include "model/projection.h"

#include <string.h>

#include "base/text.h"
#include "model/access.h"
#include "tests/unit/unit.h"

static struct reference named(unsigned through, const char *definition, const char *version)
{
    return (struct reference){
        .through = through,
        .gallery = text_copy("0a1b-PROD"),
        .definition = text_copy(definition),
        .version = text_copy(version),
    };
}

static struct definition some_definition(void)
{
    struct definition definition = {
        .name = text_copy("ubuntu"),
        .location = text_copy("westus2"),
        .description = text_copy("secret"),
        .os_type = OS_LINUX,
        .identifier = {text_copy("a"), text_copy("b"), text_copy("c")},
        .recommended.vcpus.min = {.set = true, .value = 2},
    };
    struct feature *const feature = VEC_ADD(&definition.features);

    *feature = (struct feature){.name = text_copy("x"), .value = text_copy("y")};
    return definition;
}

START_TEST(a_definition_is_shown_with_what_it_has)
{
    struct definition definition = some_definition();
    struct reference ref = named(THROUGH_SHARE, "ubuntu", NULL);
    struct shared_definition shown = {0};

    project_definition(&ref, &definition, NULL, &shown);
    ck_assert_str_eq(shown.unique_id, "/SharedGalleries/0a1b-PROD/Images/ubuntu");
    ck_assert_str_eq(shown.location, "westus2");
    ck_assert_str_eq(shown.identifier.publisher, "a");
    ck_assert_ptr_null(shown.type);
    ck_assert_uint_eq(shown.os_type, OS_LINUX);
    ck_assert_int_eq(shown.recommended.vcpus.min.value, 2);
    ck_assert_uint_eq(shown.features.count, 1);
    shape_done(&shared_definition_shape, &shown);
    shape_done(&reference_shape, &ref);
    shape_done(&definition_shape, &definition);
}
END_TEST

START_TEST(everybody_is_not_told_who_makes_it)
{
    struct definition definition = some_definition();
    struct reference ref = named(THROUGH_COMMUNITY, "ubuntu", NULL);
    struct shared_definition shown = {0};
    struct json *json;

    project_definition(&ref, &definition, "northeurope", &shown);
    ck_assert_str_eq(shown.unique_id, "/CommunityGalleries/0a1b-PROD/Images/ubuntu");
    ck_assert_str_eq(shown.location, "northeurope");
    ck_assert_str_eq(shown.identifier.publisher, "");
    ck_assert(text_ends(shown.type, "/communityGalleryImage"));
    json = shape_write(&shared_definition_shape, &shown, SHAPE_VIEW);
    ck_assert_str_eq(json_string(json_get(json_get(json, "identifier"), "offer")), "");
    ck_assert_ptr_null(json_get(json, "description"));
    json_free(json);
    shape_done(&shared_definition_shape, &shown);
    shape_done(&reference_shape, &ref);
    shape_done(&definition_shape, &definition);
}
END_TEST

START_TEST(a_version_is_shown_without_sources_and_regions)
{
    struct version version = {
        .name = text_copy("1.0.0"),
        .location = text_copy("westus2"),
        .publishing_profile.exclude_from_latest = {.set = true, .value = true},
        .storage_profile.source.id = text_copy("secret"),
        .storage_profile.os_disk_image = {.size_in_gb = {.set = true, .value = 30}},
    };
    struct reference ref = named(THROUGH_SHARE, "ubuntu", "1.0.0");
    struct shared_version shown = {0};
    struct json *json;

    VEC_ADD(&version.storage_profile.data_disk_images)->lun = (struct opt_int){.set = true};
    project_version(&ref, &version, NULL, &shown);
    ck_assert_str_eq(shown.unique_id, "/SharedGalleries/0a1b-PROD/Images/ubuntu/Versions/1.0.0");
    ck_assert(shown.exclude_from_latest.value);
    ck_assert_int_eq(shown.storage_profile.os_disk_image.disk_size_gb.value, 30);
    ck_assert_uint_eq(shown.storage_profile.data_disk_images.count, 1);
    json = shape_write(&shared_version_shape, &shown, SHAPE_VIEW);
    ck_assert_ptr_null(json_get(json_get(json, "storageProfile"), "source"));
    ck_assert_ptr_null(json_get(json, "publishingProfile"));
    json_free(json);
    shape_done(&shared_version_shape, &shown);
    shape_done(&reference_shape, &ref);
    shape_done(&version_shape, &version);
}
END_TEST

START_TEST(access_is_that_of_roles_around_and_of_shares)
{
    struct role_assignment around = {.principal_name = text_copy("ops"),
                                     .principal_type = PRINCIPAL_GROUP,
                                     .role = ROLE_READER,
                                     .scope = text_copy("prod")};
    struct role_assignment beside = {.principal_name = text_copy("bob"),
                                     .principal_type = PRINCIPAL_USER,
                                     .role = ROLE_READER,
                                     .scope = text_copy("prod/other")};
    struct sharing_profile profile = {.permissions = PERMISSIONS_GROUPS};
    struct share_group *const group = VEC_ADD(&profile.groups);
    struct access access = {0};

    group->type = SHARE_TENANTS;
    texts_add(&group->ids, "t");
    access_begin(&access, "prod/ubuntu", "nina", true);
    access_add_role(&access, &around);
    access_add_role(&access, &beside);
    access_add_shares(&access, &profile, "/SharedGalleries/u", NULL, true);
    ck_assert_uint_eq(access.entries.count, 4);
    ck_assert_str_eq(access.entries.items[2].principal, "group:ops");
    ck_assert(access.entries.items[2].inherited.value);
    ck_assert_str_eq(access.entries.items[3].principal, "tenant:t");
    ck_assert_str_eq(access.entries.items[3].role, "shared");
    shape_done(&access_shape, &access);
    shape_done(&sharing_profile_shape, &profile);
    shape_done(&role_assignment_shape, &around);
    shape_done(&role_assignment_shape, &beside);
}
END_TEST

UNIT_MAIN("model/projection", a_definition_is_shown_with_what_it_has,
          everybody_is_not_told_who_makes_it, a_version_is_shown_without_sources_and_regions,
          access_is_that_of_roles_around_and_of_shares)

/* reference: texts, ids, depths, names twice, and back to text. */
#include "model/reference.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "tests/unit/unit.h"

#define ID "/subscriptions/0a1b/resourceGroups/Team/providers/Microsoft.Compute/galleries/prod"

static char *text_of(const struct reference *ref)
{
    struct buf out = {0};

    reference_add_text(&out, ref);
    buf_add_text(&out, "");
    return buf_take(&out);
}

static void assert_text(const struct reference *ref, const char *expected)
{
    char *const text = text_of(ref);

    ck_assert_str_eq(text, expected);
    free(text);
}

START_TEST(short_texts_are_read_and_written)
{
    static const char *const texts[] = {"prod", "prod/ubuntu", "prod/ubuntu/1.0.0", "a/b/latest"};

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct reference ref = {0};
        struct err err = {0};

        ck_assert_int_eq(reference_parse(texts[i], &ref, &err), 0);
        assert_text(&ref, texts[i]);
        ck_assert_ptr_null(ref.subscription);
        ck_assert_ptr_null(ref.resource_group);
        shape_done(&reference_shape, &ref);
    }
}
END_TEST

START_TEST(ids_are_read_in_any_case_and_written_in_theirs)
{
    static const char *const ids[] = {ID, ID "/images/Ubuntu", ID "/images/Ubuntu/versions/1.0.0"};

    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
        struct reference ref = {0};
        struct buf out = {0};

        ck_assert_int_eq(reference_parse(ids[i], &ref, NULL), 0);
        reference_add_id(&out, ref.subscription, &ref);
        ck_assert_str_eq(buf_text(&out), ids[i]);
        buf_done(&out);
        shape_done(&reference_shape, &ref);
    }
    struct reference ref = {0};

    ck_assert_int_eq(
        reference_parse("/SUBSCRIPTIONS/s/resourcegroups/g/PROVIDERS/microsoft.compute/"
                        "Galleries/Prod/IMAGES/ub/Versions/2.0.0",
                        &ref, NULL),
        0);
    ck_assert_str_eq(ref.subscription, "s");
    ck_assert_str_eq(ref.resource_group, "g");
    assert_text(&ref, "Prod/ub/2.0.0");
    shape_done(&reference_shape, &ref);
}
END_TEST

START_TEST(other_texts_are_refused_and_change_nothing)
{
    static const char *const bad[] = {
        "",
        "/",
        "//",
        "a/",
        "a//b",
        "/a",
        "a/b/1.0.0/x",
        "a/b/1.0.0/",
        "/subscriptions/s",
        "/subscriptions/s/resourceGroups/g",
        "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute",
        "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/disks/d",
        "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/galleries/",
        "/subscriptions//resourceGroups/g/providers/Microsoft.Compute/galleries/prod",
        ID "/",
        ID "/images",
        ID "/images/",
        ID "/applications/a",
        ID "/images/u/versions",
        ID "/images/u/versions/1.0.0/",
        ID "/images/u/versions/1.0.0/more",
        ID "x/imagesu",
        "subscriptions/s/resourceGroups/g",
        "/SharedGalleries",
        "/SharedGalleries/",
        "/SharedGalleries/u/images",
        "/SharedGalleries/u/images/i/versions/1.0.0/x",
        "/Shared/u/images/i/versions/1.0.0",
        "/SharedGalleries/u/images//versions/1.0.0",
        "/CommunityGalleries/p/versions/1.0.0",
    };

    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct reference ref = {0};
        struct err err = {0};

        ck_assert_msg(reference_parse(bad[i], &ref, &err) == E_INVALID, "'%s'", bad[i]);
        ck_assert(err.hint[0]);
        assert_text(&ref, "");
        ck_assert_ptr_null(ref.subscription);
    }
}
END_TEST

START_TEST(a_part_named_twice_must_be_the_same)
{
    struct reference ref = {.gallery = text_copy("Prod"), .version = text_copy("1.0.0")};
    struct err err = {0};

    ck_assert_int_eq(reference_parse("dev/ubuntu", &ref, &err), E_USAGE);
    ck_assert_str_eq(err.text, "gallery is named twice: 'Prod' and 'dev'");
    ck_assert_ptr_null(ref.definition);
    ck_assert_int_eq(reference_parse("prod/ubuntu/2.0.0", &ref, &err), E_USAGE);
    ck_assert_ptr_null(ref.definition);
    ck_assert_int_eq(reference_parse("prod/ubuntu/1.0.0", &ref, &err), 0);
    assert_text(&ref, "Prod/ubuntu/1.0.0");
    shape_done(&reference_shape, &ref);
}
END_TEST

START_TEST(depth_follows_the_deepest_part)
{
    char gallery[] = "prod", definition[] = "ubuntu", version[] = "1.0.0", group[] = "g";
    struct reference ref = {.resource_group = group};
    enum reference_depth depth = REFERENCE_VERSION;
    struct err err = {0};

    ck_assert_int_eq(reference_depth(&ref, &depth, &err), 0);
    ck_assert_int_eq((int)depth, REFERENCE_NONE);
    ref.gallery = gallery;
    ck_assert_int_eq(reference_depth(&ref, &depth, &err), 0);
    ck_assert_int_eq((int)depth, REFERENCE_GALLERY);
    ref.definition = definition;
    ck_assert_int_eq(reference_depth(&ref, &depth, &err), 0);
    ck_assert_int_eq((int)depth, REFERENCE_DEFINITION);
    ref.version = version;
    ck_assert_int_eq(reference_depth(&ref, &depth, &err), 0);
    ck_assert_int_eq((int)depth, REFERENCE_VERSION);
    ref.definition = NULL;
    ck_assert_int_eq(reference_depth(&ref, &depth, &err), E_USAGE);
    ck_assert_ptr_nonnull(strstr(err.text, "--gallery-image-definition"));
    ref = (struct reference){.definition = definition};
    ck_assert_int_eq(reference_depth(&ref, &depth, &err), E_USAGE);
    ck_assert_ptr_nonnull(strstr(err.text, "--gallery-name"));
    ref = (struct reference){.version = version};
    ck_assert_int_eq(reference_depth(&ref, &depth, &err), E_USAGE);
    ck_assert_ptr_nonnull(strstr(err.text, "--gallery-name"));
}
END_TEST

static int check_version(const char *version)
{
    char text[40];
    const struct reference ref = {.version = text};
    struct err err = {0};

    snprintf(text, sizeof text, "%s", version);
    return reference_check(&ref, &err);
}

START_TEST(every_name_is_checked_by_its_own_rule)
{
    char good[] = "a", dashed[] = "a-b", dotted[] = "a.";
    struct reference ref = {.gallery = good};
    struct err err = {0};

    ck_assert_int_eq(reference_check(&ref, &err), 0);
    ref.gallery = dashed;
    ck_assert_int_eq(reference_check(&ref, &err), E_INVALID);
    ck_assert(text_starts(err.text, "gallery: 'a-b' has '-'"));
    ref = (struct reference){.gallery = good, .definition = dashed};
    ck_assert_int_eq(reference_check(&ref, &err), 0);
    ref.definition = dotted;
    ck_assert_int_eq(reference_check(&ref, &err), E_INVALID);
    ck_assert(text_starts(err.text, "image definition: "));
    ref = (struct reference){.resource_group = dotted};
    ck_assert_int_eq(reference_check(&ref, &err), E_INVALID);
    ck_assert(text_starts(err.text, "resource group: "));
    ck_assert_int_eq(reference_check(&ref, NULL), E_INVALID);
    ck_assert_int_eq(check_version("1.0.0"), 0);
    ck_assert_int_eq(check_version("Latest"), 0);
    ck_assert_int_eq(check_version("recent"), E_INVALID);
    ck_assert_int_eq(check_version("1.0"), E_INVALID);
    ck_assert_int_eq(check_version(""), E_INVALID);
}
END_TEST

START_TEST(an_id_stops_at_the_first_part_that_is_missing)
{
    char group[] = "g", definition[] = "ubuntu";
    const struct reference ref = {.resource_group = group, .definition = definition};
    struct buf out = {0};

    buf_add_text(&out, "id=");
    reference_add_id(&out, "s", &ref);
    ck_assert_str_eq(buf_text(&out), "id=/subscriptions/s/resourceGroups/g");
    buf_clear(&out);
    reference_add_id(&out, NULL, &ref);
    ck_assert_str_eq(buf_text(&out), "");
    reference_add_text(&out, &ref);
    ck_assert_str_eq(buf_text(&out), "");
    buf_done(&out);
}
END_TEST

START_TEST(what_is_shared_is_named_by_ids_of_its_own)
{
    static const char *const ids[] = {
        "/SharedGalleries/0a1b-PROD",
        "/SharedGalleries/0a1b-PROD/Images/ubuntu",
        "/SharedGalleries/0a1b-PROD/Images/ubuntu/Versions/latest",
        "/CommunityGalleries/contoso-0a1b/Images/ubuntu/Versions/1.0.0",
    };
    struct reference ref = {0};
    struct err err = {0};

    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
        struct buf id = {0};

        ck_assert_int_eq(reference_parse(ids[i], &ref, &err), 0);
        assert_text(&ref, ids[i]);
        reference_add_id(&id, "s", &ref);
        ck_assert_str_eq(buf_text(&id), ids[i]);
        ck_assert_uint_eq(ref.through, i < 3 ? THROUGH_SHARE : THROUGH_COMMUNITY);
        ck_assert_int_eq(reference_check_any(&ref, &err), 0);
        ck_assert_int_eq(reference_check(&ref, &err), E_INVALID);
        ck_assert_ptr_nonnull(strstr(err.text, "can only be read"));
        buf_done(&id);
        shape_done(&reference_shape, &ref);
    }
    ck_assert_int_eq(reference_parse("/SHAREDGALLERIES/u/IMAGES/i/versions/1.0.0", &ref, &err), 0);
    assert_text(&ref, "/SharedGalleries/u/Images/i/Versions/1.0.0");
    shape_done(&reference_shape, &ref);
    ck_assert_uint_eq(ref.through, THROUGH_STORE);
}
END_TEST

START_TEST(what_is_shared_has_names_that_are_checked)
{
    static const char *const bad[] = {"/SharedGalleries/..", "/SharedGalleries/a b",
                                      "/SharedGalleries/u/Images/.x",
                                      "/CommunityGalleries/p/Images/i/Versions/x"};

    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct reference ref = {0};

        ck_assert_int_eq(reference_parse(bad[i], &ref, NULL), 0);
        ck_assert_msg(reference_check_any(&ref, NULL) == E_INVALID, "%s", bad[i]);
        shape_done(&reference_shape, &ref);
    }
}
END_TEST

UNIT_MAIN("model/reference", short_texts_are_read_and_written,
          ids_are_read_in_any_case_and_written_in_theirs,
          other_texts_are_refused_and_change_nothing, a_part_named_twice_must_be_the_same,
          depth_follows_the_deepest_part, every_name_is_checked_by_its_own_rule,
          an_id_stops_at_the_first_part_that_is_missing, what_is_shared_is_named_by_ids_of_its_own,
          what_is_shared_has_names_that_are_checked)

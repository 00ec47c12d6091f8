/* limits: what is said of them is laid over what was said before, and over the service's own. */
#include "model/limits.h"

#include <string.h>

#include "tests/unit/unit.h"

static int parse(const char *word, const char *other, struct limits *ret, struct err *err)
{
    const char *const words[] = {word, other};

    return limits_parse(words, other ? 2 : 1, ret, err);
}

START_TEST(the_defaults_are_those_of_the_service)
{
    const struct limits none = {0};

    ck_assert_int_eq(limit_of(&none, LIMIT_GALLERY), 100);
    ck_assert_int_eq(limit_of(&none, LIMIT_DEFINITION), 1000);
    ck_assert_int_eq(limit_of(&none, LIMIT_VERSION), 10000);
    ck_assert_int_eq(limit_of(&none, LIMIT_REPLICA), 100);
    for (unsigned name = 1; name <= LIMITS; name++) {
        ck_assert_int_ge(limit_most(name), limit_of(&none, name));
        ck_assert_ptr_nonnull(choice_word(&limit_choices, name));
    }
}
END_TEST

START_TEST(what_is_given_changes_that_alone)
{
    struct limits changed = {0}, given = {0};
    struct err err = {0};

    ck_assert_int_eq(parse("Gallery=200", "galleryimageversion=0", &given, &err), 0);
    limits_merge(&changed, &given);
    ck_assert_int_eq(limit_of(&changed, LIMIT_GALLERY), 200);
    ck_assert_int_eq(limit_of(&changed, LIMIT_DEFINITION), 1000);
    ck_assert_int_eq(limit_of(&changed, LIMIT_VERSION), 0);
    ck_assert_int_eq(parse("GALLERY=default", "GalleryImage=7", &given, &err), 0);
    limits_merge(&changed, &given);
    ck_assert_int_eq(limit_of(&changed, LIMIT_GALLERY), 100);
    ck_assert_int_eq(limit_of(&changed, LIMIT_DEFINITION), 7);
    ck_assert_int_eq(limit_of(&changed, LIMIT_VERSION), 0);
    ck_assert_uint_eq(changed.count, 2);
    ck_assert_int_eq(parse("GalleryImageVersion=default", NULL, &given, &err), 0);
    limits_merge(&changed, &given);
    limits_merge(&changed, &given);
    ck_assert_uint_eq(changed.count, 1);
    free(changed.items);
    free(given.items);
}
END_TEST

START_TEST(what_is_none_leaves_what_was_there)
{
    static const struct {
        const char *word, *other, *says;
    } cases[] = {
        {"Gallery", NULL, "'Gallery' says no number"},
        {"Gallery=", NULL, "'Gallery=' says no number"},
        {"Gallery=x", NULL, "'Gallery=x' says no number"},
        {"Gallery=-1", NULL, "'Gallery=-1' says no number"},
        {"Gallery=99999999999999999999", NULL, "says no number"},
        {"Gallery=1000000001", NULL, "1000000001 is above 1000000000"},
        {"GalleryImageVersionReplica=101", NULL, "101 is above 100"},
        {"", NULL, "'' is no limit"},
        {"=5", NULL, "'' is no limit"},
        {"Galleries=5", NULL, "'Galleries' is no limit"},
        {"Gallery=5", "gallery=6", "Gallery is given twice"},
    };
    struct limits limits = {0};
    struct err err = {0};

    ck_assert_int_eq(parse("Gallery=3", NULL, &limits, &err), 0);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ck_assert_int_eq(parse(cases[i].word, cases[i].other, &limits, &err), E_INVALID);
        ck_assert_msg(strstr(err.text, cases[i].says), "%s: %s", cases[i].word, err.text);
        ck_assert_int_eq(limit_of(&limits, LIMIT_GALLERY), 3);
    }
    ck_assert_int_eq(limits_parse(NULL, 0, &limits, &err), E_INVALID);
    free(limits.items);
}
END_TEST

UNIT_MAIN("model/limits", the_defaults_are_those_of_the_service, what_is_given_changes_that_alone,
          what_is_none_leaves_what_was_there)

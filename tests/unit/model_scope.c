/* scope: parts of a store. */
#include "model/scope.h"

#include "base/text.h"
#include "tests/unit/unit.h"

START_TEST(a_scope_is_in_those_around_it)
{
    static const struct {
        const char *scope, *around;
        bool is_in;
    } cases[] = {
        {"/", "/", true},
        {"prod", "/", true},
        {"prod/ubuntu/1.0.0", "/", true},
        {"/", "prod", false},
        {"prod", "prod", true},
        {"PROD", "prod", true},
        {"prod/ubuntu", "Prod", true},
        {"prod/ubuntu/1.0.0", "prod", true},
        {"prod2", "prod", false},
        {"prod2/ubuntu", "prod", false},
        {"pro", "prod", false},
        {"prod", "prod/ubuntu", false},
        {"prod/ubuntu/1.0.0", "prod/ubuntu", true},
        {"prod/ubuntu2/1.0.0", "prod/ubuntu", false},
        {"prod/ubuntu/1.0.0", "prod/ubuntu/1.0.0", true},
        {"prod/ubuntu/1.0.01", "prod/ubuntu/1.0.0", false},
        {"prod/ubuntu", "prod/ubuntu/1.0.0", false},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        ck_assert_msg(scope_is_in(cases[i].scope, cases[i].around) == cases[i].is_in, "%s, %s",
                      cases[i].scope, cases[i].around);
}
END_TEST

START_TEST(a_scope_is_a_reference_without_an_id)
{
    static const char *const good[] = {"/", "prod", "prod/ubuntu", "prod/ubuntu/1.0.0"};
    static const char *const bad[] = {"",
                                      "//",
                                      "prod/",
                                      "prod/ubuntu/latest",
                                      "prod/ubuntu/next",
                                      "../etc",
                                      "prod/ubuntu/1.0.0/x",
                                      "/subscriptions/a"};
    struct err err = {0};

    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        ck_assert_msg(scope_check(&good[i], &err) == 0, "%s", good[i]);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        ck_assert_msg(scope_check(&bad[i], &err) == E_INVALID, "%s", bad[i]);
}
END_TEST

START_TEST(a_scope_is_what_a_reference_names_in_lower_case)
{
    struct reference ref = {.gallery = text_copy("Prod"),
                            .definition = text_copy("Ubuntu"),
                            .version = text_copy("1.0.0"),
                            .resource_group = text_copy("team")};
    static const char *const scopes[] = {"/", "prod", "prod/ubuntu", "prod/ubuntu/1.0.0"};

    for (enum reference_depth depth = REFERENCE_NONE; depth <= REFERENCE_VERSION; depth++) {
        char *const scope = scope_of(&ref, depth);

        ck_assert_str_eq(scope, scopes[depth]);
        free(scope);
    }
    shape_done(&reference_shape, &ref);
}
END_TEST

UNIT_MAIN("model/scope", a_scope_is_in_those_around_it, a_scope_is_a_reference_without_an_id,
          a_scope_is_what_a_reference_names_in_lower_case)

/* names: lengths at their limits, each allowed and refused character, first and last letters, tags.
 */
#include "model/names.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "json/shape.h"
#include "tests/unit/unit.h"

typedef int check_function(const void *slot, struct err *err);

static int check(check_function *function, const char *name)
{
    struct err err = {0};
    const int code = function(&name, &err);

    ck_assert_int_eq(err.code, code);
    ck_assert_int_eq(code != 0, err.text[0] != '\0');
    return code;
}

static int check_length(check_function *function, size_t length)
{
    char *const name = mem_new(length + 1, 1);
    int code;

    memset(name, 'n', length);
    code = check(function, name);
    free(name);
    return code;
}

/* The bytes that the rule takes between two letters, out of all that a string can hold. */
static void assert_inner(check_function *function, const char *marks)
{
    for (int c = 1; c < 256; c++) {
        const char name[] = {'a', (char)c, 'b', '\0'};
        const bool plain =
            (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        const bool good = plain || strchr(marks, c);

        ck_assert_msg((check(function, name) == 0) == good, "byte %d", c);
    }
}

START_TEST(lengths_end_at_their_limits)
{
    ck_assert_int_eq(check_length(name_check_gallery, 0), E_INVALID);
    ck_assert_int_eq(check_length(name_check_gallery, 1), 0);
    ck_assert_int_eq(check_length(name_check_gallery, 80), 0);
    ck_assert_int_eq(check_length(name_check_gallery, 81), E_INVALID);
    ck_assert_int_eq(check_length(name_check_definition, 0), E_INVALID);
    ck_assert_int_eq(check_length(name_check_definition, 1), 0);
    ck_assert_int_eq(check_length(name_check_definition, 80), 0);
    ck_assert_int_eq(check_length(name_check_definition, 81), E_INVALID);
    ck_assert_int_eq(check_length(name_check_group, 0), E_INVALID);
    ck_assert_int_eq(check_length(name_check_group, 90), 0);
    ck_assert_int_eq(check_length(name_check_group, 91), E_INVALID);
    ck_assert_int_eq(check_length(name_check_identifier, 0), E_INVALID);
    ck_assert_int_eq(check_length(name_check_identifier, 128), 0);
    ck_assert_int_eq(check_length(name_check_identifier, 129), E_INVALID);
    ck_assert_int_eq(check(name_check_gallery, NULL), E_INVALID);
}
END_TEST

START_TEST(each_rule_takes_its_own_marks_and_ascii_alone)
{
    assert_inner(name_check_gallery, "._");
    assert_inner(name_check_definition, "._-");
    assert_inner(name_check_group, "._-()");
    assert_inner(name_check_identifier, "._-");
}
END_TEST

START_TEST(names_start_and_end_as_the_service_wants)
{
    static const char *const refused[] = {".a", "_a", "a.", "a_", ".", "..", "_", "../x", "a/b"};
    static const char *const dashed[] = {"-a", "a-", "-"};

    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        ck_assert_msg(check(name_check_gallery, refused[i]) == E_INVALID, "%s", refused[i]);
        ck_assert_msg(check(name_check_definition, refused[i]) == E_INVALID, "%s", refused[i]);
    }
    for (size_t i = 0; i < sizeof dashed / sizeof *dashed; i++)
        ck_assert_int_eq(check(name_check_definition, dashed[i]), E_INVALID);
    ck_assert_int_eq(check(name_check_gallery, "new"), 0);
    ck_assert_int_eq(check(name_check_gallery, "latest"), 0);
    ck_assert_int_eq(check(name_check_gallery, "0"), 0);
    ck_assert_int_eq(check(name_check_gallery, "My_Gallery.2"), 0);
    ck_assert_int_eq(check(name_check_definition, "ubuntu-24.04_lts"), 0);
}
END_TEST

START_TEST(groups_and_identifiers_do_not_end_with_a_dot)
{
    ck_assert_int_eq(check(name_check_group, "rg."), E_INVALID);
    ck_assert_int_eq(check(name_check_group, "(rg)-_"), 0);
    ck_assert_int_eq(check(name_check_identifier, "canonical."), E_INVALID);
    ck_assert_int_eq(check(name_check_identifier, ".canonical-"), 0);
}
END_TEST

START_TEST(messages_name_the_rule_and_suggest)
{
    struct err err = {0};
    const char *name = "my-gallery";

    name_check_gallery(&name, &err);
    ck_assert_str_eq(err.text,
                     "'my-gallery' has '-': only letters, digits, '.' and '_' are allowed");
    ck_assert_str_eq(err.hint, "did you mean 'my_gallery'?");
    name = "-x";
    name_check_gallery(&name, &err);
    ck_assert_str_eq(err.hint, "");
    name = "a b";
    name_check_definition(&name, &err);
    ck_assert_str_eq(err.text,
                     "'a b' has a blank: only letters, digits, '.', '_' and '-' are allowed");
    name = "_x";
    name_check_definition(&name, &err);
    ck_assert_str_eq(err.text, "'_x' does not start with a letter or digit");
    ck_assert_int_eq(name_check_gallery(&name, NULL), E_INVALID);
}
END_TEST

static int check_tag(size_t name_length, size_t value_length)
{
    char *const name = mem_new(name_length + 1, 1);
    char *const value = mem_new(value_length + 1, 1);
    struct tag item = {.name = name, .value = value};
    const struct tags tags = {.set = true, .items = &item, .count = 1};
    struct err err = {0};
    int code;

    memset(name, 'n', name_length);
    memset(value, 'v', value_length);
    code = name_check_tags(&tags, &err);
    ck_assert_int_eq(err.code, code);
    free(name);
    free(value);
    return code;
}

START_TEST(tags_end_at_their_limits)
{
    ck_assert_int_eq(check_tag(0, 1), E_INVALID);
    ck_assert_int_eq(check_tag(1, 0), 0);
    ck_assert_int_eq(check_tag(512, 256), 0);
    ck_assert_int_eq(check_tag(513, 256), E_INVALID);
    ck_assert_int_eq(check_tag(512, 257), E_INVALID);
}
END_TEST

START_TEST(tag_names_are_free_of_the_seven_marks)
{
    for (const char *mark = "<>%&\\?/"; *mark; mark++) {
        char name[] = {'a', *mark, '\0'}, value[] = {*mark, '\0'};
        struct tag item = {.name = name, .value = value};
        const struct tags tags = {.set = true, .items = &item, .count = 1};
        char good[] = "a.b:c";

        ck_assert_int_eq(name_check_tags(&tags, NULL), E_INVALID);
        item.name = good;
        ck_assert_int_eq(name_check_tags(&tags, NULL), 0);
    }
}
END_TEST

START_TEST(there_are_at_most_fifty_tags)
{
    char name[] = "n", value[] = "";
    struct tag items[TAGS_MAX + 1];
    struct tags tags = {.set = true, .items = items, .count = TAGS_MAX};

    for (size_t i = 0; i <= TAGS_MAX; i++)
        items[i] = (struct tag){.name = name, .value = value};
    ck_assert_int_eq(name_check_tags(&tags, NULL), 0);
    tags.count++;
    ck_assert_int_eq(name_check_tags(&tags, NULL), E_INVALID);
    tags.count = 0;
    ck_assert_int_eq(name_check_tags(&tags, NULL), 0);
}
END_TEST

START_TEST(uuids_and_public_prefixes_have_their_forms)
{
    static const struct {
        const char *text;
        bool uuid, prefix;
    } cases[] = {
        {"6a1f0f6e-3a52-4f6e-9d0e-2f1f3b1f7d11", true, false},
        {"6A1F0F6E-3A52-4F6E-9D0E-2F1F3B1F7D11", true, false},
        {"6a1f0f6e-3a52-4f6e-9d0e-2f1f3b1f7d1", false, false},
        {"6a1f0f6e-3a52-4f6e-9d0e-2f1f3b1f7d11a", false, false},
        {"6a1f0f6e03a52-4f6e-9d0e-2f1f3b1f7d11", false, false},
        {"6a1f0f6g-3a52-4f6e-9d0e-2f1f3b1f7d11", false, false},
        {"", false, true}, /* which clears */
        {"four", false, false},
        {"fives", false, true},
        {"0123456789abcdef", false, true},
        {"0123456789abcdefg", false, false},
        {"with-dash", false, false},
        {"with blank", false, false},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ck_assert_msg((name_check_uuid(&cases[i].text, NULL) == 0) == cases[i].uuid, "%s",
                      cases[i].text);
        ck_assert_msg((name_check_public_prefix(&cases[i].text, NULL) == 0) == cases[i].prefix,
                      "%s", cases[i].text);
    }
}
END_TEST

UNIT_MAIN("model/names", lengths_end_at_their_limits, each_rule_takes_its_own_marks_and_ascii_alone,
          names_start_and_end_as_the_service_wants, groups_and_identifiers_do_not_end_with_a_dot,
          messages_name_the_rule_and_suggest, tags_end_at_their_limits,
          tag_names_are_free_of_the_seven_marks, there_are_at_most_fifty_tags,
          uuids_and_public_prefixes_have_their_forms)

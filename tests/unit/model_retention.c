/* retention: what a policy says of the versions of a definition. */
#include "model/retention.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "tests/unit/unit.h"

enum { NOW = 1000000, VERSIONS_MAX = 8 };

/* A version, published so many seconds ago (-1: nobody knows) and past its end of life for so many
 * (0: it has none). */
struct given {
    const char *number;
    int64_t age;
    int64_t past;
    const char *tag, *value;
    unsigned rule;
};

static struct opt_time before_now(int64_t seconds)
{
    return (struct opt_time){.set = true, .value = NOW - seconds};
}

/* The first letters of what is decided: "kK" and so on, see `letters`. */
static void decide(const struct retention *policy, const struct given *given, size_t count,
                   char out[VERSIONS_MAX + 1])
{
    static const char letters[] = "?UCLMTYEBKIFode"; /* by rule; small ones go */
    struct retention_version versions[VERSIONS_MAX] = {0};
    struct tag tag[VERSIONS_MAX];
    struct tags tags[VERSIONS_MAX];

    for (size_t i = 0; i < count; i++) {
        tag[i] = (struct tag){.name = text_copy(given[i].tag),
                              .value = text_copy(given[i].value ? given[i].value : "")};
        tags[i] = (struct tags){.set = true, .items = &tag[i], .count = given[i].tag ? 1 : 0};
        versions[i].tags = &tags[i];
        versions[i].rule = given[i].rule;
        ck_assert_int_eq(semver_parse(given[i].number, &versions[i].number, NULL), 0);
        if (given[i].age >= 0)
            versions[i].published_date = before_now(given[i].age);
        if (given[i].past)
            versions[i].end_of_life_date = before_now(given[i].past);
    }
    retention_decide(policy, NOW, versions, count);
    for (size_t i = 0; i < count; i++) {
        out[i] = letters[versions[i].rule];
        ck_assert_int_eq(prune_rule_drops(versions[i].rule), strchr("ode", out[i]) != NULL);
        free(tag[i].name);
        free(tag[i].value);
    }
    out[count] = '\0';
}

static const struct opt_bool yes = {.set = true, .value = true};

static struct opt_int number(int64_t value)
{
    return (struct opt_int){.set = true, .value = value};
}

START_TEST(a_rule_decides_about_each)
{
    static const struct given versions[] = {
        {.number = "2.0.0", .age = 10},
        {.number = "1.10.1", .age = 50, .past = 5, .tag = "Keep", .value = "Yes"},
        {.number = "1.10.0", .age = 20, .past = -5},
        {.number = "1.9.0", .age = -1, .past = 1},
        {.number = "1.2.1", .age = 100, .tag = "keep"},
        {.number = "1.2.0", .age = 101, .past = 7},
    };
    static char name[] = "KEEP", empty[] = "", value[] = "Yes";
    struct tag keep = {.name = name, .value = empty}, valued = {.name = name, .value = value};
    const struct tags any = {.set = true, .items = &keep, .count = 1};
    const struct tags one = {.set = true, .items = &valued, .count = 1};
    const struct {
        struct retention policy;
        const char *rules;
    } cases[] = {
        {{.keep_latest = number(1)}, "Leeeee"},
        {{.keep_latest = number(3)}, "LLLeee"},
        {{.keep_latest = number(6)}, "LLLLLL"},
        {{.keep_minor = number(1)}, "MMeMMe"},
        {{.keep_minor = number(2)}, "MMMMMM"},
        {{.keep_latest = number(2), .keep_minor = number(1)}, "LLeMMe"},
        {{.older_than = number(20)}, "YoYYoo"},
        {{.older_than = number(100)}, "YYYYYo"},
        {{.past_end_of_life = yes}, "EdEdEd"},
        {{.older_than = number(60), .past_end_of_life = yes}, "YYYYEo"},
        {{.older_than = number(60), .keep_minor = number(1)}, "MMYMMo"},
        {{.keep_latest = number(1), .unless_tags = any}, "LTeeTe"},
        {{.keep_latest = number(1), .unless_tags = one}, "LTeeee"},
        {{.free = number(1)}, "eeeeee"},
        {{.free = number(1), .older_than = number(60), .unless_tags = any}, "YTYYTo"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char rules[VERSIONS_MAX + 1];

        decide(&cases[i].policy, versions, sizeof versions / sizeof *versions, rules);
        ck_assert_msg(text_equal(rules, cases[i].rules), "case %zu: %s", i, rules);
    }
}
END_TEST

START_TEST(what_is_not_known_is_not_counted)
{
    static const struct given versions[] = {
        {.number = "1.0.3", .rule = PRUNE_CREATING},
        {.number = "1.0.2", .age = 1},
        {.number = "1.0.1", .rule = PRUNE_UNREADABLE},
        {.number = "1.0.0", .age = 1},
    };
    const struct retention latest = {.keep_latest = number(1)};
    const struct retention minor = {.keep_minor = number(2)};
    char rules[VERSIONS_MAX + 1];

    decide(&latest, versions, 4, rules);
    ck_assert_str_eq(rules, "CLUe");
    decide(&minor, versions, 4, rules);
    ck_assert_str_eq(rules, "CMUM");
    decide(&latest, versions, 0, rules);
    ck_assert_str_eq(rules, "");
}
END_TEST

START_TEST(a_policy_says_what_is_to_go)
{
    static char name[] = "keep", none[] = "";
    struct tag keep = {.name = name, .value = none};
    const struct retention empty[] = {
        {.allow_empty = yes},
        {.unless_tags = {.set = true, .items = &keep, .count = 1}},
        {.past_end_of_life = {.set = true, .value = false}},
    };
    const struct retention good[] = {{.keep_latest = number(1)},
                                     {.keep_minor = number(1)},
                                     {.older_than = number(1)},
                                     {.past_end_of_life = yes},
                                     {.free = number(1)}};
    struct err err = {0};

    for (size_t i = 0; i < sizeof empty / sizeof *empty; i++)
        ck_assert_int_eq(retention_check(&empty[i], &err), E_USAGE);
    ck_assert_str_ne(err.hint, "");
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        ck_assert_int_eq(retention_check(&good[i], &err), 0);
}
END_TEST

/* --- the last one --- */

struct asked {
    const char *intact; /* a letter each: 'y' when it is */
    size_t times;
};

static bool is_intact(void *user, size_t n)
{
    struct asked *const asked = user;

    asked->times++;
    return asked->intact[n] == 'y';
}

START_TEST(one_that_is_intact_stays)
{
    static const struct {
        const char *rules, *intact; /* 'k' is kept, 'd' goes, 'c' is being created */
        size_t kept;                /* number of the one that stays as well; 9: none */
        size_t times;               /* that it was asked */
    } cases[] = {
        {"", "", 9, 0},       {"kk", "nn", 9, 0},   {"kd", "yn", 9, 1},   {"kdd", "nny", 2, 3},
        {"ddk", "nny", 9, 1}, {"ddk", "nyn", 1, 3}, {"dd", "yy", 0, 1},   {"dd", "ny", 1, 2},
        {"dd", "nn", 0, 2},   {"kd", "nn", 9, 2},   {"cdd", "ynn", 1, 2}, {"cd", "yy", 1, 1},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const size_t count = strlen(cases[i].rules);
        struct retention_version versions[VERSIONS_MAX] = {0};
        struct asked asked = {.intact = cases[i].intact};

        for (size_t n = 0; n < count; n++)
            versions[n].rule = cases[i].rules[n] == 'k'   ? PRUNE_KEEP_LATEST
                               : cases[i].rules[n] == 'c' ? PRUNE_CREATING
                                                          : PRUNE_NOT_KEPT;
        retention_keep_last(versions, count, is_intact, &asked);
        for (size_t n = 0; n < count; n++)
            ck_assert_msg((versions[n].rule == PRUNE_LAST_INTACT) == (n == cases[i].kept),
                          "case %zu, version %zu", i, n);
        ck_assert_msg(asked.times == cases[i].times, "case %zu: %zu", i, asked.times);
    }
}
END_TEST

/* --- words --- */

START_TEST(ages_and_sizes_are_read)
{
    static const char *const age[] = {"30d"}, *const size[] = {"40G"}, *const bad[] = {"30", "0"};
    struct opt_int slot = {0};
    struct err err = {0};

    ck_assert_int_eq(retention_parse_age(age, 1, &slot, &err), 0);
    ck_assert_int_eq(slot.value, 30 * 86400);
    ck_assert_int_eq(retention_parse_size(size, 1, &slot, &err), 0);
    ck_assert_int_eq(slot.value, INT64_C(40) << 30);
    ck_assert_int_eq(retention_parse_age(bad, 1, &slot, &err), E_INVALID);
    ck_assert_int_eq(retention_parse_age(bad, 0, &slot, &err), E_INVALID);
    ck_assert_int_eq(retention_parse_size(&bad[1], 1, &slot, &err), E_INVALID);
    ck_assert_int_eq(retention_parse_size(bad, 2, &slot, &err), E_INVALID);
    ck_assert_int_eq(slot.value, INT64_C(40) << 30);
}
END_TEST

UNIT_MAIN("model/retention", a_rule_decides_about_each, what_is_not_known_is_not_counted,
          a_policy_says_what_is_to_go, one_that_is_intact_stays, ages_and_sizes_are_read)

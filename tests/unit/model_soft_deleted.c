/* soft_deleted: what a policy says, and what is recorded of a version by it. */
#include "model/soft_deleted.h"

#include <stdlib.h>

#include "store/layout.h"
#include "tests/unit/unit.h"

enum { NOW = 1000000, DAY = 24 * 60 * 60 };

START_TEST(a_policy_is_absent_until_any_of_it_was_given)
{
    struct soft_delete_policy policy = {0};

    soft_delete_settle(&policy);
    ck_assert(!policy.is_soft_delete_enabled.set && !policy.retention_period_in_days.set);
    ck_assert(!soft_delete_is_on(&policy));
    policy.grace_period_in_days = opt_int_of(2);
    soft_delete_settle(&policy);
    ck_assert(policy.is_soft_delete_enabled.set && !soft_delete_is_on(&policy));
    ck_assert_int_eq(policy.retention_period_in_days.value, SOFT_DELETE_RETENTION);
    ck_assert_int_eq(policy.grace_period_in_days.value, 2);
}
END_TEST

START_TEST(its_times_are_fixed_to_the_second)
{
    const struct soft_delete_policy policy = {
        .retention_period_in_days = opt_int_of(3),
        .grace_period_in_days = opt_int_of(1),
    };
    struct soft_deleted record = {0};

    soft_deleted_record(&policy, "1.0.0", NOW, &record);
    ck_assert_str_eq(record.name, "1.0.0");
    ck_assert_int_eq(record.soft_deleted_time.value, NOW);
    ck_assert(soft_deleted_is_readable(&record, NOW + 3 * DAY - 1));
    ck_assert(!soft_deleted_is_readable(&record, NOW + 3 * DAY));
    ck_assert(!soft_deleted_is_over(&record, NOW + 4 * DAY - 1));
    ck_assert(soft_deleted_is_over(&record, NOW + 4 * DAY));
    ck_assert(!soft_deleted_is_over(&record, 0)); /* a clock that was set back */
    shape_done(&soft_deleted_shape, &record);
}
END_TEST

START_TEST(without_a_policy_it_is_the_default)
{
    const struct soft_delete_policy policy = {0};
    struct soft_deleted record = {0};

    soft_deleted_record(&policy, "1.0.0", NOW, &record);
    ck_assert_int_eq(record.consumption_end_time.value, NOW + SOFT_DELETE_RETENTION * DAY);
    ck_assert_int_eq(record.hard_deletion_target_time.value, NOW + SOFT_DELETE_RETENTION * DAY);
    shape_done(&soft_deleted_shape, &record);
}
END_TEST

START_TEST(names_in_the_trash_are_read_as_they_are_written)
{
    char gallery[] = "Prod", definition[] = "Ubuntu_22", version[] = "1.0.10";
    struct reference ref = {.gallery = gallery, .definition = definition, .version = version};
    struct reference read = {0};
    struct buf name = {0};

    layout_add_version(&name, &ref);
    ck_assert_str_eq(buf_text(&name), "prod+ubuntu_22+1.0.10");
    ck_assert(layout_parse_version(buf_text(&name), "", &read));
    ck_assert(reference_is_in(&read, &ref));
    shape_done(&reference_shape, &read);
    buf_clear(&name);
    ref.soft_deleted = (struct opt_bool){.set = true, .value = true};
    layout_add_resource(&name, &ref, REFERENCE_VERSION);
    ck_assert_str_eq(buf_text(&name), "trash/prod+ubuntu_22+1.0.10");
    buf_clear(&name);
    layout_add_origin(&name, &ref, REFERENCE_VERSION);
    ck_assert_str_eq(buf_text(&name), "galleries/prod/images/ubuntu_22/versions/1.0.10");
    buf_done(&name);
}
END_TEST

START_TEST(other_names_are_none)
{
    static const char *const names[] = {"",
                                        "prod",
                                        "prod+ubuntu",
                                        "prod+ubuntu+next",
                                        "+a+1.0.0",
                                        "prod+ubuntu+1.x",
                                        "a+b+1.0.0+d",
                                        "a+b+1.0.0.json",
                                        ".a+b+1.0.0"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct reference read = {0};

        ck_assert_msg(!layout_parse_version(names[i], "", &read), "%s", names[i]);
        shape_done(&reference_shape, &read);
    }
}
END_TEST

UNIT_MAIN("model/soft_deleted", a_policy_is_absent_until_any_of_it_was_given,
          its_times_are_fixed_to_the_second, without_a_policy_it_is_the_default,
          names_in_the_trash_are_read_as_they_are_written, other_names_are_none)

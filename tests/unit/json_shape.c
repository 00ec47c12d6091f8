/* shape: access, copy, equality, merging, fixed members. */
#include "json/shape.h"

#include "tests/unit/json_car.h"

START_TEST(kinds_follow_from_members)
{
    static const enum kind kinds[] = {KIND_TEXT,  KIND_TEXT, KIND_TEXT,   KIND_BOOL,
                                      KIND_INT,   KIND_INT,  KIND_TIME,   KIND_CHOICE,
                                      KIND_TEXTS, KIND_TAGS, KIND_OBJECT, KIND_OBJECT,
                                      KIND_LIST,  KIND_LIST, KIND_TEXT,   KIND_INT};

    ck_assert_uint_eq(car_shape.count, sizeof kinds / sizeof *kinds);
    for (size_t i = 0; i < car_shape.count; i++)
        ck_assert_int_eq(car_rows[i].kind, kinds[i]);
    ck_assert_ptr_eq(shape_row(&car_shape, "seats"), &car_rows[13]);
    ck_assert_ptr_null(shape_row(&car_shape, "Seats"));
}
END_TEST

START_TEST(presence_is_seen_for_every_kind)
{
    struct car car = {0}, full = car_of(car_text);

    for (size_t i = 0; i < car_shape.count; i++) {
        const bool left_out = i == 0 || i == car_shape.count - 1; /* id and made */

        ck_assert(!row_present(&car_rows[i], &car));
        ck_assert_int_eq(row_present(&car_rows[i], &full), !left_out);
        ck_assert_ptr_eq(row_slot(&car_rows[i], &car), row_value(&car_rows[i], &car));
    }
    car.tags.set = true;
    ck_assert(row_present(shape_row(&car_shape, "tags"), &car));
    ck_assert_uint_eq(list_count(&full.wheels), 2);
    ck_assert_ptr_eq(list_item(&full.wheels, &wheel_shape, 1), &full.wheels.items[1]);
    shape_done(&car_shape, &full);
}
END_TEST

START_TEST(done_leaves_all_zero)
{
    struct car car = car_of(car_text);
    const struct car zero = {0};

    shape_done(&car_shape, &car);
    ck_assert_mem_eq(&car, &zero, sizeof zero);
    shape_done(&car_shape, &car);
}
END_TEST

START_TEST(copies_are_deep_and_equal)
{
    struct car car = car_of(car_text), copy = {0};

    shape_copy(&car_shape, &copy, &car);
    ck_assert(shape_equal(&car_shape, &car, &copy));
    ck_assert_ptr_ne(copy.name, car.name);
    ck_assert_ptr_ne(copy.wheels.items, car.wheels.items);
    shape_done(&car_shape, &car);
    check_written(&copy, SHAPE_MANIFEST, car_text);
    shape_done(&car_shape, &copy);
}
END_TEST

/* Each text differs from car_text in one member. */
START_TEST(every_member_counts_for_equality)
{
    static const char *const others[] = {
        "{\"name\":\"vx\"}",
        "{\"description\":\"\"}",
        "{\"fast\":true}",
        "{\"doors\":2}",
        "{\"miles\":1}",
        "{\"built\":\"1974-05-01T12:00:01Z\"}",
        "{\"color\":\"Red\"}",
        "{\"notes\":[\"rust\"]}",
        "{\"notes\":[\"rust\",\"x\"]}",
        "{\"tags\":{}}",
        "{\"tags\":{\"b\":\"1\",\"a\":\"2\"}}",
        "{\"tags\":{\"b\":\"1\",\"c\":\"\"}}",
        "{\"engine\":{\"power\":51}}",
        "{\"trailer\":{\"model\":\"m\"}}",
        "{\"wheels\":[{\"name\":\"fl\",\"size\":15}]}",
        "{\"wheels\":[{\"name\":\"fl\",\"size\":15},{\"name\":\"fr\",\"spare\":false}]}",
        "{\"seats\":[{\"row\":1,\"color\":\"Red\"},{\"row\":2,\"color\":\"Green\"}]}",
        "{\"secret\":\"x\"}",
        "{\"made\":1}",
    };
    struct car car = car_of(car_text);

    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        struct car other = car_of(car_text), given = car_of(others[i]);

        shape_merge(&car_shape, &other, &given);
        ck_assert_msg(!shape_equal(&car_shape, &car, &other), "%s", others[i]);
        ck_assert_msg(!shape_equal(&car_shape, &other, &car), "%s", others[i]);
        shape_done(&car_shape, &other);
        shape_done(&car_shape, &given);
    }
    shape_done(&car_shape, &car);
}
END_TEST

START_TEST(views_and_empty_texts_do_not_count_for_equality)
{
    struct car left = {0}, right = {0};

    left.id = text_copy("/a");
    left.name = text_copy("");
    left.doors.value = 7; /* not set */
    ck_assert(shape_equal(&car_shape, &left, &right));
    right.tags.set = true;
    ck_assert(!shape_equal(&car_shape, &left, &right));
    shape_done(&car_shape, &left);
}
END_TEST

START_TEST(merge_replaces_what_is_given_and_keeps_the_rest)
{
    struct car car = car_of(car_text);
    struct car given = car_of("{\"description\":\"\",\"doors\":0,\"fast\":true,\"tags\":{},"
                              "\"notes\":[\"n\"],\"engine\":{\"power\":60},"
                              "\"wheels\":[{\"name\":\"x\"}],\"made\":4}");

    shape_merge(&car_shape, &car, &given);
    shape_done(&car_shape, &given);
    check_written(
        &car, SHAPE_MANIFEST,
        "{\"name\":\"vw\",\"fast\":true,\"doors\":0,\"miles\":0,"
        "\"built\":\"1974-05-01T12:00:00+00:00\",\"color\":\"DarkBlue\",\"notes\":[\"n\"],"
        "\"tags\":{},\"engine\":{\"maker\":\"vw\",\"model\":\"1600\",\"power\":60},"
        "\"trailer\":{\"maker\":\"x\"},\"wheels\":[{\"name\":\"x\"}],"
        "\"seats\":[{\"row\":1,\"color\":\"Red\"},{\"row\":2,\"color\":\"Red\"}],"
        "\"secret\":\"psst\",\"made\":4}");
    shape_merge(&car_shape, &given, &car);
    ck_assert(shape_equal(&car_shape, &given, &car));
    shape_done(&car_shape, &given);
    shape_done(&car_shape, &car);
}
END_TEST

START_TEST(fixed_members_that_differ_are_named)
{
    /* clang-format off */
    static const struct { const char *given, *path; } cases[] = {
        {"{}", NULL},
        {"{\"name\":\"vw\",\"color\":\"DarkBlue\",\"trailer\":{\"maker\":\"x\"}}", NULL},
        {"{\"description\":\"new\",\"doors\":1,\"wheels\":[{\"name\":\"z\"}]}", NULL},
        {"{\"name\":\"VW\"}", "name"},
        {"{\"name\":\"\"}", "name"},
        {"{\"color\":\"Red\"}", "color"},
        {"{\"engine\":{\"maker\":\"other\",\"power\":1}}", NULL},
        {"{\"engine\":{\"model\":\"1600\"}}", NULL},
        {"{\"engine\":{\"model\":\"1601\"}}", "engine.model"},
        {"{\"trailer\":{\"maker\":\"y\"}}", "trailer.maker"},
        {"{\"trailer\":{\"maker\":\"x\",\"power\":1}}", "trailer.power"},
        {"{\"seats\":[{\"row\":1,\"color\":\"Red\"},{\"row\":2,\"color\":\"Red\"}]}", NULL},
        {"{\"seats\":[{\"row\":1,\"color\":\"Red\"}]}", "seats"},
    };
    /* clang-format on */
    struct car old = car_of(car_text);

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct car given = car_of(cases[i].given);
        struct buf path = {0};

        ck_assert_int_eq(shape_fixed_difference(&car_shape, &old, &given, &path),
                         cases[i].path != NULL);
        ck_assert_str_eq(buf_text(&path), cases[i].path ? cases[i].path : "");
        shape_done(&car_shape, &given);
        buf_done(&path);
    }
    shape_done(&car_shape, &old);
}
END_TEST

START_TEST(fixed_keys_are_compared_without_case)
{
    struct car old = car_of("{\"engine\":{\"model\":\"Abc\"}}");
    struct car given = car_of("{\"engine\":{\"model\":\"aBC\"}}");
    struct buf path = {0};

    ck_assert(!shape_fixed_difference(&car_shape, &old, &given, &path));
    ck_assert(!shape_equal(&car_shape, &old, &given));
    buf_add_text(&path, "at: ");
    text_replace(&given.engine.model, "abd");
    ck_assert(shape_fixed_difference(&car_shape, &old, &given, &path));
    ck_assert_str_eq(buf_text(&path), "at: engine.model");
    buf_done(&path);
    shape_done(&car_shape, &old);
    shape_done(&car_shape, &given);
}
END_TEST

UNIT_MAIN("json/shape", kinds_follow_from_members, presence_is_seen_for_every_kind,
          done_leaves_all_zero, copies_are_deep_and_equal, every_member_counts_for_equality,
          views_and_empty_texts_do_not_count_for_equality,
          merge_replaces_what_is_given_and_keeps_the_rest, fixed_members_that_differ_are_named,
          fixed_keys_are_compared_without_case)

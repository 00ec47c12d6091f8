/* shape: to JSON in each form, and what a newer program wrote kept. */
#include "tests/unit/json_car.h"

START_TEST(nothing_gives_an_empty_object)
{
    const struct car car = {0};

    check_written(&car, SHAPE_MANIFEST, "{}");
    check_written(&car, SHAPE_VIEW, "{}");
}
END_TEST

START_TEST(forms_leave_out_what_is_not_theirs)
{
    struct car car = {0};

    car.id = text_copy("/car");
    car.secret = text_copy("s");
    car.made = (struct opt_int){.set = true, .value = 2};
    check_written(&car, SHAPE_MANIFEST, "{\"secret\":\"s\",\"made\":2}");
    check_written(&car, SHAPE_VIEW, "{\"id\":\"/car\",\"made\":2}");
    shape_done(&car_shape, &car);
}
END_TEST

START_TEST(empty_texts_and_objects_are_absent_and_empty_tags_are_not)
{
    struct car car = {0};

    car.name = text_copy("");
    car.engine.maker = text_copy("");
    car.tags.set = true;
    VEC_ADD(&car.wheels);
    check_written(&car, SHAPE_MANIFEST, "{\"tags\":{},\"wheels\":[{}]}");
    shape_done(&car_shape, &car);
}
END_TEST

START_TEST(values_outside_their_words_are_not_written)
{
    const struct car car = {.color = 4};

    check_written(&car, SHAPE_MANIFEST, "{}");
    ck_assert_ptr_null(choice_word(&colors, 0));
    ck_assert_str_eq(choice_word(&colors, 1), "Red");
    ck_assert_str_eq(choice_word(&colors, 3), "DarkBlue");
    ck_assert_ptr_null(choice_word(&colors, 4));
    ck_assert_ptr_null(choice_word(&colors, 4000000000u));
    ck_assert_uint_eq(choice_value(&colors, "GREEN"), COLOR_GREEN);
    ck_assert_uint_eq(choice_value(&colors, "Gree"), 0);
    ck_assert_uint_eq(choice_value(&colors, ""), 0);
}
END_TEST

START_TEST(large_integers_come_back)
{
    struct car car = {.miles = {.set = true, .value = INT64_C(-9007199254740992)}};

    check_written(&car, SHAPE_MANIFEST, "{\"miles\":-9007199254740992}");
}
END_TEST

/* Keep what `stored` has and no row knows in `fresh`. */
static void check_kept(const char *stored_text, const char *fresh_text, const char *expected)
{
    struct json *stored = NULL, *fresh = NULL;
    struct err err = {0};

    ck_assert_int_eq(json_parse(stored_text, strlen(stored_text), &stored, &err), 0);
    ck_assert_int_eq(json_parse(fresh_text, strlen(fresh_text), &fresh, &err), 0);
    shape_keep_unknown(&car_shape, stored, fresh);
    json_free(stored);
    check_json(fresh, expected);
}

START_TEST(unknown_keys_are_kept_deeply)
{
    check_kept("{\"new\":{\"a\":[1]},\"name\":\"old\",\"doors\":1}", "{\"name\":\"x\"}",
               "{\"name\":\"x\",\"new\":{\"a\":[1]}}");
    check_kept("{\"engine\":{\"maker\":\"m\",\"hybrid\":true}}", "{\"engine\":{\"maker\":\"n\"}}",
               "{\"engine\":{\"maker\":\"n\",\"hybrid\":true}}");
    check_kept("{\"engine\":{\"maker\":\"m\",\"hybrid\":true}}", "{}",
               "{\"engine\":{\"hybrid\":true}}");
    check_kept("{\"engine\":{\"maker\":\"m\"},\"wheels\":[{\"name\":\"a\",\"n\":1}]}", "{}", "{}");
    check_kept("{\"new\":1}", "{\"new\":2}", "{\"new\":2}");
    check_kept("{\"tags\":{\"gone\":\"1\"},\"id\":\"v\"}", "{\"tags\":{}}", "{\"tags\":{}}");
    check_kept("[]", "{}", "{}");
    check_kept("{\"engine\":1,\"wheels\":{}}", "{\"engine\":{},\"wheels\":[]}",
               "{\"engine\":{},\"wheels\":[]}");
}
END_TEST

START_TEST(unknown_keys_follow_their_element)
{
    check_kept(
        "{\"wheels\":[{\"name\":\"a\",\"n\":1},{\"name\":\"b\",\"n\":2},{\"name\":\"c\",\"n\":3}]}",
        "{\"wheels\":[{\"name\":\"C\"},{\"name\":\"new\"},{\"name\":\"A\"}]}",
        "{\"wheels\":[{\"name\":\"C\",\"n\":3},{\"name\":\"new\"},{\"name\":\"A\",\"n\":1}]}");
    check_kept(
        "{\"seats\":[{\"row\":1,\"color\":\"Red\",\"n\":1},{\"row\":1,\"color\":\"Green\",\"n\":2},"
        "{\"row\":2,\"n\":3}]}",
        "{\"seats\":[{\"row\":1,\"color\":\"Green\"},{\"row\":2},{\"row\":2,\"color\":\"Red\"}]}",
        "{\"seats\":[{\"row\":1,\"color\":\"Green\",\"n\":2},{\"row\":2},{\"row\":2,"
        "\"color\":\"Red\"}]}");
}
END_TEST

UNIT_MAIN("json/shape_write", nothing_gives_an_empty_object, forms_leave_out_what_is_not_theirs,
          empty_texts_and_objects_are_absent_and_empty_tags_are_not,
          values_outside_their_words_are_not_written, large_integers_come_back,
          unknown_keys_are_kept_deeply, unknown_keys_follow_their_element)

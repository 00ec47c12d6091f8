/* shape: from JSON, with every refusal, and back. */
#include "tests/unit/json_car.h"

/* A NULL hint means none. */
static void check_refused(const char *text, const char *message, const char *hint)
{
    const struct car zero = {0};
    struct car car = {0};
    struct err err = {0};

    ck_assert_msg(read_car(text, SHAPE_INPUT, &car, &err) == E_INVALID, "accepted: %s", text);
    ck_assert_str_eq(err.text, message);
    ck_assert_str_eq(err.hint, hint ? hint : "");
    ck_assert_int_eq(err.code, E_INVALID);
    ck_assert_mem_eq(&car, &zero, sizeof zero);
}

START_TEST(what_is_read_is_written_again)
{
    struct car car = {0};
    struct err err = {0};

    ck_assert_msg(read_car(car_text, SHAPE_INPUT, &car, &err) == 0, "%s", err.text);
    ck_assert_str_eq(car.name, "vw");
    ck_assert_int_eq(car.built.value, 136641600);
    ck_assert_uint_eq(car.color, COLOR_DARK_BLUE);
    ck_assert_uint_eq(car.wheels.count, 2);
    ck_assert(car.wheels.items[1].spare.value);
    ck_assert_uint_eq(car.tags.count, 2);
    check_written(&car, SHAPE_MANIFEST, car_text);
    shape_done(&car_shape, &car);
}
END_TEST

START_TEST(words_of_choices_are_read_in_any_case)
{
    struct car car = car_of("{\"color\":\"dARKblue\"}");

    check_written(&car, SHAPE_VIEW, "{\"color\":\"DarkBlue\"}");
}
END_TEST

START_TEST(null_is_absent)
{
    struct car car = car_of("{\"name\":null,\"fast\":null,\"doors\":null,\"tags\":null,"
                            "\"wheels\":null,\"engine\":{\"maker\":null},\"color\":null}");

    for (size_t i = 0; i < car_shape.count; i++)
        ck_assert(!row_present(&car_rows[i], &car));
}
END_TEST

START_TEST(wrong_kinds_are_refused_with_the_path)
{
    check_refused("[]", "an array is not an object", NULL);
    check_refused("\"x\"", "'x' is not an object", NULL);
    check_refused("{\"name\":5}", "name: '5' is not a string", NULL);
    check_refused("{\"name\":[]}", "name: an array is not a string", NULL);
    check_refused("{\"fast\":\"true\"}", "fast: 'true' is not true or false", NULL);
    check_refused("{\"fast\":1}", "fast: '1' is not true or false", NULL);
    check_refused("{\"doors\":\"x\"}", "doors: 'x' is not a whole number", NULL);
    check_refused("{\"doors\":1.5}", "doors: '1.5' is not a whole number", NULL);
    check_refused("{\"doors\":{}}", "doors: an object is not a whole number", NULL);
    check_refused("{\"doors\":true}", "doors: 'true' is not a whole number", NULL);
    check_refused("{\"built\":\"yesterday\"}", "built: 'yesterday' is not a date or time", NULL);
    check_refused("{\"built\":5}", "built: '5' is not a date or time", NULL);
    check_refused("{\"color\":1}", "color: '1' is not a string", NULL);
    check_refused("{\"notes\":\"x\"}", "notes: 'x' is not an array", NULL);
    check_refused("{\"notes\":[\"a\",null]}", "notes[1]: 'null' is not a string", NULL);
    check_refused("{\"tags\":[]}", "tags: an array is not an object", NULL);
    check_refused("{\"tags\":{\"a\":1}}", "tags.a: '1' is not a string", NULL);
    check_refused("{\"engine\":[]}", "engine: an array is not an object", NULL);
    check_refused("{\"engine\":{\"power\":\"much\"}}", "engine.power: 'much' is not a whole number",
                  NULL);
    check_refused("{\"wheels\":{}}", "wheels: an object is not an array", NULL);
    check_refused("{\"wheels\":[{},7]}", "wheels[1]: '7' is not an object", NULL);
    check_refused("{\"wheels\":[{},{\"size\":\"x\"}]}", "wheels[1].size: 'x' is not a whole number",
                  NULL);
}
END_TEST

START_TEST(unknown_words_and_keys_get_a_hint)
{
    check_refused("{\"color\":\"grean\"}", "color: 'grean' is not a known color",
                  "did you mean 'Green'?");
    check_refused("{\"color\":\"mauve\"}", "color: 'mauve' is not a known color",
                  "one of: Red, Green, DarkBlue");
    check_refused("{\"descripton\":\"x\"}", "unknown property 'descripton'",
                  "did you mean 'description'?");
    check_refused("{\"Name\":\"x\"}", "unknown property 'Name'", "did you mean 'name'?");
    check_refused("{\"zzzzzz\":\"x\"}", "unknown property 'zzzzzz'", NULL);
    check_refused("{\"wheels\":[{\"sise\":3}]}", "wheels[0]: unknown property 'sise'",
                  "did you mean 'size'?");
    check_refused("{\"maade\":3}", "unknown property 'maade'", NULL);
}
END_TEST

START_TEST(what_the_tool_makes_is_refused_from_a_user)
{
    struct car car = {0};
    struct err err = {0};

    check_refused("{\"made\":1}", "made: cannot be set: the tool makes it", NULL);
    check_refused("{\"id\":\"x\"}", "id: cannot be set: the tool makes it", NULL);
    check_refused("{\"wheels\":[{\"name\":\"a\",\"made\":1}]}",
                  "wheels[0].made: cannot be set: the tool makes it", NULL);
    ck_assert_int_eq(read_car("{\"made\":1,\"id\":\"x\"}", SHAPE_MANIFEST, &car, &err), 0);
    ck_assert_int_eq(car.made.value, 1);
    ck_assert_ptr_null(car.id);
    ck_assert_int_eq(read_car("{\"id\":\"x\"}", SHAPE_VIEW, &car, &err), 0);
    ck_assert_str_eq(car.id, "x");
    shape_done(&car_shape, &car);
}
END_TEST

START_TEST(limits_are_held_while_reading)
{
    struct car car = {0};
    struct err err = {0};

    ck_assert_int_eq(read_car("{\"doors\":-2,\"name\":\"12345678\"}", SHAPE_INPUT, &car, &err), 0);
    shape_done(&car_shape, &car);
    ck_assert_int_eq(read_car("{\"doors\":5}", SHAPE_INPUT, &car, &err), 0);
    check_refused("{\"doors\":-3}", "doors: -3 is below -2", NULL);
    check_refused("{\"doors\":6}", "doors: 6 is above 5", NULL);
    check_refused("{\"name\":\"123456789\"}", "name: 9 bytes are more than 8", NULL);
    check_refused("{\"name\":\"a\\u0000b\"}", "name: not valid UTF-8", NULL);
    check_refused("{\"wheels\":[{\"size\":1},{\"size\":0}]}", "wheels[1].size: 0 is below 1", NULL);
    check_refused("{\"tags\":{\"\":\"x\"}}", "tags: a tag has no name", NULL);
    check_refused("{\"tags\":{\"a\":\"1\",\"b\":\"2\",\"A\":\"3\"}}",
                  "tags: tag 'A' is given twice", NULL);
}
END_TEST

START_TEST(a_manifest_keeps_quiet_about_unknown_keys_and_is_corrupt_when_wrong)
{
    struct car car = {0};
    struct err err = {0};

    ck_assert_int_eq(read_car("{\"future\":[1],\"engine\":{\"f\":1}}", SHAPE_MANIFEST, &car, &err),
                     0);
    ck_assert_int_eq(read_car("{\"doors\":9}", SHAPE_MANIFEST, &car, &err), E_CORRUPT);
    ck_assert_int_eq(err.code, E_CORRUPT);
    ck_assert_str_eq(err.text, "doors: 9 is above 5");
    ck_assert_int_eq(read_car("{\"doors\":9}", SHAPE_MANIFEST, &car, NULL), E_CORRUPT);
}
END_TEST

START_TEST(too_many_elements_are_refused)
{
    struct buf text = {0};
    struct car car = {0};
    struct err err = {0};

    buf_add_text(&text, "{\"notes\":[\"\"");
    for (int i = 1; i < SHAPE_ELEMENTS_MAX; i++)
        buf_add_text(&text, ",\"\"");
    buf_add_text(&text, "]}");
    ck_assert_int_eq(read_car(text.bytes, SHAPE_INPUT, &car, &err), 0);
    ck_assert_uint_eq(car.notes.count, SHAPE_ELEMENTS_MAX);
    shape_done(&car_shape, &car);
    text.length -= 2;
    buf_add_text(&text, ",\"\"]}");
    check_refused(text.bytes, "notes: 10001 elements are more than 10000", NULL);
    memcpy(text.bytes, "{\"seats\"", 8);
    check_refused(text.bytes, "seats: 10001 elements are more than 10000", NULL);
    buf_done(&text);
}
END_TEST

START_TEST(long_foreign_texts_are_shortened_between_characters)
{
    struct buf text = {0};
    struct car car = {0};
    struct err err = {0};

    buf_add_text(&text, "{\"color\":\"");
    for (int i = 0; i < 500; i++)
        buf_add_text(&text, "\xe2\x82\xac");
    buf_add_text(&text, "\"}");
    ck_assert_int_eq(read_car(text.bytes, SHAPE_INPUT, &car, &err), E_INVALID);
    ck_assert(text_is_utf8(err.text, strlen(err.text)));
    ck_assert_ptr_nonnull(strstr(err.text, "\xe2\x82\xac...' is not a known color"));
    buf_done(&text);
}
END_TEST

UNIT_MAIN("json/shape_read", what_is_read_is_written_again, words_of_choices_are_read_in_any_case,
          null_is_absent, wrong_kinds_are_refused_with_the_path, unknown_words_and_keys_get_a_hint,
          what_the_tool_makes_is_refused_from_a_user, limits_are_held_while_reading,
          a_manifest_keeps_quiet_about_unknown_keys_and_is_corrupt_when_wrong,
          too_many_elements_are_refused, long_foreign_texts_are_shortened_between_characters)

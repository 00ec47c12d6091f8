/* shape: checks of a whole value. */
#include "tests/unit/json_car.h"

/* A NULL message means that all is well. */
static void check_car_text(const char *text, const char *message, const char *hint)
{
    struct car car = car_of(text);
    struct err err = {0};
    int code = shape_check(&car_shape, &car, &err);

    ck_assert_msg((code == 0) == !message, "%s: %s", text, err.text);
    ck_assert_str_eq(err.text, message ? message : "");
    ck_assert_str_eq(err.hint, hint ? hint : "");
    ck_assert_int_eq(code, message ? E_INVALID : 0);
    ck_assert_int_eq(err.code, code);
    shape_done(&car_shape, &car);
}

START_TEST(a_whole_value_passes)
{
    check_car_text(car_text, NULL, NULL);
    check_car_text("{\"name\":\"a\"}", NULL, NULL);
}
END_TEST

START_TEST(needed_members_are_needed_where_the_whole_is)
{
    check_car_text("{}", "name: is needed", "give it with --name");
    check_car_text("{\"name\":\"\"}", "name: is needed", "give it with --name");
    check_car_text("{\"name\":\"a\",\"engine\":{}}", NULL, NULL);
    check_car_text("{\"name\":\"a\",\"engine\":{\"power\":1}}", "engine.maker: is needed", NULL);
    check_car_text("{\"name\":\"a\",\"wheels\":[{\"name\":\"b\"},{}]}", "wheels[1].name: is needed",
                   NULL);
}
END_TEST

START_TEST(checks_of_rows_and_shapes_get_the_path)
{
    check_car_text("{\"name\":\"xa\"}", "name: 'xa' begins with 'x'", NULL);
    check_car_text("{\"name\":\"a\",\"engine\":{\"maker\":\"m\",\"power\":13}}",
                   "engine: 13 is bad luck", "take 14");
    check_car_text("{\"name\":\"a\",\"fast\":true,\"doors\":5}", "no fast car has five doors",
                   NULL);
    /* Depth first: what is inside is refused before what holds it. */
    check_car_text("{\"name\":\"a\",\"fast\":true,\"doors\":5,\"wheels\":[{}]}",
                   "wheels[0].name: is needed", NULL);
}
END_TEST

START_TEST(equal_keys_in_a_list_are_refused)
{
    check_car_text("{\"name\":\"a\",\"wheels\":[{\"name\":\"b\"},{\"name\":\"c\"},{\"name\":\"B\"},"
                   "{\"name\":\"b\"}]}",
                   "wheels[2].name: 'B' is given twice", NULL);
    check_car_text("{\"name\":\"a\",\"seats\":[{\"row\":0,\"color\":\"Red\"},"
                   "{\"row\":0,\"color\":\"Green\"},{\"row\":0},{\"row\":0},{\"color\":\"Red\"}]}",
                   NULL, NULL);
    check_car_text("{\"name\":\"a\",\"seats\":[{\"row\":-7,\"color\":\"Red\"},"
                   "{\"row\":2,\"color\":\"Red\"},{\"row\":-7,\"color\":\"Red\"}]}",
                   "seats[2].row: -7 is given twice", NULL);
}
END_TEST

static void check_limits(const struct car *car, const char *message)
{
    struct err err = {0};
    int code = shape_check(&car_shape, car, &err);

    ck_assert_str_eq(err.text, message ? message : "");
    ck_assert_int_eq(code, message ? E_INVALID : 0);
}

START_TEST(limits_hold_for_values_that_were_not_read)
{
    char name[] = "12345678", longer[] = "123456789", latin[] = "\xe9", nul[] = "a\xc0\x80";
    char tag_name[] = "t", tag_twin[] = "T", empty[] = "";
    char *notes[] = {name, latin};
    struct tag tags[] = {{tag_name, latin}, {tag_twin, empty}};
    struct car car = {.name = name};

    for (int64_t doors = -3; doors <= 6; doors++) {
        car.doors = (struct opt_int){.set = true, .value = doors};
        check_limits(&car, doors == -3  ? "doors: -3 is below -2"
                           : doors == 6 ? "doors: 6 is above 5"
                                        : NULL);
    }
    car.doors.set = false;
    check_limits(&car, NULL);
    car.miles = (struct opt_int){.set = true, .value = INT64_MIN};
    check_limits(&car, NULL);
    car.color = 3;
    check_limits(&car, NULL);
    car.color = 4;
    check_limits(&car, "color: 4 is not a known color");
    car.color = 0;
    car.notes = (struct texts){.items = notes, .count = 2};
    check_limits(&car, "notes[1]: not valid UTF-8");
    car.notes.count = 1;
    car.tags = (struct tags){.set = true, .items = tags, .count = 2};
    check_limits(&car, "tags.t: not valid UTF-8");
    tags[0].value = empty;
    check_limits(&car, "tags: tag 'T' is given twice");
    tags[1].name = empty;
    check_limits(&car, "tags: a tag has no name");
    car.tags.count = 1;
    check_limits(&car, NULL);
    car.name = longer;
    check_limits(&car, "name: 9 bytes are more than 8");
    car.name = nul;
    check_limits(&car, "name: not valid UTF-8");
}
END_TEST

START_TEST(texts_without_a_limit_have_the_common_one)
{
    char name[] = "a";
    char about[SHAPE_TEXT_MAX + 2];
    struct car car = {.name = name, .about = about};

    memset(about, 'a', sizeof about);
    about[SHAPE_TEXT_MAX] = '\0';
    check_limits(&car, NULL);
    about[SHAPE_TEXT_MAX] = 'a';
    about[SHAPE_TEXT_MAX + 1] = '\0';
    check_limits(&car, "description: 4097 bytes are more than 4096");
}
END_TEST

/* Comparing each with each would take minutes. */
START_TEST(long_lists_are_checked_in_time)
{
    struct car car = {0};
    struct err err = {0};

    car.name = text_copy("a");
    car.tags.set = true;
    for (int i = 0; i < 200000; i++) {
        VEC_ADD(&car.wheels)->name = text_printf("wheel-%d", i);
        *VEC_ADD(&car.tags) = (struct tag){text_printf("tag-%d", i), text_copy("")};
    }
    ck_assert_int_eq(shape_check(&car_shape, &car, &err), 0);
    text_replace(&car.wheels.items[199999].name, "WHEEL-7");
    ck_assert_int_eq(shape_check(&car_shape, &car, &err), E_INVALID);
    ck_assert_str_eq(err.text, "wheels[199999].name: 'WHEEL-7' is given twice");
    shape_done(&car_shape, &car);
}
END_TEST

UNIT_MAIN("json/shape_check", a_whole_value_passes, needed_members_are_needed_where_the_whole_is,
          checks_of_rows_and_shapes_get_the_path, equal_keys_in_a_list_are_refused,
          limits_hold_for_values_that_were_not_read, texts_without_a_limit_have_the_common_one,
          long_lists_are_checked_in_time)

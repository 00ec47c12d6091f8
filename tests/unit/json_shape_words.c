/* shape: command-line words into members. */
#include "tests/unit/json_car.h"

/* Up to three words; NULL ends them. */
struct words {
    const char *words[4];
};

static size_t count_of(const struct words *words)
{
    size_t count = 0;

    while (words->words[count])
        count++;
    return count;
}

static int parse(struct car *car, const char *key, struct words words, struct err *err)
{
    const struct row *row = shape_row(&car_shape, key);

    return shape_parse_words(row, words.words, count_of(&words), row_slot(row, car), err);
}

static void check_parsed(const char *key, struct words words, const char *expected)
{
    struct car car = {0};
    struct err err = {0};

    ck_assert_msg(parse(&car, key, words, &err) == 0, "%s: %s", key, err.text);
    check_written(&car, SHAPE_MANIFEST, expected);
    shape_done(&car_shape, &car);
}

/* Refused, and the member is as before. */
static void check_refused(const char *key, struct words words, const char *message,
                          const char *hint)
{
    struct car car = car_of(car_text);
    struct err err = {0};

    ck_assert_int_eq(parse(&car, key, words, &err), E_INVALID);
    ck_assert_str_eq(err.text, message);
    ck_assert_str_eq(err.hint, hint ? hint : "");
    check_written(&car, SHAPE_MANIFEST, car_text);
    shape_done(&car_shape, &car);
}

START_TEST(words_become_members_of_every_kind)
{
    check_parsed("name", (struct words){{"vw"}}, "{\"name\":\"vw\"}");
    check_parsed("name", (struct words){{""}}, "{}");
    check_parsed("doors", (struct words){{"-2"}}, "{\"doors\":-2}");
    check_parsed("color", (struct words){{"RED"}}, "{\"color\":\"Red\"}");
    check_parsed("built", (struct words){{"2027-01-31"}},
                 "{\"built\":\"2027-01-31T23:59:59+00:00\"}");
    check_parsed("notes", (struct words){{"a", "", "c"}}, "{\"notes\":[\"a\",\"\",\"c\"]}");
    check_parsed("tags", (struct words){{"a=1", "b", "c=d=e"}},
                 "{\"tags\":{\"a\":\"1\",\"b\":\"\",\"c\":\"d=e\"}}");
    check_parsed("tags", (struct words){{""}}, "{\"tags\":{}}");
    check_parsed("tags", (struct words){{"a=1", "b=2", "A=3"}},
                 "{\"tags\":{\"A\":\"3\",\"b\":\"2\"}}");
    check_parsed("miles", (struct words){{"many"}}, "{\"miles\":1000000}");
    check_parsed("engine", (struct words){{"{\"power\":3}"}}, "{\"engine\":{\"power\":3}}");
    check_parsed("wheels", (struct words){{"[{\"name\":\"a\",\"size\":1}]"}},
                 "{\"wheels\":[{\"name\":\"a\",\"size\":1}]}");
}
END_TEST

START_TEST(booleans_take_many_words_and_none)
{
    static const char *const yes[] = {"true", "T", "Yes", "y", "1"};
    static const char *const no[] = {"FALSE", "f", "no", "N", "0"};

    check_parsed("fast", (struct words){{NULL}}, "{\"fast\":true}");
    for (size_t i = 0; i < 5; i++) {
        check_parsed("fast", (struct words){{yes[i]}}, "{\"fast\":true}");
        check_parsed("fast", (struct words){{no[i]}}, "{\"fast\":false}");
    }
    check_refused("fast", (struct words){{"maybe"}}, "'maybe' is not true or false",
                  "one of: true, false");
    check_refused("fast", (struct words){{"1", "0"}}, "one value is taken, not 2", NULL);
}
END_TEST

START_TEST(words_replace_what_is_there)
{
    struct car car = car_of(car_text);
    struct err err = {0};

    ck_assert_int_eq(parse(&car, "name", (struct words){{"new"}}, &err), 0);
    ck_assert_int_eq(parse(&car, "notes", (struct words){{"n"}}, &err), 0);
    ck_assert_int_eq(parse(&car, "tags", (struct words){{"t=1"}}, &err), 0);
    ck_assert_int_eq(parse(&car, "wheels", (struct words){{"[{\"name\":\"w\"}]"}}, &err), 0);
    ck_assert_str_eq(car.name, "new");
    ck_assert_uint_eq(car.notes.count, 1);
    ck_assert_uint_eq(car.tags.count, 1);
    ck_assert_uint_eq(car.wheels.count, 1);
    shape_done(&car_shape, &car);
}
END_TEST

START_TEST(refused_words_leave_the_member)
{
    check_refused("name", (struct words){{NULL}}, "a value is needed", NULL);
    check_refused("tags", (struct words){{NULL}}, "a value is needed", NULL);
    check_refused("name", (struct words){{"a", "b"}}, "one value is taken, not 2", NULL);
    check_refused("name", (struct words){{"123456789"}}, "9 bytes are more than 8", NULL);
    check_refused("name", (struct words){{"\xff"}}, "not valid UTF-8", NULL);
    check_refused("name", (struct words){{"xyz"}}, "'xyz' begins with 'x'", NULL);
    check_refused("doors", (struct words){{"6"}}, "6 is above 5", NULL);
    check_refused("doors", (struct words){{"-3"}}, "-3 is below -2", NULL);
    check_refused("doors", (struct words){{"two"}}, "'two' is not a whole number", NULL);
    check_refused("doors", (struct words){{"9007199254740993"}},
                  "'9007199254740993' is beyond 9007199254740992", NULL);
    check_refused("color", (struct words){{"grene"}}, "'grene' is not a known color",
                  "did you mean 'Green'?");
    check_refused("color", (struct words){{""}}, "'' is not a known color",
                  "one of: Red, Green, DarkBlue");
    check_refused("built", (struct words){{"2027-02-30"}}, "'2027-02-30' is not a date or time",
                  "for example 2027-01-31 or 2027-01-31T12:00:00Z");
    check_refused("tags", (struct words){{"=x"}}, "a tag has no name", NULL);
    check_refused("tags", (struct words){{"a=1", ""}}, "a tag has no name", NULL);
}
END_TEST

START_TEST(json_words_are_read_as_input)
{
    check_refused("wheels", (struct words){{"[{"}},
                  "not valid JSON: line 1, column 3: expected a key in double quotes", NULL);
    check_refused("wheels", (struct words){{"{}"}}, "an object is not an array", NULL);
    check_refused("wheels", (struct words){{"[{\"name\":\"a\"},{\"size\":0}]"}},
                  "[1].size: 0 is below 1", NULL);
    check_refused("wheels", (struct words){{"[{\"size\":1}]"}}, "[0].name: is needed", NULL);
    check_refused("wheels", (struct words){{"[{\"name\":\"a\"},{\"name\":\"A\"}]"}},
                  "[1].name: 'A' is given twice", NULL);
    check_refused("engine", (struct words){{"{\"powr\":1}"}}, "unknown property 'powr'",
                  "did you mean 'power'?");
}
END_TEST

START_TEST(a_row_may_read_its_words_itself)
{
    struct car car = car_of(car_text);
    struct err err = {0};

    ck_assert_int_eq(parse(&car, "miles", (struct words){{"few"}}, &err), E_USAGE);
    ck_assert_str_eq(err.text, "say many");
    ck_assert_int_eq(car.miles.value, 0);
    shape_done(&car_shape, &car);
}
END_TEST

UNIT_MAIN("json/shape_words", words_become_members_of_every_kind, booleans_take_many_words_and_none,
          words_replace_what_is_there, refused_words_leave_the_member, json_words_are_read_as_input,
          a_row_may_read_its_words_itself)

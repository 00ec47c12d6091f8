/* edits: any property by its path. */
#include "json/edit.h"

#include <stdlib.h>

#include "base/text.h"
#include "tests/unit/json_car.h"

/* Give the flag its words, which stand between '|'. */
static int say(struct edits *edits, const char *key, const char *line, struct err *err)
{
    const struct row *const row = shape_row(&edits_shape, key);
    char *const memory = text_copy(line);
    const char *words[16];
    size_t count = 0;
    int rc;

    for (char *word = memory; word; count++) {
        char *const end = strchr(word, '|');

        words[count] = word;
        if (end)
            *end = '\0';
        word = end ? end + 1 : NULL;
    }
    rc = row->parse(words, count, row_slot(row, edits), err);
    free(memory);
    return rc;
}

/* "set a=1|b=2; add list x": each edit a flag and its words. */
static int edit(struct car *car, const char *line, struct err *err)
{
    struct edits edits = {0};
    char *const memory = text_copy(line);
    int rc = 0;

    *err = (struct err){0};
    for (char *at = memory; at && rc == 0;) {
        char *const end = strstr(at, "; ");
        char *const words = strchr(at, ' ') + 1;

        if (end)
            *end = '\0';
        words[-1] = '\0';
        if (strcmp(at, "force") == 0)
            edits.force_string = (struct opt_bool){.set = true, .value = true};
        else
            rc = say(&edits, at, words, err);
        at = end ? end + 2 : NULL;
    }
    if (rc == 0)
        rc = edits_apply(&edits, &car_shape, car, err);
    shape_done(&edits_shape, &edits);
    free(memory);
    return rc;
}

static void expect(const char *line, const char *path, const char *expected)
{
    struct car car = car_of(car_text);
    struct err err;
    struct json *tree;
    struct buf out = {0};

    ck_assert_msg(edit(&car, line, &err) == 0, "%s: %s", line, err.text);
    tree = shape_write(&car_shape, &car, SHAPE_MANIFEST);
    if (json_get(tree, path))
        json_print_line(&out, json_get(tree, path), false);
    ck_assert_msg(strcmp(buf_text(&out), expected) == 0, "%s: %s", line, buf_text(&out));
    buf_done(&out);
    json_free(tree);
    shape_done(&car_shape, &car);
}

static void refuse(const char *line, int code, const char *text)
{
    struct car car = car_of(car_text), before = car_of(car_text);
    struct err err;

    ck_assert_msg(edit(&car, line, &err) == code, "%s: %d %s", line, err.code, err.text);
    ck_assert_str_eq(err.text, text);
    ck_assert_msg(shape_equal(&car_shape, &car, &before), "%s: half done", line);
    shape_done(&car_shape, &car);
    shape_done(&car_shape, &before);
}

START_TEST(a_value_is_what_its_property_wants)
{
    expect("set doors=4", "doors", "4");
    expect("set doors=\"4\"", "doors", "4");
    expect("set FAST=yes", "fast", "true");
    expect("set fast=true", "fast", "true");
    expect("set built=2020-01-02T03:04:05Z", "built", "\"2020-01-02T03:04:05+00:00\"");
    expect("set description=12", "description", "\"12\"");
    expect("set description=1.10", "description", "\"1.10\"");
    expect("set description=\"a b\"", "description", "\"a b\"");
    expect("set description={\"a\": 1}", "description", "\"{\\\"a\\\": 1}\"");
    expect("set description=a=b", "description", "\"a=b\"");
    expect("force x; set description=\"a b\"", "description", "\"\\\"a b\\\"\"");
    expect("force x; set description=null", "description", "\"null\"");
    expect("set tags={\"n\": 1.5, \"b\": true}", "tags", "{\"n\":\"1.5\",\"b\":\"true\"}");
}
END_TEST

START_TEST(null_and_nothing_take_away)
{
    expect("set description=null", "description", "");
    expect("set description=", "description", "");
    expect("set doors=", "doors", "");
    expect("set doors=null", "doors", "");
    expect("set wheels=null|tags=null", "wheels", "");
    expect("set notes[0]=null", "notes", "[\"\"]");
    expect("remove doors", "doors", "");
    expect("remove doors; remove doors", "doors", "");
    expect("remove tags.B", "tags", "{\"a\":\"\"}");
    expect("remove tags.absent", "tags", "{\"b\":\"1\",\"a\":\"\"}");
    expect("remove notes|0", "notes", "[\"\"]");
    expect("remove notes[1]", "notes", "[\"rust\"]");
    expect("remove wheels[name=fr]", "wheels", "[{\"name\":\"fl\",\"size\":15}]");
    expect("remove tags; remove tags.x", "tags", "");
}
END_TEST

START_TEST(a_path_goes_anywhere)
{
    expect("set engine.power=60", "engine", "{\"maker\":\"vw\",\"model\":\"1600\",\"power\":60}");
    expect("set Wheels[0].Size=16", "wheels",
           "[{\"name\":\"fl\",\"size\":16},{\"name\":\"fr\",\"spare\":true}]");
    expect("set wheels[name=FR].size=3", "wheels",
           "[{\"name\":\"fl\",\"size\":15},{\"name\":\"fr\",\"size\":3,\"spare\":true}]");
    expect("set wheels[size=15].spare=n", "wheels",
           "[{\"name\":\"fl\",\"size\":15,\"spare\":false},{\"name\":\"fr\",\"spare\":true}]");
    expect("set tags.'x.y'=1|tags[\"p=q\"]=2", "tags",
           "{\"b\":\"1\",\"a\":\"\",\"x.y\":\"1\",\"p=q\":\"2\"}");
    expect("set tags.B=2", "tags", "{\"b\":\"2\",\"a\":\"\"}");
    expect("remove tags; set tags.new=1", "tags", "{\"new\":\"1\"}");
    expect("remove wheels; add wheels|name=a; set wheels[0].size=9", "wheels",
           "[{\"name\":\"a\",\"size\":9}]");
}
END_TEST

START_TEST(add_appends_to_lists)
{
    expect("remove wheels; add wheels|name=a|size=2|{\"name\": \"b\"}|name=c|spare=true", "wheels",
           "[{\"name\":\"a\",\"size\":2},{\"name\":\"b\"},{\"name\":\"c\",\"spare\":true}]");
    expect("remove wheels; add wheels|[{\"name\": \"a\"}, {\"name\": \"b\", \"size\": \"7\"}]",
           "wheels", "[{\"name\":\"a\"},{\"name\":\"b\",\"size\":7}]");
    expect("add notes|k=v|[\"p\",\"q\"]|3", "notes", "[\"rust\",\"\",\"k=v\",\"p\",\"q\",\"3\"]");
    expect("remove notes; add notes|x", "notes", "[\"x\"]");
    expect("add tags|c=d|A=2", "tags", "{\"b\":\"1\",\"a\":\"2\",\"c\":\"d\"}");
}
END_TEST

START_TEST(words_that_are_no_edit_are_refused)
{
    refuse("set doors", E_USAGE, "'doors' has no '='");
    refuse("set =1", E_USAGE, "'=1': a key is empty");
    refuse("set a..b=1", E_USAGE, "'a..b=1': a key is empty");
    refuse("set a.=1", E_USAGE, "'a.=1': a key is empty");
    refuse("set a[=1", E_USAGE, "'a[=1': nothing stands in the brackets");
    refuse("set a[]=1", E_USAGE, "'a[]=1': nothing stands in the brackets");
    refuse("set a[1=1", E_USAGE, "'a[1=1': nothing closes the bracket");
    refuse("set a[-1]=1", E_USAGE, "'a[-1]=1': '[-1]' is no element");
    refuse("set a.'b=1", E_USAGE, "'a.'b=1': nothing closes the quote '");
    refuse("set a.'b'c=1", E_USAGE, "'a.'b'c=1': 'c' stands behind a quoted key");
    refuse("add wheels", E_USAGE, "'wheels' is to get nothing");
    refuse("add wheels=1|x", E_USAGE, "'wheels=1' is no path: it has a '='");
    refuse("remove wheels|x", E_USAGE, "'x' is no index");
    refuse("remove wheels|1|2", E_USAGE, "'2' is one too many");
}
END_TEST

START_TEST(paths_that_lead_nowhere_are_refused)
{
    refuse(
        "set door=1", E_INVALID,
        "unknown property 'door'; there are description, fast, doors, miles, built, notes, tags, "
        "engine, wheels, secret");
    refuse("set engine.size=1", E_INVALID,
           "engine: unknown property 'size'; there are maker, power");
    refuse("set doors.x=1", E_INVALID, "doors: has nothing inside");
    refuse("set engine[0]=1", E_INVALID, "engine: is no list");
    refuse("set wheels.name=1", E_INVALID, "wheels: 'name' names no element of a list");
    refuse("set wheels[2].size=1", E_INVALID, "wheels: index 2 is out of range for a list of 2");
    refuse("remove wheels|2", E_INVALID, "wheels: index 2 is out of range for a list of 2");
    refuse("set wheels[name=x].size=1", E_INVALID, "wheels: no element has name 'x'");
    refuse("set seats[color=red].row=3", E_INVALID, "seats: 2 elements have color 'red'");
    refuse("set wheels[nam=x].size=1", E_INVALID,
           "wheels: unknown property 'nam'; there are name, size, spare");
    refuse("add engine|x", E_INVALID, "engine: is no list");
    refuse("add doors|1", E_INVALID, "doors: is no list");
    refuse("add wheels|nam=x", E_INVALID,
           "wheels: unknown property 'nam'; there are name, size, spare");
    refuse("set wheels=x; set wheels[0].size=1", E_INVALID, "wheels: is no list");
}
END_TEST

START_TEST(values_that_do_not_fit_are_refused_with_their_path)
{
    refuse("set doors=x", E_INVALID, "doors: 'x' is not a whole number");
    refuse("set doors=6", E_INVALID, "doors: 6 is above 5");
    refuse("set fast=2", E_INVALID, "fast: '2' is not true or false");
    refuse("set wheels[1].size=0", E_INVALID, "wheels[1].size: 0 is below 1");
    refuse("add wheels|x", E_INVALID, "wheels[2]: 'x' is not an object");
    refuse("set tags={\"a\":1,\"a\":2}", E_INVALID,
           "tags: not valid JSON: line 1, column 8: key 'a' stands here again");
    refuse("add wheels|{\"name\"}", E_INVALID,
           "wheels: not valid JSON: line 1, column 8: expected ':'");
    refuse("set engine=5", E_INVALID, "engine: '5' is not an object");
    refuse("set engine={\"x\": 1}", E_INVALID, "engine: unknown property 'x'");
    refuse("set description=new|doors=9", E_INVALID, "doors: 9 is above 5");
}
END_TEST

START_TEST(what_is_fixed_or_made_stays)
{
    refuse("set name=bmw", E_CONFLICT, "property 'name' cannot change after creation");
    refuse("remove name", E_CONFLICT, "property 'name' cannot change after creation");
    refuse("set color=red", E_CONFLICT, "property 'color' cannot change after creation");
    refuse("set engine.model=x", E_CONFLICT,
           "property 'engine.model' cannot change after creation");
    refuse("set made=1", E_CONFLICT, "property 'made' cannot change after creation");
    refuse("set id=x", E_CONFLICT, "property 'id' cannot be set: the tool makes it");
    expect("set name=vw|color=darkblue", "color", "\"DarkBlue\"");
}
END_TEST

UNIT_MAIN("json/edit", a_value_is_what_its_property_wants, null_and_nothing_take_away,
          a_path_goes_anywhere, add_appends_to_lists, words_that_are_no_edit_are_refused,
          paths_that_lead_nowhere_are_refused, values_that_do_not_fit_are_refused_with_their_path,
          what_is_fixed_or_made_stays)

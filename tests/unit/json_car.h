/* json_car.h: a struct with a member of every kind, and its shape, for the suites of shapes. */
#ifndef UNIT_JSON_CAR_H
#define UNIT_JSON_CAR_H

#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "json/shape.h"
#include "tests/unit/unit.h"

enum color { COLOR_RED = 1, COLOR_GREEN, COLOR_DARK_BLUE };

struct wheel {
    char *name;
    struct opt_int size;
    struct opt_bool spare;
    struct opt_int made;
};

struct wheels {
    struct wheel *items;
    size_t count;
};

struct seat {
    struct opt_int row;
    unsigned color;
};

struct seats {
    struct seat *items;
    size_t count;
};

struct engine {
    char *maker;
    char *model;
    struct opt_int power;
};

struct car {
    char *id;
    char *name;
    char *about;
    struct opt_bool fast;
    struct opt_int doors;
    struct opt_int miles;
    struct opt_time built;
    unsigned color;
    struct texts notes;
    struct tags tags;
    struct engine engine;
    struct engine trailer;
    struct wheels wheels;
    struct seats seats;
    char *secret;
    struct opt_int made;
};

static const char *const color_words[] = {"Red", "Green", "DarkBlue", NULL};
static const struct choices colors = {.noun = "color", .words = color_words};

/* No name begins with 'x'. */
static inline int check_name(const void *slot, struct err *err)
{
    const char *name = *(char *const *)slot;

    return name[0] == 'x' ? err_set(err, E_CONFLICT, "'%s' begins with 'x'", name) : 0;
}

static inline int check_engine(const void *value, struct err *err)
{
    const struct engine *engine = value;

    if (engine->power.value == 13) {
        err_set(err, E_FAILED, "13 is bad luck");
        return err_hint(err, "take 14");
    }
    return 0;
}

static inline int check_car(const void *value, struct err *err)
{
    const struct car *car = value;

    return car->fast.value && car->doors.value == 5
               ? err_set(err, E_INVALID, "no fast car has five doors")
               : 0;
}

/* Only "many", to see that a row's own reader is asked. */
static inline int parse_miles(const char *const *words, size_t count, void *slot, struct err *err)
{
    struct opt_int *miles = slot;

    if (count != 1 || strcmp(words[0], "many") != 0)
        return err_set(err, E_USAGE, "say many");
    *miles = (struct opt_int){.set = true, .value = 1000000};
    return 0;
}

/* clang-format off */
static const struct row wheel_rows[] = {
    ROW(struct wheel, name,  "name",  .rules = ROW_KEY | ROW_NEEDED),
    ROW(struct wheel, size,  "size",  .min = 1, .max = 100),
    ROW(struct wheel, spare, "spare", .about = "whether it is a spare"),
    ROW(struct wheel, made,  "made",  .rules = ROW_MADE),
};
static const struct shape wheel_shape = SHAPE(struct wheel, "wheel", wheel_rows, NULL);

static const struct row seat_rows[] = {
    ROW(struct seat, row,   "row",   .rules = ROW_KEY),
    ROW(struct seat, color, "color", .rules = ROW_KEY, .choices = &colors),
};
static const struct shape seat_shape = SHAPE(struct seat, "seat", seat_rows, NULL);

static const struct row engine_rows[] = {
    ROW(struct engine, maker, "maker", .rules = ROW_NEEDED),
    ROW(struct engine, model, "model", .rules = ROW_FIXED | ROW_KEY),
    ROW(struct engine, power, "power", .about = "horse powers"),
};
static const struct shape engine_shape = SHAPE(struct engine, "engine", engine_rows, check_engine);

static const struct row car_rows[] = {
    ROW(struct car, id,     "id",     .rules = ROW_VIEW),
    ROW(struct car, name,   "name",   .rules = ROW_NEEDED | ROW_FIXED, .max = 8, .flag = "--name", .check = check_name),
    ROW(struct car, about,  "description", .about = "what it is"),
    ROW(struct car, fast,   "fast", .about = "whether it is fast"),
    ROW(struct car, doors,  "doors",  .min = -2, .max = 5),
    ROW(struct car, miles,  "miles",  .parse = parse_miles),
    ROW(struct car, built,  "built", .about = "when it was built"),
    ROW(struct car, color,  "color",  .choices = &colors, .rules = ROW_FIXED),
    ROW(struct car, notes,  "notes", .about = "what to know"),
    ROW(struct car, tags,   "tags", .about = "words for it"),
    ROW_OBJECT(struct car, engine,  "engine",  &engine_shape, .about = "what drives it"),
    ROW_OBJECT(struct car, trailer, "trailer", &engine_shape, .rules = ROW_FIXED),
    ROW_LIST(struct car, wheels, "wheels", &wheel_shape, .about = "what it rolls on"),
    ROW_LIST(struct car, seats,  "seats",  &seat_shape, .rules = ROW_FIXED),
    ROW(struct car, secret, "secret", .rules = ROW_HIDDEN),
    ROW(struct car, made,   "made",   .rules = ROW_MADE),
};
static const struct shape car_shape = SHAPE(struct car, "car", car_rows, check_car);
/* clang-format on */

/* Everything but what the tool makes. */
static const char car_text[] =
    "{\"name\":\"vw\",\"description\":\"an old one\",\"fast\":false,\"doors\":3,\"miles\":0,"
    "\"built\":\"1974-05-01T12:00:00+00:00\",\"color\":\"DarkBlue\",\"notes\":[\"rust\",\"\"],"
    "\"tags\":{\"b\":\"1\",\"a\":\"\"},\"engine\":{\"maker\":\"vw\",\"model\":\"1600\",\"power\":"
    "50},"
    "\"trailer\":{\"maker\":\"x\"},\"wheels\":[{\"name\":\"fl\",\"size\":15},{\"name\":\"fr\","
    "\"spare\":true}],\"seats\":[{\"row\":1,\"color\":\"Red\"},{\"row\":2,\"color\":\"Red\"}],"
    "\"secret\":\"psst\"}";

static inline int read_car(const char *text, enum shape_form form, struct car *car, struct err *err)
{
    struct json *json = NULL;
    int code;

    ck_assert_msg(json_parse(text, strlen(text), &json, err) == 0, "%s in %s", err->text, text);
    code = shape_read(&car_shape, json, form, car, err);
    json_free(json);
    return code;
}

/* What must be readable. Release with shape_done. */
static inline struct car car_of(const char *text)
{
    struct car car = {0};
    struct err err = {0};

    ck_assert_msg(read_car(text, SHAPE_MANIFEST, &car, &err) == 0, "%s", err.text);
    return car;
}

static inline void check_json(struct json *json, const char *expected)
{
    struct buf out = {0};

    json_print_line(&out, json, false);
    ck_assert_str_eq(buf_text(&out), expected);
    buf_done(&out);
    json_free(json);
}

static inline void check_written(const struct car *car, enum shape_form form, const char *expected)
{
    check_json(shape_write(&car_shape, car, form), expected);
}

#endif

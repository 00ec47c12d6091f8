/* shapes: every table of the model walked row by row, so that a new property is covered the day it
 * is added. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "json/edit.h"
#include "model/definition.h"
#include "model/difference.h"
#include "model/gallery.h"
#include "model/inspection.h"
#include "model/names.h"
#include "model/projection.h"
#include "model/reference.h"
#include "model/region.h"
#include "model/semver.h"
#include "model/soft_deleted.h"
#include "model/version.h"
#include "model/work.h"
#include "tests/unit/unit.h"

static const struct shape *const roots[] = {
    &gallery_shape,           &definition_shape,
    &version_shape,           &reference_shape,
    &region_status_shape,     &region_shape,
    &inspection_shape,        &work_shape,
    &difference_shape,        &shared_gallery_shape,
    &shared_definition_shape, &shared_version_shape,
    &soft_deleted_shape,      NULL,
};

enum { LONGEST_ABOUT = 76 };

typedef void visit_function(const struct shape *shape, const struct row *row);

static void walk(const struct shape *shape, visit_function *visit)
{
    for (size_t i = 0; i < shape->count; i++) {
        visit(shape, &shape->rows[i]);
        if (shape->rows[i].shape)
            walk(shape->rows[i].shape, visit);
    }
}

static void walk_all(visit_function *visit)
{
    for (size_t i = 0; roots[i]; i++)
        walk(roots[i], visit);
}

static size_t alignment_of(const struct row *row)
{
    switch (row->kind) {
    case KIND_BOOL:
        return _Alignof(struct opt_bool);
    case KIND_CHOICE:
        return _Alignof(unsigned);
    case KIND_INT:
    case KIND_TIME:
        return _Alignof(struct opt_int);
    case KIND_TEXT:
    case KIND_TEXTS:
    case KIND_TAGS:
    case KIND_LIST:
        return _Alignof(char *);
    case KIND_OBJECT:
        break;
    }
    return row->shape->size % _Alignof(char *) ? _Alignof(struct opt_bool) : _Alignof(char *);
}

static size_t round_up(size_t number, size_t to)
{
    return (number + to - 1) / to * to;
}

/* The first row in memory order at or behind `from`. */
static const struct row *row_from(const struct shape *shape, size_t from)
{
    const struct row *first = NULL;

    for (size_t i = 0; i < shape->count; i++)
        if (shape->rows[i].offset >= from && (!first || shape->rows[i].offset < first->offset))
            first = &shape->rows[i];
    return first;
}

/* Members lie end to end but for padding: a gap or an overlap is a member without a row, or with
 * two. */
static void assert_covered(const struct shape *shape)
{
    size_t end = 0, widest = 1;
    const struct row *row;

    for (size_t i = 0; i < shape->count; i++, end = row->offset + row->size) {
        row = row_from(shape, end);
        ck_assert_msg(row, "%s: two rows for one member", shape->noun);
        ck_assert_msg(row->offset == round_up(end, alignment_of(row)), "%s: no row before '%s'",
                      shape->noun, row->key);
        ck_assert_msg(row == &shape->rows[i], "%s: '%s' is not in the order of the struct",
                      shape->noun, row->key);
        if (alignment_of(row) > widest)
            widest = alignment_of(row);
    }
    ck_assert_msg(shape->size == round_up(end, widest), "%s: no row for the last member",
                  shape->noun);
    for (size_t i = 0; i < shape->count; i++)
        if (shape->rows[i].shape)
            assert_covered(shape->rows[i].shape);
}

START_TEST(every_member_has_its_row_in_order)
{
    for (size_t i = 0; roots[i]; i++)
        assert_covered(roots[i]);
}
END_TEST

static void check_key(const struct shape *shape, const struct row *row)
{
    ck_assert_msg(row->key[0] >= 'a' && row->key[0] <= 'z', "%s", row->key);
    ck_assert_msg(strpbrk(row->key, " -_.") == NULL, "%s", row->key);
    for (const struct row *other = shape->rows; other < row; other++)
        ck_assert_msg(!text_same_word(other->key, row->key), "%s: '%s' twice", shape->noun,
                      row->key);
}

START_TEST(keys_are_unique_and_in_camel_case)
{
    walk_all(check_key);
}
END_TEST

static void check_about(const struct shape *shape, const struct row *row)
{
    const size_t length = row->about ? strlen(row->about) : 0;

    ck_assert_msg(length > 0, "%s: '%s' says nothing", shape->noun, row->key);
    ck_assert_msg(length <= LONGEST_ABOUT, "%s: '%s' says too much", shape->noun, row->key);
    ck_assert_msg(row->about[length - 1] != '.', "%s: '%s' ends in a full stop", shape->noun,
                  row->key);
    ck_assert_msg(!text_same_word(row->about, row->key), "%s: '%s'", shape->noun, row->key);
    ck_assert_msg(text_is_utf8(row->about, length), "%s: '%s'", shape->noun, row->key);
}

START_TEST(every_row_explains_itself_in_one_line)
{
    walk_all(check_about);
}
END_TEST

static void check_row(const struct shape *shape, const struct row *row)
{
    const bool below = row->kind == KIND_OBJECT || row->kind == KIND_LIST;

    ck_assert_msg(!row->choices == (row->kind != KIND_CHOICE), "%s: '%s'", shape->noun, row->key);
    ck_assert_msg(!row->shape == !below, "%s: '%s'", shape->noun, row->key);
    ck_assert_msg(!(row->rules & ROW_MADE) || !row->flag, "%s: '%s' is made and has a flag",
                  shape->noun, row->key);
    ck_assert_msg(!(row->rules & ROW_VIEW) || (row->rules & ROW_MADE), "%s: '%s' is shown only",
                  shape->noun, row->key);
    ck_assert_msg(!(row->rules & ROW_COLUMN) || row->kind != KIND_OBJECT, "%s: '%s'", shape->noun,
                  row->key);
    ck_assert_msg(row->kind != KIND_INT || row->max > row->min, "%s: '%s' has no limits",
                  shape->noun, row->key);
    if (row->choices)
        ck_assert(row->choices->noun[0] && row->choices->words[0]);
}

START_TEST(rows_agree_with_their_kinds_and_rules)
{
    walk_all(check_row);
}
END_TEST

static void check_list_key(const struct shape *shape, const struct row *row)
{
    size_t keys = 0;

    if (row->kind != KIND_LIST)
        return;
    for (size_t i = 0; i < row->shape->count; i++)
        keys += (row->shape->rows[i].rules & ROW_KEY) != 0;
    /* Keys of firmware are told apart by nothing; edge zones by a member's member, which a check
     * looks at. */
    ck_assert_msg(keys == 1 ||
                      (keys == 0 && (row->check || text_equal(row->shape->noun, "UEFI key"))),
                  "%s: '%s' has %zu keys", shape->noun, row->key, keys);
}

START_TEST(elements_of_lists_have_one_key)
{
    walk_all(check_list_key);
}
END_TEST

static void check_flag_form(const char *flag)
{
    ck_assert_msg(text_starts(flag, "--") && flag[2] >= 'a' && flag[2] <= 'z', "%s", flag);
    ck_assert_msg(strspn(flag + 2, "abcdefghijklmnopqrstuvwxyz-") == strlen(flag + 2), "%s", flag);
    ck_assert_msg(flag[strlen(flag) - 1] != '-' && !strstr(flag + 2, "--"), "%s", flag);
}

/* Collect the flags, aliases and letters of a tree; fail at a second one. */
static void collect_flags(const struct shape *shape, struct texts *seen)
{
    for (size_t i = 0; i < shape->count; i++) {
        const struct row *const row = &shape->rows[i];
        const char letter[] = {'-', row->letter, '\0'};
        const char *const words[] = {row->flag, row->flag_alias, row->hidden_alias,
                                     row->letter ? letter : NULL};

        ck_assert_msg(row->flag || (!row->flag_alias && !row->letter), "'%s'", row->key);
        for (size_t k = 0; k < sizeof words / sizeof *words; k++) {
            if (!words[k])
                continue;
            if (words[k] != letter)
                check_flag_form(words[k]);
            for (size_t j = 0; j < seen->count; j++)
                ck_assert_msg(!text_equal(seen->items[j], words[k]), "%s twice", words[k]);
            texts_add(seen, words[k]);
        }
        if (row->shape)
            collect_flags(row->shape, seen);
    }
}

START_TEST(flags_are_kebab_case_and_unique_beside_those_of_the_reference)
{
    static const struct shape *const values[] = {&gallery_shape, &definition_shape, &version_shape};

    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        struct texts seen = {0};

        collect_flags(&reference_shape, &seen);
        ck_assert_uint_eq(seen.count, 4 + 3 + 4);
        collect_flags(values[i], &seen);
        texts_done(&seen);
    }
}
END_TEST

/* Read one JSON number into one member, as a manifest would. */
static int read_number(const struct shape *shape, const struct row *row, int64_t number)
{
    void *const value = mem_new(1, shape->size);
    struct json *const json = json_new_object();
    struct err err = {0};
    int code;

    json_set(json, row->key, json_new_integer(number));
    code = shape_read(shape, json, SHAPE_MANIFEST, value, &err);
    if (code)
        ck_assert_msg(text_starts(err.text, row->key), "%s", err.text);
    shape_done(shape, value);
    json_free(json);
    free(value);
    return code;
}

static int parse_number(const struct row *row, int64_t number)
{
    struct opt_int slot = {0};
    char text[24];
    const char *const words[] = {text};
    const int length = snprintf(text, sizeof text, "%" PRId64, number);
    const int code = shape_parse_words(row, words, 1, &slot, NULL);

    ck_assert_int_gt(length, 0);
    ck_assert_int_eq(slot.set, code == 0);
    return code;
}

static void check_limits(const struct shape *shape, const struct row *row)
{
    if (row->kind != KIND_INT)
        return;
    ck_assert_int_eq(parse_number(row, row->min - 1), E_INVALID);
    ck_assert_int_eq(parse_number(row, row->min), 0);
    ck_assert_int_eq(parse_number(row, row->max), 0);
    ck_assert_int_eq(parse_number(row, row->max + 1), E_INVALID);
    if (row->rules & ROW_VIEW) /* passed over in a manifest */
        return;
    ck_assert_int_eq(read_number(shape, row, row->min - 1), E_CORRUPT);
    ck_assert_int_eq(read_number(shape, row, row->min), 0);
    ck_assert_int_eq(read_number(shape, row, row->max), 0);
    if (row->max < INT64_C(1) << 53)
        ck_assert_int_eq(read_number(shape, row, row->max + 1), E_CORRUPT);
}

START_TEST(numbers_end_at_their_limits)
{
    walk_all(check_limits);
}
END_TEST

static int parse_length(const struct row *row, size_t length)
{
    char *const text = mem_new(length + 1, 1);
    const char *const words[] = {text};
    char *slot = NULL;
    int code;

    memset(text, 'a', length);
    code = shape_parse_words(row, words, 1, &slot, NULL);
    ck_assert_int_eq(slot != NULL, code == 0);
    free(slot);
    free(text);
    return code;
}

static bool takes_any_letters(const struct row *row)
{
    return !row->check || row->check == name_check_gallery || row->check == name_check_definition ||
           row->check == name_check_group || row->check == name_check_identifier;
}

static void check_lengths(const struct shape *shape, const struct row *row)
{
    const size_t max = row->max ? (size_t)row->max : TEXT_MAX_LENGTH;
    const bool any = takes_any_letters(row);

    if (row->kind != KIND_TEXT || shape == &reference_shape)
        return;
    if (any)
        ck_assert_msg(parse_length(row, max) == 0, "%s: '%s'", shape->noun, row->key);
    ck_assert_msg(parse_length(row, max + 1) == E_INVALID, "%s: '%s'", shape->noun, row->key);
}

START_TEST(texts_end_at_their_limits)
{
    walk_all(check_lengths);
}
END_TEST

static void check_words(const struct shape *shape, const struct row *row)
{
    static const char *const nonsense[] = {"no-such-word"};

    if (row->kind != KIND_CHOICE)
        return;
    for (unsigned value = 1; choice_word(row->choices, value); value++) {
        const char *const words[] = {choice_word(row->choices, value)};
        unsigned slot = 0;

        ck_assert_int_eq(shape_parse_words(row, words, 1, &slot, NULL), 0);
        ck_assert_msg(slot == value, "%s: '%s'", shape->noun, row->key);
    }
    unsigned slot = 0;

    ck_assert_int_eq(shape_parse_words(row, nonsense, 1, &slot, NULL), E_INVALID);
    ck_assert_uint_eq(slot, 0);
}

START_TEST(choices_take_their_words_and_no_other)
{
    walk_all(check_words);
}
END_TEST

static void fill(const struct shape *shape, void *value, unsigned *seed);

static char *fill_text(const struct row *row, unsigned seed)
{
    if (row->check == semver_check)
        return text_printf("%u.%u.0", seed % 7, seed);
    if (row->check == region_check)
        return text_copy(region_rows[seed % 40].name);
    if (text_equal(row->key, "diskDigest"))
        return text_printf("%064x", seed);
    if (row->check)
        return text_printf("n%u", seed);
    return text_printf("\"%u\" of\t\\ \xc3\xa9\n\xe2\x82\xac", seed);
}

static void fill_tags(struct tags *tags, unsigned seed)
{
    tags->set = true;
    tags->count = 0;
    for (unsigned i = 0; i < seed % 3; i++)
        *VEC_ADD(tags) = (struct tag){.name = text_printf("k%u", i),
                                      .value = text_printf("%.*s", (int)i, "v\xc3\xa9")};
}

static void fill_list(const struct row *row, void *slot, unsigned *seed)
{
    struct any_list {
        char *items;
        size_t count;
    } *const list = slot;

    list->count = 1 + *seed % 3;
    list->items = mem_new(list->count, row->shape->size);
    for (size_t i = 0; i < list->count; i++)
        fill(row->shape, list->items + i * row->shape->size, seed);
}

static void fill_row(const struct row *row, void *slot, unsigned *seed)
{
    const unsigned number = (*seed)++;

    switch (row->kind) {
    case KIND_TEXT:
        *(char **)slot = fill_text(row, number);
        break;
    case KIND_BOOL:
        *(struct opt_bool *)slot = (struct opt_bool){.set = true, .value = number % 2};
        break;
    case KIND_INT:
        *(struct opt_int *)slot =
            (struct opt_int){.set = true, .value = row->min + number % (row->max - row->min + 1)};
        break;
    case KIND_TIME:
        *(struct opt_time *)slot = (struct opt_time){.set = true, .value = 86400 * number};
        break;
    case KIND_CHOICE:
        *(unsigned *)slot = choice_word(row->choices, 1 + number % 4) ? 1 + number % 4 : 1;
        break;
    case KIND_TEXTS:
        texts_add(slot, "Standard_LRS");
        texts_add(slot, "");
        break;
    case KIND_TAGS:
        fill_tags(slot, number);
        break;
    case KIND_OBJECT:
        fill(row->shape, slot, seed);
        break;
    case KIND_LIST:
        fill_list(row, slot, seed);
        break;
    }
}

/* Every member present, with a value that its row allows and that differs from its neighbours'. */
static void fill(const struct shape *shape, void *value, unsigned *seed)
{
    for (size_t i = 0; i < shape->count; i++)
        fill_row(&shape->rows[i], row_slot(&shape->rows[i], value), seed);
}

static char *manifest_of(const struct shape *shape, const void *value)
{
    struct json *const json = shape_write(shape, value, SHAPE_MANIFEST);
    struct buf out = {0};

    json_print(&out, json, false);
    json_free(json);
    return buf_take(&out);
}

static void assert_round_trip(const struct shape *shape, unsigned seed)
{
    void *const value = mem_new(1, shape->size), *const again = mem_new(1, shape->size);
    void *const copy = mem_new(1, shape->size);
    struct json *json = NULL;
    struct err err = {0};
    char *text, *second;

    fill(shape, value, &seed);
    text = manifest_of(shape, value);
    ck_assert_msg(json_parse(text, strlen(text), &json, &err) == 0, "%s", err.text);
    ck_assert_msg(shape_read(shape, json, SHAPE_MANIFEST, again, &err) == 0, "%s\n%s", err.text,
                  text);
    ck_assert_msg(shape_equal(shape, value, again), "%s", text);
    second = manifest_of(shape, again);
    ck_assert_str_eq(text, second);
    shape_copy(shape, copy, value);
    ck_assert(shape_equal(shape, copy, value));
    free(second);
    free(text);
    json_free(json);
    shape_done(shape, copy);
    shape_done(shape, again);
    shape_done(shape, value);
    free(copy);
    free(again);
    free(value);
}

START_TEST(what_is_written_reads_back_and_writes_the_same_bytes)
{
    for (size_t i = 0; roots[i]; i++)
        for (unsigned seed = 0; seed < 50; seed++)
            assert_round_trip(roots[i], seed);
}
END_TEST

static void check_user_input(const struct shape *shape, const struct row *row)
{
    void *const value = mem_new(1, shape->size);
    struct json *const json = json_new_object();

    if (row->rules & (ROW_MADE | ROW_VIEW)) {
        json_set(json, row->key, json_new_string("x"));
        ck_assert_msg(shape_read(shape, json, SHAPE_INPUT, value, NULL) == E_INVALID, "%s: '%s'",
                      shape->noun, row->key);
    }
    json_free(json);
    free(value);
}

/* One root, filled, and a path into it. */
struct editing {
    const struct shape *root;
    void *value;
    size_t count; /* of what was set */
};

/* "--set PATH=JSON" with what is there. */
static void set_its_own(struct editing *editing, const char *path, const struct json *json)
{
    void *const value = mem_new(1, editing->root->size);
    struct edits edits = {0};
    struct edit *const edit = VEC_ADD(&edits.list);
    struct buf word = {0};
    struct err err = {0};

    buf_printf(&word, "%s=", path);
    json_print_line(&word, json, false);
    edit->verb = VERB_SET;
    texts_add(&edit->words, buf_text(&word));
    shape_copy(editing->root, value, editing->value);
    ck_assert_msg(edits_apply(&edits, editing->root, value, &err) == 0, "%s: %s", buf_text(&word),
                  err.text);
    ck_assert_msg(shape_equal(editing->root, value, editing->value), "%s", buf_text(&word));
    editing->count++;
    shape_done(&edits_shape, &edits);
    shape_done(editing->root, value);
    buf_done(&word);
    free(value);
}

/* Every member, at any depth, and the last element of each list. */
static void set_all(struct editing *editing, const char *path, const struct json *json)
{
    size_t index = json_kind(json) == JSON_ARRAY ? json_count(json) - 1 : 0;

    set_its_own(editing, path, json);
    if (json_kind(json) != JSON_ARRAY && json_kind(json) != JSON_OBJECT)
        return;
    for (const struct json *item = json_first(json); item; item = json_next(item)) {
        char *const below = json_kind(json) == JSON_ARRAY
                                ? text_printf("%s[%zu]", path, index)
                                : text_printf("%s.%s", path, json_key(item));

        if (json_key(item) && !*json_key(item)) {
            free(below); /* nobody can name that */
            continue;
        }
        if (json_kind(json) == JSON_OBJECT || !json_next(item))
            set_all(editing, below, item);
        free(below);
    }
}

START_TEST(each_property_set_to_what_it_is_changes_nothing)
{
    for (size_t i = 0; roots[i]; i++) {
        void *const value = mem_new(1, roots[i]->size);
        struct editing editing = {.root = roots[i], .value = value};
        struct json *json;
        unsigned seed = 7;

        fill(roots[i], value, &seed);
        json = shape_write(roots[i], value, SHAPE_MANIFEST);
        for (const struct json *item = json_first(json); item; item = json_next(item))
            set_all(&editing, json_key(item), item);
        ck_assert_uint_ge(editing.count, json_count(json));
        json_free(json);
        shape_done(roots[i], value);
        free(value);
    }
}
END_TEST

START_TEST(users_cannot_set_what_the_tool_makes)
{
    walk_all(check_user_input);
}
END_TEST

UNIT_MAIN("model/shapes", every_member_has_its_row_in_order, keys_are_unique_and_in_camel_case,
          every_row_explains_itself_in_one_line, rows_agree_with_their_kinds_and_rules,
          elements_of_lists_have_one_key,
          flags_are_kebab_case_and_unique_beside_those_of_the_reference,
          numbers_end_at_their_limits, texts_end_at_their_limits,
          choices_take_their_words_and_no_other,
          what_is_written_reads_back_and_writes_the_same_bytes,
          each_property_set_to_what_it_is_changes_nothing, users_cannot_set_what_the_tool_makes)

/* cmd column: parts of a result by name, and lists sorted by them. */
#include "cmd/column.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "gallery.h"
#include "tests/unit/unit.h"

static const struct shape *const shapes[] = {&gallery_shape, &definition_shape, &version_shape,
                                             &region_shape,  &inspection_shape, &audit_shape,
                                             &sweep_shape,   &plan_shape};

/* --- names --- */

/* Check each row that is shown, wherever it lies. */
static void check_rows(const struct shape *whole, const struct shape *shape, const char *path)
{
    for (size_t i = 0; i < shape->count; i++) {
        const struct row *const row = &shape->rows[i];
        char *const name = text_printf("%s%s", path, row->key);
        char *const deeper = text_printf("%s.", name);
        struct columns columns = {0};
        struct err err = {0};

        text_upper(name);
        if (row->kind == KIND_OBJECT && !(row->rules & ROW_HIDDEN)) {
            check_rows(whole, row->shape, deeper);
        } else if (!(row->rules & ROW_HIDDEN)) {
            ck_assert_msg(columns_parse(name, false, whole, &columns, &err) == 0, "%s", err.text);
            ck_assert_ptr_eq(columns.items[0].row, row);
            ck_assert(!columns.items[0].brief);
            columns_done(&columns);
            if (row->word)
                ck_assert_msg(columns_parse(row->word, false, whole, &columns, &err) == 0 &&
                                  columns.items[0].row == row && columns.items[0].brief,
                              "'%s' is not the word of '%s' alone", row->word, name);
        } else {
            ck_assert_int_eq(columns_parse(name, false, whole, &columns, &err), E_USAGE);
        }
        columns_done(&columns);
        free(deeper);
        free(name);
    }
}

START_TEST(every_row_is_named_by_its_path_and_its_word_by_itself)
{
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++)
        check_rows(shapes[i], shapes[i], "");
}
END_TEST

START_TEST(the_least_deep_of_equal_keys_is_meant)
{
    struct columns columns = {0};
    struct err err = {0};

    ck_assert_int_eq(
        columns_parse("name,excludeFromLatest,-age", true, &version_shape, &columns, &err), 0);
    ck_assert_uint_eq(columns.count, 3);
    ck_assert_str_eq(columns.items[0].row->key, "name");
    ck_assert_str_eq(columns.items[1].row->key, "excludeFromLatest");
    ck_assert(!columns.items[1].descends && columns.items[2].descends && columns.items[2].brief);
    columns_done(&columns);
}
END_TEST

START_TEST(what_is_no_column_is_refused)
{
    static const char *const bad[] = {"",
                                      ",",
                                      "name,",
                                      ",name",
                                      "-name",
                                      "nmae",
                                      "targetRegions.name",
                                      "publishingProfile",
                                      "name name",
                                      "\x1b"};

    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct columns columns = {0};
        struct err err = {0};

        ck_assert_msg(columns_parse(bad[i], false, &version_shape, &columns, &err) == E_USAGE, "%s",
                      bad[i]);
        ck_assert_uint_eq(columns.count, 0);
    }
}
END_TEST

/* --- cells --- */

static void expect_cell(const char *name, const struct version *version, int64_t now,
                        const char *wanted)
{
    struct columns columns = {0};
    struct err err = {0};
    struct buf out = {0};

    ck_assert_int_eq(columns_parse(name, false, &version_shape, &columns, &err), 0);
    column_add_cell(&out, &columns.items[0], version, now);
    ck_assert_str_eq(buf_text(&out), wanted);
    buf_done(&out);
    columns_done(&columns);
}

START_TEST(short_words_are_shown_in_short)
{
    struct disk_image data[] = {{.data_size_in_bytes = opt_int_of(1 << 20)},
                                {.data_size_in_bytes = opt_int_of(1 << 20)}};
    struct version version = {
        .publishing_profile.published_date = {.set = true, .value = 1000000},
        .storage_profile = {.os_disk_image.data_size_in_bytes = opt_int_of(2 << 20),
                            .data_disk_images = {data, 2}},
    };
    static const struct {
        int64_t later;
        const char *age;
    } ages[] = {{-5, "0s"},   {0, "0s"},      {59, "59s"},   {60, "1m"},           {3599, "59m"},
                {3600, "1h"}, {86399, "23h"}, {86400, "1d"}, {86400 * 400, "400d"}};

    for (size_t i = 0; i < sizeof ages / sizeof *ages; i++)
        expect_cell("age", &version, 1000000 + ages[i].later, ages[i].age);
    expect_cell("size", &version, 0, "4.0 MiB");
    expect_cell("dataSizeInBytes", &version, 0, "2097152");
    expect_cell("publishedDate", &version, 0, "1970-01-12T13:46:40+00:00");
    expect_cell("age", &(struct version){0}, 5, "");
    expect_cell("size", &(struct version){0}, 5, "");
}
END_TEST

/* --- order --- */

static void expect_order(const char *names, struct versions versions, const char *wanted)
{
    struct columns columns = {0};
    struct err err = {0};
    struct buf out = {0};

    ck_assert_msg(columns_parse(names, true, &version_shape, &columns, &err) == 0, "%s", err.text);
    columns_sort(&columns, &version_shape, &versions);
    for (size_t i = 0; i < versions.count; i++)
        buf_printf(&out, "%s%s", i > 0 ? " " : "", versions.items[i].name);
    ck_assert_msg(strcmp(buf_text(&out), wanted) == 0, "%s: %s", names, buf_text(&out));
    buf_done(&out);
    columns_done(&columns);
}

static struct version version(char *name, int64_t published, int64_t bytes)
{
    return (struct version){
        .name = name,
        .publishing_profile.published_date = {.set = published != 0, .value = published},
        .storage_profile.os_disk_image.data_size_in_bytes = {.set = bytes != 0, .value = bytes},
    };
}

START_TEST(lists_are_sorted_by_number_time_and_size)
{
    struct version items[] = {
        version((char[]){"1.10.0"}, 30, 0),
        version((char[]){"1.9.0"}, 20, 5),
        version((char[]){"1.9.20000000000"}, 20, 7),
        version((char[]){"01.2.0"}, 0, 6),
    };
    const struct versions list = {items, 4};

    expect_order("name", list, "01.2.0 1.9.0 1.9.20000000000 1.10.0");
    expect_order("-version", list, "1.10.0 1.9.20000000000 1.9.0 01.2.0");
    expect_order("publishedDate,name", list, "1.9.0 1.9.20000000000 1.10.0 01.2.0");
    expect_order("age,-name", list, "1.10.0 1.9.20000000000 1.9.0 01.2.0");
    expect_order("-age,name", list, "1.9.0 1.9.20000000000 1.10.0 01.2.0");
    expect_order("size", list, "1.9.0 01.2.0 1.9.20000000000 1.10.0");
    expect_order("-size", list, "1.9.20000000000 01.2.0 1.9.0 1.10.0");
    expect_order("location", list, "1.9.20000000000 01.2.0 1.9.0 1.10.0");
    expect_order("name", (struct versions){0}, "");
}
END_TEST

UNIT_MAIN("cmd/column", every_row_is_named_by_its_path_and_its_word_by_itself,
          the_least_deep_of_equal_keys_is_meant, what_is_no_column_is_refused,
          short_words_are_shown_in_short, lists_are_sorted_by_number_time_and_size)

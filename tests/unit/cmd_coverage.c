/* cmd coverage: the grid that fits, and the page on which nothing does anything. */
#include "cmd/coverage.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "cmd/markup.h"
#include "tests/unit/unit.h"

static void add_region(struct coverage_version *version, const char *name, int64_t wanted,
                       int64_t intact, const char *reason)
{
    *VEC_ADD(&version->regions) = (struct coverage_region){
        .region = text_copy(name),
        .name = text_copy(name),
        .storage_account_type = STORAGE_STANDARD_LRS,
        .wanted = opt_int_of((uint64_t)wanted),
        .intact = opt_int_of((uint64_t)intact),
        .state = wanted == intact ? COVERAGE_INTACT : COVERAGE_DAMAGED,
        .bytes = opt_int_of(intact ? 1024 : 0),
        .verified_date = {.set = intact > 0, .value = 1767323045},
        .reason = text_copy(reason),
    };
}

static struct coverage_version *add_version(struct coverage *coverage, const char *name)
{
    struct coverage_version *const version = VEC_ADD(&coverage->versions);

    *version = (struct coverage_version){.name = text_copy(name)};
    return version;
}

static struct coverage two_versions(void)
{
    struct coverage coverage = {0};
    struct coverage_version *version = add_version(&coverage, "prod/ubuntu/1.0.0");

    add_region(version, "westus2", 2, 2, NULL);
    add_region(version, "northeurope", 1, 0, "it is gone");
    version = add_version(&coverage, "prod/ubuntu/1.1.0");
    add_region(version, "westus2", 1, 1, NULL);
    add_region(version, "japaneast", 1, 1, NULL);
    coverage_storage_of(&coverage, "westus2", "West US 2", STORAGE_STANDARD_LRS)->bytes.value =
        2048;
    coverage_settle(&coverage);
    return coverage;
}

static char *table_of(const struct coverage *coverage, size_t width)
{
    const struct look look = {.output = OUTPUT_TABLE, .width = width};
    struct buf out = {0};

    coverage_add_table(&out, &look, coverage);
    return buf_take(&out);
}

static size_t widest_line(const char *text)
{
    size_t most = 0;

    for (; *text; text += strcspn(text, "\n"), text += *text == '\n') {
        const size_t length = strcspn(text, "\n");

        most = length > most ? length : most;
    }
    return most;
}

START_TEST(a_row_a_version_and_a_column_a_region)
{
    struct coverage coverage = two_versions();
    char *const table = table_of(&coverage, 0);

    ck_assert_str_eq(
        table, "Version            japaneast  northeurope  westus2  Bytes    Verified\n"
               "-----------------  ---------  -----------  -------  -------  ----------\n"
               "prod/ubuntu/1.0.0  -          0/1 !        2/2 ok   1.0 KiB  2026-01-02\n"
               "prod/ubuntu/1.1.0  1/1 ok     -            1/1 ok   2.0 KiB  2026-01-02\n"
               "stored in all      0 B        0 B          2.0 KiB  2.0 KiB\n"
               "\n"
               "2 versions, 4 of 5 replicas intact in 3 regions, 2.0 KiB stored for 0 B of disks\n"
               "ok intact   ! damaged or missing   - not wanted\n"
               "! northeurope: it is gone (1 version)\n");
    free(table);
    shape_done(&coverage_shape, &coverage);
}
END_TEST

START_TEST(regions_that_do_not_fit_stand_below)
{
    struct coverage coverage = {0};
    struct coverage_version *const version = add_version(&coverage, "prod/ubuntu/1.0.0");
    char *table;

    for (unsigned i = 0; i < 60; i++) {
        char *const name = text_printf("region%02u", i);

        add_region(version, name, 1, 1, NULL);
        free(name);
    }
    coverage_settle(&coverage);
    table = table_of(&coverage, 100);
    ck_assert_uint_le(widest_line(table), 100);
    for (unsigned i = 0; i < 60; i++) {
        char *const name = text_printf("region%02u", i);

        ck_assert_ptr_nonnull(strstr(table, name));
        free(name);
    }
    free(table);
    /* Nothing fits: a region at a time. */
    table = table_of(&coverage, 1);
    ck_assert_ptr_nonnull(strstr(table, "1/1 ok"));
    free(table);
    shape_done(&coverage_shape, &coverage);
}
END_TEST

START_TEST(of_no_versions_there_is_no_table_and_a_page)
{
    struct coverage coverage = {0};
    struct buf page = {0};
    char *table;

    coverage_settle(&coverage);
    ck_assert_uint_eq(coverage.state, COVERAGE_INTACT);
    table = table_of(&coverage, 80);
    ck_assert(!table || table[0] == '\0');
    coverage_add_page(&page, &coverage);
    ck_assert_ptr_nonnull(strstr(buf_text(&page), "There are no image versions"));
    free(table);
    buf_done(&page);
    shape_done(&coverage_shape, &coverage);
}
END_TEST

START_TEST(what_was_never_read_back_hides_when_the_others_were)
{
    struct coverage coverage = two_versions();
    struct coverage_version *const version = &coverage.versions.items[1];
    char *table;

    version->regions.items[1].verified_date.set = false;
    coverage_settle(&coverage);
    ck_assert(!version->verified_date.set);
    table = table_of(&coverage, 0);
    ck_assert_ptr_nonnull(strstr(table, "2.0 KiB  never\n"));
    free(table);
    shape_done(&coverage_shape, &coverage);
}
END_TEST

START_TEST(markup_is_shown_and_does_nothing)
{
    struct buf out = {0};

    markup_add_text(&out, "<b>&amp;\"'\033[31m\n\xe2\x80\xae\xff\xc3\xa9");
    ck_assert_str_eq(buf_text(&out),
                     "&lt;b&gt;&amp;amp;&quot;&#39;\\x1b[31m\\x0a\\u{202e}\\xff\xc3\xa9");
    buf_done(&out);
}
END_TEST

/* Whatever may be a name: an attribute and a tag end only where the page ends them. */
START_TEST(hostile_names_are_inert_on_the_page)
{
    static const char hostile[] = "\"><script>alert(1)</script><p x='";
    struct coverage coverage = {0};
    struct coverage_version *const version = add_version(&coverage, hostile);
    struct buf page = {0};

    coverage.store_name = text_copy(hostile);
    coverage.store_id = text_copy(hostile);
    add_region(version, hostile, 1, 0, hostile);
    coverage_storage_of(&coverage, hostile, hostile, STORAGE_STANDARD_ZRS);
    coverage_settle(&coverage);
    coverage_add_page(&page, &coverage);
    ck_assert_ptr_null(strstr(buf_text(&page), "<script"));
    ck_assert_ptr_null(strstr(buf_text(&page), "<p x"));
    ck_assert_ptr_null(strstr(buf_text(&page), "x='"));
    ck_assert_ptr_nonnull(strstr(buf_text(&page), "&quot;&gt;&lt;script&gt;alert(1)"));
    buf_done(&page);
    shape_done(&coverage_shape, &coverage);
}
END_TEST

UNIT_MAIN("cmd/coverage", a_row_a_version_and_a_column_a_region,
          regions_that_do_not_fit_stand_below, of_no_versions_there_is_no_table_and_a_page,
          what_was_never_read_back_hides_when_the_others_were, markup_is_shown_and_does_nothing,
          hostile_names_are_inert_on_the_page)

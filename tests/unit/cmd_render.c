/* cmd render: results as text, and nothing in them that acts on a terminal. */
#include "cmd/render.h"

#include <string.h>

#include "base/text.h"
#include "gallery.h"
#include "tests/unit/unit.h"

static struct version sample(char *name)
{
    static char west[] = "West US 2", local[] = "local";
    static struct target_region targets[] = {{.name = west}, {.name = local}};

    return (struct version){
        .name = name,
        .publishing_profile = {.target_regions = {targets, 2},
                               .exclude_from_latest = {.set = true}},
        .provisioning_state = STATE_SUCCEEDED,
        .replication_status = {.aggregated_state = AGGREGATED_COMPLETED},
    };
}

/* The rendered text; to be released with free. */
static char *text_of(enum output output, const struct shape *shape, const void *value, bool listed)
{
    const struct result result = {.shape = shape, .value = value, .listed = listed};
    struct buf out = {0};

    render(&out, &(struct look){.output = output}, &result);
    return buf_take(&out);
}

static void expect(enum output output, const struct result *result, const char *wanted)
{
    char *const text = text_of(output, result->shape, result->value, result->listed);

    ck_assert_str_eq(text ? text : "", wanted);
    free(text);
}

START_TEST(an_empty_list_is_an_empty_array_or_nothing)
{
    const struct versions none = {0};
    const struct result result = {.shape = &version_shape, .value = &none, .listed = true};

    expect(OUTPUT_JSON, &result, "[]\n");
    expect(OUTPUT_JSONC, &result, "[]\n");
    expect(OUTPUT_YAML, &result, "[]\n");
    expect(OUTPUT_YAMLC, &result, "[]\n");
    expect(OUTPUT_TABLE, &result, "");
    expect(OUTPUT_TSV, &result, "");
    expect(OUTPUT_NONE, &result, "");
}
END_TEST

START_TEST(json_is_sorted_and_a_list_of_one_stays_a_list)
{
    struct region region = {.name = (char[]){"x"},
                            .display_name = (char[]){"X"},
                            .cloud = CLOUD_NONE,
                            .zones = {.set = true}};
    const struct regions regions = {&region, 1};
    const struct result result = {.shape = &region_listed_shape, .value = &regions, .listed = true};
    char *const text = text_of(OUTPUT_JSON, &region_listed_shape, &regions, true);

    ck_assert(text_starts(text, "[\n  {\n    \""));
    ck_assert_str_eq(text + strlen(text) - 6, "  }\n]\n");
    ck_assert(strstr(text, "\"displayName\"") < strstr(text, "\"name\""));
    free(text);
    ck_assert_uint_eq(result_count(&result), 1);
}
END_TEST

START_TEST(a_table_joins_names_and_aligns)
{
    struct version items[2];
    const struct versions versions = {items, 2};
    char *text, *line[4], *rest;
    size_t at;

    items[0] = sample((char[]){"1.0.0"});
    items[1] = sample((char[]){"10.20.30"});
    text = text_of(OUTPUT_TABLE, &version_shape, &versions, true);
    rest = text;
    for (size_t i = 0; i < 4; i++) {
        line[i] = rest;
        rest += strcspn(rest, "\n");
        ck_assert_int_eq(*rest, '\n');
        *rest++ = '\0';
        ck_assert(line[i][0] == '\0' || line[i][strlen(line[i]) - 1] != ' ');
    }
    ck_assert_int_eq(*rest, '\0');
    ck_assert(text_starts(line[0], "Name"));
    ck_assert(text_starts(line[1], "--------  -"));
    ck_assert_ptr_nonnull(strstr(line[0], "TargetRegions"));
    at = (size_t)(strstr(line[0], "TargetRegions") - line[0]);
    ck_assert(text_starts(line[2] + at, "West US 2, local"));
    ck_assert(text_starts(line[3] + at, "West US 2, local"));
    at = (size_t)(strstr(line[0], "ReplicationState") - line[0]);
    ck_assert_str_eq(line[3] + at, "Completed");
    free(text);
}
END_TEST

START_TEST(tsv_has_every_shown_key_in_order)
{
    struct region region = {.name = (char[]){"x\ty\nz"}, .zones = {.set = true, .value = true}};
    const struct result result = {.shape = &region_listed_shape, .value = &region};
    struct gallery gallery = {.name = (char[]){"prod"}};
    const struct result other = {.shape = &gallery_shape, .value = &gallery};

    expect(OUTPUT_TSV, &result, "True\tNone\tNone\tx\\x09y\\x0az\tNone\tNone\t0\n");
    /* compression description id identifier identity location name provisioningState resourceGroup
     * sharingProfile tags type */
    expect(OUTPUT_TSV, &other, "None\tNone\tNone\t\t\tNone\tprod\tNone\tNone\t\t\t\tNone\n");
}
END_TEST

static bool is_inert(const char *text, bool tabs)
{
    if (!text_is_utf8(text, strlen(text)))
        return false;
    for (; *text; text++) {
        const unsigned char c = (unsigned char)*text;

        if (c == 0x7F || (c < 0x20 && c != '\n' && !(tabs && c == '\t')))
            return false;
        /* C1 controls are C2 80 to C2 9F. */
        if (c == 0xC2 && (unsigned char)text[1] < 0xA0)
            return false;
    }
    return true;
}

/* Put the text into every text member, objects walked through. */
static void fill_texts(const struct shape *shape, void *value, const char *text)
{
    for (size_t i = 0; i < shape->count; i++) {
        const struct row *const row = &shape->rows[i];
        void *const slot = row_slot(row, value);

        if (row->kind == KIND_TEXT)
            text_replace(slot, text);
        else if (row->kind == KIND_TEXTS)
            texts_add(slot, text);
        else if (row->kind == KIND_OBJECT)
            fill_texts(row->shape, slot, text);
    }
}

START_TEST(no_byte_of_a_text_acts_on_a_terminal)
{
    static const struct shape *const shapes[] = {&gallery_shape, &definition_shape, &version_shape,
                                                 &region_listed_shape};

    for (size_t s = 0; s < sizeof shapes / sizeof *shapes; s++) {
        for (unsigned byte = 1; byte <= 255; byte++) {
            const char text[] = {'a', (char)byte, 'b', (char)0xC2, (char)byte, 'c', '\0'};
            void *const value = calloc(1, shapes[s]->size);
            const struct {
                void *items;
                size_t count;
            } list = {value, 1};

            fill_texts(shapes[s], value, text);
            for (enum output output = OUTPUT_JSON; output <= OUTPUT_NONE; output++) {
                char *const rendered = text_of(output, shapes[s], &list, true);

                /* What is not UTF-8 never gets into a value that JSON prints: reading refuses it.
                 */
                ck_assert_msg((output == OUTPUT_JSON && !text_is_utf8(text, strlen(text))) ||
                                  is_inert(rendered, output == OUTPUT_TSV),
                              "byte %u, format %u", byte, (unsigned)output);
                free(rendered);
            }
            shape_done(shapes[s], value);
            free(value);
        }
    }
}
END_TEST

UNIT_MAIN("cmd/render", an_empty_list_is_an_empty_array_or_nothing,
          json_is_sorted_and_a_list_of_one_stays_a_list, a_table_joins_names_and_aligns,
          tsv_has_every_shown_key_in_order, no_byte_of_a_text_acts_on_a_terminal)

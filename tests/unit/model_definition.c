/* definition and gallery: what is filled in, what must be there, what goes together, what is fixed.
 */
#include "model/definition.h"

#include <string.h>

#include "base/text.h"
#include "model/gallery.h"
#include "tests/unit/unit.h"

/* The least that a definition needs. */
static struct definition sample(void)
{
    struct definition definition = {
        .identifier = {text_copy("canonical"), text_copy("ubuntu"), text_copy("24_04-lts")},
        .os_type = OS_LINUX,
    };

    definition_defaults(&definition, "westeurope");
    return definition;
}

START_TEST(what_was_not_given_is_filled_in)
{
    struct definition definition = sample();
    struct err err = {0};

    ck_assert_str_eq(definition.location, "westeurope");
    ck_assert_uint_eq(definition.os_state, OS_GENERALIZED);
    ck_assert_uint_eq(definition.hyper_v_generation, GENERATION_V2);
    ck_assert_uint_eq(definition.architecture, ARCHITECTURE_X64);
    ck_assert_msg(shape_check(&definition_shape, &definition, &err) == 0, "%s", err.text);
    shape_done(&definition_shape, &definition);
}
END_TEST

START_TEST(what_was_given_stays)
{
    struct definition definition = {.location = text_copy("East US 2"),
                                    .os_state = OS_SPECIALIZED,
                                    .hyper_v_generation = GENERATION_V1,
                                    .architecture = ARCHITECTURE_ARM64};

    definition_defaults(&definition, "westeurope");
    ck_assert_str_eq(definition.location, "East US 2");
    ck_assert_uint_eq(definition.os_state, OS_SPECIALIZED);
    ck_assert_uint_eq(definition.hyper_v_generation, GENERATION_V1);
    ck_assert_uint_eq(definition.architecture, ARCHITECTURE_ARM64);
    shape_done(&definition_shape, &definition);
}
END_TEST

START_TEST(publisher_offer_sku_and_os_type_are_needed)
{
    struct definition definition = sample();
    char **const parts[] = {&definition.identifier.publisher, &definition.identifier.offer,
                            &definition.identifier.sku};
    struct err err = {0};

    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        char *const kept = *parts[i];

        *parts[i] = NULL;
        ck_assert_int_eq(shape_check(&definition_shape, &definition, &err), E_INVALID);
        *parts[i] = kept;
    }
    definition.os_type = 0;
    ck_assert_int_eq(shape_check(&definition_shape, &definition, &err), E_INVALID);
    ck_assert(text_starts(err.text, "osType"));
    definition.os_type = OS_WINDOWS;
    ck_assert_int_eq(shape_check(&definition_shape, &definition, &err), 0);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        text_replace(parts[i], NULL);
    ck_assert_int_eq(shape_check(&definition_shape, &definition, &err), E_INVALID);
    ck_assert_str_eq(err.text, "identifier: publisher, offer and sku are missing");
    shape_done(&definition_shape, &definition);
}
END_TEST

START_TEST(a_least_is_not_above_a_most)
{
    struct definition definition = sample();
    struct range *const ranges[] = {&definition.recommended.vcpus, &definition.recommended.memory};
    static const char *const paths[] = {"recommended.vCPUs: min 5 is above max 4",
                                        "recommended.memory: min 5 is above max 4"};
    struct err err = {0};

    for (size_t i = 0; i < 2; i++) {
        ranges[i]->min = (struct opt_int){true, 4};
        ck_assert_int_eq(shape_check(&definition_shape, &definition, &err), 0);
        ranges[i]->max = (struct opt_int){true, 4};
        ck_assert_int_eq(shape_check(&definition_shape, &definition, &err), 0);
        ranges[i]->min.value = 5;
        ck_assert_int_eq(shape_check(&definition_shape, &definition, &err), E_INVALID);
        ck_assert_str_eq(err.text, paths[i]);
        ranges[i]->min.set = false;
        ck_assert_int_eq(shape_check(&definition_shape, &definition, &err), 0);
    }
    shape_done(&definition_shape, &definition);
}
END_TEST

START_TEST(a_purchase_plan_is_whole)
{
    struct definition definition = sample();
    struct purchase_plan *const plan = &definition.purchase_plan;
    char **const parts[] = {&plan->name, &plan->publisher, &plan->product};
    struct err err = {0};

    for (unsigned given = 0; given < 8; given++) {
        for (unsigned i = 0; i < 3; i++)
            text_replace(parts[i], given & 1u << i ? "x" : NULL);
        ck_assert_msg((shape_check(&definition_shape, &definition, &err) == 0) ==
                          (given == 0 || given == 7),
                      "%u", given);
    }
    text_replace(&plan->product, NULL);
    shape_check(&definition_shape, &definition, &err);
    ck_assert_str_eq(err.text,
                     "purchasePlan: product is missing: a plan has a name, a publisher and a "
                     "product");
    shape_done(&definition_shape, &definition);
}
END_TEST

START_TEST(generation_one_does_not_go_with_arm64)
{
    struct definition definition = sample();
    struct err err = {0};

    definition.architecture = ARCHITECTURE_ARM64;
    ck_assert_int_eq(shape_check(&definition_shape, &definition, &err), 0);
    definition.hyper_v_generation = GENERATION_V1;
    ck_assert_int_eq(shape_check(&definition_shape, &definition, &err), E_INVALID);
    definition.architecture = ARCHITECTURE_X64;
    ck_assert_int_eq(shape_check(&definition_shape, &definition, &err), 0);
    shape_done(&definition_shape, &definition);
}
END_TEST

START_TEST(end_of_life_is_in_the_future)
{
    struct definition definition = {0};
    struct err err = {0};

    ck_assert_int_eq(definition_check_dates(&definition, 5, &err), 0);
    definition.end_of_life_date = (struct opt_time){true, 5};
    ck_assert_int_eq(definition_check_dates(&definition, 4, &err), 0);
    ck_assert_int_eq(definition_check_dates(&definition, 5, &err), E_INVALID);
    ck_assert_str_eq(err.text, "endOfLifeDate: 1970-01-01T00:00:05+00:00 is not in the future");
    ck_assert_int_eq(definition_check_dates(&definition, 6, NULL), E_INVALID);
}
END_TEST

START_TEST(identifiers_are_compared_without_case)
{
    char one[] = "Canonical", same[] = "canonical", other[] = "debian";
    const struct identifier left = {one, one, one};

    ck_assert(identifier_same(&left, &(struct identifier){same, same, same}));
    ck_assert(!identifier_same(&left, &(struct identifier){other, same, same}));
    ck_assert(!identifier_same(&left, &(struct identifier){same, other, same}));
    ck_assert(!identifier_same(&left, &(struct identifier){same, same, other}));
}
END_TEST

START_TEST(fixed_properties_are_found_and_case_does_not_matter)
{
    struct definition old = sample();
    struct definition given = {.identifier = {.publisher = text_copy("CANONICAL")},
                               .description = text_copy("new"),
                               .release_note_uri = text_copy("https://example.org")};
    struct buf path = {0};

    ck_assert(!shape_fixed_difference(&definition_shape, &old, &given, &path));
    text_replace(&given.identifier.publisher, "debian");
    ck_assert(shape_fixed_difference(&definition_shape, &old, &given, &path));
    ck_assert_str_eq(buf_text(&path), "identifier.publisher");
    text_replace(&given.identifier.publisher, NULL);
    buf_clear(&path);
    given.hyper_v_generation = GENERATION_V1;
    ck_assert(shape_fixed_difference(&definition_shape, &old, &given, &path));
    ck_assert_str_eq(buf_text(&path), "hyperVGeneration");
    buf_done(&path);
    shape_done(&definition_shape, &given);
    shape_done(&definition_shape, &old);
}
END_TEST

START_TEST(a_gallery_keeps_its_codes_and_words_together)
{
    static const char *const words[] = {"none", "zlib", "zstd"};
    struct gallery gallery = {.name = text_copy("prod"), .location = text_copy("Local")};
    struct err err = {0};

    for (unsigned i = 0; i < 3; i++)
        ck_assert_str_eq(choice_word(&compression_choices, COMPRESSION_NONE + i), words[i]);
    ck_assert_int_eq(shape_check(&gallery_shape, &gallery, &err), 0);
    text_replace(&gallery.name, "prod-1");
    ck_assert_int_eq(shape_check(&gallery_shape, &gallery, &err), E_INVALID);
    ck_assert(text_starts(err.text, "name: 'prod-1' has '-'"));
    text_replace(&gallery.name, "prod");
    text_replace(&gallery.location, "east/us");
    ck_assert_int_eq(shape_check(&gallery_shape, &gallery, &err), E_INVALID);
    ck_assert_str_eq(err.text, "location: region 'east/us' is unknown");
    shape_done(&gallery_shape, &gallery);
}
END_TEST

START_TEST(lists_are_released)
{
    struct galleries galleries = {0};
    struct definitions definitions = {0};

    VEC_ADD(&galleries)->name = text_copy("a");
    *VEC_ADD(&definitions) = sample();
    *VEC_ADD(&definitions) = sample();
    galleries_done(&galleries);
    definitions_done(&definitions);
    ck_assert_uint_eq(galleries.count + definitions.count, 0);
    galleries_done(&galleries);
    definitions_done(&definitions);
}
END_TEST

UNIT_MAIN("model/definition", what_was_not_given_is_filled_in, what_was_given_stays,
          publisher_offer_sku_and_os_type_are_needed, a_least_is_not_above_a_most,
          a_purchase_plan_is_whole, generation_one_does_not_go_with_arm64,
          end_of_life_is_in_the_future, identifiers_are_compared_without_case,
          fixed_properties_are_found_and_case_does_not_matter,
          a_gallery_keeps_its_codes_and_words_together, lists_are_released)

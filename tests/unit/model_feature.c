/* features: words in, the service's spelling out; what follows from the generation. */
#include <string.h>

#include "base/text.h"
#include "model/definition.h"
#include "tests/unit/unit.h"

/* Words as --features takes them; the code of reading them. */
static int parse(const char *const *words, size_t count, struct definition *into)
{
    return shape_parse_words(shape_row(&definition_shape, "features"), words, count,
                             &into->features, NULL);
}

/* "A=b C=d", as settled. To be released with free. */
static char *settled(const char *word, enum generation generation)
{
    struct definition definition = {.hyper_v_generation = generation};
    struct buf out = {0};

    ck_assert_int_eq(parse(&word, 1, &definition), 0);
    definition_settle_features(&definition, NULL);
    for (size_t i = 0; i < definition.features.count; i++)
        buf_printf(&out, "%s%s=%s", i ? "|" : "", definition.features.items[i].name,
                   definition.features.items[i].value);
    shape_done(&definition_shape, &definition);
    return buf_take(&out);
}

static void expect(const char *word, enum generation generation, const char *wanted)
{
    char *const got = settled(word, generation);

    ck_assert_str_eq(got, wanted);
    free(got);
}

START_TEST(a_security_type_is_added_to_generation_two_alone)
{
    expect("", GENERATION_V2, "SecurityType=TrustedLaunchSupported");
    expect("A=b", GENERATION_V2, "A=b|SecurityType=TrustedLaunchSupported");
    expect("A=b", GENERATION_V1, "A=b");
    expect("securitytype=NONE A=b", GENERATION_V2, "SecurityType=None|A=b");
    expect("SecurityType=standard", GENERATION_V2, "");
    expect("SecurityType=standard A=b", GENERATION_V1, "A=b");
}
END_TEST

START_TEST(what_is_known_is_spelled_as_the_service_does)
{
    expect("ISHIBERNATESUPPORTED=tRUE", GENERATION_V1, "IsHibernateSupported=True");
    expect("DiskControllerTypes=nvme,SCSI", GENERATION_V1, "DiskControllerTypes=NVMe, SCSI");
    expect("\tDiskControllerTypes=scsi,  nvme \n A=b, c=d ", GENERATION_V1,
           "DiskControllerTypes=SCSI, NVMe|A=b, c=d");
    expect("New=tRuE", GENERATION_V1, "New=tRuE");
    expect("A=b=c", GENERATION_V1, "A=b=c");
}
END_TEST

START_TEST(settling_twice_changes_nothing)
{
    const char *const word = "IsHibernateSupported=false securityType=confidentialvm";
    struct definition once = {.hyper_v_generation = GENERATION_V2};
    struct definition twice = {0};

    ck_assert_int_eq(parse(&word, 1, &once), 0);
    definition_settle_features(&once, NULL);
    shape_copy(&definition_shape, &twice, &once);
    definition_settle_features(&twice, &once.features);
    ck_assert(features_equal(&once.features, &twice.features));
    text_replace(&twice.features.items[0].value, "True");
    ck_assert(!features_equal(&once.features, &twice.features));
    shape_done(&definition_shape, &once);
    shape_done(&definition_shape, &twice);
}
END_TEST

START_TEST(what_is_no_feature_is_refused_and_the_old_ones_stay)
{
    static const char *const refused[] = {
        "A",
        "=b",
        "A=",
        "A=b B",
        "A=b a=c",
        "IsHibernatSupported=True",
        "SecurityTypes=None",
        "IsHibernateSupported=1",
        "DiskControllerTypes=",
        "DiskControllerTypes=SCSI,",
        "DiskControllerTypes=SCSI NVMe",
        "{",
        "{}",
        "{\"name\": \"A\"}",
        "{\"name\": \"A\", \"value\": \"b\", \"startsAtVersion\": \"1\"}",
    };
    const char *const good = "A=b";
    struct definition definition = {0};

    ck_assert_int_eq(parse(&good, 1, &definition), 0);
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
        ck_assert_msg(parse(&refused[i], 1, &definition) == E_INVALID, "%s", refused[i]);
    ck_assert_uint_eq(definition.features.count, 1);
    shape_done(&definition_shape, &definition);
}
END_TEST

START_TEST(nothing_clears_when_merged)
{
    const char *const words[] = {"A=b", ""};
    struct definition stored = {0}, given = {0}, copy = {0};

    ck_assert_int_eq(parse(&words[0], 1, &stored), 0);
    ck_assert_int_eq(parse(&words[1], 1, &given), 0);
    shape_copy(&definition_shape, &copy, &given);
    shape_merge(&definition_shape, &stored, &copy);
    ck_assert_uint_eq(stored.features.count, 0);
    shape_done(&definition_shape, &stored);
    shape_done(&definition_shape, &given);
    shape_done(&definition_shape, &copy);
}
END_TEST

UNIT_MAIN("model/feature", a_security_type_is_added_to_generation_two_alone,
          what_is_known_is_spelled_as_the_service_does, settling_twice_changes_nothing,
          what_is_no_feature_is_refused_and_the_old_ones_stay, nothing_clears_when_merged)

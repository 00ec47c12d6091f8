/* inspection: what fits which image definition. */
#include "model/inspection.h"

#include <string.h>

#include "tests/unit/unit.h"

#define MIB (INT64_C(1) << 20)

struct facts {
    unsigned table;
    bool code, boot_partition, efi;
    int64_t sector; /* of a GPT; 0: none */
    int64_t size;   /* 0: 64 MiB */
    bool empty;
};

static struct inspection inspection_of(const struct facts *facts)
{
    return (struct inspection){
        .partition_table = facts->table,
        .boot.bios_boot_code = {true, facts->code},
        .boot.bios_boot_partition = {true, facts->boot_partition},
        .boot.efi_system_partition = {true, facts->efi},
        .sector_size_in_bytes = {facts->sector != 0, facts->sector},
        .virtual_size_in_bytes = {true, facts->size ? facts->size : 64 * MIB},
        .data_size_in_bytes = {true, facts->empty ? 0 : MIB},
    };
}

/* What is found, each finding's level before its text; "" when nothing is. */
static void check(const struct facts *facts, unsigned generation, const char *expected)
{
    struct inspection inspection = inspection_of(facts);
    const struct definition definition = {.hyper_v_generation = generation};
    char found[1024] = "";
    bool fits = true;

    inspection_judge(&inspection, &definition);
    for (size_t i = 0; i < inspection.findings.count; i++) {
        const struct finding *const one = &inspection.findings.items[i];
        const size_t length = strlen(found);

        fits = fits && one->level != FINDING_ERROR;
        snprintf(found + length, sizeof found - length, "%s%s: %s", i ? "; " : "",
                 one->level == FINDING_ERROR ? "error" : "warning", one->text);
    }
    ck_assert_str_eq(found, expected);
    ck_assert(inspection.fits.set && inspection.fits.value == fits);
    shape_done(&inspection_shape, &inspection);
}

START_TEST(generation_2_starts_from_an_efi_system_partition)
{
    static const struct {
        struct facts facts;
        const char *expected;
    } rows[] = {
        {{.table = TABLE_GPT, .efi = true, .sector = 512}, ""},
        {{.table = TABLE_GPT, .efi = true, .sector = 512, .code = true, .boot_partition = true},
         ""},
        {{.table = TABLE_GPT, .sector = 512},
         "error: there is no EFI system partition, which generation V2 starts from"},
        {{.table = TABLE_MBR, .code = true},
         "error: the partition table is an MBR; generation V2 wants a GPT"},
        {{.table = TABLE_MBR, .efi = true},
         "error: the partition table is an MBR; generation V2 wants a GPT"},
        {{.table = TABLE_NONE}, "error: there is no partition table"},
        {{.table = TABLE_NONE, .empty = true}, "error: it is empty: there is nothing but zeros"},
        {{.table = TABLE_GPT, .efi = true, .sector = 4096},
         "error: the GPT is for sectors of 4096 bytes; OS disks in Azure have 512"},
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        check(&rows[i].facts, GENERATION_V2, rows[i].expected);
}
END_TEST

START_TEST(generation_1_starts_from_bios_boot_code)
{
    static const struct {
        struct facts facts;
        const char *expected;
    } rows[] = {
        {{.table = TABLE_MBR, .code = true}, ""},
        {{.table = TABLE_GPT, .sector = 512, .code = true, .boot_partition = true}, ""},
        {{.table = TABLE_GPT, .sector = 512, .code = true, .efi = true},
         "error: the GPT has no BIOS boot partition, which generation V1 wants"},
        {{.table = TABLE_GPT, .sector = 512, .efi = true},
         "error: there is no BIOS boot code, which generation V1 starts from"},
        {{.table = TABLE_MBR},
         "error: there is no BIOS boot code, which generation V1 starts from"},
        {{.table = TABLE_NONE, .code = true}, "error: there is no partition table"},
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        check(&rows[i].facts, GENERATION_V1, rows[i].expected);
}
END_TEST

START_TEST(sizes_are_those_that_azure_takes)
{
    struct facts facts = {.table = TABLE_MBR, .code = true};

    facts.size = 64 * MIB + 512;
    check(&facts, GENERATION_V1, "warning: its size is no whole MiB, as Azure wants it");
    facts.size = INT64_C(2048) << 30;
    check(&facts, GENERATION_V1, "");
    facts.size += MIB;
    check(
        &facts, GENERATION_V1,
        "error: it is larger than 2048 GiB, the most that an image version with full copies holds");
}
END_TEST

/* What was found wrong before counts, and what follows from it is not said. */
START_TEST(earlier_findings_count)
{
    const struct facts none = {.table = TABLE_NONE};
    const struct facts good = {.table = TABLE_GPT, .efi = true, .sector = 512};
    const struct definition definition = {.hyper_v_generation = GENERATION_V2};
    struct inspection inspection = inspection_of(&none);

    inspection_add(&inspection, FINDING_ERROR, NULL, "the GPT is %s", "damaged");
    inspection_judge(&inspection, &definition);
    ck_assert_uint_eq(inspection.findings.count, 1);
    ck_assert_str_eq(inspection.findings.items[0].text, "the GPT is damaged");
    ck_assert_ptr_null(inspection.findings.items[0].hint);
    ck_assert(!inspection.fits.value);
    shape_done(&inspection_shape, &inspection);
    inspection = inspection_of(&good);
    inspection_add(&inspection, FINDING_WARNING, "repair it", "the GPT is damaged");
    inspection_judge(&inspection, &definition);
    ck_assert(inspection.fits.value);
    shape_done(&inspection_shape, &inspection);
}
END_TEST

UNIT_MAIN("model/inspection", generation_2_starts_from_an_efi_system_partition,
          generation_1_starts_from_bios_boot_code, sizes_are_those_that_azure_takes,
          earlier_findings_count)

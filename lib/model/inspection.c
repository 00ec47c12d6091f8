#include "model/inspection.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/text.h"
#include "model/room.h"

static const char *const table_words[] = {"gpt", "mbr", "none", NULL};
const struct choices partition_table_choices = {.noun = "partition table", .words = table_words};

static const char *const level_words[] = {"error", "warning", NULL};
static const struct choices level_choices = {.noun = "level", .words = level_words};

/* Members of an archive that is read. */
enum { DATA_DISKS_MAX = 1 << 16 };

/* clang-format off */
static const struct row partition_rows[] = {
    ROW(struct disk_partition, type, "type", .rules = ROW_MADE | ROW_LABEL,
        .about = "What its type means; the type's id when that is not known"),
    ROW(struct disk_partition, number, "number", .rules = ROW_KEY | ROW_MADE,
        .min = 1, .max = PARTITION_NUMBER_MAX,
        .about = "Number, as the guest's system counts"),
    ROW(struct disk_partition, type_id, "typeId", .rules = ROW_MADE,
        .about = "A GUID, or the number of an MBR type"),
    ROW(struct disk_partition, start_in_bytes, "startInBytes", .rules = ROW_MADE,
        .min = 0, .max = BYTES_MAX,
        .about = "Where it begins on the disk"),
    ROW(struct disk_partition, size_in_bytes, "sizeInBytes", .rules = ROW_MADE,
        .min = 0, .max = BYTES_MAX,
        .about = "How large it is"),
    ROW(struct disk_partition, name, "name", .rules = ROW_MADE,
        .about = "The name that a GPT gives it"),
};

static const struct shape partition_shape =
    SHAPE(struct disk_partition, "partition", partition_rows, NULL);

static const struct row boot_rows[] = {
    ROW(struct boot_hints, bios_boot_code, "biosBootCode", .rules = ROW_MADE | ROW_COLUMN,
        .column = "BiosBoot",
        .about = "Whether the first sector holds a program for the BIOS"),
    ROW(struct boot_hints, bios_boot_partition, "biosBootPartition", .rules = ROW_MADE,
        .about = "Whether a GPT has a partition for such a program's second part"),
    ROW(struct boot_hints, efi_system_partition, "efiSystemPartition",
        .rules = ROW_MADE | ROW_COLUMN, .column = "EfiBoot",
        .about = "Whether there is an EFI system partition"),
};

static const struct shape boot_shape = SHAPE(struct boot_hints, "boot hints", boot_rows, NULL);

static const struct row finding_rows[] = {
    ROW(struct finding, text, "text", .rules = ROW_KEY | ROW_MADE, .about = "What was found"),
    ROW(struct finding, level, "level", .rules = ROW_MADE, .choices = &level_choices,
        .about = "An error speaks against publishing the disk, a warning does not"),
    ROW(struct finding, hint, "hint", .rules = ROW_MADE, .about = "What to do about it"),
};

static const struct shape finding_shape = SHAPE(struct finding, "finding", finding_rows, NULL);

static const struct row rows[] = {
    ROW(struct inspection, file, "file", .rules = ROW_MADE | ROW_COLUMN,
        .about = "The file that was looked at"),
    ROW(struct inspection, format, "format", .rules = ROW_MADE | ROW_COLUMN,
        .about = "Format of the disk image"),
    ROW(struct inspection, variant, "variant", .rules = ROW_MADE,
        .about = "What kind of that format"),
    ROW(struct inspection, virtual_size_in_bytes, "virtualSizeInBytes",
        .rules = ROW_MADE | ROW_COLUMN, .min = 1, .max = BYTES_MAX,
        .column = "VirtualSize",
        .about = "Size of the disk, as its guest sees it"),
    ROW(struct inspection, data_size_in_bytes, "dataSizeInBytes",
        .rules = ROW_MADE | ROW_COLUMN, .min = 0, .max = BYTES_MAX,
        .column = "DataSize",
        .about = "What may hold data, as the format's own map says; the rest is zeros"),
    ROW(struct inspection, data_disks, "dataDisks", .rules = ROW_MADE,
        .min = 0, .max = DATA_DISKS_MAX,
        .about = "Number of data disks that an OVA has beside this OS disk"),
    ROW(struct inspection, partition_table, "partitionTable", .rules = ROW_MADE | ROW_COLUMN,
        .choices = &partition_table_choices, .column = "Table",
        .about = "Kind of the partition table"),
    ROW(struct inspection, sector_size_in_bytes, "sectorSizeInBytes", .rules = ROW_MADE,
        .min = 512, .max = 4096,
        .about = "The sectors that a GPT counts"),
    ROW_LIST(struct inspection, partitions, "partitions", &partition_shape,
        .rules = ROW_MADE | ROW_COLUMN,
        .about = "What the partition table lists"),
    ROW_OBJECT(struct inspection, boot, "boot", &boot_shape, .rules = ROW_MADE,
        .about = "What a machine could start from"),
    ROW(struct inspection, definition, "imageDefinition", .rules = ROW_MADE,
        .about = "The image definition that it was compared with"),
    ROW(struct inspection, fits, "fits", .rules = ROW_MADE | ROW_COLUMN,
        .about = "Whether it fits that definition"),
    ROW_LIST(struct inspection, findings, "findings", &finding_shape,
        .rules = ROW_MADE | ROW_COLUMN,
        .about = "What should be known before it is published"),
};
/* clang-format on */

const struct shape inspection_shape = SHAPE(struct inspection, "disk image", rows, NULL);

void inspection_add(struct inspection *inspection, enum finding_level level, const char *hint,
                    const char *format, ...)
{
    struct finding *const finding = VEC_ADD(&inspection->findings);
    char text[256]; /* a sentence */
    va_list args;

    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    *finding = (struct finding){
        .text = text_copy(text),
        .level = level,
        .hint = text_copy(hint),
    };
}

/* --- does it fit? --- */

#define MIB (INT64_C(1) << 20)

/* What the disks of Azure's virtual machines have that hold the system. */
enum { DISK_SECTOR = 512 };

/* Generation 2 starts with UEFI, from an EFI system partition. */
static void judge_generation_2(struct inspection *inspection)
{
    const bool bios = inspection->boot.bios_boot_code.value;

    if (inspection->partition_table == TABLE_MBR)
        inspection_add(inspection, FINDING_ERROR,
                       bios ? "publish it to a definition with --hyper-v-generation V1, or convert "
                              "the table in the guest"
                            : "convert the table in the guest, and install a boot loader for UEFI",
                       "the partition table is an MBR; generation V2 wants a GPT");
    else if (!inspection->boot.efi_system_partition.value)
        inspection_add(inspection, FINDING_ERROR,
                       bios ? "publish it to a definition with --hyper-v-generation V1, or install "
                              "a boot loader for UEFI"
                            : "install a boot loader for UEFI in the guest",
                       "there is no EFI system partition, which generation V2 starts from");
}

/* Generation 1 starts with BIOS, from a program in the first sector; that of a GPT has its second
 * part in a partition. */
static void judge_generation_1(struct inspection *inspection)
{
    const bool efi = inspection->boot.efi_system_partition.value;
    const char *const hint = efi ? "publish it to a definition with --hyper-v-generation V2, or "
                                   "install a boot loader for BIOS"
                                 : "install a boot loader for BIOS in the guest";

    if (!inspection->boot.bios_boot_code.value)
        inspection_add(inspection, FINDING_ERROR, hint,
                       "there is no BIOS boot code, which generation V1 starts from");
    else if (inspection->partition_table == TABLE_GPT &&
             !inspection->boot.bios_boot_partition.value)
        inspection_add(inspection, FINDING_ERROR, hint,
                       "the GPT has no BIOS boot partition, which generation V1 wants");
}

static bool has_error(const struct inspection *inspection)
{
    for (size_t i = 0; i < inspection->findings.count; i++)
        if (inspection->findings.items[i].level == FINDING_ERROR)
            return true;
    return false;
}

/* Where something is wrong already, that there is no table follows from it. */
static void judge_without_table(struct inspection *inspection)
{
    if (has_error(inspection))
        return;
    if (inspection->data_size_in_bytes.set && inspection->data_size_in_bytes.value == 0)
        inspection_add(inspection, FINDING_ERROR, NULL, "it is empty: there is nothing but zeros");
    else
        inspection_add(inspection, FINDING_ERROR,
                       "an OS disk is a whole disk, with a partition table and a boot loader",
                       "there is no partition table");
}

static void judge_boot(struct inspection *inspection, const struct definition *definition)
{
    if (inspection->partition_table == TABLE_NONE)
        judge_without_table(inspection);
    else if (definition->hyper_v_generation == GENERATION_V1)
        judge_generation_1(inspection);
    else
        judge_generation_2(inspection);
    if (inspection->sector_size_in_bytes.set &&
        inspection->sector_size_in_bytes.value != DISK_SECTOR)
        inspection_add(inspection, FINDING_ERROR,
                       "make it anew on a disk with sectors of 512 bytes",
                       "the GPT is for sectors of %lld bytes; OS disks in Azure have %d",
                       (long long)inspection->sector_size_in_bytes.value, DISK_SECTOR);
}

static void judge_size(struct inspection *inspection)
{
    const int64_t size = inspection->virtual_size_in_bytes.value;

    if (size % MIB != 0)
        inspection_add(inspection, FINDING_WARNING,
                       "an export as VHD is rounded up with zeros; other formats are not",
                       "its size is no whole MiB, as Azure wants it");
    if (size > (int64_t)INSPECTION_DISK_MAX_GIB << 30)
        inspection_add(
            inspection, FINDING_ERROR, "make the disk smaller in the guest",
            "it is larger than %d GiB, the most that an image version with full copies holds",
            INSPECTION_DISK_MAX_GIB);
}

void inspection_judge(struct inspection *inspection, const struct definition *definition)
{
    judge_boot(inspection, definition);
    judge_size(inspection);
    inspection->fits = (struct opt_bool){.set = true, .value = !has_error(inspection)};
}

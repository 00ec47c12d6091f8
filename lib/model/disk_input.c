#include "model/disk_input.h"

const struct choices source_format_choices = {
    .noun = "source format",
    .words = (const char *const[]){"raw", "vhd", "vhdx", "qcow2", "vmdk", NULL},
};

/* clang-format off */
static const struct row data_disk_rows[] = {
    ROW(struct data_disk, lun, "lun", .rules = ROW_KEY | ROW_NEEDED, .min = 0, .max = LUN_MAX,
        .about = "Number of the disk"),
    ROW(struct data_disk, path, "path", .rules = ROW_NEEDED, .about = "File it is read from"),
    ROW_OBJECT(struct data_disk, source, "source", &disk_source_shape,
        .about = "What is recorded of it; nothing: the file"),
};

static const struct row disk_member_rows[] = {
    ROW(struct disk_member, lun, "lun", .rules = ROW_KEY, .min = 0, .max = LUN_MAX,
        .about = "Number of the data disk; the OS disk when not given"),
    ROW(struct disk_member, name, "name", .rules = ROW_NEEDED, .about = "Name in the archive"),
};

static const struct choices algorithm_choices = {
    .noun = "digest",
    .words = (const char *const[]){"sha256", "sha512", NULL},
};

static const struct row file_digest_rows[] = {
    ROW(struct file_digest, lun, "lun", .rules = ROW_KEY, .min = 0, .max = LUN_MAX,
        .about = "Number of the data disk; the OS disk when not given"),
    ROW(struct file_digest, algorithm, "algorithm", .rules = ROW_NEEDED,
        .choices = &algorithm_choices, .about = "What kind of digest it is"),
    ROW(struct file_digest, hex, "hex", .rules = ROW_NEEDED, .about = "The digest"),
};
/* clang-format on */

const struct shape data_disk_shape = SHAPE(struct data_disk, "data disk", data_disk_rows, NULL);
const struct shape disk_member_shape =
    SHAPE(struct disk_member, "member of an archive", disk_member_rows, NULL);
const struct shape file_digest_shape =
    SHAPE(struct file_digest, "digest of a file", file_digest_rows, NULL);

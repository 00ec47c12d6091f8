#include "model/difference.h"

#include "model/inspection.h"
#include "model/room.h"
#include "model/version.h"

static const char *const state_words[] = {"Same", "Changed", "Added", "Removed", NULL};
const struct choices disk_state_choices = {.noun = "state", .words = state_words};

static const char *const type_words[] = {"File", "Directory", "Link", "Special", NULL};
const struct choices guest_type_choices = {.noun = "type of a file", .words = type_words};

/* clang-format off */
#define BYTES(type, member, name, ...)                                                             \
    ROW(type, member, name, .rules = ROW_MADE, .min = 0, .max = BYTES_MAX, __VA_ARGS__)

static const struct row change_rows[] = {
    ROW(struct disk_change, partition, "partition", .rules = ROW_MADE, .min = 1, .max = PARTITION_NUMBER_MAX,
        .about = "Number of the partition that it lies in; absent outside of all"),
    ROW(struct disk_change, start_in_bytes, "startInBytes", .rules = ROW_KEY | ROW_MADE, .min = 0, .max = BYTES_MAX,
        .about = "Where it begins on the disk"),
    BYTES(struct disk_change, size_in_bytes, "sizeInBytes",
        .about = "How long it is"),
};

static const struct shape change_shape = SHAPE(struct disk_change, "change", change_rows, NULL);

static const struct row partition_rows[] = {
    ROW(struct partition_difference, type, "type", .rules = ROW_MADE | ROW_LABEL,
        .about = "What its type means, or its id; or 'outside of partitions'"),
    ROW(struct partition_difference, number, "number", .rules = ROW_KEY | ROW_MADE, .min = 1, .max = PARTITION_NUMBER_MAX,
        .about = "Number, as the guest's system counts; absent outside of all"),
    ROW(struct partition_difference, type_id, "typeId", .rules = ROW_MADE,
        .about = "A GUID, or the number of an MBR type"),
    ROW(struct partition_difference, name, "name", .rules = ROW_MADE,
        .about = "The name that a GPT gives it"),
    BYTES(struct partition_difference, start_in_bytes, "startInBytes",
        .about = "Where it begins on the disk"),
    BYTES(struct partition_difference, size_in_bytes, "sizeInBytes",
        .about = "How large it is"),
    BYTES(struct partition_difference, changed_bytes, "changedBytes",
        .about = "Bytes of it that differ"),
    BYTES(struct partition_difference, new_bytes, "newBytes",
        .about = "Of those, data that the first version has not in this place"),
    BYTES(struct partition_difference, freed_bytes, "freedBytes",
        .about = "Of those, zeros where the first version has data"),
};

static const struct shape partition_shape =
    SHAPE(struct partition_difference, "partition", partition_rows, NULL);

static const struct row file_rows[] = {
    ROW(struct file_difference, path, "path", .rules = ROW_KEY | ROW_MADE,
        .about = "Path in the file system; what is no UTF-8 in it as \\xNN"),
    ROW(struct file_difference, state, "state", .rules = ROW_MADE, .choices = &disk_state_choices,
        .about = "Whether it was added, removed or has changed"),
    ROW(struct file_difference, type, "type", .rules = ROW_MADE, .choices = &guest_type_choices,
        .about = "What it is"),
    ROW(struct file_difference, what, "what", .rules = ROW_MADE,
        .about = "What has changed: content, mode, owner, modified (the time)"),
    BYTES(struct file_difference, size, "sizeInBytes",
        .about = "Size in the second version, or where there is one"),
};

static const struct shape file_shape = SHAPE(struct file_difference, "file", file_rows, NULL);

static const struct row file_system_rows[] = {
    ROW(struct file_system_difference, partition, "partition", .rules = ROW_KEY | ROW_MADE,
        .min = 1, .max = PARTITION_NUMBER_MAX,
        .about = "Number of the partition; absent when it is on the whole disk"),
    ROW(struct file_system_difference, type, "type", .rules = ROW_MADE | ROW_LABEL,
        .about = "ext2, ext3 or ext4"),
    ROW(struct file_system_difference, added, "added", .rules = ROW_MADE, .min = 0, .max = BYTES_MAX,
        .about = "How many files, directories and so on were added"),
    ROW(struct file_system_difference, removed, "removed", .rules = ROW_MADE, .min = 0, .max = BYTES_MAX,
        .about = "How many were removed"),
    ROW(struct file_system_difference, changed, "changed", .rules = ROW_MADE, .min = 0, .max = BYTES_MAX,
        .about = "How many have changed"),
    ROW(struct file_system_difference, complete, "complete", .rules = ROW_MADE,
        .about = "Whether all of both file systems was looked at"),
    ROW(struct file_system_difference, note, "note", .rules = ROW_MADE,
        .about = "Why not, or what else is to be known"),
    ROW_LIST(struct file_system_difference, files, "files", &file_shape, .rules = ROW_MADE,
        .about = "The first that differ, as many as --files asks for"),
};

static const struct shape file_system_shape =
    SHAPE(struct file_system_difference, "file system", file_system_rows, NULL);

static const struct row disk_rows[] = {
    ROW(struct disk_difference, disk, "disk", .rules = ROW_KEY | ROW_MADE | ROW_COLUMN,
        .about = "The disk: os, or data- and its LUN"),
    ROW(struct disk_difference, lun, "lun", .rules = ROW_MADE, .min = 0, .max = LUN_MAX,
        .about = "LUN of a data disk"),
    ROW(struct disk_difference, state, "state", .rules = ROW_MADE | ROW_COLUMN, .choices = &disk_state_choices,
        .about = "Whether it is the same, has changed, was added or removed"),
    BYTES(struct disk_difference, from_size, "fromSizeInBytes",
        .about = "Size of the disk in the first version; absent when it has none"),
    BYTES(struct disk_difference, to_size, "toSizeInBytes",
        .about = "Size of the disk in the second version; absent when it has none"),
    BYTES(struct disk_difference, equal_bytes, "equalBytes",
        .about = "Data that both have in the same place; zeros are not counted"),
    BYTES(struct disk_difference, changed_bytes, "changedBytes",
        .about = "Bytes that differ, in whole blocks of 4 KiB"),
    BYTES(struct disk_difference, new_bytes, "newBytes",
        .about = "Of those, data that the first version has not in this place"),
    BYTES(struct disk_difference, freed_bytes, "freedBytes",
        .about = "Of those, zeros where the first version has data"),
    ROW(struct disk_difference, partition_table, "partitionTable", .rules = ROW_MADE,
        .choices = &partition_table_choices,
        .about = "Kind of the partition table, of the second version if it has one"),
    ROW(struct disk_difference, table_changed, "partitionTableChanged", .rules = ROW_MADE,
        .about = "Whether the partitions of both versions are not the same"),
    ROW_LIST(struct disk_difference, partitions, "partitions", &partition_shape, .rules = ROW_MADE,
        .about = "What differs by partition, and what does outside of them"),
    ROW(struct disk_difference, change_count, "changeCount", .rules = ROW_MADE, .min = 0, .max = BYTES_MAX,
        .about = "How many changes there are: blocks in a row that differ"),
    ROW_LIST(struct disk_difference, changes, "changes", &change_shape, .rules = ROW_MADE,
        .about = "The first of them, as many as --changes asks for"),
    ROW_LIST(struct disk_difference, file_systems, "fileSystems", &file_system_shape, .rules = ROW_MADE,
        .about = "With --files: what differs in file systems that both have"),
};

static const struct shape disk_shape = SHAPE(struct disk_difference, "disk", disk_rows, NULL);

static const struct row stored_rows[] = {
    ROW(struct stored_difference, replica, "replica", .rules = ROW_MADE,
        .about = "The replica that was looked at, which has both versions"),
    BYTES(struct stored_difference, stored_bytes, "storedBytes",
        .about = "What the second version needs there, as it is compressed"),
    BYTES(struct stored_difference, shared_bytes, "sharedBytes",
        .about = "Of that, what the first version needs as well"),
    BYTES(struct stored_difference, new_bytes, "newBytes",
        .about = "Of that, what only the second version needs"),
};

static const struct shape stored_shape = SHAPE(struct stored_difference, "stored", stored_rows, NULL);

static const struct row rows[] = {
    ROW(struct difference, from, "from", .rules = ROW_MADE | ROW_COLUMN,
        .about = "The first image version"),
    ROW(struct difference, to, "to", .rules = ROW_MADE | ROW_COLUMN,
        .about = "The second one"),
    ROW(struct difference, identical, "identical", .rules = ROW_MADE | ROW_COLUMN,
        .about = "Whether both have the same disks, byte for byte"),
    BYTES(struct difference, equal_bytes, "equalBytes",
        .about = "Data that both have in the same place, of all disks"),
    BYTES(struct difference, changed_bytes, "changedBytes",
        .about = "Bytes that differ, of all disks"),
    BYTES(struct difference, new_bytes, "newBytes",
        .about = "Of those, data that the first version has not in this place"),
    BYTES(struct difference, freed_bytes, "freedBytes",
        .about = "Of those, zeros where the first version has data"),
    ROW_OBJECT(struct difference, stored, "stored", &stored_shape, .rules = ROW_MADE,
        .about = "What of the second version is stored for it alone"),
    ROW_LIST(struct difference, disks, "disks", &disk_shape, .rules = ROW_MADE | ROW_BELOW,
        .about = "Disk by disk"),
};
/* clang-format on */

const struct shape difference_shape = SHAPE(struct difference, "difference", rows, NULL);

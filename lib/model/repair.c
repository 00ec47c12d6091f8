#include "model/repair.h"

#include "model/room.h"

/* clang-format off */
static const struct row act_rows[] = {
    ROW(struct repair_act, path, "path", .rules = ROW_KEY | ROW_MADE | ROW_COLUMN,
        .about = "The file or directory, in the store"),
    ROW(struct repair_act, replica, "replica", .rules = ROW_MADE,
        .about = "The replica that it is in"),
    ROW(struct repair_act, from, "from", .rules = ROW_MADE | ROW_COLUMN,
        .about = "Where the bytes came from: replicas, or the file that was given"),
    ROW(struct repair_act, bytes, "bytes", .rules = ROW_MADE | ROW_COLUMN, .min = 0, .max = BYTES_MAX,
        .about = "Bytes that were written"),
};

static const struct row range_rows[] = {
    ROW(struct repair_range, offset, "offset", .rules = ROW_KEY | ROW_MADE, .min = 0, .max = BYTES_MAX,
        .about = "The first byte of the disk"),
    ROW(struct repair_range, length, "length", .rules = ROW_MADE, .min = 0, .max = BYTES_MAX,
        .about = "How many bytes"),
};
/* clang-format on */

static const struct shape act_shape = SHAPE(struct repair_act, "repair", act_rows, NULL);
static const struct shape range_shape = SHAPE(struct repair_range, "range", range_rows, NULL);

/* clang-format off */
static const struct row loss_rows[] = {
    ROW(struct repair_loss, version, "imageVersion", .rules = ROW_KEY | ROW_MADE | ROW_COLUMN,
        .about = "The image version"),
    ROW(struct repair_loss, disk, "disk", .rules = ROW_MADE | ROW_COLUMN,
        .about = "Which of its disks: 'os', or the LUN of a data disk"),
    ROW(struct repair_loss, replicas, "replicas", .rules = ROW_MADE,
        .about = "Replicas that were looked for it in, and are to have it"),
    ROW(struct repair_loss, bytes, "bytes", .rules = ROW_MADE | ROW_COLUMN, .min = 0, .max = BYTES_MAX,
        .about = "Bytes of the disk that are lost"),
    ROW_LIST(struct repair_loss, ranges, "ranges", &range_shape, .rules = ROW_MADE,
        .about = "Where on the disk they are"),
    ROW(struct repair_loss, where, "where", .rules = ROW_MADE | ROW_COLUMN,
        .about = "The first of them in short, as OFFSET+LENGTH"),
    ROW(struct repair_loss, hint, "hint", .rules = ROW_MADE | ROW_COLUMN, .about = "What would help"),
};

static const struct row trouble_rows[] = {
    ROW(struct repair_trouble, text, "text", .rules = ROW_KEY | ROW_MADE | ROW_COLUMN,
        .about = "What was found"),
    ROW(struct repair_trouble, path, "path", .rules = ROW_MADE | ROW_COLUMN,
        .about = "The file or directory, in the store"),
    ROW(struct repair_trouble, hint, "hint", .rules = ROW_MADE | ROW_COLUMN, .about = "What to do about it"),
};
/* clang-format on */

static const struct shape loss_shape = SHAPE(struct repair_loss, "loss", loss_rows, NULL);
static const struct shape trouble_shape =
    SHAPE(struct repair_trouble, "trouble", trouble_rows, NULL);

/* clang-format off */
static const struct row rows[] = {
    ROW(struct repair, sound, "sound", .rules = ROW_MADE | ROW_COLUMN,
        .about = "Whether what was looked at is as it should be now; not where a plan has repairs"),
    ROW(struct repair, replicas, "replicas", .rules = ROW_MADE | ROW_COLUMN,
        .about = "Replica directories that were looked at, each zone by itself"),
    ROW(struct repair, disks, "disks", .rules = ROW_MADE | ROW_COLUMN,
        .about = "Disks, one in each replica, that were looked at"),
    ROW(struct repair, blobs, "blobs", .rules = ROW_MADE | ROW_COLUMN,
        .about = "Blobs that were read back and found sound"),
    ROW(struct repair, bytes_read, "bytesRead", .rules = ROW_MADE | ROW_COLUMN, .min = 0, .max = BYTES_MAX,
        .about = "Bytes of those blobs"),
    ROW(struct repair, bytes_written, "bytesWritten", .rules = ROW_MADE | ROW_COLUMN, .min = 0, .max = BYTES_MAX,
        .about = "Bytes of all repairs; in a plan at most so many, as far as it can tell"),
    ROW(struct repair, planned, "planned", .rules = ROW_MADE,
        .about = "Whether this is what a repair would do, and nothing was changed"),
    ROW_LIST(struct repair, acts, "repairs", &act_shape, .rules = ROW_MADE | ROW_BELOW | ROW_ALWAYS,
        .about = "What was repaired"),
    ROW_LIST(struct repair, losses, "losses", &loss_shape, .rules = ROW_MADE | ROW_BELOW | ROW_ALWAYS,
        .about = "Disks of which bytes are nowhere to be found"),
    ROW_LIST(struct repair, troubles, "troubles", &trouble_shape, .rules = ROW_MADE | ROW_BELOW | ROW_ALWAYS,
        .about = "What else is wrong, and not to be repaired from copies"),
};

static const struct row note_rows[] = {
    ROW(struct repair_note, replica, "replica", .rules = ROW_MADE | ROW_NEEDED,
        .about = "The replica: region, storage type and number"),
    ROW(struct repair_note, file, "file", .rules = ROW_MADE | ROW_NEEDED,
        .about = "The blob or disk map in it"),
    ROW(struct repair_note, details, "details", .rules = ROW_MADE, .about = "What was wrong with it"),
    ROW(struct repair_note, found_date, "foundDate", .rules = ROW_MADE, .about = "When somebody met it"),
};
/* clang-format on */

const struct shape repair_shape = SHAPE(struct repair, "repair", rows, NULL);
const struct shape repair_note_shape = SHAPE(struct repair_note, "repair note", note_rows, NULL);

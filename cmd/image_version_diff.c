/* What differs between two versions, for 'sig image-version'. */
#include <string.h>

#include "base/text.h"
#include "cmd/image_version.h"
#include "cmd/render.h"

struct diff_request {
    struct reference ref;
    char *other;
    char *region;
    struct opt_int changes;
    struct opt_int files;
};

/* clang-format off */
static const struct row diff_rows[] = {
    ROW_OBJECT(struct diff_request, ref, "reference", &reference_shape,
               .about = "The first image version"),
    ROW(struct diff_request, other, "other", .rules = ROW_NEEDED, .metavar = "VERSION",
        .about = "The second image version; a number alone is one of the same definition"),
    ROW(struct diff_request, region, "region", .flag = "--region", .metavar = "REGION",
        .parse = region_parse_words, .check = region_check,
        .about = "Where to read first, and where 'latest' or a range is to be complete"),
    ROW(struct diff_request, changes, "changes", .flag = "--changes", .metavar = "COUNT",
        .min = 1, .max = DIFFERENCE_CHANGES_MAX,
        .about = "List the first so many changes of each disk, by offset and length"),
    ROW(struct diff_request, files, "files", .flag = "--files", .metavar = "COUNT",
        .min = 0, .max = DIFFERENCE_CHANGES_MAX,
        .about = "Compare the files of ext2, ext3 and ext4, and list so many of each file system"),
};
/* clang-format on */

const struct shape version_diff_shape = SHAPE(struct diff_request, "request", diff_rows, NULL);

/* What has no slash is a version of the definition that the first one is of. */
static int parse_other(const struct diff_request *asked, struct reference *ret, struct err *err)
{
    if (strchr(asked->other, '/'))
        return reference_parse(asked->other, ret, err);
    shape_copy(&reference_shape, ret, &asked->ref);
    text_replace(&ret->version, asked->other);
    return 0;
}

int version_run_diff(struct run *run, const void *request, void *result, struct err *err)
{
    const struct diff_request *const asked = request;
    struct reference other = {0};
    int rc = parse_other(asked, &other, err);

    if (rc == 0) {
        const struct version_diff call = {
            .from = asked->ref,
            .to = other,
            .region = asked->region,
            .changes = asked->changes,
            .files = asked->files,
        };

        rc = gal_version_diff(run->store, &call, result, err);
    }
    shape_done(&reference_shape, &other);
    return rc;
}

/* --- as a table --- */

/* A disk, or one of its partitions. */
struct line {
    char *disk;
    unsigned state;
    struct opt_int partition;
    char *type, *name;
    struct opt_int size, equal_bytes, changed_bytes, new_bytes, freed_bytes;
};

/* clang-format off */
static const struct row line_rows[] = {
    ROW(struct line, disk, "disk", .rules = ROW_COLUMN),
    ROW(struct line, state, "state", .rules = ROW_COLUMN, .choices = &disk_state_choices),
    ROW(struct line, partition, "partition", .rules = ROW_COLUMN),
    ROW(struct line, type, "type", .rules = ROW_COLUMN),
    ROW(struct line, name, "name", .rules = ROW_COLUMN),
    ROW(struct line, size, "size", .rules = ROW_COLUMN),
    ROW(struct line, equal_bytes, "equalBytes", .rules = ROW_COLUMN),
    ROW(struct line, changed_bytes, "changedBytes", .rules = ROW_COLUMN),
    ROW(struct line, new_bytes, "newBytes", .rules = ROW_COLUMN),
    ROW(struct line, freed_bytes, "freedBytes", .rules = ROW_COLUMN),
};
/* clang-format on */

static const struct shape line_shape = SHAPE(struct line, "line", line_rows, NULL);

struct lines {
    struct line *items;
    size_t count;
};

static void add_partition(struct lines *lines, const char *disk,
                          const struct partition_difference *partition)
{
    *VEC_ADD(lines) = (struct line){
        .disk = text_copy(disk),
        .partition = partition->number,
        .type = text_copy(partition->type),
        .name = text_copy(partition->name),
        .size = partition->size_in_bytes,
        .changed_bytes = partition->changed_bytes,
        .new_bytes = partition->new_bytes,
        .freed_bytes = partition->freed_bytes,
    };
}

static void add_disk(struct lines *lines, const struct disk_difference *disk)
{
    *VEC_ADD(lines) = (struct line){
        .disk = text_copy(disk->disk),
        .state = disk->state,
        .size = disk->to_size.set ? disk->to_size : disk->from_size,
        .equal_bytes = disk->equal_bytes,
        .changed_bytes = disk->changed_bytes,
        .new_bytes = disk->new_bytes,
        .freed_bytes = disk->freed_bytes,
    };
    for (size_t i = 0; i < disk->partitions.count; i++)
        add_partition(lines, disk->disk, &disk->partitions.items[i]);
}

static void add_note(struct buf *out, const struct disk_difference *disk)
{
    const int64_t from = disk->from_size.value, to = disk->to_size.value;

    if (disk->from_size.set && disk->to_size.set && from != to)
        buf_printf(out, "%s: %s from %lld to %lld bytes\n", disk->disk,
                   from < to ? "grown" : "made smaller", (long long)from, (long long)to);
    if (disk->table_changed.value)
        buf_printf(out, "%s: the partition table is not the same\n", disk->disk);
}

static void add_stored(struct buf *out, const struct stored_difference *stored)
{
    if (stored->replica)
        buf_printf(out, "stored in %s: %lld bytes, %lld of them shared, %lld new\n",
                   stored->replica, (long long)stored->stored_bytes.value,
                   (long long)stored->shared_bytes.value, (long long)stored->new_bytes.value);
}

/* A file that differs. */
struct file_line {
    char *disk;
    struct opt_int partition;
    unsigned state, type;
    struct texts what;
    struct opt_int size;
    char *path;
};

/* clang-format off */
static const struct row file_line_rows[] = {
    ROW(struct file_line, disk, "disk", .rules = ROW_COLUMN),
    ROW(struct file_line, partition, "partition", .rules = ROW_COLUMN),
    ROW(struct file_line, state, "state", .rules = ROW_COLUMN, .choices = &disk_state_choices),
    ROW(struct file_line, type, "type", .rules = ROW_COLUMN, .choices = &guest_type_choices),
    ROW(struct file_line, what, "what", .rules = ROW_COLUMN),
    ROW(struct file_line, size, "size", .rules = ROW_COLUMN),
    ROW(struct file_line, path, "path", .rules = ROW_COLUMN),
};
/* clang-format on */

static const struct shape file_line_shape = SHAPE(struct file_line, "line", file_line_rows, NULL);

struct file_lines {
    struct file_line *items;
    size_t count;
};

static void add_files(struct file_lines *lines, const struct disk_difference *disk,
                      const struct file_system_difference *found)
{
    for (size_t i = 0; i < found->files.count; i++) {
        const struct file_difference *const file = &found->files.items[i];
        struct file_line *const line = VEC_ADD(lines);

        *line = (struct file_line){
            .disk = text_copy(disk->disk),
            .partition = found->partition,
            .state = file->state,
            .type = file->type,
            .size = file->size,
            .path = text_copy(file->path),
        };
        for (size_t w = 0; w < file->what.count; w++)
            texts_add(&line->what, file->what.items[w]);
    }
}

/* "os, partition 3, ext4: of files 2 added, 0 removed, 1 changed". */
static void add_file_system(struct buf *out, const struct disk_difference *disk,
                            const struct file_system_difference *found)
{
    buf_add_text(out, disk->disk);
    if (found->partition.set)
        buf_printf(out, ", partition %lld", (long long)found->partition.value);
    if (found->type)
        buf_printf(out, ", %s: of files %lld added, %lld removed, %lld changed", found->type,
                   (long long)found->added.value, (long long)found->removed.value,
                   (long long)found->changed.value);
    if (!found->complete.value)
        buf_add_text(out, found->type ? ", and not all was looked at" : ": files cannot be told");
    if (found->note) {
        buf_add_text(out, ": ");
        text_add_inert(out, found->note);
    }
    buf_add_char(out, '\n');
}

static void add_file_systems(struct buf *out, const struct look *look,
                             const struct difference *difference)
{
    struct file_lines lines = {0};
    const struct result table = {.shape = &file_line_shape, .value = &lines, .listed = true};

    for (size_t d = 0; d < difference->disks.count; d++) {
        const struct disk_difference *const disk = &difference->disks.items[d];

        for (size_t i = 0; i < disk->file_systems.count; i++) {
            add_file_system(out, disk, &disk->file_systems.items[i]);
            add_files(&lines, disk, &disk->file_systems.items[i]);
        }
    }
    if (lines.count > 0) {
        buf_add_char(out, '\n');
        render_table(out, look, &table);
    }
    list_done(&lines, &file_line_shape);
}

void version_diff_add_table(struct buf *out, const struct look *look, const void *result)
{
    const struct difference *const difference = result;
    struct lines lines = {0};
    const struct result table = {.shape = &line_shape, .value = &lines, .listed = true};

    for (size_t i = 0; i < difference->disks.count; i++)
        add_disk(&lines, &difference->disks.items[i]);
    render_table(out, look, &table);
    buf_add_char(out, '\n');
    if (difference->identical.value)
        buf_add_text(out, "the disks are the same\n");
    for (size_t i = 0; i < difference->disks.count; i++)
        add_note(out, &difference->disks.items[i]);
    add_stored(out, &difference->stored);
    add_file_systems(out, look, difference);
    list_done(&lines, &line_shape);
}

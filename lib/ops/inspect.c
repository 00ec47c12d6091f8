/* Looking at a disk image before it is published. */
#include "ops/inspect.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/number.h"
#include "base/text.h"
#include "blob/block.h"
#include "ops/disk.h"
#include "os/thread.h"

_Static_assert((int)PARTITIONS_GPT == (int)TABLE_GPT && (int)PARTITIONS_MBR == (int)TABLE_MBR &&
                   (int)PARTITIONS_NONE == (int)TABLE_NONE,
               "a kind of partition table is handed on as it is");
_Static_assert(FULL_DISK_MAX == (uint64_t)INSPECTION_DISK_MAX_GIB << 30,
               "what fits is what publishing takes");

/* Of a stream this much is kept to look at: partition tables, and at the end their backups, lie
 * well within it. */
enum { HEAD_SIZE = 1 << 20, TAIL_SIZE = 1 << 16 };

/* What is too large to be published is worth looking at too, as far as JSON has numbers for it. */
#define LOOK_MAX ((uint64_t)1 << 53)

/* --- the partition table, in the model's words --- */

static struct opt_bool bool_of(bool value)
{
    return (struct opt_bool){.set = true, .value = value};
}

static void add_partition(struct inspection *inspection, const struct partition *partition)
{
    *VEC_ADD(&inspection->partitions) = (struct disk_partition){
        .type = text_copy(partition->type ? partition->type : partition->id),
        .number = opt_int_of(partition->number),
        .type_id = text_copy(partition->id),
        .start_in_bytes = opt_int_of(partition->start),
        .size_in_bytes = opt_int_of(partition->size),
        .name = text_copy(partition->name),
    };
    if (partition->outside)
        inspection_add(inspection, FINDING_ERROR,
                       "the disk was cut short or made smaller: copy or convert it again",
                       "partition %u does not end within the disk", partition->number);
}

static void describe(struct inspection *inspection, const struct partitions *partitions)
{
    inspection->partition_table = (unsigned)partitions->table;
    if (partitions->table == PARTITIONS_GPT)
        inspection->sector_size_in_bytes = opt_int_of(partitions->sector);
    inspection->boot = (struct boot_hints){
        .bios_boot_code = bool_of(partitions->boot_code),
        .bios_boot_partition = bool_of(partitions->bios_boot),
        .efi_system_partition = bool_of(partitions->efi_system),
    };
    if (partitions->gpt_is_broken)
        inspection_add(inspection, FINDING_ERROR, "repair it in the guest: gdisk does",
                       "the GPT is damaged, at the beginning and at the end of the disk");
    if (partitions->from_backup)
        inspection_add(inspection, FINDING_WARNING, "repair it in the guest: gdisk does",
                       "the GPT at the beginning of the disk is damaged; that at its end is not");
    for (size_t i = 0; i < partitions->count; i++)
        add_partition(inspection, &partitions->items[i]);
}

static int look_at(const struct disk_bytes *disk, struct inspection *inspection, struct err *err)
{
    struct partitions partitions = {0};
    const int rc = partitions_read(disk, &partitions, err);

    if (rc == 0)
        describe(inspection, &partitions);
    partitions_done(&partitions);
    return rc;
}

/* --- a disk that can be read anywhere --- */

static int read_cursor(void *user, void *bytes, size_t length, uint64_t offset, struct err *err)
{
    return source_read(user, bytes, length, offset, err);
}

static int look_through(const struct source *source, struct source_cursor *cursor,
                        struct inspection *inspection, struct err *err)
{
    const struct disk_bytes disk = {
        .read = read_cursor,
        .user = cursor,
        .size = source_size(source),
        .head = source_size(source),
    };

    return look_at(&disk, inspection, err);
}

/* Bytes that may hold anything but zeros. */
static int sum_data(const struct source *source, struct source_cursor *cursor, uint64_t *ret,
                    struct err *err)
{
    uint64_t start = 0, end = 0, sum = 0;
    int rc = 0;

    while (rc == 0 && end < source_size(source)) {
        rc = source_next_data(cursor, end, &start, &end, err);
        if (rc == 0)
            sum += end - start;
    }
    *ret = sum;
    return rc;
}

static int inspect_image(const struct source *source, struct inspection *inspection,
                         struct err *err)
{
    struct source_cursor *const cursor = source_cursor_new(source);
    uint64_t data = 0;
    int rc = look_through(source, cursor, inspection, err);

    if (rc == 0)
        rc = sum_data(source, cursor, &data, err);
    inspection->data_size_in_bytes = opt_int_of(data);
    source_cursor_free(cursor);
    return rc;
}

/* --- a disk that can only be read from front to back --- */

struct ends {
    uint8_t head[HEAD_SIZE];
    uint8_t tail[TAIL_SIZE]; /* the last bytes so far, at its end */
    uint64_t size;           /* of the disk, so far */
    uint64_t data;           /* bytes of blocks that are not all zeros */
};

static int read_end(void *user, void *bytes, size_t length, uint64_t offset, struct err *err)
{
    const struct ends *const ends = user;

    (void)err;
    if (offset + length <= HEAD_SIZE)
        memcpy(bytes, ends->head + offset, length);
    else
        memcpy(bytes, ends->tail + TAIL_SIZE - (ends->size - offset), length);
    return 0;
}

static void keep_tail(struct ends *ends, const uint8_t *bytes, size_t length)
{
    const size_t part = (size_t)number_smaller(length, TAIL_SIZE);

    memmove(ends->tail, ends->tail + part, TAIL_SIZE - part);
    memcpy(ends->tail + TAIL_SIZE - part, bytes + length - part, part);
}

static void count_data(struct ends *ends, uint8_t *bytes, size_t length)
{
    for (size_t at = 0; at < length; at += BLOCK_SIZE) {
        const size_t part = (size_t)number_smaller(BLOCK_SIZE, length - at);

        memset(bytes + at + part, 0, BLOCK_SIZE - part);
        if (!block_is_hole(bytes + at))
            ends->data += part;
    }
}

static void pass_hole(struct source *source, struct ends *ends)
{
    const uint64_t length = source_pass_hole(source, HEAD_SIZE);

    if (length > 0)
        memset(ends->tail, 0, TAIL_SIZE);
    ends->size += length;
}

static void show_progress(const struct context *context, const char *file, uint64_t done,
                          bool finished)
{
    const struct progress progress = {
        .action = "inspect", .what = file, .done = done, .finished = finished};

    if (context->progress)
        context->progress(context->user, &progress);
}

/* To its end: how large it is comes to light only there. */
static int pull_all(const struct context *context, const char *file, struct source *source,
                    struct ends *ends, struct err *err)
{
    uint8_t *const bytes = mem_new(HEAD_SIZE, 1);
    size_t got;
    int rc;

    do {
        pass_hole(source, ends);
        rc = source_pull(source, bytes, HEAD_SIZE, &got, err);
        if (rc < 0)
            break;
        if (ends->size == 0)
            memcpy(ends->head, bytes, got);
        ends->size += got;
        keep_tail(ends, bytes, got);
        count_data(ends, bytes, got);
        show_progress(context, file, ends->size, got < HEAD_SIZE);
    } while (got == HEAD_SIZE);
    free(bytes);
    return rc;
}

static int inspect_stream(const struct context *context, const char *file, struct source *source,
                          struct inspection *inspection, struct err *err)
{
    struct ends *const ends = mem_new(1, sizeof *ends);
    int rc = pull_all(context, file, source, ends, err);

    if (rc == 0) {
        const struct disk_bytes disk = {
            .read = read_end,
            .user = ends,
            .size = ends->size,
            .head = number_smaller(ends->size, HEAD_SIZE),
            .tail = number_smaller(ends->size, TAIL_SIZE),
        };

        inspection->data_size_in_bytes = opt_int_of(ends->data);
        rc = look_at(&disk, inspection, err);
    }
    free(ends);
    return rc;
}

/* --- the verb --- */

static int inspect_source(const struct context *context, const struct inspect_request *request,
                          struct source *source, struct inspection *ret, struct err *err)
{
    const int rc = source_is_stream(source)
                       ? inspect_stream(context, request->file, source, ret, err)
                       : inspect_image(source, ret, err);

    if (rc)
        return rc;
    text_replace(&ret->file, request->file);
    text_replace(&ret->format, source_format_name(source));
    if (*source_variant(source))
        text_replace(&ret->variant, source_variant(source));
    ret->virtual_size_in_bytes = opt_int_of(source_size(source));
    return 0;
}

/* Of an OVA the first disk, which is the OS disk of a publish. */
static int inspect_file(const struct context *context, const struct inspect_request *request,
                        struct inspection *ret, struct err *err)
{
    const struct source_request wanted = {
        .path = request->file,
        .format = (enum source_format)request->source_format,
        .limit = LOOK_MAX,
        .member = request->member,
        .temporary = context->temporary,
        .threads = context->threads ? context->threads : thread_processors(),
    };
    struct source_list list = {0};
    int rc = source_open_all(&wanted, &list, err);

    if (rc == 0)
        rc = inspect_source(context, request, list.items[0], ret, err);
    if (rc == 0 && list.count > 1)
        ret->data_disks = opt_int_of(list.count - 1);
    source_list_close(&list);
    return rc;
}

/* `word` is what was typed; *ret_name what it names: "prod/ubuntu". */
static int read_definition(const struct context *context, const char *word, char **ret_name,
                           struct definition *ret, struct err *err)
{
    struct reference ref = {0};
    struct store *store = NULL;
    struct buf name = {0};
    int rc = reference_parse(word, &ref, err);

    if (rc == 0 && !context->store_path) {
        err_set(err, E_USAGE, "no store is named that would have '%s'", word);
        rc = err_hint(err, "name it with '--store DIR' or in SIG_STORE");
    }
    if (rc == 0)
        rc = gal_open(context, GAL_READ, &store, err);
    if (rc == 0)
        rc = gal_definition_show(store, &ref, ret, err);
    gal_close(store);
    if (rc == 0) {
        reference_add_text(&name, &ref);
        *ret_name = buf_take(&name);
    }
    shape_done(&reference_shape, &ref);
    return rc;
}

int gal_inspect(const struct context *context, const struct inspect_request *request,
                struct inspection *ret, struct err *err)
{
    struct definition definition = {0};
    struct inspection inspection = {0};
    int rc = 0;

    if (request->definition)
        rc =
            read_definition(context, request->definition, &inspection.definition, &definition, err);
    if (rc == 0) {
        rc = inspect_file(context, request, &inspection, err);
        if (rc)
            err_wrap(err, "cannot inspect '%s'", request->file);
    }
    if (rc == 0 && request->definition)
        inspection_judge(&inspection, &definition);
    shape_done(&definition_shape, &definition);
    if (rc)
        shape_done(&inspection_shape, &inspection);
    else
        *ret = inspection;
    return rc;
}

/* --- beside a publish --- */

static bool has_table(const struct inspection *inspection)
{
    return inspection->partition_table != TABLE_NONE || inspection->findings.count > 0;
}

/* Judge what is looked at, and say it. */
static int note_findings(const struct store *store, const struct definition *definition,
                         const char *name, const struct disk_bytes *disk, struct err *err)
{
    struct inspection inspection = {.virtual_size_in_bytes = opt_int_of(disk->size)};
    const int rc = look_at(disk, &inspection, err);

    if (rc == 0 && has_table(&inspection)) {
        inspection_judge(&inspection, definition);
        for (size_t i = 0; i < inspection.findings.count; i++)
            store_notice(store, "OS disk '%s': %s", name, inspection.findings.items[i].text);
    }
    shape_done(&inspection_shape, &inspection);
    return rc;
}

int inspect_os_disk(const struct store *store, const struct definition *definition,
                    const struct sources *sources, struct err *err)
{
    const struct source *const source = sources->items[0].source;
    struct disk_bytes disk = {.read = read_cursor};
    int rc;

    if (source_is_stream(source))
        return 0;
    disk.size = disk.head = source_size(source);
    disk.user = source_cursor_new(source);
    rc = note_findings(store, definition, sources->items[0].path, &disk, err);
    source_cursor_free(disk.user);
    return rc;
}

int inspect_stored_disk(const struct store *store, const struct definition *definition,
                        const char *name, struct gal_disk *stored, struct err *err)
{
    const struct disk_bytes disk = disk_bytes_of(stored);

    return note_findings(store, definition, name, &disk, err);
}

int inspect_stored_table(struct gal_disk *stored, struct inspection *ret, struct err *err)
{
    const struct disk_bytes disk = disk_bytes_of(stored);

    return look_at(&disk, ret, err);
}

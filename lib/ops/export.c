/* Getting disks back: what is asked for, and each disk in turn. */
#include "ops/export.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "ops/disk.h"
#include "ops/trash.h"
#include "os/file.h"
#include "os/output.h"

const struct choices export_format_choices = {
    .noun = "image format",
    .words = (const char *const[]){"raw", "vhd", "vhd-dynamic", "vhdx", "qcow2", "vmdk", NULL},
};

const struct choices export_verify_choices = {
    .noun = "kind of verification",
    .words = (const char *const[]){"full", "fast", NULL},
};

/* What a format is for the writer, and how names of files in it end. */
static const struct {
    enum image_format format;
    const char *ending;
} formats[] = {
    [FORMAT_RAW] = {IMAGE_RAW, ".raw"},
    [FORMAT_VHD] = {IMAGE_VHD, ".vhd"},
    [FORMAT_VHD_DYNAMIC] = {IMAGE_VHD_DYNAMIC, ".vhd"},
    [FORMAT_VHDX] = {IMAGE_VHDX, ".vhdx"},
    [FORMAT_QCOW2] = {IMAGE_QCOW2, ".qcow2"},
    [FORMAT_VMDK] = {IMAGE_VMDK, ".vmdk"},
};

enum { FORMATS = sizeof formats / sizeof *formats };

/* One disk of those that are exported. */
struct export_disk {
    const struct disk_image *disk;
    char *base; /* of its file, with --all-disks */
    char *file; /* for messages, with --all-disks */
    char *what; /* for progress */
    struct image_writer *writer;
    struct target target;
    uint64_t file_size;
};

struct export_work {
    struct store *store;
    const struct version_export *request;
    const struct reference *ref;
    enum export_format format;
    struct version_disks disks;
    struct {
        struct export_disk *items;
        size_t count;
    } list;
};

/* --- what is asked for --- */

/* By the ending of the file; those of formats that are not written are no raw disks either. */
static int choose_format(const struct version_export *request, enum export_format *ret,
                         struct err *err)
{
    static const char *const others[] = {".vdi", ".qed", ".qcow", ".vpc", ".ova", ".tar", ".zip",
                                         ".gz",  ".xz",  ".zst",  ".bz2", ".lz4", ".iso"};

    *ret = request->format ? (enum export_format)request->format : FORMAT_RAW;
    if (request->format || !request->file)
        return 0;
    for (size_t i = 1; i < FORMATS; i++) {
        if (!text_ends(request->file, formats[i].ending))
            continue;
        *ret = (enum export_format)i;
        return 0;
    }
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        if (!text_ends(request->file, others[i]))
            continue;
        err_set(err, E_UNSUPPORTED, "'%s' is not a format that is written", others[i]);
        return err_hint(err, "--format says which one it shall be, whatever the name");
    }
    return 0;
}

static int check_request(const struct version_export *request, struct err *err)
{
    if (request->all_disks && request->file)
        return err_set(err, E_USAGE, "--all-disks takes no FILE: the disks go into its directory");
    if (request->all_disks && request->data_disk.set)
        return err_set(err, E_USAGE, "--all-disks and --data-disk exclude each other");
    if (request->all_disks && text_equal(request->all_disks, "-"))
        return err_set(err, E_USAGE, "--all-disks names a directory: several disks are no stream");
    if (request->all_disks || request->file)
        return 0;
    err_set(err, E_USAGE, "FILE is missing");
    return err_hint(err, "'-' is standard output; --all-disks DIR writes every disk");
}

/* Whether there is such a format at all, before anything is opened. */
static int check_format(const struct export_work *work, struct err *err)
{
    const struct image_request request = {
        .format = formats[work->format].format,
        .compress = work->request->compress,
        .size = 1,
    };
    struct image_writer *writer = NULL;
    const int rc = image_writer_new(&request, &writer, err);

    image_writer_free(writer);
    return rc;
}

static void add_disk(struct export_work *work, const struct disk_image *disk, const char *name)
{
    struct export_disk *added = VEC_ADD(&work->list);
    const char *directory = work->request->all_disks;
    struct buf what = {0};

    *added = (struct export_disk){.disk = disk, .target = TARGET_NONE};
    reference_add_text(&what, work->ref);
    if (directory) {
        buf_printf(&what, " (%s)", name);
        added->base = text_printf("%s%s", name, formats[work->format].ending);
        added->file =
            text_printf("%s%s%s", directory, text_ends(directory, "/") ? "" : "/", added->base);
    }
    added->what = buf_take(&what);
}

static int list_disks(struct export_work *work, struct err *err)
{
    const struct storage_profile *profile = &work->disks.version.storage_profile;
    const struct disk_image *disk;
    int rc;

    if (!work->request->all_disks) {
        rc = version_disks_find(&work->disks, &work->request->data_disk, &disk, err);
        if (rc == 0)
            add_disk(work, disk, NULL);
        return rc;
    }
    add_disk(work, &profile->os_disk_image, "os");
    for (size_t i = 0; i < profile->data_disk_images.count; i++) {
        char *name =
            text_printf("data-%lld", (long long)profile->data_disk_images.items[i].lun.value);

        add_disk(work, &profile->data_disk_images.items[i], name);
        free(name);
    }
    return 0;
}

/* --- one disk --- */

/* Whether such an image can go where it is to go. */
static int check_way(const struct export_work *work, const struct export_disk *disk,
                     struct err *err)
{
    const char *compressed = work->request->compress ? "compressed " : "";
    const char *word = choice_word(&export_format_choices, work->format);
    const bool forward = image_writer_is_forward(disk->writer);

    if (disk->target.kind == TARGET_STREAM && !forward) {
        err_set(err, E_UNSUPPORTED,
                "%s%s cannot go to standard output: it is not written from front to back",
                compressed, word);
        return err_hint(err, "export it to a file%s",
                        *compressed ? ", or leave out --compress" : "");
    }
    if (disk->target.kind == TARGET_DEVICE && (!forward || image_writer_appends(disk->writer))) {
        err_set(err, E_UNSUPPORTED,
                "%s%s cannot go to a block device: its size is known only at the end", compressed,
                word);
        return err_hint(err, "export it to a file%s",
                        *compressed ? ", or leave out --compress" : "");
    }
    return 0;
}

static int make_writer(const struct export_work *work, struct export_disk *disk, uint64_t size,
                       struct err *err)
{
    struct image_request request = {
        .format = formats[work->format].format,
        .compress = work->request->compress,
        .size = size,
    };
    struct disk_digest digest;

    /* What makes the disk makes its identifiers too. */
    if (!disk_digest_parse(disk->disk->disk_digest, &digest))
        return err_set(err, E_CORRUPT, "the manifest names no disk digest");
    memcpy(request.seed, digest.sha256, sizeof request.seed);
    return image_writer_new(&request, &disk->writer, err);
}

static int write_image(const struct export_work *work, const struct export_image *image,
                       struct err *err)
{
    bool cloned = false;
    int rc = work->format == FORMAT_RAW ? export_clone(image, &cloned, err) : 0;

    return rc < 0 || cloned ? rc : export_image(image, err);
}

static int export_disk(struct export_work *work, struct export_disk *disk, struct err *err)
{
    struct disk_reading how = {
        .check = work->request->verify == VERIFY_FAST ? DESK_FRAMES : DESK_BLOCKS,
    };
    struct disk_reader *reader = NULL;
    int rc = version_disks_read(&work->disks, disk->disk, &how, &reader, err);

    if (rc == 0)
        rc = make_writer(work, disk, disk_reader_size(reader), err);
    if (rc == 0 && !work->request->all_disks)
        rc = target_open(&disk->target, work->request->file, work->request->force, err);
    if (rc == 0)
        rc = check_way(work, disk, err);
    if (rc == 0) {
        const struct export_image image = {
            .store = work->store,
            .what = disk->what,
            .reader = reader,
            .check = how.check,
            .writer = disk->writer,
            .target = &disk->target,
        };

        rc = write_image(work, &image, err);
    }
    if (rc == 0)
        disk->file_size = image_writer_file_size(disk->writer);
    image_writer_free(disk->writer);
    disk->writer = NULL;
    disk_reader_close(reader);
    return rc;
}

/* --- several --- */

/* Open the directory, made when it is missing, and each file in it, before anything is read. */
static int open_files(struct export_work *work, struct err *err)
{
    const char *path = work->request->all_disks;
    int dir = FILE_NONE;
    int rc = output_directory(path, &dir, err);

    for (size_t i = 0; rc == 0 && i < work->list.count; i++) {
        struct export_disk *disk = &work->list.items[i];

        rc = target_open_in(&disk->target, dir, disk->base, disk->file, work->request->force, err);
    }
    file_close(&dir);
    return rc;
}

static int export_disks(struct export_work *work, struct err *err)
{
    int rc = list_disks(work, err);

    if (rc == 0 && work->request->all_disks)
        rc = open_files(work, err);
    for (size_t i = 0; rc == 0 && i < work->list.count; i++)
        rc = export_disk(work, &work->list.items[i], err);
    for (size_t i = 0; rc == 0 && i < work->list.count; i++)
        rc = target_finish(&work->list.items[i].target, work->list.items[i].file_size, err);
    return rc;
}

static void release(struct export_work *work)
{
    for (size_t i = 0; i < work->list.count; i++) {
        struct export_disk *disk = &work->list.items[i];

        target_done(&disk->target);
        free(disk->base);
        free(disk->file);
        free(disk->what);
    }
    free(work->list.items);
    version_disks_done(&work->disks);
}

int gal_version_export(struct store *store, const struct version_export *request, struct err *err)
{
    struct reference ref = ops_reference(&request->ref);
    struct export_work work = {
        .store = store,
        .request = request,
        .ref = &ref,
    };
    struct ops_reading reading = {.region = request->region};
    int rc = check_request(request, err);

    if (rc == 0)
        rc = choose_format(request, &work.format, err);
    if (rc == 0)
        rc = ops_asker_of(store, request->subscription, &reading.asker, err);
    reading.asker.accepts = request->accepts_terms;
    if (rc == 0)
        rc = ops_find_any_version(store, &reading, &ref, err);
    if (rc == 0)
        rc = ops_find_readable(store, &ref, err);
    if (rc == 0)
        rc = version_disks_open(&work.disks, store, &ref, reading.found_region, err);
    if (rc == 0)
        rc = check_format(&work, err);
    if (rc == 0)
        rc = version_disks_blame(&work.disks, &ref, export_disks(&work, err), err);
    if (rc == E_CORRUPT && !err->hint[0])
        err_hint(err, "'sig repair' puts together what there is, and 'sig repair' with --from FILE "
                      "takes the rest from a disk image");
    if (rc && rc != E_USAGE)
        ops_cannot(err, "export", request->ref.through ? &request->ref : &ref, REFERENCE_VERSION);
    free(reading.found_id);
    release(&work);
    shape_done(&reference_shape, &ref);
    return rc;
}

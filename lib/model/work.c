#include "model/work.h"

#include "model/reference.h"
#include "model/version_name.h"

static const struct choices kind_choices = {
    .noun = "kind of work",
    .words = (const char *const[]){"publish", "replicate", NULL},
};

static int check_name(const void *slot, struct err *err)
{
    const char *const name = *(char *const *)slot;
    struct reference ref = {0};
    struct version_name version = {0};
    int rc = reference_parse(name, &ref, err);

    if (rc == 0)
        rc = reference_check(&ref, err);
    if (rc == 0 && ref.version)
        rc = version_name_parse(ref.version, &version, err);
    if (rc == 0 && version.kind != VERSION_NAME_NUMBER)
        rc = err_set(err, E_INVALID, "'%s' is no image version", name);
    shape_done(&reference_shape, &ref);
    return rc;
}

static int check_work(const void *value, struct err *err)
{
    const struct work *const work = value;

    if (work->kind == WORK_PUBLISH && !work->os_disk && !work->copied_version)
        return err_set(err, E_INVALID, "it has no OS disk");
    return 0;
}

/* clang-format off */
static const struct row source_rows[] = {
    ROW(struct work_source, path, "path", .rules = ROW_KEY | ROW_NEEDED, .about = "File that is to be read"),
    ROW(struct work_source, identity, "identity", .rules = ROW_NEEDED,
        .about = "Device, inode, size and time of change when it was accepted"),
};

static const struct shape source_shape =
    SHAPE(struct work_source, "source", source_rows, NULL);

static const struct row rows[] = {
    ROW(struct work, image_version, "imageVersion", .rules = ROW_MADE | ROW_NEEDED, .check = check_name,
        .about = "What it is about"),
    ROW(struct work, kind, "kind", .rules = ROW_MADE | ROW_NEEDED, .choices = &kind_choices,
        .about = "Whether the version is still to be made"),
    ROW(struct work, accepted_date, "acceptedDate", .rules = ROW_MADE | ROW_NEEDED,
        .about = "When the command returned that asked for it"),
    ROW(struct work, correlation_id, "correlationId", .rules = ROW_MADE,
        .about = "That of the command in the activity log"),
    ROW(struct work, copied_version, "copiedVersion", .about = "Id of the version that is to be copied"),
    ROW(struct work, from_store, "fromStore", .about = "Directory of the store that it lies in"),
    ROW(struct work, os_disk, "osDisk", .about = "File that holds the OS disk"),
    ROW_OBJECT(struct work, os_source, "osSource", &disk_source_shape,
        .about = "What is recorded of it; nothing: the file"),
    ROW_OBJECT(struct work, source, "source", &profile_source_shape,
        .about = "What is recorded of all disks, in place of their own"),
    ROW_LIST(struct work, data_disks, "dataDisks", &data_disk_shape,
        .about = "Files that hold data disks"),
    ROW_LIST(struct work, members, "members", &disk_member_shape,
        .about = "What to take of archives"),
    ROW_LIST(struct work, expected, "expected", &file_digest_shape,
        .about = "Digests that files must have"),
    ROW(struct work, source_format, "sourceFormat", .choices = &source_format_choices,
        .about = "Format of the files; told by content when not given"),
    ROW_OBJECT(struct work, values, "values", &version_shape,
        .about = "What the version shall be"),
    ROW_LIST(struct work, sources, "sources", &source_shape,
        .about = "Every file above, as it was"),
    ROW(struct work, error, "error", .rules = ROW_MADE, .about = "Why it failed"),
    ROW(struct work, hint, "hint", .rules = ROW_MADE, .about = "What to do about that"),
};
/* clang-format on */

const struct shape work_shape = SHAPE(struct work, "work", rows, check_work);

bool work_same(const struct work *left, const struct work *right)
{
    struct work other = *right; /* borrows */

    other.accepted_date = left->accepted_date;
    other.correlation_id = left->correlation_id;
    other.error = left->error;
    other.hint = left->hint;
    return shape_equal(&work_shape, left, &other);
}

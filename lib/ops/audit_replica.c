/* One replica directory: its disks, its blobs, and what else lies there. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/number.h"
#include "base/text.h"
#include "base/vec.h"
#include "blob/blob.h"
#include "blob/disk.h"
#include "blob/index.h"
#include "ops/audit.h"
#include "os/dir.h"
#include "os/file.h"
#include "replica/raw.h"
#include "replica/raw_file.h"
#include "replica/verify.h"
#include "replica/verify_deep.h"
#include "store/layout.h"

/* A blob that the disks of a replica rely on. */
struct relied {
    struct blob_name name;
    const struct mark *mark; /* one of those disks */
};

struct looking {
    struct auditing *auditing;
    struct replica_place place; /* its region is the next one */
    char *region;
    const struct marked_replica *marked; /* NULL: no version has it as a target */
    char *path, *label;
    struct replica replica;
    struct {
        struct relied *items; /* by name, once for each disk */
        size_t count;
    } relied;
    const struct mark *mark; /* of the disk that is being proven */
    uint64_t read_size;      /* of the blob that was read */
    bool unsure;             /* a map cannot be read: any blob may be one that it names */
};

/* --- what a finding is about --- */

static char *path_in(const struct looking *looking, const char *directory, const char *name)
{
    return text_printf("%s/%s/%s", looking->path, directory, name);
}

static char *path_of_blob(const struct looking *looking, const struct blob_name *blob)
{
    char name[BLOB_FILE_NAME];

    blob_file_name(blob, name);
    return path_in(looking, "blobs", name);
}

static char *path_of_disk(const struct looking *looking, const struct disk_digest *digest)
{
    char text[DISK_DIGEST_TEXT];
    char *const name = (disk_digest_text(digest, text), text_printf("%s.disk", text));
    char *const path = path_in(looking, "disks", name);

    free(name);
    return path;
}

static void tell_progress(void *user, uint64_t bytes)
{
    const struct looking *const looking = user;

    looking->auditing->bytes_read += bytes;
    ops_progress(looking->auditing->store, "audit", looking->label, looking->auditing->bytes_read,
                 0, false);
}

/* --- disks --- */

static void tell_disk_fault(void *user, const struct blob_name *blob, const struct err *why)
{
    struct looking *const looking = user;
    char *const path =
        blob ? path_of_blob(looking, blob) : path_of_disk(looking, &looking->mark->digest);

    audit_loss(looking->auditing, looking->marked, looking->mark, path, why);
    free(path);
}

static int by_name(const void *left, const void *right)
{
    return memcmp(left, right, sizeof(struct blob_name));
}

/* Also of a disk that is not sound: as far as its map can be read. One that is not there and was
 * never reported done is to be copied yet, as a sweep has it too. */
static void note_blobs(struct looking *looking, const struct mark *mark)
{
    struct err ignored = {0};
    struct disk *disk = NULL;
    const int rc = disk_open(looking->replica.dir, &mark->digest, &disk, &ignored);

    looking->unsure |= rc < 0 && (rc != E_NOT_FOUND || marks_disk_done(looking->marked, mark));
    if (rc < 0)
        return;
    for (size_t i = 0; i < disk_blob_count(disk); i++)
        *VEC_ADD(&looking->relied) =
            (struct relied){.name = disk_blob(disk, i)->name, .mark = mark};
    disk_close(disk);
}

/* Premium storage keeps the disk ready beside its blobs. */
static void prove_raw(struct looking *looking, const struct mark *mark)
{
    const struct verify_job job = {
        .replica = &looking->replica,
        .pool = ops_pool(looking->auditing->store),
        .progress = tell_progress,
        .user = looking,
    };
    char name[RAW_FILE_NAME];
    struct err why = {0};
    char *path;

    if (looking->place.type != STORAGE_PREMIUM_LRS || looking->auditing->limited ||
        raw_verify(&job, &mark->digest, &why) == 0)
        return;
    raw_file_name(&mark->digest, name);
    path = path_in(looking, "disks", name);
    audit_not_ready(looking->auditing, looking->marked, mark, path, &why);
    free(path);
}

static void prove_disks(struct looking *looking)
{
    const struct verify_faults faults = {.fault = tell_disk_fault, .user = looking};
    const struct marked_replica *const marked = looking->marked;

    if (!marked)
        return;
    for (const struct mark *mark = marked->items; mark < marked->items + marked->count;
         mark = marks_next_disk(marked, mark)) {
        looking->mark = mark;
        if (verify_disk(&looking->replica, &mark->digest, &faults)) {
            looking->auditing->disks++;
            prove_raw(looking, mark);
        }
        note_blobs(looking, mark);
    }
    if (looking->relied.count > 0)
        qsort(looking->relied.items, looking->relied.count, sizeof *looking->relied.items, by_name);
}

/* --- blobs --- */

/* What a sweep would free: nothing where it cannot tell what is needed. */
static void count_unused(struct looking *looking, uint64_t size)
{
    if (!looking->unsure)
        looking->auditing->bytes_unused += size;
}

/* The first of those that rely on it, NULL: none does. */
static const struct relied *find_relied(const struct looking *looking, const struct blob_name *name)
{
    size_t low = 0, high = looking->relied.count;

    while (low < high) {
        const size_t middle = low + (high - low) / 2;

        if (by_name(&looking->relied.items[middle], name) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == looking->relied.count || by_name(&looking->relied.items[low], name) != 0)
        return NULL;
    return &looking->relied.items[low];
}

static const char *harmless_hint(const struct looking *looking, bool needed)
{
    if (!looking->auditing->whole)
        return "what was looked at does not need it: 'sig audit' looks at everything";
    if (looking->unsure)
        return "a disk map there cannot be read: whether it needs it cannot be told";
    return needed ? "no version needs what is damaged in it: leave it"
                  : "no version needs it: 'sig sweep' removes it";
}

/* Nobody needs it, or none of those who do needs the part that is damaged. */
static void tell_harmless(struct looking *looking, const char *path, bool needed,
                          const struct err *why)
{
    struct audit_finding *const finding =
        audit_add(looking->auditing->audit, AUDIT_WARNING, path, "%s", why->text);

    if (!finding->replica)
        finding->replica = text_copy(looking->label);
    if (!finding->hint)
        finding->hint = text_copy(harmless_hint(looking, needed));
}

static void tell_bad_blob(struct looking *looking, const struct blob_name *name,
                          const struct relied *relied, const struct err *why)
{
    const struct relied *const end = looking->relied.items + looking->relied.count;
    char *const path = path_of_blob(looking, name);
    const bool needed = relied;
    bool suffered = false;

    for (; relied && relied < end && by_name(relied, name) == 0; relied++) {
        if (why->code == E_CORRUPT &&
            verify_disk_in_blob(&looking->replica, &relied->mark->digest, name)) {
            audit_not_copied(looking->auditing, looking->marked, relied->mark);
            continue;
        }
        suffered = true;
        audit_loss(looking->auditing, looking->marked, relied->mark, path, why);
    }
    if (!suffered)
        tell_harmless(looking, path, needed, why);
    free(path);
}

static bool is_late(void *user)
{
    const struct looking *const looking = user;

    return audit_is_late(looking->auditing);
}

static int verify(struct looking *looking, const struct blob_name *name, struct err *err)
{
    const struct auditing *const auditing = looking->auditing;
    const struct verify_job job = {
        .replica = &looking->replica,
        .pool = ops_pool(auditing->store),
        .now = store_now(auditing->store),
        .progress = tell_progress,
        .stop = is_late,
        .user = looking,
    };
    const bool deep = auditing->request->deep.set && auditing->request->deep.value;
    struct err ignored = {0};
    const int rc = deep ? verify_deep(&job, name, &looking->read_size, err)
                        : verify_blob_only(&job, name, &looking->read_size, err);

    /* That it cannot be noted says nothing against the blob. */
    if (rc == 0)
        verify_note(&job, name, &ignored);
    return rc;
}

int audit_read_blob(struct looking *looking, const struct blob_name *name)
{
    const struct relied *const relied = find_relied(looking, name);
    struct err why = {0};
    const int rc = verify(looking, name, &why);

    if (rc == 0) {
        looking->auditing->blobs++;
        if (!looking->auditing->limited)
            count_unused(looking, relied ? 0 : looking->read_size);
    } else if (rc != E_NOT_FOUND && rc != E_TIMED_OUT) {
        tell_bad_blob(looking, name, relied, &why);
    }
    return rc;
}

/* It is read later, or not at all; a sweep would free it in any case. */
static void plan_read(struct looking *looking, const struct blob_name *name, const char *file,
                      bool needed)
{
    struct auditing *const auditing = looking->auditing;
    const int64_t now = store_now(auditing->store);
    struct file_info info = {0};
    struct err ignored = {0};
    bool there = false;

    if (file_look(looking->replica.blobs, file, &there, &info, &ignored) || !there)
        return;
    *VEC_ADD(&auditing->agenda) = (struct planned_read){
        .looking = looking,
        .name = *name,
        .size = info.size,
        .verified = info.changed_seconds,
        .since = info.changed_seconds > now ? INT64_MAX : now - info.changed_seconds,
        .order = auditing->agenda.count,
    };
    count_unused(looking, needed ? 0 : info.size);
}

/* Scratch was seen with all else that does not belong to a replica. */
static void look_at_name(struct looking *looking, const char *directory, const char *name)
{
    char *const path = text_printf("%s/%s", looking->path, directory);

    if (looking->auditing->whole && name[0] != '.')
        audit_stray(looking->auditing, path, name, false);
    free(path);
}

static void tell_unlisted(struct looking *looking, const char *directory, const struct err *why)
{
    char *const path = text_printf("%s/%s", looking->path, directory);

    audit_add(looking->auditing->audit, AUDIT_ERROR, path, "%s", why->text);
    free(path);
}

/* Those that are relied on and not there were told with their disks. */
static void read_blobs(struct looking *looking)
{
    struct texts names = {0};
    struct err why = {0};

    if (dir_list(looking->replica.blobs, ".", &names, &why) < 0)
        tell_unlisted(looking, "blobs", &why);
    for (size_t i = 0; i < names.count; i++) {
        struct blob_name name;
        const struct relied *relied;

        if (!blob_name_parse(names.items[i], &name)) {
            look_at_name(looking, "blobs", names.items[i]);
            continue;
        }
        relied = find_relied(looking, &name);
        if (!relied && !looking->auditing->whole)
            continue;
        if (looking->auditing->limited)
            plan_read(looking, &name, names.items[i], relied);
        else
            audit_read_blob(looking, &name);
    }
    texts_done(&names);
}

/* --- the rest --- */

static void count_unused_disk(struct looking *looking, const char *name)
{
    struct disk_digest digest;
    struct err ignored = {0};
    struct file_info info;
    bool there;

    if (file_look(looking->replica.disks, name, &there, &info, &ignored) == 0 && there)
        count_unused(looking, raw_file_parse(name, &digest) ? info.allocated : info.size);
}

static void look_at_disk_names(struct looking *looking)
{
    struct texts names = {0};
    struct err why = {0};

    if (dir_list(looking->replica.disks, ".", &names, &why) < 0)
        tell_unlisted(looking, "disks", &why);
    for (size_t i = 0; i < names.count; i++) {
        struct disk_digest digest;

        if (!disk_file_parse(names.items[i], &digest) && !raw_file_parse(names.items[i], &digest))
            look_at_name(looking, "disks", names.items[i]);
        else if (!looking->marked || !marks_find(looking->marked, &digest))
            count_unused_disk(looking, names.items[i]);
    }
    texts_done(&names);
}

/* Derived: what is damaged is not believed. */
static void check_index(struct looking *looking, const char *name)
{
    struct audit_finding *finding;
    struct err why = {0};
    int64_t number;
    char *path;

    if (!text_starts(name, "index.") || !number_parse(name + strlen("index."), &number) ||
        number < 1 || number > UINT32_MAX)
        return;
    if (index_check(looking->replica.dir, (uint32_t)number, &why) == 0 || why.code == E_NOT_FOUND)
        return;
    path = text_printf("%s/%s", looking->path, name);
    finding = audit_add(looking->auditing->audit, AUDIT_WARNING, path, "%s", why.text);
    if (!finding->hint)
        finding->hint = text_copy("nothing depends on it: 'sig repair' makes it anew");
    free(path);
}

/* Nothing reads what was set aside: it is told so that somebody looks at it before it goes. */
static void look_at_quarantine(struct looking *looking)
{
    struct texts names = {0};
    struct err ignored = {0};

    if (dir_list(looking->replica.dir, "quarantine", &names, &ignored) == 0)
        for (size_t i = 0; i < names.count; i++) {
            char *const path = path_in(looking, "quarantine", names.items[i]);
            struct audit_finding *const finding =
                audit_add(looking->auditing->audit, AUDIT_NOTE, path,
                          "'%s' was damaged, and is set aside", path);

            finding->replica = text_copy(looking->label);
            finding->hint = text_copy("nothing reads it: remove it when no error is left");
            free(path);
        }
    texts_done(&names);
}

/* A publisher that is at work relies on what no manifest names yet. */
static void tell_if_busy(const struct looking *looking)
{
    if (replica_is_busy(&looking->replica))
        store_notice(looking->auditing->store,
                     "replica '%s' is being written to: what is not committed yet counts as unused",
                     looking->label);
}

/* Without it a directory that is not mounted looks like one that nobody has used yet. */
static void look_at_claim(const struct looking *looking)
{
    const struct replica_place *const place = &looking->place;
    struct audit_finding *finding;
    struct err ignored = {0};
    struct buf path = {0};
    bool claimed;

    if (!looking->marked ||
        replica_dir_is_claimed(looking->auditing->store, place, &claimed, &ignored) || claimed)
        return;
    layout_add_claim(&path, place);
    finding = audit_add(looking->auditing->audit, AUDIT_WARNING, buf_text(&path), "'%s' is missing",
                        buf_text(&path));
    finding->replica = text_copy(looking->label);
    finding->hint = text_copy("'sig replicate' writes it again");
    buf_done(&path);
}

static void look_at_rest(struct looking *looking)
{
    struct texts names = {0};
    struct err why = {0};

    look_at_disk_names(looking);
    look_at_quarantine(looking);
    look_at_claim(looking);
    audit_strays(looking->auditing, SCRATCH_REPLICA, looking->replica.dir, looking->path);
    if (dir_list(looking->replica.dir, ".", &names, &why) < 0)
        tell_unlisted(looking, ".", &why);
    for (size_t i = 0; i < names.count; i++)
        check_index(looking, names.items[i]);
    texts_done(&names);
}

/* --- the whole --- */

static int open_replica(struct looking *looking, struct err *err)
{
    int dir = FILE_NONE;
    int rc = replica_dir_open(looking->auditing->store, &looking->place, false, &dir, err);

    return rc < 0 ? rc : replica_open(dir, looking->label, false, 0, &looking->replica, err);
}

/* All of its disks are lost together; one that nothing was reported done in is to be made yet. */
static void tell_unusable(struct looking *looking, const struct err *why)
{
    const struct marked_replica *const marked = looking->marked;
    struct audit_finding *finding;

    if (!marked) {
        finding =
            audit_add(looking->auditing->audit, AUDIT_WARNING, looking->path, "%s", why->text);
        if (!finding->hint && why->hint[0])
            finding->hint = text_copy(why->hint);
        return;
    }
    for (const struct mark *mark = marked->items; mark < marked->items + marked->count;
         mark = marks_next_disk(marked, mark))
        audit_loss(looking->auditing, looking->marked, mark, looking->path, why);
}

void audit_close(struct looking *looking)
{
    replica_close(&looking->replica);
    free(looking->relied.items);
    free(looking->region);
    free(looking->path);
    free(looking->label);
    free(looking);
}

void audit_replica(struct auditing *auditing, const struct replica_place *place,
                   const struct marked_replica *marked)
{
    struct looking *const looking = mem_new(1, sizeof *looking);
    struct buf path = {0};
    struct err why = {0};

    *looking = (struct looking){
        .auditing = auditing,
        .place = *place,
        .region = text_copy(place->region),
        .marked = marked,
        .replica = REPLICA_NONE,
    };
    looking->place.region = looking->region;
    if (replica_dir_path(auditing->store, place, &looking->path, &why) < 0) {
        layout_add_replica(&path, place);
        looking->path = buf_take(&path);
    }
    looking->label = replica_dir_label(place);
    if (open_replica(looking, &why) < 0) {
        tell_unusable(looking, &why);
    } else {
        auditing->replicas++;
        if (auditing->whole)
            tell_if_busy(looking);
        prove_disks(looking);
        read_blobs(looking);
        if (auditing->whole)
            look_at_rest(looking);
    }
    if (auditing->limited)
        *VEC_ADD(&auditing->lookings) = looking;
    else
        audit_close(looking);
}

/* Looking at everything in a store: is what was reported done there, and right? Nothing is changed,
 * and no lock is taken, so it runs beside everything else: what it does not find any more, because
 * it was deleted meanwhile, is not missing. */
#include "ops/audit.h"

#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "model/scope.h"
#include "os/dir.h"
#include "os/file.h"
#include "os/system.h"
#include "store/layout.h"
#include "store/repairs.h"
#include "store/resource.h"
#include "store/scratch.h"
#include "store/trash.h"

#define TICKS_A_SECOND UINT64_C(1000000000) /* of system_ticks */

/* --- manifests --- */

static void tell_damaged(void *user, const struct reference *ref, enum reference_depth depth,
                         const struct err *why)
{
    struct auditing *const auditing = user;
    struct audit_finding *finding;
    struct buf path = {0}, name = {0};

    if (depth == REFERENCE_NONE)
        buf_add_text(&path, LAYOUT_GALLERIES);
    else
        layout_add_resource(&path, ref, depth);
    finding = audit_add(auditing->audit, why->code == E_NOT_FOUND ? AUDIT_WARNING : AUDIT_ERROR,
                        buf_text(&path), "%s", why->text);
    if (depth == REFERENCE_VERSION && finding->versions.count == 0) {
        reference_add_text(&name, ref);
        texts_add(&finding->versions, buf_text(&name));
    }
    finding->code = audit_code(why);
    if (!finding->hint)
        finding->hint =
            text_copy(why->hint[0]                 ? why->hint
                      : finding->code == E_DENIED  ? "run it as a user who may read it"
                      : ref->soft_deleted.value    ? "restore it from a backup; or 'sig "
                                                     "image-version purge' removes the version for "
                                                     "good"
                      : depth == REFERENCE_VERSION ? "restore it from a backup; or delete "
                                                     "the version and publish it again"
                                                   : "restore it from a backup");
    buf_done(&path);
    buf_done(&name);
}

static int read_marks(struct auditing *auditing, const struct reference *ref, struct err *err)
{
    const struct marks_request request = {
        .ref = ref, .states = true, .damaged = tell_damaged, .user = auditing};
    const int rc = marks_read(auditing->store, &request, &auditing->marks, err);

    auditing->audit->galleries = opt_int_of(auditing->marks.galleries);
    auditing->audit->image_definitions = opt_int_of(auditing->marks.definitions);
    auditing->audit->image_versions = opt_int_of(auditing->marks.versions);
    return rc;
}

/* --- what does not belong there --- */

void audit_stray(struct auditing *auditing, const char *path, const char *name, bool scratch)
{
    char *const full = *path ? text_printf("%s/%s", path, name) : text_copy(name);
    struct audit_finding *finding;

    if (scratch)
        finding = audit_add(auditing->audit, AUDIT_NOTE, full,
                            "'%s' was left by a command that was killed, or belongs to one that "
                            "is running",
                            full);
    else
        finding =
            audit_add(auditing->audit, AUDIT_WARNING, full, "'%s' does not belong there", full);
    if (!finding->hint)
        finding->hint =
            text_copy(scratch ? "'sig sweep' removes it" : "it is left alone: move it away");
    free(full);
}

static int tell_stray(void *user, int dir, const char *path, const char *name, bool scratch,
                      struct err *err)
{
    (void)dir;
    (void)err;
    audit_stray(user, path, name, scratch);
    return 0;
}

void audit_strays(struct auditing *auditing, enum scratch_part part, int dir, const char *path)
{
    const struct scratch_visitor visitor = {.visit = tell_stray, .user = auditing};
    struct err why = {0};

    const int rc = dir == FILE_NONE ? scratch_find(auditing->store, part, path, &visitor, &why)
                                    : scratch_find_in(dir, part, path, &visitor, &why);

    if (rc < 0)
        audit_add(auditing->audit, AUDIT_ERROR, *path ? path : ".", "%s", why.text);
}

static void find_gallery_strays(struct auditing *auditing)
{
    struct reference none = {0};
    struct texts names = {0};
    struct err ignored = {0}; /* told when the manifests were read */

    if (resource_list(auditing->store, &none, REFERENCE_GALLERY, &names, &ignored) == 0)
        for (size_t i = 0; i < names.count; i++) {
            struct reference ref = {.gallery = names.items[i]};
            struct buf path = {0};
            bool there;

            layout_add_resource(&path, &ref, REFERENCE_GALLERY);
            if (resource_exists(auditing->store, &ref, REFERENCE_GALLERY, &there, &ignored) ||
                there)
                audit_strays(auditing, SCRATCH_GALLERY, FILE_NONE, buf_text(&path));
            buf_done(&path);
        }
    texts_done(&names);
}

/* --- the trash --- */

static int audit_record(void *user, const struct reference *ref, struct err *err)
{
    struct auditing *const auditing = user;
    struct soft_deleted record = {0};
    struct err why = {0};
    const int rc = trash_read(auditing->store, ref, &record, &why);

    (void)err;
    shape_done(&soft_deleted_shape, &record);
    if (rc && rc != E_NOT_FOUND)
        tell_damaged(auditing, ref, REFERENCE_VERSION, &why);
    return 0;
}

/* What no version is meant by is not looked for, and its disks are not kept. */
static void audit_trash(struct auditing *auditing)
{
    const struct reference all = {0};
    struct texts strays = {0};
    struct err why = {0};
    int rc = trash_each(auditing->store, &all, audit_record, auditing, &why);

    if (rc == 0)
        rc = trash_strays(auditing->store, &strays, &why);
    if (rc)
        audit_add(auditing->audit, AUDIT_ERROR, LAYOUT_TRASH, "%s", why.text);
    for (size_t i = 0; i < strays.count; i++)
        audit_stray(auditing, LAYOUT_TRASH, strays.items[i], false);
    texts_done(&strays);
}

/* --- locks and roles --- */

static bool may_come_back(const struct store *store, const struct reference *ref)
{
    struct err ignored = {0};
    bool there = false;

    return ref->version && trash_has(store, ref, &there, &ignored) == 0 && there;
}

/* A part of the store is spoken of in `file` that may be gone; `cure` is how that is ended. */
static void tell_if_gone(struct auditing *auditing, const char *file, const char *scope,
                         const char *what, const char *cure)
{
    struct reference ref = {0};
    enum reference_depth depth = REFERENCE_NONE;
    struct audit_finding *finding;
    struct err why = {0};
    int rc = text_equal(scope, SCOPE_STORE) ? 0 : reference_parse(scope, &ref, &why);

    if (rc == 0)
        rc = ops_find_part(auditing->store, &ref, &depth, &why);
    if (rc == E_NOT_FOUND && !may_come_back(auditing->store, &ref)) {
        finding = audit_add(auditing->audit, AUDIT_WARNING, NULL, "%s is on nothing, '%s': %s",
                            what, scope, why.text);
        text_replace(&finding->path, file);
        finding->hint = text_printf("'%s' takes it away", cure);
    }
    shape_done(&reference_shape, &ref);
}

static void audit_locks(struct auditing *auditing)
{
    struct scope_locks locks = {0};
    struct reference all = {0};
    struct err why = {0};

    if (gal_lock_list(auditing->store, &all, &locks, &why))
        audit_add(auditing->audit, AUDIT_ERROR, LAYOUT_LOCKS, "%s", why.text);
    for (size_t i = 0; i < locks.count; i++) {
        const struct scope_lock *const lock = &locks.items[i];
        char *const what = text_printf("lock '%s'", lock->name);
        char *const cure = text_printf("sig lock delete %s --name %s", lock->scope, lock->name);

        tell_if_gone(auditing, LAYOUT_LOCKS, lock->scope, what, cure);
        free(what);
        free(cure);
    }
    list_done(&locks, &scope_lock_shape);
}

static void audit_roles(struct auditing *auditing)
{
    struct role_book book = {0};
    struct err why = {0};
    const int rc = ops_read_roles(auditing->store, &book, NULL, &why);

    if (rc && rc != E_NOT_FOUND)
        audit_add(auditing->audit, AUDIT_ERROR, LAYOUT_ROLES, "%s", why.text);
    for (size_t i = 0; i < book.assignments.count; i++) {
        const struct role_assignment *const at = &book.assignments.items[i];
        char *const what = text_printf("role '%s' of '%s'", choice_word(&role_choices, at->role),
                                       at->principal_name);
        char *const cure = text_printf(
            "sig role assignment delete %s --assignee %s%s", at->scope,
            at->principal_type == PRINCIPAL_GROUP ? "group:" : "user:", at->principal_name);

        tell_if_gone(auditing, LAYOUT_ROLES, at->scope, what, cure);
        free(what);
        free(cure);
    }
    shape_done(&role_book_shape, &book);
}

/* --- the activity log --- */

static void pass_over(void *user, struct activity_entry *entry)
{
    (void)user;
    (void)entry;
}

static void tell_line(void *user, const char *path, uint64_t line, const struct err *why)
{
    struct auditing *const auditing = user;
    struct audit_finding *finding;

    if (line > 0)
        finding =
            audit_add(auditing->audit, AUDIT_WARNING, path, "line %llu of '%s' is damaged: %s",
                      (unsigned long long)line, path, why->text);
    else
        finding = audit_add(auditing->audit, AUDIT_WARNING, path, "%s", why->text);
    finding->code = audit_code(why);
    if (!finding->hint)
        finding->hint = text_copy("restore the file from a backup, or take what is damaged out");
}

static void audit_log(struct auditing *auditing)
{
    const struct activity_visitor visitor = {pass_over, tell_line, auditing};
    struct err why = {0};

    if (activity_read(auditing->store, INT64_MIN, &visitor, &why))
        audit_add(auditing->audit, AUDIT_WARNING, LAYOUT_ACTIVITY, "%s", why.text);
}

/* --- repairs that wait --- */

static int tell_queued(void *user, const char *path, const struct repair_note *note,
                       struct err *err)
{
    struct auditing *const auditing = user;
    struct audit_finding *finding;

    (void)err;
    if (note->file)
        finding = audit_add(auditing->audit, AUDIT_NOTE, path,
                            "'%s' of replica '%s' was met damaged, and waits for its repair",
                            note->file, note->replica);
    else
        finding = audit_add(auditing->audit, AUDIT_NOTE, path, "'%s' cannot be read", path);
    if (!finding->replica && note->replica)
        finding->replica = text_copy(note->replica);
    if (!finding->hint)
        finding->hint = text_copy("'sig repair --queued' looks at it");
    return 0;
}

static void audit_queue(struct auditing *auditing)
{
    struct err why = {0};

    if (repairs_each(auditing->store, tell_queued, auditing, &why))
        audit_add(auditing->audit, AUDIT_ERROR, LAYOUT_REPAIRS, "%s", why.text);
}

/* --- replicas --- */

static void audit_marked(struct auditing *auditing)
{
    for (size_t i = 0; i < auditing->marks.count; i++)
        audit_replica(auditing, &auditing->marks.items[i].place, &auditing->marks.items[i]);
}

static int audit_if_unmarked(void *user, const struct replica_place *place, struct err *err)
{
    struct auditing *const auditing = user;

    (void)err;
    if (!marks_of(&auditing->marks, place))
        audit_replica(auditing, place, NULL);
    return 0;
}

static void audit_unmarked(struct auditing *auditing)
{
    struct err why = {0};

    if (replica_dir_each(auditing->store, audit_if_unmarked, auditing, &why) < 0)
        audit_add(auditing->audit, AUDIT_ERROR, LAYOUT_REGIONS, "%s", why.text);
}

/* --- the verb --- */

static int check_reference(struct auditing *auditing, struct reference *ref, struct err *err)
{
    enum reference_depth depth = REFERENCE_NONE;
    int rc = ops_authorise(auditing->store, ACTION_VERSION_READ, ref, err);

    if (rc == 0)
        rc = ops_find_part(auditing->store, ref, &depth, err);
    auditing->whole = rc == 0 && depth == REFERENCE_NONE;
    return rc;
}

/* A file system that is not mounted looks like that. */
static void tell_if_empty(struct auditing *auditing)
{
    struct audit_finding *finding;

    if (auditing->marks.versions > 0 || auditing->bytes_unused == 0)
        return;
    for (size_t i = 0; i < auditing->audit->findings.count; i++)
        if (auditing->audit->findings.items[i].level == AUDIT_ERROR)
            return; /* they may be left, and not be readable */
    finding = audit_add(auditing->audit, AUDIT_WARNING, LAYOUT_GALLERIES,
                        "no image version is left, but disks are");
    if (!finding->hint)
        finding->hint =
            text_copy("is a file system not mounted? If not, 'sig sweep --force' frees them");
}

static void look_at_all(struct auditing *auditing)
{
    audit_marked(auditing);
    if (auditing->whole)
        audit_unmarked(auditing);
    if (auditing->limited)
        audit_read_planned(auditing);
    audit_advise(auditing);
    if (!auditing->whole)
        return;
    tell_if_empty(auditing);
    audit_regions(auditing);
    audit_trash(auditing);
    audit_locks(auditing);
    audit_roles(auditing);
    audit_log(auditing);
    audit_queue(auditing);
    audit_strays(auditing, SCRATCH_STORE, FILE_NONE, "");
    find_gallery_strays(auditing);
}

static int refuse_nothing(struct err *err)
{
    err_set(err, E_NOT_FOUND, "there is nothing to audit");
    return err_hint(err, "--store or SIG_STORE names another place");
}

static bool is_set(const struct opt_bool *flag)
{
    return flag->set && flag->value;
}

/* Nothing else is looked at, and that everywhere. */
static int secure(struct store *store, const struct audit_request *request, struct audit *ret,
                  struct err *err)
{
    int rc = 0;

    if (request->ref.gallery || request->ref.resource_group || request->sample.set ||
        request->max_time.set || is_set(&request->deep))
        rc = err_set(err, E_USAGE, "--security looks at the whole store, and at no disks");
    if (rc == 0)
        rc = ops_authorise(store, ACTION_VERSION_READ, NULL, err);
    if (rc == 0)
        rc = audit_security(store, ret, err);
    if (rc == 0)
        audit_settle(ret);
    return rc;
}

int gal_audit(struct store *store, const struct audit_request *request, struct audit *ret,
              struct err *err)
{
    struct audit audit = {0};
    struct auditing auditing = {
        .store = store,
        .request = request,
        .limited = request->sample.set || request->max_time.set,
        .deadline = request->max_time.set
                        ? system_ticks() + (uint64_t)request->max_time.value * TICKS_A_SECOND
                        : 0,
        .audit = &audit,
    };
    struct reference ref = ops_reference(&request->ref);
    int rc = store->root == FILE_NONE ? refuse_nothing(err) : 0;

    if (rc == 0 && is_set(&request->security)) {
        shape_done(&reference_shape, &ref);
        return secure(store, request, ret, err);
    }
    if (rc == 0)
        rc = check_reference(&auditing, &ref, err);
    if (rc == 0)
        rc = read_marks(&auditing, &ref, err);
    if (rc == 0) {
        audit_work(&auditing, &ref);
        look_at_all(&auditing);
        audit.replicas = opt_int_of(auditing.replicas);
        audit.disks = opt_int_of(auditing.disks);
        audit.blobs = opt_int_of(auditing.blobs);
        audit.bytes_read = opt_int_of(auditing.bytes_read);
        if (auditing.whole)
            audit.bytes_unused = opt_int_of(auditing.bytes_unused);
        audit_settle(&audit);
        ops_progress(store, "audit", store->path, auditing.bytes_read, auditing.bytes_read, true);
        *ret = audit;
    } else {
        shape_done(&audit_shape, &audit);
    }
    free(auditing.losses.items);
    marks_done(&auditing.marks);
    shape_done(&reference_shape, &ref);
    return rc;
}

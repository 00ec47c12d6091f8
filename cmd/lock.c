/* 'sig lock'. */
#include "cmd/command.h"

/* clang-format off */
#define SCOPE_ROW                                                                                  \
    ROW_OBJECT(struct lock_request, ref, "reference", &reference_shape, .about = "What it is on; nothing: the store"), \
    ROW(struct lock_request, scope, "scope", .flag = "--scope", .metavar = "REFERENCE",            \
        .about = "The same as a flag, also as an ARM id; / is the store")
#define NAME_ROW                                                                                   \
    ROW(struct lock_request, name, "name", .rules = ROW_NEEDED, .flag = "--name", .letter = 'n',   \
        .check = name_check_lock, .max = LOCK_MAX_LENGTH, .about = "Name of the lock")
#define NOTES_ROW                                                                                  \
    ROW(struct lock_request, notes, "notes", .flag = "--notes", .max = LOCK_NOTES_MAX,             \
        .about = "Why it is there")

static const struct row create_rows[] = {
    SCOPE_ROW,
    NAME_ROW,
    ROW(struct lock_request, level, "level", .rules = ROW_NEEDED, .choices = &lock_level_choices,
        .flag = "--lock-type", .letter = 't', .about = "What it forbids"),
    NOTES_ROW,
};

static const struct row update_rows[] = {
    SCOPE_ROW,
    NAME_ROW,
    ROW(struct lock_request, level, "level", .choices = &lock_level_choices,
        .flag = "--lock-type", .letter = 't', .about = "What it forbids"),
    NOTES_ROW,
};

static const struct row name_rows[] = {
    SCOPE_ROW,
    NAME_ROW,
};
/* clang-format on */

static const struct shape create_shape = SHAPE(struct lock_request, "request", create_rows, NULL);
static const struct shape update_shape = SHAPE(struct lock_request, "request", update_rows, NULL);
static const struct shape name_shape = SHAPE(struct lock_request, "request", name_rows, NULL);

static int run_create(struct run *run, const void *request, void *result, struct err *err)
{
    return gal_lock_create(run->store, request, result, err);
}

static int run_update(struct run *run, const void *request, void *result, struct err *err)
{
    return gal_lock_update(run->store, request, result, err);
}

static int run_show(struct run *run, const void *request, void *result, struct err *err)
{
    return gal_lock_show(run->store, request, result, err);
}

static int run_list(struct run *run, const void *request, void *result, struct err *err)
{
    const struct reference_request *const asked = request;

    return gal_lock_list(run->store, &asked->ref, result, err);
}

static int run_delete(struct run *run, const void *request, void *result, struct err *err)
{
    (void)result;
    return gal_lock_delete(run->store, request, err);
}

/* clang-format off */
static const struct command commands[] = {
    {
        .noun = &lock_noun,
        .verb = "create",
        .brief = "lock a gallery, a definition, a version or the store",
        .about = "Puts a lock on what is named, or on the store, and on all that is inside. CanNotDelete forbids to delete "
                 "that; ReadOnly also to create, publish and change anything there. Copying, auditing, repairing and "
                 "sweeping go on: they change no resource, and remove nothing that one needs; 'sig sweep --force' is refused while there is a lock. A lock of that name on the same is "
                 "changed. A publish that began before is refused when it would be committed, also one that was accepted "
                 "with --no-wait, which 'sig replicate REFERENCE' does later.",
        .examples = (const char *const[]){
            "sig lock create prod/ubuntu/1.0.0 --name keep --lock-type CanNotDelete --notes 'in the field until 2027'",
            "sig lock create --name freeze --lock-type ReadOnly",
            NULL},
        .request = &create_shape,
        .least = REFERENCE_NONE,
        .most = REFERENCE_VERSION,
        .result = &scope_lock_shape,
        .traits = COMMAND_CHANGES | COMMAND_REPEATS,
        .run = run_create,
    },
    {
        .noun = &lock_noun,
        .verb = "show",
        .brief = "print one lock",
        .about = "Prints the lock of that name on exactly what is named.",
        .examples = (const char *const[]){"sig lock show prod/ubuntu/1.0.0 --name keep", NULL},
        .request = &name_shape,
        .least = REFERENCE_NONE,
        .most = REFERENCE_VERSION,
        .result = &scope_lock_shape,
        .traits = COMMAND_READS | COMMAND_REPEATS,
        .run = run_show,
    },
    {
        .noun = &lock_noun,
        .verb = "list",
        .brief = "print the locks that hold somewhere, and those inside",
        .about = "Prints the locks on what is named, those around it, which hold there too, and those inside; of the whole "
                 "store when nothing is named.",
        .examples = (const char *const[]){"sig lock list prod -o table", NULL},
        .request = &reference_request_shape,
        .least = REFERENCE_NONE,
        .most = REFERENCE_VERSION,
        .result = &scope_lock_shape,
        .traits = COMMAND_READS | COMMAND_LISTS,
        .run = run_list,
    },
    {
        .noun = &lock_noun,
        .verb = "update",
        .brief = "change a lock",
        .about = "Sets what is given and keeps the rest.",
        .examples = (const char *const[]){"sig lock update --name freeze --lock-type CanNotDelete --notes ''", NULL},
        .request = &update_shape,
        .least = REFERENCE_NONE,
        .most = REFERENCE_VERSION,
        .result = &scope_lock_shape,
        .traits = COMMAND_CHANGES | COMMAND_UPDATES | COMMAND_REPEATS,
        .run = run_update,
    },
    {
        .noun = &lock_noun,
        .verb = "delete",
        .brief = "take a lock away",
        .about = "Takes away the lock of that name on exactly what is named. One that is not there is no error.",
        .examples = (const char *const[]){"sig lock delete --name freeze", NULL},
        .request = &name_shape,
        .least = REFERENCE_NONE,
        .most = REFERENCE_VERSION,
        .traits = COMMAND_CHANGES | COMMAND_DELETES | COMMAND_REPEATS,
        .run = run_delete,
    },
};
/* clang-format on */

const struct noun lock_noun = {
    .name = "lock",
    .brief = "what may not be deleted or changed",
    .about =
        "A lock keeps a part of the store from being deleted, or changed at all, by mistake. It "
        "binds this program: who may write the directory may remove it. --ids names what the "
        "lock is on.",
    .commands = commands,
    .count = sizeof commands / sizeof *commands,
};

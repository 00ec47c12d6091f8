/* 'sig region'. */
#include "cmd/command.h"

/* clang-format off */
#define NAME_ROW \
    ROW(struct region_request, name, "name", .rules = ROW_NEEDED, .metavar = "REGION", .about = "The region")

static const struct row change_rows[] = {
    NAME_ROW,
    ROW_OBJECT(struct region_request, values, "values", &region_shape, .about = "What it shall be"),
};

static const struct row update_rows[] = {
    NAME_ROW,
    ROW_OBJECT(struct region_request, values, "values", &region_shape, .about = "What it shall be"),
    ROW(struct region_request, force, "force", .flag = "--force", .metavar = "",
        .about = "Take an empty directory in place of one that is lost"),
};

static const struct row name_rows[] = {
    NAME_ROW,
};

static const struct row delete_rows[] = {
    NAME_ROW,
    ROW(struct region_request, force, "force", .flag = "--force", .metavar = "",
        .about = "Give up what is in a directory that cannot be reached"),
};
/* clang-format on */

static const struct shape change_shape = SHAPE(struct region_request, "request", change_rows, NULL);
static const struct shape update_shape = SHAPE(struct region_request, "request", update_rows, NULL);
static const struct shape name_shape = SHAPE(struct region_request, "request", name_rows, NULL);
static const struct shape delete_shape = SHAPE(struct region_request, "request", delete_rows, NULL);

static const char *const operands[] = {"name", NULL};

static int run_create(struct run *run, const void *request, void *result, struct err *err)
{
    return gal_region_create(run->store, request, result, err);
}

static int run_show(struct run *run, const void *request, void *result, struct err *err)
{
    const struct region_request *const asked = request;

    return gal_region_show(run->store, asked->name, result, err);
}

/* What is built in needs no store: one that cannot be opened is told, and keeps nobody from it. */
static int run_list(struct run *run, const void *request, void *result, struct err *err)
{
    struct context context = *run->context;
    struct store *store = NULL;
    struct err why = {0};
    int rc;

    (void)request;
    context.notice = NULL;
    if (context.store_path && gal_open(&context, GAL_READ, &store, &why) && run->context->notice)
        run->context->notice(run->context->user, why.text);
    rc = gal_region_list(store, result, err);
    gal_close(store);
    return rc;
}

static int run_update(struct run *run, const void *request, void *result, struct err *err)
{
    return gal_region_update(run->store, request, result, err);
}

static int run_delete(struct run *run, const void *request, void *result, struct err *err)
{
    (void)result;
    return gal_region_delete(run->store, request, err);
}

#define ABOUT_DIRECTORY                                                                            \
    "A directory of its own may lie on another disk, on NFS or on a cluster's file system. What "  \
    "says whose it is, is written into it, and required ever after: where its disk is not "        \
    "mounted, nothing is ever written in its place."

/* clang-format off */
static const struct command commands[] = {
    {
        .noun = &region_noun,
        .verb = "create",
        .brief = "make a region, or give one a directory of its own",
        .about = "Makes a region that versions can have copies in. The name of a built-in one gives that a directory, "
                 "a capacity or zones; its display name and cloud stay.\n"
                 ABOUT_DIRECTORY "\n"
                 "--path is made when its parent is there; it has to be empty, or have been this region's before, and lie "
                 "neither in the store nor in the directory of another region. --zones is for Standard_ZRS: without "
                 "--path other copies lie in the store. "
                 "A region that was created already is changed as 'update' would change it.",
        .examples = (const char *const[]){
            "sig region create rack --display-name 'Rack 7' --capacity 500G",
            "sig region create nas --path nas",
            "sig region create lab --zones lab-a lab-b lab-c",
            NULL},
        .request = &change_shape,
        .operands = operands,
        .result = &region_shape,
        .traits = COMMAND_CREATES,
        .run = run_create,
    },
    {
        .noun = &region_noun,
        .verb = "show",
        .brief = "print one region",
        .about = "Prints a region, what its replicas take, what room there is for more, and whether its directories are "
                 "there as they were: Available, else Unavailable, or Damaged where its manifest is; details, which a table "
                 "leaves out, say why.",
        .examples = (const char *const[]){"sig region show westus2", NULL},
        .request = &name_shape,
        .operands = operands,
        .result = &region_shape,
        .traits = COMMAND_READS,
        .run = run_show,
    },
    {
        .noun = &region_noun,
        .verb = "list",
        .brief = "print all regions",
        .about = "Prints the regions that a gallery can be in and a version can be copied to: those of the public "
                 "Azure documentation, 'local', and those of the store. Those that were created here have a state.",
        .examples = (const char *const[]){"sig region list -o table", NULL},
        .result = &region_listed_shape,
        .traits = COMMAND_LISTS | COMMAND_OPENS,
        .run = run_list,
    },
    {
        .noun = &region_noun,
        .verb = "update",
        .brief = "change a region",
        .about = "Sets what is given and keeps the rest. --path and --zones say where directories were moved to: what "
                 "says whose they are must be in them. Where a disk is lost for good, --force takes an empty directory, "
                 "in the same place or the one given, in its stead, and makes it when its parent is there: 'sig replicate' "
                 "makes its copies anew. The cloud stays.",
        .examples = (const char *const[]){
            "sig region update rack --display-name 'Rack 8' --capacity none",
            NULL},
        .request = &update_shape,
        .operands = operands,
        .result = &region_shape,
        .traits = COMMAND_CHANGES | COMMAND_UPDATES,
        .run = run_update,
    },
    {
        .noun = &region_noun,
        .verb = "delete",
        .brief = "remove a region that nothing needs",
        .about = "Removes the region, and what is left of its replicas; its directory stays, empty. A built-in one becomes "
                 "what it was. One that is the location or a target region of anything is left alone, and so is one "
                 "whose replicas hold disks: 'sig sweep' removes those that no version needs. A region that is not "
                 "there is no error.",
        .examples = (const char *const[]){"sig region delete rack", NULL},
        .request = &delete_shape,
        .operands = operands,
        .traits = COMMAND_CHANGES | COMMAND_DELETES,
        .run = run_delete,
    },
};
/* clang-format on */

const struct noun region_noun = {
    .name = "region",
    .brief = "regions: where copies can be",
    .about =
        "A region stands for a place that keeps copies of image versions: in the store, or in a "
        "directory of its own. Regions that belong to different clouds do not copy to each other; "
        "'local', and every region that was created without a cloud, belongs to none.",
    .commands = commands,
    .count = sizeof commands / sizeof *commands,
};

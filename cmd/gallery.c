/* 'sig gallery'. */
#include "cmd/plan.h"
#include "cmd/command.h"

#include "cmd/paging.h"
#include "cmd/wait.h"

/* It is done at once, waited for or not. */
struct change_request {
    struct gallery_request change;
    struct opt_bool no_wait;
};

/* clang-format off */
static const struct row change_rows[] = {
    ROW_OBJECT(struct change_request, change.ref, "reference", &reference_shape,
               .about = "The gallery"),
    ROW_OBJECT(struct change_request, change.values, "values", &gallery_shape,
               .about = "What it shall be"),
    NO_WAIT_ROW(struct change_request, .about = "Print nothing; it is done at once in any case"),
};

/* The Azure CLI shows that only when asked for it; here it is always shown. */
struct show_request {
    struct reference ref;
    unsigned select;
};

static const struct choices select_choices = {
    .noun = "part to select",
    .words = (const char *const[]){"Permissions", NULL},
};

static const struct row show_rows[] = {
    ROW_OBJECT(struct show_request, ref, "reference", &reference_shape, .about = "The gallery"),
    ROW(struct show_request, select, "select", .flag = "--select", .choices = &select_choices,
        .about = "For scripts that give it: sharingProfile is shown in any case"),
};

static const struct row update_rows[] = {
    ROW_OBJECT(struct change_request, change.ref, "reference", &reference_shape,
               .about = "The gallery"),
    ROW_OBJECT(struct change_request, change.values, "values", &gallery_shape,
               .about = "What it shall be"),
    ROW_OBJECT(struct change_request, change.edits, "edits", &edits_shape,
               .about = "What else is to change"),
    NO_WAIT_ROW(struct change_request, .about = "Print nothing; it is done at once in any case"),
};
/* clang-format on */

static const struct shape change_shape = SHAPE(struct change_request, "request", change_rows, NULL);
static const struct shape show_shape = SHAPE(struct show_request, "request", show_rows, NULL);
static const struct shape update_shape = SHAPE(struct change_request, "request", update_rows, NULL);

static int run_create(struct run *run, const void *request, void *result, struct err *err)
{
    const struct change_request *const asked = request;

    return gal_gallery_create(run->store, &asked->change, result, err);
}

static int run_show(struct run *run, const void *request, void *result, struct err *err)
{
    const struct show_request *const named = request;

    return gal_gallery_show(run->store, &named->ref, result, err);
}

static int run_list(struct run *run, const void *request, void *result, struct err *err)
{
    const struct list_request *const asked = request;
    const struct list_request call = {.ref = asked->ref, .page = paging_ask(&asked->page)};
    const int rc = gal_gallery_list(run->store, &call, result, err);

    paging_end(run, &asked->page, &gallery_shape, result);
    return rc;
}

static int run_update(struct run *run, const void *request, void *result, struct err *err)
{
    const struct change_request *const asked = request;

    return gal_gallery_update(run->store, &asked->change, result, err);
}

static int run_delete(struct run *run, const void *request, void *result, struct err *err)
{
    const struct delete_request *const named = request;

    (void)result;
    return gal_gallery_delete(run->store, &named->ref,
                              delete_how(&named->recursive, &named->bypass), err);
}

/* What --plan makes of it. */
static const struct command planned_delete = {.noun = &gallery_noun,
                                              .verb = "delete",
                                              .request = &delete_request_shape,
                                              .least = REFERENCE_GALLERY,
                                              .most = REFERENCE_GALLERY,
                                              .result = &plan_shape,
                                              .traits = PLANNED_TRAITS | COMMAND_REPEATS,
                                              .run = plan_delete_run};

/* clang-format off */
static const struct command commands[] = {
    {
        .noun = &gallery_noun,
        .verb = "create",
        .brief = "make a gallery, or change it",
        .about = "Makes the gallery, and the store around it when there is none yet. A gallery that exists is "
                 "changed as 'update' would change it: what is given is set, the rest stays.\n"
                 "With --soft-delete an image version that is deleted stays in the store's trash for the days of "
                 "--soft-delete-retention-period, and 'sig image-version undelete' brings it back until then; for the first of them, those "
                 "of --soft-delete-grace-period, it can be exported by its number. Turned off again, what is in the trash stays there "
                 "for its time. From then on programs that do not know the trash only read the store.",
        .examples = (const char *const[]){
            "sig gallery create prod --location westus2",
            "sig gallery create -g images -r prod --tags team=os --compression zlib",
            NULL},
        .request = &change_shape,
        .least = REFERENCE_GALLERY,
        .most = REFERENCE_GALLERY,
        .result = &gallery_shape,
        .traits = COMMAND_CREATES,
        .run = run_create,
    },
    {
        .noun = &gallery_noun,
        .verb = "show",
        .brief = "print one gallery",
        .about = "Prints the properties of a gallery.",
        .examples = (const char *const[]){"sig gallery show prod", "sig gallery show prod -o table", NULL},
        .request = &show_shape,
        .least = REFERENCE_GALLERY,
        .most = REFERENCE_GALLERY,
        .result = &gallery_shape,
        .traits = COMMAND_READS | COMMAND_REPEATS,
        .run = run_show,
    },
    {
        .noun = &gallery_noun,
        .verb = "list",
        .brief = "print all galleries",
        .about = "Prints all galleries of the store by name, or those of one resource group.\n"
                 ABOUT_PAGES,
        .examples = (const char *const[]){"sig gallery list -o table", "sig gallery list -g images", NULL},
        .request = &list_request_shape,
        .least = REFERENCE_NONE,
        .most = REFERENCE_NONE,
        .result = &gallery_shape,
        .traits = COMMAND_READS | COMMAND_LISTS,
        .run = run_list,
    },
    {
        .noun = &gallery_noun,
        .verb = "update",
        .brief = "change a gallery",
        .about = "Sets what is given and keeps the rest. What was fixed at creation cannot change.\n"
                 ABOUT_EDITS,
        .examples = (const char *const[]){
            "sig gallery update prod --description 'what we ship'",
            "sig gallery update prod --set tags.team=os --remove tags.old",
            NULL},
        .request = &update_shape,
        .least = REFERENCE_GALLERY,
        .most = REFERENCE_GALLERY,
        .result = &gallery_shape,
        .traits = COMMAND_CHANGES | COMMAND_UPDATES | COMMAND_REPEATS,
        .run = run_update,
    },
    {
        .noun = &gallery_noun,
        .verb = "delete",
        .brief = "remove an empty gallery",
        .about = "Removes the gallery. One that still has image definitions is left alone, and up to five of them are named. A gallery that is not "
                 "there is no error.\n"
                 ABOUT_RECURSIVE "\n"
                 ABOUT_PLAN,
        .examples = (const char *const[]){"sig gallery delete prod", "sig gallery delete prod --recursive --plan -o table", NULL},
        .request = &delete_request_shape,
        .planned = &planned_delete,
        .least = REFERENCE_GALLERY,
        .most = REFERENCE_GALLERY,
        .traits = COMMAND_CHANGES | COMMAND_DELETES | COMMAND_REPEATS,
        .run = run_delete,
    },
    {
        .noun = &gallery_noun,
        .verb = "wait",
        .brief = "wait until a gallery is as it shall be",
        .about = WAIT_ABOUT,
        .examples = (const char *const[]){
            "sig gallery wait prod --created --timeout 60",
            "sig gallery wait prod --custom 'tags.stage == `tested`'",
            NULL},
        .request = &wait_shape,
        .least = REFERENCE_GALLERY,
        .most = REFERENCE_GALLERY,
        .traits = COMMAND_READS | COMMAND_REPEATS,
        .run = wait_run,
    },
};
/* clang-format on */

const struct noun gallery_noun = {
    .name = "gallery",
    .brief = "galleries: named collections of image definitions",
    .about =
        "A gallery is a named collection of image definitions. Its name is unique in the store, "
        "compared without case.",
    .commands = commands,
    .count = sizeof commands / sizeof *commands,
};

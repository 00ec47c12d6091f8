/* 'sig gallery'. */
#include "cmd/plan.h"
#include "cmd/command.h"

#include "cmd/paging.h"
#include "cmd/shared.h"
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
    struct opt_bool sharing_groups;
};

static const struct choices select_choices = {
    .noun = "part to select",
    .words = (const char *const[]){"Permissions", NULL},
};

static const struct row show_rows[] = {
    ROW_OBJECT(struct show_request, ref, "reference", &reference_shape, .about = "The gallery"),
    ROW(struct show_request, select, "select", .flag = "--select", .choices = &select_choices,
        .about = "For scripts that give it: sharingProfile is shown in any case"),
    ROW(struct show_request, sharing_groups, "sharingGroups", .flag = "--sharing-groups", .hidden_flag = true,
        .about = "The same of its groups"),
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

static int foresee_create(const void *request, struct err *err)
{
    const struct change_request *const asked = request;

    if (sharing_check_community(&asked->change.values.sharing_profile, err) == 0)
        return 0;
    return err_wrap(err, "cannot create gallery '%s'", asked->change.ref.gallery);
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

#define ABOUT_SHARING                                                                              \
    "With --permissions Groups it can be shared with others, with Community with everybody, "      \
    "which "                                                                                       \
    "wants all of --publisher-uri, --publisher-email, --eula and --public-name-prefix; see 'sig "  \
    "share'."

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
                 ABOUT_SHARING "\n"
                 "With --soft-delete an image version that is deleted stays in the store's trash: for the days of "
                 "--soft-delete-retention-period it can still be exported by its number, and for those and the days of --soft-delete-grace-period after "
                 "them 'sig image-version undelete' brings it back; then a sweep removes it for good. Turned off again, what is in the trash stays there "
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
        .foresee = foresee_create,
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
        .about = "Sets what is given and keeps the rest. What was fixed at creation cannot change. Permissions may, "
                 "unlike in the service, whenever the gallery is shared with nobody: 'sig share reset' sees to that.\n"
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
        .request = &gallery_wait_shape,
        .least = REFERENCE_GALLERY,
        .most = REFERENCE_GALLERY,
        .traits = COMMAND_READS | COMMAND_REPEATS,
        .run = wait_run,
    },
    {
        .noun = &gallery_noun,
        .verb = "list-shared",
        .brief = "print the galleries that are shared with a store",
        .about = "Prints the galleries that are shared with the subscription that asks, or with --shared-to with the tenant of the store.\n" ABOUT_ASKER "\n" ABOUT_PAGES,
        .examples = (const char *const[]){
            "sig gallery list-shared -o table",
            "sig gallery list-shared --subscription 6a1f0f6e-3a52-4f6e-9d0e-2f1f3b1f7d11",
            "sig gallery list-shared --shared-to tenant",
            NULL},
        .request = &shared_galleries_request,
        .result = &shared_gallery_shape,
        .traits = SHARED_LIST_TRAITS,
        .run = shared_list_galleries,
    },
    {
        .noun = &gallery_noun,
        .verb = "show-shared",
        .brief = "print one gallery that is shared with a store",
        .about = "Prints a gallery that is shared with the subscription that asks, or with the tenant of the store.\n" ABOUT_ASKER,
        .examples = (const char *const[]){
            "sig gallery show-shared --gallery-unique-name 6a1f0f6e-3a52-4f6e-9d0e-2f1f3b1f7d11-TEAM",
            NULL},
        .request = &shared_show_request,
        SHARED_DEPTH(REFERENCE_GALLERY),
        .through = THROUGH_SHARE,
        .result = &shared_gallery_shape,
        .traits = SHARED_SHOW_TRAITS,
        .run = shared_show_gallery,
    },
    {
        .noun = &gallery_noun,
        .verb = "list-community",
        .brief = "print the community galleries",
        .about = "Prints the galleries that are shared with everybody.\n" ABOUT_EVERYBODY "\n" ABOUT_PAGES,
        .examples = (const char *const[]){
            "sig gallery list-community -o table",
            NULL},
        .request = &community_galleries_request,
        .result = &shared_gallery_shape,
        .traits = SHARED_LIST_TRAITS,
        .run = community_list_galleries,
    },
    {
        .noun = &gallery_noun,
        .verb = "show-community",
        .brief = "print one community gallery",
        .about = "Prints a gallery that is shared with everybody.\n" ABOUT_EVERYBODY,
        .examples = (const char *const[]){
            "sig gallery show-community --public-gallery-name contoso-0e6b1c1a-7a55-4d6f-8f6e-9a2b6a0f3c22",
            NULL},
        .request = &community_show_request,
        SHARED_DEPTH(REFERENCE_GALLERY),
        .through = THROUGH_COMMUNITY,
        .result = &shared_gallery_shape,
        .traits = SHARED_SHOW_TRAITS,
        .run = shared_show_gallery,
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

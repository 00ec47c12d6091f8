/* 'sig image-definition'. */
#include "cmd/plan.h"
#include "cmd/command.h"

#include "cmd/paging.h"
#include "cmd/shared.h"
#include "cmd/wait.h"

/* It is done at once, waited for or not. */
struct change_request {
    struct definition_request change;
    struct opt_bool no_wait;
};

/* clang-format off */
static const struct row change_rows[] = {
    ROW_OBJECT(struct change_request, change.ref, "reference", &reference_shape,
               .about = "The image definition"),
    ROW_OBJECT(struct change_request, change.values, "values", &definition_shape,
               .about = "What it shall be"),
    NO_WAIT_ROW(struct change_request, .about = "Print nothing; it is done at once in any case"),
};

static const struct row update_rows[] = {
    ROW_OBJECT(struct change_request, change.ref, "reference", &reference_shape,
               .about = "The image definition"),
    ROW_OBJECT(struct change_request, change.values, "values", &definition_shape,
               .about = "What it shall be"),
    ROW_OBJECT(struct change_request, change.edits, "edits", &edits_shape,
               .about = "What else is to change"),
    NO_WAIT_ROW(struct change_request, .about = "Print nothing; it is done at once in any case"),
};
/* clang-format on */

static const struct shape change_shape = SHAPE(struct change_request, "request", change_rows, NULL);
static const struct shape update_shape = SHAPE(struct change_request, "request", update_rows, NULL);

static int run_create(struct run *run, const void *request, void *result, struct err *err)
{
    const struct change_request *const asked = request;

    return gal_definition_create(run->store, &asked->change, result, err);
}

static int run_show(struct run *run, const void *request, void *result, struct err *err)
{
    const struct reference_request *const named = request;

    return gal_definition_show(run->store, &named->ref, result, err);
}

static int run_list(struct run *run, const void *request, void *result, struct err *err)
{
    const struct list_request *const asked = request;
    const struct list_request call = {.ref = asked->ref, .page = paging_ask(&asked->page)};
    const int rc = gal_definition_list(run->store, &call, result, err);

    paging_end(run, &asked->page, &definition_shape, result);
    return rc;
}

static int run_update(struct run *run, const void *request, void *result, struct err *err)
{
    const struct change_request *const asked = request;

    return gal_definition_update(run->store, &asked->change, result, err);
}

static int run_delete(struct run *run, const void *request, void *result, struct err *err)
{
    const struct delete_request *const named = request;

    (void)result;
    return gal_definition_delete(run->store, &named->ref,
                                 delete_how(&named->recursive, &named->bypass), err);
}

/* What --plan makes of it. */
static const struct command planned_delete = {.noun = &image_definition_noun,
                                              .verb = "delete",
                                              .request = &delete_request_shape,
                                              .least = REFERENCE_DEFINITION,
                                              .most = REFERENCE_DEFINITION,
                                              .result = &plan_shape,
                                              .traits = PLANNED_TRAITS | COMMAND_REPEATS,
                                              .run = plan_delete_run};

/* clang-format off */
static const struct command commands[] = {
    {
        .noun = &image_definition_noun,
        .verb = "create",
        .brief = "make an image definition, or change it",
        .about = "Says what all versions of an image have in common. Publisher, offer and sku together are unique "
                 "in the gallery. A definition that exists is changed as 'update' would change it.",
        .examples = (const char *const[]){
            "sig image-definition create prod/ubuntu --os-type linux -p acme -f ubuntu -s 24.04",
            "sig image-definition create prod/win --os-type windows -p acme -f win -s 2025 --os-state specialized",
            NULL},
        .request = &change_shape,
        .least = REFERENCE_DEFINITION,
        .most = REFERENCE_DEFINITION,
        .result = &definition_shape,
        .traits = COMMAND_CHANGES,
        .run = run_create,
    },
    {
        .noun = &image_definition_noun,
        .verb = "show",
        .brief = "print one image definition",
        .about = "Prints the properties of an image definition.",
        .examples = (const char *const[]){"sig image-definition show prod/ubuntu", NULL},
        .request = &reference_request_shape,
        .least = REFERENCE_DEFINITION,
        .most = REFERENCE_DEFINITION,
        .result = &definition_shape,
        .traits = COMMAND_READS | COMMAND_REPEATS,
        .run = run_show,
    },
    {
        .noun = &image_definition_noun,
        .verb = "list",
        .brief = "print the image definitions of a gallery",
        .about = "Prints the image definitions of a gallery by name.\n"
                 ABOUT_PAGES,
        .examples = (const char *const[]){"sig image-definition list prod -o table", NULL},
        .request = &list_request_shape,
        .least = REFERENCE_GALLERY,
        .most = REFERENCE_GALLERY,
        .result = &definition_shape,
        .traits = COMMAND_READS | COMMAND_LISTS,
        .run = run_list,
    },
    {
        .noun = &image_definition_noun,
        .verb = "update",
        .brief = "change an image definition",
        .about = "Sets what is given and keeps the rest. What was fixed at creation cannot change.\n"
                 ABOUT_EDITS,
        .examples = (const char *const[]){
            "sig image-definition update prod/ubuntu --minimum-memory 2 --tags stage=tested",
            "sig image-definition update prod/ubuntu --set recommended.memory.max=64 --add disallowed.diskTypes "
            "Premium_LRS",
            NULL},
        .request = &update_shape,
        .least = REFERENCE_DEFINITION,
        .most = REFERENCE_DEFINITION,
        .result = &definition_shape,
        .traits = COMMAND_CHANGES | COMMAND_UPDATES | COMMAND_REPEATS,
        .run = run_update,
    },
    {
        .noun = &image_definition_noun,
        .verb = "delete",
        .brief = "remove an image definition without versions",
        .about = "Removes the image definition. One that still has versions is left alone, and up to five of them are named. A definition that is "
                 "not there is no error.\n"
                 ABOUT_RECURSIVE "\n"
                 ABOUT_PLAN,
        .examples = (const char *const[]){"sig image-definition delete prod/ubuntu", "sig image-definition delete prod/ubuntu --recursive --plan -o table", NULL},
        .request = &delete_request_shape,
        .planned = &planned_delete,
        .least = REFERENCE_DEFINITION,
        .most = REFERENCE_DEFINITION,
        .traits = COMMAND_CHANGES | COMMAND_DELETES | COMMAND_REPEATS,
        .run = run_delete,
    },
    {
        .noun = &image_definition_noun,
        .verb = "wait",
        .brief = "wait until an image definition is as it shall be",
        .about = WAIT_ABOUT,
        .examples = (const char *const[]){
            "sig image-definition wait prod/ubuntu --created --timeout 60",
            "sig image-definition wait prod/ubuntu --custom 'tags.stage == `tested`'",
            NULL},
        .request = &wait_shape,
        .least = REFERENCE_DEFINITION,
        .most = REFERENCE_DEFINITION,
        .traits = COMMAND_READS | COMMAND_REPEATS,
        .run = wait_run,
    },
    {
        .noun = &image_definition_noun,
        .verb = "list-shared",
        .brief = "print image definitions shared with a store",
        .about = "Prints the image definitions of a gallery that is shared with the subscription that asks.\n" ABOUT_ASKER "\n" ABOUT_PAGES,
        .examples = (const char *const[]){
            "sig image-definition list-shared --gallery-unique-name 6a1f0f6e-3a52-4f6e-9d0e-2f1f3b1f7d11-TEAM -o table",
            NULL},
        .request = &shared_list_request,
        SHARED_DEPTH(REFERENCE_GALLERY),
        .through = THROUGH_SHARE,
        .result = &shared_definition_shape,
        .traits = SHARED_LIST_TRAITS,
        .run = shared_list_definitions,
    },
    {
        .noun = &image_definition_noun,
        .verb = "show-shared",
        .brief = "print one image definition shared with a store",
        .about = "Prints an image definition of a gallery that is shared with the subscription that asks.\n" ABOUT_ASKER,
        .examples = (const char *const[]){
            "sig image-definition show-shared --gallery-unique-name 6a1f0f6e-3a52-4f6e-9d0e-2f1f3b1f7d11-TEAM -i ubuntu",
            NULL},
        .request = &shared_show_request,
        SHARED_DEPTH(REFERENCE_DEFINITION),
        .through = THROUGH_SHARE,
        .result = &shared_definition_shape,
        .traits = SHARED_SHOW_TRAITS,
        .run = shared_show_definition,
    },
    {
        .noun = &image_definition_noun,
        .verb = "list-community",
        .brief = "print image definitions for everybody",
        .about = "Prints the image definitions of a community gallery. Publisher, offer and sku are empty, as the service has it.\n" ABOUT_EVERYBODY "\n" ABOUT_PAGES,
        .examples = (const char *const[]){
            "sig image-definition list-community --public-gallery-name contoso-0e6b1c1a-7a55-4d6f-8f6e-9a2b6a0f3c22",
            NULL},
        .request = &community_list_request,
        SHARED_DEPTH(REFERENCE_GALLERY),
        .through = THROUGH_COMMUNITY,
        .result = &shared_definition_shape,
        .traits = SHARED_LIST_TRAITS,
        .run = shared_list_definitions,
    },
    {
        .noun = &image_definition_noun,
        .verb = "show-community",
        .brief = "print one image definition for everybody",
        .about = "Prints an image definition of a community gallery.\n" ABOUT_EVERYBODY,
        .examples = (const char *const[]){
            "sig image-definition show-community --public-gallery-name contoso-0e6b1c1a-7a55-4d6f-8f6e-9a2b6a0f3c22 -i ubuntu",
            NULL},
        .request = &community_show_request,
        SHARED_DEPTH(REFERENCE_DEFINITION),
        .through = THROUGH_COMMUNITY,
        .result = &shared_definition_shape,
        .traits = SHARED_SHOW_TRAITS,
        .run = shared_show_definition,
    },
};
/* clang-format on */

const struct noun image_definition_noun = {
    .name = "image-definition",
    .brief = "image definitions: what versions of an image share",
    .about =
        "An image definition says what all versions of an image have in common: who made it, its "
        "operating system, and what a machine needs to run it. It holds no disk itself.",
    .commands = commands,
    .count = sizeof commands / sizeof *commands,
};

/* 'sig share'. */
#include "cmd/command.h"

#include "cmd/wait.h"

struct change_request {
    struct share_request change;
    struct opt_bool no_wait;
};

/* clang-format off */
#define GALLERY_ROW ROW_OBJECT(struct change_request, change.ref, "reference", &reference_shape, .about = "The gallery")
#define DONE_ROW NO_WAIT_ROW(struct change_request, .about = "Print nothing; it is done at once in any case")

static const struct row change_rows[] = {
    GALLERY_ROW,
    ROW(struct change_request, change.subscriptions, "subscriptionIds", .flag = "--subscription-ids",
        .metavar = "ID", .check = sharing_check_ids, .about = "These subscriptions: ids of stores, as 'sig account show' prints them"),
    ROW(struct change_request, change.tenants, "tenantIds", .flag = "--tenant-ids", .metavar = "ID",
        .check = sharing_check_ids, .about = "These tenants: tenantId there"),
    DONE_ROW,
};

static const struct row plain_rows[] = {GALLERY_ROW, DONE_ROW};

/* The Azure CLI takes them, and there is nothing to do with them. */
static const struct row community_rows[] = {
    GALLERY_ROW,
    ROW(struct change_request, change.subscriptions, "subscriptionIds", .flag = "--subscription-ids",
        .hidden_flag = true, .about = "Refused: it is for everybody"),
    ROW(struct change_request, change.tenants, "tenantIds", .flag = "--tenant-ids",
        .hidden_flag = true, .about = "Refused: it is for everybody"),
    DONE_ROW,
};
/* clang-format on */

static const struct shape change_shape = SHAPE(struct change_request, "request", change_rows, NULL);
static const struct shape plain_shape = SHAPE(struct change_request, "request", plain_rows, NULL);
static const struct shape community_shape =
    SHAPE(struct change_request, "request", community_rows, NULL);

static int run_add(struct run *run, const void *request, void *result, struct err *err)
{
    const struct change_request *const asked = request;

    return gal_share_add(run->store, &asked->change, result, err);
}

static int run_remove(struct run *run, const void *request, void *result, struct err *err)
{
    const struct change_request *const asked = request;

    return gal_share_remove(run->store, &asked->change, result, err);
}

static int run_reset(struct run *run, const void *request, void *result, struct err *err)
{
    const struct change_request *const asked = request;

    return gal_share_reset(run->store, &asked->change, result, err);
}

static int run_enable_community(struct run *run, const void *request, void *result, struct err *err)
{
    const struct change_request *const asked = request;

    return gal_share_enable_community(run->store, &asked->change, result, err);
}

/* clang-format off */
static const struct command commands[] = {
    {
        .noun = &share_noun,
        .verb = "add",
        .brief = "share a gallery with subscriptions and tenants",
        .about = "Shares a gallery whose permissions are Groups with those that are named, beside those that it is shared "
                 "with already, and prints it: with up to 30 subscriptions and 5 tenants in all.",
        .examples = (const char *const[]){
            "sig share add team --subscription-ids 6a1f0f6e-3a52-4f6e-9d0e-2f1f3b1f7d11",
            "sig share add team --tenant-ids 0e6b1c1a-7a55-4d6f-8f6e-9a2b6a0f3c22",
            NULL},
        .request = &change_shape,
        .least = REFERENCE_GALLERY,
        .most = REFERENCE_GALLERY,
        .result = &gallery_shape,
        .traits = COMMAND_CHANGES | COMMAND_REPEATS,
        .run = run_add,
    },
    {
        .noun = &share_noun,
        .verb = "remove",
        .brief = "share a gallery with some no more",
        .about = "Takes those that are named away from those that the gallery is shared with, and prints it. That it is not "
                 "shared with one of them is no error.",
        .examples = (const char *const[]){
            "sig share remove team --subscription-ids 6a1f0f6e-3a52-4f6e-9d0e-2f1f3b1f7d11", NULL},
        .request = &change_shape,
        .least = REFERENCE_GALLERY,
        .most = REFERENCE_GALLERY,
        .result = &gallery_shape,
        .traits = COMMAND_CHANGES | COMMAND_REPEATS,
        .run = run_remove,
    },
    {
        .noun = &share_noun,
        .verb = "reset",
        .brief = "share a gallery with nobody",
        .about = "Makes a gallery Private again, whoever it was shared with. What was said of a community gallery is kept, "
                 "and so is its public name: when it is a community gallery again, it is called the same.",
        .examples = (const char *const[]){"sig share reset team", NULL},
        .request = &plain_shape,
        .least = REFERENCE_GALLERY,
        .most = REFERENCE_GALLERY,
        .result = &gallery_shape,
        .traits = COMMAND_CHANGES | COMMAND_REPEATS,
        .run = run_reset,
    },
    {
        .noun = &share_noun,
        .verb = "enable-community",
        .brief = "share a gallery with everybody",
        .about = "Shares a gallery whose permissions are Community with everybody, and prints it. The first time it gets its "
                 "public name: the prefix, a dash and a UUID. It may be ended with 'sig share reset' and begun again, which "
                 "the service does not allow.",
        .examples = (const char *const[]){"sig share enable-community open", NULL},
        .request = &community_shape,
        .least = REFERENCE_GALLERY,
        .most = REFERENCE_GALLERY,
        .result = &gallery_shape,
        .traits = COMMAND_CHANGES | COMMAND_REPEATS,
        .run = run_enable_community,
    },
    {
        .noun = &share_noun,
        .verb = "wait",
        .brief = "wait until a gallery is as it shall be",
        .about = WAIT_ABOUT,
        .examples = (const char *const[]){"sig share wait team --custom 'sharingProfile.permissions == `Groups`'", NULL},
        .request = &gallery_wait_shape,
        .least = REFERENCE_GALLERY,
        .most = REFERENCE_GALLERY,
        .traits = COMMAND_READS | COMMAND_REPEATS,
        .run = wait_run,
    },
};
/* clang-format on */

const struct noun share_noun = {
    .name = "share",
    .brief = "galleries shared with other stores, or everybody",
    .about =
        "A gallery is Private, Groups or Community: 'sig gallery create' and 'sig gallery update' "
        "say which with --permissions. One with Groups is shared with the subscriptions and "
        "tenants that 'sig share add' names; a subscription is a store, by its id. One with "
        "Community is everybody's from 'sig share enable-community' on. Those it is shared with "
        "find it with the verbs list-shared, show-shared, list-community and show-community of "
        "gallery, image-definition and image-version, and read its images by the ids that these "
        "print, whatever roles there are.\n"
        "An id is not proven: whoever can read the store's files may ask as any subscription. The "
        "file system is the gate; sharing says what is meant to be used, and by whom.\n"
        "The permissions of a gallery may change at any time, but not while it is shared: 'sig "
        "share reset' ends that first. A gallery whose permissions are not Private has no "
        "encrypted image versions, and no image definitions of the security types TrustedLaunch "
        "and ConfidentialVM.",
    .commands = commands,
    .count = sizeof commands / sizeof *commands,
};

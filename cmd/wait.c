#include "cmd/wait.h"

/* An image version, with what the Azure CLI's command takes. */
struct version_wait {
    struct wait_request wait; /* the first, as wait_run relies on */
    unsigned expand;          /* one part, which is always looked at */
};

static const struct choices expand_choices = {
    .noun = "part to expand",
    .words = (const char *const[]){"ReplicationStatus", NULL},
};

/* A gallery, with what the Azure CLI's command takes: both are always looked at. */
struct gallery_wait {
    struct wait_request wait; /* the first, as wait_run relies on */
    unsigned expand, select;
};

static const struct choices sharing_choices = {
    .noun = "part to expand",
    .words = (const char *const[]){"SharingProfile/Groups", NULL},
};

static const struct choices select_choices = {
    .noun = "part to select",
    .words = (const char *const[]){"Permissions", NULL},
};

/* clang-format off */
static const struct row conditions_rows[] = {
    ROW(struct wait_conditions, created, "created", .flag = "--created",
        .about = "Until it is there and its provisioningState is Succeeded"),
    ROW(struct wait_conditions, updated, "updated", .flag = "--updated",
        .about = "Until its provisioningState is Succeeded; that it is not there is an error"),
    ROW(struct wait_conditions, deleted, "deleted", .flag = "--deleted",
        .about = "Until it is not there"),
    ROW(struct wait_conditions, exists, "exists", .flag = "--exists",
        .about = "Until it is there, in any state"),
    ROW(struct wait_conditions, custom, "custom", .flag = "--custom", .metavar = "JMESPATH",
        .about = "Until this holds for what 'show' prints of it"),
    ROW(struct wait_conditions, interval, "interval", .flag = "--interval", .metavar = "SECONDS",
        .min = 1, .max = INT32_MAX,
        .about = "The longest time between two looks, the first ones being shorter; default: 30"),
    ROW(struct wait_conditions, timeout, "timeout", .flag = "--timeout", .metavar = "SECONDS",
        .min = 0, .max = INT32_MAX,
        .about = "When to give up, with exit status 9; default: 3600"),
};

static const struct shape conditions_shape =
    SHAPE(struct wait_conditions, "conditions", conditions_rows, NULL);

static const struct row wait_rows[] = {
    ROW_OBJECT(struct wait_request, ref, "reference", &reference_shape,
               .about = "What to wait for"),
    ROW_OBJECT(struct wait_request, until, "until", &conditions_shape,
               .about = "How it shall be"),
};

static const struct row gallery_wait_rows[] = {
    ROW_OBJECT(struct gallery_wait, wait.ref, "reference", &reference_shape,
               .about = "What to wait for"),
    ROW_OBJECT(struct gallery_wait, wait.until, "until", &conditions_shape,
               .about = "How it shall be"),
    ROW(struct gallery_wait, expand, "expand", .flag = "--expand", .hidden_flag = true,
        .choices = &sharing_choices, .about = "Not needed: --custom sees it in any case"),
    ROW(struct gallery_wait, select, "select", .flag = "--select", .hidden_flag = true,
        .choices = &select_choices, .about = "The same"),
};

static const struct row version_wait_rows[] = {
    ROW_OBJECT(struct version_wait, wait.ref, "reference", &reference_shape,
               .about = "The image version"),
    ROW_OBJECT(struct version_wait, wait.until, "until", &conditions_shape,
               .about = "How it shall be"),
    ROW(struct version_wait, wait.replicated, "replicated", .flag = "--replicated",
        .about = "Until its copies in all target regions are complete"),
    ROW(struct version_wait, wait.region, "region", .flag = "--region", .metavar = "REGION",
        .parse = region_parse_words, .check = region_check,
        .about = "With --replicated: only the copies there"),
    ROW(struct version_wait, expand, "expand", .flag = "--expand", .choices = &expand_choices,
        .about = "Not needed: --custom sees the replicationStatus in any case"),
};
/* clang-format on */

const struct shape wait_shape = SHAPE(struct wait_request, "request", wait_rows, NULL);
const struct shape gallery_wait_shape =
    SHAPE(struct gallery_wait, "request", gallery_wait_rows, NULL);
const struct shape version_wait_shape =
    SHAPE(struct version_wait, "request", version_wait_rows, NULL);

int wait_run(struct run *run, const void *request, void *result, struct err *err)
{
    (void)result;
    return gal_wait(run->store, request, err);
}

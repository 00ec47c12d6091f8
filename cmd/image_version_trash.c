/* What was soft-deleted, for 'sig image-version'. */
#include "cmd/image_version.h"

#include "cmd/paging.h"
#include "cmd/wait.h"

/* --- list-soft-deleted --- */

struct list_trash_request {
    struct reference ref;
    unsigned artifact_type;
    struct page page;
};

/* clang-format off */
static const struct row list_rows[] = {
    ROW_OBJECT(struct list_trash_request, ref, "reference", &reference_shape,
               .about = "An image definition or a gallery; nothing: the store"),
    ROW(struct list_trash_request, artifact_type, "artifactType", .flag = "--artifact-type",
        .choices = &artifact_type_choices, .about = "What is listed; there is nothing else"),
    ROW_OBJECT(struct list_trash_request, page, "page", &page_shape,
               .about = "Which part of the list"),
};
/* clang-format on */

const struct shape version_list_trash_shape =
    SHAPE(struct list_trash_request, "request", list_rows, NULL);

int version_run_list_trash(struct run *run, const void *request, void *result, struct err *err)
{
    const struct list_trash_request *const asked = request;
    const struct list_request call = {.ref = asked->ref, .page = paging_ask(&asked->page)};
    const int rc = gal_version_list_soft_deleted(run->store, &call, result, err);

    paging_end_at(run, &asked->page,
                  shape_row(&soft_deleted_shape, asked->ref.definition ? "name" : "imageVersion"),
                  &soft_deleted_shape, result);
    return rc;
}

/* --- undelete --- */

struct undelete_asked {
    struct undelete_request undelete;
    struct opt_bool no_wait;
};

/* clang-format off */
static const struct row undelete_rows[] = {
    ROW_OBJECT(struct undelete_asked, undelete.ref, "reference", &reference_shape,
               .about = "The image version"),
    ROW(struct undelete_asked, undelete.location, "location", .flag = "--location", .letter = 'l',
        .metavar = "REGION", .parse = region_parse_words, .check = region_check,
        .about = "Its home region, as for a version that is there: another one is refused"),
    ROW(struct undelete_asked, undelete.tags, "tags", .check = name_check_tags, .flag = "--tags",
        .about = "Free notes in place of those that it had; \"\" clears them"),
    ROW(struct undelete_asked, undelete.allow_deletion_of_replicated_locations,
        "allowDeletionOfReplicatedLocations", .flag = "--allow-replicated-location-deletion",
        .about = "Whether an update may take target regions away from it"),
    NO_WAIT_ROW(struct undelete_asked, .about = "Print nothing; it is done at once in any case"),
};
/* clang-format on */

const struct shape version_undelete_shape =
    SHAPE(struct undelete_asked, "request", undelete_rows, NULL);

int version_run_undelete(struct run *run, const void *request, void *result, struct err *err)
{
    const struct undelete_asked *const asked = request;

    return gal_version_undelete(run->store, &asked->undelete, result, err);
}

/* --- purge --- */

struct purge_asked {
    struct purge_request purge;
    struct opt_bool yes; /* nothing is asked in any case */
};

/* clang-format off */
static const struct row purge_rows[] = {
    ROW_OBJECT(struct purge_asked, purge.ref, "reference", &reference_shape,
               .about = "An image version; with --all an image definition or a gallery, nothing: the store"),
    ROW(struct purge_asked, purge.all, "all", .flag = "--all",
        .about = "All that are in the trash of what is named"),
    ROW(struct purge_asked, yes, "yes", .flag = "--yes", .letter = 'y', .metavar = "",
        .about = "Accepted; nothing is asked in any case"),
};
/* clang-format on */

const struct shape version_purge_shape = SHAPE(struct purge_asked, "request", purge_rows, NULL);

int version_run_purge(struct run *run, const void *request, void *result, struct err *err)
{
    const struct purge_asked *const asked = request;

    (void)result;
    return gal_version_purge(run->store, &asked->purge, err);
}

#include "cmd/shared.h"

#include "cmd/paging.h"

struct shared_ask {
    struct reference ref;
    char *location;
    unsigned shared_to; /* 1: tenant */
    struct opt_bool all;
    struct page page;
    char *marker; /* the Azure CLI's older words for a page */
    struct opt_bool show_next_marker;
};

static const struct choices shared_to_choices = {
    .noun = "kind of share",
    .words = (const char *const[]){"tenant", NULL},
};

/* clang-format off */
#define LOCATION_ROW                                                                               \
    ROW(struct shared_ask, location, "location", .flag = "--location", .letter = 'l', .metavar = "REGION", \
        .parse = region_parse_words, .check = region_check,                                        \
        .about = "Region to show it in; its own when not given")
#define SHARED_TO_ROW                                                                              \
    ROW(struct shared_ask, shared_to, "sharedTo", .flag = "--shared-to", .choices = &shared_to_choices, \
        .about = "What is shared with the store's tenant, not with a subscription")
#define PAGE_ROW ROW_OBJECT(struct shared_ask, page, "page", &page_shape, .about = "Which part of the list")
#define SHARED_ROW(words)                                                                          \
    ROW_OBJECT(struct shared_ask, ref, "reference", &shared_reference_shape, .about = words)
#define COMMUNITY_ROW(words)                                                                       \
    ROW_OBJECT(struct shared_ask, ref, "reference", &community_reference_shape, .about = words)

static const struct row shared_galleries_rows[] = {LOCATION_ROW, SHARED_TO_ROW, PAGE_ROW};
static const struct row community_galleries_rows[] = {
    LOCATION_ROW,
    PAGE_ROW,
    ROW(struct shared_ask, marker, "marker", .flag = "--marker", .hidden_flag = true, .about = "As --next-token"),
    ROW(struct shared_ask, show_next_marker, "showNextMarker", .flag = "--show-next-marker", .hidden_flag = true,
        .about = "A note says it in any case"),
};
static const struct row shared_list_rows[] = {SHARED_ROW("What it is in"), LOCATION_ROW, SHARED_TO_ROW, PAGE_ROW};
static const struct row shared_show_rows[] = {SHARED_ROW("What is shared"), LOCATION_ROW};
static const struct row community_list_rows[] = {COMMUNITY_ROW("What it is in"), LOCATION_ROW, PAGE_ROW};
static const struct row community_show_rows[] = {COMMUNITY_ROW("What is everybody's"), LOCATION_ROW};
static const struct row community_versions_rows[] = {
    COMMUNITY_ROW("The image definition"),
    LOCATION_ROW,
    ROW(struct shared_ask, all, "all", .flag = "--all", .about = "All of them, not the latest alone"),
    PAGE_ROW,
};
/* clang-format on */

#define REQUEST(rows) SHAPE(struct shared_ask, "request", rows, NULL)

const struct shape shared_galleries_request = REQUEST(shared_galleries_rows);
const struct shape community_galleries_request = REQUEST(community_galleries_rows);
const struct shape shared_list_request = REQUEST(shared_list_rows);
const struct shape shared_show_request = REQUEST(shared_show_rows);
const struct shape community_list_request = REQUEST(community_list_rows);
const struct shape community_show_request = REQUEST(community_show_rows);
const struct shape community_versions_request = REQUEST(community_versions_rows);

/* The library's form; it borrows, also the page. */
static struct shared_request request_of(const struct run *run, const struct shared_ask *asked,
                                        const struct page *page)
{
    return (struct shared_request){
        .ref = asked->ref,
        .subscription = run->subscription,
        .tenant = {.set = true, .value = asked->shared_to != 0},
        .location = asked->location,
        .all = asked->all,
        .page = page,
    };
}

static int list_galleries(struct run *run, const struct shared_ask *asked,
                          enum reference_through through, void *result, struct err *err)
{
    struct page page = paging_ask(&asked->page);
    struct shared_request request = request_of(run, asked, &page);
    int rc;

    if (asked->marker && !page.next_token)
        page.next_token = asked->marker;
    request.ref.through = through;
    rc = gal_shared_gallery_list(run->store, &request, result, err);
    paging_end(run, &asked->page, &shared_gallery_shape, result);
    return rc;
}

int shared_list_galleries(struct run *run, const void *request, void *result, struct err *err)
{
    return list_galleries(run, request, THROUGH_SHARE, result, err);
}

int community_list_galleries(struct run *run, const void *request, void *result, struct err *err)
{
    return list_galleries(run, request, THROUGH_COMMUNITY, result, err);
}

int shared_show_gallery(struct run *run, const void *request, void *result, struct err *err)
{
    const struct shared_request asked = request_of(run, request, NULL);

    return gal_shared_gallery_show(run->store, &asked, result, err);
}

int shared_list_definitions(struct run *run, const void *request, void *result, struct err *err)
{
    const struct shared_ask *const asked = request;
    const struct page page = paging_ask(&asked->page);
    const struct shared_request call = request_of(run, asked, &page);
    const int rc = gal_shared_definition_list(run->store, &call, result, err);

    paging_end(run, &asked->page, &shared_definition_shape, result);
    return rc;
}

int shared_show_definition(struct run *run, const void *request, void *result, struct err *err)
{
    const struct shared_request asked = request_of(run, request, NULL);

    return gal_shared_definition_show(run->store, &asked, result, err);
}

int shared_list_versions(struct run *run, const void *request, void *result, struct err *err)
{
    const struct shared_ask *const asked = request;
    const struct page page = paging_ask(&asked->page);
    const struct shared_request call = request_of(run, asked, &page);
    const int rc = gal_shared_version_list(run->store, &call, result, err);

    paging_end(run, &asked->page, &shared_version_shape, result);
    return rc;
}

int shared_show_version(struct run *run, const void *request, void *result, struct err *err)
{
    const struct shared_request asked = request_of(run, request, NULL);

    return gal_shared_version_show(run->store, &asked, result, err);
}

/* shared.h: what is shared, as those see it that it is shared with: the verbs list-shared,
 * show-shared, list-community and show-community of three nouns. */
#ifndef CMD_SHARED_H
#define CMD_SHARED_H

#include "cmd/command.h"

/* Requests: of the galleries that are shared, of community galleries; of what is in one, one of it;
 * the same for everybody. */
extern const struct shape shared_galleries_request, community_galleries_request;
extern const struct shape shared_list_request, shared_show_request;
extern const struct shape community_list_request, community_show_request,
    community_versions_request;

/* Their run functions; those of image definitions and versions are the same for everybody. */
int shared_list_galleries(struct run *run, const void *request, void *result, struct err *err);
int community_list_galleries(struct run *run, const void *request, void *result, struct err *err);
int shared_show_gallery(struct run *run, const void *request, void *result, struct err *err);
int shared_list_definitions(struct run *run, const void *request, void *result, struct err *err);
int shared_show_definition(struct run *run, const void *request, void *result, struct err *err);
int shared_list_versions(struct run *run, const void *request, void *result, struct err *err);
int shared_show_version(struct run *run, const void *request, void *result, struct err *err);

/* The rows of the four verbs of a noun are the same but for these. */
#define SHARED_LIST_TRAITS  (COMMAND_READS | COMMAND_LISTS | COMMAND_ASKS)
#define SHARED_SHOW_TRAITS  (COMMAND_READS | COMMAND_REPEATS | COMMAND_ASKS)
#define SHARED_DEPTH(depth) .least = (depth), .most = (depth)

/* Paragraphs. */
#define ABOUT_ASKER                                                                                \
    "Asked is as the subscription, or the tenant, that --subscription names by its id, which "     \
    "need "                                                                                        \
    "not be this store's; as the store itself when it is not given. No role is asked for and no "  \
    "id proven: "                                                                                  \
    "whoever can read the store's files may ask as any."
#define ABOUT_EVERYBODY "No role is asked for: whoever can read the store's files may ask."
#define ABOUT_PLACE                                                                                \
    "With --location that region is shown as its place, and a version only if it is replicated "   \
    "there."

#endif

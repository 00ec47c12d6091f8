#include "store/scratch.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "model/region.h"
#include "os/dir.h"
#include "os/file.h"
#include "store/layout.h"

/* A name that belongs there: exactly so, or "*" and an ending; and what belongs in that directory,
 * NULL: it is a file, or is not looked into. */
struct known {
    const char *name;
    const struct known *inside;
};

/* clang-format off */
static const struct known replication_places[] = {{"*.json", NULL}, {NULL, NULL}};
static const struct known version_places[] = {
    {"version.json", NULL}, {LAYOUT_REPLICATION, replication_places}, {NULL, NULL}};
static const struct known versions_places[] = {{"*", version_places}, {NULL, NULL}};
static const struct known definition_places[] = {
    {"definition.json", NULL}, {"versions", versions_places}, {NULL, NULL}};
static const struct known images_places[] = {{"*", definition_places}, {NULL, NULL}};
static const struct known gallery_places[] = {
    {"gallery.json", NULL}, {LAYOUT_LOCK, NULL}, {"images", images_places}, {NULL, NULL}};

static const struct known blobs_places[] = {{"*.blob", NULL}, {NULL, NULL}};
static const struct known disks_places[] = {{"*.disk", NULL}, {"*.raw", NULL}, {NULL, NULL}};
/* Whatever was set aside. */
static const struct known set_aside_places[] = {{"*", NULL}, {NULL, NULL}};
static const struct known replica_places[] = {
    {LAYOUT_REPLICA, NULL}, {"lock", NULL}, {"turnstile", NULL}, {"readers", NULL}, {"index.*", NULL},
    {"blobs", blobs_places}, {"disks", disks_places}, {"quarantine", set_aside_places},
    /* Of a directory that is a file system of its own. */
    {"lost+found", NULL}, {NULL, NULL}};

static const struct known any_places[] = {{"*", NULL}, {NULL, NULL}};
/* A directory, whose content is another part. */
static const struct known another_part[] = {{NULL, NULL}};
static const struct known galleries_places[] = {{"*", another_part}, {NULL, NULL}};
static const struct known zoned_places[] = {{LAYOUT_ZONE "*", another_part}, {NULL, NULL}};
static const struct known zoned_type_places[] = {{"*", zoned_places}, {NULL, NULL}};
static const struct known region_places[] = {
    {LAYOUT_REGION, NULL}, {"lost+found", NULL}, {"standard_zrs", zoned_type_places},
    {"*", any_places}, {NULL, NULL}};
static const struct known regions_places[] = {
    {"lost+found", NULL}, {"*", region_places}, {NULL, NULL}};
static const struct known claims_places[] = {{"*.json", NULL}, {NULL, NULL}};
static const struct known work_places[] = {{"*.json", NULL}, {NULL, NULL}};
static const struct known trashed_places[] = {
    {"version.json", NULL}, {LAYOUT_DELETION, NULL}, {LAYOUT_REPLICATION, replication_places}, {NULL, NULL}};
static const struct known trash_places[] = {{"*", trashed_places}, {NULL, NULL}};
static const struct known repairs_places[] = {{"*.json", NULL}, {NULL, NULL}};
static const struct known open_places[] = {{"*.json", NULL}, {NULL, NULL}};
static const struct known activity_places[] = {
    {"*" LAYOUT_LOG_ENDING, NULL}, {LAYOUT_LOCK, NULL}, {"open", open_places}, {NULL, NULL}};
static const struct known store_places[] = {
    {LAYOUT_STORE, NULL}, {LAYOUT_LOCK, NULL}, {LAYOUT_LOCKS, NULL}, {LAYOUT_ROLES, NULL}, {LAYOUT_PRICES, NULL},
    {LAYOUT_GALLERIES, galleries_places},
    {LAYOUT_REGIONS, regions_places}, {LAYOUT_REPLICAS, claims_places},
    {LAYOUT_WORK, work_places}, {LAYOUT_REPAIRS, repairs_places}, {LAYOUT_ACTIVITY, activity_places},
    {LAYOUT_TRASH, trash_places},
    {"lost+found", NULL}, {NULL, NULL}};
/* clang-format on */

static bool fits(const char *pattern, const char *name)
{
    const char *const star = strchr(pattern, '*');

    if (!star)
        return text_equal(pattern, name);
    return name[0] != '.' && strncmp(pattern, name, (size_t)(star - pattern)) == 0 &&
           text_ends(name, star + 1);
}

/* In a version the record of a deletion that was not done, or was undone, too. */
static bool is_scratch(const struct known *known, const char *name)
{
    return name[0] == '.' || (known == version_places && text_equal(name, LAYOUT_DELETION));
}

static const struct known *find(const struct known *known, const char *name)
{
    for (; known->name; known++)
        if (fits(known->name, name))
            return known;
    return NULL;
}

static int walk(int dir, const char *path, const struct known *known,
                const struct scratch_visitor *visitor, struct err *err);

static int enter(int dir, const char *path, const char *name, const struct known *known,
                 const struct scratch_visitor *visitor, struct err *err)
{
    char *const below = *path ? text_printf("%s/%s", path, name) : text_copy(name);
    struct file_info info;
    int fd = FILE_NONE;
    bool there;
    int rc = file_look(dir, name, &there, &info, err);

    if (rc == 0 && there && info.kind != FILE_DIRECTORY) {
        rc = visitor->visit(visitor->user, dir, path, name, false, err);
    } else if (rc == 0 && known != another_part) {
        rc = dir_open(dir, name, &fd, err);
        if (rc == 0)
            rc = walk(fd, below, known, visitor, err);
        else if (rc != E_NOT_FOUND)
            err_wrap(err, "directory '%s'", below);
    }
    file_close(&fd);
    free(below);
    return rc == E_NOT_FOUND ? 0 : rc;
}

static int walk(int dir, const char *path, const struct known *known,
                const struct scratch_visitor *visitor, struct err *err)
{
    struct texts names = {0};
    int rc = dir_list(dir, ".", &names, err);

    for (size_t i = 0; rc == 0 && i < names.count; i++) {
        const char *const name = names.items[i];
        const struct known *const found = find(known, name);

        if (!found)
            rc = visitor->visit(visitor->user, dir, path, name, is_scratch(known, name), err);
        else if (found->inside)
            rc = enter(dir, path, name, found->inside, visitor, err);
    }
    texts_done(&names);
    return rc;
}

const struct known *scratch_names(enum scratch_part part)
{
    static const struct known *const known[] = {
        [SCRATCH_STORE] = store_places,
        [SCRATCH_GALLERY] = gallery_places,
        [SCRATCH_REPLICA] = replica_places,
        [SCRATCH_REGION] = region_places,
    };

    return known[part];
}

/* Not any name, in a directory that may be anywhere. */
static bool is_storage_type(const char *name)
{
    for (unsigned type = 1; choice_word(&storage_type_choices, type); type++)
        if (text_same_word(choice_word(&storage_type_choices, type), name))
            return true;
    return false;
}

bool scratch_belongs(const struct known *names, const char *name, const struct known **ret_inside)
{
    const struct known *const found = find(names, name);

    *ret_inside = NULL;
    if (!found || text_equal(name, "lost+found"))
        return false;
    if (names == region_places && found->inside && !is_storage_type(name))
        return false;
    *ret_inside = names == galleries_places                      ? gallery_places
                  : names == any_places || names == zoned_places ? replica_places
                                                                 : found->inside;
    return true;
}

int scratch_find_in(int dir, enum scratch_part part, const char *path,
                    const struct scratch_visitor *visitor, struct err *err)
{
    return walk(dir, path, scratch_names(part), visitor, err);
}

int scratch_find(const struct store *store, enum scratch_part part, const char *path,
                 const struct scratch_visitor *visitor, struct err *err)
{
    int fd = FILE_NONE;
    int rc;

    if (store->root == FILE_NONE)
        return 0;
    rc = dir_open(store->root, *path ? path : ".", &fd, err);
    if (rc == 0)
        rc = scratch_find_in(fd, part, path, visitor, err);
    file_close(&fd);
    return rc == E_NOT_FOUND ? 0 : rc;
}

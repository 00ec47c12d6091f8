/* Who can get at a store beside this program: modes, owners, groups and links, as the kernel goes
 * by them. */
#include <stdlib.h>

#include "base/text.h"
#include "ops/audit.h"
#include "os/account.h"
#include "os/dir.h"
#include "os/file.h"
#include "os/share.h"
#include "store/layout.h"
#include "store/region_dir.h"

enum {
    DEPTH_MAX = 16, /* deeper than anything in a store */
    SHOWN_MAX = 20, /* of what breaks one rule */
    OTHERS_WRITE = 02,
    OTHERS_ALL = 07,
    GROUP_READS = 040,
    GROUP_WRITES = 060,
    GROUP_WRITES_ALONE = 020,
    DIRECTORY_SHARED = 02770,
    SET_IDS = 06000,
};

struct securing {
    const struct store *store;
    struct audit *audit;
    bool shared;
    uint32_t gid, owner; /* of the store's directory */
    char *group;         /* NULL: not shared */
    size_t *broken;      /* of each rule: how often */
};

/* What is looked at. */
struct sight {
    const struct file_info *info;
    struct share_lists lists; /* of a file or directory */
    bool in_work;             /* where the group only reads */
    bool too_deep;            /* nothing of a store is there, and it is not looked into */
};

static bool is_link(const struct securing *securing, const struct sight *sight)
{
    (void)securing;
    return sight->info->kind == FILE_LINK;
}

static bool is_odd(const struct securing *securing, const struct sight *sight)
{
    (void)securing;
    return sight->info->kind != FILE_LINK && sight->info->kind != FILE_REGULAR &&
           sight->info->kind != FILE_DIRECTORY;
}

static bool others_write(const struct securing *securing, const struct sight *sight)
{
    (void)securing;
    return sight->info->kind != FILE_LINK && sight->info->mode & OTHERS_WRITE;
}

static bool others_read(const struct securing *securing, const struct sight *sight)
{
    return securing->shared && sight->info->kind != FILE_LINK && sight->info->mode & OTHERS_ALL &&
           !(sight->info->mode & OTHERS_WRITE);
}

static bool runs_as_another(const struct securing *securing, const struct sight *sight)
{
    (void)securing;
    return sight->info->kind == FILE_REGULAR && sight->info->mode & SET_IDS;
}

static bool of_another_group(const struct securing *securing, const struct sight *sight)
{
    return securing->shared && sight->info->kind != FILE_LINK &&
           sight->info->group != securing->gid;
}

static bool group_is_kept_out(const struct securing *securing, const struct sight *sight)
{
    const unsigned mode = sight->info->mode;

    if (!securing->shared)
        return false;
    if (sight->info->kind == FILE_DIRECTORY)
        return (mode & DIRECTORY_SHARED) != DIRECTORY_SHARED;
    return sight->info->kind == FILE_REGULAR &&
           (sight->in_work ? !(mode & GROUP_READS) : (mode & GROUP_WRITES) != GROUP_WRITES);
}

static bool of_another_user(const struct securing *securing, const struct sight *sight)
{
    return !securing->shared && sight->info->owner != 0 && sight->info->owner != securing->owner;
}

static bool has_list(const struct securing *securing, const struct sight *sight)
{
    (void)securing;
    return sight->lists.named;
}

static bool inherits_nothing(const struct securing *securing, const struct sight *sight)
{
    return securing->shared && sight->info->kind == FILE_DIRECTORY && !sight->lists.inherited;
}

static bool is_too_deep(const struct securing *securing, const struct sight *sight)
{
    (void)securing;
    return sight->too_deep;
}

static bool group_writes_work(const struct securing *securing, const struct sight *sight)
{
    return securing->shared && sight->in_work && sight->info->kind == FILE_REGULAR &&
           sight->info->mode & GROUP_WRITES_ALONE;
}

static bool has_names(const struct securing *securing, const struct sight *sight)
{
    (void)securing;
    return sight->info->kind == FILE_REGULAR && sight->info->links > 1;
}

static const struct rule {
    bool (*breaks)(const struct securing *securing, const struct sight *sight);
    enum audit_level level;
    const char *text;
} rules[] = {
    {is_link, AUDIT_ERROR, "it is a symbolic link: nothing in a store is one"},
    {is_odd, AUDIT_ERROR, "it is neither a file nor a directory"},
    {others_write, AUDIT_ERROR, "everybody can write it"},
    {runs_as_another, AUDIT_ERROR, "it runs as its owner or group: nothing in a store is run"},
    {others_read, AUDIT_ERROR, "everybody can read it"},
    {of_another_group, AUDIT_ERROR, "it belongs to another group than the store"},
    {group_is_kept_out, AUDIT_ERROR, "the group cannot do there what it does in the store"},
    {of_another_user, AUDIT_WARNING, "it belongs to another user than the store"},
    {has_list, AUDIT_ERROR,
     "it has an access control list: who is in it may do more than the mode says"},
    {inherits_nothing, AUDIT_WARNING,
     "what is made there is not the group's: its default access control list is gone"},
    {group_writes_work, AUDIT_WARNING, "more than its owner can change it: nobody takes it up"},
    {is_too_deep, AUDIT_WARNING, "it is deeper than anything in a store, and was not looked into"},
    {has_names, AUDIT_WARNING, "it has another name, which may lie elsewhere"},
};

enum { RULES = sizeof rules / sizeof *rules };

/* Rules that sharing the store again puts right. */
static bool is_of_sharing(const struct rule *rule)
{
    return rule->breaks == others_read || rule->breaks == others_write ||
           rule->breaks == of_another_group || rule->breaks == group_is_kept_out ||
           rule->breaks == has_list || rule->breaks == inherits_nothing;
}

static char *hint_for(const struct securing *securing, const struct rule *rule,
                      const struct sight *sight)
{
    if (!securing->shared || !is_of_sharing(rule))
        return rule->breaks == others_write ? text_copy("'chmod -R o-w' takes that away") : NULL;
    return text_printf(
        "%s'sig store init --shared %s' puts it right",
        sight->info->owner == securing->owner ? "" : "'chown' it to the store's owner; then ",
        securing->group);
}

static void tell(const struct securing *securing, const struct rule *rule,
                 const struct sight *sight, const char *path)
{
    struct audit_finding *const finding =
        audit_add(securing->audit, rule->level, NULL, "'%s': %s", path, rule->text);

    text_replace(&finding->path, path);
    finding->hint = hint_for(securing, rule, sight);
}

static void judge(const struct securing *securing, const struct sight *sight, const char *path)
{
    for (size_t i = 0; i < RULES; i++)
        if (rules[i].breaks(securing, sight) && securing->broken[i]++ < SHOWN_MAX)
            tell(securing, &rules[i], sight, path);
}

static void tell_unseen(const struct securing *securing, const char *path, const struct err *why)
{
    struct audit_finding *const finding =
        audit_add(securing->audit, AUDIT_ERROR, NULL, "%s", why->text);

    text_replace(&finding->path, path);
    finding->code = why->code;
}

/* A directory and its name; `path` is what it is called in findings. */
struct spot {
    int dir;
    const char *path;
    unsigned depth;
    bool in_work;
};

static void walk(const struct securing *securing, const struct spot *spot);

/* A file or directory of that name in `around`, which has the path and depth of what is entered. */
static int enter(const struct securing *securing, const struct spot *around, const char *name,
                 const struct file_info *info, struct err *err)
{
    struct sight sight = {
        .info = info,
        .in_work = around->in_work,
        .too_deep = info->kind == FILE_DIRECTORY && around->depth >= DEPTH_MAX,
    };
    struct spot inside = *around;
    int fd = FILE_NONE;
    int rc = info->kind == FILE_DIRECTORY ? dir_open(around->dir, name, &fd, err)
                                          : file_open(around->dir, name, FILE_READ, &fd, err);

    if (rc == 0)
        rc = share_lists(fd, around->path, &sight.lists, err);
    if (rc == 0)
        judge(securing, &sight, around->path);
    inside.dir = fd;
    if (rc == 0 && info->kind == FILE_DIRECTORY && !sight.too_deep)
        walk(securing, &inside);
    file_close(&fd);
    return rc;
}

static void visit(const struct securing *securing, const struct spot *around, const char *name)
{
    char *const path = *around->path ? text_printf("%s/%s", around->path, name) : text_copy(name);
    struct spot inside = *around;
    struct file_info info = {0};
    struct err why = {0};
    bool there = false;
    int rc = file_look(around->dir, name, &there, &info, &why);

    inside.path = path;
    inside.depth++;
    inside.in_work = around->in_work || text_equal(path, LAYOUT_WORK);
    if (rc == 0 && there && (info.kind == FILE_DIRECTORY || info.kind == FILE_REGULAR))
        rc = enter(securing, &inside, name, &info, &why);
    else if (rc == 0 && there)
        judge(securing, &(struct sight){.info = &info}, path);
    if (rc && rc != E_NOT_FOUND)
        tell_unseen(securing, path, &why);
    free(path);
}

static void walk(const struct securing *securing, const struct spot *spot)
{
    struct texts names = {0};
    struct err why = {0};

    if (dir_list(spot->dir, ".", &names, &why))
        tell_unseen(securing, *spot->path ? spot->path : ".", &why);
    for (size_t i = 0; i < names.count; i++)
        visit(securing, spot, names.items[i]);
    texts_done(&names);
}

/* Whoever may rename the directory puts another in its place. */
static void look_above(const struct securing *securing, const char *path)
{
    char *const above = text_printf("%s/..", path);
    struct file_info info = {0};
    struct err why = {0};
    int fd = FILE_NONE;
    int rc = dir_open_user(above, &fd, &why);

    if (rc == 0)
        rc = file_stat(fd, above, &info, &why);
    if (rc)
        tell_unseen(securing, above, &why);
    else if (info.mode & OTHERS_WRITE && !(info.mode & FILE_STICKY))
        audit_add(securing->audit, AUDIT_ERROR, above,
                  "'%s': everybody can put another directory in the place of '%s'", above, path);
    file_close(&fd);
    free(above);
}

/* A directory that others reach from outside, and all that is in it; `shown` is what it is called
 * there, `path` in front of what is inside. */
static void walk_from(const struct securing *securing, int dir, const char *shown, const char *path)
{
    const struct spot spot = {.dir = dir, .path = path};
    struct file_info info = {0};
    struct sight sight = {.info = &info};
    struct err why = {0};
    int rc = file_stat(dir, shown, &info, &why);

    if (rc == 0)
        rc = share_lists(dir, shown, &sight.lists, &why);
    if (rc) {
        tell_unseen(securing, shown, &why);
        return;
    }
    look_above(securing, shown);
    judge(securing, &sight, *path ? path : ".");
    walk(securing, &spot);
}

static void walk_region(const struct securing *securing, const struct region *region)
{
    const unsigned zones = (unsigned)region->zone_paths.count;

    for (unsigned zone = zones ? 1 : 0; zone <= zones; zone++) {
        struct region_dir dir = REGION_DIR_NONE;
        struct err why = {0};

        if (region_dir_open(securing->store, region->name, zone, &dir, &why))
            tell_unseen(securing, region->name, &why);
        else if (dir.own)
            walk_from(securing, dir.base, dir.shown, dir.shown);
        region_dir_close(&dir);
    }
}

/* What was not shown one by one. */
static void count_rest(const struct securing *securing)
{
    for (size_t i = 0; i < RULES; i++)
        if (securing->broken[i] > SHOWN_MAX)
            audit_add(securing->audit, rules[i].level, NULL, "%s: that is so in %zu more places",
                      rules[i].text, securing->broken[i] - SHOWN_MAX);
}

/* Whether a directory of the store is shared, and with whom. What is not there is not. */
static int look_at(const struct store *store, const char *name, bool *ret_shared, uint32_t *ret_gid,
                   struct err *err)
{
    int fd = FILE_NONE;
    int rc = dir_open(store->root, name, &fd, err);

    if (rc == 0)
        rc = share_look(fd, name, ret_shared, ret_gid, err);
    file_close(&fd);
    return rc == E_NOT_FOUND ? 0 : rc;
}

/* The store's own directory says whether all of it is shared, unless those in it agree on something
 * else: then that is what was changed. */
static int find_group(struct securing *securing, struct err *err)
{
    const struct store *const store = securing->store;
    bool galleries = false, regions = false, replicas = false;
    uint32_t gid = 0, other = 0, third = 0;
    int rc = share_look(store->root, store->path, &securing->shared, &securing->gid, err);

    if (rc == 0)
        rc = look_at(store, LAYOUT_GALLERIES, &galleries, &gid, err);
    if (rc == 0)
        rc = look_at(store, LAYOUT_REGIONS, &regions, &other, err);
    if (rc == 0)
        rc = look_at(store, LAYOUT_REPLICAS, &replicas, &third, err);
    if (rc)
        return rc;
    if ((regions && replicas && other == third) || (galleries && replicas && gid == third)) {
        securing->shared = true;
        securing->gid = third;
    }
    securing->group = securing->shared ? account_group_name(securing->gid) : NULL;
    return 0;
}

int audit_security(const struct store *store, struct audit *audit, struct err *err)
{
    size_t broken[RULES] = {0};
    struct securing securing = {.store = store, .audit = audit, .broken = broken};
    struct file_info info = {0};
    int rc = file_stat(store->root, store->path, &info, err);

    if (rc == 0)
        rc = find_group(&securing, err);
    if (rc)
        return rc;
    securing.owner = info.owner;
    walk_from(&securing, store->root, store->path, "");
    for (size_t i = 0; i < store->regions.count; i++)
        walk_region(&securing, &store->regions.items[i].region);
    count_rest(&securing);
    free(securing.group);
    return 0;
}

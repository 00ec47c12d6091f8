#include "os/account.h"

#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/number.h"
#include "base/text.h"

/* What an account takes to be described, a group's members included: as much as is asked for, up to
 * a bound that no directory service reaches. */
enum { ACCOUNT_SIZE = 1 << 12, ACCOUNT_SIZE_MAX = 1 << 26 };

struct asked {
    const char *name; /* NULL: by number */
    uint32_t number;
};

/* An account as it is found; `room` is to be released with free. */
struct found {
    char *room;
    char *name;
    uint32_t number;
};

/* 0, ERANGE when there is too little room, or another error, as not found. */
static int look_for_user(const struct asked *asked, size_t size, struct found *ret)
{
    struct passwd account, *found = NULL;
    const int rc = asked->name
                       ? getpwnam_r(asked->name, &account, ret->room, size, &found)
                       : getpwuid_r((uid_t)asked->number, &account, ret->room, size, &found);

    if (rc || !found)
        return rc ? rc : ENOENT;
    ret->name = account.pw_name;
    ret->number = account.pw_uid;
    return 0;
}

static int look_for_group(const struct asked *asked, size_t size, struct found *ret)
{
    struct group account, *found = NULL;
    const int rc = asked->name
                       ? getgrnam_r(asked->name, &account, ret->room, size, &found)
                       : getgrgid_r((gid_t)asked->number, &account, ret->room, size, &found);

    if (rc || !found)
        return rc ? rc : ENOENT;
    ret->name = account.gr_name;
    ret->number = account.gr_gid;
    return 0;
}

/* False, and nothing to be released, when there is none. */
static bool find(int (*look)(const struct asked *asked, size_t size, struct found *ret),
                 const struct asked *asked, struct found *ret)
{
    size_t size = ACCOUNT_SIZE;
    int rc;

    do {
        ret->room = mem_new(size, 1);
        rc = look(asked, size, ret);
        if (rc)
            free(ret->room);
        size *= 4;
    } while (rc == ERANGE && size <= ACCOUNT_SIZE_MAX);
    return rc == 0;
}

static char *name_of(int (*look)(const struct asked *asked, size_t size, struct found *ret),
                     uint32_t number)
{
    const struct asked asked = {.number = number};
    struct found found = {0};
    char *name;

    if (!find(look, &asked, &found))
        return text_printf("%lu", (unsigned long)number);
    name = text_copy(found.name);
    free(found.room);
    return name;
}

char *account_user_name(uint32_t uid)
{
    return name_of(look_for_user, uid);
}

char *account_group_name(uint32_t gid)
{
    return name_of(look_for_group, gid);
}

/* By name, or as a number, whether that has a name or not. */
static bool number_of(int (*look)(const struct asked *asked, size_t size, struct found *ret),
                      const char *name, uint32_t *ret)
{
    const struct asked asked = {.name = name};
    struct found found = {0};
    int64_t number;

    if (find(look, &asked, &found)) {
        *ret = found.number;
        free(found.room);
        return true;
    }
    if (!number_parse(name, &number) || number < 0 || number >= UINT32_MAX)
        return false;
    *ret = (uint32_t)number;
    return true;
}

int account_group(const char *name, uint32_t *ret_gid, struct err *err)
{
    return number_of(look_for_group, name, ret_gid)
               ? 0
               : err_set(err, E_NOT_FOUND, "this machine knows no group '%s'", name);
}

bool account_find_user(const char *name, char **ret_name)
{
    uint32_t uid;
    const bool known = number_of(look_for_user, name, &uid);

    *ret_name = known ? account_user_name(uid) : NULL;
    return known;
}

bool account_find_group(const char *name, char **ret_name)
{
    uint32_t gid;
    const bool known = number_of(look_for_group, name, &gid);

    *ret_name = known ? account_group_name(gid) : NULL;
    return known;
}

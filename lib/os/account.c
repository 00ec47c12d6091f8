#include "os/account.h"

#include <grp.h>
#include <pwd.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/number.h"
#include "base/text.h"

/* What an account may take to be described, a group's members included. */
enum { ACCOUNT_SIZE = 1 << 16 };

char *account_user_name(uint32_t uid)
{
    char *const room = mem_new(ACCOUNT_SIZE, 1);
    struct passwd account, *found = NULL;
    const bool named = getpwuid_r(uid, &account, room, ACCOUNT_SIZE, &found) == 0 && found;
    char *const name = named ? text_copy(account.pw_name) : text_printf("%lu", (unsigned long)uid);

    free(room);
    return name;
}

char *account_group_name(uint32_t gid)
{
    char *const room = mem_new(ACCOUNT_SIZE, 1);
    struct group account, *found = NULL;
    const bool named = getgrgid_r(gid, &account, room, ACCOUNT_SIZE, &found) == 0 && found;
    char *const name = named ? text_copy(account.gr_name) : text_printf("%lu", (unsigned long)gid);

    free(room);
    return name;
}

static bool is_number(const char *name, uint32_t *ret)
{
    int64_t number;

    if (!number_parse(name, &number) || number < 0 || number >= UINT32_MAX)
        return false;
    *ret = (uint32_t)number;
    return true;
}

static bool find_group(const char *name, uint32_t *ret_gid)
{
    char *const room = mem_new(ACCOUNT_SIZE, 1);
    struct group account, *found = NULL;
    const bool known = getgrnam_r(name, &account, room, ACCOUNT_SIZE, &found) == 0 && found;

    if (known)
        *ret_gid = account.gr_gid;
    free(room);
    return known || is_number(name, ret_gid);
}

int account_group(const char *name, uint32_t *ret_gid, struct err *err)
{
    return find_group(name, ret_gid)
               ? 0
               : err_set(err, E_NOT_FOUND, "this machine knows no group '%s'", name);
}

bool account_has_group(const char *name)
{
    uint32_t ignored;

    return find_group(name, &ignored);
}

bool account_has_user(const char *name)
{
    char *const room = mem_new(ACCOUNT_SIZE, 1);
    struct passwd account, *found = NULL;
    const bool known = getpwnam_r(name, &account, room, ACCOUNT_SIZE, &found) == 0 && found;
    uint32_t ignored;

    free(room);
    return known || is_number(name, &ignored);
}

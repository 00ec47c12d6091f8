#include "os/caller.h"

#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/text.h"

/* What an account may take to be described, lists of members included. */
enum { ACCOUNT_SIZE = 1 << 16 };

static char *user_name(uid_t uid)
{
    char *const room = mem_new(ACCOUNT_SIZE, 1);
    struct passwd account, *found = NULL;
    const int rc = getpwuid_r(uid, &account, room, ACCOUNT_SIZE, &found);
    char *const name =
        rc == 0 && found ? text_copy(account.pw_name) : text_printf("%lu", (unsigned long)uid);

    free(room);
    return name;
}

static char *group_name(gid_t gid)
{
    char *const room = mem_new(ACCOUNT_SIZE, 1);
    struct group account, *found = NULL;
    const int rc = getgrgid_r(gid, &account, room, ACCOUNT_SIZE, &found);
    char *const name =
        rc == 0 && found ? text_copy(account.gr_name) : text_printf("%lu", (unsigned long)gid);

    free(room);
    return name;
}

static void add_group(struct texts *groups, gid_t gid)
{
    char *const name = group_name(gid);

    texts_add(groups, name);
    free(name);
}

uint32_t caller_uid(void)
{
    return geteuid();
}

void caller_init(struct caller *ret)
{
    const int count = getgroups(0, NULL);
    gid_t *const groups = mem_new(count > 0 ? (size_t)count : 1, sizeof *groups);
    const int got = getgroups(count > 0 ? count : 0, groups);

    ret->user = user_name(geteuid());
    add_group(&ret->groups, getegid());
    for (int i = 0; count > 0 && i < got; i++)
        if (groups[i] != getegid())
            add_group(&ret->groups, groups[i]);
    free(groups);
}

void caller_done(struct caller *caller)
{
    free(caller->user);
    texts_done(&caller->groups);
    *caller = (struct caller){0};
}

static bool is_number(const char *name)
{
    return *name && name[strspn(name, "0123456789")] == '\0';
}

bool caller_knows_user(const char *name)
{
    char *const room = mem_new(ACCOUNT_SIZE, 1);
    struct passwd account, *found = NULL;
    const int rc = getpwnam_r(name, &account, room, ACCOUNT_SIZE, &found);

    free(room);
    return is_number(name) || (rc == 0 && found);
}

bool caller_knows_group(const char *name)
{
    char *const room = mem_new(ACCOUNT_SIZE, 1);
    struct group account, *found = NULL;
    const int rc = getgrnam_r(name, &account, room, ACCOUNT_SIZE, &found);

    free(room);
    return is_number(name) || (rc == 0 && found);
}

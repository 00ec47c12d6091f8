#include "os/caller.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/mem.h"
#include "os/account.h"

static void add_group(struct texts *groups, gid_t gid)
{
    char *const name = account_group_name(gid);

    texts_add(groups, name);
    free(name);
}

uint32_t caller_uid(void)
{
    return geteuid();
}

bool caller_is_told(void)
{
    unsigned long inside = 0, outside = 0, count = UINT32_MAX;
    FILE *const map = fopen("/proc/self/uid_map", "re");

    if (!map) /* an old kernel, or no /proc */
        return true;
    if (fscanf(map, "%lu %lu %lu", &inside, &outside, &count) != 3)
        count = 0;
    fclose(map);
    return inside == 0 && outside == 0 && count == UINT32_MAX;
}

void caller_init(struct caller *ret)
{
    const int count = getgroups(0, NULL);
    gid_t *const groups = mem_new(count > 0 ? (size_t)count : 1, sizeof *groups);
    const int got = getgroups(count > 0 ? count : 0, groups);

    ret->user = account_user_name(geteuid());
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

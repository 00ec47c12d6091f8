/* account.h: users and groups of this machine, by name and by number. */
#ifndef OS_ACCOUNT_H
#define OS_ACCOUNT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

/* The name, or the number in words where there is none; to be released with free. */
char *account_user_name(uint32_t uid);
char *account_group_name(uint32_t gid);

/* The number of a group that is named, or given as a number. E_NOT_FOUND. */
int account_group(const char *name, uint32_t *ret_gid, struct err *err);

/* Whether this machine knows an account of that name, or it is a number, which any may be; the name
 * that it has here, or its number where it has none, to be released with free. */
bool account_find_user(const char *name, char **ret_name);
bool account_find_group(const char *name, char **ret_name);

#endif

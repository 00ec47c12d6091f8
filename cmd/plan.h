/* plan.h: --plan of the commands that copy and free: what would be done is printed, not done. */
#ifndef CMD_PLAN_H
#define CMD_PLAN_H

#include "cmd/command.h"

/* What is asked, a member `plan` of the request. */
struct plan_ask {
    struct opt_bool plan;
    char *prices; /* a file; NULL: the store's, or what is built in */
};
extern const struct shape plan_ask_shape;

#define PLAN_KEY "plan"
#define PLAN_ROW(type)                                                                             \
    ROW_OBJECT(type, plan, PLAN_KEY, &plan_ask_shape, .about = "What would be done, in its place")

/* A paragraph for those commands. */
/* clang-format off */
#define ABOUT_PLAN                                                                                 \
    "--plan does nothing and prints what would be done: bytes to copy and to free in each region " \
    "after deduplication, what is free there, and what that costs, by prices.json of the store, "  \
    "the file that --prices names, or dated assumptions. Disk maps and indexes, which are small, " \
    "are not in the bytes to copy; a price of Standard_ZRS is for all zones of a replica "         \
    "together. The status is 8 when it would not fit."
/* clang-format on */

/* The rest of a command's `planned`: another command of the same words. */
#define PLANNED_TRAITS (COMMAND_READS | COMMAND_JUDGES)

/* Put the command's `planned` in its place when the request asks for it. E_USAGE for words that
 * contradict that. */
int plan_choose(const struct command **command, const void *request, struct err *err);

#endif

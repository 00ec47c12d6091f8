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

/* To delete a gallery or an image definition, which is done at once, waited for or not. */
struct delete_request {
    struct reference ref;
    struct opt_bool recursive;
    struct opt_bool bypass;
    struct opt_bool no_wait;
    struct opt_bool yes; /* nothing is asked in any case */
    struct plan_ask plan;
};
extern const struct shape delete_request_shape;

#define BYPASS_ROW(type)                                                                           \
    ROW(type, bypass, "bypassSoftDelete", .flag = "--bypass-soft-delete",                          \
        .about = "At once and for good, though the gallery keeps what is deleted")

/* Of enum delete_how; NULL: not to be said. */
unsigned delete_how(const struct opt_bool *recursive, const struct opt_bool *bypass);

/* The run of its plan. */
int plan_delete_run(struct run *run, const void *request, void *result, struct err *err);

/* A paragraph for those commands. */
#define ABOUT_RECURSIVE                                                                            \
    "With --recursive it goes with all that is in it, in one step; when anything in it may not "   \
    "be deleted (a lock, a version before its end of life that wants to stay until then) nothing " \
    "is, and what is said names it. Publishers that are at work there end with an error. The "     \
    "disks stay until 'sig sweep' finds that no version needs them.\n"                             \
    "Where soft delete is on, or soft-deleted versions are in it, that is refused without "        \
    "--bypass-soft-delete: with it all goes for good, the trash too."

/* Put the command's `planned` in its place when the request asks for it. E_USAGE for words that
 * contradict that. */
int plan_choose(const struct command **command, const void *request, struct err *err);

#endif

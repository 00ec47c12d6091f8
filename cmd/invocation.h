/* invocation.h: one run of the program: what its words ask for. */
#ifndef CMD_INVOCATION_H
#define CMD_INVOCATION_H

#include "cmd/column.h"
#include "cmd/flag.h"
#include "query/query.h"

/* All-zero is nothing. */
struct invocation {
    const struct noun *noun;       /* NULL: only `sig`, with global flags */
    const struct command *command; /* NULL: only a noun, for its help */
    void *request;                 /* of command->request->size, or NULL */
    struct globals globals;
    bool refs_given;        /* --ids was, maybe as a list of none */
    struct references refs; /* of --ids, all of them; the request has the first */
    bool names_ignored;     /* --ids counted, and what was named beside it did not */
    struct query *query;    /* of globals.query, or NULL */
    struct columns columns; /* of globals.columns; none: the usual ones */
    struct columns order;   /* of globals.sort */
};

/* Read the words behind the program's name. With --help or --version reading ends there, and
 * nothing is checked. E_USAGE, E_INVALID. */
int invocation_parse(struct invocation *invocation, const char *const *words, size_t count,
                     struct err *err);
void invocation_done(struct invocation *invocation);

/* Whether the command is to be done for each of several ids, or of none, and gives a list. */
bool invocation_repeats(const struct invocation *invocation);

/* Whether --subscription says as which is asked for what is shared, rather than which store. */
bool invocation_is_asked_as(const struct invocation *invocation);

/* Whether the request has that yes-or-no flag, and it is given. */
bool invocation_asks(const struct invocation *invocation, const char *key);

/* The request row of a command that also says how far it is: see struct command. */
#define STATUS_KEY "status"
/* Further references of a command that takes several, see command_others. */
#define OTHERS_KEY     "others"
#define OTHERS_METAVAR "REFERENCE"

/* The request row of a command that goes on until a signal ends it. */
#define WATCH_KEY "watch"

/* "GALLERY/DEFINITION/VERSION": what a reference of that depth looks like; "" for none. */
const char *reference_usage(enum reference_depth depth);
/* Of a command that takes any depth. */
#define REFERENCE_USAGE_ANY "GALLERY[/DEFINITION[/VERSION]]"
/* Of one that takes an image definition, or one of its versions. */
#define REFERENCE_USAGE_DEFINITION "GALLERY/DEFINITION[/VERSION]"

/* "sig image-version export GALLERY/DEFINITION/VERSION FILE [FLAGS]", appended. */
void command_add_usage(struct buf *out, const struct command *command);

#endif

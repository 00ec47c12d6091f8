/* command.h: what can be asked. One row a command; help, manual pages and completion read the same
 * rows.
 *
 * The flags of a command are the rows of its request shape, objects walked through: what a user can
 * set is declared beside the struct it is set in, and nowhere else.
 */
#ifndef CMD_COMMAND_H
#define CMD_COMMAND_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "gallery.h"

/* What a run function works with. */
struct run {
    struct store *store; /* open as the command's traits say; NULL without one */
    struct buf *text;    /* for stdout: what a command says that has no result shape */
    bool table;          /* the result is for a table: what a column shows is worth finding out */
    bool silent;         /* set by a command that has put its result elsewhere: none is printed */
    const char *subscription; /* of a command that is COMMAND_ASKS: as which is asked, or NULL */
    const struct context *context; /* what the library is given from outside */
};

enum {
    COMMAND_READS = 1 << 0,   /* opens the store to read */
    COMMAND_CHANGES = 1 << 1, /* opens the store to change it */
    COMMAND_CREATES = 1 << 2, /* the same, and the store is made when absent */
    COMMAND_UPDATES = 1 << 3, /* help leaves out what is fixed after creation */
    COMMAND_DELETES = 1 << 5, /* what is absent is deleted already, a store too */
    COMMAND_LISTS = 1 << 4,   /* the result is a list { T *items; size_t count; } of that shape */
    COMMAND_OPENS = 1 << 6,   /* opens the store itself, if need be: the context says where it is */
    COMMAND_TRASHED = 1 << 9, /* the version that is named lies in the trash */
    COMMAND_REPEATS = 1 << 8, /* with several --ids it is done for each */
    COMMAND_ASKS = 1 << 9,    /* --subscription says who asks: it needs not be the store's. With a
                                 reference that may also be one of the store's own it does so only
                                 for one that is through a share */
    COMMAND_JUDGES = 1 << 7,  /* the result is shown beside an error too, if there is one */
};

struct noun;
struct look;

struct command {
    const struct noun *noun;
    const char *verb;            /* NULL: the noun alone is the command */
    const char *brief;           /* at most COMMAND_BRIEF_MAX bytes, no full stop */
    const char *about;           /* paragraphs, one a line */
    const char *const *examples; /* NULL-terminated, at least one */
    const struct shape *request; /* NULL: nothing can be said */
    /* How deep the reference may go that the request's row of reference_shape holds. */
    enum reference_depth least, most;
    enum reference_through
        through; /* of that reference, always; but for COMMAND_ASKS none may be */
    /* Keys of request rows that words without a flag set; NULL-terminated, or NULL. */
    const char *const *operands;
    const struct shape *result; /* NULL: prints nothing but the run's text */
    unsigned traits;
    int (*run)(struct run *run, const void *request, void *result, struct err *err);
    /* What is refused where there is no store yet, of COMMAND_CREATES; NULL: nothing is. */
    int (*foresee)(const void *request, struct err *err);
    /* The result as a table, where nobody picks columns; NULL: the columns of its rows. */
    void (*table)(struct buf *out, const struct look *look, const void *result);
    const struct command *told;    /* what --status makes of it; NULL: it has none */
    const struct command *planned; /* what --plan makes of it, see plan.h; NULL: it has none */
};

struct noun {
    const char *name;  /* "image-version" */
    const char *brief; /* as a command's */
    const char *about;
    const struct command *commands;
    size_t count;
    bool on_front; /* has no manual page of its own: described in sig(1) */
    bool hidden;   /* works, and is not shown */
};

/* So that a list of briefs fits 80 columns. */
enum { COMMAND_BRIEF_MAX = 60 };

extern const struct noun gallery_noun, identity_noun, image_definition_noun, image_version_noun,
    replicate_noun, coverage_noun, advise_noun, audit_noun, repair_noun, prune_noun, sweep_noun,
    inspect_noun, region_noun, lock_noun, role_assignment_noun, role_definition_noun,
    activity_log_noun, cost_noun, store_noun, usage_noun, account_noun, complete_noun, share_noun,
    completion_noun, help_noun, generate_noun, access_noun;

/* Paragraphs about the flags of `edits_shape`, for the commands that have them. */
#define ABOUT_EDITS                                                                                \
    "--set, --add and --remove reach any property by its path in the JSON, keys in any case: "     \
    "tags.team, list[0].name, list[name=x].count; tags.'a.b' for a key with a dot. They are done " \
    "in their order after the other flags, all of them or none.\n"                                 \
    "A VALUE is JSON or text, read as the property wants it; null or nothing takes the property "  \
    "away. --add makes one object of KEY=VALUE words that follow each other; a JSON array gives "  \
    "its elements. Brackets and quotes must be kept from the shell: --set 'list[0].name=x'."

/* All of them, in the order of help; ends with NULL. */
extern const struct noun *const nouns[];

/* By name, in any case; E_USAGE with the nearest as hint. A verb of the gallery stands for its noun
 * too, as in the Azure CLI, where `az sig create` makes a gallery: *ret_verb is that verb then,
 * NULL otherwise. */
int noun_find(const char *name, const struct noun **ret, const struct command **ret_verb,
              struct err *err);
/* A noun of two words, which may stand apart as in the Azure CLI ("role assignment"), or NULL. */
const struct noun *noun_of_two(const char *first, const char *second);
int command_find(const struct noun *noun, const char *verb, const struct command **ret,
                 struct err *err);

/* The command of that verb, in any case, or NULL. */
const struct command *noun_verb(const struct noun *noun, const char *verb);

/* The command of a noun that needs no verb, or NULL. */
const struct command *noun_only_command(const struct noun *noun);

/* "sig image-version create", appended. */
void command_add_name(struct buf *out, const struct command *command);

/* The row of the request that holds its reference, of whichever of the shapes, or NULL. */
const struct row *command_reference(const struct command *command);

/* The row, an operand too, that holds further references of the same depths: such a command takes
 * several at once, and several --ids. NULL: it takes one. */
const struct row *command_others(const struct command *command);

/* The request row of an operand. */
const struct row *command_operand(const struct command *command, size_t index);
size_t command_operand_count(const struct command *command);

/* Memory for the command's result, zeroed (NULL without a result shape), and its release. */
void *command_new_result(const struct command *command);
void command_free_result(const struct command *command, void *result);

/* A request that is a reference and nothing else. */
struct reference_request {
    struct reference ref;
};
extern const struct shape reference_request_shape;

#endif

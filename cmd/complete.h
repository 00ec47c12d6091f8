/* complete.h: what a word of a command line that is being typed may become. */
#ifndef CMD_COMPLETE_H
#define CMD_COMPLETE_H

#include "cmd/flag.h"

/* What the shell itself knows better. */
enum complete_files { COMPLETE_WORDS, COMPLETE_FILES, COMPLETE_DIRECTORIES };

struct candidate {
    char *text;
    char *about; /* "" when there is nothing to say */
};

struct candidates {
    struct candidate *items;
    size_t count;
    enum complete_files files;
    const char *before; /* of the word, what all candidates repeat: "--output=" */
    const char *word;   /* what they are to begin with, in any case */
};

void candidates_done(struct candidates *candidates);
/* Add one if it begins as the word does; `about` may be NULL. */
void candidates_add(struct candidates *candidates, const char *text, const char *about);

/* Where in a command line one is. */
struct place {
    const struct noun *noun;       /* NULL: none yet */
    const char *half;              /* the first word of a noun of two, or NULL */
    const struct command *command; /* NULL: none yet */
    struct flags flags;            /* of the command, or the global ones */
    const struct flag *open;       /* whose value comes next, or may come; or NULL */
    bool flags_ended;              /* by "--" */
    size_t operands;               /* words without a flag, behind the command */
    struct reference ref;          /* as far as flags named it */
    char *store;                   /* --store; NULL when not given */
};

/* Candidates for the value of a flag or of an operand. `context` says where the store is, and
 * nothing when there is none. */
void complete_value(const struct place *place, const struct row *row, const struct context *context,
                    struct candidates *candidates);
/* How deep a reference goes. */
struct depths {
    enum reference_depth least, most;
};

/* For a reference, piece by piece: "prod/", "prod/ubuntu/", "prod/ubuntu/1.0.0". */
void complete_reference(const struct place *place, const struct depths *depths,
                        const struct context *context, struct candidates *candidates);

#endif

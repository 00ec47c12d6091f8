/* flag.h: from argv to a request, led by rows. */
#ifndef CMD_FLAG_H
#define CMD_FLAG_H

#include "cmd/command.h"

enum output {
    OUTPUT_JSON = 1,
    OUTPUT_JSONC,
    OUTPUT_YAML,
    OUTPUT_YAMLC,
    OUTPUT_TABLE,
    OUTPUT_TSV,
    OUTPUT_NONE
};
enum progress_style { PROGRESS_AUTO = 1, PROGRESS_PLAIN, PROGRESS_JSON, PROGRESS_NONE };

extern const struct choices output_choices;         /* in the order of the enum */
extern const struct choices progress_style_choices; /* auto plain json none */

/* Each costs a few MiB: more would not stay below what the manuals promise. */
enum { THREADS_MAX = 64 };

/* What every command can be told. */
struct globals {
    struct texts ids; /* ARM ids in place of a reference; only where there is one */
    struct opt_bool help;
    struct opt_bool version;
    char *subscription;       /* id or name of the store */
    unsigned output;          /* enum output */
    char *query;              /* JMESPath, for the result */
    char *columns;            /* of the table, between commas */
    char *sort;               /* columns to sort a list by, the same */
    char *store;              /* directory */
    struct opt_int lock_wait; /* seconds */
    struct opt_int threads;
    unsigned progress; /* enum progress_style */
    struct opt_bool only_errors;
    struct opt_bool verbose;
    struct opt_bool debug;
    struct opt_bool ignored; /* of the Azure CLI's own workings */
    char *ignored_text;
};
extern const struct shape globals_shape;

/* Needed: what does not exist yet is not made without them. */
enum flag_group { FLAG_REFERENCE = 1, FLAG_NEEDED, FLAG_OWN, FLAG_GLOBAL };

/* A row that has a flag, where it lies in a request. */
struct flag {
    const struct row *row;
    void *slot;     /* of the member; NULL when there is no request */
    unsigned rules; /* the row's, and ROW_FIXED from the objects around it */
    enum flag_group group;
    /* While words are read: those that were given, pointing into argv. */
    bool given;
    const char **words;
    size_t count;
};

/* One time that a flag of a ROW_IN_TURN row was given, with which of its words. */
struct flag_turn {
    size_t flag; /* its number */
    size_t first, count;
};

struct flag_turns {
    struct flag_turn *items;
    size_t count;
};

struct flags {
    struct flag *items;
    size_t count;
    struct texts loaded;     /* words that came from files */
    bool standard_read;      /* one of them was standard input */
    struct flag_turns turns; /* in the order of the words */
};

/* The flags of `command` (NULL: those of `globals` alone), in the order of the rows: reference,
 * own, global. `request` and `globals` may be NULL to look at the rows only. Rows made by the tool
 * have none. Release with flags_done. */
void flags_init(struct flags *flags, const struct command *command, void *request,
                struct globals *globals);
void flags_done(struct flags *flags);

/* The flag of a word such as "--output=json", "-ojson" or "-o", or NULL; *ret_value is what stands
 * behind it in the same word, or NULL. */
struct flag *flags_find(const struct flags *flags, const char *word, const char **ret_value);

/* Whether help, manuals and completion show it: no hidden one, and none of a property that is
 * fixed after creation for a command which updates: that is read, for whoever says again what is
 * so. `command` NULL: no command in particular. */
bool flag_is_shown(const struct flag *flag, const struct command *command);

/* "-l, --location REGION", "--tags TAG...", appended as help and the manuals show it. */
void flag_add_usage(struct buf *out, const struct row *row);
/* The word that stands for its value: what can be chosen from ("json|jsonc|yaml"), else the row's,
 * else the kind's. Appended. */
void flag_add_metavar(struct buf *out, const struct row *row);
/* Whether a yes-or-no flag takes no word: its metavar is "". */
bool flag_is_bare(const struct row *row);
/* Whether the flag takes all words up to the next flag. */
bool flag_takes_many(const struct row *row);

/* Words being read into flags. */
struct reading {
    struct flags *flags;
    const char *const *words;
    size_t count;
    size_t next;           /* the first word not read yet */
    const char **operands; /* words without a flag, pointing into `words`; release with free */
    size_t operand_count;
    bool stop_at_operand; /* the first word without a flag ends the reading, and is not read */
    bool asked;           /* --help or --version ended it */
};

/* Read until all words are, or one ends it. Nothing is written to a slot. E_USAGE. */
int flags_read(struct reading *reading, struct err *err);

/* Write what was read to the slots, a word "@FILE" as what the file holds. E_USAGE, E_INVALID, or
 * what kept a file from being read, naming the flag. */
int flags_apply(struct flags *flags, struct err *err);

/* Whether a word starts a flag: not "-" (standard output), not a negative number. */
bool flag_is_word(const char *word);

#endif

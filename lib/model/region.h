/* region.h: regions: those that are built in (every Azure region of the public documentation, and
 * "local"), and what the book of a store says of its own and over those.
 *
 * A region is spelled in many ways: "westus2", "West US 2", "WestUS2". Flags take any word that may
 * name one; which it is, only the store's book knows. Manifests hold canonical names alone.
 */
#ifndef MODEL_REGION_H
#define MODEL_REGION_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "json/shape.h"

enum {
    REGION_NAME_MAX = 40,    /* bytes: it is part of the names of files */
    REGION_DISPLAY_MAX = 80, /* bytes */
    REGION_ZONES = 3,        /* that a region with availability zones has */
};

/* What is kept of a region that the user configured, and what is shown of any. */
struct region {
    char *name;                   /* "westus2" */
    char *display_name;           /* "West US 2" */
    unsigned cloud;               /* enum cloud: no cloud is CLOUD_NONE */
    struct opt_bool zones;        /* has availability zones */
    char *path;                   /* its directory, absolute, without links; NULL: in the store */
    struct texts zone_paths;      /* those of its zones; none: below `path` */
    struct opt_int capacity;      /* bytes that it may hold */
    unsigned state;               /* view: enum region_state */
    char *details;                /* view: why it is not Available */
    struct opt_int used;          /* view: bytes */
    struct opt_int capacity_left; /* view: bytes, of `capacity` */
    struct opt_int free_space;    /* view: bytes, of the file system */
};

struct regions {
    struct region *items;
    size_t count;
};

enum cloud { CLOUD_NONE = 1, CLOUD_PUBLIC, CLOUD_CHINA, CLOUD_US_GOVERNMENT };
enum region_state { REGION_AVAILABLE = 1, REGION_UNAVAILABLE, REGION_DAMAGED };

extern const struct choices cloud_choices; /* None AzureCloud AzureChinaCloud AzureUSGovernment */
extern const struct shape region_shape;
/* What a list shows: tables that were read by position keep their first columns. */
extern const struct shape region_listed_shape;

/* The default location: of no cloud, and so beside any. */
#define REGION_LOCAL "local"

/* What the rules ask of a region. */
struct region_row {
    const char *name;
    const char *display_name;
    enum cloud cloud;
    bool zones;
};

/* Sorted by name; ends with a row whose name is NULL. */
extern const struct region_row region_rows[];

/* --- the book of a store --- */

/* What it says of one region. */
struct region_entry {
    struct region_row row; /* with what is built in; texts are borrowed from there or `region` */
    struct region region;  /* as its manifest has it; damaged: its name alone */
    int damage;            /* why its manifest cannot be used: an E_*, and in words; else 0 */
    char *why;
};

/* All-zero says nothing: the built-in regions are as they are. So does NULL, wherever a book is
 * asked. */
struct region_book {
    struct region_entry *items; /* by name */
    size_t count;
};

/* Take in a region, which is swallowed, by the order of names; rows that were found before are no
 * more. `damage` and `why` as above. */
void region_book_add(struct region_book *book, struct region *takes, int damage, const char *why);
void region_book_done(struct region_book *book);

/* What it says of the region of that canonical name, or NULL. */
const struct region_entry *region_book_entry(const struct region_book *book, const char *name);

/* The row of a region in any spelling of its name or display name: blanks and case do not count.
 * NULL when unknown. One that is damaged is found by its name. */
const struct region_row *region_find(const struct region_book *book, const char *text);

/* region_find, or E_INVALID "region 'westeurop' is unknown" with the nearest as hint. */
int region_parse(const struct region_book *book, const char *text, const struct region_row **ret,
                 struct err *err);

/* Whether data may go from one to the other: same cloud, or one of them of none. */
bool region_may_replicate(const struct region_row *from, const struct region_row *to);

/* --- words, without a book --- */

/* Row check for a member that names a region (char *): that it may be the name of one. */
int region_check(const void *slot, struct err *err);
/* The same for texts; "" may stand for none. */
int regions_check(const void *slot, struct err *err);

/* Row parse for such a member: the canonical name of a built-in region; another word stays as it is
 * typed. */
int region_parse_words(const char *const *words, size_t count, void *slot, struct err *err);
/* The same for texts. */
int regions_parse_words(const char *const *words, size_t count, void *slot, struct err *err);

/* Replace *name by the canonical name where it is that of a built-in region; E_INVALID as
 * region_parse for what cannot name any. What every row's parse does. */
int region_settle_word(char **name, struct err *err);

/* Call `each` for every name of a region in `value`, by the rows with the checks above. `row` is
 * the one that has the flag: of the name itself, or of the list that it stands in. What `each`
 * returns ends the walk when it is not 0. */
int region_members(const struct shape *shape, void *value,
                   int (*each)(void *user, const struct row *row, char **name, struct err *err),
                   void *user, struct err *err);

/* Make the names in `value` canonical where the book knows them. */
void region_settle(const struct region_book *book, const struct shape *shape, void *value);

/* --- what a region may be --- */

/* Row check for its own name: letters a to z, digits and hyphens. */
int region_check_name(const void *slot, struct err *err);

void regions_done(struct regions *regions);

#endif

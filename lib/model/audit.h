/* audit.h: what an audit found in a store. */
#ifndef MODEL_AUDIT_H
#define MODEL_AUDIT_H

#include "json/shape.h"

enum audit_level {
    AUDIT_ERROR =
        1,         /* a version, or a copy of one that was reported done, is not as it should be */
    AUDIT_WARNING, /* something is damaged or missing that no version needs to be read */
    AUDIT_NOTE,    /* what a command that was killed left, and what no version needs any more */
};

struct audit_finding {
    char *text; /* in err.h's grammar */
    unsigned level;
    char *path;            /* in the store; NULL: of none alone */
    char *replica;         /* "westus2/standard_lrs/1"; NULL: in none */
    struct texts versions; /* that suffer: "prod/ubuntu/1.0.0" */
    char *hint;            /* what to do about it, or NULL */
    int code;              /* E_*: not shown; E_DENIED: it could not be looked at */
};

struct audit_findings {
    struct audit_finding *items;
    size_t count;
};

struct audit {
    struct opt_bool sound; /* no finding is an error */
    struct opt_int galleries, image_definitions, image_versions;
    struct opt_int replicas;
    struct opt_int disks;         /* maps that were proven */
    struct opt_int blobs;         /* files that were read back */
    struct opt_int bytes_read;    /* of those */
    struct opt_int blobs_skipped; /* with a limit: files that were not read */
    struct opt_int bytes_skipped;
    struct opt_time oldest_verified_date; /* the oldest time that one of those was read back */
    struct opt_int bytes_unused;          /* that a sweep would free */
    struct audit_findings findings;       /* the worst first */
};

extern const struct shape audit_shape;

/* All of the blobs, for a sample of them. */
enum { AUDIT_WHOLE = 100000 };

/* "5%", "0.5%": a row's parse, for an opt_int in 1/AUDIT_WHOLE. */
int audit_parse_sample(const char *const *words, size_t count, void *slot, struct err *err);

/* "30s", "10m", "1h", "2d": a row's parse, for an opt_int of seconds. */
int audit_parse_time(const char *const *words, size_t count, void *slot, struct err *err);

/* The finding of that level and path (NULL: always a new one), made when it is not there yet, with
 * a text. Borrowed until the next one. */
struct audit_finding *audit_add(struct audit *audit, enum audit_level level, const char *path,
                                const char *format, ...) __attribute__((format(printf, 4, 5)));

/* Put what is worst first, and set `sound`. */
void audit_settle(struct audit *audit);

#endif

/* advice.h: how many replicas a version needs for so many deployments at the same time, by the
 * rules that the public documentation of the Azure Compute Gallery gives. */
#ifndef MODEL_ADVICE_H
#define MODEL_ADVICE_H

#include "json/shape.h"

enum {
    /* Its overview recommends one replica for every 20 virtual machines that are created
     * concurrently; its best practices say 50. The careful one is taken. */
    ADVICE_MACHINES = 20,
    ADVICE_MACHINES_ELSEWHERE = 50,
    /* One replica for each scale set, of up to 600 instances in earlier editions of the same page:
     * later ones name no size. */
    ADVICE_SCALE_SET = 600,
    /* More than any subscription has. */
    ADVICE_INSTANCES_MAX = 1000000,
};

/* What one region has and needs. */
struct advice_region {
    char *region; /* display name */
    char *name;   /* canonical */
    unsigned storage_account_type;
    struct opt_int wanted, intact; /* replicas that the version wants there now, and that are */
    struct opt_int needed;
    struct opt_int serves; /* deployments at the same time that those intact are enough for */
};

struct advice_regions {
    struct advice_region *items;
    size_t count;
};

struct advice {
    char *name; /* "prod/ubuntu/1.0.0" */
    struct opt_bool enough;
    struct opt_int instances, scale_sets;
    struct opt_int needed; /* replicas in each region */
    char *rule;            /* in words, with its numbers */
    char *other_rule;      /* what the documentation says elsewhere, and how many that gives */
    struct advice_regions regions;
    char *command; /* that brings it there; NULL: it is there, or cannot be brought there */
    char *reason;  /* why it cannot */
};

extern const struct shape advice_shape;

/* How many replicas serve `instances` deployments at the same time, in `scale_sets` scale sets that
 * are alike; 0: virtual machines by themselves. */
int64_t advice_needed(int64_t instances, int64_t scale_sets);

/* The rule that gives it, and the other one, in words; each to be released with free. */
char *advice_rule(int64_t instances, int64_t scale_sets);
char *advice_other_rule(int64_t instances, int64_t scale_sets);

#endif

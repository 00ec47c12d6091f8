/* gallery_plan.h: the part of gallery.h about what would be done, what it costs, and what may go,
 * which includes it. */
#ifndef GALLERY_PLAN_H
#define GALLERY_PLAN_H

#include <stdbool.h>

#include "base/err.h"
#include "model/cost.h"
#include "model/plan.h"
#include "model/prune.h"
#include "model/reference.h"

struct store;
struct version_request;
struct replicate_request;
struct sweep_request;

/* --- plans: what would be copied and freed, and what that costs ---
 *
 * Nothing is changed, and no lock is taken: what others do meanwhile changes what comes of it.
 * `prices`: a file of prices.json's form; NULL: the store's, else assumptions that are built in.
 * E_NO_SPACE when it would not fit: `ret` is filled all the same. Other errors are those that the
 * call itself would give. Where no
 * price is known no cost is said. */

/* What gal_version_create would do: the disks are read, cut, hashed and compressed. */
int gal_version_create_plan(struct store *store, const struct version_request *request,
                            const char *prices, struct plan *ret, struct err *err);
int gal_version_update_plan(struct store *store, const struct version_request *request,
                            const char *prices, struct plan *ret, struct err *err);
/* Versions that lack the same blocks in a replica are counted together. */
int gal_replicate_plan(struct store *store, const struct replicate_request *request,
                       const char *prices, struct plan *ret, struct err *err);
struct delete_plan {
    struct reference ref; /* of a version, an image definition or a gallery */
    unsigned how;         /* of enum delete_how */
    const char *prices;
};
/* What a sweep would free then that it does not free now; a version that goes to the trash frees
 * nothing then, and a notice says what later. */
int gal_delete_plan(struct store *store, const struct delete_plan *request, struct plan *ret,
                    struct err *err);
/* E_NO_SPACE is none of its errors: what cannot be rewritten is left. */
int gal_sweep_plan(struct store *store, const struct sweep_request *request, const char *prices,
                   struct plan *ret, struct err *err);

/* --- pruning --- */

/* Delete the versions that the policy does not keep, as gal_version_delete does. E_USAGE when it
 * does not say which are to go. E_PARTIAL when one could not be: the others are. What cannot be
 * read stays, is told in notices, and makes an error after the rest was done. */
int gal_prune(struct store *store, const struct prune_request *request, struct prune *ret,
              struct err *err);

/* --- costs --- */

struct cost_request {
    struct reference ref;     /* of any depth; none: every version of the store */
    struct references others; /* as well; a version that several cover is counted once */
    char *prices;             /* a file; NULL: the store's, or what is built in */
};
/* What the versions cost, see cost.h: what they want is billed, what is stored is looked at. What
 * cannot be looked at is said in notices, and not in the bytes that are stored. Errors as those of
 * gal_coverage. */
int gal_cost(struct store *store, const struct cost_request *request, struct cost *ret,
             struct err *err);

#endif

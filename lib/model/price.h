/* price.h: what keeping and moving bytes costs.
 *
 * The service bills the storage of every replica, and the way to the first replica of each further
 * region; nothing for itself. Amounts are whole millionths of the currency.
 */
#ifndef MODEL_PRICE_H
#define MODEL_PRICE_H

#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "json/shape.h"
#include "model/version.h"

struct storage_price {
    unsigned storage_account_type;
    char *per_gib_month; /* "0.05": in all zones of a replica together */
};

struct prices {
    char *currency; /* "USD" */
    char *as_of;    /* when they were looked up, in any words */
    struct {
        struct storage_price *items; /* a type that is not there is not priced */
        size_t count;
    } storage;
    char *egress_per_gib; /* NULL: not priced */
};

extern const struct shape prices_shape;

/* Assumptions, with a date, for whoever has no prices of his own: what the public price pages of
 * the service showed for snapshots and for traffic between regions of one continent. To be released
 * with shape_done. */
struct prices prices_built_in(void);
#define PRICES_BUILT_IN "built-in assumptions of 2026-11"

/* Read them from JSON; amounts are numbers or texts. E_INVALID. */
int prices_parse(const char *text, size_t length, struct prices *ret, struct err *err);

/* "12.5": up to six digits behind the point, less than AMOUNT_MAX. */
enum { AMOUNT_UNIT = 1000000, AMOUNT_MAX = 1000 };
bool amount_parse(const char *text, uint64_t *ret);
/* "0.00", "12.50", "0.000123": two to six digits behind the point. Appended, or to be released with
 * free. */
void amount_add(struct buf *out, uint64_t amount);
char *amount_text(uint64_t amount);

/* What so many bytes cost at an amount a GiB, rounded to the nearest; UINT64_MAX at most. */
uint64_t price_of(uint64_t bytes, uint64_t per_gib);

/* The amount a GiB and month of that type, or of egress; false when there is none. */
bool prices_storage(const struct prices *prices, unsigned type, uint64_t *ret);
bool prices_egress(const struct prices *prices, uint64_t *ret);

/* Note, once, that the list `from` has no price of that type. */
void prices_note_lacking(struct texts *notes, unsigned type, const char *from);

#endif

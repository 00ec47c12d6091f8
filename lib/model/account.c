#include "model/account.h"

/* clang-format off */
static const struct row rows[] = {
    ROW(struct account, id, "id", .rules = ROW_MADE | ROW_COLUMN, .column = "SubscriptionId",
        .about = "The store's id: the subscription in the ids of all that is in it"),
    ROW(struct account, name, "name", .rules = ROW_MADE | ROW_COLUMN,
        .about = "Name of the store's directory"),
    ROW(struct account, state, "state", .rules = ROW_MADE | ROW_COLUMN,
        .about = "Enabled: there is no other state"),
    ROW(struct account, is_default, "isDefault", .rules = ROW_MADE | ROW_COLUMN,
        .about = "True: one store is one subscription"),
    ROW(struct account, tenant_id, "tenantId", .rules = ROW_MADE,
        .about = "The tenant in the sense of sharing"),
};
/* clang-format on */

const struct shape account_shape = SHAPE(struct account, "account", rows, NULL);

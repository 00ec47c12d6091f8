/* Claims: that a replica directory was made once, recorded in the store, where no mount hides it.
 */
#include "store/replica_dir.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/number.h"
#include "base/text.h"
#include "os/dir.h"
#include "os/file.h"
#include "os/staged.h"
#include "store/layout.h"
#include "store/room.h"

unsigned number_named(const char *name)
{
    int64_t number;

    if (!number_parse(name, &number) || number < 1 || number > REPLICAS_MAX)
        return 0;
    return (unsigned)number;
}

unsigned zone_named(const char *name)
{
    int64_t number;

    if (!text_starts(name, LAYOUT_ZONE) || !number_parse(name + strlen(LAYOUT_ZONE), &number) ||
        number < 1 || number > ZONES)
        return 0;
    return (unsigned)number;
}

bool claim_parse(char *name, struct replica_place *ret)
{
    const char *const region = strsep(&name, ".");
    const char *const type = strsep(&name, ".");
    const char *const digits = strsep(&name, ".");
    const bool zoned = name && text_starts(name, LAYOUT_ZONE);
    const unsigned zone = zoned ? zone_named(strsep(&name, ".")) : 0;

    if (!name || !text_equal(name, "json") || !*region || number_named(digits) == 0)
        return false;
    *ret = (struct replica_place){
        .region = region,
        .type = choice_value(&storage_type_choices, type),
        .number = number_named(digits),
        .zone = zone,
    };
    return ret->type != 0 && (zone > 0) == (place_zones(ret->type) > 0);
}

int replica_dir_is_claimed(const struct store *store, const struct replica_place *place, bool *ret,
                           struct err *err)
{
    struct file_info info;
    struct buf path = {0};
    int rc;

    layout_add_claim(&path, place);
    rc = file_look(store->root, buf_text(&path), ret, &info, err);
    buf_done(&path);
    return rc;
}

/* They may have been removed: they are not what anything is read from. */
static int open_claims(const struct store *store, int *ret_dir, struct err *err)
{
    int rc = dir_open(store->root, LAYOUT_REPLICAS, ret_dir, err);

    if (rc != E_NOT_FOUND)
        return rc;
    rc = dir_make(store->root, LAYOUT_REPLICAS, err);
    return rc ? rc : dir_open(store->root, LAYOUT_REPLICAS, ret_dir, err);
}

int claim_record(const struct store *store, const struct replica_place *place, struct err *err)
{
    struct buf path = {0};
    struct buf text = {0};
    int dir = FILE_NONE, lock = FILE_NONE;
    bool there;
    int rc;

    rc = replica_dir_is_claimed(store, place, &there, err);
    if (rc || there)
        return rc;
    layout_add_claim(&path, place);
    owner_print(&text, store, place);
    /* For the temporary name: a sweep removes those it finds. */
    rc = store_lock(store, &lock, err);
    if (rc == 0)
        rc = open_claims(store, &dir, err);
    if (rc == 0)
        rc = staged_write_file(dir, buf_text(&path) + sizeof LAYOUT_REPLICAS, text.bytes,
                               text.length, err);
    file_close(&dir);
    file_close(&lock);
    buf_done(&path);
    buf_done(&text);
    return rc;
}

int claim_forget(const struct store *store, const struct replica_place *place, struct err *err)
{
    struct buf claim = {0};
    int dir = FILE_NONE;
    int rc;

    layout_add_claim(&claim, place);
    rc = file_remove(store->root, buf_text(&claim), err);
    if (rc == 0)
        rc = dir_open(store->root, LAYOUT_REPLICAS, &dir, err);
    if (rc == 0)
        rc = dir_flush(dir, LAYOUT_REPLICAS, err);
    file_close(&dir);
    buf_done(&claim);
    return rc == E_NOT_FOUND ? 0 : rc;
}

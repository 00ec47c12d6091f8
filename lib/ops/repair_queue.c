/* What readers have met, for a repair to take up. */
#include <stdlib.h>

#include "base/text.h"
#include "blob/blob.h"
#include "blob/disk.h"
#include "ops/repair.h"
#include "replica/raw_file.h"
#include "store/repairs.h"

static char *name_of(const struct reader_damage *damage)
{
    char blob[BLOB_FILE_NAME], digest[DISK_DIGEST_TEXT], raw[RAW_FILE_NAME];

    if (damage->of_raw) {
        raw_file_name(damage->disk, raw);
        return text_printf("disks/%s", raw);
    }
    if (damage->blob) {
        blob_file_name(damage->blob, blob);
        return text_printf("blobs/%s", blob);
    }
    disk_digest_text(damage->disk, digest);
    return text_printf("disks/%s.disk", digest);
}

bool ops_queue_repair(const struct store *store, const struct reader_damage *damage)
{
    char *const file = name_of(damage);
    char *const replica = text_copy(damage->replica);
    char *const details = text_copy(damage->why->text);
    const struct repair_note note = {
        .replica = replica,
        .file = file,
        .details = details,
        .found_date = {.set = true, .value = store_now(store)},
    };
    struct err ignored = {0}; /* what is read does not depend on it */
    const bool queued = repairs_add(store, &note, &ignored) == 0;

    free(file);
    free(replica);
    free(details);
    return queued;
}

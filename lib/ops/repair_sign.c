/* A replica directory that has lost its replica.json, or has it damaged: whose it is shows in what
 * it holds. */
#include <stdlib.h>

#include "base/text.h"
#include "blob/disk.h"
#include "ops/repair_patient.h"
#include "os/file.h"
#include "replica/quarantine.h"
#include "store/layout.h"
#include "store/replica_dir.h"

/* Whether a map is there of a disk that a version has in this replica. */
static int holds_ours(const struct patient *patient, const struct replica *replica, bool *ret,
                      struct err *err)
{
    const struct marked_replica *const marked = patient->marked;
    int rc = 0;

    *ret = false;
    for (size_t i = 0; rc == 0 && !*ret && i < marked->count; i++) {
        char text[DISK_DIGEST_TEXT];
        struct file_info info;
        char *name;

        disk_digest_text(&marked->items[i].digest, text);
        name = text_printf("%s.disk", text);
        rc = file_look(replica->disks, name, ret, &info, err);
        free(name);
    }
    return rc;
}

/* What is there in its place is kept in quarantine. */
static int sign(const struct patient *patient, const struct replica *replica, struct err *err)
{
    const int rc = quarantine_move(replica, LAYOUT_REPLICA, err);

    return rc ? rc
              : replica_dir_sign(patient->repairing->store, &patient->marked->place, replica->dir,
                                 err);
}

int patient_sign(struct patient *patient, const struct err *err)
{
    struct repairing *const repairing = patient->repairing;
    struct replica replica = REPLICA_NONE;
    char *const path = text_printf("%s/%s", patient->path, LAYOUT_REPLICA);
    struct err why = {0};
    bool ours = false;
    int dir = FILE_NONE;
    int rc = replica_dir_open_unsigned(repairing->store, &patient->marked->place, &dir, &why);

    if (rc == 0)
        rc = replica_open(dir, patient->marked->label, !repairing->plan,
                          repairing->store->outside.lock_wait_ms, &replica, &why);
    if (rc == 0)
        rc = holds_ours(patient, &replica, &ours, &why);
    if (rc == 0 && ours && !repairing->plan)
        rc = sign(patient, &replica, &why);
    if (rc == 0 && ours)
        repair_tell_act(repairing, path, patient->marked->label, NULL);
    if (rc == 0 && ours && repairing->plan)
        patient->replica = replica;
    else
        replica_close(&replica);
    free(path);
    return rc == 0 && ours ? 0 : err->code;
}

/* repair_patient.h: a replica directory that is being repaired. */
#ifndef OPS_REPAIR_PATIENT_H
#define OPS_REPAIR_PATIENT_H

#include "ops/repair.h"

/* A disk that a plan copies here. */
struct planned_disk {
    struct disk_digest digest;
    size_t source; /* which replica it comes from */
    size_t act;    /* its number in what the plan says */
};

struct patient {
    struct repairing *repairing;
    const struct marked_replica *marked; /* whatever is to be there */
    char *path;
    struct replica replica;
    bool absent;           /* a plan looks at nothing */
    struct blob_names bad; /* damaged or missing */
    struct {
        struct disk_digest *items; /* of which the map is */
        size_t count;
    } maps;
    struct {
        struct planned_disk *items;
        size_t count;
    } planned;
    struct blob_names seen; /* looked at, good or bad */
    struct texts unseen;    /* files of blobs that were there when some map could not be read */
    bool denied;            /* some may be sound, and must not be read */
};

/* Paths in the store, to be released with free: of a file in a directory of it ("" or "blobs/"), of
 * a disk map, of a blob. */
char *patient_path(const struct patient *patient, const char *directory, const char *file);
char *patient_path_of_map(const struct patient *patient, const struct disk_digest *digest);
char *patient_path_of_blob(const struct patient *patient, const struct blob_name *name);

/* What a map relies on, each once. False when the map cannot be read. */
bool patient_add_blobs(const struct patient *patient, const struct disk_digest *digest,
                       struct blob_names *ret);

/* Whether the disk is to be there: one that was never reported done, and of which nothing is there,
 * is for replicating to copy. */
bool patient_wants(const struct patient *patient, const struct disk_digest *digest);

/* The directory could not be opened, for `err`: where nothing in it says any more whose it is,
 * which the store has claimed and a disk map shows to be this replica's, say so there again. A plan
 * has it open afterwards, to read. The code of `err` when it is something else. */
int patient_sign(struct patient *patient, const struct err *err);

/* Find what of what is wanted is damaged or missing. */
int patient_check(struct patient *patient, struct err *err);

/* The same of what a map that was made anew relies on, and nobody has looked at yet. */
void patient_check_named(struct patient *patient, const struct disk_digest *digest);

/* Whether its map was found damaged or missing. */
bool patient_has_bad_map(const struct patient *patient, const struct disk_digest *digest);
/* It is good now. */
void patient_forget_map(struct patient *patient, const struct disk_digest *digest);

/* Whether the disk is to be written anew: its map is bad, or names what is. */
bool patient_is_ill(const struct patient *patient, const struct disk_digest *digest);

/* Put right what patient_check has found. What is lost is told, and no error. */
int patient_mend(struct patient *patient, struct err *err);

/* Whether what was read is not as it should be, going by the error. */
bool patient_is_damage(int code);

/* Something went wrong that says nothing of what is there. */
void patient_trouble(const struct patient *patient, const char *doing, struct err *why);

#endif

#include "model/encryption.h"

#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "base/vec.h"
#include "model/version.h"

static const struct choices confidential_choices = {
    .noun = "confidential VM encryption type",
    .words = (const char *const[]){"EncryptedVMGuestStateOnlyWithPmk", "EncryptedWithPmk",
                                   "EncryptedWithCmk", "NonPersistedTPM", NULL},
};

static bool is_given(const char *text)
{
    return text && *text;
}

static int check_confidential(const void *value, struct err *err)
{
    const struct confidential *const profile = value;

    if (profile->confidential_vm_encryption_type == CONFIDENTIAL_CMK &&
        !is_given(profile->secure_vm_disk_encryption_set_id))
        return err_set(err, E_INVALID, "EncryptedWithCmk needs an encryption set");
    return 0;
}

/* clang-format off */
static const struct row confidential_rows[] = {
    ROW(struct confidential, confidential_vm_encryption_type, "confidentialVMEncryptionType",
        .rules = ROW_NEEDED, .choices = &confidential_choices,
        .about = "What of a confidential machine is encrypted, and with whose key"),
    ROW(struct confidential, secure_vm_disk_encryption_set_id, "secureVMDiskEncryptionSetId",
        .about = "Id of the encryption set, for EncryptedWithCmk"),
};

static const struct shape confidential_shape =
    SHAPE(struct confidential, "security profile", confidential_rows, check_confidential);

static const struct row os_disk_rows[] = {
    ROW(struct os_disk_encryption, disk_encryption_set_id, "diskEncryptionSetId",
        .about = "Id of its encryption set; a key of the platform when absent"),
    ROW_OBJECT(struct os_disk_encryption, security_profile, "securityProfile", &confidential_shape,
        .about = "For confidential machines"),
};

static const struct shape os_disk_shape =
    SHAPE(struct os_disk_encryption, "OS disk encryption", os_disk_rows, NULL);

static const struct row data_disk_rows[] = {
    ROW(struct data_disk_encryption, lun, "lun", .rules = ROW_KEY | ROW_NEEDED, .max = LUN_MAX,
        .about = "Logical unit number of the data disk"),
    ROW(struct data_disk_encryption, disk_encryption_set_id, "diskEncryptionSetId",
        .about = "Id of its encryption set; a key of the platform when absent"),
};

static const struct shape data_disk_shape =
    SHAPE(struct data_disk_encryption, "data disk encryption", data_disk_rows, NULL);

static const struct row rows[] = {
    ROW_OBJECT(struct encryption, os_disk_image, "osDiskImage", &os_disk_shape,
        .about = "Of the OS disk"),
    ROW_LIST(struct encryption, data_disk_images, "dataDiskImages", &data_disk_shape,
        .about = "Of data disks, by lun"),
};
/* clang-format on */

const struct shape encryption_shape = SHAPE(struct encryption, "encryption", rows, NULL);

/* --- as words --- */

/* An encryption set; NULL for "null". */
static int parse_set(const char *word, char **ret, struct err *err)
{
    if (!*word) {
        err_set(err, E_INVALID, "an encryption set is missing");
        err_hint(err, "'null' stands for a key of the platform");
        return E_INVALID;
    }
    *ret = text_same_word(word, "null") ? NULL : text_copy(word);
    return 0;
}

static int parse_data_disk(const char *lun, const char *set, struct encryption *into,
                           struct err *err)
{
    struct data_disk_encryptions *const disks = &into->data_disk_images;
    int64_t number;

    if (!number_parse(lun, &number) || number < 0 || number > LUN_MAX)
        return err_set(err, E_INVALID, "'%s' is no LUN: a number from 0 to %d", lun, LUN_MAX);
    for (size_t i = 0; i < disks->count; i++)
        if (disks->items[i].lun.value == number)
            return err_set(err, E_INVALID, "LUN %d is given twice", (int)number);
    VEC_ADD(disks)->lun = (struct opt_int){.set = true, .value = number};
    return parse_set(set, &disks->items[disks->count - 1].disk_encryption_set_id, err);
}

/* Cut off the part before the next comma: `*rest` is NULL behind the last. */
static char *next_part(char **rest)
{
    char *const part = *rest;
    char *const comma = strchr(part, ',');

    *rest = comma ? comma + 1 : NULL;
    if (comma)
        *comma = '\0';
    return part;
}

int encryption_parse(const char *term, struct encryption *ret, struct err *err)
{
    char *const text = text_copy(term);
    char *rest = text;
    int rc = parse_set(next_part(&rest), &ret->os_disk_image.disk_encryption_set_id, err);

    while (rc == 0 && rest) {
        const char *const lun = next_part(&rest);

        if (rest)
            rc = parse_data_disk(lun, next_part(&rest), ret, err);
        else
            rc = err_set(err, E_INVALID, "LUN '%s' has no encryption set behind it", lun);
    }
    free(text);
    if (rc)
        shape_done(&encryption_shape, ret);
    return rc;
}

int encryption_parse_confidential(const char *term, struct encryption *ret, struct err *err)
{
    struct confidential *const profile = &ret->os_disk_image.security_profile;
    char *const text = text_copy(term);
    char *rest = text;
    const char *const type = next_part(&rest);
    const char *nearest;
    int rc = 0;

    profile->confidential_vm_encryption_type = choice_value(&confidential_choices, type);
    nearest = text_nearest(type, confidential_choices.words);
    if (!rest || strchr(rest, ',')) {
        rc = err_set(err, E_INVALID, "it is not of the form TYPE,SET");
        err_hint(err, "for example 'EncryptedWithPmk,' with nothing behind the comma");
    } else if (!profile->confidential_vm_encryption_type) {
        rc = err_set(err, E_INVALID, "'%s' is not a known %s", type, confidential_choices.noun);
        err_hint(err, "did you mean '%s'?", nearest ? nearest : confidential_choices.words[1]);
    }
    if (rc == 0 && *rest && !text_same_word(rest, "null"))
        text_replace(&profile->secure_vm_disk_encryption_set_id, rest);
    if (rc == 0)
        rc = check_confidential(profile, err);
    free(text);
    return rc;
}

/* --- compared --- */

static bool has_lun(const struct encryption *encryption, int64_t lun)
{
    for (size_t i = 0; i < encryption->data_disk_images.count; i++) {
        const struct data_disk_encryption *const disk = &encryption->data_disk_images.items[i];

        if (disk->lun.value == lun)
            return is_given(disk->disk_encryption_set_id);
    }
    return false;
}

static bool find_unlike(const struct encryption *left, const struct encryption *right,
                        struct buf *what)
{
    for (size_t i = 0; i < left->data_disk_images.count; i++) {
        const int64_t lun = left->data_disk_images.items[i].lun.value;

        if (has_lun(left, lun) == has_lun(right, lun))
            continue;
        buf_printf(what, "data disk %d", (int)lun);
        return true;
    }
    return false;
}

bool encryption_same_disks(const struct encryption *left, const struct encryption *right,
                           struct buf *what)
{
    const struct os_disk_encryption *const one = &left->os_disk_image;
    const struct os_disk_encryption *const other = &right->os_disk_image;

    if (is_given(one->disk_encryption_set_id) != is_given(other->disk_encryption_set_id) ||
        !one->security_profile.confidential_vm_encryption_type !=
            !other->security_profile.confidential_vm_encryption_type) {
        buf_add_text(what, "the OS disk");
        return false;
    }
    return !find_unlike(left, right, what) && !find_unlike(right, left, what);
}

bool encryption_is_any(const struct encryption *encryption)
{
    const struct os_disk_encryption *const os = &encryption->os_disk_image;
    const struct data_disk_encryptions *const data = &encryption->data_disk_images;
    bool any = os->disk_encryption_set_id || os->security_profile.confidential_vm_encryption_type ||
               os->security_profile.secure_vm_disk_encryption_set_id;

    for (size_t i = 0; !any && i < data->count; i++)
        any = data->items[i].disk_encryption_set_id;
    return any;
}

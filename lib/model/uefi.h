/* uefi.h: the keys that a machine's firmware begins with. Kept, checked and shown. */
#ifndef MODEL_UEFI_H
#define MODEL_UEFI_H

#include "json/shape.h"

struct uefi_key {
    unsigned type;      /* enum uefi_key_type */
    struct texts value; /* base64 */
};

struct uefi_keys {
    struct uefi_key *items;
    size_t count;
};

struct uefi_signatures {
    struct uefi_key pk; /* platform key */
    struct uefi_keys kek, db, dbx;
};

struct uefi_settings {
    struct texts signature_template_names;
    struct uefi_signatures additional_signatures;
};

enum uefi_key_type { UEFI_SHA256 = 1, UEFI_X509 };

/* Check: names of templates, and that values are base64. */
extern const struct shape uefi_settings_shape;

/* Names of templates in the service's spelling. */
void uefi_settle(struct uefi_settings *settings);

#endif

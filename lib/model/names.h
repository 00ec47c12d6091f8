/* names.h: which names are allowed. Each check gives 0 or E_INVALID with the rule in the message;
 * `slot` is the address of a `char *`, so that a shape's row can call it. Rules: the reference of
 * the Azure service (names and limits), with one choice of ours: ASCII only. */
#ifndef MODEL_NAMES_H
#define MODEL_NAMES_H

#include "base/err.h"

/* The resource group of what was given none. */
#define GROUP_DEFAULT "default"

enum {
    NAME_MAX_LENGTH = 80,                          /* gallery and image definition */
    SHARED_NAME_MAX_LENGTH = NAME_MAX_LENGTH + 37, /* of a gallery, with the id of its store */
    GROUP_MAX_LENGTH = 90,                         /* resource group */
    LOCK_MAX_LENGTH = 260,
    PUBLISHER_MAX_LENGTH = 128,
    OFFER_MAX_LENGTH = 64, /* and sku */
    PUBLIC_PREFIX_MIN = 5,
    PUBLIC_PREFIX_MAX = 16,
    TAGS_MAX = 50,
    TAG_NAME_MAX_LENGTH = 512,
    TAG_VALUE_MAX_LENGTH = 256,
    TEXT_MAX_LENGTH = 4096, /* description, uri … */
};

/* 1-80 letters, digits, '.', '_'; no dash; starts and ends with a letter or digit. "new", "latest"
 * are ordinary names here. */
int name_check_gallery(const void *slot, struct err *err);
/* 1-80 letters, digits, '.', '_', '-'; starts and ends with a letter or digit. */
int name_check_definition(const void *slot, struct err *err);
/* The unique or public name of a gallery: the same with '-', and with room for a UUID. */
int name_check_shared(const void *slot, struct err *err);
/* 1-90 letters, digits, '.', '_', '-', '(', ')'; does not end with '.'. */
int name_check_group(const void *slot, struct err *err);
/* 1-260 letters, digits, '.', '_', '-'; starts with a letter or digit, does not end with '.'. */
int name_check_lock(const void *slot, struct err *err);
/* Publisher, offer, sku: letters, digits, '-', '.', '_', not ending with '.'; the length is the
 * row's limit. */
int name_check_identifier(const void *slot, struct err *err);
/* A UUID: 32 hexadecimal digits in five groups. */
int name_check_uuid(const void *slot, struct err *err);
/* How the public name of a gallery begins: 5-16 letters and digits; "" clears it. */
int name_check_public_prefix(const void *slot, struct err *err);
/* At most TAGS_MAX tags with names of 1 to 512 bytes without <>%&\?/ and values up to 256. `slot`
 * is a struct tags. */
int name_check_tags(const void *slot, struct err *err);

#endif

#include "model/uefi.h"

#include <string.h>

#include "base/text.h"

static const struct choices template_choices = {
    .noun = "signature template",
    .words =
        (const char *const[]){"NoSignatureTemplate", "MicrosoftUefiCertificateAuthorityTemplate",
                              "MicrosoftWindowsTemplate", NULL},
};

static const struct choices key_choices = {
    .noun = "type of key",
    .words = (const char *const[]){"sha256", "x509", NULL},
};

/* Of one value in base64: a certificate with a long chain of names is some 6 KiB. */
enum { VALUE_MAX_LENGTH = 16384 };

#define LETTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

static bool is_base64(const char *text)
{
    const size_t letters = strspn(text, LETTERS);
    const size_t padding = strspn(text + letters, "=");

    return letters > 0 && padding <= 2 && !text[letters + padding] && (letters + padding) % 4 == 0;
}

static int check_values(const void *slot, struct err *err)
{
    const struct texts *const values = slot;

    for (size_t i = 0; i < values->count; i++)
        if (!is_base64(values->items[i]))
            return err_set(err, E_INVALID, "value %zu is not base64", i);
    return 0;
}

static int check_templates(const void *slot, struct err *err)
{
    const struct texts *const names = slot;

    for (size_t i = 0; i < names->count; i++) {
        const char *nearest;

        if (choice_value(&template_choices, names->items[i]))
            continue;
        nearest = text_nearest(names->items[i], template_choices.words);
        err_set(err, E_INVALID, "'%s' is not a known %s", names->items[i], template_choices.noun);
        err_hint(err, "did you mean '%s'?", nearest ? nearest : template_choices.words[0]);
        return E_INVALID;
    }
    return 0;
}

/* clang-format off */
static const struct row key_rows[] = {
    ROW(struct uefi_key, type, "type", .rules = ROW_NEEDED, .choices = &key_choices,
        .about = "What the values are: digests or certificates"),
    ROW(struct uefi_key, value, "value", .rules = ROW_NEEDED, .max = VALUE_MAX_LENGTH,
        .check = check_values, .about = "The values, in base64"),
};

static const struct shape key_shape = SHAPE(struct uefi_key, "UEFI key", key_rows, NULL);

static const struct row signature_rows[] = {
    ROW_OBJECT(struct uefi_signatures, pk, "pk", &key_shape, .about = "The platform key"),
    ROW_LIST(struct uefi_signatures, kek, "kek", &key_shape, .about = "Keys that may change keys"),
    ROW_LIST(struct uefi_signatures, db, "db", &key_shape, .about = "What may start"),
    ROW_LIST(struct uefi_signatures, dbx, "dbx", &key_shape, .about = "What may not start"),
};

static const struct shape signatures_shape =
    SHAPE(struct uefi_signatures, "UEFI signatures", signature_rows, NULL);

static const struct row rows[] = {
    ROW(struct uefi_settings, signature_template_names, "signatureTemplateNames",
        .check = check_templates, .about = "Sets of keys that the service knows by name"),
    ROW_OBJECT(struct uefi_settings, additional_signatures, "additionalSignatures",
        &signatures_shape, .about = "Keys beside those"),
};
/* clang-format on */

const struct shape uefi_settings_shape = SHAPE(struct uefi_settings, "UEFI settings", rows, NULL);

void uefi_settle(struct uefi_settings *settings)
{
    struct texts *const names = &settings->signature_template_names;

    for (size_t i = 0; i < names->count; i++) {
        const unsigned choice = choice_value(&template_choices, names->items[i]);

        if (choice)
            text_replace(&names->items[i], choice_word(&template_choices, choice));
    }
}

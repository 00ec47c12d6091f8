#include "cmd/disk_words.h"

#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "base/uri.h"
#include "gallery.h"

static int bad_lun(const char *word, struct err *err)
{
    return err_set(err, E_INVALID, "'%s': the LUN is not a number from 0 to %d", word, LUN_MAX);
}

/* The first `length` bytes of a word. */
static bool read_lun(const char *word, size_t length, struct opt_int *ret)
{
    char *const text = text_printf("%.*s", (int)length, word);
    const bool good = number_parse(text, &ret->value) && ret->value >= 0 && ret->value <= LUN_MAX;

    free(text);
    ret->set = true;
    return good;
}

/* "REST" or "LUN=REST": digits in front of the first '=' are a LUN. */
static int split_lun(const char *word, struct opt_int *ret_lun, const char **ret_rest,
                     struct err *err)
{
    const size_t digits = strspn(word, "0123456789");

    *ret_lun = (struct opt_int){0};
    *ret_rest = word;
    if (digits == 0 || word[digits] != '=')
        return 0;
    *ret_rest = word + digits + 1;
    return read_lun(word, digits, ret_lun) ? 0 : bad_lun(word, err);
}

_Static_assert(offsetof(struct data_disk, lun) == 0 && offsetof(struct disk_member, lun) == 0 &&
                   offsetof(struct file_digest, lun) == 0,
               "check_once reads the number of an element of any of the lists");

static int check_once(const void *list, const struct shape *shape, const struct opt_int *lun,
                      struct err *err)
{
    const size_t count = list_count(list);

    for (size_t i = 0; i < count; i++) {
        const struct opt_int *const other = list_item(list, shape, i);

        if (!opt_int_equal(other, lun))
            continue;
        if (!lun->set)
            return err_set(err, E_INVALID, "the OS disk is given twice");
        return err_set(err, E_INVALID, "LUN %d is given twice", (int)lun->value);
    }
    return 0;
}

/* --- files --- */

static int add_file(const char *word, struct data_disks *disks, struct err *err)
{
    const char *const equals = strchr(word, '=');
    struct opt_int lun;
    int rc;

    if (!equals || equals[1] == '\0')
        return err_set(err, E_USAGE, "'%s' is not of the form LUN=FILE", word);
    if (!read_lun(word, (size_t)(equals - word), &lun))
        return bad_lun(word, err);
    rc = check_once(disks, &data_disk_shape, &lun, err);
    if (rc == 0)
        *VEC_ADD(disks) = (struct data_disk){.lun = lun, .path = text_copy(equals + 1)};
    return rc;
}

int disk_parse_files(const char *const *words, size_t count, void *slot, struct err *err)
{
    struct data_disks disks = {0};
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < count; i++)
        rc = add_file(words[i], &disks, err);
    if (rc)
        list_done(&disks, &data_disk_shape);
    else
        *(struct data_disks *)slot = disks;
    return rc;
}

/* --- members --- */

static int add_member(const char *word, struct disk_members *members, struct err *err)
{
    struct opt_int lun;
    const char *name;
    int rc = split_lun(word, &lun, &name, err);

    if (rc == 0 && *name == '\0')
        rc = err_set(err, E_USAGE, "'%s' names no member", word);
    if (rc == 0)
        rc = check_once(members, &disk_member_shape, &lun, err);
    if (rc == 0)
        *VEC_ADD(members) = (struct disk_member){.lun = lun, .name = text_copy(name)};
    return rc;
}

int disk_parse_members(const char *const *words, size_t count, void *slot, struct err *err)
{
    struct disk_members members = {0};
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < count; i++)
        rc = add_member(words[i], &members, err);
    if (rc)
        list_done(&members, &disk_member_shape);
    else
        *(struct disk_members *)slot = members;
    return rc;
}

/* --- digests --- */

#define HEX_DIGITS "0123456789abcdefABCDEF"

static int read_digest(const char *word, const char *text, struct file_digest *ret, struct err *err)
{
    static const struct {
        const char *prefix;
        unsigned algorithm;
        size_t digits;
    } kinds[] = {
        {"sha256:", FILE_DIGEST_SHA256, 64},
        {"sha512:", FILE_DIGEST_SHA512, 128},
    };

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        const size_t length = strlen(kinds[i].prefix);
        const bool named = text_starts_word(text, kinds[i].prefix);
        const char *const hex = named ? text + length : text;
        /* A line of SHA256SUMS has the name of the file behind the digest. */
        const bool good =
            strcspn(hex, " ") == kinds[i].digits && strspn(hex, HEX_DIGITS) == kinds[i].digits;

        if (named && !good)
            return err_set(err, E_USAGE, "'%s' has not the %zu hexadecimal digits of a %.6s", word,
                           kinds[i].digits, kinds[i].prefix);
        if (!good)
            continue;
        ret->algorithm = kinds[i].algorithm;
        ret->hex = text_printf("%.*s", (int)kinds[i].digits, hex);
        text_lower(ret->hex);
        return 0;
    }
    err_set(err, E_USAGE, "'%s' is not of the form sha256:HEX or sha512:HEX", word);
    return err_hint(err, "a line of SHA256SUMS will do, in quotes");
}

static int add_digest(const char *word, struct file_digests *digests, struct err *err)
{
    struct file_digest digest = {0};
    const char *text;
    int rc = split_lun(word, &digest.lun, &text, err);

    if (rc == 0)
        rc = read_digest(word, text, &digest, err);
    if (rc == 0)
        rc = check_once(digests, &file_digest_shape, &digest.lun, err);
    if (rc == 0)
        *VEC_ADD(digests) = digest;
    else
        free(digest.hex);
    return rc;
}

int disk_parse_expected(const char *const *words, size_t count, void *slot, struct err *err)
{
    struct file_digests digests = {0};
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < count; i++)
        rc = add_digest(words[i], &digests, err);
    if (rc)
        list_done(&digests, &file_digest_shape);
    else
        *(struct file_digests *)slot = digests;
    return rc;
}

/* --- as the Azure CLI has them --- */

static int check_word(const char *word, struct err *err)
{
    char *path = NULL;
    const int rc = uri_file_path(word, &path, err);

    free(path);
    return rc;
}

int disk_check_uri(const void *slot, struct err *err)
{
    return check_word(*(char *const *)slot, err);
}

int disk_check_uris(const void *slot, struct err *err)
{
    const struct texts *const words = slot;
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < words->count; i++)
        rc = check_word(words->items[i], err);
    return rc;
}

int disk_parse_luns(const char *const *words, size_t count, void *slot, struct err *err)
{
    struct texts luns = {0};
    struct opt_int lun;

    for (size_t i = 0; i < count; i++) {
        if (!read_lun(words[i], strlen(words[i]), &lun)) {
            texts_done(&luns);
            return bad_lun(words[i], err);
        }
        texts_add(&luns, words[i]);
    }
    *(struct texts *)slot = luns;
    return 0;
}

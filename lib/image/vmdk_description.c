/* "The Descriptor File": lines of KEY=VALUE, and one line for each extent,
 * ACCESS SECTORS TYPE "FILE" [OFFSET]. */
#include "image/vmdk.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/number.h"
#include "base/text.h"

/* Cut the blanks at both ends, in place. */
static char *trim(char *text)
{
    size_t length;

    while (*text == ' ' || *text == '\t')
        text++;
    length = strlen(text);
    while (length > 0 && strchr(" \t\r", text[length - 1]))
        text[--length] = '\0';
    return text;
}

/* What stands between quotes, or the text itself. */
static char *unquote(char *text)
{
    char *end;

    if (*text != '"')
        return text;
    end = strchr(text + 1, '"');
    if (end)
        *end = '\0';
    return text + 1;
}

/* Cut off the first word; what is behind it is *rest. */
static char *cut_word(char **rest)
{
    char *const word = *rest;
    char *const end = word + strcspn(word, " \t");

    *rest = end + strspn(end, " \t");
    *end = '\0';
    return word;
}

static bool is_access(const char *line)
{
    static const char *const words[] = {"RW", "RDONLY", "NOACCESS"};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        const size_t length = strlen(words[i]);

        if (strncmp(line, words[i], length) == 0 && (line[length] == ' ' || line[length] == '\t'))
            return true;
    }
    return false;
}

static void parse_extent(char *line, struct vmdk_description *ret)
{
    int64_t sectors = 0;

    if (ret->extents++ > 0)
        return;
    cut_word(&line);
    if (number_parse(cut_word(&line), &sectors) && sectors > 0)
        ret->extent_sectors = (uint64_t)sectors;
    text_replace(&ret->extent_type, cut_word(&line));
    text_replace(&ret->extent_file, unquote(line));
}

/* Whether the key is one of those that only encrypted disks have: "encryptionKeys" of ESXi,
 * "encryption.keySafe" of the others. */
static bool is_of_encryption(const char *key)
{
    return strcasestr(key, "encryption") || strcasestr(key, "keysafe");
}

static void parse_value(char *line, struct vmdk_description *ret)
{
    char *const equals = strchr(line, '=');
    const char *key, *value;

    if (!equals)
        return;
    *equals = '\0';
    key = trim(line);
    value = unquote(trim(equals + 1));
    if (text_same_word(key, "createType"))
        text_replace(&ret->create_type, value);
    else if (text_same_word(key, "parentCID"))
        text_replace(&ret->parent_id, value);
    else if (text_same_word(key, "parentFileNameHint") && *value)
        text_replace(&ret->parent_file, value);
    else if (is_of_encryption(key))
        ret->encrypted = true;
}

void vmdk_description_parse(const char *text, size_t length, struct vmdk_description *ret)
{
    char *const copy = mem_new(length + 1, 1);
    char *line = copy;

    *ret = (struct vmdk_description){0};
    memcpy(copy, text, length);
    while (line) {
        char *const end = strchr(line, '\n');

        if (end)
            *end = '\0';
        line = trim(line);
        if (is_access(line))
            parse_extent(line, ret);
        else if (*line != '#')
            parse_value(line, ret);
        line = end ? end + 1 : NULL;
    }
    free(copy);
}

void vmdk_description_done(struct vmdk_description *description)
{
    free(description->create_type);
    free(description->parent_id);
    free(description->parent_file);
    free(description->extent_type);
    free(description->extent_file);
    *description = (struct vmdk_description){0};
}

int vmdk_description_read(const struct source *source, uint64_t offset, uint64_t length,
                          struct vmdk_description *ret, struct err *err)
{
    char *text;
    int rc;

    if (length > source->info.size || offset > source->info.size - length)
        return vmdk_damaged(source, err, "its description lies outside the file");
    text = mem_new((size_t)length, 1);
    rc = source_file_read(source, text, (size_t)length, offset, err);
    if (rc == 0)
        vmdk_description_parse(text, (size_t)length, ret);
    free(text);
    return rc;
}

static int hint_convert(struct err *err)
{
    return err_hint(err, "make one file of it, from the file that describes it: "
                         "qemu-img convert -O vmdk IN OUT");
}

static int check_parent(const struct source *source, const struct vmdk_description *description,
                        struct err *err)
{
    const bool has_parent =
        description->parent_file ||
        (description->parent_id && !text_same_word(description->parent_id, "ffffffff"));

    if (!has_parent)
        return 0;
    err_set(err, E_UNSUPPORTED,
            "the VMDK '%s' is a snapshot: it holds only what differs from its parent%s%s%s",
            source->path, description->parent_file ? " '" : "",
            description->parent_file ? description->parent_file : "",
            description->parent_file ? "'" : "");
    return err_hint(err, "make one disk of both, where the parent lies: "
                         "qemu-img convert -O vmdk IN OUT");
}

int vmdk_description_check(const struct source *source, const struct vmdk_description *description,
                           bool alone, struct err *err)
{
    const char *const type = description->create_type ? description->create_type : "";
    const bool whole =
        text_same_word(type, "monolithicSparse") || text_same_word(type, "streamOptimized");
    int rc;

    if (description->encrypted) {
        err_set(err, E_UNSUPPORTED, "the VMDK '%s' is encrypted", source->path);
        return err_hint(err, "have VMware decrypt the disk first");
    }
    rc = check_parent(source, description, err);
    if (rc < 0)
        return rc;
    if (description->extents == 0)
        return vmdk_damaged(source, err, "its description names no extent");
    if (alone) {
        err_set(err, E_UNSUPPORTED,
                "'%s' only describes a VMDK of type '%s': its data lies in %s'%s'", source->path,
                type, description->extents > 1 ? "other files, the first being " : "",
                description->extent_file);
        return hint_convert(err);
    }
    if (!whole || description->extents > 1 || !text_same_word(description->extent_type, "SPARSE")) {
        err_set(err, E_UNSUPPORTED,
                "the VMDK '%s' is of type '%s' with %zu extents: its data lies in other files",
                source->path, type, description->extents);
        return hint_convert(err);
    }
    return 0;
}

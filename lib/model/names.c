#include "model/names.h"

#include <stdbool.h>
#include <string.h>

#include "json/shape.h"

/* One kind of name: which bytes it may have, and where. */
struct name_rule {
    size_t max;
    const char *marks; /* allowed besides letters and digits */
    const char *words; /* the same, for messages */
    bool starts_plain; /* the first is a letter or digit */
    bool ends_plain;   /* the last is a letter or digit; else it is anything but '.' */
};

static const struct name_rule gallery_rule = {
    .max = NAME_MAX_LENGTH,
    .marks = "._",
    .words = "letters, digits, '.' and '_'",
    .starts_plain = true,
    .ends_plain = true,
};

static const struct name_rule definition_rule = {
    .max = NAME_MAX_LENGTH,
    .marks = "._-",
    .words = "letters, digits, '.', '_' and '-'",
    .starts_plain = true,
    .ends_plain = true,
};

static const struct name_rule shared_rule = {
    .max = SHARED_NAME_MAX_LENGTH,
    .marks = "._-",
    .words = "letters, digits, '.', '_' and '-'",
    .starts_plain = true,
    .ends_plain = true,
};

static const struct name_rule group_rule = {
    .max = GROUP_MAX_LENGTH,
    .marks = "._-()",
    .words = "letters, digits, '.', '_', '-', '(' and ')'",
};

static const struct name_rule lock_rule = {
    .max = LOCK_MAX_LENGTH,
    .marks = "._-",
    .words = "letters, digits, '.', '_' and '-'",
    .starts_plain = true,
};

static const struct name_rule identifier_rule = {
    .max = PUBLISHER_MAX_LENGTH,
    .marks = "._-",
    .words = "letters, digits, '.', '_' and '-'",
};

static bool is_plain(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* Where the first byte stands that no such name may have; NULL when there is none. */
static const char *first_foreign(const struct name_rule *rule, const char *name)
{
    for (const char *at = name; *at; at++)
        if (!is_plain(*at) && !strchr(rule->marks, *at))
            return at;
    return NULL;
}

static int refuse_foreign(const struct name_rule *rule, const char *name, char c, struct err *err)
{
    if (c > ' ' && c <= '~')
        return err_set(err, E_INVALID, "'%s' has '%c': only %s are allowed", name, c, rule->words);
    if (c == ' ')
        return err_set(err, E_INVALID, "'%s' has a blank: only %s are allowed", name, rule->words);
    return err_set(err, E_INVALID, "'%s' has other characters than %s", name, rule->words);
}

static int check_name(const struct name_rule *rule, const void *slot, struct err *err)
{
    const char *name = *(char *const *)slot;
    const size_t length = name ? strlen(name) : 0;
    const char *foreign;

    if (length == 0)
        return err_set(err, E_INVALID, "the name is empty");
    if (length > rule->max)
        return err_set(err, E_INVALID, "'%.40s...' has %zu bytes, more than %zu", name, length,
                       rule->max);
    foreign = first_foreign(rule, name);
    if (foreign)
        return refuse_foreign(rule, name, *foreign, err);
    if (rule->starts_plain && !is_plain(name[0]))
        return err_set(err, E_INVALID, "'%s' does not start with a letter or digit", name);
    if (rule->ends_plain && !is_plain(name[length - 1]))
        return err_set(err, E_INVALID, "'%s' does not end with a letter or digit", name);
    if (name[length - 1] == '.')
        return err_set(err, E_INVALID, "'%s' ends with '.'", name);
    return 0;
}

/* The one mistake everybody makes: definitions take a dash, galleries do not. */
static void suggest_without_dash(const char *name, struct err *err)
{
    char better[NAME_MAX_LENGTH + 1];
    const char *slot = better;
    const size_t length = strlen(name);

    if (!err || length > NAME_MAX_LENGTH || !strchr(name, '-'))
        return;
    memcpy(better, name, length + 1);
    for (char *dash = strchr(better, '-'); dash; dash = strchr(dash, '-'))
        *dash = '_';
    if (check_name(&gallery_rule, &slot, NULL) == 0)
        err_hint(err, "did you mean '%s'?", better);
}

int name_check_gallery(const void *slot, struct err *err)
{
    const int rc = check_name(&gallery_rule, slot, err);

    if (rc && *(char *const *)slot)
        suggest_without_dash(*(char *const *)slot, err);
    return rc;
}

int name_check_definition(const void *slot, struct err *err)
{
    return check_name(&definition_rule, slot, err);
}

int name_check_shared(const void *slot, struct err *err)
{
    return check_name(&shared_rule, slot, err);
}

int name_check_group(const void *slot, struct err *err)
{
    return check_name(&group_rule, slot, err);
}

int name_check_lock(const void *slot, struct err *err)
{
    return check_name(&lock_rule, slot, err);
}

int name_check_identifier(const void *slot, struct err *err)
{
    return check_name(&identifier_rule, slot, err);
}

static int check_tag(const struct tag *tag, struct err *err)
{
    const size_t length = strlen(tag->name);
    const char *foreign = strpbrk(tag->name, "<>%&\\?/");

    if (length == 0)
        return err_set(err, E_INVALID, "a tag has no name");
    if (length > TAG_NAME_MAX_LENGTH)
        return err_set(err, E_INVALID, "the name of tag '%.40s...' has %zu bytes, more than %d",
                       tag->name, length, TAG_NAME_MAX_LENGTH);
    if (foreign)
        return err_set(err, E_INVALID, "tag '%s' has '%c' in its name", tag->name, *foreign);
    if (strlen(tag->value) > TAG_VALUE_MAX_LENGTH)
        return err_set(err, E_INVALID, "the value of tag '%s' has %zu bytes, more than %d",
                       tag->name, strlen(tag->value), TAG_VALUE_MAX_LENGTH);
    return 0;
}

int name_check_uuid(const void *slot, struct err *err)
{
    static const char form[] = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
    const char *const id = *(char *const *)slot;
    size_t i = 0;

    while (form[i] &&
           (form[i] == 'x' ? id[i] && strchr("0123456789abcdefABCDEF", id[i]) : id[i] == form[i]))
        i++;
    if (form[i] == '\0' && id[i] == '\0')
        return 0;
    return err_set(err, E_INVALID, "'%s' is no id: those have the form %s", id, form);
}

int name_check_public_prefix(const void *slot, struct err *err)
{
    const char *const prefix = *(char *const *)slot;
    const size_t length = strlen(prefix);
    size_t plain = 0;

    while (is_plain(prefix[plain]))
        plain++;
    if (plain == length &&
        (length == 0 || (length >= PUBLIC_PREFIX_MIN && length <= PUBLIC_PREFIX_MAX)))
        return 0;
    return err_set(err, E_INVALID, "'%s' has not %d to %d letters and digits, and nothing else",
                   prefix, PUBLIC_PREFIX_MIN, PUBLIC_PREFIX_MAX);
}

int name_check_tags(const void *slot, struct err *err)
{
    const struct tags *tags = slot;

    if (tags->count > TAGS_MAX)
        return err_set(err, E_INVALID, "%zu tags are more than %d", tags->count, TAGS_MAX);
    for (size_t i = 0; i < tags->count; i++) {
        const int rc = check_tag(&tags->items[i], err);

        if (rc)
            return rc;
    }
    return 0;
}

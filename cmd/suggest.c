#include "cmd/suggest.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

/* The longest list of words to suggest from: nouns, and the verbs of one. */
enum { SUGGEST_MAX = 48 };

struct words {
    const char *items[SUGGEST_MAX + 1]; /* NULL behind the last */
    size_t count;
};

/* What other programs call our verbs. */
static const struct synonym {
    const char *said;
    const char *verb;
    const struct noun *noun; /* of which it is, where it stands alone; NULL: any */
} synonyms[] = {
    {"ls", "list", NULL},
    {"get", "show", NULL},
    {"describe", "show", NULL},
    {"info", "show", NULL},
    {"rm", "delete", NULL},
    {"remove", "delete", NULL},
    {"del", "delete", NULL},
    {"add", "create", NULL},
    {"new", "create", NULL},
    {"make", "create", NULL},
    {"set", "update", NULL},
    {"edit", "update", NULL},
    {"change", "update", NULL},
    {"modify", "update", NULL},
    {"publish", "create", &image_version_noun},
    {"upload", "create", &image_version_noun},
    {"push", "create", &image_version_noun},
    {"import", "create", &image_version_noun},
    {"download", "export", &image_version_noun},
    {"pull", "export", &image_version_noun},
    {"save", "export", &image_version_noun},
    {"compare", "diff", &image_version_noun},
};

static void add_word(struct words *words, const char *word)
{
    if (word && words->count < SUGGEST_MAX)
        words->items[words->count++] = word;
}

static void add_verbs(struct words *words, const struct noun *noun)
{
    for (size_t i = 0; i < noun->count; i++)
        add_word(words, noun->commands[i].verb);
}

static void add_nouns(struct words *words)
{
    for (size_t i = 0; nouns[i]; i++) {
        if (!nouns[i]->hidden)
            add_word(words, nouns[i]->name);
    }
}

/* Whether `word` is one of the parts between the dashes of `name`, or several of it. */
static bool is_part(const char *name, const char *word)
{
    bool found = false;

    while (*name && !found) {
        const size_t length = strcspn(name, "-");
        char *const part = text_printf("%.*s", (int)length, name);
        char *const parts = text_printf("%ss", part);

        found = text_same_word(part, word) || text_same_word(parts, word);
        name += length + (name[length] == '-');
        free(part);
        free(parts);
    }
    return found;
}

/* "'sig image-definition' or 'sig image-version'", appended. */
static void add_nouns_with_part(struct buf *out, const char *word)
{
    for (size_t i = 0; nouns[i]; i++) {
        if (!nouns[i]->hidden && is_part(nouns[i]->name, word))
            buf_printf(out, "%s'sig %s'", out->length > 0 ? " or " : "", nouns[i]->name);
    }
}

static void add_command(struct buf *out, const struct command *command)
{
    buf_add_char(out, '\'');
    command_add_name(out, command);
    buf_add_char(out, '\'');
}

/* The command that has this verb, where there is only one. */
static const struct command *only_command(const char *verb)
{
    const struct command *only = NULL;

    for (size_t i = 0; nouns[i]; i++) {
        const struct command *const command = nouns[i]->hidden ? NULL : noun_verb(nouns[i], verb);

        if (command && only)
            return NULL;
        only = command ? command : only;
    }
    return only;
}

/* The command that other programs call so, or that is a verb of another noun. */
static void add_command_called(struct buf *out, const struct noun *noun, const char *word)
{
    const struct noun *only = NULL;
    const struct command *command;

    for (size_t i = 0; i < sizeof synonyms / sizeof *synonyms; i++) {
        if (!text_same_word(synonyms[i].said, word))
            continue;
        word = synonyms[i].verb;
        only = synonyms[i].noun;
        break;
    }
    if (!noun)
        noun = only ? only : &gallery_noun;
    command = noun_verb(noun, word);
    if (!command)
        command = only_command(word);
    if (command)
        add_command(out, command);
}

/* Whoever asks for an 'undelete' is not to be led to 'delete'. */
static bool is_opposite(const char *word, const char *verb)
{
    return text_starts(word, "un") && text_same_word(word + strlen("un"), verb);
}

static void add_nearest(struct buf *out, const struct noun *noun, const char *word)
{
    struct words words = {0};
    const char *nearest;

    if (!noun)
        add_nouns(&words);
    add_verbs(&words, noun ? noun : &gallery_noun);
    nearest = text_nearest(word, words.items);
    if (nearest && !is_opposite(word, nearest))
        buf_printf(out, "'sig %s%s%s'", noun ? noun->name : "", noun ? " " : "", nearest);
}

int suggest_command(const struct noun *noun, const char *word, struct err *err)
{
    struct buf meant = {0};
    const int rc = err->code;

    if (!noun)
        add_nouns_with_part(&meant, word);
    if (meant.length == 0)
        add_nearest(&meant, noun, word);
    if (meant.length == 0)
        add_command_called(&meant, noun, word);
    if (meant.length > 0)
        err_hint(err, "did you mean %s?", buf_text(&meant));
    else if (noun)
        err_hint(err, "'sig help %s' lists its verbs", noun->name);
    else
        err_hint(err, "'sig help' lists the commands");
    buf_done(&meant);
    return rc;
}

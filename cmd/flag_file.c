#include "cmd/flag_file.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"

/* A text of our own as a word of the flag: where it was, or behind the others. */
static void put_word(struct flags *flags, const char ***words, size_t *count, const char *text)
{
    texts_add(&flags->loaded, text);
    *words = mem_resize(*words, *count + 1, sizeof **words);
    (*words)[(*count)++] = flags->loaded.items[flags->loaded.count - 1];
}

static bool holds_json(const char *text)
{
    text += strspn(text, " \t\r\n");
    return *text == '[' || *text == '{';
}

/* Each line that is not empty. */
static void put_lines(struct flags *flags, const char ***words, size_t *count, char *text)
{
    while (*text) {
        char *const end = text + strcspn(text, "\n");
        const bool last = *end == '\0';

        *end = '\0';
        if (end > text && end[-1] == '\r')
            end[-1] = '\0';
        if (*text)
            put_word(flags, words, count, text);
        text = end + !last;
    }
}

static int load(struct flags *flags, const char *path, char **ret, struct err *err)
{
    const bool standard = strcmp(path, "-") == 0;

    if (standard && flags->standard_read)
        return err_set(err, E_USAGE, "standard input was read already: '@-' may be given once");
    if (*path == '\0') {
        err_set(err, E_USAGE, "the file behind '@' is missing");
        return err_hint(err, "'@@' stands for '@' itself");
    }
    flags->standard_read = flags->standard_read || standard;
    if (gal_read_text(path, ret, err) == 0)
        return 0;
    err_hint(err, "'@FILE' stands for what the file holds, '@@' for '@' itself");
    return err->code;
}

/* To JMESPath "@" is a word of its own, behind which no name, number or path can stand. */
static bool is_expression(const struct row *row, const char *word)
{
    const char *const rest = word + 1;

    if (!text_equal(row->metavar, "JMESPATH"))
        return false;
    return strchr(" \t\n.[|&=!<>", *rest) && !text_starts(rest, "./") && !text_starts(rest, "../");
}

static bool is_marked(const struct row *row, const char *word)
{
    return word[0] == '@' && !is_expression(row, word);
}

static bool has_marked(const struct flag *flag)
{
    for (size_t i = 0; i < flag->count; i++) {
        if (is_marked(flag->row, flag->words[i]))
            return true;
    }
    return false;
}

int flag_load_files(struct flags *flags, struct flag *flag, struct err *err)
{
    const char **words = NULL;
    size_t count = 0;
    int rc = 0;

    if (!has_marked(flag))
        return 0;
    for (size_t i = 0; i < flag->count && !rc; i++) {
        const char *const word = flag->words[i];
        char *text = NULL;

        if (!is_marked(flag->row, word) || word[1] == '@') {
            put_word(flags, &words, &count, word + is_marked(flag->row, word));
            continue;
        }
        rc = load(flags, word + 1, &text, err);
        if (!rc && flag_takes_many(flag->row) && !holds_json(text))
            put_lines(flags, &words, &count, text);
        else if (!rc)
            put_word(flags, &words, &count, text);
        free(text);
    }
    if (rc) {
        free(words);
        return rc;
    }
    free(flag->words);
    flag->words = words;
    flag->count = count;
    return 0;
}

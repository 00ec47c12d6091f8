/* cmd rows: the declarations keep their own rules. */
#include "cmd/command.h"

#include <string.h>

#include "base/err.h"
#include "base/text.h"
#include "cmd/flag.h"
#include "cmd/invocation.h"
#include "tests/unit/unit.h"

static bool is_kebab(const char *word)
{
    for (const char *c = word; *c; c++) {
        const bool letter = (*c >= 'a' && *c <= 'z') || (*c >= '0' && *c <= '9');

        if (!letter && !(*c == '-' && c > word && c[-1] != '-' && c[1] != '\0'))
            return false;
    }
    return word[0] != '\0';
}

static bool is_brief(const char *text)
{
    const size_t length = strlen(text);

    return length > 0 && length <= COMMAND_BRIEF_MAX && text[length - 1] != '.' && text[0] >= 'a' &&
           text[0] <= 'z';
}

START_TEST(names_are_kebab_case_and_unique)
{
    for (size_t i = 0; nouns[i]; i++) {
        ck_assert_msg(is_kebab(nouns[i]->name), "%s", nouns[i]->name);
        for (size_t k = 0; k < i; k++)
            ck_assert_str_ne(nouns[i]->name, nouns[k]->name);
        for (size_t c = 0; c < nouns[i]->count; c++) {
            const struct command *const command = &nouns[i]->commands[c];

            ck_assert_ptr_eq(command->noun, nouns[i]);
            ck_assert(command->verb || nouns[i]->count == 1);
            ck_assert(!command->verb || is_kebab(command->verb));
            for (size_t k = 0; k < c; k++)
                ck_assert_str_ne(command->verb, nouns[i]->commands[k].verb);
        }
    }
}
END_TEST

START_TEST(briefs_are_short_and_examples_are_there)
{
    for (size_t i = 0; nouns[i]; i++) {
        ck_assert_msg(is_brief(nouns[i]->brief), "%s", nouns[i]->name);
        ck_assert(nouns[i]->about[0] != '\0');
        for (size_t c = 0; c < nouns[i]->count; c++) {
            const struct command *const command = &nouns[i]->commands[c];

            ck_assert_msg(is_brief(command->brief), "%s", command->brief);
            ck_assert(command->about[0] != '\0');
            ck_assert(command->examples && command->examples[0]);
            ck_assert(command->run);
        }
    }
}
END_TEST

/* Split as a shell would: blanks, single quotes. The words point into `line`. */
static size_t split(char *line, const char **words)
{
    size_t count = 0;

    while (*line) {
        const char *const stop = *line == '\'' ? "'" : " ";

        line += *line == '\'';
        words[count++] = line;
        line += strcspn(line, stop);
        if (*line)
            *line++ = '\0';
        while (*line == ' ')
            line++;
    }
    return count;
}

START_TEST(every_example_parses_into_its_own_command)
{
    for (size_t i = 0; nouns[i]; i++) {
        for (size_t c = 0; c < nouns[i]->count; c++) {
            const struct command *const command = &nouns[i]->commands[c];

            for (size_t k = 0; command->examples[k]; k++) {
                char *const line = text_copy(command->examples[k]);
                const char *words[64];
                const size_t count = split(line, words);
                struct invocation invocation = {0};
                struct err err = {0};

                ck_assert_str_eq(words[0], "sig");
                ck_assert_msg(invocation_parse(&invocation, words + 1, count - 1, &err) == 0,
                              "%s: %s", command->examples[k], err.text);
                /* "sig help NOUN" asks help for it. */
                ck_assert(invocation.command == command || invocation.command == command->planned ||
                          invocation.command == command->told);
                invocation_done(&invocation);
                free(line);
            }
        }
    }
}
END_TEST

static void check_flag(const struct row *row)
{
    const size_t length = strlen(row->about);

    ck_assert_msg(text_starts(row->flag, "--") && is_kebab(row->flag + 2), "%s", row->flag);
    ck_assert(!row->flag_alias ||
              (text_starts(row->flag_alias, "--") && is_kebab(row->flag_alias + 2)));
    ck_assert(!row->hidden_alias ||
              (text_starts(row->hidden_alias, "--") && is_kebab(row->hidden_alias + 2)));
    ck_assert_msg(length > 0 && row->about[length - 1] != '.', "%s", row->flag);
    ck_assert_msg(row->about[0] < 'a' || row->about[0] > 'z', "%s: %s", row->flag, row->about);
    ck_assert(row->kind != KIND_OBJECT || row->metavar);
    ck_assert(row->kind != KIND_LIST || row->parse);
    ck_assert(row->kind != KIND_CHOICE || row->choices);
}

/* Whether both rows answer to one long flag. */
static bool share_flag(const struct row *one, const struct row *other)
{
    const char *const left[] = {one->flag, one->flag_alias, one->hidden_alias};
    const char *const right[] = {other->flag, other->flag_alias, other->hidden_alias};
    const size_t count = sizeof left / sizeof *left;

    for (size_t i = 0; i < count * count; i++)
        if (text_equal(left[i / count], right[i % count]) && left[i / count])
            return true;
    return false;
}

START_TEST(flags_of_a_command_do_not_collide)
{
    for (size_t i = 0; nouns[i]; i++) {
        for (size_t c = 0; c < nouns[i]->count; c++) {
            struct flags flags = {0};

            flags_init(&flags, &nouns[i]->commands[c], NULL, NULL);
            for (size_t a = 0; a < flags.count; a++) {
                const struct row *const one = flags.items[a].row;

                check_flag(one);
                for (size_t b = 0; b < a; b++) {
                    const struct row *const other = flags.items[b].row;

                    ck_assert_msg(!share_flag(one, other), "%s and %s", one->flag, other->flag);
                    ck_assert_msg(!one->letter || one->letter != other->letter, "%s and %s",
                                  one->flag, other->flag);
                }
            }
            flags_done(&flags);
        }
    }
}
END_TEST

START_TEST(operands_are_rows_and_needed_ones_come_first)
{
    for (size_t i = 0; nouns[i]; i++) {
        for (size_t c = 0; c < nouns[i]->count; c++) {
            const struct command *const command = &nouns[i]->commands[c];
            bool optional = false;

            for (size_t k = 0; k < command_operand_count(command); k++) {
                const struct row *const row = command_operand(command, k);

                ck_assert_ptr_nonnull(row);
                ck_assert_ptr_nonnull(row->metavar);
                ck_assert(!(optional && row->rules & ROW_NEEDED));
                optional = optional || !(row->rules & ROW_NEEDED);
            }
            ck_assert(command->most == REFERENCE_NONE || command_reference(command));
        }
    }
}
END_TEST

START_TEST(words_are_found_in_any_case_and_suggested)
{
    const struct noun *noun;
    const struct command *command;
    struct err err = {0};

    ck_assert_int_eq(noun_find("Image-VERSION", &noun, &command, &err), 0);
    ck_assert_ptr_null(command);
    ck_assert_ptr_eq(noun, &image_version_noun);
    ck_assert_int_eq(command_find(noun, "EXPORT", &command, &err), 0);
    ck_assert_str_eq(command->verb, "export");
    ck_assert_int_eq(noun_find("image-verison", &noun, &command, &err), E_USAGE);
    ck_assert_str_eq(err.hint, "did you mean 'sig image-version'?");
    ck_assert_int_eq(command_find(noun, "exprot", &command, &err), E_USAGE);
    ck_assert_str_eq(err.hint, "did you mean 'sig image-version export'?");
    ck_assert_int_eq(command_find(noun, "", &command, &err), E_USAGE);
    ck_assert_int_eq(noun_find("zzzzzzzzz", &noun, &command, &err), E_USAGE);
    ck_assert_str_eq(err.hint, "'sig help' lists the commands");
}
END_TEST

START_TEST(each_verb_of_the_gallery_stands_alone)
{
    for (size_t i = 0; i < gallery_noun.count; i++) {
        const struct command *const command = &gallery_noun.commands[i];
        const char *const words[] = {command->verb, "--help"};
        struct invocation invocation = {0};
        struct err err = {0};

        ck_assert_msg(invocation_parse(&invocation, words, 2, &err) == 0, "%s", err.text);
        ck_assert_ptr_eq(invocation.noun, &gallery_noun);
        ck_assert(invocation.command == command || invocation.command == command->planned ||
                  invocation.command == command->told);
        invocation_done(&invocation);
        for (size_t k = 0; nouns[k]; k++)
            ck_assert_str_ne(nouns[k]->name, command->verb);
    }
}
END_TEST

UNIT_MAIN("cmd/rows", each_verb_of_the_gallery_stands_alone, names_are_kebab_case_and_unique,
          briefs_are_short_and_examples_are_there, every_example_parses_into_its_own_command,
          flags_of_a_command_do_not_collide, operands_are_rows_and_needed_ones_come_first,
          words_are_found_in_any_case_and_suggested)

/* cmd help: everything that is printed about a command fits and is there. */
#include "cmd/help.h"

#include <string.h>

#include "base/text.h"
#include "cmd/flag.h"
#include "cmd/invocation.h"
#include "cmd/page.h"
#include "tests/unit/unit.h"

static void check_width(const char *text)
{
    while (*text) {
        const size_t length = strcspn(text, "\n");

        ck_assert_msg(length <= HELP_WIDTH, "%.*s", (int)length, text);
        ck_assert_msg(length == 0 || text[length - 1] != ' ', "%.*s", (int)length, text);
        text += length;
        ck_assert_int_eq(*text, '\n');
        text++;
    }
}

START_TEST(no_line_is_wider_than_a_terminal)
{
    struct buf out = {0};

    help_add(&out, NULL, NULL);
    for (size_t i = 0; nouns[i]; i++) {
        help_add(&out, nouns[i], NULL);
        for (size_t c = 0; c < nouns[i]->count; c++)
            help_add(&out, nouns[i], &nouns[i]->commands[c]);
    }
    check_width(buf_text(&out));
    buf_done(&out);
}
END_TEST

START_TEST(a_command_explains_each_flag_it_takes)
{
    for (size_t i = 0; nouns[i]; i++) {
        for (size_t c = 0; c < nouns[i]->count; c++) {
            const struct command *const command = &nouns[i]->commands[c];
            struct buf out = {0};
            struct flags flags = {0};

            help_add(&out, nouns[i], command);
            flags_init(&flags, command, NULL, NULL);
            for (size_t k = 0; k < flags.count; k++) {
                const struct flag *const flag = &flags.items[k];
                const bool refused = command->traits & COMMAND_UPDATES && flag->rules & ROW_FIXED;
                struct buf usage = {0};

                flag_add_usage(&usage, flag->row);
                ck_assert_msg(!strstr(buf_text(&out), buf_text(&usage)) ==
                                  (refused || flag->row->hidden_flag),
                              "%s in %s %s", buf_text(&usage), nouns[i]->name,
                              command->verb ? command->verb : "");
                buf_done(&usage);
            }
            flags_done(&flags);
            buf_done(&out);
        }
    }
}
END_TEST

START_TEST(the_program_lists_what_is_not_hidden)
{
    struct buf out = {0};

    help_add(&out, NULL, NULL);
    for (size_t i = 0; nouns[i]; i++)
        ck_assert(!strstr(buf_text(&out), nouns[i]->name) == nouns[i]->hidden);
    buf_done(&out);
}
END_TEST

START_TEST(words_wrap_at_the_width_and_not_before)
{
    struct buf out = {0};

    help_add_wrapped(&out, "aaa bbb cc\ndddddddddddd e", 2, 9);
    ck_assert_str_eq(buf_text(&out), "  aaa bbb\n  cc\n\n  dddddddddddd\n  e\n");
    buf_clear(&out);
    help_add_example(&out, "sig aaaa bbbb cccc dddd", 2, 21);
    ck_assert_str_eq(buf_text(&out), "  sig aaaa bbbb \\\n      cccc dddd\n");
    buf_done(&out);
}
END_TEST

START_TEST(pages_start_and_end_as_manuals_do)
{
    for (size_t i = 0; nouns[i]; i++) {
        struct buf out = {0};
        char *const name = text_printf(".Nm sig-%s\n", nouns[i]->name);

        page_add(&out, nouns[i]);
        ck_assert(text_starts(buf_text(&out), ".\\\" Generated "));
        ck_assert_ptr_nonnull(strstr(buf_text(&out), name));
        ck_assert_ptr_nonnull(strstr(buf_text(&out), ".Sh EXIT STATUS\n"));
        ck_assert_int_eq(out.bytes[out.length - 1], '\n');
        free(name);
        buf_done(&out);
    }
}
END_TEST

/* What 'sig complete zsh' answers to a line of words, the last one empty when the line ends in a
 * blank. */
static void complete(struct buf *out, const char *line)
{
    char *const text = text_printf("complete zsh -- %s", line);
    const char *words[16];
    struct invocation invocation = {0};
    struct context context = {0};
    struct run run = {.text = out, .context = &context};
    struct err err = {0};
    size_t count = 0;

    for (char *word = text; word; count++) {
        char *const end = strchr(word, ' ');

        if (end)
            *end = '\0';
        words[count] = word;
        word = end ? end + 1 : NULL;
    }
    ck_assert_msg(invocation_parse(&invocation, words, count, &err) == 0, "%s", err.text);
    ck_assert_int_eq(invocation.command->run(&run, invocation.request, NULL, &err), 0);
    invocation_done(&invocation);
    free(text);
}

static void check_offered(const char *line, const char *word, const char *about, bool offered)
{
    char *const candidate = text_printf("\n%s\t%s\n", word, about);
    struct buf out = {0};

    complete(&out, line);
    ck_assert_msg(!strstr(buf_text(&out), candidate) != offered, "%s: %s", line, candidate);
    buf_done(&out);
    free(candidate);
}

START_TEST(completion_knows_every_noun_and_verb)
{
    for (size_t i = 0; nouns[i]; i++) {
        char *const behind = text_printf("%s ", nouns[i]->name);

        check_offered("", nouns[i]->name, nouns[i]->brief, !nouns[i]->hidden);
        for (size_t c = 0; !noun_only_command(nouns[i]) && c < nouns[i]->count; c++) {
            const struct command *const command = &nouns[i]->commands[c];

            check_offered(behind, command->verb, command->brief, true);
        }
        free(behind);
    }
}
END_TEST

START_TEST(completion_knows_every_flag)
{
    for (size_t i = 0; nouns[i]; i++) {
        for (size_t c = 0; c < nouns[i]->count; c++) {
            const struct command *const command = &nouns[i]->commands[c];
            char *const line =
                text_printf("%s %s%s--", nouns[i]->name, command->verb ? command->verb : "",
                            command->verb ? " " : "");
            struct flags flags = {0};

            flags_init(&flags, command, NULL, NULL);
            for (size_t k = 0; k < flags.count; k++)
                check_offered(line, flags.items[k].row->flag, flags.items[k].row->about,
                              flag_is_shown(&flags.items[k], command));
            flags_done(&flags);
            free(line);
        }
    }
}
END_TEST

static void check_properties(const char *page, const struct shape *shape, const char *path)
{
    for (size_t i = 0; i < shape->count; i++) {
        const struct row *const row = &shape->rows[i];
        char *const item = text_printf(".It Li %s%s\n", path, row->key);
        char *const inside =
            text_printf("%s%s%s", path, row->key, row->kind == KIND_LIST ? "[]." : ".");

        ck_assert_msg(strstr(page, item), "%s", item);
        if (row->shape)
            check_properties(page, row->shape, inside);
        free(inside);
        free(item);
    }
}

START_TEST(the_page_of_manifests_has_every_property)
{
    static const struct shape *const shapes[] = {&gallery_shape, &definition_shape, &version_shape};
    struct buf out = {0};
    const char *part;

    page_add_manifest(&out);
    part = buf_text(&out);
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        part = strstr(part, ".json\n.Bl ");
        ck_assert_ptr_nonnull(part);
        check_properties(part, shapes[i], "");
        part++;
    }
    ck_assert_ptr_nonnull(strstr(buf_text(&out), "Linux or Windows; needed; given at creation"));
    ck_assert_ptr_nonnull(strstr(buf_text(&out), "A whole number from 1 to 100"));
    buf_done(&out);
}
END_TEST

UNIT_MAIN("cmd/help", completion_knows_every_noun_and_verb, completion_knows_every_flag,
          no_line_is_wider_than_a_terminal, a_command_explains_each_flag_it_takes,
          the_program_lists_what_is_not_hidden, words_wrap_at_the_width_and_not_before,
          pages_start_and_end_as_manuals_do, the_page_of_manifests_has_every_property)

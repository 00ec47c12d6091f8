#include "cmd/page.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "cmd/flag.h"
#include "cmd/help.h"
#include "cmd/invocation.h"

/* Not the day of the build: the same rows give the same page. */
#define PAGE_DATE "January 2, 2026"

/* mandoc(1) warns of longer lines of text. */
enum { PAGE_WIDTH = 78 };

/* Text as mdoc takes it: no line starts a request, no backslash an escape; each sentence begins a
 * line. */
static void add_text(struct buf *out, const char *text)
{
    struct buf lines = {0};
    const char *line;

    help_add_wrapped(&lines, text, 0, PAGE_WIDTH);
    for (line = buf_text(&lines); *line; line++) {
        const bool starts = line == buf_text(&lines) || line[-1] == '\n';

        if (starts && (*line == '.' || *line == '\''))
            buf_add_text(out, "\\&");
        if (starts && *line == '\n')
            buf_add_text(out, ".Pp");
        if (*line == '\\')
            buf_add_text(out, "\\e");
        else if (*line == ' ' && !starts && line[-1] == '.')
            buf_add_char(out, '\n');
        else
            buf_add_char(out, *line);
    }
    buf_done(&lines);
}

/* A sentence from words without a full stop. */
static void add_sentence(struct buf *out, const char *text)
{
    char *const sentence = text_printf("%s.", text);

    add_text(out, sentence);
    free(sentence);
}

static void add_flag(struct buf *out, const struct row *row)
{
    buf_add_text(out, ".It");
    if (row->letter)
        buf_printf(out, " Fl %c ,", row->letter);
    buf_printf(out, " Fl %s", row->flag + 1);
    if (row->flag_alias)
        buf_printf(out, " , Fl %s", row->flag_alias + 1);
    if (row->kind != KIND_BOOL) {
        buf_add_text(out, " Ar ");
        flag_add_metavar(out, row);
    }
    buf_add_text(out, flag_takes_many(row) ? " ...\n" : "\n");
    add_sentence(out, row->about);
}

/* The flags of a group as a list, or nothing; `command` NULL: the global ones. */
static void add_flags(struct buf *out, const struct command *command, enum flag_group group)
{
    struct flags flags = {0};
    bool begun = false;

    flags_init(&flags, command, NULL, NULL);
    for (size_t i = 0; i < flags.count; i++) {
        const struct flag *const flag = &flags.items[i];

        if (flag->group != group || flag->row->hidden_flag)
            continue;
        if (command && command->traits & COMMAND_UPDATES && flag->rules & ROW_FIXED)
            continue;
        if (!begun)
            buf_add_text(out, ".Bl -tag -width Ds\n");
        begun = true;
        add_flag(out, flag->row);
    }
    if (begun)
        buf_add_text(out, ".El\n");
    flags_done(&flags);
}

static void add_command_name(struct buf *out, const struct command *command)
{
    buf_add_text(out, command->noun->name);
    if (command->verb)
        buf_printf(out, " %s", command->verb);
}

static void add_operand(struct buf *out, const struct row *row)
{
    buf_printf(out, row->rules & ROW_NEEDED ? ".Ar %s\n" : ".Op Ar %s\n", row->metavar);
}

static void add_synopsis(struct buf *out, const struct command *command)
{
    buf_add_text(out, ".Nm sig\n.Cm ");
    add_command_name(out, command);
    buf_add_char(out, '\n');
    if (command->most > REFERENCE_NONE) {
        buf_printf(out, command->least == command->most ? ".Ar %s\n" : ".Op Ar %s\n",
                   reference_usage(command->most));
    }
    for (size_t i = 0; i < command_operand_count(command); i++)
        add_operand(out, command_operand(command, i));
    buf_add_text(out, ".Op Ar FLAGS\n");
}

static void add_operand_list(struct buf *out, const struct command *command)
{
    const size_t count = command_operand_count(command);

    if (count == 0)
        return;
    buf_add_text(out, ".Bl -tag -width Ds\n");
    for (size_t i = 0; i < count; i++) {
        const struct row *const row = command_operand(command, i);

        buf_printf(out, ".It Ar %s\n", row->metavar);
        add_sentence(out, row->about);
    }
    buf_add_text(out, ".El\n");
}

static void add_command(struct buf *out, const struct command *command)
{
    buf_add_text(out, ".Ss ");
    add_command_name(out, command);
    buf_add_char(out, '\n');
    add_text(out, command->about);
    add_operand_list(out, command);
    add_flags(out, command, FLAG_OWN);
}

static void add_examples(struct buf *out, const struct noun *noun)
{
    for (size_t i = 0; i < noun->count; i++) {
        for (size_t k = 0; noun->commands[i].examples[k]; k++) {
            struct buf lines = {0};

            help_add_example(&lines, noun->commands[i].examples[k], 0, PAGE_WIDTH);
            for (const char *c = buf_text(&lines); *c; c++) {
                if (*c == '\\')
                    buf_add_text(out, "\\e");
                else
                    buf_add_char(out, *c);
            }
            buf_done(&lines);
        }
    }
}

/* Kinds of one status are one entry. */
static void add_exit_status(struct buf *out)
{
    int last = -1;

    buf_add_text(out, ".Sh EXIT STATUS\n.Bl -tag -width Ds\n");
    for (const struct err_kind *kind = err_kinds; kind->word; kind++) {
        if (kind->exit_status != last)
            buf_printf(out, ".It %d\n", kind->exit_status);
        last = kind->exit_status;
        add_text(out, kind->sentence);
    }
    buf_add_text(out, ".El\n");
}

static void add_surroundings(struct buf *out)
{
    buf_add_text(out, ".Sh ENVIRONMENT\n.Bl -tag -width Ds\n"
                      ".It Ev SIG_STORE\nThe store to work on when\n.Fl -store\nis not given.\n"
                      ".It Ev XDG_DATA_HOME\nThe directory of the default store;\n"
                      ".Pa ~/.local/share\nwhen not set.\n"
                      ".It Ev SIG_CLOCK\nAn instant that stands for the present one, for tests.\n"
                      ".It Ev SIG_RANDOM\nA word from which all identifiers follow, for tests.\n"
                      ".El\n.Sh FILES\n.Bl -tag -width Ds\n"
                      ".It Pa $XDG_DATA_HOME/sig\nThe store when no other is named.\n.El\n");
}

/* Every page but this one, in the order of the alphabet. */
static void add_see_also(struct buf *out, const struct noun *noun)
{
    struct texts names = {0};

    if (noun)
        texts_add(&names, "sig");
    for (size_t i = 0; nouns[i]; i++) {
        char *const name = text_printf("sig-%s", nouns[i]->name);

        if (nouns[i] != noun && !nouns[i]->hidden && !nouns[i]->on_front)
            texts_add(&names, name);
        free(name);
    }
    texts_sort(&names);
    buf_add_text(out, ".Sh SEE ALSO\n");
    for (size_t i = 0; i < names.count; i++)
        buf_printf(out, ".Xr %s 1%s\n", names.items[i], i + 1 < names.count ? " ," : "");
    texts_done(&names);
}

static void add_noun_page(struct buf *out, const struct noun *noun)
{
    char *const title = text_printf("%s", noun->name);

    for (char *c = title; *c; c++)
        *c = *c >= 'a' && *c <= 'z' ? (char)(*c - 'a' + 'A') : *c;
    buf_printf(out, ".Dd %s\n.Dt SIG-%s 1\n.Os\n.Sh NAME\n.Nm sig-%s\n.Nd %s\n.Sh SYNOPSIS\n",
               PAGE_DATE, title, noun->name, noun->brief);
    free(title);
    for (size_t i = 0; i < noun->count; i++)
        add_synopsis(out, &noun->commands[i]);
    buf_add_text(out, ".Sh DESCRIPTION\n");
    add_text(out, noun->about);
    for (size_t i = 0; i < noun->count; i++)
        add_command(out, &noun->commands[i]);
    buf_add_text(out,
                 ".Ss Naming a resource\n"
                 "A gallery, image definition or image version is named by words between slashes,\n"
                 "by its ARM id, or by flags.\n"
                 "The flags of every command are in\n.Xr sig 1 .\n");
    for (size_t i = 0; i < noun->count; i++) {
        /* The command whose names go deepest has all the flags of the others. */
        if (noun->commands[i].most > REFERENCE_NONE) {
            add_flags(out, &noun->commands[i], FLAG_REFERENCE);
            break;
        }
    }
    add_surroundings(out);
    add_exit_status(out);
    buf_add_text(out, ".Sh EXAMPLES\n.Bd -literal\n");
    add_examples(out, noun);
    buf_add_text(out, ".Ed\n");
    add_see_also(out, noun);
}

static void add_front_page(struct buf *out)
{
    buf_add_text(out, ".Dd " PAGE_DATE "\n.Dt SIG 1\n.Os\n.Sh NAME\n.Nm sig\n"
                      ".Nd a shared image gallery on local files\n.Sh SYNOPSIS\n"
                      ".Nm\n.Ar NOUN\n.Op Ar VERB\n.Op Ar NAME\n.Op Ar FLAGS\n.Nm\n.Fl -version\n"
                      ".Sh DESCRIPTION\n.Nm\n"
                      "keeps galleries of disk images in a directory, the store:\n"
                      "a gallery holds image definitions, a definition holds versions,\n"
                      "and a version holds disks and says which regions keep copies of them.\n"
                      ".Pp\nThe commands are:\n.Bl -tag -width Ds\n");
    for (size_t i = 0; nouns[i]; i++) {
        if (nouns[i]->hidden)
            continue;
        buf_printf(out, ".It Cm %s\n", nouns[i]->name);
        buf_printf(out, "%c", nouns[i]->brief[0] - 'a' + 'A');
        add_sentence(out, nouns[i]->brief + 1);
    }
    buf_add_text(out, ".El\n");
    for (size_t i = 0; nouns[i]; i++) {
        for (size_t k = 0; nouns[i]->on_front && k < nouns[i]->count; k++)
            add_command(out, &nouns[i]->commands[k]);
    }
    buf_add_text(out, ".Ss Flags of every command\n");
    add_flags(out, NULL, FLAG_GLOBAL);
    buf_add_text(out, ".Pp\nA flag that takes a list takes all words up to the next flag.\n"
                      "A value may stand in the same word:\n.Fl -store Ns = Ns Ar DIR .\n"
                      "The word\n.Fl -\nends the flags.\n");
    add_surroundings(out);
    add_exit_status(out);
    buf_add_text(out, ".Sh EXAMPLES\n.Bd -literal\n");
    for (size_t i = 0; nouns[i]; i++) {
        if (!nouns[i]->hidden && !nouns[i]->on_front)
            help_add_example(out, nouns[i]->commands[0].examples[0], 0, PAGE_WIDTH);
    }
    buf_add_text(out, ".Ed\n");
    add_see_also(out, NULL);
}

void page_add(struct buf *out, const struct noun *noun)
{
    if (noun)
        add_noun_page(out, noun);
    else
        add_front_page(out);
}

/* --- sig generate man DIR --- */

static int write_page(const char *directory, const struct noun *noun, struct err *err)
{
    char *const path = noun ? text_printf("%s/sig-%s.1", directory, noun->name)
                            : text_printf("%s/sig.1", directory);
    struct buf page = {0};
    FILE *file;
    int code = 0;

    page_add(&page, noun);
    file = fopen(path, "we");
    if (!file) {
        code = err_os(err, errno, "cannot write '%s'", path);
        goto out;
    }
    if (fwrite(page.bytes, 1, page.length, file) != page.length)
        code = err_os(err, errno, "cannot write '%s'", path);
    if (fclose(file) && !code)
        code = err_os(err, errno, "cannot write '%s'", path);
out:
    buf_done(&page);
    free(path);
    return code;
}

struct generate_request {
    char *directory;
};

/* clang-format off */
static const struct row request_rows[] = {
    ROW(struct generate_request, directory, "directory", .rules = ROW_NEEDED, .metavar = "DIR",
        .about = "Where to put them"),
};
/* clang-format on */

static const struct shape request_shape =
    SHAPE(struct generate_request, "request", request_rows, NULL);

static int run_man(struct session *session, const void *request, void *result, struct err *err)
{
    const struct generate_request *const asked = request;
    int code;

    (void)session;
    (void)result;
    code = write_page(asked->directory, NULL, err);
    for (size_t i = 0; !code && nouns[i]; i++) {
        if (!nouns[i]->hidden && !nouns[i]->on_front)
            code = write_page(asked->directory, nouns[i], err);
    }
    return code;
}

/* clang-format off */
static const struct command commands[] = {
    {
        .noun = &generate_noun,
        .verb = "man",
        .brief = "write the manual pages",
        .about = "Writes the manual pages of the program and its nouns into a directory.",
        .examples = (const char *const[]){"sig generate man man", NULL},
        .request = &request_shape,
        .operands = (const char *const[]){"directory", NULL},
        .run = run_man,
    },
};
/* clang-format on */

const struct noun generate_noun = {
    .name = "generate",
    .brief = "write files that are made from the command rows",
    .about = "For those who build the program.",
    .commands = commands,
    .count = sizeof commands / sizeof *commands,
    .hidden = true,
};

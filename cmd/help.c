#include "cmd/help.h"

#include <string.h>

#include "cmd/flag.h"
#include "cmd/invocation.h"

enum { FLAG_INDENT = 2, ABOUT_INDENT = 8, NAME_WIDTH = 18 };

static void add_blanks(struct buf *out, size_t count)
{
    while (count-- > 0)
        buf_add_char(out, ' ');
}

/* One paragraph. */
static void add_paragraph(struct buf *out, const char *text, const char *end, size_t indent,
                          size_t width)
{
    size_t column = 0;

    while (text < end) {
        const size_t length = strcspn(text, " \n");

        if (column > 0 && column + 1 + length > width) {
            buf_add_char(out, '\n');
            column = 0;
        }
        if (column == 0) {
            add_blanks(out, indent);
            column = indent;
        } else {
            buf_add_char(out, ' ');
            column++;
        }
        buf_add(out, text, length);
        column += length;
        text += length;
        while (text < end && *text == ' ')
            text++;
    }
    buf_add_char(out, '\n');
}

void help_add_wrapped(struct buf *out, const char *text, size_t indent, size_t width)
{
    while (*text) {
        const char *const end = text + strcspn(text, "\n");

        add_paragraph(out, text, end, indent, width);
        text = *end ? end + 1 : end;
        if (*text)
            buf_add_char(out, '\n');
    }
}

void help_add_example(struct buf *out, const char *example, size_t indent, size_t width)
{
    struct buf lines = {0};
    const char *line;

    help_add_wrapped(&lines, example, indent, width - strlen("     \\"));
    line = buf_text(&lines);
    while (*line) {
        const size_t length = strcspn(line, "\n");

        buf_add(out, line, length);
        line += length + 1;
        buf_add_text(out, *line ? " \\\n    " : "\n");
    }
    buf_done(&lines);
}

static void add_flag(struct buf *out, const struct row *row)
{
    add_blanks(out, FLAG_INDENT);
    flag_add_usage(out, row);
    buf_add_char(out, '\n');
    help_add_wrapped(out, row->about, ABOUT_INDENT, HELP_WIDTH);
}

static void add_flags(struct buf *out, const struct command *command, enum flag_group group,
                      const char *title)
{
    struct flags flags = {0};
    bool titled = false;

    flags_init(&flags, command, NULL, NULL);
    for (size_t i = 0; i < flags.count; i++) {
        if (flags.items[i].group != group || !flag_is_shown(&flags.items[i], command))
            continue;
        if (!titled)
            buf_printf(out, "\n%s:\n", title);
        titled = true;
        add_flag(out, flags.items[i].row);
    }
    flags_done(&flags);
}

static void add_operands(struct buf *out, const struct command *command)
{
    for (size_t i = 0; i < command_operand_count(command); i++) {
        const struct row *const row = command_operand(command, i);

        if (i == 0)
            buf_add_text(out, "\nWords:\n");
        buf_printf(out, "  %s\n", row->metavar);
        help_add_wrapped(out, row->about, ABOUT_INDENT, HELP_WIDTH);
    }
}

static void add_command(struct buf *out, const struct command *command)
{
    command_add_name(out, command);
    buf_printf(out, ": %s\n\nUsage:\n  ", command->brief);
    command_add_usage(out, command);
    buf_add_text(out, "\n\n");
    help_add_wrapped(out, command->about, 0, HELP_WIDTH);
    add_operands(out, command);
    add_flags(out, command, FLAG_REFERENCE, "Flags that name it");
    add_flags(out, command, FLAG_NEEDED,
              command->traits & COMMAND_CREATES ? "Flags that a new one needs" : "Flags needed");
    add_flags(out, command, FLAG_OWN, "Flags");
    add_flags(out, command, FLAG_GLOBAL, "Flags of every command");
    buf_add_text(out, "\nExamples:\n");
    for (size_t i = 0; command->examples[i]; i++)
        help_add_example(out, command->examples[i], FLAG_INDENT, HELP_WIDTH);
}

static void add_brief(struct buf *out, const char *name, const char *brief)
{
    buf_printf(out, "  %-*s%s\n", NAME_WIDTH, name, brief);
}

static void add_noun(struct buf *out, const struct noun *noun)
{
    buf_printf(out, "sig %s: %s\n\n", noun->name, noun->brief);
    help_add_wrapped(out, noun->about, 0, HELP_WIDTH);
    buf_add_text(out, "\nVerbs:\n");
    for (size_t i = 0; i < noun->count; i++)
        add_brief(out, noun->commands[i].verb, noun->commands[i].brief);
    buf_printf(out, "\n'sig help %s VERB' tells more.\n", noun->name);
}

static void add_program(struct buf *out)
{
    buf_add_text(out, "sig: a shared image gallery on local files\n\n"
                      "Usage:\n  sig NOUN [VERB] [NAME] [FLAGS]\n\nCommands:\n");
    for (size_t i = 0; nouns[i]; i++) {
        if (!nouns[i]->hidden)
            add_brief(out, nouns[i]->name, nouns[i]->brief);
    }
    buf_add_text(out,
                 "\nWithout a noun the verbs of 'gallery' are meant: 'sig create', 'sig list'.\n"
                 "The store is --store DIR, else $SIG_STORE, else ~/.local/share/sig; the first\n"
                 "'sig gallery create' makes it. 'sig help NOUN [VERB]' and 'sig NOUN [VERB]\n"
                 "--help' tell more; so do the manuals, sig(1) and sig-tour(7) first of all.\n");
}

void help_add(struct buf *out, const struct noun *noun, const struct command *command)
{
    if (!command && noun)
        command = noun_only_command(noun);
    if (command)
        add_command(out, command);
    else if (noun)
        add_noun(out, noun);
    else
        add_program(out);
}

struct help_request {
    char *noun; /* or the first word of one that has two */
    char *verb;
    char *last; /* the verb, behind a noun of two words */
};

/* clang-format off */
static const struct row request_rows[] = {
    ROW(struct help_request, noun, "noun", .metavar = "NOUN", .about = "The noun, or the command"),
    ROW(struct help_request, verb, "verb", .metavar = "VERB", .about = "One of its verbs"),
    ROW(struct help_request, last, "last", .metavar = "VERB", .about = "The same, where the noun was two words"),
};
/* clang-format on */

static const struct shape request_shape = SHAPE(struct help_request, "request", request_rows, NULL);

static int run_help(struct run *run, const void *request, void *result, struct err *err)
{
    const struct help_request *const asked = request;
    const struct noun *noun = asked->verb ? noun_of_two(asked->noun, asked->verb) : NULL;
    const char *const verb = noun ? asked->last : asked->verb;
    const char *const rest = noun ? NULL : asked->last;
    const struct command *command = NULL;
    int rc = 0;

    (void)result;
    if (!noun && asked->noun)
        rc = noun_find(asked->noun, &noun, &command, err);
    if (rc == 0 && verb && !command && !rest) {
        rc = command_find(noun, verb, &command, err);
    } else if (rc == 0 && verb) {
        err_set(err, E_USAGE, "word '%s' is one too many", rest ? rest : verb);
        rc = err_hint(err, "usage: sig help [NOUN] [VERB] [FLAGS]");
    }
    if (rc == 0)
        help_add(run->text, noun, command);
    return rc;
}

/* clang-format off */
static const struct command commands[] = {
    {
        .noun = &help_noun,
        .brief = "explain a command",
        .about = "Explains the program, a noun with its verbs, or one command with its flags.",
        .examples = (const char *const[]){"sig help", "sig help image-version create", NULL},
        .request = &request_shape,
        .operands = (const char *const[]){"noun", "verb", "last", NULL},
        .run = run_help,
    },
};
/* clang-format on */

const struct noun help_noun = {
    .name = "help",
    .brief = "explain a command",
    .about = "Help is made from the same rows that read the command line.",
    .commands = commands,
    .count = sizeof commands / sizeof *commands,
    .on_front = true,
};

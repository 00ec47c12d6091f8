#include "cmd/page.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "cmd/flag.h"
#include "cmd/help.h"
#include "cmd/invocation.h"

/* mandoc(1) warns of longer lines of text. */
enum { PAGE_WIDTH = 78 };

void page_add_text(struct buf *out, const char *text)
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

void page_add_sentence(struct buf *out, const char *text)
{
    char *const sentence = text_printf("%s.", text);

    page_add_text(out, sentence);
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
    if (row->kind == KIND_BOOL) {
        buf_add_text(out, flag_is_bare(row) ? "" : " Op Ar true|false");
    } else {
        buf_add_text(out, " Ar ");
        flag_add_metavar(out, row);
    }
    buf_add_text(out, flag_takes_many(row) ? " ...\n" : "\n");
    page_add_sentence(out, row->about);
}

/* The flags of a group as a list behind `intro`, or nothing; `command` NULL: the global ones. */
static void add_flags(struct buf *out, const struct command *command, enum flag_group group,
                      const char *intro)
{
    struct flags flags = {0};
    bool begun = false;

    flags_init(&flags, command, NULL, NULL);
    for (size_t i = 0; i < flags.count; i++) {
        const struct flag *const flag = &flags.items[i];

        if (flag->group != group || !flag_is_shown(flag, command))
            continue;
        if (!begun)
            buf_printf(out, "%s.Bl -tag -width Ds\n", intro);
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
    buf_printf(out, row->rules & ROW_NEEDED ? ".Ar %s\n" : ".Op Ar %s%s\n", row->metavar,
               row->kind == KIND_LIST ? " ..." : "");
}

static void add_synopsis(struct buf *out, const struct command *command)
{
    buf_add_text(out, ".Nm sig\n.Cm ");
    add_command_name(out, command);
    buf_add_char(out, '\n');
    if (command->most > REFERENCE_NONE && command->least == command->most)
        buf_printf(out, ".Ar %s\n", reference_usage(command->most));
    else if (command->least == REFERENCE_DEFINITION)
        buf_printf(out, ".Ar %s\n", REFERENCE_USAGE_DEFINITION);
    else if (command->most > REFERENCE_NONE)
        buf_printf(out, ".Op Ar %s\n", REFERENCE_USAGE_ANY);
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
        page_add_sentence(out, row->about);
    }
    buf_add_text(out, ".El\n");
}

/* What a command finds out and nobody gives: that is described nowhere else. */
static bool is_all_made(const struct shape *shape)
{
    for (size_t i = 0; i < shape->count; i++)
        if (!(shape->rows[i].rules & ROW_MADE))
            return false;
    return true;
}

static void add_keys(struct buf *out, const struct shape *shape)
{
    buf_add_text(out, ".Bl -tag -width Ds\n");
    for (size_t i = 0; i < shape->count; i++) {
        const struct row *const row = &shape->rows[i];

        if (row->rules & ROW_HIDDEN)
            continue;
        buf_printf(out, ".It Li %s\n", row->key);
        page_add_sentence(out, row->about);
        if (row->kind == KIND_LIST || row->kind == KIND_OBJECT)
            add_keys(out, row->shape);
    }
    buf_add_text(out, ".El\n");
}

static void add_output(struct buf *out, const struct command *command)
{
    if (!command->result || !is_all_made(command->result))
        return;
    buf_add_text(out, ".Pp\nThe output has these keys:\n");
    add_keys(out, command->result);
}

/* The keys are the same of all commands: they stand with the first one of the page. */
static void add_planned(struct buf *out, const struct command *command)
{
    const struct command *first = command->noun->commands;

    if (!command->planned || command->planned->result == command->result)
        return;
    while (!first->planned)
        first++;
    if (first != command) {
        buf_printf(out, ".Pp\nWith\n.Fl -plan\nthe output has the keys that stand with\n.Ic %s .\n",
                   first->verb);
        return;
    }
    buf_add_text(out, ".Pp\nWith\n.Fl -plan\nthe output has these keys:\n");
    add_keys(out, command->planned->result);
}

static void add_command(struct buf *out, const struct command *command)
{
    buf_add_text(out, ".Ss ");
    add_command_name(out, command);
    buf_add_char(out, '\n');
    page_add_text(out, command->about);
    add_operand_list(out, command);
    add_flags(out, command, FLAG_NEEDED,
              command->traits & COMMAND_CREATES ? ".Pp\nA new one needs these:\n"
                                                : ".Pp\nThese are needed:\n");
    add_flags(out, command, FLAG_OWN, "");
    add_output(out, command);
    add_planned(out, command);
}

/* A command line as it is typed: no backslash is an escape. */
static void add_example(struct buf *out, const char *example)
{
    struct buf lines = {0};

    help_add_example(&lines, example, 0, PAGE_WIDTH);
    for (const char *c = buf_text(&lines); *c; c++) {
        if (*c == '\\')
            buf_add_text(out, "\\e");
        else
            buf_add_char(out, *c);
    }
    buf_done(&lines);
}

static void add_examples(struct buf *out, const struct noun *noun)
{
    buf_add_text(out, ".Sh EXAMPLES\n.Bd -literal\n");
    for (size_t i = 0; i < noun->count; i++) {
        for (size_t k = 0; noun->commands[i].examples[k]; k++)
            add_example(out, noun->commands[i].examples[k]);
    }
    buf_add_text(out, ".Ed\n");
}

/* How what the commands work on is named, if they work on anything. */
static void add_naming(struct buf *out, const struct noun *noun)
{
    /* The first goes as deep as any of a noun: it makes what the others work on. */
    if (noun->commands[0].most == REFERENCE_NONE)
        return;
    buf_add_text(out,
                 ".Ss Naming a resource\n"
                 "A gallery, image definition or image version is named by words between slashes,\n"
                 "by its ARM id, or by flags.\n");
    add_flags(out, &noun->commands[0], FLAG_REFERENCE, "");
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
        page_add_text(out, kind->sentence);
    }
    buf_add_text(out, ".El\n");
}

static void add_surroundings(struct buf *out)
{
    buf_add_text(out,
                 ".Sh ENVIRONMENT\n.Bl -tag -width Ds\n"
                 ".It Ev SIG_STORE\nThe store to work on when\n.Fl -store\nis not given.\n"
                 ".It Ev SIG_THREADS\nHow many threads work at once when\n.Fl -threads\nis not "
                 "given.\n"
                 ".It Ev TMPDIR\nWhere a disk image is unpacked that cannot be read in one "
                 "pass;\n.Pa /var/tmp\nwhen not set.\n"
                 ".It Ev XDG_DATA_HOME\nThe directory of the default store;\n"
                 ".Pa ~/.local/share\nwhen not set.\n"
                 ".It Ev SIG_CLOCK\nAn instant that stands for the present one, for tests.\n"
                 ".It Ev SIG_RANDOM\nA word from which all identifiers follow, for tests.\n"
                 ".El\n.Sh FILES\n.Bl -tag -width Ds\n"
                 ".It Pa $XDG_DATA_HOME/sig\nThe store when no other is named.\n.El\n");
}

/* Every page but this one, in the order of the alphabet; then those written by hand. */
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
        buf_printf(out, ".Xr %s 1 ,\n", names.items[i]);
    buf_add_text(out,
                 ".Xr sig-manifest 5 ,\n.Xr sig-store 5 ,\n.Xr sig-formats 7 ,\n.Xr sig-tour 7\n");
    texts_done(&names);
}

static void add_noun_page(struct buf *out, const struct noun *noun)
{
    char *const title = text_copy(noun->name);

    text_upper(title);
    buf_printf(
        out, PAGE_ORIGIN ".Dd %s\n.Dt SIG-%s 1\n.Os\n.Sh NAME\n.Nm sig-%s\n.Nd %s\n.Sh SYNOPSIS\n",
        PAGE_DATE, title, noun->name, noun->brief);
    free(title);
    for (size_t i = 0; i < noun->count; i++)
        add_synopsis(out, &noun->commands[i]);
    buf_add_text(out, ".Sh DESCRIPTION\n");
    page_add_text(out, noun->about);
    for (size_t i = 0; i < noun->count; i++)
        add_command(out, &noun->commands[i]);
    add_naming(out, noun);
    buf_add_text(out, ".Pp\nThe flags of every command are in\n.Xr sig 1 .\n");
    add_surroundings(out);
    add_exit_status(out);
    add_examples(out, noun);
    add_see_also(out, noun);
}

static void add_front_page(struct buf *out)
{
    buf_add_text(out, PAGE_ORIGIN
                 ".Dd " PAGE_DATE "\n.Dt SIG 1\n.Os\n.Sh NAME\n.Nm sig\n"
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
        page_add_sentence(out, nouns[i]->brief + 1);
    }
    buf_add_text(out, ".El\n.Pp\n"
                      "A verb of\n.Cm gallery\nmay stand without it, as in the Azure CLI:\n"
                      ".Ql sig create\nis\n.Ql sig gallery create .\n"
                      "The words of a command are understood in any case of letters, and none is\n"
                      "abbreviated.\n");
    for (size_t i = 0; nouns[i]; i++) {
        for (size_t k = 0; nouns[i]->on_front && k < nouns[i]->count; k++)
            add_command(out, &nouns[i]->commands[k]);
    }
    buf_add_text(out, ".Ss Flags of every command\n");
    add_flags(out, NULL, FLAG_GLOBAL, "");
    buf_add_text(
        out, ".Pp\nA flag that takes a list takes all words up to the next flag.\n"
             "A value may stand in the same word:\n.Fl -store Ns = Ns Ar DIR .\n"
             "The word\n.Fl -\nends the flags.\n"
             "Names of flags are not abbreviated; the one short form is\n.Fl -out\n"
             "for\n.Fl -output .\n"
             "What can be chosen from is understood in any case of letters.\n"
             "A flag that is true or false is true without a value; yes, y, t and 1, and no, n,\n"
             "f and 0 stand for them, too.\n"
             ".Pp\n.Cm @ Ns Ar FILE\nas the value of a flag stands for what the file holds, "
             "less a newline at its end,\nand\n.Cm @-\nfor standard input, once.\n"
             "Where a flag takes a list each line of the file is a word of it, unless the file "
             "holds JSON.\nA value that begins with\n.Ql @\nis written with two;\n"
             "in a JMESPath expression it stands for the current value all the same.\n"
             "A file may hold up to 1 MiB.\nNames of files and resources that stand without a flag "
             "are taken as they are.\n");
    add_surroundings(out);
    add_exit_status(out);
    buf_add_text(out, ".Sh EXAMPLES\n.Bd -literal\n");
    for (size_t i = 0; nouns[i]; i++) {
        if (!nouns[i]->hidden && !nouns[i]->on_front)
            add_example(out, nouns[i]->commands[0].examples[0]);
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

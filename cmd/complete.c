/* 'sig completion'. */
#include <string.h>

#include "base/text.h"
#include "cmd/command.h"
#include "cmd/flag.h"

/* The flags of a command as words of a shell list. */
static void add_flags(struct buf *out, const struct command *command)
{
    struct flags flags = {0};

    flags_init(&flags, command, NULL, NULL);
    for (size_t i = 0; i < flags.count; i++) {
        const struct flag *const flag = &flags.items[i];

        if (flag_is_shown(flag, command))
            buf_printf(out, " %s", flag->row->flag);
    }
    flags_done(&flags);
}

static void add_nouns(struct buf *out)
{
    for (size_t i = 0; nouns[i]; i++) {
        if (!nouns[i]->hidden)
            buf_printf(out, " %s", nouns[i]->name);
    }
}

/* Behind a noun its verbs, behind a verb its flags. */
static void add_words(struct buf *out, const struct noun *noun)
{
    if (noun_only_command(noun)) {
        buf_printf(out, "        %s\\ *) words='", noun->name);
        if (noun == &help_noun)
            add_nouns(out);
        add_flags(out, &noun->commands[0]);
        buf_add_text(out, "' ;;\n");
        return;
    }
    for (size_t i = 0; i < noun->count; i++) {
        buf_printf(out, "        %s\\ %s) words='", noun->name, noun->commands[i].verb);
        add_flags(out, &noun->commands[i]);
        buf_add_text(out, "' ;;\n");
    }
    buf_printf(out, "        %s\\ *) words='", noun->name);
    for (size_t i = 0; i < noun->count; i++)
        buf_printf(out, " %s", noun->commands[i].verb);
    buf_add_text(out, "' ;;\n");
}

static bool takes_regions(const struct row *row)
{
    return row->metavar && text_starts(row->metavar, "REGION");
}

static void add_values(struct buf *out, const struct row *row)
{
    if (takes_regions(row)) {
        for (const struct region_row *region = region_rows; region->name; region++)
            buf_printf(out, " %s", region->name);
        return;
    }
    for (size_t i = 0; row->choices->words[i]; i++)
        buf_printf(out, " %s", row->choices->words[i]);
}

/* What can be chosen behind a flag, where words can; the first row of a flag speaks for all. */
static void add_choices(struct buf *out, struct texts *seen, const struct command *command)
{
    struct flags flags = {0};

    flags_init(&flags, command, NULL, NULL);
    for (size_t i = 0; i < flags.count; i++) {
        const struct row *const row = flags.items[i].row;
        bool known = (row->kind != KIND_CHOICE && !takes_regions(row)) || row->hidden_flag;

        for (size_t k = 0; k < seen->count; k++)
            known = known || strcmp(seen->items[k], row->flag) == 0;
        if (known)
            continue;
        texts_add(seen, row->flag);
        buf_printf(out, "    %s", row->flag);
        if (row->letter)
            buf_printf(out, "|-%c", row->letter);
        buf_add_text(out, ") words='");
        add_values(out, row);
        buf_add_text(out, "' ;;\n");
    }
    flags_done(&flags);
}

static void add_all_choices(struct buf *out)
{
    struct texts seen = {0};

    for (size_t i = 0; nouns[i]; i++) {
        for (size_t k = 0; k < nouns[i]->count; k++)
            add_choices(out, &seen, &nouns[i]->commands[k]);
    }
    texts_done(&seen);
}

static int run_bash(struct run *run, const void *request, void *result, struct err *err)
{
    struct buf *const out = run->text;

    (void)request;
    (void)result;
    (void)err;
    buf_add_text(out, "# shellcheck shell=bash\n"
                      "# Completion of sig; made by 'sig completion bash'.\n"
                      "_sig()\n{\n"
                      "    local words='' verb='' word=${COMP_WORDS[COMP_CWORD]}\n\n"
                      "    [ \"$COMP_CWORD\" -gt 2 ] && verb=${COMP_WORDS[2]}\n"
                      "    case ${COMP_WORDS[COMP_CWORD-1]} in\n");
    add_all_choices(out);
    /* Behind any other flag stands a value, and most values are files: bash's own completion. */
    buf_add_text(out, "    -*) COMPREPLY=(); return ;;\n"
                      "    esac\n"
                      "    if [ \"$COMP_CWORD\" -eq 1 ]; then\n"
                      "        words='");
    add_nouns(out);
    buf_add_text(out, "'\n"
                      "    elif [ -z \"$words\" ]; then\n"
                      "        case \"${COMP_WORDS[1]} $verb\" in\n");
    for (size_t i = 0; nouns[i]; i++) {
        if (!nouns[i]->hidden)
            add_words(out, nouns[i]);
    }
    buf_add_text(out, "        esac\n    fi\n"
                      "    mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$word\")\n}\n"
                      "complete -o default -F _sig sig\n");
    return 0;
}

/* clang-format off */
static const struct command commands[] = {
    {
        .noun = &completion_noun,
        .verb = "bash",
        .brief = "print the completion script for bash",
        .about = "Prints a script that teaches bash to complete nouns, verbs, flags and the words that "
                 "flags choose from.",
        .examples = (const char *const[]){"sig completion bash", NULL},
        .run = run_bash,
    },
};
/* clang-format on */

const struct noun completion_noun = {
    .name = "completion",
    .brief = "completion scripts for shells",
    .about =
        "A completion script lets the shell finish words of a command line. Put what this prints "
        "into a file that the shell reads when it starts.",
    .commands = commands,
    .count = sizeof commands / sizeof *commands,
    .on_front = true,
};

/* 'sig complete': what the completion scripts of the shells ask. */
#include "cmd/complete.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"

/* --- the words in front of the cursor --- */

static void know_command(struct place *place, const struct command *command)
{
    place->command = command;
    flags_done(&place->flags);
    flags_init(&place->flags, command, NULL, NULL);
}

static void note_value(struct place *place, const struct flag *flag, const char *value)
{
    const struct row *const rows = reference_shape.rows;
    const struct row *const row = flag->row;

    if (row >= rows && row < rows + reference_shape.count)
        text_replace(row_slot(row, &place->ref), value);
    else if (text_equal(row->flag, "--store"))
        text_replace(&place->store, value);
}

static void take_flag(struct place *place, const char *word)
{
    const char *value;
    struct flag *const flag = flags_find(&place->flags, word, &value);

    place->open = NULL;
    if (!flag)
        return;
    flag->given = true;
    if (value)
        note_value(place, flag, value);
    else if (!flag_is_bare(flag->row))
        place->open = flag;
}

/* False when it was none: an operand behind a yes-or-no flag. */
static bool take_value(struct place *place, const char *word)
{
    const struct flag *const flag = place->open;
    bool value;

    if (!flag_takes_many(flag->row))
        place->open = NULL;
    if (flag->row->kind == KIND_BOOL && !bool_parse(word, &value))
        return false;
    note_value(place, flag, word);
    return true;
}

/* False when no such command is there. */
static bool take_operand(struct place *place, const char *word)
{
    const struct command *command = NULL;
    struct err ignored = {0};

    if (place->command) {
        place->operands++;
        return true;
    }
    if (place->noun && command_find(place->noun, word, &command, &ignored))
        return false;
    if (place->half) {
        place->noun = noun_of_two(place->half, word);
        place->half = NULL;
        return place->noun;
    }
    if (!place->noun && noun_find(word, &place->noun, &command, &ignored)) {
        place->half = word; /* of a noun that has two */
        return true;
    }
    if (!command)
        command = noun_only_command(place->noun);
    if (command)
        know_command(place, command);
    return true;
}

/* False when nothing can be said of what follows. */
static bool take_word(struct place *place, const char *word)
{
    if (!place->flags_ended && strcmp(word, "--") == 0) {
        place->flags_ended = true;
        place->open = NULL;
        return true;
    }
    if (!place->flags_ended && flag_is_word(word)) {
        take_flag(place, word);
        return true;
    }
    if (place->open && take_value(place, word))
        return true;
    return take_operand(place, word);
}

/* --- what may stand at the cursor --- */

static void add_flags(const struct place *place, struct candidates *candidates)
{
    for (size_t i = 0; i < place->flags.count; i++) {
        const struct flag *const flag = &place->flags.items[i];

        if (flag_is_shown(flag, place->command) && (!flag->given || flag_takes_many(flag->row)))
            candidates_add(candidates, flag->row->flag, flag->row->about);
    }
}

/* "--output=js": the candidates repeat what is in front of the value. */
static void complete_joined(const struct place *place, const struct context *context,
                            struct candidates *candidates)
{
    const char *value;
    const struct flag *const flag = flags_find(&place->flags, candidates->word, &value);

    if (!flag || !value)
        return;
    candidates->before = candidates->word;
    candidates->word = value;
    complete_value(place, flag->row, context, candidates);
}

static void add_verbs(const struct noun *noun, struct candidates *candidates)
{
    for (size_t i = 0; i < noun->count; i++) {
        if (noun->commands[i].verb)
            candidates_add(candidates, noun->commands[i].verb, noun->commands[i].brief);
    }
}

static void complete_command(const struct place *place, struct candidates *candidates)
{
    if (place->noun) {
        add_verbs(place->noun, candidates);
        return;
    }
    for (size_t i = 0; place->half && nouns[i]; i++) {
        const size_t length = strlen(place->half);

        if (text_starts_word(nouns[i]->name, place->half) && nouns[i]->name[length] == '-')
            candidates_add(candidates, nouns[i]->name + length + 1, nouns[i]->brief);
    }
    for (size_t i = 0; !place->half && nouns[i]; i++) {
        if (!nouns[i]->hidden)
            candidates_add(candidates, nouns[i]->name, nouns[i]->brief);
    }
    if (*candidates->word && !place->half) /* there are enough without the verbs that stand alone */
        add_verbs(&gallery_noun, candidates);
}

/* Words without a flag: a reference first, unless flags name it. */
static void complete_operand(const struct place *place, const struct context *context,
                             struct candidates *candidates)
{
    const struct command *const command = place->command;
    const struct depths depths = {command->least, command->most};
    const bool takes_reference =
        command->most > REFERENCE_NONE && !command->through && !place->ref.gallery;
    const size_t count = command_operand_count(command);
    size_t index = place->operands - (takes_reference && place->operands > 0);

    if (index >= count && count > 0 && flag_takes_many(command_operand(command, count - 1)))
        index = count - 1;
    if (takes_reference && place->operands == 0)
        complete_reference(place, &depths, context, candidates);
    else if (index < count)
        complete_value(place, command_operand(command, index), context, candidates);
}

static void complete_word(const struct place *place, const struct context *context,
                          struct candidates *candidates)
{
    const char *const word = candidates->word;

    if (!place->flags_ended && word[0] == '-' && strchr(word, '='))
        complete_joined(place, context, candidates);
    else if (!place->flags_ended && word[0] == '-')
        add_flags(place, candidates);
    else if (place->open && (place->open->row->kind != KIND_BOOL || *word))
        complete_value(place, place->open->row, context, candidates);
    else if (!place->command)
        complete_command(place, candidates);
    else
        complete_operand(place, context, candidates);
}

/* --- the command --- */

struct complete_request {
    unsigned shell;
    struct texts words;
};

enum { SHELL_BASH = 1, SHELL_ZSH, SHELL_FISH };

static const struct choices shell_choices = {
    .noun = "shell",
    .words = (const char *const[]){"bash", "zsh", "fish", NULL},
};

/* clang-format off */
static const struct row request_rows[] = {
    ROW(struct complete_request, shell, "shell", .rules = ROW_NEEDED, .choices = &shell_choices,
        .metavar = "SHELL", .about = "Who asks"),
    ROW(struct complete_request, words, "words", .metavar = "WORD",
        .about = "The words behind the program's name, up to the one at the cursor"),
};
/* clang-format on */

static const struct shape request_shape =
    SHAPE(struct complete_request, "request", request_rows, NULL);

/* bash makes three words of "--output=json". */
static void join_at_equals(const struct texts *words, struct texts *ret)
{
    for (size_t i = 0; i < words->count; i++) {
        const bool joins =
            strcmp(words->items[i], "=") == 0 || (i > 1 && strcmp(words->items[i - 1], "=") == 0);

        if (joins && ret->count > 0) {
            char **const last = &ret->items[ret->count - 1];
            char *const whole = text_printf("%s%s", *last, words->items[i]);

            free(*last);
            *last = whole;
        } else {
            texts_add(ret, words->items[i]);
        }
    }
}

/* How much of the word the shell keeps in front of what it replaces. */
static size_t kept_length(const struct texts *typed, const struct texts *joined)
{
    const char *const raw = typed->count ? typed->items[typed->count - 1] : "";
    const char *const whole = joined->count ? joined->items[joined->count - 1] : "";

    return strlen(whole) - (strcmp(raw, "=") == 0 ? 0 : strlen(raw));
}

/* The first line says what the shell is to add: "words" nothing, "files", "directories". Then one
 * candidate a line, described where the shell shows that. */
static void add_answer(struct buf *out, const struct candidates *candidates, size_t kept,
                       bool described)
{
    static const char *const directives[] = {
        [COMPLETE_WORDS] = "words",
        [COMPLETE_FILES] = "files",
        [COMPLETE_DIRECTORIES] = "directories",
    };
    const char *const before = candidates->before ? candidates->before : "";
    const size_t length = candidates->before ? (size_t)(candidates->word - before) : 0;

    buf_printf(out, "%s\n", directives[candidates->files]);
    for (size_t i = 0; i < candidates->count; i++) {
        const struct candidate *const candidate = &candidates->items[i];
        char *const whole = text_printf("%.*s%s", (int)length, before, candidate->text);

        buf_add_text(out, strlen(whole) > kept ? whole + kept : "");
        if (described && *candidate->about)
            buf_printf(out, "\t%s", candidate->about);
        buf_add_char(out, '\n');
        free(whole);
    }
}

static int run_complete(struct run *run, const void *request, void *result, struct err *err)
{
    const struct complete_request *const asked = request;
    struct candidates candidates = {.word = ""};
    struct place place = {0};
    struct texts words = {0};
    bool known = true;

    (void)result;
    (void)err;
    flags_init(&place.flags, NULL, NULL, NULL);
    if (asked->shell == SHELL_BASH)
        join_at_equals(&asked->words, &words);
    else
        for (size_t i = 0; i < asked->words.count; i++)
            texts_add(&words, asked->words.items[i]);
    for (size_t i = 0; known && i + 1 < words.count; i++)
        known = take_word(&place, words.items[i]);
    if (words.count > 0)
        candidates.word = words.items[words.count - 1];
    if (known)
        complete_word(&place, run->context, &candidates);
    add_answer(run->text, &candidates, kept_length(&asked->words, &words),
               asked->shell != SHELL_BASH);
    candidates_done(&candidates);
    flags_done(&place.flags);
    shape_done(&reference_shape, &place.ref);
    free(place.store);
    texts_done(&words);
    return 0;
}

/* clang-format off */
static const struct command commands[] = {
    {
        .noun = &complete_noun,
        .brief = "say what a word that is being typed may become",
        .about = "The first line is 'words', 'files' or 'directories', which the shell adds itself; each other line "
                 "is a candidate, for zsh and fish with a tab and a description behind it.",
        .examples = (const char *const[]){"sig complete bash -- gallery show pr", NULL},
        .request = &request_shape,
        .operands = (const char *const[]){"shell", "words", NULL},
        .traits = COMMAND_OPENS,
        .run = run_complete,
    },
};
/* clang-format on */

const struct noun complete_noun = {
    .name = "complete",
    .brief = "say what a word that is being typed may become",
    .about = "For the scripts that 'sig completion' prints.",
    .commands = commands,
    .count = sizeof commands / sizeof *commands,
    .hidden = true,
};

#include "cmd/flag.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/number.h"
#include "base/text.h"
#include "cmd/flag_file.h"
#include "cmd/ids.h"

const struct choices output_choices = {
    .noun = "output format",
    .words = (const char *const[]){"json", "jsonc", "yaml", "yamlc", "table", "tsv", "none", NULL},
};

const struct choices progress_style_choices = {
    .noun = "progress style",
    .words = (const char *const[]){"auto", "plain", "json", "none", NULL},
};

/* Eleven days: longer than any work that holds a lock, and far from where milliseconds overflow. */
enum { LOCK_WAIT_MAX_SECONDS = 1000000 };

/* clang-format off */
static const struct row globals_rows[] = {
    ROW(struct globals, ids, "ids", .flag = "--ids", .metavar = "ID", .parse = ids_parse,
        .about = "Ids or references in place of a name; '-' for standard input"),
    ROW(struct globals, output, "output", .flag = "--output", .flag_alias = "--out", .letter = 'o',
        .choices = &output_choices, .about = "How to print the result; jsonc and yamlc are in colour on a terminal"),
    ROW(struct globals, query, "query", .flag = "--query", .metavar = "JMESPATH", .max = INT32_MAX,
        .about = "A JMESPath expression that picks what of the result to print, and in which form"),
    ROW(struct globals, columns, "columns", .flag = "--columns", .letter = 'c', .metavar = "NAME,NAME",
        .about = "The columns of the table, which -o then need not ask for: names as JSON has them, or short ones as "
                 "version, regions, size, age, state"),
    ROW(struct globals, sort, "sort", .flag = "--sort", .metavar = "NAME,NAME",
        .about = "What to sort a list by, named as columns are; --sort=-NAME begins with the largest"),
    ROW(struct globals, store, "store", .flag = "--store", .metavar = "DIR",
        .about = "The store to work on"),
    ROW(struct globals, subscription, "subscription", .flag = "--subscription", .metavar = "ID",
        .about = "Id or name of the store, as 'sig account list' shows them; refused when it is another's"),
    ROW(struct globals, lock_wait, "lockWait", .flag = "--lock-wait", .metavar = "SECONDS",
        .min = 0, .max = LOCK_WAIT_MAX_SECONDS,
        .about = "How long to wait for a lock; as long as it takes when not given, a minute to sweep"),
    ROW(struct globals, threads, "threads", .flag = "--threads", .metavar = "N",
        .min = 1, .max = THREADS_MAX,
        .about = "How many threads work at once; as many as there are processors when not given"),
    ROW(struct globals, progress, "progress", .flag = "--progress",
        .choices = &progress_style_choices,
        .about = "How to show progress; auto draws on a terminal only"),
    ROW(struct globals, only_errors, "onlyShowErrors", .flag = "--only-show-errors", .metavar = "",
        .about = "Nothing but errors on standard error: no notes, and progress only when it is asked for"),
    ROW(struct globals, verbose, "verbose", .flag = "--verbose", .metavar = "",
        .about = "Say each step and when it was done on standard error"),
    ROW(struct globals, debug, "debug", .flag = "--debug", .metavar = "",
        .about = "The same with each resource that is read"),
    ROW(struct globals, ignored, "acquirePolicyToken", .flag = "--acquire-policy-token", .hidden_flag = true,
        .metavar = "", .about = "Of the Azure CLI, and means nothing here"),
    ROW(struct globals, ignored_text, "changeReference", .flag = "--change-reference", .hidden_flag = true,
        .about = "Of the Azure CLI, and means nothing here"),
    ROW(struct globals, help, "help", .flag = "--help", .letter = 'h',
        .metavar = "", .about = "Show this help"),
    ROW(struct globals, version, "version", .flag = "--version", .hidden_flag = true,
        .metavar = "", .about = "Show the version of the program"),
};
/* clang-format on */

const struct shape globals_shape = SHAPE(struct globals, "global flags", globals_rows, NULL);

/* A part of a reference deeper than the command goes has no flag. */
static bool reference_row_is_used(const struct row *row, enum reference_depth most)
{
    if (row->offset == offsetof(struct reference, gallery))
        return most >= REFERENCE_GALLERY;
    if (row->offset == offsetof(struct reference, definition))
        return most >= REFERENCE_DEFINITION;
    if (row->offset == offsetof(struct reference, version))
        return most >= REFERENCE_VERSION;
    return true;
}

/* A row of the request, or of an object in it. */
struct level {
    void *base; /* of the struct that the row is of; NULL without a request */
    unsigned rules;
    enum flag_group group;
    enum reference_depth most;
};

static void add_row(struct flags *flags, const struct row *row, const struct level *level)
{
    struct flag *const flag = VEC_ADD(flags);

    *flag = (struct flag){
        .row = row,
        .slot = level->base ? row_slot(row, level->base) : NULL,
        .rules = row->rules | level->rules,
        .group = level->group == FLAG_OWN && row->rules & ROW_NEEDED ? FLAG_NEEDED : level->group,
    };
}

static void add_shape(struct flags *flags, const struct shape *shape, const struct level *level)
{
    for (size_t i = 0; i < shape->count; i++) {
        const struct row *const row = &shape->rows[i];

        if ((row->rules & (ROW_MADE | ROW_VIEW)) != 0)
            continue;
        if (reference_is_shape(shape) && !reference_row_is_used(row, level->most))
            continue;
        if (row->flag)
            add_row(flags, row, level);
        if (row->kind == KIND_OBJECT) {
            const struct level inner = {
                .base = level->base ? row_slot(row, level->base) : NULL,
                .rules = (row->rules | level->rules) & ROW_FIXED,
                .group = reference_is_shape(row->shape) ? FLAG_REFERENCE : level->group,
                .most = level->most,
            };

            add_shape(flags, row->shape, &inner);
        }
    }
}

/* A global flag that could do nothing for the command is none of its flags. */
static bool global_is_used(const struct row *row, const struct command *command)
{
    const bool names = command && command_reference(command) && command->most > REFERENCE_NONE;

    if (row->offset == offsetof(struct globals, ids))
        return names;
    /* There --version names an image version. */
    if (row->offset == offsetof(struct globals, version))
        return !names || command->most != REFERENCE_VERSION;
    if (row->offset == offsetof(struct globals, columns))
        return !command || command->result;
    if (row->offset == offsetof(struct globals, sort))
        return !command || command->traits & COMMAND_LISTS;
    return true;
}

void flags_init(struct flags *flags, const struct command *command, void *request,
                struct globals *globals)
{
    const struct level own = {
        .base = request,
        .group = FLAG_OWN,
        .most = command ? command->most : REFERENCE_NONE,
    };

    if (command && command->request)
        add_shape(flags, command->request, &own);
    for (size_t i = 0; i < globals_shape.count; i++) {
        const struct row *const row = &globals_shape.rows[i];
        const bool is_id = row->offset == offsetof(struct globals, ids);
        const struct level global = {.base = globals,
                                     .group = is_id ? FLAG_REFERENCE : FLAG_GLOBAL};

        if (global_is_used(row, command))
            add_row(flags, row, &global);
    }
}

void flags_done(struct flags *flags)
{
    for (size_t i = 0; i < flags->count; i++)
        free(flags->items[i].words);
    free(flags->items);
    texts_done(&flags->loaded);
    free(flags->turns.items);
    *flags = (struct flags){0};
}

bool flag_is_shown(const struct flag *flag, const struct command *command)
{
    const bool updates = command && command->traits & COMMAND_UPDATES;

    return !flag->row->hidden_flag && !(updates && flag->rules & ROW_FIXED);
}

void flag_add_metavar(struct buf *out, const struct row *row)
{
    static const char *const words[] = {
        [KIND_TEXT] = "TEXT",    [KIND_INT] = "NUMBER",      [KIND_TIME] = "DATE",
        [KIND_TEXTS] = "TEXT",   [KIND_TAGS] = "NAME=VALUE", [KIND_LIST] = "ITEM",
        [KIND_OBJECT] = "VALUE",
    };

    if (row->metavar || row->kind != KIND_CHOICE) {
        buf_add_text(out, row->metavar ? row->metavar : words[row->kind]);
        return;
    }
    for (size_t i = 0; row->choices->words[i]; i++)
        buf_printf(out, "%s%s", i > 0 ? "|" : "", row->choices->words[i]);
}

bool flag_takes_many(const struct row *row)
{
    return row->kind == KIND_TEXTS || row->kind == KIND_TAGS || row->kind == KIND_LIST;
}

bool flag_is_bare(const struct row *row)
{
    return row->metavar && row->metavar[0] == '\0';
}

static bool is_question(const struct row *row)
{
    return row->offset == offsetof(struct globals, help) ||
           row->offset == offsetof(struct globals, version);
}

void flag_add_usage(struct buf *out, const struct row *row)
{
    if (row->letter)
        buf_printf(out, "-%c, ", row->letter);
    buf_add_text(out, row->flag);
    if (row->flag_alias)
        buf_printf(out, ", %s", row->flag_alias);
    if (row->kind == KIND_BOOL) {
        buf_add_text(out, flag_is_bare(row) ? "" : " [true|false]");
        return;
    }
    buf_add_char(out, ' ');
    flag_add_metavar(out, row);
    if (flag_takes_many(row))
        buf_add_text(out, "...");
}

bool flag_is_word(const char *word)
{
    if (word[0] != '-' || word[1] == '\0')
        return false;
    return !(word[1] >= '0' && word[1] <= '9');
}

static struct flag *find_letter(const struct flags *flags, char letter)
{
    for (size_t i = 0; i < flags->count; i++) {
        if (flags->items[i].row->letter == letter)
            return &flags->items[i];
    }
    return NULL;
}

static bool is_named(const char *flag, const char *name, size_t length)
{
    return flag && strlen(flag) == length && strncmp(flag, name, length) == 0;
}

static struct flag *find_name(const struct flags *flags, const char *name, size_t length)
{
    for (size_t i = 0; i < flags->count; i++) {
        const struct row *const row = flags->items[i].row;

        if (is_named(row->flag, name, length) || is_named(row->flag_alias, name, length) ||
            is_named(row->hidden_alias, name, length))
            return &flags->items[i];
    }
    return NULL;
}

struct flag *flags_find(const struct flags *flags, const char *word, const char **ret_value)
{
    const size_t length = strcspn(word, "=");

    *ret_value = NULL;
    if (word[1] == '-') {
        if (word[length] == '=')
            *ret_value = word + length + 1;
        return find_name(flags, word, length);
    }
    if (word[2] != '\0')
        *ret_value = word + (word[2] == '=' ? 3 : 2);
    return find_letter(flags, word[1]);
}

/* The same letter in the other case, or 0. */
static char other_case(const struct flags *flags, char letter)
{
    char word[] = {letter, '\0'};

    text_lower(word);
    if (word[0] == letter)
        text_upper(word);
    return word[0] != letter && find_letter(flags, word[0]) ? word[0] : '\0';
}

/* What other programs call a flag that is there. */
static const char *called_otherwise(const struct flags *flags, const char *name)
{
    static const struct synonym {
        const char *said, *flag;
    } synonyms[] = {
        {"--dry-run", "--plan"},
        {"--dryrun", "--plan"},
        {"--what-if", "--plan"},
        {"--simulate", "--plan"},
    };

    for (size_t i = 0; i < sizeof synonyms / sizeof *synonyms; i++)
        if (text_equal(synonyms[i].said, name) &&
            find_name(flags, synonyms[i].flag, strlen(synonyms[i].flag)))
            return synonyms[i].flag;
    return NULL;
}

static int unknown(const struct flags *flags, const char *word, size_t length, struct err *err)
{
    char *const name = text_printf("%.*s", (int)length, word);
    const char **const words = mem_new(2 * flags->count + 1, sizeof *words);
    const char *nearest;
    size_t count = 0;

    for (size_t i = 0; i < flags->count; i++) {
        const struct row *const row = flags->items[i].row;

        if (row->hidden_flag && !is_question(row))
            continue;
        words[count++] = row->flag;
        if (row->flag_alias)
            words[count++] = row->flag_alias;
    }
    nearest = called_otherwise(flags, name);
    if (!nearest && length > 2)
        nearest = text_nearest(name, words);
    err_set(err, E_USAGE, "flag '%s' is unknown", name);
    if (nearest)
        err_hint(err, "did you mean '%s'?", nearest);
    else if (name[1] != '-' && other_case(flags, name[1]))
        err_hint(err, "did you mean '-%c'?", other_case(flags, name[1]));
    else
        err_hint(err, "'--help' lists the flags");
    free(words);
    free(name);
    return E_USAGE;
}

static void add_word(struct flag *flag, const char *word)
{
    flag->words = mem_resize(flag->words, flag->count + 1, sizeof *flag->words);
    flag->words[flag->count++] = word;
}

static const char *peek(const struct reading *reading)
{
    return reading->next < reading->count ? reading->words[reading->next] : NULL;
}

static int needs_value(const struct flag *flag, struct err *err)
{
    err_set(err, E_USAGE, "flag '%s' needs a value", flag->row->flag);
    return err_hint(err, "a value that starts with '-' is written '%s=VALUE'", flag->row->flag);
}

/* The words behind a flag that has no '=': as many as its kind takes. */
static int take_words(struct reading *reading, struct flag *flag, struct err *err)
{
    const char *word = peek(reading);
    const size_t before = flag->count;

    if (flag->row->kind == KIND_BOOL) {
        bool value;

        if (word && !flag_is_bare(flag->row) && (word[0] == '@' || bool_parse(word, &value)))
            add_word(flag, reading->words[reading->next++]);
        return 0;
    }
    if (!flag_takes_many(flag->row)) {
        if (!word || flag_is_word(word))
            return needs_value(flag, err);
        add_word(flag, reading->words[reading->next++]);
        return 0;
    }
    for (; word && !flag_is_word(word); word = peek(reading)) {
        if (flag->row->parse == ids_parse && flag->count > before && word[0] != '/')
            break; /* an operand: ids look like nothing else */
        add_word(flag, reading->words[reading->next++]);
    }
    if (flag->count > before)
        return 0;
    /* As the Azure CLI: --tags without a word clears them. So does any list that has a meaning for
     * none. */
    if (flag->row->kind != KIND_TAGS && !(flag->row->rules & ROW_CLEARS))
        return needs_value(flag, err);
    add_word(flag, "");
    return 0;
}

/* What belongs to a flag: `value` behind its '=', or the words that follow when it is NULL. */
static int take_values(struct reading *reading, struct flag *flag, const char *value,
                       struct err *err)
{
    const size_t first = flag->count;
    int rc = 0;

    if (value)
        add_word(flag, value);
    else
        rc = take_words(reading, flag, err);
    if (flag->row->rules & ROW_IN_TURN)
        *VEC_ADD(&reading->flags->turns) = (struct flag_turn){
            .flag = (size_t)(flag - reading->flags->items),
            .first = first,
            .count = flag->count - first,
        };
    return rc;
}

/* --help answers whatever else was said: the other flags do not matter any more. */
static void ask(struct reading *reading, struct flag *question)
{
    for (size_t i = 0; i < reading->flags->count; i++)
        reading->flags->items[i].given = false;
    question->given = true;
    reading->asked = true;
}

/* One flag, with the words that belong to it. */
static int take_flag(struct reading *reading, struct err *err)
{
    const char *const word = reading->words[reading->next++];
    const char *value;
    struct flag *const flag = flags_find(reading->flags, word, &value);

    if (!flag)
        return unknown(reading->flags, word, word[1] == '-' ? strcspn(word, "=") : strlen(word),
                       err);
    if (flag->group == FLAG_GLOBAL && is_question(flag->row)) {
        ask(reading, flag);
        return 0;
    }
    flag->given = true;
    /* The last one counts, but lists gather. */
    if (!flag_takes_many(flag->row))
        flag->count = 0;
    return take_values(reading, flag, value, err);
}

int flags_read(struct reading *reading, struct err *err)
{
    bool flags_ended = false;

    reading->operands = mem_resize(reading->operands, reading->count + 1, sizeof(char *));
    while (reading->next < reading->count && !reading->asked) {
        const char *const word = reading->words[reading->next];

        if (!flags_ended && strcmp(word, "--") == 0) {
            flags_ended = true;
            reading->next++;
        } else if (!flags_ended && flag_is_word(word)) {
            const int rc = take_flag(reading, err);

            if (rc)
                return rc;
        } else if (reading->stop_at_operand) {
            return 0;
        } else {
            reading->operands[reading->operand_count++] = word;
            reading->next++;
        }
    }
    return 0;
}

/* Whether a refused value is the command line's fault and not the gallery's rule: no such word, no
 * number. */
static bool is_malformed(const struct flag *flag)
{
    int64_t number;

    if (flag->row->parse)
        return false;
    if (flag->group == FLAG_GLOBAL && flag->row->offset == offsetof(struct globals, query))
        return true;
    if (flag->row->kind == KIND_INT)
        return flag->count != 1 || !number_parse(flag->words[0], &number);
    return flag->row->kind == KIND_BOOL || flag->row->kind == KIND_CHOICE;
}

/* The words of one turn, as if the flag had been given this once. */
static int apply_turn(struct flags *flags, const struct flag_turn *turn, struct err *err)
{
    struct flag once = flags->items[turn->flag];
    int rc;

    once.words = mem_new(turn->count + 1, sizeof *once.words);
    once.count = turn->count;
    for (size_t i = 0; i < turn->count; i++)
        once.words[i] = flags->items[turn->flag].words[turn->first + i];
    rc = flag_load_files(flags, &once, err);
    if (!rc)
        rc = once.row->parse((const char *const *)once.words, once.count, once.slot, err);
    free(once.words);
    return rc ? err_wrap(err, "'%s'", once.row->flag) : 0;
}

static int apply_turns(struct flags *flags, struct err *err)
{
    for (size_t i = 0; i < flags->turns.count; i++) {
        const struct flag_turn *const turn = &flags->turns.items[i];
        const int rc = flags->items[turn->flag].given ? apply_turn(flags, turn, err) : 0;

        if (rc)
            return rc;
    }
    return 0;
}

int flags_apply(struct flags *flags, struct err *err)
{
    for (size_t i = 0; i < flags->count; i++) {
        struct flag *const flag = &flags->items[i];

        if (!flag->given || flag->row->rules & ROW_IN_TURN)
            continue;
        if (flag_load_files(flags, flag, err))
            return err_wrap(err, "'%s'", flag->row->flag);
        if (shape_parse_words(flag->row, (const char *const *)flag->words, flag->count, flag->slot,
                              err)) {
            if (is_malformed(flag))
                err->code = E_USAGE;
            return err_wrap(err, "'%s'", flag->row->flag);
        }
    }
    return apply_turns(flags, err);
}

#include "cmd/invocation.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "cmd/plan.h"

const char *reference_usage(enum reference_depth depth)
{
    static const char *const forms[] = {
        [REFERENCE_NONE] = "",
        [REFERENCE_GALLERY] = "GALLERY",
        [REFERENCE_DEFINITION] = "GALLERY/DEFINITION",
        [REFERENCE_VERSION] = "GALLERY/DEFINITION/VERSION",
    };

    return forms[depth];
}

void command_add_usage(struct buf *out, const struct command *command)
{
    command_add_name(out, command);
    if (command->most > REFERENCE_NONE && command->least == command->most)
        buf_printf(out, " %s", reference_usage(command->most));
    else if (command->least == REFERENCE_DEFINITION)
        buf_add_text(out, " " REFERENCE_USAGE_DEFINITION);
    else if (command->most > REFERENCE_NONE)
        buf_add_text(out, " [" REFERENCE_USAGE_ANY "]");
    for (size_t i = 0; i < command_operand_count(command); i++) {
        const struct row *const row = command_operand(command, i);

        buf_printf(out, row->rules & ROW_NEEDED ? " %s" : " [%s%s]", row->metavar,
                   row->kind == KIND_LIST ? "..." : "");
    }
    buf_add_text(out, " [FLAGS]");
}

static int usage_hint(const struct command *command, struct err *err)
{
    struct buf usage = {0};
    const int rc = err->code;

    command_add_usage(&usage, command);
    err_hint(err, "usage: %s", buf_text(&usage));
    buf_done(&usage);
    return rc;
}

static struct reference *reference_of(const struct invocation *invocation)
{
    const struct row *const row = command_reference(invocation->command);

    return row ? row_slot(row, invocation->request) : NULL;
}

static bool is_named_by_flags(const struct invocation *invocation, const struct reference *ref)
{
    return ref->gallery || ref->definition || ref->version || invocation->refs_given;
}

/* Of the words without a flag the first is the reference, unless flags named it and none is to
 * spare. */
static bool first_is_reference(const struct invocation *invocation, size_t words)
{
    const struct reference *const ref = reference_of(invocation);
    const size_t operands = command_operand_count(invocation->command);

    if (!ref || invocation->command->most == REFERENCE_NONE || invocation->refs_given || words == 0)
        return false;
    return words > operands || !is_named_by_flags(invocation, ref);
}

static int place_operands(struct invocation *invocation, const struct reading *reading,
                          struct err *err)
{
    const struct command *const command = invocation->command;
    const size_t operands = command_operand_count(command);
    size_t next = 0;
    int rc;

    if (first_is_reference(invocation, reading->operand_count)) {
        rc = reference_parse(reading->operands[next++], reference_of(invocation), err);
        if (rc)
            return rc;
    }
    for (size_t i = 0; i < operands && next < reading->operand_count; i++) {
        const struct row *const row = command_operand(command, i);
        const size_t count = flag_takes_many(row) ? reading->operand_count - next : 1;

        rc = shape_parse_words(row, &reading->operands[next], count,
                               row_slot(row, invocation->request), err);
        next += count;
        if (rc)
            return err_wrap(err, "%s", row->metavar);
    }
    if (next == reading->operand_count)
        return 0;
    err_set(err, E_USAGE, "word '%s' is one too many", reading->operands[next]);
    return usage_hint(command, err);
}

/* Before anything is done, so that a slip in it costs nothing. */
static int place_query(struct invocation *invocation, struct err *err)
{
    const char *const text = invocation->globals.query;

    return text ? query_parse(text, &invocation->query, err) : 0;
}

static int check_loudness(const struct globals *globals, struct err *err)
{
    const bool quiet = globals->only_errors.set && globals->only_errors.value;
    const bool verbose = globals->verbose.set && globals->verbose.value;
    const bool debug = globals->debug.set && globals->debug.value;

    if (!quiet || (!verbose && !debug))
        return 0;
    return err_set(err, E_USAGE, "'--only-show-errors' and '%s' contradict each other",
                   debug ? "--debug" : "--verbose");
}

static int place_columns(struct invocation *invocation, struct err *err)
{
    const struct command *const command = invocation->command;
    struct globals *const globals = &invocation->globals;

    if (!globals->columns)
        return 0;
    if (!command->result)
        return err_set(err, E_USAGE, "'--columns': the command prints no table");
    if (globals->query) {
        err_set(err, E_USAGE, "'--columns' and '--query' both say what to show");
        return err_hint(err, "a query names columns itself: --query '[].{Name: name}'");
    }
    if (globals->output && globals->output != OUTPUT_TABLE)
        return err_set(err, E_USAGE, "'--columns' is for tables, and '--output' asks for %s",
                       choice_word(&output_choices, globals->output));
    globals->output = OUTPUT_TABLE;
    if (columns_parse(globals->columns, false, command->result, &invocation->columns, err))
        return err_wrap(err, "'--columns'");
    return 0;
}

static int place_order(struct invocation *invocation, struct err *err)
{
    const struct command *const command = invocation->command;

    if (!invocation->globals.sort)
        return 0;
    if (!(command->traits & COMMAND_LISTS))
        return err_set(err, E_USAGE, "'--sort': the command prints no list");
    if (columns_parse(invocation->globals.sort, true, command->result, &invocation->order, err))
        return err_wrap(err, "'--sort'");
    return 0;
}

/* What the command takes, whether it is named by an id or by a name alone. */
static int settle_through(const struct command *command, struct reference *ref, struct err *err)
{
    struct buf name = {0};

    if (!command->through)
        return command->traits & COMMAND_ASKS ? reference_check_any(ref, err)
                                              : reference_check(ref, err);
    if (!ref->subscription && (!ref->through || ref->through == command->through)) {
        ref->through = command->through;
        return reference_check_any(ref, err);
    }
    reference_add_text(&name, ref);
    err_set(err, E_INVALID, "'%s' names nothing in a %s gallery", buf_text(&name),
            command->through == THROUGH_SHARE ? "shared" : "community");
    buf_done(&name);
    return usage_hint(command, err);
}

static int check_depth(const struct command *command, struct reference *ref, struct err *err)
{
    static const char *const nouns_of_depth[] = {"nothing", "a gallery", "an image definition",
                                                 "an image version"};
    enum reference_depth depth;
    int rc;

    rc = reference_depth(ref, &depth, err);
    if (rc)
        return usage_hint(command, err);
    if (depth >= command->least && depth <= command->most)
        return settle_through(command, ref, err); /* here: a bad name does not make a store */
    if (depth < command->least)
        err_set(err, E_USAGE, "%s must be named", nouns_of_depth[command->least]);
    else
        err_set(err, E_USAGE, "%s was named where %s was expected", nouns_of_depth[depth],
                nouns_of_depth[command->most]);
    return usage_hint(command, err);
}

static int check_reference(const struct invocation *invocation, struct err *err)
{
    struct reference *const ref = reference_of(invocation);

    if (!ref || (invocation->refs_given && invocation->refs.count == 0))
        return 0;
    return check_depth(invocation->command, ref, err);
}

static struct references *others_of(const struct invocation *invocation)
{
    const struct row *const row = command_others(invocation->command);

    return row ? row_slot(row, invocation->request) : NULL;
}

static int check_others(const struct invocation *invocation, struct err *err)
{
    const struct references *const others = others_of(invocation);
    int rc = 0;

    for (size_t i = 0; others && rc == 0 && i < others->count; i++)
        rc = check_depth(invocation->command, &others->items[i], err);
    return rc;
}

bool invocation_repeats(const struct invocation *invocation)
{
    const size_t count = invocation->refs.count;

    return invocation->refs_given && (count == 0 || (count > 1 && !others_of(invocation)));
}

/* All of them are read before anything is done for one. */
static int place_ids(struct invocation *invocation, struct err *err)
{
    const struct texts *const ids = &invocation->globals.ids;
    struct reference *const ref = ids->items ? reference_of(invocation) : NULL;
    struct references *const others = others_of(invocation);
    int rc = 0;

    if (!ref)
        return 0;
    invocation->refs_given = true;
    if (ids->count != 1 && !(invocation->command->traits & COMMAND_REPEATS) && !others)
        return err_set(err, E_USAGE, "'--ids': one id is taken here, not %zu", ids->count);
    invocation->names_ignored =
        ref->resource_group || ref->gallery || ref->definition || ref->version;
    shape_done(&reference_shape, ref);
    for (size_t i = 0; i < ids->count && !rc; i++) {
        struct reference *const next = VEC_ADD(&invocation->refs);

        rc = reference_parse(ids->items[i], next, err);
        if (!rc)
            rc = check_depth(invocation->command, next, err);
    }
    if (rc)
        return err_wrap(err, "'--ids'");
    if (ids->count > 0)
        shape_copy(&reference_shape, ref, &invocation->refs.items[0]);
    for (size_t i = 1; others && i < ids->count; i++)
        shape_copy(&reference_shape, VEC_ADD(others), &invocation->refs.items[i]);
    return 0;
}

bool invocation_is_asked_as(const struct invocation *invocation)
{
    const struct reference *const ref = reference_of(invocation);

    return invocation->command->traits & COMMAND_ASKS &&
           (!ref || invocation->command->most == REFERENCE_NONE || ref->through);
}

static int check_needed(const struct invocation *invocation, struct err *err)
{
    const struct shape *const shape = invocation->command->request;

    for (size_t i = 0; shape && i < shape->count; i++) {
        const struct row *const row = &shape->rows[i];

        if (!(row->rules & ROW_NEEDED) || row_present(row, invocation->request))
            continue;
        if (row->flag)
            err_set(err, E_USAGE, "'%s' is missing", row->flag);
        else
            err_set(err, E_USAGE, "%s is missing", row->metavar);
        return usage_hint(invocation->command, err);
    }
    return 0;
}

bool invocation_asks(const struct invocation *invocation, const char *key)
{
    const struct shape *const request = invocation->command->request;
    const struct row *const row = request ? shape_row(request, key) : NULL;
    const struct opt_bool *const flag = row ? row_value(row, invocation->request) : NULL;

    return flag && flag->set && flag->value;
}

/* The words behind the command's name. */
static int read_request(struct invocation *invocation, const char *const *words, size_t count,
                        struct err *err)
{
    const struct command *const command = invocation->command;
    struct flags flags = {0};
    struct reading reading = {
        .flags = &flags,
        .words = words,
        .count = count,
    };
    int rc;

    if (command->request)
        invocation->request = mem_new(1, command->request->size);
    flags_init(&flags, command, invocation->request, &invocation->globals);
    rc = flags_read(&reading, err);
    if (!rc)
        rc = flags_apply(&flags, err);
    if (rc || reading.asked)
        goto out;
    if (invocation->command->told && invocation_asks(invocation, STATUS_KEY))
        invocation->command = invocation->command->told;
    rc = plan_choose(&invocation->command, invocation->request, err);
    if (!rc)
        rc = check_loudness(&invocation->globals, err);
    if (!rc)
        rc = place_query(invocation, err);
    if (!rc)
        rc = place_columns(invocation, err);
    if (!rc)
        rc = place_order(invocation, err);
    if (!rc)
        rc = place_ids(invocation, err);
    if (!rc)
        rc = place_operands(invocation, &reading, err);
    if (!rc)
        rc = check_reference(invocation, err);
    if (!rc)
        rc = check_others(invocation, err);
    if (!rc)
        rc = check_needed(invocation, err);
out:
    free(reading.operands);
    flags_done(&flags);
    return rc;
}

/* Global flags alone, up to the first other word. */
static int read_globals(struct invocation *invocation, const char *const *words, size_t count,
                        size_t *ret_read, struct err *err)
{
    struct flags flags = {0};
    struct reading reading = {
        .flags = &flags,
        .words = words,
        .count = count,
        .stop_at_operand = true,
    };
    int rc;

    flags_init(&flags, NULL, NULL, &invocation->globals);
    rc = flags_read(&reading, err);
    if (!rc)
        rc = flags_apply(&flags, err);
    *ret_read = reading.asked ? count : reading.next;
    free(reading.operands);
    flags_done(&flags);
    return rc;
}

/* A noun without a verb: only its help can be meant. */
static int read_noun(struct invocation *invocation, const char *const *words, size_t count,
                     struct err *err)
{
    const char *const name = invocation->noun->name;
    size_t read;
    const int rc = read_globals(invocation, words, count, &read, err);

    if (rc || invocation->globals.help.set || invocation->globals.version.set)
        return rc;
    err_set(err, E_USAGE, "'sig %s' needs a verb", name);
    return err_hint(err, "'sig help %s' lists them", name);
}

/* Of one word, or of two; *next goes behind it. */
static int find_noun(struct invocation *invocation, const char *const *words, size_t count,
                     size_t *next, struct err *err)
{
    const size_t at = (*next)++;

    if (*next < count)
        invocation->noun = noun_of_two(words[at], words[*next]);
    if (invocation->noun) {
        (*next)++;
        return 0;
    }
    return noun_find(words[at], &invocation->noun, &invocation->command, err);
}

int invocation_parse(struct invocation *invocation, const char *const *words, size_t count,
                     struct err *err)
{
    size_t next;
    int rc = read_globals(invocation, words, count, &next, err);

    if (rc || next == count)
        return rc;
    rc = find_noun(invocation, words, count, &next, err);
    if (rc)
        return rc;
    if (!invocation->command)
        invocation->command = noun_only_command(invocation->noun);
    if (!invocation->command) {
        if (next == count || flag_is_word(words[next]))
            return read_noun(invocation, words + next, count - next, err);
        rc = command_find(invocation->noun, words[next++], &invocation->command, err);
        if (rc)
            return rc;
    }
    return read_request(invocation, words + next, count - next, err);
}

void invocation_done(struct invocation *invocation)
{
    if (invocation->request)
        shape_done(invocation->command->request, invocation->request);
    free(invocation->request);
    list_done(&invocation->refs, &reference_shape);
    query_free(invocation->query);
    columns_done(&invocation->columns);
    columns_done(&invocation->order);
    shape_done(&globals_shape, &invocation->globals);
    *invocation = (struct invocation){0};
}

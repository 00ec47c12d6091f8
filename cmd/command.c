#include "cmd/command.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "cmd/suggest.h"
#include "cmd/wait.h"

const struct noun *const nouns[] = {
    &gallery_noun,         &share_noun,     &identity_noun,     &image_definition_noun,
    &image_version_noun,   &replicate_noun, &coverage_noun,     &advise_noun,
    &audit_noun,           &repair_noun,    &prune_noun,        &sweep_noun,
    &inspect_noun,         &region_noun,    &lock_noun,         &role_assignment_noun,
    &role_definition_noun, &access_noun,    &activity_log_noun, &cost_noun,
    &usage_noun,           &store_noun,     &account_noun,      &help_noun,
    &completion_noun,      &complete_noun,  &generate_noun,     NULL,
};

/* clang-format off */
static const struct row reference_request_rows[] = {
    ROW_OBJECT(struct reference_request, ref, "reference", &reference_shape,
               .about = "What it is about"),
};
/* clang-format on */

const struct shape reference_request_shape =
    SHAPE(struct reference_request, "request", reference_request_rows, NULL);

const struct command *noun_verb(const struct noun *noun, const char *verb)
{
    for (size_t i = 0; i < noun->count; i++) {
        if (noun->commands[i].verb && text_same_word(noun->commands[i].verb, verb))
            return &noun->commands[i];
    }
    return NULL;
}

int noun_find(const char *name, const struct noun **ret, const struct command **ret_verb,
              struct err *err)
{
    *ret_verb = NULL;
    for (size_t i = 0; nouns[i]; i++) {
        if (text_same_word(nouns[i]->name, name)) {
            *ret = nouns[i];
            return 0;
        }
    }
    *ret_verb = noun_verb(&gallery_noun, name);
    if (*ret_verb) {
        *ret = &gallery_noun;
        return 0;
    }
    err_set(err, E_USAGE, "command '%s' is unknown", name);
    return suggest_command(NULL, name, err);
}

const struct noun *noun_of_two(const char *first, const char *second)
{
    char *const name = text_printf("%s-%s", first, second);
    const struct noun *found = NULL;

    for (size_t i = 0; nouns[i] && !found; i++)
        if (text_same_word(nouns[i]->name, name))
            found = nouns[i];
    free(name);
    return found;
}

int command_find(const struct noun *noun, const char *verb, const struct command **ret,
                 struct err *err)
{
    *ret = noun_verb(noun, verb);
    if (*ret)
        return 0;
    err_set(err, E_USAGE, "command '%s %s' is unknown", noun->name, verb);
    return suggest_command(noun, verb, err);
}

const struct command *noun_only_command(const struct noun *noun)
{
    return noun->count == 1 && !noun->commands[0].verb ? &noun->commands[0] : NULL;
}

void command_add_name(struct buf *out, const struct command *command)
{
    buf_printf(out, "sig %s", command->noun->name);
    if (command->verb)
        buf_printf(out, " %s", command->verb);
}

const struct row *command_reference(const struct command *command)
{
    if (!command->request)
        return NULL;
    for (size_t i = 0; i < command->request->count; i++) {
        const struct row *const row = &command->request->rows[i];

        if (row->kind == KIND_OBJECT && reference_is_shape(row->shape))
            return row;
    }
    return NULL;
}

const struct row *command_others(const struct command *command)
{
    for (size_t i = 0; command->request && i < command->request->count; i++) {
        const struct row *const row = &command->request->rows[i];

        if (row->kind == KIND_LIST && row->shape == &reference_shape)
            return row;
    }
    return NULL;
}

const struct row *command_operand(const struct command *command, size_t index)
{
    for (size_t i = 0; i < command->request->count; i++) {
        if (text_equal(command->request->rows[i].key, command->operands[index]))
            return &command->request->rows[i];
    }
    return NULL;
}

size_t command_operand_count(const struct command *command)
{
    size_t count = 0;

    while (command->operands && command->operands[count])
        count++;
    return count;
}

void *command_new_result(const struct command *command)
{
    if (!command->result)
        return NULL;
    /* All lists have the form of this one. */
    return mem_new(1, command->traits & COMMAND_LISTS ? sizeof(struct galleries)
                                                      : command->result->size);
}

void command_free_result(const struct command *command, void *result)
{
    if (!result)
        return;
    if (command->traits & COMMAND_LISTS)
        list_done(result, command->result);
    else
        shape_done(command->result, result);
    free(result);
}

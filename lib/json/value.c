#include "json/value.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "json/room.h"

static struct json *made(cJSON *node)
{
    return (struct json *)json_need(node);
}

int json_parse(const char *text, size_t length, struct json **ret, struct err *err)
{
    cJSON *tree;
    int rc;

    if (length > JSON_TEXT_MAX)
        return err_set(err, E_INVALID, "%zu bytes of JSON are more than %d", length, JSON_TEXT_MAX);
    rc = json_scan(text, length, &tree, err);
    if (!rc)
        *ret = (struct json *)tree;
    return rc;
}

void json_free(struct json *json)
{
    cJSON_Delete(json_node(json));
}

struct json *json_copy(const struct json *json)
{
    cJSON *copy = json_need(cJSON_Duplicate(json_const_node(json), true));

    /* A member's copy is no member yet. */
    if (!(copy->type & cJSON_StringIsConst))
        cJSON_free(copy->string);
    copy->type &= ~cJSON_StringIsConst;
    copy->string = NULL;
    return (struct json *)copy;
}

struct json *json_new_object(void)
{
    return made(cJSON_CreateObject());
}

struct json *json_new_array(void)
{
    return made(cJSON_CreateArray());
}

struct json *json_new_string(const char *text)
{
    return made(cJSON_CreateString(text));
}

struct json *json_new_integer(int64_t number)
{
    return made(cJSON_CreateNumber((double)number));
}

struct json *json_new_number(double number)
{
    return made(cJSON_CreateNumber(number));
}

struct json *json_new_bool(bool value)
{
    return made(cJSON_CreateBool(value));
}

struct json *json_new_null(void)
{
    return made(cJSON_CreateNull());
}

enum json_kind json_kind(const struct json *json)
{
    switch (json_const_node(json)->type & 0xff) {
    case cJSON_False:
        return JSON_FALSE;
    case cJSON_True:
        return JSON_TRUE;
    case cJSON_Number:
        return JSON_NUMBER;
    case cJSON_String:
        return JSON_STRING;
    case cJSON_Array:
        return JSON_ARRAY;
    case cJSON_Object:
        return JSON_OBJECT;
    default:
        return JSON_NULL;
    }
}

const char *json_string(const struct json *json)
{
    return json_kind(json) == JSON_STRING ? json_const_node(json)->valuestring : NULL;
}

double json_number(const struct json *json)
{
    return json_kind(json) == JSON_NUMBER ? json_const_node(json)->valuedouble : 0;
}

bool json_integer(const struct json *json, int64_t *ret)
{
    const double number = json_number(json);

    if (json_kind(json) != JSON_NUMBER || !(fabs(number) <= (double)JSON_INTEGER_MAX) ||
        trunc(number) != number)
        return false;
    *ret = (int64_t)number;
    return true;
}

size_t json_count(const struct json *json)
{
    size_t count = 0;

    for (const struct json *item = json_first(json); item; item = json_next(item))
        count++;
    return count;
}

const struct json *json_first(const struct json *json)
{
    return (const struct json *)json_const_node(json)->child;
}

const struct json *json_next(const struct json *json)
{
    return (const struct json *)json_const_node(json)->next;
}

const char *json_key(const struct json *json)
{
    return json_const_node(json)->string;
}

const struct json *json_get(const struct json *json, const char *key)
{
    if (json_kind(json) != JSON_OBJECT)
        return NULL;
    return (const struct json *)cJSON_GetObjectItemCaseSensitive(json_const_node(json), key);
}

void json_set(struct json *object, const char *key, struct json *value)
{
    cJSON *node = json_node(object);
    cJSON *old = cJSON_GetObjectItemCaseSensitive(node, key);
    const bool done = old ? cJSON_ReplaceItemInObjectCaseSensitive(node, key, json_node(value))
                          : cJSON_AddItemToObject(node, key, json_node(value));

    json_need(done ? object : NULL);
}

void json_add(struct json *object, const char *key, struct json *value)
{
    json_need(cJSON_AddItemToObjectCS(json_node(object), key, json_node(value)) ? object : NULL);
}

void json_append(struct json *array, struct json *value)
{
    cJSON_AddItemToArray(json_node(array), json_node(value));
}

int json_compare_keys(const void *left, const void *right)
{
    const struct json *const *const a = left;
    const struct json *const *const b = right;

    return strcmp(json_key(*a), json_key(*b));
}

/* cJSON's rules: the first points back to the last, and the last to nothing. */
static void link_members(cJSON *object, cJSON *const *members, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        members[i]->prev = members[i > 0 ? i - 1 : count - 1];
        members[i]->next = i + 1 < count ? members[i + 1] : NULL;
    }
    object->child = members[0];
}

void json_sort(struct json *json)
{
    cJSON *const node = json_node(json);
    const size_t count = json_count(json);
    cJSON **members;
    size_t next = 0;

    for (cJSON *item = node->child; item; item = item->next)
        json_sort((struct json *)item);
    if (json_kind(json) != JSON_OBJECT || count < 2)
        return;
    members = mem_new(count, sizeof *members);
    for (cJSON *item = node->child; item; item = item->next)
        members[next++] = item;
    qsort(members, count, sizeof *members, json_compare_keys);
    link_members(node, members, count);
    free(members);
}

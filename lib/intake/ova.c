#include "intake/ova.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "base/vec.h"
#include "codec/digest.h"
#include "intake/ovf.h"

enum { MANIFEST_SIZE_MAX = 1 << 20 };

/* A member that was read. */
struct part {
    char *name;
    uint8_t sha256[DIGEST_SIZE_MAX];
    int fd; /* of a disk, once it was read */
};

struct reading {
    struct pick *pick;
    const struct ova_request *request;
    struct digest *digest;
    struct texts names; /* of the disks' files, in order */
    struct {
        struct part *items; /* the description, then the disks as they came */
        size_t count;
    } parts;
    char *manifest; /* NULL: there is none, or it did not come yet */
    size_t checked; /* members that were what it says */
};

/* --- a member whose bytes are hashed --- */

struct hashed {
    struct flow *below;
    struct digest *digest; /* borrowed */
};

static int hashed_read(void *state, void *bytes, size_t capacity, size_t *ret_got, struct err *err)
{
    struct hashed *self = state;
    const int rc = flow_read(self->below, bytes, capacity, ret_got, err);

    if (rc == 0)
        digest_add(self->digest, bytes, *ret_got);
    return rc;
}

static void hashed_close(void *state)
{
    struct hashed *self = state;

    flow_close(self->below);
    free(self);
}

static const struct flow_kind hashed_kind = {.read = hashed_read, .close = hashed_close};

static struct flow *content(struct reading *reading)
{
    struct hashed *self = mem_new(1, sizeof *self);

    self->below = pick_content(reading->pick);
    self->digest = reading->digest;
    return flow_new(&hashed_kind, self, flow_name(self->below));
}

/* --- description and manifest --- */

/* The whole member as a text, at most `limit` bytes. */
static int read_text(struct reading *reading, size_t limit, char **ret, size_t *ret_length,
                     struct err *err)
{
    struct flow *flow = content(reading);
    char *bytes = mem_new(limit + 1, 1);
    int rc = flow_read(flow, bytes, limit + 1, ret_length, err);

    if (rc == 0 && *ret_length > limit)
        rc = err_set(err, E_INVALID, "'%s' is longer than %zu bytes", flow_name(flow), limit);
    flow_close(flow);
    if (rc < 0) {
        free(bytes);
        return rc;
    }
    bytes[*ret_length] = '\0';
    *ret = bytes;
    return 0;
}

static struct part *add_part(struct reading *reading)
{
    struct part *part = VEC_ADD(&reading->parts);

    part->name = text_copy(pick_name(reading->pick));
    part->fd = FILE_NONE;
    digest_result(reading->digest, part->sha256);
    return part;
}

static int read_description(struct reading *reading, struct err *err)
{
    char *text = NULL;
    size_t length = 0;
    char *const name =
        text_printf("%s' in '%s", pick_name(reading->pick), pick_archive(reading->pick));
    int rc = read_text(reading, OVF_SIZE_MAX, &text, &length, err);

    if (rc == 0)
        rc = ovf_parse(text, length, name, &reading->names, err);
    if (rc == 0)
        add_part(reading);
    free(name);
    free(text);
    return rc;
}

static int read_manifest(struct reading *reading, struct err *err)
{
    size_t length = 0;
    int rc = read_text(reading, MANIFEST_SIZE_MAX, &reading->manifest, &length, err);
    uint8_t unused[DIGEST_SIZE_MAX];

    digest_result(reading->digest, unused);
    if (rc == 0 && strlen(reading->manifest) != length)
        rc = err_set(err, E_INVALID, "the manifest '%s' in '%s' is damaged: it is no text",
                     pick_name(reading->pick), pick_archive(reading->pick));
    return rc;
}

/* --- disks --- */

static int unpack(const struct reading *reading, struct flow **flow, struct err *err)
{
    struct flow *below = *flow;
    const uint8_t *head = NULL;
    enum wrapping wrapping;
    size_t got = 0;
    const int rc = flow_peek(below, MARKS_SIZE, &head, &got, err);

    if (rc < 0)
        return rc;
    wrapping = signature_wrapping(head, got);
    if (wrapping == WRAPPING_NONE || wrapping_is_archive(wrapping))
        return 0;
    *flow = NULL;
    return unpacked_flow(below, wrapping, &reading->request->limits, flow, err);
}

static int read_disk(struct reading *reading, struct err *err)
{
    struct flow *flow = content(reading);
    int fd = FILE_NONE;
    int rc = unpack(reading, &flow, err);

    if (rc == 0)
        rc = flow_spool(flow, reading->request->temporary, reading->request->limits.size, &fd, err);
    flow_close(flow);
    if (rc == 0)
        add_part(reading)->fd = fd;
    return rc;
}

static struct part *find_part(const struct reading *reading, const char *name)
{
    for (size_t i = 0; i < reading->parts.count; i++)
        if (strcmp(reading->parts.items[i].name, name) == 0)
            return &reading->parts.items[i];
    return NULL;
}

static bool is_disk(const struct reading *reading, const char *name)
{
    for (size_t i = 0; i < reading->names.count; i++)
        if (strcmp(reading->names.items[i], name) == 0)
            return true;
    return false;
}

/* DSP0243, 5.1: it is called like the description. */
static bool is_manifest(const struct reading *reading, const char *name)
{
    const char *const description = reading->parts.items[0].name;
    const size_t length = strlen(description) - strlen(".ovf");

    return strncmp(name, description, length) == 0 && text_same_word(name + length, ".mf");
}

static int read_member(struct reading *reading, struct err *err)
{
    const char *const name = pick_name(reading->pick);

    if (find_part(reading, name))
        return err_set(err, E_INVALID, "'%s' has several members '%s'", pick_archive(reading->pick),
                       name);
    if (is_disk(reading, name))
        return read_disk(reading, err);
    if (is_manifest(reading, name) && !reading->manifest)
        return read_manifest(reading, err);
    return 0;
}

static int read_members(struct reading *reading, struct err *err)
{
    bool any = true;
    int rc = read_description(reading, err);

    while (rc == 0) {
        rc = pick_next(reading->pick, &any, err);
        if (rc < 0 || !any)
            break;
        rc = read_member(reading, err);
    }
    return rc < 0 ? rc : pick_finish(reading->pick, err);
}

/* --- is it what the manifest says? --- */

static int check_part(const struct part *part, const char *archive, const char *hex, size_t length,
                      struct err *err)
{
    char is[2 * SHA256_SIZE + 1], shall[2 * SHA256_SIZE + 1] = "";

    text_hex(is, part->sha256, SHA256_SIZE);
    if (length == sizeof shall - 1)
        memcpy(shall, hex, length);
    text_lower(shall);
    if (strcmp(is, shall) == 0)
        return 0;
    err_set(err, E_INVALID,
            "'%s' in '%s' is not what the manifest says: its sha256 is %s, not %.*s", part->name,
            archive, is, (int)(length < sizeof shall ? length : sizeof shall - 1), hex);
    return err_hint(err, "get the file again; if it differs still, do not trust it");
}

/* "SHA256(disk.vmdk)= 0123...", as openssl dgst wrote it; version 3 writes "SHA2-256". A line that
 * is anything else says nothing. */
static int check_line(struct reading *reading, char *line, struct err *err)
{
    char *const open = strchr(line, '(');
    char *const close = strrchr(line, ')');
    const struct part *part;
    const char *name, *hex;

    if (!open || !close || close < open)
        return 0;
    *open = *close = '\0';
    line[strcspn(line, " ")] = '\0';
    if (!text_same_word(line, "SHA256") && !text_same_word(line, "SHA2-256"))
        return 0;
    name = open + 1;
    while (text_starts(name, "./"))
        name += 2;
    part = find_part(reading, name);
    if (!part)
        return 0;
    reading->checked++;
    hex = close + 1 + strspn(close + 1, " \t=");
    return check_part(part, pick_archive(reading->pick), hex, strcspn(hex, " \t\r"), err);
}

static int check_manifest(struct reading *reading, struct err *err)
{
    int rc = 0;

    for (char *line = reading->manifest; rc == 0 && line && *line;) {
        char *const end = line + strcspn(line, "\n");
        char *const next = *end ? end + 1 : end;

        *end = '\0';
        rc = check_line(reading, line, err);
        line = next;
    }
    return rc;
}

/* --- all of it --- */

static int take_disks(struct reading *reading, struct ova *ret, struct err *err)
{
    for (size_t i = 0; i < reading->names.count; i++)
        if (!find_part(reading, reading->names.items[i]))
            return err_set(err, E_INVALID, "'%s' has no '%s', which its '%s' names",
                           pick_archive(reading->pick), reading->names.items[i],
                           reading->parts.items[0].name);
    for (size_t i = 0; i < reading->names.count; i++) {
        struct part *part = find_part(reading, reading->names.items[i]);

        *VEC_ADD(ret) = (struct ova_disk){.name = text_copy(part->name), .fd = part->fd};
        part->fd = FILE_NONE;
    }
    return 0;
}

static void reading_done(struct reading *reading)
{
    for (size_t i = 0; i < reading->parts.count; i++) {
        file_close(&reading->parts.items[i].fd);
        free(reading->parts.items[i].name);
    }
    free(reading->parts.items);
    texts_done(&reading->names);
    digest_free(reading->digest);
    free(reading->manifest);
}

int ova_read(struct pick *pick, const struct ova_request *request, struct ova *ret, struct err *err)
{
    struct reading reading = {
        .pick = pick, .request = request, .digest = digest_new(DIGEST_SHA256)};
    int rc = read_members(&reading, err);

    if (rc == 0)
        rc = check_manifest(&reading, err);
    if (rc == 0)
        rc = take_disks(&reading, ret, err);
    ret->unchecked = reading.manifest && reading.checked < reading.parts.count;
    reading_done(&reading);
    return rc;
}

void ova_done(struct ova *ova)
{
    for (size_t i = 0; i < ova->count; i++) {
        file_close(&ova->items[i].fd);
        free(ova->items[i].name);
    }
    free(ova->items);
    *ova = (struct ova){0};
}

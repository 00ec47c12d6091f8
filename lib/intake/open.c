#include "intake/open.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "base/vec.h"
#include "intake/layers.h"
#include "intake/ova.h"
#include "intake/pick.h"
#include "image/kind.h"

struct opening {
    const struct source_request *request;
    const char *name;      /* what to call it in messages */
    struct source *source; /* with what the user named; the first disk will be this one */
    struct limits limits;  /* of the next layer */
    char *inner;           /* name of what comes out of the layers so far, "" when it has none */
    struct source_list list;
};

/* --- a file --- */

/* What the beginning of the file says that it lies in. */
static int wrapping_of(const struct source *source, enum wrapping *ret, struct err *err)
{
    uint8_t head[MARKS_SIZE];
    size_t got = 0;
    const int rc = source_file_head(source, head, sizeof head, &got, err);

    if (rc == 0)
        *ret = signature_wrapping(head, got);
    return rc;
}

/* By the kinds, else by what may not be taken for a raw disk. */
static int choose_kind(struct source *source, const struct source_kind **ret, struct err *err)
{
    uint8_t head[MARKS_SIZE];
    size_t got = 0;
    int rc = source_tell_kind(source, ret, err);

    if (rc < 0 || *ret)
        return rc;
    *ret = source_kind_of(SOURCE_RAW);
    rc = source_file_head(source, head, sizeof head, &got, err);
    return rc < 0 ? rc : signature_refuse(source->path, head, got, err);
}

/* The source has fd and info set. */
static int open_kind(struct opening *opening, struct source *source, const struct source_kind *kind,
                     struct err *err)
{
    int rc;

    source->kind = kind;
    rc = kind->open(source, err);
    if (rc == 0)
        rc = source_check_size(source, opening->request->limit, err);
    if (rc == 0)
        file_will_scan(source->fd);
    return rc;
}

/* As the format that is given, or told by content. */
static int open_as(struct opening *opening, struct source *source, enum source_format format,
                   struct err *err)
{
    const struct source_kind *kind = NULL;
    int rc = 0;

    if (format == SOURCE_ANY)
        rc = choose_kind(source, &kind, err);
    else
        kind = source_kind_of(format);
    return rc < 0 ? rc : open_kind(opening, source, kind, err);
}

/* --- what comes from front to back --- */

/* The source has the temporary file into which its content was put. */
static int open_temporary(struct opening *opening, struct source *source, enum source_format format,
                          struct err *err)
{
    const int rc = file_stat(source->fd, source->path, &source->info, err);

    if (rc < 0)
        return rc;
    if (source->info.size == 0)
        return err_set(err, E_INVALID, "'%s' is empty", source->path);
    return open_as(opening, source, format, err);
}

/* What the user named was read to its end, and is not needed any more. */
static int leave_input(struct source *source, struct err *err)
{
    const int rc = source_check_unchanged(source, err);

    input_close(&source->input);
    return rc;
}

/* Put it into a file, and read that. */
static int open_spooled(struct opening *opening, struct source *source, struct err *err)
{
    const struct source_request *request = opening->request;
    struct flow *flow = front_release(source);
    int rc = flow_spool(flow, request->temporary, request->limit, &source->fd, err);

    flow_close(flow);
    if (rc == 0)
        rc = leave_input(source, err);
    return rc < 0 ? rc : open_temporary(opening, source, request->format, err);
}

/* Whether its reader wants to read at any place. */
static int needs_places(struct source *source, enum source_format format, bool *ret,
                        struct err *err)
{
    const struct source_kind *kind = NULL;
    uint8_t head[MARKS_SIZE];
    size_t got = 0;
    int rc;

    *ret = format != SOURCE_ANY && format != SOURCE_RAW && format != SOURCE_VHD;
    if (*ret || format == SOURCE_RAW)
        return 0;
    rc = source_tell_kind(source, &kind, err);
    if (rc < 0)
        return rc;
    *ret = kind && (format == SOURCE_ANY || kind->format == format);
    if (*ret || format != SOURCE_ANY)
        return 0;
    source_file_head(source, head, sizeof head, &got, err);
    return signature_refuse(source->path, head, got, err);
}

/* A raw disk, or a fixed VHD, which shows at its end. */
static int check_promise(const struct opening *opening, struct source *source, struct err *err)
{
    source->promise = text_copy(opening->inner);
    return text_ends(opening->inner, ".vhd")
               ? 0
               : signature_refuse_name(source->path, opening->inner, err);
}

/* A disk that comes from front to back. Takes the flow. */
static int open_flow(struct opening *opening, struct source *source, struct flow *flow,
                     struct err *err)
{
    const enum source_format format = opening->request->format;
    const enum source_format settled = format == SOURCE_RAW || format == SOURCE_VHD ? format : 0;
    bool spools = false;
    int rc;

    text_replace(&source->path, flow_name(flow));
    rc = front_open(source, flow, settled, opening->request->limit, err);
    if (rc == 0)
        rc = needs_places(source, format, &spools, err);
    if (rc == 0 && !spools && format == SOURCE_ANY)
        rc = check_promise(opening, source, err);
    return rc < 0 || !spools ? rc : open_spooled(opening, source, err);
}

/* --- what it lies in --- */

static int look(struct flow *flow, enum wrapping *ret, struct err *err)
{
    const uint8_t *head = NULL;
    size_t got = 0;
    const int rc = flow_peek(flow, MARKS_SIZE, &head, &got, err);

    *ret = rc < 0 ? WRAPPING_NONE : signature_wrapping(head, got);
    return rc;
}

/* The next layers lie in this one: what gzip takes is not worth mentioning. */
static int unpack(struct opening *opening, enum wrapping wrapping, struct flow **flow,
                  struct err *err)
{
    const struct limits limits = opening->limits;
    struct flow *below = *flow;
    char *unpacked;

    if (wrapping == WRAPPING_XZ || wrapping == WRAPPING_ZSTD)
        opening->limits.memory = INNER_LAYER_MEMORY;
    unpacked = signature_unpacked_name(opening->inner);
    free(opening->inner);
    opening->inner = unpacked;
    *flow = NULL;
    return unpacked_flow(below, wrapping, &limits, flow, err);
}

static int refuse_depth(const struct flow *flow, enum wrapping wrapping, struct err *err)
{
    err_set(err, E_UNSUPPORTED, "what '%s' holds is %s once more", flow_name(flow),
            wrapping_words(wrapping));
    return err_hint(err, "unpack it first; if those bytes are the disk, unpack it and use "
                         "--source-format raw");
}

/* The disk may be compressed. Takes the flow. */
static int open_member(struct opening *opening, struct flow *flow, struct err *err)
{
    enum wrapping wrapping = WRAPPING_NONE;
    int rc = 0;

    if (opening->request->format == SOURCE_ANY)
        rc = look(flow, &wrapping, err);
    if (rc == 0 && wrapping != WRAPPING_NONE && !wrapping_is_archive(wrapping)) {
        rc = unpack(opening, wrapping, &flow, err);
        if (rc == 0)
            rc = look(flow, &wrapping, err);
    }
    if (rc == 0 && wrapping != WRAPPING_NONE)
        rc = refuse_depth(flow, wrapping, err);
    if (rc < 0) {
        flow_close(flow);
        return rc;
    }
    return open_flow(opening, opening->source, flow, err);
}

/* One disk of an OVA. */
static int add_disk(struct opening *opening, struct ova_disk *disk, struct err *err)
{
    struct source *source = opening->source;
    char *const name = text_printf("%s' in '%s", disk->name, opening->name);

    if (source->fd != FILE_NONE) {
        source = source_new(source->file, name);
        source->input.info = opening->source->input.info;
        *VEC_ADD(&opening->list) = source;
    }
    text_replace(&source->path, name);
    free(name);
    source->fd = disk->fd;
    disk->fd = FILE_NONE;
    return open_temporary(opening, source, SOURCE_ANY, err);
}

static int open_ova(struct opening *opening, struct pick *pick, struct err *err)
{
    const struct ova_request request = {
        .temporary = opening->request->temporary,
        .limits = opening->limits,
    };
    struct ova ova = {0};
    int rc = ova_read(pick, &request, &ova, err);

    if (rc == 0)
        rc = leave_input(opening->source, err);
    if (ova.unchecked)
        opening->source->note =
            text_printf("the manifest in '%s' does not have the SHA-256 of all that is read: the "
                        "rest is not compared",
                        opening->name);
    for (size_t i = 0; rc == 0 && i < ova.count; i++)
        rc = add_disk(opening, &ova.items[i], err);
    ova_done(&ova);
    return rc;
}

/* Takes the flow. */
static int open_archive(struct opening *opening, enum wrapping wrapping, struct flow *flow,
                        struct err *err)
{
    struct pick *pick = NULL;
    bool is_ova = false;
    int rc = pick_open(flow, wrapping, opening->request->member, &opening->limits, &pick, err);

    if (rc < 0)
        return rc;
    rc = pick_find(pick, &is_ova, err);
    if (rc == 0 && !is_ova) {
        text_replace(&opening->inner, pick_name(pick));
        return open_member(opening, pick_flow(pick), err);
    }
    if (rc == 0)
        rc = open_ova(opening, pick, err);
    pick_close(pick);
    return rc;
}

static int no_archive(const struct flow *flow, const char *member, struct err *err)
{
    err_set(err, E_INVALID, "'%s' is no tar or zip archive: it has no member '%s'", flow_name(flow),
            member);
    return err_hint(err, "leave out --member to take it as it is");
}

/* Takes the flow: all that the user named. */
static int open_layers(struct opening *opening, struct flow *flow, struct err *err)
{
    const struct source_request *request = opening->request;
    enum wrapping wrapping = WRAPPING_NONE;
    bool packed;
    int rc;

    rc = look(flow, &wrapping, err);
    packed = wrapping != WRAPPING_NONE && !wrapping_is_archive(wrapping);
    if (rc == 0 && packed) {
        rc = unpack(opening, wrapping, &flow, err);
        if (rc == 0)
            rc = look(flow, &wrapping, err);
    }
    if (rc == 0 && wrapping_is_archive(wrapping))
        return open_archive(opening, wrapping, flow, err);
    if (rc == 0 && request->member)
        rc = no_archive(flow, request->member, err);
    if (rc == 0 && wrapping != WRAPPING_NONE)
        rc = refuse_depth(flow, wrapping, err);
    if (rc < 0) {
        flow_close(flow);
        return rc;
    }
    return open_flow(opening, opening->source, flow, err);
}

/* --- what the user named --- */

static int refuse_kind(const struct source *source, struct err *err)
{
    static const char *const words[] = {
        [FILE_DIRECTORY] = "a directory",
        [FILE_OTHER] = "a device or socket",
    };
    const enum file_kind kind = source->input.info.kind;

    if (source->input.standard ? kind != FILE_DIRECTORY
                               : kind != FILE_DIRECTORY && kind != FILE_OTHER)
        return 0;
    return err_set(err, E_INVALID, "'%s' is %s, not a disk image", source->path, words[kind]);
}

/* It begins like something that a disk lies in. What ends with the footer of a VHD is a VHD all the
 * same if all else fits; if it does not, those are the last bytes of what is compressed. */
static bool is_vhd_after_all(struct opening *opening, struct err *err)
{
    struct source *source = opening->source;

    if (open_kind(opening, source, &vhd_kind, err) == 0)
        return true;
    vhd_kind.close(source);
    free(source->variant);
    source->kind = NULL;
    source->layout = NULL;
    source->variant = NULL;
    source->size = 0;
    return false;
}

/* By content. *ret_is_disk false: something has to be unpacked. */
static int open_by_content(struct opening *opening, bool *ret_is_disk, struct err *err)
{
    struct source *source = opening->source;
    const struct source_kind *kind = NULL;
    enum wrapping wrapping = WRAPPING_NONE;
    int rc = source_tell_kind(source, &kind, err);

    *ret_is_disk = true;
    if (rc == 0)
        rc = wrapping_of(source, &wrapping, err);
    if (rc < 0)
        return rc;
    if (wrapping == WRAPPING_NONE && !kind)
        rc = signature_refuse_name(source->path, source->path, err);
    if (rc < 0)
        return rc;
    if (wrapping == WRAPPING_NONE || (kind && kind != &vhd_kind))
        return open_as(opening, source, SOURCE_ANY, err);
    *ret_is_disk = kind && is_vhd_after_all(opening, err);
    return 0;
}

/* What has places. *ret_is_disk: it is a disk itself, and open. */
static int open_file(struct opening *opening, bool *ret_is_disk, struct err *err)
{
    const struct source_request *request = opening->request;
    struct source *source = opening->source;
    int rc = 0;

    *ret_is_disk = false;
    if (source->info.size == 0)
        return err_set(err, E_INVALID, "'%s' is empty", source->path);
    if (request->expected.kind)
        rc = expected_check(&request->expected, &source->input, source->path, err);
    if (rc < 0 || request->member)
        return rc;
    if (request->format == SOURCE_ANY)
        return open_by_content(opening, ret_is_disk, err);
    *ret_is_disk = true;
    return open_as(opening, source, request->format, err);
}

/* Layers of what is not a disk itself, or can only be read from front to back. */
static int open_content(struct opening *opening, struct err *err)
{
    const struct source_request *request = opening->request;
    struct source *source = opening->source;
    const struct source_expected *expected = request->expected.kind ? &request->expected : NULL;
    struct flow *flow = input_flow(&source->input, source->path, expected);

    opening->inner = text_copy(request->path);
    opening->limits = (struct limits){
        .size = request->limit,
        .memory = LAYER_MEMORY,
        .threads = request->threads > 0 ? request->threads : 1,
        .file = flow,
    };
    if (request->format != SOURCE_ANY && !request->member)
        return open_flow(opening, source, flow, err);
    return open_layers(opening, flow, err);
}

/* Nobody could tell whether a device still holds what was compared: it is compared as it is read,
 * in one pass. */
static int open_input(struct opening *opening, struct err *err)
{
    struct input *const input = &opening->source->input;
    int rc = input_open(opening->request->path, input, err);

    if (rc == 0)
        rc = refuse_kind(opening->source, err);
    if (rc == 0 && opening->request->expected.kind && input->info.kind == FILE_BLOCK_DEVICE)
        input->forward = true;
    return rc;
}

static int open_named(struct opening *opening, struct err *err)
{
    struct source *source = opening->source;
    bool is_disk = false;
    int rc = open_input(opening, err);

    if (rc < 0)
        return rc;
    if (!source->input.forward) {
        source->fd = source->input.fd;
        source->info = source->input.info;
        rc = open_file(opening, &is_disk, err);
        if (rc < 0 || is_disk)
            return rc;
        source->fd = FILE_NONE;
    }
    return open_content(opening, err);
}

void source_list_close(struct source_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        source_close(list->items[i]);
    free(list->items);
    *list = (struct source_list){0};
}

int source_open_all(const struct source_request *request, struct source_list *ret, struct err *err)
{
    const bool standard = strcmp(request->path, "-") == 0;
    struct opening opening = {
        .request = request,
        .name = standard ? "standard input" : request->path,
    };
    int rc;

    opening.source = source_new(request->path, opening.name);
    *VEC_ADD(&opening.list) = opening.source;
    rc = open_named(&opening, err);
    free(opening.inner);
    if (rc < 0)
        source_list_close(&opening.list);
    else
        *ret = opening.list;
    return rc;
}

int source_open(const struct source_request *request, struct source **ret, struct err *err)
{
    struct source_list list = {0};
    int rc = source_open_all(request, &list, err);

    if (rc == 0 && list.count != 1) {
        rc = err_set(err, E_INVALID, "'%s' holds %zu disks", request->path, list.count);
        err_hint(err, "name the one that you mean with --member");
    }
    if (rc == 0) {
        *ret = list.items[0];
        list.count = 0;
    }
    source_list_close(&list);
    return rc;
}

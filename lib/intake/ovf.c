#include "intake/ovf.h"

#include <expat.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/uri.h"

enum {
    ITEMS_MAX = 10000, /* of references and disks */
    TEXT_MAX = 4096,   /* bytes in an element that is looked at */
};

/* Between namespace and name, as expat puts it: stands in neither. */
#define SEPARATOR '\n'

/* ResourceType of CIM_ResourceAllocationSettingData: a disk. */
#define TYPE_DISK "17"

struct reference {
    char *id, *href;
    bool chunked;
};

struct disk {
    char *id, *file;
    bool has_parent;
};

struct ovf {
    XML_Parser parser;
    const char *name;
    struct {
        struct reference *items;
        size_t count;
    } references;
    struct {
        struct disk *items;
        size_t count;
    } disks;
    struct texts resources; /* "ovf:/disk/vmdisk1", of the disks among the hardware, in order */
    size_t systems;
    /* While it is read. */
    bool is_envelope;
    bool in_item;
    struct buf *text; /* where characters go; NULL: nowhere */
    struct buf type, resource;
    int rc; /* what a handler found wrong */
    struct err err;
};

static void *xml_new(size_t size)
{
    return mem_resize(NULL, size, 1);
}

static void *xml_resize(void *old, size_t size)
{
    return mem_resize(old, size, 1);
}

static void ovf_done(struct ovf *ovf)
{
    for (size_t i = 0; i < ovf->references.count; i++) {
        free(ovf->references.items[i].id);
        free(ovf->references.items[i].href);
    }
    for (size_t i = 0; i < ovf->disks.count; i++) {
        free(ovf->disks.items[i].id);
        free(ovf->disks.items[i].file);
    }
    free(ovf->references.items);
    free(ovf->disks.items);
    texts_done(&ovf->resources);
    buf_done(&ovf->type);
    buf_done(&ovf->resource);
    XML_ParserFree(ovf->parser);
}

/* --- reading --- */

static void stop(struct ovf *ovf, int code, const char *cause)
{
    if (ovf->rc == 0)
        ovf->rc = err_set(&ovf->err, code, "'%s' %s", ovf->name, cause);
    XML_StopParser(ovf->parser, XML_FALSE);
}

static const char *local(const char *name)
{
    const char *const at = strrchr(name, SEPARATOR);

    return at ? at + 1 : name;
}

/* The value of an attribute, whatever its namespace; NULL when it is not there. */
static const char *attribute(const char **attributes, const char *name)
{
    for (; *attributes; attributes += 2)
        if (strcmp(local(attributes[0]), name) == 0)
            return attributes[1];
    return NULL;
}

static void add_reference(struct ovf *ovf, const char **attributes)
{
    const char *const href = attribute(attributes, "href");

    if (ovf->references.count == ITEMS_MAX) {
        stop(ovf, E_INVALID, "names too many files");
        return;
    }
    *VEC_ADD(&ovf->references) = (struct reference){
        .id = text_copy(attribute(attributes, "id")),
        .href = href ? uri_decode(href) : NULL,
        .chunked = attribute(attributes, "chunkSize") != NULL,
    };
}

static void add_disk(struct ovf *ovf, const char **attributes)
{
    if (ovf->disks.count == ITEMS_MAX) {
        stop(ovf, E_INVALID, "names too many disks");
        return;
    }
    *VEC_ADD(&ovf->disks) = (struct disk){
        .id = text_copy(attribute(attributes, "diskId")),
        .file = text_copy(attribute(attributes, "fileRef")),
        .has_parent = attribute(attributes, "parentRef") != NULL,
    };
}

static void begin_text(struct ovf *ovf, struct buf *text)
{
    buf_clear(text);
    ovf->text = text;
}

static void begin_item(struct ovf *ovf)
{
    ovf->in_item = true;
    buf_clear(&ovf->type);
    buf_clear(&ovf->resource);
}

static void on_start(void *user, const char *element, const char **attributes)
{
    struct ovf *const ovf = user;
    const char *const name = local(element);

    if (!ovf->is_envelope && strcmp(name, "Envelope") != 0) {
        stop(ovf, E_INVALID, "is no OVF description");
        return;
    }
    ovf->is_envelope = true;
    ovf->text = NULL;
    if (strcmp(name, "File") == 0)
        add_reference(ovf, attributes);
    else if (strcmp(name, "Disk") == 0)
        add_disk(ovf, attributes);
    else if (strcmp(name, "VirtualSystem") == 0)
        ovf->systems++;
    else if (strcmp(name, "Item") == 0 || strcmp(name, "StorageItem") == 0)
        begin_item(ovf);
    else if (ovf->in_item && strcmp(name, "ResourceType") == 0)
        begin_text(ovf, &ovf->type);
    else if (ovf->in_item && strcmp(name, "HostResource") == 0)
        begin_text(ovf, &ovf->resource);
}

static void on_text(void *user, const char *bytes, int length)
{
    struct ovf *const ovf = user;

    if (!ovf->text)
        return;
    if (ovf->text->length + (size_t)length > TEXT_MAX)
        stop(ovf, E_INVALID, "has too long a text");
    else
        buf_add(ovf->text, bytes, (size_t)length);
}

static void on_end(void *user, const char *element)
{
    struct ovf *const ovf = user;
    const char *const name = local(element);

    ovf->text = NULL;
    if (!ovf->in_item || (strcmp(name, "Item") != 0 && strcmp(name, "StorageItem") != 0))
        return;
    ovf->in_item = false;
    if (strcmp(buf_text(&ovf->type), TYPE_DISK) != 0 || ovf->resource.length == 0)
        return;
    if (ovf->resources.count == ITEMS_MAX)
        stop(ovf, E_INVALID, "names too many disks");
    else
        texts_add(&ovf->resources, buf_text(&ovf->resource));
}

/* No description has one; what can be defined there is only a danger. */
static void on_document_type(void *user, const char *name, const char *system_id,
                             const char *public_id, int has_subset)
{
    (void)name;
    (void)system_id;
    (void)public_id;
    (void)has_subset;
    stop(user, E_INVALID, "has a document type, which an OVF description has not");
}

static int read_all(struct ovf *ovf, const char *bytes, size_t length, struct err *err)
{
    static const XML_Memory_Handling_Suite memory = {xml_new, xml_resize, free};
    static const char separator[] = {SEPARATOR, '\0'};
    enum XML_Status status;

    ovf->parser = XML_ParserCreate_MM(NULL, &memory, separator);
    XML_SetUserData(ovf->parser, ovf);
    XML_SetElementHandler(ovf->parser, on_start, on_end);
    XML_SetCharacterDataHandler(ovf->parser, on_text);
    XML_SetStartDoctypeDeclHandler(ovf->parser, on_document_type);
    status = XML_Parse(ovf->parser, bytes, (int)length, XML_TRUE);
    if (ovf->rc) {
        if (err)
            *err = ovf->err;
        return ovf->rc;
    }
    if (status == XML_STATUS_OK)
        return 0;
    return err_set(err, E_INVALID, "'%s' is damaged: line %lu: %s", ovf->name,
                   (unsigned long)XML_GetCurrentLineNumber(ovf->parser),
                   XML_ErrorString(XML_GetErrorCode(ovf->parser)));
}

/* --- what it says --- */

static const struct reference *find_reference(const struct ovf *ovf, const char *id)
{
    for (size_t i = 0; i < ovf->references.count; i++)
        if (ovf->references.items[i].id && text_equal(ovf->references.items[i].id, id))
            return &ovf->references.items[i];
    return NULL;
}

static const struct disk *find_disk(const struct ovf *ovf, const char *id)
{
    for (size_t i = 0; i < ovf->disks.count; i++)
        if (ovf->disks.items[i].id && text_equal(ovf->disks.items[i].id, id))
            return &ovf->disks.items[i];
    return NULL;
}

/* A machine may be described for several kinds of hosts, with the same disks each time. */
static int add_file(const struct ovf *ovf, const char *id, struct texts *files, struct err *err)
{
    const struct reference *const reference = find_reference(ovf, id);

    if (!reference || !reference->href)
        return err_set(err, E_INVALID, "'%s' names file '%s', of which it says nothing", ovf->name,
                       id);
    if (reference->chunked)
        return err_set(err, E_UNSUPPORTED, "'%s' has file '%s' in chunks, which is not read",
                       ovf->name, reference->href);
    for (size_t i = 0; i < files->count; i++)
        if (strcmp(files->items[i], reference->href) == 0)
            return 0;
    if (files->count == OVF_DISKS_MAX)
        return err_set(err, E_INVALID, "'%s' has more than %d disks", ovf->name, OVF_DISKS_MAX);
    texts_add(files, reference->href);
    return 0;
}

static int add_file_of(const struct ovf *ovf, const struct disk *disk, struct texts *files,
                       struct err *err)
{
    const char *const id = disk->id ? disk->id : "";

    if (disk->has_parent)
        return err_set(err, E_UNSUPPORTED,
                       "'%s' has disk '%s', which holds only what differs from another one",
                       ovf->name, id);
    if (!disk->file)
        return err_set(err, E_UNSUPPORTED, "'%s' has disk '%s', which is empty: it has no file",
                       ovf->name, id);
    return add_file(ovf, disk->file, files, err);
}

/* "ovf:/disk/ID" or "ovf:/file/ID"; early ones wrote "/disk/ID". */
static int add_resource(const struct ovf *ovf, const char *resource, struct texts *files,
                        struct err *err)
{
    const char *const path = text_starts(resource, "ovf:") ? resource + 4 : resource;
    const struct disk *disk = NULL;

    if (text_starts(path, "/file/"))
        return add_file(ovf, path + 6, files, err);
    if (text_starts(path, "/disk/"))
        disk = find_disk(ovf, path + 6);
    if (!disk)
        return err_set(err, E_INVALID, "'%s' names disk '%s', of which it says nothing", ovf->name,
                       resource);
    return add_file_of(ovf, disk, files, err);
}

static int collect(const struct ovf *ovf, struct texts *files, struct err *err)
{
    int rc = 0;

    if (ovf->systems > 1) {
        err_set(err, E_UNSUPPORTED, "'%s' describes %zu virtual machines", ovf->name, ovf->systems);
        return err_hint(err, "name the disk that you mean with --member");
    }
    for (size_t i = 0; rc == 0 && i < ovf->resources.count; i++)
        rc = add_resource(ovf, ovf->resources.items[i], files, err);
    for (size_t i = 0; rc == 0 && ovf->resources.count == 0 && i < ovf->disks.count; i++)
        rc = add_file_of(ovf, &ovf->disks.items[i], files, err);
    if (rc == 0 && files->count == 0)
        return err_set(err, E_INVALID, "'%s' describes no disk", ovf->name);
    return rc;
}

int ovf_parse(const char *bytes, size_t length, const char *name, struct texts *ret,
              struct err *err)
{
    struct ovf ovf = {.name = name};
    struct texts files = {0};
    int rc = read_all(&ovf, bytes, length, err);

    if (rc == 0)
        rc = collect(&ovf, &files, err);
    if (rc < 0)
        texts_done(&files);
    else
        *ret = files;
    ovf_done(&ovf);
    return rc;
}

/* rot_look.h: a store whose files are known byte by byte, and one look at it: what an audit says,
 * how its versions are read, what is shown. */
#ifndef PROVE_ROT_LOOK_H
#define PROVE_ROT_LOOK_H

#include <fcntl.h>
#include <ftw.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/text.h"
#include "gallery.h"
#include "json/value.h"

enum { BLOCK = 4096, ZEROED = 512, BAD_MAX = 20, PATH_SIZE = 512 };

enum rot_kind { BLOB, MAP, INDEX, STORE_INFO, MANIFEST, RECEIPT, OWNER, CLAIM, KINDS };

static const char *const rot_words[KINDS] = {
    [BLOB] = "blob",          [MAP] = "disk map",
    [INDEX] = "index",        [STORE_INFO] = "store",
    [MANIFEST] = "manifest",  [RECEIPT] = "replication state",
    [OWNER] = "replica.json", [CLAIM] = "claim of a replica",
};

/* A file of the store as it should be. */
struct original {
    char *path; /* below the store */
    uint8_t *bytes;
    size_t size;
    enum rot_kind kind;
};

struct originals {
    struct original *items;
    size_t count;
};

/* Where a block lies as it is, for a reader that checks nothing. */
struct spot {
    const struct original *file; /* NULL: it is compressed */
    size_t offset;
};

struct disk_file {
    struct reference ref;
    uint8_t *bytes;
    size_t size;
    struct spot *spots; /* of each block; of the first region's replica */
};

struct disk_files {
    struct disk_file *items;
    size_t count;
};

enum plant { PLANT_NONE, PLANT_BLIND, PLANT_UNCHECKED, PLANT_ALONE, PLANT_GUESS };

struct tally {
    unsigned long tried, found, harmless, bad;
};

struct bench {
    struct context context;
    enum plant plant;
    bool publishes;
    struct texts regions;
    struct originals files;
    struct disk_files disks;
    const char *source; /* absolute: the file of the first disk */
    char *shown;        /* of the sound store */
    uint64_t state;
    struct tally tally[KINDS];
    unsigned long bad;
    size_t notices; /* since the last look began */
};

/* What was done to the store. */
struct damage {
    const struct original *file;
    bool replica; /* only to files below one directory of regions/: another replica has it all */
    char text[PATH_SIZE];
};

static inline void die(const char *what, const char *why)
{
    fprintf(stderr, "rot: %s: %s\n", what, why);
    exit(2);
}

static inline uint64_t next(uint64_t *state)
{
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    return *state * UINT64_C(0x2545f4914f6cdd1d);
}

static inline int64_t fixed_time(void *user)
{
    (void)user;
    return 1767323045;
}

static inline void fixed_random(void *user, void *bytes, size_t length)
{
    (void)user;
    memset(bytes, 7, length);
}

static inline void count_notice(void *user, const char *text)
{
    struct bench *const bench = user;

    (void)text;
    bench->notices++;
}

/* --- the files of the store --- */

static inline bool ends(const char *text, const char *end)
{
    const size_t length = strlen(text), tail = strlen(end);

    return length >= tail && strcmp(text + length - tail, end) == 0;
}

static inline enum rot_kind rot_kind_of(const char *path)
{
    return ends(path, ".blob")               ? BLOB
           : ends(path, ".disk")             ? MAP
           : ends(path, "/replica.json")     ? OWNER
           : text_starts(path, "replicas/")  ? CLAIM
           : strcmp(path, "store.json") == 0 ? STORE_INFO
           : strstr(path, "/replication/")   ? RECEIPT
           : strstr(path, "/index.") != NULL ? INDEX
                                             : MANIFEST;
}

static inline uint8_t *read_file(const char *path, size_t *ret_size)
{
    FILE *const file = fopen(path, "rb");
    uint8_t *bytes;
    struct stat stat;

    if (!file || fstat(fileno(file), &stat))
        die(path, "cannot be read");
    bytes = mem_new((size_t)stat.st_size + 1, 1);
    if (fread(bytes, 1, (size_t)stat.st_size, file) != (size_t)stat.st_size)
        die(path, "cannot be read");
    fclose(file);
    *ret_size = (size_t)stat.st_size;
    return bytes;
}

static inline void write_file(const char *path, const void *bytes, size_t size)
{
    const int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0666);

    if (fd < 0 || pwrite(fd, bytes, size, 0) != (ssize_t)size || close(fd))
        die(path, "cannot be written");
}

/* nftw hands nothing on. */
static struct texts walked;

static inline int note_path(const char *path, const struct stat *stat, int flag, struct FTW *ftw)
{
    (void)ftw;
    if (flag == FTW_F && stat->st_size > 0)
        texts_add(&walked, path);
    return 0;
}

static inline void find_files(struct bench *bench)
{
    if (nftw(".", note_path, 32, FTW_PHYS))
        die(".", "cannot be walked");
    texts_sort(&walked);
    for (size_t i = 0; i < walked.count; i++) {
        const char *const path = walked.items[i] + 2; /* "./" */
        struct original *const file = VEC_ADD(&bench->files);

        file->path = text_copy(path);
        file->kind = rot_kind_of(path);
        file->bytes = read_file(path, &file->size);
    }
    texts_done(&walked);
}

static inline void restore(const struct original *file)
{
    write_file(file->path, file->bytes, file->size);
}

static inline const struct original *same_place(const struct bench *bench, const char *path)
{
    for (size_t i = 0; i < bench->files.count; i++)
        if (strcmp(bench->files.items[i].path, path) == 0)
            return &bench->files.items[i];
    return NULL;
}

static struct bench *cleaned;

static inline int remove_new(const char *path, const struct stat *stat, int flag, struct FTW *ftw)
{
    (void)ftw;
    if (flag == FTW_F && stat->st_size > 0 && !same_place(cleaned, path + 2))
        unlink(path);
    else if (flag == FTW_DP && (ends(path, "/9.0.0") || ends(path, "/9.0.0/replication")))
        rmdir(path);
    return 0;
}

/* After a publish. */
static inline void restore_all(struct bench *bench)
{
    cleaned = bench;
    if (nftw(".", remove_new, 32, FTW_PHYS | FTW_DEPTH))
        die(".", "cannot be walked");
    for (size_t i = 0; i < bench->files.count; i++)
        restore(&bench->files.items[i]);
}

/* --- the disks that were published --- */

static inline void find_spots(const struct bench *bench, struct disk_file *disk)
{
    const char *const region = bench->regions.items[0];

    disk->spots = mem_new(disk->size / BLOCK + 1, sizeof *disk->spots);
    for (size_t i = 0; i + BLOCK <= disk->size; i += BLOCK)
        for (size_t j = 0; j < bench->files.count; j++) {
            const struct original *const file = &bench->files.items[j];
            const uint8_t *at;

            if (file->kind != BLOB || !strstr(file->path, region))
                continue;
            at = memmem(file->bytes, file->size, disk->bytes + i, BLOCK);
            if (at)
                disk->spots[i / BLOCK] =
                    (struct spot){.file = file, .offset = (size_t)(at - file->bytes)};
        }
}

static inline void add_disk(struct bench *bench, char *argument)
{
    struct disk_file *const disk = VEC_ADD(&bench->disks);
    char *const equals = strchr(argument, '=');
    struct err err = {0};

    if (!equals)
        die(argument, "no '='");
    *equals = '\0';
    if (reference_parse(argument, &disk->ref, &err) < 0)
        die(argument, err.text);
    disk->bytes = read_file(equals + 1, &disk->size);
}

/* The plant: what lies there is taken as it is. */
static inline void read_unchecked(const struct disk_file *disk, uint8_t *bytes)
{
    for (size_t i = 0; i + BLOCK <= disk->size; i += BLOCK) {
        const struct spot *const spot = &disk->spots[i / BLOCK];
        const int fd = spot->file ? open(spot->file->path, O_RDONLY) : -1;

        if (fd >= 0 && pread(fd, bytes + i, BLOCK, (off_t)spot->offset) < 0)
            die(spot->file->path, "cannot be read");
        if (fd >= 0)
            close(fd);
    }
}

/* --- one look at the store --- */

struct seen {
    bool told;             /* the audit found something, or failed */
    bool failed;           /* a version could not be read from a region */
    bool wrong;            /* one was read as something else */
    bool refused;          /* something could not be shown */
    bool differs;          /* something was shown, and was not as it was */
    bool noticed;          /* there were notices */
    char why[E_TEXT_SIZE]; /* the first message */
};

static inline void keep_why(struct seen *seen, const char *text)
{
    if (!seen->why[0])
        snprintf(seen->why, sizeof seen->why, "%s", text);
}

static inline void look_audit(const struct bench *bench, struct store *store, struct seen *seen)
{
    const struct audit_request request = {0};
    struct audit audit = {0};
    struct err err = {0};

    if (bench->plant == PLANT_BLIND)
        return;
    if (gal_audit(store, &request, &audit, &err) < 0)
        seen->told = true;
    for (size_t i = 0; i < audit.findings.count; i++)
        seen->told |= audit.findings.items[i].level != AUDIT_NOTE;
    shape_done(&audit_shape, &audit);
}

static inline void look_disk(struct bench *bench, struct store *store, const struct disk_file *disk,
                             char *region, struct seen *seen)
{
    const struct disk_request request = {.ref = disk->ref, .region = region};
    const size_t before = bench->notices;
    struct gal_disk *open = NULL;
    struct err err = {0};
    uint8_t *const bytes = mem_new(disk->size + 1, 1);
    int rc = gal_disk_open(store, &request, &open, &err);

    if (rc == 0 && gal_disk_size(open) != disk->size) {
        seen->wrong = true;
        keep_why(seen, "another size");
    } else if (rc == 0) {
        rc = gal_disk_read(open, bytes, disk->size, 0, &err);
        if (rc == 0 && bench->plant == PLANT_UNCHECKED && region == bench->regions.items[0])
            read_unchecked(disk, bytes);
        if (rc == 0 && memcmp(bytes, disk->bytes, disk->size) != 0) {
            seen->wrong = true;
            keep_why(seen, "other bytes");
        }
    }
    seen->failed |= rc < 0 || (bench->plant == PLANT_ALONE && bench->notices > before);
    if (rc < 0)
        keep_why(seen, err.text);
    gal_disk_close(open);
    free(bytes);
}

static inline void print_one(struct buf *out, const struct shape *shape, const void *value)
{
    struct json *const json = shape_write(shape, value, SHAPE_VIEW);

    json_print(out, json, true);
    json_free(json);
}

static inline int show_versions(struct store *store, const struct reference *ref, struct buf *out,
                                struct err *err)
{
    struct version_show request = {.expand = PART_REPLICATION_STATUS};
    struct versions versions = {0};
    struct version version = {0};
    int rc;

    request.ref = *ref;
    rc = gal_version_list(store, &request, &versions, err);
    for (size_t i = 0; rc == 0 && i < versions.count; i++)
        print_one(out, &version_shape, &versions.items[i]);
    if (rc == 0 && versions.count > 0) {
        request.ref.version = versions.items[0].name;
        rc = gal_version_show(store, &request, &version, err);
        if (rc == 0)
            print_one(out, &version_shape, &version);
    }
    shape_done(&version_shape, &version);
    versions_done(&versions);
    return rc;
}

static inline int show_definitions(struct store *store, const struct reference *ref,
                                   struct buf *out, struct err *err)
{
    struct definitions definitions = {0};
    const struct list_request request = {.ref = *ref};
    struct reference below = *ref;
    int rc = gal_definition_list(store, &request, &definitions, err);

    for (size_t i = 0; rc == 0 && i < definitions.count; i++) {
        print_one(out, &definition_shape, &definitions.items[i]);
        below.definition = definitions.items[i].name;
        rc = show_versions(store, &below, out, err);
    }
    list_done(&definitions, &definition_shape);
    return rc;
}

/* All that can be shown; it ends with what cannot. */
static inline int show(struct store *store, struct buf *out, struct err *err)
{
    const struct list_request none = {0};
    struct galleries galleries = {0};
    struct reference below = {0};
    int rc = gal_gallery_list(store, &none, &galleries, err);

    for (size_t i = 0; rc == 0 && i < galleries.count; i++) {
        print_one(out, &gallery_shape, &galleries.items[i]);
        below.gallery = galleries.items[i].name;
        rc = show_definitions(store, &below, out, err);
    }
    list_done(&galleries, &gallery_shape);
    return rc;
}

static inline void look_shown(struct bench *bench, struct store *store, struct seen *seen)
{
    const size_t before = bench->notices;
    struct buf out = {0};
    struct err err = {0};
    bool same;
    int rc;

    rc = show(store, &out, &err);
    same = bench->shown && strcmp(bench->shown, buf_text(&out)) == 0;
    if (rc < 0) {
        seen->refused = true;
        seen->differs |= bench->plant == PLANT_GUESS && !same;
        keep_why(seen, err.text);
    } else if (bench->shown && !same) {
        /* "Unknown" is an answer too, and says that something is to be looked at. */
        seen->noticed |= strstr(buf_text(&out), "\"Unknown\"") != NULL;
        seen->differs |= bench->notices == before && !seen->noticed;
    } else if (!bench->shown) {
        bench->shown = text_copy(buf_text(&out));
    }
    buf_done(&out);
}

static inline void look(struct bench *bench, struct seen *seen)
{
    struct store *store = NULL;
    struct err err = {0};

    bench->notices = 0;
    if (gal_open(&bench->context, GAL_READ, &store, &err) < 0) {
        seen->told = bench->plant != PLANT_BLIND;
        seen->failed = seen->refused = true;
        keep_why(seen, err.text);
        return;
    }
    look_audit(bench, store, seen);
    for (size_t i = 0; i < bench->disks.count; i++)
        for (size_t j = 0; j < bench->regions.count; j++)
            look_disk(bench, store, &bench->disks.items[i], bench->regions.items[j], seen);
    look_shown(bench, store, seen);
    seen->noticed |= bench->notices > 0;
    gal_close(store);
}

/* Publish the first disk again; what comes of it is read back, or it was refused. */
static inline void look_published(struct bench *bench, const char *file, struct seen *seen)
{
    const struct disk_file *const disk = &bench->disks.items[0];
    struct version_request request = {.ref = disk->ref};
    struct disk_file published = *disk;
    struct store *store = NULL;
    struct version version = {0};
    struct err err = {0};
    char number[] = "9.0.0", source[PATH_SIZE];
    int rc;

    snprintf(source, sizeof source, "%s", file);
    request.ref.version = published.ref.version = number;
    request.os_disk = source;
    rc = gal_open(&bench->context, GAL_CHANGE, &store, &err);
    if (rc == 0)
        rc = gal_version_create(store, &request, &version, &err);
    if (rc == 0 || rc == E_PARTIAL)
        look_disk(bench, store, &published, NULL, seen);
    else
        keep_why(seen, err.text);
    shape_done(&version_shape, &version);
    gal_close(store);
}

#endif

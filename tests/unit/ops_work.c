/* recorded work: what was asked for comes back out of the record. */
#include "ops/work.h"

#include <stddef.h>
#include <string.h>

#include "store/store.h"
#include "tests/unit/scratch.h"

enum fate {
    RECORDED,  /* comes back */
    NAMED,     /* the record says it in its own words */
    OF_UPDATE, /* means nothing to a create */
    OF_CALL,   /* asks for nothing but how the command ends */
};

struct member {
    const char *name;
    size_t offset, size;
    enum fate fate;
};

#define MEMBER(name, fate)                                                                         \
    {                                                                                              \
#name, offsetof(struct version_request, name),                                             \
            sizeof(((struct version_request *)NULL)->name), fate                                   \
    }

/* As they lie in memory. */
static const struct member members[] = {
    MEMBER(ref, NAMED),
    MEMBER(values, RECORDED),
    MEMBER(regions, OF_UPDATE),
    MEMBER(edits, OF_UPDATE),
    MEMBER(os_disk, RECORDED),
    MEMBER(os_source, RECORDED),
    MEMBER(source, RECORDED),
    MEMBER(data_disks, RECORDED),
    MEMBER(members, RECORDED),
    MEMBER(expected, RECORDED),
    MEMBER(expand_replication_status, OF_CALL),
    MEMBER(source_format, RECORDED),
    MEMBER(if_changed, OF_CALL), /* refused with --no-wait */
    MEMBER(image_version, RECORDED),
    MEMBER(from_store, RECORDED),
    MEMBER(no_wait, OF_CALL),
};

enum { MEMBERS = sizeof members / sizeof *members };

START_TEST(every_member_of_a_request_is_decided_on)
{
    size_t end = 0;

    for (size_t i = 0; i < MEMBERS; i++) {
        ck_assert_msg(members[i].offset >= end && members[i].offset - end < sizeof(void *),
                      "what lies before '%s' has no row here", members[i].name);
        end = members[i].offset + members[i].size;
    }
    ck_assert_msg(sizeof(struct version_request) - end < sizeof(void *),
                  "what lies behind '%s' has no row here", members[MEMBERS - 1].name);
}
END_TEST

static int64_t some_time(void *user)
{
    (void)user;
    return 1;
}

/* Whether anything is set there. */
static bool has(const struct version_request *request, const struct member *member)
{
    static const char nothing[sizeof(struct version_request)];

    return memcmp((const char *)request + member->offset, nothing, member->size) != 0;
}

static char *file_in(const struct scratch *scratch, char path[300])
{
    const int fd = openat(scratch->fd, "one.raw", O_WRONLY | O_CREAT | O_CLOEXEC, 0600);

    ck_assert_int_ge(fd, 0);
    close(fd);
    snprintf(path, 300, "%s/one.raw", scratch->path);
    return path;
}

START_TEST(what_is_recorded_comes_back)
{
    const struct store store = {.outside.now = some_time};
    struct scratch scratch = scratch_new();
    char path[300], text[] = "text";
    struct data_disk disk = {.path = file_in(&scratch, path)};
    struct disk_member member = {.name = text};
    struct file_digest digest = {.hex = text};
    struct version_request request = {
        .ref = {.gallery = text, .definition = text, .version = (char[]){"1.0.0"}},
        .values = {.location = text},
        .os_disk = path,
        .os_source = {.uri = text},
        .source = {.id = text},
        .data_disks = {.items = &disk, .count = 1},
        .members = {.items = &member, .count = 1},
        .expected = {.items = &digest, .count = 1},
        .source_format = 1,
        .image_version = text,
        .from_store = scratch.path,
    };
    struct version_request back;
    struct work work = {0};
    struct err err = {0};

    ck_assert_msg(ops_work_of(&store, &request, &work, &err) == 0, "%s", err.text);
    back = ops_work_request(&work, &request.ref);
    for (size_t i = 0; i < MEMBERS; i++) {
        if (members[i].fate != RECORDED)
            continue;
        ck_assert_msg(has(&request, &members[i]), "'%s' is not tried here", members[i].name);
        ck_assert_msg(has(&back, &members[i]), "'%s' is lost", members[i].name);
    }
    ck_assert_str_eq(back.image_version, text);
    ck_assert_str_eq(back.os_disk, path);
    ck_assert_uint_eq(work.sources.count, 2);
    shape_done(&work_shape, &work);
    scratch_done(&scratch);
}
END_TEST

UNIT_MAIN("ops/work", every_member_of_a_request_is_decided_on, what_is_recorded_comes_back)

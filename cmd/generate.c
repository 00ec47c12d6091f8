/* 'sig generate': files that are made from the rows, for those who build the program. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/text.h"
#include "cmd/page.h"

static int write_file(const char *path, const struct buf *page, struct err *err)
{
    FILE *const file = fopen(path, "we");
    int rc = 0;

    if (!file)
        return err_os(err, errno, "cannot write '%s'", path);
    if (fwrite(page->bytes, 1, page->length, file) != page->length)
        rc = err_os(err, errno, "cannot write '%s'", path);
    if (fclose(file) && !rc)
        rc = err_os(err, errno, "cannot write '%s'", path);
    return rc;
}

static int write_page(const char *directory, const struct noun *noun, struct err *err)
{
    char *const path = noun ? text_printf("%s/sig-%s.1", directory, noun->name)
                            : text_printf("%s/sig.1", directory);
    struct buf page = {0};
    int rc;

    page_add(&page, noun);
    rc = write_file(path, &page, err);
    buf_done(&page);
    free(path);
    return rc;
}

static int write_manifest_page(const char *directory, struct err *err)
{
    char *const path = text_printf("%s/sig-manifest.5", directory);
    struct buf page = {0};
    int rc;

    page_add_manifest(&page);
    rc = write_file(path, &page, err);
    buf_done(&page);
    free(path);
    return rc;
}

struct generate_request {
    char *directory;
};

/* clang-format off */
static const struct row request_rows[] = {
    ROW(struct generate_request, directory, "directory", .rules = ROW_NEEDED, .metavar = "DIR",
        .about = "Where to put them"),
};
/* clang-format on */

static const struct shape request_shape =
    SHAPE(struct generate_request, "request", request_rows, NULL);

static int run_man(struct run *run, const void *request, void *result, struct err *err)
{
    const struct generate_request *const asked = request;
    int rc;

    (void)run;
    (void)result;
    rc = write_page(asked->directory, NULL, err);
    if (!rc)
        rc = write_manifest_page(asked->directory, err);
    for (size_t i = 0; !rc && nouns[i]; i++) {
        if (!nouns[i]->hidden && !nouns[i]->on_front)
            rc = write_page(asked->directory, nouns[i], err);
    }
    return rc;
}

/* clang-format off */
static const struct command commands[] = {
    {
        .noun = &generate_noun,
        .verb = "man",
        .brief = "write the manual pages",
        .about = "Writes the manual pages of the program, its nouns and the manifests into a directory.",
        .examples = (const char *const[]){"sig generate man man", NULL},
        .request = &request_shape,
        .operands = (const char *const[]){"directory", NULL},
        .run = run_man,
    },
};
/* clang-format on */

const struct noun generate_noun = {
    .name = "generate",
    .brief = "write files that are made from the command rows",
    .about = "For those who build the program.",
    .commands = commands,
    .count = sizeof commands / sizeof *commands,
    .hidden = true,
};

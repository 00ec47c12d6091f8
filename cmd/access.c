/* 'sig access'. */
#include "base/text.h"
#include "cmd/command.h"
#include "cmd/render.h"

static int run_show(struct run *run, const void *request, void *result, struct err *err)
{
    const struct reference_request *const named = request;

    return gal_access_show(run->store, &named->ref, result, err);
}

/* The entries, and below them whether roles bind. */
static void add_table(struct buf *out, const struct look *look, const void *result)
{
    const struct access *const access = result;
    const struct result entries = {
        .shape = shape_row(&access_shape, "access")->shape,
        .value = &access->entries,
        .listed = true,
    };

    render_table(out, look, &entries);
    buf_add_text(out, "\nrule: ");
    text_add_inert(out, access->rule);
    buf_add_char(out, '\n');
}

/* clang-format off */
static const struct command commands[] = {
    {
        .noun = &access_noun,
        .verb = "show",
        .brief = "print who can do what there, and through what",
        .about = "Prints who can do something with a gallery, an image definition or an image version, or with the store when "
                 "nothing is named: root and the owner of the store's directory, everybody who has a role there or around, "
                 "and whom the gallery is shared with. It says through what, whether that is inherited, and whether roles "
                 "bind at all: before one is assigned the file system alone decides.\n"
                 "It wants the right to read role assignments there. What the file system lets people do beside this "
                 "program 'sig audit --security' says.",
        .examples = (const char *const[]){
            "sig access show prod/ubuntu -o table",
            "sig access show prod --query 'access[?role==`shared`].principal' -o tsv",
            "sig access show",
            NULL},
        .request = &reference_request_shape,
        .least = REFERENCE_NONE,
        .most = REFERENCE_VERSION,
        .result = &access_shape,
        .traits = COMMAND_READS,
        .run = run_show,
        .table = add_table,
    },
};
/* clang-format on */

const struct noun access_noun = {
    .name = "access",
    .brief = "who can do what in the store, and through what",
    .about = "Roles, and shares, together give somebody what he can do; this says who that is.",
    .commands = commands,
    .count = sizeof commands / sizeof *commands,
    .on_front = true,
};

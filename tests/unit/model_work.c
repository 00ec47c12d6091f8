/* work: what a record may be about. */
#include "model/work.h"

#include "json/value.h"
#include "tests/unit/unit.h"

static int read_record(const char *name, struct err *err)
{
    struct work work = {0};
    struct json *const tree = json_new_object();
    int rc;

    json_set(tree, "imageVersion", json_new_string(name));
    json_set(tree, "kind", json_new_string("replicate"));
    json_set(tree, "acceptedDate", json_new_string("2026-01-02T03:04:05+00:00"));
    rc = shape_read(&work_shape, tree, SHAPE_MANIFEST, &work, err);
    if (!rc)
        rc = shape_check(&work_shape, &work, err);
    shape_done(&work_shape, &work);
    json_free(tree);
    return rc;
}

START_TEST(a_record_is_about_one_version)
{
    static const char *const refused[] = {
        "prod",
        "prod/ubuntu",
        "prod/ubuntu/latest",
        "prod/ubuntu/1.x",
        "prod/ubuntu/~>1",
        "prod/ubuntu/next",
        "prod/../1.0.0",
        "",
    };
    struct err err = {0};

    ck_assert_msg(read_record("prod/ubuntu/1.0.0", &err) == 0, "%s", err.text);
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
        ck_assert_msg(read_record(refused[i], &err) == E_INVALID, "%s", refused[i]);
}
END_TEST

UNIT_MAIN("model/work", a_record_is_about_one_version)

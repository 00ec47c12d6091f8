/* encryption: terms in, and which disks they encrypt. */
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "model/encryption.h"
#include "tests/unit/unit.h"

START_TEST(a_term_names_a_set_for_each_disk)
{
    struct encryption read = {0};
    struct err err = {0};

    ck_assert_msg(encryption_parse("/des/1,0,null,7,/des/2", &read, &err) == 0, "%s", err.text);
    ck_assert_str_eq(read.os_disk_image.disk_encryption_set_id, "/des/1");
    ck_assert_uint_eq(read.data_disk_images.count, 2);
    ck_assert_int_eq(read.data_disk_images.items[0].lun.value, 0);
    ck_assert_ptr_null(read.data_disk_images.items[0].disk_encryption_set_id);
    ck_assert_int_eq(read.data_disk_images.items[1].lun.value, 7);
    ck_assert_str_eq(read.data_disk_images.items[1].disk_encryption_set_id, "/des/2");
    ck_assert_int_eq(encryption_parse_confidential("encryptedwithcmk,x", &read, &err), 0);
    ck_assert_uint_eq(read.os_disk_image.security_profile.confidential_vm_encryption_type,
                      CONFIDENTIAL_CMK);
    ck_assert_int_eq(shape_check(&encryption_shape, &read, &err), 0);
    shape_done(&encryption_shape, &read);
    ck_assert_int_eq(encryption_parse("NULL", &read, &err), 0);
    ck_assert_ptr_null(read.os_disk_image.disk_encryption_set_id);
    shape_done(&encryption_shape, &read);
}
END_TEST

START_TEST(a_term_that_is_none_leaves_nothing)
{
    static const char *const terms[] = {"",       ",",       "a,",       "a,0",       "a,0,",
                                        "a,-1,b", "a,64,b",  "a,x,b",    "a,0,b,0,c", "a,,b",
                                        "a,0,b,", "a,0,b,1", "null,null"};
    static const char *const confidential[] = {
        "", "EncryptedWithPmk", "x,", "EncryptedWithCmk,", ",", "EncryptedWithPmk,a,b"};
    const struct encryption none = {0};
    struct encryption read = {0};

    for (size_t i = 0; i < sizeof terms / sizeof *terms; i++) {
        ck_assert_msg(encryption_parse(terms[i], &read, NULL) == E_INVALID, "%s", terms[i]);
        ck_assert_msg(memcmp(&read, &none, sizeof none) == 0, "%s", terms[i]);
    }
    for (size_t i = 0; i < sizeof confidential / sizeof *confidential; i++) {
        ck_assert_msg(encryption_parse_confidential(confidential[i], &read, NULL) == E_INVALID,
                      "%s", confidential[i]);
        shape_done(&encryption_shape, &read);
    }
}
END_TEST

/* "": the same ones. */
static void expect_unlike(const char *left, const char *right, const char *what)
{
    struct encryption one = {0}, other = {0};
    struct buf found = {0};

    ck_assert_int_eq(encryption_parse(left, &one, NULL), 0);
    ck_assert_int_eq(encryption_parse(right, &other, NULL), 0);
    ck_assert_int_eq(encryption_same_disks(&one, &other, &found), what[0] == '\0');
    ck_assert_str_eq(found.length ? buf_text(&found) : "", what);
    buf_done(&found);
    shape_done(&encryption_shape, &one);
    shape_done(&encryption_shape, &other);
}

START_TEST(which_disks_are_encrypted_is_compared_and_not_with_what)
{
    expect_unlike("a", "b", "");
    expect_unlike("a,0,b,1,c", "x,1,y,0,z", "");
    expect_unlike("a,0,null", "b", "");
    expect_unlike("null", "b", "the OS disk");
    expect_unlike("a,3,b", "b", "data disk 3");
    expect_unlike("a,1,b", "b,1,c,2,d", "data disk 2");
    expect_unlike("a,1,b", "b,1,null", "data disk 1");
}
END_TEST

UNIT_MAIN("model/encryption", a_term_names_a_set_for_each_disk, a_term_that_is_none_leaves_nothing,
          which_disks_are_encrypted_is_compared_and_not_with_what)

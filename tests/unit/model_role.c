/* role: what roles allow, whom they are given to, and where they hold. */
#include "model/role.h"

#include "base/text.h"
#include "model/scope.h"
#include "tests/unit/unit.h"

START_TEST(roles_allow_what_the_service_documents)
{
    /* By the documentation of its built-in roles; a column a role: Owner, Contributor, Reader, Publisher, Image reader, Sharing admin. */
    static const char *const allowed[ACTIONS] = {
        [ACTION_GALLERY_READ] = "++++--",      [ACTION_GALLERY_WRITE] = "++-+--",
        [ACTION_GALLERY_DELETE] = "++-+--",    [ACTION_DEFINITION_READ] = "+++++-",
        [ACTION_DEFINITION_WRITE] = "++-+--",  [ACTION_DEFINITION_DELETE] = "++-+--",
        [ACTION_VERSION_READ] = "+++++-",      [ACTION_VERSION_WRITE] = "++-+--",
        [ACTION_VERSION_DELETE] = "++-+--",    [ACTION_LOCK_READ] = "++++--",
        [ACTION_LOCK_WRITE] = "+-----",        [ACTION_LOCK_DELETE] = "+-----",
        [ACTION_ASSIGNMENT_READ] = "++++--",   [ACTION_ASSIGNMENT_WRITE] = "+-----",
        [ACTION_ASSIGNMENT_DELETE] = "+-----", [ACTION_REGION_WRITE] = "++----",
        [ACTION_REGION_DELETE] = "++----",     [ACTION_STORE_WRITE] = "++----",
        [ACTION_USAGE_READ] = "+++---",        [ACTION_ACTIVITY_READ] = "+++---",
        [ACTION_GALLERY_SHARE] = "+----+",
    };

    for (enum action action = ACTION_GALLERY_READ; action < ACTIONS; action++)
        for (enum role role = ROLE_OWNER; role < ROLES; role++)
            ck_assert_msg(role_allows(role, action) == (allowed[action][role - 1] == '+'), "%s, %s",
                          choice_word(&role_choices, role), action_name(action));
}
END_TEST

START_TEST(actions_have_the_names_and_depths_of_the_service)
{
    ck_assert_str_eq(action_name(action_read(REFERENCE_GALLERY)),
                     "Microsoft.Compute/galleries/read");
    ck_assert_str_eq(action_name(action_write(REFERENCE_DEFINITION)),
                     "Microsoft.Compute/galleries/images/write");
    ck_assert_str_eq(action_name(action_delete(REFERENCE_VERSION)),
                     "Microsoft.Compute/galleries/images/versions/delete");
    for (enum reference_depth depth = REFERENCE_GALLERY; depth <= REFERENCE_VERSION; depth++) {
        ck_assert_int_eq(action_depth(action_read(depth)), depth);
        ck_assert_int_eq(action_depth(action_write(depth)), depth);
        ck_assert_int_eq(action_depth(action_delete(depth)), depth);
    }
    ck_assert_int_eq(action_depth(ACTION_LOCK_READ), REFERENCE_NONE);
    ck_assert_int_eq(action_depth(ACTION_USAGE_READ), REFERENCE_NONE);
    ck_assert_int_eq(action_depth(ACTION_GALLERY_SHARE), REFERENCE_GALLERY);
}
END_TEST

static struct role_assignment assigned(unsigned type, const char *name, const char *scope)
{
    return (struct role_assignment){
        .principal_name = text_copy(name),
        .principal_type = type,
        .role = ROLE_READER,
        .scope = text_copy(scope),
    };
}

START_TEST(a_role_is_the_users_or_one_of_his_groups)
{
    char *groups[] = {(char[]){"staff"}, (char[]){"ops"}};
    const struct principal alice = {"alice", groups, 2};
    static const struct {
        enum principal_type type;
        const char *name;
        bool is_to;
    } cases[] = {
        {PRINCIPAL_USER, "alice", true},    {PRINCIPAL_USER, "Alice", false},
        {PRINCIPAL_USER, "ops", false},     {PRINCIPAL_USER, "alic", false},
        {PRINCIPAL_GROUP, "ops", true},     {PRINCIPAL_GROUP, "staff", true},
        {PRINCIPAL_GROUP, "alice", false},  {PRINCIPAL_GROUP, "OPS", false},
        {PRINCIPAL_SERVICE, "alice", true}, {PRINCIPAL_SERVICE, "ops", false},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct role_assignment one = assigned(cases[i].type, cases[i].name, "/");

        ck_assert_msg(role_assignment_is_to(&one, &alice) == cases[i].is_to, "%s", cases[i].name);
        shape_done(&role_assignment_shape, &one);
    }
}
END_TEST

START_TEST(a_role_holds_on_its_scope_and_inside)
{
    const struct principal alice = {.user = "alice"}, bob = {.user = "bob"};
    struct role_book book = {0};

    *VEC_ADD(&book.assignments) = assigned(PRINCIPAL_USER, "alice", "prod/ubuntu");
    *VEC_ADD(&book.assignments) = assigned(PRINCIPAL_USER, "bob", "/");
    ck_assert_ptr_null(role_book_allows(&book, &alice, ACTION_VERSION_READ, "/"));
    ck_assert_ptr_null(role_book_allows(&book, &alice, ACTION_GALLERY_READ, "prod"));
    ck_assert_ptr_null(role_book_allows(&book, &alice, ACTION_VERSION_READ, "prod/ubuntu2"));
    ck_assert_ptr_eq(role_book_allows(&book, &alice, ACTION_DEFINITION_READ, "prod/ubuntu"),
                     &book.assignments.items[0]);
    ck_assert_ptr_eq(role_book_allows(&book, &alice, ACTION_VERSION_READ, "prod/ubuntu/1.0.0"),
                     &book.assignments.items[0]);
    ck_assert_ptr_null(role_book_allows(&book, &alice, ACTION_VERSION_WRITE, "prod/ubuntu/1.0.0"));
    ck_assert_ptr_eq(role_book_allows(&book, &bob, ACTION_GALLERY_READ, "prod"),
                     &book.assignments.items[1]);
    shape_done(&role_book_shape, &book);
}
END_TEST

START_TEST(assignees_are_read)
{
    static const struct {
        const char *text;
        enum principal_type type;
        const char *name;
    } good[] = {
        {"alice", PRINCIPAL_USER, "alice"},
        {"user:alice", PRINCIPAL_USER, "alice"},
        {"Group:Ops", PRINCIPAL_GROUP, "Ops"},
        {"sp:ci-runner", PRINCIPAL_SERVICE, "ci-runner"},
        {"user:1000", PRINCIPAL_USER, "1000"},
        {"group:a.b_c$", PRINCIPAL_GROUP, "a.b_c$"},
        {"DOM\\alice", PRINCIPAL_USER, "DOM\\alice"},
    };
    static const char *const bad[] = {"",    "user:", "group:",      "robot:a", "a b",
                                      "a/b", "a,b",   "user:user:a", "a\n",     "\x7f"};
    struct err err = {0};

    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        unsigned type;
        char *name;

        ck_assert_int_eq(assignee_parse(good[i].text, &type, &name, &err), 0);
        ck_assert_uint_eq(type, good[i].type);
        ck_assert_str_eq(name, good[i].name);
        free(name);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        unsigned type;
        char *name;

        ck_assert_msg(assignee_parse(bad[i], &type, &name, &err) == E_INVALID, "%s", bad[i]);
    }
}
END_TEST

UNIT_MAIN("model/role", roles_allow_what_the_service_documents,
          actions_have_the_names_and_depths_of_the_service,
          a_role_is_the_users_or_one_of_his_groups, a_role_holds_on_its_scope_and_inside,
          assignees_are_read)

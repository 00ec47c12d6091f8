/* cmd flags: words into requests. */
#include "cmd/invocation.h"

#include <string.h>

#include "base/text.h"
#include "cmd/plan.h"
#include "tests/unit/unit.h"

/* Parse a line of words between blanks; "''" is an empty word. */
static int parse(const char *line, struct invocation *invocation, struct err *err)
{
    static char memory[1024];
    const char *words[64];
    size_t count = 0;

    ck_assert_uint_lt(strlen(line), sizeof memory);
    *invocation = (struct invocation){0};
    *err = (struct err){0};
    memcpy(memory, line, strlen(line) + 1);
    for (char *word = memory; *word; count++) {
        const size_t length = strcspn(word, " ");
        const bool last = word[length] == '\0';

        word[length] = '\0';
        words[count] = strcmp(word, "''") == 0 ? "" : word;
        word += length + !last;
    }
    return invocation_parse(invocation, words, count, err);
}

static void refuse(const char *line, int code, const char *text)
{
    struct invocation invocation;
    struct err err;

    ck_assert_msg(parse(line, &invocation, &err) == code, "%s: %d %s", line, err.code, err.text);
    ck_assert_str_eq(err.text, text);
    invocation_done(&invocation);
}

static void accept(const char *line, struct invocation *invocation)
{
    struct err err;

    ck_assert_msg(parse(line, invocation, &err) == 0, "%s: %s", line, err.text);
}

START_TEST(a_name_comes_as_a_word_as_flags_or_as_an_id)
{
    static const char *const lines[] = {
        "gallery show prod -g rg",
        "gallery show -g rg -r prod",
        "GALLERY Show -grg --gallery-name=prod",
        "gallery show -g=rg -rprod",
        "gallery show prod -r prod -g rg",
        "gallery show "
        "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/galleries/prod",
        "gallery show --ids "
        "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/galleries/prod",
        "gallery show -g rg -- prod",
    };

    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        struct invocation invocation;
        const struct reference_request *request;

        accept(lines[i], &invocation);
        request = invocation.request;
        ck_assert_str_eq(request->ref.gallery, "prod");
        ck_assert_str_eq(request->ref.resource_group, "rg");
        ck_assert_ptr_null(request->ref.definition);
        invocation_done(&invocation);
    }
}
END_TEST

START_TEST(a_definition_is_read_from_its_own_shape)
{
    struct invocation invocation;
    const struct definition_request *request;

    accept("image-definition create prod/ubuntu --os-type LINUX -p acme -f=ubuntu -s24.04 "
           "--minimum-memory 2 --disallowed-disk-types a b --tags k=v only -l westus2",
           &invocation);
    request = invocation.request;
    ck_assert_str_eq(request->ref.definition, "ubuntu");
    ck_assert_uint_eq(request->values.os_type, OS_LINUX);
    ck_assert_str_eq(request->values.identifier.publisher, "acme");
    ck_assert_str_eq(request->values.identifier.offer, "ubuntu");
    ck_assert_str_eq(request->values.identifier.sku, "24.04");
    ck_assert_int_eq(request->values.recommended.memory.min.value, 2);
    ck_assert_uint_eq(request->values.disallowed.disk_types.count, 2);
    ck_assert_uint_eq(request->values.tags.count, 2);
    ck_assert_str_eq(request->values.tags.items[1].value, "");
    ck_assert_str_eq(request->values.location, "westus2");
    invocation_done(&invocation);
}
END_TEST

START_TEST(lists_gather_and_single_values_are_replaced)
{
    struct invocation invocation;
    const struct version_request *request;

    accept("image-version create a/b/1.0.0 --os-disk x --os-disk y --data-disk 0=p 3=q "
           "--replica-count 1 --data-disk=63=r=s --replica-count 2 --target-regions westus2=2 "
           "--target-regions northeurope --source-format VHD",
           &invocation);
    request = invocation.request;
    ck_assert_str_eq(request->os_disk, "y");
    ck_assert_uint_eq(request->data_disks.count, 3);
    ck_assert_int_eq(request->data_disks.items[1].lun.value, 3);
    ck_assert_str_eq(request->data_disks.items[1].path, "q");
    ck_assert_int_eq(request->data_disks.items[2].lun.value, 63);
    ck_assert_str_eq(request->data_disks.items[2].path, "r=s");
    ck_assert_int_eq(request->values.publishing_profile.replica_count.value, 2);
    ck_assert_uint_eq(request->values.publishing_profile.target_regions.count, 2);
    ck_assert_uint_eq(request->source_format, SOURCE_FORMAT_VHD);
    invocation_done(&invocation);
}
END_TEST

START_TEST(data_disks_have_numbers_from_0_to_63_once)
{
    refuse("image-version create a/b/1.0.0 --data-disk x", E_USAGE,
           "'--data-disk': 'x' is not of the form LUN=FILE");
    refuse("image-version create a/b/1.0.0 --data-disk 1=", E_USAGE,
           "'--data-disk': '1=' is not of the form LUN=FILE");
    refuse("image-version create a/b/1.0.0 --data-disk 64=x", E_INVALID,
           "'--data-disk': '64=x': the LUN is not a number from 0 to 63");
    refuse("image-version create a/b/1.0.0 --data-disk=-1=x", E_INVALID,
           "'--data-disk': '-1=x': the LUN is not a number from 0 to 63");
    refuse("image-version create a/b/1.0.0 --data-disk 1=x 1=y", E_INVALID,
           "'--data-disk': LUN 1 is given twice");
}
END_TEST

START_TEST(members_and_digests_are_of_a_disk)
{
    static const char digest[] = "0123456789abcdef0123456789abcdef0123456789ABCDEF0123456789ABCDEF";
    struct invocation invocation;
    const struct version_request *request;
    char line[400];

    snprintf(
        line, sizeof line,
        "image-version create a/b/1.0.0 --member ./x=y.raw 3=z --expect sha256:%s 63=sha512:%s%s",
        digest, digest, digest);
    accept(line, &invocation);
    request = invocation.request;
    ck_assert_uint_eq(request->members.count, 2);
    ck_assert(!request->members.items[0].lun.set);
    ck_assert_str_eq(request->members.items[0].name, "./x=y.raw");
    ck_assert_int_eq(request->members.items[1].lun.value, 3);
    ck_assert_str_eq(request->members.items[1].name, "z");
    ck_assert_uint_eq(request->expected.count, 2);
    ck_assert_uint_eq(request->expected.items[0].algorithm, FILE_DIGEST_SHA256);
    ck_assert_str_eq(request->expected.items[0].hex,
                     "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef");
    ck_assert_int_eq(request->expected.items[1].lun.value, 63);
    ck_assert_uint_eq(request->expected.items[1].algorithm, FILE_DIGEST_SHA512);
    invocation_done(&invocation);
    refuse("image-version create a/b/1.0.0 --member x y", E_INVALID,
           "'--member': the OS disk is given twice");
    refuse("image-version create a/b/1.0.0 --member 1=x 1=y", E_INVALID,
           "'--member': LUN 1 is given twice");
    refuse("image-version create a/b/1.0.0 --member 64=x", E_INVALID,
           "'--member': '64=x': the LUN is not a number from 0 to 63");
    refuse("image-version create a/b/1.0.0 --member 0=", E_USAGE,
           "'--member': '0=' names no member");
    refuse("image-version create a/b/1.0.0 --expect sha256:12", E_USAGE,
           "'--expect': 'sha256:12' has not the 64 hexadecimal digits of a sha256");
    refuse("image-version create a/b/1.0.0 --expect 2=md5:12", E_USAGE,
           "'--expect': '2=md5:12' is not of the form sha256:HEX or sha512:HEX");
}
END_TEST

START_TEST(uris_are_files_of_this_machine)
{
    struct invocation invocation;

    accept("image-version create a/b/1.0.0 --os-vhd-uri file:///a%20b --data-vhds-uris c "
           "--data-vhds-luns 5",
           &invocation);
    invocation_done(&invocation);
    refuse("image-version create a/b/1.0.0 --os-vhd-uri https://x/y", E_INVALID,
           "'--os-vhd-uri': 'https://x/y' is not on this machine: scheme 'https' is not read");
    refuse("image-version create a/b/1.0.0 --data-vhds-uris x file://host/y", E_INVALID,
           "'--data-vhds-uris': 'file://host/y' is a file of another host");
    refuse("image-version create a/b/1.0.0 --data-vhds-luns 64", E_INVALID,
           "'--data-vhds-luns': '64': the LUN is not a number from 0 to 63");
}
END_TEST

START_TEST(yes_or_no_takes_a_word_only_if_it_is_one)
{
    static const struct {
        const char *line;
        bool value;
    } cases[] = {
        {"image-version update a/b/1.0.0 --exclude-from-latest", true},
        {"image-version update --exclude-from-latest a/b/1.0.0", true},
        {"image-version update --exclude-from-latest N a/b/1.0.0", false},
        {"image-version update a/b/1.0.0 --exclude-from-latest --exclude-from-latest false", false},
        {"image-version update a/b/1.0.0 --exclude-from-latest false --exclude-from-latest", true},
        {"image-version update a/b/1.0.0 --exclude-from-latest=0", false},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct invocation invocation;
        const struct version_request *request;

        accept(cases[i].line, &invocation);
        request = invocation.request;
        ck_assert(request->values.publishing_profile.exclude_from_latest.set);
        ck_assert_msg(request->values.publishing_profile.exclude_from_latest.value ==
                          cases[i].value,
                      "%s", cases[i].line);
        invocation_done(&invocation);
    }
}
END_TEST

START_TEST(tags_without_a_word_are_cleared)
{
    static const char *const lines[] = {"gallery update prod --tags",
                                        "gallery update prod --tags -l=westus2"};
    struct invocation invocation;
    const struct gallery_request *request;

    accept(lines[0], &invocation);
    request = invocation.request;
    ck_assert(request->values.tags.set);
    ck_assert_uint_eq(request->values.tags.count, 0);
    invocation_done(&invocation);
    accept(lines[1], &invocation); /* whether that is what it has is not for flags to say */
    request = invocation.request;
    ck_assert(request->values.tags.set);
    ck_assert_str_eq(request->values.location, "westus2");
    invocation_done(&invocation);
}
END_TEST

START_TEST(unknown_words_are_usage_errors_with_a_suggestion)
{
    struct invocation invocation;
    struct err err;

    ck_assert_int_eq(parse("image-definition create a/b --os-tpye linux", &invocation, &err),
                     E_USAGE);
    ck_assert_str_eq(err.text, "flag '--os-tpye' is unknown");
    ck_assert_str_eq(err.hint, "did you mean '--os-type'?");
    invocation_done(&invocation);
    refuse("gallery show prod -q", E_USAGE, "flag '-q' is unknown");
    refuse("gallery show prod --desc=x", E_USAGE, "flag '--desc' is unknown");
    refuse("gallery show prod -i x", E_USAGE, "flag '-i' is unknown");
    refuse("gallery show prod extra", E_USAGE, "word 'extra' is one too many");
    refuse("gallery list prod", E_USAGE, "word 'prod' is one too many");
    refuse("region list --ids x", E_USAGE, "flag '--ids' is unknown");
    refuse("galery show", E_USAGE, "command 'galery' is unknown");
    refuse("gallery", E_USAGE, "'sig gallery' needs a verb");
    refuse("gallery -o json", E_USAGE, "'sig gallery' needs a verb");
    refuse("gallery --bogus", E_USAGE, "flag '--bogus' is unknown");
}
END_TEST

START_TEST(values_are_checked_where_they_are_read)
{
    refuse("gallery list -o xml", E_USAGE, "'--output': 'xml' is not a known output format");
    refuse("gallery list --lock-wait soon", E_USAGE, "'--lock-wait': 'soon' is not a whole number");
    refuse("gallery list --lock-wait=1000001", E_INVALID,
           "'--lock-wait': 1000001 is above 1000000");
    refuse("gallery list --lock-wait -1", E_INVALID, "'--lock-wait': -1 is below 0");
    refuse("gallery list --store", E_USAGE, "flag '--store' needs a value");
    refuse("gallery list --store -o json", E_USAGE, "flag '--store' needs a value");
    refuse("gallery show --ids /prod", E_INVALID,
           "'--ids': '/prod' names no gallery, image definition or image version");
}
END_TEST

START_TEST(a_reference_goes_as_deep_as_the_command_wants)
{
    refuse("gallery show", E_USAGE, "a gallery must be named");
    refuse("gallery show -g rg", E_USAGE, "a gallery must be named");
    refuse("image-version list prod", E_USAGE, "an image definition must be named");
    refuse("image-definition show prod/ubuntu/1.0.0", E_USAGE,
           "an image version was named where an image definition was expected");
}
END_TEST

START_TEST(export_tells_its_file_from_its_reference)
{
    static const char *const lines[] = {
        "image-version export prod/ubuntu/latest -",
        "image-version export -r prod -i ubuntu -e latest -",
        "image-version export - -r prod -i ubuntu -e latest",
        "image-version export --region westus2 -r prod prod/ubuntu/latest - --force",
    };

    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        struct invocation invocation;
        const struct row *row;
        const struct reference *ref;

        accept(lines[i], &invocation);
        ref = row_value(command_reference(invocation.command), invocation.request);
        ck_assert_str_eq(ref->gallery, "prod");
        ck_assert_str_eq(ref->version, "latest");
        row = command_operand(invocation.command, 0);
        ck_assert_str_eq(*(char *const *)row_value(row, invocation.request), "-");
        invocation_done(&invocation);
    }
}
END_TEST

/* Whether one must be there is the library's rule: a directory for all disks will do too. */
START_TEST(export_may_go_without_a_file)
{
    static const char *const lines[] = {
        "image-version export prod/ubuntu/latest --all-disks out",
        "image-version export -r prod -i ubuntu -e latest --format qcow2 --compress",
    };

    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        struct invocation invocation;
        const struct row *row;

        accept(lines[i], &invocation);
        row = command_operand(invocation.command, 0);
        ck_assert_ptr_null(*(char *const *)row_value(row, invocation.request));
        invocation_done(&invocation);
    }
}
END_TEST

START_TEST(replicate_takes_any_depth_and_any_spelling)
{
    struct invocation invocation;
    const struct replicate_request *request;

    accept("replicate", &invocation);
    request = invocation.request;
    ck_assert_ptr_null(request->ref.gallery);
    invocation_done(&invocation);
    accept("replicate prod/ubuntu --region WestUS2 --regions northeurope", &invocation);
    request = invocation.request;
    ck_assert_str_eq(request->ref.definition, "ubuntu");
    ck_assert_uint_eq(request->regions.count, 2);
    ck_assert_str_eq(request->regions.items[0], "westus2");
    invocation_done(&invocation);
}
END_TEST

START_TEST(global_flags_stand_anywhere)
{
    struct invocation invocation;

    accept("--store /s -oTSV gallery list --lock-wait 1000000 --progress none", &invocation);
    ck_assert_str_eq(invocation.globals.store, "/s");
    ck_assert_uint_eq(invocation.globals.output, OUTPUT_TSV);
    ck_assert_int_eq(invocation.globals.lock_wait.value, 1000000);
    ck_assert_uint_eq(invocation.globals.progress, PROGRESS_NONE);
    invocation_done(&invocation);
    accept("--store /s gallery list --out table --store /t", &invocation);
    ck_assert_str_eq(invocation.globals.store, "/t");
    ck_assert_uint_eq(invocation.globals.output, OUTPUT_TABLE);
    invocation_done(&invocation);
}
END_TEST

START_TEST(help_wins_over_what_is_wrong)
{
    static const char *const lines[] = {
        "--help --bogus",
        "gallery --help",
        "gallery create --help",
        "gallery create -o bogus -h --bogus",
        "image-version export --force --help true",
    };

    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        struct invocation invocation;

        accept(lines[i], &invocation);
        ck_assert_msg(invocation.globals.help.value, "%s", lines[i]);
        invocation_done(&invocation);
    }
}
END_TEST

START_TEST(nothing_is_a_question_for_help)
{
    struct invocation invocation = {0};
    struct err err = {0};

    ck_assert_int_eq(invocation_parse(&invocation, NULL, 0, &err), 0);
    ck_assert_ptr_null(invocation.noun);
    ck_assert_ptr_null(invocation.command);
    invocation_done(&invocation);
}
END_TEST

START_TEST(edits_keep_their_order_across_flags)
{
    static const struct {
        enum edit_verb verb;
        const char *first;
        size_t count;
    } expected[] = {
        {VERB_SET, "tags.a=1", 2}, {VERB_REMOVE, "tags.b", 1}, {VERB_ADD, "tags", 3},
        {VERB_SET, "tags.c=3", 1}, {VERB_REMOVE, "list", 2},
    };
    struct invocation invocation;
    const struct gallery_request *request;

    accept("gallery update prod --set tags.a=1 tags.b=2 --remove tags.b --description x --add tags "
           "k=v l=w --force-string --set=tags.c=3 --remove list 0",
           &invocation);
    request = invocation.request;
    ck_assert(request->edits.force_string.value);
    ck_assert_uint_eq(request->edits.list.count, sizeof expected / sizeof *expected);
    for (size_t i = 0; i < request->edits.list.count; i++) {
        const struct edit *const edit = &request->edits.list.items[i];

        ck_assert_uint_eq(edit->verb, expected[i].verb);
        ck_assert_str_eq(edit->words.items[0], expected[i].first);
        ck_assert_uint_eq(edit->words.count, expected[i].count);
    }
    invocation_done(&invocation);
    refuse("gallery update prod --set a", E_USAGE, "'--set': 'a' has no '='");
    refuse("gallery update prod --add tags --set a=1", E_USAGE,
           "'--add': 'tags' is to get nothing");
    refuse("gallery create prod --set a=1", E_USAGE, "flag '--set' is unknown");
}
END_TEST

START_TEST(several_ids_are_several_references)
{
#define ID "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/galleries/"
    struct invocation invocation;
    const struct delete_request *request;

    accept("gallery delete -r other --ids " ID "a " ID "b", &invocation);
    request = invocation.request;
    ck_assert_uint_eq(invocation.refs.count, 2);
    ck_assert_str_eq(request->ref.gallery, "a");
    ck_assert_str_eq(invocation.refs.items[1].gallery, "b");
    ck_assert(invocation.names_ignored);
    invocation_done(&invocation);
    refuse("gallery list --ids " ID "a", E_USAGE, "flag '--ids' is unknown");
    refuse("gallery create --ids " ID "a " ID "b", E_USAGE, "'--ids': one id is taken here, not 2");
    refuse("gallery delete --ids " ID "a " ID "b x", E_USAGE, "word 'x' is one too many");
    refuse("gallery delete --ids " ID "a " ID "b/images/c", E_USAGE,
           "'--ids': an image definition was named where a gallery was expected");
#undef ID
}
END_TEST

UNIT_MAIN("cmd/flag", a_name_comes_as_a_word_as_flags_or_as_an_id,
          a_definition_is_read_from_its_own_shape, lists_gather_and_single_values_are_replaced,
          data_disks_have_numbers_from_0_to_63_once, members_and_digests_are_of_a_disk,
          uris_are_files_of_this_machine, yes_or_no_takes_a_word_only_if_it_is_one,
          tags_without_a_word_are_cleared, unknown_words_are_usage_errors_with_a_suggestion,
          values_are_checked_where_they_are_read, a_reference_goes_as_deep_as_the_command_wants,
          export_tells_its_file_from_its_reference, export_may_go_without_a_file,
          replicate_takes_any_depth_and_any_spelling, global_flags_stand_anywhere,
          help_wins_over_what_is_wrong, nothing_is_a_question_for_help,
          edits_keep_their_order_across_flags, several_ids_are_several_references)

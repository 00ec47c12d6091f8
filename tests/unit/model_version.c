/* version: target regions from words, what is filled in, the rules over regions, updates, latest,
 * order. */
#include "model/version.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "model/region.h"
#include "tests/unit/unit.h"

static const struct row *row_of(const struct shape *shape, const char *key)
{
    for (size_t i = 0; i < shape->count; i++)
        if (text_equal(shape->rows[i].key, key))
            return &shape->rows[i];
    ck_abort_msg("no row '%s'", key);
    return NULL;
}

static const struct row *target_regions_row(void)
{
    return row_of(row_of(&version_shape, "publishingProfile")->shape, "targetRegions");
}

/* Read blank-separated words ('~' stands for a blank inside one). */
static int parse(const char *text, struct version *version, struct err *err)
{
    const struct row *const row = target_regions_row();
    struct texts words = {0};
    char *const copy = text_copy(text);
    int code;

    for (char *at = copy, *end; at; at = end ? end + 1 : NULL) {
        end = strchr(at, ' ');
        if (end)
            *end = '\0';
        texts_add(&words, at);
        for (char *mark = words.items[words.count - 1]; *mark; mark++)
            if (*mark == '~')
                *mark = ' ';
    }
    code = shape_parse_words(row, (const char *const *)words.items, words.count,
                             &version->publishing_profile.target_regions, err);
    texts_done(&words);
    free(copy);
    return code;
}

static const struct target_region *target(const struct version *version, size_t index)
{
    ck_assert_uint_lt(index, version->publishing_profile.target_regions.count);
    return &version->publishing_profile.target_regions.items[index];
}

START_TEST(target_regions_take_a_count_a_type_or_both)
{
    struct version version = {0};
    struct err err = {0};

    ck_assert_int_eq(parse("eastus2 West~US~2=2 northeurope=STANDARD_lrs uksouth=100=premium_LRS",
                           &version, &err),
                     0);
    ck_assert_uint_eq(version.publishing_profile.target_regions.count, 4);
    ck_assert_str_eq(target(&version, 0)->name, "eastus2");
    ck_assert(!target(&version, 0)->regional_replica_count.set);
    ck_assert_uint_eq(target(&version, 0)->storage_account_type, 0);
    ck_assert_str_eq(target(&version, 1)->name, "westus2");
    ck_assert_int_eq(target(&version, 1)->regional_replica_count.value, 2);
    ck_assert_uint_eq(target(&version, 2)->storage_account_type, STORAGE_STANDARD_LRS);
    ck_assert_int_eq(target(&version, 3)->regional_replica_count.value, 100);
    ck_assert_uint_eq(target(&version, 3)->storage_account_type, STORAGE_PREMIUM_LRS);
    ck_assert_int_eq(parse("local", &version, &err), 0);
    ck_assert_uint_eq(version.publishing_profile.target_regions.count, 1);
    shape_done(&version_shape, &version);
}
END_TEST

static void assert_refused(const char *words, const char *text, const char *hint)
{
    struct version version = {0};
    struct err err = {0};

    ck_assert_int_eq(parse("local=3", &version, &err), 0);
    ck_assert_int_eq(parse(words, &version, &err), E_INVALID);
    ck_assert_str_eq(err.text, text);
    ck_assert_str_eq(err.hint, hint);
    ck_assert_int_eq(parse(words, &version, NULL), E_INVALID);
    ck_assert_uint_eq(version.publishing_profile.target_regions.count, 1);
    ck_assert_str_eq(target(&version, 0)->name, "local");
    shape_done(&version_shape, &version);
}

START_TEST(errors_name_the_word_and_the_part)
{
    assert_refused("eastus westus2=0", "'westus2=0': 0 is below 1", "");
    assert_refused("westus2=-1", "'westus2=-1': -1 is below 1", "");
    assert_refused("westus2=101", "'westus2=101': 101 is above 100", "");
    assert_refused("west,europe=1", "'west,europe=1': region 'west,europe' is unknown",
                   "regions are words of their own, with blanks between");
    assert_refused("westus=", "'westus=': nothing stands behind '='", "");
    assert_refused("westus=1=", "'westus=1=': nothing stands behind '='", "");
    assert_refused("=1", "'=1': no region is named", "");
    assert_refused("westus=x=standard_lrs", "'westus=x=standard_lrs': 'x' is not a whole number",
                   "");
    assert_refused("westus=standard_lrs=1",
                   "'westus=standard_lrs=1': 'standard_lrs' is not a whole number", "");
    assert_refused(
        "westus=standard_lr",
        "'westus=standard_lr': 'standard_lr' is neither a count nor a storage account type",
        "did you mean 'Standard_LRS'?");
    assert_refused("westus=2=fast", "'westus=2=fast': 'fast' is not a known storage account type",
                   "");
    assert_refused("westus=1.5",
                   "'westus=1.5': '1.5' is neither a count nor a storage account type", "");
    assert_refused("westus=1=standard_lrs=x", "'westus=1=standard_lrs=x': more than three parts",
                   "write REGION=COUNT=TYPE");
    assert_refused("eastus West~US westus=2", "'westus=2': region 'westus' is given twice", "");
    assert_refused("eastus ", "'': no region is named", "");
}
END_TEST

/* A version in eastus, with defaults; `regions` NULL: none given. */
static struct version version_in(const char *regions)
{
    struct version version = {0};

    if (regions)
        ck_assert_int_eq(parse(regions, &version, NULL), 0);
    version_defaults(NULL, &version, "eastus");
    return version;
}

START_TEST(what_was_not_given_is_filled_in)
{
    struct version version = version_in(NULL);
    const struct publishing_profile *const profile = &version.publishing_profile;

    ck_assert_str_eq(version.location, "eastus");
    ck_assert_uint_eq(profile->target_regions.count, 1);
    ck_assert_str_eq(target(&version, 0)->name, "eastus");
    ck_assert_int_eq(target(&version, 0)->regional_replica_count.value, 1);
    ck_assert_uint_eq(target(&version, 0)->storage_account_type, STORAGE_STANDARD_LRS);
    ck_assert(!target(&version, 0)->exclude_from_latest.set);
    ck_assert(profile->replica_count.set && profile->replica_count.value == 1);
    ck_assert_uint_eq(profile->storage_account_type, STORAGE_STANDARD_LRS);
    ck_assert_uint_eq(profile->replication_mode, REPLICATION_FULL);
    ck_assert(profile->exclude_from_latest.set && !profile->exclude_from_latest.value);
    ck_assert_int_eq(shape_check(&version_shape, &version, NULL), 0);
    ck_assert_int_eq(version_check_regions(NULL, &version, NULL), 0);
    shape_done(&version_shape, &version);
}
END_TEST

START_TEST(what_was_given_stays_and_the_profile_fills_the_rest)
{
    struct version version = {
        .location = text_copy("West US 2"),
        .publishing_profile = {.replica_count = {true, 3},
                               .storage_account_type = STORAGE_PREMIUM_LRS,
                               .replication_mode = REPLICATION_SHALLOW,
                               .exclude_from_latest = {true, true}},
        .safety_profile = {{true, true}},
    };

    ck_assert_int_eq(parse("westus2 eastus=5=standard_zrs", &version, NULL), 0);
    text_replace(&version.publishing_profile.target_regions.items[1].name, "East US");
    version_defaults(NULL, &version, "uksouth");
    ck_assert_str_eq(version.location, "westus2");
    ck_assert_int_eq(target(&version, 0)->regional_replica_count.value, 3);
    ck_assert_uint_eq(target(&version, 0)->storage_account_type, STORAGE_PREMIUM_LRS);
    ck_assert_str_eq(target(&version, 1)->name, "eastus");
    ck_assert_int_eq(target(&version, 1)->regional_replica_count.value, 5);
    ck_assert_uint_eq(target(&version, 1)->storage_account_type, STORAGE_STANDARD_ZRS);
    ck_assert_uint_eq(version.publishing_profile.replication_mode, REPLICATION_SHALLOW);
    ck_assert(version.publishing_profile.exclude_from_latest.value);
    ck_assert(version.safety_profile.allow_deletion_of_replicated_locations.value);
    shape_done(&version_shape, &version);
}
END_TEST

START_TEST(a_strategy_chooses_the_type_that_is_not_given)
{
    struct version version = {.location = text_copy("westus2")};

    ck_assert_int_eq(parse("westus2 westus eastus=standard_lrs", &version, NULL), 0);
    version.publishing_profile.storage_account_strategy = STRATEGY_PREFER_ZRS;
    version_defaults(NULL, &version, NULL);
    ck_assert_uint_eq(version.publishing_profile.storage_account_type, 0);
    ck_assert_uint_eq(target(&version, 0)->storage_account_type, STORAGE_STANDARD_ZRS);
    ck_assert_uint_eq(target(&version, 1)->storage_account_type, STORAGE_STANDARD_LRS);
    ck_assert_uint_eq(target(&version, 2)->storage_account_type, STORAGE_STANDARD_LRS);
    ck_assert_int_eq(version_check_regions(NULL, &version, NULL), 0);
    shape_done(&version_shape, &version);
}
END_TEST

static void assert_regions(const char *regions, int expected, const char *text)
{
    struct version version = version_in(regions);
    struct err err = {0};

    ck_assert_int_eq(version_check_regions(NULL, &version, &err), expected);
    ck_assert_str_eq(err.text, text);
    ck_assert_int_eq(version_check_regions(NULL, &version, NULL), expected);
    shape_done(&version_shape, &version);
}

START_TEST(regions_follow_the_rules)
{
    assert_regions("eastus", 0, "");
    assert_regions("westus eastus=2", 0, "");
    assert_regions("westus", E_INVALID,
                   "publishingProfile.targetRegions: the home region 'eastus' is not among them");
    assert_regions("eastus=100", 0, "");
    assert_regions("eastus=50 westus=50", 0, "");
    assert_regions("eastus=50 westus=51", E_INVALID,
                   "publishingProfile.targetRegions: 101 replicas in all are more than 100");
    assert_regions("eastus local", 0, "");
    assert_regions("eastus chinanorth3", E_INVALID,
                   "publishingProfile.targetRegions[1].name: region 'chinanorth3' is in "
                   "AzureChinaCloud, the home region 'eastus' in AzureCloud");
    assert_regions("eastus=standard_zrs westus=standard_zrs", E_INVALID,
                   "publishingProfile.targetRegions[1].storageAccountType: region 'westus' has no "
                   "zones, and Standard_ZRS keeps a copy in each");
    assert_regions("eastus=99=standard_zrs westus", 0, ""); /* zones do not count */
    assert_regions("eastus westus=2=premiumv2_lrs", E_UNSUPPORTED,
                   "publishingProfile.targetRegions[1].storageAccountType: this release keeps no "
                   "copies of storage account type 'PremiumV2_LRS'");
}
END_TEST

START_TEST(regions_from_json_are_checked_as_well)
{
    struct version version = version_in("eastus westus");
    struct target_region *const second = &version.publishing_profile.target_regions.items[1];
    struct err err = {0};

    second->regional_replica_count.value = 0;
    ck_assert_int_eq(version_check_regions(NULL, &version, &err), E_INVALID);
    ck_assert_str_eq(err.text,
                     "publishingProfile.targetRegions[1].regionalReplicaCount: 0 is below 1");
    second->regional_replica_count.value = 101;
    ck_assert_int_eq(version_check_regions(NULL, &version, &err), E_INVALID);
    second->regional_replica_count.value = 1;
    text_replace(&second->name, "eastus");
    ck_assert_int_eq(version_check_regions(NULL, &version, &err), E_INVALID);
    ck_assert_str_eq(err.text,
                     "publishingProfile.targetRegions[1].name: region 'eastus' is given twice");
    text_replace(&second->name, "East US");
    ck_assert_int_eq(version_check_regions(NULL, &version, &err), E_INVALID);
    text_replace(&second->name, "westeurop");
    ck_assert_int_eq(version_check_regions(NULL, &version, &err), E_INVALID);
    ck_assert_str_eq(err.hint, "did you mean 'westeurope'?");
    text_replace(&second->name, NULL);
    ck_assert_int_eq(version_check_regions(NULL, &version, &err), E_INVALID);
    text_replace(&second->name, "westus");
    ck_assert_int_eq(version_check_regions(NULL, &version, &err), 0);
    version.publishing_profile.replication_mode = REPLICATION_SHALLOW;
    ck_assert_int_eq(version_check_regions(NULL, &version, &err), E_INVALID);
    version.publishing_profile.storage_account_strategy = STRATEGY_PREFER_ZRS;
    version.publishing_profile.replication_mode = REPLICATION_FULL;
    ck_assert_int_eq(version_check_regions(NULL, &version, &err), E_INVALID);
    version.publishing_profile.storage_account_strategy = STRATEGY_DEFAULT_LRS;
    ck_assert_int_eq(version_check_regions(NULL, &version, &err), 0);
    version.publishing_profile.storage_account_type = STORAGE_PREMIUM_V2_LRS;
    ck_assert_int_eq(version_check_regions(NULL, &version, &err), E_UNSUPPORTED);
    text_replace(&version.location, "mars");
    ck_assert_int_eq(version_check_regions(NULL, &version, &err), E_INVALID);
    ck_assert_str_eq(err.text, "location: region 'mars' is unknown");
    text_replace(&version.location, NULL);
    ck_assert_int_eq(version_check_regions(NULL, &version, &err), E_INVALID);
    shape_done(&version_shape, &version);
}
END_TEST

START_TEST(an_update_keeps_types_and_takes_regions_away_only_when_allowed)
{
    struct version old = version_in("eastus westus"), more = version_in("uksouth eastus westus=9");
    struct version less = version_in("eastus"), typed = version_in("eastus westus=premium_lrs");
    struct err err = {0};

    ck_assert_int_eq(version_check_change(&old, &old, &err), 0);
    ck_assert_int_eq(version_check_change(&old, &more, &err), 0);
    ck_assert_int_eq(version_check_change(&old, &typed, &err), E_CONFLICT);
    ck_assert_str_eq(err.text, "the storage account type in region 'westus' is Standard_LRS and "
                               "cannot change to Premium_LRS");
    ck_assert_int_eq(version_check_change(&old, &less, &err), E_CONFLICT);
    ck_assert_str_eq(err.text, "region 'westus' holds replicas and may not be taken away");
    ck_assert_str_eq(err.hint, "--allow-replicated-location-deletion true allows it");
    old.safety_profile.allow_deletion_of_replicated_locations = (struct opt_bool){true, true};
    ck_assert_int_eq(version_check_change(&old, &less, &err), E_CONFLICT);
    less.safety_profile.allow_deletion_of_replicated_locations = (struct opt_bool){true, true};
    ck_assert_int_eq(version_check_change(&old, &less, &err), 0);
    shape_done(&version_shape, &old);
    shape_done(&version_shape, &more);
    shape_done(&version_shape, &less);
    shape_done(&version_shape, &typed);
}
END_TEST

START_TEST(fixed_properties_are_found)
{
    struct version old = version_in("eastus");
    struct version given = {.location = text_copy("westus")};
    struct buf path = {0};

    ck_assert(shape_fixed_difference(&version_shape, &old, &given, &path));
    ck_assert_str_eq(buf_text(&path), "location");
    buf_clear(&path);
    text_replace(&given.location, "eastus");
    ck_assert(!shape_fixed_difference(&version_shape, &old, &given, &path));
    given.publishing_profile.replication_mode = REPLICATION_SHALLOW;
    ck_assert(shape_fixed_difference(&version_shape, &old, &given, &path));
    ck_assert_str_eq(buf_text(&path), "publishingProfile.replicationMode");
    buf_done(&path);
    shape_done(&version_shape, &old);
    shape_done(&version_shape, &given);
}
END_TEST

START_TEST(end_of_life_is_in_the_future_and_after_publication)
{
    struct version version = {0};
    struct publishing_profile *const profile = &version.publishing_profile;
    struct err err = {0};

    ck_assert_int_eq(version_check_dates(&version, 1000, &err), 0);
    profile->end_of_life_date = (struct opt_time){true, 1001};
    ck_assert_int_eq(version_check_dates(&version, 1000, &err), 0);
    profile->end_of_life_date.value = 1000;
    ck_assert_int_eq(version_check_dates(&version, 1000, &err), E_INVALID);
    ck_assert_str_eq(err.text, "publishingProfile.endOfLifeDate: 1970-01-01T00:16:40+00:00 is not "
                               "in the future");
    profile->published_date = (struct opt_time){true, 999};
    ck_assert_int_eq(shape_check(&version_shape, &version, &err), 0);
    profile->published_date.value = 1000;
    ck_assert_int_eq(shape_check(&version_shape, &version, &err), E_INVALID);
}
END_TEST

START_TEST(latest_asks_the_region_first_and_the_profile_then)
{
    struct version version = version_in("eastus westus uksouth");
    struct publishing_profile *const profile = &version.publishing_profile;

    ck_assert(!version_is_excluded(&version, "eastus"));
    profile->exclude_from_latest = (struct opt_bool){true, true};
    profile->target_regions.items[1].exclude_from_latest = (struct opt_bool){true, false};
    ck_assert(version_is_excluded(&version, "eastus"));
    ck_assert(!version_is_excluded(&version, "westus"));
    ck_assert(version_is_excluded(&version, "japaneast"));
    profile->exclude_from_latest.value = false;
    profile->target_regions.items[1].exclude_from_latest.value = true;
    ck_assert(!version_is_excluded(&version, "eastus"));
    ck_assert(version_is_excluded(&version, "westus"));
    ck_assert_ptr_eq(version_target(&version, "uksouth"), target(&version, 2));
    ck_assert_ptr_null(version_target(&version, "ukwest"));
    shape_done(&version_shape, &version);
}
END_TEST

static struct disk_image disk(int lun, int64_t size, char *digest)
{
    return (struct disk_image){
        .lun = {lun >= 0, lun}, .size_in_bytes = {true, size}, .disk_digest = digest};
}

START_TEST(content_is_the_same_when_all_disks_are)
{
    char one[] = "11", two[] = "22";
    struct disk_image disks[] = {disk(0, 512, two), disk(7, 512, two)};
    struct disk_image others[] = {disk(0, 512, two), disk(7, 512, two)};
    struct version left = {
        .storage_profile = {.os_disk_image = disk(-1, 4096, one), .data_disk_images = {disks, 2}}};
    struct version right = {
        .storage_profile = {.os_disk_image = disk(-1, 4096, one), .data_disk_images = {others, 2}}};

    ck_assert(version_same_content(&left, &right));
    right.storage_profile.os_disk_image.source.uri = two;
    ck_assert(version_same_content(&left, &right));
    others[1].lun.value = 8;
    ck_assert(!version_same_content(&left, &right));
    others[1] = disk(7, 1024, two);
    ck_assert(!version_same_content(&left, &right));
    others[1] = disk(7, 512, one);
    ck_assert(!version_same_content(&left, &right));
    right.storage_profile.data_disk_images.count = 1;
    ck_assert(!version_same_content(&left, &right));
    left.storage_profile.data_disk_images.count = 1;
    ck_assert(version_same_content(&left, &right));
    left.storage_profile.os_disk_image.disk_digest = NULL;
    right.storage_profile.os_disk_image.disk_digest = NULL;
    ck_assert(!version_same_content(&left, &right));
}
END_TEST

START_TEST(disks_have_luns_as_they_should)
{
    char digest[65] = "";
    struct disk_image disks[] = {disk(0, 512, digest), disk(63, 512, digest)};
    struct version version = {.storage_profile = {.os_disk_image = disk(-1, 4096, digest),
                                                  .data_disk_images = {disks, 2}}};
    struct err err = {0};

    memset(digest, 'a', 64);
    ck_assert_msg(shape_check(&version_shape, &version, &err) == 0, "%s", err.text);
    disks[1].lun.value = 64;
    ck_assert_int_eq(shape_check(&version_shape, &version, &err), E_INVALID);
    disks[1].lun.value = 0;
    ck_assert_int_eq(shape_check(&version_shape, &version, &err), E_INVALID);
    disks[1].lun.set = false;
    ck_assert_int_eq(shape_check(&version_shape, &version, &err), E_INVALID);
    ck_assert_str_eq(err.text, "storageProfile: data disk 1 has no lun");
    disks[1] = disk(1, 512, digest);
    version.storage_profile.os_disk_image.lun.set = true;
    ck_assert_int_eq(shape_check(&version_shape, &version, &err), E_INVALID);
    version.storage_profile.os_disk_image.lun.set = false;
    digest[63] = 'A';
    ck_assert_int_eq(shape_check(&version_shape, &version, &err), E_INVALID);
    digest[63] = '\0';
    ck_assert_int_eq(shape_check(&version_shape, &version, &err), E_INVALID);
}
END_TEST

static unsigned aggregate(unsigned one, unsigned other)
{
    struct region_status items[] = {{.state = one}, {.state = other}};
    const struct region_statuses summary = {.items = items, .count = 2};

    return replication_aggregate(&summary);
}

START_TEST(states_add_up)
{
    const struct region_statuses none = {0};

    ck_assert_uint_eq(replication_aggregate(&none), AGGREGATED_UNKNOWN);
    ck_assert_uint_eq(aggregate(REPLICATION_UNKNOWN, 0), AGGREGATED_UNKNOWN);
    ck_assert_uint_eq(aggregate(REPLICATION_COMPLETED, REPLICATION_COMPLETED),
                      AGGREGATED_COMPLETED);
    ck_assert_uint_eq(aggregate(REPLICATION_COMPLETED, REPLICATION_UNKNOWN),
                      AGGREGATED_IN_PROGRESS);
    ck_assert_uint_eq(aggregate(REPLICATION_COMPLETED, REPLICATION_REPLICATING),
                      AGGREGATED_IN_PROGRESS);
    ck_assert_uint_eq(aggregate(REPLICATION_UNKNOWN, REPLICATION_FAILED), AGGREGATED_FAILED);
    ck_assert_uint_eq(aggregate(REPLICATION_COMPLETED, REPLICATION_FAILED), AGGREGATED_FAILED);
}
END_TEST

UNIT_MAIN("model/version", target_regions_take_a_count_a_type_or_both,
          errors_name_the_word_and_the_part, what_was_not_given_is_filled_in,
          what_was_given_stays_and_the_profile_fills_the_rest,
          a_strategy_chooses_the_type_that_is_not_given, regions_follow_the_rules,
          regions_from_json_are_checked_as_well,
          an_update_keeps_types_and_takes_regions_away_only_when_allowed,
          fixed_properties_are_found, end_of_life_is_in_the_future_and_after_publication,
          latest_asks_the_region_first_and_the_profile_then, content_is_the_same_when_all_disks_are,
          disks_have_luns_as_they_should, states_add_up)

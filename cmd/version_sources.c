#include "cmd/version_sources.h"

#include <stdlib.h>

#include "base/number.h"
#include "base/text.h"
#include "base/uri.h"

/* A list of data disks, and the lists that go with it. */
struct data_list {
    const char *flag;
    const struct texts *disks;
    const char *luns_flag;
    const struct texts *luns;
    const char *accounts_flag; /* NULL: none go with it, and the disks have ids */
    const struct texts *accounts;
};

/* The path that a word means. It is kept in `paths`. */
static int find_path(const char *flag, const char *word, struct texts *paths, char **ret,
                     struct err *err)
{
    char *path;

    if (uri_file_path(word, &path, err))
        return err_wrap(err, "'%s'", flag);
    texts_add(paths, path);
    free(path);
    *ret = paths->items[paths->count - 1];
    return 0;
}

static int check_length(const char *flag, const struct texts *words, const struct data_list *list,
                        struct err *err)
{
    if (words->count == 0 || words->count == list->disks->count)
        return 0;
    return err_set(err, E_USAGE, "'%s' has %zu word%s, '%s' has %zu", flag, words->count,
                   words->count == 1 ? "" : "s", list->flag, list->disks->count);
}

/* Numbers that are not given are counted over all lists. */
static int add_list(const struct data_list *list, struct version_request *call, size_t before,
                    struct texts *paths, struct err *err)
{
    int rc = check_length(list->luns_flag, list->luns, list, err);

    if (rc == 0 && list->accounts)
        rc = check_length(list->accounts_flag, list->accounts, list, err);
    for (size_t i = 0; rc == 0 && i < list->disks->count; i++) {
        struct data_disk *const disk = VEC_ADD(&call->data_disks);
        char *const word = list->disks->items[i];

        disk->lun = opt_int_of(before + i);
        if (list->luns->count)
            number_parse(list->luns->items[i], &disk->lun.value);
        if (list->accounts)
            disk->source.uri = word;
        else
            disk->source.id = word;
        if (list->accounts && list->accounts->count)
            disk->source.storage_account_id = list->accounts->items[i];
        rc = find_path(list->flag, word, paths, &disk->path, err);
    }
    return rc;
}

static int add_data_disks(const struct version_sources *sources, struct version_request *call,
                          struct texts *paths, struct err *err)
{
    const struct data_list snapshots = {
        .flag = "--data-snapshots",
        .disks = &sources->data_snapshots,
        .luns_flag = "--data-snapshot-luns",
        .luns = &sources->data_snapshot_luns,
    };
    const struct data_list vhds = {
        .flag = "--data-vhds-uris",
        .disks = &sources->data_vhds_uris,
        .luns_flag = "--data-vhds-luns",
        .luns = &sources->data_vhds_luns,
        .accounts_flag = "--data-vhds-storage-accounts",
        .accounts = &sources->data_vhds_storage_accounts,
    };
    int rc = add_list(&snapshots, call, 0, paths, err);

    return rc ? rc : add_list(&vhds, call, snapshots.disks->count, paths, err);
}

/* Scripts for the Azure CLI promote an image version as if it were a managed image. */
static bool is_version_id(const char *word)
{
    struct reference ref = {0};
    const bool is_id = word && word[0] == '/' && reference_parse(word, &ref, NULL) == 0;
    const bool is_version = is_id && ref.version;

    shape_done(&reference_shape, &ref);
    return is_version;
}

/* What can say where the OS disk comes from. */
struct os_word {
    const char *flag;
    char *word;
    char **recorded; /* NULL: as the library does by itself */
    bool whole;      /* brings its data disks */
};

static int take_os_word(const struct os_word *chosen, struct version_request *call,
                        struct texts *paths, struct err *err)
{
    if (!chosen->recorded)
        return 0;
    *chosen->recorded = chosen->word;
    if (chosen->whole && call->data_disks.count > 0) {
        err_set(err, E_USAGE, "'%s' brings its data disks itself", chosen->flag);
        return err_hint(err, "leave the other data disks out, or name the OS disk with --os-disk");
    }
    return find_path(chosen->flag, chosen->word, paths, &call->os_disk, err);
}

static int add_os_disk(const struct version_sources *sources, struct version_request *call,
                       struct texts *paths, struct err *err)
{
    const bool copies = is_version_id(sources->managed_image);
    const struct os_word words[] = {
        {"--os-disk", call->os_disk, NULL, false},
        {"--managed-image", sources->managed_image, copies ? NULL : &call->source.id, true},
        {"--virtual-machine", sources->virtual_machine, &call->source.virtual_machine_id, true},
        {"--os-snapshot", sources->os_snapshot, &call->os_source.id, false},
        {"--os-vhd-uri", sources->os_vhd_uri, &call->os_source.uri, false},
        {"--image-version", call->image_version, NULL, false},
    };
    const struct os_word *chosen = NULL;

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (words[i].word && chosen) {
            err_set(err, E_USAGE, "'%s' and '%s' are both given", chosen->flag, words[i].flag);
            return err_hint(err, "the OS disk comes from one source");
        }
        if (words[i].word)
            chosen = &words[i];
    }
    if (copies)
        call->image_version = sources->managed_image;
    return chosen ? take_os_word(chosen, call, paths, err) : 0;
}

int version_sources_apply(const struct version_sources *sources, struct version_request *call,
                          struct texts *paths, struct err *err)
{
    int rc;

    if (sources->os_vhd_storage_account && !sources->os_vhd_uri)
        return err_set(err, E_USAGE, "'--os-vhd-storage-account' is given without '--os-vhd-uri'");
    rc = add_data_disks(sources, call, paths, err);
    if (rc == 0)
        rc = add_os_disk(sources, call, paths, err);
    call->os_source.storage_account_id = sources->os_vhd_storage_account;
    return rc;
}

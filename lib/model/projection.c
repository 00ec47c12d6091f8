#include "model/projection.h"

#include "base/text.h"
#include "model/room.h"

/* clang-format off */
static const struct row metadata_rows[] = {
    ROW(struct community_metadata, publisher_uri, "publisherUri", .rules = ROW_MADE, .about = "Where its publisher is found"),
    ROW(struct community_metadata, publisher_contact, "publisherContact", .rules = ROW_MADE, .about = "Whom to write to"),
    ROW(struct community_metadata, eula, "eula", .rules = ROW_MADE, .about = "The terms of use"),
    ROW(struct community_metadata, public_names, "publicNames", .rules = ROW_MADE, .about = "What everybody calls it"),
};

static const struct shape metadata_shape =
    SHAPE(struct community_metadata, "community gallery", metadata_rows, NULL);

static const struct row gallery_rows[] = {
    ROW(struct shared_gallery, name, "name", .rules = ROW_MADE | ROW_KEY | ROW_COLUMN,
        .about = "The unique name of the gallery; of a community gallery its public name"),
    ROW(struct shared_gallery, unique_id, "uniqueId", .rules = ROW_MADE | ROW_COLUMN, .column = "UniqueId",
        .about = "What it is named by: /SharedGalleries/NAME, /CommunityGalleries/NAME"),
    ROW(struct shared_gallery, type, "type", .rules = ROW_MADE, .about = "Of a community gallery"),
    ROW(struct shared_gallery, location, "location", .rules = ROW_MADE | ROW_COLUMN,
        .about = "The region asked for, or that of the gallery"),
    ROW_OBJECT(struct shared_gallery, community_metadata, "communityMetadata", &metadata_shape, .rules = ROW_MADE,
        .about = "What a community gallery tells everybody"),
    ROW(struct shared_gallery, artifact_tags, "artifactTags", .rules = ROW_MADE, .about = "Its tags"),
};

static const struct row identifier_rows[] = {
    ROW(struct identifier, publisher, "publisher", .rules = ROW_MADE | ROW_ALWAYS, .about = "Who makes the image"),
    ROW(struct identifier, offer, "offer", .rules = ROW_MADE | ROW_ALWAYS, .about = "Product that the image is of"),
    ROW(struct identifier, sku, "sku", .rules = ROW_MADE | ROW_ALWAYS, .about = "Edition of the offer"),
};

static const struct shape identifier_shape =
    SHAPE(struct identifier, "identifier", identifier_rows, NULL);

static const struct row definition_rows[] = {
    ROW(struct shared_definition, name, "name", .rules = ROW_MADE | ROW_KEY | ROW_COLUMN,
        .about = "Of the image definition"),
    ROW(struct shared_definition, unique_id, "uniqueId", .rules = ROW_MADE | ROW_COLUMN, .column = "UniqueId",
        .about = "What it is named by, with /Images/ and the name"),
    ROW(struct shared_definition, type, "type", .rules = ROW_MADE, .about = "In a community gallery"),
    ROW(struct shared_definition, location, "location", .rules = ROW_MADE | ROW_COLUMN,
        .about = "The region asked for, or that of the definition"),
    ROW(struct shared_definition, os_type, "osType", .rules = ROW_MADE | ROW_COLUMN, .column = "OsType",
        .choices = &os_type_choices, .about = "Linux or Windows"),
    ROW(struct shared_definition, os_state, "osState", .rules = ROW_MADE | ROW_COLUMN, .column = "OsState",
        .choices = &os_state_choices, .about = "Generalized or Specialized"),
    ROW(struct shared_definition, hyper_v_generation, "hyperVGeneration", .rules = ROW_MADE,
        .choices = &generation_choices, .about = "V1 or V2"),
    ROW(struct shared_definition, architecture, "architecture", .rules = ROW_MADE,
        .choices = &architecture_choices, .about = "x64 or Arm64"),
    ROW_OBJECT(struct shared_definition, identifier, "identifier", &identifier_shape, .rules = ROW_MADE,
        .about = "Publisher, offer and sku; not told in a community gallery"),
    ROW_OBJECT(struct shared_definition, recommended, "recommended", &recommended_shape, .rules = ROW_MADE,
        .about = "Size of a machine that runs it"),
    ROW_OBJECT(struct shared_definition, disallowed, "disallowed", &disallowed_shape, .rules = ROW_MADE,
        .about = "What it does not run on"),
    ROW_LIST(struct shared_definition, features, "features", &feature_shape, .rules = ROW_MADE,
        .about = "What it supports"),
    ROW_OBJECT(struct shared_definition, purchase_plan, "purchasePlan", &purchase_plan_shape, .rules = ROW_MADE,
        .about = "Plan under which it was bought"),
    ROW(struct shared_definition, end_of_life_date, "endOfLifeDate", .rules = ROW_MADE, .about = "When it ends"),
    ROW(struct shared_definition, privacy_statement_uri, "privacyStatementUri", .rules = ROW_MADE,
        .about = "Its statement on privacy"),
    ROW(struct shared_definition, eula, "eula", .rules = ROW_MADE, .about = "Its terms of use"),
    ROW(struct shared_definition, artifact_tags, "artifactTags", .rules = ROW_MADE, .about = "Its tags"),
};

static const struct row disk_rows[] = {
    ROW(struct shared_disk, lun, "lun", .rules = ROW_MADE | ROW_KEY, .max = LUN_MAX, .about = "Number of a data disk"),
    ROW(struct shared_disk, disk_size_gb, "diskSizeGB", .rules = ROW_MADE, .max = BYTES_MAX, .about = "Its size in GiB, rounded up"),
    ROW(struct shared_disk, host_caching, "hostCaching", .rules = ROW_MADE, .choices = &host_caching_choices,
        .about = "How a machine is to cache it"),
};

static const struct shape disk_shape = SHAPE(struct shared_disk, "disk", disk_rows, NULL);

static const struct row storage_rows[] = {
    ROW_OBJECT(struct shared_storage, os_disk_image, "osDiskImage", &disk_shape, .rules = ROW_MADE,
        .about = "The OS disk"),
    ROW_LIST(struct shared_storage, data_disk_images, "dataDiskImages", &disk_shape, .rules = ROW_MADE,
        .about = "The data disks"),
};

static const struct shape storage_shape = SHAPE(struct shared_storage, "disks", storage_rows, NULL);

static const struct row version_rows[] = {
    ROW(struct shared_version, name, "name", .rules = ROW_MADE | ROW_KEY | ROW_COLUMN,
        .about = "Number of the image version"),
    ROW(struct shared_version, unique_id, "uniqueId", .rules = ROW_MADE | ROW_COLUMN, .column = "UniqueId",
        .about = "What it is named by, with /Versions/ and the number"),
    ROW(struct shared_version, type, "type", .rules = ROW_MADE, .about = "In a community gallery"),
    ROW(struct shared_version, location, "location", .rules = ROW_MADE | ROW_COLUMN,
        .about = "The region asked for, or the home region"),
    ROW(struct shared_version, published_date, "publishedDate", .rules = ROW_MADE | ROW_COLUMN,
        .column = "PublishedDate", .about = "When it was published"),
    ROW(struct shared_version, end_of_life_date, "endOfLifeDate", .rules = ROW_MADE, .about = "When it ends"),
    ROW(struct shared_version, exclude_from_latest, "excludeFromLatest", .rules = ROW_MADE,
        .about = "Whether latest passes it over"),
    ROW_OBJECT(struct shared_version, storage_profile, "storageProfile", &storage_shape, .rules = ROW_MADE,
        .about = "Its disks"),
    ROW(struct shared_version, artifact_tags, "artifactTags", .rules = ROW_MADE, .about = "Its tags"),
};
/* clang-format on */

const struct shape shared_gallery_shape =
    SHAPE(struct shared_gallery, "shared gallery", gallery_rows, NULL);
const struct shape shared_definition_shape =
    SHAPE(struct shared_definition, "shared image definition", definition_rows, NULL);
const struct shape shared_version_shape =
    SHAPE(struct shared_version, "shared image version", version_rows, NULL);

static char *id_of(const struct reference *ref)
{
    struct buf id = {0};

    reference_add_id(&id, NULL, ref);
    return buf_take(&id);
}

/* That of the service; those of galleries that are shared with somebody have none. */
static char *type_of(const struct reference *ref, const char *type)
{
    return ref->through == THROUGH_COMMUNITY ? text_copy(type) : NULL;
}

void project_gallery(const struct reference *ref, const struct gallery *gallery,
                     const char *location, struct shared_gallery *ret)
{
    const struct community_info *const info = &gallery->sharing_profile.community_gallery_info;
    struct community_metadata *const metadata = &ret->community_metadata;

    ret->name = text_copy(ref->gallery);
    ret->unique_id = id_of(ref);
    ret->type = type_of(ref, "Microsoft.Compute/locations/communityGallery");
    ret->location = text_copy(location ? location : gallery->location);
    tags_copy(&ret->artifact_tags, &gallery->tags);
    if (ref->through != THROUGH_COMMUNITY)
        return;
    metadata->publisher_uri = text_copy(info->publisher_uri);
    metadata->publisher_contact = text_copy(info->publisher_contact);
    metadata->eula = text_copy(info->eula);
    for (size_t i = 0; i < info->public_names.count; i++)
        texts_add(&metadata->public_names, info->public_names.items[i]);
}

void project_definition(const struct reference *ref, const struct definition *definition,
                        const char *location, struct shared_definition *ret)
{
    const bool community = ref->through == THROUGH_COMMUNITY;
    const struct identifier *const identifier = &definition->identifier;

    shape_take(&shared_definition_shape, ret, &definition_shape, definition);
    ret->unique_id = id_of(ref);
    ret->type = type_of(ref, "Microsoft.Compute/locations/communityGalleryImage");
    if (location)
        text_replace(&ret->location, location);
    ret->identifier = (struct identifier){
        .publisher = text_copy(community ? "" : identifier->publisher),
        .offer = text_copy(community ? "" : identifier->offer),
        .sku = text_copy(community ? "" : identifier->sku),
    };
    tags_copy(&ret->artifact_tags, &definition->tags);
}

static struct shared_disk disk_of(const struct disk_image *disk)
{
    return (struct shared_disk){
        .lun = disk->lun, .disk_size_gb = disk->size_in_gb, .host_caching = disk->host_caching};
}

void project_version(const struct reference *ref, const struct version *version,
                     const char *location, struct shared_version *ret)
{
    const struct storage_profile *const storage = &version->storage_profile;
    const char *const region = location ? location : version->location;

    ret->name = text_copy(version->name);
    ret->unique_id = id_of(ref);
    ret->type = type_of(ref, "Microsoft.Compute/locations/communityGalleryImageVersion");
    ret->location = text_copy(region);
    ret->published_date = version->publishing_profile.published_date;
    ret->end_of_life_date = version->publishing_profile.end_of_life_date;
    ret->exclude_from_latest =
        (struct opt_bool){.set = true, .value = version_is_excluded(version, region)};
    ret->storage_profile.os_disk_image = disk_of(&storage->os_disk_image);
    for (size_t i = 0; i < storage->data_disk_images.count; i++)
        *VEC_ADD(&ret->storage_profile.data_disk_images) =
            disk_of(&storage->data_disk_images.items[i]);
    tags_copy(&ret->artifact_tags, &version->tags);
}

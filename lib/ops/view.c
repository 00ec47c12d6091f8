/* What is shown but not stored: ids, types, states, display names. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "ops/room.h"

static void set_id(const struct store *store, const struct reference *ref, char **slot)
{
    struct buf id = {0};

    reference_add_id(&id, store->info.store_id, ref);
    free(*slot);
    *slot = buf_take(&id);
}

static void set_unique_name(const struct store *store, struct gallery *gallery)
{
    char *name = text_printf("%s-%s", store->info.store_id, gallery->name);

    text_upper(name + strlen(store->info.store_id));
    free(gallery->identifier.unique_name);
    gallery->identifier.unique_name = name;
}

void ops_view_gallery(const struct store *store, struct gallery *gallery)
{
    const struct reference ref = {.resource_group = gallery->resource_group,
                                  .gallery = gallery->name};

    set_id(store, &ref, &gallery->id);
    text_replace(&gallery->type, "Microsoft.Compute/galleries");
    set_unique_name(store, gallery);
    identity_set_type(&gallery->identity);
    sharing_view(&gallery->sharing_profile);
    gallery->provisioning_state = STATE_SUCCEEDED;
}

void ops_view_definition(const struct store *store, const struct gallery *gallery,
                         struct definition *definition)
{
    const struct reference ref = {
        .resource_group = gallery->resource_group,
        .gallery = gallery->name,
        .definition = definition->name,
    };

    set_id(store, &ref, &definition->id);
    text_replace(&definition->type, "Microsoft.Compute/galleries/images");
    text_replace(&definition->resource_group, gallery->resource_group);
    definition->provisioning_state = STATE_SUCCEEDED;
}

static void show_region(const struct store *store, char **name)
{
    const struct region_row *region = region_find(&store->regions, *name);

    if (region)
        text_replace(name, region->display_name);
}

void ops_view_version(const struct store *store, const struct gallery *gallery,
                      const struct definition *definition, struct version *version)
{
    const struct reference ref = {
        .resource_group = gallery->resource_group,
        .gallery = gallery->name,
        .definition = definition->name,
        .version = version->name,
    };
    struct target_regions *targets = &version->publishing_profile.target_regions;
    struct target_zones *zones = &version->publishing_profile.target_extended_locations;
    struct region_statuses *summary = &version->replication_status.summary;

    set_id(store, &ref, &version->id);
    text_replace(&version->type, "Microsoft.Compute/galleries/images/versions");
    text_replace(&version->resource_group, gallery->resource_group);
    version->provisioning_state = STATE_SUCCEEDED;
    for (size_t i = 0; i < targets->count; i++)
        show_region(store, &targets->items[i].name);
    for (size_t i = 0; i < zones->count; i++)
        show_region(store, &zones->items[i].name);
    for (size_t i = 0; i < summary->count; i++)
        show_region(store, &summary->items[i].region);
}

sig gallery create prod >/dev/null
sig gallery show /subscriptions/a9bd26f8-f023-41b9-a821-35b406a5d1c6/resourceGroups/default/providers/Microsoft.Compute/galleries/prod/

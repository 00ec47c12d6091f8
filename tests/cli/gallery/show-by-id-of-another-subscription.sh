sig gallery create prod >/dev/null
sig gallery show /subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/default/providers/Microsoft.Compute/galleries/prod

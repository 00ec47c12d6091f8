sig image-definition show --ids /subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/galleries/prod

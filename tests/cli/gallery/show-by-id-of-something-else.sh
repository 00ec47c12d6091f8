sig gallery show /subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/disks/prod

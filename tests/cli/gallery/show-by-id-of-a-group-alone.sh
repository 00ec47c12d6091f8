sig gallery show /subscriptions/s/resourceGroups/g

sig gallery show /subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/galleries/prod/images/ubuntu

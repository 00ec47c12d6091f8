sig image-definition show /subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/galleries/prod/images/ubuntu -g other

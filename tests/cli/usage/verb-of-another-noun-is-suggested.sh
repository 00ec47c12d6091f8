sig export prod/ubuntu/1.0.0
sig gallery export prod
sig image-definition latest prod
sig region bash

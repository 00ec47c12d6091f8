sig gallery

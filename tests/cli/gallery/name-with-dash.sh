sig gallery create my-images

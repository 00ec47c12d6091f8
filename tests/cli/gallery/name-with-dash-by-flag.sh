sig gallery create -r my-images

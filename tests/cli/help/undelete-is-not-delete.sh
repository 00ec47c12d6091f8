sig image-definition undelete prod/ubuntu

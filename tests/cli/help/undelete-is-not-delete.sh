sig image-version undelete prod/ubuntu/1.0.0

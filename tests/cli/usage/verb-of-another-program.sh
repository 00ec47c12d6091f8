sig ls
sig rm prod
sig publish prod/ubuntu/1.0.0
sig gallery get prod
sig gallery remove prod
sig image-version add prod/ubuntu/1.0.0
sig image-version download prod/ubuntu/1.0.0

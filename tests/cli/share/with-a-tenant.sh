# Another store's tenant lists, shows and exports what is shared with it: asked as by its id.
tenant=0e6b1c1a-7a55-4d6f-8f6e-9a2b6a0f3c22
definition && disk os.raw 1 100K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw -o none
sig gallery update prod --permissions Groups -o none
sig share add prod --tenant-ids $tenant -o none
unique=$(sig gallery show prod --query identifier.uniqueName -o tsv)
sig gallery list-shared --query 'length(@)'
sig gallery list-shared --shared-to tenant --query 'length(@)'
sig gallery list-shared --shared-to tenant --subscription $tenant --query '[].name' -o tsv
sig gallery show-shared -n "$unique" --subscription $tenant --query location
sig image-version export "/SharedGalleries/$unique/Images/ubuntu/Versions/latest" out.raw --subscription $tenant && same os.raw out.raw
sig image-version export "/SharedGalleries/$unique/Images/ubuntu/Versions/latest" other.raw --subscription 6a1f0f6e-3a52-4f6e-9d0e-2f1f3b1f7d11

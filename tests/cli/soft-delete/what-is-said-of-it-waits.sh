# A role on a version that may come back is on something; on one that is gone for good it is not.
keeping
sig role assignment create prod/ubuntu/1.0.0 --assignee user:root --role Reader -o none
sig image-version delete prod/ubuntu/1.0.0
sig audit --query 'findings[].text'
sig lock create prod/ubuntu/1.0.0 --name l --lock-type ReadOnly
sig audit prod/ubuntu/1.0.0
sig image-version purge prod/ubuntu/1.0.0
sig audit --query 'findings[].text' -o tsv

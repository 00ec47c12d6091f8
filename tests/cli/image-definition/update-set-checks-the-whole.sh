definition
sig image-definition update prod/ubuntu --set recommended.vCPUs.min=4 recommended.vCPUs.max=2
sig image-definition update prod/ubuntu --set recommended.vCPUs.min=four
sig image-definition update prod/ubuntu --set recommended.vCPUs.min=-1
sig image-definition update prod/ubuntu --set endOfLifeDate=2020-01-01
sig image-definition update prod/ubuntu --set osType=Windows
sig image-definition update prod/ubuntu --set recommended=3

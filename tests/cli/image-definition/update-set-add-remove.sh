definition
sig image-definition update prod/ubuntu --set recommended.vCPUs.min=2 'recommended.vCPUs.max="8"' \
    --add disallowed.diskTypes Standard_LRS '["Premium_LRS", "UltraSSD_LRS"]' --remove disallowed.diskTypes 0 \
    --query '[recommended, disallowed]'
sig image-definition update prod/ubuntu --remove disallowed --remove recommended.vCPUs.max --query '[recommended, disallowed]'

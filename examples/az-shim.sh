#!/bin/sh
# az-shim.sh: a script as it is written for the Azure CLI, word for word, run by sig on local files.
#
# Needs sig in PATH. Works in a scratch directory, which is removed afterwards.
set -eu

# shellcheck source=examples/az-shim
. "$(dirname "$0")/az-shim"
scratch=$(mktemp -d "${TMPDIR:-/tmp}/az-shim.XXXXXX")
trap 'rm -rf "$scratch"' EXIT
trap 'exit 1' HUP INT TERM
export SIG_STORE="$scratch/store"

die() {
    echo "az-shim: $*" >&2
    exit 1
}

# What is published: a disk image of 8 MiB with something in it.
disk=$scratch/disk.raw
{ seq 100000 && head -c 8M /dev/zero; } | head -c 8M >"$disk"

resourceGroup=myGalleryRG
gallery=myGallery
definition=myImageDefinition

az sig create --resource-group $resourceGroup --gallery-name $gallery --location eastus --output none
az account set --subscription "$(az account show --query id --output tsv)"
subscription=$(az account show --query id -o tsv)

az sig image-definition create \
    --resource-group $resourceGroup \
    --gallery-name $gallery \
    --gallery-image-definition $definition \
    --publisher myPublisher \
    --offer myOffer \
    --sku mySKU \
    --os-type Linux \
    --os-state specialized \
    --output none

for version in 1.0.0 1.1.0; do
    az sig image-version create \
        --resource-group $resourceGroup \
        --gallery-name $gallery \
        --gallery-image-definition $definition \
        --gallery-image-version $version \
        --target-regions "eastus" "South Central US=1" "westeurope=2=Standard_LRS" \
        --replica-count 1 \
        --os-vhd-uri "$disk" \
        --output none
done

# The documented line that lists everything; xargs knows no functions, so there sig stands for itself.
az account list -o tsv --query "[].id" | xargs -n1 sig list --subscription >"$scratch/everything"
grep -q "\"name\": \"$gallery\"" "$scratch/everything" || die "the list of everything lacks $gallery"

id=$(az sig image-version show -g $resourceGroup -r $gallery -i $definition -e 1.0.0 --query id -o tsv)
[ "${id#/subscriptions/"$subscription"/}" != "$id" ] || die "the id is not of this subscription: $id"
az sig image-version update --ids "$id" --set publishingProfile.excludeFromLatest=true --output none
az sig image-version update -g $resourceGroup -r $gallery -i $definition -e 1.1.0 \
    --target-regions eastus=1 westeurope --allow-replicated-location-deletion true \
    --subscription "$subscription" --output none
az sig image-version list -g $resourceGroup -r $gallery -i $definition --out table

# Scripts find the newest one so.
newest=$(az sig image-version list -g $resourceGroup -r $gallery -i $definition --query "[].name" -o tsv | sort -V | tail -n 1)
[ "$newest" = 1.1.0 ] || die "the newest is $newest"
count=$(az sig image-version show -g $resourceGroup -r $gallery -i $definition -e "$newest" \
    --query "length(publishingProfile.targetRegions)" -o tsv)
[ "$count" = 2 ] || die "$newest has $count target regions"

for version in 1.0.0 1.1.0; do
    az sig image-version delete -g $resourceGroup -r $gallery -i $definition -e $version
done
az sig image-definition delete -g $resourceGroup -r $gallery -i $definition
az sig delete -g $resourceGroup -r $gallery
[ "$(az sig list --query "length(@)" -o tsv)" = 0 ] || die "something is left"

# As a program of that name, for what starts programs; and what scripts begin with is nothing to do here.
mkdir "$scratch/bin"
ln -s "$(cd "$(dirname "$0")" && pwd)/az-shim" "$scratch/bin/az"
PATH=$scratch/bin:$PATH
timeout 60 env az vm >/dev/null 2>&1 && die "the program refused nothing"
[ "$(echo sig list | xargs timeout 60 env az)" = '[]' ] || die "the program does not list"
az login && az group create --name $resourceGroup --location eastus && az config set core.output=json

! az vm list 2>"$scratch/refused" || die "'az vm list' was not refused"
grep -q "only 'az sig'" "$scratch/refused"

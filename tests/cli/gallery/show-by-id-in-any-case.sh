sig gallery create prod >/dev/null
sig gallery show /SUBSCRIPTIONS/A9BD26F8-F023-41B9-A821-35B406A5D1C6/resourcegroups/DEFAULT/PROVIDERS/microsoft.compute/Galleries/PROD -o table

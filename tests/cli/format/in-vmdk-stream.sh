imported vmdk subformat=streamOptimized
imported vmdk subformat=streamOptimized,adapter_type=buslogic
imported vmdk subformat=streamOptimized -S 0

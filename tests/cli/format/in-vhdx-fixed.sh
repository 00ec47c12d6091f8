imported vhdx subformat=fixed
imported vhdx subformat=fixed,block_size=1M
imported vhdx subformat=fixed,block_state_zero=off -S 0

imported vhdx
imported vhdx subformat=dynamic
imported vhdx subformat=dynamic -S 0
imported vhdx subformat=dynamic,log_size=4M
imported vhdx subformat=dynamic,block_state_zero=off

imported vpc subformat=dynamic,force_size=on
imported vpc subformat=dynamic,force_size=on -S 0

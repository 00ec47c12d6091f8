imported vpc subformat=fixed,force_size=on

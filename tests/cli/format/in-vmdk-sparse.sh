imported vmdk
imported vmdk subformat=monolithicSparse,adapter_type=lsilogic,hwversion=13
imported vmdk subformat=monolithicSparse,zeroed_grain=on
imported vmdk subformat=monolithicSparse,zeroed_grain=on -S 0
imported vmdk subformat=monolithicSparse,compat6=on
imported vmdk subformat=monolithicSparse -S 0

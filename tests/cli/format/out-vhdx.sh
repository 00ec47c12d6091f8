exported vhdx vhdx

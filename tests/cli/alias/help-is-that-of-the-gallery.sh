sig help create >alias && sig help gallery create >whole && sig create --help >flag
same alias whole && same alias flag

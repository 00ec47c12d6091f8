# Files of at most 600 lines; functions of at most 60 lines that nest at most 3 deep. Relies on .clang-format: the brace
# of a function stands alone in the first column. Lines of at most 100 columns: clang-format leaves comments as they are,
# so that tables in them stay tables.

FNR == 1 { start = fenced = 0 }
/clang-format off/ { fenced = 1 }
/clang-format on/ { fenced = 0 }
!fenced && length($0) > 100 {
    columns = $0
    gsub(/[\200-\277]/, "", columns)
    if (length(columns) > 100) report("goes beyond column 100")
}
FNR == 601 { report("the file is longer than 600 lines") }

{ line = code() }

/^\{$/ { start = FNR }
/^\}$/ && start {
    if (FNR - start - 1 > 60) report("a function of " FNR - start - 1 " lines; 60 are the most")
    start = 0
}
start && line ~ /^                +(if|for|while|do|switch) *[({]/ { report("nests deeper than 3") }

package knowledge

import (
	"cmp"
	"slices"
	"strings"
)

// sortBy sorts by rank, and those of one rank as they stand in the alphabet.
func sortBy(list []string, rank func(string) int) {
	slices.SortFunc(list, func(a, b string) int { return cmp.Or(cmp.Compare(rank(a), rank(b)), strings.Compare(a, b)) })
}

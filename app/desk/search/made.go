package search

import "github.com/beistand/beistand/app/desk/search/terms"

// MadeVector is a document's terms as the index keeps them, for who makes an
// index of very many documents in one go. ids has each term's number.
func MadeVector(list []terms.Weighted, ids map[string]uint32) []byte { return vectorOf(list, ids) }

// MadePosts is which documents of a block have a term, as the index keeps it:
// the lower 16 bits of their numbers, in order. The block is the bits above.
func MadePosts(places []uint16) []byte { return pack(places) }

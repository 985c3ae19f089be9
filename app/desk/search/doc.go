// Package search finds texts by their terms: one index on SQLite and on
// PostgreSQL, that ranks the same on both.
//
// A document is written with its terms and weights as soon as its text has
// changed; desks hold the newest few thousand in memory (tail.go). When there
// are enough of them, which documents have a term is written for all of them
// together (merge.go), in blocks of 65536 documents. A search first takes
// candidates by the rarest things looked for (pick.go), and then ranks the
// best of them by their weights (rank.go), as BM25 does.
package search

import "github.com/beistand/beistand/app/desk/search/terms"

// Room is a part of the index, of documents that the same people may see.
type Room int64

// The rooms.
const (
	Tickets    Room = iota // by number
	Drafts                 // articles that are not published
	Articles               // published ones
	Bugs                   // all that is known of them
	PublicBugs             // what customers are told of them
	Pages                  // sections of handbooks
	rooms
)

// Inside is what staff see, Outside what everybody does.
var (
	Inside  = []Room{Tickets, Drafts, Articles, Bugs, Pages}
	Outside = []Room{Articles, PublicBugs, Pages}
)

const (
	roomBits  = 40
	blockBits = 16
	blockSize = 1 << blockBits
)

// Doc is the document of a number in a room.
func (r Room) Doc(number int64) int64 { return int64(r)<<roomBits | number }

// Split gives a document's room and number.
func Split(doc int64) (Room, int64) { return Room(doc >> roomBits), doc & (1<<roomBits - 1) }

// public says whether everybody sees a document.
func public(doc int64) bool {
	r, _ := Split(doc)
	return r == Articles || r == PublicBugs || r == Pages
}

// Document is a text to be found.
type Document struct {
	Doc      int64
	Language string // BCP 47
	Product  string
	Version  string
	At       int64 // microseconds since 1970; of two that are as good the newer comes first
	Helped   int64 // how often it was the answer
	Fields   []terms.Field
}

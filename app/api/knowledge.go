package api

import "time"

// Limits of what is looked for and written down.
const (
	MaxSigns    = 50     // of one ticket
	MaxSign     = 500    // characters
	MaxQuery    = 1000   // characters of a search
	MaxMatches  = 50     // of one answer
	MaxArticle  = 50_000 // characters of an article's body
	MaxPage     = 1 << 20
	MaxPagePath = 300 // bytes
)

// MatchKind is what a match is.
type MatchKind string

// The kinds of match.
const (
	MatchTicket  MatchKind = "ticket"
	MatchArticle MatchKind = "article"
	MatchBug     MatchKind = "bug"
	MatchPage    MatchKind = "page" // a section of a handbook's page
)

// MatchKinds are all of them.
var MatchKinds = []MatchKind{MatchTicket, MatchArticle, MatchBug, MatchPage}

// Match is one result of a search, or one case that is similar to another.
type Match struct {
	Ref     string    `json:"ref"` // ticket/7, article/3, bug/12, page/40#anchor: what Closing.Helped and Helped name
	Kind    MatchKind `json:"kind"`
	Number  int64     `json:"number"`           // of the ticket, article, bug or page
	Anchor  string    `json:"anchor,omitempty"` // of a page's section
	Title   string    `json:"title"`
	Excerpt string    `json:"excerpt"`         // plain text where most was hit, at most MaxExcerpt characters
	Marks   []Mark    `json:"marks,omitempty"` // what of Excerpt was hit, in order, none over another
	Hits    []Hit     `json:"hits"`            // why it is here, what weighs most first

	Product  string    `json:"product,omitempty"`
	Version  string    `json:"version,omitempty"`
	Language string    `json:"language,omitempty"`
	At       time.Time `json:"at"`

	Strength int `json:"strength"` // 1 to 100: how much of what was looked for is in it, by weight
	Helped   int `json:"helped"`   // how often it has helped

	State    State  `json:"state,omitempty"`    // of a ticket
	Cause    Cause  `json:"cause,omitempty"`    // of a closed ticket
	Solution string `json:"solution,omitempty"` // of a closed ticket, or a bug's workaround; cut to MaxExcerpt characters
	Draft    bool   `json:"draft,omitempty"`    // an article that is not published
	FixedIn  string `json:"fixed_in,omitempty"` // of a bug
}

// Mark is a part of a text, in characters (Unicode code points) from its beginning.
type Mark struct {
	From int `json:"from"`
	To   int `json:"to"` // the first that is not of it
}

// Hit is one thing that was looked for and found.
type Hit struct {
	Text   string `json:"text"`           // as it was looked for: "Lieferschein", "ORA-00942"
	Sign   bool   `json:"sign,omitempty"` // an error text, a log line's shape, a code, a place in a program
	Weight int    `json:"weight"`         // its share of the match, in percent
}

// SearchQuery looks through everything that the desk knows. Empty fields select all.
type SearchQuery struct {
	Text     string      `json:"text"`
	Kinds    []MatchKind `json:"kinds,omitempty"`
	Product  string      `json:"product,omitempty"`
	Version  string      `json:"version,omitempty"`
	Language string      `json:"language,omitempty"`
	Limit    int         `json:"limit,omitempty"` // 1 to MaxMatches; 0 is 20
}

// SimilarQuery is a case as it is known so far; of Title, Description and
// Signs at least one is there. Before a case is sent, its customer's program
// asks with it while they type.
type SimilarQuery struct {
	Title       string   `json:"title"`
	Description string   `json:"description"`
	Product     string   `json:"product,omitempty"`
	Version     string   `json:"version,omitempty"`
	Module      string   `json:"module,omitempty"`
	Language    string   `json:"language,omitempty"` // BCP 47; articles in it come first
	Signs       []string `json:"signs,omitempty"`    // as in NewTicket
	Typing      bool     `json:"typing,omitempty"`   // the last word may be unfinished
	Limit       int      `json:"limit,omitempty"`    // 1 to MaxMatches; 0 is 10
}

// MatchList answers searches, the best first.
type MatchList struct {
	Matches []Match  `json:"matches"`
	Solvers []string `json:"solvers,omitempty"` // names of staff who closed similar cases, of the most similar first; for staff alone
}

// Helped says which match was the answer.
type Helped struct {
	Ref string `json:"ref"` // of an article, a page's section or a bug that is published
}

// Page is one page of a product's handbook, as it was imported.
type Page struct {
	ID       int64     `json:"id"`
	Product  string    `json:"product"`
	Version  string    `json:"version,omitempty"` // "" is every one
	Language string    `json:"language"`
	Path     string    `json:"path"` // in the handbook: "stock/booking.md"
	Title    string    `json:"title"`
	SHA256   string    `json:"sha256"` // hex, of the text as it was sent
	Imported time.Time `json:"imported"`

	HTML     string    `json:"html,omitempty"`     // not in a list; links to other pages go to them
	Sections []Section `json:"sections,omitempty"` // not in a list
}

// Section is a heading of a page.
type Section struct {
	Anchor string `json:"anchor"` // "" is what stands before the first heading
	Title  string `json:"title"`
	Level  int    `json:"level"` // 1 to 6
}

// NewPage is a page to import, in place of one with the same product, version, language and path.
type NewPage struct {
	Product  string `json:"product"`
	Version  string `json:"version,omitempty"`
	Language string `json:"language"`
	Path     string `json:"path"`
	Text     string `json:"text"` // Markdown or HTML, by Path's ending
}

// Handbook selects a handbook's pages, by path.
type Handbook struct {
	Product  string `json:"product,omitempty"`
	Version  string `json:"version,omitempty"`
	Language string `json:"language,omitempty"`
	After    int64  `json:"after,omitempty"` // the last page of the answer before
	Limit    int    `json:"limit,omitempty"` // 1 to 200; 0 is 50
}

// PageList answers a Handbook.
type PageList struct {
	Pages []Page `json:"pages"`
	More  bool   `json:"more"`
}

// Outcomes say what came of looking for similar cases.
type Outcomes struct {
	From       time.Time `json:"from"`
	To         time.Time `json:"to"`
	Closed     int       `json:"closed"`      // cases that were closed
	FirstCheck int       `json:"first_check"` // of these, solved at the first check
	WithMatch  int       `json:"with_match"`  // of Closed, those that a match helped
	Unsent     int       `json:"unsent"`      // cases that nobody had to send, since a match helped before
	Best       []Match   `json:"best"`        // what helped most, with Helped of this time alone
}

// What an editor has to look at in a draft (Article.Check).
const (
	CheckTitle   = "Give it a title that somebody with this problem would look for."
	CheckNames   = "Look whether it names a person or a company."
	CheckTaken   = "A name, an address or a number was taken out; see whether it still reads well."
	CheckVersion = "Say in which versions it holds."
)

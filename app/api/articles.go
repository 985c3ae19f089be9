package api

import "time"

// ArticleState is where an article stands.
type ArticleState string

// The states of an article.
const (
	ArticleDraft     ArticleState = "draft"     // staff see it
	ArticlePublished ArticleState = "published" // everybody does
	ArticleWithdrawn ArticleState = "withdrawn" // nobody is offered it any more
)

// Article is something that was found out once.
type Article struct {
	ID           int64         `json:"id"`
	Version      int64         `json:"version"` // of its text and fields, for ArticleChange
	State        ArticleState  `json:"state"`
	Title        string        `json:"title"`
	Body         string        `json:"body,omitempty"` // Markdown (CommonMark with tables); not in a list
	HTML         string        `json:"html,omitempty"` // of Body: no scripts, no pictures from elsewhere; not in a list
	Product      string        `json:"product"`
	From         string        `json:"from,omitempty"`   // the product version it holds from, "" is every one
	To           string        `json:"to,omitempty"`     // and up to, itself included
	Language     string        `json:"language"`         // BCP 47
	Of           int64         `json:"of,omitempty"`     // the article that it translates
	Ticket       int64         `json:"ticket,omitempty"` // the case it was made from; for staff alone
	Cause        Cause         `json:"cause,omitempty"`
	Check        []string      `json:"check,omitempty"` // what an editor has to look at before it is published, in words; for staff alone
	Helped       int           `json:"helped"`
	By           string        `json:"by,omitempty"` // who changed it last; for staff alone
	Created      time.Time     `json:"created"`
	Updated      time.Time     `json:"updated"`
	Translations []Translation `json:"translations,omitempty"` // published ones; staff see all
}

// Translation is the same article in another language.
type Translation struct {
	ID       int64  `json:"id"`
	Language string `json:"language"`
	Title    string `json:"title"`
}

// NewArticle is an article as it is written. It begins as a draft.
type NewArticle struct {
	Title    string `json:"title"`
	Body     string `json:"body"`
	Product  string `json:"product,omitempty"`
	From     string `json:"from,omitempty"`
	To       string `json:"to,omitempty"`
	Language string `json:"language"`
	Of       int64  `json:"of,omitempty"`
	Ticket   int64  `json:"ticket,omitempty"`
}

// ArticleChange changes an article. Version is the one that was read: another
// is refused as a conflict (409), with the article as it is now. What is nil stays.
type ArticleChange struct {
	Version  int64         `json:"version"`
	Title    *string       `json:"title,omitempty"`
	Body     *string       `json:"body,omitempty"`
	Product  *string       `json:"product,omitempty"`
	From     *string       `json:"from,omitempty"`
	To       *string       `json:"to,omitempty"`
	Language *string       `json:"language,omitempty"`
	Of       *int64        `json:"of,omitempty"`
	State    *ArticleState `json:"state,omitempty"` // editors
	Note     string        `json:"note,omitempty"`  // why, for the history
}

// ArticleQuery selects articles, the newest first.
type ArticleQuery struct {
	States   []ArticleState `json:"states,omitempty"`
	Product  string         `json:"product,omitempty"`
	Language string         `json:"language,omitempty"`
	Before   int64          `json:"before,omitempty"` // IDs below this one; 0 from the newest
	Limit    int            `json:"limit,omitempty"`  // 1 to 200; 0 is 50
}

// ArticleList answers an ArticleQuery.
type ArticleList struct {
	Articles []Article `json:"articles"`
}

// ArticleVersion is an article as it was.
type ArticleVersion struct {
	Version int64        `json:"version"`
	At      time.Time    `json:"at"`
	By      string       `json:"by"`
	Note    string       `json:"note,omitempty"`
	State   ArticleState `json:"state"`
	Title   string       `json:"title"`
	Body    string       `json:"body"`
}

// ArticleHistory is all that an article was, the newest first.
type ArticleHistory struct {
	Versions []ArticleVersion `json:"versions"`
}

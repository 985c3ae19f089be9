package gate

// Doc is what the interface's document (OpenAPI) says of an endpoint.
type Doc struct {
	Says  string  // one sentence in the imperative, without a full stop: "File a ticket"
	Query []Param // what the query may have
	In    any     // the body: a value of its type, which is JSON; Media is any other; nil: none
	Out   any     // the answer's body in the same way
	OK    int     // the status when all goes well; 0 is 200
}

// Param is one part of a query.
type Param struct {
	Name, Says string
	Many       bool // may stand several times
}

// Media is a body that is not JSON: its media type.
type Media string

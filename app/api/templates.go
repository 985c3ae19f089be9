package api

// Templates are the questions that a desk asks, for programs and pages that
// file tickets. They are for everybody to read.
type Templates struct {
	Kinds    []Template `json:"kinds"`              // one for each of Kinds, then what products ask beside
	Products []Offered  `json:"products,omitempty"` // what the desk supports, by its profile
}

// Template is what a kind of ticket needs.
type Template struct {
	Kind    Kind         `json:"kind"`
	Product string       `json:"product,omitempty"` // "" holds for every product; otherwise it is asked beside
	Ask     []Ask        `json:"ask,omitempty"`
	Collect []Collecting `json:"collect,omitempty"` // evidence
	Fields  []string     `json:"fields,omitempty"`  // of the ticket, that have to be filled in: product, product_version, module
}

// Ask is one question.
type Ask struct {
	ID       string            `json:"id"`
	Text     map[string]string `json:"text"` // by language: en, de, nl; en is always there
	Required bool              `json:"required"`

	// Description says that the ticket's description answers it: it is that field's label.
	Description bool `json:"description,omitempty"`
}

// Collecting is a kind of evidence, by its collector's name.
type Collecting struct {
	Collector string            `json:"collector"`
	Text      map[string]string `json:"text"` // what it is, by language
}

// Offered is a product that the desk supports, and its modules.
type Offered struct {
	Name    string   `json:"name"`
	Modules []string `json:"modules,omitempty"`
}

// In is a text in a language or, when there is none, in English.
func In(texts map[string]string, language string) string {
	if len(language) >= 2 {
		if t := texts[language[:2]]; t != "" {
			return t
		}
	}
	return texts["en"]
}

// Answers answers what was asked, by the ticket's own customer: questions of
// the templates and fields that were missing. What is nil stays.
type Answers struct {
	Version int64 `json:"version,omitempty"` // as in TicketChange; 0 takes the ticket as it is: each answer stands for itself

	Answers        []Answer `json:"answers,omitempty"`
	Product        *string  `json:"product,omitempty"`
	ProductVersion *string  `json:"product_version,omitempty"`
	Module         *string  `json:"module,omitempty"`
	Impact         *Impact  `json:"impact,omitempty"`
}

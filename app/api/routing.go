package api

// RoutingRule says where a case belongs. Empty fields fit every case; of
// several values of a field one has to fit. Of several rules that fit the
// first holds.
type RoutingRule struct {
	ID           string   `json:"id"`
	Products     []string `json:"products,omitempty"`
	Modules      []string `json:"modules,omitempty"`
	Words        []string `json:"words,omitempty"`        // by their stems; several words of one value all have to be there
	Organisation []string `json:"organisation,omitempty"` // names
	Findings     []string `json:"findings,omitempty"`     // IDs of what the program found
	Kinds        []Kind   `json:"kinds,omitempty"`

	Queue string `json:"queue,omitempty"`
	Owner string `json:"owner,omitempty"` // a staff name
	Set   bool   `json:"set"`             // otherwise it is suggested
}

// RoutingRules are the rules of the profile, in their order.
type RoutingRules struct {
	Rules []RoutingRule `json:"rules"`
}

// RoutingCase is a case to try the rules with.
type RoutingCase struct {
	Title        string   `json:"title"`
	Description  string   `json:"description"`
	Product      string   `json:"product,omitempty"`
	Module       string   `json:"module,omitempty"`
	Organisation string   `json:"organisation,omitempty"`
	Findings     []string `json:"findings,omitempty"`
	Signs        []string `json:"signs,omitempty"`
	Kind         Kind     `json:"kind,omitempty"`
}

// Routing is what the rules say of a case. Who has solved similar ones stands
// with those: MatchList.
type Routing struct {
	Rule  string   `json:"rule,omitempty"` // "" is none
	Queue string   `json:"queue,omitempty"`
	Owner string   `json:"owner,omitempty"`
	Set   bool     `json:"set"`
	Why   []string `json:"why,omitempty"` // what fitted: "product Ledger", "word Lieferschein"
}

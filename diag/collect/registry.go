package collect

// RegistryFacts is system/registry.json: the Windows keys that the profile names.
type RegistryFacts struct {
	Keys []KeyFacts `json:"keys"`
	Cut  string     `json:"left_out,omitempty"` // what is missing, in words
}

// KeyFacts is one key. Keys below it follow it as keys of their own.
type KeyFacts struct {
	Key     string       `json:"key"` // HKLM\SOFTWARE\Example
	Values  []ValueFacts `json:"values,omitempty"`
	Problem string       `json:"problem,omitempty"` // why nothing is here, in words
}

// ValueFacts is one value.
type ValueFacts struct {
	Name string `json:"name"` // "" is the key's own value
	Type string `json:"type"` // "text", "texts", "number" or "bytes"
	Data string `json:"data"` // text, number, or hexadecimal digits
}

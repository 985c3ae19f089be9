package collect

// AutostartFacts is which programs start when a person logs in.
type AutostartFacts struct {
	Entries []Autostart `json:"entries"`
}

// Autostart is one of them. Its arguments are left out: passwords stand there.
type Autostart struct {
	Name    string `json:"name"`
	Program string `json:"program,omitempty"`
	Enabled bool   `json:"enabled"`
	For     string `json:"for"`   // "everybody" or "this person"
	Where   string `json:"where"` // a file's path or a registry key
}

package collect

// EnvironmentFacts is system/environment.json: the variables that programs
// started here get. A value is there only if the profile asks for it by name.
type EnvironmentFacts struct {
	Variables []VariableFacts `json:"variables"`
	Locale    string          `json:"locale,omitempty"`    // of texts: LC_ALL, LC_CTYPE or LANG, the first that is set
	UTF8      bool            `json:"utf8"`                // programs started here write UTF-8
	Code      string          `json:"code_page,omitempty"` // of Windows programs without Unicode, such as "windows-1252"
	Path      []PathEntry     `json:"path,omitempty"`      // PATH's folders, if the profile asks for PATH
}

// VariableFacts is one variable.
type VariableFacts struct {
	Name  string  `json:"name"`
	Value *string `json:"value,omitempty"`   // nil: not asked for
	Empty bool    `json:"empty,omitempty"`   // it is set to nothing
	Unset bool    `json:"not_set,omitempty"` // the profile asks for it, and it is not there
}

// PathEntry is one folder in which programs are looked up.
type PathEntry struct {
	Folder  string `json:"folder"`
	Problem string `json:"problem,omitempty"` // "not there", "no folder"; "" if it can be read
}

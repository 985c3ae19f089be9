package collect

// ProductsFacts is which versions of the profile's products are here.
type ProductsFacts struct {
	Products []FoundProduct `json:"products"`
}

// FoundProduct is one product of the profile.
type FoundProduct struct {
	Name     string         `json:"name"`
	Version  string         `json:"version,omitempty"` // of the first place; "" the product was not found
	Versions []FoundVersion `json:"versions,omitempty"`
	Problems []string       `json:"problems,omitempty"` // places that could not be asked, and why
}

// FoundVersion is a version and the place that told it.
type FoundVersion struct {
	Version string `json:"version"`
	From    string `json:"from"`  // "package", "file" or "command"
	Where   string `json:"where"` // the package's name, the file's path, the program
}

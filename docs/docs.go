// Package docs gives the program what this folder publishes for other programs.
package docs

import _ "embed"

// ProfileSchema is the JSON Schema (draft 2020-12) of profiles.
//
//go:embed profile.schema.json
var ProfileSchema []byte

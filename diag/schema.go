package diag

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/goccy/go-yaml/ast"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"

	"github.com/beistand/beistand/docs"
)

// schema is docs/profile.schema.json, ready for use, and as it is written:
// what is wrong is said with its titles and limits.
var schema = sync.OnceValues(func() (*jsonschema.Schema, any) {
	raw, err := jsonschema.UnmarshalJSON(bytes.NewReader(docs.ProfileSchema))
	if err != nil {
		panic(err) // it is part of the program
	}
	const name = "profile.schema.json"
	c := jsonschema.NewCompiler()
	if err := c.AddResource(name, raw); err != nil {
		panic(err)
	}
	return c.MustCompile(name), raw
})

// validate holds a profile's tree against the schema. Of several things that
// are wrong, it names the one that stands first.
func validate(root ast.Node) error {
	compiled, raw := schema()
	err := compiled.Validate(value(root))
	if err == nil {
		return nil
	}
	tree, ok := err.(*jsonschema.ValidationError)
	if !ok {
		return at(root, "this is no profile: %v", err)
	}
	var first *ProfileError
	for leaf := range leaves(tree) {
		wrong := inWords(root, leaf, schemaAt(raw, leaf.SchemaURL))
		if first == nil || wrong.Line < first.Line || wrong.Line == first.Line && wrong.Column < first.Column {
			first = wrong
		}
	}
	return first
}

// leaves gives the errors that have no further ones behind them.
func leaves(e *jsonschema.ValidationError) func(yield func(*jsonschema.ValidationError) bool) {
	return func(yield func(*jsonschema.ValidationError) bool) { walkLeaves(e, yield) }
}

func walkLeaves(e *jsonschema.ValidationError, yield func(*jsonschema.ValidationError) bool) bool {
	if len(e.Causes) == 0 {
		return yield(e)
	}
	for _, c := range e.Causes {
		if !walkLeaves(c, yield) {
			return false
		}
	}
	return true
}

// inWords says what is wrong at its place; rule is the part of the schema that says so.
func inWords(root ast.Node, e *jsonschema.ValidationError, rule map[string]any) *ProfileError {
	key, node := find(root, e.InstanceLocation)
	title, _ := rule["title"].(string)
	name := lastName(e.InstanceLocation)
	var err error
	switch k := e.ErrorKind.(type) {
	case *kind.AdditionalProperties:
		for _, p := range pairs(node) {
			if name := p.Key.GetToken().Value; err == nil && slices.Contains(k.Properties, name) {
				err = at(p.Key, "%s has no setting %q", title, name)
			}
		}
	case *kind.Required:
		err = at(node, "%s needs the setting %q", title, k.Missing[0])
	case *kind.Type:
		err = wrongType(k, key, node, title, name)
	case *kind.Enum:
		var words []string
		for _, w := range k.Want {
			words = append(words, fmt.Sprint(w))
		}
		err = at(node, "here stands one of %s", strings.Join(words, ", "))
	case *kind.Pattern:
		err = at(node, "%v", rule["patternErrorMessage"])
	case *kind.MinLength:
		err = at(node, "the text is empty")
	case *kind.MaxLength:
		err = at(node, "the text is longer than %d characters", k.Want)
	case *kind.Minimum, *kind.Maximum:
		err = at(node, "here stands a whole number from %v to %v", rule["minimum"], rule["maximum"])
	case *kind.MinItems:
		err = at(node, "%q has no entries", name)
	case *kind.MaxItems:
		err = at(node.(*ast.SequenceNode).Values[k.Want], "%q has more than %d entries", name, k.Want)
	case *kind.UniqueItems:
		err = at(node, "%q has the same entry twice", name)
	default:
		err = at(node, "this is not what a profile has here")
	}
	return err.(*ProfileError)
}

func wrongType(k *kind.Type, key, node ast.Node, title, name string) error {
	switch want := k.Want[0]; {
	case k.Got == "null" && key != nil:
		return at(key, "%q is set to nothing", name)
	case want == "object" && title != "":
		return at(node, "%s consists of settings such as \"name: Example\"", title)
	case want == "array":
		return at(node, "%q is a list, each entry behind a dash", name)
	case want == "integer":
		return at(node, "here stands a whole number")
	}
	return at(node, "here stands one text")
}

// lastName is the setting that a place belongs to: entries of lists have numbers.
func lastName(location []string) string {
	for i := len(location) - 1; i >= 0; i-- {
		if _, err := strconv.Atoi(location[i]); err != nil {
			return location[i]
		}
	}
	return "the profile"
}

// schemaAt gives the part of the schema that a URL's fragment (RFC 6901) names.
func schemaAt(raw any, url string) map[string]any {
	_, pointer, _ := strings.Cut(url, "#")
	for _, step := range strings.Split(pointer, "/")[1:] {
		m, _ := raw.(map[string]any)
		raw = m[strings.NewReplacer("~1", "/", "~0", "~").Replace(step)]
	}
	m, _ := raw.(map[string]any)
	return m
}

// value is a tree as a JSON value.
func value(n ast.Node) any {
	switch v := n.(type) {
	case *ast.MappingNode:
		m := make(map[string]any, len(v.Values))
		for _, pair := range v.Values {
			m[pair.Key.GetToken().Value] = value(pair.Value)
		}
		return m
	case *ast.MappingValueNode:
		return map[string]any{v.Key.GetToken().Value: value(v.Value)}
	case *ast.SequenceNode:
		all := make([]any, 0, len(v.Values))
		for _, e := range v.Values {
			all = append(all, value(e))
		}
		return all
	case *ast.StringNode:
		return v.Value
	case *ast.LiteralNode:
		return v.Value.Value
	case *ast.BoolNode:
		return v.Value
	case *ast.IntegerNode:
		return json.Number(fmt.Sprint(v.Value))
	case *ast.FloatNode:
		return v.Value
	case *ast.InfinityNode, *ast.NanNode:
		return n.GetToken().Value
	}
	return nil
}

// find gives the node at a place, and its key if it has one. What is not
// there is the last that is.
func find(n ast.Node, location []string) (key, node ast.Node) {
	node = n
	for _, step := range location {
		switch v := node.(type) {
		case *ast.SequenceNode:
			i, err := strconv.Atoi(step)
			if err != nil || i >= len(v.Values) {
				return node, node
			}
			key, node = nil, v.Values[i]
		default:
			pair := pairOf(node, step)
			if pair == nil {
				return node, node
			}
			key, node = pair.Key, pair.Value
			if node == nil {
				node = key
			}
		}
	}
	return key, node
}

func pairOf(n ast.Node, name string) *ast.MappingValueNode {
	for _, p := range pairs(n) {
		if p.Key.GetToken().Value == name {
			return p
		}
	}
	return nil
}

// pairs are a mapping's settings.
func pairs(n ast.Node) []*ast.MappingValueNode {
	switch m := n.(type) {
	case *ast.MappingNode:
		return m.Values
	case *ast.MappingValueNode:
		return []*ast.MappingValueNode{m}
	}
	return nil
}

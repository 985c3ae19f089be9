package openapi

import (
	"encoding/json"
	"reflect"
	"strings"
	"time"

	"github.com/beistand/beistand/app/api"
)

// schemas are the named types of the interface, by their Go names.
type schemas map[string]any

var (
	moment  = reflect.TypeFor[time.Time]()
	rawJSON = reflect.TypeFor[json.RawMessage]()
)

// words are what texts of a type can be.
var words = map[reflect.Type][]any{
	reflect.TypeFor[api.Kind]():     all(api.Kinds),
	reflect.TypeFor[api.State]():    all(api.States),
	reflect.TypeFor[api.Priority](): all(api.Priorities),
	reflect.TypeFor[api.Cause]():    all(api.Causes),
	reflect.TypeFor[api.Role]():     all(api.Roles),
	reflect.TypeFor[api.Impact]():   {api.ImpactOne, api.ImpactMany, api.ImpactStandstill},
}

func all[T any](list []T) (out []any) {
	for _, v := range list {
		out = append(out, v)
	}
	return out
}

// of is the schema of v's type; what has a name is kept once and referred to.
func (s schemas) of(v any) object { return s.kind(reflect.TypeOf(v)) }

func (s schemas) kind(t reflect.Type) object {
	switch t {
	case moment:
		return object{"type": "string", "format": "date-time"}
	case rawJSON:
		return object{}
	}
	switch t.Kind() {
	case reflect.Pointer:
		return s.kind(t.Elem())
	case reflect.Slice, reflect.Array:
		if t.Elem().Kind() == reflect.Uint8 {
			return object{"type": "string", "format": "byte"}
		}
		return object{"type": "array", "items": s.kind(t.Elem()), "nullable": true}
	case reflect.Map:
		return object{"type": "object", "additionalProperties": s.kind(t.Elem()), "nullable": true}
	case reflect.String:
		if list, ok := words[t]; ok {
			return object{"type": "string", "enum": append([]any{""}, list...)}
		}
		return object{"type": "string"}
	case reflect.Bool:
		return object{"type": "boolean"}
	case reflect.Float32, reflect.Float64:
		return object{"type": "number"}
	case reflect.Struct:
		return s.structure(t)
	case reflect.Interface:
		return object{}
	}
	return object{"type": "integer", "format": "int64"}
}

func (s schemas) structure(t reflect.Type) object {
	ref := object{"$ref": "#/components/schemas/" + t.Name()}
	if t.Name() != "" {
		if _, known := s[t.Name()]; known {
			return ref
		}
		s[t.Name()] = nil // it may refer to itself
	}
	properties := object{}
	s.fields(t, properties)
	made := object{"type": "object", "properties": properties}
	if t.Name() == "" {
		return made
	}
	s[t.Name()] = made
	return ref
}

// fields puts t's fields as encoding/json names them into properties.
func (s schemas) fields(t reflect.Type, properties object) {
	for f := range t.Fields() {
		tag := f.Tag.Get("json")
		name, _, _ := strings.Cut(tag, ",")
		switch {
		case f.Anonymous && tag == "":
			s.fields(f.Type, properties)
		case f.IsExported() && name != "-":
			if name == "" {
				name = f.Name
			}
			properties[name] = s.kind(f.Type)
		}
	}
}

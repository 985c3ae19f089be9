// Package openapi writes the interface's document (OpenAPI 3.0.3) from the table of endpoints.
package openapi

import (
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"strconv"
	"strings"

	"github.com/beistand/beistand/app/api"
	"github.com/beistand/beistand/app/desk/gate"
	"github.com/beistand/beistand/app/desk/late"
)

type object = map[string]any

// Document is the document of the endpoints below /api, for the program of that version.
func Document(routes []gate.Route, version string) ([]byte, error) {
	s := schemas{}
	paths := object{}
	for _, r := range routes {
		if !strings.HasPrefix(r.Path, api.Prefix) {
			continue
		}
		if r.Doc.Says == "" {
			return nil, fmt.Errorf("%s %s has no sentence", r.Method, r.Path)
		}
		item, _ := paths[r.Path].(object)
		if item == nil {
			item = object{}
			paths[r.Path] = item
		}
		item[strings.ToLower(r.Method)] = s.operation(r)
	}
	failed := s.of(api.Error{})
	doc := object{
		"openapi": "3.0.3",
		"info": object{
			"title": "Beistand's desk", "version": version,
			"description": "A version of the interface is only ever added to: readers ignore fields that they do not know. docs/api.md has the rules behind it.",
			"license":     object{"name": "Apache-2.0"},
		},
		"servers": []any{object{"url": "/"}},
		"paths":   paths,
		"components": object{
			"schemas": s,
			"responses": object{
				"Refused": object{"description": "Refused; kind says why", "content": object{"application/json": object{"schema": failed}}},
			},
			"securitySchemes": object{
				"token": object{"type": "http", "scheme": "bearer", "description": "A member of staff's, a ticket's, or a key; x-scope is the scope that a key needs, and where it is missing no key may"},
			},
		},
	}
	b, err := json.MarshalIndent(doc, "", " ")
	if err != nil {
		return nil, fmt.Errorf("encode the document: %w", err)
	}
	return append(b, '\n'), nil
}

var inPath = late.Regexp(`\{([a-z_0-9]+)\}`)

func (s schemas) operation(r gate.Route) object {
	status := r.Doc.OK
	if status == 0 {
		status = http.StatusOK
	}
	answer := object{"description": http.StatusText(status)}
	if c := s.content(r.Doc.Out); c != nil {
		answer["content"] = c
	}
	op := object{
		"operationId": name(r),
		"summary":     r.Doc.Says,
		"responses": object{
			strconv.Itoa(status): answer,
			"default":            object{"$ref": "#/components/responses/Refused"},
		},
	}
	var params []any
	for _, m := range inPath().FindAllStringSubmatch(r.Path, -1) {
		params = append(params, object{"name": m[1], "in": "path", "required": true, "schema": object{"type": "string"}})
	}
	for _, p := range r.Doc.Query {
		kind := object{"type": "string"}
		if p.Many {
			kind = object{"type": "array", "items": kind}
		}
		params = append(params, object{"name": p.Name, "in": "query", "description": p.Says, "schema": kind})
	}
	if params != nil {
		op["parameters"] = params
	}
	if c := s.content(r.Doc.In); c != nil {
		op["requestBody"] = object{"content": c}
	}
	if r.Who != gate.Anyone && r.Who != gate.Everybody {
		op["security"] = []any{object{"token": []any{}}}
		op["description"] = who(r)
		if r.Fresh {
			op["description"] = who(r) + " The sign-in has to be of the last 15 minutes, or confirmed since."
		}
	}
	if r.Scope != "" {
		op["x-scope"] = r.Scope
	}
	return op
}

// content is a body's; nil: there is none.
func (s schemas) content(v any) object {
	switch v := v.(type) {
	case nil:
		return nil
	case gate.Media:
		return object{string(v): object{"schema": object{"type": "string", "format": "binary"}}}
	}
	return object{"application/json": object{"schema": s.of(v)}}
}

// name is an operation's, from its method and path: "patch_tickets_n".
func name(r gate.Route) string {
	path := strings.TrimPrefix(r.Path, api.Prefix+"/")
	return strings.ToLower(r.Method) + "_" + strings.Trim(regexp.MustCompile(`[^a-z0-9]+`).ReplaceAllString(path, "_"), "_")
}

// who says in words who may.
func who(r gate.Route) string {
	keys := " No key."
	if r.Scope != "" {
		keys = " Keys with the scope " + string(r.Scope) + "."
	}
	return people(r) + keys
}

func people(r gate.Route) string {
	staff := "Staff"
	if len(r.Roles) > 0 {
		var roles []string
		for _, role := range r.Roles {
			roles = append(roles, string(role))
		}
		staff = "Staff in a role of " + strings.Join(roles, ", ") + ", administrators"
	}
	switch r.Who {
	case gate.AnyToken:
		return staff + ", and every ticket's token."
	case gate.TicketParty, gate.UploadParty, gate.SessionReader:
		return staff + ", and the ticket's own token."
	case gate.OwnTicket:
		return "The ticket's own token alone."
	case gate.SessionParty:
		return "The member of staff who asked, and the ticket's own token."
	}
	return staff + "."
}

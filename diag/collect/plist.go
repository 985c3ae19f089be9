package collect

import (
	"encoding/xml"
	"strings"
)

// Property lists of macOS in their XML form (PropertyList-1.0.dtd); the
// binary form is asked of plutil.

// plist is a value: string (also of numbers, dates and data), bool, []any or
// map[string]any.
func parsePlist(text string) any {
	d := xml.NewDecoder(strings.NewReader(text))
	d.Strict = false
	for {
		t, err := d.Token()
		if err != nil {
			return nil
		}
		if s, ok := t.(xml.StartElement); ok && s.Name.Local != "plist" {
			return plistValue(d, s, 0)
		}
	}
}

// maxPlistDepth is how deep values may lie in each other.
const maxPlistDepth = 32

func plistValue(d *xml.Decoder, start xml.StartElement, depth int) any {
	if depth > maxPlistDepth {
		return nil
	}
	switch start.Name.Local {
	case "true", "false":
		d.Skip()
		return start.Name.Local == "true"
	case "dict", "array":
	default:
		var s string
		if d.DecodeElement(&s, &start) != nil {
			return nil
		}
		return strings.TrimSpace(s)
	}
	dict, list, key := map[string]any{}, []any{}, ""
	for {
		t, err := d.Token()
		if err != nil {
			return nil
		}
		switch t := t.(type) {
		case xml.StartElement:
			v := plistValue(d, t, depth+1)
			switch {
			case start.Name.Local == "array":
				list = append(list, v)
			case t.Name.Local == "key":
				key, _ = v.(string)
			default:
				dict[key] = v
			}
		case xml.EndElement:
			if start.Name.Local == "array" {
				return list
			}
			return dict
		}
	}
}

// plistTexts gives the texts of a list that is one dictionary.
func plistTexts(text string) map[string]string {
	dict, _ := parsePlist(text).(map[string]any)
	texts := map[string]string{}
	for k, v := range dict {
		if s, ok := v.(string); ok {
			texts[k] = s
		}
	}
	return texts
}

// entry gives the dictionary that an element of a list is, empty if it is none.
func entry(v any) map[string]any {
	dict, _ := v.(map[string]any)
	return dict
}

// entryText gives a dictionary's text, "" if it has none of this name.
func entryText(dict map[string]any, name string) string {
	s, _ := dict[name].(string)
	return s
}

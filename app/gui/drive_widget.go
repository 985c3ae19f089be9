//go:build drive && !headless

package gui

import (
	"reflect"
	"strings"

	"fyne.io/fyne/v2"
)

// fyneWidgets is where Fyne's own widgets live.
const fyneWidgets = "fyne.io/fyne/v2/widget"

// describeWidget reads a widget's public fields by name. That serves Fyne's own
// widgets, those made from them by embedding, and the unnamed ones inside menus
// and lists, none of which a type switch could name.
func describeWidget(w fyne.Widget) driveWidget {
	v := reflect.Indirect(reflect.ValueOf(w))
	out := driveWidget{Type: v.Type().Name(), Kind: kind(v.Type()), Enabled: true}
	if d, ok := w.(fyne.Disableable); ok {
		out.Enabled = !d.Disabled()
	}
	if v.Kind() != reflect.Struct {
		return out
	}
	out.Text = words(w, v)
	out.Hint = text(v, "PlaceHolder")
	out.Checked = flag(v, "Checked") || flag(v, "Selected")
	if f := v.FieldByName("Value"); f.IsValid() && f.CanFloat() {
		out.Value = f.Float()
	}
	if f := v.FieldByName("Options"); f.IsValid() {
		out.Options, _ = f.Interface().([]string)
	}
	if f := v.FieldByName("Icon"); f.IsValid() && f.CanInterface() {
		if r, ok := f.Interface().(fyne.Resource); ok && r != nil {
			out.Icon = r.Name()
		}
	}
	return out
}

// kind is the name of Fyne's widget that a type is or embeds, otherwise its own.
func kind(t reflect.Type) string {
	if t.PkgPath() == fyneWidgets || t.Kind() != reflect.Struct {
		return t.Name()
	}
	for i := range t.NumField() {
		f := t.Field(i)
		if f.Anonymous && f.Type.PkgPath() == fyneWidgets && f.Name != "BaseWidget" && f.Name != "DisableableWidget" {
			return f.Name
		}
	}
	return t.Name()
}

// words is what a widget says: its text, label, title or choice. A password is
// as many dots as the person at the screen sees.
func words(w fyne.Widget, v reflect.Value) string {
	for _, name := range []string{"Text", "Label", "Title", "Selected"} {
		s := text(v, name)
		if s == "" {
			continue
		}
		if flag(v, "Password") {
			return strings.Repeat("•", len([]rune(s)))
		}
		return s
	}
	if f := v.FieldByName("Item"); f.IsValid() && f.CanInterface() {
		if item, ok := f.Interface().(*fyne.MenuItem); ok && item != nil {
			return item.Label
		}
	}
	if s, ok := w.(interface{ String() string }); ok { // rich text
		return s.String()
	}
	return ""
}

func text(v reflect.Value, name string) string {
	if f := v.FieldByName(name); f.IsValid() && f.Kind() == reflect.String {
		return f.String()
	}
	return ""
}

func flag(v reflect.Value, name string) bool {
	f := v.FieldByName(name)
	return f.IsValid() && f.Kind() == reflect.Bool && f.Bool()
}

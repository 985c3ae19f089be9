package redact

// Name redacts the name of a file. Placeholders stand in it without their
// brackets, which are not allowed in names: user-27.log.
func (r *Rules) Name(name string, names *Names) string {
	b := r.Bytes([]byte(name), names, nil)
	b = append(b, make([]byte, 40)...) // placeholder looks ahead
	out := make([]byte, 0, len(name))
	for i := 0; i < len(b)-40; i++ {
		if e := placeholder(b, i); e > 0 && e <= len(b)-40 {
			out = append(out, b[i+1:e-1]...)
			i = e - 1
			continue
		}
		out = append(out, b[i])
	}
	return string(out)
}

package collect

// running says whether a process of this name runs; the kernel keeps its
// first 15 letters (proc(5), comm).
func (m machine) running(name string) bool {
	for _, p := range m.names("/proc") {
		if digit(p[0]) && m.text("/proc/"+p+"/comm") == name {
			return true
		}
	}
	return false
}

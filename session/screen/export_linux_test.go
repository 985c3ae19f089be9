package screen

// Shared says whether an X11 source shares memory with its server.
func Shared(s Source) bool { return s.(*x11).shm != nil }

// UseExtension is useExtension.
var UseExtension = useExtension

package screen

// tell puts one into a channel that holds one.
func tell(c chan<- struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

// hush takes one out again.
func hush(c <-chan struct{}) {
	select {
	case <-c:
	default:
	}
}

package collect

import "time"

// noon is when the logs of these tests were last written.
func noon() time.Time { return time.Date(2026, 11, 20, 12, 0, 0, 0, time.Local) }

//go:build unix

package collect

// hasLoad says whether the system keeps an average load.
const hasLoad = true

// rootFolder is where files are if no disk is listed.
const rootFolder = "/"

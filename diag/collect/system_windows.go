package collect

// hasLoad says whether the system keeps an average load.
const hasLoad = false

// rootFolder is where files are if no disk is listed.
const rootFolder = `C:\`

package web

// What the tests of the pages look into.
const Policy = policy

var WordList = wordList

//go:build race

package read

// raceDetector says that the tests are built with the race detector, which takes
// several times as much memory as what it watches.
const raceDetector = true

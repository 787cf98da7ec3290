//go:build race

package answer

// raceDetector tells that everything takes ten times as long.
const raceDetector = true

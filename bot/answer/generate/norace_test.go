//go:build !race

package generate

// raceDetector tells that everything takes ten times as long.
const raceDetector = false

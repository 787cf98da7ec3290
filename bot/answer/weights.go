package answer

// evidenceWeights rank sentences.
var evidenceWeights = [nFeatures]float64{fCoverage: 1.35, fContext: 4.82, fPassage: 4.03, fPairs: .36, fKind: 2.06, fNames: 0, fDensity: 4.3, fLength: .59, fEarly: .9, fQuestion: -.41, fTopArticle: 1.41}

var confidenceWeights = [nSignals]float64{sCoverage: 1}

const confidenceBias = 0.0

// DefaultThreshold is the confidence below which the engine abstains.
const DefaultThreshold = 0.4

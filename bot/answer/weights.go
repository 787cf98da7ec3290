package answer

// evidenceWeights rank sentences.
var evidenceWeights = [nFeatures]float64{fCoverage: 1.31, fContext: 3.57, fPassage: 4.98, fKind: 2.1, fDensity: 4.1, fLength: .63, fEarly: .95, fTopArticle: .86, fPassCov: 3.16, fNamesPlain: .17, fLexical: 1.24}

var confidenceWeights = [nSignals]float64{sCoverage: 1}

const confidenceBias = 0.0

// DefaultThreshold is the confidence below which the engine abstains.
const DefaultThreshold = 0.4

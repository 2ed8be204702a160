using System.Collections.Concurrent;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Serving.Scoring.MLNet;

/// <summary>
/// Prediction engines of one model. An engine shared by two threads gives wrong answers silently, and making one takes
/// milliseconds: each call takes one out and puts it back, so that there are as many as there were calls at once.
/// </summary>
internal sealed class EnginePool(Func<PredictionEngine<MLNetRow, MLNetPrediction>> create)
{
    private readonly ConcurrentBag<PredictionEngine<MLNetRow, MLNetPrediction>> _idle = [create()];

    public float Probability(VBuffer<float> features)
    {
        if (!_idle.TryTake(out var engine))
            engine = create();
        try
        {
            return engine.Predict(new MLNetRow { Features = features }).Probability;
        }
        finally
        {
            _idle.Add(engine);
        }
    }
}
